/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * laws.c - what holds for all trees, whoever answers
 *
 * Engines are held against plain code, and plain code against laws that follow
 * from the sense of the operators and need no second implementation: a phrase
 * is among what has its words, the order of sides does not matter, what is in
 * reach stays so in a greater one.  The engines' own answers are asked where
 * they can, so that a law holds for them whatever plain code says.
 */
#include <stdlib.h>

#include "drawing.h"
#include "plain.h"

/* Which articles match a tree, by their place in the facts. */
struct set {
    bool *has;
    size_t n;
};

struct law {
    const struct plain *p;
    struct facts *facts;
    struct arena *arena;
    struct rng *rng;
    int side; /* an engine; SIDES: plain code */
    const char *name;
    bool left_out;
};

/* ---- sets --------------------------------------------------------------- */

static bool
ask_plain(struct law *l, struct set *out, const struct query *q)
{
    struct engine_params params = {.k1 = 1.2, .b = 0.75};
    struct row *row;

    l->left_out =
        !plain_rows(&row, &out->n, l->p, l->arena, q, &params) || l->left_out;
    for (size_t i = 0; !l->left_out && i < out->n; i++)
        out->has[row[i].article] = true;
    return !l->left_out;
}

static bool
ask_engine(struct law *l, struct set *out, const struct query *q)
{
    struct engine_params params = {
        .k1 = 1.2, .b = 0.75, .limit = l->facts->n + 1, .exact_total = true};
    struct engine_hits hits;
    struct morgue_error err;

    if (engine_search(&hits, l->facts->pair->s[l->side]->reader, l->arena, q,
                      &params, &err))
        return complain("law '%s': %s", l->name, err.message);
    out->n = hits.n;
    for (size_t i = 0; i < hits.n; i++) {
        size_t a = facts_of_number(l->facts, l->side, hits.hit[i].number);

        if (a == SIZE_MAX || out->has[a])
            return complain("law '%s': a hit is none, or comes twice",
                            l->name);
        out->has[a] = true;
    }
    return true;
}

static struct set
ask(struct law *l, const struct query *q)
{
    struct set out = {arena_zero(l->arena, l->facts->n + 1, sizeof *out.has),
                      0};
    bool engine = l->side < SIDES;

    if (!out.has || !q ||
        !(engine ? ask_engine(l, &out, q) : ask_plain(l, &out, q)))
        l->left_out = true;
    return out;
}

static bool
broken(const struct law *l, const struct query *a, const struct query *b)
{
    struct buf text;

    buf_init(&text, 1 << 20);
    query_print(&text, a);
    buf_str(&text, STR("  and  "));
    query_print(&text, b);
    complain("%s: law '%s' does not hold: %s",
             l->side < SIDES ? l->facts->pair->engine[l->side] : "plain",
             l->name, buf_view(&text).s);
    buf_free(&text);
    return false;
}

/* Whether all that match `a` match `b`. */
static bool
is_among(struct law *l, const char *name, const struct query *a,
         const struct query *b)
{
    struct set x, y;

    l->name = name;
    x = ask(l, a);
    y = ask(l, b);
    for (size_t i = 0; !l->left_out && i < l->facts->n; i++)
        if (x.has[i] && !y.has[i])
            return broken(l, a, b);
    return true;
}

static bool
is_same(struct law *l, const char *name, const struct query *a,
        const struct query *b)
{
    return is_among(l, name, a, b) && is_among(l, name, b, a);
}

/* ---- laws --------------------------------------------------------------- */

static struct query *
copy_with(struct law *l, const struct query *q, enum query_op op)
{
    return query_counted(l->arena, op, q->n, q->child, q->child_n);
}

/* A greater reach, or number of words between, holds what a smaller does. */
static bool
greater_holds(struct law *l, const struct query *q)
{
    struct query *more = copy_with(l, q, q->op);
    bool near = q->op == QUERY_NEAR;

    if (!more)
        return true;
    more->n +=
        q->op == QUERY_WITHIN || (q->op == QUERY_PHRASE && q->n < REACH_MAX);
    more->reach = q->reach;
    more->part = q->part;
    more->reach.n += more->reach.n > 0 && more->reach.n < REACH_MAX;
    if (q->op == QUERY_TIMES) {
        more->n++;
        return is_among(l, "n + 1 times is among n times", more, q);
    }
    return q->op == QUERY_APART
               ? is_among(l, "apart by n + 1 is among apart by n", more, q)
               : is_among(l,
                          near ? "near n is among near n + 1"
                               : "n is among n + 1",
                          q, more);
}

