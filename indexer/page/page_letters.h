/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_letters.h - letters and ends of sentences of a text, in all scripts
 */
#ifndef MORGUE_INDEXER_PAGE_LETTERS_H
#define MORGUE_INDEXER_PAGE_LETTERS_H

#include "../../common/base/str.h"

/** The letters of a text; the ends of sentences are added to *stops. */
size_t letters_count(struct morgue_str text, size_t *stops);

/** Whether a text ends as a sentence does, perhaps in quotes. */
bool letters_end_sentence(struct morgue_str s);

#endif
