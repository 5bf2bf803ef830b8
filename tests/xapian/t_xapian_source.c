/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_xapian_source.c - what the binding asks and tells the application while
 * it searches: sources and spies
 */
#define _GNU_SOURCE
#include <math.h>

#include "help.h"

static xc_db *db;

/* Documents by their ids, which weigh ten times as much. */
struct numbers {
    uint32_t id[8];
    size_t n;
    unsigned started, ended, sought, checked, weighed;
    const char *fails; /* the function that does */
    enum xc_status with;
};

/* A state: where it is among them. */
struct walk {
    struct numbers *of;
    size_t at;
    uint32_t documents; /* of its database */
};

static enum xc_status
outcome(const struct numbers *n, const char *function, xc_error *e)
{
    if (!n->fails || strcmp(n->fails, function) != 0)
        return XC_OK;
    if (n->with != XC_STOPPED)
        snprintf(e->message, sizeof e->message, "%s has failed", function);
    return n->with;
}

static enum xc_status
start(void **state, struct xc_source_bounds *bounds, xc_db *at, void *payload,
      xc_error *e)
{
    struct numbers *n = payload;
    struct xc_db_info info;
    struct walk *w;
    enum xc_status st = outcome(n, "start", e);

    if (!st)
        st = xc_db_get_info(&info, at, e);
    if (st)
        return st;
    w = calloc(1, sizeof *w);
    w->of = n;
    w->documents = info.documents;
    bounds->likely = (uint32_t)n->n;
    bounds->most = info.documents;
    bounds->weight = 10 * info.documents;
    n->started++;
    *state = w;
    return XC_OK;
}

static enum xc_status
seek(uint32_t *id, uint32_t at, void *state, xc_error *e)
{
    struct walk *w = state;

    w->of->sought++;
    while (w->at < w->of->n && w->of->id[w->at] < at)
        w->at++;
    *id = w->at < w->of->n && w->of->id[w->at] <= w->documents
              ? w->of->id[w->at]
              : 0;
    return outcome(w->of, "seek", e);
}

static enum xc_status
check(bool *is, uint32_t id, void *state, xc_error *e)
{
    struct walk *w = state;

    w->of->checked++;
    while (w->at < w->of->n && w->of->id[w->at] < id)
        w->at++;
    *is = w->at < w->of->n && w->of->id[w->at] == id;
    return outcome(w->of, "check", e);
}

static enum xc_status
weight(double *out, void *state, xc_error *e)
{
    struct walk *w = state;

    w->of->weighed++;
    *out = 10.0 * w->of->id[w->at];
    return outcome(w->of, "weight", e);
}

static void
end(void *state)
{
    struct walk *w = state;

    w->of->ended++;
    free(w);
}

static const struct xc_source whole = {start, seek, check, weight, end};

/* The whole database is what it says that it likely has. */
static enum xc_status
start_wide(void **state, struct xc_source_bounds *bounds, xc_db *at,
           void *payload, xc_error *e)
{
    enum xc_status st = start(state, bounds, at, payload, e);

    bounds->likely = bounds->most;
    return st;
}

static const struct xc_source wide = {start_wide, seek, check, weight, end};

static xc_query *
source(const struct xc_source *of, struct numbers *n)
{
    xc_query *q = NULL;

    CHECK_OK(xc_query_source(&q, of, n, &err));
    return q;
}

/* A term that weighs nothing. */
static xc_query *
term(const char *text)
{
    xc_query *q = NULL, *scaled = NULL;

    CHECK_OK(xc_query_term(&q, text, strlen(text), 1, 0, &err));
    CHECK_OK(xc_query_scale(&scaled, q, 0, &err));
    xc_query_free(q);
    return scaled;
}

/* a OP b, both given back. */
static xc_query *
both(enum xc_op op, xc_query *a, xc_query *b)
{
    const xc_query *part[] = {a, b};
    xc_query *q = NULL;

    CHECK_OK(xc_query_combine(&q, op, part, 2, 0, &err));
    xc_query_free(a);
    xc_query_free(b);
    return q;
}

/* Hits as "3:40 1:0", ids and whole weights, of a search for q, which is given
 * back; what failed as its status and message. */
static char found[500];

