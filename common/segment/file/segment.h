/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segment.h - a segment: articles and their inverted index in one file
 *
 * A segment is written once, from front to back, and never changed.  Articles
 * in it have numbers from 0, in the order that breaks ties: newest date
 * first, then order of arrival, articles without a date last.  So a range of
 * dates is a range of numbers, and of two hits with equal scores the one with
 * the lower number comes first.
 *
 * Bytes, all integers little-endian, varints as in LEB128, offsets of a part
 * from its beginning:
 *
 *     "morgue segment 8"   16 bytes
 *     the parts            in any order, each followed by PART_PAD zeros
 *     the page sums        u64 for each PAGE bytes of all before: their XXH3
 *     the footer           see segment_open.c: counts, where the parts are,
 *                          and the XXH3 of the page sums and of itself
 *
 * A reader maps the file, checks the footer when it opens it, and each page
 * when it first touches it (segment_touch); so damage is found whenever
 * something would depend on it, at the cost of one bit test later.
 *
 * PART_POSTINGS: the lists of terms, wherever the dictionary says.  A list of
 * df articles is cut into blocks of BLOCK, the last may be shorter.  With
 * more than one block, n = ceil(df / BLOCK), the list begins with its skips:
 *
 *     struct impact   of the whole list
 *     u32 last[n]     the number of each block's last article
 *     u32 end[n]      where the block ends, from the end of the skips
 *     u32 pos[n]      where its positions begin, from the list's first (only
 *                     with TERM_POSITIONS or TERM_SHARED)
 *     struct impact block[n]
 *     struct impact group[ceil(n / GROUP)]   of GROUP blocks together
 *
 * Then the blocks.  A block is two packs (pack.h), short ones where it is not
 * full: the distances between article numbers less one, of the first from the
 * article before the block (-1 at the beginning); and the wdf less one.  In a
 * list with TERM_ZERO_WDF each wdf is 0, and there is only the first pack.
 *
 * An impact bounds what its articles can score: for each of them there is a
 * pair with a wdf not less and a length not more.  IMPACT_PAIRS pairs of
 * bytes (wdf, length code), the last repeated where there are fewer.  A wdf
 * of 255 stands for any from 255 up.
 *
 * PART_POSITIONS: of each block of a list, one after another: how many
 * positions each article has, told by how many they are fewer than its wdf, or
 * where that is 0, more than 1, modulo 2^32: a pack, nearly all zeros, for
 * only words of titles count more than once; in a shorter block a short pack
 * of the articles whose wdf is not 1, if there are any: one of wdf 1 has one.
 * Then the distances between the positions, of the first of each article from
 * 0: packs of 128, and what is left as a short pack.
 *
 * PART_DICTIONARY: the terms in byte order, DICT_BLOCK to a block:
 *
 *     varint  how many bytes the terms take
 *     each term by what it has in common with the one before, of the block
 *     (front_coding.h)
 *
 * and then of each of them, so that who looks for terms reads only these:
 *
 *     varint  df << 4 | flags: TERM_POSITIONS, TERM_ZERO_WDF, TERM_SHARED
 *     varint  where the list is in PART_POSTINGS, as zigzag of the difference
 *             to that of the last such term of the block (0 before); with
 *             positions the same for PART_POSITIONS
 *
 * or, where df is 1, mostly, in place of the last two:
 *
 *     u8      flags with TERM_INLINE; and 16 if the wdf is 1
 *     the article, in as many bytes, at least one, as the last one needs
 *     the wdf as a varint if it is not known by that or by TERM_ZERO_WDF; with
 *     positions, how many, if the wdf is not 1, and their distances as varints
 *
 * Two terms may share one list: a stem that only one word of the segment has
 * shares that word's.  It has TERM_SHARED: in the list are the offsets of
 * positions, but they are not its own.
 *
 * PART_DICT_INDEX: for each block of the dictionary five bytes, where it
 * begins, and the first eleven of its first term (zeros behind a shorter one):
 * of a stem, what names its language and most of it.
 *
 * PART_STEM_WORDS: of each stem of title, dateline and body, in the
 * dictionary's order, the words that became it (stem_words.c);
 * PART_STEM_INDEX: for each block of the dictionary a u64, where those of its
 * first stem begin.
 *
 * PART_GRAMS: for three characters side by side in words, or two and the end,
 * the blocks of the dictionary that have such words (grams.c).
 *
 * PART_FILTER: a Bloom filter of the stems and ids (filter.c), in blocks of
 * FILTER_BLOCK bytes.
 *
 * PART_TEXT: blocks of records, zlib streams (RFC 1950) of
 *     u32 n; u32 end[n], from behind these; n records: each the body of an
 *     article, and a NUL
 * PART_TEXT_INDEX: u32 first[n + 1], u32 size[n] (unpacked), u64 end[n]
 *     (packed) of n blocks.  A record's number counts over all blocks;
 *     COLUMN_STORE tells it for an article's.
 * PART_HEADS, PART_HEADS_INDEX: the same with the articles but for their
 *     bodies (record.h: record_put_head), in small blocks, so that a page of
 *     hits is quickly shown.  What the first block unpacks to, or its last
 *     PRESET_DICTIONARY_MAX bytes, is the preset dictionary of later ones that
 *     ask for one.
 *
 * PART_VALUES: what articles have in the fields with values (field.h): for
 * each of these two u64, where the list of its values begins and where that of
 * its sets, which a field with one value has none in.  A list is u64 n; u64
 * for each VALUE_BLOCK of its n strings, where they begin, from behind these;
 * the strings, each a varint, its length, and so many bytes.  A set is the
 * numbers of its values as varints.
 *
 * The columns have a value for each article: `width` bits (0 to 57, or 64; of
 * lengths whole bytes), the lowest first, added to the column's `min`.
 *
 * Thread rule: a struct segment by one thread at a time; those that share a
 * file by as many as there are.
 */
