/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * content.h - content of any kind, as formats around others have it
 */
#ifndef MORGUE_INDEXER_NEWS_CONTENT_H
#define MORGUE_INDEXER_NEWS_CONTENT_H

#include "news.h"

/** Append what is in an element: NITF, also as a string; XHTML; a string of
 *  HTML or plain text. */
void content_read(struct news *n, struct tree_node *e);

/** Append a string: NITF; else HTML, or plain text that is taken as it is. */
void content_string(struct news *n, struct morgue_str s, bool html);

#endif
