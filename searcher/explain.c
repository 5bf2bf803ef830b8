/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain.c - how a query is understood, without searching: the public
 * functions
 */
#include <stdlib.h>

#include "../common/base/sized.h"
#include "request.h"

/* What the printed form of a query may take; it is about as long as what was
 * typed, which has an end, but for sides of proximities that were taken
 * apart. */
enum { PRINTED_MAX = 64 << 20 };

struct morgue_explained {
    struct arena arena;
    struct morgue_str text;
    struct note_rows notes;
    struct morgue_term *term;
    size_t n, cap;
};

/* ---- terms -------------------------------------------------------------- */

static enum morgue_status
add_term(struct morgue_explained *e, struct session *s, const struct ast *leaf,
         struct morgue_str printed, struct morgue_str term,
         struct morgue_error *err)
{
    struct morgue_term *to;
    enum morgue_status st;

    if (e->n == e->cap) {
        size_t cap = e->cap ? e->cap * 2 : 16;

        to = arena_zero(&e->arena, cap, sizeof *to);
        if (!to)
            return error_nomem(err);
        if (e->n > 0)
            memcpy(to, e->term, e->n * sizeof *to);
        e->term = to;
        e->cap = cap;
    }
    to = &e->term[e->n];
    *to = (struct morgue_term)MORGUE_TERM_INIT;
    to->span = leaf->span;
    to->leaf = printed;
    st = engine_frequency(&to->articles, s->reader, term, err);
    if (st)
        return st;
    e->n++;
    return arena_str(&e->arena, term, &to->term) ? MORGUE_OK
                                                 : error_nomem(err);
}

/* The terms of a tree, in its order. */
static enum morgue_status
add_terms(struct morgue_explained *e, struct session *s,
          const struct ast *leaf, struct morgue_str printed,
          const struct query *q, struct stop *stop, struct morgue_error *err)
{
    enum morgue_status st = stop_failure(stop, err);

    if (!st && q->op == QUERY_TERM)
        return add_term(e, s, leaf, printed, q->term, err);
    for (size_t i = 0; i < q->child_n && !st; i++)
        st = add_terms(e, s, leaf, printed, q->child[i], stop, err);
    return st;
}

/* ---- the whole ---------------------------------------------------------- */

/* A part of the tree in our language. */
static enum morgue_status
print(struct morgue_str *out, struct morgue_explained *e,
      const struct ast *node, struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    buf_init(&b, PRINTED_MAX);
    ast_print(&b, node);
    st = buf_status(&b, err);
    if (!st && !arena_str(&e->arena, buf_view(&b), out))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

static enum morgue_status
explain(struct morgue_explained *e, struct session *s, const char *query,
        const struct morgue_search_options *o, struct stop *stop,
        struct arena *arena, struct morgue_error *err)
{
    struct parse_context context;
    struct parsed parsed;
    enum morgue_status st =
        request_parse(&parsed, arena, s, &context, query, o, stop, err);

    if (!st)
        st = stop_failure(stop, err);
    if (!st)
        st = notes_take(&e->notes, &e->arena, &parsed.notes, err);
    if (!st && parsed.ast.root)
        st = print(&e->text, e, parsed.ast.root, err);
    for (const struct ast *leaf = parsed.ast.leaf; !st && leaf;
         leaf = leaf->next_leaf) {
        const struct query *q = leaf_query(leaf);
        struct morgue_str printed;

        if (!q)
            continue;
        st = print(&printed, e, leaf, err);
        if (!st)
            st = add_terms(e, s, leaf, printed, q, stop, err);
    }
    return st;
}

enum morgue_status
morgue_query_explain(morgue_explained **out, morgue *m, const char *query,
                     const struct morgue_search_options *options,
                     struct morgue_error *err)
{
    struct morgue_search_options o;
    struct morgue_explained *e;
    struct session *s = NULL;
    struct arena arena;
    struct stop stop;
    enum morgue_status st;

    if (out)
        *out = NULL;
    if (!out || !m || !query)
        return error_null(err, "out, m and query");
    st = request_options(&o, options, err);
    if (st)
        return st;
    e = calloc(1, sizeof *e);
    if (!e)
        return error_nomem(err);
    e->text = STR("");
    arena_init(&e->arena, SIZE_MAX / 2);
    arena_init(&arena, (size_t)1 << 28);
    stop = stop_after(o.timeout_ms, o.interrupt);
    st = session_begin(&s, m, 0, err);
    if (!st)
        st = state_check_analysis(s->state, err);
    if (!st)
        st = explain(e, s, query, &o, &stop, &arena, err);
    session_end(m, s);
    arena_free(&arena);
    if (st)
        morgue_explained_free(e);
    else
        *out = e;
    return st;
}

struct morgue_str
morgue_explained_text(const morgue_explained *e)
{
    return e ? e->text : STR("");
}

bool
morgue_explained_note(const morgue_explained *e, size_t i,
                      struct morgue_note *out)
{
    return e && out && notes_get(&e->notes, i, out);
}

bool
morgue_explained_term(const morgue_explained *e, size_t i,
                      struct morgue_term *out)
{
    return e && out && i < e->n &&
           sized_out(out, &e->term[i], &sized_term, NULL) == MORGUE_OK;
}

void
morgue_explained_free(morgue_explained *e)
{
    if (!e)
        return;
    arena_free(&e->arena);
    free(e);
}