#ifndef MORGUE_SEGMENT_SEGMENT_H
#define MORGUE_SEGMENT_SEGMENT_H

#include "../../base/arena.h"
#include "../../base/dir.h"
#include "../../article/field.h"
#include "../../engine/query.h"
#include "bytes.h"

enum {
    SEGMENT_VERSION = 8,
    PAGE_SHIFT = 14, /* pages of 16 KiB */
    PAGE = 1 << PAGE_SHIFT,
    PART_PAD = 32, /* so that wide loads stay inside of the file */
    BLOCK = 128,
    GROUP = 16,
    IMPACT_PAIRS = 4,
    DICT_BLOCK = 32,
    DICT_TERM_MAX = 255, /* bytes of a term */
    DICT_HALF = 15,
    FILTER_BLOCK = 64,
    VALUE_BLOCK = 32
};

enum segment_part {
    PART_POSTINGS,
    PART_POSITIONS,
    PART_DICTIONARY,
    PART_DICT_INDEX,
    PART_FILTER,
    PART_TEXT,
    PART_TEXT_INDEX,
    PART_HEADS,
    PART_HEADS_INDEX,
    PART_COLUMNS,
    PART_VALUES,
    PART_STEM_WORDS,
    PART_STEM_INDEX,
    PART_GRAMS,
    PART_N
};

enum segment_column {
    COLUMN_DATE,    /* date_value; of articles before `dated` */
    COLUMN_ZONE,    /* zone_value; likewise */
    COLUMN_LENGTH,  /* the sum of its wdf */
    COLUMN_CODE,    /* length_code of that; always 8 bits wide, min 0 */
    COLUMN_HASH,    /* of its content (record_hash), the low 64 bits */
    COLUMN_ARRIVAL, /* its place in the order of arrival, over all segments */
    COLUMN_STORE,   /* zigzag of its record's number less its own */
    COLUMN_WORDS,   /* of the body */
    COLUMN_FIELDS,  /* which have something in them (record_fields) */
    COLUMN_VALUES,  /* and on: of the fields that have values (field.h), the
                       numbers of these, or of their sets, in PART_VALUES,
                       from 1; 0: none */
    COLUMN_N = COLUMN_VALUES + FIELD_VALUES_N
};

