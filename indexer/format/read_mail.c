/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_mail.c - mail: newsletters, press releases, contributions, news groups
 *
 * A message (RFC 5322, 5536), or a mailbox of them (mailbox.c).  Subject is
 * the headline, From the authors, by name where there is one (people.c), Date
 * the date, Message-ID the id.  The body is the text of the parts that are
 * text and no attachment, plain text before HTML where there is a choice.
 * Other parts are left out; of messages within the message the subjects go to
 * the extra lines.  Where nothing else is text, those messages and attached
 * texts are read after all.
 *
 * Heads in 8 bits are in the charset that the first text declares, else in
 * the one that the message seems to be in, unless they are UTF-8.
 *
 * Who reads it: two libraries were tried on the messages of tests/cases/mail
 * that this reader was mended by, on malformed ones, and with each allocation
 * failing in turn.
 *
 *   libetpan 1.9.4  16 of 35 messages right.  Ended by a signal at a From of
 *                   300,000 "(" and at 100,000 messages one in another (8 MB),
 *                   as it calls itself for each; 10,000 nested multiparts
 *                   (0.5 MB) take 1.4 s, growing with the square.  Of 822
 *                   failed allocations 192 end the process, 209 give a wrong
 *                   text without an error.
 *   GMime 3.2.13    Right with trees and boundaries; leaves flowed text, cuts
 *                   a mailbox at any line "From ".  Of 660 failed allocations
 *                   656 end the process, as GLib does.
 *
 * Neither keeps the promise that want of memory is a status, or the bounds
 * here: a message of MESSAGE_MAX bytes, PARTS_DEEP parts in one another,
 * PARTS_MAX parts in all.  Both would leave half of it to this code.  They and
 * Python's email are what the tests hold it against (tests/mail).
 *
 * Cost is linear in the length of a message for each level of parts.  What is
 * encrypted, TNEF and messages in base64 are not read; the pieces of a message
 * that was cut up (message/partial) are each an article.
 */

#include "../keys/keyed.h"
#include "../markup/html.h"
#include "../reading/charset.h"
#include "../reading/format.h"
#include "mail_text.h"
#include "mailbox.h"
#include "mime.h"
#include "people.h"
#include "read_html.h"

enum {
    MESSAGE_MAX = 64 * 1024 * 1024,
    PARTS_DEEP = 12,
    PARTS_MAX = 1000, /* of a message */
    HEAD_MAX = 64 * 1024,
    BOUNDARY_MAX = 1000,
    TOLD_MAX = 20 /* messages within a message */
};

struct mail {
    struct reading *r;
    struct buf text;           /* of the body so far */
    struct buf bytes;          /* of a part, decoded */
    struct buf lines;          /* of a part that is flowed or marked up */
    struct buf value;          /* of a parameter or a head */
    struct buf told;           /* subjects of messages left out, a line each */
    struct arena scratch;      /* of a part in HTML */
    char charset[CHARSET_MAX]; /* of heads in 8 bits, as declared */
    int parts, messages;
    bool converted, cut;
    bool nomem; /* for a parameter */
    bool all;   /* read messages within it, and attached texts */
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

/* A parameter of a head, lent until the next. */
static struct morgue_str
parameter(struct mail *m, struct morgue_str value, const char *name)
{
    buf_reset(&m->value);
    if (value.len <= HEAD_MAX)
        mime_parameter(&m->value, value, name);
    m->nomem = m->nomem || m->value.nomem;
    return buf_view(&m->value);
}

/* The bytes of a part in UTF-8. */
static enum morgue_status
part_text(struct mail *m, struct morgue_str *text,
          const struct mime_part *part, enum mime_kind kind,
          struct morgue_error *err)
{
    struct morgue_str declared;
    bool converted = false;
    enum morgue_status st;

