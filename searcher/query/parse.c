/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.c - the tokens of a query into its syntax tree
 *
 * By recursive descent: a function for each rule of the grammar, which begins
 * at p->token and leaves there the first token behind what it read.
 */
#include "parse.h"

#include "lexer.h"

struct ast_parser {
    struct lexer lexer;
    struct query_token token;
    struct ast_tree *tree;
    struct arena *arena;
};

static void
advance(struct ast_parser *p)
{
    lexer_next(&p->lexer, &p->token);
}

/* Pass over the token if it is of this kind. */
static bool
accept(struct ast_parser *p, enum query_token_kind kind)
{
    if (p->token.kind != kind)
        return false;
    advance(p);
    return true;
}

/* An item; NULL when out of memory. */
static struct ast *
read_item(struct ast_parser *p)
{
    struct ast *node = ast_new(p->arena, AST_WORDS, p->token.span.start);

    if (!node)
        return NULL;
    node->excluded = accept(p, QUERY_TOKEN_MINUS);
    node->field = p->token.field;
    if (accept(p, QUERY_TOKEN_FIELD) && node->field->kind != FIELD_WORDS)
        node->kind = AST_VALUE;
    node->exact = accept(p, QUERY_TOKEN_EQUALS);
    node->quoted = p->token.kind == QUERY_TOKEN_QUOTED;
    node->text = p->token.text;
    node->span.end = p->token.span.end;
    advance(p);
    ast_add_leaf(p->tree, node);
    return node;
}

/* All items up to the end; NULL when out of memory. */
static struct ast *
read_query(struct ast_parser *p)
{
    struct ast *list = ast_new(p->arena, AST_LIST, p->token.span.start), *item;

    if (!list)
        return NULL;
    while (p->token.kind != QUERY_TOKEN_END &&
           p->tree->leaf_n < AST_LEAVES_MAX) {
        item = read_item(p);
        if (!item)
            return NULL;
        ast_add(list, item);
        list->span.end = item->span.end;
    }
    p->tree->cut = p->token.kind != QUERY_TOKEN_END;
    p->tree->end = p->token.span.start;
    return list;
}

enum morgue_status
ast_parse(struct ast_tree *out, struct arena *arena, struct morgue_str text,
          struct morgue_error *err)
{
    struct ast_parser p = {.tree = out, .arena = arena};

    *out = (struct ast_tree){0};
    lexer_start(&p.lexer, text);
    advance(&p);
    out->root = read_query(&p);
    return out->root ? MORGUE_OK : error_nomem(err);
}
