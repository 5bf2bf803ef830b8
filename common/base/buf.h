/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * buf.h - bytes that grow, up to a ceiling
 *
 * A buffer is given its ceiling at birth, so that no input can take all
 * memory.  Failure is sticky: once an append failed, for want of memory or at
 * the ceiling, later ones do nothing and buf_status tells, so that a run of
 * appends needs one check at its end.
 *
 *     struct buf b;
 *
 *     buf_init(&b, 1 << 20);
 *     buf_str(&b, STR("rank"));
 *     buf_printf(&b, " %zu", rank);
 *     st = buf_status(&b, err);
 *     ...
 *     buf_free(&b);
 *
 * data[len] is NUL whenever data is not NULL.
 */
#ifndef MORGUE_BASE_BUF_H
#define MORGUE_BASE_BUF_H

#include "error.h"
#include "str.h"

struct buf {
    char *data; /* NULL until the first append */
    size_t len, cap;
    size_t max; /* ceiling of len */
    bool nomem, full;
};

void buf_init(struct buf *b, size_t max);

/** Give the memory back; the buffer is as after buf_init. */
void buf_free(struct buf *b);

/** Empty it and forget failures; memory is kept. */
void buf_reset(struct buf *b);

void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/** Used by buf_room. */
char *buf_grow(struct buf *b, size_t n);

/** Room for `n` more bytes at data + len, which the caller writes and then
 *  adds to len; NULL on failure. */
static inline char *
buf_room(struct buf *b, size_t n)
{
    bool fits = n < b->cap - b->len && !b->nomem && !b->full;

    return fits ? b->data + b->len : buf_grow(b, n);
}

static inline void
buf_add(struct buf *b, const void *data, size_t len)
{
    char *at = buf_room(b, len);

    if (!at)
        return;
    if (len > 0)
        memcpy(at, data, len);
    b->len += len;
    b->data[b->len] = '\0';
}

static inline void
buf_str(struct buf *b, struct morgue_str s)
{
    buf_add(b, s.s, s.len);
}

static inline void
buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

/** Cut to `len` bytes, which must not be more than it has. */
void buf_cut(struct buf *b, size_t len);

/** MORGUE_OK, MORGUE_NOMEM, or MORGUE_FORMAT where the ceiling was hit. */
enum morgue_status buf_status(const struct buf *b, struct morgue_error *err);

/** What is in it, lent until the next change; "" where nothing is. */
static inline struct morgue_str
buf_view(const struct buf *b)
{
    return str_slice(b->data ? b->data : "", b->len);
}

#endif
