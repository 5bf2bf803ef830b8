/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_trec.c - the news of test collections: TREC and Gigaword
 *
 *     <DOC>
 *     <DOCNO> AP880212-0001 </DOCNO>
 *     <HEAD>...</HEAD> <DATELINE>... <BYLINE>... <TEXT>...</TEXT>
 *     </DOC>
 *
 * Each collection has its own names for the parts (AP, WSJ, FT, LA Times,
 * FBIS, ZIFF, San Jose Mercury; Gigaword, whose DOC has an id and whose TEXT
 * has <P>): the first in the table that a record has is taken.  Tags inside of
 * a part go, <P> is a paragraph.  A date is that of a date's element, or the
 * six or eight digits in the document's number (AP880212-0001,
 * XIN_ENG_20021231.0001), or of FT's DATE 910514.
 */
#include <stdio.h>

#include "../../common/article/date.h"
#include "../reading/format.h"
#include "sgml.h"

static const char *const id_names[] = {"DOCNO", "DOCID", NULL};
static const char *const title_names[] = {
    "HEADLINE", "HEAD", "HL", "TTL", "TI", "HT", "TITLE", "H3", NULL};
static const char *const author_names[] = {"BYLINE", "AUTHOR", "AU", NULL};
static const char *const dateline_names[] = {"DATELINE", NULL};
static const char *const date_names[] = {
    "DATE_TIME", "DATETIME", "DATE1", "DATE", "DD", "PUBDATE", NULL};
static const char *const source_names[] = {"PUB", "SOURCE", "SO", NULL};
static const char *const section_names[] = {"SECTION", NULL};
static const char *const topic_names[] = {"SUBJECT", "KEYWORD", "IN", "GV",
                                          NULL};
static const char *const text_names[] = {"LP", "TEXT", "BODY", NULL};

/* ---- parts -------------------------------------------------------------- */

/* Whether a tag of that name, opening or ending, is at `s`, which is behind
 * its "<". */
static bool
is_tag(struct morgue_str s, char name)
{
    if (s.len > 0 && s.s[0] == '/')
        s = str_slice(s.s + 1, s.len - 1);
    return s.len > 1 && to_lower(s.s[0]) == name &&
           (s.s[1] == '>' || is_space(s.s[1]));
}

/* Whether `s`, which is behind a "<", may be the rest of a tag. */
static bool
may_be_tag(struct morgue_str s)
{
    return s.len >= 2 && (is_alpha(s.s[0]) || s.s[0] == '/' || s.s[0] == '!');
}

/* The text without tags, <P> as an empty line.  Where one ">" is missing all
 * that follow are, too. */
static void
put_text(struct buf *out, struct morgue_str s)
{
    bool ends = true; /* there may be a ">" */

    while (s.len > 0) {
        size_t n = str_find_nocase(s, 0, STR("<")), end;
        struct morgue_str tag = str_slice(s.s + n, s.len - n);

        buf_add(out, s.s, n);
        if (tag.len == 0)
            return;
        tag = str_slice(tag.s + 1, tag.len - 1);
        end = ends && may_be_tag(tag) ? str_find_nocase(tag, 0, STR(">")) : 0;
        ends = ends && end < tag.len;
        if (end == 0 || !ends) {
            buf_char(out, '<'); /* none */
            s = tag;
            continue;
        }
        if (is_tag(tag, 'p'))
            buf_str(out, STR("\n\n"));
        s = str_slice(tag.s + end + 1, tag.len - end - 1);
    }
}

/* Drop line ends at the beginning, and all but two between paragraphs. */
static size_t
squeeze(char *s, size_t len)
{
    size_t to = 0, ends = 2;

    for (size_t i = 0; i < len; i++) {
        if (s[i] == '\r' || (s[i] == '\n' && ends >= 2))
            continue;
        if (s[i] == '\n')
            ends++;
        else if (s[i] != ' ' || ends == 0)
            ends = 0;
        s[to++] = s[i];
    }
    while (to > 0 && is_space(s[to - 1]))
        to--;
    return to;
}

/* Make each run of white space one space; the new length. */
static size_t
on_one_line(char *s, size_t len)
{
    size_t to = 0;

    for (size_t i = 0; i < len; i++)
        if (!is_space(s[i]))
            s[to++] = s[i];
        else if (to > 0 && s[to - 1] != ' ')
            s[to++] = ' ';
    return to;
}

/* The content of the first element that there is, on one line in the arena;
 * "" for none. */
static enum morgue_status
part(struct morgue_str *out, struct reading *r, struct morgue_str record,
     const char *const *names, struct morgue_error *err)
{
    struct sgml_element e;
    struct morgue_str text;
    enum morgue_status st;

    *out = STR("");
    for (; *names; names++)
        if (sgml_element(&e, record, *names) && str_trim(e.content).len > 0)
            break;
    if (!*names)
        return MORGUE_OK;
    buf_reset(&r->text);
    put_text(&r->text, e.content);
    buf_cut(&r->text, on_one_line(r->text.data, r->text.len));
    st = buf_status(&r->text, err);
    if (!st)
        st = sgml_decode(&text, &r->arena, buf_view(&r->text), err);
    if (!st)
        *out = str_trim(text);
    return st;
}

