/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_mail.c - mail: newsletters, press releases, contributions
 *
 * A message (RFC 5322), or a mailbox of them, each behind a line "From ...".
 * Subject is the headline, From the author, by name where there is one, Date
 * the date, Message-ID the id.  The body is the text of the parts that are
 * text and no attachment, plain text before HTML where there is a choice.
 * Other parts are left out.
 */

#include "../keys/keyed.h"
#include "../markup/html.h"
#include "../reading/format.h"
#include "mime.h"

enum {
    MESSAGE_MAX = 64 * 1024 * 1024,
    PARTS_DEEP = 12,
    PARTS_MAX = 1000 /* of a message */
};

struct mail {
    struct reading *r;
    struct buf text;      /* of the body so far */
    struct buf bytes;     /* of a part, decoded */
    struct arena scratch; /* of a part in HTML */
    int parts;
    bool converted;
};

/* ---- the body ----------------------------------------------------------- */

/* Line ends as LF, none at the ends. */
static void
put_lines(struct buf *out, struct morgue_str text)
{
    struct morgue_str line;

    text = str_trim(text);
    if (text.len > 0 && out->len > 0)
        buf_str(out, STR("\n\n"));
    while (str_line(&text, &line)) {
        while (line.len > 0 && is_space(line.s[line.len - 1]))
            line.len--;
        buf_str(out, line);
        if (text.len > 0)
            buf_char(out, '\n');
    }
}

/* Append a part that is text. */
static enum morgue_status
put_part(struct mail *m, const struct mime_part *part, struct morgue_str type,
         struct morgue_error *err)
{
    struct morgue_str text;
    struct buf plain;
    bool converted = false;
    enum morgue_status st;

    buf_reset(&m->bytes);
    mime_decode(&m->bytes, part->body,
                mime_head(part->head, "Content-Transfer-Encoding"));
    st = buf_status(&m->bytes, err);
    if (st)
        return st;
    text = buf_view(&m->bytes);
    st = reading_utf8(m->r, &text, mime_parameter(type, "charset"), &converted,
                      err);
    if (st)
        return st;
    m->converted = m->converted || converted;
    if (!str_starts_nocase(type, STR("text/html"))) {
        put_lines(&m->text, text);
        return buf_status(&m->text, err);
    }
    buf_init(&plain, MESSAGE_MAX);
    st = html_to_text(&plain, text, &m->scratch, err);
    if (!st)
        st = buf_status(&plain, err);
    if (!st)
        put_lines(&m->text, buf_view(&plain));
    buf_free(&plain);
    return st ? st : buf_status(&m->text, err);
}

static enum morgue_status walk(struct mail *m, const struct mime_part *part,
                               int depth, struct morgue_error *err);

/* The first kind of the wanted ones that has any text. */
static enum morgue_status
walk_alternatives(struct mail *m, const struct mime_part *part,
                  struct morgue_str boundary, int depth,
                  struct morgue_error *err)
{
    static const char *const kinds[] = {"text/plain", "text/html",
                                        "multipart/"};
    enum morgue_status st = MORGUE_OK;
    size_t len = m->text.len;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !st; i++) {
        struct morgue_str rest = part->body;
        struct mime_part one;

        while (!st && m->text.len == len &&
               mime_next_part(&one, &rest, boundary))
            if (str_starts_nocase(mime_head(one.head, "Content-Type"),
                                  str_of(kinds[i])))
                st = walk(m, &one, depth + 1, err);
    }
    return st;
}

static enum morgue_status
walk(struct mail *m, const struct mime_part *part, int depth,
     struct morgue_error *err)
{
    struct morgue_str type = mime_head(part->head, "Content-Type"), rest;
    struct morgue_str boundary = mime_parameter(type, "boundary");
    enum morgue_status st = MORGUE_OK;
    struct mime_part one;

    if (depth > PARTS_DEEP || ++m->parts > PARTS_MAX ||
        str_starts_nocase(mime_head(part->head, "Content-Disposition"),
                          STR("attachment")))
        return MORGUE_OK;
    if (str_starts_nocase(type, STR("multipart/alternative")))
        return walk_alternatives(m, part, boundary, depth, err);
    if (str_starts_nocase(type, STR("multipart/"))) {
        rest = part->body;
        while (!st && mime_next_part(&one, &rest, boundary))
            st = walk(m, &one, depth + 1, err);
        return st;
    }
    if (type.len == 0 || str_starts_nocase(type, STR("text/plain")) ||
        str_starts_nocase(type, STR("text/html")))
        return put_part(m, part, type, err);
    return MORGUE_OK;
}

/* ---- heads -------------------------------------------------------------- */

