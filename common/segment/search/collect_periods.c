/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect_periods.c - how many of the articles that match are of which day,
 * month or year
 *
 * Days are counted in an array that has parts only where there are articles;
 * months and years are made of days at the end.
 */
#include "../../article/date.h"
#include "collect.h"

enum {
    DAY_SECONDS = 86400,
    DAY_MIN = -719162, /* 0001-01-01, from 1970 on */
    DAY_MAX = 2932896, /* 9999-12-31 */
    PART = 1024,       /* days */
    PARTS = (DAY_MAX - DAY_MIN) / PART + 1
};

struct periods_task {
    struct task base;
    enum morgue_date_precision least; /* of dates that tell the period */
    uint64_t *part[PARTS];            /* of PART days each; NULL: none */
};

static bool
periods_begin(struct task *t, struct search *s)
{
    struct periods_task *p = (struct periods_task *)t;

    (void)s;
    p->least = date_unit_precision(t->c->unit);
    return true;
}

/* The day that an article's own clock showed, from DAY_MIN on, or -1 where its
 * date is less exact than that; -2 where there is no such date.  Both columns
 * were touched. */
static int32_t
day_of(const struct segment *s, uint32_t doc, enum morgue_date_precision least)
{
    int64_t seconds = date_of_value(column_get(&s->column[COLUMN_DATE], doc));
    uint64_t zone = column_get(&s->column[COLUMN_ZONE], doc);
    const int64_t from = (int64_t)DAY_MIN * DAY_SECONDS;
    const int64_t to = ((int64_t)DAY_MAX + 1) * DAY_SECONDS;

    if (zone == MORGUE_DATE_NONE ||
        zone > MORGUE_DATE_SECOND + 2 * DATE_OFFSET_MAX / 60)
        return -2;
    if (zone < (uint64_t)least)
        return -1;
    if (seconds < from || seconds >= to)
        return -2;
    if (zone >= MORGUE_DATE_SECOND)
        seconds += (int64_t)(zone - MORGUE_DATE_SECOND) * 60 - DATE_OFFSET_MAX;
    if (seconds < from || seconds >= to)
        return -2;
    return (int32_t)((seconds - from) / DAY_SECONDS);
}

static bool
count_day(struct periods_task *p, struct search *s, uint32_t day)
{
    uint64_t **part = &p->part[day / PART];

    if (!*part)
        *part = arena_zero(s->plan.arena, PART, sizeof **part);
    if (!*part)
        return false;
    (*part)[day % PART]++;
    return true;
}

static bool
periods_take(struct task *t, struct search *s, const struct found *f)
{
    struct periods_task *p = (struct periods_task *)t;
    struct segment *of = f->segment;
    uint32_t n = f->n;
    bool good = true;

    while (n > 0 && f->doc[n - 1] >= of->dated)
        n--;
    t->c->undated += f->n - n;
    if (n == 0 ||
        !segment_touch_column(of, COLUMN_DATE, f->doc[0], f->doc[n - 1] + 1) ||
        !segment_touch_column(of, COLUMN_ZONE, f->doc[0], f->doc[n - 1] + 1))
        return true;
    for (uint32_t i = 0; good && i < n; i++) {
        int32_t day = day_of(of, f->doc[i], p->least);

        if (day >= 0)
            good = count_day(p, s, (uint32_t)day);
        else if (day == -1)
            t->c->imprecise++;
        else
            of->damaged = true;
    }
    return good;
}

/* The day as a period of the unit that it is in. */
static struct period_count
period_of(const struct periods_task *p, uint32_t day)
{
    struct morgue_date date = {.seconds =
                                   ((int64_t)day + DAY_MIN) * DAY_SECONDS,
                               .precision = p->least};

    return (struct period_count){.begin = date_floor(date).seconds,
                                 .articles = p->part[day / PART][day % PART]};
}

/* Hand the days that have articles out, as periods; how many there are. */
static size_t
fold(const struct periods_task *p, struct period_count *out)
{
    size_t n = 0;

    for (uint32_t i = 0; i < PARTS; i++)
        for (uint32_t k = 0; p->part[i] && k < PART; k++) {
            struct period_count one;

            if (p->part[i][k] == 0)
                continue;
            if (!out) {
                n++;
                continue;
            }
            one = period_of(p, i * PART + k);
            if (n > 0 && out[n - 1].begin == one.begin)
                out[n - 1].articles += one.articles;
            else
                out[n++] = one;
        }
    return n;
}

static enum morgue_status
periods_end(struct task *t, struct search *s, struct morgue_error *err)
{
    struct periods_task *p = (struct periods_task *)t;
    size_t days = fold(p, NULL);
    struct period_count *out =
        arena_zero(s->room->arena, days + 1, sizeof *out);

    if (!out)
        return error_nomem(err);
    t->c->period = out;
    t->c->n = fold(p, out);
    return MORGUE_OK;
}

const struct collecting collect_periods = {.size = sizeof(struct periods_task),
                                           .begin = periods_begin,
                                           .take = periods_take,
                                           .end = periods_end};
