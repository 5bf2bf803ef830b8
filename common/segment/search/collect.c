/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect.c - one pass through the matches of a query, for all collectors
 *
 *   plan -> for each segment: windows of matches -> each collector -> answers
 *
 * A window costs a bitmap, made once for all of them, and an array of the
 * numbers in it; scores only where a collector wants them of all.
 */
#include "collect.h"

/* A pass: the tasks of all collectors. */
struct pass {
    struct search *s;
    struct task **task;
    size_t n;
    bool scored; /* some task wants scores */
    uint32_t doc[WINDOW];
    uint8_t hit[WINDOW];
    double score[WINDOW];
};

/* ---- the first k, and how many ------------------------------------------ */

struct first_task {
    struct task base;
    struct topk topk;
    bool behind; /* only what is behind `after` */
    struct top after;
    uint64_t total;
};

static bool
first_begin(struct task *t, struct search *s)
{
    struct first_task *f = (struct first_task *)t;

    f->behind = t->c->after != NULL;
    if (f->behind)
        f->after = top_of_hit(t->c->after);
    topk_init(&f->topk, s->plan.arena, s->plan.snapshot,
              sort_meant(s, t->c->sort), first_k(t->c));
    return true;
}

static bool
first_take(struct task *t, struct search *s, const struct found *found)
{
    struct first_task *f = (struct first_task *)t;

    (void)s;
    f->total += found->n;
    for (uint32_t i = 0; i < found->n; i++) {
        struct top new = {.score = found->score ? found->score[i] : 0,
                          .segment = found->number,
                          .doc = found->doc[i]};

        if (!f->behind || topk_before(&f->topk, &f->after, &new))
            topk_offer(&f->topk, new);
    }
    return !f->topk.nomem;
}

static enum morgue_status
first_end(struct task *t, struct search *s, struct morgue_error *err)
{
    struct first_task *f = (struct first_task *)t;
    struct topk *k = &f->topk;
    size_t from = t->c->offset < k->n ? t->c->offset : k->n;

    topk_sort(k);
    t->c->hits = (struct engine_hits){.n = k->n - from,
                                      .total = f->total,
                                      .exact = !stop_seen(s->room->stop)};
    t->c->hits.hit = hits_of_tops(s, k->sort, k->top + from, k->n - from);
    return t->c->hits.hit ? MORGUE_OK : error_nomem(err);
}

static const struct collecting collect_first = {.size =
                                                    sizeof(struct first_task),
                                                .begin = first_begin,
                                                .take = first_take,
                                                .end = first_end};

/* FIRST by score is answered beside the pass, by what skips; the pass counts
 * for it.  To score all that matches would cost more than all else. */
struct beside_task {
    struct task base;
    uint64_t total;
};

static bool
is_beside(const struct collector *c)
{
    return c->kind == COLLECT_FIRST && c->sort == MORGUE_SORT_RELEVANCE &&
           c->limit > 0 && !c->after;
}

static bool
beside_take(struct task *t, struct search *s, const struct found *found)
{
    struct beside_task *b = (struct beside_task *)t;

    (void)s;
    b->total += found->n;
    return true;
}

static enum morgue_status
beside_end(struct task *t, struct search *s, struct morgue_error *err)
{
    const struct beside_task *b = (const struct beside_task *)t;
    struct engine_hits *hits = &t->c->hits;

    (void)err;
    hits->total = b->total > hits->n ? b->total : hits->n;
    hits->exact = !stop_seen(s->room->stop);
    return MORGUE_OK;
}

static const struct collecting collect_beside = {
    .size = sizeof(struct beside_task),
    .take = beside_take,
    .end = beside_end};

static bool
count_take(struct task *t, struct search *s, const struct found *found)
{
    (void)s;
    t->c->count += found->n;
    return true;
}

static const struct collecting collect_count = {.size = sizeof(struct task),
                                                .take = count_take};

