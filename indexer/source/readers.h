/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * readers.h - the readers of formats
 */
#ifndef MORGUE_INDEXER_READERS_H
#define MORGUE_INDEXER_READERS_H

#include "reading.h"

/** Each reads a file of its format to its end or break. */
enum morgue_status read_text(struct reading *r, struct morgue_error *err);
enum morgue_status read_heads(struct reading *r, struct morgue_error *err);
enum morgue_status read_json(struct reading *r, struct morgue_error *err);
enum morgue_status read_csv(struct reading *r, struct morgue_error *err);
enum morgue_status read_sgml(struct reading *r, struct morgue_error *err);
enum morgue_status read_trec(struct reading *r, struct morgue_error *err);
enum morgue_status read_mail(struct reading *r, struct morgue_error *err);
enum morgue_status read_iptc7901(struct reading *r, struct morgue_error *err);
enum morgue_status read_anpa(struct reading *r, struct morgue_error *err);
enum morgue_status read_html(struct reading *r, struct morgue_error *err);
enum morgue_status read_warc(struct reading *r, struct morgue_error *err);
enum morgue_status read_arc(struct reading *r, struct morgue_error *err);
enum morgue_status read_nitf(struct reading *r, struct morgue_error *err);
enum morgue_status read_newsml(struct reading *r, struct morgue_error *err);
enum morgue_status read_newsmlg2(struct reading *r, struct morgue_error *err);
enum morgue_status read_feed(struct reading *r, struct morgue_error *err);
enum morgue_status read_rcv(struct reading *r, struct morgue_error *err);

/** Whether a file looks like it. */
bool looks_like_nitf(struct morgue_str head);
bool looks_like_rcv(struct morgue_str head);
bool looks_like_newsml(struct morgue_str head);
bool looks_like_newsmlg2(struct morgue_str head);
bool looks_like_feed(struct morgue_str head);

/** Whether a file of such a format begins so. */
bool looks_like_trec(struct morgue_str head);
bool looks_like_mail(struct morgue_str head);
bool looks_like_anpa(struct morgue_str head);
bool looks_like_iptc7901(struct morgue_str head);
/** The next record is this HTML page, in any charset.  `charset`: what came
 *  with it says so; "" where nothing does.  `url`: where it came from, against
 *  which its links count; "" where that is not known.  `crawl`: skip it where
 *  it is hardly an article. */
enum morgue_status read_page(struct reading *r, struct morgue_str page,
                             struct morgue_str url, struct morgue_str charset,
                             bool crawl, struct morgue_error *err);

/** Whether a file begins as an HTML page does. */
bool looks_like_html(struct morgue_str head);

/** Whether a file is a web archive: WARC, ARC. */
bool looks_like_warc(struct morgue_str head);
bool looks_like_arc(struct morgue_str head);
/** Whether a text begins with a table's names of columns, by `map` (may be
 *  NULL) or our own. */
bool looks_like_csv(struct morgue_str text, const struct key_map *map);

#endif
