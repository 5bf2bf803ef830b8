/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_segment.c - the engine whose index is our own
 *
 * In the archive's directory:
 *
 *     segments       which files are current (manifest.c)
 *     seg-NNNNNNNN   a segment (segment.h), never changed
 *     del-NNNNNNNN   deletions of one (deletes.c), never changed
 *     spool-XXXXXX   only for an instant, while a writer makes room on disk
 *
 * Everything is written to new files, which are synced before `segments` is
 * replaced; files that it does not name are left-overs, and the next writer
 * removes them.
 */
#include "engine_segment.h"

static enum morgue_status
sg_create(const char *dir, struct morgue_error *err)
{
    struct manifest m = {.next_file = 1};

    return manifest_write(&m, dir, err);
}

static bool
sg_owns(const char *name)
{
    return strcmp(name, MANIFEST_NAME) == 0 ||
           strcmp(name, MANIFEST_NAME ".new") == 0 ||
           strncmp(name, "seg-", 4) == 0 || strncmp(name, "del-", 4) == 0 ||
           strncmp(name, "spool-", 6) == 0;
}

const struct engine engine_segment = {
    .name = "segment",
    .create = sg_create,
    .owns = sg_owns,
    .reader_open = sg_reader_open,
    .reader_refresh = sg_reader_refresh,
    .reader_close = sg_reader_close,
    .search = sg_search,
    .article = sg_article,
    .find = sg_find,
    .terms = sg_terms,
    .counts = sg_counts,
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
