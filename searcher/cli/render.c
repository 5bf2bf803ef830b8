/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * render.c - hits and articles as text, JSON, CSV and TREC runs
 *
 * JSON is UTF-8 with controls escaped (RFC 8259).  CSV is that of RFC 4180,
 * but lines end in LF.  Neither CSV nor text for people passes on what a
 * terminal obeys, so that an article cannot write to one; matched words are
 * bold on a terminal and stand between asterisks elsewhere.  A TREC run has
 * one word for an id, so white space in ids becomes "%20", and what a terminal
 * obeys goes.
 */
#include "render.h"

#include <inttypes.h>
#include <string.h>

bool
render_format_named(const char *name, enum render_format *out)
{
    static const char *const names[] = {[FORMAT_TEXT] = "text",
                                        [FORMAT_JSON] = "json",
                                        [FORMAT_JSONL] = "jsonl",
                                        [FORMAT_CSV] = "csv",
                                        [FORMAT_TREC] = "trec"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (enum render_format)i;
            return true;
        }
    return false;
}

static struct morgue_str
str(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

/* The bytes of `s` from `from` up to `to`. */
static struct morgue_str
cut(struct morgue_str s, size_t from, size_t to)
{
    return (struct morgue_str){.s = s.s + from, .len = to - from};
}

/* ---- marks -------------------------------------------------------------- */

/* Spans of a text, ascending. */
struct shown_marks {
    const struct morgue_span *mark;
    size_t n;
};

/* The bytes of `s` from `from` up to `to`, with what is marked of them. */
static void
put_marked(const struct renderer *r, struct morgue_str s, size_t from,
           size_t to, const struct shown_marks *m, bool lines)
{
    const char *on = r->color ? "\033[1;31m" : "*";
    const char *off = r->color ? "\033[0m" : "*";

    for (size_t i = 0; i < m->n; i++) {
        const struct morgue_span mark = m->mark[i];

        if (mark.start < from || mark.end > to)
            continue;
        put_text(r->to, cut(s, from, mark.start), lines);
        fputs(on, r->to);
        put_text(r->to, cut(s, mark.start, mark.end), lines);
        fputs(off, r->to);
        from = mark.end;
    }
    put_text(r->to, cut(s, from, to), lines);
}

/* ---- JSON --------------------------------------------------------------- */

static void
json_or_null(struct json_out *o, const char *key, const char *text)
{
    if (text[0])
        json_out_str(o, key, text);
    else
        json_out_plain(o, key, "null");
}

static void
json_date(struct json_out *o, struct morgue_date date)
{
    char text[MORGUE_DATE_MAX], local[MORGUE_DATE_LOCAL_MAX];

    morgue_date_print(text, date);
    morgue_date_print_local(local, date);
    json_or_null(o, "date", text);
    json_or_null(o, "date_local", local);
}

static void
json_spans(struct json_out *o, const char *key, const struct shown_marks *m)
{
    json_out_open(o, key, '[');
    for (size_t i = 0; i < m->n; i++)
        json_out_plain(o, NULL, "[%zu, %zu]", m->mark[i].start,
                       m->mark[i].end);
    json_out_close(o, ']');
}

static void
json_snippet(struct json_out *o, const struct morgue_snippet *s)
{
    json_out_text(o, "snippet", s->text);
    json_spans(o, "marks", &(struct shown_marks){s->mark, s->mark_n});
}

static void
json_hit(struct json_out *o, const struct answer *a,
         const struct morgue_hit *h, const struct morgue_snippet *s)
{
    json_out_open(o, NULL, '{');
    json_out_plain(o, "rank", "%zu", h->rank);
    if (a->id)
        json_out_str(o, "query_id", a->id);
    json_out_text(o, "id", h->id);
    json_out_plain(o, "score", "%.15g", h->score);
    json_date(o, h->date);
    json_out_text(o, "title", h->title);
    json_out_text(o, "url", h->url);
    json_out_text(o, "section", h->section);
    json_out_text(o, "source", h->source);
    json_out_lines(o, "author", h->author);
    json_out_text(o, "lang", h->lang);
    json_out_plain(o, "words", "%" PRIu64, h->words);
    if (h->status.len > 0)
        json_out_text(o, "status", h->status);
    if (a->snippets)
        json_snippet(o, s);
    json_out_close(o, '}');
}

void
render_note(struct renderer *r, const struct morgue_note *note)
{
    json_out_open(&r->json, NULL, '{');
    json_out_plain(&r->json, "start", "%zu", note->span.start);
    json_out_plain(&r->json, "end", "%zu", note->span.end);
    json_out_text(&r->json, "text", note->text);
    json_out_close(&r->json, '}');
}

static void
json_head(struct renderer *r, const struct answer *a)
{
    struct json_out *o = &r->json;
    bool exact;
    uint64_t total = morgue_hits_total(a->hits, &exact);
    struct morgue_note note = MORGUE_NOTE_INIT;

    json_out_open(o, NULL, '{');
    json_out_str(o, "query", a->query);
    if (a->id)
        json_out_str(o, "query_id", a->id);
    json_out_open(o, "total", '{');
    json_out_plain(o, "value", "%" PRIu64, total);
    json_out_plain(o, "exact", "%s", exact ? "true" : "false");
    json_out_close(o, '}');
    if (morgue_hits_timed_out(a->hits))
        json_out_plain(o, "timed_out", "true");
    json_out_plain(o, "took_us", "%lld", a->took_us);
    json_out_open(o, "notes", '[');
    for (size_t i = 0; morgue_hits_note(a->hits, i, &note); i++)
        render_note(r, &note);
    json_out_close(o, ']');
    json_out_open(o, "hits", '[');
}

/* ---- CSV and TREC ------------------------------------------------------- */

/* Whether a spreadsheet takes a cell with this text for a formula. */
static bool
is_formula(struct morgue_str s)
{
    return s.len > 0 && s.s[0] && strchr("=+-@\t\r\n", s.s[0]);
}

/* The text of a cell, with its quotes doubled. */
static void
csv_text(FILE *to, struct morgue_str s)
{
    while (s.len > 0) {
        const char *quote = memchr(s.s, '"', s.len);
        size_t len = quote ? (size_t)(quote - s.s) + 1 : s.len;

        put_text(to, cut(s, 0, len), true);
        if (quote)
            putc('"', to);
        s = cut(s, len, s.len);
    }
}

/* A cell.  An apostrophe before what looks like a formula makes it text. */
static void
csv_field(const struct renderer *r, struct morgue_str s)
{
    FILE *to = r->to;

    putc('"', to);
    if (!r->raw && is_formula(s))
        putc('\'', to);
    csv_text(to, s);
    putc('"', to);
}

/* A cell of a field with several values, on one line. */
static void
csv_lines(const struct renderer *r, struct morgue_str s)
{
    putc('"', r->to);
    if (!r->raw && is_formula(s))
        putc('\'', r->to);
    while (s.len > 0) {
        const char *end = memchr(s.s, '\n', s.len);
        size_t len = end ? (size_t)(end - s.s) : s.len;

        csv_text(r->to, cut(s, 0, len));
        if (end)
            fputs("; ", r->to);
        s = cut(s, len + (end != NULL), s.len);
    }
    putc('"', r->to);
}

/* What tells spreadsheets that the table is in UTF-8. */
static void
csv_begin(const struct renderer *r)
{
    if (r->bom)
        fputs("\xEF\xBB\xBF", r->to);
}

static void
csv_head(const struct renderer *r, const struct answer *a)
{
    csv_begin(r);
    fprintf(r->to,
            "%srank,score,date,id,title,section,source,author,url,date_local"
            "%s\n",
            a->id ? "query_id," : "", a->snippets ? ",snippet" : "");
}

static void
csv_hit(const struct renderer *r, const struct answer *a,
        const struct morgue_hit *h, const struct morgue_snippet *s)
{
    const struct morgue_str field[] = {h->id, h->title, h->section, h->source};
    FILE *to = r->to;
    char date[MORGUE_DATE_MAX], local[MORGUE_DATE_LOCAL_MAX];

    morgue_date_print(date, h->date);
    morgue_date_print_local(local, h->date);
    if (a->id) {
        csv_field(r, str(a->id));
        putc(',', to);
    }
    fprintf(to, "%zu,%.15g,%s", h->rank, h->score, date);
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        putc(',', to);
        csv_field(r, field[i]);
    }
    putc(',', to);
    csv_lines(r, h->author);
    putc(',', to);
    csv_field(r, h->url);
    fprintf(to, ",%s", local);
    if (a->snippets) {
        putc(',', to);
        csv_field(r, s->text);
    }
    putc('\n', to);
}

