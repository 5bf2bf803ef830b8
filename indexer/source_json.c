/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source_json.c - articles as JSON objects (the only user of yajl)
 *
 * JSON lines: an object on each line; a line that is broken is a failure and
 * the next one is read.  Else one object, or an array of them, over any
 * number of lines: read as a stream, up to its first break.
 *
 * An object's keys are those of keys.c.  Values are strings, numbers (their
 * digits are kept as they are written), true and false, arrays of these, and
 * objects, or arrays of objects, that have the value under `name`, `main`,
 * `title`, `text` or `value`.  What is nested deeper is passed over, and more
 * than DEPTH_MAX deep is a failure.  null is nothing.
 *
 * yajl trusts malloc.  So it allocates from a list of blocks of ours: when
 * memory runs out the parse is left by longjmp and the whole list freed.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <yajl/yajl_parse.h>

#include "charset.h"
#include "reader.h"

enum { DEPTH_MAX = 64, KEY_LEN = 64, CHUNK = 1 << 18 };

struct block {
    struct block *next, *before;
    max_align_t data[];
};

struct json {
    struct reading *r;
    yajl_handle yajl;
    struct block *blocks;
    jmp_buf no_memory;
    bool line_by_line;
    bool converted;

    int depth;       /* of objects and arrays that are open */
    int base;        /* the depth inside an article's object; 1, in arrays 2 */
    bool inner_good; /* the key of a nested object is one that counts */
    char key_bytes[KEY_LEN];
    struct morgue_str key;
    struct keyed k;
    uint64_t articles; /* whole ones since the last look */
    enum morgue_status st;
    struct morgue_error err;
    const char *complaint; /* why a callback stopped the parse */
};

/* ---- memory for yajl ---------------------------------------------------- */

