/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_write.c - updates of a Xapian database
 *
 * Xapian's writer keeps what is to be written in trees, about 25 bytes of
 * memory for each byte of text, and gets slower as they grow.  So each run of
 * an update is a small database of its own, filled by its own thread:
 *
 *     run-0-00000000 ... run-0-00000015  -> compact -> run-1-00000000
 *     run-1-00000000 ... run-1-00000015  -> compact -> run-2-00000000
 *
 * Whenever FAN runs in a row are finished they are merged into one of the
 * next level, by the thread that finished the last, so that the number of
 * runs stays small; merging keeps the order of documents.  The commit then
 *
 *   - of a small update to a database that is there, puts its documents into
 *     the current generation inside one transaction;
 *   - else merges the current generation and all runs into a new one, takes
 *     out what was replaced, syncs it, and names it in the stub file.
 *
 * Each way meets a fault of libxapian 1.4.22 where documents are taken out.
 * In place, adding others in the same transaction can write beyond a block of
 * its tables (`differential --seed=46990` under AddressSanitizer).  After a
 * merge, a posting list can be left without its end (seed 48038, where all
 * updates are made that way).  The second is met more often by small archives,
 * so small updates are made in place.  Neither is worked around.
 */
#include "engine_xapian.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/file.h"

enum {
    FAN = 16,   /* runs that are merged into one */
    LEVELS = 6, /* 16^6 runs are more than document ids */
    TREE = 25,  /* bytes of memory for a byte of text in a run */
    RUN_MIN = 256 * 1024,
    RUN_MAX = 16 * 1024 * 1024,
    FLUSH = 5000, /* Xapian writes by itself after 10,000 documents */
    DISK = 8,     /* bytes on disk for a byte of text in a run, at most */
    IN_PLACE_MAX = 8 * 1024 * 1024 /* bytes of text of a small update */
};

struct settled {
    struct id_term term;
    enum engine_keep keep;
    struct settled *next;
};

/* How many runs of a level are finished, group by group. */
struct merge_level {
    uint8_t *finished;
    size_t cap;
    uint64_t runs;
};

struct xe_writer {
    struct engine_writer base;
    const struct dir *dir;
    struct stub stub; /* names the current generation */
    char *live;       /* the path of the current generation */
    xc_db *db;        /* it, for reading */
    struct arena arena;
    struct settled *settled;
    bool anew; /* the current generation gives way to what is written */
    struct stop stop;

    pthread_mutex_t lock;
    struct merge_level level[LEVELS];
    uint64_t text_bytes, docs;
};

struct xe_run {
    struct engine_run base;
    struct xe_writer *writer;
    uint64_t number;
    char *path;
    xc_db *db;
    struct buf packed;
    uint64_t text_bytes, docs;
};

static struct xe_writer *
xe_writer(struct engine_writer *w)
{
    assert(w->engine == &engine_xapian);
    return (struct xe_writer *)w;
}

static struct xe_run *
xe_run(struct engine_run *run)
{
    assert(run->writer->engine == &engine_xapian);
    return (struct xe_run *)run;
}

/* libxapian writes values from within a destructor: where that fails, on a
 * full disk or at a limit, the process is aborted, and nobody can catch it.
 * So there is to be room before it writes.  What is written is at most about
 * `bytes`, behind files of `there` bytes together. */
static enum morgue_status
want_space(const struct xe_writer *w, uint64_t bytes, uint64_t there,
           struct morgue_error *err)
{
    enum { SPARE = 4 << 20 }; /* a database without articles, twice */
    uint64_t room = file_free_bytes(w->dir->path);
    uint64_t limit = file_length_max();

