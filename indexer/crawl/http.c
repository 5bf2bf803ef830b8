/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * http.c - an HTTP response as a crawl stored it
 *
 * Chunks (RFC 9112, 7.1): a size in hex, a line end, so many bytes, a line
 * end; 0 ends them.  What is not so is taken as it stands, from there on: a
 * crawler may have put the chunks together and kept the header.
 *
 * Encodings: gzip, deflate (with zlib's head or without), br, zstd; the last
 * one named is undone first.  A body that is not in the encoding that is
 * named stays as it is; of one that breaks off, what came before is taken.
 * gzip that nobody named is undone, too.
 */
#include "http.h"

#include <brotli/decode.h>
#include <stdlib.h>

#include "../../common/base/zip.h"
#include "../files/pack.h"

/* ---- heads -------------------------------------------------------------- */

static struct morgue_str
skip(struct morgue_str s, size_t n)
{
    return str_slice(s.s + n, s.len - n);
}

/* Take the next line off with its end (LF or CRLF); *line is without. */
static bool
take_line(struct morgue_str *rest, struct morgue_str *line)
{
    const char *end = rest->len > 0 ? memchr(rest->s, '\n', rest->len) : NULL;

    if (!end)
        return false;
    *line = str_slice(rest->s, (size_t)(end - rest->s));
    *rest = skip(*rest, line->len + 1);
    if (line->len > 0 && line->s[line->len - 1] == '\r')
        line->len--;
    return true;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200": the number; 0 where there is none. */
static int
status_of(struct morgue_str line)
{
    const char *space = memchr(line.s, ' ', line.len);
    struct morgue_str s;
    int status = 0;

    if (!space)
        return 0;
    s = str_trim(skip(line, (size_t)(space - line.s)));
    for (size_t i = 0; i < 3; i++) {
        if (i >= s.len || !is_digit(s.s[i]))
            return 0;
        status = status * 10 + (s.s[i] - '0');
    }
    return status;
}

static size_t
number(struct morgue_str digits)
{
    size_t n = 0;

    for (size_t i = 0; i < digits.len && i < 12 && is_digit(digits.s[i]); i++)
        n = n * 10 + (size_t)(digits.s[i] - '0');
    return n;
}

static void
take_header(struct http *h, struct morgue_str line)
{
    const char *colon = memchr(line.s, ':', line.len);
    struct morgue_str key, value;

    if (!colon)
        return;
    key = str_trim(str_slice(line.s, (size_t)(colon - line.s)));
    value = str_trim(skip(line, (size_t)(colon - line.s) + 1));
    if (str_eq_nocase(key, STR("Content-Type")) && h->type.len == 0)
        h->type = value;
    else if (str_eq_nocase(key, STR("Content-Encoding")))
        h->encoding = value;
    else if (str_eq_nocase(key, STR("Content-Length")))
        h->length = number(value);
    else if (str_eq_nocase(key, STR("Transfer-Encoding")))
        h->chunked = value.len >= 7 &&
                     str_eq_nocase(skip(value, value.len - 7), STR("chunked"));
}

/* One response, up to its body. */
static bool
parse_one(struct http *out, struct morgue_str response)
{
    struct morgue_str rest = response, line;

    *out = (struct http){0};
    if (!str_starts(rest, STR("HTTP/")) || !take_line(&rest, &line))
        return false;
    out->status = status_of(line);
    for (;;) {
        struct morgue_str before = rest, more;

        if (!take_line(&rest, &line) || line.len == 0)
            break;
        if (line.s[0] == '<') { /* the page begins without a blank line */
            rest = before;
            break;
        }
        while (rest.len > 0 && (rest.s[0] == ' ' || rest.s[0] == '\t') &&
               take_line(&rest, &more) && str_trim(more).len > 0)
            line.len = (size_t)(more.s + more.len - line.s); /* folded */
        take_header(out, line);
    }
    out->body = rest;
    return true;
}

bool
http_parse(struct http *out, struct morgue_str response)
{
    struct http next;

    if (!parse_one(out, response))
        return false;
    while (out->status / 100 == 1 && parse_one(&next, out->body))
        *out = next;
    return true;
}

struct morgue_str
http_media_type(struct morgue_str type)
{
    for (size_t i = 0; i < type.len; i++)
        if (type.s[i] == ';' || type.s[i] == ',') {
            type.len = i;
            break;
        }
    return str_trim(type);
}

struct morgue_str
http_charset(struct morgue_str type)
{
    static const struct morgue_str key = {.s = "charset=", .len = 8};

    for (; type.len > key.len; type = skip(type, 1)) {
        struct morgue_str value;
        size_t n = 0;

        if (!str_eq_nocase(str_slice(type.s, key.len), key))
            continue;
        value = str_trim(skip(type, key.len));
        if (value.len > 0 && (value.s[0] == '"' || value.s[0] == '\''))
            value = skip(value, 1);
        while (n < value.len && !is_space(value.s[n]) &&
               !strchr("\"';,", value.s[n]))
            n++;
        return str_slice(value.s, n);
    }
    return STR("");
}

/* ---- chunks ------------------------------------------------------------- */

/* The size in a chunk's first line, which may have an extension. */
static bool
chunk_size(struct morgue_str line, size_t *size)
{
    size_t i = 0;

    line = str_trim(line);
    for (*size = 0; i < line.len && i < 15; i++) {
        char c = to_lower(line.s[i]);

        if (is_digit(c))
            *size = *size * 16 + (size_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            *size = *size * 16 + (size_t)(c - 'a') + 10;
        else
            break;
    }
    return i > 0 && (i == line.len || line.s[i] == ';' || is_space(line.s[i]));
}

static void
unchunk(struct buf *to, struct morgue_str s)
{
    struct morgue_str rest = s, line;
    size_t size;

    while (take_line(&rest, &line) && chunk_size(line, &size)) {
        if (size == 0)
            return;
        if (size > rest.len)
            size = rest.len;
        buf_str(to, str_slice(rest.s, size));
        rest = s = skip(rest, size);
        if (take_line(&rest, &line) && line.len == 0)
            s = rest;
        else
            rest = s;
    }
    buf_str(to, s);
}

/* ---- br ----------------------------------------------------------------- */

struct unbrotli {
    struct stream s;
    struct stream *from;
    BrotliDecoderState *state;
    const uint8_t *next;
    size_t avail;
    uint8_t in[64 * 1024];
};

static enum morgue_status
unbrotli_read(struct stream *s, char *to, size_t room, size_t *n,
              struct morgue_error *err)
{
    struct unbrotli *u = (struct unbrotli *)s;
    uint8_t *out = (uint8_t *)to;
    size_t left = room;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT;

    for (;;) {
        enum morgue_status st;

        result = BrotliDecoderDecompressStream(u->state, &u->avail, &u->next,
                                               &left, &out, NULL);
        *n = room - left;
        if (*n > 0 || result != BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
            break;
        st = stream_read(u->from, (char *)u->in, sizeof u->in, &u->avail, err);
        if (st)
            return st;
        u->next = u->in;
        if (u->avail == 0)
            return error_set(err, MORGUE_FORMAT, "br data is cut short");
    }
    if (*n == 0 && result == BROTLI_DECODER_RESULT_ERROR)
        return error_set(err, MORGUE_FORMAT, "br data is broken");
    return MORGUE_OK;
}

static void
unbrotli_close(struct stream *s)
{
    struct unbrotli *u = (struct unbrotli *)s;

    if (u->state)
        BrotliDecoderDestroyInstance(u->state);
    stream_close(u->from);
    free(u);
}

static const struct stream_kind unbrotli_kind = {
    .unpacks = true,
    .read = unbrotli_read,
    .close = unbrotli_close,
};

static enum morgue_status
brotli_stream(struct stream **out, struct stream *from,
              struct morgue_error *err)
{
    struct unbrotli *u = calloc(1, sizeof *u);

    *out = NULL;
    if (!u) {
        stream_close(from);
        return error_nomem(err);
    }
    stream_init(&u->s, &unbrotli_kind, from->meter);
    u->from = from;
    u->state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!u->state) {
        stream_close(&u->s);
        return error_nomem(err);
    }
    *out = &u->s;
    return MORGUE_OK;
}

/* ---- encodings ---------------------------------------------------------- */

enum { ENCODINGS_MAX = 4 /* of one body */ };

void
http_room_init(struct http_room *room)
{
    for (int i = 0; i < 2; i++)
        buf_init(&room->b[i], HTTP_BODY_MAX);
}

void
http_room_free(struct http_room *room)
{
    for (int i = 0; i < 2; i++)
        buf_free(&room->b[i]);
}

/* Whether bytes are no packed ones: no control is among the first. */
static bool
is_plain(struct morgue_str s)
{
    for (size_t i = 0; i < s.len && i < 512; i++)
        if ((unsigned char)s.s[i] < ' ' && !is_space(s.s[i]))
            return false;
    return true;
}

/* Put what undoes one encoding on `stream`; as it is where none does. */
static enum morgue_status
put_decoder(struct stream **stream, struct morgue_str encoding,
            struct morgue_str body, struct morgue_error *err)
{
    const unsigned char *u = (const unsigned char *)body.s;
    const struct pack *pack = pack_tell(body);

    if (pack && !pack_has_entries(pack)) /* gzip and zstd, named or not */
        return pack_unpack(stream, pack, *stream, err);
    if (str_eq_nocase(encoding, STR("deflate")))
        return zip_stream(stream, *stream,
                          body.len >= 2 && (u[0] & 15) == 8 &&
                                  (u[0] * 256 + u[1]) % 31 == 0
                              ? ZIP_ZLIB
                              : ZIP_RAW,
                          err);
    if (str_eq_nocase(encoding, STR("br")))
        return brotli_stream(stream, *stream, err);
    return MORGUE_OK;
}

/* Undo one encoding of *body, into `to`. */
static enum morgue_status
decode(struct morgue_str *body, struct morgue_str encoding, struct buf *to,
       struct meter *meter, struct morgue_error *err)
{
    struct stream *stream = NULL;
    bool decodes;
    enum morgue_status st = stream_memory(&stream, *body, meter, err);

    if (st)
        return st;
    decodes = !is_plain(*body);
    if (decodes)
        st = put_decoder(&stream, encoding, *body, err);
    if (!st && stream->kind->unpacks) {
        buf_reset(to);
        st = stream_read_all(to, stream, err);
        if (st == MORGUE_FORMAT && to->len < to->max && !meter_is_over(meter))
            st = MORGUE_OK; /* what came before the break */
        if (!st && to->len > 0)
            *body = buf_view(to);
    }
    stream_close(stream);
    return st;
}

enum morgue_status
http_decode(struct http *http, struct http_room *room, struct meter *meter,
            struct morgue_error *err)
{
    struct morgue_str list = http->encoding;
    struct buf *to = &room->b[0]; /* the one that the body is not in */
    enum morgue_status st = MORGUE_OK;

    if (http->chunked) {
        buf_reset(to);
        unchunk(to, http->body);
        st = buf_status(to, err);
        http->body = buf_view(to);
        to = &room->b[1];
    }
    for (int i = 0; !st && i < ENCODINGS_MAX; i++) {
        size_t at = list.len;

        while (at > 0 && list.s[at - 1] != ',')
            at--;
        st = decode(&http->body, str_trim(skip(list, at)), to, meter, err);
        if (http->body.s == to->data)
            to = &room->b[to == &room->b[0]];
        if (at == 0)
            break;
        list.len = at - 1;
    }
    if (!st && http->body.len > HTTP_BODY_MAX)
        return error_set(err, MORGUE_FORMAT, "it is too long");
    return st;
}
