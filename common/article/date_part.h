/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_part.h - a date cut into numbers, words and signs
 *
 * What reads dates holds the row of these parts against the forms that dates
 * have.  Inside of date.c and date_time.c.
 */
#ifndef MORGUE_ARTICLE_DATE_PART_H
#define MORGUE_ARTICLE_DATE_PART_H

#include "date_name.h"

/** `kind` is '0' for a number, 'M' for a month's name, 'Z' for a zone as the
 * tz database names it, 'W' for another word, '=' for a dash that is longer
 * than a hyphen, else the sign itself; white space is no part. */
struct date_part {
    char kind;
    bool spaced; /* white space before it */
    int digits;
    int64_t value;         /* of a number */
    struct date_name name; /* of a word */
    struct morgue_str word;
};

enum { DATE_PARTS_MAX = 28 };

struct date_parts {
    struct date_part part[DATE_PARTS_MAX];
    int n, at; /* at: the next one to be read */
};

/** What is read of a date so far. */
struct date_civil {
    int64_t year, month, day, hour, minute, second, offset;
    int other;     /* the month that its name means elsewhere; 0 */
    unsigned days; /* of the week that it is said to be; 0: not said */
    struct morgue_str zone; /* a zone by name, in place of `offset`; "" */
    bool unknown_zone;      /* one that means nothing to us, and no other */
    enum morgue_date_precision precision;
};

/** Cut a date; false where there is nothing, or more than dates have. */
bool date_split(struct date_parts *p, struct morgue_str s);

/** Whether the next parts are of these kinds; they are taken if so. */
const struct date_part *date_take(struct date_parts *p, const char *kinds);

/** Take the next part if it is one of the words, which are small. */
bool date_take_word(struct date_parts *p, const char *words);

/* ---- date_time.c -------------------------------------------------------- */

/** 11:00, 11:00:05.123, 11h00; with `dots` 11.00 too. */
bool date_clock(struct date_parts *p, struct date_civil *c, bool dots);

/** am, PM, p.m., and what it is in other languages, if it follows; false where
 *  it does not fit the hour. */
bool date_half_of_day(struct date_parts *p, struct date_civil *c);

/** A zone, if one follows: Z, GMT, +0100, +01:00, (CET) +0100, UTC+5:30,
 *  [Europe/Berlin], Eastern Standard Time; false where it cannot be. */
bool date_zone(struct date_parts *p, struct date_civil *c);

/** A time of day with its zone, if one follows; then nothing must be left. */
bool date_time_of_day(struct date_parts *p, struct date_civil *c);

/** The same in the words of Chinese, Japanese and Korean, behind a date;
 * `half` is a word that stands between. */
bool date_eastern_time(struct date_parts *p, struct date_civil *c,
                       struct morgue_str half);

#endif
