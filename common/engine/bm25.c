/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bm25.c - what both engines weigh by
 */
#include "bm25.h"

#include <math.h>

void
weighing_init(struct weighing *w, double k1, double b, uint64_t docs,
              uint64_t length)
{
    w->docs = (double)docs;
    w->k1 = k1;
    w->b = b;
    w->rest = 1 - b;
    w->per_mean = 0;
    if (length > 0 && docs > 0 && k1 != 0 && b != 0)
        w->per_mean = 1 / ((double)length / (double)docs);
}

double
weighing_rarity(const struct weighing *w, double n)
{
    double odds = (w->docs - n + 0.5) / (n + 0.5);

    return log(odds < 2 ? odds * 0.5 + 1 : odds);
}

double
weighing_term(const struct weighing *w, uint64_t n, uint32_t wqf)
{
    const double k3 = ENGINE_K3;
    double has = (double)n < w->docs ? (double)n : w->docs, q = wqf;

    return weighing_rarity(w, has) * ((k3 + 1) * q / (k3 + q)) * (w->k1 + 1);
}
