/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search.c - searching an archive: the public functions
 *
 *   text -> query_parse -> engine -> articles -> snippets -> hits
 *
 * A search takes all that it gives out at once, so that its hits belong to
 * one state of the archive.  Where a try ends with MORGUE_BUSY, the handle is
 * refreshed and the whole search done again, TRIES times at most, with growing
 * pauses.
 */
#include <stdlib.h>

#include "../common/base/sized.h"
#include "collect.h"
#include "request.h"

struct morgue_hits {
    struct arena arena;
    struct hit_list list;
    struct collected collected;
    struct note_rows notes;
    size_t words_n;
    uint64_t total, state;
    bool exact, snippets, timed_out;
};

/* ---- searching ---------------------------------------------------------- */

/* One try at a search: all of it into *hits. */
static enum morgue_status
search_once(struct morgue_hits *hits, struct session *s,
            const struct parsed *parsed, const struct parse_context *context,
            const struct morgue_search_options *o, struct stop *stop,
            struct morgue_error *err)
{
    const struct engine_params params = request_params(o);
    struct fetching f = {.s = s, .arena = &hits->arena, .stop = stop};
    struct snippet_maker *snippets = NULL;
    struct collector *c;
    enum morgue_status st;

    arena_reset(&hits->arena);
    hits->state = engine_reader_state(s->reader);
    hits->words_n = parsed->words_n;
    hits->snippets = o->snippets;
    st = notes_take(&hits->notes, &hits->arena, &parsed->notes, err);
    if (!st)
        st = collect_ask(&c, &hits->collected, &hits->arena, o, err);
    if (!st)
        st = engine_collect(c, o->collect_n + 1, s->reader, &hits->arena,
                            parsed->query, &params, stop, err);
    if (!st && o->snippets)
        st = snippet_maker_new(&snippets, parsed->words, context, err);
    f.snippets = snippets;
    if (!st)
        st = hits_fetch(&hits->list, &f, c->hits.hit, c->hits.n, o->offset + 1,
                        err);
    f.snippets = NULL;
    if (!st)
        st = collect_take(&hits->collected, c + 1, &f, err);
    snippet_maker_free(snippets);
    if (st)
        return st;
    hits->total = c->hits.total;
    hits->timed_out = stop->timed_out;
    hits->exact = c->hits.exact && !stop->timed_out;
    return MORGUE_OK;
}

/* The query, and the search, with a session. */
static enum morgue_status
search_with(struct morgue_hits *hits, struct session *s, struct arena *arena,
            const char *query, const struct morgue_search_options *o,
            struct stop *stop, struct morgue_error *err)
{
    struct parsed parsed;
    struct parse_context context;
    enum morgue_status st =
        request_parse(&parsed, arena, s, &context, query, o, stop, err);

    return st ? st : search_once(hits, s, &parsed, &context, o, stop, err);
}

enum morgue_status
morgue_search(morgue_hits **out, morgue *m, const char *query,
              const struct morgue_search_options *options,
              struct morgue_error *err)
{
    struct morgue_search_options o;
    struct arena arena;
    struct morgue_hits *hits;
    struct stop stop;
    enum morgue_status st;

    if (out)
        *out = NULL;
    if (!out || !m || !query)
        return error_null(err, "out, m and query");
    st = request_options(&o, options, err);
    if (st)
        return st;
    hits = calloc(1, sizeof *hits);
    if (!hits)
        return error_nomem(err);
    arena_init(&hits->arena, SIZE_MAX / 2);
    arena_init(&arena, (size_t)1 << 28);
    stop = stop_after(o.timeout_ms, o.interrupt);
    st = MORGUE_BUSY;
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct session *s;

        arena_reset(&arena);
        st = session_begin(&s, m, i, err);
        if (!st)
            st = state_check_analysis(s->state, err);
        if (!st)
            st = search_with(hits, s, &arena, query, &o, &stop, err);
        session_end(m, s);
    }
    if (st)
        morgue_hits_free(hits);
    else
        *out = hits;
    arena_free(&arena);
    return st;
}

bool
morgue_hits_get(const morgue_hits *hits, size_t i, struct morgue_hit *out)
{
    if (!hits || i >= hits->list.n || !out)
        return false;
    return sized_out(out, &hits->list.hit[i].hit, &sized_hit, NULL) ==
           MORGUE_OK;
}

size_t
morgue_hits_n(const morgue_hits *hits)
{
    return hits ? hits->list.n : 0;
}

uint64_t
morgue_hits_total(const morgue_hits *hits, bool *exact)
{
    if (exact)
        *exact = !hits || hits->exact;
    return hits ? hits->total : 0;
}

bool
morgue_hits_timed_out(const morgue_hits *hits)
{
    return hits && hits->timed_out;
}

uint64_t
morgue_hits_state(const morgue_hits *hits)
{
    return hits ? hits->state : 0;
}

bool
morgue_hits_collected(const morgue_hits *hits, size_t c,
                      struct morgue_collected *out)
{
    return hits && out && collected_get(&hits->collected, c, out);
}

bool
morgue_hits_row(const morgue_hits *hits, size_t c, size_t i,
                struct morgue_row *out)
{
    return hits && out && collected_row(&hits->collected, c, i, out);
}

bool
morgue_hits_row_hit(const morgue_hits *hits, size_t c, size_t i, size_t k,
                    struct morgue_hit *out)
{
    return hits && out && collected_hit(&hits->collected, c, i, k, out);
}

size_t
morgue_hits_words_n(const morgue_hits *hits)
{
    return hits ? hits->words_n : 0;
}

enum morgue_status
morgue_hits_snippet(morgue_hits *hits, size_t i, struct morgue_snippet *out,
                    struct morgue_error *err)
{
    static const struct morgue_snippet none = MORGUE_SNIPPET_INIT;
    bool there = hits && i < hits->list.n && hits->snippets;
    enum morgue_status st;

    if (!out)
        return error_null(err, "hits and out");
    st = sized_out(out, there ? &hits->list.hit[i].snippet : &none,
                   &sized_snippet, err);
    if (st || there)
        return st;
    if (!hits)
        return error_null(err, "hits and out");
    return error_set(err, MORGUE_USAGE, "there is no snippet %zu", i);
}

bool
morgue_hits_note(const morgue_hits *hits, size_t i, struct morgue_note *out)
{
    return hits && out && notes_get(&hits->notes, i, out);
}

void
morgue_hits_free(morgue_hits *hits)
{
    if (!hits)
        return;
    arena_free(&hits->arena);
    free(hits);
}
