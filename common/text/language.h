/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language.h - which language a text is in
 *
 * The script decides first; where several languages share it, their common
 * words and what is common within words.  Of a title its first LANGUAGE_BYTES
 * are looked at, of a body a few short windows, at most as much together.
 */
#ifndef MORGUE_TEXT_LANGUAGE_H
#define MORGUE_TEXT_LANGUAGE_H

#include "../base/str.h"

#define LANGUAGE_BYTES 1024

/** The code (ISO 639-1, or 639-3 where it has none) of the language of
 *  `title` and `body` together, or "" where it cannot be told: too short, too
 *  mixed, or none of those known.  Static.  Bytes that are not UTF-8 are
 *  passed over. */
const char *language_detect(struct morgue_str title, struct morgue_str body);

/** The `i`th language, from 0, that can be told; NULL behind the last.
 *  Static. */
const char *language_known(size_t i);

#endif