    if (limit < UINT64_MAX && limit < there + bytes + SPARE)
        return error_set(err, MORGUE_NO_SPACE,
                         "files of '%s' may get %llu MB long and need up to "
                         "%llu; raise the limit (ulimit -f) and update again",
                         w->dir->path, (unsigned long long)(limit >> 20),
                         (unsigned long long)((there + bytes + SPARE) >> 20) +
                             1);
    if (room >= bytes + SPARE)
        return MORGUE_OK;
    return error_set(err, MORGUE_NO_SPACE,
                     "the disk of '%s' has %llu MB left and needs %llu; make "
                     "room and update again",
                     w->dir->path, (unsigned long long)(room >> 20),
                     (unsigned long long)((bytes + SPARE) >> 20) + 1);
}

enum { RUN_NAME = 48 };

static void
run_name(char out[RUN_NAME], int level, uint64_t number)
{
    snprintf(out, RUN_NAME, "run-%d-%08llu", level,
             (unsigned long long)number);
}

static char *
run_path(const struct xe_writer *w, int level, uint64_t number)
{
    char name[RUN_NAME];

    run_name(name, level, number);
    return path_join(w->dir->path, name);
}

bool
is_run_name(const char *name)
{
    return strncmp(name, "run-", 4) == 0 && name[4] >= '0' && name[4] <= '9' &&
           name_is_numbered(name + 5, "-", 10, NULL);
}

/* ---- opening and closing ------------------------------------------------ */

/* Take away what updates that did not end have left, and old generations:
 * all but the current one and the one before it. */
static enum morgue_status
clean(const struct xe_writer *w, struct morgue_error *err)
{
    struct file_names names = {0};
    enum morgue_status st = dir_list(&names, w->dir, err);

    for (size_t i = 0; i < names.n && !st; i++) {
        const char *name = names.name[i];
        uint64_t current = w->stub.generation, g;
        bool old = name_is_numbered(name, "gen-", 10, &g) && g != current &&
                   g + 1 != current;

        if (old || is_run_name(name) || dir_is_temp(name, STUB_NAME))
            st = dir_remove(w->dir, name, err);
    }
    file_names_free(&names);
    return st;
}

static size_t
run_bytes(const struct engine_tuning *t)
{
    size_t bytes = t->memory / TREE / (t->threads ? t->threads : 1);

    if (bytes < RUN_MIN)
        return RUN_MIN;
    return bytes > RUN_MAX ? RUN_MAX : bytes;
}

static void
writer_free(struct xe_writer *w)
{
    xc_db_close(w->db);
    if (w->live)
        (void)clean(w, NULL);
    for (int i = 0; i < LEVELS; i++)
        free(w->level[i].finished);
    arena_free(&w->arena);
    pthread_mutex_destroy(&w->lock);
    free(w->live);
    free(w);
}

enum morgue_status
xe_writer_open(struct engine_writer **out, const struct dir *dir,
               struct engine_tuning *tuning, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct xc_error xerr;
    struct xe_writer *w = calloc(1, sizeof *w);

    *out = NULL;
    if (!w)
        return error_nomem(err);
    pthread_mutex_init(&w->lock, NULL);
    arena_init(&w->arena, SIZE_MAX / 2);
    w->dir = dir;
    w->stop = tuning->stop ? *tuning->stop : (struct stop)STOP_NEVER;
    st = stub_read(&w->stub, dir, err);
    if (!st)
        st = clean(w, err);
    w->anew = tuning->anew != NULL;
    if (w->anew)
        snprintf(w->stub.analysis, sizeof w->stub.analysis, "%s",
                 tuning->anew);
    if (!st)
        st = generation_path(&w->live, dir, w->stub.generation, err);
    if (st)
        goto done;
    st = from_xapian(err, xc_db_open(&w->db, w->live, &xerr), &xerr,
                     "open the database");
    tuning->batch_bytes = tuning->run_bytes = run_bytes(tuning);
done:
    if (st)
        writer_free(w);
    else
        *out = &w->base;
    return st;
}

void
xe_writer_close(struct engine_writer *writer)
{
    writer_free(xe_writer(writer));
}

