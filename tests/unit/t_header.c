/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_header.c - every function of morgue.h, called wrongly
 *
 * Each argument and each field of each struct that goes in is given what it
 * must not be: the call ends with the status that the header names, or gives
 * nothing; after each the archive is sound, its reader finds what it found,
 * and an update goes on as if nothing had been.  tests/lint.sh sees to it that
 * no function and no field is left out here.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "header_help.h"

/* ---- pointers ----------------------------------------------------------- */

static void
getters_take_null(void)
{
    struct morgue_hit hit = MORGUE_HIT_INIT;
    struct morgue_format format = MORGUE_FORMAT_INIT;
    struct morgue_field field = MORGUE_FIELD_INIT;
    struct morgue_value one = MORGUE_VALUE_INIT;
    struct morgue_article article = MORGUE_ARTICLE_INIT;
    struct morgue_collected collected = MORGUE_COLLECTED_INIT;
    struct morgue_row row = MORGUE_ROW_INIT;
    struct morgue_note note = MORGUE_NOTE_INIT;
    struct morgue_term term = MORGUE_TERM_INIT;
    struct morgue_str value = {0};
    bool exact = false;

    GIVES(morgue_version, (), [0] == '0');
    GIVES(morgue_hits_get, (NULL, 0, &hit), == false);
    GIVES(morgue_hits_get, (stage.hits, 0, NULL), == false);
    GIVES(morgue_hits_get, (stage.hits, SIZE_MAX, &hit), == false);
    GIVES(morgue_hits_n, (NULL), == 0);
    GIVES(morgue_hits_total, (NULL, NULL), == 0);
    GIVES(morgue_hits_total, (NULL, &exact), == 0);
    CHECK(exact);
    GIVES(morgue_hits_words_n, (NULL), == 0);
    GIVES(morgue_hits_timed_out, (NULL), == false);
    GIVES(morgue_hits_state, (NULL), == 0);
    GIVES(morgue_state, (NULL), == 0);
    GIVES(morgue_hits_collected, (NULL, 0, &collected), == false);
    GIVES(morgue_hits_collected, (stage.hits, 0, &collected), == false);
    GIVES(morgue_hits_row, (NULL, 0, 0, &row), == false);
    GIVES(morgue_hits_row, (stage.hits, 0, 0, &row), == false);
    GIVES(morgue_hits_row_hit, (NULL, 0, 0, 0, &hit), == false);
    GIVES(morgue_hits_row_hit, (stage.hits, SIZE_MAX, 0, 0, &hit), == false);
    GIVES(morgue_hits_note, (NULL, 0, &note), == false);
    GIVES(morgue_hits_note, (stage.hits, 0, &note), == false);
    GIVES(morgue_hits_note, (stage.hits, 0, NULL), == false);
    GIVES(morgue_explained_text, (NULL), .len == 0);
    GIVES(morgue_explained_note, (NULL, 0, &note), == false);
    GIVES(morgue_explained_term, (NULL, 0, &term), == false);
    HARMLESS(morgue_explained_free, (NULL));
    GIVES(morgue_text_article, (NULL), == NULL);
    GIVES(morgue_format_get, (0, NULL), == false);
    GIVES(morgue_format_get, (SIZE_MAX, &format), == false);
    GIVES(morgue_field_get, (0, NULL), == false);
    GIVES(morgue_field_get, (SIZE_MAX, &field), == false);
    GIVES(morgue_article_get, (NULL, "id", &value), == false);
    GIVES(morgue_article_get, (&article, NULL, &value), == false);
    GIVES(morgue_article_get, (&article, "id", NULL), == false);
    GIVES(morgue_article_get, (&article, "nothing", &value), == false);
    GIVES(morgue_article_get, (&article, "", &value), == false);
    GIVES(morgue_values_n, (NULL), == 0);
    GIVES(morgue_values_get, (NULL, 0, &one), == false);
    HARMLESS(morgue_values_free, (NULL));
    article.size = 7;
    GIVES(morgue_article_get, (&article, "id", &value), == false);
    HARMLESS(morgue_hits_free, (NULL));
    HARMLESS(morgue_text_free, (NULL));
    HARMLESS(morgue_close, (NULL));
    HARMLESS(morgue_update_close, (NULL));
}

