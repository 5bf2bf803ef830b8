/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_query.c - query trees as libxapian's
 *
 * What an operator of libxapian does is done by that:
 *
 *     ALL AND    ANY OR     NOT AND_NOT    FILTER FILTER
 *     SCALE SCALE_WEIGHT    DATES, LENGTH ranges of values
 *     EVERY all documents
 *
 * The rest has documents of our own making (engine_xapian_source.c):
 *
 *     WORDS      numbers of documents: the wdf of the words, added up
 *     BEST       scores of documents: each child is searched for once, and the
 *                best of its scores kept
 *     FORMS      the best of the forms, each scaled by what BM25 makes of the
 *                number of documents that have one of them, and of its own
 *     SOME       OR of the children, FILTERed by how many match: each child
 *                is searched for once, and counted
 *     HAS        the bits of a value, looked at one after another
 *     placed     the words, FILTERed by whether the places are there, which is
 *                asked last
 *
 * OP_PHRASE and OP_NEAR are not used: they know neither stems nor sentences,
 * and below an OP_OR that is one of several conditions OP_PHRASE adds the
 * words' weights to documents that have the words, and not in a row.  OP_MAX
 * is not used: below an OP_OR, where the last two of its lists end together
 * with a list elsewhere, libxapian 1.4 asks them for their maximum when they
 * are freed, and crashes; and it opens an OP_OR below, and takes the best of
 * its parts for their sum.
 */
#include "engine_xapian_query.h"

#include <float.h>
#include <stdlib.h>

#include "../engine/places.h"

enum xc_status
xe_weigh(xc_enquire *e, double k1, double b, struct xc_error *xerr)
{
    /* with 0, a wdf of 0 would be divided by 0 */
    return xc_enquire_set_bm25(e, k1 > 0 ? k1 : DBL_MIN, 0, ENGINE_K3, b, 0,
                               xerr);
}

/* ---- nodes that libxapian has ------------------------------------------- */

static enum xc_status build(xc_query **out, struct xe_query *b,
                            const struct query *q, struct xc_error *xerr);

/* `op` over children `from` and on; one alone is itself. */
static enum xc_status
build_children(xc_query **out, struct xe_query *b, enum xc_op op,
               const struct query *q, size_t from, struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;
    size_t n = q->child_n - from, done = 0;
    xc_query **part = calloc(n + 1, sizeof(xc_query *));

    *out = NULL;
    if (!part)
        return xe_nomem(xerr);
    while (!xst && done < n) {
        xst = build(&part[done], b, q->child[from + done], xerr);
        done += !xst;
    }
    if (!xst && n == 1) {
        *out = part[0];
        part[0] = NULL;
    } else if (!xst) {
        xst = xc_query_combine(out, op, (const xc_query *const *)part, n, 0,
                               xerr);
    }
    for (size_t i = 0; i < done; i++)
        xc_query_free(part[i]);
    free(part);
    return xst;
}

/* The same without weights. */
static enum xc_status
build_unweighted(xc_query **out, struct xe_query *b, enum xc_op op,
                 const struct query *q, size_t from, struct xc_error *xerr)
{
    const bool was = b->weighted;
    enum xc_status xst;

    b->weighted = false;
    xst = build_children(out, b, op, q, from, xerr);
    b->weighted = was;
    return xst;
}

/* Two parts by `op`, which are freed. */
static enum xc_status
build_pair(xc_query **out, enum xc_op op, xc_query *part[2],
           enum xc_status xst, struct xc_error *xerr)
{
    if (!xst)
        xst = xc_query_combine(out, op, (const xc_query *const *)part, 2, 0,
                               xerr);
    xc_query_free(part[0]);
    xc_query_free(part[1]);
    return xst;
}

/* A term.  One that all documents have and that is not weighed is all of them:
 * libxapian 1.4.22 would take the list of all documents for it, by its name,
 * and where their ids have gaps not find the second part of the list, as if it
 * were damaged. */
static enum xc_status
build_term(xc_query **out, const struct xe_query *b, const struct query *q,
           struct xc_error *xerr)
{
    uint32_t documents = 0;
    enum xc_status xst = XC_OK;

    if (!b->weighted)
        xst =
            xc_db_freq(&documents, NULL, b->db, q->term.s, q->term.len, xerr);
    if (!xst && !b->weighted && documents == b->docs)
        return xc_query_match_all(out, xerr);
    return xst ? xst
               : xc_query_term(out, q->term.s, q->term.len, q->wqf, 0, xerr);
}

