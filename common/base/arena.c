/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arena.c - memory by unit of work
 *
 * A list of blocks, each at least twice the one before up to LARGE_MIN, larger
 * where one piece asks for more.
 */
#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>

#include "memory.h"

struct arena_block {
    struct arena_block *next;
    size_t size; /* of the bytes that follow */
    alignas(max_align_t) char data[];
};

static const size_t block_min = 4096 - sizeof(struct arena_block);
static const size_t block_max = LARGE_MIN - sizeof(struct arena_block);

void
arena_init(struct arena *a, size_t max)
{
    *a = (struct arena){.max = max};
}

static void
use_block(struct arena *a, struct arena_block *b)
{
    a->block = b;
    a->at = b->data;
    a->end = b->data + b->size;
}

void
arena_free(struct arena *a)
{
    struct arena_block *next;

    for (struct arena_block *b = a->block; b; b = next) {
        next = b->next;
        free(b);
    }
    arena_init(a, a->max);
}

void
arena_reset(struct arena *a)
{
    struct arena_block *keep = a->block, *next;

    if (!keep)
        return;
    for (struct arena_block *b = keep->next; b; b = b->next)
        if (b->size > keep->size)
            keep = b;
    for (struct arena_block *b = a->block; b; b = next) {
        next = b->next;
        if (b != keep)
            free(b);
    }
    keep->next = NULL;
    a->total = keep->size;
    use_block(a, keep);
}

static bool
add_block(struct arena *a, size_t n)
{
    size_t size = a->block ? a->block->size * 2 : block_min;
    struct arena_block *b;

    if (size > block_max)
        size = block_max;
    if (size < n || size > a->max - a->total)
        size = n;
    if (size > a->max - a->total)
        return false;
    b = large_alloc(sizeof *b + size);
    if (!b)
        return false;
    b->size = size;
    b->next = a->block;
    a->total += size;
    use_block(a, b);
    return true;
}

void *
arena_alloc(struct arena *a, size_t n)
{
    const size_t align = alignof(max_align_t);
    void *p;

    if (n > a->max)
        return NULL;
    n += n == 0; /* NULL means failure */
    n = (n + align - 1) / align * align;
    if (n > (size_t)(a->end - a->at) && !add_block(a, n))
        return NULL;
    p = a->at;
    a->at += n;
    return p;
}

void
arena_trim(struct arena *a, const void *end)
{
    const size_t align = alignof(max_align_t);
    size_t n = (size_t)((const char *)end - a->block->data);

    a->at = a->block->data + (n + align - 1) / align * align;
}

void *
arena_zero(struct arena *a, size_t n, size_t size)
{
    void *p;

    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    p = arena_alloc(a, n * size);
    if (p)
        memset(p, 0, n * size);
    return p;
}

bool
arena_add_line(struct arena *a, struct morgue_str *lines, size_t *room,
               struct morgue_str value)
{
    size_t len = lines->len + 1 + value.len;
    char *s = (char *)lines->s;

    if (len > *room) {
        s = arena_alloc(a, len * 2);
        if (!s)
            return false;
        memcpy(s, lines->s, lines->len);
        *room = len * 2;
    }
    s[lines->len] = '\n';
    if (value.len > 0)
        memcpy(s + lines->len + 1, value.s, value.len);
    *lines = str_slice(s, len);
    return true;
}

bool
arena_str(struct arena *a, struct morgue_str s, struct morgue_str *out)
{
    char *p = s.len < SIZE_MAX ? arena_alloc(a, s.len + 1) : NULL;

    if (!p)
        return false;
    if (s.len > 0)
        memcpy(p, s.s, s.len);
    p[s.len] = '\0';
    *out = str_slice(p, s.len);
    return true;
}
