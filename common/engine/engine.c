/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine.c - the door to the engines
 */
#include "engine.h"

#include <assert.h>
#include <stdlib.h>

/* The detail of a failure is of that failure. */
static enum morgue_status
agreed(enum morgue_status st, const struct morgue_error *err)
{
    assert(st == MORGUE_OK || !err || err->status == st);
    (void)err;
    return st;
}

/* ---- reading ------------------------------------------------------------ */

enum morgue_status
engine_reader_open(struct engine_reader **out, const struct engine *engine,
                   const struct dir *dir, struct morgue_error *err)
{
    enum morgue_status st = engine->reader_open(out, dir, err);

    assert(!st == !!*out);
    if (!st)
        (*out)->engine = engine;
    return agreed(st, err);
}

enum morgue_status
engine_reader_refresh(struct engine_reader *r, struct morgue_error *err)
{
    return agreed(r->engine->reader_refresh(r, err), err);
}

void
engine_reader_close(struct engine_reader *r)
{
    if (r)
        r->engine->reader_close(r);
}

enum morgue_status
engine_reader_copy(struct engine_reader **out, const struct engine_reader *r,
                   struct morgue_error *err)
{
    enum morgue_status st = r->engine->reader_copy(out, r, err);

    assert(!st == !!*out);
    if (!st)
        (*out)->engine = r->engine;
    return agreed(st, err);
}

uint64_t
engine_reader_state(const struct engine_reader *r)
{
    return r->engine->reader_state(r);
}

const char *
engine_reader_analysis(const struct engine_reader *r)
{
    return r->engine->reader_analysis(r);
}

uint64_t
engine_reader_bytes(const struct engine_reader *r)
{
    return r->engine->reader_bytes(r);
}

static bool
collector_valid(const struct collector *c)
{
    switch (c->kind) {
    case COLLECT_FIRST:
        return c->sort <= MORGUE_SORT_ID;
    case COLLECT_COUNT:
        return true;
    case COLLECT_VALUES:
        return field_has_values(c->field);
    case COLLECT_PERIODS:
        return c->unit <= UNIT_YEAR;
    case COLLECT_GROUPS:
        return field_has_values(c->field) && c->sort <= MORGUE_SORT_LATEST;
    }
    return false;
}

static void
clear_answer(struct collector *c)
{
    c->hits = (struct engine_hits){.exact = true};
    c->count = c->undated = c->imprecise = 0;
    c->value = NULL;
    c->period = NULL;
    c->group = NULL;
    c->n = 0;
}

enum morgue_status
engine_collect(struct collector *c, size_t n, struct engine_reader *r,
               struct arena *arena, const struct query *query,
               const struct engine_params *params, struct stop *stop,
               struct morgue_error *err)
{
    enum morgue_status st;

    assert(query_valid(query));
    for (size_t i = 0; i < n; i++)
        assert(collector_valid(c + i));
    for (size_t i = 0; i < n; i++)
        clear_answer(c + i);
    st = r->engine->collect(c, n, r, arena, query, params, stop, err);
    for (size_t i = 0; i < n; i++)
        assert(st || c[i].kind != COLLECT_FIRST ||
               (c[i].hits.n <= c[i].limit && c[i].hits.total >= c[i].hits.n));
    return agreed(st, err);
}

enum morgue_status
engine_search(struct engine_hits *out, struct engine_reader *r,
              struct arena *arena, const struct query *query,
              const struct engine_params *params, struct morgue_error *err)
{
    struct collector first = {.kind = COLLECT_FIRST,
                              .sort = params->sort,
                              .limit = params->limit,
                              .offset = params->offset};
    enum morgue_status st =
        engine_collect(&first, 1, r, arena, query, params, NULL, err);

    *out = first.hits;
    return st;
}

enum morgue_status
engine_article(struct morgue_article *out, struct engine_reader *r,
               struct arena *arena, uint64_t number, bool with_body,
               struct morgue_error *err)
{
    return agreed(r->engine->article(out, r, arena, number, with_body, err),
                  err);
}

enum morgue_status
engine_find(uint64_t *out, struct engine_reader *r, struct morgue_str id,
            struct morgue_error *err)
{
    return agreed(r->engine->find(out, r, id, err), err);
}

enum morgue_status
engine_terms(struct engine_reader *r, struct morgue_str prefix,
             engine_each *each, void *payload, struct morgue_error *err)
{
    return agreed(r->engine->terms(r, prefix, each, payload, err), err);
}

enum morgue_status
engine_counts(struct engine_counts *out, struct engine_reader *r,
              struct morgue_error *err)
{
    return agreed(r->engine->counts(out, r, err), err);
}

/* One that says what it is to have, and has characters only where edits
 * are counted. */
static bool
pattern_valid(const struct pattern *p)
{
    if (p->edits > PATTERN_EDITS_MAX || (p->n > 0 && !p->c))
        return false;
    for (size_t i = 0; i < p->n; i++)
        if (p->c[i] > PATTERN_ONE || (p->edits > 0 && p->c[i] >= PATTERN_MANY))
            return false;
    return true;
}

enum morgue_status
engine_expand(struct expansions *out, struct engine_reader *r,
              struct arena *arena, struct morgue_str prefix,
              const struct pattern *pattern, size_t max, struct stop *stop,
              struct morgue_error *err)
{
    enum morgue_status st;

