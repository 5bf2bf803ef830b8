/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_source.c - a file of XML into records
 *
 * The window is taken in pieces that end behind a tag or line and never go
 * beyond an XML declaration, which begins a new document: as wire files have
 * them one behind the other.  Each piece is made UTF-8 by itself, by what its
 * document declares; a document that breaks is a failure, and the next one is
 * read.  What stands before a document is passed over.
 */
#include "xml_source.h"

#include "../../common/base/utf8.h"
#include "../markup/xml.h"
#include "../reading/charset.h"

enum { PIECE = 256 * 1024 };

struct xml_reading {
    struct reading *r;
    const struct xml_kind *kind;
    struct xml *x;       /* the document; NULL: passed over to the next */
    uint64_t open_line;  /* of a record that broke off; 0: none did */
    unsigned how;        /* READ_ flags of this piece and, with it, of all */
    unsigned record_how; /* of those that the record is in */
    char declared[CHARSET_MAX]; /* charset of this document */
    struct buf repaired;
    struct arena scratch;
};

static struct morgue_str
behind(struct morgue_str s, size_t n)
{
    return str_slice(s.s + n, s.len - n);
}

/* Where an XML declaration begins in `s`, at or behind `from`. */
static size_t
find_declaration(struct morgue_str s, size_t from)
{
    while (from < s.len) {
        from = str_find(s, from, STR("<?xml"));
        if (from + 5 < s.len && is_space(s.s[from + 5]))
            break;
        from += from < s.len;
    }
    return from;
}

/* ---- records ------------------------------------------------------------ */

/* Flags that are true of this article: bytes of its piece that were changed
 * may be those of others. */
static unsigned
article_how(const struct morgue_article *a, unsigned how)
{
    bool other = false, replaced = false;

    for (int f = 0; f < FIELD_N && how; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        for (size_t i = 0; i < s.len && !other; i++)
            other = s.s[i] & 0x80;
        replaced |= str_find(s, 0, STR("\xEF\xBF\xBD")) < s.len;
    }
    return how & (unsigned)((other ? READ_CONVERTED : 0) |
                            (replaced ? READ_REPAIRED : 0));
}

static enum morgue_status
take_news(struct xml_reading *j, struct news *n, uint64_t line,
          struct morgue_error *err)
{
    struct reading *r = j->r;

    if (r->text.full)
        return reading_failed(r, line, "the article is longer than 256 MB",
                              err);
    if (n->nomem || r->text.nomem || r->extra.nomem ||
        !arena_str(&r->arena, buf_view(&r->text), &n->a.body))
        return error_nomem(err);
    n->a.extra = buf_view(&r->extra);
    if (n->skip)
        return reading_skipped(r, &n->a, n->skip, err);
    return reading_record(r, &n->a, article_how(&n->a, j->record_how), err);
}

static enum morgue_status
on_record(struct tree_node *record, bool whole, uint64_t line, void *payload,
          struct morgue_error *err)
{
    struct xml_reading *j = payload;
    struct news n = {
        .r = j->r, .a = MORGUE_ARTICLE_INIT, .scratch = &j->scratch};
    enum morgue_status st;

    if (!whole) {
        j->open_line = line;
        return MORGUE_OK;
    }
    reading_next(j->r);
    buf_reset(&j->r->text);
    j->kind->fill(&n, record);
    st = take_news(j, &n, line, err);
    j->record_how = j->how;
    return st;
}

/* ---- documents ---------------------------------------------------------- */

/* What the declaration at the beginning of `s` says of the charset. */
static void
declare(struct xml_reading *j, struct morgue_str s)
{
    struct morgue_str name;
    char quote;
    size_t at;

    j->declared[0] = '\0';
    s.len = str_find(s, 0, STR("?>"));
    s = behind(s, str_find(s, 0, STR("encoding")));
    at = 8;
    while (at < s.len && (is_space(s.s[at]) || s.s[at] == '='))
        at++;
    if (at >= s.len)
        return;
    quote = s.s[at];
    name = behind(s, at + 1);
    name.len = str_find(name, 0, str_slice(&quote, 1));
    if ((quote != '"' && quote != '\'') || name.len >= CHARSET_MAX)
        return;
    memcpy(j->declared, name.s, name.len);
    j->declared[name.len] = '\0';
}

