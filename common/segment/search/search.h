/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search.h - answering a query tree from the segments of a snapshot
 */
#ifndef MORGUE_SEGMENT_SEARCH_H
#define MORGUE_SEGMENT_SEARCH_H

#include "../../engine/engine.h"
#include "../file/store.h"

/** What a search reads from and works with. */
struct search_room {
    const struct snapshot *snapshot;
    struct inflater *inflater;
    struct arena *arena;   /* for what is answered */
    struct arena *scratch; /* is reset, and used for all else: kept from one
                              search to the next, it makes the next one
                              allocate nothing */
    struct stop *stop;     /* NULL */
};

/** What engine_collect does.  A hit's number is as of snapshot_number.
 *  MORGUE_DAMAGED, MORGUE_NOMEM, MORGUE_INTERRUPTED. */
enum morgue_status segment_collect(struct collector *c, size_t n,
                                   const struct search_room *room,
                                   const struct query *query,
                                   const struct engine_params *params,
                                   struct morgue_error *err);

#endif
