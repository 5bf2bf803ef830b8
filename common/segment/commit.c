/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * commit.c - what ends an update: deletions, merging, publishing
 *
 * Segments are of a level by their size: 0 up to LEVEL_BYTES, and one more
 * for each STEP-fold.  Where more than FAN are of one level, all of it is
 * merged, by as many threads as the writer has; what that makes counts for the
 * next level at once.  A segment of which a third is deleted is written anew.
 *
 * The terms of a deleted article are made again from its stored text, to tell
 * how many of a term's articles are gone (deletes.h).
 */
#include "commit.h"

#include <stdlib.h>

#include "../base/hash.h"
#include "../engine/id_term.h"
#include "../text/terms.h"
#include "file/deletes.h"
#include "write/merge.h"

enum { FAN = 6, STEP = 8, LEVELS = 16 };

static const uint64_t level_bytes = 1 << 20, split_bytes = 32 << 20;

/* A segment of the state that is to be. */
struct commit_part {
    struct segment *s;
    struct manifest_entry entry;
    struct deletes own; /* its deletions, once they change */
    uint64_t *bit;      /* of `own`; NULL until then */
    uint32_t group;     /* which merge takes it, from 1; 0: none */
};

/* One merge. */
struct merge_group {
    struct commit *commit;
    uint32_t number;
    struct manifest_entry made;
    enum morgue_status st;
    struct morgue_error err;
    pthread_t thread;
    bool started;
};

struct commit {
    struct sg_writer *w;
    struct sg_reader next; /* the state that is to be, before merging */
    struct commit_part *part;
    uint32_t n;
    struct merge_group *group;
    uint32_t groups;
    bool all; /* everything becomes one segment, as small as it gets */
};

/* ---- the state that is to be -------------------------------------------- */

static enum morgue_status
open_next(struct commit *c, struct sg_writer *w, struct morgue_error *err)
{
    const struct manifest *old = &w->reader.manifest;
    struct manifest *m = &c->next.manifest;
    enum morgue_status st = MORGUE_OK;

    c->w = w;
    c->next.dir = w->reader.dir;
    m->arrival = old->arrival;
    for (size_t i = 0; i < old->n && !st; i++)
        st = manifest_add(m, old->entry + i, err);
    for (size_t i = 0; i < w->made_n && !st; i++) {
        struct manifest_entry e = {.segment = w->made[i]};

        m->arrival += e.segment.docs;
        st = manifest_add(m, &e, err);
    }
    if (!st)
        st = snapshot_open(&c->next.snapshot, m, w->reader.dir,
                           &w->reader.snapshot, err);
    if (st)
        return st;
    c->n = c->next.snapshot.n;
    c->part = calloc(c->n + (size_t)1, sizeof *c->part);
    c->group = calloc(c->n + (size_t)1, sizeof *c->group);
    if (!c->part || !c->group)
        return error_nomem(err);
    for (uint32_t i = 0; i < c->n; i++) {
        c->part[i].s = c->next.snapshot.segment[i];
        c->part[i].entry = m->entry[i];
    }
    return MORGUE_OK;
}

static void
close_next(struct commit *c)
{
    for (uint32_t i = 0; c->part && i < c->n; i++) {
        if (c->part[i].bit)
            c->part[i].s->deletes = NULL; /* they are the part's */
        free(c->part[i].bit);
    }
    snapshot_close(&c->next.snapshot);
    manifest_free(&c->next.manifest);
    free(c->part);
    free(c->group);
}

static uint32_t
live(const struct commit_part *p)
{
    return p->s->docs - (p->s->deletes ? p->s->deletes->n : 0);
}

/* ---- deletions ---------------------------------------------------------- */

