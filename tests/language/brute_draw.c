/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_draw.c - random trees of every operator
 *
 * What may stand where is what the page of the language says: a side of a
 * proximity is a word, phrase, wildcard or fuzzy word, a group of these by OR,
 * or a proximity; NOT w/n stands at the top of one.  Under any-of, words
 * beside each other are a list with + and -, by itself or in brackets.
 */
#include <stdlib.h>

#include "brute.h"

void
brute_begin(struct brute_drawing *d, struct brute_corpus *c, struct arena *a,
            struct brute_rng *r)
{
    *d = (struct brute_drawing){.c = c, .a = a, .r = r, .leaves = 8};
    d->article = brute_below(r, c->n);
}

/* A node over some children. */
static struct brute_node *
over(struct brute_drawing *d, enum brute_op op, struct brute_node *first,
     struct brute_node *second)
{
    struct brute_node *n = brute_new(d, op);

    if (!n || !first)
        return NULL;
    n->child[n->child_n++] = first;
    if (second)
        n->child[n->child_n++] = second;
    return n;
}

static void
add(struct brute_node *n, struct brute_node *child)
{
    if (n && child && n->child_n < BRUTE_CHILDREN)
        n->child[n->child_n++] = child;
}

/* ---- what has places ---- */

static struct brute_node *
draw_side_group(struct brute_drawing *d, unsigned depth)
{
    struct brute_node *n = brute_new(d, BRUTE_OR);
    size_t k = 2 + brute_below(d->r, 2);

    for (size_t i = 0; i < k; i++)
        add(n, brute_chance(d->r, 80) ? brute_draw_leaf(d, BRUTE_BODY)
                                      : brute_draw_side(d, depth));
    return n;
}

static struct brute_node *
draw_near(struct brute_drawing *d, enum brute_op op, unsigned depth)
{
    static const unsigned far[] = {1, 2, 3, 5, 8, 10, 10, 20, 50, 500};
    struct brute_node *n = brute_new(d, op);
    size_t unit = brute_below(d->r, 100);

    if (!n)
        return NULL;
    n->unit = unit < 65   ? BRUTE_POSITIONS
              : unit < 85 ? BRUTE_SENTENCE
                          : BRUTE_PARAGRAPH;
    n->n = brute_chance(d->r, 70) ? far[brute_below(d->r, 10)]
                                  : 1 + (unsigned)brute_below(d->r, 30);
    n->ordered = op == BRUTE_NEAR && n->unit == BRUTE_POSITIONS &&
                 brute_chance(d->r, 30);
    add(n, brute_draw_side(d, depth));
    add(n, brute_draw_side(d, depth));
    return n->child_n == 2 ? n : NULL;
}

struct brute_node *
brute_draw_side(struct brute_drawing *d, unsigned depth)
{
    size_t how = brute_below(d->r, 100);
    struct brute_node *n;

    if (depth > 0 && how < 18)
        return draw_near(d, BRUTE_NEAR, depth - 1);
    if (depth > 0 && how < 32)
        return draw_side_group(d, depth - 1);
    n = brute_draw_leaf(d, BRUTE_BODY);
    if (how > 96 && n) {
        n = over(d, BRUTE_FIELD, n, NULL);
        if (n)
            n->field = brute_chance(d->r, 50) ? BRUTE_TITLE : BRUTE_BODY;
    } else if (how > 93 && n) {
        n = over(d, BRUTE_WEIGHT, n, NULL);
        if (n)
            n->weight = 0.5 + (double)brute_below(d->r, 6) / 2;
    }
    return n;
}

/* hlead(x), lead(x), atleastN(x) */
static struct brute_node *
draw_around(struct brute_drawing *d)
{
    struct brute_node *n;
    size_t how = brute_below(d->r, 100);

    if (how < 40) {
        n = brute_new(d, BRUTE_ATLEAST);
        if (n)
            n->n = 1 + (unsigned)brute_below(d->r, 6);
        add(n, brute_chance(d->r, 70) ? brute_draw_leaf(d, BRUTE_BODY)
                                      : draw_side_group(d, 0));
    } else {
        n = brute_new(d, how < 75 ? BRUTE_HLEAD : BRUTE_LEAD);
        if (how % 4 == 0)
            add(n, over(d, BRUTE_AND, brute_draw_leaf(d, BRUTE_BODY),
                        brute_draw_leaf(d, BRUTE_BODY)));
        else
            add(n, brute_draw_side(d, 1));
    }
    return n && n->child_n > 0 ? n : NULL;
}

static struct brute_node *
draw_placed(struct brute_drawing *d)
{
    size_t how = brute_below(d->r, 100);

    if (how < 60)
        return draw_near(d, BRUTE_NEAR, 2);
    return how < 72 ? draw_near(d, BRUTE_APART, 1) : draw_around(d);
}

/* ---- fields ---- */

