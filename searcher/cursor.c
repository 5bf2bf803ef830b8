/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cursor.c - all articles that match, one after the other
 *
 * A cursor keeps its session, and with it the state of the archive, from
 * opening to closing.  It asks the engine for BATCH hits at a time, those
 * behind the last one of the batch before.
 */
#include <stdlib.h>

#include "../common/base/sized.h"
#include "hit.h"
#include "request.h"

enum { BATCH = 10000 };

struct morgue_cursor {
    struct morgue *m;
    struct session *s;
    struct arena asked; /* what the query is in */
    struct query *query;
    struct engine_params params;
    struct stop stop;
    struct arena batch; /* what the hits are in */
    struct engine_hits hits;
    size_t at, rank; /* of the next hit, in the batch and in all */
    bool last;       /* there is no batch behind this one */
    bool failed;
    struct arena text; /* what the article is in */
    struct morgue_article article;
};

/* ---- opening ------------------------------------------------------------ */

static enum morgue_status
begin(struct morgue_cursor *c, const char *query,
      const struct morgue_search_options *o, int attempt,
      struct morgue_error *err)
{
    struct parse_context context;
    struct parsed parsed;
    enum morgue_status st = session_begin(&c->s, c->m, attempt, err);

    arena_reset(&c->asked);
    if (!st && (query || o->lang)) /* which are looked for as terms */
        st = state_check_analysis(c->s->state, err);
    if (!st)
        st = request_parse(&parsed, &c->asked, c->s, &context, query, o,
                           &c->stop, err);
    if (!st) {
        c->query = parsed.query;
        return MORGUE_OK;
    }
    session_end(c->m, c->s);
    c->s = NULL;
    return st;
}

enum morgue_status
morgue_cursor_open(morgue_cursor **out, morgue *m, const char *query,
                   const struct morgue_search_options *options,
                   struct morgue_error *err)
{
    struct morgue_search_options o;
    struct morgue_cursor *c;
    enum morgue_status st;

    if (out)
        *out = NULL;
    if (!out || !m)
        return error_null(err, "out and m");
    st = request_options(&o, options, err);
    if (!st && o.collect_n > 0)
        st = error_set(err, MORGUE_USAGE, "a cursor collects nothing else");
    if (st)
        return st;
    c = calloc(1, sizeof *c);
    if (!c)
        return error_nomem(err);
    c->m = m;
    c->params = request_params(&o);
    c->params.exact_total = false;
    c->stop = stop_after(o.timeout_ms, o.interrupt);
    arena_init(&c->asked, (size_t)1 << 28);
    arena_init(&c->batch, SIZE_MAX / 2);
    arena_init(&c->text, SIZE_MAX / 2);
    st = MORGUE_BUSY;
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++)
        st = begin(c, query, &o, i, err);
    if (st)
        morgue_cursor_close(c);
    else
        *out = c;
    return st;
}

void
morgue_cursor_close(morgue_cursor *c)
{
    if (!c)
        return;
    session_end(c->m, c->s);
    arena_free(&c->asked);
    arena_free(&c->batch);
    arena_free(&c->text);
    free(c);
}

/* ---- walking ------------------------------------------------------------ */

/* The hits behind those that were read. */
static enum morgue_status
read_batch(struct morgue_cursor *c, struct morgue_error *err)
{
    struct collector first = {
        .kind = COLLECT_FIRST, .sort = c->params.sort, .limit = BATCH};
    struct engine_hit after;
    enum morgue_status st;

    if (c->hits.n > 0) {
        after = c->hits.hit[c->hits.n - 1];
        first.after = &after;
    }
    arena_reset(&c->batch);
    st = engine_collect(&first, 1, c->s->reader, &c->batch, c->query,
                        &c->params, &c->stop, err);
    if (!st && stop_seen(&c->stop)) /* a part would be taken for the whole */
        st = stop_failure(&c->stop, err);
    c->hits = first.hits;
    c->at = 0;
    c->last = first.hits.n < BATCH;
    return st;
}

/* The article at hand, to be lent. */
static enum morgue_status
read_article(struct morgue_cursor *c, struct morgue_hit *hit, bool whole,
             struct morgue_error *err)
{
    const struct engine_hit *at = &c->hits.hit[c->at];
    struct morgue_hit full = MORGUE_HIT_INIT;
    enum morgue_status st;

    arena_reset(&c->text);
    st = engine_article(&c->article, c->s->reader, &c->text, at->number, whole,
                        err);
    if (!st && hit) {
        full.rank = c->rank + 1;
        full.score = at->score;
        st = hit_of_article(&full, c->s, &c->article, at->number, err);
        if (!st)
            st = sized_out(hit, &full, &sized_hit, err);
    }
    return st == MORGUE_NO_ARTICLE ? error_as(err, MORGUE_DAMAGED) : st;
}

enum morgue_status
morgue_cursor_next(morgue_cursor *c, struct morgue_hit *hit,
                   const struct morgue_article **article, bool *more,
                   struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    if (more)
        *more = false;
    if (!c || !more)
        return error_null(err, "c and more");
    if (hit)
        st = sized_check(hit, &sized_hit, err);
    if (!st && c->failed)
        st = error_set(err, MORGUE_USAGE,
                       "the cursor has failed before, and can only be closed");
    if (st)
        return st;
    st = stop_failure(&c->stop, err);
    if (!st && c->at == c->hits.n && !c->last)
        st = read_batch(c, err);
    if (!st && c->at == c->hits.n)
        return MORGUE_OK;
    if (!st && (hit || article))
        st = read_article(c, hit, article != NULL, err);
    c->failed = st != MORGUE_OK;
    if (st)
        return st;
    if (article)
        *article = &c->article;
    c->at++;
    c->rank++;
    *more = true;
    return MORGUE_OK;
}

uint64_t
morgue_cursor_state(const morgue_cursor *c)
{
    return c ? engine_reader_state(c->s->reader) : 0;
}
