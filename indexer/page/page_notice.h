/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_notice.h - short texts between paragraphs that are none of the article
 */
#ifndef MORGUE_INDEXER_PAGE_NOTICE_H
#define MORGUE_INDEXER_PAGE_NOTICE_H

#include "../../common/base/str.h"

/** Whether a text that stands alone is a notice, as "Advertisement", "Read
 *  also: ..." or "(c) ...".  Cost: the first bytes of it. */
bool notice_is(struct morgue_str text);

/** Whether a heading is that of further articles or of comments, so that what
 *  follows it is none of the article: "Related articles", "Comments (8)". */
bool notice_ends(struct morgue_str heading);

#endif
