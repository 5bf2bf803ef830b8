/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text.c - whole articles of an archive, and what in them made a query match:
 * the public functions
 *
 * Whether a query matches an article the engine says, by the query with the
 * article's own id as a filter, which costs a look-up for each word rather
 * than the articles that have it.  Only then the text is read (locate.h).
 */
#include <stdlib.h>

#include "../common/engine/id_term.h"
#include "query/locate.h"
#include "request.h"

/* What is marked of a field. */
struct field_marks {
    struct morgue_span *span;
    size_t n;
};

struct morgue_text {
    struct arena arena;
    struct morgue_article article;
    struct arena marks; /* what follows is in */
    struct field_marks mark[FIELD_N];
};

/* ---- articles ----------------------------------------------------------- */

enum morgue_status
morgue_get(morgue_text **out, morgue *m, const char *id,
           struct morgue_error *err)
{
    struct morgue_text *text;
    uint64_t number;
    enum morgue_status st = MORGUE_BUSY;

    if (out)
        *out = NULL;
    if (!out || !m || !id)
        return error_null(err, "out, m and id");
    text = calloc(1, sizeof *text);
    if (!text)
        return error_nomem(err);
    arena_init(&text->arena, SIZE_MAX / 2);
    arena_init(&text->marks, SIZE_MAX / 2);
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct session *s;

        arena_reset(&text->arena);
        st = session_begin(&s, m, i, err);
        if (!st)
            st = engine_find(&number, s->reader, str_of(id), err);
        if (!st)
            st = engine_article(&text->article, s->reader, &text->arena,
                                number, true, err);
        if (!st && embargo_holds(&text->article))
            st = error_set(err, MORGUE_NO_ARTICLE,
                           "the article '%s' is under embargo until %s", id,
                           text->article.embargo.s);
        session_end(m, s);
    }
    if (st)
        morgue_text_free(text);
    else
        *out = text;
    return st;
}

const struct morgue_article *
morgue_text_article(const morgue_text *text)
{
    return text ? &text->article : NULL;
}

void
morgue_text_free(morgue_text *text)
{
    if (!text)
        return;
    arena_free(&text->arena);
    arena_free(&text->marks);
    free(text);
}

/* ---- marks -------------------------------------------------------------- */

static void
forget_marks(struct morgue_text *text)
{
    memset(text->mark, 0, sizeof text->mark);
    arena_reset(&text->marks);
}

/* Whether the article is one of those that match. */
static enum morgue_status
find_match(bool *out, struct session *s, struct arena *arena,
           const struct parsed *parsed, const struct morgue_text *text,
           const struct morgue_search_options *o, struct stop *stop,
           struct morgue_error *err)
{
    const struct id_term id = id_term(text->article.id);
    const struct engine_params params = request_params(o);
    struct collector c = {
        .kind = COLLECT_FIRST, .sort = MORGUE_SORT_ARRIVAL, .limit = 1};
    struct query *part[2] = {parsed->query, NULL}, *q;
    enum morgue_status st;

    part[1] = query_term(arena, str_slice(id.s, id.len), 1);
    q = query_node(arena, QUERY_FILTER, part, 2);
    if (!q)
        return error_nomem(err);
    st = engine_collect(&c, 1, s->reader, arena, q, &params, stop, err);
    *out = !st && c.hits.n > 0;
    return st ? st : stop_failure(stop, err);
}

/* Marks that overlap as one. */
static enum morgue_status
take_marks(struct morgue_text *text, const struct locator *l, enum field f,
           struct morgue_error *err)
{
    struct field_marks *to = &text->mark[f];
    size_t n;
    const struct located *from = locator_marks(l, f, &n);

    to->span = arena_zero(&text->marks, n + 1, sizeof *to->span);
    if (!to->span)
        return error_nomem(err);
    for (size_t i = 0; i < n; i++) {
        struct morgue_span *last = to->n > 0 ? &to->span[to->n - 1] : NULL;

        if (!last || from[i].start >= last->end)
            to->span[to->n++] =
                (struct morgue_span){from[i].start, from[i].end};
        else if (from[i].end > last->end)
            last->end = from[i].end;
    }
    return MORGUE_OK;
}

static enum morgue_status
find_marks(struct morgue_text *text, struct session *s,
           const struct query *query, struct morgue_error *err)
{
    struct locator *l = NULL;
    enum morgue_status st =
        locator_new(&l, query, s->tokenizer, s->stemmer, LOCATE_ALL, err);

    if (!st)
        st = locator_run(l, &text->article, err);
    for (int f = 0; f < FIELD_N && !st; f++)
        st = take_marks(text, l, (enum field)f, err);
    locator_free(l);
    return st;
}

static enum morgue_status
mark_with(bool *matches, struct morgue_text *text, struct session *s,
          struct arena *arena, const char *query,
          const struct morgue_search_options *o, struct stop *stop,
          struct morgue_error *err)
{
    struct parse_context context;
    struct parsed parsed;
    enum morgue_status st =
        request_parse(&parsed, arena, s, &context, query, o, stop, err);

    if (!st)
        st = find_match(matches, s, arena, &parsed, text, o, stop, err);
    return st || !*matches ? st : find_marks(text, s, parsed.words, err);
}

enum morgue_status
morgue_text_mark(morgue_text *text, morgue *m, const char *query,
                 const struct morgue_search_options *options, bool *matches,
                 struct morgue_error *err)
{
    struct morgue_search_options o;
    struct arena arena;
    struct stop stop;
    bool match = false;
    enum morgue_status st;

    if (matches)
        *matches = false;
    if (!text || !m || !query)
        return error_null(err, "text, m and query");
    st = request_options(&o, options, err);
    if (st)
        return st;
    arena_init(&arena, (size_t)1 << 28);
    stop = stop_after(o.timeout_ms, o.interrupt);
    st = MORGUE_BUSY;
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct session *s;

        arena_reset(&arena);
        forget_marks(text);
        match = false;
        st = session_begin(&s, m, i, err);
        if (!st)
            st = state_check_analysis(s->state, err);
        if (!st)
            st = mark_with(&match, text, s, &arena, query, &o, &stop, err);
        session_end(m, s);
    }
    if (st)
        forget_marks(text);
    else if (matches)
        *matches = match;
    arena_free(&arena);
    return st;
}

const struct morgue_span *
morgue_text_marks(const morgue_text *text, const char *field, size_t *n)
{
    const struct field_info *info = field ? field_named(str_of(field)) : NULL;
    const struct field_marks *marks =
        text && info ? &text->mark[info - field_info] : NULL;

    if (n)
        *n = marks ? marks->n : 0;
    return marks && marks->n > 0 ? marks->span : NULL;
}
