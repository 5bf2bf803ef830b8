/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * care.c - checking, repairing and compacting an archive
 */
#include "../common/archive/archive.h"

/* ---- checking ----------------------------------------------------------- */

static void
keep(const char *line, void *lines)
{
    buf_printf(lines, "%s\n", line);
}

/* What is kept of the dates of sources. */
static enum morgue_status
check_orders(struct buf *lines, enum morgue_status so_far,
             const struct dir *dir, struct morgue_error *err)
{
    struct morgue_error own;
    struct buf text;
    enum morgue_status st;

    buf_init(&text, ARCHIVE_ORDERS_MAX);
    st = archive_read_orders(&text, dir, &own);
    buf_free(&text);
    if (st)
        buf_printf(lines, "%s\n", own.message);
    if (!st || so_far)
        return so_far;
    return error_set(err, st, "%s", own.message);
}

/* Check the state that the archive has; *changed tells whether its engine was
 * changed meanwhile, so that what was found may be nothing. */
static enum morgue_status
check_once(struct buf *lines, bool *changed, const struct dir *dir,
           struct morgue_error *err)
{
    struct archive_info before, after;
    enum morgue_status st = archive_read(&before, dir, err);

    buf_reset(lines);
    *changed = false;
    if (st)
        return st;
    st = before.engine->check(dir, keep, lines, err);
    if (!st || st == MORGUE_DAMAGED)
        st = check_orders(lines, st, dir, err);
    if (!archive_read(&after, dir, NULL))
        *changed = before.engine != after.engine || before.turn != after.turn;
    return st;
}

static void
tell(struct buf *lines, void (*on_finding)(const char *line, void *payload),
     void *payload)
{
    struct morgue_str rest = buf_view(lines), line;

    while (on_finding && str_line(&rest, &line)) {
        lines->data[line.s + line.len - lines->data] = '\0';
        on_finding(line.s, payload);
    }
}

enum morgue_status
morgue_check(const char *path,
             void (*on_finding)(const char *line, void *payload),
             void *payload, struct morgue_error *err)
{
    enum { TRIES = 5, LINES_MAX = 16 << 20 };
    bool changed = true;
    struct buf lines;
    struct dir dir;
    enum morgue_status st;

    if (!path)
        return error_null(err, "path");
    buf_init(&lines, LINES_MAX);
    st = dir_open(&dir, path, err);
    for (int i = 0; dir.fd >= 0 && changed && i < TRIES; i++)
        st = check_once(&lines, &changed, &dir, err);
    if (lines.nomem)
        st = error_nomem(err);
    tell(&lines, on_finding, payload);
    buf_free(&lines);
    dir_close(&dir);
    return st;
}

/* ---- repairing and compacting ------------------------------------------- */

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
    st = archive_open(&archive, path, NULL, NULL, false, err);
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
