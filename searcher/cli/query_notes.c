/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query_notes.c - what is said about queries: notes, errors, how they are read
 *
 * A place in a query is shown by carets under it, on a terminal as under
 * letters of one column, of two, as those of East Asian scripts and pictures
 * (Unicode, EastAsianWidth.txt), or of none, as accents and joiners, by the
 * ranges that have them.  Right-to-left text is counted as it is stored.
 */
#include "query_notes.h"

#include <inttypes.h>
#include <string.h>

#include "../../common/cli/exit_code.h"

void
say_note(const char *id, const struct morgue_note *note)
{
    say("note: %s%s%s", id ? id : "", id ? ": " : "", note->text.s);
}

void
say_notes(const char *id, const morgue_hits *hits)
{
    struct morgue_note note = MORGUE_NOTE_INIT;

    for (size_t i = 0; morgue_hits_note(hits, i, &note); i++)
        say_note(id, &note);
}

void
say_query_notes(morgue *m, const char *query,
                const struct morgue_search_options *o)
{
    struct morgue_note note = MORGUE_NOTE_INIT;
    morgue_explained *e = NULL;

    if (morgue_query_explain(&e, m, query, o, NULL))
        return;
    for (size_t i = 0; morgue_explained_note(e, i, &note); i++)
        say_note(NULL, &note);
    morgue_explained_free(e);
}

/* ---- carets ------------------------------------------------------------- */

/* Columns of a query that are shown, their bytes with accents, and bytes
 * before the place. */
enum { SHOWN = 76, SHOWN_BYTES = SHOWN * 8, BEFORE = 36 };

/* A range of characters and the columns that they take. */
struct columns_of {
    uint32_t first, last;
    unsigned columns;
};

/* The columns of a character. */
static unsigned
columns_of(uint32_t c)
{
    static const struct columns_of ranges[] = {
        {0x300, 0x36F, 0},     {0x483, 0x489, 0},     {0x591, 0x5BD, 0},
        {0x5BF, 0x5BF, 0},     {0x5C1, 0x5C2, 0},     {0x5C4, 0x5C5, 0},
        {0x5C7, 0x5C7, 0},     {0x610, 0x61A, 0},     {0x61C, 0x61C, 0},
        {0x64B, 0x65F, 0},     {0x670, 0x670, 0},     {0x6D6, 0x6DC, 0},
        {0x6DF, 0x6E4, 0},     {0x6E7, 0x6E8, 0},     {0x6EA, 0x6ED, 0},
        {0x900, 0x902, 0},     {0x93A, 0x93A, 0},     {0x93C, 0x93C, 0},
        {0x941, 0x948, 0},     {0x94D, 0x94D, 0},     {0x951, 0x957, 0},
        {0x981, 0x981, 0},     {0x9BC, 0x9BC, 0},     {0x9C1, 0x9C4, 0},
        {0x9CD, 0x9CD, 0},     {0xE31, 0xE31, 0},     {0xE34, 0xE3A, 0},
        {0xE47, 0xE4E, 0},     {0x1100, 0x115F, 2},   {0x1160, 0x11FF, 0},
        {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},   {0x200B, 0x200F, 0},
        {0x202A, 0x202E, 0},   {0x2060, 0x206F, 0},   {0x20D0, 0x20FF, 0},
        {0x2E80, 0x3029, 2},   {0x302A, 0x302D, 0},   {0x302E, 0x3098, 2},
        {0x3099, 0x309A, 0},   {0x309B, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},
        {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},
        {0xFE30, 0xFE6F, 2},   {0xFEFF, 0xFEFF, 0},   {0xFF00, 0xFF60, 2},
        {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F3FA, 2}, {0x1F3FB, 0x1F3FF, 0},
        {0x1F400, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0100, 0xE01EF, 0}};

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return ranges[i].columns;
    return 1;
}

/* The length of the character at `s`, and its columns. */
static size_t
next_char(const char *s, unsigned *columns)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t c = u[0] < 0x80   ? u[0]
                 : u[0] < 0xE0 ? u[0] & 0x1Fu
                 : u[0] < 0xF0 ? u[0] & 0x0Fu
                               : u[0] & 0x07u;
    size_t n = 1;

    for (; (u[n] & 0xC0) == 0x80 && n < 4; n++)
        c = c << 6 | (u[n] & 0x3Fu);
    *columns = columns_of(c);
    return n;
}

