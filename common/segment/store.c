/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store.c - the stored articles of a segment
 */
#include "store.h"

#include "bytes.h"

/* No block unpacks to more: one record is at most half of that. */
#define SIZE_LIMIT ((uint32_t)3 << 30)

uint32_t
store_blocks(struct segment *s)
{
    uint64_t len = s->part[PART_TEXT_INDEX].len;

    if (len < 4 || (len - 4) % 16 != 0 || (len - 4) / 16 > UINT32_MAX) {
        s->damaged = true;
        return 0;
    }
    return (uint32_t)((len - 4) / 16);
}

static bool
index_u32(struct segment *s, uint64_t at, uint32_t *out)
{
    const uint8_t *p = segment_bytes(s, PART_TEXT_INDEX, at, 4);

    *out = p ? get_u32(p) : 0;
    return p != NULL;
}

static bool
index_u64(struct segment *s, uint64_t at, uint64_t *out)
{
    const uint8_t *p = segment_bytes(s, PART_TEXT_INDEX, at, 8);

    *out = p ? get_u64(p) : 0;
    return p != NULL;
}

bool
store_block(struct text_block *out, struct segment *s, uint32_t i)
{
    uint32_t n = store_blocks(s), next = 0;
    uint64_t ends = 4 + (uint64_t)n * 8, from = 0, to = 0;
    const uint8_t *p = NULL;

    if (i < n && index_u32(s, (uint64_t)i * 4, &out->first) &&
        index_u32(s, (uint64_t)i * 4 + 4, &next) &&
        index_u32(s, 4 + (uint64_t)n * 4 + (uint64_t)i * 4, &out->size) &&
        (i == 0 || index_u64(s, ends + (uint64_t)(i - 1) * 8, &from)) &&
        index_u64(s, ends + (uint64_t)i * 8, &to) && next > out->first &&
        from < to && out->size <= SIZE_LIMIT)
        p = segment_bytes(s, PART_TEXT, from, to - from);
    if (!p) {
        s->damaged = true;
        return false;
    }
    out->packed = str_slice((const char *)p, (size_t)(to - from));
    out->records = next - out->first;
    return true;
}

bool
store_find(uint32_t *record, uint32_t *block, struct segment *s, uint32_t doc)
{
    uint32_t low = 0, high = store_blocks(s), first;
    uint64_t number = doc + unzigzag(segment_value(s, COLUMN_STORE, doc));

    if (number > UINT32_MAX)
        s->damaged = true;
    while (high - low > 1 && !s->damaged) {
        uint32_t mid = low + (high - low) / 2;

        if (!index_u32(s, (uint64_t)mid * 4, &first))
            break;
        if (first <= number)
            low = mid;
        else
            high = mid;
    }
    *record = (uint32_t)number;
    *block = low;
    return !s->damaged;
}

bool
store_cut(struct morgue_str *out, const char *block, uint32_t size, uint32_t i)
{
    const uint8_t *p = (const uint8_t *)block;
    uint64_t head, from, to;
    uint32_t n = size < 4 ? 0 : get_u32(p);

    head = 4 + (uint64_t)n * 4;
    if (i >= n || head > size)
        return false;
    from = i == 0 ? 0 : get_u32(p + 4 + ((size_t)i - 1) * 4);
    to = get_u32(p + 4 + (size_t)i * 4);
    if (from > to || to > size - head)
        return false;
    *out = str_slice(block + head + from, (size_t)(to - from));
    return true;
}

enum morgue_status
store_get(struct morgue_str *out, struct segment *s, struct inflater *inflater,
          struct arena *arena, uint32_t doc, struct morgue_error *err)
{
    struct text_block b;
    uint32_t record, block;
    char *to;

    if (doc >= s->docs || !store_find(&record, &block, s, doc) ||
        !store_block(&b, s, block))
        return segment_status(s, err);
    to = arena_alloc(arena, b.size);
    if (!to)
        return error_nomem(err);
    if (record < b.first || !inflater_unpack(to, b.size, inflater, b.packed) ||
        !store_cut(out, to, b.size, record - b.first))
        s->damaged = true;
    return segment_status(s, err);
}
