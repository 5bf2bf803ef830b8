/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stop.h - when long work has to end early
 *
 * Work that may take long looks at a struct stop every now and then: about
 * once in the time that 10,000 postings take, for a look costs about 30 ns.
 */
#ifndef MORGUE_BASE_STOP_H
#define MORGUE_BASE_STOP_H

#include "../morgue.h"

/** What ends some work; one thread's. */
struct stop {
    int64_t deadline;        /* stop_clock then; INT64_MAX: never */
    morgue_interrupt *raise; /* by any thread; NULL: nobody's */
    bool timed_out;          /* stop_now has seen the deadline pass, */
    bool interrupted;        /* or somebody interrupt */
};

#define STOP_NEVER                                                            \
    {                                                                         \
        .deadline = INT64_MAX                                                 \
    }

/** Nanoseconds of a clock that never goes back. */
int64_t stop_clock(void);

/** Begin: the time is over in `ms` milliseconds, 0: never. */
struct stop stop_after(uint64_t ms, morgue_interrupt *raise);

/** Whether the work has to end: the deadline is over, or somebody has
 *  interrupted it, which is noted.  NULL never ends. */
bool stop_now(struct stop *s);

/** Whether stop_now has said so; the clock is not looked at. */
static inline bool
stop_seen(const struct stop *s)
{
    return s && (s->timed_out || s->interrupted);
}

/** MORGUE_INTERRUPTED where somebody has; a deadline is no failure. */
enum morgue_status stop_status(const struct stop *s, struct morgue_error *err);

/** The same, and MORGUE_TIMED_OUT where the deadline is over: for work of
 *  which a part is of no use. */
enum morgue_status stop_failure(struct stop *s, struct morgue_error *err);

#endif
