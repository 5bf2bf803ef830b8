/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source.c - sources of any bytes: what comes is accounted for and clean
 *
 * The target of a fuzzer (libFuzzer's interface), and of seeds.c.  FORMAT in
 * the environment forces a format; else it is told by content.  A promise of
 * sink.h that is broken ends the process, for the fuzzer to find.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../common/base/utf8.h"
#include "../../indexer/source/source.h"
#include "fuzz.h"

static char path[80];

struct account {
    size_t records, problems;
};

static void
hold(bool promise, const char *what)
{
    if (promise)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static enum morgue_status
record(const struct morgue_article *a, const struct morgue_origin *origin,
       void *account, struct morgue_error *err)
{
    struct account *n = account;

    (void)err;
    n->records++;
    hold(origin->format[0] != '\0', "a record has a format");
    hold(a->id.len > 0 && strlen(a->id.s) == a->id.len, "an id, ended by NUL");
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        hold(s.len <= field_info[f].max, "a field within its ceiling");
        hold(utf8_valid(s), "valid UTF-8");
    }
    hold(a->date.precision <= MORGUE_DATE_SECOND, "a precision");
    return MORGUE_OK;
}

static enum morgue_status
problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
        const char *id, const char *reason, void *account,
        struct morgue_error *err)
{
    struct account *n = account;

    (void)origin;
    (void)err;
    n->problems++;
    hold(outcome == MORGUE_SKIPPED || outcome == MORGUE_FAILED, "an outcome");
    hold(reason[0] != '\0' && utf8_valid(str_of(reason)), "a reason");
    hold(!id || utf8_valid(str_of(id)), "an id in UTF-8");
    return MORGUE_OK;
}

static void
drop_file(void)
{
    unlink(path);
}

static void
write_file(const uint8_t *data, size_t size)
{
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    int fd;

    if (path[0] == '\0') {
        snprintf(path, sizeof path, "%s/morgue-fuzz.%ld", folder,
                 (long)getpid());
        atexit(drop_file);
    }
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
        perror(path);
        exit(1);
    }
    close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct account n = {0};
    struct sink sink = {.record = record, .problem = problem, .payload = &n};
    struct source_how how = {.format = getenv("FORMAT")};
    struct morgue_error err;

    write_file(data, size);
    hold(source_read(path, &how, &sink, &err) == MORGUE_OK,
         "no input ends a run");
    hold(n.records + n.problems > 0, "an account for each file");
    return 0;
}
