/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.h - what articles have in a field, each value once
 *
 * An article has one number in a column: of a field with one value, that
 * value's; of one with several, the number of its set of values, for many
 * articles have the same.  Numbers count from 1; 0 is for no value.
 */
#ifndef MORGUE_SEGMENT_VALUES_H
#define MORGUE_SEGMENT_VALUES_H

#include "../../base/buf.h"
#include "segment.h"
#include "spool.h"

/* ---- gathering ---------------------------------------------------------- */

/** Byte strings, each once, numbered by when they were first seen: a hash
 *  table. */
struct value_table {
    struct arena *arena; /* where they are copied to; NULL: they are lent */
    struct morgue_str *value;
    size_t n, cap;
    uint32_t *cell; /* numbers; 0: free */
    size_t cells;
};

/** The values of a field while they are gathered. */
struct field_values {
    bool many;
    struct value_table value, set;
    struct buf numbers; /* of the set at hand */
    uint32_t *mark;     /* of each value: the last set that it is in */
    size_t marks;
    uint32_t sets; /* begun so far */
};

/** Begin.  Values are copied into `arena`, or with NULL are lent until the
 *  end; sets into `sets`. */
void field_values_init(struct field_values *v, enum field f,
                       struct arena *arena, struct arena *sets);
void field_values_free(struct field_values *v);

/** The number of what an article has in the field, which may be empty. */
enum morgue_status field_values_add(uint64_t *out, struct field_values *v,
                                    struct morgue_str field,
                                    struct morgue_error *err);

/** The number of one value; and of a set of such numbers: begin, put each (a
 *  second time counts for nothing), end. */
enum morgue_status field_values_one(uint64_t *out, struct field_values *v,
                                    struct morgue_str value,
                                    struct morgue_error *err);
void set_begin(struct field_values *v);
enum morgue_status set_put(struct field_values *v, uint64_t number,
                           struct morgue_error *err);
enum morgue_status set_end(uint64_t *out, struct field_values *v,
                           struct morgue_error *err);

/** Append the table as a list of PART_VALUES. */
enum morgue_status value_table_put(struct spool *out,
                                   const struct value_table *t,
                                   struct morgue_error *err);

/* ---- reading ------------------------------------------------------------ */

/** A list of a segment's PART_VALUES, and a walk over it. */
struct value_list {
    struct segment *segment;
    uint64_t index, from; /* where these begin in the part */
    uint64_t n;
    uint64_t next, at; /* the number to be read next, and where it is */
};

/** The values of a field, or its sets: those that the column's numbers name.
 *  Empty where the segment is damaged. */
void value_list_open(struct value_list *l, struct segment *s, enum field f,
                     bool sets);

/** Go to a number, from 1.  False where there is none. */
bool value_list_seek(struct value_list *l, uint64_t number);

/** The bytes at the next number, lent as the segment is.  False at the end,
 *  and where the segment is damaged, which marks it. */
bool value_list_next(struct value_list *l, struct morgue_str *out);

/** The next value's number of a set, whose bytes are left in *set, of at most
 *  `values`.  0 at the end, and where the segment is damaged, which marks
 *  it. */
uint64_t set_next(struct segment *s, struct morgue_str *set, uint64_t values);

#endif
