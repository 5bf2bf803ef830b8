/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.h - an article's fields as one table, its bytes in an archive, and
 * what tells two versions of it apart
 */
#ifndef MORGUE_ARTICLE_RECORD_H
#define MORGUE_ARTICLE_RECORD_H

#include "../base/arena.h"
#include "../base/buf.h"
#include "../base/hash.h"

/** The text fields of an article, in the order in which they are stored.
 *  The number of a field is part of the stored form: add at the end. */
enum field {
    FIELD_ID,
    FIELD_URL,
    FIELD_TITLE,
    FIELD_SECTION,
    FIELD_SOURCE,
    FIELD_AUTHOR,
    FIELD_LANG,
    FIELD_PLACE,
    FIELD_TOPICS,
    FIELD_DATELINE,
    FIELD_EXTRA,
    FIELD_DATE_SOURCE,
    FIELD_DATE_SUSPECT,
    FIELD_STATUS,
    FIELD_VERSION,
    FIELD_EMBARGO,
    FIELD_BODY,
    FIELD_N
};

struct field_info {
    const char *name; /* as JSON and output call it */
    size_t offset;    /* in struct morgue_article */
    size_t max;       /* bytes that are kept of it */
    bool many;        /* has its values on lines of their own */
};

/** One for each field. */
extern const struct field_info field_info[FIELD_N];

/** A field of an article, to read and to write. */
struct morgue_str *record_field(struct morgue_article *article, enum field f);
struct morgue_str record_get(const struct morgue_article *article,
                             enum field f);

/** MORGUE_USAGE where an article of a caller's cannot be one, by its date and
 *  by what is said of its strings; their bytes are not looked at. */
enum morgue_status record_check(const struct morgue_article *article,
                                struct morgue_error *err);

/** What two articles with the same content have in common: all fields and
 *  the date. */
struct hash128 record_hash(const struct morgue_article *article);

/** A copy of all fields into the arena, each with a NUL behind it. */
enum morgue_status record_copy(struct morgue_article *out, struct arena *arena,
                               const struct morgue_article *from,
                               struct morgue_error *err);

/** Append an article as it is stored. */
enum morgue_status record_pack(struct buf *out,
                               const struct morgue_article *article,
                               struct morgue_error *err);

/** Read what record_pack wrote into *out, its strings in the arena, each with
 *  a NUL behind it.  Without
 *  `with_body` the body stays empty and is not unpacked.  MORGUE_DAMAGED. */
enum morgue_status record_unpack(struct morgue_article *out,
                                 struct arena *arena, struct morgue_str packed,
                                 bool with_body, struct morgue_error *err);

/** Append all of an article but its body, as it is stored where what stores it
 *  compresses and checks: many of them together. */
void record_put_head(struct buf *out, const struct morgue_article *article);

/** Read what record_put_head wrote into *out, whose strings lie within `head`,
 *  each with a NUL behind it, and whose body is empty.  False where it is not
 *  such. */
bool record_view_head(struct morgue_article *out, struct morgue_str head);

#endif
