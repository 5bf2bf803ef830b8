/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * renumber.h - the values that a segment's articles have in a field, as the
 * segment that it is merged into numbers them
 *
 * Each value and set is looked up once, when an article that stays has it.
 */
#ifndef MORGUE_SEGMENT_RENUMBER_H
#define MORGUE_SEGMENT_RENUMBER_H

#include "../file/values.h"

/** One field of one segment. */
struct renumber {
    struct field_values *to;
    struct value_list value, set;
    uint64_t *value_number, *set_number; /* in the output; 0: not known yet */
};

/** Begin; false when out of memory.  Give back: renumber_free, also then. */
bool renumber_init(struct renumber *r, struct field_values *to,
                   struct segment *s, enum field f);
void renumber_free(struct renumber *r);

/** What a number of the column becomes.  MORGUE_DAMAGED, MORGUE_NOMEM. */
enum morgue_status renumber(uint64_t *out, struct renumber *r, uint64_t number,
                            struct morgue_error *err);

#endif
