/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_interrupt.c - updates and rebuilds that end early: at an interrupt, from
 * another thread or the one that is at work, and at a deadline
 *
 * The archive is then as it was, no file is left, and the same work done once
 * more is done.
 */
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../common/base/str.h"
#include "../../common/morgue.h"
#include "scratch.h"

static char dir[200], path[300];
static const char *engine;
static struct morgue_error err;
static morgue_interrupt *interrupt;

/* ---- the archive -------------------------------------------------------- */

enum { FIRST = 300, MORE = 400 };

static enum morgue_status
add(morgue_update *u, unsigned i)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[20], body[300];

    snprintf(id, sizeof id, "a%u", i);
    snprintf(body, sizeof body,
             "Coffee quotas of round%u were agreed on by minister%u, "
             "minister%u and the others.",
             i, i * 7, i * 13);
    a.id = str_of(id);
    a.title = STR("Coffee");
    a.body = str_of(body);
    a.lang = STR("en");
    return morgue_update_add(u, &a, &err);
}

static morgue_update *
begin(uint64_t timeout_ms)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    o.threads = 2;
    o.memory = 1; /* so that there are many runs */
    o.interrupt = interrupt;
    o.timeout_ms = timeout_ms;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    return u;
}

static void
make_archive(void)
{
    static unsigned made;
    morgue_update *u;

    snprintf(path, sizeof path, "%s/%u", dir, made++);
    morgue_interrupt_clear(interrupt);
    u = begin(0);
    for (unsigned i = 0; u && i < FIRST; i++)
        CHECK_INT(add(u, i), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

static uint64_t
articles(void)
{
    struct morgue_stats s = MORGUE_STATS_INIT;
    morgue *m = NULL;

    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_stat(m, &s, &err), MORGUE_OK);
    CHECK_INT(morgue_check(path, NULL, NULL, &err), MORGUE_OK);
    morgue_close(m);
    return s.articles;
}

static void
nap(long ns)
{
    struct timespec t = {.tv_nsec = ns};

    nanosleep(&t, NULL);
}

/* ---- updates ------------------------------------------------------------ */

/* Every call ends with it, and after the first the update can only be
 * closed. */
static void
each_call_ends(void)
{
    for (int call = 0; call < 4; call++) {
        morgue_update *u;
        enum morgue_status st = MORGUE_OK;
        bool found;

        make_archive();
        u = begin(0);
        CHECK_INT(add(u, FIRST), MORGUE_OK);
        morgue_interrupt_raise(interrupt);
        if (call == 0)
            st = add(u, FIRST + 1);
        else if (call == 1)
            st = morgue_update_add_source(u, "corpus", &err);
        else if (call == 2)
            st = morgue_update_remove(u, "a1", &found, &err);
        else
            st = morgue_update_commit(u, NULL, &err);
        CHECK_INT(st, MORGUE_INTERRUPTED);
        CHECK_INT(err.status, MORGUE_INTERRUPTED);
        morgue_interrupt_clear(interrupt);
        CHECK_INT(add(u, FIRST + 2), MORGUE_INTERRUPTED);
        CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_INTERRUPTED);
        morgue_update_close(u);
        CHECK_INT(articles(), FIRST);
    }
}

/* An archive that was not there is not there again. */
static void
a_new_archive_goes(void)
{
    struct stat s;
    morgue_update *u;

    morgue_interrupt_clear(interrupt);
    snprintf(path, sizeof path, "%s/new-%s", dir, engine);
    u = begin(0);
    CHECK_INT(add(u, 1), MORGUE_OK);
    morgue_interrupt_raise(interrupt);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_INTERRUPTED);
    morgue_update_close(u);
    CHECK(stat(path, &s) != 0);
}

static void
skip(const struct morgue_event *event, void *n)
{
    (void)event;
    if (++*(int *)n == 1)
        morgue_interrupt_raise(interrupt);
}

/* In a source it ends with the next record, be it none. */
static void
a_source_ends_with_the_next_record(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    char source[300];
    int n = 0;
    FILE *f;

    make_archive();
    snprintf(source, sizeof source, "%s/empty.jsonl", dir);
    f = fopen(source, "w");
    CHECK(f != NULL);
    for (int i = 0; f && i < 10000; i++)
        fprintf(f, "{\"id\": \"x%d\"}\n", i);
    if (f)
        fclose(f);
    o.on_event = skip;
    o.payload = &n;
    o.interrupt = interrupt;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    CHECK_INT(morgue_update_add_source(u, source, &err), MORGUE_INTERRUPTED);
    CHECK_INT(n, 1);
    morgue_update_close(u);
    CHECK_INT(articles(), FIRST);
}

static void *
raise_soon(void *ns)
{
    nap(*(long *)ns);
    morgue_interrupt_raise(interrupt);
    return NULL;
}

