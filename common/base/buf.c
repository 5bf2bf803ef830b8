/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * buf.c - bytes that grow, up to a ceiling
 *
 * Capacity doubles, so an append costs a constant number of copies a byte.
 */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void
buf_free(struct buf *b)
{
    free(b->data);
    buf_init(b, b->max);
}

void
buf_reset(struct buf *b)
{
    b->len = 0;
    b->nomem = b->full = false;
    if (b->data)
        b->data[0] = '\0';
}

char *
buf_grow(struct buf *b, size_t n)
{
    size_t cap = b->cap ? b->cap : 64;
    char *data;

    if (b->nomem || b->full)
        return NULL;
    if (n > b->max - b->len) {
        b->full = true;
        return NULL;
    }
    while (cap <= b->len + n)
        cap *= 2;
    if (cap - 1 > b->max) /* so that what fits is below the ceiling */
        cap = b->max + 1;
    data = realloc(b->data, cap);
    if (!data) {
        b->nomem = true;
        return NULL;
    }
    b->data = data;
    b->cap = cap;
    b->data[b->len] = '\0';
    return b->data + b->len;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    char small[256];
    int n;
    char *at;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n >= 0 && (size_t)n < sizeof small) {
        buf_add(b, small, (size_t)n);
    } else if (n >= 0) {
        at = buf_room(b, (size_t)n);
        if (at) {
            vsnprintf(at, (size_t)n + 1, fmt, again);
            b->len += (size_t)n;
        }
    }
    va_end(again);
}

void
buf_cut(struct buf *b, size_t len)
{
    b->len = len;
    if (b->data)
        b->data[len] = '\0';
}

enum morgue_status
buf_status(const struct buf *b, struct morgue_error *err)
{
    if (b->nomem)
        return error_nomem(err);
    if (b->full)
        return error_set(err, MORGUE_FORMAT, "more than %zu bytes", b->max);
    return MORGUE_OK;
}
