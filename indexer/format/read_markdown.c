/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_markdown.c - an article as a text with front matter, as the makers of
 * sites (Jekyll, Hugo and others) and writers keep them
 *
 *     ---                                +++
 *     title: "Bridge: shut"              title = "Bridge: shut"
 *     date: 2014-07-03 # the day         date = 2014-07-03
 *     authors:                           authors = ["Una Reid", 'Nils Aas']
 *       - Una Reid                       [taxonomies]
 *       - name: Nils Aas                 tags = ["bridges"]
 *     tags: [bridges, "roads, old"]      +++
 *     ---
 *     # Bridge: shut
 *
 *     Cars take the lower road.
 *
 * YAML between lines of three dashes (the last may be three dots), TOML
 * between such of plus signs.  Of both what such files have: strings, plain or
 * in quotes, over several lines (| and >, three quotes), lists within brackets
 * or on lines, and what is one level down: the `name` of an author, and other
 * keys, which mean what they do at the top where that around them means
 * nothing.  Keys mean what they do in JSON
 * (key_table.c, the user's map).  What cannot be read so is passed over.
 *
 * The rest is the body, of which headings lose their signs; the first one is
 * the title where there is none, and goes where it says the same.  In fenced
 * code all stays.  A draft is skipped.  Other marks of Markdown stay as they
 * are.  Linear.
 */
#include "../keys/keyed.h"
#include "../reading/format.h"
#include "heads.h"
#include "markdown.h"
#include "whole.h"

enum { FRONT_LINES_MAX = 2000, PARENT_MAX = 100 };

struct front {
    struct keyed k;
    struct reading *r;
    struct morgue_str rest; /* lines that were not read */
    bool toml;
    bool draft;
    char parent[PARENT_MAX]; /* the key around those that are one level down */
    struct buf raw;          /* a value as it is written, on one line */
    struct buf value;        /* lines of the value at hand */
    size_t values;           /* how many they are */
    struct morgue_error *err;
};

/* ---- lines -------------------------------------------------------------- */

static bool
is_fence(struct morgue_str line, const char *fence)
{
    while (line.len > 0 && is_space(line.s[line.len - 1]))
        line.len--;
    return str_eq(line, str_of(fence));
}

static bool
is_end(struct morgue_str line, bool toml)
{
    return toml ? is_fence(line, "+++")
                : is_fence(line, "---") || is_fence(line, "...");
}

static size_t
indent_of(struct morgue_str line)
{
    size_t n = 0;

    while (n < line.len && (line.s[n] == ' ' || line.s[n] == '\t'))
        n++;
    return n;
}

static struct morgue_str
behind(struct morgue_str s, size_t n)
{
    return str_slice(s.s + n, s.len - n);
}

/* The next line, without taking it. */
static bool
peek(const struct front *f, struct morgue_str *line, struct morgue_str *after)
{
    *after = f->rest;
    return str_line(after, line) && !is_end(*line, f->toml);
}

/* ---- values ------------------------------------------------------------- */

/* Where the string in quotes that `s` begins with ends, behind its quote;
 * s.len where it does not. */
static size_t
quoted_end(struct morgue_str s)
{
    char quote = s.s[0];

    for (size_t i = 1; i < s.len; i++) {
        if (s.s[i] == '\\' && quote == '"')
            i++;
        else if (s.s[i] == quote && i + 1 < s.len && s.s[i + 1] == quote &&
                 quote == '\'')
            i++;
        else if (s.s[i] == quote)
            return i + 1;
    }
    return s.len;
}

/* A plain value ends before a comment; a list ends itself. */
static struct morgue_str
without_comment(struct morgue_str s)
{
    if (s.len > 0 && (s.s[0] == '[' || s.s[0] == '{'))
        return s;
    for (size_t i = 0; i < s.len; i++) {
        if (i == 0 && (s.s[0] == '"' || s.s[0] == '\''))
            i = quoted_end(s) - 1;
        else if (s.s[i] == '#' && (i == 0 || is_space(s.s[i - 1])))
            s.len = i;
    }
    return str_trim(s);
}

/* Write what stands in double quotes; a line end becomes a space. */
static void
put_escaped(struct buf *out, struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.s[i];

        if (c == '\\' && i + 1 < s.len) {
            c = s.s[++i];
            c = c == 'n' || c == 't' || c == 'r' ? ' ' : c;
        }
        buf_char(out, c);
    }
}

