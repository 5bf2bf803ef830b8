/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shape.c - a syntax tree, as typed, brought to what engines can do
 *
 * From the leaves up, so that the sides of a proximity are shaped when it is
 * looked at.  A side that is no run of words is taken apart: an AND of two
 * becomes two proximities, one for each.
 */
#include "shape.h"

struct shaping {
    struct arena *arena;
    struct query_notes *notes;
    struct morgue_error *err;
    enum morgue_status status;
    size_t made;
};

static struct ast *shape(struct shaping *s, struct ast *node);

/* A new node for a proximity, or NULL and s->status is set. */
static struct ast *
made(struct shaping *s, struct ast *node, size_t at)
{
    if (s->status)
        return NULL;
    if (!node) {
        s->status = error_nomem(s->err);
        return NULL;
    }
    if (++s->made <= SHAPE_NODES_MAX)
        return node;
    s->status = error_set(s->err, MORGUE_QUERY,
                          "the proximities of the query stand for more than "
                          "%d of words alone",
                          SHAPE_NODES_MAX);
    if (s->err)
        s->err->at = at;
    return NULL;
}

static struct ast *
new_node(struct shaping *s, enum ast_kind kind, const struct ast *like)
{
    struct ast *node = ast_new(s->arena, kind, like->span);

    if (!node && !s->status)
        s->status = error_nomem(s->err);
    return node;
}

/* A node as one of several children; a parent's list goes through it. */
static void
add_copy(struct shaping *s, struct ast *parent, const struct ast *child)
{
    struct ast *copy = child ? ast_copy(s->arena, child) : NULL;

    if (!copy && !s->status)
        s->status = error_nomem(s->err);
    if (copy)
        ast_add(parent, copy);
}

/* ---- lists -------------------------------------------------------------- */

/* Whether all of it only says which articles. */
static bool
only_filters(const struct ast *node)
{
    if (ast_is_leaf(node))
        return ast_is_filter(node);
    if (node->kind != AST_AND && node->kind != AST_OR &&
        node->kind != AST_LIST && node->kind != AST_NOT)
        return false;
    for (const struct ast *c = node->child; c; c = c->next)
        if (!only_filters(c))
            return false;
    return true;
}

/* Where a child of a list belongs. */
enum list_part { LIST_WORDS, LIST_REQUIRED, LIST_APART };

static enum list_part
list_part(const struct ast *child)
{
    if (child->kind == AST_REQUIRED)
        return LIST_REQUIRED;
    if (!child->typed && (child->kind == AST_NOT || only_filters(child)))
        return LIST_APART;
    return LIST_WORDS;
}

/* The node that a node of one child is. */
static struct ast *
unless_alone(struct ast *node)
{
    return node && node->child_n == 1 ? node->child : node;
}

/* What is looked for by a list: an OR, with what it requires, or an AND of
 * that where nothing else is there. */
static struct ast *
shape_words(struct shaping *s, const struct ast *list, size_t words)
{
    struct ast *of = new_node(s, words > 0 ? AST_OR : AST_AND, list);

    for (const struct ast *c = list->child; of && c; c = c->next) {
        enum list_part part = list_part(c);

        if (part == LIST_REQUIRED && words == 0)
            add_copy(s, of, c->child);
        else if (part != LIST_APART)
            add_copy(s, of, c);
    }
    return unless_alone(of);
}

static struct ast *
shape_list(struct shaping *s, struct ast *list)
{
    size_t n[3] = {0};
    struct ast *all, *words;

    for (const struct ast *c = list->child; c; c = c->next)
        n[list_part(c)]++;
    if (n[LIST_APART] == 0 && n[LIST_REQUIRED] == 0) {
        list->kind = AST_OR;
        return list;
    }
    all = new_node(s, AST_AND, list);
    if (!all)
        return NULL;
    if (n[LIST_WORDS] + n[LIST_REQUIRED] > 0) {
        words = shape_words(s, list, n[LIST_WORDS]);
        if (!words)
            return NULL;
        ast_add(all, words);
    }
    for (const struct ast *c = list->child; c; c = c->next)
        if (list_part(c) == LIST_APART)
            add_copy(s, all, c);
    all = unless_alone(all);
    all->weight = ast_weight(list->weight, all->weight);
    return all;
}

