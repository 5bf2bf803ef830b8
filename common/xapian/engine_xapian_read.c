/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_read.c - searching a Xapian database
 *
 * A reader holds one revision of one generation.  Xapian lets a revision be
 * read until the second commit after it; then reading fails, here with
 * MORGUE_BUSY, and the reader has to be refreshed.  A generation that is
 * taken away stays readable to who has it open.  A reader is copied by opening
 * the database once more, which gives the same revision or is MORGUE_BUSY.
 *
 * Xapian fetches the length of each article that matches, about 12 ns times
 * the number of articles for each query with a frequent term.
 */
#include "engine_xapian.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "../engine/bm25.h"

/* Totals are exact up to this number of matches at least. */
enum { COUNT_AT_LEAST = 1000 };

struct xe_reader {
    struct engine_reader base;
    const struct dir *dir;
    uint64_t generation;
    uint64_t revision; /* of it */
    char analysis[ANALYSIS_MAX];
    xc_db *db;
};

static struct xe_reader *
xe_reader(struct engine_reader *r)
{
    assert(r->engine == &engine_xapian);
    return (struct xe_reader *)r;
}

static const struct xe_reader *
xe_reader_const(const struct engine_reader *r)
{
    assert(r->engine == &engine_xapian);
    return (const struct xe_reader *)r;
}

static void
reader_free(struct xe_reader *r)
{
    xc_db_close(r->db);
    free(r);
}

static enum morgue_status
open_generation(xc_db **out, uint64_t *revision, const struct dir *dir,
                uint64_t generation, struct morgue_error *err)
{
    struct xc_error xerr;
    enum xc_status xst;
    char *path;
    enum morgue_status st = generation_path(&path, dir, generation, err);

    *out = NULL;
    if (st)
        return st;
    xst = xc_db_open(out, path, &xerr);
    free(path);
    if (!xst) {
        xst = xc_db_revision(revision, *out, &xerr);
        if (xst) {
            xc_db_close(*out);
            *out = NULL;
        }
    }
    return from_xapian(err, xst, &xerr, "open the database");
}

/* Open the current generation.  Between reading its name and opening it, it
 * may have been replaced twice and taken away: then its name has changed. */
static enum morgue_status
open_current(struct xe_reader *r, struct morgue_error *err)
{
    enum { TRIES = 10 };
    enum morgue_status st = MORGUE_OK;
    struct stub stub = {.generation = 0};
    uint64_t before, revision = 0;
    xc_db *db = NULL;

    for (int i = 0; i < TRIES; i++) {
        before = stub.generation;
        st = stub_read(&stub, r->dir, err);
        if (st)
            break;
        st = open_generation(&db, &revision, r->dir, stub.generation, err);
        if (st && i > 0 && stub.generation == before)
            break;
        if (!st || st == MORGUE_NOMEM)
            break;
    }
    if (st)
        return st;
    xc_db_close(r->db);
    r->db = db;
    r->generation = stub.generation;
    r->revision = revision;
    memcpy(r->analysis, stub.analysis, sizeof r->analysis);
    return MORGUE_OK;
}

enum morgue_status
xe_reader_open(struct engine_reader **out, const struct dir *dir,
               struct morgue_error *err)
{
    enum morgue_status st;
    struct xe_reader *r = calloc(1, sizeof *r);

    *out = NULL;
    if (!r)
        return error_nomem(err);
    r->dir = dir;
    st = open_current(r, err);
    if (st)
        reader_free(r);
    else
        *out = &r->base;
    return st;
}

enum morgue_status
xe_reader_refresh(struct engine_reader *reader, struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    enum xc_status xst;
    struct stub stub;
    enum morgue_status st = stub_read(&stub, r->dir, err);

    if (st)
        return st;
    if (stub.generation != r->generation)
        return open_current(r, err);
    xst = xc_db_reopen(NULL, r->db, &xerr);
    if (!xst)
        xst = xc_db_revision(&r->revision, r->db, &xerr);
    if (!xst)
        return MORGUE_OK;
    /* Some of its tables may be of the new revision then, and reopening it
     * once more would change nothing: it is opened anew.  Or the generation
     * has been taken away since its name was read. */
    r->generation = 0;
    if (xst == XC_NOMEM)
        return error_nomem(err);
    return open_current(r, err);
}

/* A database opened once more is at its newest revision. */
enum morgue_status
xe_reader_copy(struct engine_reader **out, const struct engine_reader *reader,
               struct morgue_error *err)
{
    const struct xe_reader *from = xe_reader_const(reader);
    struct xe_reader *r = calloc(1, sizeof *r);
    enum morgue_status st;