/* ---- the pass ----------------------------------------------------------- */

/* Whether articles have to be put in order for it. */
static bool
has_hits(const struct collector *c)
{
    return (c->kind == COLLECT_FIRST && c->limit > 0) ||
           c->kind == COLLECT_GROUPS;
}

static const struct collecting *
kind_of(const struct collector *c)
{
    switch (c->kind) {
    case COLLECT_FIRST:
        if (is_beside(c))
            return &collect_beside;
        return c->sort == MORGUE_SORT_ID        ? &collect_by_id
               : c->sort >= MORGUE_SORT_ARRIVAL ? &collect_by_arrival
                                                : &collect_first;
    case COLLECT_COUNT:
        return &collect_count;
    case COLLECT_VALUES:
        return &collect_values;
    case COLLECT_PERIODS:
        return &collect_periods;
    case COLLECT_GROUPS:
        break;
    }
    return &collect_groups;
}

static bool
begin(struct pass *p, struct collector *c, size_t n)
{
    p->task = arena_zero(p->s->plan.arena, n + 1, sizeof(struct task *));
    for (; p->task && p->n < n; p->n++, c++) {
        const struct collecting *kind = kind_of(c);
        struct task *t = arena_zero(p->s->plan.arena, 1, kind->size);

        if (!t)
            return false;
        p->task[p->n] = t;
        t->kind = kind;
        t->c = c;
        if (kind->begin && !kind->begin(t, p->s))
            return false;
        p->scored |= has_hits(c) && !is_beside(c) &&
                     sort_meant(p->s, c->sort) == MORGUE_SORT_RELEVANCE;
    }
    return p->task != NULL;
}

static uint32_t
drop_deleted(const struct segment *s, uint32_t *doc, uint32_t n)
{
    uint32_t kept = 0;

    if (!s->deletes)
        return n;
    for (uint32_t i = 0; i < n; i++) {
        doc[kept] = doc[i];
        kept += !segment_deleted(s, doc[i]);
    }
    return kept;
}

static bool
take(struct pass *p, struct found *f, const uint64_t *bits, uint32_t lo)
{
    bool good = true;

    f->n = drop_deleted(f->segment, p->doc, bits_to_docs(p->doc, bits, lo));
    if (f->n == 0)
        return true;
    if (p->scored)
        node_probe(&p->s->matcher, p->s->plan.root, p->doc, f->n, p->hit,
                   p->score, 0);
    if (stop_seen(p->s->room->stop)) /* the scores may be wrong */
        return true;
    for (size_t i = 0; good && i < p->n; i++)
        good = p->task[i]->kind->take(p->task[i], p->s, f);
    return good;
}

static bool
pass_segment(struct pass *p, uint32_t number)
{
    struct search *s = p->s;
    struct segment *segment = s->plan.snapshot->segment[number];
    struct found f = {.segment = segment,
                      .number = number,
                      .doc = p->doc,
                      .score = p->scored ? p->score : NULL};
    uint64_t bits[WINDOW_WORDS];
    bool good = true;

    s->matcher.segment = segment;
    if (!plan_segment(&s->plan, number))
        return true;
    for (size_t i = 0; good && i < p->n; i++)
        if (p->task[i]->kind->enter)
            good = p->task[i]->kind->enter(p->task[i], s, number);
    for (uint32_t lo = 0, hi;
         good && next_window(&s->matcher, s->plan.root, &lo, &hi, bits) &&
         !stop_now(s->room->stop);
         lo = hi)
        good = take(p, &f, bits, lo);
    for (size_t i = 0; good && i < p->n; i++)
        if (p->task[i]->kind->leave)
            good = p->task[i]->kind->leave(p->task[i], s);
    return good;
}

static enum morgue_status
pass_all(struct search *s, struct collector *c, size_t n,
         struct morgue_error *err)
{
    struct pass *p = arena_alloc(s->plan.arena, sizeof *p);
    enum morgue_status st = p ? MORGUE_OK : error_nomem(err);
    bool good;

