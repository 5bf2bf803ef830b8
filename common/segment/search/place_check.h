/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * place_check.h - whether an article of a segment has a place of a node
 *
 * What the evaluator (places.h) wants to know of an article is read from the
 * lists of the segment: a cursor for each term.  Going up from one article to
 * the next is what costs least.
 */
#ifndef MORGUE_SEGMENT_PLACE_CHECK_H
#define MORGUE_SEGMENT_PLACE_CHECK_H

#include "../../engine/places.h"
#include "plan.h"

/* A term of the evaluator's. */
struct place_term {
    const struct plan_term *term;
    bool present; /* the segment has it */
    struct postings list;
    struct positions walk;
};

struct place_check {
    struct place_check *next;      /* of a join */
    struct place_check *next_made; /* of the plan */
    struct places *places;
    struct place_source source;
    const struct snapshot *snapshot;
    struct place_term *term; /* by the evaluator's numbers */
    size_t n;
    uint32_t doc; /* the article at hand */
};

/** A check for a node that has places, in the arena.  Which term each of its
 *  terms is has to be set then.  `stop` (NULL) ends a look at an article
 *  early.  NULL when out of memory. */
struct place_check *place_check_new(struct arena *arena,
                                    const struct snapshot *snapshot,
                                    struct stop *stop, const struct query *q);

/** Make it ready for a segment of the snapshot. */
void place_check_start(struct place_check *c, uint32_t segment);

/** Whether the article, which has the node's words, has a place of it. */
bool place_check_passes(struct place_check *c, uint32_t doc);

#endif
