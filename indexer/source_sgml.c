/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source_sgml.c - Reuters-21578 and what is like it
 *
 *     <REUTERS TOPICS="YES" ... NEWID="1">
 *     <DATE>26-FEB-1987 15:01:01.79</DATE>
 *     <TOPICS><D>cocoa</D></TOPICS> <PLACES><D>usa</D></PLACES> ...
 *     <TEXT>&#2;
 *     <TITLE>...</TITLE> <AUTHOR>... <DATELINE>... <BODY>...</BODY></TEXT>
 *     </REUTERS>
 *
 * It is no XML: references to control characters are marks of the wire and
 * are dropped; markup inside of texts is kept as it is.  The id is NEWID.
 * TEXT TYPE="BRIEF" has a title and a placeholder, which is no body; in
 * TYPE="UNPROC" all of the text is the body.  PEOPLE, ORGS, EXCHANGES and
 * COMPANIES become extra lines.
 */
#include <stdio.h>

#include "../common/article/date.h"
#include "../common/base/utf8.h"
#include "charset.h"
#include "reader.h"

static const char open_tag[] = "<REUTERS";
static const char end_tag[] = "</REUTERS>";

/* Where `needle` begins in `s` at or behind `from`; s.len where it does not.
 */
static size_t
find(struct morgue_str s, size_t from, struct morgue_str needle)
{
    const char *at = s.s + from, *end = s.s + s.len;

    while (from < s.len && (size_t)(end - at) >= needle.len) {
        at = memchr(at, needle.s[0], (size_t)(end - at) - needle.len + 1);
        if (!at)
            break;
        if (memcmp(at, needle.s, needle.len) == 0)
            return (size_t)(at - s.s);
        at++;
    }
    return s.len;
}

/* ---- one record --------------------------------------------------------- */

/* What is between <NAME> or <NAME ...> and </NAME>; false where it is not. */
static bool
element(struct morgue_str s, const char *name, struct morgue_str *attributes,
        struct morgue_str *content)
{
    struct morgue_str n = str_of(name);
    size_t at = 0, from, close;
    char end[24];

    for (;;) {
        at = find(s, at, STR("<"));
        if (at == s.len)
            return false;
        at++;
        if (str_starts(str_slice(s.s + at, s.len - at), n) &&
            at + n.len < s.len &&
            (s.s[at + n.len] == '>' || is_space(s.s[at + n.len])))
            break;
    }
    from = find(s, at, STR(">"));
    if (from == s.len)
        return false;
    if (attributes)
        *attributes = str_slice(s.s + at + n.len, from - at - n.len);
    from++;
    snprintf(end, sizeof end, "</%s>", name);
    close = find(s, from, str_of(end));
    *content = str_slice(s.s + from, close - from);
    return close < s.len;
}

/* The value of NAME="value" among attributes; empty where there is none. */
static struct morgue_str
attribute(struct morgue_str attributes, const char *name)
{
    char begin[24];
    size_t at, end;

    snprintf(begin, sizeof begin, " %s=\"", name);
    at = find(attributes, 0, str_of(begin));
    if (at == attributes.len)
        return str_slice("", 0);
    at += strlen(begin);
    end = find(attributes, at, STR("\""));
    return str_slice(attributes.s + at, end - at);
}

static bool
dropped(unsigned long cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0x7f;
}

/* The character that a reference at `s` stands for, and its length; 0 where
 * it is none. */
static size_t
reference(struct morgue_str s, unsigned long *cp)
{
    static const struct {
        const char *name;
        unsigned long cp;
    } named[] = {{"&lt;", '<'},
                 {"&gt;", '>'},
                 {"&amp;", '&'},
                 {"&quot;", '"'},
                 {"&apos;", '\''}};
    size_t i = 2;

    for (size_t k = 0; k < sizeof named / sizeof *named; k++)
        if (str_starts(s, str_of(named[k].name))) {
            *cp = named[k].cp;
            return strlen(named[k].name);
        }
    if (s.len < 4 || s.s[1] != '#')
        return 0;
    for (*cp = 0; i < s.len && i < 9 && is_digit(s.s[i]); i++)
        *cp = *cp * 10 + (unsigned long)(s.s[i] - '0');
    if (i == 2 || i == s.len || s.s[i] != ';' || *cp > 0x10FFFF ||
        (*cp >= 0xD800 && *cp < 0xE000))
        return 0;
    return i + 1;
}

/* A copy with references resolved, into the arena. */
static enum morgue_status
decode(struct morgue_str *out, struct arena *arena, struct morgue_str s,
       struct morgue_error *err)
{
    char *to = arena_alloc(arena, s.len + 1);
    size_t len = 0;

    if (!to)
        return error_nomem(err);
    for (size_t i = 0; i < s.len;) {
        unsigned long cp;
        size_t n =
            s.s[i] == '&' ? reference(str_slice(s.s + i, s.len - i), &cp) : 0;

        if (n == 0) {
            to[len++] = s.s[i++];
            continue;
        }
        /* A reference is never shorter than what it stands for. */
        if (!dropped(cp))
            len += utf8_encode((uint32_t)cp, to + len);
        i += n;
    }
    *out = str_slice(to, len);
    return MORGUE_OK;
}

/* The <D> elements of a list, with `separator` between. */
static enum morgue_status
read_list(struct reading *r, struct morgue_str list, const char *separator,
          struct morgue_error *err)
{
    struct morgue_str item;

    buf_reset(&r->text);
    while (element(list, "D", NULL, &item)) {
        if (r->text.len > 0)
            buf_str(&r->text, str_of(separator));
        buf_str(&r->text, item);
        list = str_slice(item.s + item.len,
                         (size_t)(list.s + list.len - item.s) - item.len);
    }
    return buf_status(&r->text, err);
}