/* The first child by `op` with the others, unweighted, put together by
 * `others`. */
static enum xc_status
build_first(xc_query **out, struct xe_query *b, enum xc_op op,
            enum xc_op others, const struct query *q, struct xc_error *xerr)
{
    enum xc_status xst;
    xc_query *part[2] = {NULL, NULL};

    xst = build(&part[0], b, q->child[0], xerr);
    if (!xst && q->child_n == 1) {
        *out = part[0];
        return XC_OK;
    }
    if (!xst)
        xst = build_unweighted(&part[1], b, others, q, 1, xerr);
    return build_pair(out, op, part, xst, xerr);
}

/* from <= value < to, as date_key. */
static enum xc_status
build_times(xc_query **out, unsigned slot, int64_t from, int64_t to,
            struct xc_error *xerr)
{
    char low[DATE_KEY], high[DATE_KEY];

    if (from >= to)
        return xc_query_match_nothing(out, xerr);
    date_key(low, from);
    date_key(high, to - 1);
    return xc_query_value_range(out, slot, low, DATE_KEY, high, DATE_KEY,
                                xerr);
}

/* Dates whose own period is within that of their own clocks. */
static enum xc_status
build_by_clock(xc_query **out, const struct period *p, struct xc_error *xerr)
{
    xc_query *part[2] = {NULL, NULL};
    enum xc_status xst;

    if (p->to == INT64_MAX)
        return build_times(out, SLOT_BEGINS, p->from, INT64_MAX, xerr);
    if (p->from == INT64_MIN)
        return build_times(out, SLOT_ENDS, INT64_MIN, p->to, xerr);
    xst = build_times(&part[0], SLOT_BEGINS, p->from, INT64_MAX, xerr);
    if (!xst)
        xst = build_times(&part[1], SLOT_ENDS, INT64_MIN, p->to, xerr);
    return build_pair(out, XC_OP_AND, part, xst, xerr);
}

/* Those of `dates` that are to the second, or all but those.  Takes it. */
static enum xc_status
build_exact(xc_query **out, enum xc_op op, xc_query *dates, enum xc_status xst,
            struct xc_error *xerr)
{
    xc_query *part[2] = {dates, NULL};

    if (!xst)
        xst = xc_query_value_range(&part[1], SLOT_EXACT, "1", 1, "1", 1, xerr);
    return build_pair(out, op, part, xst, xerr);
}

static enum xc_status
build_dates(xc_query **out, const struct period *p, struct xc_error *xerr)
{
    xc_query *part[2] = {NULL, NULL}, *dates = NULL;
    enum xc_status xst;

    if (!p->by_instant)
        return build_by_clock(out, p, xerr);
    xst = build_times(&dates, SLOT_NEWEST, p->from_utc, p->to_utc, xerr);
    xst = build_exact(&part[0], XC_OP_AND, dates, xst, xerr);
    dates = NULL;
    if (!xst)
        xst = build_by_clock(&dates, p, xerr);
    xst = build_exact(&part[1], XC_OP_AND_NOT, dates, xst, xerr);
    return build_pair(out, XC_OP_OR, part, xst, xerr);
}

static enum xc_status
build_length(xc_query **out, const struct query *q, struct xc_error *xerr)
{
    char low[NUMBER_KEY], high[NUMBER_KEY];

    if (q->least > q->most || q->least > UINT32_MAX)
        return xc_query_match_nothing(out, xerr);
    number_key(low, (uint32_t)q->least);
    number_key(high, q->most < UINT32_MAX ? (uint32_t)q->most : UINT32_MAX);
    return xc_query_value_range(out, SLOT_WORDS, low, NUMBER_KEY, high,
                                NUMBER_KEY, xerr);
}

static enum xc_status
build_every(xc_query **out, struct xc_error *xerr)
{
    xc_query *all = NULL;
    enum xc_status xst = xc_query_match_all(&all, xerr);

    if (!xst)
        xst = xc_query_scale(out, all, 0.0, xerr);
    xc_query_free(all);
    return xst;
}

