/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heads.h - lines `Key: value` that a text begins with
 */
#ifndef MORGUE_INDEXER_FORMAT_HEADS_H
#define MORGUE_INDEXER_FORMAT_HEADS_H

#include "../keys/key_table.h"

/** A text without blank lines before it and white space behind. */
struct morgue_str heads_trim(struct morgue_str text);

/** Cut `Key: value`; a key is letters, digits, "-", "_" and inner spaces.
 *  False where the line is no head. */
bool heads_cut(struct morgue_str line, struct morgue_str *key,
               struct morgue_str *value);

/** Whether a text begins with heads, of which two are known. */
bool heads_begin(struct morgue_str text);

/** The charset that the heads of a text name; "" where they do not. */
struct morgue_str heads_charset(struct morgue_str text);

#endif
