/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stop.c - deadlines, and interrupts that any thread or signal may raise
 */
#include "stop.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "error.h"

struct morgue_interrupt {
    atomic_bool raised; /* lock-free, so a signal handler may set it */
};

enum morgue_status
morgue_interrupt_new(morgue_interrupt **out, struct morgue_error *err)
{
    if (!out)
        return error_null(err, "out");
    *out = calloc(1, sizeof **out);
    return *out ? MORGUE_OK : error_nomem(err);
}

void
morgue_interrupt_raise(morgue_interrupt *i)
{
    if (i)
        atomic_store(&i->raised, true);
}

void
morgue_interrupt_clear(morgue_interrupt *i)
{
    if (i)
        atomic_store(&i->raised, false);
}

void
morgue_interrupt_free(morgue_interrupt *i)
{
    free(i);
}

static bool
is_raised(const struct stop *s)
{
    return s->raise &&
           atomic_load_explicit(&s->raise->raised, memory_order_relaxed);
}

int64_t
stop_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct stop
stop_after(uint64_t ms, morgue_interrupt *raise)
{
    struct stop s = STOP_NEVER;
    int64_t now = stop_clock();

    s.raise = raise;
    if (ms > 0 && ms < (uint64_t)(INT64_MAX - now) / 1000000)
        s.deadline = now + (int64_t)ms * 1000000;
    return s;
}

bool
stop_now(struct stop *s)
{
    if (!s)
        return false;
    if (s->deadline != INT64_MAX && stop_clock() >= s->deadline)
        s->timed_out = true;
    if (is_raised(s))
        s->interrupted = true;
    return stop_seen(s);
}

enum morgue_status
stop_status(const struct stop *s, struct morgue_error *err)
{
    if (!s || !(s->interrupted || is_raised(s)))
        return MORGUE_OK;
    return error_set(err, MORGUE_INTERRUPTED, "interrupted");
}

enum morgue_status
stop_failure(struct stop *s, struct morgue_error *err)
{
    enum morgue_status st;

    if (!stop_now(s))
        return MORGUE_OK;
    st = stop_status(s, err);
    return st ? st : error_set(err, MORGUE_TIMED_OUT, "the time is over");
}
