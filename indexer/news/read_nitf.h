/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_nitf.h - NITF, which stands in other formats, too
 */
#ifndef MORGUE_INDEXER_NEWS_READ_NITF_H
#define MORGUE_INDEXER_NEWS_READ_NITF_H

#include "news.h"

/** Append the article's text, and what it says that is not known yet. */
void nitf_fill(struct news *n, struct tree_node *nitf);

#endif