/* Add a value, with or without quotes, on a line of its own. */
static void
add_scalar(struct front *f, struct morgue_str s)
{
    struct buf *out = &f->value;
    size_t end;

    s = str_trim(s);
    if (s.len == 0 ||
        (!f->toml && (str_eq(s, STR("~")) || str_eq_nocase(s, STR("null")))))
        return;
    if (f->values++ > 0)
        buf_char(out, '\n');
    if (s.s[0] != '"' && s.s[0] != '\'') {
        buf_str(out, s);
        return;
    }
    end = quoted_end(s);
    end = end > 1 && s.s[end - 1] == s.s[0] ? end - 1 : end;
    if (s.s[0] == '"') {
        put_escaped(out, str_slice(s.s + 1, end - 1));
        return;
    }
    for (size_t i = 1; i < end; i++) {
        buf_char(out, s.s[i]);
        i += s.s[i] == '\'' && i + 1 < end && s.s[i + 1] == '\'';
    }
}

/* Cut `key: value` or `key = value`; the key may be in quotes. */
static bool
cut_pair(struct morgue_str s, char sign, struct morgue_str *key,
         struct morgue_str *value)
{
    size_t at = 0;

    s = str_trim(s);
    if (s.len > 0 && (s.s[0] == '"' || s.s[0] == '\''))
        at = quoted_end(s);
    while (at < s.len && s.s[at] != sign && s.s[at] != '"' && s.s[at] != '[' &&
           s.s[at] != '{')
        at++;
    if (at == 0 || at >= s.len || s.s[at] != sign ||
        (sign == ':' && at + 1 < s.len && !is_space(s.s[at + 1])))
        return false;
    *key = str_trim(str_slice(s.s, at));
    if (key->len >= 2 && (key->s[0] == '"' || key->s[0] == '\''))
        *key = str_slice(key->s + 1, key->len - 2);
    *value = str_trim(behind(s, at + 1));
    return key->len > 0 && key->len <= KEY_MAX;
}

static bool
is_name(struct morgue_str key)
{
    return str_eq_nocase(key, STR("name")) ||
           str_eq_nocase(key, STR("title")) ||
           str_eq_nocase(key, STR("label"));
}

/* Add an element of a list: a value, or the name in `{name: X, ...}`. */
static void
add_element(struct front *f, struct morgue_str s)
{
    struct morgue_str key, value;

    s = str_trim(s);
    if (s.len > 1 && s.s[0] == '{') {
        for (size_t from = 1, i = 1; i < s.len; i++) {
            if (s.s[i] == '"' || s.s[i] == '\'')
                i += quoted_end(behind(s, i)) - 1;
            else if (s.s[i] == ',' || s.s[i] == '}') {
                if (cut_pair(str_slice(s.s + from, i - from),
                             f->toml ? '=' : ':', &key, &value) &&
                    is_name(key))
                    add_scalar(f, value);
                from = i + 1;
            }
        }
        return;
    }
    add_scalar(f, s);
}

/* The elements of a list in brackets, which may go on over lines. */
static void
add_list(struct front *f, struct morgue_str s)
{
    struct morgue_str line = s, after = f->rest;
    size_t from = 1, depth = 0;

    /* Lines of the front matter follow each other in memory. */
    for (size_t i = 0;; i++) {
        while (i >= line.len) {
            if (!str_line(&after, &line) || is_end(line, f->toml))
                return;
            s.len = (size_t)(line.s + line.len - s.s);
            i = from = (size_t)(line.s - s.s) < from ? from : i;
            line = s;
            f->rest = after;
            if (i >= s.len)
                continue;
        }
        if (s.s[i] == '"' || s.s[i] == '\'') {
            i += quoted_end(behind(line, i)) - 1;
        } else if (s.s[i] == '[' || s.s[i] == '{') {
            depth++;
        } else if (depth == 1 && (s.s[i] == ',' || s.s[i] == ']')) {
            add_element(f, str_slice(s.s + from, i - from));
            from = i + 1;
        }
        if ((s.s[i] == ']' || s.s[i] == '}') && --depth == 0)
            return;
    }
}

/* ---- keys --------------------------------------------------------------- */

static bool
is_known(struct morgue_str key)
{
    enum field field;
    int rank;

    return key_find(key, &field, &rank);
}

/* Put the value at hand to its key, which may be one level down. */
static enum morgue_status
put_value(struct front *f, struct morgue_str key)
{
    struct morgue_str parent = str_of(f->parent);
    enum morgue_status st = buf_status(&f->value, f->err);
    struct buf path;

    if (st)
        return st;
    if (str_eq_nocase(key, STR("draft")) &&
        str_eq_nocase(buf_view(&f->value), STR("true")))
        f->draft = true;
    if (parent.len == 0 ||
        (is_known(key) &&
         (!is_known(parent) || str_eq_nocase(parent, STR("extra")))))
        return keyed_add(&f->k, key, buf_view(&f->value), f->values > 1,
                         f->err);
    if (is_name(key))
        return keyed_add(&f->k, parent, buf_view(&f->value), f->values > 1,
                         f->err);
    buf_init(&path, KEY_MAX + PARENT_MAX + 1);
    buf_str(&path, parent);
    buf_char(&path, '.');
    buf_str(&path, key);
    st = buf_status(&path, f->err);
    if (!st)
        st = keyed_add(&f->k, buf_view(&path), buf_view(&f->value),
                       f->values > 1, f->err);
    buf_free(&path);
    return st;
}

