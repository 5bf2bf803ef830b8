/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_xapian_search.c - queries and searches through the binding: which
 * documents are found, in what order, with what weights
 */
#define _GNU_SOURCE
#include <limits.h>
#include <math.h>
#include <pthread.h>

#include "help.h"

static xc_db *db;

/* The ids of a search's hits as "3 1 2"; what failed as "status N". */
static char found[400];

static const char *
mset_ids(xc_mset *m)
{
    struct xc_mset_info info;
    size_t at = 0;

    xc_mset_get_info(&info, m);
    found[0] = '\0';
    for (uint32_t i = 0; i < info.hits && at < sizeof found - 12; i++) {
        struct xc_hit hit;

        CHECK_OK(xc_mset_hit(&hit, m, i, &err));
        at += (size_t)snprintf(found + at, sizeof found - at, "%s%u",
                               i ? " " : "", (unsigned)hit.id);
    }
    return found;
}

/* Searches for q, which is given back. */
static const char *
hits_of(xc_query *q)
{
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    enum xc_status st = xc_enquire_new(&e, db, &err);

    if (st == XC_OK)
        st = xc_enquire_set_query(e, q, 0, &err);
    if (st == XC_OK)
        st = xc_enquire_set_boolean(e, &err);
    if (st == XC_OK)
        st = xc_enquire_mset(&m, e, 0, 50, 1000, &err);
    if (st == XC_OK)
        mset_ids(m);
    else
        snprintf(found, sizeof found, "status %d", (int)st);
    xc_mset_free(m);
    xc_enquire_free(e);
    xc_query_free(q);
    return found;
}

static xc_query *
term(const char *text)
{
    xc_query *q = NULL;

    CHECK_OK(xc_query_term(&q, text, strlen(text), 1, 0, &err));
    return q;
}

static xc_query *
starts(const char *prefix, uint32_t max, enum xc_wildcard_limit limit)
{
    xc_query *q = NULL;

    CHECK_OK(xc_query_wildcard(&q, prefix, strlen(prefix), max, limit,
                               XC_OP_MAX, &err));
    return q;
}

/* a OP b, both given back; NULL with its status in err where that fails. */
static xc_query *
both(enum xc_op op, xc_query *a, xc_query *b, uint32_t window)
{
    const xc_query *part[] = {a, b};
    xc_query *q = NULL;

    err.status = xc_query_combine(&q, op, part, 2, window, &err);
    xc_query_free(a);
    xc_query_free(b);
    return q;
}

static xc_query *
range(const char *low, const char *high)
{
    xc_query *q = NULL;

    CHECK_OK(xc_query_value_range(&q, 0, low, low ? strlen(low) : 0, high,
                                  high ? strlen(high) : 0, &err));
    return q;
}

/* ---- which documents ---- */

static void
operators_find_what_they_say(void)
{
    CHECK_STR(hits_of(term("coffee")), "1 2 4");
    CHECK_STR(hits_of(term("nobody")), "");
    CHECK_STR(hits_of(both(XC_OP_AND, term("coffee"), term("tea"), 0)), "2");
    CHECK_STR(hits_of(both(XC_OP_OR, term("coffee"), term("tea"), 0)),
              "1 2 3 4");
    CHECK_STR(hits_of(both(XC_OP_AND_NOT, term("coffee"), term("tea"), 0)),
              "1 4");
    CHECK_STR(hits_of(both(XC_OP_XOR, term("coffee"), term("tea"), 0)),
              "1 3 4");
    CHECK_STR(hits_of(both(XC_OP_AND_MAYBE, term("coffee"), term("tea"), 0)),
              "1 2 4");
    CHECK_STR(hits_of(both(XC_OP_FILTER, term("coffee"), term("tea"), 0)),
              "2");
    CHECK_STR(hits_of(both(XC_OP_SYNONYM, term("coffee"), term("tea"), 0)),
              "1 2 3 4");
    CHECK_STR(hits_of(both(XC_OP_MAX, term("coffee"), term("tea"), 0)),
              "1 2 3 4");
    CHECK_STR(hits_of(both(XC_OP_ELITE_SET, term("coffee"), term("tea"), 5)),
              "1 2 3 4");
}

static void
positions_are_minded(void)
{
    CHECK_STR(hits_of(both(XC_OP_PHRASE, term("export"), term("quota"), 0)),
              "1");
    CHECK_STR(hits_of(both(XC_OP_NEAR, term("export"), term("quota"), 2)),
              "1 4");
    CHECK_STR(hits_of(both(XC_OP_NEAR,
                           both(XC_OP_OR, term("export"), term("tea"), 0),
                           term("quota"), 2)),
              "1 4");
}

