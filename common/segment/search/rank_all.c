/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rank_all.c - the best articles that have all of several clauses
 *
 * The node that the fewest articles match leads, block by block if it is a
 * term.  A block is only loaded if the bounds of all clauses over its numbers
 * come up to the floor together; and what is left of it after each clause
 * only goes on to the next if it still can.  The clauses go by rarity, for
 * sums have to be in that order.
 */
#include "rank.h"

/* Bounds of all clauses in lo <= number < hi; their sum. */
static double
bound_all(struct ranker *r, uint32_t lo, uint32_t hi)
{
    double rest = 0;

    r->clause[r->clause_n].rest = 0;
    for (uint32_t i = r->clause_n; i-- > 0;) {
        struct clause *c = &r->clause[i];

        for (uint32_t k = 0; k < c->part_n; k++)
            part_seek(&c->part[k], r->m->bm25, lo);
        c->most = clause_most(c, r->m->bm25, lo, hi);
        rest += c->most;
        c->rest = rest;
    }
    return rest;
}

/* The candidates are there, without scores.  As long as nothing can be
 * dropped by its score, the scores come last. */
static void
match_first(struct ranker *r, const struct node *lead)
{
    for (uint32_t i = 0; i < r->clause_n && r->n > 0; i++)
        if (r->clause[i].node != lead)
            node_match(r, r->clause[i].node);
    rank_pass(r);
    memset(r->score, 0, r->n * sizeof *r->score);
    for (uint32_t i = 0; i < r->clause_n && r->n > 0; i++)
        clause_add(r, &r->clause[i], r->clause[i + 1].rest, true);
    rank_take(r, true);
}

/* Add the clauses from the i-th on, dropping what becomes too little. */
static void
score_first(struct ranker *r, uint32_t i)
{
    for (; i < r->clause_n && r->n > 0; i++) {
        if (i > 0)
            drop_below(r, r->clause[i].rest);
        clause_add(r, &r->clause[i], r->clause[i + 1].rest, true);
    }
    rank_take(r, false);
}

/* The articles of a block of the leading term. */
static void
lead_block(struct ranker *r, struct node *lead, uint32_t lo, uint32_t hi)
{
    struct postings *p = lead->postings;
    uint32_t from, to;

    if (r->floor > 0 && lead == r->clause->node) {
        r->n = clause_list(r, r->clause, lo, hi, r->floor - r->clause[1].rest,
                           r->doc, r->score);
        score_first(r, 1);
        return;
    }
    if (!postings_seek(p, lo))
        return;
    from = lo <= p->doc[0] ? 0 : postings_rank(p, lo);
    to = p->doc[p->n - 1] < hi ? p->n : postings_rank(p, hi);
    r->n = to - from;
    memcpy(r->doc, p->doc + from, r->n * sizeof *r->doc);
    memset(r->score, 0, r->n * sizeof *r->score);
    if (r->floor <= 0)
        match_first(r, lead);
    else
        score_first(r, 0);
}

/* The first number from lo on that all nodes but the lead may match. */
static uint32_t
next_of_all(const struct ranker *r, uint32_t lo)
{
    for (uint32_t i = 0; i < r->clause_n; i++)
        lo = node_next(r->clause[i].node, lo);
    return lo;
}

static void
by_blocks(struct ranker *r, struct node *lead)
{
    const struct postings *p = lead->postings;
    uint32_t lo = r->lo, block = 0;

    for (; lo < r->hi && !rank_stops(r); lo++) {
        lo = next_of_all(r, lo);
        block = postings_find(p, block, lo);
        if (lo >= r->hi || block >= p->blocks)
            break;
        uint32_t last = postings_last(p, block);
        uint32_t hi = last < r->hi ? last + 1 : r->hi;

        if (bound_all(r, lo, hi) >= r->floor) {
            lead_block(r, lead, lo, hi);
        } else {
            r->all = false;
        }
        lo = hi - 1;
    }
}

static void
by_windows(struct ranker *r, struct node *lead)
{
    uint32_t lo = r->lo;

    while ((lo = node_next(lead, next_of_all(r, lo))) < r->hi &&
           !rank_stops(r)) {
        uint32_t hi = r->hi - lo < WINDOW ? r->hi : lo + WINDOW;

        if (bound_all(r, lo, hi) >= r->floor) {
            uint64_t bits[WINDOW_WORDS] = {0};

            node_or(r->m, lead, lo, hi, bits, 1);
            r->n = bits_to_docs(r->doc, bits, lo);
            memset(r->score, 0, r->n * sizeof *r->score);
            if (r->floor <= 0)
                match_first(r, lead);
            else
                score_first(r, 0);
        } else {
            r->all = false;
        }
        lo = hi;
    }
}

void
rank_all(struct ranker *r, struct node *lead)
{
    if (lead->kind == NODE_TERM)
        by_blocks(r, lead);
    else
        by_windows(r, lead);
}
