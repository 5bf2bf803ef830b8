/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * operators.h - which tokens of a query are operators where they stand
 *
 *   ( )             with a partner, and something between
 *   AND OR NEAR ..  with something on both sides
 *   NOT - + = name: with something behind
 *
 * What cannot be one is a word (OR, w/5) or punctuation (a bracket, a sign),
 * and the reader is told.  So are AND, OR, NOT and NEAR words in a sentence
 * that is all in capitals, as headlines and telegrams are: one of five words
 * or more, without other signs than brackets, one of which is a stop word of
 * the language that it looks like.
 */
#ifndef MORGUE_QUERY_OPERATORS_H
#define MORGUE_QUERY_OPERATORS_H

#include "lexer.h"

/** Make of each token what it can be; those that are nothing are taken out.
 *  Time is linear in the tokens.  MORGUE_NOMEM alone. */
enum morgue_status operators_settle(struct query_tokens *tokens,
                                    struct arena *arena,
                                    struct morgue_str text,
                                    struct query_notes *notes,
                                    struct morgue_error *err);

/** Whether something that is looked for may begin with it. */
bool operator_begins(enum query_token_kind kind);

#endif
