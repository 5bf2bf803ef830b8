/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spool.h - bytes that are written now and read once later
 *
 * They are kept in memory up to a limit, and go to a file without name in the
 * archive's directory beyond it.
 */
#ifndef MORGUE_SEGMENT_SPOOL_H
#define MORGUE_SEGMENT_SPOOL_H

#include "../../base/dir.h"

struct spool {
    const struct dir *dir; /* where the file is made; lent */
    struct buf buf;        /* what is not in the file yet */
    size_t limit;          /* of bytes in `buf` */
    int fd;                /* -1: no file yet */
    uint64_t filed;        /* bytes in it */
};

/** `dir` must outlive it. */
void spool_init(struct spool *s, const struct dir *dir, size_t limit);

/** Whether a file of that name is a spool's, left over by a crash. */
bool spool_owns(const char *name);

/** Give its memory and its file back. */
void spool_free(struct spool *s);

/** How many bytes it has. */
static inline uint64_t
spool_len(const struct spool *s)
{
    return s->filed + s->buf.len;
}

/** Append.  What fails is told by spool_status, once for many appends. */
static inline void
spool_add(struct spool *s, const void *data, size_t len)
{
    buf_add(&s->buf, data, len);
}

/** MORGUE_OK, or what failed since the last; also moves bytes to the file
 *  where they are more than the limit. */
enum morgue_status spool_status(struct spool *s, struct morgue_error *err);

/** Hand all bytes to `take`, until it fails, in pieces of a whole number of
 *  times 8 bytes where so many are in each that was added. */
enum morgue_status
spool_each(struct spool *s,
           enum morgue_status (*take)(void *payload, const void *data,
                                      size_t len, struct morgue_error *err),
           void *payload, struct morgue_error *err);

#endif
