/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handle.h - the archive that is open for reading, in any number of threads
 *
 *     handle -> state (what is seen) -> session (what one thread reads it by)
 *
 * A refresh puts another state in the place of the handle's, and what is under
 * way goes on with the one that it began with.  A session has a reader of its
 * own of a state, and scratch; a call takes one and gives it back, so that
 * there are as many as there were calls at a time.
 */
#ifndef MORGUE_SEARCHER_HANDLE_H
#define MORGUE_SEARCHER_HANDLE_H

#include <pthread.h>

#include "state.h"

struct session {
    struct session *next; /* of those that are idle */
    struct state *state;
    struct engine_reader *reader;
    struct tokenizer *tokenizer;
    struct stemmer *stemmer;
};

struct morgue {
    struct dir dir; /* as it was opened here; for messages, and its files */
    struct shared_archive *archive;

    pthread_mutex_t lock; /* of what follows */
    struct state *state;
    struct session *idle; /* all of this state */
};

/** A session for a call, which is tried until it does not end with
 *  MORGUE_BUSY: for all attempts but the first, 0, wait a little and refresh.
 *  Give back: session_end. */
enum morgue_status session_begin(struct session **out, struct morgue *m,
                                 int attempt, struct morgue_error *err);

/** NULL is allowed. */
void session_end(struct morgue *m, struct session *s);

#endif
