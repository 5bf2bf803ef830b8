/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_segment.h - what the files of the segment engine share
 */
#ifndef MORGUE_SEGMENT_ENGINE_SEGMENT_H
#define MORGUE_SEGMENT_ENGINE_SEGMENT_H

#include "../engine/engine.h"
#include "file/manifest.h"
#include "file/store.h"

/** A state of an archive, opened. */
struct reader {
    const struct dir *dir;
    struct manifest manifest;
    struct snapshot snapshot;
    struct inflater *inflater;
    struct arena scratch; /* of searches */
};

/** Where an article with some id is. */
struct place {
    uint32_t segment, doc;
    uint64_t arrival;
};

/** Where all articles named `id` are that are not deleted, the last to arrive
 *  first, in the arena. */
enum morgue_status reader_places(struct place **out, size_t *n,
                                 struct reader *r, struct arena *arena,
                                 struct morgue_str id,
                                 struct morgue_error *err);

/** Open the segments of `m` into *out, sharing with `old` (may be NULL) those
 *  that it has too: these are not opened again, nor pages of them checked
 *  again.  Give back: snapshot_close.  MORGUE_NO_INPUT where a file is not
 *  there. */
enum morgue_status snapshot_open(struct snapshot *out,
                                 const struct manifest *m,
                                 const struct dir *dir,
                                 const struct snapshot *old,
                                 struct morgue_error *err);
void snapshot_close(struct snapshot *s);

/* engine_segment_read.c */
enum morgue_status sg_reader_open(void **, const struct dir *,
                                  struct morgue_error *);
enum morgue_status sg_reader_refresh(void *, struct morgue_error *);
void sg_reader_close(void *);
enum morgue_status sg_reader_copy(void **, const void *,
                                  struct morgue_error *);
uint64_t sg_reader_state(const void *);
enum morgue_status sg_search(struct engine_hits *, void *, struct arena *,
                             const struct query *,
                             const struct engine_params *,
                             struct morgue_error *);
enum morgue_status sg_article(struct morgue_article *, void *, struct arena *,
                              uint64_t, bool, struct morgue_error *);
enum morgue_status sg_find(uint64_t *, void *, struct morgue_str,
                           struct morgue_error *);
enum morgue_status sg_terms(void *, struct morgue_str,
                            bool (*)(struct morgue_str, uint64_t, void *),
                            void *, struct morgue_error *);
enum morgue_status sg_counts(struct engine_counts *, void *,
                             struct morgue_error *);
enum morgue_status sg_tally(void *, const struct query *, enum field,
                            bool (*)(struct morgue_str, uint64_t, void *),
                            void *, struct morgue_error *);
enum morgue_status sg_words(uint64_t *, void *, uint64_t,
                            struct morgue_error *);

/* engine_segment_write.c */
enum morgue_status sg_writer_open(void **, const struct dir *,
                                  struct engine_tuning *,
                                  struct morgue_error *);
enum morgue_status sg_writer_find(bool *, uint64_t *, void *,
                                  struct morgue_str, struct morgue_error *);
enum morgue_status sg_run_open(void **, void *, uint64_t,
                               struct morgue_error *);
enum morgue_status sg_run_add(void *, const struct engine_doc *,
                              struct morgue_error *);
enum morgue_status sg_run_close(void *, struct morgue_error *);
void sg_run_drop(void *);
enum morgue_status sg_writer_settle(void *, struct morgue_str,
                                    enum engine_keep, struct morgue_error *);
enum morgue_status sg_writer_commit(void *, struct morgue_error *);
enum morgue_status sg_writer_compact(void *, struct morgue_error *);
void sg_writer_close(void *);

/* check.c */
enum morgue_status sg_check(const struct dir *,
                            void (*)(const char *line, void *payload), void *,
                            struct morgue_error *);

#endif
