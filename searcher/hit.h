/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hit.h - what is shown of an article that was found
 */
#ifndef MORGUE_SEARCHER_HIT_H
#define MORGUE_SEARCHER_HIT_H

#include "handle.h"
#include "snippet.h"

struct hit {
    struct morgue_hit hit;
    struct morgue_snippet snippet;
};

/** Hits of an engine, with all that is shown of them in the arena. */
struct hit_list {
    struct hit *hit;
    size_t n;
};

/** What a hit says of an article of that number, whose strings it lends; its
 *  rank and score are left alone. */
enum morgue_status hit_of_article(struct morgue_hit *out, struct session *s,
                                  const struct morgue_article *a,
                                  uint64_t number, struct morgue_error *err);

/** How hits are fetched. */
struct fetching {
    struct session *s;
    struct arena *arena;            /* of what is shown */
    struct snippet_maker *snippets; /* NULL: without */
    struct stop *stop;
    size_t n; /* so many were fetched */
};

/** After so many, the deadline counts. */
enum { PAGE_HITS = 100 };

/** Fetch `n` hits, of which `rank` is the first one's, or as many as the stop
 *  allows.  MORGUE_INTERRUPTED. */
enum morgue_status hits_fetch(struct hit_list *out, struct fetching *f,
                              const struct engine_hit *hit, size_t n,
                              size_t rank, struct morgue_error *err);

#endif