/* Where a view of the query begins that has the place in it. */
static size_t
view_start(const char *query, size_t place)
{
    size_t at = place > BEFORE ? place - BEFORE : 0;

    while (at > 0 && ((unsigned char)query[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* The query, or as much of it as is a line, with carets under a place. */
static void
show_place(const char *query, struct morgue_span place)
{
    size_t from = view_start(query, place.start), len = strlen(query), at;
    char line[SHOWN_BYTES + 4], carets[SHOWN + 3];
    size_t n = 0, k = 0;
    unsigned columns, used = 0;

    for (at = from; at < len && used < SHOWN && n < SHOWN_BYTES;) {
        size_t bytes = next_char(query + at, &columns);
        bool in = at >= place.start && (at < place.end || at == place.start);

        if ((unsigned char)query[at] < ' ')
            line[n++] = ' ';
        else
            for (size_t i = 0; i < bytes; i++)
                line[n++] = query[at + i];
        for (unsigned i = 0; i < columns; i++)
            carets[k++] = in ? '^' : ' ';
        used += columns;
        at += bytes;
    }
    if (place.start >= len)
        carets[k++] = '^';
    while (k > 0 && carets[k - 1] == ' ')
        k--;
    fprintf(stderr, "  %s", from > 0 ? "..." : "");
    put_text(stderr, (struct morgue_str){line, n}, false);
    fprintf(stderr, "%s\n  %s%.*s\n", at < len ? "..." : "",
            from > 0 ? "   " : "", (int)k, carets);
}

/* What made a strict query fail: its notes, each with its place.  Whether
 * there are any. */
static bool
show_notes(morgue *m, const char *query, const struct morgue_search_options *o)
{
    struct morgue_search_options lenient = *o;
    struct morgue_note note = MORGUE_NOTE_INIT;
    morgue_explained *e = NULL;
    struct morgue_error err;
    size_t n = 0;

    lenient.strict = 0;
    if (morgue_query_explain(&e, m, query, &lenient, &err))
        return false;
    for (; morgue_explained_note(e, n, &note); n++) {
        say("%s", note.text.s);
        show_place(query, note.span);
    }
    morgue_explained_free(e);
    return n > 0;
}

int
say_query_error(const struct morgue_error *err, morgue *m, const char *query,
                const struct morgue_search_options *o)
{
    bool wrong = err->status == MORGUE_QUERY;

    if (wrong && o->strict && show_notes(m, query, o))
        return exit_codes(err->status).searcher;
    say_failure(err);
    if (wrong && err->at > 0)
        show_place(query, (struct morgue_span){err->at, err->at + 1});
    return exit_codes(err->status).searcher;
}

/* ---- explaining --------------------------------------------------------- */

static void
explain_text(struct renderer *r, const morgue_explained *e)
{
    struct morgue_term t = MORGUE_TERM_INIT;

    put_text(r->to, morgue_explained_text(e), false);
    putc('\n', r->to);
    for (size_t i = 0; morgue_explained_term(e, i, &t); i++) {
        fprintf(r->to, "%10" PRIu64 "  ", t.articles);
        put_text(r->to, t.term, false);
        fputs("  <  ", r->to);
        put_text(r->to, t.leaf, false);
        putc('\n', r->to);
    }
}

static void
explain_json(struct renderer *r, const morgue_explained *e, const char *id,
             const char *query)
{
    struct morgue_term t = MORGUE_TERM_INIT;
    struct morgue_note note = MORGUE_NOTE_INIT;
    struct json_out *o = &r->json;

    json_out_open(o, NULL, '{');
    json_out_str(o, "query", query);
    if (id)
        json_out_str(o, "query_id", id);
    json_out_text(o, "understood", morgue_explained_text(e));
    json_out_open(o, "notes", '[');
    for (size_t i = 0; morgue_explained_note(e, i, &note); i++)
        render_note(r, &note);
    json_out_close(o, ']');
    json_out_open(o, "terms", '[');
    for (size_t i = 0; morgue_explained_term(e, i, &t); i++) {
        json_out_open(o, NULL, '{');
        json_out_text(o, "of", t.leaf);
        json_out_plain(o, "start", "%zu", t.span.start);
        json_out_plain(o, "end", "%zu", t.span.end);
        json_out_text(o, "term", t.term);
        json_out_plain(o, "articles", "%" PRIu64, t.articles);
        json_out_close(o, '}');
    }
    json_out_close(o, ']');
    json_out_close(o, '}');
    json_out_end(o);
}

enum morgue_status
explain_query(struct renderer *r, const struct searcher_options *o, morgue *m,
              const char *id, const char *query, struct morgue_error *err)
{
    struct morgue_note note = MORGUE_NOTE_INIT;
    morgue_explained *e = NULL;
    enum morgue_status st =
        morgue_query_explain(&e, m, query, &o->search, err);

    if (st)
        return st;
    for (size_t i = 0; morgue_explained_note(e, i, &note); i++)
        say_note(id, &note);
    if (r->format == FORMAT_TEXT)
        explain_text(r, e);
    else
        explain_json(r, e, id, query);
    morgue_explained_free(e);
    return MORGUE_OK;
}