/* Told by a status where the query is built, for Xapian throws there. */
static void
what_near_cannot_hold_is_told(void)
{
    xc_query *q =
        both(XC_OP_NEAR, starts("ex", 0, XC_WILDCARD_ERROR), term("a"), 3);

    CHECK(q == NULL);
    CHECK_INT(err.status, XC_UNIMPLEMENTED);
    CHECK_STR(err.type, "UnimplementedError");
    q = both(XC_OP_PHRASE, both(XC_OP_AND, term("a"), term("b"), 0), term("c"),
             0);
    CHECK(q == NULL);
    CHECK_INT(err.status, XC_UNIMPLEMENTED);
}

static void
wildcards_are_expanded(void)
{
    CHECK_STR(hits_of(starts("ex", 0, XC_WILDCARD_ERROR)), "1 4 5");
    CHECK_STR(hits_of(starts("ex", 1, XC_WILDCARD_FIRST)), "5");
    CHECK_STR(hits_of(starts("ex", 1, XC_WILDCARD_MOST_FREQUENT)), "1 4");
    CHECK_STR(hits_of(starts("ex", 1, XC_WILDCARD_ERROR)), "status 14");
    CHECK_STR(err.type, "WildcardError");
}

static void
values_bound_a_query(void)
{
    CHECK_STR(hits_of(range("b", "c")), "2 3");
    CHECK_STR(hits_of(range("c", NULL)), "3 4");
    CHECK_STR(hits_of(range(NULL, "b")), "1 2");
    CHECK_STR(hits_of(range("y", "x")), "");
}

/* A term that no document can have, and bytes of all kinds. */
static void
odd_terms_are_not_found(void)
{
    char longest[400];
    xc_query *q = NULL;
    enum xc_status st;

    memset(longest, 'x', sizeof longest);
    CHECK_OK(xc_query_term(&q, longest, sizeof longest, 1, 0, &err));
    hits_of(q);
    st = err.status;
    CHECK(strcmp(found, "") == 0 || st == XC_INVALID);
    CHECK_OK(xc_query_term(&q, "tea\0x", 5, 1, 0, &err));
    CHECK_STR(hits_of(q), "");
    CHECK_OK(xc_query_term(&q, "\xff\xfe", 2, 1, 0, &err));
    CHECK_STR(hits_of(q), "");
}

static void
all_and_nothing(void)
{
    xc_query *q = NULL, *none = NULL;

    CHECK_OK(xc_query_match_all(&q, &err));
    CHECK_STR(hits_of(q), "1 2 3 4 5");
    CHECK_OK(xc_query_match_nothing(&none, &err));
    CHECK_STR(hits_of(none), "");
    CHECK_OK(xc_query_combine(&q, XC_OP_OR, NULL, 0, 0, &err));
    CHECK_STR(hits_of(q), "");
}

static void
bad_queries_are_told(void)
{
    xc_query *q = NULL, *t = term("a");
    const xc_query *part[] = {t, t};

    CHECK_STATUS(xc_query_scale(&q, t, -1, &err), XC_INVALID);
    CHECK_STATUS(xc_query_scale(&q, t, NAN, &err), XC_INVALID);
    CHECK_STATUS(xc_query_scale(&q, t, INFINITY, &err), XC_INVALID);
    CHECK_STATUS(xc_query_combine(&q, (enum xc_op)8, part, 2, 0, &err),
                 XC_INVALID);
    CHECK_STATUS(xc_query_combine(&q, XC_OP_AND, part, 2, 7, &err),
                 XC_INVALID);
    CHECK_STATUS(xc_query_combine(&q, (enum xc_op)9, part, 2, 0, &err),
                 XC_INVALID);
    CHECK_STATUS(xc_query_combine(&q, (enum xc_op)15, part, 2, 0, &err),
                 XC_INVALID);
    CHECK_STATUS(
        xc_query_wildcard(&q, "a", 1, 0, XC_WILDCARD_FIRST, XC_OP_AND, &err),
        XC_INVALID);
    CHECK_STATUS(xc_query_wildcard(&q, "a", 1, 0, (enum xc_wildcard_limit)3,
                                   XC_OP_OR, &err),
                 XC_INVALID);
    CHECK(xc_query_unserialise(&q, "\xff\xff", 2, &err) != XC_OK);
    CHECK(q == NULL);
    xc_query_free(t);
    xc_query_free(NULL);
}

static void
a_query_has_a_greatest_depth(void)
{
    xc_query *q = term("coffee");
    int levels = 1;

    while (levels < XC_QUERY_DEPTH_MAX) {
        q = both(levels % 2 ? XC_OP_AND_NOT : XC_OP_OR, q, term("zz"), 0);
        levels++;
    }
    CHECK(q != NULL);

    xc_query *more = NULL;
    const xc_query *part[] = {q, q};

    CHECK_STATUS(xc_query_combine(&more, XC_OP_OR, part, 2, 0, &err),
                 XC_INVALID);
    CHECK_STATUS(xc_query_scale(&more, q, 2, &err), XC_INVALID);
    CHECK_STR(hits_of(q), "1 2 4");
}

