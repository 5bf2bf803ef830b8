/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sample.h - archives for tests of damage, questions, and their answers
 *
 * A test notes what a sound archive answers, damages it, and asks again: an
 * answer must fit the one before.
 */
#ifndef MORGUE_TESTS_SAMPLE_H
#define MORGUE_TESTS_SAMPLE_H

#include "../../common/base/buf.h"

/** Archives of a few kinds; each has the articles a0 to a13 but for a2. */
enum sample {
    SAMPLE_SMALL, /* lists of one or two blocks; deletions */
    SAMPLE_LARGE, /* lists of many blocks, in groups; heads in many blocks */
    SAMPLE_PARTS, /* several segments, in several languages */
    SAMPLES
};

enum { SAMPLE_ARTICLES = 14 };

/** Make the archive in `dir` with the engine of that name. */
enum morgue_status sample_make(enum sample which, const char *dir,
                               const char *engine, struct morgue_error *err);

/** Add article a<i> to the update, its text told by `version`. */
enum morgue_status sample_add(morgue_update *u, unsigned i, unsigned version,
                              struct morgue_error *err);

/** A search. */
struct question {
    const char *text;
    enum morgue_match match;
    enum morgue_sort sort;
    const char *from, *to; /* dates; NULL: none */
    size_t offset, limit;
    const char *lang; /* NULL: each */
    bool about;       /* the total need not be exact */
    bool plain;       /* without snippets */
    bool tree;        /* the text is a tree (tree.h), for several collectors */
};

enum { SAMPLE_QUESTIONS = 46 };
extern const struct question sample_question[SAMPLE_QUESTIONS];

/** Words that questions may be made of. */
extern const char *const sample_word[];
extern const size_t sample_words;

/** An answer as text, to be compared; `text` is empty after a failure. */
struct answer {
    enum morgue_status st;
    struct buf text;
};

void answer_init(struct answer *a);
void answer_free(struct answer *a);

/** All that the archive answers to a question: totals, hits, snippets. */
void answer_search(struct answer *a, morgue *m, const struct question *q);

/** The whole article of that id. */
void answer_show(struct answer *a, morgue *m, const char *id);

/** What morgue_stat says, but for the bytes on disk. */
void answer_counts(struct answer *a, morgue *m);

/** Whether `got`, of an archive that may be damaged, is `right` to the byte,
 *  or an error that says why there is no answer. */
bool answer_fits(const struct answer *got, const struct answer *right);

#endif
