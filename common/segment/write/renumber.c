/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * renumber.c - the values that a segment's articles have in a field, as the
 * segment that it is merged into numbers them
 */
#include "renumber.h"

#include <stdlib.h>

bool
renumber_init(struct renumber *r, struct field_values *to, struct segment *s,
              enum field f)
{
    *r = (struct renumber){.to = to};
    value_list_open(&r->value, s, f, false);
    value_list_open(&r->set, s, f, true);
    r->value_number = calloc(r->value.n + 1, sizeof(uint64_t));
    r->set_number = calloc(r->set.n + 1, sizeof(uint64_t));
    return r->value_number && r->set_number;
}

void
renumber_free(struct renumber *r)
{
    free(r->value_number);
    free(r->set_number);
}

/* The output's number of an input's value. */
static enum morgue_status
renumber_value(uint64_t *out, struct renumber *r, uint64_t number,
               struct morgue_error *err)
{
    struct segment *s = r->value.segment;
    struct morgue_str value;
    enum morgue_status st = MORGUE_OK;

    *out = 0;
    if (number == 0)
        return MORGUE_OK;
    if (number > r->value.n)
        s->damaged = true;
    else if (r->value_number[number] == 0 &&
             value_list_seek(&r->value, number) &&
             value_list_next(&r->value, &value))
        st = field_values_one(&r->value_number[number], r->to, value, err);
    if (!st)
        st = segment_status(s, err);
    if (!st)
        *out = r->value_number[number];
    return st;
}

/* And of a set. */
static enum morgue_status
renumber_set(uint64_t *out, struct renumber *r, uint64_t number,
             struct morgue_error *err)
{
    struct segment *s = r->set.segment;
    struct morgue_str set = STR("");
    enum morgue_status st = MORGUE_OK;
    uint64_t value;

    *out = number > 0 && number <= r->set.n ? r->set_number[number] : 0;
    if (number == 0 || *out > 0)
        return MORGUE_OK;
    set_begin(r->to);
    if (value_list_seek(&r->set, number))
        (void)value_list_next(&r->set, &set);
    while (!st && (value = set_next(s, &set, r->value.n)) > 0) {
        st = renumber_value(&value, r, value, err);
        if (!st)
            st = set_put(r->to, value, err);
    }
    if (!st)
        st = segment_status(s, err);
    if (!st)
        st = set_end(out, r->to, err);
    if (!st)
        r->set_number[number] = *out;
    return st;
}

enum morgue_status
renumber(uint64_t *out, struct renumber *r, uint64_t number,
         struct morgue_error *err)
{
    return r->to->many ? renumber_set(out, r, number, err)
                       : renumber_value(out, r, number, err);
}
