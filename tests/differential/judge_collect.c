/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge_collect.c - whether what collectors answer is what plain code counts
 *
 * All collectors of a question go through one pass.  A page behind a hit is
 * held against the engine's own whole list too: pages repeat and drop nothing,
 * also where scores are all but equal, whose order is the engine's affair.
 */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "../../common/article/date.h"
#include "judge.h"

/* ---- the first hits ----------------------------------------------------- */

/* Whether `hit` may stand where plain code has `right`: it is that or, by
 * relevance, one whose score is all but equal. */
static bool
may_stand(const struct judging *j, int side, const struct engine_hit *hit,
          const struct row *right, const struct collector *c)
{
    size_t article = facts_of_number(j->facts, side, hit->number);
    size_t i = article == SIZE_MAX ? SIZE_MAX : j->place[article];

    if (i == SIZE_MAX)
        return differ(j, "number %llu does not match",
                      (unsigned long long)hit->number);
    if (!judge_within(hit->score, j->row[i].score, JUDGE_LIKE))
        return differ(j, "'%s' has the score %.17g, not %.17g",
                      j->facts->article[article].id.s, hit->score,
                      j->row[i].score);
    return article == right->article ||
           (c->sort == MORGUE_SORT_RELEVANCE &&
            judge_within(right->score, j->row[i].score, JUDGE_NEAR)) ||
           differ(j, "'%s' stands where '%s' should",
                  j->facts->article[article].id.s,
                  j->facts->article[right->article].id.s);
}

/* Whether `n` hits are those of plain code, of which there are `all`. */
static bool
list_agrees(const struct judging *j, int side, const struct engine_hit *hit,
            size_t n, const struct row *right, size_t all,
            const struct collector *c)
{
    size_t want = all < c->limit ? all : c->limit;

    if (n != want)
        return differ(j, "%zu hits, not %zu", n, want);
    for (size_t i = 0; i < n; i++)
        if (!may_stand(j, side, &hit[i], &right[i], c))
            return differ(j, "at %zu of %zu", i, n);
    return true;
}

/* Plain code's hits in the order of a collector. */
static struct row *
sorted(const struct judging *j, const struct collector *c, struct arena *arena)
{
    struct row *row = arena_zero(arena, j->n + 1, sizeof *row);

    if (row && j->n > 0) {
        memcpy(row, j->row, j->n * sizeof *row);
        plain_sort(row, j->n, j->facts, c->sort);
    }
    return row;
}

static bool
first_agrees(const struct judging *j, int side, const struct collector *c,
             size_t skipped, struct arena *arena)
{
    const struct row *right = sorted(j, c, arena);
    size_t skip = skipped + c->offset;

    if (!right)
        return differ(j, "out of memory");
    skip = skip < j->n ? skip : j->n;
    if (c->hits.exact ? c->hits.total != j->n
                      : c->hits.total > j->n || j->q->params.exact_total)
        return differ(j, "a total of %llu (exact: %d), of %zu",
                      (unsigned long long)c->hits.total, c->hits.exact, j->n);
    return list_agrees(j, side, c->hits.hit, c->hits.n, right + skip,
                       j->n - skip, c);
}

/* ---- values ------------------------------------------------------------- */

/* A hit with a value that it has, or "" for none. */
struct valued {
    struct morgue_str value;
    size_t row; /* its place among all hits */
};

