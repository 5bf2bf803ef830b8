/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heads.c - lines `Key: value` that a text begins with
 */
#include "heads.h"

enum { HEAD_LINES_MAX = 200, HEAD_KEY_MAX = 40 };

struct morgue_str
heads_trim(struct morgue_str text)
{
    struct morgue_str rest = text, line;

    while (str_line(&rest, &line) && str_trim(line).len == 0)
        text = rest;
    while (text.len > 0 && is_space(text.s[text.len - 1]))
        text.len--;
    return text;
}

bool
heads_cut(struct morgue_str line, struct morgue_str *key,
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
heads_begin(struct morgue_str text)
{
    struct morgue_str line, key, value;
    int known = 0;

    text = heads_trim(text);
    for (int i = 0; i < HEAD_LINES_MAX && str_line(&text, &line); i++) {
        if (str_trim(line).len == 0)
            break;
        if (is_space(line.s[0]) && i > 0)
            continue;
        /* The last line may be cut by the end of what was looked at. */
        if (!heads_cut(line, &key, &value))
            return text.len == 0 && known >= 2;
        known += is_known(key);
    }
    return known >= 2;
}

struct morgue_str
heads_charset(struct morgue_str text)
{
    struct morgue_str line, key, value, none = STR("");

    if (!heads_begin(text))
        return none;
    text = heads_trim(text);
    while (str_line(&text, &line) && str_trim(line).len > 0) {
        size_t at = 0, len = 0;

        if (!heads_cut(line, &key, &value))
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
