/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zip.h - zlib streams in memory (RFC 1950) and gzip files (RFC 1952)
 */
#ifndef MORGUE_BASE_ZIP_H
#define MORGUE_BASE_ZIP_H

#include "buf.h"

/** Append `data` as one zlib stream.  Level 6. */
enum morgue_status zip_pack(struct buf *out, struct morgue_str data,
                            struct morgue_error *err);

/** Append what the zlib stream `packed` holds, which must be exactly `size`
 *  bytes and fill it exactly.  MORGUE_DAMAGED. */
enum morgue_status zip_unpack(struct buf *out, struct morgue_str packed,
                              size_t size, struct morgue_error *err);

/* ---- reading a file that may be gzipped --------------------------------- */

/* Bytes of a file, unpacked on the way where its content, not its name, says
 * that it is gzip: any number of members one after another, as news crawls
 * are stored.  Zeros behind the last member are passed over (tape padding). */
struct instream;

/** Open `path`, or standard input for "-".  Give back: instream_close.
 *  MORGUE_NO_INPUT, MORGUE_IO. */
enum morgue_status instream_open(struct instream **out, const char *path,
                                 struct morgue_error *err);

/** Up to `room` bytes into `to`, their number into *n; 0 at the end.
 *  MORGUE_FORMAT where a gzip stream is cut short or broken: what came before
 *  was good.  MORGUE_IO.  After a failure the same comes again. */
enum morgue_status instream_read(struct instream *in, char *to, size_t room,
                                 size_t *n, struct morgue_error *err);

/** NULL is allowed. */
void instream_close(struct instream *in);

#endif
