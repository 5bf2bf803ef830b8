/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ast.c - making syntax trees of queries
 */
#include "ast.h"

double
ast_weight(double a, double b)
{
    double w = a < 0 ? b : b < 0 ? a : a * b;

    if (w > WEIGHT_MAX)
        return WEIGHT_MAX;
    return w > 0 && w < 1.0 / WEIGHT_MAX ? 1.0 / WEIGHT_MAX : w;
}

struct ast *
ast_new(struct arena *arena, enum ast_kind kind, struct morgue_span span)
{
    struct ast *node = arena_zero(arena, 1, sizeof *node);

    if (!node)
        return NULL;
    node->kind = kind;
    node->span = span;
    node->weight = -1;
    return node;
}

struct ast *
ast_copy(struct arena *arena, const struct ast *node)
{
    struct ast *copy = arena_alloc(arena, sizeof *copy);

    if (!copy)
        return NULL;
    *copy = *node;
    copy->next = NULL;
    return copy;
}

void
ast_add(struct ast *parent, struct ast *child)
{
    child->next = NULL;
    if (parent->last_child)
        parent->last_child->next = child;
    else
        parent->child = child;
    parent->last_child = child;
    parent->child_n++;
    if (child->span.start < parent->span.start)
        parent->span.start = child->span.start;
    if (child->span.end > parent->span.end)
        parent->span.end = child->span.end;
}

void
ast_add_leaf(struct ast_tree *tree, struct ast *leaf)
{
    if (tree->last_leaf)
        tree->last_leaf->next_leaf = leaf;
    else
        tree->leaf = leaf;
    tree->last_leaf = leaf;
    tree->leaf_n++;
}
