/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ast.c - making and printing syntax trees of queries
 */
#include "ast.h"

struct ast *
ast_new(struct arena *arena, enum ast_kind kind, size_t start)
{
    struct ast *node = arena_zero(arena, 1, sizeof *node);

    if (!node)
        return NULL;
    node->kind = kind;
    node->span = (struct morgue_span){start, start};
    return node;
}

void
ast_add(struct ast *parent, struct ast *child)
{
    if (parent->last_child)
        parent->last_child->next = child;
    else
        parent->child = child;
    parent->last_child = child;
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

void
ast_print(struct buf *out, const struct ast *node)
{
    static const char *const name[] = {
        [AST_LIST] = "list", [AST_WORDS] = "words", [AST_VALUE] = "value"};

    buf_printf(out, "(%s %zu-%zu", name[node->kind], node->span.start,
               node->span.end);
    if (node->excluded)
        buf_str(out, STR(" not"));
    if (node->field)
        buf_printf(out, " %s", node->field->query);
    if (node->exact)
        buf_str(out, STR(" ="));
    if (node->kind != AST_LIST) {
        buf_str(out, node->quoted ? STR(" \"") : STR(" "));
        buf_str(out, node->text);
        buf_str(out, node->quoted ? STR("\"") : STR(""));
    }
    for (const struct ast *child = node->child; child; child = child->next) {
        buf_char(out, ' ');
        ast_print(out, child);
    }
    buf_char(out, ')');
}
