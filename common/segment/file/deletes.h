/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deletes.h - the articles of a segment that are deleted, as a file
 *
 * A segment is never changed: its deletions are beside it, and with them how
 * many of them each term had, so that what a term weighs is known without
 * looking at its list.  The whole file is read when the archive is opened, an
 * eighth of a byte for each article of the segment and 12 bytes a term.
 */
#ifndef MORGUE_SEGMENT_DELETES_H
#define MORGUE_SEGMENT_DELETES_H

#include "segment.h"

/** How many deleted articles a term has, by its hash64. */
struct deleted_term {
    uint64_t hash;
    uint32_t n;
};

/** Write the deletions of a segment of `docs` articles as the file `name` in
 *  `dir`, synced; `term` ascends.  *sum names the content. */
enum morgue_status deletes_write(const struct dir *dir, const char *name,
                                 const struct deletes *d, uint32_t docs,
                                 const struct deleted_term *term,
                                 uint64_t *sum, struct morgue_error *err);

/** Read them for the segment `s`, whose they become.  MORGUE_DAMAGED,
 *  MORGUE_NO_INPUT, MORGUE_IO. */
enum morgue_status deletes_read(struct segment *s, const struct dir *dir,
                                const char *name, uint64_t sum,
                                struct morgue_error *err);

/** Give `s` the deletions of another state of the segment, if these are the
 *  ones whose file has that sum.  False where they are not. */
bool deletes_share(struct segment *s, const struct segment *of, uint64_t sum);

/** Give back what deletes_read or deletes_share gave. */
void deletes_free(struct segment *s);

#endif