static const char *
hits_of(xc_query *q, uint32_t max, uint32_t least)
{
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    struct xc_hit hit;
    size_t at = 0;
    enum xc_status st = xc_enquire_new(&e, db, &err);

    found[0] = '\0';
    if (!st)
        st = xc_enquire_set_query(e, q, 0, &err);
    if (!st)
        st = xc_enquire_mset(&m, e, 0, max, least, &err);
    for (uint32_t i = 0; !st && xc_mset_hit(&hit, m, i, NULL) == XC_OK; i++)
        at += (size_t)snprintf(found + at, sizeof found - at, "%s%u:%.0f",
                               i ? " " : "", (unsigned)hit.id, hit.weight);
    if (st)
        snprintf(found, sizeof found, "%d %s", (int)st, err.message);
    xc_mset_free(m);
    xc_enquire_free(e);
    xc_query_free(q);
    return found;
}

static const char *
all_hits(xc_query *q)
{
    return hits_of(q, 50, 1000);
}

/* ---- sources ---- */

static void
a_source_is_a_part_of_a_query(void)
{
    struct numbers n = {.id = {2, 3, 5}, .n = 3};

    CHECK_STR(all_hits(source(&whole, &n)), "5:50 3:30 2:20");
    CHECK_STR(all_hits(both(XC_OP_AND, term("tea"), source(&whole, &n))),
              "3:30 2:20");
    CHECK_STR(all_hits(both(XC_OP_FILTER, term("tea"), source(&whole, &n))),
              "2:0 3:0");
    CHECK_STR(all_hits(both(XC_OP_OR, term("coffee"), source(&whole, &n))),
              "5:50 3:30 2:20 1:0 4:0");
    CHECK_STR(
        all_hits(both(XC_OP_AND_NOT, term("coffee"), source(&whole, &n))),
        "1:0 4:0");
    CHECK_STR(
        all_hits(both(XC_OP_AND_NOT, source(&whole, &n), term("coffee"))),
        "5:50 3:30");
    CHECK_STR(all_hits(both(XC_OP_MAX, term("coffee"), source(&whole, &n))),
              "5:50 3:30 2:20 1:0 4:0");
    CHECK_INT(n.started, 7);
    CHECK_INT(n.ended, 7);
}

static void
a_source_may_have_less(void)
{
    static const struct xc_source plain = {.start = start, .seek = seek};
    static const struct xc_source unchecked = {start, seek, NULL, weight, end};
    struct numbers n = {.id = {1, 3, 4}, .n = 3}, none = {.n = 0};
    xc_query *q = NULL;

    CHECK_STR(
        all_hits(both(XC_OP_AND, term("coffee"), source(&unchecked, &n))),
        "4:40 1:10");
    CHECK_STR(all_hits(source(&whole, &none)), "");
    CHECK_STATUS(
        xc_query_source(&q, &(struct xc_source){.start = start}, &n, &err),
        XC_INVALID);
    CHECK_STATUS(
        xc_query_source(&q, &(struct xc_source){.seek = seek}, &n, &err),
        XC_INVALID);
    CHECK(!q);
    CHECK_OK(xc_query_source(&q, &plain, &n, &err));
    xc_query_free(q);
}

static void
a_wide_source_is_asked_last(void)
{
    struct numbers n = {.id = {1, 2, 3, 4, 5}, .n = 5};

    CHECK_STR(all_hits(both(XC_OP_AND, source(&wide, &n),
                            both(XC_OP_AND, term("coffee"), term("tea")))),
              "2:20");
    CHECK_INT(n.sought, 0);
    CHECK_INT(n.checked, 1);
}

static void
the_best_of_a_source_are_found(void)
{
    struct numbers n = {.id = {1, 2, 3, 4, 5}, .n = 5};
    xc_query *twice = NULL, *q = source(&whole, &n);

    CHECK_STR(hits_of(both(XC_OP_OR, term("tea"), source(&whole, &n)), 1, 0),
              "5:50");
    CHECK_OK(xc_query_scale(&twice, q, 2.5, &err));
    xc_query_free(q);
    CHECK_STR(hits_of(twice, 2, 0), "5:125 4:100");
    n.weighed = 0;
    CHECK_STR(all_hits(both(XC_OP_FILTER, term("tea"), source(&whole, &n))),
              "2:0 3:0");
    CHECK_INT(n.weighed, 0);
}

