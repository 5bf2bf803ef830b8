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
    struct arena arena;
    struct buf *why; /* or NULL */
    bool left_out;
};

/** Say what differs; false. */
bool differ(const struct judging *j, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
