/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topk.c - the first k of the articles that are offered
 */
#include "topk.h"

bool
topk_init(struct topk *t, struct arena *arena, const struct snapshot *s,
          enum morgue_sort sort, size_t k)
{
    *t = (struct topk){.snapshot = s, .sort = sort};
    if (k > s->docs)
        k = (size_t)s->docs;
    t->k = k;
    if (k >= SIZE_MAX / sizeof *t->top)
        return false;
    t->top = arena_alloc(arena, (k + 1) * sizeof *t->top);
    return t->top != NULL;
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

bool
topk_before(const struct topk *t, const struct top *a, const struct top *b)
{
    bool newest = t->sort != MORGUE_SORT_OLDEST;

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

bool
topk_offer(struct topk *t, struct top new)
{
    if (t->n < t->k) {
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