/* Let the part have deletions of its own, which may change. */
static enum morgue_status
own_deletes(struct commit_part *p, struct morgue_error *err)
{
    size_t words = ((size_t)p->s->docs + 63) / 64;

    if (p->bit)
        return MORGUE_OK;
    p->bit = calloc(words + 1, sizeof *p->bit);
    if (!p->bit)
        return error_nomem(err);
    if (p->s->deletes) {
        memcpy(p->bit, p->s->deletes->bit, words * sizeof *p->bit);
        p->own.n = p->s->deletes->n;
        p->own.length = p->s->deletes->length;
    }
    p->own.bit = p->bit;
    deletes_free(p->s);
    p->s->deletes = &p->own;
    return MORGUE_OK;
}

static enum morgue_status
delete_one(struct commit *c, const struct place *at, struct morgue_error *err)
{
    struct commit_part *p = c->part + at->segment;
    enum morgue_status st = own_deletes(p, err);

    if (st)
        return st;
    p->bit[at->doc >> 6] |= (uint64_t)1 << (at->doc & 63);
    p->own.n++;
    p->own.length += segment_value(p->s, COLUMN_LENGTH, at->doc);
    p->s->damaged |= p->own.length > p->s->length;
    return segment_status(p->s, err);
}

static enum morgue_status
settle(struct commit *c, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct arena arena;

    arena_init(&arena, SIZE_MAX / 2);
    for (const struct settled *s = c->w->settled; s && !st; s = s->next) {
        struct place *place;
        size_t n, i = s->keep == ENGINE_KEEP_LAST;

        arena_reset(&arena);
        st = stop_failure(&c->w->stop, err);
        if (st)
            break;
        st = reader_places(&place, &n, &c->next, &arena, s->id, err);
        for (; i < n && !st; i++)
            st = delete_one(c, place + i, err);
    }
    arena_free(&arena);
    return st;
}

/* ---- the terms of what is deleted --------------------------------------- */

struct tally {
    struct deleted_term *term;
    size_t n, cap;
};

static enum morgue_status
tally_add(struct tally *t, uint64_t hash, struct morgue_error *err)
{
    if (t->n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 1024;
        struct deleted_term *more = realloc(t->term, cap * sizeof *more);

        if (!more)
            return error_nomem(err);
        t->term = more;
        t->cap = cap;
    }
    t->term[t->n++] = (struct deleted_term){.hash = hash, .n = 1};
    return MORGUE_OK;
}

