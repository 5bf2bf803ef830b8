/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.c - what the articles of an archive have in a field
 *
 * The engine counts each value; the most frequent come first.  Costs in
 * proportion to the values, times their logarithm.
 */
#include <stdlib.h>

#include "../common/base/sized.h"
#include "collect.h"
#include "request.h"

struct morgue_values {
    struct arena arena;
    const struct value_count *value;
    size_t n;
};

static enum morgue_status
read_once(struct morgue_values *v, struct session *s, enum field f,
          struct morgue_error *err)
{
    const struct engine_params params = {.k1 = 1};
    struct collector values = {.kind = COLLECT_VALUES, .field = f};
    struct query every = {.op = QUERY_EVERY}, *query;
    struct arena arena;
    enum morgue_status st;

    arena_reset(&v->arena);
    arena_init(&arena, (size_t)1 << 28);
    query = embargoes_filter(&arena, &every, &s->state->embargoes);
    st = query ? engine_collect(&values, 1, s->reader, &v->arena, query,
                                &params, NULL, err)
               : error_nomem(err);
    arena_free(&arena);
    if (st)
        return st;
    collect_sort(values.value, values.n);
    v->value = values.value;
    v->n = values.n;
    return MORGUE_OK;
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
    info = request_field(field, err);
    if (!info)
        return MORGUE_USAGE;
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
    struct morgue_value one = MORGUE_VALUE_INIT;

    if (!values || i >= values->n || !out)
        return false;
    one.value = values->value[i].value;
    one.articles = values->value[i].articles;
    return sized_out(out, &one, &sized_value, NULL) == MORGUE_OK;
}

void
morgue_values_free(morgue_values *values)
{
    if (!values)
        return;
    arena_free(&values->arena);
    free(values);
}