    buf_reset(&m->bytes);
    mime_decode(&m->bytes, part->body,
                mime_head(part->head, "Content-Transfer-Encoding"));
    st = buf_status(&m->bytes, err);
    *text = buf_view(&m->bytes);
    declared = parameter(m, mime_head(part->head, "Content-Type"), "charset");
    if (m->charset[0] == '\0' && declared.len > 0 &&
        declared.len < sizeof m->charset &&
        !str_eq_nocase(declared, STR("us-ascii")))
        memcpy(m->charset, declared.s, declared.len + 1);
    if (declared.len == 0 && kind == MIME_HTML)
        declared = read_html_charset(*text);
    if (!st)
        st = reading_utf8(m->r, text, declared, &converted, err);
    m->converted = m->converted || converted;
    return st;
}

/* HTML that says it is plain text. */
static bool
is_html(struct morgue_str text)
{
    text = str_trim(text);
    return str_starts_nocase(text, STR("<!doctype html")) ||
           str_starts_nocase(text, STR("<html"));
}

/* Append a part that is text. */
static enum morgue_status
put_part(struct mail *m, const struct mime_part *part, enum mime_kind kind,
         struct morgue_error *err)
{
    struct morgue_str text, type = mime_head(part->head, "Content-Type");
    enum morgue_status st = part_text(m, &text, part, kind, err);

    if (st)
        return st;
    buf_reset(&m->lines);
    if (kind == MIME_HTML || is_html(text)) {
        st = html_to_text(&m->lines, text, &m->scratch, err);
        text = buf_view(&m->lines);
    } else if (kind == MIME_ENRICHED) {
        mail_enriched(&m->lines, text);
        text = buf_view(&m->lines);
    } else if (str_eq_nocase(parameter(m, type, "format"), STR("flowed"))) {
        mail_flowed(&m->lines, text,
                    str_eq_nocase(parameter(m, type, "delsp"), STR("yes")));
        text = buf_view(&m->lines);
    }
    if (!st)
        st = buf_status(&m->lines, err);
    if (!st && m->nomem)
        st = error_nomem(err);
    if (!st)
        put_lines(&m->text, text);
    return st ? st : buf_status(&m->text, err);
}

static enum morgue_status walk(struct mail *m, const struct mime_part *part,
                               enum mime_kind alone, int depth,
                               struct morgue_error *err);

/* The first kind of the wanted ones that has any text. */
static enum morgue_status
walk_alternatives(struct mail *m, struct morgue_str body,
                  struct morgue_str boundary, int depth,
                  struct morgue_error *err)
{
    static const enum mime_kind order[] = {
        MIME_PLAIN,  MIME_HTML,      MIME_ENRICHED, MIME_ALTERNATIVE,
        MIME_DIGEST, MIME_MULTIPART, MIME_UNKNOWN,  MIME_MESSAGE};
    enum morgue_status st = MORGUE_OK;
    size_t len = m->text.len;

    for (size_t i = 0; i < sizeof order / sizeof *order && !st; i++) {
        struct morgue_str rest = body;
        struct mime_part one;

        while (!st && m->text.len == len &&
               mime_next_part(&one, &rest, boundary))
            if (mime_kind(mime_head(one.head, "Content-Type"), MIME_PLAIN) ==
                order[i])
                st = walk(m, &one, MIME_PLAIN, depth + 1, err);
    }
    return st;
}

static enum morgue_status
walk_parts(struct mail *m, const struct mime_part *part,
           struct morgue_str boundary, enum mime_kind kind, int depth,
           struct morgue_error *err)
{
    struct morgue_str rest = part->body;
    enum morgue_status st = MORGUE_OK;
    struct mime_part one;

    if (kind == MIME_ALTERNATIVE)
        return walk_alternatives(m, part->body, boundary, depth, err);
    while (!st && mime_next_part(&one, &rest, boundary))
        st = walk(m, &one, kind == MIME_DIGEST ? MIME_MESSAGE : MIME_PLAIN,
                  depth + 1, err);
    return st;
}

/* A part of parts.  Where its boundary is not told, or is not there, the body
 * shows it, or is text. */
static enum morgue_status
walk_multipart(struct mail *m, const struct mime_part *part,
               enum mime_kind kind, int depth, struct morgue_error *err)
{
    struct morgue_str type = mime_head(part->head, "Content-Type"), boundary;
    struct buf b;
    enum morgue_status st;

