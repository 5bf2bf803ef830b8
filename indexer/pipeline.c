/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pipeline.c - a bounded queue of batches and the workers behind it
 *
 * One mutex guards the queue and the first failure.  A worker that fails goes
 * on taking batches and drops them, so that nobody waits for ever.
 *
 * Languages are detected by all workers at a time, and told (usual.h) by one
 * after the other in the order of the batches, which takes no time.  Those
 * before a batch were taken from the queue before it, so its turn comes.
 */
#include "pipeline.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "usual.h"

struct pipeline_item {
    struct pipeline_item *next;
    struct morgue_article article;
    uint64_t hash, arrival, group;
    struct usual_clue clue;
};

struct batch {
    struct batch *next;
    uint64_t number;
    size_t n, bytes; /* articles; of their text */
    struct pipeline_item *first, **last;
    struct arena arena;
};

struct worker {
    struct pipeline *pipeline;
    struct engine_run *run; /* the one that is being filled, or NULL */
    size_t run_bytes;       /* of text in it */
    struct stop stop;
    pthread_t thread;
    bool started;
};

struct pipeline {
    struct engine_writer *writer;
    size_t batch_bytes, run_bytes;
    bool one_batch; /* in each run, however small the batch is */
    unsigned threads;
    struct worker *worker;
    struct usual *usual;        /* for the batch whose turn it is; NULL: no
                                   language is told */
    struct batch *filling;      /* the caller's; NULL between batches */
    uint64_t batches, articles; /* so far */

    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct batch *queue, **queue_end;
    struct batch *spare; /* empty ones, to be used again */
    size_t queue_n;
    uint64_t turn; /* the number of the batch whose languages are told next */
    bool ended;    /* nothing more comes */
    enum morgue_status failed;
    struct morgue_error failure;
};

struct engine_tuning
pipeline_tuning(unsigned threads, size_t memory, const struct stop *stop)
{
    enum { THREADS_MAX = 8 };
    const size_t memory_default = (size_t)512 << 20;
    long n = threads ? (long)threads : sysconf(_SC_NPROCESSORS_ONLN);

    if (n < 1)
        n = 1;
    return (struct engine_tuning){.threads = n < THREADS_MAX ? (unsigned)n
                                                             : THREADS_MAX,
                                  .memory = memory ? memory : memory_default,
                                  .stop = stop};
}

/* ---- batches ------------------------------------------------------------ */

/* An empty batch, one that was used before if there is any: its memory is at
 * hand already. */
static struct batch *
batch_new(struct pipeline *p)
{
    struct batch *b;

    pthread_mutex_lock(&p->lock);
    b = p->spare;
    if (b)
        p->spare = b->next;
    pthread_mutex_unlock(&p->lock);
    if (!b) {
        b = calloc(1, sizeof *b);
        if (!b)
            return NULL;
        arena_init(&b->arena, SIZE_MAX / 2);
    }
    arena_reset(&b->arena);
    b->number = p->batches++;
    b->next = NULL;
    b->n = b->bytes = 0;
    b->first = NULL;
    b->last = &b->first;
    return b;
}

static void
batches_free(struct batch *b)
{
    struct batch *next;

    for (; b; b = next) {
        next = b->next;
        arena_free(&b->arena);
        free(b);
    }
}

static enum morgue_status
batch_add(struct batch *b, const struct morgue_article *article,
          const char *path, uint64_t hash, uint64_t arrival,
          struct morgue_error *err)
{
    enum morgue_status st;
    struct pipeline_item *item = arena_zero(&b->arena, 1, sizeof *item);

    if (!item)
        return error_nomem(err);
    st = record_copy(&item->article, &b->arena, article, err);
    if (st)
        return st;
    item->hash = hash;
    item->arrival = arrival;
    item->group = usual_group(article, path);
    *b->last = item;
    b->last = &item->next;
    b->n++;
    b->bytes += article->title.len + article->body.len;
    return MORGUE_OK;
}

/* ---- languages ---------------------------------------------------------- */

static enum morgue_status
tell_batch(struct pipeline *p, struct batch *b, struct morgue_error *err)
{
    bool ahead = b->number == 0;
    enum morgue_status st = MORGUE_OK;

    for (struct pipeline_item *item = b->first; item && ahead;
         item = item->next)
        usual_learn(p->usual, &item->clue);
    for (struct pipeline_item *item = b->first; item && !st;
         item = item->next) {
        if (!ahead)
            usual_learn(p->usual, &item->clue);
        st = usual_tell(&item->article.lang, p->usual, &item->clue, err);
    }
    return st;
}

/* Tell the languages of a batch when those before it are done. */
static enum morgue_status
tell_in_turn(struct pipeline *p, struct batch *b, struct morgue_error *err)
{
    enum morgue_status st;

    for (struct pipeline_item *item = b->first; item; item = item->next)
        item->clue = usual_look(&item->article, item->group);
    pthread_mutex_lock(&p->lock);
    while (p->turn != b->number)
        pthread_cond_wait(&p->changed, &p->lock);
    st = p->failed;
    pthread_mutex_unlock(&p->lock);
    if (!st)
        st = tell_batch(p, b, err);
    pthread_mutex_lock(&p->lock);
    p->turn++;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return st;
}

/* ---- workers ------------------------------------------------------------ */

static enum morgue_status
write_item(struct worker *w, struct pipeline_item *item,
           struct morgue_error *err)
{
    struct engine_doc doc = {.article = &item->article,
                             .hash = item->hash,
                             .arrival = item->arrival};

    return engine_run_add(w->run, &doc, err);
}

