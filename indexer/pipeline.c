/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pipeline.c - a bounded queue of batches and the workers behind it
 *
 * One mutex guards the queue, the free list and the first failure.  A worker
 * that fails goes on taking batches and drops them, so that nobody waits for
 * ever.
 */
#include "pipeline.h"

#include <pthread.h>
#include <stdlib.h>

#include "../common/text/language.h"

struct item {
    struct item *next;
    struct morgue_article article;
    struct hash128 hash;
};

struct batch {
    struct batch *next;
    uint64_t number; /* of the run */
    size_t bytes;    /* of text */
    struct item *first, **last;
    struct arena arena;
};

struct worker {
    struct pipeline *pipeline;
    struct term_maker *terms;
    pthread_t thread;
    bool started;
};

struct pipeline {
    const struct engine *engine;
    void *writer;
    size_t batch_bytes;
    unsigned threads;
    struct worker *worker;
    struct batch *filling; /* the caller's; NULL between batches */
    uint64_t batches;      /* begun so far */

    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct batch *queue, **queue_end;
    size_t queue_n, working;
    bool stop;
    enum morgue_status failed;
    struct morgue_error failure;
};

/* ---- batches ------------------------------------------------------------ */

static struct batch *
batch_new(uint64_t number)
{
    struct batch *b = calloc(1, sizeof *b);

    if (!b)
        return NULL;
    b->number = number;
    b->last = &b->first;
    arena_init(&b->arena, SIZE_MAX / 2);
    return b;
}

static void
batch_free(struct batch *b)
{
    if (!b)
        return;
    arena_free(&b->arena);
    free(b);
}

static enum morgue_status
batch_add(struct batch *b, const struct morgue_article *article,
          struct hash128 hash, struct morgue_error *err)
{
    enum morgue_status st;
    struct item *item = arena_zero(&b->arena, 1, sizeof *item);

    if (!item)
        return error_nomem(err);
    st = record_copy(&item->article, &b->arena, article, err);
    if (st)
        return st;
    item->hash = hash;
    *b->last = item;
    b->last = &item->next;
    b->bytes += article->title.len + article->body.len;
    return MORGUE_OK;
}

/* ---- workers ------------------------------------------------------------ */

static enum morgue_status
write_item(struct worker *w, void *run, struct item *item,
           struct morgue_error *err)
{
    struct morgue_article *a = &item->article;
    struct term_list terms;
    struct engine_doc doc;
    enum morgue_status st;

    if (a->lang.len == 0)
        a->lang = str_of(language_detect(a->title, a->body));
    st = term_maker_run(&terms, w->terms, a, err);
    if (st)
        return st;
    doc =
        (struct engine_doc){.article = a, .terms = &terms, .hash = item->hash};
    return w->pipeline->engine->run_add(run, &doc, err);
}

static enum morgue_status
write_batch(struct worker *w, struct batch *b, struct morgue_error *err)
{
    const struct engine *engine = w->pipeline->engine;
    void *run = NULL;
    enum morgue_status st, closed;

    st = engine->run_open(&run, w->pipeline->writer, b->number, err);
    if (st)
        return st;
    for (struct item *item = b->first; item && !st; item = item->next)
        st = write_item(w, run, item, err);
    closed = engine->run_close(run, st ? NULL : err);
    return st ? st : closed;
}

/* The next batch, or NULL when it is time to stop.  The lock is held. */
static struct batch *
next_batch(struct pipeline *p)
{
    struct batch *b;

    while (!p->queue && !p->stop)
        pthread_cond_wait(&p->changed, &p->lock);
    b = p->queue;
    if (!b)
        return NULL;
    p->queue = b->next;
    if (!p->queue)
        p->queue_end = &p->queue;
    p->queue_n--;
    p->working++;
    return b;
}

