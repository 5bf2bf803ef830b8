/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deflate.h - zlib streams of whole buffers (RFC 1950), fast
 *
 * libdeflate's: the same format as zip.h, two to three times as fast both
 * ways, for who has all of the bytes at once and uses an object for many.
 * One thread at a time for each object.
 */
#ifndef MORGUE_BASE_DEFLATE_H
#define MORGUE_BASE_DEFLATE_H

#include "buf.h"

struct deflater;
struct inflater;

/** `level` as zlib's, 1 to 12.  Give back: deflater_free. */
enum morgue_status deflater_new(struct deflater **out, int level,
                                struct morgue_error *err);

/** NULL is allowed. */
void deflater_free(struct deflater *d);

/** Append `data` as one zlib stream. */
enum morgue_status deflater_pack(struct buf *out, struct deflater *d,
                                 struct morgue_str data,
                                 struct morgue_error *err);

/** Give back: inflater_free. */
enum morgue_status inflater_new(struct inflater **out,
                                struct morgue_error *err);

/** NULL is allowed. */
void inflater_free(struct inflater *i);

/** Unpack the zlib stream `packed` into the `size` bytes at `to`, which it
 *  must fill exactly.  False where it does not. */
bool inflater_unpack(char *to, size_t size, struct inflater *i,
                     struct morgue_str packed);

/** The same of blocks alone (RFC 1951), with nothing around them. */
bool inflater_unpack_raw(char *to, size_t size, struct inflater *i,
                         struct morgue_str packed);

/** The Adler-32 of bytes (RFC 1950). */
uint32_t adler32_of(struct morgue_str s);

#endif