static void
what_must_be_there_is_asked_for(void)
{
    struct morgue_stats stats = MORGUE_STATS_INIT;
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    morgue *m = stage.m;
    morgue_hits *hits = stage.hits;
    morgue_text *t;
    morgue_values *values;
    morgue_explained *e;

    WRONG(morgue_open, (NULL, stage.path, &err), MORGUE_USAGE);
    WRONG(morgue_open, (&m, NULL, &err), MORGUE_USAGE);
    CHECK(m == NULL);
    m = stage.m;
    WRONG(morgue_refresh, (NULL, &err), MORGUE_USAGE);
    WRONG(morgue_search, (NULL, m, "tea", NULL, &err), MORGUE_USAGE);
    WRONG(morgue_search, (&hits, NULL, "tea", NULL, &err), MORGUE_USAGE);
    CHECK(hits == NULL);
    WRONG(morgue_search, (&hits, m, NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_query_explain, (NULL, m, "tea", NULL, &err), MORGUE_USAGE);
    WRONG(morgue_query_explain, (&e, NULL, "tea", NULL, &err), MORGUE_USAGE);
    WRONG(morgue_query_explain, (&e, m, NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_query_explain, (&e, m, "", NULL, &err), MORGUE_QUERY);
    CHECK(e == NULL);
    WRONG(morgue_hits_snippet, (NULL, 0, &snippet, &err), MORGUE_USAGE);
    WRONG(morgue_hits_snippet, (stage.hits, 0, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_values_read, (NULL, m, "lang", &err), MORGUE_USAGE);
    WRONG(morgue_values_read, (&values, NULL, "lang", &err), MORGUE_USAGE);
    WRONG(morgue_values_read, (&values, m, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_values_read, (&values, m, "title", &err), MORGUE_USAGE);
    WRONG(morgue_values_read, (&values, m, "nothing", &err), MORGUE_USAGE);
    WRONG(morgue_get, (NULL, m, "1", &err), MORGUE_USAGE);
    WRONG(morgue_get, (&t, NULL, "1", &err), MORGUE_USAGE);
    CHECK(t == NULL);
    WRONG(morgue_get, (&t, m, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_text_mark, (NULL, m, "tea", NULL, NULL, &err), MORGUE_USAGE);
    GIVES(morgue_text_marks, (NULL, "body", NULL), == NULL);
    WRONG(morgue_stat, (NULL, &stats, &err), MORGUE_USAGE);
    WRONG(morgue_stat, (m, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_check, (NULL, NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_compact, (NULL, &err), MORGUE_USAGE);
    WRONG(morgue_repair, (NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_source_read, (NULL, NULL, &err), MORGUE_USAGE);
    /* And nobody has to take the detail. */
    CHECK_INT(morgue_search(&hits, m, "?!", NULL, NULL), MORGUE_QUERY);
}

/* ---- names, numbers, strings -------------------------------------------- */

static const int no_enum[] = {-1, 5, 19, 255, 256, INT_MAX, INT_MIN};
enum { NO_ENUM_N = sizeof no_enum / sizeof *no_enum };

/* What is no date, whichever precision it claims. */
static const struct morgue_date no_date[] = {
    {0, (enum morgue_date_precision) - 1, 0},
    {0, (enum morgue_date_precision)5, 0},
    {0, (enum morgue_date_precision)256, 0},
    {0, (enum morgue_date_precision)INT_MAX, 0},
    {INT64_MIN, MORGUE_DATE_YEAR, 0},
    {INT64_MIN, MORGUE_DATE_SECOND, 0},
    {INT64_MAX, MORGUE_DATE_YEAR, 0},
    {INT64_MAX, MORGUE_DATE_MONTH, 0},
    {INT64_MAX, MORGUE_DATE_DAY, 0},
    {INT64_MAX, MORGUE_DATE_SECOND, 0},
    {INT64_MAX / 86400, MORGUE_DATE_DAY, 0},
    {253402300800, MORGUE_DATE_SECOND, 0}, /* the year 10000 */
    {-62135596801, MORGUE_DATE_DAY, 0},    /* before the year 1 */
    {0, MORGUE_DATE_SECOND, 86460},        /* no clock is so far from UTC */
    {0, MORGUE_DATE_SECOND, -86460},
    {0, MORGUE_DATE_SECOND, 30}, /* nor by less than minutes */
    {0, MORGUE_DATE_DAY, 3600},  /* and a day has none */
    {0, MORGUE_DATE_SECOND, INT32_MIN},
    {253402300799, MORGUE_DATE_SECOND, 3600}, /* the year 10000 there */
};
enum { NO_DATE_N = sizeof no_date / sizeof *no_date };

static void
names_of_nothing(void)
{
    struct morgue_date date = {.seconds = 7};
    char out[MORGUE_DATE_MAX], local[MORGUE_DATE_LOCAL_MAX];

    for (int i = 0; i < NO_ENUM_N; i++) {
        if (no_enum[i] != 5) {
            GIVES(morgue_outcome_name,
                  ((enum morgue_outcome)no_enum[i]), [0] == 'u');
            GIVES(morgue_status_text,
                  ((enum morgue_status)no_enum[i]), [0] == 'u');
        }
        date.precision = (enum morgue_date_precision)no_enum[i];
        HARMLESS(morgue_date_print, (out, date));
        CHECK_STR(out, "");
        HARMLESS(morgue_date_print_local, (local, date));
        CHECK_STR(local, "");
    }
    for (int i = 0; i < NO_DATE_N; i++) {
        HARMLESS(morgue_date_print_local, (local, no_date[i]));
        CHECK_STR(local, "");
    }
    HARMLESS(morgue_date_print, (NULL, date));
    HARMLESS(morgue_date_print_local, (NULL, date));
    GIVES(morgue_date_parse, (NULL, &date), == false);
    CHECK_INT(date.precision, MORGUE_DATE_NONE);
    GIVES(morgue_date_parse, ("", NULL), == false);
    GIVES(morgue_date_parse, ("1918", NULL), == true);
    GIVES(morgue_date_parse, ("\xff\xfe 1918", &date), == false);
}

/* One that is longer than anything, freed with free(). */
static char *
long_string(char c)
{
    enum { LONG = 300000 };
    char *s = malloc(LONG + 1);

    if (s) {
        memset(s, c, LONG);
        s[LONG] = '\0';
    }
    return s;
}

static void
strings_of_any_kind(void)
{
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    char *slashes = long_string('/'), *letters = long_string('a');
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    morgue_text *t = NULL;

    WRONG(morgue_open, (&m, "", &err), MORGUE_USAGE);
    WRONG(morgue_open, (&m, "\xff\n\x01", &err), MORGUE_NO_ARCHIVE);
    WRONG(morgue_open, (&m, slashes, &err), MORGUE_IO);
    WRONG(morgue_open, (&m, letters, &err), MORGUE_IO);
    WRONG(morgue_check, ("", NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_check, (letters, NULL, NULL, &err), MORGUE_IO);
    WRONG(morgue_compact, ("", &err), MORGUE_USAGE);
    WRONG(morgue_repair, ("", NULL, &err), MORGUE_USAGE);
    WRONG(morgue_repair, ("/nowhere/at/all", NULL, &err), MORGUE_NO_ARCHIVE);
    WRONG(morgue_compact, ("/nowhere/at/all", &err), MORGUE_NO_ARCHIVE);
    WRONG(morgue_get, (&t, stage.m, "", &err), MORGUE_NO_ARTICLE);
    WRONG(morgue_get, (&t, stage.m, "\xff\n", &err), MORGUE_NO_ARTICLE);
    WRONG(morgue_get, (&t, stage.m, letters, &err), MORGUE_NO_ARTICLE);
    WRONG(morgue_search, (&hits, stage.m, "", NULL, &err), MORGUE_QUERY);
    WRONG(morgue_search, (&hits, stage.m, "\xff\xc0", NULL, &err),
          MORGUE_QUERY);
    WRONG(morgue_search, (&hits, stage.m, slashes, NULL, &err), MORGUE_QUERY);
    CHECK_INT(morgue_search(&hits, stage.m, letters, NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_hits_n(hits), 0);
    WRONG(morgue_hits_snippet, (hits, 0, &snippet, &err), MORGUE_USAGE);
    morgue_hits_free(hits);
    WRONG(morgue_hits_snippet, (stage.hits, SIZE_MAX, &snippet, &err),
          MORGUE_USAGE);
    WRONG(morgue_source_read, ("", NULL, &err), MORGUE_NO_INPUT);
    WRONG(morgue_source_read, (letters, NULL, &err), MORGUE_NO_INPUT);
    free(slashes);
    free(letters);
}

/* ---- options ------------------------------------------------------------ */

#define SEARCH_WRONG(name, value)                                             \
    do {                                                                      \
        struct morgue_search_options o = MORGUE_SEARCH_INIT;                  \
        morgue_hits *none = stage.hits;                                       \
                                                                              \
        o.name = value;                                                       \
        WRONG(morgue_search, (&none, stage.m, "tea", &o, &err),               \
              MORGUE_USAGE);                                                  \
        CHECK(none == NULL);                                                  \
    } while (0)

static void
search_options(void)
{
    struct morgue_search_options good = MORGUE_SEARCH_INIT;
    morgue_hits *hits = NULL;

    SEARCH_WRONG(size, 0);
    SEARCH_WRONG(size, 1);
    SEARCH_WRONG(size, offsetof(struct morgue_search_options, tz) - 1);
    SEARCH_WRONG(size, 4097);
    for (int i = 0; i < NO_ENUM_N; i++) {
        SEARCH_WRONG(match, (enum morgue_match)no_enum[i]);
        if (no_enum[i] != MORGUE_SORT_ID)
            SEARCH_WRONG(sort, (enum morgue_sort)no_enum[i]);
    }
    SEARCH_WRONG(match, (enum morgue_match)2);
    SEARCH_WRONG(sort, (enum morgue_sort)6);
    SEARCH_WRONG(offset, SIZE_MAX);
    SEARCH_WRONG(offset, (size_t)1000000001);
    SEARCH_WRONG(limit, SIZE_MAX);
    SEARCH_WRONG(limit, 1000001);
    for (int i = 0; i < NO_DATE_N; i++) {
        SEARCH_WRONG(from, no_date[i]);
        SEARCH_WRONG(to, no_date[i]);
    }
    SEARCH_WRONG(lang, "");
    SEARCH_WRONG(lang, "\xff");
    SEARCH_WRONG(lang, "no language");
    SEARCH_WRONG(tz, "");
    SEARCH_WRONG(tz, "\xff");
    SEARCH_WRONG(tz, "Europe/Nowhere");
    SEARCH_WRONG(tz, "../../../etc/localtime");
    SEARCH_WRONG(tz, "/etc/localtime");
    SEARCH_WRONG(tz, "+25:00");
    SEARCH_WRONG(k1, (double)NAN);
    SEARCH_WRONG(k1, (double)INFINITY);
    SEARCH_WRONG(k1, -1e-300);
    SEARCH_WRONG(k1, 1e300);
    SEARCH_WRONG(b, (double)NAN);
    SEARCH_WRONG(b, -(double)INFINITY);
    SEARCH_WRONG(b, -1e-300);
    SEARCH_WRONG(b, 1.0000001);
    SEARCH_WRONG(collect_n, 1); /* of NULL */
    SEARCH_WRONG(collect_n, SIZE_MAX);
    SEARCH_WRONG(strict, 2);
    SEARCH_WRONG(max_words, 100001);
    SEARCH_WRONG(dialect, "");
    SEARCH_WRONG(dialect, "klingon");
    /* exact_total and snippets are right whatever they are. */
    good.exact_total = !good.exact_total;
    good.snippets = !good.snippets;
    good.tz = "-03:30";
    good.timeout_ms = SIZE_MAX;
    good.interrupt = NULL;
    good.collect = NULL;
    good.offset = 1000000000;
    good.limit = 1000000;
    good.k1 = 1000000;
    good.b = 0;
    good.from = (struct morgue_date){.seconds = INT64_MAX,
                                     .precision = MORGUE_DATE_NONE};
    good.to = (struct morgue_date){.seconds = INT64_MIN,
                                   .precision = MORGUE_DATE_NONE};
    CHECK_INT(morgue_search(&hits, stage.m, "tea", &good, &err), MORGUE_OK);
    CHECK_INT(morgue_hits_total(hits, NULL), 1);
    CHECK_INT(morgue_hits_n(hits), 0);
    morgue_hits_free(hits);
}

#define COLLECT_WRONG(name, value)                                            \
    do {                                                                      \
        struct morgue_search_options with = MORGUE_SEARCH_INIT;               \
        struct morgue_collect c = MORGUE_COLLECT_INIT;                        \
        morgue_hits *found = stage.hits;                                      \
                                                                              \
        c.kind = MORGUE_COLLECT_GROUPS;                                       \
        c.field = "lang";                                                     \
        c.name = value;                                                       \
        with.collect = &c;                                                    \
        with.collect_n = 1;                                                   \
        WRONG(morgue_search, (&found, stage.m, "tea", &with, &err),           \
              MORGUE_USAGE);                                                  \
        CHECK(found == NULL);                                                 \
    } while (0)

static void
what_is_collected(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_collect two[2] = {MORGUE_COLLECT_INIT, MORGUE_COLLECT_INIT};
    morgue_hits *none = stage.hits;

    COLLECT_WRONG(size, 0);
    COLLECT_WRONG(size, sizeof c - 1);
    COLLECT_WRONG(size, 4097);
    for (int i = 0; i < NO_ENUM_N; i++) {
        COLLECT_WRONG(kind, (enum morgue_collect_kind)no_enum[i]);
        COLLECT_WRONG(unit, (enum morgue_unit)no_enum[i]);
    }
    COLLECT_WRONG(field, NULL);
    COLLECT_WRONG(field, "");
    COLLECT_WRONG(field, "title");
    COLLECT_WRONG(field, "\xff");
    COLLECT_WRONG(each, 1001);
    COLLECT_WRONG(each, SIZE_MAX);
    /* Of one size, and groups in no order of ids. */
    two[0].field = two[1].field = "lang";
    two[1].size -= 1;
    o.collect = two;
    o.collect_n = 2;
    WRONG(morgue_search, (&none, stage.m, "tea", &o, &err), MORGUE_USAGE);
    two[1].size += 1;
    two[1].kind = MORGUE_COLLECT_GROUPS;
    o.sort = MORGUE_SORT_ID;
    WRONG(morgue_search, (&none, stage.m, "tea", &o, &err), MORGUE_USAGE);
    o.collect_n = 65;
    WRONG(morgue_search, (&none, stage.m, "tea", &o, &err), MORGUE_USAGE);
}

/* A cursor takes the options of a search, but for what is collected. */
static void
cursors_ask_for_what_they_need(void)
{
    static const size_t wrong[] = {0, 1, 8, 4097, SIZE_MAX};
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_collect collect = MORGUE_COLLECT_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    const struct morgue_article *a = NULL;
    morgue_cursor *c = (morgue_cursor *)&o;
    bool more = true;
    size_t n = 0;

    WRONG(morgue_cursor_open, (NULL, stage.m, NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_cursor_open, (&c, NULL, NULL, NULL, &err), MORGUE_USAGE);
    CHECK(c == NULL);
    o.limit = SIZE_MAX;
    WRONG(morgue_cursor_open, (&c, stage.m, NULL, &o, &err), MORGUE_USAGE);
    o.limit = 0;
    collect.field = "lang";
    o.collect = &collect;
    o.collect_n = 1;
    WRONG(morgue_cursor_open, (&c, stage.m, NULL, &o, &err), MORGUE_USAGE);
    o.collect_n = 0;
    WRONG(morgue_cursor_open, (&c, stage.m, "", &o, &err), MORGUE_QUERY);
    CHECK_INT(morgue_cursor_open(&c, stage.m, NULL, &o, &err), MORGUE_OK);
    WRONG(morgue_cursor_next, (NULL, &hit, &a, &more, &err), MORGUE_USAGE);
    CHECK(!more);
    WRONG(morgue_cursor_next, (c, &hit, &a, NULL, &err), MORGUE_USAGE);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        hit.size = wrong[i];
        WRONG(morgue_cursor_next, (c, &hit, &a, &more, &err), MORGUE_USAGE);
    }
    /* After all of which it is as it was. */
    while (morgue_cursor_next(c, NULL, &a, &more, &err) == MORGUE_OK && more)
        n++;
    CHECK_INT(n, 2);
    CHECK_INT(morgue_cursor_next(c, &hit, NULL, &more, &err), MORGUE_USAGE);
    CHECK_INT(morgue_cursor_next(c, NULL, NULL, &more, &err), MORGUE_OK);
    CHECK(!more);
    GIVES(morgue_cursor_state, (c), == morgue_state(stage.m));
    GIVES(morgue_cursor_state, (NULL), == 0);
    morgue_cursor_close(c);
    HARMLESS(morgue_cursor_close, (NULL));
}

static void
interrupts_take_null(void)
{
    WRONG(morgue_interrupt_new, (NULL, &err), MORGUE_USAGE);
    HARMLESS(morgue_interrupt_raise, (NULL));
    HARMLESS(morgue_interrupt_clear, (NULL));
    HARMLESS(morgue_interrupt_free, (NULL));
}

#define UPDATE_WRONG(name, value, status)                                     \
    do {                                                                      \
        struct morgue_update_options o = MORGUE_UPDATE_INIT;                  \
        morgue_update *none = (morgue_update *)&o;                            \
                                                                              \
        o.name = value;                                                       \
        WRONG(morgue_update_open, (&none, stage.path, &o, &err), status);     \
        CHECK(none == NULL);                                                  \
    } while (0)

static void
update_options(void)
{
    struct morgue_update_options good = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    WRONG(morgue_update_open, (NULL, stage.path, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_update_open, (&u, NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_update_open, (&u, "", NULL, &err), MORGUE_USAGE);
    UPDATE_WRONG(size, 0, MORGUE_USAGE);
    UPDATE_WRONG(size, offsetof(struct morgue_update_options, interrupt) - 1,
                 MORGUE_USAGE);
    UPDATE_WRONG(size, 4097, MORGUE_USAGE);
    UPDATE_WRONG(engine, "", MORGUE_USAGE);
    UPDATE_WRONG(engine, "\xff\n", MORGUE_USAGE);
    UPDATE_WRONG(engine, strcmp(engine, "xapian") ? "xapian" : "segment",
                 MORGUE_USAGE);
    UPDATE_WRONG(format, "", MORGUE_USAGE);
    UPDATE_WRONG(format, "\xff\n", MORGUE_USAGE);
    UPDATE_WRONG(map, "", MORGUE_NO_INPUT);
    UPDATE_WRONG(map, "/nowhere\n", MORGUE_NO_INPUT);
    UPDATE_WRONG(follow, (enum morgue_follow)3, MORGUE_USAGE);
    UPDATE_WRONG(follow, (enum morgue_follow) - 1, MORGUE_USAGE);
    UPDATE_WRONG(date_order, (enum morgue_order)4, MORGUE_USAGE);
    UPDATE_WRONG(date_from_path, 2, MORGUE_USAGE);
    UPDATE_WRONG(id_scope, 4, MORGUE_USAGE);
    UPDATE_WRONG(root, "/nowhere", MORGUE_USAGE); /* the archive has none */
    /* What numbers and calls are not there are chosen for the caller. */
    good.threads = UINT_MAX;
    good.memory = SIZE_MAX;
    good.on_event = NULL;
    good.on_progress = NULL;
    good.on_undated = NULL;
    good.payload = &good;
    good.interrupt = NULL;
    good.timeout_ms = UINT64_MAX;
    for (int i = 0; i < 2; i++) {
        CHECK_INT(morgue_update_open(&u, stage.path, &good, &err), MORGUE_OK);
        CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
        morgue_update_close(u);
        good.threads = 1;
        good.memory = 1;
    }
    CHECK(is_sound());
}

#define REBUILD_WRONG(name, value, status)                                    \
    do {                                                                      \
        struct morgue_rebuild_options o = MORGUE_REBUILD_INIT;                \
                                                                              \
        o.name = value;                                                       \
        WRONG(morgue_rebuild, (stage.path, &o, NULL, &err), status);          \
    } while (0)

static void
rebuild_options(void)
{
    struct morgue_rebuild_options good = MORGUE_REBUILD_INIT;
    uint64_t articles = 0;

    WRONG(morgue_rebuild, (NULL, NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_rebuild, ("", NULL, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_rebuild, (dir, NULL, NULL, &err), MORGUE_NOT_ARCHIVE);
    WRONG(morgue_rebuild, ("/nowhere", NULL, NULL, &err), MORGUE_NO_ARCHIVE);
    REBUILD_WRONG(size, 0, MORGUE_USAGE);
    REBUILD_WRONG(size, sizeof o - 1, MORGUE_USAGE);
    REBUILD_WRONG(size, 4097, MORGUE_USAGE);
    REBUILD_WRONG(engine, "", MORGUE_USAGE);
    REBUILD_WRONG(engine, "\xff\n", MORGUE_USAGE);
    good.engine = engine;
    good.threads = UINT_MAX;
    good.memory = SIZE_MAX;
    good.on_progress = NULL;
    good.payload = &good;
    good.interrupt = NULL;
    good.timeout_ms = UINT64_MAX;
    CHECK_INT(morgue_rebuild(stage.path, &good, &articles, &err), MORGUE_OK);
    CHECK_INT(articles, 2);
    CHECK(is_sound());
}

#define SOURCE_WRONG(name, value, status)                                     \
    do {                                                                      \
        struct morgue_source_options o = MORGUE_SOURCE_INIT;                  \
                                                                              \
        o.name = value;                                                       \
        WRONG(morgue_source_read, ("corpus", &o, &err), status);              \
    } while (0)

static void
source_options(void)
{
    struct morgue_source_options good = MORGUE_SOURCE_INIT;

    SOURCE_WRONG(size, 0, MORGUE_USAGE);
    SOURCE_WRONG(size, offsetof(struct morgue_source_options, date_order) - 1,
                 MORGUE_USAGE);
    SOURCE_WRONG(size, 4097, MORGUE_USAGE);
    SOURCE_WRONG(format, "", MORGUE_USAGE);
    SOURCE_WRONG(format, "\xff", MORGUE_USAGE);
    SOURCE_WRONG(map, "", MORGUE_NO_INPUT);
    SOURCE_WRONG(map, "/nowhere", MORGUE_NO_INPUT);
    SOURCE_WRONG(follow, (enum morgue_follow)3, MORGUE_USAGE);
    SOURCE_WRONG(follow, (enum morgue_follow) - 1, MORGUE_USAGE);
    SOURCE_WRONG(date_order, (enum morgue_order)4, MORGUE_USAGE);
    SOURCE_WRONG(date_from_path, 2, MORGUE_USAGE);
    SOURCE_WRONG(root, "", MORGUE_USAGE);
    SOURCE_WRONG(root, "/nowhere", MORGUE_USAGE);
    SOURCE_WRONG(id_scope, 4, MORGUE_USAGE);
    good.on_article = NULL;
    good.on_event = NULL;
    good.date_order = MORGUE_ORDER_YMD;
    good.date_from_path = 1;
    good.payload = &good;
    CHECK_INT(morgue_source_read("common/morgue.h", &good, &err), MORGUE_OK);
}

/* ---- updates ------------------------------------------------------------ */

static void
updates_ask_for_what_they_need(void)
{
    struct morgue_article a = article("1", "Coffee");
    struct morgue_report report = MORGUE_REPORT_INIT;
    morgue_update *u = begin();
    char *letters = long_string('a');
    bool found = true;

    WRONG(morgue_update_add, (NULL, &a, &err), MORGUE_USAGE);
    WRONG(morgue_update_add, (u, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_update_add_source, (NULL, "corpus", &err), MORGUE_USAGE);
    WRONG(morgue_update_add_source, (u, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_update_add_source, (u, "", &err), MORGUE_NO_INPUT);
    WRONG(morgue_update_add_source, (u, letters, &err), MORGUE_NO_INPUT);
    WRONG(morgue_update_remove, (NULL, "1", &found, &err), MORGUE_USAGE);
    CHECK(!found);
    found = true;
    WRONG(morgue_update_remove, (u, NULL, &found, &err), MORGUE_USAGE);
    CHECK(!found);
    CHECK_INT(morgue_update_remove(u, "", &found, &err), MORGUE_OK);
    CHECK_INT(morgue_update_remove(u, letters, &found, &err), MORGUE_OK);
    CHECK_INT(morgue_update_remove(u, "\xff\n", NULL, &err), MORGUE_OK);
    WRONG(morgue_update_commit, (NULL, &report, &err), MORGUE_USAGE);
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, &report, &err), MORGUE_OK);
    CHECK_INT(report.outcome[MORGUE_UNCHANGED], 1);
    CHECK_INT(report.inputs, 1);
    CHECK_INT(report.removed, 0);
    WRONG(morgue_update_commit, (u, NULL, &err), MORGUE_USAGE);
    WRONG(morgue_update_add, (u, &a, &err), MORGUE_USAGE);
    morgue_update_close(u);
    free(letters);
}

/* A string of `digit` that is so long, in no more memory than a piece of it.
 */
static char *
endless_string(char digit, size_t len)
{
    enum { PIECE = 1 << 20 };
    size_t size = (len / PIECE + 1) * PIECE;
    FILE *f = tmpfile();
    char *s = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    bool good = f && s != MAP_FAILED;

    for (size_t i = 0; good && i < PIECE; i++)
        good = fputc(digit, f) != EOF;
    good = good && fflush(f) == 0;
    for (size_t at = 0; good && at < size; at += PIECE)
        good = mmap(s + at, PIECE, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_FIXED, fileno(f), 0) != MAP_FAILED;
    if (f)
        fclose(f);
    if (good)
        s[len] = '\0';
    return good ? s : NULL;
}

/* An id whose length in 32 bits is that of another. */
static void
ids_of_any_length(void)
{
    const size_t len = ((size_t)1 << 32) + 1;
    char *ones = endless_string('1', len);
    struct morgue_article a = article("new", "New");
    struct morgue_report report = MORGUE_REPORT_INIT;
    morgue_update *u;
    morgue_text *t = NULL;
    bool found = true;

    if (!ones)
        SKIP("there is no room for a string of 4 GB");
    u = begin();
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    CHECK_INT(morgue_update_remove(u, ones, &found, &err), MORGUE_OK);
    CHECK(!found);
    CHECK_INT(morgue_update_commit(u, &report, &err), MORGUE_OK);
    CHECK_INT(report.removed, 0);
    morgue_update_close(u);
    WRONG(morgue_get, (&t, stage.m, ones, &err), MORGUE_NO_ARTICLE);
    CHECK_INT(morgue_refresh(stage.m, &err), MORGUE_OK);
    CHECK_INT(morgue_get(&t, stage.m, "1", &err), MORGUE_OK);
    morgue_text_free(t);
    munmap(ones, len);
}

/* What comes out into a struct whose size cannot be right is not written. */
static void
results_of_any_size(void)
{
    static const size_t wrong[] = {
        0, 1, 8, sizeof(struct morgue_format) - 1, 4097, SIZE_MAX};
    union {
        size_t size;
        struct morgue_report report;
        struct morgue_stats stats;
        struct morgue_snippet snippet;
        struct morgue_hit hit;
        struct morgue_format format;
        struct morgue_field field;
        struct morgue_value value;
    } room, before;
    morgue_update *u = begin();
    morgue_values *values = NULL;

    CHECK_INT(morgue_values_read(&values, stage.m, "lang", &err), MORGUE_OK);
    CHECK(morgue_values_n(values) > 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memset(&room, 0x5a, sizeof room);
        room.size = wrong[i];
        before = room;
        WRONG(morgue_update_commit, (u, &room.report, &err), MORGUE_USAGE);
        WRONG(morgue_stat, (stage.m, &room.stats, &err), MORGUE_USAGE);
        WRONG(morgue_hits_snippet, (stage.hits, 0, &room.snippet, &err),
              MORGUE_USAGE);
        GIVES(morgue_hits_get, (stage.hits, 0, &room.hit), == false);
        GIVES(morgue_format_get, (0, &room.format), == false);
        GIVES(morgue_field_get, (0, &room.field), == false);
        GIVES(morgue_values_get, (values, 0, &room.value), == false);
        CHECK(memcmp(&room, &before, sizeof room) == 0);
    }
    morgue_values_free(values);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

/* ---- articles ----------------------------------------------------------- */

static const struct {
    const char *name;
    size_t offset;
} fields[] = {
#define ROW(name)                                                             \
    {                                                                         \
#name, offsetof(struct morgue_article, name)                          \
    }
    ROW(id),          ROW(url),          ROW(title),    ROW(body),
    ROW(section),     ROW(source),       ROW(author),   ROW(lang),
    ROW(place),       ROW(topics),       ROW(dateline), ROW(extra),
    ROW(date_source), ROW(date_suspect), ROW(status),   ROW(version),
    ROW(embargo),
};
enum { FIELDS_N = sizeof fields / sizeof *fields };

static struct morgue_str *
field_of(struct morgue_article *a, int f)
{
    return (struct morgue_str *)(void *)((char *)a + fields[f].offset);
}

/* Add an article that has that outcome, and one that the archive has already:
 * nothing is said of `what` that was wrong with the first but that. */
static void
add_wrong(const struct morgue_article *wrong, enum morgue_outcome outcome,
          const char *what)
{
    struct morgue_report report = MORGUE_REPORT_INIT;
    struct morgue_article good = article("1", "Coffee");
    morgue_update *u = begin();

    last_reason[0] = '\0';
    test_that(morgue_update_add(u, wrong, &err) == MORGUE_OK, __FILE__,
              __LINE__, "%s ends the update: %s", what, err.message);
    CHECK_INT(morgue_update_add(u, &good, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, &report, &err), MORGUE_OK);
    morgue_update_close(u);
    report.outcome[MORGUE_UNCHANGED]--; /* the good one */
    test_that(report.outcome[outcome] == 1, __FILE__, __LINE__,
              "%s is not counted as %s", what, morgue_outcome_name(outcome));
    CHECK(outcome != MORGUE_FAILED || strstr(last_reason, what));
    CHECK_INT(report.inputs, 2);
    test_that(is_sound(), __FILE__, __LINE__, "after %s it is damaged", what);
}

static void
articles_with_wrong_strings(void)
{
    static const struct morgue_str wrong[] = {
        {NULL, 1},
        {NULL, SIZE_MAX},
        {"x", SIZE_MAX},
        {"x", SIZE_MAX / 2},
        {"x", ((size_t)256 << 20) + 1},
    };
    char name[40];

    for (int f = 0; f < FIELDS_N; f++)
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
            struct morgue_article a = article("wrong", "Wrong");

            *field_of(&a, f) = wrong[i];
            snprintf(name, sizeof name, "%s%s", fields[f].name,
                     strcmp(fields[f].name, "place") ? "" : "s");
            add_wrong(&a, MORGUE_FAILED, name);
        }
}

/* Any bytes of any length are an article, as far as they can be kept. */
static void
articles_with_odd_strings(void)
{
    static const char bytes[] = "\xff\xfe\0\x01\x7f\n\r\t \xc2\x85\xe2\x80";
    char *letters = long_string('a');
    struct morgue_str odd[] = {
        {NULL, 0}, {"", 0}, {bytes, sizeof bytes}, text(letters)};
    morgue_update *u = begin();
    struct morgue_report report = MORGUE_REPORT_INIT;
    uint64_t n = 0;

    for (int f = 0; f < FIELDS_N; f++)
        for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
            struct morgue_article a = article("", "");
            char url[40];

            snprintf(url, sizeof url, "http://odd.example/%d.%zu", f, i);
            a.url = text(url);
            *field_of(&a, f) = odd[i];
            CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
            n++;
        }
    CHECK_INT(morgue_update_commit(u, &report, &err), MORGUE_OK);
    CHECK_INT(report.inputs, n);
    CHECK_INT(report.outcome[MORGUE_FAILED], 0);
    CHECK(report.outcome[MORGUE_ADDED] > n / 2);
    morgue_update_close(u);
    CHECK(is_sound());
    free(letters);
}

static void
articles_with_wrong_dates(void)
{
    struct morgue_article a = article("wrong", "Wrong");

    for (int i = 0; i < NO_DATE_N; i++) {
        a.date = no_date[i];
        add_wrong(&a, MORGUE_FAILED, "date");
    }
    /* No date at all, and one that cannot be right, which is kept. */
    a.date = (struct morgue_date){.seconds = INT64_MIN,
                                  .precision = MORGUE_DATE_NONE};
    add_wrong(&a, MORGUE_ADDED, "no date");
    a.date = (struct morgue_date){.seconds = 0, .precision = MORGUE_DATE_NONE};
    add_wrong(&a, MORGUE_UNCHANGED, "no date again");
}

/* What lies within the period of a date is taken for the whole of it. */
static void
dates_begin_where_their_period_does(void)
{
    struct morgue_article a = article("noon", "Noon");
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    morgue_update *u = begin();
    morgue_hits *hits = NULL;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue *m = NULL;

    a.date =
        (struct morgue_date){.seconds = 43200, .precision = MORGUE_DATE_DAY};
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    CHECK_INT(morgue_open(&m, stage.path, &err), MORGUE_OK);
    o.from = o.to =
        (struct morgue_date){.seconds = 50000, .precision = MORGUE_DATE_DAY};
    CHECK_INT(morgue_search(&hits, m, "noon", &o, &err), MORGUE_OK);
    CHECK(morgue_hits_get(hits, 0, &hit));
    CHECK_INT(hit.date.seconds, 0);
    morgue_hits_free(hits);
    morgue_close(m);
}

static void
articles_of_any_size(void)
{
    static const size_t wrong[] = {
        0, 1, 8, sizeof(struct morgue_article) - 1, 4097, SIZE_MAX};
    struct {
        struct morgue_article article;
        char more[64];
    } larger = {.article = article("1", "Coffee")};
    struct morgue_report report = MORGUE_REPORT_INIT;
    morgue_update *u = begin();

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct morgue_article a = article("1", "Coffee");

        a.size = wrong[i];
        WRONG(morgue_update_add, (u, &a, &err), MORGUE_USAGE);
    }
    larger.article.size = sizeof larger;
    CHECK_INT(morgue_update_add(u, &larger.article, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, &report, &err), MORGUE_OK);
    CHECK_INT(report.outcome[MORGUE_UNCHANGED], 1);
    CHECK_INT(report.inputs, 1);
    morgue_update_close(u);
}

/* ---- for each engine ---------------------------------------------------- */

static void
run_for(const char *name)
{
    engine = name;
    set_up();
    RUN_ON(name, getters_take_null);
    RUN_ON(name, what_must_be_there_is_asked_for);
    RUN_ON(name, names_of_nothing);
    RUN_ON(name, strings_of_any_kind);
    RUN_ON(name, search_options);
    RUN_ON(name, what_is_collected);
    RUN_ON(name, cursors_ask_for_what_they_need);
    RUN_ON(name, interrupts_take_null);
    RUN_ON(name, update_options);
    RUN_ON(name, rebuild_options);
    RUN_ON(name, source_options);
    RUN_ON(name, updates_ask_for_what_they_need);
    RUN_ON(name, results_of_any_size);
    RUN_ON(name, articles_with_wrong_strings);
    RUN_ON(name, articles_with_odd_strings);
    RUN_ON(name, articles_with_wrong_dates);
    RUN_ON(name, dates_begin_where_their_period_does);
    RUN_ON(name, articles_of_any_size);
    RUN_ON(name, ids_of_any_length);
    tear_down();
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "header"))
        return 1;
    run_for("segment");
    run_for("xapian");
    return scratch_drop(dir) ? test_end() : 1;
}
