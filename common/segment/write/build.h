/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * build.h - writing a segment's file
 *
 *     builder_new
 *     builder_body or builder_copy_block, builder_head   all articles
 *     b->lists.code = ...                    then the lists of terms:
 *         list_begin, list_add ..., list_end (list_write.h)
 *     builder_term                           the terms, in byte order,
 *     builder_stem_words                     a stem's words behind it
 *     builder_column, builder_values         each column
 *     builder_finish, builder_free
 *
 * Bodies go to the file at once; the rest is spooled, and follows at the end.
 * The file is written once, from front to back.
 */
#ifndef MORGUE_SEGMENT_BUILD_H
#define MORGUE_SEGMENT_BUILD_H

#include "../file/grams.h"
#include "../file/list_write.h"
#include "../file/values.h"

/* Records that are packed block by block. */
struct record_store {
    struct deflater *deflater;
    struct preset_packer *preset; /* of heads, from the second block on */
    bool with_preset;             /* they are to have one */
    struct buf *to;               /* where packed blocks go */
    size_t block_bytes;           /* of records in a block, about */
    struct buf record, ends;      /* of the block that is being filled */
    struct buf whole;             /* the block that is being packed */
    struct buf first, size, end;  /* u32, u32, u64 of each block */
    uint32_t records;             /* in all blocks that are packed */
    uint32_t block_records;       /* in the one that is being filled */
    uint64_t packed;              /* bytes of packed blocks */
};

struct builder {
    struct list_writer lists;

    /* the file */
    int fd;
    const struct dir *dir;
    char *path; /* for messages; `name` is its end */
    const char *name;
    struct buf out;  /* what is not in it yet */
    uint64_t filed;  /* bytes in it */
    struct buf sums; /* of pages */

    struct record_store bodies, heads;
    struct spool head_blocks;

    /* the dictionary */
    struct spool dictionary;
    struct buf dict_index;
    struct buf block_terms, block_infos; /* of the block at hand */
    struct spool filtered;               /* terms for the filter */
    char term[DICT_TERM_MAX];            /* the last one */
    size_t term_len;
    uint64_t terms;
    uint64_t last_post, last_pos;
    struct spool stem_words;
    struct buf stem_index;
    struct gram_writer grams;

    struct buf columns;
    struct spool values;
    uint64_t value_place[FIELD_VALUES_N][2];
    uint64_t column[COLUMN_N][3]; /* where, min, width */
    uint64_t part[PART_N][2];
};

/** How hard texts are compressed: fast, 6 ms/MB to 0.43 of the text, or well,
 *  100 ms/MB to 0.39. */
enum { TEXT_FAST = 1, TEXT_WELL = 10 };

/** Begin the file `name` in `dir`, which must outlive the builder. */
enum morgue_status builder_new(struct builder **out, const struct dir *dir,
                               const char *name, int text_level,
                               struct morgue_error *err);

/** Give back; a file that was not finished is removed.  NULL is allowed. */
void builder_free(struct builder *b, bool finished);

/** Store an article's body and a NUL, or its head (record_put_head).  Both in
 *  one order; the number is how many came before. */
enum morgue_status builder_body(struct builder *b, struct morgue_str body,
                                struct morgue_error *err);
enum morgue_status builder_head(struct builder *b, struct morgue_str head,
                                struct morgue_error *err);

/** Store a whole block of bodies of another segment as it is: `packed` bytes
 *  that hold `records` records in `size` bytes. */
enum morgue_status builder_copy_block(struct builder *b,
                                      struct morgue_str packed, uint32_t size,
                                      uint32_t records,
                                      struct morgue_error *err);

/** The next term of the dictionary, and where its list is. */
enum morgue_status builder_term(struct builder *b, struct morgue_str term,
                                const struct list_place *place,
                                struct morgue_error *err);

/** The words of the stem that was the last term: n, sorted in place, some
 *  perhaps several times. */
enum morgue_status builder_stem_words(struct builder *b,
                                      struct morgue_str *word, size_t n,
                                      struct morgue_error *err);

/** What is known of a segment beside its parts. */
struct segment_counts {
    uint32_t docs, dated;
    uint64_t length;
};

/** Give articles without a date, whose dates count for nothing, values that
 *  make no column of dates wider. */
static inline void
level_undated(uint64_t *value, const struct segment_counts *counts)
{
    for (uint32_t i = counts->dated; i < counts->docs; i++)
        value[i] = counts->dated > 0 ? value[0] : 0;
}

/** A column's values, of `n` articles. */
enum morgue_status builder_column(struct builder *b, enum segment_column c,
                                  const uint64_t *value, uint32_t n,
                                  struct morgue_error *err);

/** A column of values, in the order of columns: of each article the number
 *  that `v` gave for what it has. */
enum morgue_status builder_values(struct builder *b, enum field f,
                                  const struct field_values *v,
                                  const uint64_t *number, uint32_t n,
                                  struct morgue_error *err);

/** Write what is left.  *size and *sum name the file, which is not synced yet:
 *  it may be merged with others before anybody relies on it. */
enum morgue_status builder_finish(struct builder *b,
                                  const struct segment_counts *counts,
                                  uint64_t *size, uint64_t *sum,
                                  struct morgue_error *err);

#endif
