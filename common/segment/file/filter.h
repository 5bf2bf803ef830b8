/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter.h - telling quickly that a segment does not have a term
 *
 * A word is looked for in each language of the archive and an id in each
 * segment, and most of these look-ups find nothing.  A filter answers nearly
 * all of those in some ten nanoseconds, at a byte a term.
 */
#ifndef MORGUE_SEGMENT_FILTER_H
#define MORGUE_SEGMENT_FILTER_H

#include "spool.h"
#include "segment.h"

/** Whether terms of its kind are in the filter: stems and ids. */
static inline bool
filter_covers(struct morgue_str term)
{
    return term.len > 0 && (term.s[0] == 'Z' || term.s[0] == 'Q');
}

/** Note a term that is covered, for filter_make. */
void filter_note(struct spool *terms, struct morgue_str term);

/** Append the filter of all terms that were noted. */
enum morgue_status filter_make(struct buf *out, struct spool *terms,
                               struct morgue_error *err);

/** False where the segment does not have the term, which is covered; true
 *  where it may.  Where the filter is damaged, the segment is marked so. */
bool filter_passes(struct segment *s, struct morgue_str term);

/** Begin to fetch what filter_passes looks at for the term with this hash64,
 *  which waits longest for that. */
void filter_prefetch(const struct segment *s, uint64_t hash);

#endif
