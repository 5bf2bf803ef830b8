/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shape.h - a syntax tree, as typed, brought to what engines can do
 *
 *   a list where one is enough    (+a b -c source:x) is (+a OR b), AND NOT c,
 *                                 AND source:x
 *   AND inside a proximity        (a AND b) w/5 c is (a w/5 c) AND (b w/5 c)
 *   NOT inside a proximity        is left out
 *   a filter inside a proximity   has to be there as well
 *
 * and so in atleast.  What of this a reader might not expect gives a note.
 */
#ifndef MORGUE_QUERY_SHAPE_H
#define MORGUE_QUERY_SHAPE_H

#include "ast.h"

/** How many nodes may be made for the sides of proximities; more are refused.
 */
enum { SHAPE_NODES_MAX = 1 << 13 };

/** Shape all of a tree, in the arena.  MORGUE_QUERY for one that would have
 *  more than SHAPE_NODES_MAX nodes. */
enum morgue_status ast_shape(struct ast_tree *tree, struct arena *arena,
                             struct query_notes *notes,
                             struct morgue_error *err);

#endif
