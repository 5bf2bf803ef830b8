/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * joint_walk.h - the dictionaries of all segments, walked together
 */
#ifndef MORGUE_SEGMENT_JOINT_WALK_H
#define MORGUE_SEGMENT_JOINT_WALK_H

#include "segment.h"

struct joint_walk {
    struct term_walk *walk; /* of each segment */
    bool *at;               /* it stands at the term walked to, */
    bool *more;             /* or before it is at its end */
    uint32_t n;
};

/** Begin at the first term that is not before `from`.  Give back:
 *  joint_walk_close, which also takes what failed to open. */
enum morgue_status joint_walk_open(struct joint_walk *j,
                                   const struct snapshot *s,
                                   struct morgue_str from,
                                   struct morgue_error *err);
void joint_walk_close(struct joint_walk *j);

/** To the next term in byte order, which *out is until the walk goes on; what
 *  each segment that has it has of it is j->walk[i].info, where j->at[i].
 *  False at the end.  A segment that is damaged is left out. */
bool joint_walk_next(struct joint_walk *j, struct morgue_str *out);

#endif