/** The field that a column has the values of. */
static inline enum field
field_of_column(enum segment_column c)
{
    return (enum field)(FIELD_VALUES + (c - COLUMN_VALUES));
}

/** The column of a field's values. */
static inline enum segment_column
column_of_field(enum field f)
{
    return (enum segment_column)(COLUMN_VALUES + (f - FIELD_VALUES));
}

struct column {
    const uint8_t *data; /* within the map, PART_PAD bytes behind it */
    uint64_t min, mask;
    uint32_t width; /* bits */
};

/** What bounds scores. */
struct impact {
    uint8_t pair[IMPACT_PAIRS][2]; /* wdf, length code */
};

/* A segment's file as it is mapped: what states of an archive share, in any
 * thread.  A page that was checked once is not read for that again. */
struct segment_map {
    uint32_t refs; /* atomic */
    const uint8_t *bytes;
    uint64_t size;
    uint64_t *checked; /* a bit for each page, atomic */
};

/* Deletions of a segment (deletes.h); NULL: none. */
struct deletes;
struct preset_unpacker;

struct segment {
    struct segment_map *shared;
    const uint8_t *map; /* its bytes */
    uint64_t size;
    uint64_t *checked;   /* its bits */
    const uint8_t *sums; /* of pages, within the map */
    uint64_t body;       /* bytes before the page sums */
    bool damaged;        /* a page or a value was not what it should be; stays
                            set to the end of the call, for which what was
                            read since counts for nothing */
    uint32_t docs;       /* articles, deleted ones too */
    uint32_t dated;      /* articles before this number have a date */
    uint64_t length;     /* the sum of all articles' lengths */
    uint64_t terms;
    uint64_t footer_sum; /* names the content */
    struct {
        uint64_t at, len;
    } part[PART_N];
    struct column column[COLUMN_N];
    const struct deletes *deletes;
    char *first_heads; /* the first block of PART_HEADS, unpacked; NULL until
                          it is wanted */
    uint32_t first_heads_size;
    struct preset_unpacker *preset; /* with it as dictionary; the same */
    char name[24]; /* the file's, in the archive's directory */
};

/** What names a segment of an archive. */
struct segment_file {
    char name[24];
    uint64_t size, sum;
    uint32_t docs;
};

/* ---- opening ------------------------------------------------------------ */

/** Map the segment `name` in `dir`, which must have `size` bytes and the
 *  footer whose sum is `sum`.  Give back: segment_close.  MORGUE_NO_INPUT
 *  where the file is not there; MORGUE_VERSION_DIFFERS, MORGUE_DAMAGED,
 *  MORGUE_IO. */
enum morgue_status segment_open(struct segment **out, const struct dir *dir,
                                const char *name, uint64_t size, uint64_t sum,
                                struct morgue_error *err);

/** The same segment for another state of the archive: without deletions, not
 *  marked as damaged, its file mapped and its pages checked as far as those of
 *  `s` are.  NULL when out of memory.  Give back: segment_close.  Any thread
 *  that has `s`. */
struct segment *segment_share(const struct segment *s);

/** NULL is allowed. */
void segment_close(struct segment *s);

/** Check the pages of `len` bytes from `at` of the file; used by
 *  segment_touch. */
bool segment_check_pages(struct segment *s, uint64_t at, uint64_t len);

/* What other threads mark meanwhile may be seen or not: the bytes are the
 * same. */
static inline bool
page_is_checked(const struct segment *s, uint64_t page)
{
    return __atomic_load_n(&s->checked[page >> 6], __ATOMIC_RELAXED) >>
               (page & 63) &
           1;
}

