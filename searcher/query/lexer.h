/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexer.h - the text of a query into tokens, each with the bytes it stands in
 *
 *   MINUS    -       without what follows
 *   FIELD    name:   of a field that queries can ask for
 *   EQUALS   =       as it stands
 *   QUOTED   "..."   from one quotation mark to the next, of any style
 *   WORD             everything else, up to white space
 *   END              the end of the text
 *
 * The first three are marks that stand before a QUOTED or a WORD, in this
 * order, each at most once, and only where no white space follows.  What is
 * not in its place is a part of the word: a lone sign, a quotation mark
 * without its partner, a name before a colon that is no field.
 *
 *     struct lexer lexer;
 *     struct query_token token;
 *
 *     lexer_start(&lexer, text);
 *     do {
 *         lexer_next(&lexer, &token);
 *     } while (token.kind != QUERY_TOKEN_END);
 *
 * A copy of a lexer reads on from where it is, so that a parser can look
 * ahead.  Nothing is allocated, and nothing fails.
 */
#ifndef MORGUE_QUERY_LEXER_H
#define MORGUE_QUERY_LEXER_H

#include "../../common/article/field.h"

/** Those that stand before others come first, in their order. */
enum query_token_kind {
    QUERY_TOKEN_MINUS,
    QUERY_TOKEN_FIELD,
    QUERY_TOKEN_EQUALS,
    QUERY_TOKEN_QUOTED,
    QUERY_TOKEN_WORD,
    QUERY_TOKEN_END
};

struct query_token {
    enum query_token_kind kind;
    struct morgue_span span; /* bytes of the query, quotation marks too */
    struct morgue_str text;  /* QUOTED: what is inside; WORD: itself.  Lent
                                from the query */
    const struct field_info *field; /* FIELD */
};

struct lexer {
    struct morgue_str text;
    size_t at;
    enum query_token_kind from; /* the first kind that may come here */
};

/** Begin with `text`, which must stay. */
void lexer_start(struct lexer *l, struct morgue_str text);

/** The next token into *out; at the end QUERY_TOKEN_END, again and again. */
void lexer_next(struct lexer *l, struct query_token *out);

#endif
