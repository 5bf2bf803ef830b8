/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_json.c - articles as JSON objects (the only user of yajl)
 *
 * JSON lines: an object on each line; a line that is broken is a failure and
 * the next one is read.  Else one object, several, or an array of them, over
 * any number of lines: read as a stream, up to its first break.
 *
 * yajl trusts malloc.  So it allocates from a list of blocks of ours: when
 * memory runs out the parse is left by longjmp and the whole list freed.
 * That is sound because yajl has no state but in those blocks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <yajl/yajl_parse.h>

#include "../reading/format.h"
#include "json.h"

enum { CHUNK = 256 * 1024 };

struct json_block {
    struct json_block *next, *before;
    max_align_t data[];
};

/* ---- memory for yajl ---------------------------------------------------- */

static struct json_block *
block_of(void *p)
{
    return (struct json_block *)(void *)((char *)p -
                                         offsetof(struct json_block, data));
}

static void
json_free(void *json, void *p)
{
    struct json *j = json;
    struct json_block *b;

    if (!p)
        return;
    b = block_of(p);
    if (b->before)
        b->before->next = b->next;
    else
        j->blocks = b->next;
    if (b->next)
        b->next->before = b->before;
    free(b);
}

static void *
json_realloc(void *json, void *p, size_t size)
{
    struct json *j = json;
    struct json_block *old = p ? block_of(p) : NULL, *b = NULL;

    if (size < SIZE_MAX / 2)
        b = realloc(old, sizeof *b + size);
    if (!b)
        longjmp(j->no_memory, 1);
    if (!old) {
        b->before = NULL;
        b->next = j->blocks;
    }
    if (b->before)
        b->before->next = b;
    else
        j->blocks = b;
    if (b->next)
        b->next->before = b;
    return b->data;
}

static void *
json_malloc(void *json, size_t size)
{
    return json_realloc(json, NULL, size);
}

static void
drop_parser(struct json *j)
{
    struct json_block *next;

    for (struct json_block *b = j->blocks; b; b = next) {
        next = b->next;
        free(b);
    }
    j->blocks = NULL;
    j->yajl = NULL;
    json_drop(j);
}

static const yajl_callbacks callbacks = {
    .yajl_null = json_null,
    .yajl_boolean = json_boolean,
    .yajl_number = json_number,
    .yajl_string = json_string,
    .yajl_start_map = json_map,
    .yajl_map_key = json_key,
    .yajl_end_map = json_map_end,
    .yajl_start_array = json_array,
    .yajl_end_array = json_array_end,
};

/* ---- feeding ------------------------------------------------------------ */

static void
new_parser(struct json *j)
{
    yajl_alloc_funcs memory = {.malloc = json_malloc,
                               .realloc = json_realloc,
                               .free = json_free,
                               .ctx = j};

    json_begin(j);
    j->yajl = yajl_alloc(&callbacks, &memory, j);
    yajl_config(j->yajl, yajl_allow_multiple_values, 1);
    yajl_config(j->yajl, yajl_dont_validate_strings, 1);
}

/* Feed bytes; false where the parse stopped. */
static bool
feed(struct json *j, struct morgue_str bytes)
{
    if (setjmp(j->no_memory)) {
        drop_parser(j);
        j->st = error_nomem(&j->err);
        return false;
    }
    if (!j->yajl)
        new_parser(j);
    j->fed += bytes.len;
    j->silent += bytes.len;
    return yajl_parse(j->yajl, (const unsigned char *)bytes.s, bytes.len) ==
           yajl_status_ok;
}

/* What stopped the parse of `bytes`, in one line. */
static void
explain(struct json *j, struct morgue_str bytes, char *out, size_t size)
{
    snprintf(out, size, "%s", j->complaint ? j->complaint : "not JSON");
    if (j->complaint || setjmp(j->no_memory))
        return;
    snprintf(out, size, "%s",
             (char *)yajl_get_error(j->yajl, 0, (const unsigned char *)bytes.s,
                                    bytes.len));
    out[strcspn(out, "\n")] = '\0';
}

static enum morgue_status
pass_up(struct json *j, struct morgue_error *err)
{
    if (err)
        *err = j->err;
    return j->st;
}

/* ---- JSON lines --------------------------------------------------------- */

/* Report what was wrong with a line. */
static enum morgue_status
line_failed(struct json *j, struct morgue_str line, uint64_t number,
            bool cut_short, struct morgue_error *err)
{
    char reason[200], where[240];

    if (j->st)
        return pass_up(j, err);
    if (cut_short) {
        snprintf(where, sizeof where, "the object is cut short");
    } else {
        size_t at = yajl_get_bytes_consumed(j->yajl);

        explain(j, line, reason, sizeof reason);
        snprintf(where, sizeof where, "%s at byte %zu", reason, at);
    }
    drop_parser(j);
    return reading_failed(j->r, number, where, err);
}

