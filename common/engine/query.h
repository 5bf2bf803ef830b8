/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query.h - the query tree that goes down to an engine
 *
 * Leaves are index terms, bytes as they stand in the index.  The score of an
 * article is the sum of the scores of the leaves that it matches, but for
 * what the operators say:
 *
 *   QUERY_TERM    has the term.  BM25 with the term's own statistics;
 *                 `wqf` is how often the query has it.
 *   QUERY_ALL     matches every child.
 *   QUERY_ANY     matches one child or more.
 *   QUERY_BEST    matches one child or more, and scores as the best of them.
 *   QUERY_FORMS   the same of terms that are forms of one word, all of one
 *                 wqf: each scores as if so many articles had it as have it or
 *                 another, added up, at most all articles.  So none outscores
 *                 another for being rare.
 *   QUERY_PHRASE  has the children, which are terms, at successive positions
 *                 in this order.
 *   QUERY_NOT     matches the first child and none of the others, and scores
 *                 as the first.
 *   QUERY_FILTER  matches every child, and scores as the first.
 *   QUERY_DATES   has a date in the period; scores 0.
 *   QUERY_EVERY   every article; scores 0.
 *   QUERY_NONE    no article.
 *
 * Nodes and bytes live in the arena that they were made in; trees are at most
 * QUERY_DEPTH_MAX deep.
 */
#ifndef MORGUE_ENGINE_QUERY_H
#define MORGUE_ENGINE_QUERY_H

#include "../article/date.h"
#include "../base/arena.h"

enum { QUERY_DEPTH_MAX = 32 };

enum query_op {
    QUERY_TERM,
    QUERY_ALL,
    QUERY_ANY,
    QUERY_BEST,
    QUERY_FORMS,
    QUERY_PHRASE,
    QUERY_NOT,
    QUERY_FILTER,
    QUERY_DATES,
    QUERY_EVERY,
    QUERY_NONE
};

/** A stretch of time that dates are within or not; one that is less exact than
 *  to the second is where all of its own period is. */
struct period {
    int64_t from, to; /* from <= date < to, by each date's own clock
                         (date_local), but for those that follow */
    bool by_instant;  /* dates to the second are held, in UTC, against */
    int64_t from_utc, to_utc;
};

bool period_has(const struct period *p, struct morgue_date date);

struct query {
    enum query_op op;
    struct morgue_str term; /* QUERY_TERM */
    uint32_t wqf;           /* QUERY_TERM: 1 or more */
    struct period period;   /* QUERY_DATES */
    struct query **child;
    size_t child_n;
};

/** Each of these makes a node in the arena; NULL when out of memory, and
 *  also where a child is NULL, so that one check at the end is enough. */
struct query *query_term(struct arena *a, struct morgue_str term,
                         uint32_t wqf);
struct query *query_dates(struct arena *a, const struct period *period);
struct query *query_node(struct arena *a, enum query_op op,
                         struct query *const *child, size_t child_n);

/** The tree in one line, for people and tests: (all Zcoffe (best a b)). */
void query_print(struct buf *out, const struct query *q);

#endif
