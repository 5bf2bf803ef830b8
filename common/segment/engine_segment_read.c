/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_segment_read.c - a state of an archive: opening it, its articles and
 * terms
 *
 * What is opened stays readable until it is closed, whatever writers do: they
 * make new files and take names away, never bytes.
 */
#include "engine_segment.h"

#include <stdlib.h>

#include "../engine/id_term.h"
#include "file/deletes.h"
#include "file/joint_walk.h"
#include "file/list_read.h"
#include "search/search.h"

const char sg_name[] = "segment";

/* ---- snapshots ---------------------------------------------------------- */

/* Count articles and lengths over the segments. */
static void
snapshot_count(struct snapshot *s)
{
    s->docs = s->length = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        const struct segment *seg = s->segment[i];

        s->docs += seg->docs - (seg->deletes ? seg->deletes->n : 0);
        s->length += seg->length - (seg->deletes ? seg->deletes->length : 0);
    }
}

void
snapshot_close(struct snapshot *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        segment_close(s->segment[i]);
    free(s->segment);
    *s = (struct snapshot){.n = 0};
}

/* The same segment in another state of the archive; NULL. */
static const struct segment *
find_segment(const struct snapshot *in, const struct segment_file *f)
{
    for (uint32_t i = 0; in && i < in->n; i++)
        if (strcmp(in->segment[i]->name, f->name) == 0 &&
            in->segment[i]->footer_sum == f->sum)
            return in->segment[i];
    return NULL;
}

static enum morgue_status
open_entry(struct segment **out, const struct manifest_entry *e,
           const struct dir *dir, const struct snapshot *old,
           struct morgue_error *err)
{
    const struct segment *same = find_segment(old, &e->segment);
    enum morgue_status st = MORGUE_OK;

    *out = same ? segment_share(same) : NULL;
    if (same && !*out)
        return error_nomem(err);
    if (!same)
        st = segment_open(out, dir, e->segment.name, e->segment.size,
                          e->segment.sum, err);
    if (!st && (*out)->docs != e->segment.docs)
        st = error_set(err, MORGUE_DAMAGED,
                       "'%s' in '%s' does not name the articles of '%s'",
                       MANIFEST_NAME, dir->path, (*out)->name);
    if (st || !e->deletes[0] ||
        (same && deletes_share(*out, same, e->deletes_sum)))
        return st;
    return deletes_read(*out, dir, e->deletes, e->deletes_sum, err);
}

enum morgue_status
snapshot_open(struct snapshot *out, const struct manifest *m,
              const struct dir *dir, const struct snapshot *old,
              struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *out = (struct snapshot){.segment = calloc(m->n + 1, sizeof(void *))};
    if (!out->segment)
        return error_nomem(err);
    for (size_t i = 0; i < m->n && !st; i++) {
        st = open_entry(&out->segment[i], m->entry + i, dir, old, err);
        out->n += out->segment[i] != NULL;
    }
    if (st)
        snapshot_close(out);
    else
        snapshot_count(out);
    return st;
}

/* ---- readers ------------------------------------------------------------ */

/* Open the newest state.  Between reading the manifest and opening what it
 * names, a writer may have replaced both: then it is read again. */
static enum morgue_status
open_newest(struct sg_reader *r, struct morgue_error *err)
{
    enum { TRIES = 20 };
    enum morgue_status st = MORGUE_NO_INPUT;
    struct snapshot snapshot;
    struct manifest manifest;
    uint64_t before = 0;

    for (int i = 0; st == MORGUE_NO_INPUT && i < TRIES; i++) {
        st = manifest_read(&manifest, r->dir, err);
        if (st)
            return st;
        if (i == 0 && r->snapshot.segment && manifest.sum == r->manifest.sum) {
            manifest_free(&manifest);
            return MORGUE_OK;
        }
        st = snapshot_open(&snapshot, &manifest, r->dir, &r->snapshot, err);
        if (st)
            manifest_free(&manifest);
        if (st == MORGUE_NO_INPUT && i > 0 && manifest.sum == before)
            break;
        before = manifest.sum;
    }
    if (st)
        return st == MORGUE_NO_INPUT ? error_as(err, MORGUE_DAMAGED) : st;
    snapshot_close(&r->snapshot);
    manifest_free(&r->manifest);
    r->snapshot = snapshot;
    r->manifest = manifest;
    return MORGUE_OK;
}

enum morgue_status
sg_reader_begin(struct sg_reader *out, const struct dir *dir,
                struct morgue_error *err)
{
    enum morgue_status st;

    *out = (struct sg_reader){.dir = dir};
    arena_init(&out->scratch, SIZE_MAX / 2);
    st = inflater_new(&out->inflater, err);
    return st ? st : open_newest(out, err);
}

void
sg_reader_end(struct sg_reader *r)
{
    snapshot_close(&r->snapshot);
    manifest_free(&r->manifest);
    inflater_free(r->inflater);
    arena_free(&r->scratch);
}

