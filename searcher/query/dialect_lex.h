/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_lex.h - what the lexers of other systems' queries share
 *
 * A dialect is told by tables, struct dialect_rules: its operators, its
 * proximities, its fields, its wildcards; and by a function that takes what is
 * like nothing elsewhere.  A query is read twice:
 *
 *   dialect_scan     the text, from left to right, into tokens for each word
 *   dialect_finish   words beside each other that mean a phrase become one;
 *                    what has several spellings becomes an OR of them; what
 *                    takes an operand without brackets gets some
 *
 * Texts of words are in our spelling then, * and ?; what stands for one letter
 * or none is OPTIONAL until dialect_finish.  A word that ours would read
 * otherwise (near5) is quoted.  Time and memory are linear in the query, but
 * for such words, of which at most VARIANTS_MAX are made of one.
 *
 * What is not handled: operators that ours cannot be brought to; they give a
 * note each.
 */
#ifndef MORGUE_QUERY_DIALECT_LEX_H
#define MORGUE_QUERY_DIALECT_LEX_H

#include "lexer.h"

/** In the text of a word: one letter or none. */
#define DIALECT_OPTIONAL '\1'

struct dialect_operator {
    const char *word; /* in any case */
    enum query_token_kind kind;
    struct reach reach;
    const char *note;
};

/** A proximity: its name, with the stroke where one has to be, and behind it
 *  a number, or s, p and the like. */
struct dialect_near {
    const char *name;
    bool ordered;
    bool units;    /* s, p and seg may stand for the number */
    uint32_t bare; /* what it is without a number; 0: it has to have one */
};

/** What a name stands for. */
enum dialect_meaning {
    MEANS_FIELD,    /* a field of ours */
    MEANS_HEADLEAD, /* hlead */
    MEANS_LEAD,     /* lead */
    MEANS_WORDS,    /* words of the body, with a note */
    MEANS_ITSELF,   /* what it is for, with a note */
    MEANS_EXACT,    /* the word itself, with a note */
    MEANS_LENGTH,   /* a number of words */
    MEANS_PERIOD,   /* a date */
    MEANS_NOTHING   /* it is left out, with what it is for */
};

struct dialect_field {
    const char *name; /* in any case */
    enum dialect_meaning meaning;
    const char *field; /* FIELD: ours */
    const char *note;  /* NULL: nothing is told */
};

struct dialect_rules {
    const struct dialect_operator *operators;
    size_t operators_n;
    const struct dialect_near *near;
    size_t near_n;
    const struct dialect_field *fields;
    size_t fields_n;
    const char *any;  /* signs for any letters, */
    const char *one;  /* for one, */
    char up_to;       /* for as many as the number behind it; 0: none */
    char optional;    /* the one that at the end of a word may be none; 0 */
    char inner;       /* for one letter where it is between letters; 0 */
    bool phrase;      /* words beside each other are a phrase */
    bool wide_fields; /* a field, or a function, is for a whole proximity */
    bool square;      /* [ ] are brackets */
    bool (*take)(struct lexer *, const struct dialect_rules *);
};

/** Read all of the text into tokens. */
void dialect_scan(struct lexer *l, const struct dialect_rules *rules);

/** Make of the tokens what the parser reads, and an END behind them. */
enum morgue_status dialect_finish(struct lexer *l,
                                  const struct dialect_rules *rules);

/** Both. */
enum morgue_status dialect_lex(const struct dialect_rules *rules,
                               struct query_tokens *out, struct arena *arena,
                               struct morgue_str text,
                               struct query_notes *notes,
                               struct morgue_error *err);

/* ---- for `take` --------------------------------------------------------- */

/** Where the letters (and hyphens) that begin at `at` end. */
size_t dialect_name_end(struct morgue_str s, size_t at);

/** What a name stands for; NULL. */
const struct dialect_field *dialect_field_find(const struct dialect_rules *r,
                                               struct morgue_str name);

/** Take a name, whose bytes begin at `start`: l->at comes to `end`, behind
 *  it, and what it is for follows. */
void dialect_take_name(struct lexer *l, const struct dialect_field *f,
                       size_t start, size_t end);

/** A word that follows here, without white space before it, up to white space
 *  or a bracket. */
struct morgue_str dialect_peek(const struct lexer *l, size_t at);

/** Bytes in the arena; an empty string, and l->status is set, when out of
 *  memory. */
struct morgue_str dialect_copy(struct lexer *l, struct morgue_str s);

/** A token of our language that takes the place of bytes from `start` to
 *  l->at. */
void dialect_add_field(struct lexer *l, const char *field, size_t start);
struct query_token *dialect_add_text(struct lexer *l,
                                     enum query_token_kind kind, size_t start,
                                     struct morgue_str text);

/** The word from `start` to l->at, with wildcards as ours. */
void dialect_add_word(struct lexer *l, const struct dialect_rules *r,
                      size_t start);

/** A function of ours as a token. */
void dialect_add_function(struct lexer *l, enum query_function function,
                          uint32_t n, size_t start);

/** > 500 and the like at *at: what wc: of ours takes, in *out, and *at is
 *  behind it.  Signs are > < = >= <= and the words of `dialect_compare`. */
bool dialect_length(struct lexer *l, size_t *at, struct morgue_str *out);

enum dialect_compare { CMP_NONE, CMP_EQ, CMP_GT, CMP_GE, CMP_LT, CMP_LE };

/** The comparison at *at, and white space behind it. */
enum dialect_compare dialect_comparison(struct morgue_str s, size_t *at);

/** A date: as date.h reads it, or month/day/year. */
bool dialect_date(struct morgue_str s, struct morgue_date *out);

/** The period of that precision behind, or before, a date. */
struct morgue_date dialect_after(struct morgue_date date);
struct morgue_date dialect_before(struct morgue_date date);

/** date: of ours, with bounds (MORGUE_DATE_NONE: none), for the bytes from
 *  `start` to l->at. */
void dialect_add_period(struct lexer *l, struct morgue_date from,
                        struct morgue_date to, size_t start);

/** Note that bytes from `start` to l->at are left out: an END stands for them,
 *  which dialect_finish takes out with the operator before or behind. */
void dialect_left_out(struct lexer *l, size_t start, const char *why);

#endif
