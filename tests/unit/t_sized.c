/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_sized.c - structs of morgue.h from programs of other versions
 *
 * What a version was released with stays: its members where they are, and its
 * sizes, with each of which every function is called.  A struct that gets a
 * member gets a row in `history`, and one for the member in `places`.
 */
#include <stdlib.h>

#include "../../common/base/error.h"
#include "../../common/base/sized.h"
#include "../../common/morgue.h"
#include "scratch.h"

static char dir[200], path[300];
static struct morgue_error err;

/* ---- sizes and places --------------------------------------------------- */

/* Sizes that structs had, where pointers have 64 bits: of each struct the
 * first, and then those that it grew to. */
static const struct {
    const struct sized *s;
    size_t size;
} history[] = {
    {&sized_article, 296},
    {&sized_search_options, 96},
    {&sized_search_options, 104},
    {&sized_search_options, 136},
    {&sized_search_options, 160},
    {&sized_note, 40},
    {&sized_term, 64},
    {&sized_collect, 40},
    {&sized_collected, 32},
    {&sized_row, 56},
    {&sized_hit, 168},
    {&sized_hit, 176},
    {&sized_snippet, 48},
    {&sized_stats, 616},
    {&sized_stats, 696},
    {&sized_update_options, 72},
    {&sized_update_options, 88},
    {&sized_update_options, 104},
    {&sized_update_options, 120},
    {&sized_rebuild_options, 64},
    {&sized_format, 24},
    {&sized_field, 48},
    {&sized_value, 32},
    {&sized_source_options, 56},
    {&sized_source_options, 64},
    {&sized_source_options, 80},
    {&sized_report, 184},
    {&sized_report, 192},
    {&sized_report, 200},
};
enum { HISTORY_N = sizeof history / sizeof *history };

