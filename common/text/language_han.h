/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language_han.h - Chinese or Japanese, by their characters
 *
 * Inside of language.c.
 */
#ifndef MORGUE_TEXT_LANGUAGE_HAN_H
#define MORGUE_TEXT_LANGUAGE_HAN_H

#include "../base/str.h"

struct language_han {
    size_t all, japanese, chinese; /* characters; of one language only */
};

/** Make the table; once, before all else. */
void language_han_init(void);

/** Add what `text` has. */
void language_han_count(struct language_han *count, struct morgue_str text);

#endif