static void
set_parent(struct front *f, struct morgue_str key)
{
    size_t n = key.len < PARENT_MAX ? key.len : 0;

    memcpy(f->parent, key.s, n);
    f->parent[n] = '\0';
}

static void
begin_value(struct front *f)
{
    buf_reset(&f->value);
    f->values = 0;
}

/* ---- YAML --------------------------------------------------------------- */

/* A text on the lines below that are indented: `folded`: each line end is a
 * space. */
static void
add_block(struct front *f, bool folded)
{
    struct morgue_str line, after;

    f->values = 1;
    while (peek(f, &line, &after) &&
           (indent_of(line) > 0 || str_is_blank(line))) {
        if (f->value.len > 0)
            buf_char(&f->value, folded ? ' ' : '\n');
        buf_str(&f->value, str_trim(line));
        f->rest = after;
    }
}

/* A value with the lines below that continue it. */
static void
add_lines(struct front *f, struct morgue_str value)
{
    struct morgue_str line, after;

    buf_reset(&f->raw);
    buf_str(&f->raw, value);
    while (peek(f, &line, &after) && indent_of(line) > 0 &&
           !str_is_blank(line)) {
        buf_char(&f->raw, ' ');
        buf_str(&f->raw, str_trim(line));
        f->rest = after;
    }
    f->value.nomem |= f->raw.nomem;
    add_element(f, buf_view(&f->raw));
}

static void
add_value(struct front *f, struct morgue_str value)
{
    if (value.len > 0 && value.s[0] == '[')
        add_list(f, value);
    else
        add_element(f, value);
}

/* What stands below a key without a value: a list, or keys one level down. */
static enum morgue_status
read_below(struct front *f, struct morgue_str key)
{
    struct morgue_str line, after, sub, value;
    enum morgue_status st = MORGUE_OK;
    bool list = false, named = false;

    set_parent(f, key);
    while (!st && peek(f, &line, &after)) {
        struct morgue_str s = str_trim(line);
        bool item = s.len > 1 && s.s[0] == '-' && is_space(s.s[1]);

        if (s.len > 0 && indent_of(line) == 0 && !item && s.s[0] != '#')
            break;
        f->rest = after;
        if (s.len == 0 || s.s[0] == '#')
            continue;
        list |= item;
        if (item) {
            s = str_trim(behind(s, 1));
            named = false;
        }
        s = without_comment(s);
        if (!cut_pair(s, ':', &sub, &value)) {
            if (item)
                add_value(f, s);
        } else if (list) { /* of what has parts, the name */
            if (!named && is_name(sub)) {
                add_scalar(f, value);
                named = true;
            }
        } else {
            begin_value(f);
            add_value(f, value);
            st = put_value(f, sub);
            begin_value(f);
        }
    }
    f->parent[0] = '\0';
    return st || !list ? st : put_value(f, key);
}

static enum morgue_status
read_yaml_line(struct front *f, struct morgue_str line)
{
    struct morgue_str key, value;

    begin_value(f);
    if (indent_of(line) > 0 || !cut_pair(line, ':', &key, &value))
        return MORGUE_OK;
    value = without_comment(value);
    if (value.len == 0)
        return read_below(f, key);
    if (value.s[0] == '|' || value.s[0] == '>')
        add_block(f, value.s[0] == '>');
    else if (value.s[0] == '[')
        add_list(f, value);
    else
        add_lines(f, value);
    return put_value(f, key);
}

/* ---- TOML --------------------------------------------------------------- */

/* A string in three quotes, over lines. */
static void
add_long(struct front *f, struct morgue_str value)
{
    struct morgue_str quotes = str_slice(value.s, 3), line, after;
    size_t end;

    f->values = 1;
    value = behind(value, 3);
    for (;;) {
        end = str_find(value, 0, quotes);
        if (f->value.len > 0)
            buf_char(&f->value, '\n');
        buf_str(&f->value, str_slice(value.s, end));
        if (end < value.len || !peek(f, &line, &after))
            return;
        f->rest = after;
        value = line;
    }
}

