/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cli.h - what the programs share: their standard files, messages, and texts
 * of others on their way out
 */
#ifndef MORGUE_CLI_H
#define MORGUE_CLI_H

#include <stdio.h>

#include "../morgue.h"

/** Begin as `program`, static, before anything is opened.  Standard input,
 *  output and error that are closed are opened on /dev/null, so that no file
 *  of ours gets their numbers: reading then fails, and so does writing output;
 *  messages go nowhere.  A file that may not get longer is told as a full disk
 *  is (SIGXFSZ is ignored).  False where the former cannot be done. */
bool cli_begin(const char *program);

/** The program, as messages name it. */
const char *say_name(void);

/** A message on stderr: "PROGRAM: ..." on one line, in one piece and without
 *  what a terminal obeys (printable.h).  What is longer than 8 KB is cut. */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** The same about a command line: "PROGRAM: MESSAGE; see PROGRAM --help". */
void say_usage(const char *message);

/** A message about the option that getopt_long, which returned `c` ('?' or
 *  ':'), did not understand. */
void say_option(int c, char *const *argv);

/** Write `s` without what a terminal obeys; `lines`: tabs and line ends stay,
 *  else they become spaces. */
void put_text(FILE *to, struct morgue_str s, bool lines);

#endif
