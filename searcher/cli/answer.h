/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * answer.h - queries answered: one, or each line of a file
 */
#ifndef MORGUE_SEARCHER_CLI_ANSWER_H
#define MORGUE_SEARCHER_CLI_ANSWER_H

#include "options.h"

/** Where the time went, in microseconds. */
struct times {
    long long begin, open, search;
};

long long now_us(void);

/** Say what the library failed with; the exit code. */
int failure(const struct morgue_error *err);

/** Answer one query; the exit code. */
int answer_query(struct renderer *r, const struct searcher_options *o,
                 morgue *m, const char *query, struct times *times);

/** Answer the queries of the file that the options name, `id TAB query` on
 *  each line, blank ones passed over; the exit code: hits of one are hits, and
 *  what is wrong with one is wrong with all.  Each line has its answer before
 *  the next is read, unless they come from a plain file.  A line that is none,
 *  or whose query fails, has an answer that says so (render_refusal). */
int answer_batch(struct renderer *r, const struct searcher_options *o,
                 morgue *m, struct times *times);

#endif