static int
by_hash(const void *a, const void *b)
{
    const struct deleted_term *x = a, *y = b;

    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Sort them, and make one of all with the same hash. */
static void
tally_join(struct tally *t)
{
    size_t n = 0;

    if (t->n > 0)
        qsort(t->term, t->n, sizeof *t->term, by_hash);
    for (size_t i = 0; i < t->n; i++)
        if (n > 0 && t->term[n - 1].hash == t->term[i].hash)
            t->term[n - 1].n += t->term[i].n;
        else
            t->term[n++] = t->term[i];
    t->n = n;
}

struct teller {
    struct term_maker *maker;
    struct inflater *inflater;
    struct arena arena;
};

static enum morgue_status
tally_article(struct tally *t, struct teller *teller, struct segment *s,
              uint32_t doc, struct morgue_error *err)
{
    struct morgue_article a;
    struct term_list terms;
    struct id_term id;
    enum morgue_status st;

    arena_reset(&teller->arena);
    st =
        store_article(&a, s, teller->inflater, &teller->arena, doc, true, err);
    if (st)
        return st;
    st = term_maker_run(&terms, teller->maker, &a, err);
    for (size_t i = 0; i < terms.n && !st; i++)
        st = tally_add(t, terms.term[i].hash, err);
    id = id_term(a.id);
    return st ? st : tally_add(t, hash64(id.s, id.len), err);
}

/* Write the deletions of a part beside it. */
static enum morgue_status
write_deletes(struct commit *c, struct commit_part *p, struct teller *teller,
              struct morgue_error *err)
{
    struct tally t = {.n = 0};
    enum morgue_status st = MORGUE_OK;

    for (uint32_t doc = 0; doc < p->s->docs && !st; doc++) {
        if (!segment_deleted(p->s, doc))
            continue;
        st = stop_failure(&c->w->stop, err);
        if (!st)
            st = tally_article(&t, teller, p->s, doc, err);
    }
    tally_join(&t);
    p->own.terms = (uint32_t)t.n;
    writer_name(c->w, "del", p->entry.deletes);
    if (!st)
        st = deletes_write(c->next.dir, p->entry.deletes, &p->own, p->s->docs,
                           t.term, &p->entry.deletes_sum, err);
    free(t.term);
    return st;
}

static enum morgue_status
write_all_deletes(struct commit *c, struct morgue_error *err)
{
    struct teller teller = {.maker = NULL};
    enum morgue_status st = term_maker_new(&teller.maker, err);

    arena_init(&teller.arena, SIZE_MAX / 2);
    if (!st)
        st = inflater_new(&teller.inflater, err);
    for (uint32_t i = 0; i < c->n && !st; i++)
        if (c->part[i].bit && !c->part[i].group && live(c->part + i) > 0)
            st = write_deletes(c, c->part + i, &teller, err);
    arena_free(&teller.arena);
    inflater_free(teller.inflater);
    term_maker_free(teller.maker);
    return st;
}

/* ---- which segments are merged ------------------------------------------ */

/* About how many bytes of a part are of articles that stay. */
static uint64_t
live_bytes(const struct commit_part *p)
{
    return p->s->docs ? p->s->size / p->s->docs * live(p) : 0;
}

static uint32_t
level_of(uint64_t bytes)
{
    uint32_t level = 0;

    for (; bytes > level_bytes && level < LEVELS - 1; bytes /= STEP)
        level++;
    return level;
}

/* Plan to merge the parts marked with `group`, in several merges where there
 * is much and there are threads for it.  Parts are in the order in which they
 * were made, so neighbours are of about the same dates. */
static void
split_group(struct commit *c, uint32_t group, uint64_t bytes, uint32_t parts)
{
    uint32_t ways = bytes >= split_bytes && !c->all ? c->w->threads : 1;
    uint32_t each, done = 0;

    if (ways > parts / 4)
        ways = parts >= 4 ? parts / 4 : 1;
    each = (parts + ways - 1) / ways;
    for (uint32_t i = 0; i < c->n; i++)
        if (c->part[i].group == group)
            c->part[i].group = c->groups + 1 + done++ / each;
    c->groups += ways;
}

/* Plan the merges. */
static void
plan(struct commit *c)
{
    enum { TAKEN = UINT16_MAX + 1 };
    uint64_t bytes = 0;
    uint32_t parts = 0;

    for (uint32_t level = 0; level < LEVELS; level++) {
        uint32_t n = parts > 0 && level_of(bytes) == level;

        for (uint32_t i = 0; i < c->n; i++)
            n += live(c->part + i) > 0 && c->part[i].group == 0 &&
                 level_of(live_bytes(c->part + i)) == level;
        if (n <= FAN && !c->all)
            continue;
        for (uint32_t i = 0; i < c->n; i++) {
            struct commit_part *p = c->part + i;

            if (live(p) == 0 || p->group || level_of(live_bytes(p)) != level)
                continue;
            p->group = TAKEN;
            bytes += live_bytes(p);
            parts++;
        }
    }
    if (parts > 0)
        split_group(c, TAKEN, bytes, parts);
    for (uint32_t i = 0; i < c->n; i++) {
        struct commit_part *p = c->part + i;

        if (p->group == 0 && live(p) > 0 &&
            p->s->docs - live(p) > p->s->docs / 3)
            p->group = ++c->groups;
    }
}

/* ---- merging ------------------------------------------------------------ */

static void *
merge_group(void *group)
{
    struct merge_group *g = group;
    struct commit *c = g->commit;
    struct segment **of = calloc(c->n + (size_t)1, sizeof *of);
    struct stop stop = c->w->stop;
    uint32_t n = 0;

    if (!of) {
        g->st = error_nomem(&g->err);
        return NULL;
    }
    for (uint32_t i = 0; i < c->n; i++)
        if (c->part[i].group == g->number)
            of[n++] = c->part[i].s;
    writer_name(c->w, "seg", g->made.segment.name);
    g->st = segment_merge(&g->made.segment, c->next.dir, of, n, c->all, &stop,
                          &g->err);
    free(of);
    return NULL;
}

/* Do all merges, so many at a time as there are threads. */
static enum morgue_status
merge_all(struct commit *c, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (uint32_t i = 0; i < c->groups && !st;) {
        uint32_t first = i;

        for (; i < c->groups && i < first + c->w->threads; i++) {
            struct merge_group *g = c->group + i;

            *g = (struct merge_group){.commit = c, .number = i + 1};
            /* the last one here, and what cannot have a thread */
            g->started = i + 1 < c->groups && i + 1 < first + c->w->threads &&
                         pthread_create(&g->thread, NULL, merge_group, g) == 0;
            if (!g->started)
                merge_group(g);
        }
        for (uint32_t k = first; k < i; k++) {
            if (c->group[k].started)
                pthread_join(c->group[k].thread, NULL);
            if (c->group[k].st && !st) {
                st = c->group[k].st;
                if (err)
                    *err = c->group[k].err;
            }
        }
    }
    return st;
}

/* ---- publishing --------------------------------------------------------- */

/* Sync the segments that are new in `m`: only now, so that nobody had to wait
 * for it, and what was merged meanwhile need not be. */
static enum morgue_status
sync_new(const struct commit *c, const struct manifest *m,
         struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < m->n && !st; i++) {
        const char *name = m->entry[i].segment.name;

        if (manifest_names(&c->w->reader.manifest, name))
            continue;
        st = stop_failure(&c->w->stop, err);
        if (!st)
            st = dir_sync_file(c->next.dir, name, err);
    }
    return st;
}

