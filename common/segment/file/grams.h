/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grams.h - in which blocks of a segment's dictionary a piece of a word is
 *
 * Words are sorted by their first letters, so what a word begins with tells
 * where it is.  For what is in its middle, or at its end, there is a list of
 * blocks for each gram: three characters that stand side by side in a word,
 * or the last two and its end.  Only words as written are in it, the terms
 * without a prefix.
 */
#ifndef MORGUE_SEGMENT_GRAMS_H
#define MORGUE_SEGMENT_GRAMS_H

#include "segment.h"

enum { GRAM = 3, GRAM_END = 0x110000 };

/** Whether a gram is in the index.  A pair of characters of a script that is
 *  written without spaces is a word, and would be a gram by itself. */
static inline bool
gram_counts(const uint32_t c[GRAM])
{
    enum { THAI = 0xE00 };

    return c[2] != GRAM_END || c[0] < THAI;
}

/* ---- making ------------------------------------------------------------- */

struct gram_list;
struct gram_piece;

/** Lists that are being made. */
struct gram_writer {
    struct gram_list *list; /* in the order in which grams first came */
    size_t n, cap;
    uint32_t *slot; /* a table of their numbers, from 1, by their hashes */
    size_t slots;
    struct gram_piece *piece; /* bytes of lists */
    size_t pieces, pieces_cap;
    bool nomem;
};

void gram_writer_init(struct gram_writer *w);
void gram_writer_free(struct gram_writer *w);

/** Take in the next term of block `block`, which has `shared` bytes in common
 *  with the one before, of that block; others than words are passed over.
 *  What fails is told by grams_make. */
void gram_writer_add(struct gram_writer *w, uint64_t block,
                     struct morgue_str term, size_t shared);

/** Append PART_GRAMS. */
enum morgue_status grams_make(struct buf *out, const struct gram_writer *w,
                              struct morgue_error *err);

/* ---- asking ------------------------------------------------------------- */

/** Set the bits of the blocks that may have words with the gram, which counts:
 *  `bits` has one for each block of the dictionary, the lowest first.  False,
 * and the segment is marked, where it is damaged. */
bool grams_find(uint8_t *bits, struct segment *s, const uint32_t gram[GRAM]);

#endif
