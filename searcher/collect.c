/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect.c - what is made of all articles that match, in rows
 */
#include "collect.h"

#include <stdlib.h>

#include "../common/base/sized.h"
#include "request.h"

/* ---- asking ------------------------------------------------------------- */

static enum morgue_status
check(const struct morgue_collect *c, enum morgue_sort sort,
      struct morgue_error *err)
{
    if ((unsigned)c->kind > MORGUE_COLLECT_GROUPS)
        return error_set(err, MORGUE_USAGE, "nothing %d can be collected",
                         (int)c->kind);
    if ((unsigned)c->unit > MORGUE_UNIT_YEAR)
        return error_set(err, MORGUE_USAGE, "there is no unit %d",
                         (int)c->unit);
    if (c->each > EACH_MAX)
        return error_set(err, MORGUE_USAGE,
                         "at most %d hits of a group can be returned",
                         EACH_MAX);
    if (c->kind != MORGUE_COLLECT_PERIODS && !c->field)
        return error_null(err, "field");
    if (c->kind == MORGUE_COLLECT_GROUPS && sort == MORGUE_SORT_ID)
        return error_set(err, MORGUE_USAGE,
                         "groups cannot be in the order of ids");
    return MORGUE_OK;
}

static enum morgue_status
ask_one(struct collector *out, const struct morgue_collect *c,
        enum morgue_sort sort, struct morgue_error *err)
{
    static const enum collect kinds[] = {
        [MORGUE_COLLECT_VALUES] = COLLECT_VALUES,
        [MORGUE_COLLECT_PERIODS] = COLLECT_PERIODS,
        [MORGUE_COLLECT_GROUPS] = COLLECT_GROUPS};
    static const enum date_unit units[] = {[MORGUE_UNIT_DAY] = UNIT_DAY,
                                           [MORGUE_UNIT_MONTH] = UNIT_MONTH,
                                           [MORGUE_UNIT_YEAR] = UNIT_YEAR};
    const struct field_info *field;
    enum morgue_status st = check(c, sort, err);

    if (st)
        return st;
    *out = (struct collector){.kind = kinds[c->kind],
                              .unit = units[c->unit],
                              .sort = sort,
                              .limit = c->each,
                              .groups = c->limit > 0 ? c->limit : SIZE_MAX};
    if (c->kind == MORGUE_COLLECT_PERIODS)
        return MORGUE_OK;
    field = request_field(c->field, err);
    if (!field)
        return MORGUE_USAGE;
    out->field = (enum field)(field - field_info);
    return MORGUE_OK;
}

enum morgue_status
collect_ask(struct collector **out, struct collected *rows,
            struct arena *arena, const struct morgue_search_options *o,
            struct morgue_error *err)
{
    const char *at = (const char *)o->collect;
    struct collector *c = arena_zero(arena, o->collect_n + 1, sizeof *c);
    enum morgue_status st = MORGUE_OK;
    size_t size = 0;

    *out = c;
    rows->n = o->collect_n;
    rows->rows = arena_zero(arena, rows->n + 1, sizeof *rows->rows);
    if (!c || !rows->rows)
        return error_nomem(err);
    c->kind = COLLECT_FIRST;
    c->sort = o->sort;
    c->offset = o->offset;
    c->limit = o->limit;
    if (rows->n > 0)
        memcpy(&size, at, sizeof size);
    for (size_t i = 0; !st && i < rows->n; i++) {
        struct morgue_collect *one = &rows->rows[i].asked;

        *one = (struct morgue_collect)MORGUE_COLLECT_INIT;
        st = sized_in(one, at, &sized_collect, err);
        if (!st && memcmp(&size, at, sizeof size) != 0)
            st = error_set(err, MORGUE_USAGE,
                           "what is to be collected has several sizes");
        if (!st)
            st = ask_one(&c[i + 1], one, o->sort, err);
        at += size;
    }
    return st;
}

/* ---- answers ------------------------------------------------------------ */

static int
by_articles(const void *a, const void *b)
{
    const struct value_count *x = a, *y = b;

    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    return str_compare(x->value, y->value);
}

void
collect_sort(struct value_count *value, size_t n)
{
    if (n > 1)
        qsort(value, n, sizeof *value, by_articles);
}

static enum morgue_status
row_of_group(struct row *out, const struct engine_group *g, struct fetching *f,
             struct morgue_error *err)
{
    enum morgue_status st = hits_fetch(&out->hits, f, g->hit, g->n, 1, err);

    out->row.value = g->value;
    out->row.articles = g->articles;
    out->row.hits = out->hits.n;
    return st;
}

static void
row_of_period(struct row *out, const struct period_count *p,
              enum date_unit unit)
{
    out->row.period = (struct morgue_date){
        .seconds = p->begin, .precision = date_unit_precision(unit)};
    out->row.articles = p->articles;
}

static enum morgue_status
take_one(struct rows *rows, struct collector *c, struct fetching *f,
         struct morgue_error *err)
{
    size_t limit = rows->asked.limit, n = c->n;
    enum morgue_status st = MORGUE_OK;

    if (limit > 0 && limit < n)
        n = limit;
    rows->answer.rows = n;
    rows->answer.undated = c->undated;
    rows->answer.imprecise = c->imprecise;
    rows->row = arena_zero(f->arena, n + 1, sizeof *rows->row);
    if (!rows->row)
        return error_nomem(err);
    if (c->kind == COLLECT_VALUES)
        collect_sort(c->value, c->n);
    for (size_t i = 0; !st && i < n; i++) {
        struct row *row = &rows->row[i];

        if (c->kind == COLLECT_GROUPS) {
            st = row_of_group(row, &c->group[i], f, err);
        } else if (c->kind == COLLECT_PERIODS) {
            row_of_period(row, &c->period[i], c->unit);
        } else {
            row->row.value = c->value[i].value;
            row->row.articles = c->value[i].articles;
        }
    }
    return st;
}

enum morgue_status
collect_take(struct collected *rows, struct collector *c, struct fetching *f,
             struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; !st && i < rows->n; i++)
        st = take_one(&rows->rows[i], &c[i], f, err);
    return st;
}

/* ---- handing out -------------------------------------------------------- */

bool
collected_get(const struct collected *rows, size_t c,
              struct morgue_collected *out)
{
    return c < rows->n && sized_out(out, &rows->rows[c].answer,
                                    &sized_collected, NULL) == MORGUE_OK;
}

static const struct row *
row_at(const struct collected *rows, size_t c, size_t i)
{
    if (c >= rows->n || i >= rows->rows[c].answer.rows)
        return NULL;
    return &rows->rows[c].row[i];
}

bool
collected_row(const struct collected *rows, size_t c, size_t i,
              struct morgue_row *out)
{
    const struct row *row = row_at(rows, c, i);

    return row && sized_out(out, &row->row, &sized_row, NULL) == MORGUE_OK;
}

bool
collected_hit(const struct collected *rows, size_t c, size_t i, size_t k,
              struct morgue_hit *out)
{
    const struct row *row = row_at(rows, c, i);

    return row && k < row->hits.n &&
           sized_out(out, &row->hits.hit[k].hit, &sized_hit, NULL) ==
               MORGUE_OK;
}
