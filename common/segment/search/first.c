/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * first.c - the first k matches alone, by score or date, and their number
 *
 *   query -> plan (plan.c) -> for each segment: ranking -> first k (topk.c)
 *
 * All segments share one heap, so that each begins with the threshold that
 * those before it have set.  Hits by date come from walking the numbers from
 * the end that is wanted, or from what they have to be behind, until no better
 * one can follow; their scores are computed at last.  Exact counts come from
 * bitmaps, without scores.
 */
#include "../file/pack.h"
#include "collect.h"
#include "rank.h"

/* Up to so many matches of any-of queries are counted exactly. */
enum { FEW = 1000 };

struct first {
    struct search *s;
    struct topk topk;
    const struct top *after; /* NULL */
    struct ranker *ranker;
    uint64_t counted; /* articles that match, at least */
    bool exact;
};

/* ---- counting ----------------------------------------------------------- */

static uint32_t
count_deleted(const struct segment *s, const uint64_t *bits, uint32_t lo)
{
    uint32_t n = 0;

    for (uint32_t w = 0; w < WINDOW_WORDS; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1)
            n += segment_deleted(s, lo + w * 64 +
                                        (uint32_t)__builtin_ctzll(left));
    return n;
}

static uint64_t
count_windows(struct matcher *m, struct node *root, struct stop *stop)
{
    uint64_t bits[WINDOW_WORDS], n = 0;

    for (uint32_t lo = 0, hi;
         next_window(m, root, &lo, &hi, bits) && !stop_now(stop); lo = hi) {
        n += pack_count_bits(bits, WINDOW_WORDS);
        if (m->segment->deletes)
            n -= count_deleted(m->segment, bits, lo);
    }
    return n;
}

static bool
is_range(const struct node *root)
{
    return root->kind == NODE_JOIN && root->child.n == 0 &&
           root->must.n == 0 && root->never.n == 0 && !root->by_column;
}

/* How many articles have a date in the periods of a join that asks for
 * nothing else. */
static uint64_t
count_range(struct node *root)
{
    uint64_t n = root->sure_hi - root->sure_lo;

    for (uint32_t doc = root->lo; doc < root->hi; doc++) {
        if (doc == root->sure_lo)
            doc = root->sure_hi;
        n += doc < root->hi && join_passes(root, doc);
    }
    return n;
}

/* How many articles of the segment match. */
static uint64_t
count(struct search *s)
{
    struct segment *segment = s->matcher.segment;
    struct node *root = s->plan.root;

    if (root->kind == NODE_TERM)
        return root->term->info[s->plan.segment].live;
    if (is_range(root) && !segment->deletes && !root->long_dates)
        return count_range(root);
    if (is_range(root) && !root->long_dates && root->sure_lo == 0 &&
        root->sure_hi == segment->docs)
        return segment->docs - segment->deletes->n;
    return count_windows(&s->matcher, root, s->room->stop);
}

/* ---- hits by date ------------------------------------------------------- */

/* Offer the matches of a window; false once no later one can be better, if
 * numbers are walked upwards. */
static bool
offer_window(struct first *f, uint32_t lo, uint32_t hi, bool upwards)
{
    struct matcher *m = &f->s->matcher;
    struct level *l = &m->level[0];
    uint64_t bits[WINDOW_WORDS] = {0};
    uint32_t n;

    node_or(m, f->s->plan.root, lo, hi, bits, 0);
    if (stop_seen(f->s->room->stop)) /* what is in it may be no match */
        return false;
    n = bits_to_docs(l->doc, bits, lo);
    for (uint32_t i = 0; i < n; i++) {
        struct top new = {.segment = f->s->plan.segment, .doc = l->doc[i]};

        if (segment_deleted(m->segment, new.doc) ||
            (f->after && !topk_before(&f->topk, f->after, &new)))
            continue;
        if (!topk_offer(&f->topk, new) && upwards)
            return false;
    }
    return true;
}

static void
walk_up(struct first *f, uint32_t lo, uint32_t end)
{
    struct node *root = f->s->plan.root;
    bool more = true;

    while (more && !stop_now(f->s->room->stop) &&
           (lo = node_next(root, lo)) < end) {
        uint32_t hi = end - lo < WINDOW ? end : lo + WINDOW;

        more = offer_window(f, lo, hi, true);
        lo = hi;
    }
}

/* Whether none of the articles up to `last`, which have dates, can be among
 * the first by oldest date: all of them are newer than the last of these. */
static bool
all_too_new(struct first *f, uint32_t last)
{
    const struct topk *t = &f->topk;
    const struct top *worst = &t->top[0];
    struct segment *of;

    if (t->n < t->k)
        return false;
    of = t->snapshot->segment[worst->segment];
    return worst->doc < of->dated &&
           segment_value(f->s->matcher.segment, COLUMN_DATE, last) >
               segment_value(of, COLUMN_DATE, worst->doc);
}

static void
walk_down(struct first *f, uint32_t lo, uint32_t end)
{
    while (lo < end && !all_too_new(f, end - 1) &&
           !stop_now(f->s->room->stop)) {
        uint32_t from = end - lo > WINDOW ? end - WINDOW : lo;

        if (node_next(f->s->plan.root, from) < end)
            offer_window(f, from, end, false);
        end = from;
    }
}

/* The first of lo <= number < hi that is behind what was asked for, where the
 * numbers have the order asked for. */
