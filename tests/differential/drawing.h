/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drawing.h - what the files share that draw questions
 */
#ifndef MORGUE_TESTS_DRAWING_H
#define MORGUE_TESTS_DRAWING_H

#include "differential.h"

enum { LEAVES = 8, PHRASE_MAX = 4 };

struct drawing {
    struct arena *arena;
    struct facts *facts;
    struct rng *rng;
    size_t leaves;          /* that may still be drawn */
    struct morgue_str last; /* term that was drawn */
};

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
