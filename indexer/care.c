/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * care.c - checking and compacting an archive
 */
#include "../common/engine/archive.h"

enum morgue_status
morgue_check(const char *path,
             void (*on_finding)(const char *line, void *payload),
             void *payload, struct morgue_error *err)
{
    struct archive_info info;
    enum morgue_status st = archive_read(&info, path, err);

    if (st)
        return st;
    return info.engine->check(path, on_finding, payload, err);
}

enum morgue_status
morgue_compact(const char *path, struct morgue_error *err)
{
    struct archive archive;
    struct engine_tuning tuning = {.threads = 1};
    void *writer = NULL;
    enum morgue_status st = archive_open(&archive, path, NULL, false, err);

    if (st)
        return st;
    st = archive.info.engine->writer_open(&writer, archive.dir, &tuning, err);
    if (!st) {
        st = archive.info.engine->writer_compact(writer, err);
        archive.info.engine->writer_close(writer);
    }
    archive_close(&archive, false);
    return st;
}
