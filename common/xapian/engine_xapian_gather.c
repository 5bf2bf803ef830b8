/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_gather.c - what collectors keep of the documents that match
 *
 * FIRST keeps a heap of offset + limit documents, GROUPS one of its limit for
 * each value, VALUES a number for each different field as it is stored, which
 * may be several values, and PERIODS one for each day of six centuries.  The
 * dates, values and ids are in slots of the document (engine_xapian.h).
 */
#include "engine_xapian_collect.h"

#include <stdlib.h>

#include "../article/date.h"
#include "../base/hash.h"
#include "engine_xapian_query.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

/* Days by any clock that dates may be of. */
static const int64_t day_min = -135140 - 2, day_max = 84371 + 2;

static int64_t
day_of(int64_t seconds)
{
    return seconds >= 0 ? seconds / DAY_SECONDS
                        : -((DAY_SECONDS - 1 - seconds) / DAY_SECONDS);
}

/* ---- slots -------------------------------------------------------------- */

static enum xc_status
read_slot(struct morgue_str *out, xc_doc *doc, uint32_t slot,
          struct xc_error *xerr)
{
    return xc_doc_value(&out->s, &out->len, doc, slot, xerr);
}

/* The number that date_key wrote; 0 where there is none. */
static uint64_t
number_of_key(struct morgue_str key)
{
    uint64_t n = 0;

    for (size_t i = 0; key.len == DATE_KEY && i < DATE_KEY; i++)
        n = n << 8 | (unsigned char)key.s[i];
    return n;
}

static int64_t
seconds_of_key(struct morgue_str key)
{
    return (int64_t)(number_of_key(key) ^ (uint64_t)1 << 63);
}

/* ---- the first ones ----------------------------------------------------- */

/* Whether one comes before another. */
static bool
comes_before(const struct ranked *a, const struct ranked *b)
{
    int order;

    if (a->by_score > b->by_score || a->by_score < b->by_score)
        return a->by_score > b->by_score;
    order = str_compare(a->id, b->id);
    if (order != 0)
        return order < 0;
    if (a->key != b->key)
        return a->key > b->key;
    return a->number < b->number;
}

static int
by_rank(const void *a, const void *b)
{
    return comes_before(a, b) ? -1 : comes_before(b, a);
}

/* What a document is ordered by; the bytes of an id are lent by it. */
static enum xc_status
rank(struct ranked *out, enum morgue_sort sort, uint32_t number, double score,
     xc_doc *doc, struct xc_error *xerr)
{
    struct morgue_str value = STR("");
    enum xc_status xst = XC_OK;

    *out = (struct ranked){.number = number, .score = score, .id = STR("")};
    switch (sort) {
    case MORGUE_SORT_RELEVANCE:
        out->by_score = score;
        xst = read_slot(&value, doc, SLOT_NEWEST, xerr);
        break;
    case MORGUE_SORT_NEWEST:
        xst = read_slot(&value, doc, SLOT_NEWEST, xerr);
        break;
    case MORGUE_SORT_OLDEST:
        xst = read_slot(&value, doc, SLOT_OLDEST, xerr);
        break;
    case MORGUE_SORT_LATEST:
        out->key = number;
        return XC_OK;
    case MORGUE_SORT_ID:
        return read_slot(&out->id, doc, SLOT_ID, xerr);
    case MORGUE_SORT_ARRIVAL:
        return XC_OK;
    }
    out->key = number_of_key(value);
    return xst;
}

/* Let a place of the heap hold its own copy of the id. */
static bool
keep_id(struct ranked *place, struct ranked new, struct arena *arena)
{
    enum { STEP = 32 };

    new.room = place->room;
    new.room_len = place->room_len;
    if (new.id.len > new.room_len) {
        uint32_t steps = (uint32_t)(new.id.len + STEP - 1) / STEP;

        new.room_len = STEP *steps;
        new.room = arena_alloc(arena, new.room_len);
        if (!new.room)
            return false;
    }
    if (new.id.len > 0) {
        memcpy(new.room, new.id.s, new.id.len);
        new.id.s = new.room;
    }
    *place = new;
    return true;
}

static void
swap(struct ranked *a, struct ranked *b)
{
    struct ranked was = *a;

    *a = *b;
    *b = was;
}

static void
sift_up(struct ranked *v, size_t i)
{
    for (; i > 0 && comes_before(&v[(i - 1) / 2], &v[i]); i = (i - 1) / 2)
        swap(&v[i], &v[(i - 1) / 2]);
}

static void
sift_down(struct ranked *v, size_t n)
{
    for (size_t i = 0, child = 1; child < n; child = 2 * i + 1) {
        child += child + 1 < n && comes_before(&v[child], &v[child + 1]);
        if (!comes_before(&v[i], &v[child]))
            return;
        swap(&v[i], &v[child]);
        i = child;
    }
}

