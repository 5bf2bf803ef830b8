/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * crawl.c - what the readers of web archives (WARC, ARC) share
 *
 * A length is believed where the next record or the end follows the block.
 * Where not, and a head stands inside of the block, it is too long: the record
 * is reported, and reading goes on at that head.  Else it is believed again,
 * and what follows up to the next head is told to be no record.
 *
 * Of captures, those are taken that came with status 200 and are pages (the
 * page reader), text or files of a format that is told by content, as feeds
 * are (its reader); all others are skipped with the reason.
 */
#include "crawl.h"

#include <stdio.h>

#include "../format/read_html.h"
#include "../reading/format.h"

/* ---- records ------------------------------------------------------------ */

static void
crawl_init(struct crawl *c, struct reading *r,
           bool (*begins)(struct morgue_str s))
{
    *c = (struct crawl){.r = r, .begins = begins};
    buf_init(&c->head, CRAWL_LINE_MAX * 2);
    http_room_init(&c->room);
}

static void
crawl_free(struct crawl *c)
{
    buf_free(&c->head);
    http_room_free(&c->room);
}

/* The first line of `s`, with its end. */
static struct morgue_str
first_line(struct morgue_str s)
{
    const char *end = s.len > 0 ? memchr(s.s, '\n', s.len) : NULL;

    return end ? str_slice(s.s, (size_t)(end - s.s) + 1) : s;
}

enum morgue_status
crawl_line(struct morgue_str *line, struct crawl *c, struct morgue_error *err)
{
    struct input *in = &c->r->in;
    size_t want = 1024;

    for (;;) {
        enum morgue_status st = input_need(in, want, err);

        *line = first_line(input_view(in));
        if (st || line->len < input_view(in).len || in->ended ||
            line->len > CRAWL_LINE_MAX ||
            (line->len > 0 && line->s[line->len - 1] == '\n'))
            return st;
        want = line->len + 1024;
    }
}

enum morgue_status
crawl_failed(struct crawl *c, const char *reason, struct morgue_error *err)
{
    c->lost = true;
    return reading_failed(c->r, 0, reason, err);
}

/* The file broke off: go on behind the break, where that is possible. */
static enum morgue_status
go_on(bool *more, struct crawl *c, struct morgue_error *err)
{
    char reason[sizeof c->r->in.why.message + 40];

    *more = input_resume(&c->r->in);
    if (!*more)
        return MORGUE_OK;
    snprintf(reason, sizeof reason, "%s; what follows is read",
             c->r->in.why.message);
    return crawl_failed(c, reason, err);
}

static enum morgue_status
crawl_find(bool *found, struct crawl *c, struct morgue_error *err)
{
    struct input *in = &c->r->in;
    struct morgue_str line;
    enum morgue_status st = MORGUE_OK;

    for (*found = false; !st && !*found; input_take(in, line.len)) {
        st = crawl_line(&line, c, err);
        if (!st && line.len == 0) {
            bool more;

            st = go_on(&more, c, err);
            if (st || !more)
                return st;
            continue;
        }
        *found = !st && c->begins(input_view(in));
        if (*found)
            break;
        if (in->broken && line.len == input_view(in).len)
            continue; /* a piece of what the break is told for */
        if (!st && !c->lost && str_trim(line).len > 0)
            st = crawl_failed(c, "bytes that are no record", err);
    }
    c->lost = false;
    return st;
}

/* Where in `s` a head begins; its length where none does. */
static size_t
find_head(const struct crawl *c, struct morgue_str s)
{
    size_t at = 0;

    while (at < s.len && !c->begins(str_slice(s.s + at, s.len - at)))
        at += first_line(str_slice(s.s + at, s.len - at)).len;
    return at;
}

/* Whether behind `len` bytes comes what may: a line end or white space, then a
 * head or the end. */
static bool
ends_well(const struct crawl *c, struct morgue_str s, size_t len)
{
    bool line_end = len == 0 || s.s[len - 1] == '\n';

    s = str_slice(s.s + len, s.len - len);
    while (s.len > 0 && is_space(s.s[0])) {
        s = str_slice(s.s + 1, s.len - 1);
        line_end = true;
    }
    return s.len == 0 || (line_end && c->begins(s));
}

/* Pass over a block that is too long to be had at once. */
static enum morgue_status
pass_over(struct crawl *c, uint64_t length, struct morgue_error *err)
{
    struct input *in = &c->r->in;
    enum morgue_status st = crawl_failed(c, "longer than 256 MB", err);

    while (!st && length > 0) {
        size_t n;

        st = input_need(in, 1, err);
        n = input_view(in).len;
        if (n == 0)
            break;
        n = n < length ? n : (size_t)length;
        input_take(in, n);
        length -= n;
    }
    return st;
}