/* A head's value, decoded, in the arena. */
static enum morgue_status
head(struct morgue_str *out, struct mail *m, struct morgue_str heads,
     const char *name, struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    buf_init(&b, 64 * 1024);
    st = mime_words(&b, mime_head(heads, name), err);
    if (st == MORGUE_FORMAT) { /* too long to be one */
        buf_reset(&b);
        st = MORGUE_OK;
    }
    if (!st && !arena_str(&m->r->arena, buf_view(&b), out))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

/* The name in `Name <address>`, or the address. */
static struct morgue_str
person(struct morgue_str from)
{
    const char *open = from.len > 0 ? memchr(from.s, '<', from.len) : NULL;
    struct morgue_str name = from;

    if (open)
        name = str_trim(str_slice(from.s, (size_t)(open - from.s)));
    if (name.len > 1 && name.s[0] == '"' && name.s[name.len - 1] == '"')
        name = str_slice(name.s + 1, name.len - 2);
    if (name.len > 0 || !open)
        return name;
    from = str_slice(open + 1, (size_t)(from.s + from.len - open - 1));
    if (from.len > 0 && from.s[from.len - 1] == '>')
        from.len--;
    return from;
}

static enum morgue_status
read_heads_of(struct keyed *k, struct mail *m, struct morgue_str heads,
              struct morgue_error *err)
{
    static const struct {
        const char *name, *key;
    } wanted[] = {{"Subject", "title"},       {"From", "author"},
                  {"Date", "Date"},           {"Message-ID", "id"},
                  {"Organization", "source"}, {"Content-Language", "lang"},
                  {"Keywords", "keywords"}};
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted && !st; i++) {
        struct morgue_str value;

        st = head(&value, m, heads, wanted[i].name, err);
        if (i == 1)
            value = person(value);
        if (i == 3 && value.len > 1 && value.s[0] == '<')
            value = str_slice(value.s + 1,
                              value.len - 1 - (value.s[value.len - 1] == '>'));
        if (!st)
            st = keyed_add(k, str_of(wanted[i].key), value, false, err);
    }
    return st;
}

/* ---- messages ----------------------------------------------------------- */

static struct morgue_str
without_blank_lines(struct morgue_str s)
{
    struct morgue_str rest = s, line;

    while (str_line(&rest, &line) && str_trim(line).len == 0)
        s = rest;
    return s;
}

static enum morgue_status
read_message(struct mail *m, struct morgue_str bytes, struct morgue_error *err)
{
    struct mime_part whole = mime_cut(without_blank_lines(bytes));
    struct keyed k;
    enum morgue_status st;

    keyed_begin(&k, m->r);
    buf_reset(&m->text);
    m->parts = 0;
    m->converted = false;
    st = walk(m, &whole, 0, err);
    if (st == MORGUE_FORMAT)
        return reading_failed(m->r, m->r->in.line,
                              "a message that is too long", err);
    if (!st)
        st = read_heads_of(&k, m, whole.head, err);
    if (st)
        return st;
    k.article.body = buf_view(&m->text);
    return keyed_end(&k, m->converted ? READ_CONVERTED : 0, err);
}

/* Where the message in `s` ends: before a line "From " behind a blank one. */
static size_t
message_len(struct morgue_str s)
{
    static const struct morgue_str next = {"\nFrom ", 6};

    for (const char *at = s.s, *end = s.s + s.len;;) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at || end - at < 7)
            return 0;
        if (str_starts(str_slice(at, (size_t)(end - at)), next) &&
            (at == s.s || at[-1] == '\n' || at[-1] == '\r'))
            return (size_t)(at - s.s) + 1;
        at++;
    }
}

static enum morgue_status
read_mailbox(struct mail *m, struct morgue_error *err)
{
    struct input *in = &m->r->in;
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;
    bool more = true;

    while (!st && more) {
        struct morgue_str v;
        size_t len;

        st = input_line(&line, &more, in, err); /* From ... */
        do {
            v = input_view(in);
            len = message_len(v);
            if (st || len > 0 || in->ended || v.len > MESSAGE_MAX)
                break;
            st = input_need(in, v.len + 1, err);
        } while (!st);
        if (st || v.len == 0)
            break;
        if (len == 0)
            len = v.len;
        if (len > MESSAGE_MAX)
            st = reading_failed(m->r, in->line, "a message that is too long",
                                err);
        else
            st = read_message(m, str_slice(v.s, len), err);
        input_take(in, len);
    }
    return st;
}

static enum morgue_status
read_mail(struct reading *r, struct morgue_error *err)
{
    struct mail m = {.r = r};
    enum morgue_status st;

    buf_init(&m.text, MESSAGE_MAX);
    buf_init(&m.bytes, MESSAGE_MAX);
    arena_init(&m.scratch, (size_t)MESSAGE_MAX * 8);
    r->many = str_starts(input_view(&r->in), STR("From "));
    if (r->many) {
        st = read_mailbox(&m, err);
    } else {
        st = input_need(&r->in, MESSAGE_MAX + 1, err);
        if (!st && input_view(&r->in).len > MESSAGE_MAX)
            st = reading_failed(r, 1, "a message that is too long", err);
        else if (!st)
            st = read_message(&m, input_view(&r->in), err);
    }
    buf_free(&m.text);
    buf_free(&m.bytes);
    arena_free(&m.scratch);
    return st;
}

static bool
looks_like_mail(struct morgue_str head)
{
    static const char *const marks[] = {"Received",     "Message-ID",
                                        "MIME-Version", "Delivered-To",
                                        "Return-Path",  "DKIM-Signature"};
    bool box = str_starts(head, STR("From "));
    struct morgue_str line;
    struct mime_part p;
    int n = 0;

    head = without_blank_lines(head);
    if (box)
        str_line(&head, &line);
    p = mime_cut(head);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        n += mime_head(p.head, marks[i]).len > 0;
    return (n >= 2 || (box && n >= 1)) &&
           (mime_head(p.head, "From").len > 0 ||
            mime_head(p.head, "Subject").len > 0);
}

const struct format format_mail = {
    .name = "mail",
    .what = "mail: messages and mailboxes",
    .tell = looks_like_mail,
    .read = read_mail,
};
