/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key_table.h - what keys mean: by a map of the user's, or a table of ours
 */
#ifndef MORGUE_INDEXER_KEYS_KEY_TABLE_H
#define MORGUE_INDEXER_KEYS_KEY_TABLE_H

#include "key.h"

struct key_map;

/** What a key means, by `map` (may be NULL) or else the table of ours.  Case,
 *  "_", "-" and spaces do not count. */
struct meaning key_means(const struct key_map *map, struct morgue_str key);

/** The same by our table alone, of keys that mean a field or the date; false
 *  where it means none. */
bool key_find(struct morgue_str key, enum field *field, int *rank);

#endif
