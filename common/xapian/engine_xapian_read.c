/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_read.c - readers of a Xapian database: articles, ids, terms
 *
 * A reader holds one generation, which is never changed and stays as long as
 * it is held; a copy opens the same once more.
 */
#include "engine_xapian.h"

#include <assert.h>
#include <stdlib.h>

struct xe_reader *
xe_reader(struct engine_reader *r)
{
    assert(r->engine->name == xe_name);
    return (struct xe_reader *)r;
}

static const struct xe_reader *
xe_reader_const(const struct engine_reader *r)
{
    assert(r->engine->name == xe_name);
    return (const struct xe_reader *)r;
}

static void
reader_free(struct xe_reader *r)
{
    xc_db_close(r->db);
    generation_let_go(&r->generation);
    free(r);
}

static struct xe_reader *
reader_new(const struct dir *dir)
{
    struct xe_reader *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    r->dir = dir;
    r->generation.dir.fd = -1;
    return r;
}

/* Read a generation that is held in place of the reader's, or let it go. */
static enum morgue_status
change_to(struct xe_reader *r, struct generation *generation,
          struct morgue_error *err)
{
    struct xc_error xerr;
    xc_db *db = NULL;
    enum morgue_status st =
        from_xapian(err, xc_db_open(&db, generation->dir.path, &xerr), &xerr,
                    "open the database");

    if (st) {
        generation_let_go(generation);
        return st;
    }
    xc_db_close(r->db);
    generation_let_go(&r->generation);
    r->db = db;
    r->generation = *generation;
    return MORGUE_OK;
}

static enum morgue_status
open_current(struct xe_reader *r, struct morgue_error *err)
{
    struct generation current;
    struct stub stub;
    enum morgue_status st =
        generation_hold_current(&current, &stub, r->dir, err);

    if (!st)
        st = change_to(r, &current, err);
    if (!st)
        memcpy(r->analysis, stub.analysis, sizeof r->analysis);
    return st;
}

enum morgue_status
xe_reader_open(struct engine_reader **out, const struct dir *dir,
               struct morgue_error *err)
{
    enum morgue_status st;
    struct xe_reader *r = reader_new(dir);

    *out = NULL;
    if (!r)
        return error_nomem(err);
    st = open_current(r, err);
    if (st)
        reader_free(r);
    else
        *out = &r->base;
    return st;
}

enum morgue_status
xe_reader_refresh(struct engine_reader *reader, struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct stub stub;
    enum morgue_status st = stub_read(&stub, r->dir, err);

    if (st || stub.generation == r->generation.number)
        return st;
    return open_current(r, err);
}

enum morgue_status
xe_reader_copy(struct engine_reader **out, const struct engine_reader *reader,
               struct morgue_error *err)
{
    const struct xe_reader *from = xe_reader_const(reader);
    struct xe_reader *r = reader_new(from->dir);
    struct generation same;
    enum morgue_status st;

    *out = NULL;
    if (!r)
        return error_nomem(err);
    memcpy(r->analysis, from->analysis, sizeof r->analysis);
    st = generation_hold(&same, r->dir, from->generation.number, err);
    if (!st)
        st = change_to(r, &same, err);
    if (st)
        reader_free(r);
    else
        *out = &r->base;
    return st;
}

uint64_t
xe_reader_state(const struct engine_reader *reader)
{
    return xe_reader_const(reader)->generation.number;
}

const char *
xe_reader_analysis(const struct engine_reader *reader)
{
    return xe_reader_const(reader)->analysis;
}

uint64_t
xe_reader_bytes(const struct engine_reader *reader)
{
    return file_dir_bytes(xe_reader_const(reader)->generation.dir.path);
}

void
xe_reader_close(struct engine_reader *reader)
{
    reader_free(xe_reader(reader));
}

/* ---- articles and terms ------------------------------------------------- */

