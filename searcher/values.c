/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.c - what the articles of an archive have in a field
 *
 * The engine counts each value, perhaps in several parts; here these are put
 * together, and the most frequent come first.  Costs in proportion to the
 * values, times their logarithm.
 */
#include <stdlib.h>

#include "../common/base/sized.h"
#include "handle.h"

struct morgue_values {
    struct arena arena;
    struct morgue_value *value;
    size_t n, cap;
    bool nomem;
};

/* ---- gathering ---------------------------------------------------------- */

static bool
add(struct morgue_str value, uint64_t articles, void *values)
{
    struct morgue_values *v = values;
    size_t cap = v->cap ? v->cap * 2 : 64;
    struct morgue_value one = MORGUE_VALUE_INIT;

    if (v->n == v->cap) {
        struct morgue_value *more = realloc(v->value, cap * sizeof *more);

        v->nomem = !more;
        if (!more)
            return false;
        v->value = more;
        v->cap = cap;
    }
    one.articles = articles;
    v->nomem = !arena_str(&v->arena, value, &one.value);
    if (!v->nomem)
        v->value[v->n++] = one;
    return !v->nomem;
}

static int
by_value(const void *a, const void *b)
{
    const struct morgue_value *x = a, *y = b;

    return str_compare(x->value, y->value);
}

/* Make one of the parts that a value was counted in. */
static void
join_equals(struct morgue_values *v)
{
    size_t n = 0;

    if (v->n == 0)
        return;
    qsort(v->value, v->n, sizeof *v->value, by_value);
    for (size_t i = 1; i < v->n; i++) {
        if (!str_eq(v->value[i].value, v->value[n].value))
            v->value[++n] = v->value[i];
        else
            v->value[n].articles += v->value[i].articles;
    }
    v->n = n + 1;
}

static int
by_articles(const void *a, const void *b)
{
    const struct morgue_value *x = a, *y = b;

    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    return str_compare(x->value, y->value);
}

/* ---- the public functions ----------------------------------------------- */

static enum morgue_status
read_once(struct morgue_values *v, struct session *s, enum field f,
          struct morgue_error *err)
{
    struct query every = {.op = QUERY_EVERY}, *query;
    struct arena arena;
    enum morgue_status st;

    v->n = 0;
    arena_reset(&v->arena);
    arena_init(&arena, (size_t)1 << 28);
    query = embargoes_filter(&arena, &every, &s->state->embargoes);
    st = query ? engine_tally(s->reader, query, f, add, v, err)
               : error_nomem(err);
    arena_free(&arena);
    return !st && v->nomem ? error_nomem(err) : st;
}

enum morgue_status
morgue_values_read(morgue_values **out, morgue *m, const char *field,
                   struct morgue_error *err)
{
    const struct field_info *info;
    enum morgue_status st = MORGUE_BUSY;
    struct morgue_values *v;

    if (out)
        *out = NULL;
    if (!out || !m || !field)
        return error_null(err, "out, m and field");
    info = field_named(str_of(field));
    if (!info)
        info = field_of_query(str_of(field));
    if (!info || !field_has_values((enum field)(info - field_info)))
        return error_set(err, MORGUE_USAGE,
                         "'%.40s' is no field whose values are counted; those "
                         "are section, source, author, lang, places, topics",
                         field);
    v = calloc(1, sizeof *v);
    if (!v)
        return error_nomem(err);
    arena_init(&v->arena, SIZE_MAX / 2);
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct session *s;

        st = session_begin(&s, m, i, err);
        if (!st)
            st = read_once(v, s, (enum field)(info - field_info), err);
        session_end(m, s);
    }
    if (st) {
        morgue_values_free(v);
        return st;
    }
    join_equals(v);
    if (v->n > 0)
        qsort(v->value, v->n, sizeof *v->value, by_articles);
    *out = v;
    return MORGUE_OK;
}

size_t
morgue_values_n(const morgue_values *values)
{
    return values ? values->n : 0;
}

bool
morgue_values_get(const morgue_values *values, size_t i,
                  struct morgue_value *out)
{
    if (!values || i >= values->n || !out)
        return false;
    return sized_out(out, &values->value[i], &sized_value, NULL) == MORGUE_OK;
}

void
morgue_values_free(morgue_values *values)
{
    if (!values)
        return;
    arena_free(&values->arena);
    free(values->value);
    free(values);
}
