/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian.c - the engine whose index is a standard Xapian database
 *
 * In the archive's directory:
 *
 *     XAPIANDB     two lines, `# analysis NAME` and `auto gen-NNNNNN`: a
 *                  Xapian stub file, so that the directory itself opens as a
 *                  database in Xapian's own tools.  It names the generation
 *                  that is current.
 *     gen-NNNNNN/  a database of the glass backend, which never changes once
 *                  it was current: each update makes another.  It is held by
 *                  a shared lock on the folder by those who read it, and is
 *                  taken away when nobody does; the one before the current
 *                  stays, for readers that are about to open it.
 *     run-...      what an update is building; of no use after it.
 *
 * A document is an article: its terms as term.h has them and one more, Q and
 * its id; its values (engine_xapian.h); its data, the record as record.h packs
 * it.  Ids of documents ascend in the order of arrival.
 *
 * The synonyms of a stem's term are the words, as they stand, that it is the
 * stem of in any article, or was in one that is there no more.
 *
 * Xapian's tables bear no checksums: damage inside of them is found where it
 * breaks their structure, and in stored articles always (record.h).
 */
#include "engine_xapian.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool
xe_creates(const char *name)
{
    return strcmp(name, "gen-000001") == 0 || strcmp(name, STUB_NAME) == 0 ||
           dir_is_temp(name, STUB_NAME);
}

static bool
xe_owns(const char *name)
{
    uint64_t generation;

    return xe_creates(name) || generation_of_name(name, &generation) ||
           is_run_name(name);
}

static enum morgue_status
xe_analysis(char out[ANALYSIS_MAX], const struct dir *dir,
            struct morgue_error *err)
{
    struct stub stub;
    enum morgue_status st = stub_read(&stub, dir, err);

    if (!st && !stub.analysis[0])
        st = error_set(err, MORGUE_DAMAGED,
                       "'%s/%s' does not say which analysis made the terms",
                       dir->path, STUB_NAME);
    if (!st)
        memcpy(out, stub.analysis, ANALYSIS_MAX);
    return st;
}

/* Where another engine's archive becomes this one's, there may be generations
 * that readers hold. */
static enum morgue_status
xe_create(const struct dir *dir, const char *analysis,
          struct morgue_error *err)
{
    struct stub stub;
    char name[GENERATION_NAME];
    struct dir made = {.fd = -1};
    enum morgue_status st = generation_next(&stub.generation, dir, err);
    char *path;

    if (st)
        return st;
    snprintf(stub.analysis, sizeof stub.analysis, "%s", analysis);
    generation_name(name, stub.generation);
    path = path_join(dir->path, name);
    if (!path)
        return error_nomem(err);
    st = database_create(path, err);
    if (!st)
        st = dir_open_in(&made, dir, name, err);
    if (!st)
        st = dir_sync_all(&made, err);
    if (!st)
        st = stub_write(dir, &stub, err);
    dir_close(&made);
    free(path);
    return st;
}

/* ---- checking ----------------------------------------------------------- */

struct findings {
    struct buf lines;
    uint64_t n;
};

static void __attribute__((format(printf, 2, 3)))
found(struct findings *f, const char *fmt, ...)
{
    char line[600];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    f->n++;
    buf_printf(&f->lines, "%s\n", line);
}

static enum morgue_status
check_article(xc_db *db, uint32_t id, struct arena *arena, struct findings *f,
              struct morgue_error *err)
{
    enum morgue_status st;
    struct morgue_article a;
    struct morgue_error detail;
    struct xc_error xerr;
    struct id_term t;
    xc_doc *doc = NULL;
    const char *data;
    size_t len;
    uint32_t n = 0;
    enum xc_status xst = xc_db_document(&doc, db, id, &xerr);

    if (!xst)
        xst = xc_doc_data(&data, &len, doc, &xerr);
    st = from_xapian(&detail, xst, &xerr, "read the article");
    if (!st)
        st = record_unpack(&a, arena, str_slice(data, len), true, &detail);
    if (!st) {
        t = id_term(a.id);
        xst = xc_db_freq(&n, NULL, db, t.s, t.len, &xerr);
        st = from_xapian(&detail, xst, &xerr, "look the article up");
    }
    if (st == MORGUE_NOMEM)
        error_nomem(err);
    else if (st)
        found(f, "document %u: %s", (unsigned)id, detail.message);
    else if (n != 1)
        found(f, "document %u: %u documents have its id", (unsigned)id,
              (unsigned)n);
    xc_doc_free(doc);
    arena_reset(arena);
    return st == MORGUE_NOMEM ? st : MORGUE_OK;
}