/* A sentence is part of a paragraph, and order a condition more. */
static bool
units_nest(struct law *l, const struct query *q)
{
    struct reach sentence = {.unit = REACH_SENTENCE,
                             .ordered = q->reach.ordered};
    struct reach paragraph = {.unit = REACH_PARAGRAPH,
                              .ordered = q->reach.ordered};
    struct reach any = q->reach;
    const struct query *s =
        query_reach(l->arena, q->op, &sentence, q->child[0], q->child[1]);
    const struct query *p =
        query_reach(l->arena, q->op, &paragraph, q->child[0], q->child[1]);
    const struct query *o;

    any.ordered = false;
    o = query_reach(l->arena, q->op, &any, q->child[0], q->child[1]);
    if (q->op == QUERY_APART)
        return is_among(l, "apart in paragraphs is among apart in sentences",
                        p, s) &&
               is_among(l, "apart is among apart behind", o, q);
    return is_among(l, "near in a sentence is among near in a paragraph", s,
                    p) &&
           is_among(l, "near in order is among near", q, o);
}

/* NEAR does not mind which side is which, nor do both orders together. */
static bool
sides_change(struct law *l, const struct query *q)
{
    struct reach r = q->reach;
    struct query *ordered[2];
    const struct query *there, *back;

    r.ordered = true;
    ordered[0] =
        query_reach(l->arena, QUERY_NEAR, &r, q->child[0], q->child[1]);
    ordered[1] =
        query_reach(l->arena, QUERY_NEAR, &r, q->child[1], q->child[0]);
    r.ordered = false;
    there = query_reach(l->arena, QUERY_NEAR, &r, q->child[0], q->child[1]);
    back = query_reach(l->arena, QUERY_NEAR, &r, q->child[1], q->child[0]);
    return is_same(l, "near is symmetric", there, back) &&
           is_same(l, "near is one order or the other", there,
                   query_node(l->arena, QUERY_ANY, ordered, 2));
}

/* Of APART, all that match have the first; of others, all children. */
static bool
words_are_there(struct law *l, const struct query *q)
{
    if (q->op == QUERY_APART)
        return is_among(l, "apart is among its first", q, q->child[0]);
    return is_among(l, "a node with places is among all of its children", q,
                    copy_with(l, q, QUERY_ALL));
}

static bool
parts_nest(struct law *l, const struct query *q)
{
    struct query *child = q->child[0];
    const struct query *lead = query_within(l->arena, PART_LEAD, q->n, child);
    const struct query *body = query_within(l->arena, PART_BODY, q->n, child);
    const struct query *head =
        query_within(l->arena, PART_HEADLEAD, q->n, child);

    return is_among(l, "the lead is among the body", lead, body) &&
           is_among(l, "the lead is among the head and lead", lead, head);
}

/* EVERY without a tree is all that do not match it. */
static bool
rest_is_complement(struct law *l, struct query *q)
{
    struct query *part[2] = {query_node(l->arena, QUERY_EVERY, NULL, 0), q};
    struct query *rest = query_node(l->arena, QUERY_NOT, part, 2);
    struct set a, b;

    l->name = "not is the complement";
    a = ask(l, q);
    b = ask(l, rest);
    for (size_t i = 0; !l->left_out && i < l->facts->n; i++)
        if (a.has[i] == b.has[i])
            return broken(l, q, rest);
    return true;
}

static bool
laws_of(struct law *l, struct query *q)
{
    bool good = rest_is_complement(l, q) && words_are_there(l, q) &&
                greater_holds(l, q);

    if (good && (q->op == QUERY_NEAR || q->op == QUERY_APART))
        good = units_nest(l, q);
    if (good && q->op == QUERY_NEAR)
        good = sides_change(l, q);
    if (good && q->op == QUERY_WITHIN)
        good = parts_nest(l, q);
    return good;
}

bool
laws_hold(const struct plain *p, struct facts *f, struct rng *r)
{
    struct arena arena;
    struct drawing d = {.arena = &arena, .facts = f, .rng = r};
    struct law l = {.p = p, .facts = f, .arena = &arena, .rng = r};
    struct query *q;
    bool good = true;

    arena_init(&arena, SIZE_MAX / 2);
    q = draw_placed(&d);
    if (q && query_is_placed(q->op))
        for (l.side = 0; l.side <= SIDES && good; l.side++) {
            l.left_out = false;
            good = laws_of(&l, q);
        }
    arena_free(&arena);
    return good;
}
