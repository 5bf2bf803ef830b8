/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * input.c - the bytes of a file as a window that moves over it
 *
 * The window grows to the largest record.  What was taken is dropped when
 * more is read, so each byte is moved at most once for each fill.
 */
#include "reader.h"

enum { FILL = 256 * 1024 };

static enum morgue_status
fill(struct input *in, struct morgue_error *err)
{
    size_t n = 0;
    char *to;

    if (in->at > 0) {
        memmove(in->b.data, in->b.data + in->at, in->b.len - in->at);
        buf_cut(&in->b, in->b.len - in->at);
        in->at = 0;
    }
    to = buf_room(&in->b, FILL);
    if (!to)
        return error_nomem(err);
    in->broken = instream_read(in->stream, to, FILL, &n, &in->why);
    if (in->broken == MORGUE_NOMEM)
        return error_nomem(err);
    buf_cut(&in->b, in->b.len + n);
    in->ended = n == 0;
    return MORGUE_OK;
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
    in->at += n;
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
        if (seen > RECORD_MAX) {
            dropped = true;
            input_take(in, seen);
            seen = 0;
        }
        st = input_need(in, seen + 1, err);
        if (st)
            return st;
    }
}
