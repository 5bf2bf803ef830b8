/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_json.c - articles as JSON objects (the only user of yajl)
 *
 * JSON lines: an object on each line; a line that is broken is a failure and
 * the next one is read.  Else one object, several, or an array of them, over
 * any number of lines: read as a stream, up to its first break.  It is lines
 * where the first line begins with a whole object, or another near it is one.
 *
 * An object's keys are those of keys.c.  Values are strings, numbers (their
 * digits are kept as they are written), true and false; objects, which have
 * the value under one of `inner_keys`; and arrays of these.  The elements of
 * an array become lines.  What is nested deeper is passed over, and more than
 * DEPTH_MAX deep is a failure.  null and white space are nothing.
 *
 * An escape that stands for no character, \u0000 or half a surrogate pair, is
 * changed to \ufffd before yajl sees it, which would drop the character that
 * follows.
 *
 * yajl trusts malloc.  So it allocates from a list of blocks of ours: when
 * memory runs out the parse is left by longjmp and the whole list freed.
 * That is sound because yajl has no state but in those blocks.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <yajl/yajl_parse.h>

#include "reader.h"

enum {
    DEPTH_MAX = 64,
    KEY_LEN = 64,
    CHUNK = 256 * 1024,
    LOOK_AHEAD = 1024 * 1024 /* bytes behind the first line */
};

struct block {
    struct block *next, *before;
    max_align_t data[];
};

/* Where the values of a key come from. */
enum shape { PASSED_OVER, OBJECT, ARRAY };

struct json {
    struct reading *r;
    yajl_handle yajl; /* NULL: none yet, or it had an error */
    struct block *blocks;
    jmp_buf no_memory;
    bool line_by_line;
    bool converted; /* this line was in another charset */
    bool mended;    /* escapes were changed, in this article or near it */

    int depth; /* of objects and arrays that are open */
    int base;  /* the depth inside an article's object: 1, in an array 2 */
    char key_bytes[KEY_LEN];
    struct morgue_str key; /* of the article, whose value comes */
    enum shape outer;      /* that value: at depth base + 1 */
    enum shape inner;      /* an element of it, if it is an array */
    size_t element;        /* where its line begins in r->text */
    int inner_rank;        /* of the key of an inner object; 0: none */
    int best;              /* of the inner object's value so far */

    struct keyed k;
    uint64_t articles; /* whole ones since the parse of a line began */
    size_t fed;        /* bytes since the last whole one */
    size_t silent;     /* bytes since yajl last called us */
    enum morgue_status st;
    struct morgue_error err;
    const char *complaint; /* why a callback stopped the parse */
};

/* ---- memory for yajl ---------------------------------------------------- */

static struct block *
block_of(void *p)
{
    return (struct block *)(void *)((char *)p - offsetof(struct block, data));
}

static void
json_free(void *json, void *p)
{
    struct json *j = json;
    struct block *b;

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
    struct block *old = p ? block_of(p) : NULL, *b = NULL;

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
    struct block *next;

    for (struct block *b = j->blocks; b; b = next) {
        next = b->next;
        free(b);
    }
    j->blocks = NULL;
    j->yajl = NULL;
}

/* ---- callbacks: values -------------------------------------------------- */

static int
stop(struct json *j, const char *complaint)
{
    j->complaint = complaint;
    return 0;
}

static int
add(struct json *j, struct morgue_str value, bool several)
{
    j->st = keyed_add(&j->k, j->key, value, several, &j->err);
    return j->st == MORGUE_OK;
}

/* Put `value` on the line of its element, which is what r->text ends in. */
static int
add_element(struct json *j, struct morgue_str value)
{
    struct buf *text = &j->r->text;
    enum field f = FIELD_N;
    int rank;

    buf_cut(text, j->element);
    if (text->len > 0)
        buf_char(text, '\n');
    key_find(j->key, &f, &rank);
    if (j->outer == OBJECT || f == FIELD_BODY) {
        buf_str(text, value);
    } else {
        value = str_trim(value);
        for (size_t i = 0; i < value.len; i++)
            buf_char(text, value.s[i] == '\n' || value.s[i] == '\r'
                               ? ' '
                               : value.s[i]);
    }
    if (text->full)
        return stop(j, "an array that is too long");
    j->st = buf_status(text, &j->err);
    return j->st == MORGUE_OK;
}