static void
trec_word(FILE *to, struct morgue_str s)
{
    while (s.len > 0) {
        size_t n = 0;

        while (n < s.len && (unsigned char)s.s[n] > ' ')
            n++;
        put_text(to, cut(s, 0, n), false);
        if (n < s.len)
            fputs("%20", to);
        s = cut(s, n + (n < s.len), s.len);
    }
}

static void
trec_hit(FILE *to, const struct answer *a, const struct morgue_hit *h)
{
    trec_word(to, str(a->id ? a->id : "1"));
    fputs(" Q0 ", to);
    trec_word(to, h->id);
    fprintf(to, " %zu %.15g morgue\n", h->rank, h->score);
}

/* ---- text --------------------------------------------------------------- */

static void
text_snippet(const struct renderer *r, const struct morgue_snippet *s)
{
    const struct shown_marks m = {s->mark, s->mark_n};

    fprintf(r->to, "   %s", s->starts_inside ? "... " : "");
    put_marked(r, s->text, 0, s->text.len, &m, false);
    fprintf(r->to, "%s\n", s->ends_inside ? " ..." : "");
}

static void
text_part(FILE *to, struct morgue_str s, bool *first)
{
    if (s.len == 0)
        return;
    fputs(*first ? "   " : " | ", to);
    put_text(to, s, false);
    *first = false;
}