static enum morgue_status
check_articles(const char *path, struct findings *f, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct arena arena;
    struct xc_error xerr;
    xc_db *db = NULL;
    xc_iter *it = NULL;
    bool more = true;
    enum xc_status xst = xc_db_open(&db, path, &xerr);

    arena_init(&arena, (size_t)1 << 30);
    if (!xst)
        xst = xc_iter_postings(&it, db, "", 0, &xerr);
    while (!xst && !st) {
        xst = xc_iter_next(&more, it, &xerr);
        if (xst || !more)
            break;
        st = check_article(db, xc_iter_id(it), &arena, f, err);
    }
    if (xst == XC_NOMEM)
        st = error_nomem(err);
    else if (xst)
        found(f, "%s: %s", path, xerr.message);
    xc_iter_free(it);
    xc_db_close(db);
    arena_free(&arena);
    return st;
}

static void
pass_on(const char *line, void *findings)
{
    struct findings *f = findings;

    if (*line)
        buf_printf(&f->lines, "%s\n", line);
}

static enum morgue_status
check_generation(struct findings *f, const char *path,
                 struct morgue_error *err)
{
    struct xc_error xerr;
    size_t errors = 0;
    enum xc_status xst = xc_check(&errors, path, 0, pass_on, f, &xerr);
    enum morgue_status st;

    if (errors == 0)
        buf_reset(&f->lines); /* it says only what it looked at */
    st = from_xapian(err, xst, &xerr, "check the database");
    if (st == MORGUE_NOMEM || st == MORGUE_IO)
        return st;
    if (st)
        found(f, "%s: %s", path, xerr.message);
    f->n += errors;
    return check_articles(path, f, err);
}

static void
tell(const struct findings *f,
     void (*finding)(const char *line, void *payload), void *payload)
{
    struct morgue_str rest = buf_view(&f->lines), line;
    char text[600];

    while (finding && str_line(&rest, &line)) {
        snprintf(text, sizeof text, "%.*s", (int)line.len, line.s);
        finding(text, payload);
    }
}

static enum morgue_status
xe_check(const struct dir *dir,
         void (*finding)(const char *line, void *payload), void *payload,
         struct morgue_error *err)
{
    enum { LINES_MAX = 16 << 20 };
    struct findings f = {.n = 0};
    struct generation generation;
    struct stub stub;
    enum morgue_status st =
        generation_hold_current(&generation, &stub, dir, err);

    if (st)
        return st;
    buf_init(&f.lines, LINES_MAX);
    st = check_generation(&f, generation.dir.path, err);
    if (!st && f.n > 0) {
        tell(&f, finding, payload);
        st =
            error_set(err, MORGUE_DAMAGED, "'%s' is damaged: %llu finding%s",
                      dir->path, (unsigned long long)f.n, f.n == 1 ? "" : "s");
    }
    buf_free(&f.lines);
    generation_let_go(&generation);
    return st;
}

const struct engine engine_xapian = {
    .name = xe_name,
    .bulk = 4.0,
    .create = xe_create,
    .owns = xe_owns,
    .creates = xe_creates,
    .analysis = xe_analysis,
    .reader_open = xe_reader_open,
    .reader_refresh = xe_reader_refresh,
    .reader_close = xe_reader_close,
    .reader_copy = xe_reader_copy,
    .reader_state = xe_reader_state,
    .reader_analysis = xe_reader_analysis,
    .reader_bytes = xe_reader_bytes,
    .collect = xe_collect,
    .article = xe_article,
    .find = xe_find,
    .terms = xe_terms,
    .expand = xe_expand,
    .frequency = xe_frequency,
    .counts = xe_counts,
    .words = xe_words,
    .hash = xe_hash,
    .writer_open = xe_writer_open,
    .writer_find = xe_writer_find,
    .run_open = xe_run_open,
    .run_add = xe_run_add,
    .run_close = xe_run_close,
    .run_drop = xe_run_drop,
    .writer_settle = xe_writer_settle,
    .writer_commit = xe_writer_commit,
    .writer_compact = xe_writer_compact,
    .writer_close = xe_writer_close,
    .check = xe_check,
};
