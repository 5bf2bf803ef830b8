/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone_help.h - what the tests of time zones share: the C library, which
 * knows one zone at a time, that of $TZ, and the definition of zone_instant
 *
 * Instants at random come from a fixed seed, which is printed.
 */
#ifndef MORGUE_ZONE_HELP_H
#define MORGUE_ZONE_HELP_H

#include <stdlib.h>
#include <time.h>

#include "../../common/article/date.h"
#include "../../common/article/zone.h"
#include "../../common/base/file.h"
#include "scratch.h"

#define TZ_DIR "/usr/share/zoneinfo"

enum { HOUR = 3600, DAY = 86400, AT_MAX = 20000 };

static const uint64_t first_seed = 9636;
static uint64_t seed;

static inline int64_t
random_between(int64_t low, int64_t high)
{
    uint64_t n;

    seed = seed * 6364136223846793005u + 1442695040888963407u;
    n = seed >> 20; /* 44 bits; 600 years have 35 */
    return low + (int64_t)(n % (uint64_t)(high - low));
}

static inline int64_t
year(int y)
{
    return date_seconds(y, 1, 1, 0, 0, 0);
}

/* ---- the C library ------------------------------------------------------ */

static inline void
c_zone(const char *tz)
{
    setenv("TZ", tz, 1);
    tzset();
}

static inline int32_t
c_offset(int64_t utc)
{
    time_t t = (time_t)utc;
    struct tm tm;

    return localtime_r(&t, &tm) ? (int32_t)tm.tm_gmtoff : INT32_MAX;
}

/* Instants at which a zone changes its offset, or may; in order. */
static int64_t at[AT_MAX];
static size_t at_n;

static inline void
at_add(int64_t t)
{
    if (at_n < AT_MAX && (at_n == 0 || t > at[at_n - 1]))
        at[at_n++] = t;
}

/* The first instant behind `low` with the offset that `high` has. */
static inline int64_t
c_change(int64_t low, int64_t high)
{
    int32_t offset = c_offset(high);

    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;

        if (c_offset(middle) == offset)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* Add the changes that the C library has between two instants. */
static inline void
c_changes(int64_t from, int64_t to, int64_t step)
{
    for (int64_t t = from; t < to; t += step)
        if (c_offset(t) != c_offset(t + step))
            at_add(c_change(t, t + step));
}

static inline bool
same_at(const struct zone *z, const char *name, int64_t utc)
{
    int32_t got = zone_offset(z, utc), want = c_offset(utc);

    return test_that(got == want, __FILE__, __LINE__,
                     "%s at %jd: the offset is %d, not %d", name,
                     (intmax_t)utc, got, want);
}

/* ---- the definition of zone_instant ------------------------------------- */

static inline int64_t
local_at(const struct zone *z, int64_t utc)
{
    return utc + zone_offset(z, utc);
}

/* Local time falls at changes only; so it is the first instant if the one
 * before is too early, and so are the ends of what was before the changes. */
static inline bool
is_first(const struct zone *z, const char *name, int64_t local)
{
    int64_t t = zone_instant(z, local);
    bool ok = local_at(z, t) >= local && local_at(z, t - 1) < local;

    for (size_t i = at_n; i-- > 0 && at[i] > t - 3 * DAY;)
        ok = ok && (at[i] > t || local_at(z, at[i] - 1) < local);
    return test_that(ok, __FILE__, __LINE__,
                     "%s: %jd is not the first instant of %jd", name,
                     (intmax_t)t, (intmax_t)local);
}

static inline bool
is_first_around(const struct zone *z, const char *name, int64_t change)
{
    int64_t before = local_at(z, change - 1) + 1, after = local_at(z, change);

    for (int64_t i = -1; i <= 1; i++)
        if (!is_first(z, name, before + i) || !is_first(z, name, after + i) ||
            !is_first(z, name, (before + after) / 2 + i))
            return false;
    return true;
}

#endif
