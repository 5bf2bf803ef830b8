/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.h - what is seen of an archive: shared by all of the process
 *
 *     archive's directory -> shared_archive -> states, those that are in use
 *
 * A state is made whole before anybody else sees it, and never changes.
 * Handles of one process that have the same archive open, by whatever path,
 * have the same states: what is mapped, which pages were checked, languages
 * and embargoes are there once.  A state lives as long as somebody holds it.
 *
 * Threads: all functions by any, at any time.  One lock of the process is held
 * for a few instructions, where states are held and let go, not in searches.
 */
#ifndef MORGUE_SEARCHER_STATE_H
#define MORGUE_SEARCHER_STATE_H

#include "../common/archive/archive.h"
#include "embargo.h"

/* How often something is tried while writers change the archive. */
enum { TRIES = 12 };

/* Spaces of stems: more than there are stemmers. */
enum { STEM_SPACES_MAX = 64 };

/** An archive that is open in this process. */
struct shared_archive;

/** A language of the archive, by how many articles are in it. */
struct language {
    char code[LANG_MAX]; /* "" for articles whose language is not known */
    uint64_t articles;
};

struct state {
    struct shared_archive *archive; /* which is held */
    struct state *next;             /* of the archive's */
    unsigned refs;
    struct archive_info info;
    struct engine_reader *reader; /* copied for sessions, never read by
                                     itself once others may see the state */
    struct language *language;    /* most frequent first, "" last */
    size_t lang_n, lang_cap;
    const char *stem[STEM_SPACES_MAX]; /* the languages whose stems articles
                                          have; "" stands for all without a
                                          stemmer */
    size_t stem_n;
    struct embargoes embargoes;
    int analysis; /* 1: it can be searched, which has been looked at; atomic */
};

/** The archive in `dir`, which is open, as the process has it.  Give back:
 *  archive_unshare. */
enum morgue_status archive_share(struct shared_archive **out,
                                 const struct dir *dir,
                                 struct morgue_error *err);

/** NULL is allowed. */
void archive_unshare(struct shared_archive *a);

/** The newest state, held for the caller: `old` (may be NULL) itself where
 *  that is the newest, else another handle's if one has it, else a new one,
 *  which opens only what `old` does not have open. */
enum morgue_status state_newest(struct state **out, struct shared_archive *a,
                                const struct state *old,
                                struct morgue_error *err);

/** Hold a state once more, which somebody holds. */
void state_hold(struct state *s);

/** NULL is allowed. */
void state_release(struct state *s);

/** Whether this library's words are those of the state; looked at once. */
enum morgue_status state_check_analysis(struct state *s,
                                        struct morgue_error *err);

#endif
