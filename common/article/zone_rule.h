/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone_rule.h - TZ strings: a zone's offsets from its last change on
 *
 * As "CET-1CEST,M3.5.0,M10.5.0/3" or "<+03>-3"; offsets count to the west
 * there.  Summer time is what follows the second name; in winter ("GMT0IST-1"
 * of Ireland has it reversed) or all year it is none the less called so here.
 */
#ifndef MORGUE_ARTICLE_ZONE_RULE_H
#define MORGUE_ARTICLE_ZONE_RULE_H

#include "../base/str.h"

/* A day of each year, and the time of the change on it. */
struct zone_day {
    char kind;            /* 'M', 'J', or '0' where there is no letter */
    int month, week, day; /* Mm.w.d (week 5: the last), Jn, n */
    int32_t time;         /* seconds of the local clock of before the change */
};

struct zone_rule {
    bool given, has_summer;
    int32_t standard, summer; /* seconds east of UTC */
    struct zone_day from, to; /* summer */
};

/* An offset, and where another may begin; INT64_MAX: nowhere. */
struct zone_span {
    int32_t offset;
    int64_t end;
};

/** False where it is none, and where it has summer time but does not say when.
 *  Offsets are less than 25 hours, that of summer time less than 26. */
bool zone_rule_read(struct zone_rule *out, struct morgue_str s);

/** What holds at an instant, which is 2^62 from 1970 at most. */
struct zone_span zone_rule_span(const struct zone_rule *r, int64_t utc);

#endif
