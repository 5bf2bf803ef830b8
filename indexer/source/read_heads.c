/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_heads.c - an article as a text file with heads
 *
 *     Title: Council votes on the bridge
 *     Date: 3 May 1934
 *     Topics: bridges; roads
 *     Summary: a line that begins with white space
 *         continues the one before
 *
 *     The council ...
 *
 * Heads are the lines up to the first blank one, all of them `Key: value`, and
 * the keys of at least two must be known (keys.c).  ";" stands between several
 * authors, places or topics.  Subject and From are the title and the author,
 * as in mail (read_mail.c).  A head `Charset: x` or
 * `Content-Type: ...; charset=x` declares the charset.  What follows is the
 * body, byte for byte, without blank lines around it.
 */
#include "reader.h"

enum { HEAD_LINES_MAX = 200, HEAD_KEY_MAX = 40 };

static struct morgue_str
without_blank_lines(struct morgue_str text)
{
    struct morgue_str rest = text, line;

    while (str_line(&rest, &line) && str_trim(line).len == 0)
        text = rest;
    while (text.len > 0 && is_space(text.s[text.len - 1]))
        text.len--;
    return text;
}

/* Cut `Key: value`; a key is letters, digits, "-", "_" and inner spaces. */
static bool
cut_head(struct morgue_str line, struct morgue_str *key,
         struct morgue_str *value)
{
    const char *colon = line.len > 0 ? memchr(line.s, ':', line.len) : NULL;
    size_t len = colon ? (size_t)(colon - line.s) : 0;
    enum field f;
    int rank;

    if (len == 0 || len > HEAD_KEY_MAX || is_space(line.s[0]))
        return false;
    *key = str_trim(str_slice(line.s, len));
    for (size_t i = 0; i < key->len; i++)
        if (!is_alpha(key->s[i]) && !is_digit(key->s[i]) &&
            !(key->s[i] & 0x80) && !strchr("-_ ", key->s[i]))
            return false;
    *value = str_slice(colon + 1, line.len - len - 1);
    if (value->len > 0 && !is_space(value->s[0]) && !key_find(*key, &f, &rank))
        return false; /* 10:30, http://... */
    *value = str_trim(*value);
    return true;
}

/* Whether the key has a meaning in heads. */
static bool
is_known(struct morgue_str key)
{
    enum field f;
    int rank;

    return key_find(key, &f, &rank) || str_eq_nocase(key, STR("from"));
}

bool
looks_like_heads(struct morgue_str text)
{
    struct morgue_str line, key, value;
    int known = 0;

    text = without_blank_lines(text);
    for (int i = 0; i < HEAD_LINES_MAX && str_line(&text, &line); i++) {
        if (str_trim(line).len == 0)
            break;
        if (is_space(line.s[0]) && i > 0)
            continue;
        /* The last line may be cut by the end of what was looked at. */
        if (!cut_head(line, &key, &value))
            return text.len == 0 && known >= 2;
        known += is_known(key);
    }
    return known >= 2;
}

struct morgue_str
heads_charset(struct morgue_str text)
{
    struct morgue_str line, key, value, none = STR("");

    if (!looks_like_heads(text))
        return none;
    text = without_blank_lines(text);
    while (str_line(&text, &line) && str_trim(line).len > 0) {
        size_t at = 0, len = 0;

        if (!cut_head(line, &key, &value))
            continue;
        if (str_eq_nocase(key, STR("charset")) ||
            str_eq_nocase(key, STR("encoding")))
            return value;
        if (!str_eq_nocase(key, STR("content-type")))
            continue;
        while (at + 8 <= value.len &&
               !str_eq_nocase(str_slice(value.s + at, 8), STR("charset=")))
            at++;
        at += at + 8 < value.len && value.s[at + 8] == '"' ? 9 : 8;
        while (at + len < value.len && !strchr("\"; ", value.s[at + len]))
            len++;
        return len > 0 ? str_slice(value.s + at, len) : none;
    }
    return none;
}

/* What mail calls title and author. */
static struct morgue_str
known_key(struct morgue_str key)
{
    if (str_eq_nocase(key, STR("subject")))
        return STR("title");
    if (str_eq_nocase(key, STR("from")))
        return STR("author");
    return key;
}

/* The value of a head with the lines that continue it, in r->text. */
static enum morgue_status
whole_value(struct reading *r, struct morgue_str *value,
            struct morgue_str *rest, struct morgue_error *err)
{
    struct morgue_str line, after = *rest;
    enum morgue_status st;

    buf_reset(&r->text);
    buf_str(&r->text, *value);
    while (str_line(&after, &line) && line.len > 0 && is_space(line.s[0]) &&
           str_trim(line).len > 0) {
        buf_char(&r->text, ' ');
        buf_str(&r->text, str_trim(line));
        *rest = after;
    }
    st = buf_status(&r->text, err);
    *value = buf_view(&r->text);
    return st;
}

enum morgue_status
read_heads(struct reading *r, struct morgue_error *err)
{
    struct keyed k;
    struct morgue_str text, rest, line, key, value, body;
    unsigned how;
    enum morgue_status st = read_whole(&text, &how, r, err);

    if (st || !text.s)
        return st;
    if (!looks_like_heads(text))
        return reading_failed(r, 1, "does not begin with `Key: value` lines",
                              err);
    keyed_begin(&k, r);
    rest = without_blank_lines(text);
    while (!st && str_line(&rest, &line) && str_trim(line).len > 0) {
        if (!cut_head(line, &key, &value))
            continue;
        st = whole_value(r, &value, &rest, err);
        if (!st)
            st = keyed_add_list(&k, known_key(key), value, err);
    }
    if (st)
        return st;
    body = without_blank_lines(rest);
    if (body.len > 0)
        st = keyed_add(&k, STR("body"), body, false, err);
    return st ? st : keyed_end(&k, how, err);
}
