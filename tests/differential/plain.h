/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plain.h - the answer to any tree, by plain code over the stored texts
 *
 *   plain_text.c  stored articles -> who has which term, and where
 *   plain.c       a tree, one article after another -> who matches, the score
 *
 * This is a second reading of what terms.h and query.h say, which shares
 * nothing with the engines but the tokenizer, the stemmer and the rules of
 * sentences, and is written to be seen to be right: loops over lists, nothing
 * clever.  A word stands in an area, a title, a dateline, a body or a value,
 * and at a position in it from 0; there are no gaps.
 */
#ifndef MORGUE_TESTS_PLAIN_H
#define MORGUE_TESTS_PLAIN_H

#include "differential.h"

/** A hit. */
struct row {
    size_t article; /* its place in the facts; SIZE_MAX: none of them */
    double score;
};

/* ---- what the texts hold (plain_text.c) ---- */

struct spot {
    uint32_t area, position;
};

/** An article that has a term. */
struct holder {
    uint32_t article, wdf;
    struct spot *spot;
    size_t n, cap;
};

struct plain_term {
    struct morgue_str s;
    struct holder *holder; /* by article */
    size_t n, cap;
    struct plain_term **word; /* that this is the stem of, anywhere */
    size_t word_n, word_cap;
};

/** A text of an article: for each position which sentence and paragraph of
 *  it that is in. */
struct area {
    enum field field;
    uint32_t *sentence, *paragraph;
    size_t n, cap; /* positions */
};

struct plain_article {
    uint64_t length; /* the sum of all wdf */
    struct area *area;
    size_t n, cap;
    bool has[FIELD_N]; /* something in the field */
    struct morgue_str value[FIELD_VALUES_N];
};

struct plain {
    const struct facts *facts;
    struct arena arena;
    struct plain_article *article; /* as the facts have them */
    struct plain_term **table;
    size_t terms, table_size;
    double mean_length;
};

/** Read all articles of a state; false, with a complaint, where that fails or
 *  terms and statistics of the archive are others.  Give back: plain_free. */
bool plain_read(struct plain **out, const struct facts *f);
/** NULL is allowed. */
void plain_free(struct plain *p);

/** NULL where no article has it. */
const struct plain_term *plain_find(const struct plain *p,
                                    struct morgue_str s);

/** The `i`th value that an article has in a field with values, each once;
 *  false behind the last. */
bool plain_value(struct morgue_str *out, const struct plain *p, size_t article,
                 enum field f, size_t i);

/* ---- laws (laws.c) ---- */

/** Whether some laws that hold for all trees hold for what plain code answers:
 *  of trees and parameters that are drawn by chance.  False, with a complaint,
 *  where one does not. */
bool laws_hold(const struct plain *p, struct facts *f, struct rng *r);

/* ---- answers (plain.c) ---- */

/** Bring rows into an order. */
void plain_sort(struct row *row, size_t n, const struct facts *f,
                enum morgue_sort sort);

/** All hits of a tree, in the order of params->sort.  False where there is no
 *  memory, or too much to look at for plain code. */
bool plain_rows(struct row **out, size_t *n, const struct plain *p,
                struct arena *arena, const struct query *q,
                const struct engine_params *params);

#endif
