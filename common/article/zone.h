/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone.h - time zones, as the system's tz database has them
 *
 * Neither the environment nor the C library's own time zone is looked at or
 * changed.  A zone never changes once it is open, so that several threads may
 * use it.  Right for the years 1600 to 2200, and for any other instant there
 * is an answer.
 */
#ifndef MORGUE_ARTICLE_ZONE_H
#define MORGUE_ARTICLE_ZONE_H

#include "../base/error.h"

struct zone;

/** Open the zone `name`: "Europe/Warsaw", with small letters and capitals as
 *  the files under /usr/share/zoneinfo have them; "UTC", which needs no such
 *  file; or an offset, "+02:00", "-0330", "+02".
 *
 *  MORGUE_USAGE where there is no such zone, and where it counts leap seconds
 *  ("right/Europe/Warsaw"), with a message that says what to write instead;
 *  MORGUE_IO where its file cannot be read, MORGUE_FORMAT where that is
 *  damaged.  Give back: zone_free. */
enum morgue_status zone_open(struct zone **out, const char *name,
                             struct morgue_error *err);

/** The same of the bytes of a file in the format TZif; `name` is for
 *  messages. */
enum morgue_status zone_read(struct zone **out, struct morgue_str file,
                             const char *name, struct morgue_error *err);

/** Give back; NULL is fine. */
void zone_free(struct zone *z);

/** Seconds east of UTC at an instant. */
int32_t zone_offset(const struct zone *z, int64_t utc);

/** Of the zone that the system's tz database calls so, the seconds east of
 * UTC, rounded to minutes, by which a local time was written: where it came
 * twice the first, where it was skipped those before the change.  False where
 * there is no such zone, or it cannot be read.  Reads its file each time and
 * takes no memory, so that dates can ask. */
bool zone_offset_of(const char *name, int64_t local, int32_t *offset);

/** The first instant whose local time is not before `local`, which are the
 *  seconds of the local calendar as if it were UTC: of a time that was skipped
 *  the instant of the change, of one that came twice the first.  Never falls
 *  where `local` rises. */
int64_t zone_instant(const struct zone *z, int64_t local);

#endif
