/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * feed.h - items of feeds: what the files of their reader share
 *
 * A feed's own elements are those in the namespace of the item; others are
 * told by a word of their namespace, or by its usual prefix where a feed does
 * not declare it.  Names are the same in large and small letters.
 */
#ifndef MORGUE_INDEXER_NEWS_FEED_H
#define MORGUE_INDEXER_NEWS_FEED_H

#include "news.h"

/* Words of namespaces. */
#define FEED_ATOM  "/Atom"
#define FEED_DC    "/dc/"
#define FEED_MEDIA "/mrss"

/** The next child of that name behind `e` (NULL: the first) in a namespace
 *  that has `word` in it; of NULL in that of `parent` itself.  NULL where
 *  there is none or `parent` is NULL. */
struct tree_node *feed_next(const struct tree_node *parent,
                            const struct tree_node *e, const char *name,
                            const char *word);

/** The first one of the feed's own; NULL likewise. */
struct tree_node *feed_own(const struct tree_node *parent, const char *name);

/** The text of the first one on one line; "" where there is none. */
struct morgue_str feed_line(struct news *n, const struct tree_node *parent,
                            const char *name, const char *word);

/** A string of HTML on one line; "" of NULL. */
struct morgue_str feed_html_line(struct news *n, const struct tree_node *e);

/** The channel or feed that the item is of. */
const struct tree_node *feed_channel(const struct tree_node *item);

/* ---- feed_link.c -------------------------------------------------------- */

/** Put url and id. */
void feed_links(struct news *n, const struct tree_node *item);

/* ---- feed_people.c ------------------------------------------------------ */

void feed_authors(struct news *n, const struct tree_node *item,
                  const struct tree_node *channel);

/* ---- feed_text.c -------------------------------------------------------- */

/** Put title, text, and the language that they bear themselves. */
void feed_title(struct news *n, const struct tree_node *item);
void feed_text(struct news *n, const struct tree_node *item);

/** What an element with a text says on one line, whatever it is written in. */
struct morgue_str feed_text_line(struct news *n, const struct tree_node *e);

#endif
