/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect.h - what is made of all articles that match, in rows
 */
#ifndef MORGUE_SEARCHER_COLLECT_H
#define MORGUE_SEARCHER_COLLECT_H

#include "hit.h"

/** A row, and the hits of a group. */
struct row {
    struct morgue_row row;
    struct hit_list hits;
};

/** The rows of one struct morgue_collect. */
struct rows {
    struct morgue_collect asked;
    struct morgue_collected answer;
    struct row *row;
};

struct collected {
    struct rows *rows;
    size_t n;
};

/** What an engine is asked for, in the arena: the first hits, and behind that
 *  what the options say, which is checked. */
enum morgue_status collect_ask(struct collector **out, struct collected *rows,
                               struct arena *arena,
                               const struct morgue_search_options *o,
                               struct morgue_error *err);

/** Make rows of the answers, those behind the first hits. */
enum morgue_status collect_take(struct collected *rows, struct collector *c,
                                struct fetching *f, struct morgue_error *err);

/** Put values in order of how many articles have them, and by their bytes. */
void collect_sort(struct value_count *value, size_t n);

/* As the functions of morgue.h with these names. */
bool collected_get(const struct collected *rows, size_t c,
                   struct morgue_collected *out);
bool collected_row(const struct collected *rows, size_t c, size_t i,
                   struct morgue_row *out);
bool collected_hit(const struct collected *rows, size_t c, size_t i, size_t k,
                   struct morgue_hit *out);

#endif
