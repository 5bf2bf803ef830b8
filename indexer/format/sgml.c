/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sgml.c - elements of SGML as collections of news have them
 *
 * No DTD is read and nothing is nested but different elements.  A "<" that
 * begins no element asked for is text.  Names count without their case.
 */
#include "sgml.h"

#include <stdio.h>

#include "../../common/base/utf8.h"

/* ---- elements ----------------------------------------------------------- */

/* Whether `s` begins with the tag `begin`, with or without attributes. */
static bool
is_tag(struct morgue_str s, struct morgue_str begin)
{
    return str_starts_nocase(s, begin) &&
           (s.len == begin.len || s.s[begin.len] == '>' ||
            is_space(s.s[begin.len]));
}

size_t
sgml_tag(struct morgue_str s, size_t from, struct morgue_str begin)
{
    for (;; from += begin.len) {
        from = str_find_nocase(s, from, begin);
        if (from == s.len ||
            is_tag(str_slice(s.s + from, s.len - from), begin))
            return from;
    }
}

/* `begin`, a name and `end` in `room`; elements are looked for too often for
 * printf. */
static struct morgue_str
around(char room[24], const char *begin, const char *name, const char *end)
{
    const char *const part[] = {begin, name, end};
    size_t n = 0;

    for (int i = 0; i < 3; i++)
        for (const char *c = part[i]; *c && n < 24; c++)
            room[n++] = *c;
    return str_slice(room, n);
}

bool
sgml_element(struct sgml_element *out, struct morgue_str s, const char *name)
{
    char room[24];
    struct morgue_str tag = around(room, "<", name, "");
    size_t at = sgml_tag(s, 0, tag), from, end;

    from = str_find_nocase(s, at, STR(">"));
    if (from == s.len)
        return false;
    at += tag.len;
    out->attributes = str_slice(s.s + at, from - at);
    from++;
    tag = around(room, "</", name, ">");
    end = str_find_nocase(s, from, tag);
    out->content = str_slice(s.s + from, end - from);
    out->end = end < s.len ? end + tag.len : s.len;
    return true;
}

struct morgue_str
sgml_attribute(struct morgue_str attributes, const char *name)
{
    char room[24];
    struct morgue_str begin = around(room, " ", name, "=\"");
    size_t at = str_find_nocase(attributes, 0, begin), end;

    if (at == attributes.len)
        return STR("");
    at += begin.len;
    end = str_find_nocase(attributes, at, STR("\""));
    return str_slice(attributes.s + at, end - at);
}

/* ---- references --------------------------------------------------------- */

static bool
is_wire_mark(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0x7f;
}

/* The number of a reference &#N; or &#xN;, and its length; 0 where it is none
 * or no character. */
