/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_shared.c - handles of one process share what they see of an archive
 */
#include <pthread.h>
#include <unistd.h>

#include "../../searcher/handle.h"
#include "scratch.h"

enum { THREADS = 6, COMMITS = 40 };

static char dir[200], path[300], link_path[300];
static const char *engine;
static struct morgue_error err;

/* Add articles, all with the word of their number. */
static void
update(int from, int to)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    for (int i = from; i < to; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;
        char id[20];

        snprintf(id, sizeof id, "a%d", i);
        a.id = str_of(id);
        a.title = STR("The ferry");
        a.body = STR("A ferry was late again.");
        a.lang = STR("en");
        CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

static uint64_t
total(morgue *m, const char *query)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    morgue_hits *hits = NULL;
    uint64_t n;

    o.exact_total = true;
    if (morgue_search(&hits, m, query, &o, NULL))
        return 0;
    n = morgue_hits_total(hits, NULL);
    morgue_hits_free(hits);
    return n;
}

static void
handles_have_one_state(void)
{
    morgue *a = NULL, *b = NULL, *c = NULL;
    struct state *first;

    update(0, 10);
    CHECK_INT(symlink(path, link_path), 0);
    CHECK_INT(morgue_open(&a, path, &err), MORGUE_OK);
    CHECK_INT(morgue_open(&b, link_path, &err), MORGUE_OK);
    CHECK(a->archive == b->archive);
    CHECK(a->state == b->state);
    CHECK_INT(morgue_state(a), morgue_state(b));
    first = a->state;

    update(10, 11);
    CHECK_INT(morgue_refresh(a, &err), MORGUE_OK);
    CHECK(a->state != first);
    CHECK(b->state == first);
    CHECK(morgue_state(a) != morgue_state(b));
    CHECK_INT(total(a, "ferry"), 11);
    CHECK_INT(total(b, "ferry"), 10);
    CHECK_INT(morgue_refresh(b, &err), MORGUE_OK);
    CHECK(a->state == b->state);

    /* one that is opened now has what is there; each lives without others */
    CHECK_INT(morgue_open(&c, path, &err), MORGUE_OK);
    CHECK(c->state == b->state);
    morgue_close(a);
    CHECK_INT(total(b, "late"), 11);
    morgue_close(b);
    CHECK_INT(total(c, "late"), 11);
    morgue_close(c);
    CHECK_INT(unlink(link_path), 0);
}

/* Another archive at the same path is another archive. */
static void
a_path_is_not_an_archive(void)
{
    morgue *a = NULL, *b = NULL;
    char moved[320];

    update(11, 12);
    CHECK_INT(morgue_open(&a, path, &err), MORGUE_OK);
    snprintf(moved, sizeof moved, "%s-moved", path);
    CHECK_INT(rename(path, moved), 0);
    update(0, 3);
    CHECK_INT(morgue_open(&b, path, &err), MORGUE_OK);
    CHECK(a->archive != b->archive);
    CHECK_INT(total(a, "ferry"), 12);
    CHECK_INT(total(b, "ferry"), 3);
    if (strcmp(engine, "segment") == 0) { /* libxapian opens by path */
        CHECK_INT(morgue_refresh(a, &err), MORGUE_OK);
        CHECK_INT(total(a, "ferry"), 12);
    }
    morgue_close(a);
    morgue_close(b);
}

static int over;
static uint64_t committed; /* articles that each opening has to see */

static void *
open_and_close(void *failures)
{
    unsigned *failed = failures;

    while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
        uint64_t least = __atomic_load_n(&committed, __ATOMIC_ACQUIRE), n;
        morgue *m = NULL;

        if (morgue_open(&m, path, NULL)) {
            ++*failed;
            continue;
        }
        n = total(m, "ferry");
        *failed += n < least || total(m, "late") != n;
        *failed += morgue_refresh(m, NULL) != MORGUE_OK;
        *failed += total(m, "ferry") < n;
        morgue_close(m);
    }
    return NULL;
}

static void
threads_open_and_close(void)
{
    pthread_t thread[THREADS];
    unsigned failed[THREADS] = {0};

    over = 0;
    committed = 3;
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&thread[i], NULL, open_and_close, &failed[i]),
                  0);
    for (int i = 3; i < 3 + COMMITS; i++) {
        update(i, i + 1);
        __atomic_store_n(&committed, (uint64_t)i + 1, __ATOMIC_RELEASE);
    }
    __atomic_store_n(&over, 1, __ATOMIC_RELAXED);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        CHECK_INT(failed[i], 0);
    }
}

static void
run_for(const char *name)
{
    engine = name;
    if (!scratch_make(dir, sizeof dir, "shared"))
        return;
    snprintf(path, sizeof path, "%s/archive", dir);
    snprintf(link_path, sizeof link_path, "%s/link", dir);
    RUN_ON(name, handles_have_one_state);
    RUN_ON(name, a_path_is_not_an_archive);
    RUN_ON(name, threads_open_and_close);
    CHECK(scratch_drop(dir));
}

int
main(void)
{
    run_for("segment");
    run_for("xapian");
    return test_end();
}
