/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base64.c - base64 (RFC 4648) read as it is met: in pieces, several texts one
 * behind the other, each with its "="
 */
#include "base64.h"

int
base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (is_digit(c))
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

void
base64_decode(struct buf *out, struct base64 *b, struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        int digit = base64_digit(s.s[i]);

        if (s.s[i] == '=' && b->digits >= 2 && b->digits + ++b->pads >= 4) {
            *b = (struct base64){0}; /* what follows begins anew */
            continue;
        }
        if (digit < 0)
            continue;
        b->pads = 0;
        b->bits = b->bits << 6 | (uint32_t)digit;
        if (b->digits++ > 0)
            buf_char(out, (char)(b->bits >> (8 - 2 * b->digits)));
        if (b->digits == 4)
            *b = (struct base64){0};
    }
}