static void
what_a_source_says_is_what_fails(void)
{
    static const char *const function[] = {"start", "seek", "check", "weight"};
    struct numbers n = {.id = {2}, .n = 1, .with = XC_CORRUPT};
    char want[60];

    for (size_t i = 0; i < sizeof function / sizeof *function; i++) {
        n.fails = function[i];
        snprintf(want, sizeof want, "%d %s has failed", (int)XC_CORRUPT,
                 function[i]);
        CHECK_STR(
            all_hits(both(XC_OP_OR, source(&whole, &n),
                          both(XC_OP_AND, term("tea"), source(&wide, &n)))),
            want);
        CHECK_INT(n.started, n.ended);
        CHECK_STR(
            all_hits(both(XC_OP_AND_NOT, term("tea"),
                          both(XC_OP_AND, term("coffee"), source(&wide, &n)))),
            i == 0 || i == 2 ? want : "3:0");
        CHECK_INT(n.started, n.ended);
    }
    n.with = XC_STOPPED;
    CHECK_STR(all_hits(source(&whole, &n)),
              "18 a function of the application ended it: stopped by the "
              "application");
    n.fails = "seek";
    n.with = (enum xc_status)99;
    CHECK_STR(all_hits(source(&whole, &n)), "17 seek has failed");
    CHECK_INT(n.started, n.ended);
    n.fails = NULL;
    CHECK_STR(all_hits(source(&whole, &n)), "2:20");
}

static enum xc_status
start_odd(void **state, struct xc_source_bounds *bounds, xc_db *at,
          void *payload, xc_error *e)
{
    enum xc_status st = start(state, bounds, at, payload, e);

    bounds->least = bounds->most + 1;
    return st;
}

static enum xc_status
seek_back(uint32_t *id, uint32_t at, void *state, xc_error *e)
{
    *id = at > 2 ? 1 : at;
    return outcome(((struct walk *)state)->of, "", e);
}

static void
a_source_that_cannot_be_is_told(void)
{
    static const struct xc_source odd = {start_odd, seek, check, NULL, end};
    static const struct xc_source back = {start, seek_back, NULL, NULL, end};
    struct numbers n = {.id = {1}, .n = 1};

    CHECK_STR(all_hits(source(&odd, &n)),
              "13 a source's bounds are not in order");
    CHECK_STR(all_hits(source(&back, &n)), "13 a source went back");
    CHECK_INT(n.started, 2);
    CHECK_INT(n.ended, 2);
}

static void
a_group_asks_for_each_database(void)
{
    struct numbers n = {.id = {1, 2}, .n = 2};
    xc_db *own = db, *more = NULL;

    CHECK_OK(xc_db_open(&db, in_work_dir("search"), &err));
    CHECK_OK(xc_db_open(&more, in_work_dir("search"), &err));
    CHECK_OK(xc_db_add_database(db, more, &err));
    CHECK_STR(all_hits(source(&whole, &n)), "3:20 4:20 1:10 2:10");
    CHECK_INT(n.started, 2);
    CHECK_INT(n.ended, 2);
    xc_db_close(more);
    xc_db_close(db);
    db = own;
}

static void
a_source_is_not_sent(void)
{
    struct numbers n = {.id = {1}, .n = 1};
    xc_query *q = source(&whole, &n);
    const char *bytes;
    size_t len;

    CHECK_STATUS(xc_query_serialise(&bytes, &len, q, &err), XC_UNIMPLEMENTED);
    CHECK_STR(err.message,
              "a source of the application cannot be sent to a server");
    xc_query_free(q);
}

/* ---- spies ---- */

struct seen {
    char text[200];
    size_t at;
    double sum;
    unsigned left; /* calls until it stops; 0: does not */
};

static enum xc_status
look(uint32_t id, double w, xc_doc *doc, void *payload, xc_error *e)
{
    struct seen *s = payload;
    const char *value;
    size_t len;
    enum xc_status st = xc_doc_value(&value, &len, doc, 0, e);

    s->at += (size_t)snprintf(s->text + s->at, sizeof s->text - s->at,
                              "%s%u%s", s->at ? " " : "", (unsigned)id, value);
    s->sum += w;
    if (!st && s->left > 0 && --s->left == 0)
        st = XC_STOPPED;
    return st;
}

