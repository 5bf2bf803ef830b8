/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.h - what articles have in a field, each value once
 *
 * A value is a field as it is stored: of one with several values, all of them,
 * on lines of their own.  So an article has one number in each column, and
 * what counts articles by value counts numbers.
 */
#ifndef MORGUE_SEGMENT_VALUES_H
#define MORGUE_SEGMENT_VALUES_H

#include "segment.h"

/** Values while they are gathered: a hash table of their numbers.  All zero to
 *  begin with. */
struct value_table {
    struct arena *arena; /* where values are copied to; NULL: they are lent */
    struct morgue_str *value;
    size_t n, cap;
    uint32_t *cell; /* numbers; 0: free */
    size_t cells;
};

void value_table_free(struct value_table *t);

/** The number of a value, from 1, which is that of the first time that it was
 *  seen; 0 for an empty one. */
enum morgue_status value_table_add(uint64_t *out, struct value_table *t,
                                   struct morgue_str value,
                                   struct morgue_error *err);

/** Put the values in order, bytes as unsigned, and the n numbers in `number`
 *  in those of their places, from 1. */
enum morgue_status value_table_sort(struct value_table *t, uint64_t *number,
                                    size_t n, struct morgue_error *err);

/** Append a column's part of PART_VALUES. */
enum morgue_status value_table_put(struct buf *out,
                                   const struct value_table *t,
                                   struct morgue_error *err);

/** How many values a column of a segment has. */
uint32_t segment_values(struct segment *s, enum segment_column c);

/** The value with a number of the column, lent as the segment is; "" for 0,
 *  and where the segment is damaged, which marks it. */
struct morgue_str segment_value_text(struct segment *s, enum segment_column c,
                                     uint64_t number);

#endif