    for (size_t i = 0; !st && i < n; i++)
        if (is_beside(&c[i]))
            st = first_alone(&c[i], s, false, err);
    if (st)
        return st;
    p->s = s;
    p->n = 0;
    p->scored = false;
    good = begin(p, c, n);
    for (uint32_t i = 0;
         good && i < s->plan.snapshot->n && !stop_now(s->room->stop); i++)
        good = pass_segment(p, i);
    if (!good)
        return error_nomem(err);
    for (size_t i = 0; !st && i < n; i++)
        if (p->task[i]->kind->end)
            st = p->task[i]->kind->end(p->task[i], s, err);
    return st;
}

/* ---- the whole ---------------------------------------------------------- */

/* The one that first_alone answers, or, where only the number is asked for,
 * that gives it: `nothing`.  NULL where all matches have to be looked at. */
static struct collector *
find_alone(struct collector *c, size_t n, struct collector *nothing)
{
    struct collector *first = nothing;

    for (size_t i = 0; i < n; i++) {
        if (c[i].kind == COLLECT_COUNT)
            continue;
        if (c[i].kind != COLLECT_FIRST || first != nothing ||
            c[i].sort >= MORGUE_SORT_ARRIVAL ||
            (c[i].after && c[i].sort == MORGUE_SORT_RELEVANCE))
            return NULL;
        first = &c[i];
    }
    return first;
}

/* FIRST alone, whose total is what COUNT counts. */
static enum morgue_status
alone(struct search *s, struct collector *first, struct collector *c, size_t n,
      bool exact_total, struct morgue_error *err)
{
    enum morgue_status st = first_alone(first, s, exact_total, err);

    for (size_t i = 0; !st && i < n; i++)
        if (c[i].kind == COLLECT_COUNT)
            c[i].count = first->hits.total;
    return st;
}

/* What a plan has to be made for. */
static struct engine_params
params_of_plan(const struct engine_params *given, const struct collector *c,
               size_t n, const struct collector *first)
{
    struct engine_params p = *given;

    p.sort = first ? first->sort : MORGUE_SORT_NEWEST;
    p.limit = first ? first->limit : 0;
    p.exact_total |= !first;
    for (size_t i = 0; i < n; i++) {
        p.exact_total |= c[i].kind == COLLECT_COUNT;
        p.limit |= !first && has_hits(&c[i]);
        if (!first && is_beside(&c[i]))
            p.sort = MORGUE_SORT_RELEVANCE;
    }
    return p;
}

/* One block that an ordinary search fits in, the first time. */
static void
room_for(struct arena *scratch)
{
    const size_t enough = 1 << 19;

    if (scratch->total < enough)
        (void)arena_alloc(scratch, enough);
    arena_reset(scratch);
}

enum morgue_status
segment_collect(struct collector *c, size_t n, const struct search_room *room,
                const struct query *query, const struct engine_params *params,
                struct morgue_error *err)
{
    const struct snapshot *snapshot = room->snapshot;
    struct search s = {.room = room};
    struct collector nothing = {.kind = COLLECT_FIRST};
    struct collector *first = find_alone(c, n, &nothing);
    struct engine_params p = params_of_plan(params, c, n, first);
    enum morgue_status st;

    room_for(room->scratch);
    st = plan_make(&s.plan, snapshot, room->scratch, room->stop, query, &p,
                   err);
    if (!st && !matcher_init(&s.matcher, &s.plan))
        st = error_nomem(err);
    if (!st)
        st = first ? alone(&s, first, c, n, p.exact_total, err)
                   : pass_all(&s, c, n, err);
    for (uint32_t i = 0; i < snapshot->n && !st; i++)
        st = segment_status(snapshot->segment[i], err);
    if (!st)
        st = plan_status(&s.plan, err);
    return st ? st : stop_status(room->stop, err);
}