/* ---- sides -------------------------------------------------------------- */

/* Whether a node has places. */
static bool
has_places(const struct ast *node)
{
    switch (node->kind) {
    case AST_WORDS:
    case AST_NEAR:
    case AST_APART:
        return true;
    case AST_OR:
        for (const struct ast *c = node->child; c; c = c->next)
            if (!has_places(c))
                return false;
        return true;
    case AST_LEAD:
    case AST_TIMES:
        return has_places(node->child);
    default:
        return false;
    }
}

/* A weight inside has no effect: what has places scores as its words do. */
static void
drop_weights(struct shaping *s, struct ast *node)
{
    if (node->weight >= 0)
        note_add(s->notes, node->span,
                 "a weight inside a proximity has no effect");
    node->weight = -1;
    for (struct ast *c = node->child; c; c = c->next)
        drop_weights(s, c);
}

/* What takes a side: the other side of a proximity, or what stands around. */
struct around {
    const struct ast *node; /* NEAR, APART, TIMES or LEAD */
    struct ast *other;      /* of NEAR and APART */
    bool second;            /* the side is the second */
};

static struct ast *place(struct shaping *s, const struct around *around,
                         struct ast *side);

/* Each of the children of `side` in its place, in a node of that kind. */
static struct ast *
place_each(struct shaping *s, const struct around *around, struct ast *side,
           enum ast_kind kind)
{
    struct ast *each =
        made(s, ast_new(s->arena, kind, side->span), side->span.start);

    for (struct ast *c = side->child; each && c; c = c->next) {
        struct ast *one;

        if (c->kind == AST_NOT) {
            note_add(s->notes, c->span,
                     "NOT inside a proximity or a count is left out");
            continue;
        }
        one = place(s, around, c);
        if (!one)
            return NULL;
        add_copy(s, each, one);
    }
    return unless_alone(each);
}

/* The node around with the side in it, which has places; so the other side
 * comes to its place. */
static struct ast *
place_placed(struct shaping *s, const struct around *around, struct ast *side)
{
    const struct around swapped = {around->node, side, !around->second};
    struct ast *node;

    if (around->other && !has_places(around->other))
        return place(s, &swapped, around->other);
    node = made(s, ast_copy(s->arena, around->node), side->span.start);
    if (!node)
        return NULL;
    node->child = node->last_child = NULL;
    node->child_n = 0;
    node->weight = -1;
    drop_weights(s, side);
    if (around->other)
        drop_weights(s, around->other);
    if (around->other && around->second)
        add_copy(s, node, around->other);
    add_copy(s, node, side);
    if (around->other && !around->second)
        add_copy(s, node, around->other);
    return node;
}

/* A side that only says which articles: it has to be there as well. */
static struct ast *
place_filter(struct shaping *s, const struct around *around, struct ast *side)
{
    struct ast *both;

    note_add(s->notes, side->span,
             "this has no place in the text; it has to be there as well");
    if (!around->other || (around->second && around->node->kind == AST_APART))
        return around->other ? around->other : side;
    both = made(s, ast_new(s->arena, AST_AND, side->span), side->span.start);
    if (!both)
        return NULL;
    add_copy(s, both, around->other);
    add_copy(s, both, side);
    return both;
}

/* Tell what becomes of an AND of several in a place. */
static void
note_and(struct shaping *s, const struct around *around,
         const struct ast *side)
{
    const bool apart = around->node->kind == AST_APART && around->second;
    size_t n = 0;

    for (const struct ast *c = side->child; c; c = c->next)
        n += c->kind != AST_NOT;
    if (n < 2 || around->node->kind == AST_LEAD)
        return;
    note_add(s->notes, side->span, "%s",
             apart ? "AND inside a proximity: one of these is not in reach"
             : around->other
                 ? "AND inside a proximity: each of these is in reach"
                 : "AND inside a count: each of these so many times");
}

