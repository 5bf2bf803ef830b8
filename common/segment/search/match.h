/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * match.h - what a node of a plan does with articles in bulk
 *
 * Everything is done to a window of at most WINDOW numbers at a time, either
 * as a bitmap of all that match in it, or for an array of articles at once;
 * so trees of any shape cost a call for each node and window, not for each
 * article.  Windows may be taken in any order; going up is fastest.
 */
#ifndef MORGUE_SEGMENT_MATCH_H
#define MORGUE_SEGMENT_MATCH_H

#include "plan.h"

enum { WINDOW = 2048, WINDOW_WORDS = WINDOW / 64 };

/** Room for a level of the tree. */
struct level {
    uint32_t doc[WINDOW];
    uint16_t from[WINDOW];
    uint8_t hit[WINDOW];
    double sum[WINDOW], score[WINDOW];
};

struct matcher {
    struct segment *segment;
    const struct bm25 *bm25;
    struct level *level; /* plan.depth + 2 of them */
    struct stop *stop;   /* NULL; once it is seen, what is told of matches is
                            wrong, and must not be used */
    uint32_t work;       /* since it was looked at */
};

/** Take room for a plan's nodes; false when out of memory. */
bool matcher_init(struct matcher *m, const struct plan *p);

/** A number not after the first match that is not before `doc`; DOC_END or
 *  more where there is none. */
uint32_t node_next(const struct node *node, uint32_t doc);

/** Set a bit for each match in lo <= number < hi, of which there are at most
 *  WINDOW; bit 0 is for lo. */
void node_or(struct matcher *m, struct node *node, uint32_t lo, uint32_t hi,
             uint64_t *bits, uint32_t depth);

/** The next window that may have matches, from *lo on: it becomes
 *  *lo <= number < *hi, and its bits are set.  False behind the last. */
bool next_window(struct matcher *m, struct node *root, uint32_t *lo,
                 uint32_t *hi, uint64_t bits[WINDOW_WORDS]);

/** Tell of each of n <= WINDOW ascending articles whether it matches, and,
 *  unless `score` is NULL, what it scores; 0 where it does not match. */
void node_probe(struct matcher *m, struct node *node, const uint32_t *doc,
                uint32_t n, uint8_t *hit, double *score, uint32_t depth);

/** Keep those of n articles, which have all words of the join, that it passes
 *  one by one; `also` and `from`, unless NULL, go along.  How many. */
uint32_t join_filter(struct node *join, uint32_t *doc, double *also,
                     uint16_t *from, uint32_t n);

/** Probe each of l->doc, n of them, with the nodes of the list but one, and
 *  keep what matches them all (want 1) or none of them (0), and with it what
 *  is in l->from and l->sum.  How many. */
uint32_t keep_all(struct matcher *m, const struct nodes *list,
                  const struct node *but, struct level *l, uint32_t n,
                  uint8_t want, uint32_t depth);

/** Whether the article, which has all words of the join, has the columns that
 *  it asks for, a date in its periods, its phrases, and a place for each of
 * its checks. */
bool join_passes(struct node *join, uint32_t doc);

/** Whether it has the phrases. */
bool join_has_phrases(struct node *join, uint32_t doc);

/** The articles of a bitmap, ascending; how many. */
uint32_t bits_to_docs(uint32_t *doc, const uint64_t *bits, uint32_t lo);

#endif
