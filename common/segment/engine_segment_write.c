/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_segment_write.c - updates
 *
 *     articles -> runs -> segments; the commit: deletions, merging, manifest
 *
 * Each thread fills a run in memory, which becomes a segment of its own when
 * it is full.  A commit marks what was replaced and removed as deleted,
 * merges segments until there are few of each size, and names in the manifest
 * what there is then.  What a commit costs goes with what is new, and now and
 * then with what is merged: each article about once for each FAN-fold growth
 * of the archive.
 */
#include "engine_segment.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "../article/record.h"
#include "../engine/id_term.h"
#include "commit.h"
#include "write/run.h"
#include "file/spool.h"

enum {
    BATCH_BYTES = 256 * 1024, /* of text, to a worker at a time */
    RUN_MIN = 1 << 20,
    RUN_MAX = 1 << 29, /* whose words and articles run.c can number */
    TREE = 7           /* bytes of memory for a byte of text in a run */
};

struct sg_run {
    struct engine_run base;
    struct sg_writer *writer;
    struct run *run;
};

static struct sg_run *
sg_run(struct engine_run *run)
{
    assert(run->writer->engine->name == sg_name);
    return (struct sg_run *)run;
}

/* ---- opening and closing ------------------------------------------------ */

bool
writer_makes(const char *name)
{
    return name_is_numbered(name, "seg-", 16, NULL) ||
           name_is_numbered(name, "del-", 16, NULL) || spool_owns(name) ||
           dir_is_temp(name, MANIFEST_NAME);
}

enum morgue_status
writer_clean(const struct sg_writer *w, const struct manifest *m,
             struct morgue_error *err)
{
    struct file_names names = {0};
    enum morgue_status st = dir_list(&names, w->reader.dir, err);

    for (size_t i = 0; i < names.n && !st; i++) {
        const char *name = names.name[i];

        if (writer_makes(name) && !manifest_names(m, name))
            st = dir_remove(w->reader.dir, name, err);
    }
    file_names_free(&names);
    return st;
}

/* Remove what was written in vain.  A commit may have failed when its manifest
 * was in place already, so it is the one that is there which counts. */
static void
clean_up(const struct sg_writer *w)
{
    struct manifest m;

    if (manifest_read(&m, w->reader.dir, NULL))
        return; /* the next writer does it */
    (void)writer_clean(w, &m, NULL);
    manifest_free(&m);
}

