/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page.h - an HTML page as an article
 *
 *   page -> tree (markup/html.h) -> metadata  (page_facts.c, page_json.c)
 *                                -> date shown (page_date.c)
 *                                -> main text (page_text.c)
 *                                -> judgement (page.c)
 */
#ifndef MORGUE_INDEXER_PAGE_H
#define MORGUE_INDEXER_PAGE_H

#include "../markup/tree.h"

struct page {
    /* Its strings are lent by the arena; it has no id. */
    struct morgue_article article;
    /* Why it is hardly an article: "is a front page", "is an error page", ...;
     * NULL: it may well be one.  Static. */
    const char *doubt;
};

/** Read `html` (UTF-8), which came from `url` ("": not known), into *out.  The
 *  body is empty where there is no text.  Facts that have no field go to the
 *  extra lines.  MORGUE_FORMAT where the page is too large. */
enum morgue_status page_read(struct page *out, struct arena *arena,
                             struct morgue_str html, struct morgue_str url,
                             struct morgue_error *err);

#endif