static void
reader_free(struct sg_reader *r)
{
    sg_reader_end(r);
    free(r);
}

enum morgue_status
sg_reader_open(struct engine_reader **out, const struct dir *dir,
               struct morgue_error *err)
{
    struct sg_reader *r = calloc(1, sizeof *r);
    enum morgue_status st;

    *out = NULL;
    if (!r)
        return error_nomem(err);
    st = sg_reader_begin(r, dir, err);
    if (st)
        reader_free(r);
    else
        *out = &r->base;
    return st;
}

enum morgue_status
sg_reader_refresh(struct engine_reader *reader, struct morgue_error *err)
{
    return open_newest(sg_reader(reader), err);
}

/* The segments of a state once more, for another thread. */
static enum morgue_status
copy_snapshot(struct snapshot *out, const struct snapshot *from,
              struct morgue_error *err)
{
    *out = (struct snapshot){
        .segment = calloc(from->n + (size_t)1, sizeof(struct segment *)),
        .docs = from->docs,
        .length = from->length};
    for (; out->segment && out->n < from->n; out->n++) {
        const struct segment *of = from->segment[out->n];
        struct segment *s = segment_share(of);

        if (!s)
            break;
        out->segment[out->n] = s;
        if (of->deletes)
            deletes_share(s, of, of->deletes->sum);
    }
    return out->segment && out->n == from->n ? MORGUE_OK : error_nomem(err);
}

enum morgue_status
sg_reader_copy(struct engine_reader **out, const struct engine_reader *reader,
               struct morgue_error *err)
{
    const struct sg_reader *from = (const struct sg_reader *)reader;
    struct sg_reader *r = calloc(1, sizeof *r);
    enum morgue_status st;

    *out = NULL;
    if (!r)
        return error_nomem(err);
    arena_init(&r->scratch, SIZE_MAX / 2);
    r->dir = from->dir;
    st = inflater_new(&r->inflater, err);
    if (!st)
        st = manifest_copy(&r->manifest, &from->manifest, err);
    if (!st)
        st = copy_snapshot(&r->snapshot, &from->snapshot, err);
    if (st)
        reader_free(r);
    else
        *out = &r->base;
    return st;
}

uint64_t
sg_reader_state(const struct engine_reader *reader)
{
    const struct sg_reader *r = (const struct sg_reader *)reader;

    return r->manifest.sum;
}

const char *
sg_reader_analysis(const struct engine_reader *reader)
{
    return ((const struct sg_reader *)reader)->manifest.analysis;
}

uint64_t
sg_reader_bytes(const struct engine_reader *reader)
{
    const struct sg_reader *r = (const struct sg_reader *)reader;
    uint64_t sum = 0;

    for (size_t i = 0; i < r->manifest.n; i++)
        sum += r->manifest.entry[i].segment.size;
    return sum;
}

void
sg_reader_close(struct engine_reader *reader)
{
    reader_free(sg_reader(reader));
}

struct sg_reader *
sg_begin(struct engine_reader *reader)
{
    struct sg_reader *r = sg_reader(reader);

    for (uint32_t i = 0; i < r->snapshot.n; i++)
        r->snapshot.segment[i]->damaged = false;
    return r;
}

enum morgue_status
sg_collect(struct collector *c, size_t n, struct engine_reader *reader,
           struct arena *arena, const struct query *query,
           const struct engine_params *params, struct stop *stop,
           struct morgue_error *err)
{
    struct sg_reader *r = sg_begin(reader);
    const struct search_room room = {.snapshot = &r->snapshot,
                                     .inflater = r->inflater,
                                     .arena = arena,
                                     .scratch = &r->scratch,
                                     .stop = stop};

    return segment_collect(c, n, &room, query, params, err);
}

/* ---- articles ----------------------------------------------------------- */

/* The segment that the article with that number is in. */
static enum morgue_status
segment_of(struct segment **out, const struct sg_reader *r, uint64_t number,
           struct morgue_error *err)
{
    uint32_t i = (uint32_t)(number >> 32);

    *out = NULL;
    if (i >= r->snapshot.n || (uint32_t)number >= r->snapshot.segment[i]->docs)
        return error_set(err, MORGUE_NO_ARTICLE, "there is no article %llu",
                         (unsigned long long)number);
    *out = r->snapshot.segment[i];
    return MORGUE_OK;
}

enum morgue_status
sg_article(struct morgue_article *out, struct engine_reader *reader,
           struct arena *arena, uint64_t number, bool with_body,
           struct morgue_error *err)
{
    struct sg_reader *r = sg_begin(reader);
    struct segment *s;
    enum morgue_status st = segment_of(&s, r, number, err);

    return st ? st
              : store_article(out, s, r->inflater, arena, (uint32_t)number,
                              with_body, err);
}