enum morgue_status
xe_writer_find(bool *found, uint64_t *hash, struct engine_writer *writer,
               struct morgue_str id, struct morgue_error *err)
{
    struct xe_writer *w = xe_writer(writer);
    struct id_term t = id_term(id);
    struct xc_error xerr;
    xc_iter *it = NULL;
    xc_doc *doc = NULL;
    const char *value = NULL;
    size_t len = 0;
    enum xc_status xst;

    *found = false;
    *hash = 0;
    if (w->anew)
        return MORGUE_OK;
    xst = xc_iter_postings(&it, w->db, t.s, t.len, &xerr);
    if (!xst)
        xst = xc_iter_next(found, it, &xerr);
    if (!xst && *found)
        xst = xc_db_document(&doc, w->db, xc_iter_id(it), &xerr);
    if (!xst && *found)
        xst = xc_doc_value(&value, &len, doc, SLOT_HASH, &xerr);
    if (!xst && len == sizeof *hash)
        memcpy(hash, value, sizeof *hash);
    xc_doc_free(doc);
    xc_iter_free(it);
    return from_xapian(err, xst, &xerr, "look an article up");
}

/* ---- runs --------------------------------------------------------------- */

static void
run_free(struct xe_run *run)
{
    if (!run)
        return;
    xc_db_close(run->db);
    buf_free(&run->packed);
    free(run->path);
    free(run);
}

enum morgue_status
xe_run_open(struct engine_run **out, struct engine_writer *writer,
            uint64_t number, struct morgue_error *err)
{
    enum morgue_status st;
    struct xc_error xerr;
    enum xc_status xst;
    struct xe_run *run = calloc(1, sizeof *run);

    *out = NULL;
    if (!run)
        return error_nomem(err);
    run->writer = xe_writer(writer);
    run->number = number;
    buf_init(&run->packed, (size_t)1 << 30);
    run->path = run_path(run->writer, 0, number);
    if (!run->path) {
        run_free(run);
        return error_nomem(err);
    }
    /* Nothing of it has to outlive a power cut. */
    xst = xc_db_open_write(&run->db, run->path,
                           XC_CREATE_OR_OVERWRITE | XC_NO_SYNC, 0, &xerr);
    st = from_xapian(err, xst, &xerr, "create a run");
    if (st)
        run_free(run);
    else
        *out = &run->base;
    return st;
}

static enum xc_status
set_time(xc_doc *doc, unsigned slot, int64_t seconds, struct xc_error *xerr)
{
    char key[DATE_KEY];

    date_key(key, seconds);
    return xc_doc_set_value(doc, slot, key, DATE_KEY, xerr);
}

static enum xc_status
set_date(xc_doc *doc, struct morgue_date date, struct xc_error *xerr)
{
    enum xc_status xst = set_time(doc, SLOT_NEWEST, date.seconds, xerr);

    if (!xst)
        xst = set_time(doc, SLOT_OLDEST, ~date.seconds, xerr);
    if (!xst)
        xst = set_time(doc, SLOT_BEGINS, date_local(date), xerr);
    if (!xst)
        xst = set_time(doc, SLOT_ENDS, date_end(date) + date.offset - 1, xerr);
    if (!xst && date.precision == MORGUE_DATE_SECOND)
        xst = xc_doc_set_value(doc, SLOT_EXACT, "1", 1, xerr);
    return xst;
}

static enum xc_status
set_words(xc_doc *doc, uint32_t words, struct xc_error *xerr)
{
    const char bytes[] = {(char)(words >> 24), (char)(words >> 16),
                          (char)(words >> 8), (char)words};

    return xc_doc_set_value(doc, SLOT_WORDS, bytes, sizeof bytes, xerr);
}

static enum xc_status
set_fields(xc_doc *doc, const struct morgue_article *article,
           struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;

    for (unsigned i = 0; i < FIELD_VALUES_N && !xst; i++) {
        struct morgue_str s =
            record_get(article, (enum field)(FIELD_VALUES + i));

        if (s.len > 0)
            xst = xc_doc_set_value(doc, SLOT_VALUES + i, s.s, s.len, xerr);
    }
    return xst;
}

