/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source_json.c - articles as JSON objects (the only user of yajl)
 *
 * JSON lines: an object on each line; a line that is broken is a failure and
 * the next one is read.  Else objects, or arrays of them, over any number of
 * lines: read as a stream, up to its first break.
 *
 * An object's keys are those of keys.c.  Values are strings, numbers (their
 * digits are kept as they are written), true and false, arrays of these, and
 * objects, or arrays of objects, that have the value under `name`, `main`,
 * `title`, `text`, `value` or `original`, the first of which counts.  What is
 * nested deeper is passed over, and more than DEPTH_MAX deep is a failure.
 * null is nothing.
 *
 * yajl trusts malloc.  So it allocates from a list of blocks of ours: when
 * memory runs out the parse is left by longjmp and the whole list freed.  Nor
 * does it read half a surrogate pair well: such escapes are made \u0000
 * before it sees them, which is repaired as any NUL is.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <yajl/yajl_parse.h>

#include "../common/base/utf8.h"
#include "charset.h"
#include "reader.h"

enum {
    DEPTH_MAX = 64,
    KEY_LEN = 64,
    CHUNK = 1 << 18,
    PAIR = 12 /* bytes of two escapes */
};

static const char too_long[] = "an object of more than 256 MB";
_Static_assert(RECORD_MAX == 256 * 1024 * 1024, "too_long tells the ceiling");

struct block {
    struct block *next, *before;
    max_align_t data[];
};

struct json {
    struct reading *r;
    yajl_handle yajl;
    struct block *blocks;
    jmp_buf no_memory;
    bool too_big; /* not malloc but our ceiling refused */
    bool line_by_line;
    bool converted;

    int depth;  /* of objects and arrays that are open */
    int base;   /* the depth inside an article's object; 1, in arrays 2 */
    int passed; /* the depth of a nested object at a key of which the value is
                   passed over; 0: none */
    bool taken; /* the nested object has given its value */
    char key_bytes[KEY_LEN];
    struct morgue_str key;
    struct keyed k;
    size_t size;       /* of the article's values */
    uint64_t articles; /* since the line began */
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
    struct block *b = NULL;

    j->too_big = size > (size_t)RECORD_MAX * 2;
    if (!j->too_big)
        b = realloc(old, sizeof *b + size);
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

/* Something that should have been an article. */
static int
no_object(struct json *j)
{
    if (j->line_by_line)
        return stop(j, "not an object");
    j->st = reading_failed(j->r, "not an object", &j->err);
    return j->st == MORGUE_OK;
}

/* A stream is not converted as a whole, so its values are. */
static int
convert_value(struct json *j, struct morgue_str *value)
{
    bool converted;

    if (j->line_by_line || utf8_valid(*value))
        return 1;
    j->st = reading_utf8(j->r, value, NULL, &converted, &j->err);
    j->converted = j->converted || converted;
    return j->st == MORGUE_OK;
}

static int
on_value(struct json *j, struct morgue_str value)
{
    if (j->depth < j->base)
        return no_object(j);
    if (j->key.len == 0 || j->passed || j->depth > j->base + 2)
        return 1;
    j->size += value.len;
    if (j->size > RECORD_MAX)
        return stop(j, too_long);
    if (!convert_value(j, &value))
        return 0;
    j->taken = true;
    j->st = keyed_add(&j->k, &j->r->arena, j->key, value, j->depth > j->base,
                      &j->err);
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
    struct json *j = json;

    return j->depth < j->base ? no_object(j) : 1;
}

static bool
inner_key(struct morgue_str key)
{
    static const char *const good[] = {"name", "main",  "title",
                                       "text", "value", "original"};

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
        j->passed = 0;
        j->taken = false;
    } else if (j->passed == 0 || j->passed == j->depth) {
        bool good = inner_key(str_slice((const char *)s, len));

        j->passed = good && !j->taken ? 0 : j->depth;
    }
    return 1;
}