static enum morgue_status
read_line(struct json *j, struct morgue_str line, uint64_t number,
          bool may_be_cut, struct morgue_error *err)
{
    enum morgue_status st;
    bool good, whole;

    if (str_trim(line).len == 0)
        return MORGUE_OK;
    st = reading_utf8(j->r, &line, STR(""), &j->converted, err);
    if (st)
        return st;
    j->mended = false;
    j->records = 0;
    /* Both the window and the scratch buffer are ours to write to. */
    json_mend((char *)line.s, line.len, true, &j->mended);
    good = feed(j, line);
    whole = j->depth == 0 && j->records > 0;
    /* A line's end ends a word that may go on, too. */
    if (good && whole) {
        line = STR("\n");
        good = feed(j, line);
    }
    if (good && whole)
        return MORGUE_OK;
    if (may_be_cut && !j->st) {
        drop_parser(j);
        return MORGUE_OK;
    }
    return line_failed(j, line, number, good, err);
}

static enum morgue_status
read_lines(struct json *j, struct morgue_error *err)
{
    struct input *in = &j->r->in;
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;
    bool more = true;

    while (!st && more) {
        uint64_t number = in->line;

        st = input_line(&line, &more, in, err);
        if (st || !more)
            break;
        /* Where the file broke off in a line, the break is reported. */
        if (line.s)
            st = read_line(j, line, number, in->broken && in->line == number,
                           err);
        else
            st = reading_failed(j->r, number, "longer than 256 MB", err);
    }
    return st;
}

/* ---- a stream ----------------------------------------------------------- */

static enum morgue_status
stream_failed(struct json *j, struct morgue_str bytes,
              struct morgue_error *err)
{
    char reason[200];
    size_t at;

    if (j->st)
        return pass_up(j, err);
    at = yajl_get_bytes_consumed(j->yajl);
    explain(j, bytes, reason, sizeof reason);
    drop_parser(j);
    input_take(&j->r->in, at < bytes.len ? at : bytes.len);
    return reading_failed(j->r, j->r->in.line, reason, err);
}

/* Have bytes that can be fed; none at the end of the file. */
static enum morgue_status
next_chunk(struct json *j, struct morgue_str *out, struct morgue_error *err)
{
    struct input *in = &j->r->in;
    /* yajl reads a string that is not whole again from its beginning. */
    size_t want = j->silent > CHUNK ? j->silent : CHUNK;
    enum morgue_status st = input_need(in, want, err);

    *out = input_view(in);
    if (st || out->len == 0)
        return st;
    if (out->len > want)
        out->len = want;
    j->mended = false;
    out->len =
        json_mend((char *)out->s, out->len,
                  in->ended && out->len == input_view(in).len, &j->mended);
    return MORGUE_OK;
}

static enum morgue_status
read_stream(struct json *j, struct morgue_error *err)
{
    struct input *in = &j->r->in;
    bool near = false;

    for (;;) {
        struct morgue_str v;
        enum morgue_status st = next_chunk(j, &v, err);

        if (st)
            return st;
        if (v.len == 0)
            break;
        if (j->fed > RECORD_MAX)
            return reading_failed(j->r, in->line,
                                  "an article longer than 256 MB", err);
        /* An article that began in the chunk before may have been mended. */
        near = j->mended || (near && j->depth > 0);
        j->mended = near;
        if (!feed(j, v))
            return stream_failed(j, v, err);
        input_take(in, v.len);
    }
    if (in->broken)
        return MORGUE_OK;
    if (j->depth > 0)
        return reading_failed(j->r, in->line, "the JSON text is cut short",
                              err);
    /* The file's end ends a word that may go on. */
    if (j->yajl && !feed(j, STR("\n")))
        return stream_failed(j, STR("\n"), err);
    return MORGUE_OK;
}

/* ---- reading ------------------------------------------------------------ */

static enum morgue_status
read_json(struct reading *r, struct morgue_error *err)
{
    struct json *j = calloc(1, sizeof *j);
    enum morgue_status st;

    if (!j)
        return error_nomem(err);
    j->r = r;
    st = json_tell_lines(&j->line_by_line, &r->in, err);
    r->unsure = !j->line_by_line;
    if (!st)
        st = j->line_by_line ? read_lines(j, err) : read_stream(j, err);
    drop_parser(j);
    free(j);
    return st;
}

/* ---- the format --------------------------------------------------------- */

static struct morgue_str
without_space(struct morgue_str s)
{
    while (s.len > 0 && is_space(s.s[0]))
        s = str_slice(s.s + 1, s.len - 1);
    return s;
}

/* It begins with { and a key, or [ and {; or most of its lines begin with {",
 * where the first of them is broken. */
static bool
looks_like_json(struct morgue_str s)
{
    struct morgue_str line, next;
    size_t lines = 0, objects = 0;

    s = without_space(s);
    if (s.len == 0)
        return false;
    next = without_space(str_slice(s.s + 1, s.len - 1));
    if (s.s[0] == '{')
        return next.len == 0 || next.s[0] == '"' || next.s[0] == '}';
    if (s.s[0] == '[' &&
        (next.len == 0 || next.s[0] == '{' || next.s[0] == ']'))
        return true;
    while (str_line(&s, &line)) {
        line = str_trim(line);
        lines += line.len > 0;
        objects += str_starts(line, STR("{\""));
    }
    return objects > 1 && objects * 2 > lines;
}

const struct format format_jsonl = {
    .name = "jsonl",
    .what = "JSON: lines, arrays, objects",
    .many = true,
    .unlike = "is not JSON",
    .tell = looks_like_json,
    .read = read_json,
};