static void
queries_are_described_and_sent(void)
{
    xc_query *q = both(XC_OP_AND, term("coffee"), term("a\"b"), 0);
    xc_query *back = NULL;
    const char *text;
    size_t len;
    char first[200];

    CHECK_OK(xc_query_description(&text, &len, q, &err));
    snprintf(first, sizeof first, "%s", text);
    CHECK_STR(first, "Query((coffee AND a\"b))");
    CHECK_OK(xc_query_serialise(&text, &len, q, &err));
    CHECK_OK(xc_query_unserialise(&back, text, len, &err));
    CHECK_OK(xc_query_description(&text, &len, back, &err));
    CHECK_STR(text, first);
    xc_query_free(back);
    xc_query_free(q);
}

/* ---- weights ---- */

static xc_enquire *
enquire_for(xc_query *q)
{
    xc_enquire *e = NULL;

    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    xc_query_free(q);
    return e;
}

/* The weight of document `id` among all hits; -1 where it is none. */
static double
weight_of(xc_enquire *e, uint32_t id)
{
    xc_mset *m = NULL;
    struct xc_mset_info info;
    double weight = -1;

    CHECK_OK(xc_enquire_mset(&m, e, 0, 50, 1000, &err));
    xc_mset_get_info(&info, m);
    for (uint32_t i = 0; i < info.hits; i++) {
        struct xc_hit hit;

        CHECK_OK(xc_mset_hit(&hit, m, i, &err));
        if (hit.id == id)
            weight = hit.weight;
    }
    xc_mset_free(m);
    return weight;
}

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(b);
}

/* Xapian's idf of n of N documents, raised where a term is in many. */
static double
idf(double N, double n)
{
    double x = (N - n + 0.5) / (n + 0.5);

    return log(x < 2 ? x * 0.5 + 1 : x);
}

static double
bm25(double N, double n, double f, double wqf, double L, double k1, double k3,
     double b)
{
    return idf(N, n) * (k3 + 1) * wqf / (k3 + wqf) * f * (k1 + 1) /
           (k1 * (1 - b + b * L) + f);
}

/* Five documents of lengths 4, 5, 3, 6 and 2: 20 in all. */
static void
weights_are_those_of_bm25(void)
{
    xc_query *twice = NULL;
    xc_enquire *e = enquire_for(term("coffee"));

    CHECK_OK(xc_enquire_set_bm25(e, 1.2, 0, 1, 0.75, 0, &err));
    CHECK(near(weight_of(e, 1), bm25(5, 3, 1, 1, 4 / 4.0, 1.2, 1, 0.75)));
    CHECK(near(weight_of(e, 2), bm25(5, 3, 2, 1, 5 / 4.0, 1.2, 1, 0.75)));
    CHECK(near(weight_of(e, 4), bm25(5, 3, 1, 1, 6 / 4.0, 1.2, 1, 0.75)));
    CHECK_OK(xc_enquire_set_bm25(e, 2, 0, 1, 0.25, 0, &err));
    CHECK(near(weight_of(e, 2), bm25(5, 3, 2, 1, 5 / 4.0, 2, 1, 0.25)));
    xc_enquire_free(e);
    CHECK_OK(xc_query_term(&twice, "tea", 3, 3, 0, &err));
    e = enquire_for(twice);
    CHECK_OK(xc_enquire_set_bm25(e, 1.2, 0, 7, 0.75, 0, &err));
    CHECK(near(weight_of(e, 3), bm25(5, 2, 2, 3, 3 / 4.0, 1.2, 7, 0.75)));
    CHECK_OK(xc_enquire_set_bm25(e, 1.2, 0, 7, 0.75, 2, &err));
    CHECK(near(weight_of(e, 3), bm25(5, 2, 2, 3, 2, 1.2, 7, 0.75)));
    xc_enquire_free(e);
}

static void
weights_are_combined(void)
{
    xc_query *q = NULL, *t = term("tea");
    xc_enquire *e =
        enquire_for(both(XC_OP_OR, term("coffee"), term("tea"), 0));
    xc_enquire *max =
        enquire_for(both(XC_OP_MAX, term("coffee"), term("tea"), 0));
    xc_enquire *c = enquire_for(term("coffee"));
    xc_enquire *filter =
        enquire_for(both(XC_OP_FILTER, term("coffee"), term("tea"), 0));
    xc_enquire *scaled, *tea = enquire_for(term("tea"));

    CHECK_OK(xc_query_scale(&q, t, 2.5, &err));
    xc_query_free(t);
    scaled = enquire_for(q);

    double wc = weight_of(c, 2), wt = weight_of(tea, 2);

    CHECK(near(weight_of(e, 2), wc + wt));
    CHECK(near(weight_of(max, 2), wc > wt ? wc : wt));
    CHECK(near(weight_of(filter, 2), wc));
    CHECK(near(weight_of(scaled, 2), 2.5 * wt));
    CHECK_OK(xc_enquire_set_boolean(c, &err));
    CHECK(fabs(weight_of(c, 2)) <= 0);
    CHECK_OK(xc_enquire_set_tfidf(c, "ntn", &err));
    CHECK(near(weight_of(c, 2), 2 * log(5 / 3.0)));
    CHECK_STATUS(xc_enquire_set_tfidf(c, "q!?", &err), XC_INVALID);
    xc_enquire_free(e);
    xc_enquire_free(max);
    xc_enquire_free(c);
    xc_enquire_free(filter);
    xc_enquire_free(scaled);
    xc_enquire_free(tea);
}