    *out = NULL;
    if (!r)
        return error_nomem(err);
    r->dir = from->dir;
    r->generation = from->generation;
    memcpy(r->analysis, from->analysis, sizeof r->analysis);
    st = open_generation(&r->db, &r->revision, r->dir, r->generation, err);
    if (st && st != MORGUE_NOMEM) /* it may have been taken away */
        st = error_as(err, MORGUE_BUSY);
    if (!st && r->revision != from->revision)
        st = error_set(err, MORGUE_BUSY, "'%s' was changed meanwhile",
                       r->dir->path);
    if (st)
        reader_free(r);
    else
        *out = &r->base;
    return st;
}

uint64_t
xe_reader_state(const struct engine_reader *reader)
{
    const struct xe_reader *r = xe_reader_const(reader);

    return r->generation << 32 | (r->revision & UINT32_MAX);
}

const char *
xe_reader_analysis(const struct engine_reader *reader)
{
    return xe_reader_const(reader)->analysis;
}

uint64_t
xe_reader_bytes(const struct engine_reader *reader)
{
    const struct xe_reader *r = xe_reader_const(reader);
    char *path;
    uint64_t sum;

    if (generation_path(&path, r->dir, r->generation, NULL))
        return 0;
    sum = file_dir_bytes(path);
    free(path);
    return sum;
}

void
xe_reader_close(struct engine_reader *reader)
{
    reader_free(xe_reader(reader));
}

/* ---- the query tree ----------------------------------------------------- */

/* Where a query tree is looked up. */
struct builder {
    xc_db *db;
    double docs; /* how many documents it has */
};

static enum xc_status build(xc_query **out, const struct builder *b,
                            const struct query *q, struct xc_error *xerr);

