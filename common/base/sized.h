/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sized.h - structs of morgue.h between programs and libraries of different
 * versions
 *
 * The first member of such a struct is the size that the caller's header
 * knows.  It may be less than ours or more.
 *
 * A member that is added later goes to the end, leaves no padding anywhere
 * (what an older caller left there would be taken for it), and means by 0 what
 * was so before.  The least sizes stay.
 */
#ifndef MORGUE_BASE_SIZED_H
#define MORGUE_BASE_SIZED_H

#include "../morgue.h"

/* What is known of one of the structs. */
struct sized {
    const char *what; /* as messages name it */
    size_t least;     /* when sizes began to count, on the way to 0.2.0 */
    size_t now;
};

extern const struct sized sized_article, sized_search_options,
    sized_update_options, sized_rebuild_options, sized_source_options;
extern const struct sized sized_hit, sized_snippet, sized_stats, sized_report,
    sized_format, sized_field, sized_value, sized_collect, sized_collected,
    sized_row, sized_note, sized_term;

/* More than any of them will ever have: a size beyond was never set. */
enum { SIZED_MAX = 4096 };

/** MORGUE_USAGE where the size of the caller's struct cannot be right. */
enum morgue_status sized_check(const void *given, const struct sized *s,
                               struct morgue_error *err);

/** Take the caller's struct into ours, which has the defaults for what the
 *  caller's does not have.  MORGUE_USAGE, too, where something is set that we
 *  do not know. */
enum morgue_status sized_in(void *ours, const void *given,
                            const struct sized *s, struct morgue_error *err);

/** Fill the caller's struct from ours, up to its size; what we do not know
 *  becomes 0.  After MORGUE_USAGE it is as it was. */
enum morgue_status sized_out(void *out, const void *ours,
                             const struct sized *s, struct morgue_error *err);

#endif
