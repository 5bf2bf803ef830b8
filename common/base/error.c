/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * error.c - the list of statuses with their texts, and error objects
 */
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "printable.h"

static const char *const status_text[] = {
    [MORGUE_OK] = "success",
    [MORGUE_NOMEM] = "out of memory",
    [MORGUE_USAGE] = "wrong argument",
    [MORGUE_QUERY] = "the query cannot be understood",
    [MORGUE_NO_ARCHIVE] = "no archive there",
    [MORGUE_NOT_ARCHIVE] = "not an archive",
    [MORGUE_VERSION_DIFFERS] = "made by another version",
    [MORGUE_DAMAGED] = "the archive is damaged",
    [MORGUE_BUSY] = "the archive is in use",
    [MORGUE_NO_SPACE] = "no space left",
    [MORGUE_IO] = "input/output failed",
    [MORGUE_CREATE] = "cannot create",
    [MORGUE_NO_INPUT] = "no such input",
    [MORGUE_FORMAT] = "malformed input",
    [MORGUE_NO_ARTICLE] = "no such article",
    [MORGUE_UNSUPPORTED] = "not supported",
    [MORGUE_INTERNAL] = "internal failure",
    [MORGUE_INTERRUPTED] = "interrupted",
    [MORGUE_TIMED_OUT] = "the time is over",
};
_Static_assert(sizeof status_text / sizeof *status_text ==
                   MORGUE_TIMED_OUT + 1,
               "each status has its text");

const char *
morgue_status_text(enum morgue_status status)
{
    size_t i = (size_t)status;

    if (i >= sizeof status_text / sizeof *status_text)
        return "unknown status";
    return status_text[i];
}

const char *
morgue_version(void)
{
    return MORGUE_VERSION;
}

enum morgue_status
error_set(struct morgue_error *err, enum morgue_status status, const char *fmt,
          ...)
{
    va_list ap;

    if (!err)
        return status;
    err->status = status;
    err->at = 0;
    va_start(ap, fmt);
    if (vsnprintf(err->message, sizeof err->message, fmt, ap) < 0)
        err->message[0] = '\0';
    va_end(ap);
    err->message[printable_line(err->message, strlen(err->message))] = '\0';
    return status;
}

enum morgue_status
error_as(struct morgue_error *err, enum morgue_status status)
{
    if (err)
        err->status = status;
    return status;
}

enum morgue_status
error_null(struct morgue_error *err, const char *names)
{
    return error_set(err, MORGUE_USAGE, "%s must not be NULL", names);
}

enum morgue_status
error_nomem(struct morgue_error *err)
{
    return error_set(err, MORGUE_NOMEM, "out of memory");
}

bool
error_is_no_space(int e)
{
    return e == ENOSPC || e == EDQUOT || e == EFBIG;
}

enum morgue_status
error_errno(struct morgue_error *err, enum morgue_status status,
            const char *what, const char *path)
{
    int e = errno;
    char text[128];

    if (e == ENOMEM)
        return error_nomem(err);
    if (error_is_no_space(e))
        status = MORGUE_NO_SPACE;
    if (strerror_r(e, text, sizeof text) != 0)
        snprintf(text, sizeof text, "error %d", e);
    return error_set(err, status, "cannot %s '%s': %s", what, path, text);
}