/* `op` over children `from` and on; one alone is itself. */
static enum xc_status
build_children(xc_query **out, const struct builder *b, enum xc_op op,
               const struct query *q, size_t from, struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;
    size_t n = q->child_n - from, done = 0;
    xc_query **part = calloc(n + 1, sizeof(xc_query *));

    *out = NULL;
    if (!part) {
        xerr->system_errno = 0;
        return XC_NOMEM;
    }
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

/* The first child by `op` with all others together by `others`. */
static enum xc_status
build_first(xc_query **out, const struct builder *b, enum xc_op op,
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
        xst = build_children(&part[1], b, others, q, 1, xerr);
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
build_every(xc_query **out, struct xc_error *xerr)
{
    xc_query *all = NULL;
    enum xc_status xst = xc_query_match_all(&all, xerr);

    if (!xst)
        xst = xc_query_scale(out, all, 0.0, xerr);
    xc_query_free(all);
    return xst;
}

/* What BM25Weight makes of the number of documents that have a term. */
static double
rarity(const struct builder *b, double documents)
{
    double w = (b->docs - documents + 0.5) / (documents + 0.5);

    return log(w < 2 ? w * 0.5 + 1 : w);
}

/* A form of a word, which so many documents have, scored as if `all` had. */
static enum xc_status
build_form(xc_query **out, const struct builder *b, const struct query *q,
           double documents, double all, struct xc_error *xerr)
{
    xc_query *term = NULL;
    enum xc_status xst =
        xc_query_term(&term, q->term.s, q->term.len, q->wqf, 0, xerr);

    if (!xst)
        xst = xc_query_scale(out, term, rarity(b, all) / rarity(b, documents),
                             xerr);
    xc_query_free(term);
    return xst;
}

/* The forms that there are, as children of OP_MAX; what OP_SYNONYM would add
 * up is estimated. */
static enum xc_status
build_forms(xc_query **out, const struct builder *b, const struct query *q,
            struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;
    xc_query **part = calloc(q->child_n + 1, sizeof(xc_query *));
    uint32_t *documents = calloc(q->child_n + 1, sizeof *documents);
    double all = 0;
    size_t n = 0;

    if (!part || !documents) {
        xerr->system_errno = 0;
        xst = XC_NOMEM;
    }
    for (size_t i = 0; i < q->child_n && !xst; i++) {
        struct morgue_str term = q->child[i]->term;

        xst = xc_db_freq(&documents[i], NULL, b->db, term.s, term.len, xerr);
        all += documents[i];
    }
    for (size_t i = 0; i < q->child_n && !xst; i++)
        if (documents[i] > 0) {
            xst = build_form(&part[n], b, q->child[i], documents[i],
                             all < b->docs ? all : b->docs, xerr);
            n += !xst;
        }
    if (!xst)
        xst = xc_query_combine(out, XC_OP_MAX, (const xc_query *const *)part,
                               n, 0, xerr);
    for (size_t i = 0; i < n; i++)
        xc_query_free(part[i]);
    free(part);
    free(documents);
    return xst;
}

static enum xc_status
build(xc_query **out, const struct builder *b, const struct query *q,
      struct xc_error *xerr)
{
    *out = NULL;
    switch (q->op) {
    case QUERY_TERM:
        return xc_query_term(out, q->term.s, q->term.len, q->wqf, 0, xerr);
    case QUERY_ALL:
        return build_children(out, b, XC_OP_AND, q, 0, xerr);
    case QUERY_ANY:
        return build_children(out, b, XC_OP_OR, q, 0, xerr);
    case QUERY_BEST:
        return build_children(out, b, XC_OP_MAX, q, 0, xerr);
    case QUERY_FORMS:
        return build_forms(out, b, q, xerr);
    case QUERY_PHRASE:
        return build_children(out, b, XC_OP_PHRASE, q, 0, xerr);
    case QUERY_NOT:
        return build_first(out, b, XC_OP_AND_NOT, XC_OP_OR, q, xerr);
    case QUERY_FILTER:
        return build_first(out, b, XC_OP_FILTER, XC_OP_AND, q, xerr);
    case QUERY_DATES:
        return build_dates(out, &q->period, xerr);
    case QUERY_EVERY:
        return build_every(out, xerr);
    case QUERY_WORDS:
    case QUERY_SOME:
    case QUERY_SCALE:
    case QUERY_NEAR:
    case QUERY_APART:
    case QUERY_WITHIN:
    case QUERY_TIMES:
    case QUERY_NONE:
        break;
    }
    return xc_query_match_nothing(out, xerr);
}

/* ---- searching ---------------------------------------------------------- */

static enum xc_status
set_up(xc_enquire *e, const xc_query *query, const struct engine_params *p,
       struct xc_error *xerr)
{
    enum xc_status xst = xc_enquire_set_query(e, query, 0, xerr);

    if (!xst) /* with 0, a wdf of 0 would be divided by 0 */
        xst = xc_enquire_set_bm25(e, p->k1 > 0 ? p->k1 : DBL_MIN, 0, ENGINE_K3,
                                  p->b, 0, xerr);
    if (!xst)
        xst = xc_enquire_set_docid_order(e, XC_ASCENDING, xerr);
    if (xst)
        return xst;
    if (p->sort == MORGUE_SORT_NEWEST)
        return xc_enquire_set_sort(e, XC_SORT_VALUE, SLOT_NEWEST, true, xerr);
    if (p->sort == MORGUE_SORT_OLDEST)
        return xc_enquire_set_sort(e, XC_SORT_VALUE, SLOT_OLDEST, true, xerr);
    return xc_enquire_set_sort(e, XC_SORT_RELEVANCE_THEN_VALUE, SLOT_NEWEST,
                               true, xerr);
}

static uint32_t
clamp32(size_t n)
{
    return n > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)n;
}

/* Whether there is an any-of.  Where libxapian 1.4 prunes those, it leaves out
 * articles that belong among the best (found with three plain terms: of 1,371
 * questions to Reuters-21578, one); and where there is a choice of forms below
 * and the last two lists of OP_MAX end together with a list elsewhere, it asks
 * the former for their maximum, which are freed, and crashes. */
static bool
must_not_prune(const struct query *q)
{
    if (q->op == QUERY_ANY && q->child_n > 1)
        return true;
    for (size_t i = 0; i < q->child_n; i++)
        if (must_not_prune(q->child[i]))
            return true;
    return false;
}

/* A query tree looked up in the reader's state. */
static enum xc_status
build_query(xc_query **out, struct xe_reader *r, const struct query *query,
            struct xc_error *xerr)
{
    struct builder b = {.db = r->db};
    struct xc_db_info info;
    enum xc_status xst = xc_db_get_info(&info, r->db, xerr);

    *out = NULL;
    if (xst)
        return xst;
    b.docs = info.documents;
    return build(out, &b, query, xerr);
}

static enum xc_status
run_search(xc_mset **out, struct xe_reader *r, const struct query *query,
           const struct engine_params *p, struct xc_error *xerr)
{
    xc_query *q = NULL;
    xc_enquire *e = NULL;
    size_t at_least =
        p->exact_total || must_not_prune(query) ? UINT32_MAX : COUNT_AT_LEAST;
    enum xc_status xst = build_query(&q, r, query, xerr);

    *out = NULL;
    if (!xst)
        xst = xc_enquire_new(&e, r->db, xerr);
    if (!xst)
        xst = set_up(e, q, p, xerr);
    if (!xst)
        xst = xc_enquire_mset(out, e, clamp32(p->offset), clamp32(p->limit),
                              clamp32(at_least), xerr);
    xc_enquire_free(e);
    xc_query_free(q);
    return xst;
}

enum morgue_status
xe_search(struct engine_hits *out, struct engine_reader *reader,
          struct arena *arena, const struct query *query,
          const struct engine_params *params, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct xc_error xerr;
    struct xc_mset_info info;
    struct xc_hit hit;
    xc_mset *mset = NULL;
    enum xc_status xst =
        run_search(&mset, xe_reader(reader), query, params, &xerr);

    *out = (struct engine_hits){0};
    if (xst)
        goto done;
    xc_mset_get_info(&info, mset);
    out->total = info.lower;
    out->exact = info.lower == info.upper;
    out->hit = arena_zero(arena, info.hits + (size_t)1, sizeof *out->hit);
    if (!out->hit) {
        st = error_nomem(err);
        goto done;
    }
    for (uint32_t i = 0; i < info.hits && !xst; i++) {
        xst = xc_mset_hit(&hit, mset, i, &xerr);
        out->hit[i].number = hit.id;
        out->hit[i].score = hit.weight;
    }
    out->n = info.hits;
done:
    xc_mset_free(mset);
    return st ? st : from_xapian(err, xst, &xerr, "search");
}

/* ---- values ------------------------------------------------------------- */

/* Count the values in a slot of all that match. */
static enum xc_status
run_tally(xc_mset **out, struct xe_reader *r, const struct query *query,
          uint32_t slot, struct xc_error *xerr)
{
    xc_query *q = NULL;
    xc_enquire *e = NULL;
    enum xc_status xst = build_query(&q, r, query, xerr);

    *out = NULL;
    if (!xst)
        xst = xc_enquire_new(&e, r->db, xerr);
    if (!xst)
        xst = xc_enquire_set_query(e, q, 0, xerr);
    if (!xst)
        xst = xc_enquire_add_facet(e, slot, xerr);
    if (!xst)
        xst = xc_enquire_mset(out, e, 0, 0, clamp32(UINT32_MAX), xerr);
    xc_enquire_free(e);
    xc_query_free(q);
    return xst;
}

static int
by_bytes(const void *a, const void *b)
{
    return str_compare(*(const struct morgue_str *)a,
                       *(const struct morgue_str *)b);
}

/* Hand out each value of a field that has several, all of which so many
 * articles have.  False where no more is wanted; *nomem where it is out of
 * memory. */
static bool
each_line(struct morgue_str field, uint64_t articles, engine_each *each,
          void *payload, bool *nomem)
{
    size_t n = 0, most = 1;
    struct morgue_str *line;
    bool more = true;

    for (size_t i = 0; i < field.len; i++)
        most += field.s[i] == '\n';
    line = calloc(most, sizeof *line);
    *nomem = !line;
    while (line && str_line(&field, &line[n]))
        n += line[n].len > 0;
    if (n > 0)
        qsort(line, n, sizeof *line, by_bytes);
    for (size_t i = 0; i < n && more; i++)
        if (i == 0 || !str_eq(line[i], line[i - 1]))
            more = each(line[i], articles, payload);
    free(line);
    return more && !*nomem;
}

enum morgue_status
xe_tally(struct engine_reader *reader, const struct query *query,
         enum field field, engine_each *each, void *payload,
         struct morgue_error *err)
{
    struct xc_error xerr;
    struct xc_mset_info info = {.hits = 0};
    xc_mset *mset = NULL;
    xc_iter *it = NULL;
    bool more = true, nomem = false;
    size_t len;
    enum xc_status xst =
        run_tally(&mset, xe_reader(reader), query,
                  SLOT_VALUES + (field - FIELD_VALUES), &xerr);

    if (!xst)
        xc_mset_get_info(&info, mset);
    if (!xst) /* no more values than matches; room for all is taken at once */
        xst = xc_mset_facet(&it, mset, 0, info.upper, &xerr);
    while (!xst && more) {
        xst = xc_iter_next(&more, it, &xerr);
        if (!xst && more) {
            const char *s = xc_iter_bytes(it, &len);

            more = each_line(str_slice(s, len), xc_iter_freq(it), each,
                             payload, &nomem);
        }
    }
    xc_iter_free(it);
    xc_mset_free(mset);
    return nomem ? error_nomem(err)
                 : from_xapian(err, xst, &xerr, "count values");
}

/* The value of an article in a slot, its bytes handed to `take`. */
static enum morgue_status
read_slot(uint64_t *out, struct engine_reader *reader, uint64_t number,
          unsigned slot, uint64_t (*take)(struct morgue_str),
          struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    xc_doc *doc = NULL;
    const char *s = NULL;
    size_t len = 0;
    enum xc_status xst = xc_db_document(&doc, r->db, (uint32_t)number, &xerr);

    *out = 0;
    if (!xst)
        xst = xc_doc_value(&s, &len, doc, slot, &xerr);
    if (!xst)
        *out = take(str_slice(s, len));
    xc_doc_free(doc);
    return from_xapian(err, xst, &xerr, "read an article");
}

static uint64_t
big_endian(struct morgue_str s)
{
    uint64_t v = 0;

    for (size_t i = 0; i < s.len; i++)
        v = v << 8 | (unsigned char)s.s[i];
    return v;
}

/* As it is in memory (engine_xapian_write.c). */
static uint64_t
own_order(struct morgue_str s)
{
    uint64_t v = 0;

    if (s.len == sizeof v)
        memcpy(&v, s.s, sizeof v);
    return v;
}

enum morgue_status
xe_words(uint64_t *out, struct engine_reader *reader, uint64_t number,
         struct morgue_error *err)
{
    return read_slot(out, reader, number, SLOT_WORDS, big_endian, err);
}

enum morgue_status
xe_hash(uint64_t *out, struct engine_reader *reader, uint64_t number,
        struct morgue_error *err)
{
    return read_slot(out, reader, number, SLOT_HASH, own_order, err);
}

/* ---- articles and terms ------------------------------------------------- */

enum morgue_status
xe_article(struct morgue_article *out, struct engine_reader *reader,
           struct arena *arena, uint64_t number, bool with_body,
           struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    enum morgue_status st;
    struct xc_error xerr;
    xc_doc *doc = NULL;
    const char *data = NULL;
    size_t len = 0;
    enum xc_status xst = xc_db_document(&doc, r->db, (uint32_t)number, &xerr);

    if (!xst)
        xst = xc_doc_data(&data, &len, doc, &xerr);
    st = from_xapian(err, xst, &xerr, "read an article");
    if (!st)
        st = record_unpack(out, arena, str_slice(data, len), with_body, err);
    xc_doc_free(doc);
    return st;
}

enum morgue_status
xe_find(uint64_t *out, struct engine_reader *reader, struct morgue_str id,
        struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct id_term t = id_term(id);
    struct xc_error xerr;
    xc_iter *it = NULL;
    bool more = false;
    enum xc_status xst = xc_iter_postings(&it, r->db, t.s, t.len, &xerr);

    if (!xst)
        xst = xc_iter_next(&more, it, &xerr);
    if (!xst && more)
        *out = xc_iter_id(it);
    xc_iter_free(it);
    if (xst)
        return from_xapian(err, xst, &xerr, "look an article up");
    if (!more)
        return error_set(err, MORGUE_NO_ARTICLE,
                         "no article has the id '%.*s'",
                         (int)(id.len < 200 ? id.len : 200), id.s);
    return MORGUE_OK;
}

enum morgue_status
xe_terms(struct engine_reader *reader, struct morgue_str prefix,
         engine_each *each, void *payload, struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    xc_iter *it = NULL;
    bool more = true;
    size_t len;
    enum xc_status xst =
        xc_iter_terms(&it, r->db, prefix.s, prefix.len, &xerr);

    while (!xst && more) {
        xst = xc_iter_next(&more, it, &xerr);
        if (!xst && more) {
            const char *s = xc_iter_bytes(it, &len);
            more = each(str_slice(s, len), xc_iter_freq(it), payload);
        }
    }
    xc_iter_free(it);
    return from_xapian(err, xst, &xerr, "list terms");
}

static bool
count_one(struct morgue_str term, uint64_t articles, void *payload)
{
    (void)term;
    (void)articles;
    ++*(uint64_t *)payload;
    return true;
}

enum morgue_status
xe_counts(struct engine_counts *out, struct engine_reader *reader,
          struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    struct xc_db_info info;
    enum morgue_status st;

    *out = (struct engine_counts){0};
    st = from_xapian(err, xc_db_get_info(&info, r->db, &xerr), &xerr,
                     "count articles");
    if (st)
        return st;
    out->articles = info.documents;
    out->mean_length = info.mean_length;
    return xe_terms(reader, str_slice("", 0), count_one, &out->terms, err);
}
