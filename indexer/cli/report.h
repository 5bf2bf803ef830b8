/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.h - the accounts of an update: on stderr for people, in a file as
 * JSON for programs
 *
 * On stderr, inputs that failed are named as they are met, collisions and
 * those that were skipped at the end, so that failures come first; of each
 * kind up to a ceiling of its own, and the number of the rest.
 *
 * The file is one object: "problems", an array of {outcome, path, position,
 * id, reason}, of what was skipped or failed and of articles added or updated
 * that have no date to trust, of a collision (outcome "updated") with {title,
 * source, replaced_title, replaced_source} as "collision"; then the counts, by
 * the names of outcomes, and "inputs", "removed", "converted", "repaired",
 * "undated", "unordered", "bytes", "collisions", "seconds".
 *
 * A plain file is written beside, under a name that no file had, and takes its
 * place when it is whole.  What is no plain file (a device, a FIFO, a link) is
 * written straight.
 */
#ifndef MORGUE_INDEXER_CLI_REPORT_H
#define MORGUE_INDEXER_CLI_REPORT_H

#include <stdio.h>
#include <time.h>

#include "../../common/cli/cli.h"
#include "../../common/cli/json_out.h"

/* Of each kind so many problems are named on stderr; a file has them all. */
enum { REPORT_SHOWN_MAX = 20 };

enum report_kind {
    REPORT_FAILED,
    REPORT_COLLISION,
    REPORT_SKIPPED,
    REPORT_KINDS
};

struct report {
    FILE *to;             /* NULL: no file */
    struct json_out json; /* to the same */
    const char *path;     /* what it is called; NULL: none, or stdout */
    char *temp;           /* what it is called until it is whole; NULL: written
                             straight */
    bool quiet;
    bool in_progress;           /* a line of progress is on the terminal */
    uint64_t met[REPORT_KINDS]; /* problems of each kind */
    struct report_lines {
        char *line[REPORT_SHOWN_MAX];
        size_t n;
    } held[REPORT_KINDS]; /* to come at the end */
    struct timespec begin, shown;
};

/** Begin; `path` NULL: no file; "-": stdout.  False, with errno, where the
 *  file cannot be written. */
bool report_open(struct report *r, const char *path, bool quiet);

/** Whether that report would be a file below the folder `archive`, be it
 *  through a link. */
bool report_is_in(const char *path, const char *archive);

/** Name a problem on stderr. */
void report_name(const struct morgue_event *event);

/** For morgue_update_options. */
void report_event(const struct morgue_event *event, void *report);
void report_undated(const struct morgue_event *event, void *report);
void report_progress(uint64_t inputs, uint64_t bytes, void *report);

/** Take the line of progress off the terminal. */
void report_progress_end(struct report *r);

/** Name what was held back, and say how many problems were not named: when an
 *  update ends, however it does. */
void report_rest(struct report *r);

/** Write the counts and put the file in its place; false, with errno, where it
 *  cannot be written. */
bool report_close(struct report *r, const struct morgue_report *counts);

/** Say how many articles a rebuild took. */
void report_rebuilt(const struct report *r, uint64_t articles);

/** Drop a report that was not closed. */
void report_drop(struct report *r);

#endif
