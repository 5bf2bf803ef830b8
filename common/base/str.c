/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * str.c - counted bytes
 */
#include "str.h"

struct morgue_str
str_trim(struct morgue_str s)
{
    while (s.len > 0 && is_space(s.s[s.len - 1]))
        s.len--;
    while (s.len > 0 && is_space(s.s[0])) {
        s.s++;
        s.len--;
    }
    return s;
}

bool
str_eq_nocase(struct morgue_str a, struct morgue_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (to_lower(a.s[i]) != to_lower(b.s[i]))
            return false;
    return true;
}

bool
str_starts(struct morgue_str s, struct morgue_str prefix)
{
    return s.len >= prefix.len &&
           (prefix.len == 0 || memcmp(s.s, prefix.s, prefix.len) == 0);
}

size_t
str_find(struct morgue_str s, size_t from, struct morgue_str needle)
{
    while (from + needle.len <= s.len) {
        const char *at = memchr(s.s + from, needle.s[0], s.len - from);

        if (!at)
            break;
        from = (size_t)(at - s.s);
        if (str_starts(str_slice(at, s.len - from), needle))
            return from;
        from++;
    }
    return s.len;
}

bool
str_starts_nocase(struct morgue_str s, struct morgue_str prefix)
{
    return s.len >= prefix.len &&
           str_eq_nocase(str_slice(s.s, prefix.len), prefix);
}

size_t
str_find_nocase(struct morgue_str s, size_t from, struct morgue_str needle)
{
    char first = needle.s[0];

    for (; from + needle.len <= s.len; from++) {
        if (!is_alpha(first)) {
            const char *at = memchr(s.s + from, first, s.len - from);

            if (!at)
                break;
            from = (size_t)(at - s.s);
        }
        if (str_starts_nocase(str_slice(s.s + from, s.len - from), needle))
            return from;
    }
    return s.len;
}

size_t
str_words_n(struct morgue_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += !is_space(s.s[i]) && (i == 0 || is_space(s.s[i - 1]));
    return n;
}

struct morgue_str
str_word(struct morgue_str *rest)
{
    struct morgue_str word;
    size_t n = 0;

    *rest = str_trim(*rest);
    while (n < rest->len && !is_space(rest->s[n]))
        n++;
    word = str_slice(rest->s, n);
    *rest = str_slice(rest->s + n, rest->len - n);
    return word;
}

bool
str_line(struct morgue_str *rest, struct morgue_str *line)
{
    size_t i = 0;

    if (rest->len == 0)
        return false;
    while (i < rest->len && rest->s[i] != '\n' && rest->s[i] != '\r')
        i++;
    *line = str_slice(rest->s, i);
    if (i + 1 < rest->len && rest->s[i] == '\r' && rest->s[i + 1] == '\n')
        i++;
    if (i < rest->len)
        i++;
    *rest = str_slice(rest->s + i, rest->len - i);
    return true;
}
