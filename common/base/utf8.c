/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * utf8.c - reading and writing UTF-8
 */
#include "utf8.h"

size_t
utf8_decode(const char *s, const char *end, uint32_t *cp, bool *valid)
{
    const unsigned char *u = (const unsigned char *)s;
    bool whole;
    size_t n = utf8_measure(u, (const unsigned char *)end, &whole);

    if (!whole) {
        *cp = UTF8_REPLACEMENT;
        if (valid)
            *valid = false;
        return 1;
    }
    if (n == 1)
        *cp = u[0];
    else if (n == 2)
        *cp = (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
    else if (n == 3)
        *cp = (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
    else
        *cp = (u[0] & 0x07u) << 18 | (u[1] & 0x3Fu) << 12 |
              (u[2] & 0x3Fu) << 6 | (u[3] & 0x3Fu);
    return n;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* How many bytes at `s` are ASCII without NUL, eight at a time. */
static size_t
ascii_run(const unsigned char *s, const unsigned char *end)
{
    const unsigned char *p = s;
    const uint64_t ones = 0x0101010101010101u, tops = ones << 7;

    while (end - p >= 8) {
        uint64_t w;
        memcpy(&w, p, 8);
        if (((w | (w - ones)) & tops) != 0)
            break;
        p += 8;
    }
    while (p < end && *p < 0x80 && *p != 0)
        p++;
    return (size_t)(p - s);
}

bool
utf8_valid(struct morgue_str s)
{
    const unsigned char *p = (const unsigned char *)s.s, *end = p + s.len;
    bool whole;

    if (s.len == 0)
        return true;
    for (;;) {
        p += ascii_run(p, end);
        if (p == end)
            return true;
        if (*p == 0)
            return false;
        p += utf8_measure(p, end, &whole);
        if (!whole)
            return false;
    }
}

void
utf8_repair(struct buf *out, struct morgue_str s)
{
    const unsigned char *p = (const unsigned char *)s.s, *end = p + s.len;
    const unsigned char *from = p;
    bool whole;

    if (s.len == 0)
        return;
    while (p < end) {
        size_t n;

        p += ascii_run(p, end);
        if (p == end)
            break;
        n = utf8_measure(p, end, &whole);
        if (!whole || *p == 0) {
            buf_add(out, from, (size_t)(p - from));
            buf_str(out, STR("\xEF\xBF\xBD"));
            from = p + n;
        }
        p += n;
    }
    buf_add(out, from, (size_t)(p - from));
}

uint32_t
utf8_western(uint32_t cp)
{
    static const uint16_t windows[32] = {
        0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
        0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
        0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

    return cp >= 0x80 && cp < 0xA0 ? windows[cp - 0x80] : cp;
}

/* Where the next of them is, which has two bytes; `end`: nowhere. */
static const char *
next_control(const char *at, const char *end)
{
    while (at < end && (at = memchr(at, 0xC2, (size_t)(end - at)))) {
        if (end - at > 1 && (unsigned char)at[1] < 0xA0)
            return at;
        at++;
    }
    return end;
}

bool
utf8_has_controls(struct morgue_str s)
{
    return next_control(s.s, s.s + s.len) < s.s + s.len;
}

void
utf8_add_western(struct buf *out, struct morgue_str s)
{
    const char *at = s.s, *end = s.s + s.len;
    char utf8[4];

    while (at < end) {
        const char *control = next_control(at, end);

        buf_add(out, at, (size_t)(control - at));
        if (control == end)
            break;
        buf_add(out, utf8,
                utf8_encode(utf8_western((unsigned char)control[1]), utf8));
        at = control + 2;
    }
}

size_t
utf8_floor(struct morgue_str s, size_t at)
{
    if (at >= s.len)
        return s.len;
    while (at > 0 && ((unsigned char)s.s[at] & 0xC0) == 0x80)
        at--;
    return at;
}