static enum morgue_status
publish(struct commit *c, struct morgue_error *err)
{
    struct manifest m = {.arrival = c->next.manifest.arrival};
    enum morgue_status st = stop_failure(&c->w->stop, err);

    for (uint32_t i = 0; i < c->n && !st; i++)
        if (!c->part[i].group && live(c->part + i) > 0)
            st = manifest_add(&m, &c->part[i].entry, err);
    for (uint32_t i = 0; i < c->groups && !st; i++)
        st = manifest_add(&m, &c->group[i].made, err);
    m.next_file = c->w->next_file;
    memcpy(m.analysis, c->w->reader.manifest.analysis, sizeof m.analysis);
    if (!st)
        st = sync_new(c, &m, err);
    if (!st) /* the new names have to be there before what names them */
        st = dir_sync(c->next.dir, err);
    if (!st)
        st = manifest_write(&m, c->next.dir, err);
    if (!st) {
        c->w->committed = true;
        (void)writer_clean(c->w, &m, NULL); /* else the next writer does */
    }
    manifest_free(&m);
    return st;
}

/* End the update. */
static enum morgue_status
commit(struct sg_writer *w, bool all, struct morgue_error *err)
{
    struct commit c = {.all = all};
    enum morgue_status st = open_next(&c, w, err);

    if (!st)
        st = settle(&c, err);
    if (!st)
        plan(&c);
    if (!st)
        st = merge_all(&c, err);
    if (!st)
        st = write_all_deletes(&c, err);
    if (!st)
        st = publish(&c, err);
    close_next(&c);
    return st;
}

enum morgue_status
sg_writer_commit(struct engine_writer *writer, struct morgue_error *err)
{
    return commit(sg_writer(writer), false, err);
}

enum morgue_status
sg_writer_compact(struct engine_writer *writer, struct morgue_error *err)
{
    struct sg_writer *w = sg_writer(writer);
    const struct snapshot *s = &w->reader.snapshot;

    return s->n > 0 ? commit(w, true, err) : MORGUE_OK;
}