/* A form of a word, which so many documents have, scored as if `all` had. */
static enum xc_status
build_form(xc_query **out, struct xe_query *b, const struct query *q,
           double documents, double all, struct xc_error *xerr)
{
    xc_query *term = NULL;
    enum xc_status xst =
        xc_query_term(&term, q->term.s, q->term.len, q->wqf, 0, xerr);

    if (!xst)
        xst = xc_query_scale(out, term,
                             weighing_rarity(&b->weighing, all) /
                                 weighing_rarity(&b->weighing, documents),
                             xerr);
    xc_query_free(term);
    return xst;
}

/* ---- numbers of documents ----------------------------------------------- */

/* Add the wdf of a word to those of its documents. */
static enum xc_status
count_word(struct counted *c, struct morgue_str term, struct xc_error *xerr)
{
    xc_iter *it = NULL;
    bool more = true;
    enum xc_status xst =
        xc_iter_documents(&it, c->query->db, term.s, term.len, xerr);

    while (!xst && more) {
        xst = xc_iter_next(&more, it, xerr);
        if (!xst && more) {
            uint32_t *number = &c->number[xc_iter_id(it)];

            c->n += *number == 0;
            *number += xc_iter_wdf(it) + (*number == 0);
            xst = xe_query_worked(c->query, 1);
        }
    }
    xc_iter_free(it);
    return xst;
}

/* The sum of how many documents have each. */
static enum xc_status
sum_documents(uint64_t *out, struct xe_query *b, const struct query *q,
              struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;
    uint32_t n;

    *out = 0;
    for (size_t i = 0; i < q->child_n && !xst; i++) {
        struct morgue_str term = q->child[i]->term;

        xst = xc_db_freq(&n, NULL, b->db, term.s, term.len, xerr);
        *out += n;
    }
    return xst;
}

/* Several words as one. */
static enum xc_status
build_words(xc_query **out, struct xe_query *b, const struct query *q,
            struct xc_error *xerr)
{
    struct counted *c = NULL;
    uint64_t documents;
    enum xc_status xst;

    if (q->child_n == 0)
        return xc_query_match_nothing(out, xerr);
    if (q->child_n == 1)
        return build(out, b, q->child[0], xerr);
    xst = xe_counted_new(&c, b, xerr);
    if (!xst)
        xst = sum_documents(&documents, b, q, xerr);
    if (xst)
        return xst;
    c->least = 1;
    c->weight = weighing_term(&b->weighing, documents, q->child[0]->wqf);
    for (size_t i = 0; i < q->child_n && !xst; i++)
        xst = count_word(c, q->child[i]->term, xerr);
    return xst ? xst : xe_query_counted(out, c, xerr);
}

static enum xc_status
count_match(uint32_t id, double weight, xc_doc *doc, void *counted,
            struct xc_error *xerr)
{
    struct counted *c = counted;

    (void)weight, (void)doc, (void)xerr;
    c->n += ++c->number[id] == c->least;
    return xe_query_worked(c->query, 5);
}

/* Show each document that matches to `spy`, with its weight if it is to be
 * `weighted`. */
static enum xc_status
look_through(struct counted *c, const xc_query *q, xc_spy spy, bool weighted,
             struct xc_error *xerr)
{
    const struct weighing *w = &c->query->weighing;
    xc_enquire *e = NULL;
    xc_mset *mset = NULL;
    enum xc_status xst = xc_enquire_new(&e, c->query->db, xerr);

    if (!xst)
        xst = xc_enquire_set_query(e, q, 0, xerr);
    if (!xst)
        xst = weighted ? xe_weigh(e, w->k1, w->b, xerr)
                       : xc_enquire_set_boolean(e, xerr);
    if (!xst)
        xst = xc_enquire_set_spy(e, spy, c, xerr);
    if (!xst)
        xst = xc_enquire_mset(&mset, e, 0, 0, UINT32_MAX, xerr);
    xc_mset_free(mset);
    xc_enquire_free(e);
    return xst;
}

/* Those of which n children match or more, n at least 2 and not all. */
static enum xc_status
build_counted(xc_query **out, struct xe_query *b, const struct query *q,
              struct xc_error *xerr)
{
    const bool was = b->weighted;
    struct counted *c = NULL;
    enum xc_status xst = xe_counted_new(&c, b, xerr);

    if (xst)
        return xst;
    b->weighted = false;
    c->least = q->n;
    for (size_t i = 0; i < q->child_n && !xst; i++) {
        xc_query *child = NULL;

        xst = build(&child, b, q->child[i], xerr);
        if (!xst)
            xst = look_through(c, child, count_match, false, xerr);
        xc_query_free(child);
    }
    b->weighted = was;
    return xst ? xst : xe_query_counted(out, c, xerr);
}

