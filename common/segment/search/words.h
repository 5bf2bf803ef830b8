/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.h - the lists of a WORDS added up, a span of numbers at a time
 *
 * A pattern stands for up to a thousand words, and a call for each of them and
 * window would cost more than their lists.  So the lists of a span are read
 * once, one after another, into an array of wdf by number and a bitmap, and
 * windows are taken from there.  A posting costs one to two nanoseconds, a
 * span one for each word; few articles are looked up in the lists themselves.
 */
#ifndef MORGUE_SEGMENT_WORDS_H
#define MORGUE_SEGMENT_WORDS_H

#include "plan.h"

enum {
    FEW_WORDS = 8,
    SPAN = 32768,      /* numbers in a span, */
    SPAN_OF_FEW = 512, /* and in one of up to FEW_WORDS */
};

struct words {
    uint32_t span;  /* SPAN or SPAN_OF_FEW */
    uint32_t lo;    /* the span that is read; DOC_END: none */
    uint32_t asked; /* articles of the span at asked_lo that were looked up */
    uint32_t asked_lo;
    uint32_t
        read_to;    /* what is before it was read from each list, or skipped */
    uint32_t *next; /* of each list of node->here: none of its articles from
                       read_to on is before this */
    uint64_t bits[SPAN / 64];
    uint32_t sum[SPAN + BLOCK]; /* 0 behind the span */
};

/** Whether so few words are present that each is a part of the clause. */
static inline bool
words_are_few(const struct node *node)
{
    return node->here.n <= FEW_WORDS;
}

/** Begin with a segment: node->here is set. */
void words_start(const struct node *node);

/** A number not after the first match that is not before `doc`. */
uint32_t words_next(const struct node *node, uint32_t doc);

/** As node_or. */
void words_or(const struct node *node, uint32_t lo, uint32_t hi,
              uint64_t *bits);

/** Tell of each of n ascending articles whether it has any of the words and,
 *  unless `wdf` is NULL, how often all together. */
void words_find(const struct node *node, const uint32_t *doc, uint32_t n,
                uint8_t *hit, uint32_t *wdf);

/** The articles of lo <= number < hi, at most WINDOW numbers, that have a wdf
 *  of `least` or more, and it; how many.  *all becomes false where others may
 *  have been left out. */
uint32_t words_list(const struct node *node, uint32_t lo, uint32_t hi,
                    uint32_t least, uint32_t *doc, uint32_t *wdf, bool *all);

#endif
