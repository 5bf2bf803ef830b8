/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base64.h - reading base64 (RFC 4648)
 */
#ifndef MORGUE_BASE_BASE64_H
#define MORGUE_BASE_BASE64_H

#include "buf.h"

/** What is left over between two pieces of a text; zeros at first. */
struct base64 {
    uint32_t bits;
    int digits; /* of the group of four that is open */
    int pads;   /* "=" after them */
};

/** What a digit stands for; -1: it is none. */
int base64_digit(char c);

/** Append what the digits in `s` stand for; other characters are passed over.
 */
void base64_decode(struct buf *out, struct base64 *b, struct morgue_str s);

#endif
