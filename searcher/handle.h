/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handle.h - the archive that is open for reading, in any number of threads
 *
 *     handle -> state (what is seen) -> session (what one thread reads it by)
 *
 * A state is made whole before anybody sees it and never changes; a refresh
 * makes another and puts it in its place, and what is under way goes on with
 * the one that it began with.  A session has a reader of its own of a state,
 * and scratch; a call takes one and gives it back, so that there are as many
 * as there were calls at a time.
 */
#ifndef MORGUE_SEARCHER_HANDLE_H
#define MORGUE_SEARCHER_HANDLE_H

#include <pthread.h>

#include "../common/archive/archive.h"
#include "embargo.h"

/* Spaces of stems: more than there are stemmers. */
enum { STEM_SPACES_MAX = 64 };

/* A language of the archive, by how many articles are in it. */
struct language {
    char code[LANG_MAX]; /* "" for articles whose language is not known */
    uint64_t articles;
};

struct state {
    unsigned refs; /* of the handle and of sessions; under the handle's lock */
    struct archive_info info;
    struct engine_reader
        *reader;               /* copied for sessions, never read by itself */
    struct language *language; /* most frequent first, "" last */
    size_t lang_n, lang_cap;
    const char *stem[STEM_SPACES_MAX]; /* the languages whose stems articles
                                          have; "" stands for all without a
                                          stemmer */
    size_t stem_n;
    struct embargoes embargoes;
    bool analysis_known; /* it can be searched: has been looked at; under the
                            handle's lock */
};

struct session {
    struct session *next; /* of those that are idle */
    struct state *state;
    struct engine_reader *reader;
    struct tokenizer *tokenizer;
    struct stemmer *stemmer;
};

struct morgue {
    struct dir dir;

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

/** Whether this library's words are those of the handle's state; looked at
 *  once for each analysis that the archive has. */
enum morgue_status handle_check_analysis(struct morgue *m,
                                         struct morgue_error *err);

/** How often something is tried while writers change the archive. */
enum { TRIES = 12 };

#endif
