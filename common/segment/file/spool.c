/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spool.c - bytes that are written now and read once later
 */
#include "spool.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const char prefix[] = "spool-";

void
spool_init(struct spool *s, const struct dir *dir, size_t limit)
{
    *s = (struct spool){.dir = dir, .limit = limit, .fd = -1};
    buf_init(&s->buf, SIZE_MAX / 2);
}

void
spool_free(struct spool *s)
{
    if (s->fd >= 0)
        close(s->fd);
    buf_free(&s->buf);
    spool_init(s, s->dir, s->limit);
}

bool
spool_owns(const char *name)
{
    return dir_is_random(name, prefix);
}

static enum morgue_status
open_file(struct spool *s, struct morgue_error *err)
{
    char name[DIR_NAME_MAX];
    enum morgue_status st =
        dir_create_random(&s->fd, name, s->dir, prefix, err);

    return st ? st : dir_remove(s->dir, name, err);
}

enum morgue_status
spool_status(struct spool *s, struct morgue_error *err)
{
    enum morgue_status st = buf_status(&s->buf, err);

    if (st || s->buf.len <= s->limit)
        return st;
    if (s->fd < 0)
        st = open_file(s, err);
    if (!st)
        st = file_write(s->fd, buf_view(&s->buf), s->dir->path, err);
    if (!st) {
        s->filed += s->buf.len;
        buf_cut(&s->buf, 0);
    }
    return st;
}

/* Read `n` bytes of the file from `at`. */
static enum morgue_status
read_back(const struct spool *s, char *to, size_t n, uint64_t at,
          struct morgue_error *err)
{
    while (n > 0) {
        ssize_t got = pread(s->fd, to, n, (off_t)at);

        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            errno = EIO; /* it was cut off */
        if (got <= 0)
            return error_errno(err, MORGUE_IO, "read back in", s->dir->path);
        to += got;
        n -= (size_t)got;
        at += (uint64_t)got;
    }
    return MORGUE_OK;
}

enum morgue_status
spool_each(struct spool *s,
           enum morgue_status (*take)(void *payload, const void *data,
                                      size_t len, struct morgue_error *err),
           void *payload, struct morgue_error *err)
{
    enum { PIECE = 1 << 18 };
    enum morgue_status st = MORGUE_OK;
    char *piece = s->filed > 0 ? malloc(PIECE) : NULL;

    if (s->filed > 0 && !piece)
        return error_nomem(err);
    for (uint64_t at = 0; at < s->filed && !st;) {
        size_t want = s->filed - at < PIECE ? (size_t)(s->filed - at) : PIECE;

        st = read_back(s, piece, want, at, err);
        if (!st)
            st = take(payload, piece, want, err);
        at += want;
    }
    free(piece);
    if (!st && s->buf.len > 0)
        st = take(payload, s->buf.data, s->buf.len, err);
    return st;
}
