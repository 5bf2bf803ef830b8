/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_value.h - values of keys that are HTML
 */
#ifndef MORGUE_INDEXER_KEYS_HTML_VALUE_H
#define MORGUE_INDEXER_KEYS_HTML_VALUE_H

#include "../../common/base/arena.h"
#include "../../common/base/error.h"

/** Whether a value, of a body or another field, is HTML by its look. */
bool html_value_is(struct morgue_str value, bool is_body);

/** The text of a value that is HTML, or only `looks` like it, in the arena.
 *  One that is too large to be taken apart stays as it is. */
enum morgue_status html_value_text(struct morgue_str *value,
                                   struct arena *arena, bool looks,
                                   struct morgue_error *err);

#endif
