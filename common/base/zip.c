/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zip.c - the only user of zlib
 */
#include "zip.h"

#include <stdlib.h>
#include <zlib.h>

/* zlib counts in 32 bits; no article comes near. */
#define ZIP_MAX ((size_t)1 << 30)

enum morgue_status
zip_pack(struct buf *out, struct morgue_str data, struct morgue_error *err)
{
    uLongf len;
    char *at;
    int z;

    if (data.len > ZIP_MAX)
        return error_set(err, MORGUE_FORMAT, "a text of more than 1 GB");
    len = compressBound((uLong)data.len);
    at = buf_room(out, len);
    if (!at)
        return buf_status(out, err);
    z = compress2((Bytef *)at, &len, (const Bytef *)(data.s ? data.s : ""),
                  (uLong)data.len, Z_DEFAULT_COMPRESSION);
    if (z != Z_OK)
        return error_nomem(err); /* the room was enough by compressBound */
    buf_cut(out, out->len + len);
    return MORGUE_OK;
}

enum morgue_status
zip_unpack(struct buf *out, struct morgue_str packed, size_t size,
           struct morgue_error *err)
{
    uLongf len = (uLongf)size;
    uLong used = (uLong)packed.len;
    char *at;
    int z;

    if (size > ZIP_MAX || packed.len > ZIP_MAX)
        return error_set(err, MORGUE_DAMAGED, "a stored text is damaged");
    at = buf_room(out, size + 1);
    if (!at)
        return buf_status(out, err);
    /* One byte of room more than `size`, so that a longer stream is told from
     * one that fits. */
    len = (uLongf)size + 1;
    z = uncompress2((Bytef *)at, &len, (const Bytef *)packed.s, &used);
    if (z == Z_MEM_ERROR)
        return error_nomem(err);
    if (z != Z_OK || len != size || used != packed.len)
        return error_set(err, MORGUE_DAMAGED, "a stored text is damaged");
    buf_cut(out, out->len + size);
    return MORGUE_OK;
}

/* ---- streams ------------------------------------------------------------ */

enum { IN_SIZE = 1 << 16 };

enum mode {
    MODE_MEMBER,  /* inside of a member, or of the one there is */
    MODE_BETWEEN, /* behind one */
    MODE_END
};

struct unzip {
    struct stream s;
    struct stream *from;
    enum zip_wrap wrap;
    enum mode mode;
    bool at_eof; /* `from` has been read to its end */
    bool z_open;
    z_stream z;
    size_t member; /* where in `in` the member begins, if it is still there */
    unsigned char in[IN_SIZE];
};

/* Have at least `want` packed bytes at hand, if there are that many. */
static enum morgue_status
fill(struct unzip *u, size_t want, struct morgue_error *err)
{
    while (u->z.avail_in < want && !u->at_eof) {
        size_t n = 0;
        enum morgue_status st;

        if (u->z.avail_in > 0)
            memmove(u->in, u->z.next_in, u->z.avail_in);
        u->z.next_in = u->in;
        u->member = 0;
        st = stream_read(u->from, (char *)u->in + u->z.avail_in,
                         IN_SIZE - u->z.avail_in, &n, err);
        if (st)
            return st;
        if (n == 0)
            u->at_eof = true;
        u->z.avail_in += (uInt)n;
    }
    return MORGUE_OK;
}

bool
zip_is_gzip(struct morgue_str s)
{
    return str_starts(s, STR("\x1f\x8b\x08"));
}

static struct morgue_str
at_hand(const struct unzip *u)
{
    return str_slice((const char *)u->z.next_in, u->z.avail_in);
}

static enum morgue_status
begin_member(struct unzip *u, struct morgue_error *err)
{
    int z = u->z_open ? inflateReset(&u->z) : inflateInit2(&u->z, u->wrap);

    if (z != Z_OK)
        return error_nomem(err);
    u->z_open = true;
    u->mode = MODE_MEMBER;
    u->member = (size_t)(u->z.next_in - u->in);
    return MORGUE_OK;
}

