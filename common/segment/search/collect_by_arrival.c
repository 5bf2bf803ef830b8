/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect_by_arrival.c - the first of the articles that match, in the order in
 * which they came into the archive, or the other way round
 *
 * Numbers go by date, so that articles may come in the worst order, each
 * before all so far; a heap would then move each one through all its levels.
 * Here what may be among the first k goes into an array of twice as many, of
 * which the first k are kept whenever it is full: some nanoseconds an article.
 */
#include <stdlib.h>

#include "collect.h"

struct arrived {
    uint64_t key; /* less: earlier in the order */
    uint32_t segment, doc;
};

struct arrival_task {
    struct task base;
    struct arrived *kept;
    size_t n, cap, k;
    uint64_t after, most; /* only after < key <= most is of use, */
    bool behind;          /* and without `behind`, any <= most */
    uint64_t total;
};

static uint64_t
key_of(const struct task *t, uint64_t arrival)
{
    return t->c->sort == MORGUE_SORT_LATEST ? UINT64_MAX - arrival : arrival;
}

static bool
arrival_begin(struct task *t, struct search *s)
{
    struct arrival_task *a = (struct arrival_task *)t;
    const struct snapshot *snap = s->plan.snapshot;
    size_t k = first_k(t->c);
    struct top after;

    a->k = k < snap->docs ? k : (size_t)snap->docs;
    a->most = UINT64_MAX;
    a->behind = t->c->after != NULL;
    if (t->c->after) {
        after = top_of_hit(t->c->after);
        a->after = key_of(t, segment_value(snap->segment[after.segment],
                                           COLUMN_ARRIVAL, after.doc));
    }
    return true;
}

/* ---- the first k -------------------------------------------------------- */

/* Put the k first of the array, which has more, in front (Hoare's select). */
static void
select_first(struct arrived *at, size_t n, size_t k)
{
    size_t lo = 0, hi = n - 1;

    while (lo < hi) {
        uint64_t pivot = at[lo + (hi - lo) / 2].key;
        size_t i = lo, j = hi;

        for (;;) {
            struct arrived swap;

            while (at[i].key < pivot)
                i++;
            while (at[j].key > pivot)
                j--;
            if (i >= j)
                break;
            swap = at[i];
            at[i++] = at[j];
            at[j--] = swap;
        }
        if (k <= j)
            hi = j;
        else
            lo = j + 1;
    }
}

static bool
grow(struct arrival_task *a, struct arena *arena)
{
    size_t cap = a->cap < 32 ? 64 : 2 * a->cap;
    struct arrived *more;

    if (cap > 2 * a->k)
        cap = 2 * a->k;
    more = arena_zero(arena, cap, sizeof *more);
    if (!more)
        return false;
    if (a->n > 0)
        memcpy(more, a->kept, a->n * sizeof *more);
    a->kept = more;
    a->cap = cap;
    return true;
}

/* Room for one more. */
static bool
make_room(struct arrival_task *a, struct arena *arena)
{
    if (a->cap < 2 * a->k)
        return grow(a, arena);
    select_first(a->kept, a->n, a->k - 1);
    a->n = a->k;
    a->most = a->kept[a->k - 1].key;
    return true;
}

static bool
arrival_take(struct task *t, struct search *s, const struct found *f)
{
    struct arrival_task *a = (struct arrival_task *)t;
    const struct column *column = &f->segment->column[COLUMN_ARRIVAL];

    a->total += f->n;
    if (a->k == 0 || !segment_touch_column(f->segment, COLUMN_ARRIVAL,
                                           f->doc[0], f->doc[f->n - 1] + 1))
        return true;
    for (uint32_t i = 0; i < f->n; i++) {
        uint64_t key = key_of(t, column_get(column, f->doc[i]));

        if (key > a->most || (a->behind && key <= a->after))
            continue;
        if (a->n == a->cap && !make_room(a, s->plan.arena))
            return false;
        a->kept[a->n++] = (struct arrived){
            .key = key, .segment = f->number, .doc = f->doc[i]};
    }
    return true;
}

/* ---- the end ------------------------------------------------------------ */

static int
by_key(const void *a, const void *b)
{
    const struct arrived *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

static enum morgue_status
arrival_end(struct task *t, struct search *s, struct morgue_error *err)
{
    struct arrival_task *a = (struct arrival_task *)t;
    size_t n, from;
    struct top *top;

    if (a->n > 0)
        qsort(a->kept, a->n, sizeof *a->kept, by_key);
    n = a->n < a->k ? a->n : a->k;
    from = t->c->offset < n ? t->c->offset : n;
    n -= from;
    top = arena_zero(s->plan.arena, n + 1, sizeof *top);
    if (!top)
        return error_nomem(err);
    for (size_t i = 0; i < n; i++)
        top[i] = (struct top){.segment = a->kept[from + i].segment,
                              .doc = a->kept[from + i].doc};
    t->c->hits =
        (struct engine_hits){.hit = hits_of_tops(s, t->c->sort, top, n),
                             .n = n,
                             .total = a->total,
                             .exact = !stop_seen(s->room->stop)};
    return t->c->hits.hit ? MORGUE_OK : error_nomem(err);
}

const struct collecting collect_by_arrival = {.size =
                                                  sizeof(struct arrival_task),
                                              .begin = arrival_begin,
                                              .take = arrival_take,
                                              .end = arrival_end};