static bool
grow_top(struct gathered_hit *top)
{
    size_t cap = top->cap ? 2 * top->cap : 16;
    struct ranked *more;

    if (top->n < top->cap)
        return true;
    more = realloc(top->v, cap * sizeof *more);
    if (!more)
        return false;
    memset(more + top->cap, 0, (cap - top->cap) * sizeof *more);
    top->v = more;
    top->cap = cap;
    return true;
}

/* Whether no document with that score and those that follow can be one of the
 * first, so that nothing has to be read of it. */
static bool
is_over(const struct gathered_hit *top, double score)
{
    if (top->n < top->limit)
        return false;
    return top->limit == 0 || top->sort == MORGUE_SORT_ARRIVAL ||
           (top->sort == MORGUE_SORT_RELEVANCE && score < top->v[0].by_score);
}

static enum xc_status
top_take(struct gathered_hit *top, struct arena *arena, uint32_t number,
         double score, xc_doc *doc, struct xc_error *xerr)
{
    struct ranked new;
    enum xc_status xst;

    if (is_over(top, score))
        return XC_OK;
    xst = rank(&new, top->sort, number, score, doc, xerr);
    if (xst || (top->after && !comes_before(top->after, &new)))
        return xst;
    if (top->n < top->limit) {
        if (!grow_top(top) || !keep_id(&top->v[top->n], new, arena))
            return xe_nomem(xerr);
        sift_up(top->v, top->n++);
    } else if (comes_before(&new, &top->v[0])) {
        if (!keep_id(&top->v[0], new, arena))
            return xe_nomem(xerr);
        sift_down(top->v, top->n);
    }
    return XC_OK;
}

static void
top_sort(struct gathered_hit *top)
{
    if (top->n > 1)
        qsort(top->v, top->n, sizeof *top->v, by_rank);
}

/* Hits from `from` on, at most `limit`; NULL when out of memory. */
static struct engine_hit *
top_hits(size_t *n, const struct gathered_hit *top, size_t from, size_t limit,
         struct arena *answer)
{
    size_t left = from < top->n ? top->n - from : 0;
    struct engine_hit *hit;

    *n = left < limit ? left : limit;
    hit = arena_zero(answer, *n + 1, sizeof *hit);
    for (size_t i = 0; hit && i < *n; i++)
        hit[i] = (struct engine_hit){.number = top->v[from + i].number,
                                     .score = top->v[from + i].score};
    return hit;
}

/* ---- values ------------------------------------------------------------- */

static uint32_t *
cell_of(const struct gathered_values *t, struct morgue_str value,
        uint64_t hash)
{
    size_t at = hash & (t->cells - 1);

    while (t->cell[at] && (t->v[t->cell[at] - 1].hash != hash ||
                           !str_eq(t->v[t->cell[at] - 1].value, value)))
        at = (at + 1) & (t->cells - 1);
    return &t->cell[at];
}

/* Room for one more value, and cells for twice as many. */
static bool
grow_table(struct gathered_values *t)
{
    size_t cap = t->cap ? 2 * t->cap : 64;
    struct valued *more;
    uint32_t *cell;

    if (t->n < t->cap)
        return true;
    more = realloc(t->v, cap * sizeof *more);
    if (more)
        t->v = more;
    cell = calloc(2 * cap, sizeof *cell);
    if (!more || !cell || cap > UINT32_MAX / 2) {
        free(cell);
        return false;
    }
    free(t->cell);
    t->cell = cell;
    t->cap = cap;
    t->cells = 2 * cap;
    for (size_t i = 0; i < t->n; i++)
        *cell_of(t, more[i].value, more[i].hash) = (uint32_t)i + 1;
    return true;
}

/* The value in the table, put there if it is new; NULL when out of memory. */
static struct valued *
table_put(struct gathered_values *t, struct arena *arena,
          struct morgue_str value)
{
    uint64_t hash = hash64(value.s, value.len);
    uint32_t *cell;

    if (!grow_table(t))
        return NULL;
    cell = cell_of(t, value, hash);
    if (*cell)
        return &t->v[*cell - 1];
    t->v[t->n] = (struct valued){.hash = hash};
    if (!arena_str(arena, value, &t->v[t->n].value))
        return NULL;
    *cell = (uint32_t)++t->n;
    return &t->v[t->n - 1];
}

static void
table_free(struct gathered_values *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->v[i].top.v);
    free(t->v);
    free(t->cell);
    *t = (struct gathered_values){0};
}

/* The next value of a field, each once: of equal lines the first. */
static bool
next_value(struct morgue_str field, struct morgue_str *rest,
           struct morgue_str *value)
{
    while (str_line(rest, value)) {
        struct morgue_str before =
            str_slice(field.s, (size_t)(value->s - field.s));
        struct morgue_str line;
        bool seen = value->len == 0;

        while (!seen && str_line(&before, &line))
            seen = str_eq(line, *value);
        if (!seen)
            return true;
    }
    return false;
}

