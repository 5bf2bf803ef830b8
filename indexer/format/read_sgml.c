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
 * A DOCTYPE is not needed.
 */
#include "../../common/article/date.h"
#include "../reading/format.h"
#include "sgml.h"

/* ---- one record --------------------------------------------------------- */

/* The <D> elements of the list, with `separator` between, in r->text. */
static enum morgue_status
join(struct reading *r, struct morgue_str s, const char *list,
     const char *separator, struct morgue_error *err)
{
    struct sgml_element e, d;
    struct morgue_str item;
    enum morgue_status st = MORGUE_OK;

    buf_reset(&r->text);
    if (!sgml_element(&e, s, list))
        return MORGUE_OK;
    while (!st && sgml_element(&d, e.content, "D")) {
        if (r->text.len > 0)
            buf_str(&r->text, str_of(separator));
        st = sgml_decode(&item, &r->arena, d.content, err);
        if (!st)
            buf_str(&r->text, item);
        e.content = str_slice(e.content.s + d.end, e.content.len - d.end);
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
    struct sgml_element text, e;
    struct morgue_str head, body;
    bool tagged;
    size_t end = 0;
    enum morgue_status st = MORGUE_OK;

    if (!sgml_element(&text, s, "TEXT"))
        return MORGUE_OK;
    head = str_slice(text.content.s, sgml_tag(text.content, 0, STR("<BODY")));
    for (size_t i = 0; !st && i < sizeof parts / sizeof *parts; i++) {
        if (!sgml_element(&e, head, parts[i].name))
            continue;
        if (e.end > end)
            end = e.end;
        st = sgml_decode(record_field(a, parts[i].field), &r->arena, e.content,
                         err);
    }
    tagged = sgml_element(&e, text.content, "BODY");
    if (tagged)
        body = e.content;
    else
        body =
            other_body(sgml_attribute(text.attributes, "TYPE"), text.content,
                       str_slice(head.s + end, head.len - end));
    a->author = value_without_by(str_trim(a->author));
    if (!st)
        st = sgml_decode(&a->body, &r->arena, body, err);
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
    struct sgml_element e;
    bool converted;
    enum morgue_status st = reading_utf8(r, &s, STR(""), &converted, err);

    if (st)
        return st;
    reading_next(r);
    attributes = str_slice(s.s, str_find_nocase(s, 0, STR(">")));
    a.id = sgml_attribute(attributes, "NEWID");
    a.lang = STR("en");
    a.source = STR("Reuters");
    if (sgml_element(&e, s, "DATE"))
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

static enum morgue_status
read_sgml(struct reading *r, struct morgue_error *err)
{
    static const struct sgml_records records = {
        {"<REUTERS", 8}, {"</REUTERS>", 10}, read_record};

    return sgml_records(r, &records, err);
}

/* ---- the format --------------------------------------------------------- */

/* A line begins with <REUTERS or <!DOCTYPE lewis. */
static bool
looks_like_sgml(struct morgue_str s)
{
    struct morgue_str line;

    while (str_line(&s, &line)) {
        line = str_trim(line);
        if (str_starts_nocase(line, STR("<!DOCTYPE lewis")) ||
            (str_starts(line, STR("<REUTERS")) &&
             (line.len == 8 || is_space(line.s[8]) || line.s[8] == '>')))
            return true;
    }
    return false;
}

const struct format format_sgml = {
    .name = "sgml",
    .what = "Reuters-21578 SGML",
    .many = true,
    .tell = looks_like_sgml,
    .read = read_sgml,
};
