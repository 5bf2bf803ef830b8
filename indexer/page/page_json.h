/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_json.h - facts in JSON-LD
 */
#ifndef MORGUE_INDEXER_PAGE_JSON_H
#define MORGUE_INDEXER_PAGE_JSON_H

#include "page_fact.h"

/** The facts in a script of JSON-LD. */
void facts_json(struct facts *f, struct morgue_str script);

#endif