static int
on_map(void *json)
{
    struct json *j = json;

    if (j->depth == 0)
        j->base = 1;
    if (++j->depth > DEPTH_MAX)
        return stop(j, "nested too deep");
    if (j->depth == j->base) {
        arena_reset(&j->r->arena);
        j->k = (struct keyed){.article = MORGUE_ARTICLE_INIT};
        j->size = 0;
        j->converted = j->converted && j->line_by_line;
    }
    j->taken = j->taken && j->passed;
    return 1;
}

static int
on_map_end(void *json)
{
    struct json *j = json;

    if (j->passed == j->depth)
        j->passed = 0;
    if (j->depth-- != j->base)
        return 1;
    j->key.len = 0;
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

    if (j->depth == 0 && !j->line_by_line)
        j->base = 2;
    else if (j->depth < j->base && !no_object(j))
        return 0;
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
    j->passed = 0;
    j->key.len = 0;
    j->yajl = yajl_alloc(&callbacks, &memory, j);
    yajl_config(j->yajl, yajl_allow_multiple_values, 1);
    yajl_config(j->yajl, yajl_dont_validate_strings, 1);
}

/* Feed bytes; false where the parse stopped. */
static bool
feed(struct json *j, struct morgue_str bytes)
{
    j->complaint = NULL;
    if (setjmp(j->no_memory)) {
        drop_parser(j);
        if (j->too_big)
            stop(j, too_long);
        else
            j->st = error_nomem(&j->err);
        return false;
    }
    if (!j->yajl)
        new_parser(j);
    return yajl_parse(j->yajl, (const unsigned char *)bytes.s, bytes.len) ==
           yajl_status_ok;
}

/* Why the parse of these bytes stopped, in one line behind what is in `out`
 * already. */
static void
explain(struct json *j, struct morgue_str bytes, char *out, size_t size)
{
    unsigned char *volatile text = NULL;
    size_t len = strlen(out);

    if (!j->complaint && !setjmp(j->no_memory))
        text = yajl_get_error(j->yajl, 0, (const unsigned char *)bytes.s,
                              bytes.len);
    if (text)
        text[strcspn((char *)text, "\n")] = '\0';
    snprintf(out + len, size - len, "%s",
             j->complaint ? j->complaint
             : text       ? (char *)text
                          : "not JSON");
}