static void
known_documents_change_weights(void)
{
    static const uint32_t known[] = {3}, none[] = {0};
    xc_enquire *e = enquire_for(term("tea"));
    double before = weight_of(e, 3);

    CHECK_OK(xc_enquire_set_relevant(e, known, 1, &err));
    CHECK(weight_of(e, 3) > before);
    CHECK_STATUS(xc_enquire_set_relevant(e, none, 1, &err), XC_INVALID);
    CHECK_OK(xc_enquire_set_relevant(e, NULL, 0, &err));
    CHECK(near(weight_of(e, 3), before));
    xc_enquire_free(e);
}

/* The terms that tell the documents best, as "tea and". */
static const char *
expanded(xc_enquire *e, const uint32_t *id, size_t n, int flags,
         const char *prefix)
{
    xc_iter *it = NULL;
    double last = 1e9;
    bool more = true;
    size_t at = 0, len;

    found[0] = '\0';
    CHECK_OK(xc_enquire_set_relevant(e, id, n, &err));
    CHECK_OK(
        xc_enquire_expand(&it, e, 9, flags, prefix, strlen(prefix), &err));
    while (it && at < sizeof found - 30) {
        CHECK_OK(xc_iter_next(&more, it, &err));
        if (!more)
            break;
        CHECK(xc_iter_weight(it) > 0 && xc_iter_weight(it) <= last);
        last = xc_iter_weight(it);
        at += (size_t)snprintf(found + at, sizeof found - at, "%s%s",
                               at ? " " : "", xc_iter_bytes(it, &len));
    }
    xc_iter_free(it);
    return found;
}

static void
relevant_documents_give_terms(void)
{
    static const uint32_t exports[] = {1, 4}, tea[] = {3}, gone[] = {99};
    xc_enquire *e = enquire_for(term("export"));
    xc_iter *it = NULL;
    bool more;

    CHECK_STR(expanded(e, exports, 2, 0, "q"), "quota");
    CHECK_STR(expanded(e, exports, 2, 0, "e"), "");
    CHECK_STR(expanded(e, exports, 2, XC_EXPAND_QUERY_TERMS, "e"), "export");
    CHECK(strncmp(expanded(e, exports, 2, 0, ""), "quota ", 6) == 0);
    CHECK(strstr(found, "coffee") && !strstr(found, "tea"));
    CHECK_STR(expanded(e, tea, 1, 0, "t"), "tea");
    CHECK_STR(expanded(e, NULL, 0, 0, ""), "");
    CHECK_OK(xc_enquire_set_relevant(e, gone, 1, &err));
    if (xc_enquire_expand(&it, e, 9, 0, "", 0, &err) == XC_OK) {
        CHECK_OK(xc_iter_next(&more, it, &err));
        CHECK(!more);
    }
    xc_iter_free(it);
    xc_enquire_free(e);
}

/* As the header shows it: documents like the first, itself among them. */
static void
more_like_this_is_found(void)
{
    static const uint32_t first[] = {1};
    xc_enquire *e = NULL;
    xc_iter *it = NULL;
    xc_query *like[20], *q = NULL;
    bool more = true;
    uint32_t n = 0;
    size_t len;

    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_enquire_set_relevant(e, first, 1, &err));
    CHECK_OK(xc_enquire_expand(&it, e, 20, 0, "", 0, &err));
    while (n < 20 && xc_iter_next(&more, it, &err) == XC_OK && more)
        like[n++] = term(xc_iter_bytes(it, &len));
    CHECK_OK(xc_query_combine(&q, XC_OP_OR, (const xc_query *const *)like, n,
                              0, &err));
    CHECK_STR(hits_of(q), "1 2 4");
    while (n > 0)
        xc_query_free(like[--n]);
    xc_iter_free(it);
    xc_enquire_free(e);
}

/* ---- order, collapsing, cutting off ---- */

static const char *
ids_of(xc_enquire *e, uint32_t first, uint32_t max)
{
    xc_mset *m = NULL;

    CHECK_OK(xc_enquire_mset(&m, e, first, max, 1000, &err));
    mset_ids(m);
    xc_mset_free(m);
    return found;
}

