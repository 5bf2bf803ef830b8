/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rank_any.c - the best articles that have some of several clauses
 *
 * Block-max MaxScore.  (Turtle and Flood, 1995; Ding and Suel, SIGIR 2011;
 * by windows: Grand and others, ECIR 2020.)  A window is a range of numbers
 * in which each clause has a bound.  Clauses are in order of rarity, so that
 * what they score at most falls, about.  Where all of them together cannot
 * come up to the floor, the window is skipped.  Else the last clauses, which
 * cannot do so by themselves, are not essential: an article that has none of
 * the others is not looked at.  The lists of the essential ones are scored a
 * block at a time and summed by number; the others are only looked up for
 * what can still come up to the floor, the rarest first, each with the bound
 * of the block that would be loaded.
 *
 * A window ends with the first block of an essential clause that ends, so
 * that bounds are of blocks; groups of blocks are tried first.
 */
#include "rank.h"

enum { LEAST = 512, EACH = 128 }; /* numbers in a window; for each clause */

/* Bounds of whole groups: skip as far as one holds.  The first number that
 * may come up to the floor, or `lo`. */
static uint32_t
skip_groups(struct ranker *r, uint32_t lo)
{
    while (lo < r->hi) {
        uint32_t end = r->hi - 1;
        double sum = 0;

        for (uint32_t i = 0; i < r->clause_n; i++) {
            struct clause *c = &r->clause[i];
            double most = most_beside_parts(c);

            for (uint32_t k = 0; k < c->part_n; k++) {
                struct part *part = &c->part[k];

                part_seek(part, r->m->bm25, lo);
                if (part->group_last < end)
                    end = part->group_last;
                most = most_of_parts(c, most, part->group_most);
            }
            sum += most;
        }
        if (sum >= r->floor)
            return lo;
        assert(end >= lo);
        r->all = false;
        lo = end + 1;
    }
    return lo;
}

/* Where the window from lo ends, if the first n clauses are essential. */
static uint32_t
window_end(const struct ranker *r, uint32_t lo, uint32_t n)
{
    uint32_t end = r->hi - 1, least = EACH * (n < 16 ? n : 16);
    bool bounded = false;

    for (uint32_t i = 0; i < n; i++) {
        const struct clause *c = &r->clause[i];

        bounded |= c->part_n == 0;
        for (uint32_t k = 0; k < leading_parts(c); k++)
            if (c->part[k].last < end)
                end = c->part[k].last;
    }
    if (least < LEAST)
        least = LEAST;
    if (end - lo < least)
        end = r->hi - lo < least ? r->hi - 1 : lo + least - 1;
    if (bounded && end - lo >= WINDOW)
        end = lo + WINDOW - 1;
    return end + 1;
}

/* Bounds of all clauses in the window; how many are essential. */
static uint32_t
essential(struct ranker *r, uint32_t lo, uint32_t hi)
{
    uint32_t n = r->clause_n;
    double rest = 0;

    r->clause[n].rest = 0;
    for (uint32_t i = n; i-- > 0;) {
        struct clause *c = &r->clause[i];

        c->most = clause_most(c, r->m->bm25, lo, hi);
        rest += c->most;
        c->rest = rest;
        if (rest < r->floor)
            n = i;
    }
    return n;
}

/* The articles of the i-th clause in lo <= number < hi, those left out that
 * cannot come up to the floor with all that the other clauses may add: what
 * these say of them then does not matter either.  How many. */
static uint32_t
useful_list(struct ranker *r, uint32_t i, uint32_t lo, uint32_t hi)
{
    struct clause *c = &r->clause[i];

    if (c->most <= 0 && r->floor > 0) {
        r->all = false;
        return 0;
    }
    return clause_list(r, c, lo, hi, r->floor - (r->clause->rest - c->most),
                       r->list.doc, r->list.score);
}

/* Sum the lists of the first n clauses by number, in a window of at most
 * WINDOW numbers, and make candidates of what can come up to the floor with
 * `rest` more. */
static void
sum_up(struct ranker *r, uint32_t n, uint32_t lo, uint32_t hi, double rest)
{
    uint64_t bits[WINDOW_WORDS] = {0};
    uint32_t found = 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t len = useful_list(r, i, lo, hi);

        for (uint32_t k = 0; k < len; k++) {
            uint32_t at = r->list.doc[k] - lo;

            bits[at >> 6] |= (uint64_t)1 << (at & 63);
            r->sum[at] += r->list.score[k];
        }
    }
    r->n = 0;
    for (uint32_t w = 0; w < WINDOW_WORDS; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1) {
            uint32_t at = w * 64 + (uint32_t)__builtin_ctzll(left);
            double score = r->sum[at];

            r->sum[at] = 0;
            r->doc[r->n] = lo + at;
            r->score[r->n] = score;
            r->n += score + rest >= r->floor;
            found++;
        }
    r->all &= r->n == found;
}

/* The same by merging, in a wide window that has few articles of each. */
static void
merge_up(struct ranker *r, uint32_t n, uint32_t lo, uint32_t hi, double rest)
{
    r->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t len = useful_list(r, i, lo, hi);

        r->n = merge_lists(r, r->doc, r->score, r->n, r->list.doc,
                           r->list.score, len, false);
    }
    drop_below(r, rest);
}

/* Look the clauses from the n-th on up for the candidates, and offer them. */
static void
finish(struct ranker *r, uint32_t n)
{
    for (; n < r->clause_n && r->n > 0; n++) {
        drop_below(r, r->clause[n].rest);
        clause_add(r, &r->clause[n], r->clause[n + 1].rest, false);
    }
    rank_take(r, false);
}

static void
window(struct ranker *r, uint32_t n, uint32_t lo, uint32_t hi)
{
    if (n == 1) {
        r->n = clause_list(r, r->clause, lo, hi, r->floor - r->clause[1].rest,
                           r->doc, r->score);
        finish(r, 1);
        return;
    }
    if (hi - lo > WINDOW)
        merge_up(r, n, lo, hi, r->clause[n].rest);
    else
        sum_up(r, n, lo, hi, r->clause[n].rest);
    finish(r, n);
}

/* Whether no list of the first n clauses has more than a block before hi, and
 * all together not more than WINDOW articles. */
static bool
few(const struct ranker *r, uint32_t n, uint32_t hi)
{
    uint32_t parts = 0;

    for (uint32_t i = 0; i < n; i++) {
        const struct clause *c = &r->clause[i];

        /* of any other node nothing is known, and WORDS are read by spans */
        if (c->part_n == 0 || c->node->kind == NODE_WORDS)
            return false;
        for (uint32_t k = 0; k < leading_parts(c); k++, parts++)
            if (c->part[k].last < hi - 1)
                return false;
    }
    return parts <= WINDOW / BLOCK;
}

void
rank_any(struct ranker *r)
{
    uint32_t lo = r->lo, n = r->clause_n;

    rank_prime(r);

    while ((lo = skip_groups(r, lo)) < r->hi && !rank_stops(r)) {
        uint32_t hi = window_end(r, lo, n);

        n = essential(r, lo, hi);
        if (n < r->clause_n)
            r->all = false;
        if (n == 0) {
            n = 1;
            lo = hi;
            continue;
        }
        if (hi - lo > WINDOW && !few(r, n, hi))
            hi = lo + WINDOW;
        window(r, n, lo, hi);
        lo = hi;
    }
}
