/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language.h - which language a text is in
 *
 * The script decides first; where several languages share it, letters that
 * only some of them use, and the commonest words of each.  At most the first
 * LANGUAGE_BYTES of a text are looked at.
 */
#ifndef MORGUE_TEXT_LANGUAGE_H
#define MORGUE_TEXT_LANGUAGE_H

#include "../base/str.h"

#define LANGUAGE_BYTES 4096

/** The code (ISO 639-1, or 639-3 where it has none) of the language of
 *  `title` and `body` together, or "" where it cannot be told: too short, too
 *  mixed, or none of those known.  Static.  Bytes that are not UTF-8 are
 *  passed over. */
const char *language_detect(struct morgue_str title, struct morgue_str body);

/** The `i`th language, from 0, that can be told; NULL behind the last.
 *  Static. */
const char *language_known(size_t i);

#endif
