/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * analyse.h - what a person types, into a tree for the engine
 *
 *   text -> tokens (lexer.h) -> syntax tree (ast.h, parse.h) -> analysis
 *
 *   word          in any of its forms: its stems, in each language
 *   "two words"   as they stand, next to each other
 *   =word         as it stands
 *   title:word    in the title; also author: place: topic:, and whole values
 *   title:"a b"   by section: source: lang:
 *   -word         without; before any of these
 *
 * What is typed without a space between, as e-mail, AC/DC or me@example.com,
 * is looked for as its words next to each other, or written as one word.
 * Where one word is enough, stop words of a sentence are left out (analyse.c).
 * Case and accents do not matter.  Everything has a meaning: a quote without
 * its partner, a lone sign or a name before a colon that is no field are read
 * as if they were punctuation in a text.
 */
#ifndef MORGUE_QUERY_ANALYSE_H
#define MORGUE_QUERY_ANALYSE_H

#include "../../common/engine/query.h"
#include "../../common/text/terms.h"
#include "ast.h"

/** More words than this in a query are refused. */
enum { QUERY_WORDS_MAX = 2048 };

/** A query as it was understood; all of it is in the arena, and lends from
 *  the text. */
struct parsed {
    struct query *query;
    struct ast_tree ast;       /* each leaf with its targets */
    size_t words_n;            /* items that were looked for, each once */
    const struct query *words; /* what was typed, before filters are added */
};

/** What a text is read with: the session's tools, the languages of the
 *  archive, how words are to match. */
struct parse_context {
    struct tokenizer *tokenizer;
    struct stemmer *stemmer;
    const char *const *lang; /* codes to stem in; "" is the word itself */
    size_t lang_n;
    enum morgue_match match;
    bool may_be_empty; /* an empty query then means every article */
};

/** Read a query.  `text` must stay as long as *out.  MORGUE_QUERY with err->at
 *  where it has no words, or too many. */
enum morgue_status query_parse(struct parsed *out, struct arena *arena,
                               struct morgue_str text,
                               const struct parse_context *context,
                               struct morgue_error *err);

#endif