/* Finish the worker's run, if it has one. */
static enum morgue_status
close_run(struct worker *w, struct morgue_error *err)
{
    struct engine_run *run = w->run;

    w->run = NULL;
    w->run_bytes = 0;
    return run ? engine_run_close(run, err) : MORGUE_OK;
}

/* Nothing is written any more. */
static void
drop_run(struct worker *w)
{
    if (w->run)
        engine_run_drop(w->run);
    w->run = NULL;
}

static enum morgue_status
write_batch(struct worker *w, struct batch *b, struct morgue_error *err)
{
    struct pipeline *p = w->pipeline;
    enum morgue_status st = MORGUE_OK;

    if (!w->run)
        st = engine_run_open(&w->run, p->writer, b->number, err);
    for (struct pipeline_item *item = b->first; item && !st; item = item->next)
        st = write_item(w, item, err);
    w->run_bytes += b->bytes;
    if (!st && (w->run_bytes >= p->run_bytes || p->one_batch))
        st = close_run(w, err);
    return st;
}

/* The next batch, or NULL when it is time to stop.  The lock is held. */
static struct batch *
next_batch(struct pipeline *p)
{
    struct batch *b;

    while (!p->queue && !p->ended)
        pthread_cond_wait(&p->changed, &p->lock);
    b = p->queue;
    if (!b)
        return NULL;
    p->queue = b->next;
    if (!p->queue)
        p->queue_end = &p->queue;
    p->queue_n--;
    return b;
}

/* Write a batch, or with none finish the worker's run.  The lock is held, but
 * not meanwhile. */
static void
do_work(struct worker *w, struct batch *b)
{
    struct pipeline *p = w->pipeline;
    struct morgue_error err;
    enum morgue_status st = p->failed;

    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    if (b && p->usual)
        st = tell_in_turn(p, b, &err);
    if (!st)
        st = stop_failure(&w->stop, &err);
    if (!st)
        st = b ? write_batch(w, b, &err) : close_run(w, &err);
    if (st)
        drop_run(w);
    pthread_mutex_lock(&p->lock);
    if (b) {
        b->next = p->spare;
        p->spare = b;
    }
    if (st && !p->failed) {
        p->failed = st;
        p->failure = err;
    }
}

static void *
work(void *worker)
{
    struct worker *w = worker;
    struct pipeline *p = w->pipeline;
    struct batch *b;

    pthread_mutex_lock(&p->lock);
    for (b = next_batch(p); b; b = next_batch(p))
        do_work(w, b);
    do_work(w, NULL);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- the caller's side -------------------------------------------------- */

static enum morgue_status
start(struct pipeline *p, struct worker *w, const struct stop *stop,
      struct morgue_error *err)
{
    w->pipeline = p;
    w->stop = stop ? *stop : (struct stop)STOP_NEVER;
    if (pthread_create(&w->thread, NULL, work, w) != 0)
        return error_set(err, MORGUE_NOMEM, "cannot start a thread");
    w->started = true;
    return MORGUE_OK;
}

enum morgue_status
pipeline_new(struct pipeline **out, const struct dir *dir,
             struct engine_writer *writer, const struct engine_tuning *tuning,
             struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct pipeline *p = calloc(1, sizeof *p);

    *out = NULL;
    if (!p)
        return error_nomem(err);
    p->writer = writer;
    p->batch_bytes = tuning->batch_bytes;
    p->run_bytes = tuning->run_bytes;
    p->one_batch = tuning->batch_bytes == tuning->run_bytes;
    p->queue_end = &p->queue;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    if (dir)
        st = usual_new(&p->usual, writer->engine, dir, err);
    p->worker = calloc(tuning->threads, sizeof *p->worker);
    if (!st && !p->worker)
        st = error_nomem(err);
    for (; !st && p->threads < tuning->threads; p->threads++)
        st = start(p, &p->worker[p->threads], tuning->stop, err);
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

/* The first batch is what languages are learnt from ahead. */
static bool
is_full(const struct pipeline *p, const struct batch *b)
{
    if (b->number == 0)
        return b->n >= USUAL_AHEAD || b->bytes >= USUAL_AHEAD_BYTES;
    return b->bytes >= p->batch_bytes;
}

enum morgue_status
pipeline_add(struct pipeline *p, const struct morgue_article *article,
             const char *path, uint64_t hash, struct morgue_error *err)
{
    enum morgue_status st;

    if (!p->filling)
        p->filling = batch_new(p);
    if (!p->filling)
        return error_nomem(err);
    st = batch_add(p->filling, article, path, hash, p->articles++, err);
    if (!st && is_full(p, p->filling))
        st = flush(p, err);
    return st;
}

/* Let the workers do what is queued, finish their runs, and end. */
static void
end(struct pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    p->ended = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->threads; i++) {
        if (p->worker[i].started)
            pthread_join(p->worker[i].thread, NULL);
        p->worker[i].started = false;
    }
    usual_free(p->usual);
    p->usual = NULL;
}

enum morgue_status
pipeline_finish(struct pipeline *p, struct morgue_error *err)
{
    enum morgue_status st = flush(p, err);

    if (st)
        return st;
    end(p);
    if (p->failed && err)
        *err = p->failure;
    return p->failed;
}

void
pipeline_free(struct pipeline *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    if (!p->failed)
        p->failed = MORGUE_INTERNAL; /* so that what is queued is dropped */
    pthread_mutex_unlock(&p->lock);
    end(p);
    batches_free(p->queue);
    batches_free(p->spare);
    batches_free(p->filling);
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    free(p->worker);
    free(p);
}
