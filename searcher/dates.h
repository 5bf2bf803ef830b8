/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dates.h - the dates that a search asks for
 */
#ifndef MORGUE_SEARCHER_DATES_H
#define MORGUE_SEARCHER_DATES_H

#include "../common/base/error.h"
#include "../common/engine/query.h"

/** Whether the options have a bound. */
bool dates_asked(const struct morgue_search_options *o);

/** Put the bounds as a filter over *q, which becomes NULL when out of memory.
 *  Fails where the options' time zone cannot be opened (zone_open), bounds or
 *  not. */
enum morgue_status dates_filter(struct query **q, struct arena *arena,
                                const struct morgue_search_options *o,
                                struct morgue_error *err);

#endif
