/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_out.h - JSON as the programs write it (RFC 8259)
 *
 *     struct json_out o = {.to = stdout};
 *     json_out_open(&o, NULL, '{');            {
 *     json_out_text(&o, "id", id);             "id": "..."
 *     json_out_open(&o, "hits", '[');          , "hits": [
 *     json_out_plain(&o, NULL, "%d", 1);       1
 *     json_out_close(&o, ']');                 ]
 *     json_out_close(&o, '}');                 }
 *
 * Keys are of ours and need no escapes.  A key is NULL in an array, and for
 * what is in none.
 */
#ifndef MORGUE_CLI_JSON_OUT_H
#define MORGUE_CLI_JSON_OUT_H

#include <stdio.h>

#include "../morgue.h"

struct json_out {
    FILE *to;
    bool more; /* a value stands before the next one, which a comma parts */
    bool line; /* the next value begins on a line of its own */
};

/** Begin an object with '{' or an array with '['. */
void json_out_open(struct json_out *o, const char *key, char bracket);

/** End it, with '}' or ']'. */
void json_out_close(struct json_out *o, char bracket);

/** What is at the top is whole: end its line. */
void json_out_end(struct json_out *o);

/** A string, in ASCII where it is no printable text: controls, bidi controls
 *  and separators of lines as \uXXXX, bytes that are no UTF-8 as \ufffd. */
void json_out_text(struct json_out *o, const char *key, struct morgue_str s);

/** The same of a string with NUL behind. */
void json_out_str(struct json_out *o, const char *key, const char *s);

/** An array with a string for each line of `s`. */
void json_out_lines(struct json_out *o, const char *key, struct morgue_str s);

/** What is written as it stands: a number, true, false, null. */
void json_out_plain(struct json_out *o, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