static int
on_value(struct json *j, struct morgue_str value)
{
    int level = j->depth - j->base;

    j->silent = 0;
    if (level < 0)
        return stop(j, "not an object");
    if (level == 0)
        return add(j, value, false);
    if (str_trim(value).len == 0)
        return 1;
    if (level == 1 && j->outer == ARRAY) {
        j->element = j->r->text.len;
        return add_element(j, value);
    }
    if ((level == 1 && j->outer == OBJECT) ||
        (level == 2 && j->outer == ARRAY && j->inner == OBJECT)) {
        if (j->inner_rank == 0 || (j->best != 0 && j->inner_rank > j->best))
            return 1;
        j->best = j->inner_rank;
        return add_element(j, value);
    }
    return 1;
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

/* ---- callbacks: objects and arrays -------------------------------------- */

/* Keys under which an object in a value's place has the value, best first:
 * those of newspapers' interfaces, schema.org, WordPress and MongoDB. */
static const char *const inner_keys[] = {"main",  "name",  "text",  "rendered",
                                         "title", "value", "label", "original",
                                         "#text", "$date", "$oid"};

static int
inner_rank(struct morgue_str key)
{
    for (size_t i = 0; i < sizeof inner_keys / sizeof *inner_keys; i++)
        if (str_eq(key, str_of(inner_keys[i])))
            return (int)i + 1;
    return 0;
}

static int
on_key(void *json, const unsigned char *s, size_t len)
{
    struct json *j = json;

    j->silent = 0;
    if (j->depth != j->base) {
        j->inner_rank = inner_rank(str_slice((const char *)s, len));
        return 1;
    }
    if (len > KEY_LEN)
        len = 0;
    memcpy(j->key_bytes, s, len);
    j->key = str_slice(j->key_bytes, len);
    return 1;
}

/* A value begins that is an object or an array, or an element that is. */
static void
begin_value(struct json *j, enum shape shape)
{
    enum field f;
    int rank, level = j->depth - j->base;

    if (level == 1) {
        j->outer = key_find(j->key, &f, &rank) ? shape : PASSED_OVER;
        buf_reset(&j->r->text);
    } else if (level == 2) {
        j->inner = shape;
    }
    if (level == 1 || (level == 2 && j->outer == ARRAY)) {
        j->element = j->r->text.len;
        j->best = j->inner_rank = 0;
    }
}

static int
end_value(struct json *j)
{
    if (j->depth != j->base || j->outer == PASSED_OVER)
        return 1;
    return add(j, buf_view(&j->r->text), j->outer == ARRAY);
}

static bool
has_replacement(const struct morgue_article *a)
{
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        for (const char *at = s.s; at; at++) {
            at = s.len < 3 ? NULL
                           : memchr(at, '\xEF', (size_t)(s.s + s.len - at));
            if (!at || s.s + s.len - at < 3)
                break;
            if (at[1] == '\xBF' && at[2] == '\xBD')
                return true;
        }
    }
    return false;
}

static int
end_article(struct json *j)
{
    unsigned how = j->converted ? READ_CONVERTED : 0;

    if (j->mended && has_replacement(&j->k.article))
        how |= READ_REPAIRED;
    j->articles++;
    j->fed = 0;
    j->st = keyed_end(&j->k, how, &j->err);
    return j->st == MORGUE_OK;
}

static int
on_map(void *json)
{
    struct json *j = json;

    j->silent = 0;
    if (++j->depth > DEPTH_MAX)
        return stop(j, "nested too deep");
    if (j->depth == j->base)
        keyed_begin(&j->k, j->r);
    else
        begin_value(j, OBJECT);
    return 1;
}

static int
on_map_end(void *json)
{
    struct json *j = json;

    j->silent = 0;
    return --j->depth == j->base - 1 ? end_article(j) : end_value(j);
}

static int
on_array(void *json)
{
    struct json *j = json;

    j->silent = 0;
    if (j->depth == 0 && !j->line_by_line)
        j->base = 2;
    else if (j->depth < j->base)
        return stop(j, "an array, not an object");
    if (++j->depth > DEPTH_MAX)
        return stop(j, "nested too deep");
    begin_value(j, ARRAY);
    return 1;
}

