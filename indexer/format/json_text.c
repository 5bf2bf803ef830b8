/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_text.c - a look at the text of JSON before it is parsed
 *
 * An escape that stands for no character, \u0000 or half a surrogate pair, is
 * changed to \ufffd before yajl sees it, which would drop the character that
 * follows.
 *
 * A text is lines where the first line begins with a whole object, or another
 * near it is one.  A first line that is long and begins with a list of records
 * ({"articles": [{) is none: it is read as a stream, so that memory need not
 * hold it.
 */
#include "json.h"

enum {
    LOOK_AHEAD = 1024 * 1024, /* bytes behind the first line */
    LIST_AHEAD = 64 * 1024    /* in which a list of records begins */
};

/* ---- escapes ------------------------------------------------------------ */

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

size_t
json_mend(char *s, size_t len, bool last, bool *mended)
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
            *mended = true;
        }
    }
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

/* The string that begins at *i, which becomes its end; false where it does
 * not end on its line. */
static bool
take_string(struct morgue_str s, size_t *i, struct morgue_str *out)
{
    size_t from = ++*i;

    while (*i < s.len && s.s[*i] != '"' && s.s[*i] != '\n')
        *i += s.s[*i] == '\\' ? 2 : 1;
    if (*i >= s.len || s.s[*i] != '"')
        return false;
    *out = str_slice(s.s + from, *i - from);
    return true;
}

/* Whether the text begins with an object that has a list of records, perhaps
 * in others. */
static bool
begins_list(struct morgue_str s)
{
    struct morgue_str key = {0};
    bool list = false;
    int depth = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.s[i];

        if (list && c == '[')
            return true;
        list = list && (is_space(c) || c == ':');
        if (c == '"') {
            if (!take_string(s, &i, &key))
                return false;
        } else if (c == ':') {
            list = (key_means(NULL, key).flags & KEY_LIST) != 0;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth <= 0) {
            return false;
        }
    }
    return false;
}

/* Have the first line from `from` on in the window, to its end, unless it is
 * a long one with a list in it. */
static enum morgue_status
whole_line(bool *list, struct input *in, size_t from, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str v = input_view(in);
    size_t begin = from;

    *list = false;
    while (!st && !memchr(v.s + from, '\n', v.len - from) && !in->ended &&
           v.len <= RECORD_MAX && !*list) {
        from = v.len;
        st = input_need(in, v.len + 1, err);
        v = input_view(in);
        *list = v.len > LOOK_AHEAD && from <= LOOK_AHEAD &&
                begins_list(str_slice(v.s + begin, LIST_AHEAD));
    }
    return st;
}

enum morgue_status
json_tell_lines(bool *out, struct input *in, struct morgue_error *err)
{
    enum morgue_status st;
    struct morgue_str v = input_view(in), line;
    size_t first = 0;
    bool list;

    *out = false;
    while (first < v.len && is_space(v.s[first]))
        first++;
    if (first < v.len && v.s[first] == '[')
        return MORGUE_OK;
    st = whole_line(&list, in, first, err);
    if (st || list)
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
    *out =
        !begins_list(str_slice(v.s, v.len < LIST_AHEAD ? v.len : LIST_AHEAD));
    v = str_slice(v.s + first, v.len - first);
    while (*out && str_line(&v, &line)) {
        while (line.len > 0 && is_space(line.s[line.len - 1]))
            line.len--;
        if (line.len > 0 && object_len(line) == line.len)
            return MORGUE_OK;
    }
    *out = false;
    return MORGUE_OK;
}