static void
text_hit(const struct renderer *r, const struct answer *a,
         const struct morgue_hit *h, const struct morgue_snippet *s)
{
    char date[MORGUE_DATE_LOCAL_MAX];
    bool first = true;

    morgue_date_print_local(date, h->date);
    fprintf(r->to, "%zu. %s", h->rank, r->color ? "\033[1m" : "");
    if (h->title.len > 0)
        put_text(r->to, h->title, false);
    else
        fputs("(no headline)", r->to);
    fprintf(r->to, "%s\n", r->color ? "\033[0m" : "");
    text_part(r->to, str(date), &first);
    text_part(r->to, h->section, &first);
    text_part(r->to, h->source, &first);
    text_part(r->to, h->status, &first);
    fprintf(r->to, "%sscore %.2f", first ? "   " : " | ", h->score);
    first = false;
    fputs(" | id ", r->to);
    put_text(r->to, h->id, false);
    putc('\n', r->to);
    if (a->snippets && s->text.len > 0)
        text_snippet(r, s);
    putc('\n', r->to);
}

static void
text_total(const struct renderer *r, const struct answer *a)
{
    bool exact, more;
    uint64_t total = morgue_hits_total(a->hits, &exact);
    size_t n =
        morgue_hits_n(a->hits) < a->shown ? morgue_hits_n(a->hits) : a->shown;
    size_t last = a->offset + n;

    /* That there is one more than are shown was seen (answer.c). */
    more = !exact && total == last + 1;
    total -= more;
    if (n > 0)
        fprintf(r->to, "%zu to %zu of ", a->offset + 1, last);
    fprintf(r->to, "%s%" PRIu64 " article%s%s\n",
            exact  ? ""
            : more ? "more than "
                   : "at least ",
            total, total == 1 ? "" : "s",
            n == 0 && a->shown > 0 && total > 0
                ? ", all of them before --offset"
                : "");
}

/* ---- answers ------------------------------------------------------------ */

static void
render_head(struct renderer *r, const struct answer *a)
{
    if (r->format == FORMAT_JSON)
        json_head(r, a);
    else if (r->format == FORMAT_CSV && r->answers == 0)
        csv_head(r, a);
    else if (r->format == FORMAT_TEXT && a->id) {
        fputs("== ", r->to);
        put_text(r->to, str(a->id), false);
        fputs(": ", r->to);
        put_text(r->to, str(a->query), false);
        fputs("\n\n", r->to);
    }
}

