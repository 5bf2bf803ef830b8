/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.h - the command line of the searcher
 */
#ifndef MORGUE_SEARCHER_CLI_OPTIONS_H
#define MORGUE_SEARCHER_CLI_OPTIONS_H

#include "render.h"

struct searcher_options {
    struct morgue_search_options search;
    enum render_format format;
    const char *batch; /* a file of queries, "-" for standard input, or NULL */
    const char *field; /* of an article, for show; NULL: all */
    const char
        *query; /* what of an article matched, for show; NULL: nothing */
    const char *color; /* auto, always or never */
    bool match_given;  /* --all or --any was */
    bool limit_given;
    bool raw, bom; /* of CSV */
    bool time;
    bool explain; /* queries, instead of searching */
};

/** What came of reading a command line. */
enum options_result { OPTIONS_GO, OPTIONS_DONE, OPTIONS_WRONG };

/** Read the options of argv into *out and move the other arguments to argv[1]
 *  and on; *words_n becomes their number.  After OPTIONS_DONE (help was
 * printed) and OPTIONS_WRONG (an error was) there is nothing left to do. */
enum options_result options_read(struct searcher_options *out, int *words_n,
                                 int argc, char **argv);

#endif
