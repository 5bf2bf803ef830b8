/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * token.h - text into words
 *
 * One tokenizer for articles, queries and snippets, so that they cannot
 * disagree about what a word is; the mode tells which it is.
 *
 *     struct tokenizer *t = NULL;
 *     const struct token *tok;
 *
 *     st = tokenizer_new(&t, err);
 *     ...
 *     tokenizer_start(t, text, TOKEN_DOCUMENT);
 *     for (tok = tokenizer_next(t); tok; tok = tokenizer_next(t))
 *         use(tok->s, tok->len, tok->position);
 *     ...
 *     tokenizer_free(t);
 *
 * What the words of a text are:
 *
 *   Putin's  Putin’s  workers'  we'll      putin, putin, workers, we
 *   don't                                  dont
 *   O'Brien  l'homme                       o brien+obrien, l homme+lhomme
 *   e-mail  AT&T  F-16                     e mail+email, at t+att, f 16+f16
 *   O'Brien-Smith                          o brien+obrien smith+obriensmith
 *   2024-06-20                             2024 06 20
 *   U.S.  U.S.'s  Ph.D.  U.S.-based        us, us, phd, us based+usbased
 *   7,000  1,00,000  3.5  3,5  1.2.3.4     7000, 100000, 3.5, 3,5, 1.2.3.4
 *   $7bn  1980s  5.5%  10:30               7bn, 1980s, 5.5, 10 30
 *   govern-(line end)ment                  government
 *   Anglo-(line end)Saxon                  anglo saxon+anglosaxon
 *   me@example.com  foo_bar  #Vote         me example com, foo bar, vote
 *   東京都 (document)                      東+東京 京+京都 都
 *   東京都 (query)                         東京 京都
 *
 *   MPs  PhDs  F-16s  Q&As  737s           mps, phds, f 16s+f16s, q as+qas,
 *                                          737s; PLURAL but for 16s and as
 *
 * where `+` is a token at the position of the one before it (COLOCATED).  A
 * compound of more than TOKEN_PARTS_MAX parts has no joined form, nor has one
 * of numbers alone.  Bytes that are not UTF-8 separate words.
 *
 * Words whose folded form is longer than TOKEN_MAX bytes are cut to what fits
 * of it, in articles and queries alike; whatever its length, a word costs
 * time in proportion and no memory.
 */
#ifndef MORGUE_TEXT_TOKEN_H
#define MORGUE_TEXT_TOKEN_H

#include "../base/error.h"

/** The most bytes of a token's folded and of its lower form. */
#define TOKEN_MAX 128

/** The most parts of a compound that has a joined form. */
#define TOKEN_PARTS_MAX 6

/** Modes differ in n-gram scripts only: a query has the longest terms that
 *  are needed to find a run, an article all that a query might have. */
enum token_mode { TOKEN_DOCUMENT, TOKEN_QUERY };

enum {
    TOKEN_COLOCATED = 1, /* has the position of the token before it */
    TOKEN_LINKED = 2,    /* no white space since the token before it, or a
                            hyphen at a line's end: as a query they are a
                            phrase */
    TOKEN_NGRAM = 4,     /* of a script without spaces; has no stem */
    TOKEN_DIGITS = 8,    /* has a digit: it is its own stem */
    TOKEN_JOINED = 16,   /* the joined form of a compound; COLOCATED with its
                            last part */
    TOKEN_PICTURE = 32,  /* an emoji or a flag; it is its own stem */
    TOKEN_PLURAL = 64    /* of an acronym or a type: its singular, without the
                            s at the end, is a stem of it, too */
};

/** A word.  Its bytes are lent until the next call for the tokenizer. */
struct token {
    const char *s; /* folded: what is looked for; eight bytes behind it, and
                      behind `lower`, can be read */
    const char *lower; /* with accents, for the stemmer; the same pointer as
                          `s` where there are none */
    uint32_t len, lower_len;
    size_t start, end; /* bytes of the text that show it; of a joined form,
                          its first part's start to its last part's end */
    uint32_t position; /* counts words from 0; a compound's parts count one
                          each */
    uint32_t flags;    /* TOKEN_COLOCATED and so on */
};

/* Tokens come in the order of their positions; `start` ascends over those
 * that are not COLOCATED. */
struct tokenizer;

/** Give back: tokenizer_free. */
enum morgue_status tokenizer_new(struct tokenizer **out,
                                 struct morgue_error *err);

/** NULL is allowed. */
void tokenizer_free(struct tokenizer *t);

/** Begin with `text`, which must stay until its last token was read.  Its
 *  length must be less than 4 GiB, else the rest of it is left out. */
void tokenizer_start(struct tokenizer *t, struct morgue_str text,
                     enum token_mode mode);

/** The next word, or NULL at the end.  Lent until the next call.  It does not
 *  fail. */
const struct token *tokenizer_next(struct tokenizer *t);

/** The next words, one or more, into *out, lent until the next call; how many,
 *  or 0 at the end.  For reading in bulk: not to be mixed with tokenizer_next
 *  on the same text. */
size_t tokenizer_batch(struct tokenizer *t, const struct token **out);

/** No batch is longer. */
#define TOKEN_BATCH_MAX 32

/** The folding tables of the tokenizer, for fold_value; lent until it is
 *  freed. */
struct fold *tokenizer_fold(struct tokenizer *t);

#endif
