/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect_by_id.c - the first of the articles that match, in the order of the
 * terms that name them
 *
 * All that match are noted, a bit for each; then the dictionaries are walked
 * from what the first has to be behind, until there are as many as are wanted.
 * Costs about 50 ns for each article that is walked over.
 */
#include "../../engine/id_term.h"
#include "../file/joint_walk.h"
#include "../file/list_read.h"
#include "collect.h"

struct id_task {
    struct task base;
    uint64_t **bits; /* of each segment; NULL where nothing matches */
    uint64_t total;
};

static bool
id_begin(struct task *t, struct search *s)
{
    struct id_task *d = (struct id_task *)t;

    d->bits = arena_zero(s->plan.arena, s->plan.snapshot->n + (size_t)1,
                         sizeof *d->bits);
    return d->bits != NULL;
}

static bool
id_enter(struct task *t, struct search *s, uint32_t segment)
{
    struct id_task *d = (struct id_task *)t;
    size_t words = s->plan.snapshot->segment[segment]->docs / 64 + (size_t)1;

    d->bits[segment] = arena_zero(s->plan.arena, words, sizeof(uint64_t));
    return d->bits[segment] != NULL;
}

static bool
id_take(struct task *t, struct search *s, const struct found *f)
{
    struct id_task *d = (struct id_task *)t;
    uint64_t *bits = d->bits[f->number];

    (void)s;
    d->total += f->n;
    for (uint32_t i = 0; i < f->n; i++)
        bits[f->doc[i] >> 6] |= (uint64_t)1 << (f->doc[i] & 63);
    return true;
}

/* ---- the walk ----------------------------------------------------------- */

struct id_walk {
    struct id_task *task;
    struct joint_walk joint;
    struct list_reader list;
    struct top *top;
    size_t n, most; /* of them */
    size_t passed;  /* matches so far */
};

static void
meet(struct id_walk *w, uint32_t segment, uint32_t doc)
{
    const struct collector *c = w->task->base.c;
    const uint64_t *bits = w->task->bits[segment];

    if (!bits || !(bits[doc >> 6] >> (doc & 63) & 1))
        return;
    if (w->passed++ >= c->offset && w->n < w->most)
        w->top[w->n++] = (struct top){.segment = segment, .doc = doc};
}

/* The articles of a segment that the term names: one, and those that it named
 * before, which are deleted. */
static enum morgue_status
meet_list(struct id_walk *w, uint32_t segment, struct morgue_error *err)
{
    const struct term_walk *at = &w->joint.walk[segment];
    enum morgue_status st;

    if (at->info.flags & TERM_INLINE) {
        meet(w, segment, at->info.doc);
        return MORGUE_OK;
    }
    list_read_start(&w->list, at->segment, &at->info);
    st = list_read_block(&w->list, false, err);
    for (; !st && w->list.n > 0; st = list_read_block(&w->list, false, err))
        for (uint32_t i = 0; i < w->list.n; i++)
            meet(w, segment, w->list.doc[i]);
    return st;
}

static enum morgue_status
walk_on(struct id_walk *w, struct search *s, struct id_term after,
        struct morgue_error *err)
{
    enum { SELDOM = 1024 };
    struct morgue_str term;
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 1;
         !st && w->n < w->most && joint_walk_next(&w->joint, &term); i++) {
        if (term.len == 0 || term.s[0] != after.s[0] ||
            (i % SELDOM == 0 && stop_now(s->room->stop)))
            break;
        if (str_eq(term, str_slice(after.s, after.len)))
            continue;
        for (uint32_t k = 0; !st && k < w->joint.n; k++)
            if (w->joint.at[k])
                st = meet_list(w, k, err);
    }
    return st;
}

/* The term of the article that the hits have to be behind; where there is
 * none, what all terms are behind. */
static enum morgue_status
term_of_after(struct id_term *out, const struct collector *c, struct search *s,
              struct morgue_error *err)
{
    struct morgue_article a;
    struct top top;
    enum morgue_status st;

    *out = id_term(STR(""));
    if (!c->after)
        return MORGUE_OK;
    top = top_of_hit(c->after);
    st = store_article(&a, s->plan.snapshot->segment[top.segment],
                       s->room->inflater, s->plan.arena, top.doc, false, err);
    if (!st)
        *out = id_term(a.id);
    return st;
}

static enum morgue_status
id_end(struct task *t, struct search *s, struct morgue_error *err)
{
    struct id_task *d = (struct id_task *)t;
    struct collector *c = t->c;
    struct id_walk w = {
        .task = d, .most = c->limit < d->total ? c->limit : (size_t)d->total};
    struct id_term after;
    enum morgue_status st = term_of_after(&after, c, s, err);

    w.top = arena_zero(s->plan.arena, w.most + 1, sizeof *w.top);
    if (!st && !w.top)
        st = error_nomem(err);
    list_reader_init(&w.list);
    if (!st)
        st = joint_walk_open(&w.joint, s->plan.snapshot,
                             str_slice(after.s, after.len), err);
    if (!st && w.most > 0)
        st = walk_on(&w, s, after, err);
    joint_walk_close(&w.joint);
    list_reader_free(&w.list);
    if (st)
        return st;
    c->hits = (struct engine_hits){.hit = hits_of_tops(s, c->sort, w.top, w.n),
                                   .n = w.n,
                                   .total = d->total,
                                   .exact = !stop_seen(s->room->stop)};
    return c->hits.hit ? MORGUE_OK : error_nomem(err);
}

const struct collecting collect_by_id = {.size = sizeof(struct id_task),
                                         .begin = id_begin,
                                         .enter = id_enter,
                                         .take = id_take,
                                         .end = id_end};
