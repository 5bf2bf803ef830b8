/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_names.h - names as pages write them: bylines, topics, headlines
 */
#ifndef MORGUE_INDEXER_PAGE_NAMES_H
#define MORGUE_INDEXER_PAGE_NAMES_H

#include "../../common/base/buf.h"

/** Append the names in `lines`, a line each; that of the `source` only where
 *  there is no other. */
void names_authors(struct buf *out, struct morgue_str lines,
                   struct morgue_str source);

/** The name in a byline, `By Ann Lee, March 3`; "" where it is none. */
struct morgue_str names_byline(struct morgue_str text);

/** Whether it is the beginning of a byline alone: "By". */
bool names_is_by(struct morgue_str text);

/** Append the topics in `lines`, a line each. */
void names_topics(struct buf *out, struct morgue_str lines);

/** Whether a heading is the page's title, or most of it, or holds it. */
bool names_title(struct morgue_str heading, struct morgue_str title);

/** A headline without the name of the site. */
struct morgue_str names_headline(struct morgue_str title,
                                 struct morgue_str source,
                                 struct morgue_str host);

#endif
