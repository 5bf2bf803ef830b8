/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * error.h - filling in the caller's error object
 *
 * A function that can fail returns enum morgue_status and, as its last
 * argument, takes the caller's struct morgue_error or NULL.  Where it fails
 * itself it returns error_set(...); where something below it failed, it
 * returns that status and leaves the error as it is.
 *
 * Messages are one line, lower case, say what failed first and on what
 * ("cannot open 'x': ..."), and have no full stop.  What a terminal
 * obeys is taken out of them (printable.h), so that a file's name cannot write
 * to one.
 */
#ifndef MORGUE_BASE_ERROR_H
#define MORGUE_BASE_ERROR_H

#include "../morgue.h"

/** Set *err (NULL: nothing to set) and return `status`. */
enum morgue_status error_set(struct morgue_error *err,
                             enum morgue_status status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/** Give *err, which has a message, another status, and return that. */
enum morgue_status error_as(struct morgue_error *err,
                            enum morgue_status status);

/** MORGUE_USAGE: an argument of a public function is NULL that must not be;
 *  `names` are those of all such of the function. */
enum morgue_status error_null(struct morgue_error *err, const char *names);

/** "out of memory", MORGUE_NOMEM. */
enum morgue_status error_nomem(struct morgue_error *err);

/** Whether errno tells of a full disk or quota, or of a file that may not get
 *  longer. */
bool error_is_no_space(int e);

/** `what` on `path` failed as errno says: "cannot WHAT 'PATH': REASON".  What
 *  error_is_no_space becomes MORGUE_NO_SPACE and want of memory MORGUE_NOMEM,
 *  whatever `status` is. */
enum morgue_status error_errno(struct morgue_error *err,
                               enum morgue_status status, const char *what,
                               const char *path);

#endif
