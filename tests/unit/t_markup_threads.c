/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_markup_threads.c - threads that are the first to read XML, all at once
 *
 * Two functions of libxml2 are taken here, noted, and passed on: no parser is
 * made before what libxml2 has for all threads has been made, once.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>

#include "../../indexer/markup/xml.h"
#include "../test.h"

enum { THREADS = 8 };

void xmlInitParser(void);
void *xmlCreatePushParserCtxt(void *sax, void *payload, const char *chunk,
                              int size, const char *name);

static atomic_int begun, made, parsers, early;
static _Thread_local bool inside; /* of libxml2 */

void
xmlInitParser(void)
{
    void (*next)(void);

    *(void **)&next = dlsym(RTLD_NEXT, "xmlInitParser");
    if (!inside)
        atomic_fetch_add(&begun, 1);
    next();
    if (!inside)
        atomic_fetch_add(&made, 1);
}

void *
xmlCreatePushParserCtxt(void *sax, void *payload, const char *chunk, int size,
                        const char *name)
{
    void *(*next)(void *, void *, const char *, int, const char *);
    void *parser;

    *(void **)&next = dlsym(RTLD_NEXT, "xmlCreatePushParserCtxt");
    atomic_fetch_add(&parsers, 1);
    if (atomic_load(&made) == 0)
        atomic_fetch_add(&early, 1);
    inside = true;
    parser = next(sax, payload, chunk, size, name);
    inside = false;
    return parser;
}

static pthread_barrier_t start;

static enum morgue_status
count(struct tree_node *record, bool whole, uint64_t line, void *records,
      struct morgue_error *err)
{
    (void)line;
    (void)err;
    *(int *)records += whole && record->name.len == 4;
    return MORGUE_OK;
}

/* Reads two records; how many came is the thread's result. */
static void *
read_records(void *records)
{
    static const char *const names[] = {"item", NULL};
    struct xml *x = NULL;
    struct morgue_error err;

    pthread_barrier_wait(&start);
    if (xml_new(&x, names, 1, count, records, &err) == MORGUE_OK &&
        xml_feed(x, STR("<a><item>1</item><item>2</item></a>"), &err) ==
            MORGUE_OK)
        (void)xml_end(x, &err);
    xml_free(x);
    return NULL;
}

static void
what_is_for_all_is_made_once(void)
{
    pthread_t thread[THREADS];
    int records[THREADS] = {0};

    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_create(&thread[i], NULL, read_records, &records[i]) ==
              0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        CHECK_INT(records[i], 2);
    }
    pthread_barrier_destroy(&start);
    CHECK_INT(atomic_load(&parsers), THREADS);
    CHECK_INT(atomic_load(&begun), 1);
    CHECK_INT(atomic_load(&early), 0);
}

int
main(void)
{
    RUN(what_is_for_all_is_made_once);
    return test_end();
}
