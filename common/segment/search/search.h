/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search.h - answering a query tree from the segments of a snapshot
 */
#ifndef MORGUE_SEGMENT_SEARCH_H
#define MORGUE_SEGMENT_SEARCH_H

#include "../../engine/engine.h"
#include "../file/segment.h"

/** Search; *out and its hits are in the arena.  A hit's number is as of
 *  snapshot_number.  `scratch` is reset, and used for all else: kept from one
 *  search to the next, it makes the next one allocate nothing.
 *  MORGUE_DAMAGED, MORGUE_NOMEM. */
enum morgue_status segment_search(struct engine_hits *out,
                                  const struct snapshot *snapshot,
                                  struct arena *arena, struct arena *scratch,
                                  const struct query *query,
                                  const struct engine_params *params,
                                  struct morgue_error *err);

/** Hand the values of a field that the articles which match have to `each`, as
 *  engine.tally does.  `scratch` is reset. */
enum morgue_status segment_tally(const struct snapshot *snapshot,
                                 struct arena *scratch,
                                 const struct query *query, enum field field,
                                 engine_each *each, void *payload,
                                 struct morgue_error *err);

#endif
