/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key_map.h - what keys mean: a map of the user's
 */
#ifndef MORGUE_INDEXER_KEYS_KEY_MAP_H
#define MORGUE_INDEXER_KEYS_KEY_MAP_H

#include "../../common/base/arena.h"
#include "key.h"

/* A map file, read. */
struct key_map {
    struct key_table table;
    struct {
        struct morgue_str value; /* a constant; NULL: none */
        int rank;
    } constant[FIELD_N + 1];
    struct arena arena; /* the constants */
    struct key_entry entry[2 * KEY_OWN_MAX];
    uint16_t slot[4 * 1024];
};

/** Read a file that says what keys mean (key_map.c).  Give back: key_map_free.
 *  MORGUE_USAGE names the line that cannot be understood; MORGUE_NO_INPUT,
 *  MORGUE_IO. */
enum morgue_status key_map_read(struct key_map **out, const char *path,
                                struct morgue_error *err);

/** NULL is allowed. */
void key_map_free(struct key_map *map);

#endif