/* The document failed: say so, unless the file's own break says it. */
static enum morgue_status
report(struct xml_reading *j, const char *why, bool last,
       struct morgue_error *err)
{
    bool open = j->open_line > 0;

    j->open_line = 0;
    if (last && j->r->in.broken)
        return MORGUE_OK;
    if (open)
        return reading_failed(j->r, 0, why, err);
    return reading_broken(j->r, MORGUE_FAILED, why, err);
}

/* Nothing more comes of the document.  `last`: nor of the file. */
static enum morgue_status
end_document(struct xml_reading *j, bool last, struct morgue_error *err)
{
    struct morgue_error why;
    enum morgue_status st;

    if (!j->x)
        return MORGUE_OK;
    st = xml_end(j->x, &why);
    xml_free(j->x);
    j->x = NULL;
    if (st == MORGUE_FORMAT)
        return report(j, why.message, last, err);
    if (st && err)
        *err = why;
    return st;
}

static enum morgue_status
begin_document(struct xml_reading *j, struct morgue_str piece,
               struct morgue_error *err)
{
    enum morgue_status st = end_document(j, false, err);

    if (st)
        return st;
    declare(j, piece);
    j->record_how = 0;
    return xml_new(&j->x, j->kind->names, j->r->in.line, on_record, j, err);
}

/* ---- pieces ------------------------------------------------------------- */

/* How much of the window is taken next. */
static size_t
piece_len(const struct input *in)
{
    struct morgue_str v = input_view(in);
    size_t at = find_declaration(v, 1);

    if (at < v.len)
        return at;
    if (in->ended)
        return v.len;
    for (at = v.len; at > 0; at--)
        if (v.s[at - 1] == '>' || v.s[at - 1] == '\n')
            return at;
    at = utf8_floor(v, v.len - 1);
    return at > 0 ? at : v.len;
}

/* A piece in valid UTF-8. */
static enum morgue_status
make_utf8(struct xml_reading *j, struct morgue_str *piece,
          struct morgue_error *err)
{
    bool converted;
    enum morgue_status st =
        reading_utf8(j->r, piece, str_of(j->declared), &converted, err);

    j->how = converted ? READ_CONVERTED : 0;
    if (!st && !utf8_valid(*piece)) {
        buf_reset(&j->repaired);
        utf8_repair(&j->repaired, *piece);
        *piece = buf_view(&j->repaired);
        j->how |= READ_REPAIRED;
        st = buf_status(&j->repaired, err);
    }
    j->record_how |= j->how;
    return st;
}

static enum morgue_status
read_piece(struct xml_reading *j, bool first, struct morgue_error *err)
{
    struct input *in = &j->r->in;
    size_t len = piece_len(in);
    struct morgue_str piece = str_slice(input_view(in).s, len);
    bool begins = find_declaration(piece, 0) == 0;
    enum morgue_status st = MORGUE_OK;

    if (first || (begins && !(j->x && xml_is_inside(j->x))))
        st = begin_document(j, begins ? piece : STR(""), err);
    if (!st && j->x)
        st = make_utf8(j, &piece, err);
    if (!st && j->x) {
        st = xml_feed(j->x, piece, err);
        if (st == MORGUE_FORMAT)
            st = end_document(j, false, err);
    }
    input_take(in, len);
    return st;
}

enum morgue_status
xml_source_read(struct reading *r, const struct xml_kind *kind,
                struct morgue_error *err)
{
    struct xml_reading j = {.r = r, .kind = kind};
    bool first = true;
    enum morgue_status st;

    buf_init(&j.repaired, (size_t)PIECE * 64);
    arena_init(&j.scratch, (size_t)RECORD_MAX * 4);
    for (;;) {
        st = input_need(&r->in, PIECE, err);
        if (st || input_view(&r->in).len == 0)
            break;
        st = read_piece(&j, first, err);
        first = false;
        if (st)
            break;
    }
    if (!st)
        st = end_document(&j, true, err);
    xml_free(j.x);
    buf_free(&j.repaired);
    arena_free(&j.scratch);
    return st;
}
