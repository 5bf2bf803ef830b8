/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run.h - articles in memory, to be one segment
 */
#ifndef MORGUE_SEGMENT_RUN_H
#define MORGUE_SEGMENT_RUN_H

#include "../../engine/engine.h"
#include "../file/segment.h"

struct run;

/** A run whose `mark` no other run with the same maker of terms has; not 0.
 *  Give back: run_free. */
enum morgue_status run_new(struct run **out, uint32_t mark,
                           struct morgue_error *err);

/** NULL is allowed. */
void run_free(struct run *r);

/** Add an article, whose words come from the maker, the same one for all of a
 *  run, and whose place in the order of arrival over all of the archive is
 *  `arrival`. */
enum morgue_status run_put(struct run *r, struct term_maker *maker,
                           const struct engine_doc *doc, uint64_t arrival,
                           struct morgue_error *err);

/** How many articles it has. */
uint32_t run_docs(const struct run *r);

/** Write it, not empty, as the segment out->name in `dir`, and fill in the
 *  rest of *out.  Then it can only be freed. */
enum morgue_status run_write(struct run *r, const struct dir *dir,
                             struct segment_file *out,
                             struct morgue_error *err);

#endif
