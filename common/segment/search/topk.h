/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topk.h - the first k of the articles that are offered
 *
 * A heap with the last of them on top.  An article offered costs a compare
 * while it is not among them, else the logarithm of k.  Order is that of
 * engine.h; within a segment, equal scores go by number.  Memory grows with
 * what is kept.
 */
#ifndef MORGUE_SEGMENT_TOPK_H
#define MORGUE_SEGMENT_TOPK_H

#include "../../engine/engine.h"
#include "../file/segment.h"

struct top {
    double score;
    uint32_t segment, doc;
};

struct topk {
    const struct snapshot *snapshot;
    enum morgue_sort sort; /* not by id */
    struct arena *arena;
    struct top *top;
    size_t n, k, cap;
    bool nomem; /* not all were taken that should have been */
};

/** Begin with none of at most k. */
void topk_init(struct topk *t, struct arena *arena, const struct snapshot *s,
               enum morgue_sort sort, size_t k);

/** Whether `a` comes before `b`. */
bool topk_before(const struct topk *t, const struct top *a,
                 const struct top *b);

/** Offer an article; whether it is among the first k now. */
bool topk_offer(struct topk *t, struct top new);

/** Put them in order, the first one first. */
void topk_sort(struct topk *t);

#endif
