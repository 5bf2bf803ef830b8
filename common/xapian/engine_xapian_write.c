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
 * runs stays small; merging keeps the order of documents.  What is left is
 * committed (engine_xapian_commit.c).
 *
 * The words of a stem are gathered by each run and written at its end, in
 * order, which is four times as fast.  A maker of terms tells of each word
 * once, so that later runs have few.
 */
#include "engine_xapian_write.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    TREE = 25, /* bytes of memory for a byte of text in a run */
    RUN_MIN = 256 * 1024,
    RUN_MAX = 16 * 1024 * 1024,
    FLUSH = 5000, /* Xapian writes by itself after 10,000 documents */
    DISK = 8      /* bytes on disk for a byte of text in a run, at most */
};

struct xe_run {
    struct engine_run base;
    struct xe_writer *writer;
    uint64_t number;
    char *path;
    xc_db *db;
    struct buf packed;
    uint64_t text_bytes, docs;
    struct arena arena;     /* of the words of stems */
    struct stem_word *word; /* which this run tells of */
    size_t word_n, word_cap;
};

static struct xe_run *
xe_run(struct engine_run *run)
{
    assert(run->writer->engine->name == xe_name);
    return (struct xe_run *)run;
}

/* ---- opening and closing ------------------------------------------------ */

/* Take away what updates that did not end have left, and generations that
 * nobody holds: all but the current one and the one before it. */
static enum morgue_status
clean(const struct xe_writer *w, struct morgue_error *err)
{
    struct file_names names = {0};
    enum morgue_status st = dir_list(&names, w->dir, err);

    for (size_t i = 0; i < names.n && !st; i++) {
        const char *name = names.name[i];
        uint64_t current = w->stub.generation, g;
        bool old =
            generation_of_name(name, &g) && g != current && g + 1 != current;

        if (old)
            st = dir_remove_unheld(w->dir, name, err);
        else if (is_run_name(name) || dir_is_temp(name, STUB_NAME))
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
    if (w->live.dir.fd >= 0) {
        generation_let_go(&w->live);
        (void)clean(w, NULL);
    }
    for (int i = 0; i < LEVELS; i++)
        free(w->level[i].finished);
    arena_free(&w->arena);
    pthread_mutex_destroy(&w->lock);
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
    w->live.dir.fd = -1;
    w->stop = tuning->stop ? *tuning->stop : (struct stop)STOP_NEVER;
    st = stub_read(&w->stub, dir, err);
    if (!st)
        st = clean(w, err);
    w->anew = tuning->anew != NULL;
    if (w->anew)
        snprintf(w->stub.analysis, sizeof w->stub.analysis, "%s",
                 tuning->anew);
    if (!st)
        st = generation_hold(&w->live, dir, w->stub.generation, err);
    if (st)
        goto done;
    st = from_xapian(err, xc_db_open(&w->db, w->live.dir.path, &xerr), &xerr,
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
    struct xc_error xerr;
    xc_doc *doc = NULL;
    const char *value = NULL;
    size_t len = 0;
    uint32_t document;
    enum xc_status xst;

    *found = false;
    *hash = 0;
    if (w->anew)
        return MORGUE_OK;
    xst = xe_document_of(&document, w->db, id, &xerr);
    *found = !xst && document > 0;
    if (*found)
        xst = xc_db_document(&doc, w->db, document, &xerr);
    if (!xst && *found)
        xst = xc_doc_value(&value, &len, doc, SLOT_HASH, &xerr);
    if (!xst && len == sizeof *hash)
        memcpy(hash, value, sizeof *hash);
    xc_doc_free(doc);
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
    arena_free(&run->arena);
    free(run->word);
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
    arena_init(&run->arena, SIZE_MAX / 2);
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
set_number(xc_doc *doc, unsigned slot, uint32_t number, struct xc_error *xerr)
{
    char key[NUMBER_KEY];

    number_key(key, number);
    return xc_doc_set_value(doc, slot, key, NUMBER_KEY, xerr);
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
        xst = set_number(doc, SLOT_WORDS, words, xerr);
    if (!xst)
        xst = set_number(doc, SLOT_FIELDS, record_fields(d->article), xerr);
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

static enum morgue_status
want_text_space(const struct xe_run *r, struct morgue_error *err)
{
    return want_space(r->writer, r->text_bytes * DISK, r->text_bytes * DISK,
                      err);
}

/* Keep the words that the maker of terms told of until the end of the run. */
static enum morgue_status
keep_words(struct xe_run *r, const struct term_list *terms,
           struct morgue_error *err)
{
    size_t need = r->word_n + terms->stem_word_n, cap = r->word_cap;
    struct stem_word *more;

    if (need > cap) {
        cap = need > 2 * cap ? need : 2 * cap;
        more = realloc(r->word, cap * sizeof *more);
        if (!more)
            return error_nomem(err);
        r->word = more;
        r->word_cap = cap;
    }
    for (size_t i = 0; i < terms->stem_word_n; i++) {
        struct stem_word *to = &r->word[r->word_n++];

        if (!arena_str(&r->arena, terms->stem_word[i].stem, &to->stem) ||
            !arena_str(&r->arena, terms->stem_word[i].word, &to->word))
            return error_nomem(err);
    }
    return MORGUE_OK;
}

static int
by_stem(const void *a, const void *b)
{
    const struct stem_word *x = a, *y = b;
    int order = str_compare(x->stem, y->stem);

    return order != 0 ? order : str_compare(x->word, y->word);
}

static enum xc_status
write_words(struct xe_run *r, struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;

    if (r->word_n > 1)
        qsort(r->word, r->word_n, sizeof *r->word, by_stem);
    for (size_t i = 0; i < r->word_n && !xst; i++) {
        const struct stem_word *w = &r->word[i];

        xst = xc_db_add_synonym(r->db, w->stem.s, w->stem.len, w->word.s,
                                w->word.len, xerr);
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
    if (!st)
        st = keep_words(r, &terms, err);
    if (!st && (r->docs + 1) % FLUSH == 0)
        st = want_text_space(r, err);
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
    enum xc_status xst;
    bool whole = true;
    uint64_t number = r->number;
    enum morgue_status st = want_text_space(r, err);

    if (!st) {
        xst = write_words(r, &xerr);
        if (!xst)
            xst = xc_db_commit(r->db, &xerr);
        st = from_xapian(err, xst, &xerr, "write a run");
    }
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
    struct xe_settled *s = arena_alloc(&w->arena, sizeof *s);

    if (!s)
        return error_nomem(err);
    s->term = id_term(id);
    s->keep = keep;
    s->next = w->settled;
    w->settled = s;
    return MORGUE_OK;
}
