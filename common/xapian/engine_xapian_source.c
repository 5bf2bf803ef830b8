/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_source.c - documents of our own making, as parts of
 * libxapian's queries
 *
 * Each search asks a state of its own (xapian_c_search.h), all of which live
 * in the arena of the query.
 *
 * A look at places takes about 3 us: libxapian finds each list of positions
 * anew, from the root of its B-tree.  libxapian's own OP_PHRASE is asked for
 * those documents alone whose weight may bring them among the first; a source
 * cannot know the weight that the others give, and looks at all that have the
 * words.
 */
#include "engine_xapian_query.h"

#include <stdlib.h>

#include "../engine/places.h"

enum xc_status
xe_query_worked(struct xe_query *q, unsigned postings)
{
    enum { LOOK = 10000 };

    q->work += postings;
    if (q->work < LOOK)
        return XC_OK;
    q->work = 0;
    return stop_now(q->stop) ? XC_STOPPED : XC_OK;
}

/* ---- numbers of documents ----------------------------------------------- */

enum xc_status
xe_counted_new(struct counted **out, struct xe_query *q, struct xc_error *xerr)
{
    struct counted *c = arena_zero(&q->arena, 1, sizeof *c);

    *out = NULL;
    if (!c)
        return xe_nomem(xerr);
    c->query = q;
    c->next = q->counted;
    q->counted = c;
    c->number = calloc((size_t)q->last_id + 1, sizeof *c->number);
    if (!c->number)
        return xe_nomem(xerr);
    *out = c;
    return XC_OK;
}

/* Where a search is among them. */
struct counted_walk {
    const struct counted *c;
    xc_db *db;
    uint32_t id;
};

static enum xc_status
counted_start(void **state, struct xc_source_bounds *bounds, xc_db *db,
              void *counted, struct xc_error *xerr)
{
    const struct counted *c = counted;
    struct counted_walk *w = arena_zero(&c->query->arena, 1, sizeof *w);

    if (!w)
        return xe_nomem(xerr);
    w->c = c;
    w->db = db;
    bounds->least = bounds->likely = bounds->most = c->n;
    bounds->weight = c->weight;
    *state = w;
    return XC_OK;
}

static enum xc_status
counted_seek(uint32_t *id, uint32_t at, void *walk, struct xc_error *xerr)
{
    struct counted_walk *w = walk;
    const struct counted *c = w->c;
    uint64_t i = at;

    (void)xerr;
    while (i <= c->query->last_id && c->number[i] < c->least)
        i++;
    *id = w->id = i <= c->query->last_id ? (uint32_t)i : 0;
    return XC_OK;
}

static enum xc_status
counted_weight(double *weight, void *walk, struct xc_error *xerr)
{
    struct counted_walk *w = walk;
    const struct weighing *how = &w->c->query->weighing;
    uint32_t length;
    enum xc_status xst;

    if (!(w->c->weight > 0))
        return XC_OK;
    if (w->c->score) {
        *weight = w->c->score[w->id];
        return XC_OK;
    }
    xst = xc_db_length(&length, w->db, w->id, xerr);
    if (!xst)
        *weight = weighing_score(w->c->weight, w->c->number[w->id] - 1,
                                 weighing_norm(how, length));
    return xst;
}

/* Without a check: an OP_OR takes a source to be on the document that it was
 * asked about, which it may not have. */
enum xc_status
xe_query_counted(xc_query **out, struct counted *c, struct xc_error *xerr)
{
    static const struct xc_source source = {.start = counted_start,
                                            .seek = counted_seek,
                                            .weight = counted_weight};

    return xc_query_source(out, &source, c, xerr);
}

/* ---- places ------------------------------------------------------------- */

struct placed {
    struct xe_query *query;
    const struct query *node;
};

/* A term of the node, and the list of its documents. */
struct look_term {
    struct morgue_str s;
    xc_iter *it; /* NULL: not asked for yet */
    bool more;   /* it is on a document */
};

struct look {
    const struct placed *of;
    xc_db *db;
    struct places *places;
    struct place_source source;
    struct look_term *term;
    size_t n;
    uint32_t id; /* the document at hand */
    enum xc_status failed;
    struct xc_error detail;
};

