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
 * COMPANIES become extra lines.  Where an end tag is missing, BODY and TEXT go
 * to the end of what holds them and other elements to the next tag; a record
 * without </REUTERS> before the next one or the end is a failure.
 */
#include <stdio.h>

#include "../common/article/date.h"
#include "../common/base/utf8.h"
#include "reader.h"

enum { TAG_LEN = 10 }; /* of </REUTERS> */
_Static_assert(RECORD_MAX == 256 * 1024 * 1024, "a reason tells the ceiling");

/* Where `needle` begins in `s` at or behind `from`; s.len where it does not.
 */
static size_t
find(struct morgue_str s, size_t from, struct morgue_str needle)
{
    const char *at = s.s + (from < s.len ? from : s.len);
    const char *end = s.s + s.len;

    while ((size_t)(end - at) >= needle.len) {
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

/* What is between <NAME> or <NAME ...> and </NAME>; without end tag, as the
 * comment at the top says.  False where there is no such element. */
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
    if (close == s.len && !str_eq(n, STR("BODY")) && !str_eq(n, STR("TEXT")))
        close = find(s, from, STR("<"));
    *content = str_slice(s.s + from, close - from);
    return true;
}

/* The value of NAME="value" among attributes; empty where there is none. */
static struct morgue_str
attribute(struct morgue_str attributes, const char *name)
{
    char begin[24];
    size_t at = 0, end;

    snprintf(begin, sizeof begin, "%s=\"", name);
    do {
        at = find(attributes, at + 1, str_of(begin));
        if (at >= attributes.len)
            return str_slice("", 0);
    } while (!is_space(attributes.s[at - 1]));
    at += strlen(begin);
    end = find(attributes, at, STR("\""));
    return str_slice(attributes.s + at, end - at);
}

static bool
dropped(unsigned long cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0x7f;
}

/* The value of the reference that begins `&#` or `&#x`, and its length; 0
 * where it is none. */
static size_t
numeric(struct morgue_str s, unsigned long *cp)
{
    bool hex = s.len > 2 && to_lower(s.s[2]) == 'x';
    size_t from = hex ? 3 : 2, i = from;

    for (*cp = 0; i < s.len && i < from + 7; i++) {
        char c = to_lower(s.s[i]);

        if (is_digit(c))
            *cp = *cp * (hex ? 16 : 10) + (unsigned long)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            *cp = *cp * 16 + (unsigned long)(c - 'a') + 10;
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

    for (size_t k = 0; k < sizeof named / sizeof *named; k++)
        if (str_starts(s, str_of(named[k].name))) {
            *cp = named[k].cp;
            return strlen(named[k].name);
        }
    return s.len > 3 && s.s[1] == '#' ? numeric(s, cp) : 0;
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
    struct morgue_str text, attributes, part;
    enum morgue_status st = MORGUE_OK;
    bool titled, brief;

    if (!element(s, "TEXT", &attributes, &text))
        return MORGUE_OK;
    brief = str_eq(attribute(attributes, "TYPE"), STR("BRIEF"));
    titled = element(text, "TITLE", NULL, &part);
    if (titled)
        st = decode(&a->title, &r->arena, part, err);
    if (!st && element(text, "AUTHOR", NULL, &part))
        st = decode(&a->author, &r->arena, part, err);
    if (!st && element(text, "DATELINE", NULL, &part))
        st = decode(&a->dateline, &r->arena, part, err);
    if (!st && element(text, "BODY", NULL, &part))
        st = decode(&a->body, &r->arena, part, err);
    else if (!st && !titled && !brief)
        st = decode(&a->body, &r->arena, text, err);
    return st;
}

/* Marks of the wire, or a remark, may follow the date; where the time of day
 * makes no sense the day may. */
static enum morgue_status
read_date(struct reading *r, struct morgue_article *a, struct morgue_str s,
          struct morgue_error *err)
{
    struct morgue_str date = str_slice(s.s, find(s, 0, STR("&#")));

    date = str_trim(str_slice(date.s, find(date, 0, STR("#"))));
    if (date_parse(date, &a->date) ||
        date_parse(str_slice(date.s, find(date, 0, STR(" "))), &a->date))
        return MORGUE_OK;
    return add_extra(&a->extra, &r->arena, STR("date"), str_trim(s), err);
}

static enum morgue_status
read_record(struct reading *r, struct morgue_str s, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_str attributes, part;
    bool converted;
    enum morgue_status st = reading_utf8(r, &s, NULL, &converted, err);

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

/* Where the first tag <REUTERS or </REUTERS> is at or behind `from`; s.len
 * where there is none.  *end: it is an end tag. */
static size_t
find_tag(struct morgue_str s, size_t from, bool *end)
{
    for (size_t at = find(s, from, STR("<")); at < s.len;
         at = find(s, at + 1, STR("<"))) {
        struct morgue_str rest = str_slice(s.s + at, s.len - at);

        *end = str_starts(rest, STR("</REUTERS>"));
        if (*end)
            return at;
        if (str_starts(rest, STR("<REUTERS")) && rest.len > 8 &&
            (is_space(rest.s[8]) || rest.s[8] == '>'))
            return at;
    }
    return s.len;
}

/* Have a tag in the window, at *at, or its end there.  What is not kept is
 * dropped on the way. */
static enum morgue_status
need_tag(struct reading *r, size_t from, bool keep, size_t *at, bool *end,
         struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (;;) {
        struct morgue_str v = input_view(&r->in);

        *at = find_tag(v, from, end);
        if (st || *at < v.len || r->in.ended || v.len > RECORD_MAX)
            return st;
        /* The tag may begin at the window's end. */
        from = v.len > TAG_LEN ? v.len - TAG_LEN : from;
        if (!keep) {
            input_take(&r->in, from);
            from = 0;
        }
        st = input_need(&r->in, input_view(&r->in).len + 1, err);
    }
}

/* Read the record that the window begins with, and take it. */
static enum morgue_status
next_record(struct reading *r, struct morgue_error *err)
{
    enum morgue_status st;
    struct morgue_str v;
    bool end = false;
    size_t len;

    st = need_tag(r, 1, true, &len, &end, err);
    if (st)
        return st;
    v = input_view(&r->in);
    if (len < v.len && end)
        st = read_record(r, str_slice(v.s, len), err);
    else if (v.len > RECORD_MAX)
        st = reading_failed(r, "a record of more than 256 MB", err);
    else if (len < v.len || !r->in.broken)
        st = reading_failed(r, "the record has no </REUTERS>", err);
    input_take(&r->in, len);
    return st;
}

enum morgue_status
read_sgml(struct reading *r, struct morgue_error *err)
{
    enum morgue_status st;
    size_t at;
    bool end = false;

    for (;;) {
        st = need_tag(r, 0, false, &at, &end, err);
        if (st || at == input_view(&r->in).len)
            break;
        input_take(&r->in, at);
        if (end)
            input_take(&r->in, 1);
        else
            st = next_record(r, err);
        if (st)
            break;
    }
    if (!st && r->position == 0 && !r->in.broken)
        st = reading_failed(r, "has no <REUTERS> record", err);
    return st;
}
