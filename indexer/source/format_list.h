/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format_list.h - the formats that are read
 */
#ifndef MORGUE_INDEXER_FORMAT_LIST_H
#define MORGUE_INDEXER_FORMAT_LIST_H

#include "../reading/format.h"

/** With NULL behind. */
extern const struct format *const format_list[];

#endif