static int
by_value(const void *a, const void *b)
{
    const struct valued *x = a, *y = b;

    return str_compare(x->value, y->value);
}

/* The values of fields as they are stored. */
static bool
split_fields(struct gathered_values *out, const struct gathered_values *fields,
             struct arena *arena)
{
    for (size_t i = 0; i < fields->n; i++) {
        struct morgue_str rest = fields->v[i].value, value;

        while (next_value(fields->v[i].value, &rest, &value)) {
            struct valued *v = table_put(out, arena, value);

            if (!v)
                return false;
            v->documents += fields->v[i].documents;
        }
    }
    return true;
}

static bool
values_end(struct gatherer *g, struct arena *answer)
{
    struct gathered_values t = {0};
    struct collector *c = g->c;
    bool good = split_fields(&t, &g->table, g->arena);

    if (good && t.n > 1)
        qsort(t.v, t.n, sizeof *t.v, by_value);
    c->value = good ? arena_zero(answer, t.n + 1, sizeof *c->value) : NULL;
    good = c->value != NULL;
    for (size_t i = 0; good && i < t.n; i++) {
        c->value[i].articles = t.v[i].documents;
        good = arena_str(answer, t.v[i].value, &c->value[i].value);
    }
    c->n = good ? t.n : 0;
    table_free(&t);
    return good;
}

/* The values of the collector's field. */
static enum xc_status
read_field(struct morgue_str *out, const struct gatherer *g, xc_doc *doc,
           struct xc_error *xerr)
{
    return read_slot(out, doc, SLOT_VALUES + (g->c->field - FIELD_VALUES),
                     xerr);
}

static enum xc_status
values_take(struct gatherer *g, xc_doc *doc, struct xc_error *xerr)
{
    struct morgue_str field = STR("");
    struct valued *v;
    enum xc_status xst = read_field(&field, g, doc, xerr);

    if (xst || field.len == 0)
        return xst;
    v = table_put(&g->table, g->arena, field);
    if (!v)
        return xe_nomem(xerr);
    v->documents++;
    return XC_OK;
}

/* ---- groups ------------------------------------------------------------- */

static enum xc_status
group_take(struct gatherer *g, struct morgue_str value, uint32_t number,
           double score, xc_doc *doc, struct xc_error *xerr)
{
    struct valued *v = table_put(&g->table, g->arena, value);

    if (!v)
        return xe_nomem(xerr);
    if (v->documents++ == 0) {
        v->top.sort = g->c->sort;
        v->top.limit = g->c->limit > 0 ? g->c->limit : 1;
    }
    return top_take(&v->top, g->arena, number, score, doc, xerr);
}

static enum xc_status
groups_take(struct gatherer *g, uint32_t number, double score, xc_doc *doc,
            struct xc_error *xerr)
{
    struct morgue_str lent = STR(""), field, rest, value;
    bool any = false;
    enum xc_status xst = read_field(&lent, g, doc, xerr);

    if (xst)
        return xst;
    buf_reset(&g->lent); /* it is lent until the date is read */
    buf_str(&g->lent, lent);
    if (buf_status(&g->lent, NULL))
        return xe_nomem(xerr);
    rest = field = str_slice(g->lent.data, g->lent.len);
    while (!xst && next_value(field, &rest, &value)) {
        any = true;
        xst = group_take(g, value, number, score, doc, xerr);
    }
    if (!xst && !any)
        xst = group_take(g, STR(""), number, score, doc, xerr);
    return xst;
}

/* By their first hits; by value, where one document is that of several. */
static int
by_first(const void *a, const void *b)
{
    const struct valued *x = a, *y = b;
    int order = by_rank(x->top.v, y->top.v);

    return order != 0 ? order : str_compare(x->value, y->value);
}

static bool
groups_end(struct gatherer *g, struct arena *answer)
{
    struct gathered_values *t = &g->table;
    struct collector *c = g->c;

    c->n = t->n < c->groups ? t->n : c->groups;
    for (size_t i = 0; i < t->n; i++)
        top_sort(&t->v[i].top);
    if (t->n > 1)
        qsort(t->v, t->n, sizeof *t->v, by_first);
    c->group = arena_zero(answer, c->n + 1, sizeof *c->group);
    for (size_t i = 0; c->group && i < c->n; i++) {
        c->group[i].articles = t->v[i].documents;
        c->group[i].hit =
            top_hits(&c->group[i].n, &t->v[i].top, 0, c->limit, answer);
        if (!c->group[i].hit ||
            !arena_str(answer, t->v[i].value, &c->group[i].value))
            return false;
    }
    return c->group != NULL;
}