enum morgue_status
crawl_block(struct morgue_str *block, struct crawl *c, uint64_t length,
            struct morgue_error *err)
{
    struct input *in = &c->r->in;
    struct morgue_str view;
    size_t at;
    enum morgue_status st;

    *block = (struct morgue_str){0};
    if (length > RECORD_MAX)
        return pass_over(c, length, err);
    st = input_need(in, (size_t)length + CRAWL_LINE_MAX, err);
    if (st)
        return st;
    view = input_view(in);
    if (view.len >= length && ends_well(c, view, (size_t)length)) {
        *block = str_slice(view.s, (size_t)length);
        return MORGUE_OK;
    }
    at = find_head(
        c, str_slice(view.s, view.len < length ? view.len : (size_t)length));
    if (at < view.len && at < length) {
        input_take(in, at);
        return crawl_failed(c, "its length is wrong", err);
    }
    if (in->broken && view.len < length) {
        input_take(in, view.len);
        c->lost = true; /* the break is told of */
        return MORGUE_OK;
    }
    *block = str_slice(view.s, view.len < length ? view.len : (size_t)length);
    return MORGUE_OK;
}

/* ---- captures ----------------------------------------------------------- */

enum morgue_status
crawl_skip(struct crawl *c, struct morgue_str url, const char *reason,
           struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.url = url;
    return reading_skipped(c->r, &a, reason, err);
}

enum capture_kind { KIND_PAGE, KIND_TEXT, KIND_DATA, KIND_OTHER };

static const struct {
    const char *type;
    enum capture_kind kind;
} kinds[] = {
    {"text/html", KIND_PAGE},
    {"application/xhtml+xml", KIND_PAGE},
    {"application/vnd.wap.xhtml+xml", KIND_PAGE},
    {"text/plain", KIND_TEXT},
    {"application/json", KIND_DATA},
    {"text/json", KIND_DATA},
    {"application/x-ndjson", KIND_DATA},
    {"application/ndjson", KIND_DATA},
    {"application/jsonl", KIND_DATA},
    {"application/xml", KIND_DATA},
    {"text/xml", KIND_DATA},
};

static struct morgue_str
past(struct morgue_str s, size_t n)
{
    return str_slice(s.s + n, s.len - n);
}

static bool
ends_nocase(struct morgue_str s, struct morgue_str end)
{
    return s.len >= end.len && str_eq_nocase(past(s, s.len - end.len), end);
}

static enum capture_kind
kind_of(struct morgue_str type, struct morgue_str body)
{
    type = http_media_type(type);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq_nocase(type, str_of(kinds[i].type))) {
            if (kinds[i].kind == KIND_TEXT && read_html_tell(body))
                return KIND_PAGE;
            return kinds[i].kind;
        }
    if (ends_nocase(type, STR("+json")) || ends_nocase(type, STR("+xml")))
        return str_eq_nocase(type, STR("image/svg+xml")) ? KIND_OTHER
                                                         : KIND_DATA;
    return type.len == 0 && read_html_tell(body) ? KIND_PAGE : KIND_OTHER;
}

/* Why an address is of no article; NULL where it may be. */
static const char *
not_of_the_web(struct morgue_str url)
{
    static const char *const about[] = {
        "metadata:", "dns:", "whois:", "warcinfo:", "filedesc:"};

    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if (str_starts(url, str_of(about[i])))
            return "is about the crawl, not of it";
    return ends_nocase(url, STR("/robots.txt")) ? "is a robots.txt" : NULL;
}

/* A text that was made of a page: its first line is the page's title. */
static enum morgue_status
read_converted(struct reading *r, const struct capture *from,
               struct morgue_error *err)
{
    enum { TITLE_MAX = 300 };
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_str text = str_trim(from->block), rest, line;
    bool converted;
    enum morgue_status st;

    reading_next(r);
    st = reading_utf8(r, &text, http_charset(from->type), &converted, err);
    if (st)
        return st;
    rest = text;
    if (str_line(&rest, &line) && line.len <= TITLE_MAX &&
        str_trim(rest).len > 0) {
        a.title = line;
        text = str_trim(rest);
    }
    a.body = text;
    a.lang = from->lang;
    for (size_t i = 0; i < a.lang.len; i++)
        if (a.lang.s[i] == ',') /* the first is that of most of it */
            a.lang.len = i;
    return reading_record(r, &a, converted ? READ_CONVERTED : 0, err);
}

/* The records of a body that is in a format of its own. */
static enum morgue_status
read_records(struct crawl *c, const struct capture *from,
             enum capture_kind kind, struct reading *sub,
             struct morgue_error *err)
{
    const struct format *format;
    char reason[FORMAT_REASON_MAX];
    struct morgue_str head;
    enum morgue_status st = input_need(&sub->in, FORMAT_PROBE, err);

