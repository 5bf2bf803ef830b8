/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * manifest.h - which segments make up the archive
 *
 * One small file, replaced as a whole: this is what publishes an update.
 */
#ifndef MORGUE_SEGMENT_MANIFEST_H
#define MORGUE_SEGMENT_MANIFEST_H

#include "../../base/dir.h"
#include "../../text/terms.h"
#include "segment.h"

#define MANIFEST_NAME "segments"

struct manifest_entry {
    struct segment_file segment;
    char deletes[24]; /* the file of its deletions; "": none */
    uint64_t deletes_sum;
};

struct manifest {
    struct manifest_entry *entry;
    size_t n, cap;
    uint64_t next_file; /* no file has this number or a higher one */
    uint64_t arrival;   /* what the next article to arrive gets */
    uint64_t sum;       /* of the file that was read; names the state */
    char analysis[ANALYSIS_MAX]; /* which made the terms; "": not told */
};

/** Give its memory back; it is empty then. */
void manifest_free(struct manifest *m);

/** Make *out, which is empty, the same. */
enum morgue_status manifest_copy(struct manifest *out,
                                 const struct manifest *from,
                                 struct morgue_error *err);

/** Add an entry. */
enum morgue_status manifest_add(struct manifest *m,
                                const struct manifest_entry *entry,
                                struct morgue_error *err);

/** Read the archive's into *out.  MORGUE_DAMAGED, MORGUE_IO. */
enum morgue_status manifest_read(struct manifest *out, const struct dir *dir,
                                 struct morgue_error *err);

/** Make this the archive's, at once and durably. */
enum morgue_status manifest_write(const struct manifest *m,
                                  const struct dir *dir,
                                  struct morgue_error *err);

/** Whether a file of that name is the manifest, or what is written beside it.
 */
bool manifest_owns(const char *name);

/** Whether one of its files has that name. */
bool manifest_names(const struct manifest *m, const char *name);

#endif
