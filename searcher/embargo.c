/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * embargo.c - articles are not shown before their time
 *
 * The index has a term for each time until which there is an embargo
 * (term.h), in the order of time.  Those still to come when the archive is
 * opened or refreshed are remembered, and taken out of each search as long as
 * they are to come.  A search costs a look at the latest; an archive without
 * embargoes nothing.
 */
#include "embargo.h"

#include <time.h>

#include "../common/article/date.h"
#include "../common/base/buf.h"

struct embargo {
    struct morgue_str term;
    struct embargo *before;
};

/* Now, as the term of an embargo that ends now. */
struct now {
    char s[sizeof FIELD_EMBARGO_PREFIX + MORGUE_DATE_MAX];
    size_t len;
};

static struct now
term_of_now(void)
{
    struct morgue_date date = {.seconds = time(NULL),
                               .precision = MORGUE_DATE_SECOND};
    struct now n = {.s = FIELD_EMBARGO_PREFIX,
                    .len = sizeof FIELD_EMBARGO_PREFIX - 1};

    morgue_date_print(n.s + n.len, date);
    for (; n.s[n.len]; n.len++)
        n.s[n.len] = to_lower(n.s[n.len]);
    return n;
}

static bool
is_to_come(struct morgue_str term, const struct now *now)
{
    return term.len == now->len && memcmp(term.s, now->s, now->len) > 0;
}

void
embargoes_init(struct embargoes *e)
{
    e->last = NULL;
    arena_init(&e->arena, (size_t)1 << 28);
}

void
embargoes_free(struct embargoes *e)
{
    arena_free(&e->arena);
    e->last = NULL;
}

struct embargo_reading {
    struct embargoes *e;
    struct now now;
    bool nomem;
};

static bool
add(struct morgue_str term, uint64_t articles, void *reading)
{
    struct embargo_reading *r = reading;
    struct embargo *one;

    (void)articles;
    if (!is_to_come(term, &r->now))
        return true;
    one = arena_alloc(&r->e->arena, sizeof *one);
    r->nomem = !one || !arena_str(&r->e->arena, term, &one->term);
    if (r->nomem)
        return false;
    one->before = r->e->last;
    r->e->last = one;
    return true;
}

enum morgue_status
embargoes_read(struct embargoes *e, struct engine_reader *reader,
               struct morgue_error *err)
{
    struct embargo_reading r = {.e = e, .now = term_of_now()};
    enum morgue_status st;

    e->last = NULL;
    arena_reset(&e->arena);
    st = engine_terms(reader, STR(FIELD_EMBARGO_PREFIX), add, &r, err);
    return !st && r.nomem ? error_nomem(err) : st;
}

struct query *
embargoes_filter(struct arena *arena, struct query *q,
                 const struct embargoes *e)
{
    struct query **child;
    struct now now;
    size_t n = 0, i = 1;

    if (!e->last || !q)
        return q;
    now = term_of_now();
    for (struct embargo *at = e->last; at && is_to_come(at->term, &now);
         at = at->before)
        n++;
    if (n == 0)
        return q;
    child = arena_alloc(arena, (n + 1) * sizeof *child);
    if (!child)
        return NULL;
    child[0] = q;
    for (struct embargo *at = e->last; i <= n; at = at->before)
        child[i++] = query_term(arena, at->term, 1);
    return query_node(arena, QUERY_NOT, child, n + 1);
}

bool
embargo_holds(const struct morgue_article *a)
{
    struct morgue_date until;

    return a->embargo.len > 0 && date_parse(a->embargo, &until) &&
           until.seconds > time(NULL);
}
