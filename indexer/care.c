/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * care.c - checking, repairing and compacting an archive
 */
#include "../common/archive/archive.h"

enum morgue_status
morgue_check(const char *path,
             void (*on_finding)(const char *line, void *payload),
             void *payload, struct morgue_error *err)
{
    struct archive_info info;
    struct dir dir;
    enum morgue_status st;

    if (!path)
        return error_null(err, "path");
    st = dir_open(&dir, path, err);
    if (!st)
        st = archive_read(&info, &dir, err);
    if (!st)
        st = info.engine->check(&dir, on_finding, payload, err);
    dir_close(&dir);
    return st;
}

enum morgue_status
morgue_repair(const char *path, bool *wrote, struct morgue_error *err)
{
    bool done = false;
    enum morgue_status st =
        path ? archive_repair(path, &done, err) : error_null(err, "path");

    if (wrote)
        *wrote = done;
    return st;
}

enum morgue_status
morgue_compact(const char *path, struct morgue_error *err)
{
    struct archive archive;
    struct engine_tuning tuning = {.threads = 1};
    struct engine_writer *writer = NULL;
    enum morgue_status st;

    if (!path)
        return error_null(err, "path");
    st = archive_open(&archive, path, NULL, false, err);
    if (st)
        return st;
    st = engine_writer_open(&writer, archive.info.engine, &archive.dir,
                            &tuning, err);
    if (!st) {
        st = engine_writer_compact(writer, err);
        engine_writer_close(writer);
    }
    archive_close(&archive, false);
    return st;
}
