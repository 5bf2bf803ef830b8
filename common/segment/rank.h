/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rank.h - the best articles of a segment
 */
#ifndef MORGUE_SEGMENT_RANK_H
#define MORGUE_SEGMENT_RANK_H

#include "match.h"
#include "topk.h"

/** Offer all articles of the segment that may be among the first.  *seen is
 *  how many were found to match; true where that is all. */
bool rank(struct plan *p, struct matcher *m, struct topk *t, uint64_t *seen);

#endif
