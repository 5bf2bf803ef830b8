/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drawing.h - what the files share that draw questions
 */
#ifndef MORGUE_TESTS_DRAWING_H
#define MORGUE_TESTS_DRAWING_H

#include "differential.h"

enum { LEAVES = 8, PHRASE_MAX = 4, PREFIX_WORDS_MAX = 200 };

struct drawing {
    struct arena *arena;
    struct facts *facts;
    struct rng *rng;
    size_t leaves;          /* that may still be drawn */
    struct morgue_str last; /* term that was drawn */
};

/** A term of the archive, or none of it. */
struct morgue_str draw_term(struct drawing *d);
/** Forms of one word, or what a pattern stands for: terms, the first of them
 *  given or "". */
struct query *draw_forms(struct drawing *d, enum query_op op,
                         struct morgue_str first);
/** The terms that begin as `word` does, as what a pattern stands for. */
struct query *draw_pattern(struct drawing *d, struct morgue_str word);
/** A node that looks at places. */
struct query *draw_placed(struct drawing *d);
/** Words that stand in a row in some article, up to `n`; how many. */
size_t draw_row(struct drawing *d, struct morgue_str *out, size_t n);
/** The prefix of a term: its length. */
size_t prefix_len(struct morgue_str term);
/** A second that is that of a date, or near it, or far from all. */
int64_t draw_second(struct drawing *d);

/** A text as a person types it, into *q. */
bool draw_text(struct question *q, struct drawing *d);
/** The text without its `i`th piece between spaces; NULL. */
const char *smaller_text(struct arena *a, const char *text, size_t i);

#endif
