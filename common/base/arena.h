/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arena.h - memory by unit of work
 *
 * One arena for an article, a query, a list of hits: allocated piecewise,
 * reset or freed as a whole.  Pieces are aligned for any type.  The largest
 * block is kept by a reset, so that the next unit of work allocates nothing.
 * An allocation costs a compare and an add; the ceiling counts all blocks.
 */
#ifndef MORGUE_BASE_ARENA_H
#define MORGUE_BASE_ARENA_H

#include "error.h"
#include "str.h"

struct arena_block;

struct arena {
    struct arena_block *block; /* the one in use, first of a list */
    char *at, *end;            /* what is free of it */
    size_t total, max;         /* bytes in blocks, and their ceiling */
};

void arena_init(struct arena *a, size_t max);

/** Give all memory back; the arena is as after arena_init. */
void arena_free(struct arena *a);

/** Give back what is behind `end` of the piece that was allocated last, and
 *  begins at or before it. */
void arena_trim(struct arena *a, const void *end);

/** Drop all pieces; the largest block is kept. */
void arena_reset(struct arena *a);

/** `n` bytes, not zeroed; NULL when out of memory or at the ceiling. */
void *arena_alloc(struct arena *a, size_t n);

/** `n` times `size` bytes, zeroed; NULL likewise, or on overflow. */
void *arena_zero(struct arena *a, size_t n, size_t size);

/** Put `value` behind *lines, on a line of its own; there is a line before.
 *  *room is how many bytes there are for it, 0 to begin with: it doubles, so
 *  that many lines cost no more than their bytes.  False when out of memory.
 */
bool arena_add_line(struct arena *a, struct morgue_str *lines, size_t *room,
                    struct morgue_str value);

/** A copy of `s` with a NUL behind it, into *out; false when out of memory. */
bool arena_str(struct arena *a, struct morgue_str s, struct morgue_str *out);

#endif
