/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_write.h - a writer, for what fills runs and what commits them
 */
#ifndef MORGUE_XAPIAN_ENGINE_XAPIAN_WRITE_H
#define MORGUE_XAPIAN_ENGINE_XAPIAN_WRITE_H

#include "engine_xapian.h"

enum {
    FAN = 16,  /* runs that are merged into one */
    LEVELS = 6 /* 16^6 runs are more than document ids */
};

struct xe_settled {
    struct id_term term;
    enum engine_keep keep;
    struct xe_settled *next;
};

/* How many runs of a level are finished, group by group. */
struct merge_level {
    uint8_t *finished;
    size_t cap;
    uint64_t runs;
};

struct xe_writer {
    struct engine_writer base;
    const struct dir *dir;
    struct stub stub;       /* names the current generation */
    struct generation live; /* it, held */
    xc_db *db;              /* and open for reading */
    struct arena arena;
    struct xe_settled *settled;
    bool anew; /* the current generation gives way to what is written */
    struct stop stop;

    pthread_mutex_t lock;
    struct merge_level level[LEVELS];
    uint64_t text_bytes, docs;
};

/* ---- engine_xapian_runs.c ---- */

struct xe_writer *xe_writer(struct engine_writer *w);

enum { RUN_NAME = 48 };

void run_name(char out[RUN_NAME], int level, uint64_t number);

/* The path of a run, freed with free(); NULL when out of memory. */
char *run_path(const struct xe_writer *w, int level, uint64_t number);

/* Whether `bytes` can be written, in files of which none gets longer than
 * `longest`; MORGUE_NO_SPACE says how much there is and what is needed.
 *
 * libxapian writes values from within a destructor: where that fails, on a
 * full disk or at a limit, the process is aborted, and nobody can catch it.
 * So there is to be room before it writes. */
enum morgue_status want_space(const struct xe_writer *w, uint64_t bytes,
                              uint64_t longest, struct morgue_error *err);

/* Bytes on disk of `n` databases. */
uint64_t disk_bytes(char *const *path, size_t n);

/* Merge the databases at `path` into one at `to`; of none, an empty one. */
enum morgue_status merge(const struct xe_writer *w, const char *to,
                         char *const *path, size_t n, int flags,
                         struct morgue_error *err);

void paths_free(char **path, size_t n);

#endif
