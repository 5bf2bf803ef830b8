/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_segment_expand.c - what terms a pattern stands for, and how many
 * articles have a term
 *
 * The segments are walked together (pattern_walk.h), so that what each has of
 * a term is added up when it comes by, and nothing is kept of those that are
 * too rare.
 */
#include "../engine/expand.h"
#include "engine_segment.h"
#include "file/pattern_walk.h"

/* The walks that stand at a term. */
struct walks {
    struct pattern_walk **at;
    uint32_t n;
    struct term_info *info; /* of a term, of each segment: what is known */
    size_t info_size;
};

static enum morgue_status
open_walks(struct walks *w, const struct snapshot *snap,
           const struct pattern_search *search, struct arena *arena,
           struct stop *stop, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *w = (struct walks){
        .at = arena_zero(arena, snap->n + (size_t)1, sizeof(void *)),
        .info = arena_zero(arena, snap->n + (size_t)1, sizeof *w->info),
        .info_size = snap->n * sizeof *w->info};
    if (!w->at || !w->info)
        return error_nomem(err);
    for (uint32_t i = 0; i < snap->n && !st; i++) {
        struct pattern_walk *walk = arena_alloc(arena, sizeof *walk);

        st = walk ? pattern_walk_open(walk, search, snap->segment[i], stop,
                                      arena, err)
                  : error_nomem(err);
        if (st)
            break;
        walk->number = i;
        if (pattern_walk_next(walk))
            w->at[w->n++] = walk;
    }
    return st;
}

static struct morgue_str
term_of(const struct pattern_walk *w)
{
    return str_slice(w->term, w->len);
}

/* Take the first term of all, and go on where it was. */
static bool
take_first(struct expand_best *best, struct walks *w)
{
    char bytes[DICT_TERM_MAX];
    struct morgue_str term = term_of(w->at[0]);
    uint64_t articles = 0;
    uint32_t left = 0;

    for (uint32_t i = 1; i < w->n; i++)
        if (str_compare(term_of(w->at[i]), term) < 0)
            term = term_of(w->at[i]);
    memcpy(bytes, term.s, term.len);
    term.s = bytes;
    if (w->info_size > 0)
        memset(w->info, 0, w->info_size);
    for (uint32_t i = 0; i < w->n; i++) {
        struct pattern_walk *walk = w->at[i];
        bool more = true;

        if (str_eq(term_of(walk), term)) {
            articles += walk->info.live;
            w->info[walk->number] = walk->info;
            more = pattern_walk_next(walk);
        }
        if (more)
            w->at[left++] = walk;
    }
    w->n = left;
    return expand_add(best, term, articles, w->info);
}

enum morgue_status
sg_expand(struct expansions *out, struct engine_reader *reader,
          struct arena *arena, struct morgue_str prefix,
          const struct pattern *pattern, size_t max, struct stop *stop,
          struct morgue_error *err)
{
    struct sg_reader *r = sg_begin(reader);
    struct pattern_search *search = arena_alloc(&r->scratch, sizeof *search);
    struct expand_best best;
    struct walks walks = {.n = 0};
    enum morgue_status st = MORGUE_OK;

    expand_begin(&best, max, r->snapshot.n * sizeof(struct term_info), arena);
    if (!search)
        st = error_nomem(err);
    if (!st)
        st = pattern_search_init(search, prefix, expand_no_capital(prefix),
                                 pattern, &r->scratch, err);
    if (!st)
        st = open_walks(&walks, &r->snapshot, search, &r->scratch, stop, err);
    while (!st && walks.n > 0)
        if (!take_first(&best, &walks))
            st = error_nomem(err);
    for (uint32_t i = 0; i < r->snapshot.n && !st; i++)
        st = segment_status(r->snapshot.segment[i], err);
    if (!st)
        st = stop_status(stop, err);
    arena_reset(&r->scratch);
    if (!st)
        expand_end(out, &best);
    return st;
}

enum morgue_status
sg_frequency(uint64_t *articles, struct engine_reader *reader,
             struct morgue_str term, struct morgue_error *err)
{
    struct sg_reader *r = sg_begin(reader);
    struct term_info info;

    *articles = 0;
    for (uint32_t i = 0; i < r->snapshot.n; i++) {
        struct segment *s = r->snapshot.segment[i];

        if (segment_term(&info, s, term))
            *articles += info.live;
        if (s->damaged)
            return segment_status(s, err);
    }
    return MORGUE_OK;
}