    buf_init(&b, BOUNDARY_MAX);
    if (type.len <= HEAD_MAX)
        mime_parameter(&b, type, "boundary");
    if (b.nomem) {
        buf_free(&b);
        return error_nomem(err);
    }
    boundary = buf_view(&b);
    while (boundary.len > 0 && is_space(boundary.s[boundary.len - 1]))
        boundary.len--;
    if (!mime_has_boundary(part->body, boundary))
        boundary = mime_guess_boundary(part->body);
    if (boundary.len > 0)
        st = walk_parts(m, part, boundary, kind, depth, err);
    else
        st = put_part(m, part, MIME_PLAIN, err);
    buf_free(&b);
    return st;
}

/* A message within the message. */
static enum morgue_status
walk_message(struct mail *m, const struct mime_part *part, int depth,
             struct morgue_error *err)
{
    struct mime_part inner = mime_cut(part->body);
    struct morgue_str subject = mime_head(inner.head, "Subject");
    enum morgue_status st;

    if (m->all)
        return walk(m, &inner, MIME_PLAIN, depth + 1, err);
    if (++m->messages > TOLD_MAX)
        return MORGUE_OK;
    if (m->told.len > 0)
        buf_char(&m->told, '\n');
    if (subject.len == 0 || subject.len > HEAD_MAX)
        subject = STR("without a subject");
    st = mime_words(&m->told, subject, err);
    return st == MORGUE_FORMAT ? MORGUE_OK : st;
}

/* Whether a part without a type is parts all the same. */
static bool
is_untold_multipart(struct morgue_str body)
{
    struct morgue_str first = str_trim(body);

    return str_starts(first, STR("--")) &&
           mime_guess_boundary(
               str_slice(first.s, first.len < HEAD_MAX ? first.len : HEAD_MAX))
                   .len > 0;
}

static enum morgue_status
walk(struct mail *m, const struct mime_part *part, enum mime_kind alone,
     int depth, struct morgue_error *err)
{
    struct morgue_str type = mime_head(part->head, "Content-Type");
    enum mime_kind kind = mime_kind(type, alone);

    if (depth > PARTS_DEEP || ++m->parts > PARTS_MAX) {
        m->cut = true;
        return MORGUE_OK;
    }
    if (depth > 0 && !m->all &&
        str_starts_nocase(mime_head(part->head, "Content-Disposition"),
                          STR("attachment")) &&
        kind != MIME_MESSAGE)
        return MORGUE_OK;
    if (kind == MIME_PLAIN && depth == 0 && type.len == 0 &&
        is_untold_multipart(part->body))
        kind = MIME_MULTIPART;
    switch (kind) {
    case MIME_ALTERNATIVE:
    case MIME_DIGEST:
    case MIME_MULTIPART:
        return walk_multipart(m, part, kind, depth, err);
    case MIME_MESSAGE:
        return walk_message(m, part, depth, err);
    case MIME_UNKNOWN:
        return depth == 0 || m->all ? put_part(m, part, MIME_PLAIN, err)
                                    : MORGUE_OK;
    case MIME_PLAIN:
    case MIME_HTML:
    case MIME_ENRICHED:
        return put_part(m, part, kind, err);
    case MIME_OTHER:
        break;
    }
    return MORGUE_OK;
}

/* The text of a message into m->text, and what is told of the rest. */
static enum morgue_status
read_body(struct mail *m, const struct mime_part *whole,
          struct morgue_error *err)
{
    struct morgue_str told, line;
    enum morgue_status st;

    m->all = false;
    st = walk(m, whole, MIME_PLAIN, 0, err);
    if (!st && m->text.len == 0) {
        m->all = true;
        m->parts = 0;
        buf_reset(&m->told);
        st = walk(m, whole, MIME_PLAIN, 0, err);
    }
    told = buf_view(&m->told);
    while (!st && str_line(&told, &line))
        extra_add(&m->r->extra, STR("forwarded"), line);
    if (!st && m->cut)
        extra_add(&m->r->extra, STR("left out"),
                  STR("parts too many, or too deep in one another"));
    if (!st && m->told.nomem)
        st = error_nomem(err);
    return st;
}

/* ---- heads -------------------------------------------------------------- */

/* Whether a head needs a charset. */
static bool
has_bytes(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.s[i] & 0x80) || s.s[i] == 0x1b)
            return true;
    return false;
}

/* A head's value in UTF-8, not decoded yet; "" where it is too long to be one.
 * Lent until the next. */