static enum morgue_status
read_lists(struct reading *r, struct morgue_article *a, struct morgue_str s,
           struct morgue_error *err)
{
    static const struct {
        const char *element, *key;
    } extra[] = {{"PEOPLE", "people"},
                 {"ORGS", "orgs"},
                 {"EXCHANGES", "exchanges"},
                 {"COMPANIES", "companies"}};
    struct morgue_str list;
    enum morgue_status st = MORGUE_OK;

    if (element(s, "TOPICS", NULL, &list))
        st = read_list(r, list, "\n", err);
    if (!st)
        st = decode(&a->topics, &r->arena, buf_view(&r->text), err);
    buf_reset(&r->text);
    if (!st && element(s, "PLACES", NULL, &list))
        st = read_list(r, list, "\n", err);
    if (!st)
        st = decode(&a->place, &r->arena, buf_view(&r->text), err);
    for (size_t i = 0; !st && i < sizeof extra / sizeof *extra; i++) {
        if (!element(s, extra[i].element, NULL, &list))
            continue;
        st = read_list(r, list, ", ", err);
        if (!st)
            st = add_extra(&a->extra, &r->arena, str_of(extra[i].key),
                           buf_view(&r->text), err);
    }
    return st;
}

static enum morgue_status
read_texts(struct reading *r, struct morgue_article *a, struct morgue_str s,
           struct morgue_error *err)
{
    struct morgue_str text, attributes, part, type;
    enum morgue_status st = MORGUE_OK;

    if (!element(s, "TEXT", &attributes, &text))
        return MORGUE_OK;
    type = attribute(attributes, "TYPE");
    if (element(text, "TITLE", NULL, &part))
        st = decode(&a->title, &r->arena, part, err);
    if (!st && element(text, "AUTHOR", NULL, &part))
        st = decode(&a->author, &r->arena, part, err);
    if (!st && element(text, "DATELINE", NULL, &part))
        st = decode(&a->dateline, &r->arena, part, err);
    if (!st && element(text, "BODY", NULL, &part))
        st = decode(&a->body, &r->arena, part, err);
    else if (!st && str_eq(type, STR("UNPROC")))
        st = decode(&a->body, &r->arena, text, err);
    return st;
}

/* Marks of the wire may follow the date. */
static enum morgue_status
read_date(struct reading *r, struct morgue_article *a, struct morgue_str s,
          struct morgue_error *err)
{
    struct morgue_str date = str_trim(str_slice(s.s, find(s, 0, STR("&#"))));

    if (date_parse(date, &a->date))
        return MORGUE_OK;
    return add_extra(&a->extra, &r->arena, STR("date"), str_trim(s), err);
}

static enum morgue_status
read_record(struct reading *r, struct morgue_str s, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_str attributes, part;
    bool converted;
    enum morgue_status st = charset_to_utf8(&s, &converted, &r->scratch, err);

    if (st)
        return st;
    arena_reset(&r->arena);
    buf_reset(&r->text);
    attributes = str_slice(s.s, find(s, 0, STR(">")));
    a.id = attribute(attributes, "NEWID");
    a.lang = STR("en");
    a.source = STR("Reuters");
    if (element(s, "DATE", NULL, &part))
        st = read_date(r, &a, part, err);
    if (!st)
        st = read_lists(r, &a, s, err);
    if (!st)
        st = read_texts(r, &a, s, err);
    return st ? st : reading_record(r, &a, converted, err);
}

/* ---- the file ----------------------------------------------------------- */

/* Have the next record in the window, from its tag on; *len is up to its end
 * tag, or 0 where there is none before the next record or the end. */
static enum morgue_status
next_record(struct reading *r, size_t *len, bool *more,
            struct morgue_error *err)
{
    const size_t end_len = sizeof end_tag - 1;
    enum morgue_status st;
    struct morgue_str v;
    size_t from, end;

    for (;;) {
        v = input_view(&r->in);
        from = find(v, 0, STR(open_tag));
        if (from < v.len || r->in.ended)
            break;
        /* The tag may begin at the window's end. */
        input_take(&r->in,
                   v.len > sizeof open_tag ? v.len - sizeof open_tag : 0);
        st = input_need(&r->in, input_view(&r->in).len + 1, err);
        if (st)
            return st;
    }
    *more = from < v.len;
    input_take(&r->in, from);
    for (size_t seen = 1;;) {
        v = input_view(&r->in);
        end = find(v, seen > end_len ? seen - end_len : 1, STR(end_tag));
        if (end < v.len || r->in.ended || v.len > RECORD_MAX)
            break;
        seen = v.len;
        st = input_need(&r->in, seen + 1, err);
        if (st)
            return st;
    }
    from = find(v, 1, STR(open_tag));
    *len = end < v.len && from > end ? end : 0;
    return MORGUE_OK;
}

enum morgue_status
read_sgml(struct reading *r, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    bool more = true;
    size_t len = 0;

    for (;;) {
        st = next_record(r, &len, &more, err);
        if (st || !more)
            break;
        if (len > 0) {
            st = read_record(r, str_slice(input_view(&r->in).s, len), err);
            input_take(&r->in, len);
        } else {
            if (!r->in.broken || input_view(&r->in).len > 0)
                st = reading_failed(r, "the record has no </REUTERS>", err);
            input_take(&r->in, 1);
        }
        if (st)
            return st;
    }
    if (!st && r->position == 0 && !r->in.broken)
        st = reading_failed(r, "has no <REUTERS> record", err);
    return st;
}