/* The words of a stem: its synonyms (engine_xapian.c). */
static enum morgue_status
words_of_stem(void *look, struct morgue_str stem, struct places *places,
              struct morgue_error *err)
{
    struct look *l = look;
    enum morgue_status st = MORGUE_OK;
    xc_iter *it = NULL;
    bool more = true;
    size_t len;
    enum xc_status xst =
        xc_iter_synonyms(&it, l->db, stem.s, stem.len, &l->detail);

    while (!xst && !st && more) {
        xst = xc_iter_next(&more, it, &l->detail);
        if (!xst && more) {
            const char *s = xc_iter_bytes(it, &len);

            st = places_add_word(places, str_slice(s, len), err);
        }
    }
    xc_iter_free(it);
    l->failed = xst;
    return st ? st : from_xapian(err, xst, &l->detail, "read words");
}

static bool
has_term(void *look, size_t term)
{
    struct look *l = look;
    struct look_term *t = &l->term[term];

    if (l->failed)
        return false;
    if (!t->it) {
        l->failed =
            xc_iter_documents(&t->it, l->db, t->s.s, t->s.len, &l->detail);
        t->more = true;
    }
    if (!l->failed && t->more && xc_iter_id(t->it) < l->id)
        l->failed = xc_iter_skip_to(&t->more, t->it, l->id, &l->detail);
    return !l->failed && t->more && xc_iter_id(t->it) == l->id;
}

static void
read_positions(void *look, size_t term, struct places *places,
               struct position_list *out)
{
    struct look *l = look;
    const struct look_term *t = &l->term[term];
    xc_iter *it = NULL;
    bool more = true;
    uint32_t *to;

    if (!has_term(l, term))
        return;
    l->failed =
        xc_iter_positions(&it, l->db, l->id, t->s.s, t->s.len, &l->detail);
    while (!l->failed && more) {
        l->failed = xc_iter_next(&more, it, &l->detail);
        if (l->failed || !more)
            break;
        to = places_room(places, out, 1);
        if (!to) /* places_status will tell */
            break;
        *to = xc_iter_position(it);
        out->n++;
    }
    xc_iter_free(it);
}

static bool
look_terms_up(struct look *l, struct arena *arena)
{
    struct morgue_str term;

    while (places_term(l->places, l->n, &term))
        l->n++;
    l->term = arena_zero(arena, l->n + 1, sizeof *l->term);
    for (size_t i = 0; l->term && i < l->n; i++)
        (void)places_term(l->places, i, &l->term[i].s);
    return l->term != NULL;
}

static enum xc_status
look_failed(const struct look *l, struct xc_error *xerr)
{
    if (!l->failed)
        return xe_nomem(xerr); /* nothing else can fail */
    *xerr = l->detail;
    return l->failed;
}

static enum xc_status
look_start(void **state, struct xc_source_bounds *bounds, xc_db *db,
           void *placed, struct xc_error *xerr)
{
    const struct placed *of = placed;
    struct arena *arena = &of->query->arena;
    struct look *l = arena_zero(arena, 1, sizeof *l);

    if (!l)
        return xe_nomem(xerr);
    l->of = of;
    l->db = db;
    l->source = (struct place_source){.words = words_of_stem,
                                      .has = has_term,
                                      .read = read_positions,
                                      .payload = l,
                                      .stop = of->query->stop};
    if (places_new(&l->places, arena, of->node, &l->source, NULL) ||
        !look_terms_up(l, arena))
        return look_failed(l, xerr);
    bounds->likely = bounds->most = of->query->docs;
    *state = l;
    return XC_OK;
}

static enum xc_status
look_check(bool *is, uint32_t id, void *look, struct xc_error *xerr)
{
    enum { COST = 100 }; /* in postings, about */
    struct look *l = look;

    l->id = id;
    *is = places_match(l->places);
    if (l->failed || places_status(l->places, NULL))
        return look_failed(l, xerr);
    if (stop_seen(l->of->query->stop))
        return XC_STOPPED;
    return xe_query_worked(l->of->query, COST);
}

static enum xc_status
look_seek(uint32_t *id, uint32_t at, void *look, struct xc_error *xerr)
{
    const struct look *l = look;
    enum xc_status xst = XC_OK;
    bool is = false;
    uint64_t i = at;

    for (; i <= l->of->query->last_id && !xst && !is; i += !is)
        xst = look_check(&is, (uint32_t)i, look, xerr);
    *id = is ? (uint32_t)i : 0;
    return xst;
}

