/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_sgml.c - Reuters-21578 and what is like it
 *
 *     <REUTERS TOPICS="YES" ... NEWID="1">
 *     <DATE>26-FEB-1987 15:01:01.79</DATE>
 *     <TOPICS><D>cocoa</D></TOPICS> <PLACES><D>usa</D></PLACES> ...
 *     <TEXT>&#2;
 *     <TITLE>...</TITLE> <AUTHOR>... <DATELINE>... <BODY>...</BODY></TEXT>
 *     </REUTERS>
 *
 * It is no XML: references to control characters are marks of the wire and
 * are dropped, other references resolved once, and a "<" that begins no known
 * element is text.  The id is NEWID.  Behind a date, marks of the wire may
 * follow, or a remark behind a "#".  PEOPLE, ORGS, EXCHANGES and
 * COMPANIES become extra lines; other elements are passed over.
 *
 * The body is BODY, byte for byte.  A TEXT without one has a body where it
 * is TYPE="UNPROC": all of it; in TYPE="BRIEF" what is behind the title is a
 * placeholder; else what is behind the last of TITLE, AUTHOR and DATELINE.
 *
 * Records are taken one by one.  One that has no end tag before the next
 * begins, or the file ends, is a failure.  What is between them is passed
 * over.  A DOCTYPE is not needed.
 */
#include <stdio.h>

#include "../../common/article/date.h"
#include "../../common/base/utf8.h"
#include "reader.h"

static const struct morgue_str open_tag = {"<REUTERS", 8};
static const struct morgue_str end_tag = {"</REUTERS>", 10};

/* Where `needle` begins in `s` at or behind `from`; s.len where it does not.
 */
static size_t
find(struct morgue_str s, size_t from, struct morgue_str needle)
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

static struct morgue_str
behind(struct morgue_str s, size_t n)
{
    return str_slice(s.s + n, s.len - n);
}

/* ---- elements ----------------------------------------------------------- */

struct element {
    struct morgue_str attributes, content;
    size_t end; /* behind its end tag, in the text it was looked for in */
};

/* Where a tag <NAME> or <NAME ...> begins; s.len where there is none. */
static size_t
find_tag(struct morgue_str s, size_t from, struct morgue_str begin)
{
    for (;;) {
        size_t at = find(s, from, begin), next = at + begin.len;

        if (at == s.len)
            return s.len;
        if (next == s.len || s.s[next] == '>' || is_space(s.s[next]))
            return at;
        from = next;
    }
}

/* The first element of that name.  One that does not end goes to the end of
 * the text; false where there is none. */
static bool
element(struct element *out, struct morgue_str s, const char *name)
{
    char tag[24];
    size_t at, from, end;

    snprintf(tag, sizeof tag, "<%s", name);
    at = find_tag(s, 0, str_of(tag));
    from = find(s, at, STR(">"));
    if (from == s.len)
        return false;
    at += strlen(tag);
    out->attributes = str_slice(s.s + at, from - at);
    from++;
    snprintf(tag, sizeof tag, "</%s>", name);
    end = find(s, from, str_of(tag));
    out->content = str_slice(s.s + from, end - from);
    out->end = end < s.len ? end + strlen(tag) : s.len;
    return true;
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
        return STR("");
    at += strlen(begin);
    end = find(attributes, at, STR("\""));
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
    } named[] = {{{"&lt;", 4}, '<'},
                 {{"&gt;", 4}, '>'},
                 {{"&amp;", 5}, '&'},
                 {{"&quot;", 6}, '"'},
                 {{"&apos;", 6}, '\''}};

    if (s.len > 2 && s.s[1] == '#')
        return numeric(s, cp);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (str_starts(s, named[i].name)) {
            *cp = named[i].cp;
            return named[i].name.len;
        }
    return 0;
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
    while (s.len > 0) {
        size_t n = find(s, 0, STR("&"));
        uint32_t cp;

        memcpy(to + len, s.s, n);
        len += n;
        s = behind(s, n);
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
        s = behind(s, n);
    }
    *out = str_slice(to, len);
    return MORGUE_OK;
}

/* ---- one record --------------------------------------------------------- */

/* The <D> elements of the list, with `separator` between, in r->text. */
static enum morgue_status
join(struct reading *r, struct morgue_str s, const char *list,
     const char *separator, struct morgue_error *err)
{
    struct element e, d;
    struct morgue_str item;
    enum morgue_status st = MORGUE_OK;

    buf_reset(&r->text);
    if (!element(&e, s, list))
        return MORGUE_OK;
    while (!st && element(&d, e.content, "D")) {
        if (r->text.len > 0)
            buf_str(&r->text, str_of(separator));
        st = decode(&item, &r->arena, d.content, err);
        if (!st)
            buf_str(&r->text, item);
        e.content = behind(e.content, d.end);
    }
    return st ? st : buf_status(&r->text, err);
}

static enum morgue_status
read_lists(struct reading *r, struct morgue_article *a, struct morgue_str s,
           struct morgue_error *err)
{
    static const struct {
        const char *list, *key;
    } extra[] = {{"PEOPLE", "people"},
                 {"ORGS", "orgs"},
                 {"EXCHANGES", "exchanges"},
                 {"COMPANIES", "companies"}};
    enum morgue_status st = join(r, s, "TOPICS", "\n", err);

    if (!st && !arena_str(&r->arena, buf_view(&r->text), &a->topics))
        st = error_nomem(err);
    if (!st)
        st = join(r, s, "PLACES", "\n", err);
    if (!st && !arena_str(&r->arena, buf_view(&r->text), &a->place))
        st = error_nomem(err);
    for (size_t i = 0; !st && i < sizeof extra / sizeof *extra; i++) {
        st = join(r, s, extra[i].list, ", ", err);
        if (!st)
            extra_add(&r->extra, str_of(extra[i].key), buf_view(&r->text));
    }
    return st;
}

