/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cli.h - what the programs share: their standard files, messages, and texts
 * of others on their way out
 */
#ifndef MORGUE_CLI_H
#define MORGUE_CLI_H

#include <stdio.h>

#include "../morgue.h"

/** Begin, before anything is opened, as the program that was called as
 *  `called`, argv[0] or NULL; `usual` is what it is called where it is built.
 *  Standard input, output and error that are closed are opened on /dev/null,
 * so that no file of ours gets their numbers: reading then fails, and so does
 * writing output; messages go nowhere.  A file that may not get longer is told
 * as a full disk is (SIGXFSZ is ignored).  False where the former cannot be
 * done. */
bool cli_begin(const char *called, const char *usual);

/** The program, as messages name it: the last part of what it was called as,
 *  at most 39 bytes. */
const char *say_name(void);

/** What the indexer is called where this program is: this one itself, or that
 *  which is called as it is with "indexer" for "searcher"; else as it is
 *  installed. */
const char *say_indexer(void);

/** A message on stderr: "PROGRAM: ..." on one line, in one piece and without
 *  what a terminal obeys (printable.h).  What is longer than 8 KB is cut. */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** Say what the library failed with; commands that it names by the names that
 *  they are installed by are named as they are here. */
void say_failure(const struct morgue_error *err);

/** The same about a command line: "PROGRAM: MESSAGE; see PROGRAM --help". */
void say_usage(const char *message);

/** A message about the option that getopt_long, which returned `c` ('?' or
 *  ':'), did not understand. */
void say_option(int c, char *const *argv);

/** Write `s` without what a terminal obeys; `lines`: tabs and line ends stay,
 *  else they become spaces. */
void put_text(FILE *to, struct morgue_str s, bool lines);

#endif
