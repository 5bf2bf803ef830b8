/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_root.h - which element XML begins with
 */
#ifndef MORGUE_INDEXER_MARKUP_XML_ROOT_H
#define MORGUE_INDEXER_MARKUP_XML_ROOT_H

#include "../../common/base/str.h"

/** Whether the file is XML of which the first element has one of these names
 *  (a list with NULL behind), whatever stands before it. */
bool xml_begins_with(struct morgue_str head, const char *const *names);

/** The name of the first element, without its prefix; "" where there is none.
 */
struct morgue_str xml_root(struct morgue_str head);

#endif
