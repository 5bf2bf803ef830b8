/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_cursor.c - cursors, and what searches collect, as programs see them
 *
 * An archive of more articles than a cursor reads at a time.  What a cursor
 * hands out is what a search for all of it finds, in every order; what a
 * search collects is what plain loops over a cursor's articles count.  The
 * archive changes under a cursor; time runs out; another thread interrupts;
 * each allocation fails, for which the program runs itself again under the
 * library FAILMALLOC_SO.  t_collect.c has the engines below by themselves.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "../../common/archive/archive.h"
#include "scratch.h"

enum { ARTICLES = 25000, SECTIONS = 5, YEARS = 4 };

static void (*arm)(unsigned long at, int all_after);
static unsigned long (*counted)(void);

static char dir[200];
static const char *engine;
static morgue *m;
static struct morgue_error err;

/* ---- the archive -------------------------------------------------------- */

static struct morgue_str
text(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

/* Article i: every second has "coffee", every third "tea". */
static void
add_article(morgue_update *u, unsigned i, const char *embargo)
{
    static const char *const section[SECTIONS] = {"", "World", "Sport", "Arts",
                                                  "Money"};
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    unsigned shuffled = i * 7919 % 100003;
    char id[20], body[100];

    snprintf(id, sizeof id, "%05x", shuffled);
    snprintf(body, sizeof body, "%s%snumber n%u", i % 2 ? "" : "coffee ",
             i % 3 ? "" : "tea ", i);
    a.id = text(id);
    a.body = text(body);
    a.lang = text("en");
    a.section = text(section[shuffled % SECTIONS]);
    a.topics = text(shuffled % 3 ? shuffled % 2 ? "one\ntwo" : "two" : "");
    a.embargo = text(embargo);
    if (i % 11) {
        a.date.seconds = (int64_t)(shuffled % (365 * YEARS)) * 86400 + i;
        a.date.precision = MORGUE_DATE_SECOND;
    }
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
}

static void
add(unsigned from, unsigned to, const char *embargo)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    CHECK_INT(morgue_update_open(&u, dir, &o, &err), MORGUE_OK);
    for (unsigned i = from; u && i < to; i++)
        add_article(u, i, embargo);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

static void
take_out(unsigned from, unsigned to)
{
    morgue_update *u = NULL;
    char id[20];

    CHECK_INT(morgue_update_open(&u, dir, NULL, &err), MORGUE_OK);
    for (unsigned i = from; u && i < to; i++) {
        snprintf(id, sizeof id, "%05x", i * 7919 % 100003);
        CHECK_INT(morgue_update_remove(u, id, NULL, &err), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

/* ---- cursors ------------------------------------------------------------ */

static bool
eq(struct morgue_str a, struct morgue_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}

/* Walk to the end; how many there are, or -1. */
static long
walk(const char *query, const struct morgue_search_options *o)
{
    morgue_cursor *c = NULL;
    bool more = true;
    long n = 0;

    if (morgue_cursor_open(&c, m, query, o, &err))
        return -1;
    while (n >= 0 && more) {
        if (morgue_cursor_next(c, NULL, NULL, &more, &err))
            n = -1;
        else
            n += more;
    }
    morgue_cursor_close(c);
    return n;
}

/* The cursor's hits are those of the search, one by one. */
static void
compare(const char *query, const struct morgue_search_options *o)
{
    struct morgue_hit want = MORGUE_HIT_INIT, got = MORGUE_HIT_INIT;
    const struct morgue_article *a = NULL;
    morgue_cursor *c = NULL;
    morgue_hits *hits = NULL;
    bool more = true;
    size_t i = 0;

    CHECK_INT(morgue_search(&hits, m, query, o, &err), MORGUE_OK);
    CHECK_INT(morgue_cursor_open(&c, m, query, o, &err), MORGUE_OK);
    CHECK(morgue_cursor_state(c) == morgue_hits_state(hits));
    for (; !test_case_failed; i++) {
        CHECK_INT(
            morgue_cursor_next(c, &got, i % 100 ? NULL : &a, &more, &err),
            MORGUE_OK);
        if (!more || !CHECK(morgue_hits_get(hits, i, &want)))
            break;
        CHECK(got.rank == want.rank && got.words == want.words &&
              eq(got.id, want.id) && eq(got.section, want.section) &&
              got.date.seconds == want.date.seconds &&
              got.score - want.score < 1e-9 && want.score - got.score < 1e-9);
        CHECK(i % 100 || (eq(a->id, want.id) && a->body.len > 0));
    }
    CHECK_INT(i, morgue_hits_n(hits));
    CHECK(!morgue_cursor_next(c, &got, &a, &more, &err) && !more);
    morgue_cursor_close(c);
    morgue_hits_free(hits);
}

static void
a_cursor_gives_what_a_search_finds(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;

    o.limit = 2 * ARTICLES;
    o.snippets = false;
    for (unsigned sort = 0; sort <= MORGUE_SORT_ID; sort++) {
        o.sort = (enum morgue_sort)sort;
        compare("number", &o);
        compare("number -tea", &o);
    }
    o.sort = MORGUE_SORT_OLDEST;
    CHECK(morgue_date_parse("1971", &o.from));
    CHECK(morgue_date_parse("1972", &o.to));
    compare("coffee", &o);
    CHECK_INT(walk("xyzzy", &o), 0);
}

static void
without_a_query_it_gives_all(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;

    for (unsigned sort = 0; sort <= MORGUE_SORT_ID; sort++) {
        o.sort = (enum morgue_sort)sort;
        CHECK_INT(walk(NULL, &o), ARTICLES);
    }
    o.lang = "de";
    CHECK_INT(walk(NULL, &o), 0);
    o.lang = "en";
    CHECK_INT(walk(NULL, &o), ARTICLES);
}

/* ---- what is collected -------------------------------------------------- */

/* Rows of a section and of a year, from all articles that a cursor gives. */
struct tally {
    uint64_t section[SECTIONS], year[YEARS + 1], topic[2], undated, all;
    char first[SECTIONS][20]; /* ids */
};

static const char *const sections[SECTIONS] = {"", "World", "Sport", "Arts",
                                               "Money"};

static void
tally(struct tally *t, const char *query,
      const struct morgue_search_options *o)
{
    const struct morgue_article *a = NULL;
    morgue_cursor *c = NULL;
    bool more = true;

    *t = (struct tally){.all = 0};
    CHECK_INT(morgue_cursor_open(&c, m, query, o, &err), MORGUE_OK);
    while (!morgue_cursor_next(c, NULL, &a, &more, &err) && more) {
        char year[MORGUE_DATE_MAX];

        t->all++;
        for (size_t i = 0; i < SECTIONS; i++)
            if (eq(a->section, text(sections[i])) && t->section[i]++ == 0)
                snprintf(t->first[i], sizeof t->first[i], "%s", a->id.s);
        t->topic[0] += strstr(a->topics.s, "one") != NULL;
        t->topic[1] += strstr(a->topics.s, "two") != NULL;
        t->undated += a->date.precision == MORGUE_DATE_NONE;
        morgue_date_print(year, a->date);
        if (year[0])
            t->year[(year[3] - '0') % (YEARS + 1)]++;
    }
    morgue_cursor_close(c);
}

static void
check_sections(const morgue_hits *hits, size_t c, const struct tally *t,
               bool groups)
{
    struct morgue_collected all = MORGUE_COLLECTED_INIT;
    struct morgue_row row = MORGUE_ROW_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    uint64_t last = UINT64_MAX;

    CHECK(morgue_hits_collected(hits, c, &all));
    CHECK_INT(all.rows, groups ? SECTIONS : SECTIONS - 1);
    for (size_t i = 0; morgue_hits_row(hits, c, i, &row); i++) {
        size_t s = 0;

        while (s + 1 < SECTIONS && !eq(row.value, text(sections[s])))
            s++;
        CHECK_INT(row.articles, t->section[s]);
        CHECK(groups || row.articles <= last);
        last = row.articles;
        CHECK_INT(row.hits, groups ? 3 : 0);
        CHECK(morgue_hits_row_hit(hits, c, i, 0, &hit) == groups);
        CHECK(!groups || (eq(hit.id, text(t->first[s])) && hit.rank == 1 &&
                          eq(hit.section, row.value)));
        CHECK(!morgue_hits_row_hit(hits, c, i, row.hits, &hit));
    }
    CHECK(!morgue_hits_row(hits, c, all.rows, &row));
}

static void
check_years(const morgue_hits *hits, size_t c, const struct tally *t)
{
    struct morgue_collected all = MORGUE_COLLECTED_INIT;
    struct morgue_row row = MORGUE_ROW_INIT;
    uint64_t n = 0;

    CHECK(morgue_hits_collected(hits, c, &all));
    CHECK_INT(all.undated, t->undated);
    CHECK_INT(all.imprecise, 0);
    for (size_t i = 0; morgue_hits_row(hits, c, i, &row); i++) {
        char year[MORGUE_DATE_MAX];

        morgue_date_print(year, row.period);
        CHECK_INT(strlen(year), 4);
        CHECK_INT(row.articles, t->year[(year[3] - '0') % (YEARS + 1)]);
        n += row.articles;
    }
    CHECK_INT(n + t->undated, t->all);
}

static void
rows_are_what_a_cursor_counts(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_collect c[4] = {MORGUE_COLLECT_INIT, MORGUE_COLLECT_INIT,
                                  MORGUE_COLLECT_INIT, MORGUE_COLLECT_INIT};
    struct morgue_row row = MORGUE_ROW_INIT;
    morgue_hits *hits = NULL;
    struct tally t;
    bool exact = false;

    o.sort = MORGUE_SORT_LATEST;
    tally(&t, "coffee -tea", &o);
    CHECK(t.all > 5000);
    c[0].field = "section";
    c[1].kind = MORGUE_COLLECT_PERIODS;
    c[1].unit = MORGUE_UNIT_YEAR;
    c[2].kind = MORGUE_COLLECT_GROUPS;
    c[2].field = "section";
    c[2].each = 3;
    c[3].field = "topic"; /* as queries call it */
    c[3].limit = 1;
    o.collect = c;
    o.collect_n = 4;
    CHECK_INT(morgue_search(&hits, m, "coffee -tea", &o, &err), MORGUE_OK);
    CHECK_INT(morgue_hits_n(hits), 10);
    CHECK_INT(morgue_hits_total(hits, &exact), t.all);
    CHECK(exact && !morgue_hits_timed_out(hits));
    check_sections(hits, 0, &t, false);
    check_years(hits, 1, &t);
    check_sections(hits, 2, &t, true);
    CHECK(t.topic[1] > t.topic[0]);
    CHECK(morgue_hits_row(hits, 3, 0, &row) && eq(row.value, text("two")));
    CHECK_INT(row.articles, t.topic[1]);
    CHECK(!morgue_hits_row(hits, 3, 1, &row));
    morgue_hits_free(hits);
}

/* ---- states ------------------------------------------------------------- */

/* A cursor that has begun goes on with its state, while the archive loses half
 * of that, is written anew, and the handle is refreshed. */
static void
a_cursor_sees_one_state(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    uint64_t before = morgue_state(m);
    morgue_cursor *c = NULL;
    const struct morgue_article *a = NULL;
    bool more = true;
    long n = 0;

    o.sort = MORGUE_SORT_ID;
    CHECK_INT(morgue_cursor_open(&c, m, NULL, &o, &err), MORGUE_OK);
    while (!morgue_cursor_next(c, NULL, n % 50 ? NULL : &a, &more, &err) &&
           more)
        if (n++ == 100) {
            take_out(0, ARTICLES / 2);
            add(ARTICLES, ARTICLES + 10, "2190-01-01T00:00:00Z");
            CHECK_INT(morgue_compact(dir, &err), MORGUE_OK);
            CHECK_INT(morgue_refresh(m, &err), MORGUE_OK);
        }
    CHECK_INT(n, ARTICLES);
    CHECK(morgue_cursor_state(c) == before);
    CHECK(morgue_state(m) != before);
    morgue_cursor_close(c);
    /* Another one sees what is there now, but for embargoes. */
    CHECK_INT(walk(NULL, &o), ARTICLES / 2);
    CHECK_INT(walk("number", &o), ARTICLES / 2);
}

/* ---- the end of the time ------------------------------------------------ */

static void
a_search_gives_what_it_found_in_time(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    morgue_hits *hits = NULL;
    bool exact = true;

    o.limit = 2 * ARTICLES;
    o.timeout_ms = 1;
    o.exact_total = true;
    CHECK_INT(morgue_search(&hits, m, "number", &o, &err), MORGUE_OK);
    CHECK(morgue_hits_timed_out(hits));
    CHECK(morgue_hits_n(hits) < ARTICLES);
    CHECK(morgue_hits_total(hits, &exact) <= ARTICLES);
    CHECK(!exact);
    morgue_hits_free(hits);
    o.limit = 10; /* hits come before the count, which takes longer */
    for (o.timeout_ms = 1; o.timeout_ms < 8; o.timeout_ms++) {
        CHECK_INT(morgue_search(&hits, m, "\"coffee number\"", &o, &err),
                  MORGUE_OK);
        CHECK(strcmp(engine, "segment") != 0 || morgue_hits_n(hits) > 0 ||
              morgue_hits_total(hits, NULL) == 0);
        morgue_hits_free(hits);
    }
    o.limit = 2 * ARTICLES;
    o.timeout_ms = 3600000;
    CHECK_INT(morgue_search(&hits, m, "number", &o, &err), MORGUE_OK);
    CHECK(!morgue_hits_timed_out(hits));
    CHECK_INT(morgue_hits_n(hits), ARTICLES);
    morgue_hits_free(hits);
}

static void
a_cursor_ends_with_its_time(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    const struct morgue_article *a = NULL;
    morgue_cursor *c = NULL;
    bool more = true;
    enum morgue_status st = MORGUE_OK;
    long n = 0;

    o.timeout_ms = 1;
    CHECK_INT(morgue_cursor_open(&c, m, NULL, &o, &err), MORGUE_OK);
    while (!st && more) {
        st = morgue_cursor_next(c, NULL, &a, &more, &err);
        n += more;
    }
    CHECK_INT(st, MORGUE_TIMED_OUT);
    CHECK_INT(err.status, MORGUE_TIMED_OUT);
    CHECK(!more && n < ARTICLES);
    CHECK_INT(morgue_cursor_next(c, NULL, &a, &more, &err), MORGUE_USAGE);
    morgue_cursor_close(c);
}

/* ---- interrupts --------------------------------------------------------- */

static morgue_interrupt *raise_it;
static atomic_int rounds;

static void *
interrupt(void *nothing)
{
    while (atomic_load(&rounds) < 2)
        sched_yield();
    morgue_interrupt_raise(raise_it);
    return nothing;
}

/* Work goes on until another thread, which waits for two rounds of it, raises
 * the interrupt. */
static void
interrupted_while(bool cursor)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    enum morgue_status st = MORGUE_OK;
    morgue_hits *hits = NULL;
    pthread_t thread;

    atomic_store(&rounds, 0);
    CHECK_INT(morgue_interrupt_new(&raise_it, &err), MORGUE_OK);
    o.interrupt = raise_it;
    o.limit = 1000;
    if (!CHECK(!pthread_create(&thread, NULL, interrupt, NULL)))
        return;
    while (!st) {
        if (cursor) {
            st = walk("number", &o) < 0 ? err.status : MORGUE_OK;
        } else {
            st = morgue_search(&hits, m, "number", &o, &err);
            morgue_hits_free(hits);
        }
        atomic_fetch_add(&rounds, 1);
    }
    CHECK_INT(st, MORGUE_INTERRUPTED);
    CHECK_INT(err.status, MORGUE_INTERRUPTED);
    pthread_join(thread, NULL);
    CHECK_INT(morgue_search(&hits, m, "tea", &o, &err), MORGUE_INTERRUPTED);
    CHECK(hits == NULL);
    morgue_interrupt_clear(raise_it);
    CHECK_INT(morgue_search(&hits, m, "tea", &o, &err), MORGUE_OK);
    morgue_hits_free(hits);
    morgue_interrupt_free(raise_it);
}

static void
a_search_is_interrupted(void)
{
    interrupted_while(false);
}

static void
a_cursor_is_interrupted(void)
{
    interrupted_while(true);
}

/* ---- memory ------------------------------------------------------------- */

/* All collectors and orders of one search, and a cursor; whether what came
 * without failure is whole. */
static enum morgue_status
work(morgue *of, enum morgue_sort sort, bool *whole)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_collect c[3] = {MORGUE_COLLECT_INIT, MORGUE_COLLECT_INIT,
                                  MORGUE_COLLECT_INIT};
    struct morgue_row row = MORGUE_ROW_INIT;
    morgue_hits *hits = NULL;
    morgue_cursor *cursor = NULL;
    bool more = true;
    size_t n = 0;
    enum morgue_status st;

    c[0].field = c[1].field = "topics";
    c[1].kind =
        sort == MORGUE_SORT_ID ? MORGUE_COLLECT_VALUES : MORGUE_COLLECT_GROUPS;
    c[1].each = 2;
    c[2].kind = MORGUE_COLLECT_PERIODS;
    o.sort = sort;
    o.collect = c;
    o.collect_n = 3;
    st = morgue_search(&hits, of, "coffee", &o, &err);
    *whole = st || (morgue_hits_n(hits) == 10 &&
                    morgue_hits_total(hits, NULL) == 20 &&
                    morgue_hits_row(hits, 1, 1, &row));
    morgue_hits_free(hits);
    o.collect_n = 0;
    if (!st)
        st = morgue_cursor_open(&cursor, of, "coffee", &o, &err);
    while (!st && more) {
        st = morgue_cursor_next(cursor, NULL, NULL, &more, &err);
        n += more;
    }
    morgue_cursor_close(cursor);
    *whole &= st || n == 20;
    return st;
}

static void
each_allocation_fails(void)
{
    unsigned long failures = 0;
    morgue *small = NULL;

    if (!arm)
        SKIP("FAILMALLOC_SO is not set, or cannot be loaded");
    scratch_drop(dir);
    add(0, 30, "");
    add(30, 40, "");
    for (unsigned sort = 0; sort <= MORGUE_SORT_ID; sort++) {
        bool failed = true, whole = false;

        for (unsigned long at = 1; failed && !test_case_failed; at++) {
            enum morgue_status st;

            CHECK_INT(morgue_open(&small, dir, &err), MORGUE_OK);
            arm(at, 0);
            st = work(small, (enum morgue_sort)sort, &whole);
            failed = counted() >= at;
            arm(0, 0);
            CHECK(st == MORGUE_OK || st == MORGUE_NOMEM);
            CHECK(st == MORGUE_OK || err.status == st);
            CHECK(whole && (failed || st == MORGUE_OK));
            failures += st != MORGUE_OK;
            morgue_close(small);
        }
    }
    CHECK(failures > 100);
}

/* ---- the engines -------------------------------------------------------- */

static void
run_on(const struct engine *e)
{
    engine = e->name;
    if (!scratch_make(dir, sizeof dir, "t_cursor"))
        exit(1);
    add(0, ARTICLES - 500, "");
    add(ARTICLES - 500, ARTICLES, "");
    if (morgue_open(&m, dir, &err))
        exit(1);
    RUN_ON(engine, a_cursor_gives_what_a_search_finds);
    RUN_ON(engine, without_a_query_it_gives_all);
    RUN_ON(engine, rows_are_what_a_cursor_counts);
    RUN_ON(engine, a_search_gives_what_it_found_in_time);
    RUN_ON(engine, a_cursor_ends_with_its_time);
    RUN_ON(engine, a_search_is_interrupted);
    RUN_ON(engine, a_cursor_is_interrupted);
    RUN_ON(engine, a_cursor_sees_one_state);
    morgue_close(m);
    if (e ==
        engine_named("segment")) /* libxapian aborts where it may not throw */
        RUN_ON(engine, each_allocation_fails);
    scratch_drop(dir);
}

int
main(int argc, char **argv)
{
    const struct engine *const all[] = {engine_named("segment"),
                                        engine_named("xapian")};
    const char *library = getenv("FAILMALLOC_SO");

    (void)argc;
    if (library && !getenv("LD_PRELOAD")) {
        /* It crashes by itself where its memory is short. */
        setenv("FAILMALLOC_SPARE", "libstemmer", 1);
        setenv("LD_PRELOAD", library, 1);
        execv("/proc/self/exe", argv);
    }
    unsetenv("LD_PRELOAD");
    *(void **)&arm = dlsym(RTLD_DEFAULT, "failmalloc_arm");
    *(void **)&counted = dlsym(RTLD_DEFAULT, "failmalloc_count");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        run_on(all[i]);
    return test_end();
}