static void
render_hit(struct renderer *r, const struct answer *a,
           const struct morgue_hit *h, const struct morgue_snippet *s)
{
    switch (r->format) {
    case FORMAT_TEXT:
        text_hit(r, a, h, s);
        break;
    case FORMAT_JSON:
        json_hit(&r->json, a, h, s);
        break;
    case FORMAT_JSONL:
        json_hit(&r->json, a, h, s);
        json_out_end(&r->json);
        break;
    case FORMAT_CSV:
        csv_hit(r, a, h, s);
        break;
    case FORMAT_TREC:
        trec_hit(r->to, a, h);
        break;
    }
}

enum morgue_status
render_answer(struct renderer *r, const struct answer *a,
              struct morgue_error *err)
{
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    enum morgue_status st = MORGUE_OK;

    render_head(r, a);
    for (size_t i = 0;
         !st && i < a->shown && morgue_hits_get(a->hits, i, &hit); i++) {
        if (a->snippets)
            st = morgue_hits_snippet(a->hits, i, &snippet, err);
        if (!st)
            render_hit(r, a, &hit, &snippet);
    }
    if (r->format == FORMAT_JSON) {
        json_out_close(&r->json, ']');
        json_out_close(&r->json, '}');
        json_out_end(&r->json);
    } else if (r->format == FORMAT_TEXT &&
               (a->counted || morgue_hits_total(a->hits, NULL) > 0))
        text_total(r, a);
    r->answers++;
    return st;
}

/* ---- what cannot be answered -------------------------------------------- */

static void
json_refusal(struct json_out *o, const char *id, size_t line,
             const char *query, const char *error)
{
    json_out_open(o, NULL, '{');
    json_out_str(o, "query", query);
    if (id)
        json_out_str(o, "query_id", id);
    json_out_plain(o, "line", "%zu", line);
    json_out_str(o, "error", error);
    json_out_close(o, '}');
    json_out_end(o);
}

static void
text_refusal(FILE *to, const char *name, const char *query, const char *error)
{
    fputs("== ", to);
    put_text(to, str(name), false);
    fputs(": ", to);
    put_text(to, str(query), false);
    fputs("\n\n   error: ", to);
    put_text(to, str(error), false);
    fputs("\n\n", to);
}

/* As a hit that is none. */
static void
row_refusal(struct renderer *r, const char *name, const char *error)
{
    const struct answer a = {.id = name, .snippets = r->snippets};
    const struct morgue_hit hit = {.title = str(error), .id = str(error)};
    const struct morgue_snippet none = {.size = sizeof none};

    if (r->format == FORMAT_TREC)
        trec_hit(r->to, &a, &hit);
    else {
        if (r->answers == 0)
            csv_head(r, &a);
        csv_hit(r, &a, &hit, &none);
    }
}

void
render_refusal(struct renderer *r, const char *id, size_t line,
               const char *query, const char *error)
{
    char number[32], message[600];
    const char *name = id ? id : number;

    snprintf(number, sizeof number, "line %zu", line);
    snprintf(message, sizeof message, "line %zu: %s", line, error);
    if (r->format == FORMAT_TEXT)
        text_refusal(r->to, name, query, message);
    else if (r->format == FORMAT_CSV || r->format == FORMAT_TREC)
        row_refusal(r, name, message);
    else
        json_refusal(&r->json, id, line, query, error);
    r->answers++;
}

/* ---- whole articles ----------------------------------------------------- */

static struct shown_marks
marks_of(const morgue_text *text, const char *field)
{
    struct shown_marks m;

    m.mark = morgue_text_marks(text, field, &m.n);
    return m;
}

/* Values on lines of their own as one line. */
static void
text_lines(const struct renderer *r, struct morgue_str s,
           const struct shown_marks *m)
{
    for (size_t at = 0; at < s.len;) {
        const char *end = memchr(s.s + at, '\n', s.len - at);
        size_t to = end ? (size_t)(end - s.s) : s.len;

        put_marked(r, s, at, to, m, false);
        if (end)
            fputs("; ", r->to);
        at = to + (end != NULL);
    }
}

