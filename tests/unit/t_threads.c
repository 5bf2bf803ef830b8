/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_threads.c - one handle searched and refreshed by many threads at a time,
 * while updates commit
 *
 * State k of the archive has START + k articles, each with the title
 * "state k": so what a search gives tells whether it is of one state.  COMMITS
 * is taken from the environment: 30.
 */
#include "../test.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../../common/base/str.h"
#include "../../common/morgue.h"
#include "scratch.h"

enum { START = 20, THREADS = 8, REFRESHERS = 2 };

static char path[300];
static const char *engine;
static morgue *m;
static unsigned commits = 30;

/* Shared by the threads, through __atomic functions. */
static unsigned committed; /* the newest state that there is */
static unsigned newest;    /* the one that was refreshed to last */
static bool over;

static enum morgue_status
write_state(unsigned k)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    enum morgue_status st;
    char id[20], title[30];

    o.engine = engine;
    o.threads = 1;
    st = morgue_update_open(&u, path, &o, NULL);
    for (unsigned i = 0; !st && i < START + k; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;

        snprintf(id, sizeof id, "a%u", i);
        snprintf(title, sizeof title, "state %u", k);
        a.id = str_of(id);
        a.title = str_of(title);
        a.body = STR("The ferries of the harbour. They are late.");
        a.lang = STR("en");
        a.section = STR("World");
        st = morgue_update_add(u, &a, NULL);
    }
    if (!st)
        st = morgue_update_commit(u, NULL, NULL);
    morgue_update_close(u);
    return st;
}

/* Which state the hits of a query are of; 0 where of none, or it failed. */
static unsigned
state_seen(const char *query)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    struct morgue_error err;
    morgue_hits *hits = NULL;
    unsigned k = 0, said = 0;
    size_t n = 0;

    o.limit = 1000;
    o.exact_total = true;
    if (morgue_search(&hits, m, query, &o, &err)) {
        fprintf(stderr, "%s: %s\n", query, err.message);
        return 0;
    }
    for (; morgue_hits_get(hits, n, &hit); n++) {
        if (sscanf(hit.title.s, "state %u", &k) != 1 || (n > 0 && k != said))
            break;
        said = k;
        if (morgue_hits_snippet(hits, n, &snippet, &err) ||
            snippet.mark_n == 0)
            break;
    }
    if (n != START + said || morgue_hits_total(hits, NULL) != n) {
        fprintf(stderr, "%zu hits in state %u\n", n, said);
        said = 0;
    }
    morgue_hits_free(hits);
    return said;
}

/* All else that reads the handle: whether it gives what there is. */
static bool
reads_well(unsigned round)
{
    struct morgue_stats stats = MORGUE_STATS_INIT;
    struct morgue_value v = MORGUE_VALUE_INIT;
    morgue_values *values = NULL;
    morgue_text *t = NULL;
    bool good;

    if (round % 3 == 0) {
        good = morgue_stat(m, &stats, NULL) == MORGUE_OK &&
               stats.articles > START;
    } else if (round % 3 == 1) {
        good = morgue_values_read(&values, m, "section", NULL) == MORGUE_OK &&
               morgue_values_get(values, 0, &v) && v.articles > START;
        morgue_values_free(values);
    } else {
        good = morgue_get(&t, m, "a3", NULL) == MORGUE_OK &&
               morgue_text_article(t)->section.len == 5;
        morgue_text_free(t);
    }
    return good;
}

static void *
search(void *wrong)
{
    static const char *const queries[] = {"ferries", "\"the harbour\"",
                                          "late -nothing", "lang:en ferry"};
    unsigned before = 1, rounds = 0;
    unsigned *failures = wrong;

    while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
        unsigned least = __atomic_load_n(&newest, __ATOMIC_ACQUIRE);
        unsigned k = state_seen(queries[rounds % 4]);

        /* never of an older one than was seen, or refreshed to, before */
        if (k < before || k < least)
            ++*failures;
        before = k > before ? k : before;
        if (!reads_well(rounds))
            ++*failures;
        rounds++;
    }
    if (rounds == 0)
        ++*failures;
    return NULL;
}

/* Refreshes all the time; what there was before must be seen after it. */
static void *
refresh(void *wrong)
{
    unsigned *failures = wrong;

    while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
        unsigned least = __atomic_load_n(&committed, __ATOMIC_ACQUIRE);

        if (morgue_refresh(m, NULL) || state_seen("ferries") < least)
            ++*failures;
    }
    return NULL;
}

static void
many_threads_search_one_handle(void)
{
    pthread_t thread[THREADS];
    unsigned failures[THREADS] = {0};

    CHECK(scratch_make(path, sizeof path, "threads"));
    newest = committed = 1;
    over = false;
    CHECK_INT(write_state(1), MORGUE_OK);
    CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&thread[i], NULL,
                                 i < REFRESHERS ? refresh : search,
                                 &failures[i]),
                  0);
    for (unsigned k = 2; k <= commits; k++) {
        CHECK_INT(write_state(k), MORGUE_OK);
        __atomic_store_n(&committed, k, __ATOMIC_RELEASE);
        if (k % 10 == 0)
            CHECK_INT(morgue_compact(path, NULL), MORGUE_OK);
        CHECK_INT(morgue_refresh(m, NULL), MORGUE_OK);
        __atomic_store_n(&newest, k, __ATOMIC_RELEASE);
    }
    __atomic_store_n(&over, true, __ATOMIC_RELAXED);
    for (int i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(thread[i], NULL), 0);
        CHECK_INT(failures[i], 0);
    }
    CHECK_INT(state_seen("ferries"), commits);
    morgue_close(m);
    scratch_drop(path);
}

int
main(void)
{
    const char *given = getenv("COMMITS");

    if (given)
        commits = (unsigned)strtoul(given, NULL, 10);
    engine = "segment";
    RUN_ON(engine, many_threads_search_one_handle);
    engine = "xapian";
    RUN_ON(engine, many_threads_search_one_handle);
    return test_end();
}