/* A side, whatever it is, in its place. */
static struct ast *
place(struct shaping *s, const struct around *around, struct ast *side)
{
    const bool apart = around->node->kind == AST_APART && around->second;

    if (s->status)
        return NULL;
    if (has_places(side))
        return place_placed(s, around, side);
    switch (side->kind) {
    case AST_AND: /* not near two is not near one of them */
        note_and(s, around, side);
        return place_each(s, around, side, apart ? AST_OR : AST_AND);
    case AST_OR:
        return place_each(s, around, side, apart ? AST_AND : AST_OR);
    case AST_SOME:
        note_add(s->notes, side->span,
                 "a number of words inside a proximity is read as OR");
        return place_each(s, around, side, AST_OR);
    case AST_REQUIRED:
        return place(s, around, side->child);
    case AST_LEAD:
    case AST_TIMES: { /* what is in it is no run of words: take it apart */
        const struct around inner = {.node = side};
        struct ast *placed = place(s, &inner, side->child);

        return placed ? place(s, around, placed) : NULL;
    }
    case AST_NOT:
        note_add(s->notes, side->span,
                 "NOT inside a proximity or a count is left out");
        return around->other ? around->other : side;
    default:
        return place_filter(s, around, side);
    }
}

/* The field that all words of a side are asked for in; NULL: none, or
 * several. */
static const struct query_name *
side_name(const struct ast *side)
{
    const struct query_name *name = NULL;

    if (ast_is_leaf(side))
        return side->kind == AST_WORDS ? side->name : NULL;
    for (const struct ast *c = side->child; c; c = c->next) {
        const struct query_name *of = side_name(c);

        if (!of || (name && of != name))
            return NULL;
        name = of;
    }
    return name;
}

/* Tell of sides that can never be near each other. */
static void
note_fields(struct shaping *s, const struct ast *node)
{
    const struct query_name *first = side_name(node->child),
                            *second = side_name(node->child->next);

    if (first && second && first != second)
        note_add(s->notes, node->span,
                 "%s: and %s: are never near each other: a proximity is "
                 "within one field",
                 first->name, second->name);
}

static struct ast *
shape_reach(struct shaping *s, struct ast *node)
{
    struct ast *first = node->child, *second = first->next, *of;
    const struct around around = {.node = node, .other = second};

    note_fields(s, node);

    if (has_places(first) && has_places(second)) {
        drop_weights(s, first);
        drop_weights(s, second);
        return node;
    }
    of = place(s, &around, first);
    if (of && node->weight >= 0)
        of->weight = node->weight;
    return of;
}

static struct ast *
shape_times(struct shaping *s, struct ast *node)
{
    const struct around around = {.node = node};
    struct ast *of;

    if (has_places(node->child)) {
        drop_weights(s, node->child);
        return node;
    }
    of = place(s, &around, node->child);
    if (of && node->weight >= 0)
        of->weight = node->weight;
    return of;
}

/* ---- all ---------------------------------------------------------------- */

/* Shape the children, and take signs off that mean nothing here. */
static bool
shape_children(struct shaping *s, struct ast *node)
{
    struct ast *child = node->child;

    node->child = node->last_child = NULL;
    node->child_n = 0;
    while (child) {
        struct ast *next = child->next, *shaped = shape(s, child);
        bool typed = child->typed;

        if (!shaped)
            return false;
        if (shaped->kind == AST_REQUIRED && node->kind != AST_LIST &&
            node->kind != AST_OR)
            shaped = shaped->child;
        shaped->typed = typed;
        ast_add(node, shaped);
        child = next;
    }
    return true;
}

static struct ast *
shape(struct shaping *s, struct ast *node)
{
    if (s->status || !shape_children(s, node))
        return NULL;
    switch (node->kind) {
    case AST_LIST:
        return shape_list(s, node);
    case AST_NEAR:
    case AST_APART:
        return shape_reach(s, node);
    case AST_TIMES:
        return shape_times(s, node);
    case AST_NOT:
        return node->child->kind == AST_NOT ? node->child->child : node;
    default:
        return node;
    }
}

enum morgue_status
ast_shape(struct ast_tree *tree, struct arena *arena,
          struct query_notes *notes, struct morgue_error *err)
{
    struct shaping s = {.arena = arena, .notes = notes, .err = err};

    if (!tree->root)
        return MORGUE_OK;
    tree->root = shape(&s, tree->root);
    if (tree->root && tree->root->kind == AST_REQUIRED)
        tree->root = tree->root->child;
    return s.status;
}
