/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.h - an article into the words it uses, in the order of its text
 *
 * This is what an article's terms are made of (terms.h), before stems are
 * counted and anything is sorted: a word knows its terms.  An index that is
 * built for many articles at once derives these once for each word.
 */
#ifndef MORGUE_TEXT_WORDS_H
#define MORGUE_TEXT_WORDS_H

#include "lexicon.h"

/** A word of title, dateline or body; before the first of a sentence or
 *  paragraph what stands in for that, at the same position. */
struct word_use {
    struct word *word;
    uint32_t pos;
};

/** A term that no word stands behind: of author, place, topics, language,
 *  section, source, url. */
struct term_use {
    struct lexeme *lexeme;
    uint32_t pos; /* 0: has none */
    uint32_t wdf;
    bool lent; /* hardly any other article has it, so it is not in the
                  lexicon, and there until the next call only */
};

/** The words of an article.  Positions ascend in `use`, and from one use of a
 *  term in `other` to the next. */
struct word_list {
    const struct word_use *use; /* the title's first */
    size_t n, title_n;
    const struct term_use *other;
    size_t other_n;
    size_t tokens;       /* of all fields */
    uint32_t body_words; /* of the body, as its positions count */
};

struct word_maker;

/** Give back: word_maker_free. */
enum morgue_status word_maker_new(struct word_maker **out,
                                  struct morgue_error *err);

/** NULL is allowed. */
void word_maker_free(struct word_maker *m);

/** The words of `article` into *out, whose lists are lent until the next
 *  call, and the words and terms in them until word_maker_trim.  After a
 *  failure the maker can be used on. */
enum morgue_status word_maker_run(struct word_list *out, struct word_maker *m,
                                  const struct morgue_article *article,
                                  struct morgue_error *err);

/** Where its words and terms are. */
struct lexicon *word_maker_lexicon(struct word_maker *m);

/** Forget the words if they take much memory (LEXICON_BYTES). */
void word_maker_trim(struct word_maker *m);

/** `list` with room for `need` items of `size` bytes; NULL, and it is as it
 *  was, where there is none. */
void *list_grown(void *list, size_t *cap, size_t need, size_t size);

#endif
