/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_run.h - a page as runs of text in blocks, on which the main text is
 * chosen
 */
#ifndef MORGUE_INDEXER_PAGE_RUN_H
#define MORGUE_INDEXER_PAGE_RUN_H

#include "../markup/tree.h"
#include "page_hint.h"

enum { ENOUGH = 100 /* letters of an article that is not doubted */ };

enum run_kind { KIND_OTHER, KIND_P, KIND_HEADING, KIND_ITEM };

/* A text node and its run; NO_RUN: it is left out. */
struct text_piece {
    struct tree_node *node;
    size_t run;
};

#define NO_RUN SIZE_MAX

struct box;

/* Texts with no block between them. */
struct text_run {
    const struct box *box; /* the inmost one */
    size_t piece;          /* the first of its texts */
    enum run_kind kind;
    size_t mass, link, stops; /* letters, those in links, ends of sentences */
    double score;
    bool out;  /* it is in a block that was left out */
    bool card; /* it is in a teaser */
    bool keep;
};

/* Sums over the runs before one. */
struct sums {
    double score, good; /* of scores, and of those above 0 */
    size_t mass, link;
};

/* A block: the runs from `first` to before `end`. */
struct box {
    struct tree_node *node;
    struct box *parent, *child, *last, *next;
    size_t first, end;
    enum hint hint;
    bool has_head; /* the headline is inside */
};

struct text {
    struct arena *arena;
    enum hint drop; /* the weakest hint that leaves an element out */
    struct text_piece *piece;
    size_t piece_n, piece_max;
    struct text_run *run;
    size_t run_n, run_max;
    struct sums *sums; /* run_n + 1 */
    size_t cards;
    bool run_open;
    struct morgue_str title;
    const struct box *head; /* the headline, or NULL */
    size_t h1_n;
    bool nomem;
};

/** The runs and blocks of the page, in t->run and below the box that is
 *  returned; elements hidden, or with hints of t->drop on, that are no blocks
 *  are left out.  t->nomem when the arena is full. */
struct box *run_collect(struct text *t, struct tree_node *html);

enum run_kind run_kind_of(struct morgue_str name);

/** The first and last text of a run that are not blank; false: there are none.
 */
bool run_ends(const struct text *t, const struct text_run *r,
              struct morgue_str *first, struct morgue_str *last);

enum { LINE = 400 }; /* bytes of a run that are looked at */

/** The text of a run in `to`, of LINE bytes; "" where it is longer. */
struct morgue_str run_line(const struct text *t, const struct text_run *r,
                           char *to);

/** Sum up the scores and letters of the runs that are not out. */
void run_sum_up(struct text *t);

/** The sum of scores above 0 of some runs. */
double run_good(const struct text *t, size_t first, size_t end);

double box_score(const struct text *t, const struct box *b);
size_t box_mass(const struct text *t, const struct box *b);
size_t box_link(const struct text *t, const struct box *b);

/** Whether `b` holds all of `of`. */
bool box_holds(const struct box *b, const struct box *of);

#endif