static enum morgue_status
raw_head(struct morgue_str *out, struct mail *m, struct morgue_str heads,
         const char *name, struct morgue_error *err)
{
    bool converted = false;
    enum morgue_status st = MORGUE_OK;

    *out = mime_head(heads, name);
    if (out->len > HEAD_MAX)
        *out = STR("");
    if (has_bytes(*out))
        st = reading_utf8(m->r, out, str_of(m->charset), &converted, err);
    m->converted = m->converted || converted;
    return st;
}

/* The id in `<id> (comment)`. */
static struct morgue_str
id_of(struct morgue_str value)
{
    size_t open = str_find(value, 0, STR("<")), end;

    if (open < value.len) {
        end = str_find(value, open, STR(">"));
        return str_trim(str_slice(value.s + open + 1, end - open - 1));
    }
    value.len = str_find(value, 0, STR(">"));
    return str_trim(str_slice(value.s, str_find(value, 0, STR("("))));
}

/* One head to its field. */
static enum morgue_status
read_head_of(struct keyed *k, struct mail *m, struct morgue_str heads,
             const char *name, const char *key, struct morgue_error *err)
{
    bool people = strcmp(key, "author") == 0;
    struct morgue_str value;
    struct buf b;
    enum morgue_status st = raw_head(&value, m, heads, name, err);

    if (st)
        return st;
    buf_init(&b, HEAD_MAX * 4);
    if (people)
        st = people_list(&b, value, err);
    else
        st = mime_words(&b, value, err);
    value = buf_view(&b);
    if (st == MORGUE_FORMAT) { /* too long to be one */
        value = STR("");
        st = MORGUE_OK;
    }
    if (strcmp(key, "id") == 0)
        value = id_of(value);
    if (!st && value.len > 0)
        st = keyed_add(k, str_of(key), value, people, err);
    buf_free(&b);
    return st;
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

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted && !st; i++)
        st = read_head_of(k, m, heads, wanted[i].name, wanted[i].key, err);
    if (!st && mime_head(heads, "From").len == 0)
        st = read_head_of(k, m, heads, "Sender", "author", err);
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

/* What the heads are in where nothing is declared. */
static enum morgue_status
guess_charset(struct mail *m, struct morgue_str bytes, struct morgue_str head,
              struct morgue_error *err)
{
    if (m->charset[0] != '\0' || !has_bytes(head) ||
        m->r->in.coding != INPUT_BYTES)
        return MORGUE_OK;
    if (bytes.len > HEAD_MAX)
        bytes.len = HEAD_MAX;
    return charset_guess(m->charset, bytes, STR(""), err);
}

static enum morgue_status
read_message(struct mail *m, struct morgue_str bytes, struct morgue_error *err)
{
    struct mime_part whole = mime_cut(without_blank_lines(bytes));
    struct keyed k;
    enum morgue_status st;

    keyed_begin(&k, m->r);
    buf_reset(&m->text);
    buf_reset(&m->told);
    m->parts = m->messages = 0;
    m->converted = m->cut = false;
    m->charset[0] = '\0';
    st = read_body(m, &whole, err);
    if (st == MORGUE_FORMAT)
        return reading_failed(m->r, m->r->in.line,
                              "a message that is too long", err);
    if (!st)
        st = guess_charset(m, bytes, whole.head, err);
    if (!st)
        st = read_heads_of(&k, m, whole.head, err);
    if (st)
        return st;
    k.article.body = buf_view(&m->text);
    return keyed_end(&k, m->converted ? READ_CONVERTED : 0, err);
}

/* Pass over a line, which may end in CR alone. */
static enum morgue_status
pass_line(struct input *in, struct morgue_error *err)
{
    enum morgue_status st = input_need(in, 4096, err);
    struct morgue_str v = input_view(in), rest = v, line;

    if (!st && str_line(&rest, &line))
        input_take(in, v.len - rest.len);
    return st;
}

/* Pass over what is left of a message that is too long. */
static enum morgue_status
pass_message(struct input *in, struct morgue_error *err)
{
    enum { PIECE = 1024 * 1024 };
    enum morgue_status st;

    while (!(st = input_need(in, PIECE, err))) {
        struct morgue_str v = input_view(in);
        size_t from = 0, at = mailbox_next(v, &from, in->ended);

        if (at == v.len)
            at = in->ended || from == 0 ? v.len : from;
        else if (at == 0)
            break;
        input_take(in, at);
        if (in->ended && at == v.len)
            break;
    }
    return st;
}

