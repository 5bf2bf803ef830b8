/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language_table.h - what is common in the languages that share a script
 *
 * Lists of what stands between spaces: a number is the weight of what follows
 * it.  Words are whole and in lower case; pieces are three letters of a word,
 * `_` its edge; letters are those outside of ASCII that not all languages of
 * the script have alike.  A weight goes with the logarithm of how often that
 * is in the language; what is not listed for one is hardly ever in it.
 *
 * Inside of language.c.  The lists, and LANGUAGE_FEATURES, are made by
 * language_table.py, which says of what.
 */
#ifndef MORGUE_TEXT_LANGUAGE_TABLE_H
#define MORGUE_TEXT_LANGUAGE_TABLE_H

#include <stddef.h>

#define LANGUAGE_MAX        64    /* languages of one script */
#define LANGUAGE_WEIGHT_MAX 15    /* the largest weight */
#define LANGUAGE_FEATURES   11328 /* in all lists */

struct language_row {
    const char *code, *words, *letters;
};

/* The languages of a script, and their pieces in the same order. */
extern const struct language_row language_latin[], language_cyrillic[],
    language_arabic[], language_devanagari[], language_ethiopic[],
    language_hebrew[];
extern const size_t language_latin_n, language_cyrillic_n, language_arabic_n,
    language_devanagari_n, language_ethiopic_n, language_hebrew_n;
extern const char *const language_latin_pieces[],
    *const language_cyrillic_pieces[],
        *const language_arabic_pieces[],
            *const language_devanagari_pieces[],
                *const language_ethiopic_pieces[],
                    *const language_hebrew_pieces[];

#endif