void
render_article_text(struct renderer *r, const morgue_text *text)
{
    const struct morgue_article *a = morgue_text_article(text);
    char date[MORGUE_DATE_MAX], local[MORGUE_DATE_LOCAL_MAX];
    struct morgue_field f = MORGUE_FIELD_INIT;
    struct shown_marks m;
    struct morgue_str s;

    morgue_date_print(date, a->date);
    morgue_date_print_local(local, a->date);
    for (size_t i = 0; morgue_field_get(i, &f); i++) {
        if (strcmp(f.name, "body") == 0 ||
            !morgue_article_get(a, f.name, &s) || s.len == 0)
            continue;
        fprintf(r->to, "%s: ", f.name);
        m = marks_of(text, f.name);
        text_lines(r, s, &m);
        putc('\n', r->to);
    }
    if (date[0])
        fprintf(r->to, "date: %s\n", date);
    if (strcmp(date, local) != 0)
        fprintf(r->to, "date_local: %s\n", local);
    putc('\n', r->to);
    m = marks_of(text, "body");
    put_marked(r, a->body, 0, a->body.len, &m, true);
    putc('\n', r->to);
}

/* What is marked, by field. */
static void
json_marks(struct json_out *o, const morgue_text *text)
{
    struct morgue_field f = MORGUE_FIELD_INIT;

    json_out_open(o, "marks", '{');
    for (size_t i = 0; morgue_field_get(i, &f); i++) {
        const struct shown_marks m = marks_of(text, f.name);

        if (m.n > 0)
            json_spans(o, f.name, &m);
    }
    json_out_close(o, '}');
}

void
render_article_json(struct renderer *r, const morgue_text *text, bool marked)
{
    const struct morgue_article *a = morgue_text_article(text);
    struct morgue_field f = MORGUE_FIELD_INIT;
    struct morgue_str s;

    json_out_open(&r->json, NULL, '{');
    json_out_text(&r->json, "id", a->id);
    json_date(&r->json, a->date);
    for (size_t i = 1; morgue_field_get(i, &f);
         i++) { /* the id is the first */
        if (!morgue_article_get(a, f.name, &s) || s.len == 0)
            continue;
        if (f.many)
            json_out_lines(&r->json, f.name, s);
        else
            json_out_text(&r->json, f.name, s);
    }
    if (marked)
        json_marks(&r->json, text);
    json_out_close(&r->json, '}');
    json_out_end(&r->json);
}

/* ---- values ------------------------------------------------------------- */

static void
render_value(struct renderer *r, const struct morgue_value *v)
{
    if (r->format == FORMAT_CSV) {
        csv_field(r, v->value);
        fprintf(r->to, ",%" PRIu64 "\n", v->articles);
    } else if (r->format == FORMAT_TEXT) {
        fprintf(r->to, "%8" PRIu64 "  ", v->articles);
        put_text(r->to, v->value, false);
        putc('\n', r->to);
    } else {
        json_out_open(&r->json, NULL, '{');
        json_out_text(&r->json, "value", v->value);
        json_out_plain(&r->json, "count", "%" PRIu64, v->articles);
        json_out_close(&r->json, '}');
    }
}

void
render_values(struct renderer *r, const morgue_values *values, size_t from,
              size_t end)
{
    struct morgue_value v = MORGUE_VALUE_INIT;

    if (r->format == FORMAT_CSV) {
        csv_begin(r);
        fputs("value,count\n", r->to);
    }
    if (r->format == FORMAT_JSON)
        json_out_open(&r->json, NULL, '[');
    for (size_t i = from; i < end && morgue_values_get(values, i, &v); i++) {
        render_value(r, &v);
        if (r->format == FORMAT_JSONL)
            json_out_end(&r->json);
    }
    if (r->format == FORMAT_JSON) {
        json_out_close(&r->json, ']');
        json_out_end(&r->json);
    }
}
