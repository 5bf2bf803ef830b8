/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abbreviation.h - words whose full stop does not end a sentence
 *
 * What may follow an abbreviation decides.  `U.S.`, `Inc.`, `p.m.` and the
 * like stand before capitals within sentences far more often than at their
 * ends: of 272 places in English news a word that opens sentences followed at
 * 15, and of 40 others that were looked at 4 ended one.
 */
#ifndef MORGUE_TEXT_ABBREVIATION_H
#define MORGUE_TEXT_ABBREVIATION_H

#include "../base/str.h"
#include "fold.h"

/** What the full stop of a word can be.  Before a small letter none of an
 *  abbreviation ends a sentence. */
enum abbreviation {
    ABBREVIATION_NONE,    /* it is a word, whose full stop ends a sentence */
    ABBREVIATION_NEVER,   /* a name or number follows: `Mr.`, `z. B.` */
    ABBREVIATION_CAPITAL, /* ends one before a capital, not before a digit:
                             `Nov.`, `etc.` */
    ABBREVIATION_OPENER   /* ends one only before a word that opens sentences,
                             for a name follows as often: `Inc.`, `U.S.` */
};

/** How a language writes ordinal numbers. */
enum ordinals {
    ORDINALS_OTHER,  /* without a full stop */
    ORDINALS_STOP,   /* `3.`, before a small letter or a name */
    ORDINALS_CAPITAL /* `3.`, before nouns, which have capitals */
};

/** Longer words, in bytes without the full stop, are not abbreviations. */
#define ABBREVIATION_MAX 24

/** What is known of a language: entries with spaces between them, those of
 *  each kind of enum abbreviation. */
struct abbreviations {
    const char *lang;
    enum ordinals ordinals;
    const char *never, *capital, *opener;
};

/** Those of the language that `lang` names, as stem_code reads it; those that
 *  languages have in common where it is not known.  Static. */
const struct abbreviations *abbreviations_of(const char *lang);

/** What `word` is, as it is written, without its last full stop.  Some are
 * told from words by their first capital (`Mass.`). */
enum abbreviation abbreviation_find(const struct abbreviations *a,
                                    struct morgue_str word);

/** Whether the word is one that opens sentences and begins no name: an
 *  article, a pronoun, a preposition. */
bool abbreviation_opener(const struct abbreviations *a, struct fold *fold,
                         struct morgue_str word);

/** The `i`th language, from 0, that has abbreviations of its own; NULL behind
 *  the last.  Static. */
const char *abbreviation_language(size_t i);

#endif
