/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone_name.h - time zones by the names that dates have
 */
#ifndef MORGUE_ARTICLE_ZONE_NAME_H
#define MORGUE_ARTICLE_ZONE_NAME_H

#include "../base/str.h"

/** Whether it is one of the short names ("PKT", "ET") or long ones ("Eastern
 *  Standard Time") that we know, in any letters. */
bool zone_name_is(struct morgue_str name);

/** Seconds east of UTC, whole minutes, at a local time, which is in seconds of
 *  the calendar as if it were UTC: by one of these names, or by one of the tz
 *  database, "America/New_York", written as there.  Of a time that came twice
 *  the first, of one that was skipped as before the change.  False where there
 *  is no such zone, or the database is not there.  The latter costs the
 * reading of a file of some 2 kB each time, about 10 us; nothing is allocated.
 */
bool zone_name_offset(struct morgue_str name, int64_t local, int32_t *offset);

#endif