/* Standard input that gives nothing does not hold it. */
static void
a_pipe_that_gives_nothing(void)
{
    long soon = 20000000;
    pthread_t thread;
    morgue_update *u;
    int fd[2];

    make_archive();
    CHECK_INT(pipe(fd), 0);
    CHECK_INT(dup2(fd[0], STDIN_FILENO), STDIN_FILENO);
    u = begin(0);
    CHECK_INT(pthread_create(&thread, NULL, raise_soon, &soon), 0);
    CHECK_INT(morgue_update_add_source(u, "-", &err), MORGUE_INTERRUPTED);
    pthread_join(thread, NULL);
    morgue_update_close(u);
    morgue_interrupt_clear(interrupt);
    u = begin(30);
    CHECK_INT(morgue_update_add_source(u, "-", &err), MORGUE_TIMED_OUT);
    CHECK_INT(err.status, MORGUE_TIMED_OUT);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_TIMED_OUT);
    morgue_update_close(u);
    CHECK_INT(articles(), FIRST);
    close(fd[0]);
    close(fd[1]);
}

/* An update as a whole. */
static enum morgue_status
add_more(void)
{
    morgue_update *u = begin(0);
    enum morgue_status st = MORGUE_OK;

    for (unsigned i = 0; !st && i < MORE; i++)
        st = add(u, FIRST / 2 + i);
    if (!st)
        st = morgue_update_remove(u, "a3", NULL, &err);
    if (!st)
        st = morgue_update_commit(u, NULL, &err);
    morgue_update_close(u);
    return st;
}

/* At whatever instant: nothing or all of it. */
static void
at_any_instant(void)
{
    enum { TIMES = 12 };
    const unsigned after = FIRST / 2 + MORE - 1;
    unsigned ended = 0;

    for (int i = 0; i < TIMES; i++) {
        long ns = 1000000L << (i % 7);
        enum morgue_status st;
        pthread_t thread;

        make_archive();
        CHECK_INT(pthread_create(&thread, NULL, raise_soon, &ns), 0);
        st = add_more();
        pthread_join(thread, NULL);
        morgue_interrupt_clear(interrupt);
        CHECK(st == MORGUE_OK || st == MORGUE_INTERRUPTED);
        ended += st != MORGUE_OK;
        CHECK_INT(articles(), st ? FIRST : after);
        if (st)
            CHECK_INT(add_more(), MORGUE_OK);
        CHECK_INT(articles(), after);
    }
    CHECK(ended > 0);
}

/* ---- rebuilds ----------------------------------------------------------- */

static void
raise_at(uint64_t n, uint64_t bytes, void *at)
{
    (void)bytes;
    if (n >= *(uint64_t *)at)
        morgue_interrupt_raise(interrupt);
}

/* Raised while the articles are read, or before, or soon after. */
static void
a_rebuild_ends(void)
{
    for (int i = 0; i < 6; i++) {
        struct morgue_rebuild_options o = MORGUE_REBUILD_INIT;
        uint64_t at = (uint64_t)i * 64, n = 0;
        bool other = i % 2;

        make_archive();
        o.engine = !other                          ? engine
                   : strcmp(engine, "xapian") == 0 ? "segment"
                                                   : "xapian";
        o.on_progress = raise_at;
        o.payload = &at;
        o.interrupt = interrupt;
        if (i == 0)
            morgue_interrupt_raise(interrupt);
        if (i < 5)
            CHECK_INT(morgue_rebuild(path, &o, &n, &err), MORGUE_INTERRUPTED);
        CHECK_INT(n, 0);
        CHECK_INT(articles(), FIRST);
        morgue_interrupt_clear(interrupt);
        at = UINT64_MAX;
        CHECK_INT(morgue_rebuild(path, &o, &n, &err), MORGUE_OK);
        CHECK_INT(n, FIRST);
        CHECK_INT(articles(), FIRST);
    }
}

static void
wait_a_little(uint64_t n, uint64_t bytes, void *payload)
{
    (void)n;
    (void)bytes;
    (void)payload;
    nap(30000000);
}

static void
a_rebuild_has_a_deadline(void)
{
    struct morgue_rebuild_options o = MORGUE_REBUILD_INIT;

    make_archive();
    o.on_progress = wait_a_little;
    o.timeout_ms = 20;
    CHECK_INT(morgue_rebuild(path, &o, NULL, &err), MORGUE_TIMED_OUT);
    CHECK_INT(err.status, MORGUE_TIMED_OUT);
    CHECK_INT(articles(), FIRST);
    o.timeout_ms = 3600000;
    CHECK_INT(morgue_rebuild(path, &o, NULL, &err), MORGUE_OK);
}

static void
run_for(const char *name)
{
    engine = name;
    RUN_ON(name, each_call_ends);
    RUN_ON(name, a_new_archive_goes);
    RUN_ON(name, a_source_ends_with_the_next_record);
    RUN_ON(name, a_pipe_that_gives_nothing);
    RUN_ON(name, at_any_instant);
    RUN_ON(name, a_rebuild_ends);
    RUN_ON(name, a_rebuild_has_a_deadline);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "interrupt") ||
        morgue_interrupt_new(&interrupt, NULL))
        return 1;
    run_for("segment");
    run_for("xapian");
    morgue_interrupt_free(interrupt);
    return scratch_drop(dir) ? test_end() : 1;
}
