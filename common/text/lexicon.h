/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexicon.h - the words and terms seen so far, each kept once
 *
 * A word is a token's two forms in a language.  Its terms, as it stands and
 * stemmed, are made when it is first seen: the stem cache.  What is handed
 * out stays where it is until the lexicon is trimmed or freed, and bears a
 * mark of the user's, who so tells the words and terms of one article from
 * those of another without a table of his own.
 */
#ifndef MORGUE_TEXT_LEXICON_H
#define MORGUE_TEXT_LEXICON_H

#include "../base/arena.h"
#include "stem.h"

/** Have the memory at `p` brought near: a hint, of no effect on what is done.
 */
#if defined(__GNUC__)
#define LEXICON_FETCH(p) __builtin_prefetch(p)
#else
#define LEXICON_FETCH(p) ((void)(p))
#endif

/** A term.  `mark` and `slot` are the user's, 0 at first. */
struct lexeme {
    uint64_t hash; /* hash64 of its bytes */
    uint32_t len;
    uint32_t mark, slot;
    char s[]; /* at least eight bytes, zeros behind the last */
};

/** A word.  `mark`, `slot` and `uses` are the user's, 0 at first.  What is
 *  looked at for each token stands together. */
struct word {
    struct lexeme *raw;     /* as it stands */
    struct lexeme *stem[2]; /* terms of its stems; NULL: has none */
    struct word *singular;  /* of a plural: the word at the same position for
                               its singular's stem; NULL: has none */
    uint32_t mark, slot, uses;
    int8_t lang;
    bool boundary;          /* no word, but where a sentence or paragraph
                               begins: it has no wdf and no stems */
    bool plural;            /* TOKEN_PLURAL */
    uint8_t terms;          /* how often a use of it counts: itself and each of
                               its stems; a boundary not at all */
    uint8_t len, lower_len; /* lower_len 0: it is the folded form */
    char bytes[];           /* folded, lower; LEXICON_PAD more */
};

/** So many bytes behind its forms can be read, as behind a token's. */
#define LEXICON_PAD 8

struct lexicon;

/** Give back: lexicon_free. */
enum morgue_status lexicon_new(struct lexicon **out, struct morgue_error *err);

/** NULL is allowed. */
void lexicon_free(struct lexicon *x);

/** The words of `n` tokens, at most TOKEN_BATCH_MAX, in the language numbered
 *  `lang`, lent until lexicon_trim.  Together, because most of the time goes
 *  into waiting for memory, which can be waited for together. */
enum morgue_status lexicon_words(struct word *out[TOKEN_BATCH_MAX],
                                 struct lexicon *x, int lang,
                                 const struct token *tok, size_t n,
                                 struct morgue_error *err);

/** What stands in for the beginnings of sentences, or of paragraphs: its term
 *  is that of term.h.  Lent likewise. */
enum boundary { BOUNDARY_SENTENCE, BOUNDARY_PARAGRAPH };
enum morgue_status lexicon_boundary(struct word **out, struct lexicon *x,
                                    enum boundary which,
                                    struct morgue_error *err);

/** The term `prefix` and `s`, together at most TERM_MAX bytes, lent
 *  likewise. */
enum morgue_status lexicon_term(struct lexeme **out, struct lexicon *x,
                                const char *prefix, struct morgue_str s,
                                struct morgue_error *err);

/** The title's own term for one of its words, as it stands or a stem, lent
 *  likewise. */
enum morgue_status lexicon_title_term(struct lexeme **out, struct lexicon *x,
                                      const struct lexeme *of,
                                      struct morgue_error *err);

/** Forget everything if it has become more than LEXICON_BYTES; between one
 *  article and the next. */
#define LEXICON_BYTES ((size_t)48 << 20)
void lexicon_trim(struct lexicon *x);

/** Forget everything. */
void lexicon_clear(struct lexicon *x);

#endif
