/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.h - an article's bytes in an archive, and what tells two versions of
 * it apart
 */
#ifndef MORGUE_ARTICLE_RECORD_H
#define MORGUE_ARTICLE_RECORD_H

#include "../base/arena.h"
#include "../base/buf.h"
#include "../base/hash.h"
#include "field.h"

/** MORGUE_USAGE where an article of a caller's cannot be one, by its date and
 *  by what is said of its strings; their bytes are not looked at. */
enum morgue_status record_check(const struct morgue_article *article,
                                struct morgue_error *err);

/** What two articles with the same content have in common: all fields and
 *  the date. */
struct hash128 record_hash(const struct morgue_article *article);

/** Which fields have more than white space in them: a bit for each, 1 << its
 *  number.  An archive keeps this for each article. */
uint32_t record_fields(const struct morgue_article *article);

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
