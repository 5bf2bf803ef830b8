/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.c - what articles have in a field, each value once
 *
 * The table is open addressing with linear steps, at most half full; a value
 * costs a hash and mostly one comparison.
 */
#include "values.h"

#include <stdlib.h>

#include "../base/buf.h"
#include "../base/hash.h"
#include "bytes.h"

/* ---- gathering ---------------------------------------------------------- */

void
value_table_free(struct value_table *t)
{
    free(t->value);
    free(t->cell);
    *t = (struct value_table){.n = 0};
}

/* The cell that has the value, or a free one where it belongs. */
static uint32_t *
cell_of(const struct value_table *t, struct morgue_str value)
{
    size_t at = hash64(value.s, value.len) & (t->cells - 1);

    while (t->cell[at] && !str_eq(t->value[t->cell[at] - 1], value))
        at = (at + 1) & (t->cells - 1);
    return &t->cell[at];
}

/* Room for one more value: cells for all of them, twice. */
static bool
grow(struct value_table *t)
{
    size_t cells = t->cells ? t->cells * 2 : 64, cap = cells / 2;
    struct morgue_str *value;

    if (t->n < t->cap)
        return true;
    if (t->n >= UINT32_MAX / 2)
        return false;
    value = realloc(t->value, cap * sizeof *value);
    if (!value)
        return false;
    t->value = value;
    free(t->cell);
    t->cell = calloc(cells, sizeof *t->cell);
    t->cells = t->cell ? cells : 0;
    t->cap = t->cell ? cap : 0;
    for (size_t i = 0; t->cell && i < t->n; i++)
        *cell_of(t, value[i]) = (uint32_t)i + 1;
    return t->cell != NULL;
}

enum morgue_status
value_table_add(uint64_t *out, struct value_table *t, struct morgue_str value,
                struct morgue_error *err)
{
    uint32_t *cell;

    *out = 0;
    if (value.len == 0)
        return MORGUE_OK;
    if (!grow(t))
        return error_nomem(err);
    cell = cell_of(t, value);
    if (!*cell) {
        if (t->arena && !arena_str(t->arena, value, &value))
            return error_nomem(err);
        t->value[t->n++] = value;
        *cell = (uint32_t)t->n;
    }
    *out = *cell;
    return MORGUE_OK;
}

/* ---- writing ------------------------------------------------------------ */

struct placed {
    struct morgue_str value;
    uint32_t number;
};

static int
by_bytes(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    size_t n = x->value.len < y->value.len ? x->value.len : y->value.len;
    int order = memcmp(x->value.s, y->value.s, n);

    if (order != 0)
        return order;
    return x->value.len < y->value.len ? -1 : x->value.len > y->value.len;
}

enum morgue_status
value_table_sort(struct value_table *t, uint64_t *number, size_t n,
                 struct morgue_error *err)
{
    struct placed *order = calloc(t->n + 1, sizeof *order);
    uint32_t *place = calloc(t->n + 1, sizeof *place);

    if (order && place) {
        for (size_t i = 0; i < t->n; i++)
            order[i] = (struct placed){t->value[i], (uint32_t)i + 1};
        qsort(order, t->n, sizeof *order, by_bytes);
        for (size_t i = 0; i < t->n; i++) {
            t->value[i] = order[i].value;
            place[order[i].number] = (uint32_t)i + 1;
        }
        for (size_t i = 0; i < n; i++)
            number[i] = place[number[i]];
    }
    free(order);
    free(place);
    return order && place ? MORGUE_OK : error_nomem(err);
}

enum morgue_status
value_table_put(struct buf *out, const struct value_table *t,
                struct morgue_error *err)
{
    uint64_t end = 0;

    buf_u32(out, (uint32_t)t->n);
    for (size_t i = 0; i < t->n; i++) {
        end += t->value[i].len;
        buf_u32(out, (uint32_t)end);
    }
    if (end > UINT32_MAX)
        return error_set(err, MORGUE_UNSUPPORTED,
                         "the values of a field have more than 4 GB");
    for (size_t i = 0; i < t->n; i++)
        buf_str(out, t->value[i]);
    return buf_status(out, err);
}

/* ---- reading ------------------------------------------------------------ */

/* Where the column's values begin in PART_VALUES, and how many there are. */
static bool
find_column(struct segment *s, enum segment_column c, uint64_t *at,
            uint32_t *n)
{
    uint32_t i = (uint32_t)c - COLUMN_VALUES;
    const uint8_t *p = segment_bytes(s, PART_VALUES, i * 8, 8);

    if (!p)
        return false;
    *at = get_u64(p);
    p = segment_bytes(s, PART_VALUES, *at, 4);
    if (!p)
        return false;
    *n = get_u32(p);
    *at += 4;
    s->damaged |= *n > s->docs; /* each is some article's */
    return *n <= s->docs;
}

uint32_t
segment_values(struct segment *s, enum segment_column c)
{
    uint64_t at;
    uint32_t n;

    return find_column(s, c, &at, &n) ? n : 0;
}

struct morgue_str
segment_value_text(struct segment *s, enum segment_column c, uint64_t number)
{
    uint64_t at, begin = 0, end;
    uint32_t n;
    const uint8_t *p;

    if (number == 0 || !find_column(s, c, &at, &n))
        return STR("");
    if (number > n)
        goto damaged;
    p = segment_bytes(s, PART_VALUES, at + (number - 1) * 4, 4);
    end = p ? get_u32(p) : 0;
    if (number > 1) {
        p = segment_bytes(s, PART_VALUES, at + (number - 2) * 4, 4);
        begin = p ? get_u32(p) : 0;
    }
    if (begin > end)
        goto damaged;
    p = segment_bytes(s, PART_VALUES, at + (uint64_t)n * 4 + begin,
                      end - begin);
    return p ? str_slice((const char *)p, (size_t)(end - begin)) : STR("");
damaged:
    s->damaged = true;
    return STR("");
}
