/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_text.h - the text of an article on its page
 */
#ifndef MORGUE_INDEXER_PAGE_TEXT_H
#define MORGUE_INDEXER_PAGE_TEXT_H

#include "../markup/tree.h"

struct text_found {
    size_t mass;  /* letters of the text; those of CJK count three */
    size_t whole; /* of all that the page shows */
    size_t cards; /* teasers of other pages */
};

/** Append the article's text.  `title` is what the page is called; it tells
 * the headline, which is no part of the text.  Texts that are none of it are
 * taken out of the tree.  False when the arena is full. */
bool page_text(struct buf *out, struct text_found *found, struct arena *arena,
               struct tree_node *html, struct morgue_str title);

/** The letters of a text, as they are counted in text_found. */
size_t page_text_mass(struct morgue_str s);

#endif