static void
json_free(void *json, void *p)
{
    struct json *j = json;
    struct block *b;

    if (!p)
        return;
    b = (struct block *)(void *)((char *)p - offsetof(struct block, data));
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
    struct block *old =
        p ? (struct block *)(void *)((char *)p - offsetof(struct block, data))
          : NULL;
    struct block *b =
        size < SIZE_MAX / 2 ? realloc(old, sizeof *b + size) : NULL;

    if (!b)
        longjmp(j->no_memory, 1);
    if (!old) {
        b->before = NULL;
        b->next = j->blocks;
        j->blocks = b;
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
    struct block *next;

    for (struct block *b = j->blocks; b; b = next) {
        next = b->next;
        free(b);
    }
    j->blocks = NULL;
    j->yajl = NULL;
}

/* ---- callbacks ---------------------------------------------------------- */

static int
stop(struct json *j, const char *complaint)
{
    j->complaint = complaint;
    return 0;
}

/* Whether a value here belongs to the key, and not to what is passed over. */
static bool
value_counts(const struct json *j)
{
    return j->depth >= j->base && j->depth <= j->base + 2 && j->key.len > 0 &&
           j->inner_good;
}

static int
on_value(struct json *j, struct morgue_str value)
{
    if (j->depth < j->base)
        return stop(j, "not an object");
    if (!value_counts(j))
        return 1;
    j->st = keyed_add(&j->k, &j->r->arena, j->key, value, &j->err);
    return j->st == MORGUE_OK;
}

static int
on_string(void *json, const unsigned char *s, size_t len)
{
    return on_value(json, str_slice((const char *)s, len));
}

static int
on_number(void *json, const char *s, size_t len)
{
    return on_value(json, str_slice(s, len));
}

static int
on_boolean(void *json, int value)
{
    return on_value(json, value ? STR("true") : STR("false"));
}

static int
on_null(void *json)
{
    return on_value(json, STR(""));
}

static bool
inner_key(struct morgue_str key)
{
    static const char *const good[] = {"name", "main", "title", "text",
                                       "value"};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (str_eq(key, str_of(good[i])))
            return true;
    return false;
}

static int
on_key(void *json, const unsigned char *s, size_t len)
{
    struct json *j = json;

    if (j->depth == j->base) {
        if (len > KEY_LEN)
            len = 0;
        memcpy(j->key_bytes, s, len);
        j->key = str_slice(j->key_bytes, len);
        j->inner_good = true;
    } else {
        j->inner_good = inner_key(str_slice((const char *)s, len));
    }
    return 1;
}

static int
on_map(void *json)
{
    struct json *j = json;

    if (++j->depth > DEPTH_MAX)
        return stop(j, "nested too deep");
    if (j->depth == j->base) {
        arena_reset(&j->r->arena);
        j->k = (struct keyed){.article = MORGUE_ARTICLE_INIT};
    }
    return 1;
}

static int
on_map_end(void *json)
{
    struct json *j = json;

    j->inner_good = true;
    if (j->depth-- != j->base)
        return 1;
    j->articles++;
    j->st = keyed_end(&j->k, &j->r->arena, &j->err);
    if (!j->st)
        j->st = reading_record(j->r, &j->k.article, j->converted, &j->err);
    return j->st == MORGUE_OK;
}

static int
on_array(void *json)
{
    struct json *j = json;

    if (j->depth == 0 && j->line_by_line)
        return stop(j, "an array, not an object");
    if (j->depth == 0)
        j->base = 2;
    return ++j->depth > DEPTH_MAX ? stop(j, "nested too deep") : 1;
}

static int
on_array_end(void *json)
{
    struct json *j = json;

    j->depth--;
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_map,
    .yajl_map_key = on_key,
    .yajl_end_map = on_map_end,
    .yajl_start_array = on_array,
    .yajl_end_array = on_array_end,
};

/* ---- feeding ------------------------------------------------------------ */

static void
new_parser(struct json *j)
{
    yajl_alloc_funcs memory = {.malloc = json_malloc,
                               .realloc = json_realloc,
                               .free = json_free,
                               .ctx = j};

    drop_parser(j);
    j->depth = 0;
    j->base = 1;
    j->complaint = NULL;
    j->yajl = yajl_alloc(&callbacks, &memory, j);
    yajl_config(j->yajl, yajl_allow_multiple_values, 1);
    yajl_config(j->yajl, yajl_dont_validate_strings, 1);
}

/* Feed bytes, or the end (NULL); false where the parse stopped. */
static bool
feed(struct json *j, struct morgue_str bytes)
{
    yajl_status ys;

    if (setjmp(j->no_memory)) {
        drop_parser(j);
        j->st = error_nomem(&j->err);
        return false;
    }
    if (!j->yajl)
        new_parser(j);
    if (bytes.s)
        ys = yajl_parse(j->yajl, (const unsigned char *)bytes.s, bytes.len);
    else
        ys = yajl_complete_parse(j->yajl);
    return ys == yajl_status_ok;
}

/* Why the parse of these bytes stopped, in one line. */
static void
explain(struct json *j, struct morgue_str bytes, const char *where,
        uint64_t number, char *out, size_t size)
{
    unsigned char *volatile text = NULL;

    if (!j->complaint && !setjmp(j->no_memory))
        text = yajl_get_error(j->yajl, 0, (const unsigned char *)bytes.s,
                              bytes.len);
    if (text)
        text[strcspn((char *)text, "\n")] = '\0';
    snprintf(out, size, "%s %llu: %s", where, (unsigned long long)number,
             j->complaint ? j->complaint
             : text       ? (char *)text
                          : "not JSON");
}

/* ---- JSON lines --------------------------------------------------------- */

static enum morgue_status
line_failed(struct json *j, struct morgue_str line, uint64_t number,
            struct morgue_error *err)
{
    char reason[200];

    if (j->st)
        goto passed_up;
    if (!line.s)
        snprintf(reason, sizeof reason, "line %llu: longer than %d bytes",
                 (unsigned long long)number, RECORD_MAX);
    else if (j->yajl && j->depth > 0 && !j->complaint)
        snprintf(reason, sizeof reason, "line %llu: the object does not end",
                 (unsigned long long)number);
    else if (j->yajl)
        explain(j, line, "line", number, reason, sizeof reason);
    drop_parser(j);
    return reading_failed(j->r, reason, err);
passed_up:
    if (err)
        *err = j->err;
    return j->st;
}

static enum morgue_status
read_line(struct json *j, struct morgue_str line, uint64_t number,
          struct morgue_error *err)
{
    enum morgue_status st;
    bool good;

    if (!line.s)
        return line_failed(j, line, number, err);
    if (str_trim(line).len == 0)
        return MORGUE_OK;
    st = charset_to_utf8(&line, &j->converted, &j->r->scratch, err);
    if (st)
        return st;
    j->articles = 0;
    j->depth = 0;
    good = feed(j, line) && j->depth == 0 && j->articles > 0;
    /* A number or a word may go on: a line's end is its end. */
    if (good && feed(j, STR("\n")))
        return MORGUE_OK;
    if (good || j->articles == 0 || j->st)
        return line_failed(j, line, number, err);
    /* The object was good, and something follows it. */
    drop_parser(j);
    return MORGUE_OK;
}

static enum morgue_status
read_lines(struct json *j, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;
    bool more = true;

    for (uint64_t number = 1; !st && more; number++) {
        st = input_line(&line, &more, &j->r->in, err);
        if (st || !more)
            break;
        /* Where the file broke off, its last line is not whole. */
        if (j->r->in.broken && input_view(&j->r->in).len == 0 &&
            j->r->in.ended && line.len > 0 && line.s[line.len - 1] != '}')
            break;
        st = read_line(j, line, number, err);
    }
    return st;
}

/* ---- a stream ----------------------------------------------------------- */

static enum morgue_status
stream_failed(struct json *j, struct morgue_str bytes,
              struct morgue_error *err)
{
    char reason[200];

    if (j->st) {
        if (err)
            *err = j->err;
        return j->st;
    }
    explain(j, bytes, "behind article", j->r->position, reason, sizeof reason);
    drop_parser(j);
    return reading_broken(j->r, reason, err);
}

static enum morgue_status
read_stream(struct json *j, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str v;

    if (str_starts(input_view(&j->r->in), STR("\xEF\xBB\xBF")))
        input_take(&j->r->in, 3);
    for (;;) {
        st = input_need(&j->r->in, 1, err);
        v = input_view(&j->r->in);
        if (st || v.len == 0)
            break;
        if (v.len > CHUNK)
            v.len = CHUNK;
        if (!feed(j, v))
            return stream_failed(j, v, err);
        input_take(&j->r->in, v.len);
    }
    if (!st && j->depth > 0 && !j->r->in.broken)
        st = reading_broken(j->r, "the JSON text is cut short", err);
    return st;
}

/* Whether the first line that is not blank is a whole object: then all lines
 * are taken for themselves. */
static enum morgue_status
tell_lines(bool *out, struct reading *r, struct morgue_error *err)
{
    size_t i = 0, depth = 0;
    bool in_string = false;

    for (;; i++) {
        struct morgue_str v = input_view(&r->in);
        char c;

        if (i >= v.len) {
            enum morgue_status st = input_need(&r->in, i + 1, err);

            v = input_view(&r->in);
            *out = true; /* one line, however it ends */
            if (st || i >= v.len || i > RECORD_MAX)
                return st;
        }
        c = v.s[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            depth++;
        else if (!in_string && (c == '}' || c == ']') && --depth == 0)
            break;
        else if (c == '\n' && depth > 0)
            break;
        if (c == '[' && depth == 1) { /* an array from the beginning */
            *out = false;
            return MORGUE_OK;
        }
    }
    *out = depth == 0;
    return MORGUE_OK;
}

enum morgue_status
read_json(struct reading *r, struct morgue_error *err)
{
    struct json *j = calloc(1, sizeof *j);
    enum morgue_status st;

    if (!j)
        return error_nomem(err);
    j->r = r;
    j->inner_good = true;
    st = tell_lines(&j->line_by_line, r, err);
    if (!st)
        st = j->line_by_line ? read_lines(j, err) : read_stream(j, err);
    drop_parser(j);
    free(j);
    return st;
}
