/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * analyse.h - what a person types, into a tree for the engine
 *
 *   text -> tokens (lexer.h, operators.h) -> syntax tree (parse.h, shape.h)
 *        -> tree for the engine
 *
 * The language is told in morgue-query(7).  Everything has a meaning: what
 * cannot be an operator where it stands is a word or punctuation of a text,
 * and a note says so.
 *
 * Costs grow with the words of the query, and for wildcards and edits with
 * what the engine looks at of its dictionary (engine_expand).
 */
#ifndef MORGUE_QUERY_ANALYSE_H
#define MORGUE_QUERY_ANALYSE_H

#include "../../common/engine/engine.h"
#include "../../common/text/terms.h"
#include "ast.h"
#include "note.h"

/** More words than this in a query are refused. */
enum { QUERY_WORDS_MAX = 2048 };

/** How many words a wildcard, or a word with edits, stands for at most, where
 *  nothing else is asked for; and what can be asked for. */
enum { EXPANSION_MAX = 1000, EXPANSION_CEILING = 100000 };

/** More terms than this, of all words and all that wildcards stand for, in
 *  each place where they are looked for, are refused. */
enum { QUERY_TERMS_MAX = 1 << 17 };

struct dialect;
struct zone;

/** A query as it was understood; all of it is in the arena, and lends from
 *  the text. */
struct parsed {
    struct query *query;
    const struct query *words; /* what was typed, before filters are added */
    struct ast_tree ast;
    struct query_notes notes;
    size_t words_n; /* words beside each other that were looked for, each
                       once; 1 where there is an operator */
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
    bool strict;       /* a note is an error */
    size_t max_words;  /* that a wildcard stands for */
    const struct dialect *dialect; /* NULL: ours */
    const struct zone *zone; /* whose days dates are; NULL: each article's */
    int64_t today;           /* 00:00 of it, by the local calendar */
    struct engine_reader *reader; /* whose words wildcards stand for; NULL:
                                     they stand for none */
    struct stop *stop;            /* ends looking for these; NULL: nothing */
};

/** Read a query.  `text` must stay as long as *out.  MORGUE_QUERY with err->at
 *  where it has nothing to look for, or too much, or, where the context is
 *  strict, a note. */
enum morgue_status query_parse(struct parsed *out, struct arena *arena,
                               struct morgue_str text,
                               const struct parse_context *context,
                               struct morgue_error *err);

/** A filter by dates: nothing before that of `from` begins, nothing that goes
 *  on after that of `to`; MORGUE_DATE_NONE: no bound.  By each article's own
 *  clock, or that of a zone (NULL: none); to the second by the instant.  NULL
 *  when out of memory. */
struct query *query_period(struct arena *arena, struct morgue_date from,
                           struct morgue_date to, const struct zone *zone);

/** What a leaf became, after query_parse: NULL where that is nothing. */
const struct query *leaf_query(const struct ast *leaf);

#endif
