/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.h - what a person types, into a query tree
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
 * Where one word is enough, stop words of a sentence are left out (parse.c).
 * Case and accents do not matter.  Everything has a meaning: a quote without
 * its partner, a lone sign or a name before a colon that is no field are read
 * as if they were punctuation in a text.
 */
#ifndef MORGUE_SEARCHER_PARSE_H
#define MORGUE_SEARCHER_PARSE_H

#include "../common/engine/query.h"
#include "../common/text/terms.h"

/** More words than this in a query are refused. */
enum { QUERY_WORDS_MAX = 2048 };

/** Something in the query that may stand in an article's text: a word by any
 *  of some terms, or words in a row by one term each. */
struct sought {
    struct morgue_str *term;
    size_t term_n;
    bool phrase;
};

/** A query as it was understood; all of it is in the arena. */
struct parsed {
    struct query *query;
    struct sought *sought; /* what is not excluded, in text and title */
    size_t sought_n;
    size_t words_n; /* items that were looked for, each once */
};

/** What a parser needs of the archive and of the analysis. */
struct parse_context {
    struct tokenizer *tokenizer;
    struct stemmer *stemmer;
    const char *const *lang; /* codes to stem in; "" is the word itself */
    size_t lang_n;
    enum morgue_match match;
    bool may_be_empty; /* an empty query then means every article */
};

/** Read a query.  MORGUE_QUERY with err->at where it has no words, or too
 *  many. */
enum morgue_status query_parse(struct parsed *out, struct arena *arena,
                               struct morgue_str text,
                               const struct parse_context *context,
                               struct morgue_error *err);

#endif
