/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dates.c - the dates that a search asks for
 *
 * A bound that is a day, a month or a year means that of each article's own
 * clock, or with a time zone, that of the zone; a bound to the second means
 * the instant.  Articles whose dates are days or less exact have no instant:
 * they are held against the calendar in any case.
 */
#include "dates.h"

#include "../common/article/zone.h"

bool
dates_asked(const struct morgue_search_options *o)
{
    return o->from.precision != MORGUE_DATE_NONE ||
           o->to.precision != MORGUE_DATE_NONE;
}

/* What the clock shows and the instant where the period of `bound` begins or
 * ends: the calendar's `at`, of a bound to the second UTC's. */
static void
edge(int64_t *local, int64_t *utc, struct morgue_date bound, int64_t at,
     const struct zone *zone)
{
    *local = at;
    *utc = at;
    if (bound.precision != MORGUE_DATE_SECOND && zone)
        *utc = zone_instant(zone, at);
    if (bound.precision == MORGUE_DATE_SECOND)
        *local += zone ? zone_offset(zone, at) : bound.offset;
}

/* A filter by one bound. */
static struct query *
half(struct arena *arena, struct morgue_date bound, bool is_end,
     const struct zone *zone)
{
    struct period p = {.from = INT64_MIN,
                       .to = INT64_MAX,
                       .by_instant =
                           zone || bound.precision == MORGUE_DATE_SECOND,
                       .from_utc = INT64_MIN,
                       .to_utc = INT64_MAX};

    if (is_end)
        edge(&p.to, &p.to_utc, bound, date_end(bound), zone);
    else
        edge(&p.from, &p.from_utc, bound, date_floor(bound).seconds, zone);
    return query_dates(arena, &p);
}

enum morgue_status
dates_filter(struct query **q, struct arena *arena,
             const struct morgue_search_options *o, struct morgue_error *err)
{
    struct query *part[3] = {*q};
    struct zone *zone = NULL;
    size_t n = 1;
    enum morgue_status st = o->tz ? zone_open(&zone, o->tz, err) : MORGUE_OK;

    if (st)
        return st;
    if (o->from.precision != MORGUE_DATE_NONE)
        part[n++] = half(arena, o->from, false, zone);
    if (o->to.precision != MORGUE_DATE_NONE)
        part[n++] = half(arena, o->to, true, zone);
    if (n > 1)
        *q = query_node(arena, QUERY_FILTER, part, n);
    zone_free(zone);
    return MORGUE_OK;
}
