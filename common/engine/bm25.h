/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bm25.h - what both engines weigh by: BM25 as Xapian's BM25Weight has it
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
#ifndef MORGUE_ENGINE_BM25_H
#define MORGUE_ENGINE_BM25_H

#include <stdint.h>

/** BM25's k3: a word that a query has wqf times weighs
 *  (k3 + 1) * wqf / (k3 + wqf) as much as one that it has once.  8 is usual;
 *  measured against 1 (k1 1.2, b 0.75) it adds 0.023 to the MAP of cisi (36
 *  queries better, 13 worse, p = 0.0002) and 0.029 to that of cacm (17, 11,
 *  p = 0.14), takes 0.008 from med (4, 8, p = 0.12), and changes time,
 *  cranfield and npl, whose queries seldom repeat a word, by less than 0.003.
 *  No value from 0 to 1000 has a mean that is more than 0.001 better. */
#define ENGINE_K3 8.0

/** What weighs the terms of an archive. */
struct weighing {
    double docs; /* N */
    double k1, b, rest, per_mean;
};

/** Of `docs` articles, `length` long together. */
void weighing_init(struct weighing *w, double k1, double b, uint64_t docs,
                   uint64_t length);

/** log(w) above, of a term that n articles have. */
double weighing_rarity(const struct weighing *w, double n);

/** The weight of a term that n articles have, or all if those are fewer. */
double weighing_term(const struct weighing *w, uint64_t n, uint32_t wqf);

/** What is added to the wdf below the line. */
static inline double
weighing_norm(const struct weighing *w, double length)
{
    return w->k1 * (length * w->per_mean * w->b + w->rest);
}

static inline double
weighing_score(double weight, double wdf, double norm)
{
    return wdf > 0 ? weight * (wdf / (norm + wdf)) : 0;
}

#endif