static enum xc_status
set_values(xc_doc *doc, const struct engine_doc *d, uint32_t words,
           struct xc_error *xerr)
{
    struct id_term id = id_term(d->article->id);
    enum xc_status xst = xc_doc_set_value(
        doc, SLOT_HASH, (const char *)&d->hash, sizeof d->hash, xerr);

    if (!xst)
        xst = xc_doc_set_value(doc, SLOT_ID, id.s + 1, id.len - 1, xerr);
    if (!xst && d->article->date.precision != MORGUE_DATE_NONE)
        xst = set_date(doc, d->article->date, xerr);
    if (!xst)
        xst = set_words(doc, words, xerr);
    return xst ? xst : set_fields(doc, d->article, xerr);
}

static enum xc_status
set_terms(xc_doc *doc, const struct engine_doc *d,
          const struct term_list *terms, struct xc_error *xerr)
{
    struct id_term id = id_term(d->article->id);
    enum xc_status xst = xc_doc_add_term(doc, id.s, id.len, 0, xerr);

    for (size_t i = 0; i < terms->n && !xst; i++) {
        const struct term *t = &terms->term[i];

        if (t->pos_n > 0)
            xst = xc_doc_add_positions(doc, t->s, t->len, t->pos, t->pos_n,
                                       t->wdf, xerr);
        else
            xst = xc_doc_add_term(doc, t->s, t->len, t->wdf, xerr);
    }
    return xst;
}

enum morgue_status
xe_run_add(struct engine_run *run, const struct engine_doc *d,
           struct morgue_error *err)
{
    struct xe_run *r = xe_run(run);
    enum morgue_status st;
    struct xc_error xerr;
    enum xc_status xst;
    xc_doc *doc = NULL;
    struct term_list terms;

    buf_reset(&r->packed);
    st = record_pack(&r->packed, d->article, err);
    if (!st)
        st = term_maker_run(&terms, run->maker, d->article, err);
    if (!st && (r->docs + 1) % FLUSH == 0)
        st = want_space(r->writer, r->text_bytes * DISK, 0, err);
    if (st)
        return st;
    xst = xc_doc_new(&doc, &xerr);
    if (!xst)
        xst = xc_doc_set_data(doc, r->packed.data, r->packed.len, &xerr);
    if (!xst)
        xst = set_values(doc, d, terms.body_words, &xerr);
    if (!xst)
        xst = set_terms(doc, d, &terms, &xerr);
    if (!xst)
        xst = xc_db_add(NULL, r->db, doc, &xerr);
    xc_doc_free(doc);
    r->docs++;
    r->text_bytes += d->article->title.len + d->article->body.len;
    return from_xapian(err, xst, &xerr, "write an article");
}

static void
paths_free(char **path, size_t n)
{
    for (size_t i = 0; path && i < n; i++)
        free(path[i]);
    free(path);
}

static uint64_t
disk_bytes(char *const *path, size_t n)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += file_dir_bytes(path[i]);
    return sum;
}

/* Merge the databases at `path` into one at `to`; of none, an empty one. */
static enum morgue_status
merge(const struct xe_writer *w, const char *to, char *const *path, size_t n,
      int flags, struct morgue_error *err)
{
    struct xc_error xerr;
    struct stop stop = w->stop;
    enum morgue_status st = stop_failure(&stop, err);

    if (!st && n == 0)
        return database_create(to, err);
    if (!st)
        st = want_space(w, disk_bytes(path, n), 0, err);
    if (st)
        return st;
    return from_xapian(
        err, xc_compact(to, (const char *const *)path, n, flags, &xerr), &xerr,
        "merge runs");
}

