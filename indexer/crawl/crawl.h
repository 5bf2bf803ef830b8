/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * crawl.h - what the readers of web archives (WARC, ARC) share
 *
 *   file -> records, one after another -> captures -> articles
 *
 * A record is a head, which has the length of the block behind it, and the
 * block.  Where heads, lengths or the file are broken, that is told and
 * reading goes on at the next head that can be found.
 */
#ifndef MORGUE_INDEXER_CRAWL_CRAWL_H
#define MORGUE_INDEXER_CRAWL_CRAWL_H

#include "../reading/reading.h"
#include "http.h"

struct crawl {
    struct reading *r;
    /* Whether a record's head begins here, of which the first line is whole
     * or longer than CRAWL_LINE_MAX. */
    bool (*begins)(struct morgue_str s);
    bool lost;       /* bytes are no record, which was told */
    struct buf head; /* of the record */
    struct http_room room;
};

enum { CRAWL_LINE_MAX = 64 * 1024 };

/** Read a file: go from head to head, and have `next` read each record. */
enum morgue_status crawl_read(
    struct reading *r, bool (*begins)(struct morgue_str s),
    enum morgue_status (*next)(struct crawl *c, struct morgue_error *err),
    struct morgue_error *err);

/** Have the next line in view, lent, with its end; empty at the end. */
enum morgue_status crawl_line(struct morgue_str *line, struct crawl *c,
                              struct morgue_error *err);

/** The record that was begun is broken; what follows is looked through for
 *  the next. */
enum morgue_status crawl_failed(struct crawl *c, const char *reason,
                                struct morgue_error *err);

/** The block of `length` bytes that begins here: in view and not taken, lent.
 *  It is shorter where the file ends in it.  Where it cannot be had that is
 *  reported, block->s is NULL and the place is the next one to look for a
 *  head. */
enum morgue_status crawl_block(struct morgue_str *block, struct crawl *c,
                               uint64_t length, struct morgue_error *err);

/* A record that may be an article. */
struct capture {
    struct morgue_str url;
    struct morgue_str time; /* when it was fetched */
    struct morgue_str type; /* the block's Content-Type, or of what is in it */
    struct morgue_str lang; /* that somebody found it to be in */
    struct morgue_str block;
    bool cut;  /* the block is shorter than it should be */
    bool http; /* the block may be a response */
    bool text; /* the block is the text of a page, made by a program */
};

/** A record is no article; `url` may be "". */
enum morgue_status crawl_skip(struct crawl *c, struct morgue_str url,
                              const char *reason, struct morgue_error *err);

/** Hand on what the capture holds, or say why it is nothing. */
enum morgue_status crawl_capture(struct crawl *c, const struct capture *from,
                                 struct morgue_error *err);

#endif
