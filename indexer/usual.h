/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usual.h - which language an article is in: declared, detected, or usual
 *
 * Where an article declares no language and what is detected is not sure, it
 * is taken to be in the usual language of its source, if the text does not
 * speak against it: that of three quarters or more of the articles with the
 * same `source`, or where there is none of the same file, as far as theirs is
 * declared or sure.  Of a source that nothing is known of, the archive's usual
 * one.  Where there is none, or the text does not fit it, what is likely; else
 * what most articles are in and the text fits; else no language.
 *
 * Articles are learnt from and told in the order of arrival, so that nothing
 * depends on threads, and what is known of an archive is what it had when the
 * update began.  The first USUAL_AHEAD articles of an update, or fewer with
 * USUAL_AHEAD_BYTES of text, are all learnt from before the first is told: the
 * beginning of an archive is told as its rest is.
 */
#ifndef MORGUE_INDEXER_USUAL_H
#define MORGUE_INDEXER_USUAL_H

#include "../common/engine/engine.h"
#include "../common/text/language.h"

#define USUAL_AHEAD       256
#define USUAL_AHEAD_BYTES ((size_t)256 << 10)

/** What speaks for an article's language. */
struct usual_clue {
    struct morgue_str declared, source; /* the article's, lent */
    uint64_t group;                     /* its source or file; 0: none */
    struct language_guess guess;        /* where none is declared */
};

/* What is known of sources and the archive: 350 KB, however many there are.
 * One thread at a time. */
struct usual;

/** `engine` and the archive's directory must outlive it; NULL for no archive.
 *  Give back: usual_free. */
enum morgue_status usual_new(struct usual **out, const struct engine *engine,
                             const struct dir *dir, struct morgue_error *err);

/** NULL is allowed. */
void usual_free(struct usual *u);

/** The group of an article that came from the file `path`; "": from none. */
uint64_t usual_group(const struct morgue_article *article, const char *path);

/** Look at an article.  This detects, and may be called by any thread. */
struct usual_clue usual_look(const struct morgue_article *article,
                             uint64_t group);

/** Learn from a clue. */
void usual_learn(struct usual *u, const struct usual_clue *clue);

/** The article's language, "" for none, lent as long as the clue and `u`. */
enum morgue_status usual_tell(struct morgue_str *lang, struct usual *u,
                              const struct usual_clue *clue,
                              struct morgue_error *err);

#endif
