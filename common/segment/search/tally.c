/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tally.c - how many of the articles that match have which value
 *
 * Costs a bit, a number and an addition for each match, and a step for each
 * value and for each value in a set that a segment has of the field.
 */
#include <stdlib.h>

#include "match.h"
#include "search.h"
#include "../file/values.h"

struct field_tally {
    struct plan plan;
    struct matcher matcher;
    enum field field;
    engine_each *each;
    void *payload;
    bool more; /* each value so far was wanted */
};

/* Count the articles of a window, by their numbers in the column, which are
 * at most `most`. */
static void
count_window(struct segment *s, enum segment_column c, const uint64_t *bits,
             uint32_t lo, uint32_t *count, uint64_t most)
{
    uint32_t doc[WINDOW], n = bits_to_docs(doc, bits, lo);

    if (n == 0 || !segment_touch_column(s, c, doc[0], doc[n - 1] + 1))
        return;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t number = column_get(&s->column[c], doc[i]);

        if (segment_deleted(s, doc[i]))
            continue;
        if (number > most)
            s->damaged = true;
        else
            count[number]++;
    }
}

/* Count of each number how many articles have it: NULL when out of memory. */
static uint32_t *
count_numbers(struct field_tally *t, struct segment *s, uint64_t most)
{
    enum segment_column c = column_of_field(t->field);
    uint32_t *count = calloc(most + 1, sizeof *count);
    uint64_t bits[WINDOW_WORDS];

    t->matcher.segment = s;
    for (uint32_t lo = 0, hi;
         count && next_window(&t->matcher, t->plan.root, &lo, &hi, bits);
         lo = hi)
        count_window(s, c, bits, lo, count, most);
    return count;
}

/* What was counted of sets, as counts of values: NULL when out of memory. */
static uint32_t *
count_values(struct value_list *sets, const uint32_t *of_set, uint64_t values)
{
    uint32_t *count = calloc(values + 1, sizeof *count);
    struct segment *s = sets->segment;
    struct morgue_str set;
    uint64_t value;

    for (uint64_t i = 1; count && value_list_next(sets, &set); i++)
        while (of_set[i] > 0 && (value = set_next(s, &set, values)) > 0)
            count[value] += of_set[i];
    return count;
}

static void
tell(struct field_tally *t, struct value_list *values, const uint32_t *count)
{
    struct morgue_str value;

    for (uint64_t i = 1; t->more && value_list_next(values, &value); i++)
        if (count[i] > 0 && !values->segment->damaged)
            t->more = t->each(value, count[i], t->payload);
}

static enum morgue_status
tally_segment(struct field_tally *t, uint32_t i, struct morgue_error *err)
{
    struct segment *s = t->plan.snapshot->segment[i];
    bool many = field_info[t->field].many;
    struct value_list values, sets;
    uint32_t *count, *of_set;

    value_list_open(&values, s, t->field, false);
    value_list_open(&sets, s, t->field, true);
    if (values.n == 0 || s->damaged || !plan_segment(&t->plan, i))
        return segment_status(s, err);
    count = count_numbers(t, s, many ? sets.n : values.n);
    if (many && count) {
        of_set = count;
        count = count_values(&sets, of_set, values.n);
        free(of_set);
    }
    if (!count)
        return error_nomem(err);
    tell(t, &values, count);
    free(count);
    return segment_status(s, err);
}

enum morgue_status
segment_tally(const struct snapshot *snapshot, struct arena *scratch,
              const struct query *query, enum field field, engine_each *each,
              void *payload, struct morgue_error *err)
{
    struct field_tally t = {
        .field = field, .each = each, .payload = payload, .more = true};
    const struct engine_params params = {.k1 = 1, .exact_total = true};
    enum morgue_status st;

    arena_reset(scratch);
    st = plan_make(&t.plan, snapshot, scratch, query, &params, err);
    if (!st && !matcher_init(&t.matcher, &t.plan))
        st = error_nomem(err);
    for (uint32_t i = 0; i < snapshot->n && t.more && !st; i++)
        st = tally_segment(&t, i, err);
    return st ? st : plan_status(&t.plan, err);
}
