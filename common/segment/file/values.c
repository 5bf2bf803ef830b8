/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.c - what articles have in a field, each value once
 *
 * The table is open addressing with linear steps, at most half full: a value
 * costs a hash and mostly one comparison.  A list in the file is read from the
 * beginning of a block of VALUE_BLOCK on, so that one value costs half of that
 * in lengths.
 */
#include "values.h"

#include <stdlib.h>

#include "../../base/hash.h"
#include "bytes.h"

/* ---- the table ---------------------------------------------------------- */

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

static enum morgue_status
table_add(uint64_t *out, struct value_table *t, struct morgue_str value,
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

static void
table_free(struct value_table *t)
{
    free(t->value);
    free(t->cell);
}

/* ---- gathering ---------------------------------------------------------- */

void
field_values_init(struct field_values *v, enum field f, struct arena *arena,
                  struct arena *sets)
{
    *v = (struct field_values){
        .many = field_info[f].many, .value.arena = arena, .set.arena = sets};
    buf_init(&v->numbers, SIZE_MAX / 2);
}

void
field_values_free(struct field_values *v)
{
    table_free(&v->value);
    table_free(&v->set);
    buf_free(&v->numbers);
    free(v->mark);
}

enum morgue_status
field_values_one(uint64_t *out, struct field_values *v,
                 struct morgue_str value, struct morgue_error *err)
{
    return table_add(out, &v->value, value, err);
}

void
set_begin(struct field_values *v)
{
    buf_reset(&v->numbers);
    v->sets++;
    if (v->sets == 0) { /* old marks would count again */
        if (v->mark)
            memset(v->mark, 0, v->marks * sizeof *v->mark);
        v->sets = 1;
    }
}

enum morgue_status
set_put(struct field_values *v, uint64_t number, struct morgue_error *err)
{
    size_t marks = v->marks ? v->marks : 64;
    uint32_t *mark;

    if (number >= v->marks) {
        while (number >= marks)
            marks *= 2;
        mark = realloc(v->mark, marks * sizeof *mark);
        if (!mark)
            return error_nomem(err);
        memset(mark + v->marks, 0, (marks - v->marks) * sizeof *mark);
        v->mark = mark;
        v->marks = marks;
    }
    if (v->mark[number] == v->sets)
        return MORGUE_OK;
    v->mark[number] = v->sets;
    buf_varint(&v->numbers, number);
    return buf_status(&v->numbers, err);
}

enum morgue_status
set_end(uint64_t *out, struct field_values *v, struct morgue_error *err)
{
    return table_add(out, &v->set, buf_view(&v->numbers), err);
}

enum morgue_status
field_values_add(uint64_t *out, struct field_values *v,
                 struct morgue_str field, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;
    uint64_t number;

    if (!v->many)
        return field_values_one(out, v, field, err);
    set_begin(v);
    while (!st && str_line(&field, &line)) {
        st = field_values_one(&number, v, line, err);
        if (!st && number > 0)
            st = set_put(v, number, err);
    }
    return st ? st : set_end(out, v, err);
}

/* ---- writing ------------------------------------------------------------ */

enum morgue_status
value_table_put(struct spool *out, const struct value_table *t,
                struct morgue_error *err)
{
    uint8_t bytes[VARINT_MAX];
    uint64_t at = 0;
    enum morgue_status st = MORGUE_OK;

    buf_u64(&out->buf, t->n);
    for (size_t i = 0; i < t->n; i++) {
        if (i % VALUE_BLOCK == 0)
            buf_u64(&out->buf, at);
        at += put_varint(bytes, t->value[i].len) + t->value[i].len;
    }
    for (size_t i = 0; i < t->n && !st; i++) {
        spool_add(out, bytes, put_varint(bytes, t->value[i].len));
        spool_add(out, t->value[i].s, t->value[i].len);
        st = spool_status(out, err);
    }
    return st ? st : spool_status(out, err);
}

/* ---- reading ------------------------------------------------------------ */

/* The u64 at a place of PART_VALUES; 0 where the segment is damaged. */
static uint64_t
number_at(struct segment *s, uint64_t at)
{
    const uint8_t *p = segment_bytes(s, PART_VALUES, at, 8);

    return p ? get_u64(p) : 0;
}

void
value_list_open(struct value_list *l, struct segment *s, enum field f,
                bool sets)
{
    uint64_t place = 16 * (uint64_t)(f - FIELD_VALUES) + (sets ? 8 : 0);

    *l = (struct value_list){.segment = s, .next = 1};
    l->index = number_at(s, place);
    l->n = number_at(s, l->index);
    if (s->damaged || l->n > s->part[PART_VALUES].len || l->n >= UINT32_MAX) {
        s->damaged = true;
        l->n = 0;
        return;
    }
    l->index += 8;
    l->from = l->index + (l->n + VALUE_BLOCK - 1) / VALUE_BLOCK * 8;
    l->at = l->from;
}

bool
value_list_seek(struct value_list *l, uint64_t number)
{
    uint64_t block = (number - 1) / VALUE_BLOCK;
    struct morgue_str passed;

    if (number == 0 || number > l->n) {
        l->segment->damaged = true;
        return false;
    }
    l->next = block * VALUE_BLOCK + 1;
    l->at = l->from + number_at(l->segment, l->index + block * 8);
    while (l->next < number)
        if (!value_list_next(l, &passed))
            return false;
    return true;
}

bool
value_list_next(struct value_list *l, struct morgue_str *out)
{
    struct segment *s = l->segment;
    uint64_t left, len;
    const uint8_t *p, *from;

    if (l->next > l->n || s->damaged || l->at > s->part[PART_VALUES].len)
        return false;
    left = s->part[PART_VALUES].len - l->at;
    left = left < VARINT_MAX ? left : VARINT_MAX;
    from = p = segment_bytes(s, PART_VALUES, l->at, left);
    if (!p || !get_varint(&p, from + left, &len)) {
        s->damaged = true;
        return false;
    }
    l->at += (uint64_t)(p - from);
    p = segment_bytes(s, PART_VALUES, l->at, len);
    if (!p)
        return false;
    *out = str_slice((const char *)p, (size_t)len);
    l->at += len;
    l->next++;
    return true;
}

uint64_t
set_next(struct segment *s, struct morgue_str *set, uint64_t values)
{
    const uint8_t *p = (const uint8_t *)set->s, *end = p + set->len;
    uint64_t number;

    if (set->len == 0)
        return 0;
    if (!get_varint(&p, end, &number) || number == 0 || number > values) {
        s->damaged = true;
        return 0;
    }
    *set = str_slice((const char *)p, (size_t)(end - p));
    return number;
}
