/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_library.c - the library through its public header alone
 */
#include <stdlib.h>
#include <unistd.h>

#include "../../common/morgue.h"
#include "scratch.h"

static char dir[200];

static struct morgue_str
text(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

static void
archive_path(char *out, size_t size, const char *name)
{
    snprintf(out, size, "%s/%s", dir, name);
}

static struct morgue_article
article(const char *id, const char *title, const char *body, const char *date)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.id = text(id);
    a.title = text(title);
    a.body = text(body);
    a.lang = text("en");
    morgue_date_parse(date, &a.date);
    return a;
}

static void
put_by(const char *engine, const char *path, const struct morgue_article *a,
       size_t n, struct morgue_report *report)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_error err;
    morgue_update *u = NULL;

    o.engine = engine;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    for (size_t i = 0; u && i < n; i++)
        CHECK_INT(morgue_update_add(u, &a[i], &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, report, &err), MORGUE_OK);
    morgue_update_close(u);
}

static void
put(const char *path, const struct morgue_article *a, size_t n,
    struct morgue_report *report)
{
    put_by(NULL, path, a, n, report);
}

static void
records_are_found(void)
{
    struct morgue_article a[] = {
        article("1", "Coffee quota", "Exporters agreed.", "1936-03-14"),
        article("2", "Herring", "No quota for herring. Coffee is dear.",
                "1987"),
        article("3", "Ferry", "The ferry sank.", "")};
    struct morgue_report report = MORGUE_REPORT_INIT;
    struct morgue_error err;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    char path[300];
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    bool exact = false;

    archive_path(path, sizeof path, "records");
    put(path, a, 3, &report);
    CHECK_INT(report.inputs, 3);
    CHECK_INT(report.outcome[MORGUE_ADDED], 3);
    CHECK_INT(report.undated, 1);
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_search(&hits, m, "quotas", NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_hits_n(hits), 2);
    CHECK_INT(morgue_hits_total(hits, &exact), 2);
    CHECK(exact);
    CHECK(morgue_hits_get(hits, 0, &hit));
    CHECK_BYTES(hit.id.s, hit.id.len, "1"); /* in the title */
    CHECK_INT(hit.rank, 1);
    CHECK(hit.score > 0 && hit.date.precision == MORGUE_DATE_DAY);
    CHECK(!morgue_hits_get(hits, 2, &hit));
    CHECK_INT(morgue_hits_snippet(hits, 1, &snippet, &err), MORGUE_OK);
    CHECK_INT(snippet.mark_n, 1);
    CHECK(snippet.mark_n == 1 &&
          strncmp(snippet.text.s + snippet.mark[0].start, "quota", 5) == 0);
    CHECK_INT(morgue_hits_snippet(hits, 9, &snippet, &err), MORGUE_USAGE);
    morgue_hits_free(hits);
    morgue_close(m);
}

/* Articles 1 and 2 score `times` what BM25 gives one word of theirs, by the
 * formula. */
static void
scores_are(morgue *m, const char *query, const struct morgue_search_options *o,
           double k1, double b, double times)
{
    /* Each word counts twice: as it stands and as its stem. */
    const double length[2] = {6, 10}, wdf[2] = {2, 1};
    const double mean = (6 + 10 + 2 + 4) / 4.0;
    /* (N - n + 0.5) / (n + 0.5) is 1 here; below 2, Xapian takes half of it
     * and 1, and then the logarithm: log(1.5). */
    const double idf = 0.405465108108164;
    morgue_hits *hits = NULL;
    struct morgue_hit hit = MORGUE_HIT_INIT;

    CHECK_INT(morgue_search(&hits, m, query, o, NULL), MORGUE_OK);
    CHECK_INT(morgue_hits_n(hits), 2);
    for (size_t i = 0; i < 2; i++) {
        double norm = length[i] / mean;
        double want = times * idf * wdf[i] * (k1 + 1) /
                      (k1 * (norm * b + 1 - b) + wdf[i]);

        CHECK(morgue_hits_get(hits, i, &hit));
        CHECK(hit.score > want * (1 - 1e-9) && hit.score < want * (1 + 1e-9));
    }
    morgue_hits_free(hits);
}

