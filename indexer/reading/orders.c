/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * orders.c - which of the numbers in a source's dates is the day
 *
 * 5/12/1905 is 5 December where another date of its file says 25/12/1905.  The
 * dates of a file with many records are a group, and so are those of all files
 * with one record that a source has.  The first AHEAD dates of a group decide:
 * an order stands where it has TIMES as many dates that are right in it alone
 * as the other; so a misprint or two spoil nothing, and a file that mixes both
 * has none.  Where no date of a group tells, what the archive knows of its
 * path from before counts (order_book.h), else the year is all that is taken.
 *
 * Records are held from the first whose date is right in both orders until the
 * group has its dates or ends, and go on in the order in which they came.  A
 * first pass over the file would need no memory, but pipes and what is packed
 * cannot be read twice, and all else would be read at half the speed.  Whoever
 * has no such date is held for nothing.
 *
 * Cost: memory up to HELD_BYTES of records, then the order is decided by what
 * was read.  A record that is held is copied once.
 *
 * Not handled: captures in web archives, whose pages say their dates by other
 * means.
 */
#include "orders.h"

#include <stdlib.h>

#include "../../common/article/date.h"
#include "story.h"
#include "written.h"

enum { AHEAD = 10000, TIMES = 20, HELD_BYTES = 64 << 20, RECORD_COST = 512 };

struct order_group {
    struct order_group *next;
    struct morgue_str path; /* "": none */
    enum morgue_order order;
    bool decided;
    bool open;            /* it has dates that are right in both */
    uint64_t dates, n[3]; /* those that are right in one, by it */
};

struct order_held {
    struct order_held *next;
    struct order_group *group;
    struct morgue_article article;
    struct morgue_origin origin;
    struct morgue_str written; /* a date that is right in both; "" */
    int64_t now;
};

struct orders {
    struct order_book *book;
    const struct sink *sink;
    struct order_group *group;
    struct order_held *first, **last;
    size_t bytes;
    struct arena groups, arena; /* of groups; of what is held */
};

enum morgue_status
orders_new(struct orders **out, struct order_book *book,
           const struct sink *sink, struct morgue_error *err)
{
    struct orders *o = calloc(1, sizeof *o);

    *out = o;
    if (!o)
        return error_nomem(err);
    o->book = book;
    o->sink = sink;
    o->last = &o->first;
    arena_init(&o->groups, SIZE_MAX / 2);
    arena_init(&o->arena, SIZE_MAX / 2);
    return MORGUE_OK;
}

void
orders_free(struct orders *o)
{
    if (!o)
        return;
    arena_free(&o->groups);
    arena_free(&o->arena);
    free(o);
}

struct order_group *
orders_group(struct orders *o, const char *path, struct morgue_error *err)
{
    struct order_group *g = arena_zero(&o->groups, 1, sizeof *g);
    struct morgue_str name = STR("");

    if (!g || (path && !arena_str(&o->groups, str_of(path), &name))) {
        error_nomem(err);
        return NULL;
    }
    g->path = name;
    g->next = o->group;
    o->group = g;
    return g;
}

/* ---- deciding ----------------------------------------------------------- */

static enum morgue_status
decide(struct orders *o, struct order_group *g, struct morgue_error *err)
{
    uint64_t dmy = g->n[MORGUE_ORDER_DMY], mdy = g->n[MORGUE_ORDER_MDY];

    if (g->decided)
        return MORGUE_OK;
    g->decided = true;
    if (dmy > 0 && dmy >= TIMES * mdy)
        g->order = MORGUE_ORDER_DMY;
    else if (mdy > 0 && mdy >= TIMES * dmy)
        g->order = MORGUE_ORDER_MDY;
    else if (dmy == 0 && mdy == 0 && o->book && g->open)
        g->order = order_book_get(o->book, g->path);
    if (g->order == MORGUE_ORDER_NONE || !o->book || !g->open ||
        g->path.len == 0)
        return MORGUE_OK;
    return order_book_put(o->book, g->path, g->order, err);
}

/* Give an article the date that it has by the order of its group. */
static enum morgue_status
resolve(struct morgue_article *a, struct morgue_origin *origin,
        const struct order_group *g, struct morgue_str written, int64_t now,
        struct arena *arena, struct morgue_error *err)
{
    struct date_how how = {.order = g->order};
    const struct morgue_str note = STR(" (" WRITTEN_OPEN ")");
    struct morgue_date date;
    size_t n = a->date_source.len;

