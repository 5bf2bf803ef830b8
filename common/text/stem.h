/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stem.h - stems of words, by language
 *
 * A word has one stem, or two where it is written with accents: that of the
 * word as it is written, its accents dropped afterwards, and that of the word
 * without accents.  By the second, a word typed without accents finds it in
 * any language, and a word typed with them finds it written without.
 *
 * Words with digits, pictures and words longer than STEM_MAX are their own
 * stems, and so is each word of a language that no stemmer is here for.
 *
 * Languages are named by ISO 639 codes: two letters, the three of 639-2 (both
 * kinds) or 639-3, in any case, with or without what may follow (`en-GB`,
 * `pt_BR`).
 */
#ifndef MORGUE_TEXT_STEM_H
#define MORGUE_TEXT_STEM_H

#include "../base/error.h"
#include "token.h"

/** Longer words, in bytes of the lower form, are not stemmed. */
#define STEM_MAX 64

/** The `i`th language, from 0, that has a stemmer, as its two-letter code (or
 *  its three letters where it has no two); NULL behind the last.  Static. */
const char *stem_language(size_t i);

/** The number of the language that `lang` names, as stem_language counts, or
 *  STEM_NONE. */
#define STEM_NONE (-1)
int stem_find(struct morgue_str lang);

/** Write the shortest code of the language that `lang` names, in lower case
 *  and with NUL: "en" for "en", "EN-us", "eng".  A code that is not known is
 *  kept without what follows its letters; what is no code gives "". */
#define LANG_MAX 4
void stem_code(char out[LANG_MAX], struct morgue_str lang);

/* Stemmers, each made at its first use.  One thread at a time. */
struct stemmer;

/** Give back: stemmer_free. */
enum morgue_status stemmer_new(struct stemmer **out, struct morgue_error *err);

/** NULL is allowed. */
void stemmer_free(struct stemmer *s);

/** The stems of a word. */
struct stems {
    size_t n; /* 1 or 2, which then differ */
    struct morgue_str stem[2];
    char bytes[2][TOKEN_MAX];
};

/** The stems of `tok` in the language numbered `lang` (STEM_NONE: itself)
 *  into *out, whose strings lie within *out.  A token with TOKEN_NGRAM must
 *  not be given: it has none. */
enum morgue_status stemmer_stem(struct stems *out, struct stemmer *s, int lang,
                                const struct token *tok,
                                struct morgue_error *err);

/** A number that differs where the stemming library stems otherwise: it is
 *  made of the stems of a list of words in every language. */
enum morgue_status stemmer_probe(uint64_t *out, struct stemmer *s,
                                 struct morgue_error *err);

#endif