static int
on_array_end(void *json)
{
    struct json *j = json;

    j->silent = 0;
    if (--j->depth == 0) {
        j->base = 1;
        return 1;
    }
    return end_value(j);
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

    j->depth = 0;
    j->base = 1;
    j->complaint = NULL;
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

/* The code unit of the \uXXXX at `s`, which has 6 bytes; -1 for none. */
static long
escaped_unit(const char *s)
{
    long u = 0;

    if (s[0] != '\\' || s[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        char c = to_lower(s[i]);

        if (!is_digit(c) && (c < 'a' || c > 'f'))
            return -1;
        u = u * 16 + (is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return u;
}

/* Mend escapes that stand for no character, in place.  What is returned of
 * `len` can be fed: the rest is an escape that may go on behind it, unless
 * this is `last`. */
static size_t
mend(struct json *j, char *s, size_t len, bool last)
{
    size_t i = 0;

    for (;;) {
        char *at = memchr(s + i, '\\', len - i);
        long u, low = -1;

        if (!at)
            return len;
        i = (size_t)(at - s);
        if (len - i < 12 && !last)
            return i;
        u = len - i >= 6 ? escaped_unit(at) : -1;
        if (u < 0) {
            i += 2;
            if (i >= len)
                return len;
            continue;
        }
        i += 6;
        if (u >= 0xD800 && u < 0xDC00 && len - i >= 6)
            low = escaped_unit(s + i);
        if (low >= 0xDC00 && low < 0xE000) {
            i += 6;
        } else if (u == 0 || (u >= 0xD800 && u < 0xE000)) {
            memcpy(at, "\\ufffd", 6);
            j->mended = true;
        }
    }
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
    j->articles = 0;
    /* Both the window and the scratch buffer are ours to write to. */
    mend(j, (char *)line.s, line.len, true);
    good = feed(j, line);
    whole = j->depth == 0 && j->articles > 0;
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
    out->len = mend(j, (char *)out->s, out->len,
                    in->ended && out->len == input_view(in).len);
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

/* ---- lines or a stream -------------------------------------------------- */

/* The length of the object that a line begins with; 0 where it begins with
 * none, or does not close what it opens. */
static size_t
object_len(struct morgue_str line)
{
    bool in_string = false;
    size_t depth = 0;

    if (line.len == 0 || line.s[0] != '{')
        return 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.s[i];

        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            depth++;
        else if (!in_string && (c == '}' || c == ']') && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* Have the first line from `from` on in the window, to its end. */
static enum morgue_status
whole_line(struct input *in, size_t from, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str v = input_view(in);

    while (!st && !memchr(v.s + from, '\n', v.len - from) && !in->ended &&
           v.len <= RECORD_MAX) {
        from = v.len;
        st = input_need(in, v.len + 1, err);
        v = input_view(in);
    }
    return st;
}

static enum morgue_status
tell_lines(bool *out, struct input *in, struct morgue_error *err)
{
    enum morgue_status st;
    struct morgue_str v = input_view(in), line;
    size_t first = 0;

    *out = false;
    while (first < v.len && is_space(v.s[first]))
        first++;
    if (first < v.len && v.s[first] == '[')
        return MORGUE_OK;
    st = whole_line(in, first, err);
    if (st)
        return st;
    *out = true;
    v = input_view(in);
    v = str_slice(v.s + first, v.len - first);
    if (!str_line(&v, &line) || v.len == 0 || object_len(line) > 0)
        return MORGUE_OK;
    first += line.len;
    st = input_need(in, first + LOOK_AHEAD, err);
    if (st)
        return st;
    v = input_view(in);
    v = str_slice(v.s + first, v.len - first);
    while (str_line(&v, &line)) {
        while (line.len > 0 && is_space(line.s[line.len - 1]))
            line.len--;
        if (line.len > 0 && object_len(line) == line.len)
            return MORGUE_OK;
    }
    *out = false;
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
    st = tell_lines(&j->line_by_line, &r->in, err);
    r->unsure = !j->line_by_line;
    if (!st)
        st = j->line_by_line ? read_lines(j, err) : read_stream(j, err);
    drop_parser(j);
    free(j);
    return st;
}
