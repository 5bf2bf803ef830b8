/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * merge.h - several segments into one
 */
#ifndef MORGUE_SEGMENT_MERGE_H
#define MORGUE_SEGMENT_MERGE_H

#include "run.h"

/** Write the articles of `n` segments that are not deleted, one at least, as
 *  the segment out->name in `dir`, and fill in the rest of *out.  `tight`:
 *  compress all texts well; `stop` (NULL: nothing) ends it.  MORGUE_DAMAGED,
 *  MORGUE_IO, MORGUE_NO_SPACE, MORGUE_INTERRUPTED, MORGUE_TIMED_OUT. */
enum morgue_status segment_merge(struct segment_file *out,
                                 const struct dir *dir,
                                 struct segment *const *segment, uint32_t n,
                                 bool tight, struct stop *stop,
                                 struct morgue_error *err);

#endif
