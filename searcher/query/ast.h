/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ast.h - a query as it was typed: a syntax tree
 *
 * Nodes know the bytes of the query that they stand in, so that what is said
 * about a query can point at its place, and what was typed before them: a
 * sign, a field.  Leaves are what is looked for.  Analysis (analyse.h) writes
 * into each of them by what terms; the tree for the engine, snippets and marks
 * all go by these leaves.
 *
 *   AST_LIST   its children, beside each other
 *   AST_WORDS  a leaf: words, as typed without a space between or quoted
 *   AST_VALUE  a leaf: the whole value of a field
 */
#ifndef MORGUE_QUERY_AST_H
#define MORGUE_QUERY_AST_H

#include "../../common/article/field.h"
#include "../../common/base/arena.h"
#include "../../common/base/buf.h"

enum ast_kind { AST_LIST, AST_WORDS, AST_VALUE };

/** What a leaf is looked for as: a word by any of some terms, or words in a
 *  row by one term each.  A leaf has several where it may be written in
 *  several ways, or has several words. */
struct ast_target {
    const struct morgue_str *term; /* index terms, with their prefixes */
    size_t term_n;
    bool phrase;
    struct ast_target *next; /* of the same leaf */
};

struct ast {
    enum ast_kind kind;
    bool excluded; /* a minus stands before it */
    bool exact;    /* an equals sign */
    bool quoted;
    const struct field_info *field; /* that is named; NULL */
    struct morgue_span span;        /* with all that stands before it */
    struct morgue_str text;         /* of a leaf, without these and quotes */
    struct ast *child, *last_child; /* the first and the last */
    struct ast *next;               /* under the same parent */
    struct ast *next_leaf;          /* in the order of the text */

    /* analyse.c: */
    struct leaf_words *words;
    struct ast_target *target; /* the first; NULL: none */
};

/** A query; all of it is in one arena, and lends from the text. */
struct ast_tree {
    struct ast *root; /* AST_LIST */
    struct ast *leaf, *last_leaf;
    size_t leaf_n;
    bool cut;   /* AST_LEAVES_MAX were read, and there is more */
    size_t end; /* where there is */
};

/** No tree has more. */
enum { AST_LEAVES_MAX = 1 << 16 };

/** A node that begins at `start`; NULL when out of memory. */
struct ast *ast_new(struct arena *arena, enum ast_kind kind, size_t start);

/** Put `child`, with all that is in it, behind the other children. */
void ast_add(struct ast *parent, struct ast *child);

/** Note that `leaf` is the next one in the text. */
void ast_add_leaf(struct ast_tree *tree, struct ast *leaf);

/** The tree in one line, for tests: each node as its kind and the bytes it
 *  stands in, then what it has.
 *
 *      (list 0-22 (words 0-6 coffee) (value 7-22 not section = "sport")) */
void ast_print(struct buf *out, const struct ast *node);

#endif