static enum morgue_status
read_toml_line(struct front *f, struct morgue_str line)
{
    struct morgue_str key, value;

    begin_value(f);
    line = str_trim(line);
    if (line.len > 1 && line.s[0] == '[') {
        while (line.len > 0 && line.s[0] == '[')
            line = behind(line, 1);
        line.len = str_find(line, 0, STR("]"));
        set_parent(f, str_trim(line));
        return MORGUE_OK;
    }
    if (!cut_pair(line, '=', &key, &value) || value.len == 0)
        return MORGUE_OK;
    if (str_starts(value, STR("\"\"\"")) || str_starts(value, STR("'''")))
        add_long(f, value);
    else
        add_value(f, without_comment(value));
    return put_value(f, key);
}

/* ---- the body ----------------------------------------------------------- */

/* The line without the signs of a heading; false where it goes. */
static bool
plain_line(struct morgue_str *line, struct morgue_str before, bool *code)
{
    struct morgue_str s = str_trim(*line);

    if (str_starts(s, STR("```")) || str_starts(s, STR("~~~")))
        *code = !*code;
    if (*code)
        return true;
    if (markdown_underline(s) && !str_is_blank(before))
        return false;
    markdown_heading(s, line);
    return true;
}

/* Take the title off the body, where it has one at its top. */
static enum morgue_status
take_title(struct front *f, struct morgue_str *body)
{
    const struct morgue_article *a = &f->k.article;
    struct morgue_str rest = *body, line, after, title;

    if (!str_line(&rest, &line))
        return MORGUE_OK;
    after = rest;
    if (!markdown_heading(line, &title)) {
        title = str_trim(line);
        if (!str_line(&after, &line) || !markdown_underline(line))
            return MORGUE_OK;
        rest = after;
    }
    if (a->title.len > 0 && !str_eq_nocase(a->title, title))
        return MORGUE_OK;
    *body = heads_trim(rest);
    return a->title.len > 0
               ? MORGUE_OK
               : keyed_add(&f->k, STR("title"), title, false, f->err);
}

static enum morgue_status
put_body(struct front *f)
{
    struct morgue_str body = heads_trim(f->rest), line, before = STR("");
    enum morgue_status st = take_title(f, &body);
    bool code = false;

    begin_value(f);
    while (!st && str_line(&body, &line)) {
        struct morgue_str written = line;

        if (plain_line(&line, before, &code)) {
            buf_str(&f->value, line);
            buf_char(&f->value, '\n');
        }
        before = written;
    }
    if (!st)
        st = buf_status(&f->value, f->err);
    if (!st && !str_is_blank(buf_view(&f->value)))
        st = keyed_add(&f->k, STR("body"), heads_trim(buf_view(&f->value)),
                       false, f->err);
    return st;
}

/* ---- the file ----------------------------------------------------------- */

/* Whether a text begins with front matter that has a key that is known. */
static bool
looks_like_front(struct morgue_str head)
{
    struct morgue_str line, key, value;
    bool toml, known = false;

    if (!str_line(&head, &line))
        return false;
    toml = is_fence(line, "+++");
    if (!toml && !is_fence(line, "---"))
        return false;
    for (int i = 0; i < FRONT_LINES_MAX && str_line(&head, &line); i++) {
        if (is_end(line, toml))
            return known;
        known |= indent_of(line) == 0 &&
                 cut_pair(line, toml ? '=' : ':', &key, &value) &&
                 is_known(key);
    }
    return false;
}

static enum morgue_status
read_front(struct front *f)
{
    struct morgue_str line;
    enum morgue_status st = MORGUE_OK;

    (void)str_line(&f->rest, &line);
    f->toml = is_fence(line, "+++");
    while (!st && str_line(&f->rest, &line) && !is_end(line, f->toml)) {
        struct morgue_str s = str_trim(line);

        if (s.len == 0 || s.s[0] == '#')
            continue;
        st = f->toml ? read_toml_line(f, line) : read_yaml_line(f, line);
    }
    return st ? st : put_body(f);
}

static enum morgue_status
read_markdown(struct reading *r, struct morgue_error *err)
{
    struct front f = {.r = r, .err = err};
    unsigned how;
    enum morgue_status st = whole_read(&f.rest, &how, r, err);

    if (st || !f.rest.s)
        return st;
    if (!looks_like_front(f.rest))
        return reading_failed(r, 1, "does not begin with front matter", err);
    buf_init(&f.value, RECORD_MAX);
    buf_init(&f.raw, RECORD_MAX);
    keyed_begin(&f.k, r);
    st = read_front(&f);
    if (!st && f.draft)
        st = reading_skipped(r, &f.k.article, "a draft", err);
    else if (!st)
        st = keyed_end(&f.k, how, err);
    buf_free(&f.value);
    buf_free(&f.raw);
    return st;
}

const struct format format_markdown = {
    .name = "markdown",
    .what = "text with front matter (--- or +++)",
    .plain = true,
    .tell = looks_like_front,
    .read = read_markdown,
};
