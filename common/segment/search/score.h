/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * score.h - BM25 over the lists of a segment (engine/bm25.h)
 */
#ifndef MORGUE_SEGMENT_SCORE_H
#define MORGUE_SEGMENT_SCORE_H

#include "../../engine/bm25.h"
#include "../file/segment.h"

struct bm25 {
    struct weighing w;
    double norm[256];    /* bm25_norm of the least length that has the code */
    double inverse[256]; /* of the wdf in an impact; 255 stands for any */
};

static inline void
bm25_init(struct bm25 *m, double k1, double b, uint64_t docs, uint64_t length)
{
    weighing_init(&m->w, k1, b, docs, length);
}

/** What bm25_bound needs as well; some hundred nanoseconds. */
void bm25_init_bounds(struct bm25 *m);

static inline double
bm25_weight(const struct bm25 *m, uint64_t live, uint32_t wqf)
{
    return weighing_term(&m->w, live, wqf);
}

static inline double
bm25_norm(const struct bm25 *m, double length)
{
    return weighing_norm(&m->w, length);
}

/** Touch the lengths of articles from <= number <= to. */
static inline bool
touch_lengths(struct segment *s, uint32_t from, uint32_t to)
{
    const struct column *c = &s->column[COLUMN_LENGTH];

    return c->width == 0 ||
           segment_touch(
               s, (uint64_t)(c->data - s->map) + (uint64_t)from * c->width / 8,
               (uint64_t)(to - from + 1) * c->width / 8);
}

/** The scores of n articles, ascending, by their wdf. */
void bm25_scores(double *out, const struct bm25 *m, struct segment *s,
                 double weight, const uint32_t *doc, const uint32_t *wdf,
                 uint32_t n);

/** A score that none exceeds whose wdf is the sum of two, neither of which
 *  scores more than `a` and `b` by itself: wdf / norm of both added up. */
static inline double
bm25_most_of_both(double weight, double a, double b)
{
    double sum;

    if (a >= weight || b >= weight)
        return weight;
    sum = a / (weight - a) + b / (weight - b);
    return weight * (sum / (1 + sum));
}

/** A score that no article of the impact exceeds, but for rounding. */
double bm25_bound(const struct bm25 *m, double weight, const uint8_t *impact);

#endif
