/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * extra.h - the lines of a record's extra field, `key: value`
 */
#ifndef MORGUE_INDEXER_READING_EXTRA_H
#define MORGUE_INDEXER_READING_EXTRA_H

#include "../../common/base/buf.h"

enum { EXTRA_KEY_MAX = 64, EXTRA_VALUE_MAX = 2000 }; /* bytes */

/** Append a line `key: value`; too long ones and too many are left out. */
void extra_add(struct buf *extra, struct morgue_str key,
               struct morgue_str value);

#endif
