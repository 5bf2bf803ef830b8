/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect.h - a search under way, and what collectors do with its matches
 *
 * There are two ways through the matches of a query.  One takes them a window
 * at a time, and hands each window to every collector.  The other, for the
 * first k alone by score or date, looks at no more than it has to (first.c).
 *
 * To add a collector: what is asked and answered in engine.h, a struct
 * collecting, a row for it in collect.c.
 */
#ifndef MORGUE_SEGMENT_COLLECT_H
#define MORGUE_SEGMENT_COLLECT_H

#include "match.h"
#include "search.h"
#include "topk.h"

struct search {
    const struct search_room *room;
    struct plan plan;
    struct matcher matcher;
};

/** The articles of a window that match and are not deleted. */
struct found {
    struct segment *segment;
    uint32_t number; /* of the segment */
    uint32_t n;
    const uint32_t *doc; /* ascending, from 1 to WINDOW of them */
    const double *score; /* NULL: nobody wants them */
};

/** A collector at work; each kind has one that begins so. */
struct task {
    const struct collecting *kind;
    struct collector *c;
};

/** What a kind of collectors does.  Memory is the search's; where it is out,
 *  what returns bool returns false.  What is damaged is marked as such. */
struct collecting {
    size_t size; /* of its task */
    bool (*begin)(struct task *t, struct search *s);
    bool (*enter)(struct task *t, struct search *s, uint32_t segment);
    bool (*take)(struct task *t, struct search *s, const struct found *f);
    bool (*leave)(struct task *t, struct search *s);
    enum morgue_status (*end)(struct task *t, struct search *s,
                              struct morgue_error *err);
};

extern const struct collecting collect_by_arrival, collect_by_id,
    collect_values, collect_groups, collect_periods;

/** Answer FIRST by itself, but not by arrival or id, and with `after` by date
 *  only. */
enum morgue_status first_alone(struct collector *c, struct search *s,
                               bool exact_total, struct morgue_error *err);

/** The order that is meant: where nothing scores, that of equal scores. */
enum morgue_sort sort_meant(const struct search *s, enum morgue_sort sort);

/** Hits for articles that were found in that order, in the arena of answers;
 *  NULL when out of memory.  In another order than that of scores the scores
 *  are made here, of these alone. */
struct engine_hit *hits_of_tops(struct search *s, enum morgue_sort sort,
                                struct top *top, size_t n);

static inline struct top
top_of_hit(const struct engine_hit *hit)
{
    return (struct top){.score = hit->score,
                        .segment = (uint32_t)(hit->number >> 32),
                        .doc = (uint32_t)hit->number};
}

#endif
