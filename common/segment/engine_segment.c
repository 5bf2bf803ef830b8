/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_segment.c - the engine whose index is our own
 *
 * In the archive's directory:
 *
 *     segments         which files are current (manifest.c)
 *     seg-NNNNNNNN     a segment (segment.h), never changed
 *     del-NNNNNNNN     deletions of one (deletes.c), never changed
 *     spool-XXXXXXXX   only for an instant, while a writer makes room on disk
 *
 * Everything is written to new files, which are synced before `segments` is
 * replaced; files that it does not name are left-overs, and the next writer
 * removes them.
 */
#include <stdio.h>

#include "commit.h"

static enum morgue_status
sg_create(const struct dir *dir, const char *analysis,
          struct morgue_error *err)
{
    struct manifest m = {.next_file = 1};

    snprintf(m.analysis, sizeof m.analysis, "%s", analysis);
    return manifest_write(&m, dir, err);
}

static bool
sg_owns(const char *name)
{
    return manifest_owns(name) || writer_makes(name);
}

static enum morgue_status
sg_analysis(char out[ANALYSIS_MAX], const struct dir *dir,
            struct morgue_error *err)
{
    struct manifest m;
    enum morgue_status st = manifest_read(&m, dir, err);

    if (st)
        return st;
    snprintf(out, ANALYSIS_MAX, "%s", m.analysis);
    manifest_free(&m);
    if (!out[0])
        st = error_set(err, MORGUE_DAMAGED,
                       "'%s/%s' does not say which analysis made the terms",
                       dir->path, MANIFEST_NAME);
    return st;
}

const struct engine engine_segment = {
    .name = sg_name,
    .bulk = 1.0,
    .create = sg_create,
    .owns = sg_owns,
    .creates = manifest_owns,
    .analysis = sg_analysis,
    .reader_open = sg_reader_open,
    .reader_refresh = sg_reader_refresh,
    .reader_close = sg_reader_close,
    .reader_copy = sg_reader_copy,
    .reader_state = sg_reader_state,
    .reader_analysis = sg_reader_analysis,
    .reader_bytes = sg_reader_bytes,
    .collect = sg_collect,
    .article = sg_article,
    .find = sg_find,
    .terms = sg_terms,
    .counts = sg_counts,
    .words = sg_words,
    .hash = sg_hash,
    .expand = sg_expand,
    .frequency = sg_frequency,
    .writer_open = sg_writer_open,
    .writer_find = sg_writer_find,
    .run_open = sg_run_open,
    .run_add = sg_run_add,
    .run_close = sg_run_close,
    .run_drop = sg_run_drop,
    .writer_settle = sg_writer_settle,
    .writer_commit = sg_writer_commit,
    .writer_compact = sg_writer_compact,
    .writer_close = sg_writer_close,
    .check = sg_check,
};
