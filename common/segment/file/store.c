/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store.c - the stored articles of a segment
 */
#include "store.h"

#include <stdlib.h>

#include "../../article/record.h"
#include "../../base/preset.h"
#include "bytes.h"

/* No block unpacks to more: one record is at most half of that. */
#define SIZE_LIMIT ((uint32_t)3 << 30)

/* Nor to so many times of its length: of deflate's symbols the longest stands
 * for 258 bytes and takes two bits at least. */
enum { RATIO_LIMIT = 258 * 8 / 2 };

static const struct {
    enum segment_part blocks, index;
} part[] = {[STORE_BODIES] = {PART_TEXT, PART_TEXT_INDEX},
            [STORE_HEADS] = {PART_HEADS, PART_HEADS_INDEX}};

uint32_t
store_blocks(struct segment *s, enum store which)
{
    uint64_t len = s->part[part[which].index].len;

    if (len < 4 || (len - 4) % 16 != 0 || (len - 4) / 16 > UINT32_MAX) {
        s->damaged = true;
        return 0;
    }
    return (uint32_t)((len - 4) / 16);
}

static bool
index_u32(struct segment *s, enum store which, uint64_t at, uint32_t *out)
{
    const uint8_t *p = segment_bytes(s, part[which].index, at, 4);

    *out = p ? get_u32(p) : 0;
    return p != NULL;
}

static bool
index_u64(struct segment *s, enum store which, uint64_t at, uint64_t *out)
{
    const uint8_t *p = segment_bytes(s, part[which].index, at, 8);

    *out = p ? get_u64(p) : 0;
    return p != NULL;
}

bool
store_block(struct text_block *out, struct segment *s, enum store which,
            uint32_t i)
{
    uint32_t n = store_blocks(s, which), next = 0;
    uint64_t ends = 4 + (uint64_t)n * 8, from = 0, to = 0;
    const uint8_t *p = NULL;

    if (i < n && index_u32(s, which, (uint64_t)i * 4, &out->first) &&
        index_u32(s, which, (uint64_t)i * 4 + 4, &next) &&
        index_u32(s, which, 4 + (uint64_t)n * 4 + (uint64_t)i * 4,
                  &out->size) &&
        (i == 0 || index_u64(s, which, ends + (uint64_t)(i - 1) * 8, &from)) &&
        index_u64(s, which, ends + (uint64_t)i * 8, &to) &&
        next > out->first && from < to && out->size <= SIZE_LIMIT &&
        out->size > 0 && out->size / RATIO_LIMIT <= to - from)
        p = segment_bytes(s, part[which].blocks, from, to - from);
    if (!p) {
        s->damaged = true;
        return false;
    }
    out->packed = str_slice((const char *)p, (size_t)(to - from));
    out->records = next - out->first;
    return true;
}

/* The block that has the record of that number.  All have about as many, so it
 * is looked for where it should be, then farther and farther from there. */
static uint32_t
find_block(struct segment *s, enum store which, uint64_t record)
{
    uint32_t n = store_blocks(s, which), all = 0, first, step = 1;
    uint32_t low = 0, high = n, mid;

    if (n == 0 || !index_u32(s, which, (uint64_t)n * 4, &all) || record >= all)
        return 0;
    mid = (uint32_t)(record * n / all);
    while (high - low > 1 && index_u32(s, which, (uint64_t)mid * 4, &first)) {
        if (first <= record)
            low = mid;
        else
            high = mid;
        if (step < high - low) {
            mid = first <= record ? low + step : high - step;
            step *= 2;
        } else {
            mid = low + (high - low) / 2;
        }
    }
    return low;
}

static bool
unpack_plain(char *to, struct segment *s, const struct text_block *block,
             struct inflater *inflater)
{
    bool good = inflater_unpack(to, block->size, inflater, block->packed);

    s->damaged |= !good;
    return good;
}