static xc_query *
everything(void)
{
    xc_query *q = NULL;

    CHECK_OK(xc_query_match_all(&q, &err));
    return q;
}

static void
hits_are_sorted(void)
{
    static const uint32_t slot[] = {1, 0};
    static const bool down[] = {true, false}, up[] = {false, true};
    xc_enquire *e = enquire_for(everything());

    CHECK_STR(ids_of(e, 0, 9), "1 2 3 4 5");
    CHECK_STR(ids_of(e, 1, 2), "2 3");
    CHECK_OK(xc_enquire_set_docid_order(e, XC_DESCENDING, &err));
    CHECK_STR(ids_of(e, 0, 9), "5 4 3 2 1");
    CHECK_OK(xc_enquire_set_docid_order(e, XC_ASCENDING, &err));
    CHECK_OK(xc_enquire_set_sort(e, XC_SORT_VALUE, 0, true, &err));
    CHECK_STR(ids_of(e, 0, 9), "4 3 2 1 5");
    CHECK_OK(xc_enquire_set_sort(e, XC_SORT_VALUE, 0, false, &err));
    CHECK_STR(ids_of(e, 0, 9), "5 1 2 3 4");
    CHECK_OK(xc_enquire_set_sort_key(e, XC_SORT_VALUE, slot, down, 2, &err));
    CHECK_STR(ids_of(e, 0, 9), "3 4 1 2 5");
    CHECK_OK(xc_enquire_set_sort_key(e, XC_SORT_VALUE, slot, up, 2, &err));
    CHECK_STR(ids_of(e, 0, 9), "5 2 1 4 3");
    CHECK_STATUS(
        xc_enquire_set_sort_key(e, XC_SORT_RELEVANCE, slot, up, 2, &err),
        XC_INVALID);
    xc_enquire_free(e);
}

static void
relevance_and_value_are_mixed(void)
{
    xc_enquire *e =
        enquire_for(both(XC_OP_OR, term("coffee"), term("tea"), 0));
    xc_mset *m = NULL;
    const char *key;
    size_t len;

    CHECK_STR(ids_of(e, 0, 9), "2 3 1 4");
    CHECK_OK(
        xc_enquire_set_sort(e, XC_SORT_VALUE_THEN_RELEVANCE, 1, true, &err));
    CHECK_STR(ids_of(e, 0, 9), "3 4 2 1");
    CHECK_OK(xc_enquire_mset(&m, e, 0, 9, 0, &err));
    CHECK_OK(xc_mset_sort_key(&key, &len, m, 0, &err));
    CHECK_BYTES(key, len, "two");
    xc_mset_free(m);
    CHECK_OK(xc_enquire_set_bm25(e, 0, 0, 0, 0, 0, &err));
    CHECK_OK(
        xc_enquire_set_sort(e, XC_SORT_RELEVANCE_THEN_VALUE, 0, true, &err));
    CHECK_STR(ids_of(e, 0, 9), "2 3 4 1");
    CHECK_OK(xc_enquire_set_sort(e, XC_SORT_RELEVANCE, 0, false, &err));
    CHECK_STR(ids_of(e, 0, 9), "2 3 1 4");
    xc_enquire_free(e);
}

static void
hits_are_collapsed_and_cut(void)
{
    xc_enquire *e = enquire_for(everything());
    xc_mset *m = NULL;
    struct xc_mset_info info;
    struct xc_hit hit;

    CHECK_OK(xc_enquire_set_collapse(e, 1, 1, &err));
    CHECK_OK(xc_enquire_mset(&m, e, 0, 9, 1000, &err));
    CHECK_STR(mset_ids(m), "1 3 5");
    CHECK_OK(xc_mset_hit(&hit, m, 0, &err));
    CHECK_BYTES(hit.collapse_key, hit.collapse_key_len, "one");
    CHECK_INT(hit.collapsed, 1);
    xc_mset_get_info(&info, m);
    CHECK_INT(info.hits, 3);
    CHECK_INT(info.lower, 3);
    CHECK_INT(info.upper, 3);
    CHECK_INT(info.uncollapsed_lower, 5);
    CHECK_INT(info.uncollapsed_estimated, 5);
    CHECK_INT(info.uncollapsed_upper, 5);
    CHECK_STATUS(xc_mset_hit(&hit, m, 3, &err), XC_RANGE);
    xc_mset_free(m);
    xc_enquire_free(e);
    e = enquire_for(both(XC_OP_OR, term("coffee"), term("tea"), 0));
    CHECK_OK(xc_enquire_set_cutoff(e, 100, 0, &err));
    CHECK_STR(ids_of(e, 0, 9), "2");
    CHECK_STATUS(xc_enquire_set_cutoff(e, 101, 0, &err), XC_INVALID);
    CHECK_STATUS(xc_enquire_set_cutoff(e, -1, 0, &err), XC_INVALID);
    CHECK_OK(xc_enquire_set_cutoff(e, 0, 0, &err));
    CHECK_OK(xc_enquire_set_cutoff(e, 0, weight_of(e, 3), &err));
    CHECK_STR(ids_of(e, 0, 9), "2 3");
    CHECK_OK(xc_enquire_set_cutoff(e, 0, 0, &err));
    CHECK_OK(xc_enquire_set_time_limit(e, 5, &err));
    CHECK_STR(ids_of(e, 0, 9), "2 3 1 4");
    xc_enquire_free(e);
}

