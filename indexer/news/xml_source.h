/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_source.h - a file of XML into records
 *
 *     xml_source_read(r, &kind, err)
 *         for each element that kind->names has:
 *             kind->fill(news, element)   facts and text of the element
 *             reading_record, or reading_skipped where news->skip says why
 */
#ifndef MORGUE_INDEXER_NEWS_XML_SOURCE_H
#define MORGUE_INDEXER_NEWS_XML_SOURCE_H

#include "../markup/xml_root.h"
#include "news.h"

struct xml_kind {
    const char *const *names; /* of the elements, with NULL behind */
    void (*fill)(struct news *n, struct tree_node *element);
};

/** Read the file as XML, document by document. */
enum morgue_status xml_source_read(struct reading *r,
                                   const struct xml_kind *kind,
                                   struct morgue_error *err);

#endif
