/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reading.h - a file being read
 *
 *   file -> stream -> input (a window, UTF-16 made UTF-8)
 *        -> read_text, read_heads, read_json, read_sgml, ...
 *        -> reading_record, reading_failed, reading_broken -> sink
 *
 * A reader looks at the window, takes records off it and hands each to
 * reading_record, which cleans it and gives it an id.  What cannot be read is
 * reported, not returned: a status other than MORGUE_OK, here and in readers,
 * is want of memory or the sink's own, and ends the run.
 */
#ifndef MORGUE_INDEXER_READING_READING_H
#define MORGUE_INDEXER_READING_READING_H

#include "extra.h"
#include "input.h"
#include "orders.h"
#include "sink.h"
#include "value.h"

struct format;
struct key_map;

struct reading {
    struct input in;
    const char *path;   /* as it is shown */
    const char *whole;  /* the path for ids; NULL where there is no file */
    const char *format; /* its name; NULL until it is told */
    bool many;          /* the format has many records in a file */
    /* Of what may be in it, NULL behind. */
    const struct format *const *formats;
    struct morgue_str url;     /* what is known from outside of the record, */
    struct morgue_str crawled; /* as by a crawl: where and when it was */
    struct morgue_str charset; /* fetched, and its charset; else "" */
    /* How dates are read, and what was seen of this record's. */
    enum morgue_order order;   /* of numbers; NONE: not known */
    bool order_said;           /* the user says so */
    bool date_from_path;       /* where a record has no date */
    struct orders *orders;     /* learns it, from those of the group; NULL */
    struct order_group *group; /* of this file */
    struct morgue_str written; /* the date as the source writes it; "" */
    struct morgue_str unread;  /* one that could not be read; "" */
    char impossible[24];       /* one that no calendar has; "" */
    bool unsure;               /* fields may still be in another charset */
    uint64_t position;         /* records so far */
    uint64_t reported;         /* records and problems so far */
    int64_t now;               /* when the reading began, seconds since 1970 */
    const struct sink *sink;
    const struct key_map *map; /* what keys mean to the user; may be NULL */
    struct arena arena;        /* of the record that is being read */
    struct buf scratch;        /* what a record was converted to */
    struct buf text;           /* a reader's own, up to reading_record */
    struct buf extra;          /* the lines of the record's extra field */
};

/** Make ready for a file; `path` and `sink` must outlive it. */
void reading_init(struct reading *r, const char *path,
                  const struct sink *sink);
void reading_free(struct reading *r);

/** Drop what belongs to the record before. */
void reading_next(struct reading *r);

/** charset_to_utf8 for text from the window: of UTF-16 it is done already. */
enum morgue_status reading_utf8(struct reading *r, struct morgue_str *text,
                                struct morgue_str declared, bool *converted,
                                struct morgue_error *err);

/** How the reading of a record was done. */
enum {
    READ_CONVERTED = 1, /* its text was not in UTF-8 */
    READ_REPAIRED = 2   /* some of it became U+FFFD already */
};

/** The next record of the file is this article, whose text may be anything:
 *  clean it, give it an id and hand it to the sink.  `how`: READ_ flags. */
enum morgue_status reading_record(struct reading *r,
                                  struct morgue_article *article, unsigned how,
                                  struct morgue_error *err);

/** The next record of the file is no article; what is known of it, its id
 *  perhaps, is in `article`. */
enum morgue_status reading_skipped(struct reading *r,
                                   struct morgue_article *article,
                                   const char *reason,
                                   struct morgue_error *err);

/** The next record of the file, which begins in `line`, could not be read.
 *  `line` 0: not told. */
enum morgue_status reading_failed(struct reading *r, uint64_t line,
                                  const char *reason,
                                  struct morgue_error *err);

/** The file as such gives nothing, or not all of it. */
enum morgue_status reading_broken(struct reading *r,
                                  enum morgue_outcome outcome,
                                  const char *reason,
                                  struct morgue_error *err);

/** Clean an article that was handed over as those of files are, give it an id
 *  where it has none, from its url or else its content, and hand it to the
 *  sink, or what is wrong with it, also where it cannot be an article. */
enum morgue_status reading_article(const struct morgue_article *article,
                                   const struct sink *sink,
                                   struct morgue_error *err);

#endif
