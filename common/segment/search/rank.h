/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rank.h - the best articles of a segment, without scoring all
 *
 * rank.c chooses the way: rank_any.c where one of several clauses is enough,
 * rank_all.c where several are required, both by clause.c; rank_prime.c finds
 * a floor to begin with.  All skip whatever cannot come up to the floor, which
 * rises with the heap.
 *
 * A bound is never less than what it bounds but for rounding, and the floor
 * is lower than the last of the heap by more than rounding makes; so nothing
 * is skipped that would be among the first.  Scores of candidates are exact,
 * summed in the order of the plan.
 */
#ifndef MORGUE_SEGMENT_RANK_H
#define MORGUE_SEGMENT_RANK_H

#include "match.h"
#include "topk.h"

/** A list, and what bounds the scores of its articles around a number. */
struct part {
    struct node *node;
    struct postings *p;
    uint32_t block, last; /* the first block whose last is not before it */
    double block_most;    /* < 0: not computed */
    uint32_t group_last;
    double group_most;
    double most; /* in the window, of a JOIN's */
};

/** Something that a score is a sum of: a term, the best of some terms, few
 *  WORDS, a JOIN of words and nothing else whose first is a term, or any node,
 *  which has no parts. */
struct clause {
    struct node *node;
    struct part *part; /* of a JOIN, one for each child that is a term */
    uint32_t part_n;
    double more; /* what the other children of a JOIN score at most, in sum */
    double most; /* in the window */
    double rest; /* the sum of most of this and all later clauses */
};

struct ranker {
    struct plan *plan;
    struct matcher *m;
    struct topk *topk;
    struct node *join; /* what candidates have to pass; NULL */
    uint32_t lo, hi;   /* lo <= number < hi */
    double floor;      /* bounds below this are of no use */
    struct clause *clause;
    uint32_t clause_n;
    uint64_t seen; /* articles that match, at least */
    bool all;      /* no article was skipped */
    struct stop *stop;
    uint32_t looks; /* how often it was to be looked at */

    uint32_t n; /* candidates, ascending, at most WINDOW */
    uint32_t doc[WINDOW + 8];
    double score[WINDOW + 8];
    struct {
        uint32_t doc[WINDOW + 8];
        double score[WINDOW + 8];
    } list, form, merged; /* of a clause; of one form of it; for merging */
    uint8_t hit[WINDOW], rank[WINDOW];
    double sum[WINDOW]; /* by number; zero between windows */
};

/** Offer all articles of the segment that may be among the first.  *seen is
 *  how many were found to match; true where that is all of them.  `work` is
 *  room for it, made by rank_room. */
bool rank(struct ranker *work, struct plan *p, struct matcher *m,
          struct topk *t, uint64_t *seen);

/** Room for all segments; NULL when out of memory.  `stop` (NULL) ends the
 *  ranking early. */
struct ranker *rank_room(struct plan *p, struct stop *stop);

/** Whether that has to be; once in a while it is looked at. */
static inline bool
rank_stops(struct ranker *r)
{
    enum { SELDOM = 16 }; /* windows, of some microseconds each */

    return stop_seen(r->stop) ||
           (r->stop && r->looks++ % SELDOM == 0 && stop_now(r->stop));
}

/** Keep the candidates that the node matches; scores are left behind. */
void node_match(struct ranker *r, struct node *node);

/** Keep the candidates that pass all that the join asks beside its
 *  clauses. */
void rank_pass(struct ranker *r);

/** Offer those of the candidates that pass, or all if they have `passed`. */
void rank_take(struct ranker *r, bool passed);

/** The scores of the articles from <= i < to of the block that is loaded. */
void block_scores(struct ranker *r, struct node *node, uint32_t from,
                  uint32_t to, double *score);

/** Begin with a part at the list of a term's node, which is ready. */
void part_start(struct part *part, struct node *node, const struct bm25 *m);

/** Go to the first block that may have `doc` or a later number. */
void part_seek(struct part *part, const struct bm25 *m, uint32_t doc);

/** What an article scores at most by two parts of a clause, or more. */
static inline double
most_of_parts(const struct clause *c, double a, double b)
{
    if (c->node->kind == NODE_WORDS)
        return bm25_most_of_both(c->node->weight, a, b);
    if (c->node->kind == NODE_JOIN)
        return a + b;
    return a > b ? a : b;
}

/** What it scores at most beside its parts. */
static inline double
most_beside_parts(const struct clause *c)
{
    return c->part_n > 0 ? c->more : c->node->most;
}

/** How many of its parts tell which articles it has: the first of a JOIN has
 *  them all. */
static inline uint32_t
leading_parts(const struct clause *c)
{
    return c->node->kind == NODE_JOIN && c->part_n > 0 ? 1 : c->part_n;
}

/** What has one child in this segment is that child. */
static inline struct node *
node_in_short(struct node *node)
{
    while (node->kind != NODE_TERM && node->kind != NODE_JOIN &&
           node->here.n == 1)
        node = node->here.v[0];
    return node;
}

/** The most that a clause scores in lo <= number < hi, if its parts stand at
 *  lo. */
double clause_most(struct clause *c, const struct bm25 *m, uint32_t lo,
                   uint32_t hi);

/** Add the clause to the scores of the candidates.  Those that cannot come up
 *  to the floor with `rest` more are dropped, and with `need` those that it
 *  does not match. */
void clause_add(struct ranker *r, struct clause *c, double rest, bool need);

/** Raise the floor to what the heap's last scores, if it is full. */
void rank_raise_floor(struct ranker *r);

/** Drop candidates that cannot come up to the floor with `rest` more. */
void drop_below(struct ranker *r, double rest);

/** Articles and scores of a clause in lo <= number < hi, those left out that
 *  cannot score `need`; how many.  There may be at most WINDOW. */
uint32_t clause_list(struct ranker *r, struct clause *c, uint32_t lo,
                     uint32_t hi, double need, uint32_t *doc, double *score);

/** Set the floor by some articles that score much, before any is offered. */
void rank_prime(struct ranker *r);

/** Merge n2 articles into n; of those that are in both the scores are added
 *  up, or the `best` is taken.  How many there are then, which must not be
 *  more than WINDOW. */
uint32_t merge_lists(struct ranker *r, uint32_t *doc, double *score,
                     uint32_t n, const uint32_t *doc2, const double *score2,
                     uint32_t n2, bool best);

void rank_any(struct ranker *r);
void rank_all(struct ranker *r, struct node *lead);

#endif
