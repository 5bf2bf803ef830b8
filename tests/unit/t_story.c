/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_story.c - the state of stories: kills, versions, corrections, embargoes,
 * and dates that cannot be right, with both engines
 */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../../common/morgue.h"
#include "scratch.h"

static char dir[200], path[260];
static const char *engine;

static struct morgue_str
text(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

/* One line of a test: an article of which every field may be "". */
struct story {
    const char *id, *body, *status, *version, *embargo, *date;
};

static void
note(const struct morgue_event *e, void *reasons)
{
    char *to = reasons;
    size_t len = strlen(to);

    snprintf(to + len, 1000 - len, "%s: %s\n", e->id, e->reason);
}

/* Index the stories in one update; what was said of skipped ones into
 * `reasons` (1000 bytes). */
static struct morgue_report
put(const struct story *s, size_t n, char *reasons)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_report report = MORGUE_REPORT_INIT;
    struct morgue_error err;
    morgue_update *u = NULL;

    reasons[0] = '\0';
    o.engine = engine;
    o.on_event = note;
    o.payload = reasons;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    for (size_t i = 0; u && i < n; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;

        a.id = text(s[i].id);
        a.body = text(s[i].body);
        a.status = text(s[i].status);
        a.version = text(s[i].version);
        a.embargo = text(s[i].embargo);
        a.lang = text("en");
        morgue_date_parse(s[i].date, &a.date);
        CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, &report, &err), MORGUE_OK);
    morgue_update_close(u);
    return report;
}

/* The ids that `query` finds, each with its status behind it, as they come. */
static const char *
found(morgue *m, const char *query)
{
    static char out[400];
    struct morgue_error err;
    morgue_hits *hits = NULL;
    struct morgue_hit hit = MORGUE_HIT_INIT;

    out[0] = '\0';
    CHECK_INT(morgue_search(&hits, m, query, NULL, &err), MORGUE_OK);
    for (size_t i = 0; hits && morgue_hits_get(hits, i, &hit); i++) {
        strncat(out, hit.id.s, 50);
        strncat(out, hit.status.s, 50);
        strncat(out, " ", 2);
    }
    morgue_hits_free(hits);
    return out;
}

static void
check_found(const char *query, const char *want)
{
    struct morgue_error err;
    morgue *m = NULL;

    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    if (m)
        CHECK_STR(found(m, query), want);
    morgue_close(m);
}

/* A path for an archive of this test. */
static void
fresh(const char *name)
{
    snprintf(path, sizeof path, "%s/%s-%s", dir, name, engine);
}

static void
a_kill_removes_what_it_names(void)
{
    struct story first[] = {{"a", "ferry sank", "", "", "", ""},
                            {"b", "ferry sails", "usable", "", "", ""}};
    struct story kill[] = {{"a", "", "canceled", "", "", ""},
                           {"x", "", "stat:canceled", "", "", ""}};
    char why[1000];
    struct morgue_report r = MORGUE_REPORT_INIT;

    fresh("kill");
    r = put(first, 2, why);
    CHECK_INT(r.outcome[MORGUE_ADDED], 2);
    check_found("ferry", "a b ");
    r = put(kill, 2, why);
    CHECK_INT(r.outcome[MORGUE_SKIPPED], 2);
    CHECK_INT(r.removed, 1);
    CHECK_STR(why, "a: canceled or withheld: taken out of the archive\n"
                   "x: canceled or withheld\n");
    check_found("ferry", "b ");
}

static void
a_kill_holds_in_any_order(void)
{
    struct story s[] = {
        {"a", "", "Canceled", "", "", ""},
        {"a", "ferry sank", "", "", "", ""},
        {"b", "ferry sails", "", "2", "", ""},
        {"b", "", "withheld", "3", "", ""},
        {"b", "ferry sails early", "", "2", "", ""},
        {"c", "", "withheld", "1", "", ""},
        {"c", "ferry is back", "", "2", "", ""},
        {"d", "ferry stays", "", "5", "", ""},
        {"d", "", "canceled", "4", "", ""},
    };
    char why[1000];
    struct morgue_report r = MORGUE_REPORT_INIT;

    fresh("order");
    r = put(s, sizeof s / sizeof *s, why);
    CHECK_INT(r.outcome[MORGUE_ADDED], 3);
    CHECK_INT(r.outcome[MORGUE_SKIPPED], 6);
    CHECK_INT(r.inputs, 9);
    check_found("ferry", "d c ");
}

