/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request.h - what a caller asks for: options in force, and a tree
 */
#ifndef MORGUE_SEARCHER_REQUEST_H
#define MORGUE_SEARCHER_REQUEST_H

#include "handle.h"
#include "query/analyse.h"

/** At most so many hits are returned, left out, returned of a group; and
 *  collectors. */
enum {
    LIMIT_MAX = 1000000,
    OFFSET_MAX = 1000000000,
    EACH_MAX = 1000,
    COLLECT_MAX = 64
};

/** The options in force, checked, but for what is to be collected. */
enum morgue_status request_options(struct morgue_search_options *out,
                                   const struct morgue_search_options *given,
                                   struct morgue_error *err);

/** What they and the query (NULL: all articles) ask for, in the arena, with
 *  the context that it was parsed in; articles under embargo now are left
 *  out. */
enum morgue_status
request_parse(struct parsed *out, struct arena *arena, struct session *s,
              struct parse_context *context, const char *query,
              const struct morgue_search_options *o, struct morgue_error *err);

/** What an engine takes of them. */
struct engine_params request_params(const struct morgue_search_options *o);

/** The field with values that is called so, or NULL and *err is set. */
const struct field_info *request_field(const char *name,
                                       struct morgue_error *err);

#endif