/* The value of four hexadecimal digits; -1 where there are none. */
static int
hex4(const char *s)
{
    int value = 0;

    for (int i = 0; i < 4; i++) {
        char c = to_lower(s[i]);

        if (!is_digit(c) && (c < 'a' || c > 'f'))
            return -1;
        value = value * 16 + (is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* The code unit that `\uXXXX` at `s` stands for; -1 where it is none. */
static int
escaped_unit(const char *s, size_t len)
{
    return len >= 6 && s[0] == '\\' && s[1] == 'u' ? hex4(s + 2) : -1;
}

/* Make escapes of half a surrogate pair \u0000, in place.  The bytes go on
 * behind `len`, unless they are the last; how many are settled. */
static size_t
mend_pairs(char *s, size_t len, bool last)
{
    size_t i = 0;

    while (i < len) {
        char *at = memchr(s + i, '\\', len - i);
        int u, next;

        if (!at)
            return len;
        i = (size_t)(at - s);
        if (!last && len - i < PAIR)
            return i;
        u = escaped_unit(at, len - i);
        next = u >= 0 ? escaped_unit(at + 6, len - i - 6) : -1;
        if ((u & ~0x3FF) == 0xD800 && (next & ~0x3FF) == 0xDC00) {
            i += PAIR;
            continue;
        }
        if (u >= 0xD800 && u < 0xE000)
            memcpy(at + 2, "0000", 4);
        i += u >= 0 ? 6 : 2;
    }
    return len;
}

/* ---- JSON lines --------------------------------------------------------- */

static enum morgue_status
pass_up(const struct json *j, struct morgue_error *err)
{
    if (err)
        *err = j->err;
    return j->st;
}

/* `going_on`: the parse did not stop, but the line did. */
static enum morgue_status
line_failed(struct json *j, struct morgue_str line, uint64_t number,
            bool going_on, struct morgue_error *err)
{
    char reason[300];

    snprintf(reason, sizeof reason, "line %llu: ", (unsigned long long)number);
    if (going_on)
        j->complaint = "the object does not end";
    explain(j, line, reason, sizeof reason);
    drop_parser(j);
    /* The end of a file that broke off is no failure of its own. */
    if (j->r->in.broken && input_at_end(&j->r->in))
        return MORGUE_OK;
    return reading_failed(j->r, reason, err);
}

static enum morgue_status
read_line(struct json *j, struct morgue_str line, uint64_t number,
          struct morgue_error *err)
{
    enum morgue_status st;
    bool good;

    if (!line.s) {
        stop(j, too_long);
        return line_failed(j, line, number, false, err);
    }
    if (str_trim(line).len == 0)
        return MORGUE_OK;
    st = reading_utf8(j->r, &line, NULL, &j->converted, err);
    if (st || str_trim(line).len == 0)
        return st;
    mend_pairs((char *)line.s, line.len, true); /* in a buffer of ours */
    j->articles = 0;
    good = feed(j, line);
    /* A number or a word might go on: the line's end is its end. */
    if (good && j->depth == 0)
        good = feed(j, STR("\n"));
    if (j->st)
        return pass_up(j, err);
    if (good && j->depth == 0 && j->articles > 0)
        return MORGUE_OK;
    return line_failed(j, line, number, good, err);
}

static enum morgue_status
read_lines(struct json *j, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;
    bool more = true;

    for (uint64_t number = 1; !st && more; number++) {
        st = input_line(&line, &more, &j->r->in, err);
        if (!st && more)
            st = read_line(j, line, number, err);
    }
    return st;
}

/* ---- a stream ----------------------------------------------------------- */

static enum morgue_status
stream_failed(struct json *j, struct morgue_str bytes,
              struct morgue_error *err)
{
    char reason[300];

    if (j->st)
        return pass_up(j, err);
    snprintf(reason, sizeof reason,
             "behind article %llu: ", (unsigned long long)j->r->position);
    explain(j, bytes, reason, sizeof reason);
    drop_parser(j);
    return reading_broken(j->r, reason, err);
}

static enum morgue_status
read_stream(struct json *j, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct input *in = &j->r->in;
    struct morgue_str v = input_view(in);
    bool last;

    if (str_starts(v, STR("\xEF\xBB\xBF")))
        input_take(in, 3);
    for (;;) {
        st = input_need(in, PAIR + 1, err);
        v = input_view(in);
        if (st || v.len == 0)
            break;
        last = in->ended && v.len <= CHUNK;
        if (v.len > CHUNK)
            v.len = CHUNK;
        v.len = mend_pairs((char *)v.s, v.len, last);
        if (!feed(j, v))
            return stream_failed(j, v, err);
        input_take(in, v.len);
    }
    if (!st && j->depth > 0 && !in->broken) {
        stop(j, "the text is cut short");
        st = stream_failed(j, v, err);
    }
    return st;
}

/* Whether all lines are to be taken for themselves: unless the file is an
 * array, or its first object goes on over its first line.  A line that breaks
 * off inside of a string, or before another object, does not go on. */
static enum morgue_status
tell_lines(bool *out, struct reading *r, struct morgue_error *err)
{
    size_t depth = 0;
    bool in_string = false;

    *out = true;
    for (size_t i = 0; i <= RECORD_MAX; i++) {
        enum morgue_status st = input_need(&r->in, i + 2, err);
        struct morgue_str v = input_view(&r->in);
        char c = i < v.len ? v.s[i] : '\0';

        if (st || i >= v.len)
            return st;
        if (depth == 0 && c != '{' && c != '[' && !is_space(c) &&
            (unsigned char)c < 0x80)
            return MORGUE_OK;
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (c == '\n' && in_string)
            return MORGUE_OK;
        else if (in_string)
            continue;
        else if (c == '[' && depth == 0) {
            *out = false;
            return MORGUE_OK;
        } else if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            return MORGUE_OK;
        else if (c == '\n' && depth > 0) {
            *out = i + 1 < v.len && v.s[i + 1] == '{';
            return MORGUE_OK;
        }
    }
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
    st = tell_lines(&j->line_by_line, r, err);
    if (!st)
        st = j->line_by_line ? read_lines(j, err) : read_stream(j, err);
    drop_parser(j);
    free(j);
    return st;
}