/* Merge a whole group of runs of a level into one of the next. */
static enum morgue_status
merge_group(struct xe_writer *w, int level, uint64_t group,
            struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    char **path = calloc(FAN + 1, sizeof *path);

    if (!path)
        return error_nomem(err);
    for (uint64_t i = 0; i < FAN && !st; i++) {
        path[i] = run_path(w, level, group * FAN + i);
        if (!path[i])
            st = error_nomem(err);
    }
    path[FAN] = run_path(w, level + 1, group);
    if (!path[FAN] && !st)
        st = error_nomem(err);
    if (!st)
        st = merge(w, path[FAN], path, FAN, XC_COMPACT_STANDARD, err);
    for (uint64_t i = 0; i < FAN && !st; i++) {
        char name[RUN_NAME];

        run_name(name, level, group * FAN + i);
        st = dir_remove(w->dir, name, err);
    }
    paths_free(path, FAN + 1);
    return st;
}

/* Count a finished run; *whole tells whether its group is whole now. */
static enum morgue_status
count_run(struct xe_writer *w, int level, uint64_t number, bool *whole,
          struct morgue_error *err)
{
    struct merge_level *l = &w->level[level];
    size_t group = (size_t)(number / FAN);
    enum morgue_status st = MORGUE_OK;

    pthread_mutex_lock(&w->lock);
    if (group >= l->cap) {
        size_t cap = group * 2 + 64;
        uint8_t *grown = realloc(l->finished, cap);

        if (grown) {
            memset(grown + l->cap, 0, cap - l->cap);
            l->finished = grown;
            l->cap = cap;
        } else {
            st = error_nomem(err);
        }
    }
    if (!st) {
        l->runs++;
        *whole = ++l->finished[group] == FAN && level + 1 < LEVELS;
    }
    pthread_mutex_unlock(&w->lock);
    return st;
}

enum morgue_status
xe_run_close(struct engine_run *run, struct morgue_error *err)
{
    struct xe_run *r = xe_run(run);
    struct xe_writer *w = r->writer;
    struct xc_error xerr;
    bool whole = true;
    uint64_t number = r->number;
    enum morgue_status st = want_space(w, r->text_bytes * DISK, 0, err);

    if (!st)
        st =
            from_xapian(err, xc_db_commit(r->db, &xerr), &xerr, "write a run");
    pthread_mutex_lock(&w->lock);
    w->docs += r->docs;
    w->text_bytes += r->text_bytes;
    pthread_mutex_unlock(&w->lock);
    run_free(r);
    for (int level = 0; whole && !st; level++) {
        whole = false;
        st = count_run(w, level, number, &whole, err);
        number /= FAN;
        if (!st && whole)
            st = merge_group(w, level, number, err);
    }
    return st;
}

void
xe_run_drop(struct engine_run *run)
{
    run_free(xe_run(run));
}

enum morgue_status
xe_writer_settle(struct engine_writer *writer, struct morgue_str id,
                 enum engine_keep keep, struct morgue_error *err)
{
    struct xe_writer *w = xe_writer(writer);
    struct settled *s = arena_alloc(&w->arena, sizeof *s);

    if (!s)
        return error_nomem(err);
    s->term = id_term(id);
    s->keep = keep;
    s->next = w->settled;
    w->settled = s;
    return MORGUE_OK;
}

/* ---- commit ------------------------------------------------------------- */

/* The paths of all runs that are left, in the order of arrival, behind
 * `first` (NULL: nothing).  The runs of a level that are merged make those of
 * the next; so the highest level comes first. */
static enum morgue_status
list_runs(char ***out, size_t *n, const struct xe_writer *w, const char *first,
          struct morgue_error *err)
{
    char **path = calloc((size_t)LEVELS * FAN + 1, sizeof *path);

    *out = path;
    *n = 0;
    if (!path)
        return error_nomem(err);
    if (first) {
        path[*n] = strdup(first);
        if (!path[(*n)++])
            return error_nomem(err);
    }
    for (int level = LEVELS - 1; level >= 0; level--) {
        uint64_t runs = w->level[level].runs;

        for (uint64_t i = runs - runs % FAN; i < runs; i++) {
            path[*n] = run_path(w, level, i);
            if (!path[(*n)++])
                return error_nomem(err);
        }
    }
    return MORGUE_OK;
}

