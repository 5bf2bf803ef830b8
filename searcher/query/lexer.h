/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexer.h - the text of a query into tokens, each with the bytes it stands in
 *
 *   AND OR NOT            operators, in capitals
 *   NEAR                  w/5  pre/5  w/s  w/p  NEAR/5 ...: struct reach
 *   APART                 NOT w/5; made of the two in operators.h
 *   MINUS PLUS EQUALS     - + = directly before what they are for
 *   FIELD                 name: of what queries can ask for
 *   FUNCTION              hlead lead atleast3, directly before a bracket
 *   OPEN CLOSE            ( )
 *   QUOTED                "...", from one quotation mark to the next
 *   WORD                  everything else, up to white space or a bracket
 *   END                   the end of the text
 *
 * A WORD, a QUOTED and a CLOSE have with them what is typed directly behind:
 * a weight ^2.5, edits or a slop ~2, a number :2.  What looks like an operator
 * is a token of that kind; whether it can be one where it stands is decided in
 * operators.h.  ASCII punctuation between spaces is no token.
 *
 * Other systems' queries have lexers of their own, which give the same
 * tokens (dialect.h).
 */
#ifndef MORGUE_QUERY_LEXER_H
#define MORGUE_QUERY_LEXER_H

#include "../../common/base/error.h"
#include "../../common/engine/query.h"
#include "names.h"
#include "note.h"

/** Queries with more bytes, or more tokens, are refused. */
enum { QUERY_BYTES_MAX = 1 << 20, QUERY_TOKENS_MAX = 1 << 16 };

enum query_token_kind {
    QUERY_TOKEN_AND,
    QUERY_TOKEN_OR,
    QUERY_TOKEN_BUT, /* and not, as one operator, of dialects */
    QUERY_TOKEN_NEAR,
    QUERY_TOKEN_APART,
    QUERY_TOKEN_NOT,
    QUERY_TOKEN_MINUS,
    QUERY_TOKEN_PLUS,
    QUERY_TOKEN_EQUALS,
    QUERY_TOKEN_FIELD,
    QUERY_TOKEN_FUNCTION,
    QUERY_TOKEN_OPEN,
    QUERY_TOKEN_CLOSE,
    QUERY_TOKEN_QUOTED,
    QUERY_TOKEN_WORD,
    QUERY_TOKEN_END
};

#define QUERY_TOKEN_KINDS (QUERY_TOKEN_END + 1)

/** What a FUNCTION asks of what is in its brackets. */
enum query_function {
    FUNCTION_HEADLEAD, /* hlead: title, dateline, first words of the body */
    FUNCTION_LEAD,     /* dateline, first words of the body */
    FUNCTION_TIMES     /* atleast: so many times */
};

/** The greatest weight. */
enum { WEIGHT_MAX = 1000000000 };

/** How many words of the body those are. */
enum { LEAD_WORDS = 80 };

/** Edits of a word: by its length, or so many; no: none. */
enum query_edits { EDITS_NO, EDITS_ONE, EDITS_TWO, EDITS_BY_LENGTH };

/** What is typed directly behind a word, something quoted, or a bracket. */
struct query_suffix {
    double weight; /* 0 or more; less: none was typed */
    enum query_edits edits;
    uint32_t slop; /* of something quoted */
    uint32_t some; /* of a bracket: at least so many; 0: none was typed */
};

struct query_token {
    enum query_token_kind kind;
    bool soft;               /* not an operator, it is told to nobody */
    struct morgue_span span; /* bytes of the query, with all that belongs */
    struct morgue_str text;  /* QUOTED: what is inside; WORD: itself; lent from
                                the query */
    const struct query_name *name; /* FIELD */
    struct reach reach;            /* NEAR, APART */
    enum query_function function;
    uint32_t n; /* FUNCTION: how many times, or words */
    struct query_suffix suffix;
};

struct query_tokens {
    struct query_token *v; /* the last is an END */
    size_t n;              /* without it */
};

#define QUERY_SUFFIX_NONE                                                     \
    {                                                                         \
        .weight = -1                                                          \
    }

/** Where tokens are put. */
struct lexer {
    struct morgue_str text;
    size_t at;
    struct query_notes *notes;
    struct arena *arena;
    struct query_tokens *out;
    size_t cap;
    enum morgue_status status;
    struct morgue_error *err;
};

/** Read `text`, which must stay as long as the tokens.  MORGUE_QUERY for more
 *  than QUERY_TOKENS_MAX. */
enum morgue_status query_lex(struct query_tokens *out, struct arena *arena,
                             struct morgue_str text, struct query_notes *notes,
                             struct morgue_error *err);

/* ---- for lexers --------------------------------------------------------- */

void lexer_start(struct lexer *l, struct query_tokens *out,
                 struct arena *arena, struct morgue_str text,
                 struct query_notes *notes, struct morgue_error *err);

/** Put an END behind the tokens; the status of all. */
enum morgue_status lexer_end(struct lexer *l);

/** A token of a kind that begins at `start` and ends at l->at; where there is
 *  no room l->status tells and the token is one that is dropped. */
struct query_token *lexer_add(struct lexer *l, enum query_token_kind kind,
                              size_t start);

/** Pass over white space. */
void lexer_space(struct lexer *l);

/** The length of the white space, and of the quotation mark, at `at`; 0: none
 *  is there. */
size_t lexer_space_at(struct morgue_str s, size_t at);
size_t lexer_quote_at(struct morgue_str s, size_t at);

/** Whether something that is no white space stands at `at`. */
bool lexer_more_at(const struct lexer *l, size_t at);

/** Take what is between the quotation mark here and the next one, if there is
 *  one, without what may be behind. */
struct query_token *lexer_quoted(struct lexer *l);

/** Where the word at l->at ends: before white space or a bracket; with
 *  `brackets`, only before one that has no partner in the word. */
size_t lexer_word_end(const struct lexer *l, bool brackets);

/** A number in decimal digits at *at, not above `max`, behind which *at then
 *  is; larger ones are `max`. */
bool lexer_number(struct morgue_str s, size_t *at, uint32_t max,
                  uint32_t *out);

/** What is typed behind the token, from l->at on: ^2.5, ~2, and :2 behind a
 *  bracket. */
void lexer_suffixes(struct lexer *l, struct query_token *t);

/** Bring what was typed as the distance of a proximity to what there is, with
 *  a note where that differs. */
void lexer_distance(struct lexer *l, struct query_token *t, uint32_t n);

/** Whether a text is read as one word, itself; *noted, if that is not NULL,
 *  whether with a note.  False when out of memory. */
bool lexer_is_word(struct morgue_str text, bool *noted);

/** Whether a word is made of ASCII punctuation alone. */
bool lexer_is_punctuation(struct morgue_str word);

#endif
