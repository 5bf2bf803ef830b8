/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tally.c - how many of the articles that match have which value
 *
 * Costs a bit, a number and an addition for each match, and a step for each
 * value that a segment has in the column.
 */
#include <stdlib.h>

#include "match.h"
#include "search.h"
#include "values.h"

struct tally {
    struct plan plan;
    struct matcher matcher;
    enum segment_column column;
    bool (*each)(struct morgue_str value, uint64_t articles, void *payload);
    void *payload;
};

/* Count the articles of a window, by the numbers of their values; those of no
 * number that there is are damage. */
static void
count_window(struct segment *s, enum segment_column c, const uint64_t *bits,
             uint32_t lo, uint32_t *count, uint32_t values)
{
    uint32_t doc[WINDOW], n = bits_to_docs(doc, bits, lo);

    if (n == 0 || !segment_touch_column(s, c, doc[0], doc[n - 1] + 1))
        return;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t number = column_get(&s->column[c], doc[i]);

        if (segment_deleted(s, doc[i]))
            continue;
        if (number > values)
            s->damaged = true;
        else
            count[number]++;
    }
}

/* Hand out what was counted; false where no more is wanted. */
static bool
tell(const struct tally *t, struct segment *s, const uint32_t *count,
     uint32_t values)
{
    for (uint32_t i = 1; i <= values && !s->damaged; i++)
        if (count[i] > 0 && !t->each(segment_value_text(s, t->column, i),
                                     count[i], t->payload))
            return false;
    return true;
}

static enum morgue_status
tally_segment(struct tally *t, uint32_t i, bool *more,
              struct morgue_error *err)
{
    struct segment *s = t->plan.snapshot->segment[i];
    uint32_t values = segment_values(s, t->column), *count;
    uint64_t bits[WINDOW_WORDS];

    if (values == 0 || !plan_segment(&t->plan, i))
        return segment_status(s, err);
    count = calloc(values + (size_t)1, sizeof *count);
    if (!count)
        return error_nomem(err);
    t->matcher.segment = s;
    for (uint32_t lo = 0, hi;
         next_window(&t->matcher, t->plan.root, &lo, &hi, bits); lo = hi)
        count_window(s, t->column, bits, lo, count, values);
    *more = tell(t, s, count, values);
    free(count);
    return segment_status(s, err);
}

enum morgue_status
segment_tally(const struct snapshot *snapshot, struct arena *scratch,
              const struct query *query, enum field field,
              bool (*each)(struct morgue_str value, uint64_t articles,
                           void *payload),
              void *payload, struct morgue_error *err)
{
    struct tally t = {
        .column = column_of_field(field), .each = each, .payload = payload};
    const struct engine_params params = {.k1 = 1};
    bool more = true;
    enum morgue_status st;

    arena_reset(scratch);
    st = plan_make(&t.plan, snapshot, scratch, query, &params, err);
    if (!st && !matcher_init(&t.matcher, &t.plan))
        st = error_nomem(err);
    for (uint32_t i = 0; i < snapshot->n && more && !st; i++)
        st = tally_segment(&t, i, &more, err);
    return st;
}