static void
a_correction_replaces_and_is_marked(void)
{
    struct story s[] = {
        {"a", "ferry sank with ten", "", "1", "", ""},
        {"a", "ferry sank with nine", "corrected", "3", "", ""},
        {"a", "ferry sank with twelve", "", "2", "", ""},
    };
    char why[1000];

    fresh("correction");
    put(s, 3, why);
    CHECK_STR(why, "a: an older version of an article that came before\n");
    check_found("ferry", "acorrected ");
    check_found("nine", "acorrected ");
    check_found("ten", "");
    check_found("twelve", "");
}

/* Every night the same files: the archive holds what was the last word. */
static void
an_older_version_of_what_the_archive_has_is_left_out(void)
{
    struct story all[] = {
        {"a", "ferry sank with ten", "", "1", "", ""},
        {"a", "ferry sank with nine", "", "2", "", ""},
        {"b", "ferry sails", "", "7", "", ""},
    };
    struct story killed[] = {{"b", "", "canceled", "6", "", ""},
                             {"a", "", "canceled", "2", "", ""}};
    char why[1000];
    struct morgue_report r = MORGUE_REPORT_INIT;

    fresh("older");
    put(all, 3, why);
    r = put(all, 1, why);
    CHECK_INT(r.outcome[MORGUE_SKIPPED], 1);
    CHECK_STR(why, "a: an older version than the archive has\n");
    check_found("ferry", "b a ");
    check_found("nine", "a ");
    r = put(all, 3, why);
    CHECK_INT(r.outcome[MORGUE_UNCHANGED], 2);
    CHECK_INT(r.outcome[MORGUE_SKIPPED], 1);
    r = put(killed, 2, why);
    CHECK_INT(r.removed, 1);
    CHECK_STR(why, "b: canceled or withheld, but a later version came before\n"
                   "a: canceled or withheld: taken out of the archive\n");
    check_found("ferry", "b ");
}

/* Files that have an article in several states, without numbers: the last one
 * counts, and the next night nothing has changed. */
static void
states_without_versions_change_nothing_the_next_night(void)
{
    struct story all[] = {
        {"a", "ferry sank with ten", "", "", "", ""},
        {"a", "ferry sank with nine", "", "", "", ""},
        {"a", "ferry sank with eight", "", "", "", ""},
        {"b", "ferry sails", "", "", "", ""},
        {"a", "ferry sank with eight", "", "", "", ""},
    };
    struct story more[] = {
        {"a", "ferry sank with ten", "", "", "", ""},
        {"a", "ferry sank with eight", "", "", "", ""},
        {"c", "ferry rises", "", "", "", ""},
    };
    struct story changed[] = {
        {"a", "ferry sank with ten", "", "", "", ""},
        {"a", "ferry sank with eight", "", "", "", ""},
        {"a", "ferry sank with seven", "", "", "", ""},
    };
    char why[1000];
    struct morgue_report r = MORGUE_REPORT_INIT;

    fresh("states");
    r = put(all, 5, why);
    CHECK_INT(r.outcome[MORGUE_ADDED], 2);
    CHECK_INT(r.outcome[MORGUE_UPDATED], 2);
    CHECK_INT(r.outcome[MORGUE_DUPLICATE], 1);
    check_found("eight", "a ");
    r = put(all, 5, why);
    CHECK_INT(r.inputs, 5);
    CHECK_INT(r.outcome[MORGUE_UPDATED], 0);
    CHECK_INT(r.outcome[MORGUE_SKIPPED], 2);
    CHECK_INT(r.outcome[MORGUE_UNCHANGED], 2);
    CHECK_INT(r.outcome[MORGUE_DUPLICATE], 1);
    CHECK_STR(why,
              "a: came before in another state than this, the archive's\n"
              "a: came before in another state than this, the archive's\n");
    check_found("ferry", "b a ");
    check_found("nine", "");
    r = put(more, 3, why);
    CHECK_INT(r.outcome[MORGUE_ADDED], 1);
    CHECK_INT(r.outcome[MORGUE_UNCHANGED], 1);
    CHECK_INT(r.outcome[MORGUE_UPDATED], 0);
    check_found("eight", "a ");
    check_found("ten", "");
    check_found("rises", "c ");
    r = put(changed, 3, why);
    CHECK_INT(r.outcome[MORGUE_UPDATED], 1);
    CHECK_INT(r.outcome[MORGUE_SKIPPED], 1);
    CHECK_INT(r.outcome[MORGUE_UNCHANGED], 1);
    check_found("seven", "a ");
    check_found("eight", "");
}

