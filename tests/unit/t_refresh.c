/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_refresh.c - a refresh whose allocations fail, each in turn
 *
 * A handle sees an archive of before, which then gets more articles.  In a
 * child, an allocation of what follows fails (tests/fault/failmalloc.c), that
 * one alone or with all after it: a refresh, and searches for a story under
 * embargo.  It is never shown; a search gives what is in one of the two states
 * or a status; when there is memory again, the handle answers by the state
 * that it had, or by the new one where the refresh said so; and another
 * refresh sees the newest.
 *
 * The program runs itself again under the library FAILMALLOC_SO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../common/morgue.h"
#include "scratch.h"

static void (*arm)(unsigned long at, int all_after);
static unsigned long (*counted)(void);

static char path[300];
static const char *engine;
static morgue *m;

/* ---- the archive -------------------------------------------------------- */

static struct morgue_str
text(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

/* Adds so many articles about coffee, and as many of those under embargo, of
 * numbers from `first` on. */
static void
add(int first, int n)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    o.threads = 1;
    CHECK_INT(morgue_update_open(&u, path, &o, NULL), MORGUE_OK);
    for (int i = first; u && i < first + 2 * n; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;
        char id[20], embargo[40];

        snprintf(id, sizeof id, "a%d", i);
        snprintf(embargo, sizeof embargo, "2%03d-01-01T00:00:00Z", 150 + i);
        a.id = text(id);
        a.title = text(i % 2 ? "Coffee" : "Secret coffee");
        a.body = text("Export quotas were agreed.");
        if (i % 2 == 0)
            a.embargo = text(embargo);
        CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

/* ---- in a child --------------------------------------------------------- */

enum { GOOD, SHOWN, LOST, NO_STATUS, NOT_NEWEST };

/* How many hits there are; -1: a status. */
static int
look_for(const char *query)
{
    morgue_hits *hits = NULL;
    enum morgue_status st = morgue_search(&hits, m, query, NULL, NULL);
    int n = st ? -1 : (int)morgue_hits_n(hits);

    morgue_hits_free(hits);
    return n;
}

/* Whether a story under embargo can be had by its id. */
static bool
is_had(void)
{
    morgue_text *t = NULL;
    bool had = morgue_get(&t, m, "a2", NULL) == MORGUE_OK;

    morgue_text_free(t);
    return had;
}

static int
judge(enum morgue_status st, const int secret[3], const int coffee[3])
{
    if (st != MORGUE_OK && st != MORGUE_NOMEM)
        return NO_STATUS;
    for (int i = 0; i < 3; i++) {
        if (secret[i] > 0)
            return SHOWN;
        if (coffee[i] != -1 && coffee[i] != 1 && coffee[i] != 3)
            return LOST;
    }
    /* With memory again, before and after another refresh */
    if (coffee[1] == -1 || secret[1] == -1 || (!st && coffee[1] != 3))
        return LOST;
    return coffee[2] == 3 && secret[2] == 0 ? GOOD : NOT_NEWEST;
}

static void
child(unsigned long at, int all_after, bool searching)
{
    int secret[3], coffee[3];
    enum morgue_status st;
    bool failed;

    arm(at, all_after);
    st = morgue_refresh(m, NULL);
    if (!searching)
        arm(0, 0);
    secret[0] = is_had() ? 1 : look_for("secret");
    coffee[0] = look_for("coffee");
    failed = searching && counted() >= at;
    arm(0, 0);
    secret[1] = look_for("secret");
    coffee[1] = look_for("coffee");
    if (morgue_refresh(m, NULL))
        _exit(NO_STATUS * 2);
    secret[2] = look_for("secret");
    coffee[2] = look_for("coffee");
    _exit(judge(st, secret, coffee) * 2 + (failed || st != MORGUE_OK));
}

/* ---- each allocation ---------------------------------------------------- */

static void
fail_each(bool searching)
{
    static const char *const wrong[] = {
        "", "the story is shown", "articles are lost", "not a status for this",
        "the newest state is not seen again"};
    unsigned long failures = 0, aborts = 0;

    for (int all_after = 0; all_after < 2; all_after++) {
        int code = 1;

        for (unsigned long at = 1; code & 1; at++) {
            int status = 0;
            pid_t pid;

            fflush(NULL);
            pid = fork();
            if (pid == 0)
                child(at, all_after, searching);
            if (!CHECK(pid > 0 && waitpid(pid, &status, 0) == pid))
                return;
            if (WIFSIGNALED(status)) { /* libxapian, where it may not throw */
                aborts++;
                CHECK(strcmp(engine, "xapian") == 0);
                continue;
            }
            code = WEXITSTATUS(status);
            failures += code & 1;
            test_that(code / 2 == GOOD, __FILE__, __LINE__,
                      "%s, allocation %lu%s: %s", engine, at,
                      all_after ? " and on" : "", wrong[code / 2]);
        }
    }
    CHECK(failures > 20);
    CHECK(aborts * 20 < failures);
}

static void
try_engine(const char *name, bool searching)
{
    if (!arm)
        SKIP("FAILMALLOC_SO is not set, or cannot be loaded");
    engine = name;
    CHECK(scratch_make(path, sizeof path, "refresh"));
    add(1, 1);
    CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
    add(3, 2);
    CHECK_INT(look_for("secret"), 0);
    fail_each(searching);
    morgue_close(m);
}

static void
segment_refreshing(void)
{
    try_engine("segment", false);
}

static void
segment_searching(void)
{
    try_engine("segment", true);
}

static void
xapian_refreshing(void)
{
    try_engine("xapian", false);
}

static void
xapian_searching(void)
{
    try_engine("xapian", true);
}

int
main(int argc, char **argv)
{
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
    RUN(segment_refreshing);
    RUN(segment_searching);
    RUN(xapian_refreshing);
    RUN(xapian_searching);
    return test_end();
}
