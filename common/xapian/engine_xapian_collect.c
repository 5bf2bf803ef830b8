/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_collect.c - searching a Xapian database
 *
 * There are two ways.  FIRST by score or date, alone or with COUNT, is what
 * libxapian does by itself, which leaves out what cannot be among the first.
 * All else looks at each document that matches: a spy tells the collectors of
 * it.  Where the work may have to stop early a spy is there in any case, for
 * libxapian keeps nothing of a search that did not end.
 *
 * The clock is looked at where documents match, are counted and are looked at
 * for places; not where libxapian goes through lists that have nothing in
 * common, at about 20 ns for each of their documents.
 *
 * Xapian fetches the length of each document that matches, about 12 ns times
 * the number of documents for each query with a frequent term.
 */
#include "engine_xapian_collect.h"

#include <stdlib.h>

#include "engine_xapian_query.h"

/* Totals are exact up to this number of matches at least. */
enum { COUNT_AT_LEAST = 1000 };

struct xe_search {
    struct xe_query query;
    struct arena arena; /* of what collectors keep */
    struct gatherer *g;
    size_t n;
    bool page; /* no more is wanted than the first heap holds */
    bool full; /* it does, and the search has ended for it */
};

/* ---- the two ways ------------------------------------------------------- */

/* The FIRST that libxapian answers, or any COUNT where there is no other;
 * NULL where collectors have to be told of each document. */
static struct collector *
find_alone(struct collector *c, size_t n)
{
    struct collector *first = NULL;

    for (size_t i = 0; i < n; i++) {
        if (c[i].kind == COLLECT_COUNT)
            continue;
        if (c[i].kind != COLLECT_FIRST || first || c[i].after ||
            c[i].sort >= MORGUE_SORT_ARRIVAL)
            return NULL;
        first = &c[i];
    }
    return first || n == 0 ? first : &c[0];
}

static bool
is_scored(const struct collector *c, size_t n)
{
    bool scored = false;

    for (size_t i = 0; i < n; i++)
        scored |= (c[i].kind == COLLECT_FIRST || c[i].kind == COLLECT_GROUPS);
    return scored;
}

static bool
is_counted(const struct collector *c, size_t n)
{
    bool counted = false;

    for (size_t i = 0; i < n; i++)
        counted |= c[i].kind == COLLECT_COUNT;
    return counted;
}

static enum xc_status
told_of(uint32_t id, double score, xc_doc *doc, void *search,
        struct xc_error *xerr)
{
    enum { COST = 5 }; /* in postings, about */
    struct xe_search *s = search;
    enum xc_status xst = XC_OK;

    for (size_t i = 0; i < s->n && !xst; i++)
        xst = gatherer_take(&s->g[i], id, score, doc, xerr);
    s->full = s->page && s->g[0].top.n == s->g[0].top.limit;
    if (!xst && s->full)
        return XC_STOPPED;
    return xst ? xst : xe_query_worked(&s->query, COST);
}

/* ---- enquiring ---------------------------------------------------------- */

static enum xc_status
set_sort(xc_enquire *e, const struct collector *first, struct xc_error *xerr)
{
    if (first->sort == MORGUE_SORT_NEWEST)
        return xc_enquire_set_sort(e, XC_SORT_VALUE, SLOT_NEWEST, true, xerr);
    if (first->sort == MORGUE_SORT_OLDEST)
        return xc_enquire_set_sort(e, XC_SORT_VALUE, SLOT_OLDEST, true, xerr);
    return xc_enquire_set_sort(e, XC_SORT_RELEVANCE_THEN_VALUE, SLOT_NEWEST,
                               true, xerr);
}

static enum xc_status
set_up(xc_enquire *e, const struct xe_search *s, const struct engine_params *p,
       const struct collector *alone, bool scored, struct xc_error *xerr)
{
    enum xc_status xst = xc_enquire_set_query(e, s->query.q, 0, xerr);

    if (!xst && scored)
        xst = xe_weigh(e, p->k1, p->b, xerr);
    if (!xst && !scored)
        xst = xc_enquire_set_boolean(e, xerr);
    if (!xst)
        xst = xc_enquire_set_docid_order(e, XC_ASCENDING, xerr);
    if (!xst && alone && alone->kind == COLLECT_FIRST)
        xst = set_sort(e, alone, xerr);
    return xst;
}

static uint32_t
clamp32(size_t n)
{
    return n > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)n;
}

/* Search; `alone` NULL: only the spy is told. */
static enum xc_status
enquire(xc_mset **out, struct xe_search *s, const struct engine_params *p,
        const struct collector *alone, uint32_t at_least, bool scored,
        struct xc_error *xerr)
{
    bool first = alone && alone->kind == COLLECT_FIRST;
    xc_enquire *e = NULL;
    enum xc_status xst = xc_enquire_new(&e, s->query.db, xerr);