/* ---- periods ------------------------------------------------------------ */

/* The day, month or year that a time is in. */
static struct morgue_date
period_of(int64_t seconds, enum date_unit unit)
{
    return date_floor((struct morgue_date){
        .seconds = seconds, .precision = date_unit_precision(unit)});
}

static enum xc_status
periods_take(struct gatherer *g, xc_doc *doc, struct xc_error *xerr)
{
    struct morgue_str key = STR("");
    int64_t begins, day;
    enum xc_status xst = read_slot(&key, doc, SLOT_BEGINS, xerr);

    if (xst || key.len == 0) {
        g->c->undated += !xst;
        return xst;
    }
    begins = seconds_of_key(key);
    xst = read_slot(&key, doc, SLOT_ENDS, xerr);
    day = day_of(begins);
    if (xst)
        return xst;
    if (day < day_min || day > day_max ||
        seconds_of_key(key) >= date_end(period_of(begins, g->c->unit)))
        g->c->imprecise++;
    else
        g->day[day - day_min]++;
    return XC_OK;
}

static bool
periods_end(struct gatherer *g, struct arena *answer)
{
    struct collector *c = g->c;
    struct period_count *last = NULL;
    size_t n = 0, most = 0;

    for (int64_t i = 0; i <= day_max - day_min; i++)
        most += g->day[i] > 0;
    c->period = arena_zero(answer, most + 1, sizeof *c->period);
    for (int64_t i = 0; c->period && i <= day_max - day_min; i++) {
        int64_t begin;

        if (g->day[i] == 0)
            continue;
        begin = period_of((day_min + i) * DAY_SECONDS, c->unit).seconds;
        if (!last || last->begin != begin) {
            last = &c->period[n++];
            last->begin = begin;
        }
        last->articles += g->day[i];
    }
    c->n = n;
    return c->period != NULL;
}

/* ---- all of them -------------------------------------------------------- */

static enum xc_status
rank_after(struct gatherer *g, xc_db *db, struct xc_error *xerr)
{
    const struct engine_hit *after = g->c->after;
    struct ranked lent;
    xc_doc *doc = NULL;
    enum xc_status xst =
        xc_db_document(&doc, db, (uint32_t)after->number, xerr);

    if (!xst)
        xst = rank(&lent, g->c->sort, (uint32_t)after->number, after->score,
                   doc, xerr);
    if (!xst && !keep_id(&g->after, lent, g->arena))
        xst = xe_nomem(xerr);
    g->top.after = &g->after;
    xc_doc_free(doc);
    return xst;
}

enum xc_status
gatherer_begin(struct gatherer *g, struct collector *c, struct arena *arena,
               xc_db *db, struct xc_error *xerr)
{
    *g = (struct gatherer){.c = c, .arena = arena};
    buf_init(&g->lent, SIZE_MAX / 2);
    if (c->kind == COLLECT_PERIODS) {
        g->day = calloc((size_t)(day_max - day_min + 1), sizeof *g->day);
        return g->day ? XC_OK : xe_nomem(xerr);
    }
    if (c->kind != COLLECT_FIRST)
        return XC_OK;
    g->top.sort = c->sort;
    g->top.limit = first_k(c);
    return c->after ? rank_after(g, db, xerr) : XC_OK;
}

void
gatherer_free(struct gatherer *g)
{
    free(g->top.v);
    table_free(&g->table);
    buf_free(&g->lent);
    free(g->day);
}

enum xc_status
gatherer_take(struct gatherer *g, uint32_t id, double score, xc_doc *doc,
              struct xc_error *xerr)
{
    g->matches++;
    switch (g->c->kind) {
    case COLLECT_FIRST:
        return top_take(&g->top, g->arena, id, score, doc, xerr);
    case COLLECT_COUNT:
        return XC_OK;
    case COLLECT_VALUES:
        return values_take(g, doc, xerr);
    case COLLECT_PERIODS:
        return periods_take(g, doc, xerr);
    case COLLECT_GROUPS:
        return groups_take(g, id, score, doc, xerr);
    }
    return XC_OK;
}

bool
gatherer_end(struct gatherer *g, struct arena *answer)
{
    struct collector *c = g->c;

    switch (c->kind) {
    case COLLECT_FIRST:
        top_sort(&g->top);
        c->hits.total = g->matches;
        c->hits.hit =
            top_hits(&c->hits.n, &g->top, c->offset, c->limit, answer);
        return c->hits.hit != NULL;
    case COLLECT_COUNT:
        c->count = g->matches;
        return true;
    case COLLECT_VALUES:
        return values_end(g, answer);
    case COLLECT_PERIODS:
        return periods_end(g, answer);
    case COLLECT_GROUPS:
        return groups_end(g, answer);
    }
    return true;
}
