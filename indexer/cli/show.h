/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show.h - articles of sources as JSON lines on stdout
 */
#ifndef MORGUE_INDEXER_CLI_SHOW_H
#define MORGUE_INDEXER_CLI_SHOW_H

#include "../../common/morgue.h"

/** For morgue_source_options: print an article as one object on one line.
 *  False where stdout cannot be written to. */
bool show_article(const struct morgue_article *article,
                  const struct morgue_origin *origin, void *payload);

/** Print the formats of sources: name, tab, what it is. */
void show_formats(void);

#endif
