/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_trim.h - which runs in and above the article's block are its text
 */
#ifndef MORGUE_INDEXER_PAGE_TRIM_H
#define MORGUE_INDEXER_PAGE_TRIM_H

#include "page_run.h"

/** Keep the runs of a block that are text. */
void trim_block(struct text *t, const struct box *b);

/** Keep what stands between the headline and the first run that is kept: the
 *  lead, which is often beside the block of the text, and subheads. */
void trim_lead(struct text *t, const struct box *best);

/** Leave out notices, and all behind a heading that ends the article if that
 *  is in its second half. */
void trim_notices(struct text *t);

/** Leave out bylines and dates among the first runs. */
void trim_bylines(struct text *t);

/** The letters of the runs that are kept. */
size_t trim_mass(const struct text *t);

#endif
