/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stem_words.h - the words whose stem a stem is
 *
 * Stems have no positions; where one stands in an article is known by the
 * words that became it.  PART_STEM_WORDS tells these of each stem that the
 * segment's articles have, as they were when articles came: a word may be
 * among them that only deleted articles had.
 */
#ifndef MORGUE_SEGMENT_STEM_WORDS_H
#define MORGUE_SEGMENT_STEM_WORDS_H

#include "segment.h"

/** Whether a term is a stem of title, dateline and body; the title's own stems
 *  (ZS) are not: they have the same words. */
static inline bool
is_stem(struct morgue_str term)
{
    return term.len > 1 && term.s[0] == 'Z' &&
           !(term.s[1] >= 'A' && term.s[1] <= 'Z');
}

/** Append the words of a stem: n, in byte order, each once. */
void stem_words_put(struct buf *to, struct morgue_str stem,
                    const struct morgue_str *word, size_t n);

/** A walk over the words of one stem after another. */
struct stem_words {
    struct segment *segment;
    uint64_t block;          /* of the dictionary, from 1; 0: none */
    const uint8_t *at, *end; /* what is left of what its stems have */
    uint64_t left;           /* words of the stem at hand, but for itself */
    bool itself;             /* is one that was not told yet */
    size_t stem_at;          /* where the stem begins, behind its space */
    size_t term_len;
    char term[DICT_TERM_MAX]; /* the stem at hand */
    char word[DICT_TERM_MAX];
};

void stem_words_init(struct stem_words *w, struct segment *s);

/** Go to the words of the stem that a walk over the dictionary stands at; all
 *  stems of its block before it must have been gone to.  False where the
 *  segment is damaged. */
bool stem_words_start(struct stem_words *w, const struct term_walk *at);

/** Go to those of a stem, whose term is `stem`.  False where the segment does
 *  not have it, or is damaged. */
bool stem_words_find(struct stem_words *w, struct morgue_str stem);

/** The next word of the stem, in byte order but for the stem itself, which
 *  comes last; lent until the next call.  False behind the last, and where the
 *  segment is damaged, which marks it. */
bool stem_words_next(struct stem_words *w, struct morgue_str *word);

#endif
