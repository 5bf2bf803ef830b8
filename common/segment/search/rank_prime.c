/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rank_prime.c - a floor to begin with
 *
 * Of the rarest clause the blocks with the highest bounds are scored, and
 * those of their articles that score most, by all clauses.  If as many of
 * them as are asked for are matches, none that scores less than the last of
 * them can be among the first.  They are found again on the way.  Costs some
 * microseconds, and spares the articles that come before the heap is full of
 * good ones.
 */
#include "rank.h"

enum { TRIED = 24, BLOCKS = 3, K_MAX = 12 };

/* The highest of something, the highest first. */
struct highest {
    uint32_t n, max;
    uint32_t what[TRIED];
    double by[TRIED];
};

static void
put(struct highest *h, uint32_t what, double by)
{
    uint32_t i;

    if (h->n == h->max && by <= h->by[h->n - 1])
        return;
    i = h->n < h->max ? h->n++ : h->n - 1;
    for (; i > 0 && h->by[i - 1] < by; i--) {
        h->by[i] = h->by[i - 1];
        h->what[i] = h->what[i - 1];
    }
    h->by[i] = by;
    h->what[i] = what;
}

static double
bound(const struct ranker *r, const struct node *node, const uint8_t *impacts,
      uint32_t i)
{
    return bm25_bound(r->m->bm25, node->weight,
                      impacts + (size_t)i * sizeof(struct impact));
}

/* The blocks with the highest bounds, of the groups that have such. */
static void
best_blocks(struct highest *blocks, struct ranker *r, struct node *node)
{
    struct highest groups = {.max = BLOCKS};
    const struct postings *p = node->postings;

    if (!p->impact) {
        put(blocks, 0, 1);
        return;
    }
    for (uint32_t g = 0; g * GROUP < p->blocks; g++)
        put(&groups, g, bound(r, node, p->group, g));
    for (uint32_t i = 0; i < groups.n; i++)
        for (uint32_t k = 0; k < GROUP; k++) {
            uint32_t b = groups.what[i] * GROUP + k;

            if (b < p->blocks)
                put(blocks, b, bound(r, node, p->impact, b));
        }
}

/* Let articles in by number, which are in no order. */
static void
add_ascending(struct ranker *r, uint32_t doc)
{
    uint32_t at = r->n++;

    for (; at > 0 && r->doc[at - 1] > doc; at--)
        r->doc[at] = r->doc[at - 1];
    r->doc[at] = doc;
}

/* The articles of a list that score most; ascending. */
static void
choose(struct ranker *r, struct node *node)
{
    struct highest blocks = {.max = BLOCKS}, docs = {.max = TRIED};
    struct postings *p = node->postings;
    double score[BLOCK];

    best_blocks(&blocks, r, node);
    for (uint32_t i = 0; i < blocks.n; i++) {
        uint32_t n;

        if (!postings_load(p, blocks.what[i]))
            return;
        n = p->n;
        block_scores(r, node, 0, n, score);
        for (uint32_t k = 0; k < n; k++)
            if (p->doc[k] >= r->lo && p->doc[k] < r->hi)
                put(&docs, p->doc[k], score[k]);
    }
    for (uint32_t i = 0; i < docs.n; i++)
        add_ascending(r, docs.what[i]);
}

void
rank_prime(struct ranker *r)
{
    struct highest best = {.max = (uint32_t)r->topk->k};
    const struct clause *rarest = r->clause;

    if (r->topk->k > K_MAX || r->floor > 0 || rarest->part_n == 0)
        return;
    r->n = 0;
    choose(r, rarest->part->node);
    rank_pass(r);
    memset(r->score, 0, r->n * sizeof *r->score);
    for (uint32_t i = 0; i < r->clause_n; i++)
        clause_add(r, &r->clause[i], 0, false);
    for (uint32_t i = 0; i < r->n; i++)
        put(&best, i, r->score[i]);
    if (best.n == r->topk->k)
        r->floor = best.by[best.n - 1] * (1 - 1e-12);
    r->n = 0;
}
