/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * markdown.h - headings of Markdown
 */
#ifndef MORGUE_INDEXER_FORMAT_MARKDOWN_H
#define MORGUE_INDEXER_FORMAT_MARKDOWN_H

#include "../../common/base/str.h"

/** Whether the line is `# Heading`, of one to six signs; *heading is what it
 *  says, without those at both ends. */
bool markdown_heading(struct morgue_str line, struct morgue_str *heading);

/** Whether the line makes the one before it a heading: three = or - and no
 *  other sign. */
bool markdown_underline(struct morgue_str line);

#endif