/* The value of an article in a slot, its bytes handed to `take`. */
static enum morgue_status
read_slot(uint64_t *out, struct engine_reader *reader, uint64_t number,
          unsigned slot, uint64_t (*take)(struct morgue_str),
          struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    xc_doc *doc = NULL;
    const char *s = NULL;
    size_t len = 0;
    enum xc_status xst = xc_db_document(&doc, r->db, (uint32_t)number, &xerr);

    *out = 0;
    if (!xst)
        xst = xc_doc_value(&s, &len, doc, slot, &xerr);
    if (!xst)
        *out = take(str_slice(s, len));
    xc_doc_free(doc);
    return from_xapian(err, xst, &xerr, "read an article");
}

static uint64_t
big_endian(struct morgue_str s)
{
    uint64_t v = 0;

    for (size_t i = 0; i < s.len; i++)
        v = v << 8 | (unsigned char)s.s[i];
    return v;
}

/* As it is in memory (engine_xapian_write.c). */
static uint64_t
own_order(struct morgue_str s)
{
    uint64_t v = 0;

    if (s.len == sizeof v)
        memcpy(&v, s.s, sizeof v);
    return v;
}

enum morgue_status
xe_words(uint64_t *out, struct engine_reader *reader, uint64_t number,
         struct morgue_error *err)
{
    return read_slot(out, reader, number, SLOT_WORDS, big_endian, err);
}

enum morgue_status
xe_hash(uint64_t *out, struct engine_reader *reader, uint64_t number,
        struct morgue_error *err)
{
    return read_slot(out, reader, number, SLOT_HASH, own_order, err);
}

enum morgue_status
xe_article(struct morgue_article *out, struct engine_reader *reader,
           struct arena *arena, uint64_t number, bool with_body,
           struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    enum morgue_status st;
    struct xc_error xerr;
    xc_doc *doc = NULL;
    const char *data = NULL;
    size_t len = 0;
    enum xc_status xst = xc_db_document(&doc, r->db, (uint32_t)number, &xerr);

    if (!xst)
        xst = xc_doc_data(&data, &len, doc, &xerr);
    st = from_xapian(err, xst, &xerr, "read an article");
    if (!st)
        st = record_unpack(out, arena, str_slice(data, len), with_body, err);
    xc_doc_free(doc);
    return st;
}

enum morgue_status
xe_find(uint64_t *out, struct engine_reader *reader, struct morgue_str id,
        struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    uint32_t document;
    enum xc_status xst = xe_document_of(&document, r->db, id, &xerr);

    if (xst)
        return from_xapian(err, xst, &xerr, "look an article up");
    if (document == 0)
        return error_set(err, MORGUE_NO_ARTICLE,
                         "no article has the id '%.*s'",
                         (int)(id.len < 200 ? id.len : 200), id.s);
    *out = document;
    return MORGUE_OK;
}

enum morgue_status
xe_terms(struct engine_reader *reader, struct morgue_str prefix,
         engine_each *each, void *payload, struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    xc_iter *it = NULL;
    bool more = true;
    size_t len;
    enum xc_status xst =
        xc_iter_terms(&it, r->db, prefix.s, prefix.len, &xerr);

    while (!xst && more) {
        xst = xc_iter_next(&more, it, &xerr);
        if (!xst && more) {
            const char *s = xc_iter_bytes(it, &len);
            more = each(str_slice(s, len), xc_iter_freq(it), payload);
        }
    }
    xc_iter_free(it);
    return from_xapian(err, xst, &xerr, "list terms");
}

static bool
count_one(struct morgue_str term, uint64_t articles, void *payload)
{
    (void)term;
    (void)articles;
    ++*(uint64_t *)payload;
    return true;
}

enum morgue_status
xe_counts(struct engine_counts *out, struct engine_reader *reader,
          struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    struct xc_db_info info;
    enum morgue_status st;

    *out = (struct engine_counts){0};
    st = from_xapian(err, xc_db_get_info(&info, r->db, &xerr), &xerr,
                     "count articles");
    if (st)
        return st;
    out->articles = info.documents;
    out->mean_length = info.mean_length;
    return xe_terms(reader, str_slice("", 0), count_one, &out->terms, err);
}
