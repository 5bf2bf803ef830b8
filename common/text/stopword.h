/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stopword.h - words that hold sentences together and are about nothing
 *
 * Articles, pronouns, prepositions, conjunctions, auxiliaries and question
 * words.  They are indexed like any others, so that phrases have them; they
 * are for queries that are written as sentences.
 */
#ifndef MORGUE_TEXT_STOPWORD_H
#define MORGUE_TEXT_STOPWORD_H

#include "../base/str.h"

/** Whether a folded word (struct token) is such a word in the language with
 *  this code; false for languages of which none are known. */
bool stopword(const char *lang, struct morgue_str folded);

/** The `i`th language, from 0, of which stop words are known, and all of them
 *  into *words, folded, one space between them; NULL behind the last. */
const char *stopword_list(size_t i, const char **words);

#endif
