/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * morgue_read.c - how fast sources are read, without indexing them
 *
 *     morgue_read PASSES SOURCE...
 *
 * Reads the sources, files or folders, to records (format told, parsed, made
 * UTF-8, cleaned, given ids; language not detected) in one thread, PASSES
 * times, and prints the best pass:
 *
 *     records 185 bytes 30100000 cpu_s 0.912 mb_s 33.0
 *
 * Bytes are those of the files as they are on disk.
 */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "../../indexer/source/source.h"

static uint64_t records, failed;

static enum morgue_status
record(const struct morgue_article *a, const struct morgue_origin *origin,
       void *payload, struct morgue_error *err)
{
    (void)a;
    (void)origin;
    (void)payload;
    (void)err;
    records++;
    return MORGUE_OK;
}

static enum morgue_status
problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
        const char *id, const char *reason, void *payload,
        struct morgue_error *err)
{
    (void)origin;
    (void)id;
    (void)reason;
    (void)payload;
    (void)err;
    failed += outcome == MORGUE_FAILED;
    return MORGUE_OK;
}

/* Of a file, or of the files of a folder. */
static uint64_t
bytes_of(const char *path)
{
    struct stat s;
    struct dirent *e;
    uint64_t sum = 0;
    char below[4096];
    DIR *d;

    if (stat(path, &s) != 0)
        return 0;
    if (!S_ISDIR(s.st_mode))
        return (uint64_t)s.st_size;
    d = opendir(path);
    while (d && (e = readdir(d)))
        if (e->d_name[0] != '.' && snprintf(below, sizeof below, "%s/%s", path,
                                            e->d_name) < (int)sizeof below)
            sum += bytes_of(below);
    if (d)
        closedir(d);
    return sum;
}

int
main(int argc, char **argv)
{
    struct sink sink = {.record = record, .problem = problem};
    struct morgue_error err;
    uint64_t bytes = 0;
    double best = 1e9;
    long passes = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

    if (passes < 1) {
        fputs("usage: morgue_read PASSES SOURCE...\n", stderr);
        return 2;
    }
    for (int i = 2; i < argc; i++)
        bytes += bytes_of(argv[i]);
    for (long n = 0; n < passes; n++) {
        clock_t begin = clock();
        double took;

        records = failed = 0;
        for (int i = 2; i < argc; i++)
            if (source_read(argv[i], NULL, &sink, &err)) {
                fprintf(stderr, "%s\n", err.message);
                return 1;
            }
        took = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (took < best)
            best = took;
    }
    printf("records %" PRIu64 " failed %" PRIu64 " bytes %" PRIu64
           " cpu_s %.3f mb_s %.1f\n",
           records, failed, bytes, best, (double)bytes / 1e6 / best);
    return 0;
}