static uint32_t
first_behind(const struct first *f, uint32_t lo, uint32_t hi)
{
    while (f->after && lo < hi) {
        struct top at = {.segment = f->s->plan.segment,
                         .doc = lo + (hi - lo) / 2};

        if (topk_before(&f->topk, f->after, &at))
            hi = at.doc;
        else
            lo = at.doc + 1;
    }
    return lo;
}

/* The first of lo <= number < hi, all of which have dates, that is older than
 * what the oldest articles asked for have to be behind. */
static uint32_t
first_older(const struct first *f, uint32_t lo, uint32_t hi)
{
    struct segment *of;
    uint64_t date;

    if (!f->after)
        return hi;
    of = f->topk.snapshot->segment[f->after->segment];
    if (f->after->doc >= of->dated)
        return lo;
    date = segment_value(of, COLUMN_DATE, f->after->doc);
    while (lo < hi) {
        uint32_t at = lo + (hi - lo) / 2;

        if (segment_value(f->s->matcher.segment, COLUMN_DATE, at) < date)
            hi = at;
        else
            lo = at + 1;
    }
    return lo;
}

static void
rank_dates(struct first *f)
{
    struct node *root = f->s->plan.root;
    uint32_t dated = f->s->matcher.segment->dated;

    if (f->topk.sort == MORGUE_SORT_NEWEST) {
        walk_up(f, first_behind(f, root->lo, root->hi), root->hi);
        return;
    }
    if (dated > root->hi)
        dated = root->hi;
    if (root->lo < dated)
        walk_down(f, root->lo, first_older(f, root->lo, dated));
    dated = root->lo > dated ? root->lo : dated;
    walk_up(f, first_behind(f, dated, root->hi), root->hi);
}

/* ---- the whole ---------------------------------------------------------- */

/* How many match at least, as far as that is known without looking. */
static uint64_t
known(const struct search *s)
{
    const struct node *root = s->plan.root;
    uint64_t most = 0;

    if (root->kind == NODE_TERM)
        return root->term->info[s->plan.segment].live;
    if (root->kind == NODE_JOIN || root->kind == NODE_SOME)
        return 0;
    for (uint32_t i = 0; i < root->child.n; i++) {
        const struct node *c = root->child.v[i];

        if (c->kind == NODE_TERM && c->term->info[s->plan.segment].live > most)
            most = c->term->info[s->plan.segment].live;
    }
    return most;
}

static void
search_segment(struct first *f, uint32_t i, bool exact_total)
{
    struct search *s = f->s;
    uint64_t seen = 0, least;
    bool all = false;

    s->matcher.segment = s->plan.snapshot->segment[i];
    if (!plan_segment(&s->plan, i))
        return;
    /* what is few is counted as well, since it costs next to nothing */
    exact_total |=
        s->plan.root->kind == NODE_TERM ||
        (s->plan.root->kind != NODE_JOIN && s->plan.root->cost <= FEW);
    if (f->topk.k == 0) {
        f->exact &= exact_total;
        f->counted += exact_total ? count(s) : known(s);
        return;
    }
    if (f->topk.sort != MORGUE_SORT_RELEVANCE)
        rank_dates(f);
    else
        all = rank(f->ranker, &s->plan, &s->matcher, &f->topk, &seen);
    /* last, so that what takes too long to be counted has hits */
    if (exact_total && !stop_now(s->room->stop)) {
        f->counted += count(s);
        return;
    }
    least = known(s);
    f->counted += seen > least ? seen : least;
    f->exact &= all;
}

/* `whole`: all segments were searched to their ends. */
static enum morgue_status
take_hits(struct collector *c, struct first *f, bool whole,
          struct morgue_error *err)
{
    struct engine_hits *out = &c->hits;
    struct topk *t = &f->topk;
    size_t from = c->offset < t->n ? c->offset : t->n;

    *out = (struct engine_hits){.n = t->n - from,
                                .total = f->counted > t->n ? f->counted : t->n,
                                .exact = f->exact && whole};
    if (t->n < t->k && whole && !f->after) { /* there are no more */
        out->total = t->n;
        out->exact = true;
    }
    out->hit = hits_of_tops(f->s, t->sort, t->top + from, out->n);
    return out->hit ? MORGUE_OK : error_nomem(err);
}

enum morgue_status
first_alone(struct collector *c, struct search *s, bool exact_total,
            struct morgue_error *err)
{
    const struct snapshot *snapshot = s->plan.snapshot;
    enum morgue_sort sort = sort_meant(s, c->sort);
    struct stop *stop = s->room->stop;
    struct first f = {.s = s, .exact = true};
    struct top after;

    if (c->after) {
        after = top_of_hit(c->after);
        f.after = &after;
    }
    topk_init(&f.topk, s->plan.arena, snapshot, sort, first_k(c));
    if (sort == MORGUE_SORT_RELEVANCE && f.topk.k > 0) {
        f.ranker = rank_room(&s->plan, stop);
        if (!f.ranker)
            return error_nomem(err);
    }
    for (uint32_t i = 0; i < snapshot->n && !stop_now(stop); i++)
        search_segment(&f, i, exact_total);
    if (f.topk.nomem)
        return error_nomem(err);
    topk_sort(&f.topk);
    return take_hits(c, &f, !stop_seen(stop), err);
}
