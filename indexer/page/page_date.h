/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_date.h - the date of a page in the text that it shows
 */
#ifndef MORGUE_INDEXER_PAGE_DATE_H
#define MORGUE_INDEXER_PAGE_DATE_H

#include "../markup/tree.h"
#include "page_fact.h"

/** Offer the date that the page shows; the facts of its head are known. */
void facts_shown_date(struct facts *f, const struct tree_node *html);

#endif
