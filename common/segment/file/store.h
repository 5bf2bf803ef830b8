/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store.h - the stored articles of a segment
 *
 * A record is read by unpacking the block that it is in: about 0.1 ms for a
 * body, 2 us for a head.
 */
#ifndef MORGUE_SEGMENT_STORE_H
#define MORGUE_SEGMENT_STORE_H

#include "../../base/deflate.h"
#include "segment.h"

/** What is stored of articles. */
enum store { STORE_BODIES, STORE_HEADS };

/** A block of records as it is in the file. */
struct text_block {
    struct morgue_str packed;
    uint32_t first;   /* the number of its first record */
    uint32_t records; /* how many it has */
    uint32_t size;    /* bytes when unpacked */
};

/** How many blocks there are. */
uint32_t store_blocks(struct segment *s, enum store which);

/** The `i`th block.  False where it is damaged. */
bool store_block(struct text_block *out, struct segment *s, enum store which,
                 uint32_t i);

/** The records of a block in the arena, for store_cut.  NULL when out of
 *  memory, or where it is damaged, which marks the segment. */
const char *store_unpack(struct segment *s, const struct text_block *block,
                         struct inflater *inflater, struct arena *arena);

/** The `i`th record of an unpacked block of `size` bytes, lent as these are.
 *  False where there is none. */
bool store_cut(struct morgue_str *out, const char *block, uint32_t size,
               uint32_t i);

/** The article, its strings in the arena; its body only if asked for.
 *  MORGUE_DAMAGED, MORGUE_NOMEM. */
enum morgue_status store_article(struct morgue_article *out, struct segment *s,
                                 struct inflater *inflater,
                                 struct arena *arena, uint32_t doc,
                                 bool with_body, struct morgue_error *err);

#endif
