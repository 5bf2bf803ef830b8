/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * commit.h - the writer's state, and what ends an update
 */
#ifndef MORGUE_SEGMENT_COMMIT_H
#define MORGUE_SEGMENT_COMMIT_H

#include <pthread.h>

#include "engine_segment.h"

/* What becomes of articles with one id. */
struct settled {
    struct morgue_str id;
    enum engine_keep keep;
    struct settled *next;
};

struct sg_writer {
    struct engine_writer base;
    struct sg_reader reader; /* the archive as it was; empty where it is made
                                anew */
    unsigned threads;
    struct arena arena;
    struct settled *settled;
    struct stop stop; /* copied by threads */
    bool committed;

    pthread_mutex_t lock; /* of what follows */
    uint64_t next_file;
    uint32_t mark; /* of the last run */
    struct segment_file *made;
    size_t made_n, made_cap;
};

static inline struct sg_writer *
sg_writer(struct engine_writer *w)
{
    assert(w->engine->name == sg_name);
    return (struct sg_writer *)w;
}

/** A name of a new file: "seg-0000002a".  Any thread. */
void writer_name(struct sg_writer *w, const char *kind, char name[24]);

/** Whether writers make files of that name, which may be left over. */
bool writer_makes(const char *name);

/** Remove those that `m` does not name. */
enum morgue_status writer_clean(const struct sg_writer *w,
                                const struct manifest *m,
                                struct morgue_error *err);

#endif