/* Delete the documents that have the term, all or all but the last. */
static enum xc_status
delete_settled(xc_db *db, const struct settled *s, struct xc_error *xerr)
{
    xc_iter *it = NULL;
    bool more = true;
    uint32_t last = 0, id;
    enum xc_status xst;

    if (s->keep == ENGINE_KEEP_NONE)
        return xc_db_delete_term(db, s->term.s, s->term.len, xerr);
    xst = xc_iter_postings(&it, db, s->term.s, s->term.len, xerr);
    while (!xst && more) {
        xst = xc_iter_next(&more, it, xerr);
        if (xst || !more)
            break;
        id = xc_iter_id(it);
        if (last)
            xst = xc_db_delete(db, last, xerr);
        last = id;
    }
    xc_iter_free(it);
    return xst;
}

static enum morgue_status
settle_all(const struct xe_writer *w, const char *path,
           struct morgue_error *err)
{
    struct xc_error xerr;
    xc_db *db = NULL;
    enum xc_status xst;

    if (!w->settled)
        return MORGUE_OK;
    xst = xc_db_open_write(&db, path, XC_OPEN | XC_NO_SYNC, 0, &xerr);
    for (struct settled *s = w->settled; s && !xst; s = s->next)
        xst = delete_settled(db, s, &xerr);
    if (!xst)
        xst = xc_db_commit(db, &xerr);
    xc_db_close(db);
    return from_xapian(err, xst, &xerr, "take out what was replaced");
}

/* Make the generation the current one. */
static enum morgue_status
publish(struct xe_writer *w, const char *name, uint64_t generation,
        struct morgue_error *err)
{
    struct stub stub = w->stub;
    struct dir made;
    enum morgue_status st = dir_open_in(&made, w->dir, name, err);

    stub.generation = generation;
    if (!st)
        st = stop_failure(&w->stop, err);
    if (!st)
        st = dir_sync_all(&made, err);
    if (!st)
        st = dir_sync(w->dir, err);
    if (!st)
        st = stub_write(w->dir, &stub, err);
    if (!st)
        w->stub = stub;
    dir_close(&made);
    return st;
}

/* Whether the stub names the generation, or may: publishing can fail when it
 * does already. */
static bool
is_named(struct xe_writer *w, uint64_t generation)
{
    struct stub stub;

    if (stub_read(&stub, w->dir, NULL))
        return true;
    w->stub = stub; /* what the writer's cleaning keeps */
    return stub.generation == generation;
}

/* Write the current generation (if it has articles) and all runs into a new
 * one. */
static enum morgue_status
new_generation(struct xe_writer *w, bool with_live, int flags,
               struct morgue_error *err)
{
    uint64_t generation = w->stub.generation + 1;
    char name[GENERATION_NAME], **path = NULL, *to;
    size_t n = 0;
    enum morgue_status st;

    generation_name(name, generation);
    to = path_join(w->dir->path, name);
    if (!to)
        return error_nomem(err);
    st = dir_remove(w->dir, name, err);
    if (!st)
        st = list_runs(&path, &n, w, with_live ? w->live : NULL, err);
    if (!st)
        st = merge(w, to, path, n, flags, err);
    if (!st)
        st = settle_all(w, to, err);
    if (!st)
        st = publish(w, name, generation, err);
    if (st && !is_named(w, generation))
        (void)dir_remove(w->dir, name, NULL);
    paths_free(path, n);
    free(to);
    return st;
}

/* Put the documents of one run into the database, each in place of one with
 * its id. */
static enum morgue_status
add_run(xc_db *db, const char *path, struct arena *arena, struct stop *stop,
        struct morgue_error *err)
{
    enum morgue_status st;
    struct xc_error xerr;
    xc_db *run = NULL;
    xc_iter *it = NULL;
    bool more = true;
    enum xc_status xst = xc_db_open(&run, path, &xerr);

