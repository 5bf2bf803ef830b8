/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_arc.c - web archives of before WARC: the Internet Archive's ARC
 *
 *     filedesc://a.arc 127.0.0.1 20140216050221 text/plain 75
 *     1 0 Name
 *     URL IP-address Archive-date Content-type Archive-length
 *
 *     http://example.com/ 93.184.216.119 20140216050221 text/html 1591
 *     HTTP/1.1 200 OK
 *     ...
 *
 * Version 1 has five fields in a record's line, of which the url may have
 * spaces; version 2 has ten: url, address, date, type, result code, checksum,
 * location, offset, file, length.  The first record tells the version and is
 * no input.
 */
#include "../reading/format.h"
#include "crawl.h"

enum { FIELDS_MIN = 5, FIELDS_MAX = 10 };

static bool
looks_like_arc(struct morgue_str s)
{
    return str_starts(s, STR("filedesc://"));
}

/* The words of a line, from its end; the first has all that is left. */
static size_t
split(struct morgue_str *word, size_t max, struct morgue_str line)
{
    size_t n = 0;

    line = str_trim(line);
    while (line.len > 0) {
        size_t at = line.len;

        while (at > 0 && !is_space(line.s[at - 1]) && n + 1 < max)
            at--;
        if (n + 1 == max)
            at = 0;
        word[n++] = str_slice(line.s + at, line.len - at);
        line = str_trim(str_slice(line.s, at));
    }
    for (size_t i = 0; i < n / 2; i++) {
        struct morgue_str other = word[i];

        word[i] = word[n - 1 - i];
        word[n - 1 - i] = other;
    }
    return n;
}

/* A date as 14 digits; some have more. */
static bool
is_time(struct morgue_str s)
{
    if (s.len < 12 || s.len > 18)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.s[i]))
            return false;
    return true;
}

/* Split the line of a record of either version. */
static bool
split_line(struct morgue_str word[FIELDS_MAX], size_t *n,
           struct morgue_str line)
{
    static const size_t fields[] = {FIELDS_MAX, FIELDS_MIN};

    for (size_t i = 0; i < 2; i++) {
        *n = split(word, fields[i], line);
        if (*n == fields[i] && is_time(word[2]) &&
            memchr(word[0].s, ':', word[0].len))
            return true;
    }
    return false;
}

static bool
begins(struct morgue_str s)
{
    struct morgue_str word[FIELDS_MAX], line;
    size_t n;

    return s.len > 0 && !is_space(s.s[0]) && str_line(&s, &line) &&
           line.len <= CRAWL_LINE_MAX && split_line(word, &n, line);
}

/* 20140216050221 as 2014-02-16T05:02:21Z. */
static struct morgue_str
time_of(char out[24], struct morgue_str t)
{
    static const char form[] = "0123-45-67T89:ab:cdZ";
    size_t n = 0;

    if (t.len < 14)
        return t;
    for (size_t i = 0; form[i]; i++) {
        char c = form[i];

        out[n++] = is_digit(c)            ? t.s[c - '0']
                   : c >= 'a' && c <= 'd' ? t.s[c - 'a' + 10]
                                          : c;
    }
    return str_slice(out, n);
}

static bool
number(uint64_t *out, struct morgue_str s)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.s[i]))
            return false;
        *out = *out * 10 + (uint64_t)(s.s[i] - '0');
    }
    return s.len > 0 && s.len < 19;
}

static enum morgue_status
next_record(struct crawl *c, struct morgue_error *err)
{
    struct capture capture = {.http = true};
    struct morgue_str line, word[FIELDS_MAX];
    bool about;
    uint64_t length;
    char time[24];
    size_t n;
    enum morgue_status st = crawl_line(&line, c, err);

    if (st)
        return st;
    reading_next(c->r);
    buf_reset(&c->head);
    buf_str(&c->head, line);
    input_take(&c->r->in, line.len);
    if (c->head.nomem)
        return error_nomem(err);
    split_line(word, &n, buf_view(&c->head));
    about = looks_like_arc(word[0]);
    if (!number(&length, word[n - 1])) {
        c->lost = about;
        return about ? MORGUE_OK
                     : crawl_failed(c, "a record without length", err);
    }
    capture.url = word[0];
    capture.time = time_of(time, word[2]);
    capture.type = word[3];
    st = crawl_block(&capture.block, c, length, err);
    if (st || !capture.block.s)
        return st;
    capture.cut = capture.block.len < length;
    if (!about)
        st = crawl_capture(c, &capture, err);
    input_take(&c->r->in, capture.block.len);
    return st;
}

static enum morgue_status
read_arc(struct reading *r, struct morgue_error *err)
{
    return crawl_read(r, begins, next_record, err);
}

const struct format format_arc = {
    .name = "arc",
    .what = "web archives: ARC",
    .many = true,
    .outermost = true,
    .tell = looks_like_arc,
    .read = read_arc,
};