/* The whole text: all elements of the names that texts have, in the order of
 * the record, or what is not in another part. */
static enum morgue_status
whole_text(struct morgue_str *out, struct reading *r, struct morgue_str record,
           struct morgue_error *err)
{
    struct sgml_element e;
    enum morgue_status st;

    buf_reset(&r->text);
    for (const char *const *name = text_names; *name; name++) {
        struct morgue_str rest = record;

        while (sgml_element(&e, rest, *name)) {
            buf_str(&r->text, STR("\n\n"));
            put_text(&r->text, e.content);
            rest = str_slice(rest.s + e.end, rest.len - e.end);
        }
    }
    if (r->text.len > 0)
        buf_cut(&r->text, squeeze(r->text.data, r->text.len));
    st = buf_status(&r->text, err);
    return st ? st : sgml_decode(out, &r->arena, buf_view(&r->text), err);
}

/* ---- dates -------------------------------------------------------------- */

/* YYMMDD or YYYYMMDD. */
static bool
date_of_digits(struct morgue_str s, struct morgue_date *out)
{
    char text[16];

    if (s.len == 6)
        snprintf(text, sizeof text, "%s%.6s", s.s[0] < '5' ? "20" : "19", s.s);
    else if (s.len == 8)
        snprintf(text, sizeof text, "%.8s", s.s);
    else
        return false;
    return date_parse(str_of(text), out);
}

/* The digits of a document's number that are its date. */
static bool
date_of_id(struct morgue_str id, struct morgue_date *out)
{
    for (size_t i = 0, n; i < id.len; i += n) {
        for (n = 0; i + n < id.len && is_digit(id.s[i + n]); n++)
            ;
        if (n > 0)
            return date_of_digits(str_slice(id.s + i, n), out);
        n = 1;
    }
    return false;
}

/* "March 24, 1987, Tuesday, Home Edition": as many of its comma's parts as
 * make a date. */
static bool
date_of_text(struct morgue_str s, struct morgue_date *out)
{
    size_t len = s.len;

    if (s.len > 0 && s.s[0] == '=') /* WSJ */
        s = str_trim(str_slice(s.s + 1, s.len - 1));
    for (len = s.len; len > 0; len--)
        if ((len == s.len || s.s[len] == ',') &&
            (date_of_digits(str_slice(s.s, len), out) ||
             date_parse(str_slice(s.s, len), out)))
            return true;
    return false;
}

static enum morgue_status
read_date(struct reading *r, struct morgue_article *a,
          struct morgue_str record, struct morgue_error *err)
{
    struct morgue_str text;
    enum morgue_status st = part(&text, r, record, date_names, err);

    if (st)
        return st;
    if (text.len > 0 && text.len < 100 && date_of_text(text, &a->date))
        a->date_source = STR("DATE");
    else if (date_of_id(a->id, &a->date))
        a->date_source = STR("document number");
    return MORGUE_OK;
}

/* ---- records ------------------------------------------------------------ */

static enum morgue_status
read_record(struct reading *r, struct morgue_str s, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    const struct {
        enum field field;
        const char *const *names;
    } parts[] = {
        {FIELD_TITLE, title_names},       {FIELD_AUTHOR, author_names},
        {FIELD_DATELINE, dateline_names}, {FIELD_SOURCE, source_names},
        {FIELD_SECTION, section_names},   {FIELD_TOPICS, topic_names}};
    bool converted;
    enum morgue_status st = reading_utf8(r, &s, STR(""), &converted, err);

    if (st)
        return st;
    reading_next(r);
    st = part(&a.id, r, s, id_names, err);
    if (a.id.len == 0)
        a.id = sgml_attribute(str_slice(s.s, str_find_nocase(s, 0, STR(">"))),
                              "id");
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !st; i++)
        st = part(record_field(&a, parts[i].field), r, s, parts[i].names, err);
    if (!st)
        st = read_date(r, &a, s, err);
    if (!st)
        st = whole_text(&a.body, r, s, err);
    if (st)
        return st;
    a.author = value_without_by(a.author);
    return reading_record(r, &a, converted ? READ_CONVERTED : 0, err);
}

static enum morgue_status
read_trec(struct reading *r, struct morgue_error *err)
{
    static const struct sgml_records records = {
        {"<DOC", 4}, {"</DOC>", 6}, read_record};

    return sgml_records(r, &records, err);
}

static bool
looks_like_trec(struct morgue_str head)
{
    size_t doc = sgml_tag(head, 0, STR("<DOC"));
    struct sgml_element e;

    if (doc == head.len || str_trim(str_slice(head.s, doc)).len > 0)
        return false;
    return sgml_element(&e, head, "DOCNO") ||
           sgml_element(&e, head, "DOCID") ||
           sgml_attribute(
               str_slice(head.s + doc,
                         str_find_nocase(head, doc, STR(">")) - doc),
               "id")
                   .len > 0;
}

const struct format format_trec = {
    .name = "trec",
    .what = "TREC and Gigaword SGML",
    .many = true,
    .tell = looks_like_trec,
    .read = read_trec,
};
