/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * utf8.h - reading and writing UTF-8 (RFC 3629)
 */
#ifndef MORGUE_BASE_UTF8_H
#define MORGUE_BASE_UTF8_H

#include "buf.h"

/** What stands for bytes that are not UTF-8. */
#define UTF8_REPLACEMENT 0xFFFDu

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

/** Where a cut at `at` or before falls between characters. */
size_t utf8_floor(struct morgue_str s, size_t at);

#endif
