/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * input.c - the bytes of a file as a window that moves over it
 *
 * The window grows to the largest record.  What was taken is dropped when
 * more is read, so each byte is moved at most once for each fill.  UTF-16 is
 * converted on the way into the window; half a character at the end of what
 * was read waits for its other half.
 */
#include "input.h"

#include "../../common/base/utf8.h"

enum { FILL = 256 * 1024 };

void
input_init(struct input *in, struct stream *stream)
{
    *in = (struct input){.stream = stream, .line = 1};
    buf_init(&in->b, (size_t)RECORD_MAX * 2);
    buf_init(&in->raw, (size_t)FILL * 2);
}

void
input_free(struct input *in)
{
    stream_close(in->stream);
    buf_free(&in->b);
    buf_free(&in->raw);
    *in = (struct input){0};
}

/* Append what one read gives. */
static enum morgue_status
read_some(struct input *in, struct buf *to, struct morgue_error *err)
{
    char *room = buf_room(to, FILL);
    size_t n = 0;

    if (!room)
        return error_nomem(err);
    in->broken = stream_read(in->stream, room, FILL, &n, &in->why);
    if (in->broken == MORGUE_NOMEM)
        return error_nomem(err);
    buf_cut(to, to->len + n);
    in->ended = n == 0;
    return MORGUE_OK;
}

static uint32_t
unit(const struct input *in, size_t i)
{
    const unsigned char *s = (const unsigned char *)in->raw.data + i;

    return in->coding == INPUT_UTF16LE ? (uint32_t)(s[1] << 8 | s[0])
                                       : (uint32_t)(s[0] << 8 | s[1]);
}

/* Convert the whole characters of in->raw; at the end of the file, all. */
static enum morgue_status
convert(struct input *in, struct morgue_error *err)
{
    size_t i = 0, len = in->raw.len;

    while (i + 2 <= len) {
        uint32_t u = unit(in, i), low = 0;
        char c[4] = {'\xFF'};
        size_t n = 1;

        if (u >= 0xD800 && u < 0xDC00) {
            if (i + 4 > len && !in->ended)
                break;
            low = i + 4 <= len ? unit(in, i + 2) : 0;
        }
        i += 2;
        if (low >= 0xDC00 && low < 0xE000) {
            n = utf8_encode(0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00),
                            c);
            i += 2;
        } else if (u < 0xD800 || u >= 0xE000) {
            n = utf8_encode(u, c);
        }
        buf_add(&in->b, c, n);
    }
    if (in->ended && i < len) {
        buf_char(&in->b, '\xFF');
        i = len;
    }
    memmove(in->raw.data, in->raw.data + i, len - i);
    buf_cut(&in->raw, len - i);
    return buf_status(&in->b, err);
}

/* The first bytes: is there a byte order mark? */
static enum morgue_status
begin(struct input *in, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str s;

    in->begun = true;
    while (!st && !in->ended && in->b.len < 3)
        st = read_some(in, &in->b, err);
    if (st)
        return st;
    s = buf_view(&in->b);
    if (str_starts(s, STR("\xEF\xBB\xBF"))) {
        in->at = 3;
    } else if (str_starts(s, STR("\xFF\xFE")) ||
               str_starts(s, STR("\xFE\xFF"))) {
        in->coding = s.s[0] == '\xFF' ? INPUT_UTF16LE : INPUT_UTF16BE;
        buf_add(&in->raw, s.s + 2, s.len - 2);
        st = buf_status(&in->raw, err);
        buf_reset(&in->b);
        if (!st)
            st = convert(in, err);
    }
    return st;
}

static enum morgue_status
fill(struct input *in, struct morgue_error *err)
{
    enum morgue_status st;

    if (!in->begun)
        return begin(in, err);
    if (in->at > 0) {
        memmove(in->b.data, in->b.data + in->at, in->b.len - in->at);
        buf_cut(&in->b, in->b.len - in->at);
        in->at = 0;
    }
    if (in->coding == INPUT_BYTES)
        return read_some(in, &in->b, err);
    st = read_some(in, &in->raw, err);
    return st ? st : convert(in, err);
}

enum morgue_status
input_need(struct input *in, size_t want, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    while (!st && !in->ended && in->b.len - in->at < want)
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
    struct morgue_str v = input_view(in);
    const char *at = v.s, *end = v.s + n;

    while (at < end) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at)
            break;
        in->line++;
        at++;
    }
    in->at += n;
}

bool
input_resume(struct input *in)
{
    if (!in->broken || !stream_resume(in->stream))
        return false;
    in->broken = MORGUE_OK;
    in->ended = false;
    in->at = 0;
    buf_reset(&in->b);
    return true;
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

            if (len > RECORD_MAX)
                dropped = true;
            *more = end || len > 0 || dropped;
            *line = str_slice(dropped ? NULL : v.s, dropped ? 0 : len);
            in->at += len + (end != NULL);
            in->line += end != NULL;
            return MORGUE_OK;
        }
        seen = v.len;
        if (seen > RECORD_MAX) {
            dropped = true;
            in->at += seen;
            seen = 0;
        }
        st = input_need(in, seen + 1, err);
        if (st)
            return st;
    }
}