static int
by_value(const void *a, const void *b)
{
    const struct valued *x = a, *y = b;
    int order = str_compare(x->value, y->value);

    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* Those of all hits, in the order of values and then of `row`; *n of them. */
static struct valued *
list_values(const struct judging *j, const struct row *row, enum field f,
            bool with_none, size_t *n, struct arena *arena)
{
    struct morgue_str value;
    struct valued *list;
    size_t all = 0;

    *n = 0;
    for (size_t i = 0; i < j->n; i++, all++)
        for (size_t k = 0; plain_value(&value, j->plain, row[i].article, f, k);
             k++)
            all++;
    list = arena_zero(arena, all + 1, sizeof *list);
    for (size_t i = 0; list && i < j->n; i++) {
        size_t k = 0;

        for (; plain_value(&value, j->plain, row[i].article, f, k); k++)
            list[(*n)++] = (struct valued){value, i};
        if (k == 0 && with_none)
            list[(*n)++] = (struct valued){STR(""), i};
    }
    if (*n > 0)
        qsort(list, *n, sizeof *list, by_value);
    return list;
}

/* The end of those with the value of that at `from`. */
static size_t
value_end(const struct valued *list, size_t n, size_t from)
{
    size_t i = from;

    while (i < n && str_eq(list[i].value, list[from].value))
        i++;
    return i;
}

static bool
values_agree(const struct judging *j, const struct collector *c,
             struct arena *arena)
{
    size_t n, from = 0, i;
    const struct valued *list =
        list_values(j, j->row, c->field, false, &n, arena);

    if (!list)
        return differ(j, "out of memory");
    for (i = 0; from < n; i++) {
        size_t end = value_end(list, n, from);

        if (i >= c->n || !str_eq(c->value[i].value, list[from].value) ||
            c->value[i].articles != end - from)
            return differ(
                j, "value %zu is '%s' (%llu), not '%s' (%zu)", i,
                i < c->n ? c->value[i].value.s : "none",
                (unsigned long long)(i < c->n ? c->value[i].articles : 0),
                list[from].value.s, end - from);
        from = end;
    }
    return i == c->n || differ(j, "%zu values, not %zu", c->n, i);
}

/* ---- periods ------------------------------------------------------------ */

/* When the day, month or year of a date begins. */
static int64_t
period_of(struct morgue_date date, enum date_unit unit)
{
    time_t local = (time_t)date_local(date);
    struct tm tm;

    gmtime_r(&local, &tm);
    return date_seconds(tm.tm_year + 1900,
                        unit == UNIT_YEAR ? 1 : tm.tm_mon + 1,
                        unit == UNIT_DAY ? tm.tm_mday : 1, 0, 0, 0);
}

static bool
is_longer(struct morgue_date date, enum date_unit unit)
{
    return (unit == UNIT_DAY && date.precision < MORGUE_DATE_DAY) ||
           (unit == UNIT_MONTH && date.precision < MORGUE_DATE_MONTH);
}

static bool
periods_agree(const struct judging *j, const struct collector *c)
{
    uint64_t undated = 0, imprecise = 0, told = 0;

    for (size_t i = 0; i < c->n; i++) {
        if (c->period[i].articles == 0 ||
            (i > 0 && c->period[i - 1].begin >= c->period[i].begin))
            return differ(j, "periods are not in order at %zu", i);
        told += c->period[i].articles;
    }
    for (size_t i = 0; i < j->n; i++) {
        struct morgue_date date = j->facts->article[j->row[i].article].date;
        size_t k = 0;

        if (date.precision == MORGUE_DATE_NONE) {
            undated++;
        } else if (is_longer(date, c->unit)) {
            imprecise++;
        } else {
            while (k < c->n && c->period[k].begin != period_of(date, c->unit))
                k++;
            if (k == c->n || c->period[k].articles-- == 0)
                return differ(j, "too few articles in the period of '%s'",
                              j->facts->article[j->row[i].article].id.s);
        }
    }
    return (undated == c->undated && imprecise == c->imprecise &&
            told + undated + imprecise == j->n) ||
           differ(j, "undated %llu, imprecise %llu, not %llu and %llu",
                  (unsigned long long)c->undated,
                  (unsigned long long)c->imprecise,
                  (unsigned long long)undated, (unsigned long long)imprecise);
}

/* ---- groups ------------------------------------------------------------- */

/* The first of a group of `list` with that value; `n` where there is none. */
static size_t
find_value(const struct valued *list, size_t n, struct morgue_str value)
{
    size_t i = 0;

    while (i < n && !str_eq(list[i].value, value))
        i = value_end(list, n, i);
    return i;
}

/* Whether a group holds what has its value: `of`, in `row`. */
static bool
group_agrees(const struct judging *j, int side, const struct collector *c,
             const struct engine_group *g, const struct valued *of, size_t n,
             const struct row *row, struct arena *arena)
{
    struct row *own = arena_zero(arena, n + 1, sizeof *own);

    if (!own)
        return differ(j, "out of memory");
    for (size_t i = 0; i < n; i++)
        own[i] = row[of[i].row];
    if (n == 0 || n != g->articles)
        return differ(j, "%llu articles in group '%s', not %zu",
                      (unsigned long long)g->articles, g->value.s, n);
    return list_agrees(j, side, g->hit, g->n, own, n, c) ||
           differ(j, "in group '%s'", g->value.s);
}

/* How many values have their first hit before `row`, by a score that is not
 * all but equal. */
static size_t
groups_before(const struct collector *c, const struct valued *list, size_t n,
              const struct row *row, size_t first)
{
    size_t before = 0;

    for (size_t i = 0; i < n; i = value_end(list, n, i))
        before += list[i].row < first &&
                  (c->sort != MORGUE_SORT_RELEVANCE ||
                   !judge_within(row[list[i].row].score, row[first].score,
                                 JUDGE_NEAR));
    return before;
}

static size_t
count_values(const struct valued *list, size_t n)
{
    size_t values = 0;

    for (size_t i = 0; i < n; i = value_end(list, n, i))
        values++;
    return values;
}

static bool
groups_agree(const struct judging *j, int side, const struct collector *c,
             struct arena *arena)
{
    const struct row *row = sorted(j, c, arena);
    size_t n = 0, all;
    const struct valued *list =
        row ? list_values(j, row, c->field, true, &n, arena) : NULL;

    if (!list)
        return differ(j, "out of memory");
    all = count_values(list, n);
    if (c->n != (all < c->groups ? all : c->groups))
        return differ(j, "%zu groups, of %zu", c->n, all);
    for (size_t g = 0; g < c->n; g++) {
        size_t from = find_value(list, n, c->group[g].value);
        size_t end = from < n ? value_end(list, n, from) : n;

        if (!group_agrees(j, side, c, &c->group[g], list + from, end - from,
                          row, arena))
            return false;
        for (size_t k = 0; k < g; k++)
            if (str_eq(c->group[k].value, c->group[g].value))
                return differ(j, "two groups are '%s'", c->group[g].value.s);
        if (groups_before(c, list, n, row, list[from].row) > g)
            return differ(j, "group %zu, '%s', stands before its turn", g,
                          c->group[g].value.s);
    }
    return true;
}

/* ---- pages -------------------------------------------------------------- */

/* The hit that a page begins behind, of all hits in the engine's own order,
 * into *c; and those. */
static bool
find_after(const struct judging *j, int side, struct collector *c, size_t at,
           struct engine_hits *all, struct arena *arena)
{
    struct collector whole = {
        .kind = COLLECT_FIRST, .sort = c->sort, .limit = j->n + 1};
    struct engine_reader *reader = j->facts->pair->s[side]->reader;
    struct morgue_error err;

    if (engine_collect(&whole, 1, reader, arena, j->tree, &j->q->params, NULL,
                       &err))
        return differ(j, "all hits: %s", err.message);
    *all = whole.hits;
    if (all->n != j->n)
        return differ(j, "%zu hits where all are asked for", all->n);
    c->after = &all->hit[at];
    return true;
}

/* Whether a page is what stands behind hit `at` of the whole list. */
static bool
page_agrees(const struct judging *j, const struct collector *c,
            const struct engine_hits *all, size_t at)
{
    for (size_t i = 0; i < c->hits.n; i++)
        if (c->hits.hit[i].number != all->hit[at + 1 + c->offset + i].number)
            return differ(j,
                          "behind hit %zu: hit %zu is another than in the "
                          "whole list",
                          at, i);
    return true;
}

/* ---- a question --------------------------------------------------------- */

static bool
one_agrees(const struct judging *j, int side, const struct collector *c,
           size_t skipped, struct arena *arena)
{
    switch (c->kind) {
    case COLLECT_FIRST:
        return first_agrees(j, side, c, skipped, arena);
    case COLLECT_COUNT:
        return c->count == j->n || differ(j, "counts %llu of %zu",
                                          (unsigned long long)c->count, j->n);
    case COLLECT_VALUES:
        return values_agree(j, c, arena);
    case COLLECT_PERIODS:
        return periods_agree(j, c);
    default:
        return groups_agree(j, side, c, arena);
    }
}

/* As collect_agrees, in an arena. */
static bool
all_agree(const struct judging *j, int side, struct arena *arena)
{
    struct engine_reader *reader = j->facts->pair->s[side]->reader;
    struct collector c[COLLECTORS_MAX];
    struct engine_hits all[COLLECTORS_MAX] = {{0}};
    struct morgue_error err;
    size_t n = j->q->collect_n, at[COLLECTORS_MAX];

    for (size_t i = 0; i < n; i++) {
        bool page = j->q->after[i] && j->n > 0;

        c[i] = j->q->collect[i];
        at[i] = page ? j->q->after[i] % j->n : SIZE_MAX;
        if (page && !find_after(j, side, &c[i], at[i], &all[i], arena))
            return false;
    }
    if (engine_collect(c, n, reader, arena, j->tree, &j->q->params, NULL,
                       &err))
        return differ(j, "%s: %s", reader->engine->name, err.message);
    for (size_t i = 0; i < n; i++)
        if (!one_agrees(j, side, &c[i], c[i].after ? at[i] + 1 : 0, arena) ||
            (c[i].after && !page_agrees(j, &c[i], &all[i], at[i])))
            return differ(j, "%s: collector %zu", reader->engine->name, i);
    return true;
}

bool
collect_agrees(const struct judging *j, int side)
{
    struct arena arena;
    bool good;

    arena_init(&arena, SIZE_MAX / 2);
    good = all_agree(j, side, &arena);
    arena_free(&arena);
    return good;
}