/* ---- the best ----------------------------------------------------------- */

static enum xc_status
keep_best(uint32_t id, double weight, xc_doc *doc, void *counted,
          struct xc_error *xerr)
{
    struct counted *c = counted;

    (void)doc, (void)xerr;
    c->n += c->number[id] == 0;
    c->number[id] = 1;
    if (weight > c->score[id])
        c->score[id] = weight;
    if (weight > c->weight)
        c->weight = weight;
    return xe_query_worked(c->query, 5);
}

static enum xc_status
best_new(struct counted **out, struct xe_query *b, struct xc_error *xerr)
{
    enum xc_status xst = xe_counted_new(out, b, xerr);

    if (xst)
        return xst;
    (*out)->least = 1;
    (*out)->score = calloc((size_t)b->last_id + 1, sizeof(double));
    return (*out)->score ? XC_OK : xe_nomem(xerr);
}

static enum xc_status
build_best(xc_query **out, struct xe_query *b, const struct query *q,
           struct xc_error *xerr)
{
    struct counted *c = NULL;
    enum xc_status xst;

    if (!b->weighted || q->child_n < 2)
        return build_children(out, b, XC_OP_OR, q, 0, xerr);
    xst = best_new(&c, b, xerr);
    for (size_t i = 0; i < q->child_n && !xst; i++) {
        xc_query *child = NULL;

        xst = build(&child, b, q->child[i], xerr);
        if (!xst)
            xst = look_through(c, child, keep_best, true, xerr);
        xc_query_free(child);
    }
    return xst ? xst : xe_query_counted(out, c, xerr);
}

/* The best of the forms of which there are documents, `n` of them. */
static enum xc_status
best_of_forms(xc_query **out, struct xe_query *b, const struct query *q,
              const uint32_t *documents, size_t n, double all,
              struct xc_error *xerr)
{
    struct counted *c = NULL;
    enum xc_status xst = n > 1 ? best_new(&c, b, xerr) : XC_OK;

    for (size_t i = 0; i < q->child_n && !xst; i++) {
        xc_query *form = NULL;

        if (documents[i] == 0)
            continue;
        xst = build_form(&form, b, q->child[i], documents[i], all, xerr);
        if (!xst && n == 1) {
            *out = form;
            return XC_OK;
        }
        if (!xst)
            xst = look_through(c, form, keep_best, true, xerr);
        xc_query_free(form);
    }
    return xst ? xst : xe_query_counted(out, c, xerr);
}

static enum xc_status
build_forms(xc_query **out, struct xe_query *b, const struct query *q,
            struct xc_error *xerr)
{
    uint32_t *documents = calloc(q->child_n + 1, sizeof *documents);
    enum xc_status xst = documents ? XC_OK : xe_nomem(xerr);
    double all = 0;
    size_t n = 0;

    for (size_t i = 0; i < q->child_n && !xst; i++) {
        struct morgue_str term = q->child[i]->term;

        xst = xc_db_freq(&documents[i], NULL, b->db, term.s, term.len, xerr);
        all += documents[i];
        n += documents[i] > 0;
    }
    if (!xst && n == 0)
        xst = xc_query_match_nothing(out, xerr);
    else if (!xst)
        xst = best_of_forms(out, b, q, documents, n,
                            all < b->docs ? all : b->docs, xerr);
    free(documents);
    return xst;
}

static enum xc_status
build_some(xc_query **out, struct xe_query *b, const struct query *q,
           struct xc_error *xerr)
{
    xc_query *part[2] = {NULL, NULL};
    enum xc_status xst;

    if (q->n > q->child_n)
        return xc_query_match_nothing(out, xerr);
    if (q->n == q->child_n)
        return build_children(out, b, XC_OP_AND, q, 0, xerr);
    xst = build_children(&part[0], b, XC_OP_OR, q, 0, xerr);
    if (!xst && q->n == 1) {
        *out = part[0];
        return XC_OK;
    }
    if (!xst)
        xst = build_counted(&part[1], b, q, xerr);
    return build_pair(out, XC_OP_FILTER, part, xst, xerr);
}

/* ---- trees -------------------------------------------------------------- */

