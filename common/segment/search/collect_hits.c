/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect_hits.c - what collectors of hits share: orders, scores, hits
 */
#include "collect.h"

enum morgue_sort
sort_meant(const struct search *s, enum morgue_sort sort)
{
    return sort == MORGUE_SORT_RELEVANCE && !s->plan.scored
               ? MORGUE_SORT_NEWEST
               : sort;
}

static void
score_segment(struct search *s, uint32_t segment, struct top *top, size_t n)
{
    uint8_t hit;

    for (size_t i = 0; i < n; i++)
        if (top[i].segment == segment)
            node_probe(&s->matcher, s->plan.root, &top[i].doc, 1, &hit,
                       &top[i].score, 0);
}

/* Put the scores of articles in, which are in any order. */
static void
score_tops(struct search *s, struct top *top, size_t n)
{
    const struct snapshot *snap = s->plan.snapshot;

    s->plan.stop = s->matcher.stop = NULL; /* they are few, and shown */
    for (uint32_t i = 0; i < snap->n && n > 0; i++) {
        s->matcher.segment = snap->segment[i];
        if (plan_segment(&s->plan, i))
            score_segment(s, i, top, n);
    }
}

struct engine_hit *
hits_of_tops(struct search *s, enum morgue_sort sort, struct top *top,
             size_t n)
{
    struct engine_hit *hit = arena_zero(s->room->arena, n + 1, sizeof *hit);

    if (s->plan.scored && sort != MORGUE_SORT_RELEVANCE)
        score_tops(s, top, n);
    for (size_t i = 0; hit && i < n; i++) {
        hit[i].number = snapshot_number(top[i].segment, top[i].doc);
        hit[i].score = top[i].score;
    }
    return hit;
}
