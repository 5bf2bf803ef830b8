/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filters.h - what stands behind date:, wc: and has:
 *
 *   date:1918  date:1918-11-11  date:1999-06..2001  date:..1953  date:1987..
 *   date:today  date:yesterday  date:"last 7 days"  date:"this month"
 *   wc>500  wc<100  wc:100..500  wc:100..
 *   has:author
 *
 * "last 7 days" are today and the six before; weeks likewise, months and years
 * begin on the day of the month that today is.
 */
#ifndef MORGUE_QUERY_FILTERS_H
#define MORGUE_QUERY_FILTERS_H

#include "ast.h"

/** Read what the leaves of the tree say that are filters.  One that cannot be
 *  read becomes words, with a note.  `today` is 00:00 of the day, in seconds
 *  of the local calendar as if it were UTC. */
void filters_read(struct ast_tree *tree, struct morgue_str text, int64_t today,
                  struct query_notes *notes);

#endif
