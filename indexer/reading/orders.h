/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * orders.h - which of the numbers in a source's dates is the day
 */
#ifndef MORGUE_INDEXER_READING_ORDERS_H
#define MORGUE_INDEXER_READING_ORDERS_H

#include "order_book.h"
#include "sink.h"

struct orders;
struct order_group;

/** Begin to read a source.  `book`: what is known of sources, and where what
 * is learned goes; NULL: nothing and nowhere.  Give back: orders_free. */
enum morgue_status orders_new(struct orders **out, struct order_book *book,
                              const struct sink *sink,
                              struct morgue_error *err);

/** The group of dates that are written alike, which `path` (NULL: none that
 *  stays) names in the book.  Lent, until orders_free; NULL without memory. */
struct order_group *orders_group(struct orders *o, const char *path,
                                 struct morgue_error *err);

/** A record of the group on its way to the sink, settled, its date `written`
 * so in the source ("": none).  It may be held until the order of the group is
 *  known.  `now` as story_settle. */
enum morgue_status orders_record(struct orders *o, struct order_group *group,
                                 const struct morgue_article *article,
                                 const struct morgue_origin *origin,
                                 struct morgue_str written, int64_t now,
                                 struct morgue_error *err);

/** No more of the group comes. */
enum morgue_status orders_group_end(struct orders *o,
                                    struct order_group *group,
                                    struct morgue_error *err);

/** Nothing more comes: hand out what is held. */
enum morgue_status orders_end(struct orders *o, struct morgue_error *err);

/** Drop what is held.  NULL is fine. */
void orders_free(struct orders *o);

#endif
