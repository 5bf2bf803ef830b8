/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * terms.h - an article into index terms (term.h)
 */
#ifndef MORGUE_TEXT_TERMS_H
#define MORGUE_TEXT_TERMS_H

#include "term.h"

/** A term of an article. */
struct term {
    const char *s;
    uint32_t len;
    uint32_t wdf;
    const uint32_t *pos; /* ascending, each once */
    uint32_t pos_n;
    uint64_t hash; /* hash64 of its bytes */
};

/** A word as it stands and the term of its stem, both of title, dateline and
 *  body: a stem's places are those of its words. */
struct stem_word {
    struct morgue_str stem, word;
};

/** The terms of an article, each once, in order: bytes as unsigned, a prefix
 *  before what goes on. */
struct term_list {
    const struct term *term;
    size_t n;
    uint64_t length;     /* the sum of all wdf */
    size_t words;        /* how many tokens the article has */
    uint32_t body_words; /* and how many words its body */

    /* Words that the maker has not told of before, or has forgotten. */
    const struct stem_word *stem_word;
    size_t stem_word_n;
};

/* Makes terms; it keeps its memory and the stems of the words it saw, so one
 * is used for many articles.  One thread at a time. */
struct term_maker;

/** Give back: term_maker_free. */
enum morgue_status term_maker_new(struct term_maker **out,
                                  struct morgue_error *err);

/** NULL is allowed. */
void term_maker_free(struct term_maker *m);

/** The terms of `article` into *out, lent until the next call for the maker.
 *  The article's language is what its `lang` says: a caller that wants it
 *  detected sets it first (language.h).  After a failure the maker can be
 *  used on. */
enum morgue_status term_maker_run(struct term_list *out, struct term_maker *m,
                                  const struct morgue_article *article,
                                  struct morgue_error *err);

/** The maker of words inside (words.h), for who wants these alone; lent until
 *  the maker is freed.  Not to be mixed with term_maker_run. */
struct word_maker;
struct word_maker *term_maker_words(struct term_maker *m);

#endif
