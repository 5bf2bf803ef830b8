/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dictionary.h - the blocks of a segment's dictionary
 *
 * Used by what walks over terms: dictionary.c by their bytes, pattern_walk.c
 * by a pattern.
 */
#ifndef MORGUE_SEGMENT_DICTIONARY_H
#define MORGUE_SEGMENT_DICTIONARY_H

#include "footer.h"
#include "front_coding.h"

static inline uint64_t
dict_blocks(const struct segment *s)
{
    return s->part[PART_DICT_INDEX].len / DICT_ENTRY;
}

/** The entry of block `i` in the index; NULL, and the segment is marked, where
 *  it is damaged. */
static inline const uint8_t *
dict_entry(struct segment *s, uint64_t i)
{
    return segment_bytes(s, PART_DICT_INDEX, i * DICT_ENTRY, DICT_ENTRY);
}

/** Begin to read block `i`.  False, and the segment is marked, where it is
 *  damaged. */
bool dict_enter(struct dict_cursor *c, struct segment *s, uint64_t i);

/** How the next term is told: it has `shared` bytes in common with the one
 *  before, which has `len`, and `rest` more, which are next. */
static inline __attribute__((always_inline)) bool
dict_read_lengths(struct dict_cursor *c, size_t len, size_t *shared,
                  size_t *rest)
{
    return front_read(&c->at, c->end, len, shared, rest) && *rest > 0;
}

/** Read where the list of the next term is.  False where that is damaged;
 *  info->live is not told. */
bool dict_read_info(struct term_info *info, struct dict_cursor *c,
                    const struct segment *s);

/** How many deleted articles have the term. */
uint32_t dict_deleted_with(const struct deletes *d, const char *term,
                           size_t len);

#endif
