/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_facts.h - what a page tells of itself
 */
#ifndef MORGUE_INDEXER_PAGE_FACTS_H
#define MORGUE_INDEXER_PAGE_FACTS_H

#include "../markup/tree.h"
#include "page_fact.h"

/** Collect what the page tells of itself. */
void facts_read(struct facts *f, struct tree_node *html);

#endif