/** Whether `len` bytes from `at` of the file are there and as they were
 *  written.  If not, the segment is marked as damaged. */
static inline bool
segment_touch(struct segment *s, uint64_t at, uint64_t len)
{
    uint64_t page = at >> PAGE_SHIFT;

    if (len > 0 && at < s->body && len <= s->body - at &&
        (at + len - 1) >> PAGE_SHIFT == page && page_is_checked(s, page))
        return true;
    return segment_check_pages(s, at, len);
}

/** The same for a part: `at` and `len` within it.  NULL, and the segment is
 *  marked as damaged, where it is not so. */
static inline const uint8_t *
segment_bytes(struct segment *s, enum segment_part part, uint64_t at,
              uint64_t len)
{
    if (at > s->part[part].len || len > s->part[part].len - at ||
        !segment_touch(s, s->part[part].at + at, len)) {
        s->damaged = true;
        return NULL;
    }
    return s->map + s->part[part].at + at;
}

/** Let go of the memory that was read so far: it is read again where it is
 *  wanted.  For who reads all of a segment. */
void segment_forget(const struct segment *s);

/** MORGUE_DAMAGED where the segment is marked so. */
enum morgue_status segment_status(const struct segment *s,
                                  struct morgue_error *err);

/* ---- columns ------------------------------------------------------------ */

/** Check the pages that a column's values of articles from <= number < to
 *  are in. */
bool segment_touch_column(struct segment *s, enum segment_column c,
                          uint32_t from, uint32_t to);

/** The value of an article, whose page was touched before.  What is read
 *  beyond its bits does not count, and is in the map (PART_PAD). */
static inline uint64_t
column_get(const struct column *c, uint32_t doc)
{
    uint64_t at = (uint64_t)doc * c->width;
    uint64_t v = get_u64(c->data + (at >> 3)) >> (at & 7);

    return c->min + (v & c->mask);
}

/** The same, touched first. */
static inline uint64_t
segment_value(struct segment *s, enum segment_column c, uint32_t doc)
{
    return segment_touch_column(s, c, doc, doc + 1)
               ? column_get(&s->column[c], doc)
               : 0;
}

/** No value of the column is more, nor less than its `min`. */
static inline uint64_t
column_most(const struct column *c)
{
    return c->min <= UINT64_MAX - c->mask ? c->min + c->mask : UINT64_MAX;
}

/** A length as one byte: itself below 32, then the four bits behind its
 *  highest and how many follow, rounded down; 255 for all too great. */
uint8_t length_code(uint64_t length);

/** The smallest length that has a code. */
uint32_t length_of_code(uint8_t code);

/** Seconds as a number that sorts as they do, and back. */
static inline uint64_t
date_value(int64_t seconds)
{
    return (uint64_t)seconds ^ (uint64_t)1 << 63;
}

static inline int64_t
date_of_value(uint64_t value)
{
    return (int64_t)(value ^ (uint64_t)1 << 63);
}

/** An article's precision and offset as a number: a precision, or for dates to
 *  the second that and the offset's minutes from the least one on. */
static inline uint64_t
zone_value(struct morgue_date date)
{
    if (date.precision != MORGUE_DATE_SECOND)
        return date.precision;
    return MORGUE_DATE_SECOND + (uint64_t)(date.offset + DATE_OFFSET_MAX) / 60;
}

/** The date of an article; none where it has none or the segment is damaged.
 */
struct morgue_date segment_date(struct segment *s, uint32_t doc);

/** lo <= number < hi */
struct doc_range {
    uint32_t lo, hi;
};

/** Whether some dates may be months or years. */
static inline bool
segment_has_long_dates(const struct segment *s)
{
    return s->column[COLUMN_ZONE].min < MORGUE_DATE_DAY;
}

/** Which articles may have a date in the period, and among those a range of
 *  which each has, whose date is not longer than a day. */
