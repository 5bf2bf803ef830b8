/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_tree.h - JSON as pages carry it, as a tree
 *
 * An object is an element with a child for each member, named by its key; a
 * string, number or word is an element with a text; an array is an element
 * without a name of its own: each of its items is a child of the array's
 * parent that bears the array's key, so that one value and several are read
 * alike.  The items of an array at the top, and arrays in arrays, are named
 * "item".
 *
 * What is broken is read as far as it makes sense: trailing and missing
 * commas, control characters in strings, comments and CDATA marks around it,
 * an end that is missing.
 */
#ifndef MORGUE_INDEXER_JSON_TREE_H
#define MORGUE_INDEXER_JSON_TREE_H

#include "../markup/tree.h"

/** An element named "json" that holds what `text` has; NULL where the arena
 *  is full.  Nested deeper than TREE_DEPTH_MAX is left out. */
struct tree_node *json_tree(struct arena *a, struct morgue_str text);

#endif
