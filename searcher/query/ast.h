/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ast.h - a query as it was understood: a syntax tree
 *
 * Nodes know the bytes of the query that they stand in, so that what is said
 * about a query can point at its place.  Leaves are what is looked for; the
 * tree for the engine is made of them in analyse.c.
 *
 *   leaves:
 *   AST_WORDS     words, as typed without a space between or quoted
 *   AST_VALUE     the whole value of a field
 *   AST_ID        an id
 *   AST_URL       an address
 *   AST_SITE      a host and those below it
 *   AST_DATE      a period
 *   AST_LENGTH    a number of words
 *   AST_HAS       a field that is not empty
 *   AST_EVERY     all articles
 *   others:
 *   AST_LIST      children beside each other, of which one is enough
 *   AST_AND       all children
 *   AST_OR        one of the children
 *   AST_NOT       not the child
 *   AST_REQUIRED  the child, of an OR, has to be there
 *   AST_NEAR      two children in reach
 *   AST_APART     the first of two children, without the second in reach
 *   AST_LEAD      the child, in a part of the article
 *   AST_TIMES     the child, n times
 *   AST_SOME      n of the children
 *
 * parse.c makes a tree, shape.c brings it to what engines can do: there are no
 * lists in it then, and the sides of a proximity have places.
 */
#ifndef MORGUE_QUERY_AST_H
#define MORGUE_QUERY_AST_H

#include "../../common/article/field.h"
#include "../../common/base/arena.h"
#include "../../common/base/buf.h"
#include "../../common/engine/query.h"
#include "lexer.h"

enum ast_kind {
    AST_WORDS,
    AST_VALUE,
    AST_ID,
    AST_URL,
    AST_SITE,
    AST_DATE,
    AST_LENGTH,
    AST_HAS,
    AST_EVERY,
    AST_LIST,
    AST_AND,
    AST_OR,
    AST_NOT,
    AST_REQUIRED,
    AST_NEAR,
    AST_APART,
    AST_LEAD,
    AST_TIMES,
    AST_SOME
};

struct leaf_words;

struct ast {
    enum ast_kind kind;
    struct morgue_span span; /* with all that belongs to it */
    double weight;           /* less than 0: none */

    /* Leaves: */
    const struct query_name *name; /* the field that is named; NULL */
    struct morgue_str text;        /* without signs and quotation marks */
    bool quoted, exact, plain;     /* plain: typed beside others, no operator
                                      is at it */
    enum query_edits edits;
    struct morgue_date from, to;    /* DATE: bounds; MORGUE_DATE_NONE: none */
    uint64_t least, most;           /* LENGTH */
    const struct field_info *field; /* HAS; NULL: the date */
    struct leaf_words *words;       /* analyse.c */
    struct query *query;            /* what it became */
    struct ast *next_leaf;          /* in the order of the text */

    /* Others: */
    uint32_t n;          /* LEAD, TIMES, SOME; of quoted WORDS the slop */
    struct reach reach;  /* NEAR, APART */
    enum text_part part; /* LEAD */
    bool closed;         /* it was in brackets */
    bool typed;          /* of a child of a LIST: an operator joined it */
    struct ast *child, *last_child;
    size_t child_n;
    struct ast *next; /* under the same parent */
};

/** A query; all of it is in one arena, and lends from the text. */
struct ast_tree {
    struct ast *root; /* NULL: nothing was typed */
    struct ast *leaf, *last_leaf;
    size_t leaf_n;
};

/** Brackets, and signs before others, are at most so deep. */
enum { AST_DEPTH_MAX = 100 };

static inline bool
ast_is_leaf(const struct ast *node)
{
    return node->kind <= AST_EVERY;
}

/** Whether it only says which articles, and neither scores nor has places. */
static inline bool
ast_is_filter(const struct ast *node)
{
    return node->kind >= AST_VALUE && node->kind <= AST_HAS;
}

/** Two weights together, less than 0 being none: at most WEIGHT_MAX and, if
 *  more than 0, at least its inverse, so that they can be printed. */
double ast_weight(double a, double b);

/** A node at `span`; NULL when out of memory. */
struct ast *ast_new(struct arena *arena, enum ast_kind kind,
                    struct morgue_span span);

/** A copy of a node, alone under its parent, with the same children. */
struct ast *ast_copy(struct arena *arena, const struct ast *node);

/** Put `child`, with all that is in it, behind the other children, and its
 *  bytes into the span. */
void ast_add(struct ast *parent, struct ast *child);

/** Note that `leaf` is the next one in the text. */
void ast_add_leaf(struct ast_tree *tree, struct ast *leaf);

/** The tree in the query language, with all brackets. */
void ast_print(struct buf *out, const struct ast *node);

#endif
