/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * footer.h - what writer and reader of a segment's frame and its dictionary
 * share
 *
 * The footer's layout is at the head of segment_open.c.
 */
#ifndef MORGUE_SEGMENT_FOOTER_H
#define MORGUE_SEGMENT_FOOTER_H

#include "bytes.h"
#include "segment.h"

#define SEGMENT_MAGIC "morgue segment 8"

enum {
    SEGMENT_MAGIC_LEN = sizeof SEGMENT_MAGIC - 1,
    SEGMENT_DOCS_MAX = 1 << 30,
    FOOTER_FIXED = 48,
    FOOTER_TAIL = 24,
    FOOTER = FOOTER_FIXED + PART_N * 16 + COLUMN_N * 24 + FOOTER_TAIL,

    /* What a reader has to know beyond the version, a bit each; none yet. */
    SEGMENT_FEATURES = 0
};

/* Bits of a column's value that are read at once; of more there are 64. */
enum { COLUMN_WIDTH_MAX = 57 };

static inline uint64_t
column_mask(uint32_t width)
{
    return width < 64 ? ((uint64_t)1 << width) - 1 : UINT64_MAX;
}

/* The dictionary, and an entry of its index. */
enum {
    DICT_ONCE = 0x10,
    DICT_PLACE = 5,
    DICT_KEY = 11,
    DICT_ENTRY = DICT_PLACE + DICT_KEY
};

#define DICT_PLACE_MAX (((uint64_t)1 << 8 * DICT_PLACE) - 1)

/* How many bytes an article's number takes in the dictionary. */
static inline unsigned
dict_doc_width(uint32_t docs)
{
    unsigned width = 1;

    while (width < 4 && (docs - 1) >> (8 * width) != 0)
        width++;
    return width;
}

/* The first bytes of a term, zeros behind a shorter one. */
static inline void
dict_put_key(uint8_t key[DICT_KEY], struct morgue_str term)
{
    memset(key, 0, DICT_KEY);
    if (term.len > 0)
        memcpy(key, term.s, term.len < DICT_KEY ? term.len : DICT_KEY);
}

/* These as numbers in the same order. */
struct dict_key {
    uint64_t high, low;
};

static inline struct dict_key
dict_key(const uint8_t key[DICT_KEY])
{
    return (struct dict_key){
        .high = get_big_u64(key),
        .low = (uint64_t)key[8] << 16 | (uint64_t)key[9] << 8 | key[10],
    };
}

/* Less than, equal to or more than 0, as `a` is before, the same as or behind
 * `b`. */
static inline int
dict_key_compare(struct dict_key a, struct dict_key b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return a.low < b.low ? -1 : a.low > b.low;
}

#endif