static size_t
numeric(struct morgue_str s, uint32_t *cp)
{
    bool hex = s.len > 2 && to_lower(s.s[2]) == 'x';
    size_t from = hex ? 3 : 2, i = from;

    for (*cp = 0; i < s.len && i < from + 7; i++) {
        char c = to_lower(s.s[i]);

        if (is_digit(c))
            *cp = *cp * (hex ? 16 : 10) + (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            *cp = *cp * 16 + (uint32_t)(c - 'a' + 10);
        else
            break;
    }
    if (i == from || i == s.len || s.s[i] != ';' || *cp > 0x10FFFF ||
        (*cp >= 0xD800 && *cp < 0xE000))
        return 0;
    return i + 1;
}

/* The character that a reference at `s` stands for, and its length; 0 where
 * it is none. */
static size_t
reference(struct morgue_str s, uint32_t *cp)
{
    static const struct {
        struct morgue_str name;
        uint32_t cp;
    } named[] = {
        {{"&lt;", 4}, '<'},   {{"&gt;", 4}, '>'},   {{"&amp;", 5}, '&'},
        {{"&LT;", 4}, '<'},   {{"&GT;", 4}, '>'},   {{"&AMP;", 5}, '&'},
        {{"&QUOT;", 6}, '"'}, {{"&quot;", 6}, '"'}, {{"&apos;", 6}, '\''}};

    if (s.len > 2 && s.s[1] == '#')
        return numeric(s, cp);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (str_starts(s, named[i].name)) {
            *cp = named[i].cp;
            return named[i].name.len;
        }
    return 0;
}

enum morgue_status
sgml_decode(struct morgue_str *out, struct arena *arena, struct morgue_str s,
            struct morgue_error *err)
{
    char *to = arena_alloc(arena, s.len + 1);
    size_t len = 0;

    if (!to)
        return error_nomem(err);
    while (s.len > 0) {
        size_t n = str_find_nocase(s, 0, STR("&"));
        uint32_t cp;

        memcpy(to + len, s.s, n);
        len += n;
        s = str_slice(s.s + n, s.len - n);
        if (s.len == 0)
            break;
        n = reference(s, &cp);
        if (n == 0) {
            to[len++] = '&';
            n = 1;
        } else if (!is_wire_mark(cp)) {
            /* A reference is never shorter than what it stands for. */
            len += utf8_encode(cp, to + len);
        }
        s = str_slice(s.s + n, s.len - n);
    }
    *out = str_slice(to, len);
    return MORGUE_OK;
}

/* ---- records ------------------------------------------------------------ */

/* Have the next record begin at the window's beginning; false in *more where
 * there is none. */
static enum morgue_status
find_record(struct input *in, bool *more, struct morgue_str open_tag,
            struct morgue_error *err)
{
    for (;;) {
        struct morgue_str v = input_view(in);
        size_t at = sgml_tag(v, 0, open_tag);
        enum morgue_status st;

        *more = at < v.len && (at + open_tag.len < v.len || in->ended);
        if (*more || in->ended) {
            input_take(in, at);
            return MORGUE_OK;
        }
        /* The tag may begin at the window's end. */
        input_take(in, v.len > open_tag.len ? v.len - open_tag.len : 0);
        st = input_need(in, input_view(in).len + 1, err);
        if (st)
            return st;
    }
}

/* Where in `s`, from `from` on, the record ends: at its end tag or where the
 * next one begins, whichever comes first; s.len where neither does.  `last`:
 * nothing comes behind `s`. */
static size_t
record_end(struct morgue_str s, size_t from, bool last,
           const struct sgml_records *what)
{
    for (; from < s.len; from++) {
        const char *at = memchr(s.s + from, '<', s.len - from);
        struct morgue_str rest;

        if (!at)
            break;
        from = (size_t)(at - s.s);
        rest = str_slice(at, s.len - from);
        if (str_starts_nocase(rest, what->end_tag) ||
            (is_tag(rest, what->open_tag) &&
             (last || rest.len > what->open_tag.len)))
            return from;
    }
    return s.len;
}

/* The length of the record at the window's beginning, up to its end tag; 0
 * where it has none.  *other: where the next one begins, or the window ends.
 * Each byte is looked at once, so records that never end cost no more. */
static enum morgue_status
measure_record(struct input *in, size_t *len, size_t *other,
               const struct sgml_records *what, struct morgue_error *err)
{
    const size_t tag = what->open_tag.len, overlap = what->end_tag.len + 1;
    size_t seen = tag;

    for (;;) {
        struct morgue_str v = input_view(in);
        size_t end = record_end(v, seen, in->ended, what);
        enum morgue_status st;

        if (end < v.len || in->ended || v.len > RECORD_MAX) {
            *other = end;
            *len = str_starts_nocase(str_slice(v.s + end, v.len - end),
                                     what->end_tag)
                       ? end
                       : 0;
            return MORGUE_OK;
        }
        seen = v.len > tag + overlap ? v.len - overlap : tag;
        st = input_need(in, v.len + 1, err);
        if (st)
            return st;
    }
}

enum morgue_status
sgml_records(struct reading *r, const struct sgml_records *what,
             struct morgue_error *err)
{
    struct input *in = &r->in;
    enum morgue_status st;
    size_t len = 0, other = 0;
    bool more = true;
    char reason[80];

    for (;;) {
        st = find_record(in, &more, what->open_tag, err);
        if (!st && more)
            st = measure_record(in, &len, &other, what, err);
        if (st || !more)
            break;
        snprintf(reason, sizeof reason, "the record has no %s",
                 what->end_tag.s);
        if (len > 0)
            st = what->read(r, str_slice(input_view(in).s, len), err);
        else if (other < input_view(in).len || !in->broken)
            st = reading_failed(r, in->line, reason, err);
        input_take(in, len > 0 ? len : other);
        if (st)
            return st;
    }
    snprintf(reason, sizeof reason, "has no %s> record", what->open_tag.s);
    if (!st && r->reported == 0 && !in->broken)
        st = reading_broken(r, MORGUE_FAILED, reason, err);
    return st;
}
