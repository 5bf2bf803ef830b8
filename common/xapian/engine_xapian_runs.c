/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_runs.c - what filling runs and committing them share: where
 * runs are, room on the disk, merging
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine_xapian_write.h"

struct xe_writer *
xe_writer(struct engine_writer *w)
{
    assert(w->engine->name == xe_name);
    return (struct xe_writer *)w;
}

void
run_name(char out[RUN_NAME], int level, uint64_t number)
{
    snprintf(out, RUN_NAME, "run-%d-%08llu", level,
             (unsigned long long)number);
}

char *
run_path(const struct xe_writer *w, int level, uint64_t number)
{
    char name[RUN_NAME];

    run_name(name, level, number);
    return path_join(w->dir->path, name);
}

bool
is_run_name(const char *name)
{
    return strncmp(name, "run-", 4) == 0 && name[4] >= '0' && name[4] <= '9' &&
           name_is_numbered(name + 5, "-", 10, NULL);
}

enum morgue_status
want_space(const struct xe_writer *w, uint64_t bytes, uint64_t longest,
           struct morgue_error *err)
{
    enum { SPARE = 4 << 20 }; /* a database without articles, twice */
    uint64_t room = file_free_bytes(w->dir->path);
    uint64_t limit = file_length_max();

    if (limit < UINT64_MAX && limit < longest + SPARE)
        return error_set(err, MORGUE_NO_SPACE,
                         "files of '%s' may get %llu MB long and need up to "
                         "%llu; raise the limit (ulimit -f) and update again",
                         w->dir->path, (unsigned long long)(limit >> 20),
                         (unsigned long long)((longest + SPARE) >> 20) + 1);
    if (room >= bytes + SPARE)
        return MORGUE_OK;
    return error_set(err, MORGUE_NO_SPACE,
                     "the disk of '%s' has %llu MB left and needs %llu; make "
                     "room and update again",
                     w->dir->path, (unsigned long long)(room >> 20),
                     (unsigned long long)((bytes + SPARE) >> 20) + 1);
}

void
paths_free(char **path, size_t n)
{
    for (size_t i = 0; path && i < n; i++)
        free(path[i]);
    free(path);
}

uint64_t
disk_bytes(char *const *path, size_t n)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += file_dir_bytes(path[i]);
    return sum;
}

enum morgue_status
merge(const struct xe_writer *w, const char *to, char *const *path, size_t n,
      int flags, struct morgue_error *err)
{
    struct xc_error xerr;
    struct stop stop = w->stop;
    uint64_t bytes = disk_bytes(path, n);
    enum morgue_status st = stop_failure(&stop, err);

    if (!st && n == 0)
        return database_create(to, err);
    if (!st)
        st = want_space(w, bytes, bytes, err);
    if (st)
        return st;
    return from_xapian(
        err, xc_compact(to, (const char *const *)path, n, flags, &xerr), &xerr,
        "merge runs");
}