/* ---- what hits tell ---- */

static void
hits_give_documents_and_terms(void)
{
    xc_enquire *e =
        enquire_for(both(XC_OP_OR, term("coffee"), term("tea"), 0));
    xc_mset *m = NULL;
    xc_doc *doc = NULL;
    xc_iter *it = NULL;
    struct xc_mset_info info;
    const char *got;
    size_t len;
    uint32_t n = 0;
    double weight = 0;
    bool more;

    CHECK_OK(xc_enquire_mset(&m, e, 0, 1, 1000, &err));
    xc_enquire_free(e);
    xc_mset_get_info(&info, m);
    CHECK_INT(info.hits, 1);
    CHECK_INT(info.lower, 4);
    CHECK_INT(info.estimated, 4);
    CHECK_INT(info.upper, 4);
    CHECK(info.max_attained > 0 && info.max_possible >= info.max_attained);
    CHECK_OK(xc_mset_document(&doc, m, 0, &err));
    CHECK_OK(xc_doc_data(&got, &len, doc, &err));
    CHECK_BYTES(got, len, "coffee and tea and coffee");
    CHECK_STATUS(xc_mset_document(&(xc_doc *){NULL}, m, 1, &err), XC_RANGE);
    CHECK_OK(xc_mset_term(&n, &weight, m, "tea", 3, &err));
    CHECK_INT(n, 2);
    CHECK(weight > 0);
    CHECK_OK(xc_mset_matching_terms(&it, m, 0, &err));
    for (int i = 0; i < 2; i++) {
        CHECK_OK(xc_iter_next(&more, it, &err));
        got = xc_iter_bytes(it, &len);
        CHECK(more && (strcmp(got, "coffee") == 0 || strcmp(got, "tea") == 0));
    }
    CHECK_OK(xc_iter_next(&more, it, &err));
    CHECK(!more);
    xc_iter_free(it);
    xc_doc_free(doc);
    xc_mset_free(m);
}

/* A search's hits stay what they were, whatever is asked next. */
static void
hits_belong_to_their_search(void)
{
    xc_enquire *e = enquire_for(term("coffee"));
    xc_query *tea = term("tea");
    xc_mset *m = NULL;
    xc_iter *it = NULL;
    bool more;
    size_t len;

    CHECK_OK(xc_enquire_mset(&m, e, 0, 1, 0, &err));
    CHECK_OK(xc_enquire_set_query(e, tea, 0, &err));
    CHECK_OK(xc_mset_matching_terms(&it, m, 0, &err));
    CHECK_OK(xc_iter_next(&more, it, &err));
    CHECK(more);
    CHECK_STR(xc_iter_bytes(it, &len), "coffee");
    xc_iter_free(it);
    xc_mset_free(m);
    xc_query_free(tea);
    xc_enquire_free(e);
}

static void
facets_are_counted(void)
{
    static const char *const want[] = {"one", "two"};
    xc_enquire *e = enquire_for(everything());
    xc_mset *m = NULL;
    xc_iter *it = NULL;
    bool more;
    size_t len;

    CHECK_OK(xc_enquire_add_facet(e, 0, &err));
    CHECK_OK(xc_enquire_add_facet(e, 1, &err));
    for (int again = 0; again < 2; again++) {
        CHECK_OK(xc_enquire_mset(&m, e, 0, 1, 1000, &err));
        CHECK_OK(xc_mset_facet(&it, m, 1, 9, &err));
        for (size_t i = 0; i < 2; i++) {
            CHECK_OK(xc_iter_next(&more, it, &err));
            CHECK(more);
            CHECK_STR(xc_iter_bytes(it, &len), want[i]);
            CHECK_INT(xc_iter_freq(it), 2);
        }
        CHECK_OK(xc_iter_next(&more, it, &err));
        CHECK(!more);
        xc_iter_free(it);
        CHECK_STATUS(xc_mset_facet(&it, m, 2, 9, &err), XC_RANGE);
        xc_mset_free(m);
    }
    xc_enquire_free(e);
}

