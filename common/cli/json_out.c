/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_out.c - JSON as the programs write it
 */
#include "json_out.h"

#include <stdarg.h>
#include <string.h>

#include "../base/printable.h"

/* ---- strings ------------------------------------------------------------ */

/* The length of what `s` begins with that needs no escape. */
static size_t
plain_len(struct morgue_str s)
{
    size_t at = 0, n;

    while (at < s.len && s.s[at] != '"' && s.s[at] != '\\' &&
           printable_next(s.s + at, s.len - at, &n) == PRINTABLE_TEXT)
        at += n;
    return at;
}

/* The number of a control of `n` bytes in UTF-8, which has at most three. */
static unsigned
code_of(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;

    if (n == 1)
        return u[0];
    if (n == 2)
        return (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
    return (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
}

/* One character that is not written as it is; its length. */
static size_t
put_escape(FILE *to, struct morgue_str s)
{
    size_t n;
    enum printable what = printable_next(s.s, s.len, &n);

    if (what == PRINTABLE_TEXT) /* a quote or backslash */
        fprintf(to, "\\%c", s.s[0]);
    else if (s.s[0] == '\n')
        fputs("\\n", to);
    else if (s.s[0] == '\t')
        fputs("\\t", to);
    else if (what == PRINTABLE_BROKEN)
        fputs("\\ufffd", to);
    else
        fprintf(to, "\\u%04x", code_of(s.s, n));
    return n;
}

static void
put_string(FILE *to, struct morgue_str s)
{
    putc('"', to);
    while (s.len > 0) {
        size_t n = plain_len(s);

        fwrite(s.s, 1, n, to);
        s = (struct morgue_str){s.s + n, s.len - n};
        if (s.len == 0)
            break;
        n = put_escape(to, s);
        s = (struct morgue_str){s.s + n, s.len - n};
    }
    putc('"', to);
}

/* ---- values ------------------------------------------------------------- */

/* What stands before a value. */
static void
begin(struct json_out *o, const char *key)
{
    if (o->more)
        putc(',', o->to);
    if (o->line)
        putc('\n', o->to);
    else if (o->more)
        putc(' ', o->to);
    o->line = false;
    o->more = true;
    if (key)
        fprintf(o->to, "\"%s\": ", key);
}

void
json_out_open(struct json_out *o, const char *key, char bracket)
{
    begin(o, key);
    putc(bracket, o->to);
    o->more = false;
}

void
json_out_close(struct json_out *o, char bracket)
{
    putc(bracket, o->to);
    o->more = true;
}

void
json_out_end(struct json_out *o)
{
    putc('\n', o->to);
    o->more = false;
}

void
json_out_text(struct json_out *o, const char *key, struct morgue_str s)
{
    begin(o, key);
    put_string(o->to, s);
}

void
json_out_str(struct json_out *o, const char *key, const char *s)
{
    json_out_text(o, key, (struct morgue_str){.s = s, .len = strlen(s)});
}

void
json_out_lines(struct json_out *o, const char *key, struct morgue_str s)
{
    json_out_open(o, key, '[');
    while (s.len > 0) {
        const char *end = memchr(s.s, '\n', s.len);
        size_t len = end ? (size_t)(end - s.s) : s.len;

        json_out_text(o, NULL, (struct morgue_str){s.s, len});
        len += end != NULL;
        s = (struct morgue_str){s.s + len, s.len - len};
    }
    json_out_close(o, ']');
}

void
json_out_plain(struct json_out *o, const char *key, const char *fmt, ...)
{
    va_list ap;

    begin(o, key);
    va_start(ap, fmt);
    vfprintf(o->to, fmt, ap);
    va_end(ap);
}
