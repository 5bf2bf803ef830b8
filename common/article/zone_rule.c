/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone_rule.c - TZ strings: a zone's offsets from its last change on
 *
 * In the form of POSIX.1-2024 and RFC 9636, 3.3.1:
 *
 *     name offset [name [offset] , day [/time] , day [/time]]
 *
 * Nothing is kept of a year: an offset comes from the ten changes of five
 * years, each a few divisions.
 */
#include "zone_rule.h"

#include "date.h"

enum { YEAR = 31556952 }; /* mean length of a year of the calendar */

/* After 400 years the calendar is the same again, weekdays too. */
static const int64_t cycle = INT64_C(400) * YEAR;

/* ---- reading ------------------------------------------------------------ */

static void
skip(struct morgue_str *s, size_t n)
{
    *s = str_slice(s->s + n, s->len - n);
}

static bool
take(struct morgue_str *s, char c)
{
    if (s->len == 0 || s->s[0] != c)
        return false;
    skip(s, 1);
    return true;
}

static bool
take_number(struct morgue_str *s, int min, int max, int *out)
{
    size_t n = 0;

    *out = 0;
    for (; n < s->len && is_digit(s->s[n]) && *out <= max; n++)
        *out = *out * 10 + (s->s[n] - '0');
    skip(s, n);
    return n > 0 && *out >= min && *out <= max;
}

/* EST, <+03>. */
static bool
take_name(struct morgue_str *s)
{
    bool quoted = take(s, '<');
    size_t n = 0;

    while (n < s->len && (is_alpha(s->s[n]) ||
                          (quoted && (is_digit(s->s[n]) || s->s[n] == '+' ||
                                      s->s[n] == '-'))))
        n++;
    skip(s, n);
    return n >= 3 && (!quoted || take(s, '>'));
}

/* -3, 12:30, 24:59:59. */
static bool
take_time(struct morgue_str *s, int hours_max, int32_t *out)
{
    bool minus = take(s, '-');
    int hours, minutes = 0, seconds = 0;

    if (!minus)
        take(s, '+');
    if (!take_number(s, 0, hours_max, &hours) ||
        (take(s, ':') && !take_number(s, 0, 59, &minutes)) ||
        (take(s, ':') && !take_number(s, 0, 59, &seconds)))
        return false;
    *out = hours * 3600 + minutes * 60 + seconds;
    if (minus)
        *out = -*out;
    return true;
}

/* POSIX counts to the west. */
static bool
take_offset(struct morgue_str *s, int32_t *out)
{
    if (!take_time(s, 24, out))
        return false;
    *out = -*out;
    return true;
}

static bool
take_day(struct morgue_str *s, struct zone_day *out)
{
    bool ok;

    *out = (struct zone_day){.kind = '0', .time = 2 * 3600};
    if (take(s, 'M')) {
        out->kind = 'M';
        ok = take_number(s, 1, 12, &out->month) && take(s, '.') &&
             take_number(s, 1, 5, &out->week) && take(s, '.') &&
             take_number(s, 0, 6, &out->day);
    } else if (take(s, 'J')) {
        out->kind = 'J';
        ok = take_number(s, 1, 365, &out->day);
    } else {
        ok = take_number(s, 0, 365, &out->day);
    }
    return ok && (!take(s, '/') || take_time(s, 167, &out->time));
}

bool
zone_rule_read(struct zone_rule *out, struct morgue_str s)
{
    *out = (struct zone_rule){.given = true};
    if (!take_name(&s) || !take_offset(&s, &out->standard))
        return false;
    if (s.len == 0)
        return true;
    out->has_summer = true;
    out->summer = out->standard + 3600;
    if (!take_name(&s))
        return false;
    if (s.len > 0 && s.s[0] != ',' && !take_offset(&s, &out->summer))
        return false;
    return take(&s, ',') && take_day(&s, &out->from) && take(&s, ',') &&
           take_day(&s, &out->to) && s.len == 0;
}

/* ---- offsets ------------------------------------------------------------ */

/* When the day of the rule begins in a year. */
static int64_t
day_begins(const struct zone_day *d, int year)
{
    int64_t first, next, day = 86400;
    int weekday;

    if (d->kind == '0')
        return date_seconds(year, 1, 1, 0, 0, 0) + d->day * day;
    if (d->kind == 'J' && d->day < 60) /* up to 28 February */
        return date_seconds(year, 1, 1, 0, 0, 0) + (d->day - 1) * day;
    if (d->kind == 'J')
        return date_seconds(year + 1, 1, 1, 0, 0, 0) - (366 - d->day) * day;
    first = date_seconds(year, d->month, 1, 0, 0, 0);
    next = date_seconds(year + d->month / 12, d->month % 12 + 1, 1, 0, 0, 0);
    weekday = (int)((first / day + 4) % 7); /* 1970 began on a Thursday */
    first += ((d->day - weekday + 7) % 7 + (d->week - 1) * 7) * day;
    return first < next ? first : first - 7 * day;
}

/* A change at `at` to an offset, as it looks from `utc`; *last is that of the
 * offset in the span. */
static void
take_change(struct zone_span *s, int64_t *last, int64_t utc, int64_t at,
            int32_t offset)
{
    if (at > utc && at < s->end)
        s->end = at;
    if (at > utc || at < *last)
        return;
    *last = at;
    s->offset = offset;
}

/* Times of up to a week before and after the day move a change into another
 * year, hence two on each side.  Where summer ends in the instant in which it
 * begins, the next year's, it has no end. */
struct zone_span
zone_rule_span(const struct zone_rule *r, int64_t utc)
{
    int64_t in_cycle = (utc % cycle + cycle) % cycle, last = INT64_MIN;
    int year = 1970 + (int)(in_cycle / YEAR); /* or the one beside it */
    struct zone_span s = {.offset = r->standard, .end = INT64_MAX};

    if (!r->has_summer)
        return s;
    for (int y = year - 2; y <= year + 2; y++) {
        int64_t to = day_begins(&r->to, y) + r->to.time - r->summer;
        int64_t from = day_begins(&r->from, y) + r->from.time - r->standard;

        take_change(&s, &last, in_cycle, to, r->standard);
        take_change(&s, &last, in_cycle, from, r->summer);
    }
    s.end += utc - in_cycle;
    return s;
}
