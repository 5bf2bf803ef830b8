/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * utf8.h - reading and writing UTF-8 (RFC 3629)
 */
#ifndef MORGUE_BASE_UTF8_H
#define MORGUE_BASE_UTF8_H

#include "buf.h"

/** What stands for bytes that are not UTF-8. */
#define UTF8_REPLACEMENT 0xFFFDu

/** The length of the sequence that `lead` begins, and the allowed range of its
 *  second byte, which is what rules out overlong forms, surrogates and more
 *  than U+10FFFF (RFC 3629, section 4).  0: begins none. */
static inline size_t
utf8_sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead == 0xE0)
        *low = 0xA0;
    if (lead == 0xED)
        *high = 0x9F;
    if (lead < 0xF0)
        return 3;
    if (lead == 0xF0)
        *low = 0x90;
    if (lead == 0xF4)
        *high = 0x8F;
    return 4;
}

/** How many bytes at `s` (before `end`) belong together, and whether they are
 *  whole. */
static inline size_t
utf8_measure(const unsigned char *s, const unsigned char *end, bool *whole)
{
    unsigned char low, high;
    size_t n = utf8_sequence(*s, &low, &high);

    *whole = false;
    if (n == 0)
        return 1;
    for (size_t i = 1; i < n; i++) {
        if (s + i == end || s[i] < low || s[i] > high)
            return i;
        low = 0x80;
        high = 0xBF;
    }
    *whole = true;
    return n;
}

/** The code point at `s` (before `end`) into *cp, and its length in bytes.
 *  A byte that begins no valid sequence counts as one UTF8_REPLACEMENT of
 *  length 1; *valid (may be NULL) then becomes false. */
size_t utf8_decode(const char *s, const char *end, uint32_t *cp, bool *valid);

/** Write `cp`, which must be a scalar value, as 1 to 4 bytes. */
size_t utf8_encode(uint32_t cp, char out[4]);

/** Whether all of it is valid and without NUL. */
bool utf8_valid(struct morgue_str s);

/** Append `s` with each maximal part of an invalid sequence (Unicode 15,
 *  table 3-8) and each NUL replaced by U+FFFD. */
void utf8_repair(struct buf *out, struct morgue_str s);

/** The character that windows-1252 has at `cp`, which is 128 to 159: what text
 *  in that charset has there that was taken for Latin-1.  `cp` itself where it
 *  has none. */
uint32_t utf8_western(uint32_t cp);

/** Whether there are characters from 128 to 159 in `s`, which is valid. */
bool utf8_has_controls(struct morgue_str s);

/** Append `s` with those as windows-1252 has them. */
void utf8_add_western(struct buf *out, struct morgue_str s);

/** How many characters `s`, which is valid, has. */
static inline size_t
utf8_count(struct morgue_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.s[i] & 0xC0) != 0x80;
    return n;
}

/** Where a cut at `at` or before falls between characters. */
size_t utf8_floor(struct morgue_str s, size_t at);

#endif