/* Scores are BM25 as Xapian computes it. */
static void
scores_are_bm25(void)
{
    static const char *const engine[] = {"segment", "xapian"};
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_article a[4] = {
        article("1", "", "alpha alpha beta", ""),
        article("2", "", "alpha gamma delta epsilon zeta", ""),
        article("3", "", "gamma", ""), article("4", "", "delta beta", "")};
    char path[300];
    morgue *m = NULL;

    o.k1 = 1.5;
    o.b = 0.6;
    for (size_t i = 0; i < 2; i++) {
        archive_path(path, sizeof path, engine[i]);
        put_by(engine[i], path, a, 4, NULL);
        CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
        scores_are(m, "alpha", &o, 1.5, 0.6, 1);
        scores_are(m, "alpha", NULL, 1.4, 0.7, 1);
        /* a word that a query has q times: (k3 + 1) * q / (k3 + q) */
        scores_are(m, "alpha alpha", NULL, 1.4, 0.7, 9 * 2 / 10.0);
        scores_are(m, "alpha ALPHA alpha", &o, 1.5, 0.6, 9 * 3 / 11.0);
        morgue_close(m);
    }
}

static void
equal_scores_newest_first(void)
{
    struct morgue_article a[] = {
        article("old", "Same", "words", "1950-01-01"),
        article("none-1", "Same", "words", ""),
        article("new", "Same", "words", "1990-01-01"),
        article("none-2", "Same", "words", ""),
        article("new-2", "Same", "words", "1990-01-01")};
    static const char *const want[] = {"new", "new-2", "old", "none-1",
                                       "none-2"};
    char path[300];
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    struct morgue_hit hit = MORGUE_HIT_INIT;

    archive_path(path, sizeof path, "ties");
    put(path, a, 5, NULL);
    CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
    CHECK_INT(morgue_search(&hits, m, "same", NULL, NULL), MORGUE_OK);
    for (size_t i = 0; i < 5; i++) {
        CHECK(morgue_hits_get(hits, i, &hit));
        CHECK_BYTES(hit.id.s, hit.id.len, want[i]);
    }
    morgue_hits_free(hits);
    morgue_close(m);
}