static void *
work(void *worker)
{
    struct worker *w = worker;
    struct pipeline *p = w->pipeline;
    struct batch *b;

    pthread_mutex_lock(&p->lock);
    for (b = next_batch(p); b; b = next_batch(p)) {
        struct morgue_error err;
        enum morgue_status st = p->failed;

        pthread_cond_broadcast(&p->changed);
        pthread_mutex_unlock(&p->lock);
        if (!st)
            st = write_batch(w, b, &err);
        batch_free(b);
        pthread_mutex_lock(&p->lock);
        if (st && !p->failed) {
            p->failed = st;
            p->failure = err;
        }
        p->working--;
        pthread_cond_broadcast(&p->changed);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- the caller's side -------------------------------------------------- */

static enum morgue_status
start(struct pipeline *p, struct worker *w, struct morgue_error *err)
{
    enum morgue_status st = term_maker_new(&w->terms, err);

    if (st)
        return st;
    w->pipeline = p;
    if (pthread_create(&w->thread, NULL, work, w) != 0)
        return error_set(err, MORGUE_NOMEM, "cannot start a thread");
    w->started = true;
    return MORGUE_OK;
}

enum morgue_status
pipeline_new(struct pipeline **out, const struct engine *engine, void *writer,
             const struct engine_tuning *tuning, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct pipeline *p = calloc(1, sizeof *p);

    *out = NULL;
    if (!p)
        return error_nomem(err);
    p->engine = engine;
    p->writer = writer;
    p->batch_bytes = tuning->run_bytes;
    p->queue_end = &p->queue;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    p->worker = calloc(tuning->threads, sizeof *p->worker);
    if (!p->worker)
        st = error_nomem(err);
    for (; !st && p->threads < tuning->threads; p->threads++)
        st = start(p, &p->worker[p->threads], err);
    if (st)
        pipeline_free(p);
    else
        *out = p;
    return st;
}

/* Queue the batch that is being filled.  Waits for room. */
static enum morgue_status
flush(struct pipeline *p, struct morgue_error *err)
{
    enum morgue_status st;

    pthread_mutex_lock(&p->lock);
    while (!p->failed && p->queue_n >= p->threads)
        pthread_cond_wait(&p->changed, &p->lock);
    st = p->failed;
    if (st && err)
        *err = p->failure;
    if (!st && p->filling) {
        *p->queue_end = p->filling;
        p->queue_end = &p->filling->next;
        p->filling = NULL;
        p->queue_n++;
        pthread_cond_broadcast(&p->changed);
    }
    pthread_mutex_unlock(&p->lock);
    return st;
}

enum morgue_status
pipeline_add(struct pipeline *p, const struct morgue_article *article,
             struct hash128 hash, struct morgue_error *err)
{
    enum morgue_status st;

    if (!p->filling)
        p->filling = batch_new(p->batches++);
    if (!p->filling)
        return error_nomem(err);
    st = batch_add(p->filling, article, hash, err);
    if (!st && p->filling->bytes >= p->batch_bytes)
        st = flush(p, err);
    return st;
}

enum morgue_status
pipeline_finish(struct pipeline *p, struct morgue_error *err)
{
    enum morgue_status st = flush(p, err);

    if (st)
        return st;
    pthread_mutex_lock(&p->lock);
    while (p->queue || p->working > 0)
        pthread_cond_wait(&p->changed, &p->lock);
    st = p->failed;
    if (st && err)
        *err = p->failure;
    pthread_mutex_unlock(&p->lock);
    return st;
}

void
pipeline_free(struct pipeline *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    if (!p->failed)
        p->failed = MORGUE_INTERNAL; /* so that what is queued is dropped */
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->threads; i++) {
        if (p->worker[i].started)
            pthread_join(p->worker[i].thread, NULL);
        term_maker_free(p->worker[i].terms);
    }
    while (p->queue) {
        struct batch *b = p->queue;
        p->queue = b->next;
        batch_free(b);
    }
    batch_free(p->filling);
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    free(p->worker);
    free(p);
}
