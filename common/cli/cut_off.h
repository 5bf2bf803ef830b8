/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cut_off.h - what a program does when files of an archive go under its hands
 *
 * The segments of an archive are mapped.  Where somebody cuts one off while it
 * is read, or the disk under it fails, the system sends SIGBUS.  The library
 * leaves signals alone (morgue.h); the programs, which have nothing to save,
 * say what happened and end.
 */
#ifndef MORGUE_CLI_CUT_OFF_H
#define MORGUE_CLI_CUT_OFF_H

/** From now on, end with `code` and a line on stderr when a mapped file cannot
 * be read.  Comes behind cli_begin. */
void cut_off_ends(int code);

#endif
