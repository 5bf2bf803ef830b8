/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_html.h - HTML pages, which stand in web archives, too
 */
#ifndef MORGUE_INDEXER_FORMAT_READ_HTML_H
#define MORGUE_INDEXER_FORMAT_READ_HTML_H

#include "../reading/reading.h"

/** The next record is this HTML page, in any charset.  `charset`: what came
 *  with it says so; "" where nothing does.  `url`: where it came from, against
 *  which its links count; "" where that is not known.  `crawl`: skip it where
 *  it is hardly an article. */
enum morgue_status read_html_page(struct reading *r, struct morgue_str page,
                                  struct morgue_str url,
                                  struct morgue_str charset, bool crawl,
                                  struct morgue_error *err);

/** Whether a file begins as an HTML page does. */
bool read_html_tell(struct morgue_str head);

/** The charset that a page declares in its markup; "" where it does not. */
struct morgue_str read_html_charset(struct morgue_str page);

#endif
