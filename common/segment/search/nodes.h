/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nodes.h - lists of the nodes of a plan
 */
#ifndef MORGUE_SEGMENT_NODES_H
#define MORGUE_SEGMENT_NODES_H

#include "plan.h"

/** Put a node behind the others; false when out of memory. */
bool nodes_add(struct nodes *list, struct arena *arena, struct node *node);

/** The node of a term in the list; NULL. */
struct node *nodes_find(const struct nodes *list, const struct plan_term *t);

/** The rarest first; equal ones stay in their order.  False when out of
 *  memory. */
bool nodes_sort(struct nodes *list, struct arena *arena);

#endif