static void
a_spy_is_told_of_each_match(void)
{
    struct seen s = {.left = 0};
    struct xc_hit hit;
    xc_enquire *e = NULL;
    xc_query *q = NULL;
    xc_mset *m = NULL;
    double sum = 0;

    CHECK_OK(
        xc_query_wildcard(&q, "", 0, 0, XC_WILDCARD_ERROR, XC_OP_OR, &err));
    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    CHECK_OK(xc_enquire_set_spy(e, look, &s, &err));
    CHECK_OK(xc_enquire_mset(&m, e, 0, 10, 1000, &err));
    CHECK_STR(s.text, "1a 2b 3c 4d 5");
    for (uint32_t i = 0; xc_mset_hit(&hit, m, i, NULL) == XC_OK; i++)
        sum += hit.weight;
    CHECK(sum > 0 && fabs(sum - s.sum) < 1e-12);
    xc_mset_free(m);

    s = (struct seen){.left = 0};
    CHECK_OK(xc_enquire_mset(&m, e, 0, 0, 1000, &err));
    CHECK_STR(s.text, "1a 2b 3c 4d 5");
    CHECK(fabs(sum - s.sum) < 1e-12);
    xc_mset_free(m);

    CHECK_OK(xc_enquire_set_spy(e, NULL, NULL, &err));
    CHECK_OK(xc_enquire_mset(&m, e, 0, 10, 1000, &err));
    CHECK_STR(s.text, "1a 2b 3c 4d 5");
    xc_mset_free(m);
    xc_enquire_free(e);
    xc_query_free(q);
}

static void
a_spy_ends_a_search(void)
{
    struct seen s = {.left = 2};
    xc_enquire *e = NULL;
    xc_query *q = both(XC_OP_OR, term("coffee"), term("tea"));
    xc_mset *m = NULL;
    struct xc_mset_info info;

    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    CHECK_OK(xc_enquire_set_spy(e, look, &s, &err));
    CHECK_STATUS(xc_enquire_mset(&m, e, 0, 10, 1000, &err), XC_STOPPED);
    CHECK(!m);
    CHECK_STR(s.text, "1a 2b");
    s.at = 0;
    CHECK_OK(xc_enquire_mset(&m, e, 0, 10, 1000, &err));
    CHECK_STR(s.text, "1a 2b 3c 4d");
    xc_mset_get_info(&info, m);
    CHECK_INT(info.hits, 4);
    xc_mset_free(m);
    xc_enquire_free(e);
    xc_query_free(q);
}

/* ---- lists ---- */

static void
documents_are_listed_without_lengths(void)
{
    xc_iter *a = NULL, *b = NULL;
    bool more = true, more_b;

    CHECK_OK(xc_iter_postings(&a, db, "coffee", 6, &err));
    CHECK_OK(xc_iter_documents(&b, db, "coffee", 6, &err));
    while (more) {
        CHECK_OK(xc_iter_next(&more, a, &err));
        CHECK_OK(xc_iter_next(&more_b, b, &err));
        CHECK_INT(more, more_b);
        if (more) {
            CHECK_INT(xc_iter_id(a), xc_iter_id(b));
            CHECK_INT(xc_iter_wdf(a), xc_iter_wdf(b));
            CHECK(xc_iter_length(a) > 0 && xc_iter_length(b) == 0);
        }
    }
    xc_iter_free(b);
    CHECK_OK(xc_iter_documents(&b, db, "coffee", 6, &err));
    CHECK_OK(xc_iter_skip_to(&more_b, b, 3, &err));
    CHECK_INT(xc_iter_id(b), 4);
    xc_iter_free(a);
    xc_iter_free(b);
}

int
main(void)
{
    make_work_dir();
    CHECK_OK(xc_db_open_write(&db, in_work_dir("search"), XC_CREATE, 0, &err));
    CHECK_OK(add_words(db, "the coffee export quota", "a", "one"));
    CHECK_OK(add_words(db, "coffee and tea and coffee", "b", "one"));
    CHECK_OK(add_words(db, "tea and tea", "c", "two"));
    CHECK_OK(add_words(db, "a quota export of coffee world", "d", "two"));
    CHECK_OK(add_words(db, "exact world", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
    RUN(a_source_is_a_part_of_a_query);
    RUN(a_source_may_have_less);
    RUN(a_wide_source_is_asked_last);
    RUN(the_best_of_a_source_are_found);
    RUN(what_a_source_says_is_what_fails);
    RUN(a_source_that_cannot_be_is_told);
    RUN(a_group_asks_for_each_database);
    RUN(a_source_is_not_sent);
    RUN(a_spy_is_told_of_each_match);
    RUN(a_spy_ends_a_search);
    RUN(documents_are_listed_without_lengths);
    xc_db_close(db);
    remove_work_dir();
    return test_end();
}
