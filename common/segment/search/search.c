/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search.c - answering a query tree from the segments of a snapshot
 *
 *   query -> plan (plan.c) -> for each segment: ranking -> first k (topk.c)
 *
 * All segments share one heap, so that each begins with the threshold that
 * those before it have set.  Hits by date come from walking the numbers from
 * the end that is wanted, until no better one can follow; their scores are
 * computed at last.  Exact counts come from bitmaps, without scores.
 */
#include "search.h"

#include "../file/pack.h"
#include "rank.h"

/* Up to so many matches of any-of queries are counted exactly. */
enum { FEW = 1000 };

struct search {
    struct plan plan;
    struct matcher matcher;
    struct topk topk;
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
count_windows(struct matcher *m, struct node *root)
{
    uint64_t bits[WINDOW_WORDS], n = 0;

    for (uint32_t lo = 0, hi; next_window(m, root, &lo, &hi, bits); lo = hi) {
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
           root->must.n == 0 && root->never.n == 0;
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
    return count_windows(&s->matcher, root);
}

/* ---- hits by date ------------------------------------------------------- */

/* Offer the matches of a window; false once no later one can be better, if
 * numbers are walked upwards. */
static bool
offer_window(struct search *s, uint32_t lo, uint32_t hi, bool upwards)
{
    struct level *l = &s->matcher.level[0];
    uint64_t bits[WINDOW_WORDS] = {0};
    uint32_t n;

    node_or(&s->matcher, s->plan.root, lo, hi, bits, 0);
    n = bits_to_docs(l->doc, bits, lo);
    for (uint32_t i = 0; i < n; i++) {
        struct top new = {.segment = s->plan.segment, .doc = l->doc[i]};

        if (segment_deleted(s->matcher.segment, new.doc))
            continue;
        if (!topk_offer(&s->topk, new) && upwards)
            return false;
    }
    return true;
}

static void
walk_up(struct search *s, uint32_t lo, uint32_t end)
{
    struct node *root = s->plan.root;
    bool more = true;

    while (more && (lo = node_next(root, lo)) < end) {
        uint32_t hi = end - lo < WINDOW ? end : lo + WINDOW;

        more = offer_window(s, lo, hi, true);
        lo = hi;
    }
}

/* Whether none of the articles up to `last`, which have dates, can be among
 * the first by oldest date: all of them are newer than the last of these. */
static bool
all_too_new(struct search *s, uint32_t last)
{
    const struct topk *t = &s->topk;
    const struct top *worst = &t->top[0];
    struct segment *of;

    if (t->n < t->k)
        return false;
    of = t->snapshot->segment[worst->segment];
    return worst->doc < of->dated &&
           segment_value(s->matcher.segment, COLUMN_DATE, last) >
               segment_value(of, COLUMN_DATE, worst->doc);
}

static void
walk_down(struct search *s, uint32_t lo, uint32_t end)
{
    while (lo < end && !all_too_new(s, end - 1)) {
        uint32_t from = end - lo > WINDOW ? end - WINDOW : lo;

        if (node_next(s->plan.root, from) < end)
            offer_window(s, from, end, false);
        end = from;
    }
}

static void
rank_dates(struct search *s)
{
    struct node *root = s->plan.root;
    uint32_t dated = s->matcher.segment->dated;

    if (s->topk.sort == MORGUE_SORT_NEWEST) {
        walk_up(s, root->lo, root->hi);
        return;
    }
    if (dated > root->hi)
        dated = root->hi;
    walk_down(s, root->lo, dated);
    walk_up(s, root->lo > dated ? root->lo : dated, root->hi);
}

/* Scores of the hits of one segment, from the `from`-th in the order asked
 * for. */
static void
score_segment(struct search *s, uint32_t segment, size_t from)
{
    struct level *l = &s->matcher.level[0];
    struct topk *t = &s->topk;

    for (size_t i = from; i < t->n; i++) {
        if (t->top[i].segment != segment)
            continue;
        node_probe(&s->matcher, s->plan.root, &t->top[i].doc, 1, l->hit,
                   &t->top[i].score, 1);
    }
}

static void
score_hits(struct search *s, size_t from)
{
    const struct snapshot *snap = s->plan.snapshot;

    for (uint32_t i = 0; i < snap->n; i++) {
        s->matcher.segment = snap->segment[i];
        if (plan_segment(&s->plan, i))
            score_segment(s, i, from);
    }
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
    for (uint32_t i = 0; root->kind != NODE_JOIN && i < root->child.n; i++) {
        const struct node *c = root->child.v[i];

        if (c->kind == NODE_TERM && c->term->info[s->plan.segment].live > most)
            most = c->term->info[s->plan.segment].live;
    }
    return most;
}

static void
search_segment(struct search *s, uint32_t i, bool exact_total)
{
    const struct snapshot *snap = s->plan.snapshot;
    uint64_t seen = 0;
    bool all = false;

    s->matcher.segment = snap->segment[i];
    if (!plan_segment(&s->plan, i))
        return;
    /* what is few is counted as well, since it costs next to nothing */
    exact_total |=
        s->plan.root->kind == NODE_TERM ||
        (s->plan.root->kind != NODE_JOIN && s->plan.root->cost <= FEW);
    if (exact_total)
        s->counted += count(s);
    if (s->topk.k == 0) {
        s->exact &= exact_total;
        s->counted += exact_total ? 0 : known(s);
        return;
    }
    if (s->topk.sort != MORGUE_SORT_RELEVANCE)
        rank_dates(s);
    else
        all = rank(s->ranker, &s->plan, &s->matcher, &s->topk, &seen);
    if (exact_total)
        return;
    s->counted += seen > known(s) ? seen : known(s);
    s->exact &= all;
}

static enum morgue_status
take_hits(struct engine_hits *out, struct search *s, struct arena *arena,
          size_t from, struct morgue_error *err)
{
    struct topk *t = &s->topk;

    out->total = s->counted > t->n ? s->counted : t->n;
    out->exact = s->exact;
    if (t->n < t->k) { /* there are no more than were taken */
        out->total = t->n;
        out->exact = true;
    }
    out->hit = arena_zero(arena, t->n + 1, sizeof *out->hit);
    if (!out->hit)
        return error_nomem(err);
    for (size_t i = from; i < t->n; i++) {
        out->hit[out->n].number =
            snapshot_number(t->top[i].segment, t->top[i].doc);
        out->hit[out->n++].score = t->top[i].score;
    }
    return MORGUE_OK;
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
segment_search(struct engine_hits *out, const struct snapshot *snapshot,
               struct arena *arena, struct arena *scratch,
               const struct query *query, const struct engine_params *params,
               struct morgue_error *err)
{
    struct search s = {.exact = true};
    enum morgue_sort sort = params->sort;
    size_t k = params->limit;
    enum morgue_status st;

    *out = (struct engine_hits){0};
    k += params->offset < SIZE_MAX - k ? params->offset : SIZE_MAX - k;
    if (params->limit == 0)
        k = 0;
    room_for(scratch);
    st = plan_make(&s.plan, snapshot, scratch, query, params, err);
    if (st)
        return st;
    if (sort == MORGUE_SORT_RELEVANCE && !s.plan.scored)
        sort = MORGUE_SORT_NEWEST; /* which is the order of equal scores */
    if (!topk_init(&s.topk, scratch, snapshot, sort, k) ||
        !matcher_init(&s.matcher, &s.plan))
        return error_nomem(err);
    if (sort == MORGUE_SORT_RELEVANCE && s.topk.k > 0) {
        s.ranker = rank_room(&s.plan);
        if (!s.ranker)
            return error_nomem(err);
    }
    for (uint32_t i = 0; i < snapshot->n; i++)
        search_segment(&s, i, params->exact_total);
    topk_sort(&s.topk);
    if (sort != MORGUE_SORT_RELEVANCE && s.plan.scored)
        score_hits(&s, params->offset);
    for (uint32_t i = 0; i < snapshot->n && !st; i++)
        st = segment_status(snapshot->segment[i], err);
    if (!st)
        st = plan_status(&s.plan, err);
    return st ? st : take_hits(out, &s, arena, params->offset, err);
}
