/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan.h - a query tree made ready for searching
 *
 * There are six kinds of nodes only.
 *
 *   NODE_TERM  the articles of one list.
 *   NODE_SUM   those of any child, which score as the sum of their children.
 *   NODE_BEST  those of any child, which score as the best of them.
 *   NODE_WORDS those of any child, all terms, which score as one term with
 *              the sum of their wdf.
 *   NODE_SOME  those of `least` children or more, which score as the sum of
 *              those that match.
 *   NODE_JOIN  those of all of `child`, which score as their sum, and all of
 *              `must`, and none of `never`, with each phrase, a place of
 *              each that is looked for, a date in each period, so many words
 *              and something in the `fields`.  Without any of these: all
 *              articles.
 *
 * ALL, FILTER, NOT, DATES, LENGTH, HAS and what has places inside of each
 * other become one JOIN; of the latter the words are its children, and the
 * rest is looked at last.  ANY in ANY and BEST in BEST become one; SCALE goes
 * into weights.  A term that is twice in a sum is there once, with the sum of
 * the weights. Children are in order of how many articles have them, the
 * fewest first, over the whole archive; scores are summed in this order, so
 * that they are the same in every segment.
 *
 * What follows `present` is of one segment at a time (plan_segment).
 */
#ifndef MORGUE_SEGMENT_PLAN_H
#define MORGUE_SEGMENT_PLAN_H

#include "../../engine/engine.h"
#include "../file/postings.h"
#include "score.h"

enum node_kind {
    NODE_TERM,
    NODE_SUM,
    NODE_BEST,
    NODE_WORDS,
    NODE_SOME,
    NODE_JOIN
};

struct node;

struct nodes {
    struct node **v;
    uint32_t n, cap;
    struct node **slot; /* of a long list, those of terms by their hash */
    uint32_t slots;     /* a power of two; 0: the list is short */
};

/** A word of a phrase and its place there. */
struct slot {
    struct node *term;
    uint32_t place;
    struct positions *walk;
};

/** Words at successive positions; the rarest first. */
struct phrase {
    struct slot *slot;
    uint32_t n;
};

struct place_check; /* place_check.h */
struct words;       /* words.h */

/** A term, and what the segments have of it. */
struct plan_term {
    struct morgue_str term;
    uint64_t hash; /* hash64 of it */
    uint64_t live;
    const struct term_info *info; /* of each segment; df is 0 where it has
                               none. NULL: not looked up yet */
};

struct node {
    enum node_kind kind;
    bool scored;
    uint64_t df; /* articles that may match, in all segments */
    const struct plan_term *term;
    double weight;  /* of a term, and of WORDS */
    uint32_t least; /* of SOME, how many have to match; of others 1 */
    struct nodes child, must, never;
    struct phrase *phrase;
    uint32_t phrase_n;
    struct place_check *check; /* a list */
    struct period *period;
    uint32_t period_n, period_cap;
    uint64_t words_least, words_most; /* of its body, of a JOIN */
    uint32_t fields;                  /* as record_fields, of a JOIN */

    bool present;              /* may match an article of the segment */
    uint32_t cost;             /* how many may match */
    uint32_t lo, hi;           /* lo <= number < hi */
    uint32_t sure_lo, sure_hi; /* sure_lo <= number < sure_hi: the date is in
                                  each period, without looking, but where */
    bool long_dates;           /* some are months or years */
    bool by_column;  /* so many words, or the fields, that articles of the
                        segment differ in */
    bool by_article; /* a join that has to look at articles one by one, for
                        their columns, dates, phrases or places (join_passes)
                        */
    struct segment *segment;
    double most;       /* no score is more, but for rounding; if ranked */
    struct nodes here; /* the children of a SUM, BEST, WORDS or SOME that
                          are present, */
    struct node *few;  /* with this for terms that few articles have, lists of
                          all of which it has as one; NULL: there is none */
    struct postings *postings;
    struct words *words; /* of WORDS */
};

struct plan {
    const struct snapshot *snapshot;
    struct arena *arena;
    struct stop *stop; /* NULL */
    uint32_t looks;    /* how often that was to be looked at */
    struct bm25 bm25;
    struct node *root;         /* NULL: no article matches */
    struct plan_term **term;   /* by hash, open addressing; NULL: free */
    uint32_t term_n, term_cap; /* cap: a power of two, or 0 */
    struct place_check *check; /* all that there are */
    double factor;             /* of the SCALEs above */
    uint32_t depth;            /* of nodes that are no terms */
    bool scored;               /* whether any article can score more than 0 */
    bool ranked;      /* hits are wanted by score, so bounds are as well */
    uint32_t segment; /* of the last plan_segment */
    bool nomem;
};

/** Make a plan in the arena.  `stop` (NULL) ends this early, so that nothing
 *  matches, and later looks at places. */
enum morgue_status plan_make(struct plan *p, const struct snapshot *s,
                             struct arena *arena, struct stop *stop,
                             const struct query *query,
                             const struct engine_params *params,
                             struct morgue_error *err);

/** MORGUE_NOMEM where a search by the plan was out of memory. */
enum morgue_status plan_status(const struct plan *p, struct morgue_error *err);

/** Make the nodes ready for a segment.  Whether any article of it may
 *  match. */
bool plan_segment(struct plan *p, uint32_t segment);

#endif
