/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mail_text.h - kinds of text that mail has and nothing else
 */
#ifndef MORGUE_INDEXER_FORMAT_MAIL_TEXT_H
#define MORGUE_INDEXER_FORMAT_MAIL_TEXT_H

#include "../../common/base/buf.h"

/** Append text that is format=flowed with each paragraph on one line;
 *  `delsp`: the space at the end of a line that goes on is none of it. */
void mail_flowed(struct buf *out, struct morgue_str text, bool delsp);

/** Append what text/enriched says, without its commands. */
void mail_enriched(struct buf *out, struct morgue_str text);

#endif