static void
an_embargo_ends_by_itself(void)
{
    char soon[MORGUE_DATE_MAX], why[1000];
    time_t end = time(NULL) + 2;
    struct morgue_date until = {.seconds = end,
                                .precision = MORGUE_DATE_SECOND};
    struct story s[] = {
        {"past", "ferry sank", "", "", "2020-05-01T06:00:00Z", ""},
        {"soon", "ferry sails", "", "", soon, ""},
        {"late", "ferry rises", "embargoed", "", "2190-01-01T00:00Z", ""},
        {"never", "ferry hides", "", "", "until further notice", ""},
        {"none", "ferry stays", "", "", "false", ""},
        {"last", "ferry waits", "", "", "9999-12-31T23:59:59Z", ""},
        {"beyond", "ferry waits", "", "", "9999-12-31T23:59:59-12:00", ""},
    };
    struct morgue_error err;
    struct morgue_report r = MORGUE_REPORT_INIT;
    morgue_text *article = NULL;
    morgue *m = NULL;

    morgue_date_print(soon, until);
    fresh("embargo");
    r = put(s, 7, why);
    CHECK_INT(r.outcome[MORGUE_ADDED], 5);
    CHECK_STR(why, "never: canceled or withheld\n"
                   "beyond: canceled or withheld\n");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    if (!m)
        return;
    if (time(NULL) < end) {
        CHECK_STR(found(m, "ferry"), "past none ");
        CHECK_STR(found(m, "-sank ferry"), "none ");
        CHECK_INT(morgue_get(&article, m, "soon", &err), MORGUE_NO_ARTICLE);
    }
    while (time(NULL) < end)
        usleep(50000);
    CHECK_STR(found(m, "ferry"), "past soon none ");
    CHECK_INT(morgue_get(&article, m, "soon", &err), MORGUE_OK);
    morgue_text_free(article);
    CHECK_INT(morgue_get(&article, m, "late", &err), MORGUE_NO_ARTICLE);
    CHECK(strstr(err.message, "embargo until 2190-01-01T00:00:00Z") != NULL);
    morgue_close(m);
}

static void
a_date_that_cannot_be_right_is_kept_as_suspect(void)
{
    struct story s[] = {
        {"future", "ferry", "", "", "", "2190-03-04"},
        {"unset", "ferry", "", "", "", "1970-01-01T00:00:00Z"},
        {"early", "ferry", "", "", "", "1603-02"},
        {"day", "ferry", "", "", "", "1970-01-01"},
        {"first", "ferry", "", "", "", "1605"},
    };
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_error err;
    morgue_text *t = NULL;
    morgue_hits *hits = NULL;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    struct morgue_report r = MORGUE_REPORT_INIT;
    morgue *m = NULL;
    char why[1000];

    fresh("suspect");
    r = put(s, 5, why);
    CHECK_INT(r.undated, 3);
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    if (!m)
        return;
    o.sort = MORGUE_SORT_NEWEST;
    CHECK_INT(morgue_search(&hits, m, "ferry", &o, &err), MORGUE_OK);
    CHECK(morgue_hits_get(hits, 0, &hit) && strcmp(hit.id.s, "day") == 0);
    CHECK(morgue_hits_get(hits, 1, &hit) && strcmp(hit.id.s, "first") == 0);
    CHECK(morgue_hits_get(hits, 2, &hit) &&
          hit.date.precision == MORGUE_DATE_NONE);
    morgue_hits_free(hits);
    CHECK_INT(morgue_get(&t, m, "future", &err), MORGUE_OK);
    if (t)
        CHECK_STR(morgue_text_article(t)->date_suspect.s, "2190-03-04");
    morgue_text_free(t);
    CHECK_INT(morgue_get(&t, m, "early", &err), MORGUE_OK);
    if (t)
        CHECK_STR(morgue_text_article(t)->date_suspect.s, "1603-02");
    morgue_text_free(t);
    morgue_close(m);
}

int
main(void)
{
    static const char *const engines[] = {"segment", "xapian"};

    if (!scratch_make(dir, sizeof dir, "t_story"))
        return 1;
    for (int i = 0; i < 2; i++) {
        engine = engines[i];
        RUN(a_kill_removes_what_it_names);
        RUN(a_kill_holds_in_any_order);
        RUN(a_correction_replaces_and_is_marked);
        RUN(an_older_version_of_what_the_archive_has_is_left_out);
        RUN(states_without_versions_change_nothing_the_next_night);
        RUN(an_embargo_ends_by_itself);
        RUN(a_date_that_cannot_be_right_is_kept_as_suspect);
    }
    return scratch_drop(dir) ? test_end() : 1;
}
