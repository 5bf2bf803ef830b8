/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date.h - dates as news writes them
 *
 * The calendar is the Gregorian one, before 1582 too; a leap second counts as
 * the second after it.  Seconds are UTC: a time with a zone is converted, and
 * how far the zone is from UTC is kept beside; one without is taken as UTC,
 * and of one whose zone's name means nothing to us the day is kept alone.
 * Two-digit years are read in the form of RFC 822 with a time alone (1950 to
 * 2049), nor is a date in which day and month cannot be told apart
 * (03/04/2005).
 */
#ifndef MORGUE_ARTICLE_DATE_H
#define MORGUE_ARTICLE_DATE_H

#include "../base/buf.h"

enum { DATE_YEAR_MIN = 1600, DATE_YEAR_MAX = 2200 };

/* No clock is further from UTC, in seconds. */
enum { DATE_OFFSET_MAX = 24 * 60 * 60 };

/** Whether it is none, or has a precision and an offset that there can be and
 *  is within these years, in UTC and by its own clock. */
bool date_in_range(struct morgue_date date);

/** The same of the years 1 to 9999: what all functions below take and give. */
bool date_is_valid(struct morgue_date date);

/** A valid date with its seconds where its period begins and, unless it is to
 *  the second, without offset; 0 for none. */
struct morgue_date date_floor(struct morgue_date date);

/** Read a date, with white space around it; false, and *out without date,
 *  where it is none.  Years are 1 to 9999, so that one that cannot be right
 *  is told from none; less than a whole day is read within the years above.
 *
 *  Forms: ISO 8601 whole or in part (1918, 1918-11, 1918-11-11,
 *  1918-11-11T11:00, ...:05.123Z, +01:00, basic form 19181111T110000Z;
 *  a space for the T), with what RFC 9557 puts behind it in brackets; RFC 5322
 *  (Mon, 11 Nov 1918 11:00:00 +0100); ctime (Mon Nov 11 11:00:00 1918, a
 *  zone before the year); Reuters (26-FEB-1987 15:01:01.79);
 *  11 November 1918; November 11, 1918; Nov. 11, 1918 11:00 a.m. EST;
 *  11.11.1918; 1918/11/11; 11/25/1918 and 25/11/1918 where only one reading is
 *  a date; seconds since 1970 of 9 to 10 digits and milliseconds of 12 to 13.
 *  Zones are numbers, the names of zone_name.h, or both, in brackets or quotes
 *  or not; a number goes before a name.  Names of months and days may be those
 *  of some 85 languages (date_name.h), in any mix, with what stands around
 * them there: 11. November 1918 um 11:00 Uhr, le 11 novembre 1918 a 11h00, 11
 * de noviembre de 1918, 1918. november 11., 1918年11月11日.  A name that means
 *  two months is that one whose day of the week is right, if it is said.
 *
 *  A zone of the tz database costs the reading of a file, all else about a
 *  microsecond. */
bool date_parse(struct morgue_str s, struct morgue_date *out);

/** How a date is to be read, and what was seen of it. */
struct date_how {
    enum morgue_order order; /* that of numbers where they do not tell it */
    bool said; /* the user says so, of years with two digits too */

    /* Set by date_form; all 0 before. */
    enum morgue_order shows; /* these numbers have this order and no other */
    bool open;               /* they are right in two orders */
    bool ambiguous;  /* and nothing tells which: the date is their year */
    bool partial;    /* its day, or month too, is written as 0 */
    bool impossible; /* it is no date, for no calendar has the day */
    const char
        *note; /* date_read: what it is of what is written; NULL; static */
    char written[24]; /* that day, as numbers: 1905-06-31 */
};

/** As date_parse, by an order, and so that it is told what is wrong; a day or
 *  month 0, as databases write them, is one that is not known. */
bool date_form(struct morgue_str s, struct date_how *how,
               struct morgue_date *out);

/** The same, also of what archives and catalogues write: ca. 1905, [1905?],
 *  1905-1906, May-June 1905, Spring 1905, 190-?, 1905-05-12 (Evening ed.).
 *  how->note tells what the date is of it. */
bool date_read(struct morgue_str s, struct date_how *how,
               struct morgue_date *out);

/** Seconds of a calendar date and time; the parts must be in range. */
int64_t date_seconds(int year, int month, int day, int hour, int minute,
                     int second);

/** Seconds of a valid date by the clock that it was written by, as if that
 *  were UTC: they tell its own day. */
static inline int64_t
date_local(struct morgue_date date)
{
    return date.seconds + date.offset;
}

/** The calendar date of seconds since 1970, as if these were UTC. */
void date_calendar(int64_t seconds, int *year, int *month, int *day);

/** How many days a month has, of 1 to 12. */
int date_month_days(int year, int month);

/** The first second after the period of a valid date: of 1918, where 1919
 *  begins. */
int64_t date_end(struct morgue_date date);

/** Append the date in ISO 8601, as exact as it is: 1918-11,
 *  1918-11-11T11:00:05Z; nothing where there is none, or no valid one. */
void date_print(struct buf *out, struct morgue_date date);

#endif
