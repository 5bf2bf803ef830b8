/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topk.c - the first k of the articles that are offered
 */
#include "topk.h"

void
topk_init(struct topk *t, struct arena *arena, const struct snapshot *s,
          enum morgue_sort sort, size_t k)
{
    *t = (struct topk){.snapshot = s, .sort = sort, .arena = arena};
    t->k = k < s->docs ? k : (size_t)s->docs;
}

/* ---- order -------------------------------------------------------------- */

static bool
dated(const struct topk *t, const struct top *a)
{
    return a->doc < t->snapshot->segment[a->segment]->dated;
}

static uint64_t
value(const struct topk *t, enum segment_column c, const struct top *a)
{
    return segment_value(t->snapshot->segment[a->segment], c, a->doc);
}

/* By date, equal ones and none by arrival, none last. */
static bool
by_date(const struct topk *t, const struct top *a, const struct top *b,
        bool newest)
{
    if (dated(t, a) != dated(t, b))
        return dated(t, a);
    if (dated(t, a)) {
        uint64_t x = value(t, COLUMN_DATE, a), y = value(t, COLUMN_DATE, b);

        if (x != y)
            return newest ? x > y : x < y;
    }
    if (a->segment == b->segment)
        return a->doc < b->doc;
    return value(t, COLUMN_ARRIVAL, a) < value(t, COLUMN_ARRIVAL, b);
}

/* Each arrival is there once. */
static bool
by_arrival(const struct topk *t, const struct top *a, const struct top *b)
{
    uint64_t x = value(t, COLUMN_ARRIVAL, a), y = value(t, COLUMN_ARRIVAL, b);

    return t->sort == MORGUE_SORT_LATEST ? x > y : x < y;
}

bool
topk_before(const struct topk *t, const struct top *a, const struct top *b)
{
    bool newest = t->sort != MORGUE_SORT_OLDEST;

    if (t->sort >= MORGUE_SORT_ARRIVAL)
        return by_arrival(t, a, b);
    if (t->sort == MORGUE_SORT_RELEVANCE && a->score != b->score)
        return a->score > b->score;
    if (newest && a->segment == b->segment)
        return a->doc < b->doc;
    return by_date(t, a, b, newest);
}

/* ---- the heap ----------------------------------------------------------- */

/* Let `new` sink from `at` among the first n. */
static void
sink(struct topk *t, size_t at, size_t n, struct top new)
{
    for (;;) {
        size_t c = 2 * at + 1;

        if (c >= n)
            break;
        if (c + 1 < n && topk_before(t, &t->top[c], &t->top[c + 1]))
            c++;
        if (!topk_before(t, &new, &t->top[c]))
            break;
        t->top[at] = t->top[c];
        at = c;
    }
    t->top[at] = new;
}

/* Room for one more. */
static bool
grow(struct topk *t)
{
    size_t cap = t->cap < 8 ? 16 : 2 * t->cap;
    struct top *more;

    if (cap > t->k)
        cap = t->k;
    more = cap < SIZE_MAX / sizeof *more
               ? arena_alloc(t->arena, cap * sizeof *more)
               : NULL;
    t->nomem |= !more;
    if (!more)
        return false;
    if (t->n > 0)
        memcpy(more, t->top, t->n * sizeof *more);
    t->top = more;
    t->cap = cap;
    return true;
}

bool
topk_offer(struct topk *t, struct top new)
{
    if (t->n < t->k) {
        if (t->n == t->cap && !grow(t))
            return false;
        size_t at = t->n++;

        for (; at > 0 && topk_before(t, &t->top[(at - 1) / 2], &new);
             at = (at - 1) / 2)
            t->top[at] = t->top[(at - 1) / 2];
        t->top[at] = new;
        return true;
    }
    if (t->k == 0 || !topk_before(t, &new, &t->top[0]))
        return false;
    sink(t, 0, t->n, new);
    return true;
}

void
topk_sort(struct topk *t)
{
    for (size_t n = t->n; n-- > 1;) {
        struct top last = t->top[n];

        t->top[n] = t->top[0];
        sink(t, 0, n, last);
    }
}
