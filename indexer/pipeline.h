/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pipeline.h - articles into an engine's runs, on all processors
 *
 *   pipeline_add -> batch -> queue -> worker: language, terms -> engine run
 *
 * The caller's thread reads sources and collects articles into batches, which
 * the workers analyse and write, each into a run of its own until that is
 * full.  Articles are numbered as they arrive, so that the order of arrival
 * does not depend on threads.  Memory: at most 2 * threads + 1 batches, and
 * what the engine needs for a run each.
 */
#ifndef MORGUE_INDEXER_PIPELINE_H
#define MORGUE_INDEXER_PIPELINE_H

#include "../common/engine/engine.h"

struct pipeline;

/* Articles or inputs from one call of on_progress to the next. */
enum { PROGRESS_EVERY = 64 };

/** How to write, as callers' options say it: 0 threads are one for each
 *  processor, never more than 8; 0 bytes of memory are 512 MB. */
struct engine_tuning pipeline_tuning(unsigned threads, size_t memory,
                                     const struct stop *stop);

/** Start `tuning->threads` workers that write runs of `writer`, which must
 *  outlive the pipeline, as must the archive's directory.  `dir` NULL: the
 *  languages are those that articles say, and none where they say none.  The
 *  workers end at tuning->stop.  Give back: pipeline_free. */
enum morgue_status pipeline_new(struct pipeline **out, const struct dir *dir,
                                struct engine_writer *writer,
                                const struct engine_tuning *tuning,
                                struct morgue_error *err);

/** Take an article, which came from the file `path` ("": from none); it is
 *  copied.  Waits where the workers are behind.  After a failure, of this call
 *  or of a worker, nothing more is taken. */
enum morgue_status pipeline_add(struct pipeline *p,
                                const struct morgue_article *article,
                                const char *path, uint64_t hash,
                                struct morgue_error *err);

/** Hand on what was added, and wait until all of it is written. */
enum morgue_status pipeline_finish(struct pipeline *p,
                                   struct morgue_error *err);

/** Stop the workers, dropping what was not written.  NULL is allowed. */
void pipeline_free(struct pipeline *p);

#endif