    *out = NULL;
    if (!xst)
        xst = set_up(e, s, p, alone, scored, xerr);
    if (!xst && (!alone || s->query.stop))
        xst = xc_enquire_set_spy(e, told_of, s, xerr);
    if (!xst)
        xst =
            xc_enquire_mset(out, e, first ? clamp32(alone->offset) : 0,
                            first ? clamp32(alone->limit) : 0, at_least, xerr);
    xc_enquire_free(e);
    return xst;
}

/* ---- answers ------------------------------------------------------------ */

/* What libxapian found, which looked at as little as it had to. */
static enum morgue_status
answer_alone(struct collector *first, struct collector *c, size_t n,
             xc_mset *mset, struct arena *answer, struct morgue_error *err)
{
    struct xc_mset_info info;
    struct xc_error xerr;
    struct xc_hit hit;
    enum xc_status xst = XC_OK;

    xc_mset_get_info(&info, mset);
    for (size_t i = 0; i < n; i++)
        if (c[i].kind == COLLECT_COUNT)
            c[i].count = info.lower;
    if (first->kind != COLLECT_FIRST)
        return MORGUE_OK;
    first->hits.total = info.lower;
    first->hits.exact = info.lower == info.upper;
    first->hits.hit =
        arena_zero(answer, info.hits + (size_t)1, sizeof *first->hits.hit);
    if (!first->hits.hit)
        return error_nomem(err);
    for (uint32_t i = 0; i < info.hits && !xst; i++) {
        xst = xc_mset_hit(&hit, mset, i, &xerr);
        first->hits.hit[i].number = hit.id;
        first->hits.hit[i].score = hit.weight;
    }
    first->hits.n = info.hits;
    return from_xapian(err, xst, &xerr, "search");
}

/* What collectors have been told of; all of it, unless `cut`. */
static enum morgue_status
answer_told(struct xe_search *s, bool cut, struct arena *answer,
            struct morgue_error *err)
{
    for (size_t i = 0; i < s->n; i++) {
        if (!gatherer_end(&s->g[i], answer))
            return error_nomem(err);
        s->g[i].c->hits.exact = !cut;
    }
    return MORGUE_OK;
}

/* ---- collecting --------------------------------------------------------- */

/* One FIRST in the order of ids needs no more than its own: what is before is
 * skipped, and what is behind is left. */
static bool
is_page(const struct collector *c, size_t n, const struct engine_params *p)
{
    return n == 1 && c->kind == COLLECT_FIRST &&
           c->sort == MORGUE_SORT_ARRIVAL && c->limit > 0 && !p->exact_total;
}

/* What may end the search; NULL: nothing. */
static struct stop *
what_ends(struct stop *stop)
{
    bool ends = stop && (stop->raise || stop->deadline < INT64_MAX);

    return ends ? stop : NULL;
}

static enum xc_status
prepare(struct xe_search *s, struct collector *c, size_t n,
        struct xe_reader *r, const struct query *query,
        const struct engine_params *p, struct stop *stop,
        struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;

    arena_init(&s->arena, SIZE_MAX / 2);
    s->page = is_page(c, n, p);
    s->g = calloc(n + 1, sizeof *s->g);
    if (!s->g)
        xst = xe_nomem(xerr);
    for (; !xst && s->n < n; s->n++)
        xst = gatherer_begin(&s->g[s->n], &c[s->n], &s->arena, r->db, xerr);
    if (!xst)
        xst = xe_query_make(&s->query, r->db, query, p, is_scored(c, n),
                            what_ends(stop), xerr);
    if (!xst && s->page && c->after)
        xst = xe_query_skip(&s->query, (uint32_t)c->after->number, xerr);
    return xst;
}

static void
search_free(struct xe_search *s)
{
    xe_query_free(&s->query);
    for (size_t i = 0; i < s->n; i++)
        gatherer_free(&s->g[i]);
    free(s->g);
    arena_free(&s->arena);
}

enum morgue_status
xe_collect(struct collector *c, size_t n, struct engine_reader *reader,
           struct arena *arena, const struct query *query,
           const struct engine_params *params, struct stop *stop,
           struct morgue_error *err)
{
    struct collector *alone = find_alone(c, n);
    bool all = !alone || params->exact_total || is_counted(c, n) ||
               xe_query_needs_all(query);
    struct xe_search s = {.n = 0};
    struct xc_error xerr;
    xc_mset *mset = NULL;
    enum morgue_status st;
    enum xc_status xst =
        prepare(&s, c, n, xe_reader(reader), query, params, stop, &xerr);

    if (!xst)
        xst = enquire(&mset, &s, params, alone,
                      all ? UINT32_MAX / 2 : COUNT_AT_LEAST, is_scored(c, n),
                      &xerr);
    if (xst && xst != XC_STOPPED)
        st = from_xapian(err, xst, &xerr, "search");
    else if (mset && alone)
        st = answer_alone(alone, c, n, mset, arena, err);
    else
        st = answer_told(&s, xst == XC_STOPPED || (s.page && c->after), arena,
                         err);
    xc_mset_free(mset);
    search_free(&s);
    return st ? st : stop_status(stop, err);
}
