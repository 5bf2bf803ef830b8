/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * str.h - counted bytes: small things done with struct morgue_str
 */
#ifndef MORGUE_BASE_STR_H
#define MORGUE_BASE_STR_H

#include <string.h>

#include "../morgue.h"

/** A string literal as counted bytes. */
#define STR(literal)                                                          \
    ((struct morgue_str){.s = (literal), .len = sizeof(literal) - 1})

static inline struct morgue_str
str_of(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

static inline struct morgue_str
str_slice(const char *s, size_t len)
{
    return (struct morgue_str){.s = s, .len = len};
}

static inline bool
str_eq(struct morgue_str a, struct morgue_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}

/** The order by unsigned bytes, a prefix first: below, at or above 0. */
static inline int
str_compare(struct morgue_str a, struct morgue_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.s, b.s, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static inline bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool
is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char
to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/** What a hexadecimal digit stands for; -1: it is none. */
static inline int
hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    c = to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** Without the ASCII white space at both ends. */
struct morgue_str str_trim(struct morgue_str s);

/** Whether there is nothing but ASCII white space; quick where text begins
 *  with something else. */
static inline bool
str_is_blank(struct morgue_str s)
{
    size_t i = 0;

    while (i < s.len && is_space(s.s[i]))
        i++;
    return i == s.len;
}

/** Whether the letters are the same but for ASCII case. */
bool str_eq_nocase(struct morgue_str a, struct morgue_str b);

/** Whether `s` begins with `prefix`. */
bool str_starts(struct morgue_str s, struct morgue_str prefix);

/** Where `needle`, which is not empty, begins in `s` at or behind `from`;
 *  s.len where it does not. */
size_t str_find(struct morgue_str s, size_t from, struct morgue_str needle);

/** The same but for ASCII case. */
bool str_starts_nocase(struct morgue_str s, struct morgue_str prefix);

/** As str_find, but for ASCII case. */
size_t str_find_nocase(struct morgue_str s, size_t from,
                       struct morgue_str needle);

/** Whether `part`, which is not empty, stands somewhere in `s`, but for ASCII
 *  case. */
static inline bool
str_has_nocase(struct morgue_str s, struct morgue_str part)
{
    return part.len <= s.len && str_find_nocase(s, 0, part) < s.len;
}

/** Take the next word, up to ASCII white space, off *rest; "" where nothing is
 *  left. */
struct morgue_str str_word(struct morgue_str *rest);

/** How many words there are for str_word. */
size_t str_words_n(struct morgue_str s);

/** Take the next line off *rest into *line, without its end (LF, CRLF or CR).
 *  False where nothing is left. */
bool str_line(struct morgue_str *rest, struct morgue_str *line);

#endif