static void
read_date(struct reading *r, struct morgue_article *a, struct morgue_str s)
{
    struct morgue_str date = str_trim(s), day;
    size_t end = 0;

    a->date_source = STR("DATE");
    while (end < date.len && date.s[end] != '&' && date.s[end] != '#')
        end++;
    if (date_parse(str_slice(date.s, end), &a->date))
        return;
    extra_add(&r->extra, STR("date"), date);
    /* A time that is none: the day may still be one. */
    for (end = 0; end < date.len && !is_space(date.s[end]); end++)
        ;
    day = str_slice(date.s, end);
    if (!date_parse(day, &a->date))
        a->date_source = STR("");
}

/* The body of a TEXT without BODY; `rest` is what is behind its title. */
static struct morgue_str
other_body(struct morgue_str type, struct morgue_str text,
           struct morgue_str rest)
{
    static const char placeholder[] = "Blah blah blah.";

    if (str_eq_nocase(type, STR("UNPROC")))
        return text;
    if (str_eq_nocase(type, STR("BRIEF")) &&
        str_starts(str_trim(rest), str_of(placeholder)))
        return STR("");
    return rest;
}

static enum morgue_status
read_texts(struct reading *r, struct morgue_article *a, struct morgue_str s,
           struct morgue_error *err)
{
    static const struct {
        const char *name;
        enum field field;
    } parts[] = {{"TITLE", FIELD_TITLE},
                 {"AUTHOR", FIELD_AUTHOR},
                 {"DATELINE", FIELD_DATELINE}};
    struct element text, e;
    struct morgue_str head, body;
    bool tagged;
    size_t end = 0;
    enum morgue_status st = MORGUE_OK;

    if (!element(&text, s, "TEXT"))
        return MORGUE_OK;
    head = str_slice(text.content.s, find_tag(text.content, 0, STR("<BODY")));
    for (size_t i = 0; !st && i < sizeof parts / sizeof *parts; i++) {
        if (!element(&e, head, parts[i].name))
            continue;
        if (e.end > end)
            end = e.end;
        st =
            decode(record_field(a, parts[i].field), &r->arena, e.content, err);
    }
    tagged = element(&e, text.content, "BODY");
    if (tagged)
        body = e.content;
    else
        body = other_body(attribute(text.attributes, "TYPE"), text.content,
                          behind(head, end));
    a->author = without_by(str_trim(a->author));
    if (!st)
        st = decode(&a->body, &r->arena, body, err);
    if (!tagged && str_trim(a->body).len == 0)
        a->body = STR(""); /* nothing but marks of the wire */
    return st;
}

/* `s`: from the opening tag up to the end tag. */
static enum morgue_status
read_record(struct reading *r, struct morgue_str s, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_str attributes;
    struct element e;
    bool converted;
    enum morgue_status st = reading_utf8(r, &s, STR(""), &converted, err);

    if (st)
        return st;
    reading_next(r);
    attributes = str_slice(s.s, find(s, 0, STR(">")));
    a.id = attribute(attributes, "NEWID");
    a.lang = STR("en");
    a.source = STR("Reuters");
    if (element(&e, s, "DATE"))
        read_date(r, &a, e.content);
    if (!st)
        st = read_lists(r, &a, s, err);
    if (!st)
        st = buf_status(&r->extra, err);
    if (!st)
        st = read_texts(r, &a, s, err);
    if (st)
        return st;
    a.extra = buf_view(&r->extra);
    return reading_record(r, &a, converted ? READ_CONVERTED : 0, err);
}

/* ---- the file ----------------------------------------------------------- */

/* Have the next record begin at the window's beginning; false in *more where
 * there is none. */
static enum morgue_status
find_record(struct input *in, bool *more, struct morgue_error *err)
{
    for (;;) {
        struct morgue_str v = input_view(in);
        size_t at = find_tag(v, 0, open_tag);
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

/* The length of the record at the window's beginning, up to its end tag; 0
 * where it has none.  *other: where the next one begins, or the window ends.
 */
static enum morgue_status
measure_record(struct input *in, size_t *len, size_t *other,
               struct morgue_error *err)
{
    size_t seen = open_tag.len;

    for (;;) {
        struct morgue_str v = input_view(in);
        size_t end = find(v, seen, end_tag);
        enum morgue_status st;

        if (end < v.len || in->ended || v.len > RECORD_MAX) {
            *other = find_tag(str_slice(v.s, end), open_tag.len, open_tag);
            *len = end < v.len && *other == end ? end : 0;
            return MORGUE_OK;
        }
        seen = v.len > end_tag.len ? v.len - end_tag.len : open_tag.len;
        st = input_need(in, v.len + 1, err);
        if (st)
            return st;
    }
}

enum morgue_status
read_sgml(struct reading *r, struct morgue_error *err)
{
    struct input *in = &r->in;
    enum morgue_status st;
    size_t len = 0, other = 0;
    bool more = true;

    for (;;) {
        st = find_record(in, &more, err);
        if (!st && more)
            st = measure_record(in, &len, &other, err);
        if (st || !more)
            break;
        if (len > 0)
            st = read_record(r, str_slice(input_view(in).s, len), err);
        else if (other < input_view(in).len || !in->broken)
            st = reading_failed(r, in->line, "the record has no </REUTERS>",
                                err);
        input_take(in, len > 0 ? len : other);
        if (st)
            return st;
    }
    if (!st && r->reported == 0 && !in->broken)
        st = reading_broken(r, MORGUE_FAILED, "has no <REUTERS> record", err);
    return st;
}
