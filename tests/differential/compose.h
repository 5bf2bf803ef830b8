/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compose.h - the answer to a tree, put together from those to its leaves
 */
#ifndef MORGUE_TESTS_COMPOSE_H
#define MORGUE_TESTS_COMPOSE_H

#include "differential.h"

/** A hit. */
struct row {
    size_t article; /* its place in the facts; SIZE_MAX: none of them */
    double score;
};

/** Whether libxapian would go wrong with the tree. */
bool compose_needed(const struct query *q);

/** All hits of a tree, *n of them, in the order asked for, from what the
 *  first side says of its leaves.  NULL where that fails. */
struct row *compose_rows(size_t *n, const struct facts *f, struct arena *arena,
                         const struct query *q,
                         const struct engine_params *params,
                         struct morgue_error *err);

/** The tree of a text, as morgue_search makes it. */
enum morgue_status compose_parse(const struct query **out,
                                 const struct facts *f, struct arena *arena,
                                 const struct question *q,
                                 struct morgue_error *err);

#endif