static enum morgue_status
column_of(uint64_t *out, struct engine_reader *reader, uint64_t number,
          enum segment_column c, struct morgue_error *err)
{
    struct segment *s;
    enum morgue_status st = segment_of(&s, sg_begin(reader), number, err);

    if (st)
        return st;
    *out = segment_value(s, c, (uint32_t)number);
    return segment_status(s, err);
}

enum morgue_status
sg_words(uint64_t *out, struct engine_reader *reader, uint64_t number,
         struct morgue_error *err)
{
    return column_of(out, reader, number, COLUMN_WORDS, err);
}

enum morgue_status
sg_hash(uint64_t *out, struct engine_reader *reader, uint64_t number,
        struct morgue_error *err)
{
    return column_of(out, reader, number, COLUMN_HASH, err);
}

/* Add where the articles of a list are, but deleted ones. */
static enum morgue_status
add_places(struct place *to, size_t *n, uint32_t segment,
           struct list_reader *list, struct morgue_error *err)
{
    struct segment *s = list->segment;
    enum morgue_status st = list_read_block(list, false, err);

    for (; !st && list->n > 0; st = list_read_block(list, false, err))
        for (uint32_t i = 0; i < list->n; i++)
            if (!segment_deleted(s, list->doc[i]))
                to[(*n)++] = (struct place){
                    .segment = segment,
                    .doc = list->doc[i],
                    .arrival = segment_value(s, COLUMN_ARRIVAL, list->doc[i])};
    return st;
}

static int
last_first(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    return x->arrival > y->arrival ? -1 : x->arrival < y->arrival;
}

enum morgue_status
reader_places(struct place **out, size_t *n, struct sg_reader *r,
              struct arena *arena, struct morgue_str id,
              struct morgue_error *err)
{
    struct id_term t = id_term(id);
    struct term_info *info =
        arena_zero(arena, r->snapshot.n + (size_t)1, sizeof *info);
    struct list_reader list;
    enum morgue_status st = MORGUE_OK;
    size_t most = 0;

    *n = 0;
    for (uint32_t i = 0; info && i < r->snapshot.n; i++) {
        struct segment *s = r->snapshot.segment[i];

        if (segment_term(&info[i], s, str_slice(t.s, t.len)))
            most += info[i].df;
        if (s->damaged)
            return segment_status(s, err);
    }
    *out = info ? arena_zero(arena, most + 1, sizeof **out) : NULL;
    if (!*out)
        return error_nomem(err);
    list_reader_init(&list);
    for (uint32_t i = 0; i < r->snapshot.n && !st; i++) {
        if (info[i].df == 0)
            continue;
        list_read_start(&list, r->snapshot.segment[i], &info[i]);
        st = add_places(*out, n, i, &list, err);
    }
    list_reader_free(&list);
    qsort(*out, *n, sizeof **out, last_first);
    return st;
}

enum morgue_status
sg_find(uint64_t *out, struct engine_reader *reader, struct morgue_str id,
        struct morgue_error *err)
{
    struct arena arena;
    struct place *place;
    size_t n;
    enum morgue_status st;

    arena_init(&arena, SIZE_MAX / 2);
    st = reader_places(&place, &n, sg_begin(reader), &arena, id, err);
    if (!st && n > 0)
        *out = snapshot_number(place->segment, place->doc);
    else if (!st)
        st = error_set(err, MORGUE_NO_ARTICLE, "no article has the id '%.*s'",
                       (int)(id.len < 200 ? id.len : 200), id.s);
    arena_free(&arena);
    return st;
}

/* ---- terms -------------------------------------------------------------- */

enum morgue_status
sg_terms(struct engine_reader *reader, struct morgue_str prefix,
         engine_each *each, void *payload, struct morgue_error *err)
{
    struct sg_reader *r = sg_begin(reader);
    struct joint_walk j;
    struct morgue_str term;
    enum morgue_status st = joint_walk_open(&j, &r->snapshot, prefix, err);

    while (!st && joint_walk_next(&j, &term) && str_starts(term, prefix)) {
        uint64_t articles = 0;

        for (uint32_t i = 0; i < j.n; i++)
            articles += j.at[i] ? j.walk[i].info.live : 0;
        if (articles > 0 && !each(term, articles, payload))
            break;
    }
    for (uint32_t i = 0; i < j.n && !st; i++)
        st = segment_status(r->snapshot.segment[i], err);
    joint_walk_close(&j);
    return st;
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
sg_counts(struct engine_counts *out, struct engine_reader *reader,
          struct morgue_error *err)
{
    struct sg_reader *r = sg_reader(reader);

    *out = (struct engine_counts){.articles = r->snapshot.docs};
    if (r->snapshot.docs > 0)
        out->mean_length =
            (double)r->snapshot.length / (double)r->snapshot.docs;
    return sg_terms(reader, STR(""), count_one, &out->terms, err);
}
