/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_url.h - what urls tell
 */
#ifndef MORGUE_INDEXER_PAGE_URL_H
#define MORGUE_INDEXER_PAGE_URL_H

#include "../../common/base/arena.h"

/** A date in the path of a url: /2018/03/04/, /2018/mar/04/, /2018-03-04,
 *  /20180304, /2018/03/. */
bool url_date(struct morgue_str url, struct morgue_date *out);

/** `url` as seen from `base`; "" where it is none for the web. */
struct morgue_str url_resolve(struct arena *a, struct morgue_str base,
                              struct morgue_str url);

/** The host of a url without "www."; "" where there is none. */
struct morgue_str url_host(struct morgue_str url);

/** The path of a url, without query. */
struct morgue_str url_path(struct morgue_str url);

#endif
