/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge.h - what the files share that judge answers
 */
#ifndef MORGUE_TESTS_JUDGE_H
#define MORGUE_TESTS_JUDGE_H

#include "plain.h"

/** A question and what plain code answers. */
struct judging {
    const struct facts *facts;
    const struct plain *plain;
    const struct question *q;
    const struct query *tree; /* NULL: the text has no words */
    struct row *row;          /* all hits in the order asked for */
    size_t n;
    size_t *place; /* of each article among them; SIZE_MAX: it is none */
    struct arena arena;
    struct buf *why; /* or NULL */
    bool left_out;
};

/** Say what differs; false. */
bool differ(const struct judging *j, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/** Scores of which one is the other's but for the order of sums; scores that
 *  are so near that this may put either first. */
#define JUDGE_LIKE 1e-9
#define JUDGE_NEAR 1e-12
bool judge_within(double a, double b, double tolerance);

/** Whether an engine's collectors answer as plain code does. */
bool collect_agrees(const struct judging *j, int side);

#endif