    st = MORGUE_OK;
    if (!xst)
        xst = xc_iter_postings(&it, run, "", 0, &xerr);
    while (!xst && !st) {
        struct morgue_article a;
        struct id_term t;
        xc_doc *doc = NULL;
        const char *data = NULL;
        size_t len = 0;

        st = stop_failure(stop, err);
        if (st)
            break;
        xst = xc_iter_next(&more, it, &xerr);
        if (xst || !more)
            break;
        xst = xc_db_document(&doc, run, xc_iter_id(it), &xerr);
        if (!xst)
            xst = xc_doc_data(&data, &len, doc, &xerr);
        if (!xst)
            st = record_unpack(&a, arena, str_slice(data, len), false, err);
        if (!xst && !st) {
            t = id_term(a.id);
            xst = xc_db_delete_term(db, t.s, t.len, &xerr);
        }
        if (!xst && !st)
            xst = xc_db_add(NULL, db, doc, &xerr);
        xc_doc_free(doc);
        arena_reset(arena);
    }
    xc_iter_free(it);
    xc_db_close(run);
    return st ? st : from_xapian(err, xst, &xerr, "add a run");
}

static enum morgue_status
sync_live(const struct xe_writer *w, struct morgue_error *err)
{
    char name[GENERATION_NAME];
    struct dir live;
    enum morgue_status st;

    generation_name(name, w->stub.generation);
    st = dir_open_in(&live, w->dir, name, err);
    if (!st)
        st = dir_sync(&live, err);
    dir_close(&live);
    return st;
}

static enum morgue_status
commit_in_place(struct xe_writer *w, struct morgue_error *err)
{
    enum morgue_status st;
    struct xc_error xerr;
    struct arena arena;
    xc_db *db = NULL;
    char **path = NULL;
    size_t n = 0;
    enum xc_status xst;

    arena_init(&arena, (size_t)1 << 30);
    st = list_runs(&path, &n, w, NULL, err);
    if (!st)
        st = want_space(w, disk_bytes(path, n) * 2, disk_bytes(&w->live, 1),
                        err);
    if (st)
        goto done;
    xst = xc_db_open_write(&db, w->live, XC_OPEN, 0, &xerr);
    if (!xst)
        xst = xc_db_begin(db, true, &xerr);
    st = from_xapian(err, xst, &xerr, "change the database");
    for (size_t i = 0; i < n && !st; i++)
        st = add_run(db, path[i], &arena, &w->stop, err);
    if (st)
        goto done;
    for (struct settled *s = w->settled; s && !xst; s = s->next)
        if (s->keep == ENGINE_KEEP_NONE)
            xst = xc_db_delete_term(db, s->term.s, s->term.len, &xerr);
    if (!xst)
        xst = xc_db_commit_transaction(db, &xerr);
    st = from_xapian(err, xst, &xerr, "commit");
    if (!st) /* Xapian syncs its files, but not the directory */
        st = sync_live(w, err);
done:
    xc_db_close(db);
    paths_free(path, n);
    arena_free(&arena);
    return st;
}

enum morgue_status
xe_writer_commit(struct engine_writer *writer, struct morgue_error *err)
{
    struct xe_writer *w = xe_writer(writer);
    struct xc_error xerr;
    struct xc_db_info info;
    enum morgue_status st;

    if (w->anew)
        return new_generation(w, false, XC_COMPACT_STANDARD, err);
    if (w->docs == 0 && !w->settled)
        return MORGUE_OK;
    st = from_xapian(err, xc_db_get_info(&info, w->db, &xerr), &xerr,
                     "count articles");
    if (st)
        return st;
    if (info.documents > 0 && w->text_bytes <= IN_PLACE_MAX)
        return commit_in_place(w, err);
    return new_generation(w, info.documents > 0, XC_COMPACT_STANDARD, err);
}

enum morgue_status
xe_writer_compact(struct engine_writer *writer, struct morgue_error *err)
{
    return new_generation(xe_writer(writer), true, XC_COMPACT_FULLER, err);
}