static void
look_end(void *look)
{
    struct look *l = look;

    for (size_t i = 0; i < l->n; i++)
        xc_iter_free(l->term[i].it);
}

enum xc_status
xe_query_placed(xc_query **out, struct xe_query *q, const struct query *node,
                struct xc_error *xerr)
{
    static const struct xc_source source = {.start = look_start,
                                            .seek = look_seek,
                                            .check = look_check,
                                            .end = look_end};
    struct placed *placed = arena_zero(&q->arena, 1, sizeof *placed);

    if (!placed)
        return xe_nomem(xerr);
    *placed = (struct placed){.query = q, .node = node};
    return xc_query_source(out, &source, placed, xerr);
}

/* ---- fields that have something in them --------------------------------- */

struct having {
    struct xe_query *query;
    uint32_t fields;
};

/* Where a search is among the values, which all documents have. */
struct fields_walk {
    const struct having *of;
    xc_iter *it;
};

static enum xc_status
fields_start(void **state, struct xc_source_bounds *bounds, xc_db *db,
             void *having, struct xc_error *xerr)
{
    const struct having *h = having;
    struct fields_walk *w = arena_zero(&h->query->arena, 1, sizeof *w);

    if (!w)
        return xe_nomem(xerr);
    w->of = h;
    bounds->likely = bounds->most = h->query->docs;
    *state = w;
    return xc_iter_values(&w->it, db, SLOT_FIELDS, xerr);
}

static bool
has_fields(const struct fields_walk *w)
{
    size_t len;
    const char *key = xc_iter_bytes(w->it, &len);

    return len == NUMBER_KEY &&
           (key_number(key) & w->of->fields) == w->of->fields;
}

static enum xc_status
fields_seek(uint32_t *id, uint32_t at, void *walk, struct xc_error *xerr)
{
    struct fields_walk *w = walk;
    bool more = true;
    enum xc_status xst = xc_iter_skip_to(&more, w->it, at, xerr);

    while (!xst && more && !has_fields(w)) {
        xst = xc_iter_next(&more, w->it, xerr);
        if (!xst)
            xst = xe_query_worked(w->of->query, 1);
    }
    *id = !xst && more ? xc_iter_id(w->it) : 0;
    return xst;
}

static void
fields_end(void *walk)
{
    struct fields_walk *w = walk;

    xc_iter_free(w->it);
}

/* Without a check, as xe_query_counted. */
enum xc_status
xe_query_fields(xc_query **out, struct xe_query *q, uint32_t fields,
                struct xc_error *xerr)
{
    static const struct xc_source source = {
        .start = fields_start, .seek = fields_seek, .end = fields_end};
    struct having *h = arena_zero(&q->arena, 1, sizeof *h);

    if (!h)
        return xe_nomem(xerr);
    *h = (struct having){.query = q, .fields = fields};
    return xc_query_source(out, &source, h, xerr);
}

/* ---- ids ---------------------------------------------------------------- */

struct above {
    const struct xe_query *query;
    uint32_t id;
};

static enum xc_status
above_start(void **state, struct xc_source_bounds *bounds, xc_db *db,
            void *above, struct xc_error *xerr)
{
    const struct above *a = above;

    (void)db, (void)xerr;
    bounds->likely = bounds->most = a->query->docs;
    *state = above;
    return XC_OK;
}

/* Whoever asks is told to go on from there, and leaves out what is before. */
static enum xc_status
above_seek(uint32_t *id, uint32_t at, void *above, struct xc_error *xerr)
{
    const struct above *a = above;

    (void)xerr;
    *id = at > a->id ? at : a->id + 1;
    if (*id > a->query->last_id)
        *id = 0;
    return XC_OK;
}

enum xc_status
xe_query_above(xc_query **out, struct xe_query *q, uint32_t id,
               struct xc_error *xerr)
{
    static const struct xc_source source = {.start = above_start,
                                            .seek = above_seek};
    struct above *a = arena_zero(&q->arena, 1, sizeof *a);

    if (!a)
        return xe_nomem(xerr);
    *a = (struct above){.query = q, .id = id};
    return xc_query_source(out, &source, a, xerr);
}
