/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * score.h - BM25 as Xapian's BM25Weight computes it
 *
 * With k2 = 0, k3 = ENGINE_K3 and min_normlen = 0, for a term that n of N
 * articles have and the query wqf times:
 *
 *     w = (N - n + 0.5) / (n + 0.5);  if w < 2: w = w / 2 + 1
 *     weight = log(w) * (k3 + 1) * wqf / (k3 + wqf) * (k1 + 1)
 *     score = weight * wdf / (k1 * (length / mean * b + (1 - b)) + wdf)
 *
 * All in double precision, in this order of operations, so that one article
 * scores the same to the last bit wherever and however it is computed.
 */
#ifndef MORGUE_SEGMENT_SCORE_H
#define MORGUE_SEGMENT_SCORE_H

#include "../file/segment.h"

struct bm25 {
    double docs; /* N */
    double k1, b, rest, per_mean;
    double norm[256];    /* bm25_norm of the least length that has the code */
    double inverse[256]; /* of the wdf in an impact; 255 stands for any */
};

void bm25_init(struct bm25 *m, double k1, double b, uint64_t docs,
               uint64_t length);

/** What bm25_bound needs as well; some hundred nanoseconds. */
void bm25_init_bounds(struct bm25 *m);

double bm25_weight(const struct bm25 *m, uint64_t live, uint32_t wqf);

/** What is added to the wdf below the line. */
static inline double
bm25_norm(const struct bm25 *m, double length)
{
    return m->k1 * (length * m->per_mean * m->b + m->rest);
}

static inline double
bm25_score(double weight, double wdf, double norm)
{
    return wdf > 0 ? weight * (wdf / (norm + wdf)) : 0;
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

/** A score that no article of the impact exceeds, but for rounding. */
double bm25_bound(const struct bm25 *m, double weight, const uint8_t *impact);

#endif
