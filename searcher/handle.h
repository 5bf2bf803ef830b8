/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handle.h - the archive that is open for reading
 */
#ifndef MORGUE_SEARCHER_HANDLE_H
#define MORGUE_SEARCHER_HANDLE_H

#include "../common/engine/archive.h"
#include "embargo.h"

/* Spaces of stems: more than there are stemmers. */
enum { STEM_SPACES_MAX = 64 };

/* A language of the archive, by how many articles are in it. */
struct language {
    char code[LANG_MAX]; /* "" for articles whose language is not known */
    uint64_t articles;
};

struct morgue {
    struct dir dir;
    struct archive_info info;
    bool analysis_known; /* it can be searched: has been looked at */
    const struct engine *engine;
    void *reader;
    struct tokenizer *tokenizer;
    struct stemmer *stemmer;
    struct language *language; /* most frequent first, "" last */
    size_t lang_n, lang_cap;
    struct embargoes embargoes;
    bool whole; /* languages and embargoes are those of what the reader sees;
                   else it has to be refreshed before it is read */
    const char
        *stem[STEM_SPACES_MAX]; /* the languages whose stems articles have;
                             "" stands for all without a stemmer */
    size_t stem_n;
};

/** Make the handle ready to be read, which is tried until it does not end with
 *  MORGUE_BUSY: wait a little and refresh, but for the first attempt, 0, of a
 *  handle that is whole. */
enum morgue_status handle_prepare(struct morgue *m, int attempt,
                                  struct morgue_error *err);

/** How often something is tried while writers change the archive. */
enum { TRIES = 12 };

#endif