#define AT(type, member, offset)                                              \
    {                                                                         \
#type "." #member, offset, offsetof(struct morgue_##type, member),    \
            sizeof(((struct morgue_##type *)NULL)->member),                   \
            sizeof(struct morgue_##type)                                      \
    }

/* Where members are: in the order of each struct. */
static const struct {
    const char *name;
    size_t was, is, size, whole;
} places[] = {
    AT(article, size, 0),
    AT(article, id, 8),
    AT(article, url, 24),
    AT(article, title, 40),
    AT(article, body, 56),
    AT(article, section, 72),
    AT(article, source, 88),
    AT(article, author, 104),
    AT(article, lang, 120),
    AT(article, place, 136),
    AT(article, topics, 152),
    AT(article, dateline, 168),
    AT(article, extra, 184),
    AT(article, date, 200),
    AT(article, date_source, 216),
    AT(article, date_suspect, 232),
    AT(article, status, 248),
    AT(article, version, 264),
    AT(article, embargo, 280),
    AT(search_options, size, 0),
    AT(search_options, match, 8),
    AT(search_options, sort, 12),
    AT(search_options, offset, 16),
    AT(search_options, limit, 24),
    AT(search_options, from, 32),
    AT(search_options, to, 48),
    AT(search_options, lang, 64),
    AT(search_options, exact_total, 72),
    AT(search_options, snippets, 73),
    AT(search_options, k1, 80),
    AT(search_options, b, 88),
    AT(search_options, tz, 96),
    AT(search_options, timeout_ms, 104),
    AT(search_options, interrupt, 112),
    AT(search_options, collect, 120),
    AT(search_options, collect_n, 128),
    AT(search_options, strict, 136),
    AT(search_options, max_words, 144),
    AT(search_options, dialect, 152),
    AT(note, size, 0),
    AT(note, span, 8),
    AT(note, text, 24),
    AT(term, size, 0),
    AT(term, span, 8),
    AT(term, leaf, 24),
    AT(term, term, 40),
    AT(term, articles, 56),
    AT(collect, size, 0),
    AT(collect, kind, 8),
    AT(collect, unit, 12),
    AT(collect, field, 16),
    AT(collect, limit, 24),
    AT(collect, each, 32),
    AT(collected, size, 0),
    AT(collected, rows, 8),
    AT(collected, undated, 16),
    AT(collected, imprecise, 24),
    AT(row, size, 0),
    AT(row, value, 8),
    AT(row, period, 24),
    AT(row, articles, 40),
    AT(row, hits, 48),
    AT(hit, size, 0),
    AT(hit, rank, 8),
    AT(hit, score, 16),
    AT(hit, date, 24),
    AT(hit, id, 40),
    AT(hit, title, 56),
    AT(hit, url, 72),
    AT(hit, section, 88),
    AT(hit, source, 104),
    AT(hit, author, 120),
    AT(hit, lang, 136),
    AT(hit, status, 152),
    AT(hit, words, 168),
    AT(snippet, size, 0),
    AT(snippet, text, 8),
    AT(snippet, starts_inside, 24),
    AT(snippet, ends_inside, 25),
    AT(snippet, mark, 32),
    AT(snippet, mark_n, 40),
    AT(stats, size, 0),
    AT(stats, articles, 8),
    AT(stats, undated, 16),
    AT(stats, terms, 24),
    AT(stats, mean_length, 32),
    AT(stats, disk_bytes, 40),
    AT(stats, first, 48),
    AT(stats, last, 64),
    AT(stats, engine, 80),
    AT(stats, analysis, 96),
    AT(stats, languages, 216),
    AT(stats, ids, 616),
    AT(event, size, 0),
    AT(event, outcome, 8),
    AT(event, path, 16),
    AT(event, position, 24),
    AT(event, id, 32),
    AT(event, reason, 40),
    AT(event, article, 48),
    AT(event, replaced, 56),
    AT(update_options, size, 0),
    AT(update_options, engine, 8),
    AT(update_options, format, 16),
    AT(update_options, map, 24),
    AT(update_options, threads, 32),
    AT(update_options, follow, 36),
    AT(update_options, memory, 40),
    AT(update_options, on_event, 48),
    AT(update_options, on_progress, 56),
    AT(update_options, payload, 64),
    AT(update_options, interrupt, 72),
    AT(update_options, timeout_ms, 80),
    AT(update_options, date_order, 88),
    AT(update_options, date_from_path, 92),
    AT(update_options, on_undated, 96),
    AT(update_options, root, 104),
    AT(update_options, id_scope, 112),
    AT(rebuild_options, size, 0),
    AT(rebuild_options, engine, 8),
    AT(rebuild_options, threads, 16),
    AT(rebuild_options, memory, 24),
    AT(rebuild_options, on_progress, 32),
    AT(rebuild_options, payload, 40),
    AT(rebuild_options, interrupt, 48),
    AT(rebuild_options, timeout_ms, 56),
    AT(field, size, 0),
    AT(field, many, 8),
    AT(field, values, 9),
    AT(field, name, 16),
    AT(field, query, 24),
    AT(field, what, 32),
    AT(field, max, 40),
    AT(value, size, 0),
    AT(value, value, 8),
    AT(value, articles, 24),
    AT(format, size, 0),
    AT(format, name, 8),
    AT(format, what, 16),
    AT(origin, size, 0),
    AT(origin, converted, 8),
    AT(origin, repaired, 9),
    AT(origin, path, 16),
    AT(origin, position, 24),
    AT(origin, format, 32),
    AT(origin, undated, 40),
    AT(source_options, size, 0),
    AT(source_options, format, 8),
    AT(source_options, map, 16),
    AT(source_options, follow, 24),
    AT(source_options, on_article, 32),
    AT(source_options, on_event, 40),
    AT(source_options, payload, 48),
    AT(source_options, date_order, 56),
    AT(source_options, date_from_path, 60),
    AT(source_options, root, 64),
    AT(source_options, id_scope, 72),
    AT(report, size, 0),
    AT(report, inputs, 8),
    AT(report, outcome, 16),
    AT(report, removed, 144),
    AT(report, converted, 152),
    AT(report, repaired, 160),
    AT(report, undated, 168),
    AT(report, bytes, 176),
    AT(report, unordered, 184),
    AT(report, collisions, 192),
};
enum { PLACES_N = sizeof places / sizeof *places };

static void
members_stay_where_they_are(void)
{
    if (sizeof(void *) != 8)
        SKIP("places are known where pointers have 64 bits");
    for (size_t i = 0; i < PLACES_N; i++)
        test_that(places[i].is == places[i].was, __FILE__, __LINE__,
                  "%s is at %zu, and was at %zu", places[i].name, places[i].is,
                  places[i].was);
}

/* A struct has no padding behind its last member, into which the next would
 * fall, and the table has that member. */
static void
structs_end_with_a_member(void)
{
    for (size_t i = 0; i < PLACES_N; i++)
        if (i + 1 == PLACES_N || places[i + 1].is == 0)
            test_that(places[i].is + places[i].size == places[i].whole,
                      __FILE__, __LINE__, "%s ends at %zu of %zu",
                      places[i].name, places[i].is + places[i].size,
                      places[i].whole);
}

static void
sizes_are_remembered(void)
{
    if (sizeof(void *) != 8)
        SKIP("sizes are known where pointers have 64 bits");
    for (size_t i = 0; i < HISTORY_N; i++) {
        const struct sized *s = history[i].s;
        bool first = i == 0 || history[i - 1].s != s;
        bool last = i + 1 == HISTORY_N || history[i + 1].s != s;

        test_that(!first || s->least == history[i].size, __FILE__, __LINE__,
                  "%s: the least is %zu, and was %zu", s->what, s->least,
                  history[i].size);
        test_that(!last || s->now == history[i].size, __FILE__, __LINE__,
                  "%s has %zu bytes, of which the table does not know",
                  s->what, s->now);
    }
}

/* ---- a struct in three versions ----------------------------------------- */

struct first {
    size_t size;
    uint64_t a;
};
struct second {
    size_t size;
    uint64_t a, b;
};
struct third {
    size_t size;
    uint64_t a, b, c;
};

/* The library is that of the second version. */
static const struct sized ours = {"a thing", sizeof(struct first),
                                  sizeof(struct second)};
static const struct second defaults = {sizeof defaults, 1, 2};

static void
what_goes_in_may_be_older(void)
{
    struct second got = defaults;
    struct first given = {sizeof given, 7};

    CHECK_INT(sized_in(&got, &given, &ours, &err), MORGUE_OK);
    CHECK_INT(got.size, sizeof got);
    CHECK_INT(got.a, 7);
    CHECK_INT(got.b, 2);
}

static void
what_goes_in_may_be_newer(void)
{
    struct second got = defaults;
    struct third given = {sizeof given, 7, 8, 0};

    CHECK_INT(sized_in(&got, &given, &ours, &err), MORGUE_OK);
    CHECK_INT(got.size, sizeof got);
    CHECK_INT(got.a, 7);
    CHECK_INT(got.b, 8);
    for (unsigned bit = 0; bit < 64; bit++) {
        got = defaults;
        given.c = (uint64_t)1 << bit;
        CHECK_INT(sized_in(&got, &given, &ours, &err), MORGUE_USAGE);
        CHECK(strstr(err.message, "a thing with something set"));
        CHECK(memcmp(&got, &defaults, sizeof got) == 0);
    }
}

static void
what_comes_out_is_as_large_as_the_caller_says(void)
{
    struct third room;
    const struct second result = {sizeof result, 7, 8};

    memset(&room, 0x5a, sizeof room);
    room.size = sizeof(struct first);
    CHECK_INT(sized_out(&room, &result, &ours, &err), MORGUE_OK);
    CHECK_INT(room.size, sizeof(struct first));
    CHECK_INT(room.a, 7);
    CHECK_INT(room.b, 0x5a5a5a5a5a5a5a5a);
    room.size = sizeof(struct second);
    CHECK_INT(sized_out(&room, &result, &ours, &err), MORGUE_OK);
    CHECK_INT(room.b, 8);
    CHECK_INT(room.c, 0x5a5a5a5a5a5a5a5a);
    room.size = sizeof room;
    CHECK_INT(sized_out(&room, &result, &ours, &err), MORGUE_OK);
    CHECK_INT(room.size, sizeof room);
    CHECK_INT(room.c, 0);
}

static void
sizes_that_cannot_be_right(void)
{
    static const size_t wrong[] = {0, 1, sizeof(struct first) - 1,
                                   SIZED_MAX + 1, SIZE_MAX};
    struct third room, before;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memset(&room, 0x5a, sizeof room);
        room.size = wrong[i];
        before = room;
        CHECK_INT(sized_out(&room, &defaults, &ours, &err), MORGUE_USAGE);
        CHECK(strstr(err.message, "a thing of size"));
        CHECK_INT(sized_in(&before, &room, &ours, &err), MORGUE_USAGE);
        CHECK(memcmp(&room, &before, sizeof room) == 0);
    }
}

/* ---- the functions ------------------------------------------------------ */

/* A caller's struct of any size that may be, and what is behind it. */
union room {
    size_t size;
    struct morgue_article article;
    struct morgue_search_options search;
    struct morgue_update_options update;
    struct morgue_rebuild_options rebuild;
    struct morgue_source_options source;
    struct morgue_hit hit;
    struct morgue_snippet snippet;
    struct morgue_stats stats;
    struct morgue_report report;
    struct morgue_format format;
    struct morgue_field field;
    struct morgue_value value;
    struct morgue_collect collect;
    struct morgue_collected collected;
    struct morgue_row row;
    struct morgue_note note;
    struct morgue_term term;
    unsigned char bytes[SIZED_MAX + 64];
};
static union room room;
static morgue *m;
static morgue_hits *hits;
static morgue_update *update;
static bool called;

static bool
on_article(const struct morgue_article *a, const struct morgue_origin *origin,
           void *payload)
{
    (void)payload;
    CHECK_INT(a->size, sizeof *a);
    CHECK_INT(origin->size, sizeof *origin);
    called = true;
    return false;
}

static void
on_event(const struct morgue_event *event, void *payload)
{
    (void)payload;
    CHECK_INT(event->size, sizeof *event);
    called = true;
}

static void
begin_article(void)
{
    room.article = (struct morgue_article)MORGUE_ARTICLE_INIT;
    room.article.id = (struct morgue_str){"1", 1};
    room.article.title = (struct morgue_str){"Coffee", 6};
    room.article.lang = (struct morgue_str){"en", 2};
    room.article.embargo = (struct morgue_str){"2001-01-01T00:00:00Z", 20};
}

static enum morgue_status
call_article(void)
{
    return morgue_update_add(update, &room.article, &err);
}

static void
begin_search(void)
{
    room.search = (struct morgue_search_options)MORGUE_SEARCH_INIT;
}

static enum morgue_status
call_search(void)
{
    morgue_hits *found = NULL;
    enum morgue_status st =
        morgue_search(&found, m, "coffee", &room.search, &err);

    CHECK_INT(morgue_hits_n(found), st ? 0 : 1);
    morgue_hits_free(found);
    return st;
}

static void
begin_update(void)
{
    room.update = (struct morgue_update_options)MORGUE_UPDATE_INIT;
    room.update.on_event = on_event;
}

static enum morgue_status
call_update(void)
{
    struct morgue_article empty = MORGUE_ARTICLE_INIT;
    morgue_update *u = NULL;
    char other[320];
    enum morgue_status st;

    snprintf(other, sizeof other, "%s.other", path);
    called = false;
    st = morgue_update_open(&u, other, &room.update, &err);
    if (!st)
        CHECK_INT(morgue_update_add(u, &empty, &err), MORGUE_OK);
    CHECK(called == !st);
    morgue_update_close(u);
    return st;
}

static void
begin_rebuild(void)
{
    room.rebuild = (struct morgue_rebuild_options)MORGUE_REBUILD_INIT;
}

static enum morgue_status
call_rebuild(void)
{
    uint64_t articles = 0;
    enum morgue_status st =
        morgue_rebuild(path, &room.rebuild, &articles, &err);

    CHECK(articles == !st);
    return st;
}

static void
begin_source(void)
{
    room.source = (struct morgue_source_options)MORGUE_SOURCE_INIT;
    room.source.on_article = on_article;
}

static enum morgue_status
call_source(void)
{
    enum morgue_status st;

    called = false;
    st = morgue_source_read("README.md", &room.source, &err);
    CHECK(called == !st);
    return st;
}

static enum morgue_status
call_hit(void)
{
    bool good = morgue_hits_get(hits, 0, &room.hit);

    CHECK(!good || (room.hit.rank == 1 && room.hit.title.len == 6));
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static enum morgue_status
call_snippet(void)
{
    enum morgue_status st = morgue_hits_snippet(hits, 0, &room.snippet, &err);

    CHECK(st || room.snippet.text.s);
    return st;
}

static enum morgue_status
call_stats(void)
{
    enum morgue_status st = morgue_stat(m, &room.stats, &err);

    CHECK(st || (room.stats.articles == 1 && room.stats.engine[0]));
    return st;
}

static enum morgue_status
call_report(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    enum morgue_status st;

    memset(&room.report.inputs, 0x5a, sizeof room.report.inputs);
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    st = morgue_update_commit(u, &room.report, &err);
    CHECK(st || room.report.inputs == 0);
    morgue_update_close(u);
    return st;
}

static enum morgue_status
call_format(void)
{
    bool good = morgue_format_get(0, &room.format);

    CHECK(!good || (room.format.name[0] && room.format.what[0]));
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static enum morgue_status
call_field(void)
{
    bool good = morgue_field_get(0, &room.field);

    CHECK(!good || (strcmp(room.field.name, "id") == 0 && room.field.max));
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static enum morgue_status
call_value(void)
{
    morgue_values *values = NULL;
    bool good;

    CHECK_INT(morgue_values_read(&values, m, "lang", &err), MORGUE_OK);
    good = morgue_values_get(values, 0, &room.value);
    CHECK(!good || room.value.articles > 0);
    morgue_values_free(values);
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static void
begin_collect(void)
{
    room.collect = (struct morgue_collect)MORGUE_COLLECT_INIT;
    room.collect.field = "lang";
}

/* Two in a row, as far apart as they say. */
static enum morgue_status
call_collect(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_row row = MORGUE_ROW_INIT;
    size_t size = room.size;
    char *two = malloc(2 * size);
    enum morgue_status st = MORGUE_NOMEM;
    morgue_hits *found = NULL;

    if (two) {
        memcpy(two, &room, size);
        memcpy(two + size, &room, size);
        o.collect = (const struct morgue_collect *)(const void *)two;
        o.collect_n = 2;
        st = morgue_search(&found, m, "coffee", &o, &err);
    }
    CHECK(st || (morgue_hits_row(found, 1, 0, &row) && row.articles == 1));
    morgue_hits_free(found);
    free(two);
    return st;
}

static enum morgue_status
call_collected(void)
{
    bool good = morgue_hits_collected(hits, 0, &room.collected);

    CHECK(!good || room.collected.rows == 1);
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static enum morgue_status
call_row(void)
{
    bool good = morgue_hits_row(hits, 0, 0, &room.row);

    CHECK(!good || room.row.articles == 1);
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static enum morgue_status
call_note(void)
{
    morgue_explained *e = NULL;
    bool good;

    CHECK_INT(morgue_query_explain(&e, m, "(coffee", NULL, &err), MORGUE_OK);
    good = morgue_explained_note(e, 0, &room.note);
    CHECK(!good || (room.note.span.end == 1 && room.note.text.len > 0));
    morgue_explained_free(e);
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static enum morgue_status
call_term(void)
{
    morgue_explained *e = NULL;
    bool good;

    CHECK_INT(morgue_query_explain(&e, m, "coffee", NULL, &err), MORGUE_OK);
    good = morgue_explained_term(e, 0, &room.term);
    CHECK(!good || (room.term.articles == 1 && room.term.leaf.len == 6));
    morgue_explained_free(e);
    return good ? MORGUE_OK : MORGUE_USAGE;
}

static const struct {
    const struct sized *s;
    void (*begin)(void); /* NULL: it comes out */
    enum morgue_status (*call)(void);
} calls[] = {
    {&sized_article, begin_article, call_article},
    {&sized_search_options, begin_search, call_search},
    {&sized_update_options, begin_update, call_update},
    {&sized_rebuild_options, begin_rebuild, call_rebuild},
    {&sized_source_options, begin_source, call_source},
    {&sized_hit, NULL, call_hit},
    {&sized_snippet, NULL, call_snippet},
    {&sized_stats, NULL, call_stats},
    {&sized_report, NULL, call_report},
    {&sized_format, NULL, call_format},
    {&sized_field, NULL, call_field},
    {&sized_value, NULL, call_value},
    {&sized_collect, begin_collect, call_collect},
    {&sized_collected, NULL, call_collected},
    {&sized_row, NULL, call_row},
    {&sized_note, NULL, call_note},
    {&sized_term, NULL, call_term},
};
enum { CALLS_N = sizeof calls / sizeof *calls };

/* What is behind the caller's struct is not read by what it goes into. */
static void
try_in(size_t c, size_t size)
{
    size_t now = calls[c].s->now;

    memset(&room, 0x5a, sizeof room);
    calls[c].begin();
    room.size = size;
    for (size_t i = now; i < size; i++)
        room.bytes[i] = 0;
    test_that(calls[c].call() == MORGUE_OK, __FILE__, __LINE__,
              "%s of %zu bytes: %s", calls[c].s->what, size, err.message);
    for (size_t i = now; i < size; i++) {
        room.bytes[i] = 1;
        test_that(calls[c].call() == MORGUE_USAGE, __FILE__, __LINE__,
                  "%s of %zu bytes, byte %zu set, is taken", calls[c].s->what,
                  size, i);
        room.bytes[i] = 0;
    }
}

/* What is behind the caller's struct is not written by what comes out. */
static void
try_out(size_t c, size_t size)
{
    size_t now = calls[c].s->now, wrong = 0;

    memset(&room, 0x5a, sizeof room);
    room.size = size;
    test_that(calls[c].call() == MORGUE_OK, __FILE__, __LINE__,
              "%s of %zu bytes: %s", calls[c].s->what, size, err.message);
    CHECK_INT(room.size, size);
    for (size_t i = now; i < size; i++)
        wrong += room.bytes[i] != 0;
    for (size_t i = size; i < sizeof room.bytes; i++)
        wrong += room.bytes[i] != 0x5a;
    test_that(wrong == 0, __FILE__, __LINE__,
              "%s of %zu bytes: %zu bytes that are behind it are wrong",
              calls[c].s->what, size, wrong);
}

static void
try_size(size_t c, size_t size)
{
    if (calls[c].begin)
        try_in(c, size);
    else
        try_out(c, size);
}

static void
programs_of_each_version(void)
{
    if (sizeof(void *) != 8)
        SKIP("sizes are known where pointers have 64 bits");
    for (size_t c = 0; c < CALLS_N; c++) {
        size_t n = 0;

        for (size_t i = 0; i < HISTORY_N; i++)
            if (history[i].s == calls[c].s) {
                try_size(c, history[i].size);
                n++;
            }
        CHECK(n > 0);
    }
}

static void
programs_of_versions_to_come(void)
{
    for (size_t c = 0; c < CALLS_N; c++) {
        try_size(c, calls[c].s->now + 8);
        try_size(c, calls[c].s->now + 24);
    }
    for (size_t c = 0; c < CALLS_N; c++)
        if (!calls[c].begin)
            try_size(c, SIZED_MAX);
}

/* What is lent has the library's size. */
static void
what_is_lent_tells_its_size(void)
{
    morgue_text *t = NULL;

    CHECK_INT(morgue_get(&t, m, "1", &err), MORGUE_OK);
    CHECK_INT(morgue_text_article(t)->size, sizeof(struct morgue_article));
    morgue_text_free(t);
    begin_update(); /* and in callbacks, on_event and on_article look at it */
    CHECK_INT(call_update(), MORGUE_OK);
    begin_source();
    CHECK_INT(call_source(), MORGUE_OK);
}

/* ---- the archive -------------------------------------------------------- */

static void
set_up(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_search_options search = MORGUE_SEARCH_INIT;
    struct morgue_collect values = MORGUE_COLLECT_INIT;

    values.field = "lang";
    search.collect = &values;
    search.collect_n = 1;
    snprintf(path, sizeof path, "%s/archive", dir);
    CHECK_INT(morgue_update_open(&update, path, &o, &err), MORGUE_OK);
    begin_article();
    CHECK_INT(call_article(), MORGUE_OK);
    CHECK_INT(morgue_update_commit(update, NULL, &err), MORGUE_OK);
    morgue_update_close(update);
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_search(&hits, m, "coffee", &search, &err), MORGUE_OK);
    snprintf(path, sizeof path, "%s/second", dir);
    CHECK_INT(morgue_update_open(&update, path, &o, &err), MORGUE_OK);
    snprintf(path, sizeof path, "%s/archive", dir);
}

static void
tear_down(void)
{
    morgue_update_close(update);
    morgue_hits_free(hits);
    morgue_close(m);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "sized"))
        return 1;
    RUN(members_stay_where_they_are);
    RUN(structs_end_with_a_member);
    RUN(sizes_are_remembered);
    RUN(what_goes_in_may_be_older);
    RUN(what_goes_in_may_be_newer);
    RUN(what_comes_out_is_as_large_as_the_caller_says);
    RUN(sizes_that_cannot_be_right);
    RUN(set_up);
    RUN(programs_of_each_version);
    RUN(programs_of_versions_to_come);
    RUN(what_is_lent_tells_its_size);
    tear_down();
    return scratch_drop(dir) ? test_end() : 1;
}
