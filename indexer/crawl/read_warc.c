/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_warc.c - web archives: WARC (ISO 28500), drafts from 0.9 on to 1.1
 *
 *     WARC/1.0                            WARC/0.9 LENGTH TYPE URI DATE ...
 *     WARC-Type: response                 Name: value
 *     WARC-Target-URI: http://...
 *     WARC-Date: 2017-03-06T04:02:06Z     (an empty line)
 *     Content-Type: application/http      (the block)
 *     Content-Length: 975
 *     (an empty line)
 *     (the block)
 *     (two empty lines)
 *
 * response, resource and conversion are captures (crawl.h); a revisit has no
 * content and a continuation only a part of it, so they are skipped.  What is
 * about the crawl (warcinfo, request, metadata) is no input and not counted.
 * The length of 0.9 counts the head, too.  Digests are not looked at, records
 * in segments not put together.
 */
#include "../reading/format.h"
#include "crawl.h"

struct warc {
    struct capture capture;
    struct morgue_str type;
    uint64_t length;
    bool has_length;
    bool with_head; /* which that counts */
};

static bool
looks_like_warc(struct morgue_str s)
{
    return s.len > 6 && str_eq_nocase(str_slice(s.s, 5), STR("WARC/")) &&
           is_digit(s.s[5]);
}

/* ---- heads -------------------------------------------------------------- */

/* Put all lines of the head into c->head, and take them, and *len of them;
 * false where they do not end. */
static enum morgue_status
take_head(bool *whole, size_t *len, struct crawl *c, struct morgue_error *err)
{
    struct morgue_str line;
    enum morgue_status st = MORGUE_OK;

    buf_reset(&c->head);
    *whole = false;
    *len = 0;
    while (!st && !*whole && !c->head.full) {
        st = crawl_line(&line, c, err);
        if (st || line.len == 0)
            return st;
        *whole = str_trim(line).len == 0;
        buf_str(&c->head, line);
        *len += line.len;
        input_take(&c->r->in, line.len);
    }
    return c->head.nomem ? error_nomem(err) : st;
}

static void
set_length(struct warc *w, struct morgue_str digits)
{
    w->length = 0;
    w->has_length = digits.len > 0 && digits.len < 19;
    for (size_t i = 0; i < digits.len && w->has_length; i++) {
        w->has_length = is_digit(digits.s[i]);
        w->length = w->length * 10 + (uint64_t)(digits.s[i] - '0');
    }
}

/* An address without the <> that some programs put around it. */
static struct morgue_str
bare(struct morgue_str uri)
{
    if (uri.len >= 2 && uri.s[0] == '<' && uri.s[uri.len - 1] == '>')
        uri = str_slice(uri.s + 1, uri.len - 2);
    return str_trim(uri);
}

static void
set_field(struct warc *w, struct morgue_str key, struct morgue_str value)
{
    struct capture *c = &w->capture;

    if (str_eq_nocase(key, STR("WARC-Type")))
        w->type = value;
    else if (str_eq_nocase(key, STR("WARC-Target-URI")))
        c->url = bare(value);
    else if (str_eq_nocase(key, STR("WARC-Date")))
        c->time = value;
    else if (str_eq_nocase(key, STR("Content-Type")))
        c->type = value;
    else if (str_eq_nocase(key, STR("WARC-Identified-Content-Language")))
        c->lang = value;
    else if (str_eq_nocase(key, STR("Content-Length")))
        set_length(w, value);
}

/* The first line: of the drafts up to 0.9 it has what later has names.  The
 * last two, id and type of content, stood in either order. */
static void
set_first(struct warc *w, struct morgue_str line)
{
    struct morgue_str word;

    str_word(&line);
    word = str_word(&line);
    if (word.len == 0)
        return;
    set_length(w, word);
    w->with_head = true;
    w->type = str_word(&line);
    w->capture.url = bare(str_word(&line));
    w->capture.time = str_word(&line);
    while (line.len > 0) {
        word = str_word(&line);
        if (!memchr(word.s, ':', word.len))
            w->capture.type = word;
    }
}

static void
parse_head(struct warc *w, struct morgue_str head)
{
    struct morgue_str line, key, value;

    *w = (struct warc){0};
    if (str_line(&head, &line))
        set_first(w, line);
    while (str_line(&head, &line)) {
        const char *colon = memchr(line.s, ':', line.len);
        size_t n = colon ? (size_t)(colon - line.s) : 0;

        if (!colon || is_space(line.s[0]))
            continue;
        key = str_trim(str_slice(line.s, n));
        value = str_slice(colon + 1, line.len - n - 1);
        while (head.len > 0 && (head.s[0] == ' ' || head.s[0] == '\t') &&
               str_line(&head, &line) && str_trim(line).len > 0)
            value.len = (size_t)(line.s + line.len - value.s); /* folded */
        set_field(w, key, str_trim(value));
    }
}

/* ---- records ------------------------------------------------------------ */

static bool
is_one_of(struct morgue_str type, const char *const *names)
{
    for (; *names; names++)
        if (str_eq_nocase(type, str_of(*names)))
            return true;
    return false;
}

static enum morgue_status
read_record(struct crawl *c, struct warc *w, struct morgue_error *err)
{
    static const char *const captures[] = {"response", "resource",
                                           "conversion", NULL};
    static const char *const about[] = {"warcinfo", "request", "metadata",
                                        NULL};
    const char *reason = "a record of a kind that is not known";

    if (is_one_of(w->type, about))
        return MORGUE_OK;
    w->capture.cut = w->capture.block.len < w->length;
    if (is_one_of(w->type, captures)) {
        w->capture.http = str_eq_nocase(w->type, STR("response"));
        w->capture.text =
            str_eq_nocase(w->type, STR("conversion")) &&
            str_eq_nocase(http_media_type(w->capture.type), STR("text/plain"));
        return crawl_capture(c, &w->capture, err);
    }
    if (str_eq_nocase(w->type, STR("revisit")))
        reason = "a revisit, which has no content of its own";
    else if (str_eq_nocase(w->type, STR("continuation")))
        reason = "a part of a record";
    return crawl_skip(c, w->capture.url, reason, err);
}

static enum morgue_status
next_record(struct crawl *c, struct morgue_error *err)
{
    struct warc w;
    size_t head_len;
    bool whole;
    enum morgue_status st = take_head(&whole, &head_len, c, err);

    if (st)
        return st;
    reading_next(c->r);
    if (!whole)
        return c->r->in.broken ? MORGUE_OK
                               : crawl_failed(c, "a head without end", err);
    parse_head(&w, buf_view(&c->head));
    if (!w.has_length)
        return crawl_failed(c, "a head without Content-Length", err);
    if (w.with_head)
        w.length = w.length > head_len ? w.length - head_len : 0;
    st = crawl_block(&w.capture.block, c, w.length, err);
    if (st || !w.capture.block.s)
        return st;
    st = read_record(c, &w, err);
    input_take(&c->r->in, w.capture.block.len);
    return st;
}

static enum morgue_status
read_warc(struct reading *r, struct morgue_error *err)
{
    return crawl_read(r, looks_like_warc, next_record, err);
}

const struct format format_warc = {
    .name = "warc",
    .what = "web archives: WARC",
    .many = true,
    .outermost = true,
    .tell = looks_like_warc,
    .read = read_warc,
};