/* Have the message that the window begins with in it; its length. */
static enum morgue_status
need_message(struct input *in, size_t *len, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    size_t from = 0;

    for (;;) {
        struct morgue_str v = input_view(in);

        *len = mailbox_next(v, &from, in->ended);
        if (st || *len < v.len || in->ended || v.len > MESSAGE_MAX)
            return st;
        st = input_need(in, v.len + 1, err);
    }
}

static enum morgue_status
read_mailbox(struct mail *m, struct morgue_error *err)
{
    struct input *in = &m->r->in;
    enum morgue_status st = MORGUE_OK;

    while (!st) {
        uint64_t line = in->line;
        size_t len;

        st = pass_line(in, err); /* From ... */
        if (!st)
            st = need_message(in, &len, err);
        if (st || input_view(in).len == 0)
            break;
        if (len > MESSAGE_MAX) {
            st = reading_failed(m->r, line, "a message that is too long", err);
            input_take(in, len);
            if (!st)
                st = pass_message(in, err);
            continue;
        }
        /* The window may be written to. */
        st = read_message(
            m,
            str_slice(input_view(in).s,
                      mailbox_unquote((char *)input_view(in).s, len)),
            err);
        input_take(in, len);
    }
    return st;
}

static enum morgue_status
read_mail(struct reading *r, struct morgue_error *err)
{
    struct mail m = {.r = r};
    struct buf *all[] = {&m.text, &m.bytes, &m.lines, &m.value, &m.told};
    enum morgue_status st;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_init(all[i], MESSAGE_MAX);
    arena_init(&m.scratch, (size_t)MESSAGE_MAX * 8);
    input_take(&r->in, input_view(&r->in).len -
                           without_blank_lines(input_view(&r->in)).len);
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
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_free(all[i]);
    arena_free(&m.scratch);
    return st;
}

/* ---- what looks like mail ----------------------------------------------- */

static bool
has_word(struct morgue_str value)
{
    size_t at = str_find(value, 0, STR("=?"));

    return mime_word_len(str_slice(value.s + at, value.len - at)) > 0;
}

/* Heads that hardly anything else has, and encoded words in others. */
static int
marks_of(struct morgue_str head)
{
    static const char *const marks[] = {
        "Received",     "Message-ID",   "MIME-Version",
        "Delivered-To", "Return-Path",  "DKIM-Signature",
        "Newsgroups",   "Path",         "In-Reply-To",
        "References",   "X-Mailer",     "Content-Transfer-Encoding",
        "List-Id",      "Xref",         "NNTP-Posting-Host",
        "Lines",        "X-Original-To"};
    int n = 0;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        n += mime_head(head, marks[i]).len > 0;
    return n + has_word(mime_head(head, "Subject")) +
           has_word(mime_head(head, "From"));
}

static bool
looks_like_mail(struct morgue_str text)
{
    struct morgue_str line, head, from;
    bool box, subject, date, address;
    int marks;

    text = without_blank_lines(text);
    box = mailbox_begins(text);
    if (box)
        str_line(&text, &line);
    head = mime_cut(text).head;
    if (head.len == 0)
        return false;
    marks = marks_of(head);
    from = mime_head(head, "From");
    if (from.len == 0)
        from = mime_head(head, "Sender");
    subject = mime_head(head, "Subject").len > 0;
    date = mime_head(head, "Date").len > 0;
    address = str_find(from, 0, STR("@")) < from.len ||
              str_find(from, 0, STR(" at ")) < from.len;
    if (box && (marks > 0 || from.len > 0 || subject || date))
        return true;
    if (marks >= 2 && (from.len > 0 || subject))
        return true;
    if (from.len == 0 || (!subject && !date))
        return false;
    return marks > 0 || (address && subject && date) ||
           mime_head(head, "To").len > 0 || mime_head(head, "Cc").len > 0;
}

const struct format format_mail = {
    .name = "mail",
    .what = "mail: messages and mailboxes",
    .tell = looks_like_mail,
    .read = read_mail,
};