void segment_dates(struct doc_range *may, struct doc_range *sure,
                   struct segment *s, const struct period *period);

/* ---- terms -------------------------------------------------------------- */

enum {
    TERM_POSITIONS = 1,
    TERM_ZERO_WDF = 2,
    TERM_INLINE = 4,
    TERM_SHARED = 8 /* not with TERM_POSITIONS, but the list has pos[n] */
};

/** Where a term's list is. */
struct term_info {
    uint32_t df;    /* articles that have it, deleted ones too */
    uint32_t live;  /* articles that have it and are not deleted */
    uint32_t flags; /* TERM_... */
    uint64_t post;  /* not inline: its list in PART_POSTINGS */
    uint64_t pos;   /* not inline, with positions: in PART_POSITIONS */
    uint32_t doc;   /* inline: the article */
    uint32_t wdf;   /* inline */
    uint32_t pos_n; /* inline, with positions: how many */
    const uint8_t *inline_pos; /* and their varints, in the map and checked */
    const uint8_t *inline_end;
};

/** Look a term up.  False where the segment has none such, or is damaged. */
bool segment_term(struct term_info *out, struct segment *s,
                  struct morgue_str term);

/** What is left of a block of the dictionary. */
struct dict_cursor {
    const uint8_t *at, *end;        /* terms */
    const uint8_t *info, *info_end; /* where their lists are */
    uint64_t post, pos;             /* of the last one */
};

/** A walk over the dictionary in byte order. */
struct term_walk {
    struct segment *segment;
    uint64_t block, blocks; /* the next to be read */
    struct dict_cursor in;  /* this one */
    struct term_info info;  /* of the term walked to */
    size_t len;
    char term[DICT_TERM_MAX];
};

/** Begin at the first term that is not before `from`. */
void term_walk_start(struct term_walk *w, struct segment *s,
                     struct morgue_str from);

/** Begin at the first term of the block that `term` would be in, and stand at
 *  it.  False where the segment has no terms, or is damaged. */
bool term_walk_enter(struct term_walk *w, struct segment *s,
                     struct morgue_str term);

/** To the next term, which is in w->term, w->len, w->info, and behind the one
 *  before.  False at the end or where the segment is damaged. */
bool term_walk_next(struct term_walk *w);

/** Compare the terms that two walks stand at: less than, equal to or more than
 *  0. */
int term_walk_compare(const struct term_walk *a, const struct term_walk *b);

/** What tells, beside an article's wdf, how many positions it has, at least 1:
 *  0 for most. */
static inline uint32_t
list_count_code(uint32_t wdf, uint32_t count)
{
    return wdf > 0 ? wdf - count : count - 1;
}

/** And back. */
static inline uint32_t
list_code_count(uint32_t wdf, uint32_t code)
{
    return wdf > 0 ? wdf - code : code + 1;
}

/* ---- deletions ---------------------------------------------------------- */

struct deletes {
    uint32_t refs;       /* atomic: states of an archive share them */
    uint64_t sum;        /* of their file */
    const uint64_t *bit; /* set for each deleted article; (docs + 63) / 64 */
    uint32_t n;          /* how many */
    uint64_t length;     /* the sum of their lengths */
    uint32_t terms;
    const uint8_t *term; /* sorted: u64 hash64 of a term, u32 how many of its
                            articles are deleted */
};

static inline bool
segment_deleted(const struct segment *s, uint32_t doc)
{
    return s->deletes && (s->deletes->bit[doc >> 6] >> (doc & 63) & 1);
}

/* ---- a state of the archive --------------------------------------------- */

/** The segments that a reader sees. */
struct snapshot {
    struct segment **segment;
    uint32_t n;
    uint64_t docs;   /* articles that are not deleted */
    uint64_t length; /* the sum of their lengths */
};

/** An article's number above the seam. */
static inline uint64_t
snapshot_number(uint32_t segment, uint32_t doc)
{
    return (uint64_t)segment << 32 | doc;
}

#endif
