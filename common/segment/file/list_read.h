/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list_read.h - reading a term's list from front to back
 *
 * For merging and checking, which need all of it; searches have a cursor that
 * skips (postings.h).  Everything read is checked: what comes out has the
 * order and the bounds that a list has.
 */
#ifndef MORGUE_SEGMENT_LIST_READ_H
#define MORGUE_SEGMENT_LIST_READ_H

#include "segment.h"

struct list_reader {
    struct segment *segment;
    struct term_info info;
    uint32_t left;       /* articles behind this block */
    uint32_t next;       /* the least that the next one's number can be */
    uint64_t at, pos_at; /* of the next block, within the parts */
    uint32_t n;          /* articles in this block */
    uint32_t doc[BLOCK], wdf[BLOCK];
    uint32_t count[BLOCK]; /* of positions: 0 without TERM_POSITIONS */
    uint32_t *delta;       /* distances between them, of all articles */
    size_t delta_n, delta_cap;
};

/** Ready a reader, once. */
void list_reader_init(struct list_reader *r);
void list_reader_free(struct list_reader *r);

/** Begin with the list of a term of `s`. */
void list_read_start(struct list_reader *r, struct segment *s,
                     const struct term_info *info);

/** Read the next block, its positions only if `positions`.  MORGUE_DAMAGED,
 *  MORGUE_NOMEM; r->n is 0 behind the last. */
enum morgue_status list_read_block(struct list_reader *r, bool positions,
                                   struct morgue_error *err);

#endif
