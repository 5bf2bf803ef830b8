/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_segment.h - what the files of the segment engine share
 */
#ifndef MORGUE_SEGMENT_ENGINE_SEGMENT_H
#define MORGUE_SEGMENT_ENGINE_SEGMENT_H

#include <assert.h>

#include "../engine/engine.h"
#include "file/manifest.h"
#include "file/store.h"

extern const struct engine engine_segment;

/** A state of an archive, opened. */
struct sg_reader {
    struct engine_reader base;
    const struct dir *dir;
    struct manifest manifest;
    struct snapshot snapshot;
    struct inflater *inflater;
    struct arena scratch; /* of searches */
};

/** The engine's name; its address tells handles of the engine. */
extern const char sg_name[];

static inline struct sg_reader *
sg_reader(struct engine_reader *r)
{
    assert(r->engine->name == sg_name);
    return (struct sg_reader *)r;
}

/** Begin a call: damage is the status of the call that comes upon it.  What is
 *  damaged is not marked as checked, so whoever comes upon it is told. */
struct sg_reader *sg_begin(struct engine_reader *reader);

/** Open the newest state as *out, whose memory is the caller's; give back:
 *  sg_reader_end, which also takes what failed to open. */
enum morgue_status sg_reader_begin(struct sg_reader *out,
                                   const struct dir *dir,
                                   struct morgue_error *err);
void sg_reader_end(struct sg_reader *r);

/** Where an article with some id is. */
struct place {
    uint32_t segment, doc;
    uint64_t arrival;
};

/** Where all articles named `id` are that are not deleted, the last to arrive
 *  first, in the arena. */
enum morgue_status reader_places(struct place **out, size_t *n,
                                 struct sg_reader *r, struct arena *arena,
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
enum morgue_status sg_reader_open(struct engine_reader **, const struct dir *,
                                  struct morgue_error *);
enum morgue_status sg_reader_refresh(struct engine_reader *,
                                     struct morgue_error *);
void sg_reader_close(struct engine_reader *);
enum morgue_status sg_reader_copy(struct engine_reader **,
                                  const struct engine_reader *,
                                  struct morgue_error *);
uint64_t sg_reader_state(const struct engine_reader *);
const char *sg_reader_analysis(const struct engine_reader *);
uint64_t sg_reader_bytes(const struct engine_reader *);
enum morgue_status sg_collect(struct collector *, size_t,
                              struct engine_reader *, struct arena *,
                              const struct query *,
                              const struct engine_params *, struct stop *,
                              struct morgue_error *);
enum morgue_status sg_article(struct morgue_article *, struct engine_reader *,
                              struct arena *, uint64_t, bool,
                              struct morgue_error *);
enum morgue_status sg_find(uint64_t *, struct engine_reader *,
                           struct morgue_str, struct morgue_error *);
enum morgue_status sg_terms(struct engine_reader *, struct morgue_str,
                            engine_each *, void *, struct morgue_error *);
enum morgue_status sg_counts(struct engine_counts *, struct engine_reader *,
                             struct morgue_error *);
enum morgue_status sg_words(uint64_t *, struct engine_reader *, uint64_t,
                            struct morgue_error *);
enum morgue_status sg_hash(uint64_t *, struct engine_reader *, uint64_t,
                           struct morgue_error *);

/* engine_segment_expand.c */
enum morgue_status sg_expand(struct expansions *, struct engine_reader *,
                             struct arena *, struct morgue_str,
                             const struct pattern *, size_t, struct stop *,
                             struct morgue_error *);
enum morgue_status sg_frequency(uint64_t *, struct engine_reader *,
                                struct morgue_str, struct morgue_error *);

/* engine_segment_write.c */
enum morgue_status sg_writer_open(struct engine_writer **, const struct dir *,
                                  struct engine_tuning *,
                                  struct morgue_error *);
enum morgue_status sg_writer_find(bool *, uint64_t *, struct engine_writer *,
                                  struct morgue_str, struct morgue_error *);
enum morgue_status sg_run_open(struct engine_run **, struct engine_writer *,
                               uint64_t, struct morgue_error *);
enum morgue_status sg_run_add(struct engine_run *, const struct engine_doc *,
                              struct morgue_error *);
enum morgue_status sg_run_close(struct engine_run *, struct morgue_error *);
void sg_run_drop(struct engine_run *);
enum morgue_status sg_writer_settle(struct engine_writer *, struct morgue_str,
                                    enum engine_keep, struct morgue_error *);
enum morgue_status sg_writer_commit(struct engine_writer *,
                                    struct morgue_error *);
enum morgue_status sg_writer_compact(struct engine_writer *,
                                     struct morgue_error *);
void sg_writer_close(struct engine_writer *);

/* check.c */
enum morgue_status sg_check(const struct dir *,
                            void (*)(const char *line, void *payload), void *,
                            struct morgue_error *);

#endif
