/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value.h - values as sources write them: bylines, languages
 */
#ifndef MORGUE_INDEXER_READING_VALUE_H
#define MORGUE_INDEXER_READING_VALUE_H

#include "../../common/base/str.h"

/* Whether a field has a value already is looked for among so many bytes of
 * its lines; with more, it may get it twice. */
enum { LINES_SEARCHED = 4096 };

/** A name without the word "By" before it. */
struct morgue_str value_without_by(struct morgue_str name);

/** The code (ISO 639) of a language that is given by a code with or without
 *  region, or by its English name, into `out` (LANG_CODE_MAX bytes); "" where
 *  it is none. */
#define LANG_CODE_MAX 4
void value_lang(char out[LANG_CODE_MAX], struct morgue_str lang);

#endif
