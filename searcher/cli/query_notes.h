/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query_notes.h - what is said about queries: notes, errors, how they are read
 */
#ifndef MORGUE_SEARCHER_CLI_QUERY_NOTES_H
#define MORGUE_SEARCHER_CLI_QUERY_NOTES_H

#include "options.h"

/** Say a note about a query, in a line; `id`: of the query in a batch, or
 *  NULL. */
void say_note(const char *id, const struct morgue_note *note);

/** Say the notes of an answer. */
void say_notes(const char *id, const morgue_hits *hits);

/** Say the notes of a query that was not searched for. */
void say_query_notes(morgue *m, const char *query,
                     const struct morgue_search_options *o);

/** Say that a query failed, with its bytes and carets under the place where
 *  there is one; the exit code. */
int say_query_error(const struct morgue_error *err, morgue *m,
                    const char *query, const struct morgue_search_options *o);

/** Write how a query is read, and say its notes. */
enum morgue_status explain_query(struct renderer *r,
                                 const struct searcher_options *o, morgue *m,
                                 const char *id, const char *query,
                                 struct morgue_error *err);

#endif
