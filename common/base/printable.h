/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * printable.h - what of a text may go to a terminal
 *
 * Texts and names of files come from others.  What a terminal obeys, or what
 * turns the order of what is shown around, is not shown:
 *
 *   controls   C0, DEL and C1 (U+0080 to U+009F), also as single bytes
 *   bidi       U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069
 *   broken     bytes that are no UTF-8
 *
 * Letters that are written from right to left are text like others, and so are
 * the joiners (U+200C, U+200D) that Persian and Indic scripts are spelt with.
 */
#ifndef MORGUE_BASE_PRINTABLE_H
#define MORGUE_BASE_PRINTABLE_H

#include "utf8.h"

enum printable {
    PRINTABLE_TEXT,
    PRINTABLE_SPACE, /* a tab, a line end, U+2028, U+2029: what moves */
    PRINTABLE_CONTROL,
    PRINTABLE_BIDI,
    PRINTABLE_BROKEN
};

/** What begins at `s`, of which `len` bytes, at least one, are there; *n
 *  becomes the number of its bytes. */
static inline enum printable
printable_next(const char *s, size_t len, size_t *n)
{
    const unsigned char *u = (const unsigned char *)s;
    bool whole;

    if (u[0] >= ' ' && u[0] < 0x7f) {
        *n = 1;
        return PRINTABLE_TEXT;
    }
    *n = utf8_measure(u, u + len, &whole);
    if (!whole) {
        *n = 1;
        return PRINTABLE_BROKEN;
    }
    if (*n == 1)
        return u[0] >= '\t' && u[0] <= '\r' ? PRINTABLE_SPACE
                                            : PRINTABLE_CONTROL;
    if (u[0] == 0xC2 && u[1] < 0xA0)
        return PRINTABLE_CONTROL;
    if (u[0] == 0xE2 && u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9))
        return PRINTABLE_SPACE;
    if ((u[0] == 0xD8 && u[1] == 0x9C) ||
        (u[0] == 0xE2 && u[1] == 0x80 &&
         (u[2] == 0x8E || u[2] == 0x8F || (u[2] >= 0xAA && u[2] <= 0xAE))) ||
        (u[0] == 0xE2 && u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9))
        return PRINTABLE_BIDI;
    return PRINTABLE_TEXT;
}

/** Make the `len` bytes at `s` one line that may be shown, with "?" for what
 *  is no text and nothing for bidi; the new length, which is never more. */
static inline size_t
printable_line(char *s, size_t len)
{
    size_t to = 0, n;

    for (size_t at = 0; at < len; at += n) {
        enum printable what = printable_next(s + at, len - at, &n);

        if (what == PRINTABLE_TEXT)
            for (size_t i = 0; i < n; i++)
                s[to++] = s[at + i];
        else if (what != PRINTABLE_BIDI)
            s[to++] = '?';
    }
    return to;
}

#endif