/* The records of the first block of heads, which are kept: the newest articles
 * are asked for most, and small segments have no other.  NULL when out of
 * memory, or where it is damaged. */
static const char *
first_heads(struct segment *s, struct inflater *inflater)
{
    struct text_block block;
    char *to;

    if (s->first_heads)
        return s->first_heads;
    if (!store_block(&block, s, STORE_HEADS, 0))
        return NULL;
    to = malloc(block.size);
    if (!to || !unpack_plain(to, s, &block, inflater)) {
        free(to);
        return NULL;
    }
    s->first_heads_size = block.size;
    s->first_heads = to;
    return to;
}

/* Have the dictionary of heads at hand; false as first_heads. */
static bool
have_dictionary(struct segment *s, struct inflater *inflater)
{
    const char *records;

    if (s->preset)
        return true;
    records = first_heads(s, inflater);
    return records &&
           !preset_unpacker_new(&s->preset,
                                str_slice(records, s->first_heads_size), NULL);
}

const char *
store_unpack(struct segment *s, const struct text_block *block,
             struct inflater *inflater, struct arena *arena)
{
    enum morgue_status st = MORGUE_NOMEM;
    char *to;

    if (!preset_is_used(block->packed)) {
        to = arena_alloc(arena, block->size);
        return to && unpack_plain(to, s, block, inflater) ? to : NULL;
    }
    if (!have_dictionary(s, inflater))
        return NULL;
    to = arena_alloc(arena, preset_room(s->preset) + block->size);
    if (to)
        st =
            preset_unpack(to, block->size, s->preset, inflater, block->packed);
    s->damaged |= st == MORGUE_DAMAGED;
    return st ? NULL : to + preset_room(s->preset);
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

/* The record of an article, in the arena. */
static enum morgue_status
get_record(struct morgue_str *out, struct segment *s, enum store which,
           struct inflater *inflater, struct arena *arena, uint32_t doc,
           struct morgue_error *err)
{
    struct text_block b;
    uint64_t record = doc + unzigzag(segment_value(s, COLUMN_STORE, doc));
    const uint32_t block = s->damaged ? 0 : find_block(s, which, record);
    const bool first = which == STORE_HEADS && block == 0;
    const char *records;

    if (s->damaged || !store_block(&b, s, which, block))
        return segment_status(s, err);
    records = first ? first_heads(s, inflater)
                    : store_unpack(s, &b, inflater, arena);
    if (!records && !s->damaged)
        return error_nomem(err);
    if (records &&
        (record < b.first || record - b.first >= b.records ||
         !store_cut(out, records, b.size, (uint32_t)(record - b.first))))
        s->damaged = true;
    if (!s->damaged && first && !arena_str(arena, *out, out))
        return error_nomem(err);
    return segment_status(s, err);
}

static enum morgue_status
get_body(struct morgue_str *out, struct segment *s, struct inflater *inflater,
         struct arena *arena, uint32_t doc, struct morgue_error *err)
{
    struct morgue_str r;
    enum morgue_status st =
        get_record(&r, s, STORE_BODIES, inflater, arena, doc, err);

    if (st)
        return st;
    if (r.len == 0 || r.s[r.len - 1] != '\0')
        s->damaged = true;
    else
        *out = str_slice(r.s, r.len - 1);
    return segment_status(s, err);
}

enum morgue_status
store_article(struct morgue_article *out, struct segment *s,
              struct inflater *inflater, struct arena *arena, uint32_t doc,
              bool with_body, struct morgue_error *err)
{
    struct morgue_str head;
    enum morgue_status st =
        doc < s->docs
            ? get_record(&head, s, STORE_HEADS, inflater, arena, doc, err)
            : error_set(err, MORGUE_NO_ARTICLE, "there is no article %u", doc);

    if (st)
        return st;
    if (!record_view_head(out, head))
        s->damaged = true;
    else if (with_body)
        return get_body(&out->body, s, inflater, arena, doc, err);
    return segment_status(s, err);
}
