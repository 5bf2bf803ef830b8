/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_name.h - what months and days are called
 */
#ifndef MORGUE_ARTICLE_DATE_NAME_H
#define MORGUE_ARTICLE_DATE_NAME_H

#include "../base/str.h"

/* What a name means. */
struct date_name {
    int month;     /* from 1; 0: none */
    int other;     /* another month that it means elsewhere; 0 */
    unsigned days; /* a bit for each day of the week, Monday's the lowest */
    bool thai;     /* years count from 543 before Christ */
};

/** What a word means, or the beginning of one where it has three letters and
 *  all names that begin so mean the same; all 0 where nothing. */
struct date_name date_name_of(struct morgue_str word);

/* Bytes of the longest word that date_lower takes. */
enum { DATE_WORD_MAX = 48 };

/** The word in small letters, of Latin, Greek, Cyrillic and Armenian; "" where
 *  it is too long to mean anything. */
struct morgue_str date_lower(char out[DATE_WORD_MAX], struct morgue_str word);

/** Whether the word, in any letters, is among those of `words`, which are
 *  small and have " " between them. */
bool date_word_in(struct morgue_str word, const char *words);

#endif