/* title:x, title:(a OR b), author:"a b", place:(usa OR u*), and proximities */
static struct brute_node *
draw_field(struct brute_drawing *d)
{
    static const enum brute_kind kinds[] = {
        BRUTE_TITLE, BRUTE_TITLE,  BRUTE_TITLE, BRUTE_BODY,
        BRUTE_BODY,  BRUTE_AUTHOR, BRUTE_PLACE, BRUTE_TOPIC};
    enum brute_kind kind = kinds[brute_below(d->r, 8)];
    struct brute_node *n = brute_new(d, BRUTE_FIELD), *group;
    size_t how = brute_below(d->r, 100);

    if (!n)
        return NULL;
    n->field = kind;
    if (how < 70) {
        add(n, brute_draw_leaf(d, kind));
    } else if (how < 90) {
        group = brute_new(d, how < 80 ? BRUTE_OR : BRUTE_AND);
        add(group, brute_draw_leaf(d, kind));
        add(group, brute_draw_leaf(d, kind));
        if (group && how >= 87)
            add(group, over(d, BRUTE_NOT, brute_draw_leaf(d, kind), NULL));
        add(n, group);
    } else {
        group = over(d, BRUTE_NEAR, brute_draw_leaf(d, kind),
                     brute_draw_leaf(d, kind));
        if (group) {
            group->n = 1 + (unsigned)brute_below(d->r, 20);
            group->ordered = brute_chance(d->r, 30);
        }
        add(n, group);
    }
    return n->child_n > 0 ? n : NULL;
}

/* ---- what is of articles ---- */

static struct brute_node *
draw_not(struct brute_drawing *d, unsigned depth)
{
    struct brute_node *x = brute_chance(d->r, 25) ? brute_draw_filter(d)
                                                  : brute_draw_tree(d, depth);

    return x && x->op == BRUTE_NOT ? x : over(d, BRUTE_NOT, x, NULL);
}

static struct brute_node *
draw_group(struct brute_drawing *d, enum brute_op op, unsigned depth)
{
    struct brute_node *n = brute_new(d, op);
    size_t k = 2 + brute_below(d->r, 3);

    for (size_t i = 0; i < k; i++) {
        size_t how = brute_below(d->r, 100);

        if (how < 15 && op != BRUTE_SOME)
            add(n, brute_draw_filter(d));
        else if (how < 30 && depth > 0 && op == BRUTE_AND)
            add(n, draw_not(d, depth - 1));
        else if (how < 33 && depth > 0 && op == BRUTE_OR)
            add(n, draw_not(d, depth - 1));
        else if (how < 60 || depth == 0 || op == BRUTE_SOME)
            add(n, brute_draw_leaf(d, BRUTE_BODY));
        else
            add(n, brute_draw_tree(d, depth - 1));
    }
    if (n && op == BRUTE_SOME)
        n->n = 1 + (unsigned)brute_below(d->r, n->child_n);
    return n && n->child_n > 1 ? n : NULL;
}

/* Words beside each other under any-of. */
static struct brute_node *
draw_list(struct brute_drawing *d, unsigned depth)
{
    struct brute_node *n = brute_new(d, BRUTE_LIST);
    size_t k = 2 + brute_below(d->r, 4);
    bool positive = false;

    for (size_t i = 0; i < k && n; i++) {
        struct brute_node *x = brute_chance(d->r, 75) || depth == 0
                                   ? brute_draw_leaf(d, BRUTE_BODY)
                                   : brute_draw_tree(d, depth - 1);
        size_t how = brute_below(d->r, 100);

        if (!x || x->op == BRUTE_NOT || x->op == BRUTE_LIST ||
            x->op == BRUTE_EVERY)
            continue;
        n->sign[n->child_n] = how < 15               ? '+'
                              : how < 30 && positive ? '-'
                                                     : ' ';
        positive |= n->sign[n->child_n] != '-';
        add(n, x);
    }
    return n && n->child_n > 0 ? n : NULL;
}

static struct brute_node *
draw_weight(struct brute_drawing *d, unsigned depth)
{
    struct brute_node *x = brute_draw_tree(d, depth);
    struct brute_node *n =
        x && x->op == BRUTE_NOT ? x : over(d, BRUTE_WEIGHT, x, NULL);

    if (n)
        n->weight = 0.5 + (double)brute_below(d->r, 6) / 2;
    return n;
}

struct brute_node *
brute_draw_tree(struct brute_drawing *d, unsigned depth)
{
    size_t how = brute_below(d->r, 100);
    struct brute_node *n = NULL;

    if (depth == 0 || d->leaves == 0)
        how = 60 + how * 2 / 5;
    if (how < 24)
        n = draw_group(d, BRUTE_AND, depth - 1);
    else if (how < 40)
        n = draw_group(d, BRUTE_OR, depth - 1);
    else if (how < 46)
        n = draw_not(d, depth - 1);
    else if (how < 52)
        n = draw_group(d, BRUTE_SOME, depth - 1);
    else if (how < 56)
        n = draw_weight(d, depth - 1);
    else if (how < 60 && d->any)
        n = draw_list(d, depth - 1);
    else if (how < 76)
        n = draw_placed(d);
    else if (how < 86)
        n = draw_field(d);
    else if (how < 90)
        n = brute_draw_filter(d);
    else if (how == 90)
        n = brute_new(d, BRUTE_EVERY);
    return n ? n : brute_draw_leaf(d, BRUTE_BODY);
}

bool
brute_draw(struct brute_query *out, struct brute_corpus *c, struct arena *a,
           struct brute_rng *r)
{
    static const char *const tz[] = {"UTC", "+02:00", "-05:30",
                                     "Europe/Warsaw"};
    struct brute_drawing d;

    brute_begin(&d, c, a, r);
    *out = (struct brute_query){.any = brute_chance(r, 25)};
    if (brute_chance(r, 10))
        out->tz = tz[brute_below(r, 4)];
    d.any = out->any;
    d.tz = out->tz;
    out->root = d.any && brute_chance(r, 60)
                    ? draw_list(&d, 2)
                    : brute_draw_tree(&d, 1 + (unsigned)brute_below(r, 3));
    if (!out->root)
        out->root = brute_draw_leaf(&d, BRUTE_BODY);
    return !d.failed && out->root;
}
