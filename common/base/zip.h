/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zip.h - zlib streams in memory (RFC 1950); gzip (RFC 1952) as a stream
 */
#ifndef MORGUE_BASE_ZIP_H
#define MORGUE_BASE_ZIP_H

#include "stream.h"

/** Append `data` as one zlib stream.  Level 6. */
enum morgue_status zip_pack(struct buf *out, struct morgue_str data,
                            struct morgue_error *err);

/** Append what the zlib stream `packed` holds, which must be exactly `size`
 *  bytes and fill it exactly.  MORGUE_DAMAGED. */
enum morgue_status zip_unpack(struct buf *out, struct morgue_str packed,
                              size_t size, struct morgue_error *err);

/* ---- streams ------------------------------------------------------------ */

/* What is around deflated data; the numbers are zlib's. */
enum zip_wrap { ZIP_RAW = -15, ZIP_ZLIB = 15, ZIP_GZIP = 31 };

/** Whether bytes begin as gzip. */
bool zip_is_gzip(struct morgue_str s);

/** What `from`, which is taken over whatever happens, holds unpacked.  Gzip:
 *  any number of members one after another, as news crawls are stored; zeros
 *  behind the last are passed over (tape padding), and stream_resume goes on
 *  at the next member.  The others: one, and what follows is not looked at. */
enum morgue_status zip_stream(struct stream **out, struct stream *from,
                              enum zip_wrap wrap, struct morgue_error *err);

#endif