static void
snippets_mark_words(void)
{
    static const char text[] =
        "Long before that came to pass, nobody had drunk any. Then the "
        "coffee was <brought> by sea, and people liked it.";
    xc_enquire *e = enquire_for(term("coffee"));
    xc_mset *m = NULL;
    const char *got;
    size_t len;

    CHECK_OK(xc_enquire_mset(&m, e, 0, 1, 0, &err));
    CHECK_OK(xc_mset_snippet(&got, &len, m, text, strlen(text), 40, NULL, "[",
                             "]", &err));
    CHECK(strstr(got, "[coffee]") != NULL);
    CHECK(len < 90);
    CHECK_OK(xc_mset_snippet(&got, &len, m, text, strlen(text), 500, "english",
                             "[", "]", &err));
    CHECK(strstr(got, "&lt;brought&gt;") != NULL);
    CHECK_STATUS(xc_mset_snippet(&got, &len, m, text, strlen(text), 40,
                                 "klingon", "[", "]", &err),
                 XC_INVALID);
    xc_mset_free(m);
    xc_enquire_free(e);
}

static void
settings_that_cannot_be_are_told(void)
{
    static const double odd[] = {-1, NAN, INFINITY, -INFINITY};
    static const int none[] = {-1, 4, 99, INT_MAX - 100};
    xc_enquire *e = enquire_for(term("coffee"));
    xc_iter *it = NULL;
    xc_query *q = NULL;

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        double x = odd[i];

        CHECK_STATUS(xc_enquire_set_bm25(e, x, 0, 1, 0.5, 0, &err),
                     XC_INVALID);
        CHECK_STATUS(xc_enquire_set_bm25(e, 1, x, 1, 0.5, 0, &err),
                     XC_INVALID);
        CHECK_STATUS(xc_enquire_set_bm25(e, 1, 0, x, 0.5, 0, &err),
                     XC_INVALID);
        CHECK_STATUS(xc_enquire_set_bm25(e, 1, 0, 1, x, 0, &err), XC_INVALID);
        CHECK_STATUS(xc_enquire_set_bm25(e, 1, 0, 1, 0.5, x, &err),
                     XC_INVALID);
        CHECK_STATUS(xc_enquire_set_cutoff(e, 0, x, &err), XC_INVALID);
        CHECK_STATUS(xc_enquire_set_time_limit(e, x, &err), XC_INVALID);
    }
    CHECK_STATUS(xc_enquire_set_bm25(e, 1, 0, 1, 1.1, 0, &err), XC_INVALID);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        int n = none[i];

        CHECK_STATUS(xc_enquire_set_sort(e, (enum xc_sort)n, 0, true, &err),
                     XC_INVALID);
        CHECK_STATUS(
            xc_enquire_set_sort_key(e, (enum xc_sort)n, NULL, NULL, 0, &err),
            XC_INVALID);
        CHECK_STATUS(
            xc_enquire_set_docid_order(e, (enum xc_docid_order)n, &err),
            XC_INVALID);
        CHECK_STATUS(
            xc_query_combine(&q, (enum xc_op)(n + 100), NULL, 0, 0, &err),
            XC_INVALID);
        CHECK_STATUS(xc_query_wildcard(&q, "a", 1, 0,
                                       (enum xc_wildcard_limit)n, XC_OP_OR,
                                       &err),
                     XC_INVALID);
    }
    CHECK_STATUS(xc_enquire_expand(&it, e, 9, 4, "", 0, &err), XC_INVALID);
    /* what was set before is still set */
    CHECK_OK(xc_enquire_set_bm25(e, 1.2, 0, 1, 0.75, 0, &err));
    CHECK_STATUS(xc_enquire_set_bm25(e, 1, 0, 1, -0.5, 0, &err), XC_INVALID);
    CHECK(near(weight_of(e, 2), bm25(5, 3, 2, 1, 5 / 4.0, 1.2, 1, 0.75)));
    xc_enquire_free(e);
}

static void
searching_without_a_query_finds_nothing(void)
{
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    struct xc_mset_info info;

    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_enquire_mset(&m, e, 0, 9, 0, &err));
    xc_mset_get_info(&info, m);
    CHECK_INT(info.hits, 0);
    xc_mset_free(m);
    xc_enquire_free(e);
}

/* What was made from a database goes on without its handle. */
static void
handles_are_given_back_in_any_order(void)
{
    xc_db *reader = NULL;
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    xc_doc *doc = NULL;
    xc_query *q = term("tea");
    const char *got;
    size_t len;

    CHECK_OK(xc_db_open(&reader, in_work_dir("search"), &err));
    CHECK_OK(xc_enquire_new(&e, reader, &err));
    xc_db_close(reader);
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    xc_query_free(q);
    CHECK_OK(xc_enquire_mset(&m, e, 0, 9, 0, &err));
    xc_enquire_free(e);
    CHECK_OK(xc_mset_document(&doc, m, 0, &err));
    xc_mset_free(m);
    CHECK_OK(xc_doc_data(&got, &len, doc, &err));
    CHECK_BYTES(got, len, "tea and tea");
    xc_doc_free(doc);
}