static void
writer_free(struct sg_writer *w)
{
    if (w->reader.dir && !w->committed)
        clean_up(w);
    sg_reader_end(&w->reader);
    free(w->made);
    arena_free(&w->arena);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

/* Begin as if the archive were empty; its files stay until the commit. */
static void
begin_anew(struct sg_writer *w, const char *analysis)
{
    struct manifest *m = &w->reader.manifest;

    for (uint32_t i = 0; i < w->reader.snapshot.n; i++)
        segment_close(w->reader.snapshot.segment[i]);
    w->reader.snapshot.n = 0;
    w->reader.snapshot.docs = w->reader.snapshot.length = 0;
    m->n = 0;
    m->arrival = 0;
    snprintf(m->analysis, sizeof m->analysis, "%s", analysis);
}

enum morgue_status
sg_writer_open(struct engine_writer **out, const struct dir *dir,
               struct engine_tuning *tuning, struct morgue_error *err)
{
    struct sg_writer *w = calloc(1, sizeof *w);
    size_t threads = tuning->threads ? tuning->threads : 1;
    enum morgue_status st;

    *out = NULL;
    if (!w)
        return error_nomem(err);
    pthread_mutex_init(&w->lock, NULL);
    arena_init(&w->arena, SIZE_MAX / 2);
    w->stop = tuning->stop ? *tuning->stop : (struct stop)STOP_NEVER;
    st = sg_reader_begin(&w->reader, dir, err);
    if (!st) {
        w->next_file = w->reader.manifest.next_file;
        w->threads = (unsigned)threads;
        st = writer_clean(w, &w->reader.manifest, err);
    }
    if (!st && tuning->anew)
        begin_anew(w, tuning->anew);
    tuning->batch_bytes = BATCH_BYTES;
    tuning->run_bytes = tuning->memory / threads / TREE;
    if (tuning->run_bytes < RUN_MIN)
        tuning->run_bytes = RUN_MIN;
    if (tuning->run_bytes > RUN_MAX)
        tuning->run_bytes = RUN_MAX;
    if (st)
        writer_free(w);
    else
        *out = &w->base;
    return st;
}

void
sg_writer_close(struct engine_writer *writer)
{
    writer_free(sg_writer(writer));
}

enum morgue_status
sg_writer_find(bool *found, uint64_t *hash, struct engine_writer *writer,
               struct morgue_str id, struct morgue_error *err)
{
    struct sg_writer *w = sg_writer(writer);
    struct arena arena;
    struct place *place;
    size_t n;
    enum morgue_status st;

    *found = false;
    *hash = 0;
    arena_init(&arena, SIZE_MAX / 2);
    st = reader_places(&place, &n, &w->reader, &arena, id, err);
    if (!st && n > 0) {
        struct segment *s = w->reader.snapshot.segment[place->segment];

        *found = true;
        *hash = segment_value(s, COLUMN_HASH, place->doc);
        st = segment_status(s, err);
    }
    arena_free(&arena);
    return st;
}

/* ---- runs --------------------------------------------------------------- */

void
writer_name(struct sg_writer *w, const char *kind, char name[24])
{
    pthread_mutex_lock(&w->lock);
    snprintf(name, 24, "%s-%08llx", kind, (unsigned long long)w->next_file++);
    pthread_mutex_unlock(&w->lock);
}

static enum morgue_status
add_made(struct sg_writer *w, const struct segment_file *file,
         struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    pthread_mutex_lock(&w->lock);
    if (w->made_n == w->made_cap) {
        size_t cap = w->made_cap ? w->made_cap * 2 : 16;
        struct segment_file *more = realloc(w->made, cap * sizeof *more);

        if (more) {
            w->made = more;
            w->made_cap = cap;
        } else {
            st = error_nomem(err);
        }
    }
    if (!st)
        w->made[w->made_n++] = *file;
    pthread_mutex_unlock(&w->lock);
    return st;
}

enum morgue_status
sg_run_open(struct engine_run **out, struct engine_writer *writer,
            uint64_t number, struct morgue_error *err)
{
    struct sg_writer *w = sg_writer(writer);
    struct sg_run *r = calloc(1, sizeof *r);
    enum morgue_status st;
    uint32_t mark;

    (void)number;
    *out = NULL;
    if (!r)
        return error_nomem(err);
    pthread_mutex_lock(&w->lock);
    mark = ++w->mark;
    pthread_mutex_unlock(&w->lock);
    r->writer = w;
    st = run_new(&r->run, mark, err);
    if (st)
        free(r);
    else
        *out = &r->base;
    return st;
}

enum morgue_status
sg_run_add(struct engine_run *run, const struct engine_doc *doc,
           struct morgue_error *err)
{
    struct sg_run *r = sg_run(run);

    return run_put(r->run, run->maker, doc,
                   r->writer->reader.manifest.arrival + doc->arrival, err);
}

void
sg_run_drop(struct engine_run *run)
{
    struct sg_run *r = sg_run(run);

    run_free(r->run);
    free(r);
}

enum morgue_status
sg_run_close(struct engine_run *run, struct morgue_error *err)
{
    struct sg_run *r = sg_run(run);
    struct segment_file file = {.name = ""};
    enum morgue_status st = MORGUE_OK;

    if (run_docs(r->run) > 0) {
        writer_name(r->writer, "seg", file.name);
        st = run_write(r->run, r->writer->reader.dir, &file, err);
        if (!st)
            st = add_made(r->writer, &file, err);
    }
    sg_run_drop(run);
    return st;
}

enum morgue_status
sg_writer_settle(struct engine_writer *writer, struct morgue_str id,
                 enum engine_keep keep, struct morgue_error *err)
{
    struct sg_writer *w = sg_writer(writer);
    struct settled *s = arena_alloc(&w->arena, sizeof *s);

    if (!s || !arena_str(&w->arena, id, &s->id))
        return error_nomem(err);
    s->keep = keep;
    s->next = w->settled;
    w->settled = s;
    return MORGUE_OK;
}