    if (g->order == MORGUE_ORDER_NONE || written.len == 0 ||
        !date_read(written, &how, &date))
        return MORGUE_OK;
    a->date = date;
    origin->undated = NULL;
    if (n >= note.len &&
        memcmp(a->date_source.s + n - note.len, note.s, note.len) == 0)
        a->date_source.len -= note.len;
    if (!arena_str(arena, a->date_source, &a->date_source))
        return error_nomem(err);
    return story_settle(a, arena, now, err);
}

static enum morgue_status
hand_on(struct orders *o, struct order_held *h, struct morgue_error *err)
{
    enum morgue_status st = resolve(&h->article, &h->origin, h->group,
                                    h->written, h->now, &o->arena, err);

    return st ? st
              : o->sink->record(&h->article, &h->origin, o->sink->payload,
                                err);
}

/* Hand on what waits for nothing any more. */
static enum morgue_status
release(struct orders *o, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    while (!st && o->first &&
           (o->first->written.len == 0 || o->first->group->decided)) {
        struct order_held *h = o->first;

        o->first = h->next;
        st = hand_on(o, h, err);
    }
    if (!o->first) {
        o->last = &o->first;
        o->bytes = 0;
        arena_reset(&o->arena);
    }
    return st;
}

static enum morgue_status
decide_all(struct orders *o, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (struct order_group *g = o->group; g && !st; g = g->next)
        st = decide(o, g, err);
    return st ? st : release(o, err);
}

/* ---- records ------------------------------------------------------------ */

/* Count a date of the group; whether it is right in both orders. */
static bool
look(struct order_group *g, struct morgue_str written)
{
    struct date_how how = {.order = MORGUE_ORDER_NONE};
    struct morgue_date date;

    if (written.len == 0 || !date_read(written, &how, &date))
        return false;
    if (!g->decided) {
        g->dates++;
        g->open |= how.open;
        if (how.shows)
            g->n[how.shows]++;
    }
    return how.open;
}

static enum morgue_status
hold(struct orders *o, const struct order_held *like, struct morgue_error *err)
{
    struct order_held *h = arena_zero(&o->arena, 1, sizeof *h);
    struct morgue_str path, why = STR("");
    const struct morgue_article *a = &like->article;
    enum morgue_status st;

    if (!h)
        return error_nomem(err);
    *h = *like;
    h->next = NULL;
    st = record_copy(&h->article, &o->arena, a, err);
    if (st)
        return st;
    if (!arena_str(&o->arena, str_of(like->origin.path), &path) ||
        !arena_str(&o->arena, like->written, &h->written) ||
        (like->origin.undated &&
         !arena_str(&o->arena, str_of(like->origin.undated), &why)))
        return error_nomem(err);
    h->origin.path = path.s;
    if (like->origin.undated)
        h->origin.undated = why.s;
    *o->last = h;
    o->last = &h->next;
    o->bytes += RECORD_COST + a->title.len + a->body.len + a->extra.len;
    return MORGUE_OK;
}

enum morgue_status
orders_record(struct orders *o, struct order_group *group,
              const struct morgue_article *article,
              const struct morgue_origin *origin, struct morgue_str written,
              int64_t now, struct morgue_error *err)
{
    bool open = look(group, written);
    struct order_held h = {.group = group,
                           .article = *article,
                           .origin = *origin,
                           .written = open ? written : STR(""),
                           .now = now};
    enum morgue_status st;

    if (!o->first && (!open || group->decided)) {
        st = hand_on(o, &h, err);
        if (!o->first)
            arena_reset(&o->arena);
        return st;
    }
    st = hold(o, &h, err);
    if (!st && group->dates >= AHEAD)
        st = decide(o, group, err);
    if (!st && o->bytes >= HELD_BYTES)
        st = decide_all(o, err);
    return st ? st : release(o, err);
}

enum morgue_status
orders_group_end(struct orders *o, struct order_group *group,
                 struct morgue_error *err)
{
    enum morgue_status st = decide(o, group, err);

    return st ? st : release(o, err);
}

enum morgue_status
orders_end(struct orders *o, struct morgue_error *err)
{
    return decide_all(o, err);
}
