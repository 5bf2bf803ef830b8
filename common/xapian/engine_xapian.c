/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian.c - the engine whose index is a standard Xapian database
 *
 * In the archive's directory:
 *
 *     XAPIANDB     one line, `auto gen-NNNNNN`: a Xapian stub file, so that
 *                  the directory itself opens as a database in Xapian's own
 *                  tools.  It names the generation that is current.
 *     gen-NNNNNN/  a database of the glass backend.  The one before the
 *                  current is kept until the next update, for readers that
 *                  are about to open it.
 *     run-...      what an update is building; of no use after it.
 *
 * A document is an article: its terms as terms.h has them and one more, Q and
 * its id; its values, three slots (engine_xapian.h); its data, the record as
 * record.h packs it.  Ids of documents ascend in the order of arrival.
 *
 * Xapian's tables bear no checksums: damage inside of them is found where it
 * breaks their structure, and in stored articles always (record.h).
 */
#include "engine_xapian.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/file.h"

static const char stub_name[] = "XAPIANDB";

void
date_key(char out[DATE_KEY], int64_t seconds)
{
    uint64_t biased = (uint64_t)seconds ^ (uint64_t)1 << 63;

    for (int i = 0; i < DATE_KEY; i++)
        out[i] = (char)(biased >> (56 - 8 * i));
}

enum morgue_status
from_xapian(struct morgue_error *err, enum xc_status xst,
            const struct xc_error *xerr, const char *what)
{
    static const enum morgue_status map[] = {
        [XC_OK] = MORGUE_OK,
        [XC_NOMEM] = MORGUE_NOMEM,
        [XC_NOT_FOUND] = MORGUE_NO_ARTICLE,
        [XC_NO_DATABASE] = MORGUE_DAMAGED,
        [XC_OPENING] = MORGUE_DAMAGED,
        [XC_CORRUPT] = MORGUE_DAMAGED,
        [XC_VERSION] = MORGUE_VERSION_DIFFERS,
        [XC_LOCKED] = MORGUE_BUSY,
        [XC_MODIFIED] = MORGUE_BUSY,
        [XC_CLOSED] = MORGUE_INTERNAL,
        [XC_DATABASE] = MORGUE_IO,
        [XC_NETWORK] = MORGUE_IO,
        [XC_TIMEOUT] = MORGUE_IO,
        [XC_INVALID] = MORGUE_INTERNAL,
        [XC_QUERY] = MORGUE_INTERNAL,
        [XC_RANGE] = MORGUE_DAMAGED, /* a stored number out of its range */
        [XC_UNIMPLEMENTED] = MORGUE_UNSUPPORTED,
        [XC_OTHER] = MORGUE_INTERNAL,
    };
    int e = xerr->system_errno;

    if (xst == XC_OK)
        return MORGUE_OK;
    if (xst == XC_NOMEM)
        return error_nomem(err);
    if (e == ENOSPC || e == EDQUOT)
        return error_set(err, MORGUE_NO_SPACE, "cannot %s: %s", what,
                         xerr->message);
    if (e != 0 && e != ENOENT)
        return error_set(err, MORGUE_IO, "cannot %s: %s", what, xerr->message);
    return error_set(err, map[xst], "cannot %s: %s", what, xerr->message);
}

/* ---- generations -------------------------------------------------------- */

char *
generation_path(const char *dir, unsigned long generation)
{
    char name[32];

    snprintf(name, sizeof name, "gen-%06lu", generation);
    return path_join(dir, name);
}

enum morgue_status
stub_read(unsigned long *generation, const char *dir, struct morgue_error *err)
{
    enum morgue_status st;
    struct buf text;
    char *path = path_join(dir, stub_name);
    char end = '\0';

    if (!path)
        return error_nomem(err);
    buf_init(&text, 4096);
    st = file_read(&text, path, err);
    if (st == MORGUE_NO_INPUT)
        st = error_set(err, MORGUE_DAMAGED, "'%s' is missing", path);
    if (!st &&
        (sscanf(buf_view(&text).s, "auto gen-%lu%c", generation, &end) != 2 ||
         end != '\n'))
        st = error_set(err, MORGUE_DAMAGED, "'%s' is damaged", path);
    buf_free(&text);
    free(path);
    return st;
}

enum morgue_status
stub_write(const char *dir, unsigned long generation, struct morgue_error *err)
{
    enum morgue_status st;
    char line[64];
    char *path = path_join(dir, stub_name);

    if (!path)
        return error_nomem(err);
    snprintf(line, sizeof line, "auto gen-%06lu\n", generation);
    st = file_replace(path, str_of(line), err);
    free(path);
    return st;
}

static bool
xe_owns(const char *name)
{
    return strncmp(name, "gen-", 4) == 0 || strncmp(name, "run-", 4) == 0 ||
           strcmp(name, stub_name) == 0 || strcmp(name, "XAPIANDB.new") == 0;
}

static enum morgue_status
xe_create(const char *dir, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct xc_error xerr;
    enum xc_status xst;
    xc_db *db = NULL;
    char *path = generation_path(dir, 1);

    if (!path)
        return error_nomem(err);
    xst = xc_db_open_write(&db, path, XC_CREATE_OR_OVERWRITE, 0, &xerr);
    if (!xst)
        xst = xc_db_commit(db, &xerr);
    st = from_xapian(err, xst, &xerr, "create the database");
    xc_db_close(db);
    if (!st)
        st = file_sync_dir_files(path, err);
    if (!st)
        st = stub_write(dir, 1, err);
    free(path);
    return st;
}

/* ---- checking ----------------------------------------------------------- */

struct findings {
    void (*finding)(const char *line, void *payload);
    void *payload;
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
    if (f->finding)
        f->finding(line, f->payload);
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

    if (*line && f->finding)
        f->finding(line, f->payload);
}

static enum morgue_status
xe_check(const char *dir, void (*finding)(const char *line, void *payload),
         void *payload, struct morgue_error *err)
{
    enum morgue_status st;
    struct findings f = {.finding = finding, .payload = payload};
    struct xc_error xerr;
    enum xc_status xst;
    unsigned long generation;
    size_t errors = 0;
    char *path = NULL;

    st = stub_read(&generation, dir, err);
    if (st)
        return st;
    path = generation_path(dir, generation);
    if (!path)
        return error_nomem(err);
    xst = xc_check(&errors, path, 0, NULL, NULL, &xerr);
    if (xst == XC_NOMEM)
        st = error_nomem(err);
    else if (xst)
        found(&f, "%s: %s", path, xerr.message);
    else if (errors > 0)
        xst = xc_check(&errors, path, 0, pass_on, &f, &xerr);
    f.n += errors;
    if (!st)
        st = check_articles(path, &f, err);
    if (!st && f.n > 0)
        st = error_set(err, MORGUE_DAMAGED, "'%s' is damaged: %llu findings",
                       dir, (unsigned long long)f.n);
    free(path);
    return st;
}

const struct engine engine_xapian = {
    .name = "xapian",
    .create = xe_create,
    .owns = xe_owns,
    .reader_open = xe_reader_open,
    .reader_refresh = xe_reader_refresh,
    .reader_close = xe_reader_close,
    .search = xe_search,
    .article = xe_article,
    .find = xe_find,
    .terms = xe_terms,
    .counts = xe_counts,
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
