/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.h - the tokens of a query into its syntax tree
 *
 *     query   = { operand [ operator ] }
 *     operand = { NOT | MINUS | PLUS } side
 *     side    = [ FIELD ] [ EQUALS ] ( QUOTED | WORD )
 *             | [ FIELD ] OPEN query CLOSE
 *             | FUNCTION OPEN query CLOSE
 *
 * How tightly operators bind, and which one is meant where none stands, is
 * told by a grammar; other systems have others (dialect.h).  Operators of one
 * kind are read from left to right.
 */
#ifndef MORGUE_QUERY_PARSE_H
#define MORGUE_QUERY_PARSE_H

#include "ast.h"

/** How tightly operators bind: the higher, the tighter; 1 to 8. */
struct grammar {
    uint8_t power[QUERY_TOKEN_APART + 1]; /* of those between two sides */
    uint8_t sign;                         /* of NOT, - and + */
    uint8_t beside;                       /* of no operator at all, */
    enum ast_kind beside_kind;            /* which means AST_AND or AST_LIST */
    bool filters_too; /* in a list, a filter is one of what is enough */
    /* Of proximities that bind alike, the one of more binds tighter; less
     * than GRAMMAR_REACHES.  NULL: all are 0. */
    unsigned (*reach_power)(const struct reach *);
};

enum { GRAMMAR_REACHES = 1024 };

/** Ours, where all words have to be there, and where one is enough. */
extern const struct grammar grammar_all, grammar_any;

/** Read tokens, which are as operators_settle leaves them, into a tree that
 *  lends what they lend.  MORGUE_QUERY, with err->at, for what is nested
 *  deeper than AST_DEPTH_MAX. */
enum morgue_status ast_parse(struct ast_tree *out, struct arena *arena,
                             const struct query_tokens *tokens,
                             const struct grammar *grammar,
                             struct morgue_error *err);

#endif
