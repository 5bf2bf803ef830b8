/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exit_code.h - what the programs end with
 */
#ifndef MORGUE_CLI_EXIT_CODE_H
#define MORGUE_CLI_EXIT_CODE_H

#include "../morgue.h"

/* The indexer's are those of sysexits.h, and: */
enum { INDEXER_INPUTS_FAILED = 3 };

enum {
    SEARCHER_HITS = 0,
    SEARCHER_NONE = 1,
    SEARCHER_WRONG = 2,
    SEARCHER_UNREADABLE = 3,
    SEARCHER_AGAIN = 75
};

/** What each program ends with where a call gave this status. */
struct exit_codes {
    int indexer, searcher;
};

struct exit_codes exit_codes(enum morgue_status status);

#endif
