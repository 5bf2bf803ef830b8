/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect_groups.c - the first of the articles that match for each value of a
 * field
 *
 * A value that a segment has gets its group when the first article with it is
 * found; the groups of all segments are in one table by their bytes.  An
 * article with several values goes to the group of each, one without any to
 * that of "".  Costs a heap of what is kept for each group, and, of fields
 * with several values, reading its set for each match.
 */
#include <stdlib.h>

#include "../../base/hash.h"
#include "../file/values.h"
#include "collect.h"

struct group {
    struct morgue_str value;
    uint64_t articles;
    struct topk topk;
};

struct groups_task {
    struct task base;
    struct group **group;
    size_t n, cap;
    uint32_t *cell; /* of a hash table, numbers of groups from 1; 0: free */
    size_t cells;
    /* of the segment at hand: */
    struct value_list values, sets;
    uint32_t *of_value; /* by a value's number, its group's; 0: none yet */
};

/* ---- the table ---------------------------------------------------------- */

static uint32_t *
cell_of(const struct groups_task *g, struct morgue_str value)
{
    size_t at = hash64(value.s, value.len) & (g->cells - 1);

    while (g->cell[at] && !str_eq(g->group[g->cell[at] - 1]->value, value))
        at = (at + 1) & (g->cells - 1);
    return &g->cell[at];
}

/* Room for one more group; cells for twice as many. */
static bool
grow(struct groups_task *g, struct arena *arena)
{
    size_t cap = g->cap ? 2 * g->cap : 64;
    struct group **more;

    if (g->n < g->cap)
        return true;
    more = arena_zero(arena, cap, sizeof *more);
    g->cell = arena_zero(arena, 2 * cap, sizeof *g->cell);
    if (!more || !g->cell || cap > UINT32_MAX / 2)
        return false;
    if (g->n > 0)
        memcpy(more, g->group, g->n * sizeof *more);
    g->group = more;
    g->cap = cap;
    g->cells = 2 * cap;
    for (size_t i = 0; i < g->n; i++)
        *cell_of(g, more[i]->value) = (uint32_t)i + 1;
    return true;
}

/* The number of the value's group, from 1; 0 when out of memory. */
static uint32_t
group_of(struct groups_task *g, struct search *s, struct morgue_str value)
{
    const struct collector *c = g->base.c;
    struct group *new;
    uint32_t *cell;

    if (!grow(g, s->plan.arena))
        return 0;
    cell = cell_of(g, value);
    if (*cell)
        return *cell;
    new = arena_zero(s->plan.arena, 1, sizeof *new);
    if (!new)
        return 0;
    new->value = value;
    topk_init(&new->topk, s->plan.arena, s->plan.snapshot,
              sort_meant(s, c->sort), c->limit > 0 ? c->limit : 1);
    g->group[g->n++] = new;
    *cell = (uint32_t)g->n;
    return *cell;
}

/* ---- taking ------------------------------------------------------------- */

static bool
groups_enter(struct task *t, struct search *s, uint32_t segment)
{
    struct groups_task *g = (struct groups_task *)t;
    struct segment *of = s->plan.snapshot->segment[segment];

    value_list_open(&g->values, of, t->c->field, false);
    value_list_open(&g->sets, of, t->c->field, true);
    g->of_value =
        arena_zero(s->plan.arena, g->values.n + 1, sizeof *g->of_value);
    return g->of_value != NULL;
}

static bool
put(struct groups_task *g, struct search *s, uint64_t number, struct top new)
{
    struct segment *of = g->values.segment;
    struct morgue_str value = STR("");
    struct group *group;

    if (number > g->values.n) {
        of->damaged = true;
        return true;
    }
    if (g->of_value[number] == 0) {
        if (number > 0 && (!value_list_seek(&g->values, number) ||
                           !value_list_next(&g->values, &value)))
            return true;
        g->of_value[number] = group_of(g, s, value);
        if (g->of_value[number] == 0)
            return false;
    }
    group = g->group[g->of_value[number] - 1];
    group->articles++;
    topk_offer(&group->topk, new);
    return !group->topk.nomem;
}

