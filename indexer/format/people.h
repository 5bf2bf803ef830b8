/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * people.h - the people that a head of mail names
 */
#ifndef MORGUE_INDEXER_FORMAT_PEOPLE_H
#define MORGUE_INDEXER_FORMAT_PEOPLE_H

#include "../../common/base/buf.h"

/** Append each of a list of addresses by name, or by address where there is no
 *  name, decoded, on a line of its own. */
enum morgue_status people_list(struct buf *out, struct morgue_str list,
                               struct morgue_error *err);

#endif