static enum morgue_status
broken(const struct unzip *u, struct morgue_error *err)
{
    const char *name = u->wrap == ZIP_GZIP ? "gzip" : "deflated";

    if (u->at_eof && u->z.avail_in == 0)
        return error_set(err, MORGUE_FORMAT, "%s data is cut short", name);
    return error_set(err, MORGUE_FORMAT, "%s data is broken", name);
}

static enum morgue_status
read_member(struct unzip *u, char *to, size_t room, size_t *n,
            struct morgue_error *err)
{
    int z;

    if (room > ZIP_MAX)
        room = ZIP_MAX;
    u->z.next_out = (Bytef *)to;
    u->z.avail_out = (uInt)room;
    do {
        enum morgue_status st = fill(u, 1, err);

        if (st)
            return st;
        z = inflate(&u->z, Z_NO_FLUSH);
        *n = room - u->z.avail_out;
    } while (z == Z_OK && *n == 0);
    if (z == Z_MEM_ERROR)
        return error_nomem(err);
    if (z == Z_STREAM_END)
        u->mode = u->wrap == ZIP_GZIP ? MODE_BETWEEN : MODE_END;
    else if (z != Z_OK && *n == 0)
        return broken(u, err);
    return MORGUE_OK;
}

static enum morgue_status
next_member(struct unzip *u, struct morgue_error *err)
{
    enum morgue_status st;

    do {
        st = fill(u, 3, err);
        if (st)
            return st;
        if (zip_is_gzip(at_hand(u)))
            return begin_member(u, err);
        if (u->z.avail_in == 0) {
            u->mode = MODE_END;
            return MORGUE_OK;
        }
        u->z.avail_in--;
    } while (*u->z.next_in++ == 0);
    return error_set(err, MORGUE_FORMAT,
                     "bytes that are not gzip follow gzip data");
}

static enum morgue_status
unzip_read(struct stream *s, char *to, size_t room, size_t *n,
           struct morgue_error *err)
{
    struct unzip *u = (struct unzip *)s;
    enum morgue_status st = MORGUE_OK;

    while (!st && *n == 0 && u->mode != MODE_END) {
        if (u->mode == MODE_BETWEEN)
            st = next_member(u, err);
        else if (u->z_open)
            st = read_member(u, to, room, n, err);
        else
            st = begin_member(u, err);
    }
    return st;
}

/* Whether a member may begin here: its reserved flags are 0, and what made it
 * is one of those that there are. */
static bool
looks_like_member(struct morgue_str s)
{
    return s.len >= 10 && zip_is_gzip(s) && (s.s[3] & 0xE0) == 0 &&
           ((unsigned char)s.s[9] <= 13 || (unsigned char)s.s[9] == 255);
}

/* The next member may have been read as a part of the one that is broken, so
 * it is looked for from behind the beginning of that, where it is at hand. */
static bool
unzip_resume(struct stream *s)
{
    struct unzip *u = (struct unzip *)s;
    unsigned char *from = u->in + u->member;

    if (u->wrap != ZIP_GZIP)
        return false;
    if (from < u->z.next_in) {
        u->z.avail_in += (uInt)(u->z.next_in - from) - 1;
        u->z.next_in = from + 1;
    }
    while (fill(u, 10, NULL) == MORGUE_OK && u->z.avail_in >= 10) {
        if (looks_like_member(at_hand(u)))
            return begin_member(u, NULL) == MORGUE_OK;
        u->z.next_in++;
        u->z.avail_in--;
    }
    return false;
}

static void
unzip_close(struct stream *s)
{
    struct unzip *u = (struct unzip *)s;

    if (u->z_open)
        inflateEnd(&u->z);
    stream_close(u->from);
    free(u);
}

static const struct stream_kind unzip_kind = {
    .unpacks = true,
    .read = unzip_read,
    .resume = unzip_resume,
    .close = unzip_close,
};

enum morgue_status
zip_stream(struct stream **out, struct stream *from, enum zip_wrap wrap,
           struct morgue_error *err)
{
    struct unzip *u = calloc(1, sizeof *u);

    *out = NULL;
    if (!u) {
        stream_close(from);
        return error_nomem(err);
    }
    stream_init(&u->s, &unzip_kind, from->meter);
    u->from = from;
    u->wrap = wrap;
    u->z.next_in = u->in;
    *out = &u->s;
    return MORGUE_OK;
}