static void
closing_drops(void)
{
    struct morgue_article a = article("1", "Kept", "text", "");
    struct morgue_article b = article("2", "Dropped", "text", "");
    char path[300];
    morgue_update *u = NULL;
    morgue *m = NULL;
    morgue_text *t = NULL;

    archive_path(path, sizeof path, "drop");
    CHECK_INT(morgue_update_open(&u, path, NULL, NULL), MORGUE_OK);
    CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    morgue_update_close(u);
    CHECK(access(path, F_OK) != 0); /* and nothing is left of it */
    put(path, &a, 1, NULL);
    u = NULL;
    CHECK_INT(morgue_update_open(&u, path, NULL, NULL), MORGUE_OK);
    CHECK_INT(morgue_update_add(u, &b, NULL), MORGUE_OK);
    CHECK_INT(morgue_update_remove(u, "1", NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
    CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
    CHECK_INT(morgue_get(&t, m, "1", NULL), MORGUE_OK);
    CHECK_BYTES(morgue_text_article(t)->title.s,
                morgue_text_article(t)->title.len, "Kept");
    morgue_text_free(t);
    CHECK_INT(morgue_get(&t, m, "2", NULL), MORGUE_NO_ARTICLE);
    CHECK(t == NULL);
    morgue_close(m);
}

/* A reader sees the state of its opening until it is refreshed. */
static void
readers_refresh(void)
{
    struct morgue_article a = article("1", "First", "text", "");
    struct morgue_article b = article("2", "Second", "text", "");
    char path[300];
    morgue *m = NULL;
    morgue_text *t = NULL;

    archive_path(path, sizeof path, "refresh");
    put(path, &a, 1, NULL);
    CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
    put(path, &b, 1, NULL);
    CHECK_INT(morgue_get(&t, m, "2", NULL), MORGUE_NO_ARTICLE);
    CHECK_INT(morgue_refresh(m, NULL), MORGUE_OK);
    CHECK_INT(morgue_get(&t, m, "2", NULL), MORGUE_OK);
    morgue_text_free(t);
    morgue_close(m);
}

static void
what_is_repaired(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_report report = MORGUE_REPORT_INIT;
    char path[300];
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    morgue_text *t = NULL;
    struct morgue_hit hit = MORGUE_HIT_INIT;

    a.title = text("Bro\xFFken");
    a.body = text("odd\xC0 text");
    archive_path(path, sizeof path, "repair");
    put(path, &a, 1, &report);
    CHECK_INT(report.repaired, 1);
    CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
    CHECK_INT(morgue_search(&hits, m, "odd", NULL, NULL), MORGUE_OK);
    CHECK(morgue_hits_get(hits, 0, &hit));
    CHECK(strncmp(hit.id.s, "content-", 8) == 0); /* an id of its content */
    CHECK_INT(morgue_get(&t, m, hit.id.s, NULL), MORGUE_OK);
    CHECK_BYTES(morgue_text_article(t)->body.s,
                morgue_text_article(t)->body.len, "odd\xEF\xBF\xBD text");
    morgue_text_free(t);
    morgue_hits_free(hits);
    morgue_close(m);
}

static void
errors_are_told(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_update_options uo = MORGUE_UPDATE_INIT;
    struct morgue_article a = article("1", "A", "b", "");
    struct morgue_article late = article("late", "A", "b", "");
    struct morgue_error err;
    char path[300];
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    morgue_update *u = NULL, *second = NULL;
    morgue_text *text = NULL;

    archive_path(path, sizeof path, "nowhere");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_NO_ARCHIVE);
    CHECK(m == NULL && strstr(err.message, "nowhere") != NULL);
    CHECK_INT(morgue_open(&m, dir, NULL), MORGUE_NOT_ARCHIVE);
    uo.engine = "steam";
    CHECK_INT(morgue_update_open(&u, path, &uo, &err), MORGUE_USAGE);
    archive_path(path, sizeof path, "errors");
    put(path, &a, 1, NULL);
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_search(&hits, m, "?!", NULL, &err), MORGUE_QUERY);
    CHECK(hits == NULL);
    o.b = 2;
    CHECK_INT(morgue_search(&hits, m, "a", &o, &err), MORGUE_USAGE);
    o.b = 0.5;
    o.lang = "English";
    CHECK_INT(morgue_search(&hits, m, "a", &o, &err), MORGUE_USAGE);
    CHECK_INT(morgue_update_open(&u, path, NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_update_open(&second, path, NULL, &err), MORGUE_BUSY);
    CHECK(second == NULL && strstr(err.message, "held by process") != NULL);
    CHECK_INT(morgue_update_add_source(u, "/nowhere/at/all", &err),
              MORGUE_NO_INPUT);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_USAGE);
    CHECK_INT(morgue_update_add(u, &late, &err), MORGUE_USAGE);
    CHECK(strstr(err.message, "the update was committed") != NULL);
    CHECK_INT(morgue_update_add_source(u, "README.md", &err), MORGUE_USAGE);
    CHECK_INT(morgue_update_remove(u, "a", NULL, &err), MORGUE_USAGE);
    CHECK(strstr(err.message, "can only be closed") != NULL);
    CHECK_INT(morgue_refresh(m, &err), MORGUE_OK);
    CHECK_INT(morgue_get(&text, m, "late", &err), MORGUE_NO_ARTICLE);
    morgue_update_close(u);
    morgue_close(m);
    morgue_close(NULL);
    morgue_hits_free(NULL);
    morgue_text_free(NULL);
    morgue_update_close(NULL);
}

static void
names_and_texts(void)
{
    for (int i = MORGUE_OK; i <= MORGUE_INTERNAL; i++)
        CHECK(strlen(morgue_status_text((enum morgue_status)i)) > 5);
    CHECK_STR(morgue_status_text((enum morgue_status)999), "unknown status");
    CHECK_STR(morgue_outcome_name(MORGUE_UNCHANGED), "unchanged");
    CHECK_STR(morgue_version(), MORGUE_VERSION);
}

/* All forms are tried in t_article.c. */
static const struct {
    const char *text, *want;
} date_rows[] = {
    {"1918", "1918"},
    {"11 November 1918", "1918-11-11"},
    {"1918-11-11T11:00:05+01:00", "1918-11-11T10:00:05Z"},
    {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
    {"03/04/2005", ""},
    {"", ""},
};

static void
dates(void)
{
    for (size_t i = 0; i < sizeof date_rows / sizeof *date_rows; i++) {
        struct morgue_date d;
        char out[MORGUE_DATE_MAX];

        CHECK_INT(morgue_date_parse(date_rows[i].text, &d),
                  date_rows[i].want[0] != '\0');
        morgue_date_print(out, d);
        CHECK_STR(out, date_rows[i].want);
    }
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "library"))
        return 1;
    RUN(records_are_found);
    RUN(scores_are_bm25);
    RUN(equal_scores_newest_first);
    RUN(closing_drops);
    RUN(readers_refresh);
    RUN(what_is_repaired);
    RUN(errors_are_told);
    RUN(names_and_texts);
    RUN(dates);
    return scratch_drop(dir) ? test_end() : 1;
}
