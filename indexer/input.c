/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * input.c - the bytes of a file as a window that moves over it
 *
 * The window grows to the largest record.  What was taken is dropped when
 * more is read, so each byte is moved at most once for each fill.
 *
 * A file that begins with a byte order mark of UTF-16 is turned into UTF-8 on
 * the way, so that readers see no other.  What is no character of it, half a
 * pair or half a unit, becomes the byte FF, which is in no UTF-8 and is
 * repaired with the record it is in.
 */
#include "../common/base/utf8.h"
#include "reader.h"

enum { FILL = 256 * 1024, NOT_UTF8 = 0xFF };

/* ---- UTF-16 ------------------------------------------------------------- */

static uint32_t
unit(const struct input *in, const unsigned char *s)
{
    return in->utf16 == UTF16_LITTLE ? (uint32_t)(s[0] | s[1] << 8)
                                     : (uint32_t)(s[0] << 8 | s[1]);
}

/* Write the character at `s` of `n` bytes, and say how many it takes; 0
 * where it may go on behind them. */
static size_t
one_character(const struct input *in, const unsigned char *s, size_t n,
              bool last, char out[4], size_t *len)
{
    uint32_t high = n >= 2 ? unit(in, s) : 0, low;

    if (!last && (n < 2 || (n < 4 && (high & 0xFC00) == 0xD800)))
        return 0;
    *len = 1;
    out[0] = (char)NOT_UTF8;
    if (n < 2)
        return n;
    if ((high & 0xF800) != 0xD800) {
        *len = utf8_encode(high, out);
        return 2;
    }
    low = n >= 4 ? unit(in, s + 2) : 0;
    if ((high & 0xFC00) != 0xD800 || (low & 0xFC00) != 0xDC00)
        return 2;
    *len = utf8_encode(0x10000 + ((high & 0x3FF) << 10 | (low & 0x3FF)), out);
    return 4;
}

/* Put the raw bytes, in UTF-8, behind the window. */
static enum morgue_status
decode(struct input *in, bool last, struct morgue_error *err)
{
    const unsigned char *s = (const unsigned char *)buf_view(&in->raw).s;
    size_t at = 0, len = 0;

    while (at < in->raw.len) {
        char out[4];
        size_t n =
            one_character(in, s + at, in->raw.len - at, last, out, &len);

        if (n == 0)
            break;
        buf_add(&in->b, out, len);
        at += n;
    }
    if (at > 0) {
        memmove(in->raw.data, in->raw.data + at, in->raw.len - at);
        buf_cut(&in->raw, in->raw.len - at);
    }
    return in->b.nomem ? error_nomem(err) : MORGUE_OK;
}

/* The first bytes are in the window: where they are a mark, take them over as
 * raw. */
static enum morgue_status
look_for_mark(struct input *in, struct morgue_error *err)
{
    struct morgue_str all = buf_view(&in->b);

    in->begun = true;
    if (str_starts(all, STR("\xFF\xFE")))
        in->utf16 = UTF16_LITTLE;
    else if (str_starts(all, STR("\xFE\xFF")))
        in->utf16 = UTF16_BIG;
    else
        return MORGUE_OK;
    buf_init(&in->raw, 2 * FILL);
    buf_add(&in->raw, all.s + 2, all.len - 2);
    buf_cut(&in->b, 0);
    if (in->raw.nomem)
        return error_nomem(err);
    return decode(in, false, err);
}

/* ---- the window --------------------------------------------------------- */

static enum morgue_status
fill(struct input *in, struct morgue_error *err)
{
    struct buf *to = in->utf16 ? &in->raw : &in->b;
    char *at;
    size_t n = 0;

    if (in->at > 0) {
        memmove(in->b.data, in->b.data + in->at, in->b.len - in->at);
        buf_cut(&in->b, in->b.len - in->at);
        in->at = 0;
    }
    at = buf_room(to, FILL);
    if (!at)
        return error_nomem(err);
    in->broken = instream_read(in->stream, at, FILL, &n, &in->why);
    if (in->broken == MORGUE_NOMEM)
        return error_nomem(err);
    buf_cut(to, to->len + n);
    in->ended = n == 0;
    if (in->utf16)
        return decode(in, in->ended, err);
    /* A pipe may give one byte at first. */
    if (!in->begun && (in->b.len >= 2 || in->ended))
        return look_for_mark(in, err);
    return MORGUE_OK;
}

enum morgue_status
input_need(struct input *in, size_t want, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    while (!st && !in->ended && (in->b.len - in->at < want || !in->begun))
        st = fill(in, err);
    return st;
}

struct morgue_str
input_view(const struct input *in)
{
    struct morgue_str all = buf_view(&in->b);

    return str_slice(all.s + in->at, all.len - in->at);
}

void
input_take(struct input *in, size_t n)
{
    in->at += n;
}

bool
input_at_end(const struct input *in)
{
    return in->ended && in->at == in->b.len;
}

enum morgue_status
input_line(struct morgue_str *line, bool *more, struct input *in,
           struct morgue_error *err)
{
    size_t seen = 0;
    bool dropped = false;

    *more = true;
    for (;;) {
        struct morgue_str v = input_view(in);
        const char *end =
            v.len > seen ? memchr(v.s + seen, '\n', v.len - seen) : NULL;
        enum morgue_status st;

        if (end || in->ended) {
            size_t len = end ? (size_t)(end - v.s) : v.len;

            *more = end || len > 0 || dropped;
            *line = str_slice(dropped ? NULL : v.s, dropped ? 0 : len);
            input_take(in, len + (end != NULL));
            return MORGUE_OK;
        }
        seen = v.len;
        if (seen > RECORD_MAX || dropped) {
            dropped = true;
            input_take(in, seen);
            seen = 0;
        }
        st = input_need(in, seen + 1, err);
        if (st)
            return st;
    }
}

void
input_free(struct input *in)
{
    instream_close(in->stream);
    buf_free(&in->b);
    buf_free(&in->raw);
}
