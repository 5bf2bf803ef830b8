/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store.h - the stored articles of a segment
 *
 * An article is read by unpacking the block that it is in, about 0.1 ms.
 */
#ifndef MORGUE_SEGMENT_STORE_H
#define MORGUE_SEGMENT_STORE_H

#include "../base/deflate.h"
#include "segment.h"

/** A block of stored articles as it is in the file. */
struct text_block {
    struct morgue_str packed;
    uint32_t first;   /* the number of its first record */
    uint32_t records; /* how many it has */
    uint32_t size;    /* bytes when unpacked */
};

/** How many blocks there are. */
uint32_t store_blocks(struct segment *s);

/** The `i`th block.  False where it is damaged. */
bool store_block(struct text_block *out, struct segment *s, uint32_t i);

/** The `i`th record of an unpacked block of `size` bytes, lent as these are.
 *  False where there is none. */
bool store_cut(struct morgue_str *out, const char *block, uint32_t size,
               uint32_t i);

/** The number of an article's record, and of the block it is in. */
bool store_find(uint32_t *record, uint32_t *block, struct segment *s,
                uint32_t doc);

/** The record of an article, in the arena, into *out. */
enum morgue_status store_get(struct morgue_str *out, struct segment *s,
                             struct inflater *inflater, struct arena *arena,
                             uint32_t doc, struct morgue_error *err);

#endif
