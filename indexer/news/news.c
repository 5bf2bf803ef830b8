/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * news.c - facts and text of articles out of XML
 *
 * Text is written by html_text, for which elements of NITF are called as those
 * of HTML are that read like them.
 */
#include "news.h"

#include "../../common/article/date.h"
#include "../markup/html.h"
#include "../reading/written.h"

/* ---- facts -------------------------------------------------------------- */

static struct morgue_str
keep(struct news *n, struct morgue_str s)
{
    if (!arena_str(&n->r->arena, s, &s)) {
        n->nomem = true;
        return STR("");
    }
    return s;
}

void
news_set(struct news *n, enum field f, struct morgue_str value)
{
    struct morgue_str *field = record_field(&n->a, f);

    value = str_trim(value);
    if (field->len == 0 && value.len > 0)
        *field = keep(n, value);
}

static bool
has_line(struct morgue_str lines, struct morgue_str wanted)
{
    struct morgue_str line;

    while (lines.len < LINES_SEARCHED && str_line(&lines, &line))
        if (str_eq_nocase(line, wanted))
            return true;
    return false;
}

void
news_add(struct news *n, enum field f, struct morgue_str value)
{
    struct morgue_str *field = record_field(&n->a, f);
    struct morgue_str had = *field;

    value = str_trim(value);
    if (had.len == 0) {
        news_set(n, f, value);
        return;
    }
    if (value.len == 0 || had.len + value.len > field_info[f].max ||
        has_line(had, value))
        return;
    if (!arena_add_line(&n->r->arena, field, &n->room[f], value))
        n->nomem = true;
}

void
news_extra(struct news *n, const char *key, struct morgue_str value)
{
    extra_add(&n->r->extra, str_of(key), value);
}

void
news_date(struct news *n, struct morgue_str value, const char *source)
{
    if (n->a.date.precision != MORGUE_DATE_NONE ||
        !written_read(n->r, value, &n->a.date))
        return;
    n->r->written = keep(n, value);
    n->a.date_source = str_of(source);
}

struct morgue_str
news_line(struct news *n, const struct tree_node *e)
{
    struct morgue_str line;

    if (!tree_line(&line, &n->r->arena, e))
        n->nomem = true;
    return line;
}

struct morgue_str
news_value(struct news *n, const struct tree_node *e, const char *attribute)
{
    struct morgue_str value = tree_attr(e, attribute);

    return value.len > 0 ? value : news_line(n, e);
}

struct morgue_str
news_code(struct morgue_str qcode)
{
    size_t at = qcode.len;

    while (at > 0 && qcode.s[at - 1] != ':')
        at--;
    return str_slice(qcode.s + at, qcode.len - at);
}

/* ---- text --------------------------------------------------------------- */

bool
news_has_text(const struct news *n)
{
    return n->r->text.len > 0;
}

/* How elements of NITF and XHTML are read. */
static const struct {
    const char *name, *as;
} readings[] = {
    {"hl1", "h1"},
    {"hl2", "h2"},
    {"block", "div"},
    {"body.content", "div"},
    {"bq", "div"},
    {"fn", "div"},
    {"nitf-table", "div"},
    {"datasource", "div"},
    {"dateline", "div"},
    /* what is no text of the article */
    {"media", "template"},
    {"nitf-table-metadata", "template"},
    {"custom-table", "template"},
    {"note", "template"},
    {"byline", "template"},
    {"distributor", "template"},
    {"copyrite", "template"},
    {"rights", "template"},
    {"abstract", "template"},
    {"figcaption", "template"},
    {"header", "template"}, /* the headline again */
    {"footer", "template"},
};

static void
read_as(struct tree_node *e)
{
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        if (tree_is(e, readings[i].name)) {
            e->name = str_of(readings[i].as);
            return;
        }
}

/* A cell of a table stands on the line of its row. */
static void
join_cell(struct news *n, struct tree_node *e)
{
    if (!tree_is(e, "td") && !tree_is(e, "th"))
        return;
    e->name = STR("span");
    if (!tree_add(&n->r->arena, e, STR(""), STR(" ")))
        n->nomem = true;
}

/* Begin to append a text; returns where. */
static size_t
begin_text(struct buf *text)
{
    size_t at = text->len;

    if (at > 0)
        buf_str(text, STR("\n\n"));
    return at;
}

/* Take what begin_text put away where there is nothing behind it. */
static void
end_text(struct buf *text, size_t at)
{
    size_t begin = at > 0 ? at + 2 : 0, end = text->len;

    while (end > begin && is_space(text->data[end - 1]))
        end--;
    buf_cut(text, end > begin ? end : at);
}

void
news_text(struct news *n, struct tree_node *e)
{
    struct buf *text = &n->r->text;
    size_t at = begin_text(text);

    html_foreign(e);
    for (struct tree_node *c = tree_walk(e, e); c; c = tree_walk(c, e)) {
        read_as(c);
        join_cell(n, c);
    }
    html_text(text, e);
    end_text(text, at);
}

void
news_html(struct news *n, struct morgue_str html)
{
    struct buf *text = &n->r->text;
    size_t at = begin_text(text);

    if (html_to_text(text, str_trim(html), n->scratch, NULL) == MORGUE_NOMEM)
        n->nomem = true;
    end_text(text, at);
}

void
news_plain(struct news *n, struct morgue_str plain)
{
    struct buf *text = &n->r->text;
    size_t at = begin_text(text);

    buf_str(text, str_trim(plain));
    end_text(text, at);
}