    assert(pattern_valid(pattern));
    *out = (struct expansions){.n = 0};
    st = r->engine->expand(out, r, arena, prefix, pattern, max, stop, err);
    assert(st || (out->n <= max && out->n <= out->all));
    return agreed(st, err);
}

enum morgue_status
engine_frequency(uint64_t *articles, struct engine_reader *r,
                 struct morgue_str term, struct morgue_error *err)
{
    *articles = 0;
    return agreed(r->engine->frequency(articles, r, term, err), err);
}

enum morgue_status
engine_words(uint64_t *out, struct engine_reader *r, uint64_t number,
             struct morgue_error *err)
{
    return agreed(r->engine->words(out, r, number, err), err);
}

enum morgue_status
engine_hash(uint64_t *out, struct engine_reader *r, uint64_t number,
            struct morgue_error *err)
{
    return agreed(r->engine->hash(out, r, number, err), err);
}

/* ---- makers of terms ---------------------------------------------------- */

/* Take an idle maker, or make one and the room to put it back. */
static enum morgue_status
take_maker(struct term_maker **out, struct engine_writer *w,
           struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct term_maker **more;

    *out = NULL;
    pthread_mutex_lock(&w->lock);
    if (w->idle_n > 0) {
        *out = w->idle[--w->idle_n];
    } else {
        more = realloc(w->idle, (w->idle_cap + 1) * sizeof(void *));
        if (more) {
            w->idle = more;
            w->idle_cap++;
        } else {
            st = error_nomem(err);
        }
    }
    pthread_mutex_unlock(&w->lock);
    if (!st && !*out) /* where this fails, there is room for one too many */
        st = term_maker_new(out, err);
    return st;
}

static void
put_maker(struct engine_writer *w, struct term_maker *m)
{
    if (!m)
        return;
    pthread_mutex_lock(&w->lock);
    assert(w->idle_n < w->idle_cap);
    w->idle[w->idle_n++] = m;
    pthread_mutex_unlock(&w->lock);
}

/* A commit needs the memory. */
static void
free_makers(struct engine_writer *w)
{
    while (w->idle_n > 0)
        term_maker_free(w->idle[--w->idle_n]);
}

/* ---- writing ------------------------------------------------------------ */

enum morgue_status
engine_writer_open(struct engine_writer **out, const struct engine *engine,
                   const struct dir *dir, struct engine_tuning *tuning,
                   struct morgue_error *err)
{
    enum morgue_status st = engine->writer_open(out, dir, tuning, err);

    assert(!st == !!*out);
    if (!st) {
        (*out)->engine = engine;
        (*out)->idle = NULL;
        (*out)->idle_n = (*out)->idle_cap = 0;
        pthread_mutex_init(&(*out)->lock, NULL);
    }
    return agreed(st, err);
}

enum morgue_status
engine_writer_find(bool *found, uint64_t *hash, struct engine_writer *w,
                   struct morgue_str id, struct morgue_error *err)
{
    assert(id.len > 0);
    return agreed(w->engine->writer_find(found, hash, w, id, err), err);
}

enum morgue_status
engine_run_open(struct engine_run **out, struct engine_writer *w,
                uint64_t number, struct morgue_error *err)
{
    struct term_maker *maker;
    enum morgue_status st = take_maker(&maker, w, err);

    *out = NULL;
    if (!st)
        st = w->engine->run_open(out, w, number, err);
    if (!st)
        **out = (struct engine_run){.writer = w, .maker = maker};
    else
        put_maker(w, maker);
    return agreed(st, err);
}

enum morgue_status
engine_run_add(struct engine_run *run, const struct engine_doc *doc,
               struct morgue_error *err)
{
    assert(doc->article->id.len > 0);
    return agreed(run->writer->engine->run_add(run, doc, err), err);
}

enum morgue_status
engine_run_close(struct engine_run *run, struct morgue_error *err)
{
    struct engine_writer *w = run->writer;
    struct term_maker *maker = run->maker;
    enum morgue_status st = w->engine->run_close(run, err);

    put_maker(w, maker);
    return agreed(st, err);
}

void
engine_run_drop(struct engine_run *run)
{
    struct engine_writer *w = run->writer;
    struct term_maker *maker = run->maker;

    w->engine->run_drop(run);
    put_maker(w, maker);
}

enum morgue_status
engine_writer_settle(struct engine_writer *w, struct morgue_str id,
                     enum engine_keep keep, struct morgue_error *err)
{
    assert(id.len > 0);
    return agreed(w->engine->writer_settle(w, id, keep, err), err);
}

enum morgue_status
engine_writer_commit(struct engine_writer *w, struct morgue_error *err)
{
    free_makers(w);
    return agreed(w->engine->writer_commit(w, err), err);
}

enum morgue_status
engine_writer_compact(struct engine_writer *w, struct morgue_error *err)
{
    free_makers(w);
    return agreed(w->engine->writer_compact(w, err), err);
}

void
engine_writer_close(struct engine_writer *w)
{
    if (!w)
        return;
    free_makers(w);
    free(w->idle);
    pthread_mutex_destroy(&w->lock);
    w->engine->writer_close(w);
}
