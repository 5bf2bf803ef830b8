/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect_values.c - how many of the articles that match have which value of a
 * field
 *
 * Costs a number and an addition for each match, a step for each value and for
 * each value in a set that a segment has of the field, and at the end a sort
 * of the values that there are.
 */
#include <stdlib.h>

#include "../file/values.h"
#include "collect.h"

struct values_task {
    struct task base;
    /* of the segment at hand: */
    struct value_list values, sets;
    uint32_t *count; /* by the numbers in the column; NULL: it has no value */
    uint64_t most;   /* the last of these */
    /* of all so far, one value perhaps several times: */
    struct value_count *found;
    size_t n, cap;
};

static bool
values_enter(struct task *t, struct search *s, uint32_t segment)
{
    struct values_task *v = (struct values_task *)t;
    struct segment *of = s->plan.snapshot->segment[segment];

    value_list_open(&v->values, of, t->c->field, false);
    value_list_open(&v->sets, of, t->c->field, true);
    v->most = field_info[t->c->field].many ? v->sets.n : v->values.n;
    v->count = NULL;
    if (v->values.n == 0)
        return true;
    v->count = arena_zero(s->plan.arena, v->most + 1, sizeof *v->count);
    return v->count != NULL;
}

static bool
values_take(struct task *t, struct search *s, const struct found *f)
{
    struct values_task *v = (struct values_task *)t;
    enum segment_column c = column_of_field(t->c->field);
    const struct column *column = &f->segment->column[c];

    (void)s;
    if (!v->count ||
        !segment_touch_column(f->segment, c, f->doc[0], f->doc[f->n - 1] + 1))
        return true;
    for (uint32_t i = 0; i < f->n; i++) {
        uint64_t number = column_get(column, f->doc[i]);

        if (number > v->most)
            f->segment->damaged = true;
        else
            v->count[number]++;
    }
    return true;
}

/* What was counted of sets, as counts of values: NULL when out of memory. */
static uint32_t *
count_of_sets(struct values_task *v, struct search *s)
{
    uint32_t *count =
        arena_zero(s->plan.arena, v->values.n + 1, sizeof *count);
    struct segment *of = v->sets.segment;
    struct morgue_str set;
    uint64_t value;

    for (uint64_t i = 1; count && value_list_next(&v->sets, &set); i++)
        while (v->count[i] > 0 &&
               (value = set_next(of, &set, v->values.n)) > 0)
            count[value] += v->count[i];
    return count;
}

static bool
note(struct values_task *v, struct arena *arena, struct morgue_str value,
     uint64_t articles)
{
    size_t cap = v->cap ? 2 * v->cap : 64;
    struct value_count *more;

    if (v->n == v->cap) {
        more = arena_alloc(arena, cap * sizeof *more);
        if (!more)
            return false;
        if (v->n > 0)
            memcpy(more, v->found, v->n * sizeof *more);
        v->found = more;
        v->cap = cap;
    }
    v->found[v->n++] =
        (struct value_count){.value = value, .articles = articles};
    return true;
}

static bool
values_leave(struct task *t, struct search *s)
{
    struct values_task *v = (struct values_task *)t;
    struct morgue_str value;
    bool good = true;

    if (!v->count)
        return true;
    if (field_info[t->c->field].many)
        v->count = count_of_sets(v, s);
    if (!v->count)
        return false;
    for (uint64_t i = 1; good && value_list_next(&v->values, &value); i++)
        if (v->count[i] > 0)
            good = note(v, s->plan.arena, value, v->count[i]);
    return good;
}

static int
by_value(const void *a, const void *b)
{
    const struct value_count *x = a, *y = b;

    return str_compare(x->value, y->value);
}

/* Make one of what was counted of a value in several segments. */
static void
join_equals(struct values_task *v)
{
    size_t n = 0;

    if (v->n == 0)
        return;
    qsort(v->found, v->n, sizeof *v->found, by_value);
    for (size_t i = 1; i < v->n; i++) {
        if (!str_eq(v->found[i].value, v->found[n].value))
            v->found[++n] = v->found[i];
        else
            v->found[n].articles += v->found[i].articles;
    }
    v->n = n + 1;
}

static enum morgue_status
values_end(struct task *t, struct search *s, struct morgue_error *err)
{
    struct values_task *v = (struct values_task *)t;
    struct arena *arena = s->room->arena;
    struct value_count *out;

    join_equals(v);
    out = arena_zero(arena, v->n + 1, sizeof *out);
    for (size_t i = 0; out && i < v->n; i++) {
        out[i].articles = v->found[i].articles;
        if (!arena_str(arena, v->found[i].value, &out[i].value))
            return error_nomem(err);
    }
    t->c->value = out;
    t->c->n = v->n;
    return out ? MORGUE_OK : error_nomem(err);
}

const struct collecting collect_values = {.size = sizeof(struct values_task),
                                          .enter = values_enter,
                                          .take = values_take,
                                          .leave = values_leave,
                                          .end = values_end};