static enum xc_status
build_scaled(xc_query **out, struct xe_query *b, const struct query *q,
             double factor, struct xc_error *xerr)
{
    xc_query *child = NULL;
    enum xc_status xst = build(&child, b, q, xerr);

    if (!xst)
        xst = xc_query_scale(out, child, factor, xerr);
    xc_query_free(child);
    return xst;
}

static enum xc_status
build_placed(xc_query **out, struct xe_query *b, const struct query *q,
             struct xc_error *xerr)
{
    xc_query *part[2] = {NULL, NULL};
    struct query *words = places_words(&b->arena, q);
    enum xc_status xst =
        words ? build(&part[0], b, words, xerr) : xe_nomem(xerr);

    if (!xst)
        xst = xe_query_placed(&part[1], b, q, xerr);
    return build_pair(out, XC_OP_FILTER, part, xst, xerr);
}

static enum xc_status
build(xc_query **out, struct xe_query *b, const struct query *q,
      struct xc_error *xerr)
{
    *out = NULL;
    switch (q->op) {
    case QUERY_TERM:
        return build_term(out, b, q, xerr);
    case QUERY_ALL:
        return build_children(out, b, XC_OP_AND, q, 0, xerr);
    case QUERY_ANY:
        return build_children(out, b, XC_OP_OR, q, 0, xerr);
    case QUERY_BEST:
        return build_best(out, b, q, xerr);
    case QUERY_FORMS:
        return b->weighted ? build_forms(out, b, q, xerr)
                           : build_children(out, b, XC_OP_OR, q, 0, xerr);
    case QUERY_WORDS:
        return build_words(out, b, q, xerr);
    case QUERY_SOME:
        return build_some(out, b, q, xerr);
    case QUERY_NOT:
        return build_first(out, b, XC_OP_AND_NOT, XC_OP_OR, q, xerr);
    case QUERY_FILTER:
        return build_first(out, b, XC_OP_FILTER, XC_OP_AND, q, xerr);
    case QUERY_SCALE:
        return build_scaled(out, b, q->child[0], q->factor, xerr);
    case QUERY_DATES:
        return build_dates(out, &q->period, xerr);
    case QUERY_EVERY:
        return build_every(out, xerr);
    case QUERY_LENGTH:
        return build_length(out, q, xerr);
    case QUERY_HAS:
        return xe_query_fields(out, b, (uint32_t)1 << q->field, xerr);
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_APART:
    case QUERY_WITHIN:
    case QUERY_TIMES:
        return build_placed(out, b, q, xerr);
    case QUERY_NONE:
        break;
    }
    return xc_query_match_nothing(out, xerr);
}

/* ---- queries ------------------------------------------------------------ */

/* Where libxapian 1.4 prunes an any-of, it leaves out articles that belong
 * among the best (found with three plain terms: of 1,371 questions to
 * Reuters-21578, one). */
bool
xe_query_needs_all(const struct query *q)
{
    if ((q->op == QUERY_ANY || q->op == QUERY_SOME) && q->child_n > 1)
        return true;
    for (size_t i = 0; i < q->child_n; i++)
        if (xe_query_needs_all(q->child[i]))
            return true;
    return false;
}

enum xc_status
xe_query_make(struct xe_query *out, xc_db *db, const struct query *tree,
              const struct engine_params *params, bool scored,
              struct stop *stop, struct xc_error *xerr)
{
    struct xc_db_info info;
    enum xc_status xst = xc_db_get_info(&info, db, xerr);

    *out = (struct xe_query){.db = db, .weighted = scored, .stop = stop};
    arena_init(&out->arena, SIZE_MAX / 2);
    if (xst)
        return xst;
    out->docs = info.documents;
    out->last_id = info.last_id;
    weighing_init(&out->weighing, params->k1, params->b, info.documents,
                  info.total_length);
    return build(&out->q, out, tree, xerr);
}

enum xc_status
xe_query_skip(struct xe_query *q, uint32_t id, struct xc_error *xerr)
{
    xc_query *part[2] = {q->q, NULL};
    enum xc_status xst = xe_query_above(&part[1], q, id, xerr);

    q->q = NULL;
    return build_pair(&q->q, XC_OP_FILTER, part, xst, xerr);
}

void
xe_query_free(struct xe_query *q)
{
    xc_query_free(q->q);
    for (struct counted *c = q->counted; c; c = c->next) {
        free(c->number);
        free(c->score);
    }
    arena_free(&q->arena);
}