/* Of a group the weights are those of the whole, and ids go in turn. */
static void
a_group_is_weighed_as_one(void)
{
    xc_db *one = db, *group = NULL, *other = NULL;
    xc_enquire *e;

    CHECK_OK(xc_db_open(&group, in_work_dir("search"), &err));
    CHECK_OK(xc_db_open(&other, in_work_dir("search"), &err));
    CHECK_OK(xc_db_add_database(group, other, &err));
    xc_db_close(other);
    db = group;
    e = enquire_for(term("tea"));
    CHECK_OK(xc_enquire_set_bm25(e, 1.2, 0, 1, 0.75, 0, &err));
    CHECK(near(weight_of(e, 5), bm25(10, 4, 2, 1, 3 / 4.0, 1.2, 1, 0.75)));
    CHECK(near(weight_of(e, 6), bm25(10, 4, 2, 1, 3 / 4.0, 1.2, 1, 0.75)));
    CHECK_STR(ids_of(e, 0, 9), "5 6 3 4");
    xc_enquire_free(e);
    db = one;
    xc_db_close(group);
}

/* ---- threads ---- */

/* In a thread: searches by itself again and again; NULL if all were right. */
static void *
search_alone(void *path)
{
    struct xc_error own = {.status = XC_OK};
    xc_db *mine = NULL;
    xc_query *q = NULL;
    xc_enquire *e = NULL;
    enum xc_status st = xc_db_open(&mine, path, &own);
    uint32_t hits = 3;

    if (st == XC_OK)
        st = xc_query_term(&q, "coffee", 6, 1, 0, &own);
    if (st == XC_OK)
        st = xc_enquire_new(&e, mine, &own);
    if (st == XC_OK)
        st = xc_enquire_set_query(e, q, 0, &own);
    for (int i = 0; st == XC_OK && hits == 3 && i < 200; i++) {
        struct xc_mset_info info;
        xc_mset *m = NULL;

        st = xc_enquire_mset(&m, e, 0, 9, 0, &own);
        if (st == XC_OK)
            xc_mset_get_info(&info, m);
        hits = st == XC_OK ? info.hits : 0;
        xc_mset_free(m);
    }
    xc_enquire_free(e);
    xc_query_free(q);
    xc_db_close(mine);
    return st == XC_OK && hits == 3 ? NULL : db;
}

static void
threads_do_not_meet(void)
{
    pthread_t thread[4];
    char path[1024];

    snprintf(path, sizeof path, "%s", in_work_dir("search"));
    for (int i = 0; i < 4; i++)
        CHECK_INT(pthread_create(&thread[i], NULL, search_alone, path), 0);
    for (int i = 0; i < 4; i++) {
        void *wrong = db;

        CHECK_INT(pthread_join(thread[i], &wrong), 0);
        CHECK(wrong == NULL);
    }
}

static void
make_db(void)
{
    CHECK_OK(xc_db_open_write(&db, in_work_dir("search"), XC_CREATE, 0, &err));
    CHECK_OK(add_words(db, "the coffee export quota", "a", "one"));
    CHECK_OK(add_words(db, "coffee and tea and coffee", "b", "one"));
    CHECK_OK(add_words(db, "tea and tea", "c", "two"));
    CHECK_OK(add_words(db, "a quota export of coffee world", "d", "two"));
    CHECK_OK(add_words(db, "exact world", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
}

int
main(void)
{
    make_work_dir();
    make_db();
    RUN(operators_find_what_they_say);
    RUN(positions_are_minded);
    RUN(what_near_cannot_hold_is_told);
    RUN(wildcards_are_expanded);
    RUN(values_bound_a_query);
    RUN(odd_terms_are_not_found);
    RUN(all_and_nothing);
    RUN(bad_queries_are_told);
    RUN(a_query_has_a_greatest_depth);
    RUN(queries_are_described_and_sent);
    RUN(weights_are_those_of_bm25);
    RUN(weights_are_combined);
    RUN(known_documents_change_weights);
    RUN(relevant_documents_give_terms);
    RUN(more_like_this_is_found);
    RUN(hits_are_sorted);
    RUN(relevance_and_value_are_mixed);
    RUN(hits_are_collapsed_and_cut);
    RUN(hits_give_documents_and_terms);
    RUN(hits_belong_to_their_search);
    RUN(facets_are_counted);
    RUN(snippets_mark_words);
    RUN(settings_that_cannot_be_are_told);
    RUN(searching_without_a_query_finds_nothing);
    RUN(handles_are_given_back_in_any_order);
    RUN(a_group_is_weighed_as_one);
    RUN(threads_do_not_meet);
    xc_db_close(db);
    remove_work_dir();
    return test_end();
}
