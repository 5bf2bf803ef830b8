/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calendar.c - dates as numbers: the calendar, what is one, and how they are
 * printed
 *
 * Calendar arithmetic is that of H. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms": years begin in March, so that the leap day comes last.
 */
#include "date.h"

#include <stdio.h>

/* ---- the calendar ------------------------------------------------------- */

static int64_t
days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy =
        (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

    return era * 146097 + doe - 719468;
}

static void
civil_from_days(int64_t days, int *year, int *month, int *day)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

int
date_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return month == 2 && leap ? 29 : days[month - 1];
}

int64_t
date_seconds(int year, int month, int day, int hour, int minute, int second)
{
    return days_from_civil(year, month, day) * 86400 + hour * 3600 +
           minute * 60 + second;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

void
date_calendar(int64_t seconds, int *year, int *month, int *day)
{
    civil_from_days(floor_div(seconds, 86400), year, month, day);
}

/* Whether a date of that precision can have such an offset. */
static bool
can_have(enum morgue_date_precision precision, int32_t offset)
{
    return offset == 0 ||
           (precision == MORGUE_DATE_SECOND && offset % 60 == 0 &&
            offset >= -DATE_OFFSET_MAX && offset <= DATE_OFFSET_MAX);
}

/* Seconds from the beginning of a year to that of another. */
struct years {
    int64_t begin, end;
};

static const struct years years_all = {-62135596800, 253402300800};
static const struct years years_right = {-11676096000, 7289654400};

static bool
is_within(struct morgue_date date, const struct years *y)
{
    if (date.precision == MORGUE_DATE_NONE)
        return true;
    return (unsigned)date.precision <= MORGUE_DATE_SECOND &&
           can_have(date.precision, date.offset) && date.seconds >= y->begin &&
           date.seconds < y->end && date_local(date) >= y->begin &&
           date_local(date) < y->end;
}

bool
date_in_range(struct morgue_date date)
{
    return is_within(date, &years_right); /* DATE_YEAR_MIN, DATE_YEAR_MAX */
}

bool
date_is_valid(struct morgue_date date)
{
    return is_within(date, &years_all); /* 1 to 9999 */
}

struct morgue_date
date_floor(struct morgue_date date)
{
    int year, month, day;

    if (date.precision == MORGUE_DATE_NONE)
        return (struct morgue_date){0};
    if (date.precision == MORGUE_DATE_SECOND)
        return date;
    civil_from_days(floor_div(date.seconds, 86400), &year, &month, &day);
    if (date.precision < MORGUE_DATE_DAY)
        day = 1;
    if (date.precision < MORGUE_DATE_MONTH)
        month = 1;
    date.seconds = date_seconds(year, month, day, 0, 0, 0);
    date.offset = 0;
    return date;
}

int64_t
date_end(struct morgue_date date)
{
    int64_t days = floor_div(date.seconds, 86400);
    int year, month, day;

    if (date.precision == MORGUE_DATE_SECOND)
        return date.seconds + 1;
    if (date.precision == MORGUE_DATE_DAY)
        return (days + 1) * 86400;
    civil_from_days(days, &year, &month, &day);
    if (date.precision == MORGUE_DATE_MONTH && month < 12)
        return date_seconds(year, month + 1, 1, 0, 0, 0);
    return date_seconds(year + 1, 1, 1, 0, 0, 0);
}

/* Seconds as the calendar's year, ... second: 1918-11-11T11:00:00.  Memory is
 * not asked for: what is compared with what is printed must not depend on
 * whether there is any. */
static void
print_clock(char out[64], int64_t seconds)
{
    int64_t days = floor_div(seconds, 86400);
    int rest = (int)(seconds - days * 86400);
    int year, month, day;

    civil_from_days(days, &year, &month, &day);
    snprintf(out, 64, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day,
             rest / 3600, rest / 60 % 60, rest % 60);
}

/* +01:00, Z. */
static void
print_offset(char out[16], int32_t offset)
{
    int minutes = (offset < 0 ? -offset : offset) / 60;

    if (offset == 0)
        memcpy(out, "Z", sizeof "Z");
    else
        snprintf(out, 16, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60,
                 minutes % 60);
}

void
morgue_date_print_local(char out[MORGUE_DATE_LOCAL_MAX],
                        struct morgue_date date)
{
    static const uint8_t length[] = {[MORGUE_DATE_NONE] = 0,
                                     [MORGUE_DATE_YEAR] = 4,
                                     [MORGUE_DATE_MONTH] = 7,
                                     [MORGUE_DATE_DAY] = 10,
                                     [MORGUE_DATE_SECOND] = 19};
    char clock[64], zone[16] = "";

    if (!out)
        return;
    out[0] = '\0';
    if (date.precision == MORGUE_DATE_NONE || !date_is_valid(date))
        return;
    print_clock(clock, date_local(date));
    if (date.precision == MORGUE_DATE_SECOND)
        print_offset(zone, date.offset);
    snprintf(out, MORGUE_DATE_LOCAL_MAX, "%.*s%s", length[date.precision],
             clock, zone);
}

void
morgue_date_print(char out[MORGUE_DATE_MAX], struct morgue_date date)
{
    char text[MORGUE_DATE_LOCAL_MAX];

    if (!out)
        return;
    if (!date_is_valid(date))
        date.precision = MORGUE_DATE_NONE;
    date.offset = 0;
    morgue_date_print_local(text, date);
    memcpy(out, text, strlen(text) + 1);
}

void
date_print(struct buf *out, struct morgue_date date)
{
    char text[MORGUE_DATE_MAX];

    morgue_date_print(text, date);
    buf_str(out, str_of(text));
}
