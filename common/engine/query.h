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
 *   QUERY_FORMS   one or more of terms that are forms of one word, all of one
 *                 wqf, of which an article has one, mostly: it scores as the
 *                 best of them, each as if so many articles had it as have it
 *                 or another, added up, at most all articles.  So none
 *                 outscores another for being rare.
 *   QUERY_WORDS   one or more of terms, all of one wqf, that an article may
 *                 have several of, as what a pattern stands for: together one
 *                 term, whose wdf is the sum of theirs, and which so many
 *                 articles have as have each, added up, at most all articles.
 *   QUERY_ALL     matches every child.
 *   QUERY_ANY     matches one child or more.
 *   QUERY_BEST    matches one child or more, and scores as the best of them.
 *   QUERY_SOME    matches `n` children or more.
 *   QUERY_NOT     matches the first child and none of the others, and scores
 *                 as the first.
 *   QUERY_FILTER  matches every child, and scores as the first.
 *   QUERY_SCALE   its child, with `factor` times the score.
 *   QUERY_DATES   has a date in the period; scores 0.
 *   QUERY_EVERY   every article; scores 0.
 *   QUERY_NONE    no article.
 *   QUERY_LENGTH  has from `least` to `most` words in its body, both
 *                 included; scores 0.
 *   QUERY_HAS     has more than white space in `field`; scores 0.
 *
 * The others look at the places where words stand.  A place is a run of
 * positions in one field, and in one value of it.  A term has each of its
 * positions as a place; a stem, those of the words that it is the stem of, in
 * articles that have the stem; FORMS, WORDS, ANY and BEST have those of each
 * child.  Such a node matches where it has a place, and scores as the words
 * below it do that an article has, as if its operators were ALL.
 *
 *   QUERY_PHRASE  the children in this order, with at most `n` positions, up
 *                 to REACH_MAX, between them in all; 0: successive.  From
 *                 each place of the first the nearest of each that follows,
 *                 and of the last all that are near enough.
 *   QUERY_NEAR    a place of each of two children, which do not overlap, and
 *                 from the end of one to the beginning of the other `reach`,
 *                 if `ordered` the first before the second; with all between.
 *   QUERY_APART   a place of the first of two children that no place of the
 *                 second, but one that is the same, overlaps, or is in reach
 *                 of (if `ordered`, behind it).  Scores as the first.
 *   QUERY_WITHIN  a place of its child in a part of the article.
 *   QUERY_TIMES   its child, if that has places that begin at `n` positions
 *                 or more.
 *
 * Nodes and bytes live in the arena that they were made in; trees are at most
 * QUERY_DEPTH_MAX deep.
 */
#ifndef MORGUE_ENGINE_QUERY_H
#define MORGUE_ENGINE_QUERY_H

#include "../article/date.h"
#include "../article/field.h"
#include "../base/arena.h"

enum { QUERY_DEPTH_MAX = 32, REACH_MAX = 500 };

enum query_op {
    QUERY_TERM,
    QUERY_FORMS,
    QUERY_WORDS,
    QUERY_ALL,
    QUERY_ANY,
    QUERY_BEST,
    QUERY_SOME,
    QUERY_NOT,
    QUERY_FILTER,
    QUERY_SCALE,
    QUERY_DATES,
    QUERY_EVERY,
    QUERY_NONE,
    QUERY_LENGTH,
    QUERY_HAS,
    QUERY_PHRASE,
    QUERY_NEAR,
    QUERY_APART,
    QUERY_WITHIN,
    QUERY_TIMES
};

#define QUERY_OPS (QUERY_TIMES + 1)

/** A stretch of time that dates are within or not; one that is less exact than
 *  to the second is where all of its own period is. */
struct period {
    int64_t from, to; /* from <= date < to, by each date's own clock
                         (date_local), but for those that follow */
    bool by_instant;  /* dates to the second are held, in UTC, against */
    int64_t from_utc, to_utc;
};

bool period_has(const struct period *p, struct morgue_date date);

/** How far two places may be apart. */
struct reach {
    enum {
        REACH_POSITIONS, /* at most `n`, from 1 to REACH_MAX; those that follow
                            each other are 1 apart */
        REACH_SENTENCE,  /* both in one sentence; a value is one */
        REACH_PARAGRAPH  /* both in one paragraph; likewise */
    } unit;
    uint32_t n;
    bool ordered; /* the first child's is the first */
};

/** A part of title, dateline and body.  Words count as positions do. */
enum text_part {
    PART_BODY,    /* the dateline and the body */
    PART_LEAD,    /* the dateline and the first `n` words of the body */
    PART_HEADLEAD /* these and the title */
};

struct query {
    enum query_op op;
    struct morgue_str term; /* QUERY_TERM */
    uint32_t wqf;           /* QUERY_TERM: 1 or more */
    const void *known;      /* QUERY_TERM: of its expansion by this reader,
                               which has the same state still; NULL */
    uint32_t n;             /* SOME, PHRASE, WITHIN, TIMES */
    double factor;          /* SCALE: more than 0, finite */
    struct period period;   /* DATES */
    struct reach reach;     /* NEAR, APART */
    enum text_part part;    /* WITHIN */
    uint64_t least, most;   /* LENGTH: least <= words <= most */
    enum field field;       /* HAS */
    struct query **child;
    size_t child_n;
};

/** Each of these makes a node in the arena; NULL when out of memory, and
 *  also where a child is NULL, so that one check at the end is enough. */
struct query *query_term(struct arena *a, struct morgue_str term,
                         uint32_t wqf);
struct query *query_dates(struct arena *a, const struct period *period);
struct query *query_length(struct arena *a, uint64_t least, uint64_t most);
struct query *query_has(struct arena *a, enum field field);
struct query *query_node(struct arena *a, enum query_op op,
                         struct query *const *child, size_t child_n);
struct query *query_counted(struct arena *a, enum query_op op, uint32_t n,
                            struct query *const *child, size_t child_n);
struct query *query_reach(struct arena *a, enum query_op op,
                          const struct reach *reach, struct query *first,
                          struct query *second);
struct query *query_within(struct arena *a, enum text_part part, uint32_t n,
                           struct query *child);
struct query *query_scale(struct arena *a, double factor, struct query *child);

/** Whether the operator looks at places, and with what it alone needs of its
 *  children: that they have places. */
static inline bool
query_is_placed(enum query_op op)
{
    return op >= QUERY_PHRASE;
}

/** The operator's name in query_print.  Static. */
const char *query_name(enum query_op op);

/** Whether it is a tree that engines take.  Recurses as deep as it is. */
bool query_valid(const struct query *q);

/** The tree in one line, for people and tests: (all Zen:coffe (best a b)). */
void query_print(struct buf *out, const struct query *q);

#endif
