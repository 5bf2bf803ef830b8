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
 *  out.  `stop` ends looking for what wildcards stand for. */
enum morgue_status request_parse(struct parsed *out, struct arena *arena,
                                 struct session *s,
                                 struct parse_context *context,
                                 const char *query,
                                 const struct morgue_search_options *o,
                                 struct stop *stop, struct morgue_error *err);

/** The notes of a query, in rows for who asked. */
struct note_rows {
    struct morgue_note *v;
    size_t n;
};

/** A copy of the notes in another arena. */
enum morgue_status notes_take(struct note_rows *out, struct arena *arena,
                              const struct query_notes *notes,
                              struct morgue_error *err);

/** As morgue_hits_note. */
bool notes_get(const struct note_rows *rows, size_t i,
               struct morgue_note *out);

/** What an engine takes of them. */
struct engine_params request_params(const struct morgue_search_options *o);

/** The field with values that is called so, or NULL and *err is set. */
const struct field_info *request_field(const char *name,
                                       struct morgue_error *err);

#endif