/* The article has each value of a set. */
static bool
put_set(struct groups_task *g, struct search *s, uint64_t number,
        struct top new)
{
    struct segment *of = g->values.segment;
    struct morgue_str set;
    uint64_t value;
    bool good = true;

    if (number == 0)
        return put(g, s, 0, new);
    if (!value_list_seek(&g->sets, number) || !value_list_next(&g->sets, &set))
        return true;
    while (good && (value = set_next(of, &set, g->values.n)) > 0)
        good = put(g, s, value, new);
    return good;
}

static bool
groups_take(struct task *t, struct search *s, const struct found *f)
{
    struct groups_task *g = (struct groups_task *)t;
    enum segment_column c = column_of_field(t->c->field);
    const struct column *column = &f->segment->column[c];
    bool many = field_info[t->c->field].many, good = true;

    if (!segment_touch_column(f->segment, c, f->doc[0], f->doc[f->n - 1] + 1))
        return true;
    for (uint32_t i = 0; good && i < f->n; i++) {
        uint64_t number = column_get(column, f->doc[i]);
        struct top new = {.score = f->score ? f->score[i] : 0,
                          .segment = f->number,
                          .doc = f->doc[i]};

        good = many ? put_set(g, s, number, new) : put(g, s, number, new);
    }
    return good;
}

/* ---- the end ------------------------------------------------------------ */

/* By their first hits; by value, where an article is the first of several. */
static int
by_first(const void *a, const void *b)
{
    const struct group *x = *(struct group *const *)a;
    const struct group *y = *(struct group *const *)b;

    if (topk_before(&x->topk, x->topk.top, y->topk.top))
        return -1;
    if (topk_before(&x->topk, y->topk.top, x->topk.top))
        return 1;
    return str_compare(x->value, y->value);
}

/* All hits of the groups that are answered, in one array, with their scores;
 * NULL when out of memory. */
static struct engine_hit *
all_hits(struct groups_task *g, struct search *s, size_t groups)
{
    size_t limit = g->base.c->limit, n = 0, at = 0;
    struct top *all;

    for (size_t i = 0; i < groups; i++)
        n += g->group[i]->topk.n < limit ? g->group[i]->topk.n : limit;
    all = arena_zero(s->plan.arena, n + 1, sizeof *all);
    for (size_t i = 0; all && i < groups; i++)
        for (size_t k = 0; k < g->group[i]->topk.n && k < limit; k++)
            all[at++] = g->group[i]->topk.top[k];
    if (!all)
        return NULL;
    return hits_of_tops(s, g->base.c->sort, all, n);
}

static enum morgue_status
groups_end(struct task *t, struct search *s, struct morgue_error *err)
{
    struct groups_task *g = (struct groups_task *)t;
    size_t n = g->n < t->c->groups ? g->n : t->c->groups;
    struct engine_group *out = arena_zero(s->room->arena, n + 1, sizeof *out);
    struct engine_hit *hit;

    for (size_t i = 0; i < g->n; i++)
        topk_sort(&g->group[i]->topk);
    if (g->n > 1)
        qsort(g->group, g->n, sizeof(struct group *), by_first);
    hit = all_hits(g, s, n);
    if (!out || !hit)
        return error_nomem(err);
    for (size_t i = 0; i < n; i++) {
        const struct group *from = g->group[i];

        out[i].articles = from->articles;
        out[i].hit = hit;
        out[i].n = from->topk.n < t->c->limit ? from->topk.n : t->c->limit;
        hit += out[i].n;
        if (!arena_str(s->room->arena, from->value, &out[i].value))
            return error_nomem(err);
    }
    t->c->group = out;
    t->c->n = n;
    return MORGUE_OK;
}

const struct collecting collect_groups = {.size = sizeof(struct groups_task),
                                          .enter = groups_enter,
                                          .take = groups_take,
                                          .end = groups_end};
