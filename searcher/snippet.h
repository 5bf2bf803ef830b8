/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snippet.h - the passage of an article that shows why it was found
 */
#ifndef MORGUE_SEARCHER_SNIPPET_H
#define MORGUE_SEARCHER_SNIPPET_H

#include "../common/article/record.h"
#include "query/analyse.h"

/** About how many bytes a snippet has. */
enum { SNIPPET_BYTES = 240 };

struct snippet_maker;

/** A maker for what a query, a valid tree, looks for, which with the tools of
 *  the context must outlive it.  Give back: snippet_maker_free. */
enum morgue_status snippet_maker_new(struct snippet_maker **out,
                                     const struct query *query,
                                     const struct parse_context *context,
                                     struct morgue_error *err);

/** NULL is allowed. */
void snippet_maker_free(struct snippet_maker *m);

/** The best passage of the article's body into *out, its bytes in the
 *  arena. */
enum morgue_status snippet_make(struct morgue_snippet *out,
                                struct snippet_maker *m, struct arena *arena,
                                const struct morgue_article *article,
                                struct morgue_error *err);

#endif
