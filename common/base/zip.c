/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zip.c - the only user of zlib
 */
#include "zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
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

/* ---- reading a file that may be gzipped --------------------------------- */

enum { IN_SIZE = 1 << 16 };

enum mode {
    MODE_PLAIN,
    MODE_MEMBER,  /* inside a gzip member */
    MODE_BETWEEN, /* behind one */
    MODE_END
};

struct instream {
    int fd;
    enum mode mode;
    bool at_eof; /* the file has been read to its end */
    bool z_open;
    z_stream z; /* next_in and avail_in serve plain files too */
    enum morgue_status failed;
    struct morgue_error failure;
    char *path;
    unsigned char in[IN_SIZE];
};

/* Have at least `want` bytes of the file at hand, if there are that many. */
static enum morgue_status
fill(struct instream *in, size_t want, struct morgue_error *err)
{
    while (in->z.avail_in < want && !in->at_eof) {
        ssize_t n;

        if (in->z.avail_in > 0)
            memmove(in->in, in->z.next_in, in->z.avail_in);
        in->z.next_in = in->in;
        n = read(in->fd, in->in + in->z.avail_in, IN_SIZE - in->z.avail_in);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_errno(err, MORGUE_IO, "read", in->path);
        if (n == 0)
            in->at_eof = true;
        in->z.avail_in += (uInt)n;
    }
    return MORGUE_OK;
}

static bool
at_gzip(const struct instream *in)
{
    const unsigned char *s = in->z.next_in;

    return in->z.avail_in >= 3 && s[0] == 0x1f && s[1] == 0x8b && s[2] == 8;
}

static enum morgue_status
begin_member(struct instream *in, struct morgue_error *err)
{
    int z = in->z_open ? inflateReset(&in->z)
                       : inflateInit2(&in->z, 16 + MAX_WBITS);

    if (z != Z_OK)
        return error_nomem(err);
    in->z_open = true;
    in->mode = MODE_MEMBER;
    return MORGUE_OK;
}

enum morgue_status
instream_open(struct instream **out, const char *path,
              struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct instream *in = calloc(1, sizeof *in);

    *out = NULL;
    if (!in)
        return error_nomem(err);
    in->fd = -1;
    in->path = strdup(path);
    if (!in->path) {
        st = error_nomem(err);
        goto done;
    }
    in->fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
                                    : open(path, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0) {
        st = error_errno(err, MORGUE_NO_INPUT, "open", path);
        goto done;
    }
    in->z.next_in = in->in;
    st = fill(in, 3, err);
    if (!st && at_gzip(in))
        st = begin_member(in, err);
done:
    if (st)
        instream_close(in);
    else
        *out = in;
    return st;
}

static enum morgue_status
read_plain(struct instream *in, char *to, size_t room, size_t *n,
           struct morgue_error *err)
{
    enum morgue_status st = fill(in, 1, err);

    if (st)
        return st;
    *n = in->z.avail_in < room ? in->z.avail_in : room;
    memcpy(to, in->z.next_in, *n);
    in->z.next_in += *n;
    in->z.avail_in -= (uInt)*n;
    return MORGUE_OK;
}

static enum morgue_status
broken(struct instream *in, struct morgue_error *err)
{
    if (in->at_eof && in->z.avail_in == 0)
        return error_set(err, MORGUE_FORMAT, "gzip data is cut short");
    return error_set(err, MORGUE_FORMAT, "gzip data is broken");
}

static enum morgue_status
read_member(struct instream *in, char *to, size_t room, size_t *n,
            struct morgue_error *err)
{
    int z;

    if (room > ZIP_MAX)
        room = ZIP_MAX;
    in->z.next_out = (Bytef *)to;
    in->z.avail_out = (uInt)room;
    do {
        enum morgue_status st = fill(in, 1, err);

        if (st)
            return st;
        z = inflate(&in->z, Z_NO_FLUSH);
        *n = room - in->z.avail_out;
    } while (z == Z_OK && *n == 0);
    if (z == Z_MEM_ERROR)
        return error_nomem(err);
    if (z == Z_STREAM_END)
        in->mode = MODE_BETWEEN;
    else if (z != Z_OK && *n == 0)
        return broken(in, err);
    return MORGUE_OK;
}

static enum morgue_status
next_member(struct instream *in, struct morgue_error *err)
{
    enum morgue_status st;

    do {
        st = fill(in, 3, err);
        if (st)
            return st;
        if (at_gzip(in))
            return begin_member(in, err);
        if (in->z.avail_in == 0) {
            in->mode = MODE_END;
            return MORGUE_OK;
        }
        in->z.avail_in--;
    } while (*in->z.next_in++ == 0);
    return error_set(err, MORGUE_FORMAT,
                     "bytes that are not gzip follow "
                     "gzip data");
}

enum morgue_status
instream_read(struct instream *in, char *to, size_t room, size_t *n,
              struct morgue_error *err)
{
    enum morgue_status st = in->failed;

    *n = 0;
    while (!st && *n == 0 && room > 0 && in->mode != MODE_END) {
        if (in->mode == MODE_PLAIN) {
            st = read_plain(in, to, room, n, &in->failure);
            break;
        }
        if (in->mode == MODE_BETWEEN)
            st = next_member(in, &in->failure);
        else
            st = read_member(in, to, room, n, &in->failure);
    }
    in->failed = st;
    if (st && err)
        *err = in->failure;
    return st;
}

void
instream_close(struct instream *in)
{
    if (!in)
        return;
    if (in->z_open)
        inflateEnd(&in->z);
    if (in->fd >= 0)
        close(in->fd);
    free(in->path);
    free(in);
}