    if (st)
        return st;
    head = input_view(&sub->in);
    if (head.len > FORMAT_PROBE)
        head.len = FORMAT_PROBE;
    format = format_choose(sub->formats, NULL, head, sub->map, reason);
    if (!format || (format->plain && kind != KIND_TEXT) || format->outermost)
        return crawl_skip(
            c, from->url,
            format ? "is data of a kind that is not read" : reason, err);
    sub->many = format->many;
    if (!sub->many)
        sub->url = from->url;
    st = format->read(sub, err);
    if (st)
        return st;
    if (sub->reported == 0)
        return crawl_skip(c, from->url, "no article in it", err);
    c->r->reported++;
    c->r->position++;
    return MORGUE_OK;
}

/* A body in a format of its own, as a file called ARCHIVE/URL. */
static enum morgue_status
read_data(struct crawl *c, const struct capture *from, enum capture_kind kind,
          const struct http *http, struct morgue_error *err)
{
    struct reading *r = c->r, sub;
    struct stream *stream = NULL;
    struct buf name;
    enum morgue_status st;

    buf_init(&name, CRAWL_LINE_MAX * 3);
    buf_printf(&name, "%s/", r->path);
    buf_str(&name, from->url);
    st = buf_status(&name, err);
    if (!st)
        st = stream_memory(&stream, http->body, r->in.stream->meter, err);
    if (!st) {
        reading_init(&sub, name.data, r->sink);
        sub.format = r->format;
        sub.formats = r->formats;
        input_init(&sub.in, stream);
        if (from->url.len > 0)
            sub.whole = name.data + strlen(r->path) + 1;
        sub.crawled = from->time;
        sub.charset = http_charset(http->type);
        st = read_records(c, from, kind, &sub, err);
        reading_free(&sub);
    }
    buf_free(&name);
    return st;
}

static enum morgue_status
skip_type(struct crawl *c, struct morgue_str url, struct morgue_str type,
          struct morgue_error *err)
{
    char reason[80] = "is ";
    size_t n = strlen(reason);

    for (size_t i = 0; i < type.len && n < 60; i++)
        if ((unsigned char)type.s[i] > ' ')
            reason[n++] = type.s[i];
    memcpy(reason + n, ", not text", sizeof ", not text");
    return crawl_skip(c, url, reason, err);
}

/* What is in a capture, by its type. */
static enum morgue_status
read_body(struct crawl *c, const struct capture *from, struct http *http,
          struct morgue_error *err)
{
    struct morgue_error why;
    enum capture_kind kind = kind_of(http->type, http->body);
    char reason[200];
    enum morgue_status st;

    if (kind == KIND_OTHER && http->type.len > 0)
        return skip_type(c, from->url, http_media_type(http->type), err);
    st = http_decode(http, &c->room, c->r->in.stream->meter, &why);
    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    if (st) {
        snprintf(reason, sizeof reason, "a response's body: %.100s",
                 why.message);
        return reading_failed(c->r, 0, reason, err);
    }
    kind = kind_of(http->type, http->body);
    if (kind == KIND_OTHER)
        return crawl_skip(c, from->url, "no content type", err);
    if (kind == KIND_PAGE)
        return read_html_page(c->r, http->body, from->url,
                              http_charset(http->type), true, err);
    return read_data(c, from, kind, http, err);
}

enum morgue_status
crawl_capture(struct crawl *c, const struct capture *from,
              struct morgue_error *err)
{
    const char *reason = not_of_the_web(from->url);
    struct http http;
    char status[40];
    enum morgue_status st;

    if (reason)
        return crawl_skip(c, from->url, reason, err);
    if (!from->http || !http_parse(&http, from->block))
        http = (struct http){
            .status = 200, .type = from->type, .body = from->block};
    if (from->cut && (http.length == 0 || http.body.len < http.length))
        return crawl_failed(c, "a record that is cut short", err);
    if (http.status != 200) {
        snprintf(status, sizeof status, "HTTP status %d", http.status);
        return crawl_skip(c, from->url, status, err);
    }
    if (str_trim(http.body).len == 0)
        return crawl_skip(c, from->url, "no content", err);
    c->r->url = from->url;
    c->r->crawled = from->time;
    st = from->text ? read_converted(c->r, from, err)
                    : read_body(c, from, &http, err);
    c->r->url = c->r->crawled = STR("");
    return st;
}

enum morgue_status
crawl_read(struct reading *r, bool (*begins)(struct morgue_str s),
           enum morgue_status (*next)(struct crawl *c,
                                      struct morgue_error *err),
           struct morgue_error *err)
{
    struct crawl c;
    bool found = true;
    enum morgue_status st = MORGUE_OK;

    crawl_init(&c, r, begins);
    while (!st && found) {
        st = crawl_find(&found, &c, err);
        if (!st && found)
            st = next(&c, err);
    }
    crawl_free(&c);
    return st;
}
