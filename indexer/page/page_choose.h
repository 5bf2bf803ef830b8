/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_choose.h - which block of a page is the article
 */
#ifndef MORGUE_INDEXER_PAGE_CHOOSE_H
#define MORGUE_INDEXER_PAGE_CHOOSE_H

#include "page_run.h"

/** The block of the article among those of run_collect; the runs are scored,
 *  summed up and, where hints are believed, out. */
const struct box *choose_box(struct text *t, struct box *top);

#endif
