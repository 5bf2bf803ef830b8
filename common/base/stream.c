/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream.c - what streams have in common; streams of files and of memory
 */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- all streams -------------------------------------------------------- */

void
stream_init(struct stream *s, const struct stream_kind *kind,
            struct meter *meter)
{
    *s = (struct stream){.kind = kind, .meter = meter};
    buf_init(&s->ahead, (size_t)STREAM_PEEK_MAX * 2);
}

bool
meter_is_over(const struct meter *m)
{
    return m && m->out > METER_FREE && m->out / METER_RATIO > m->in;
}

/* What comes behind `ahead`. */
static enum morgue_status
pull(struct stream *s, char *to, size_t room, size_t *n)
{
    *n = 0;
    if (s->failed || s->ended || room == 0)
        return s->failed;
    if (s->meter)
        s->failed = stop_failure(s->meter->stop, &s->failure);
    if (!s->failed)
        s->failed = s->kind->read(s, to, room, n, &s->failure);
    if (s->failed)
        *n = 0;
    else if (*n == 0)
        s->ended = true;
    if (s->kind->unpacks && s->meter)
        s->meter->out += *n;
    if (!s->failed && s->kind->unpacks && meter_is_over(s->meter)) {
        *n = 0;
        s->failed =
            error_set(&s->failure, MORGUE_FORMAT,
                      "it grows to more than %d times its size", METER_RATIO);
    }
    return s->failed;
}

enum morgue_status
stream_read(struct stream *s, char *to, size_t room, size_t *n,
            struct morgue_error *err)
{
    struct morgue_str ahead = buf_view(&s->ahead);
    enum morgue_status st;

    if (s->at < ahead.len) {
        *n = ahead.len - s->at < room ? ahead.len - s->at : room;
        memcpy(to, ahead.s + s->at, *n);
        s->at += *n;
        return MORGUE_OK;
    }
    st = pull(s, to, room, n);
    if (st && err)
        *err = s->failure;
    return st;
}

enum morgue_status
stream_read_all(struct buf *to, struct stream *s, struct morgue_error *err)
{
    size_t n = 1;
    enum morgue_status st = MORGUE_OK;

    while (!st && n > 0) {
        size_t left = to->max - to->len;
        size_t want = left < STREAM_PEEK_MAX ? left : STREAM_PEEK_MAX;
        char beyond, *room = want > 0 ? buf_room(to, want) : &beyond;

        if (!room)
            return buf_status(to, err);
        st = stream_read(s, room, want > 0 ? want : 1, &n, err);
        if (!st && want > 0)
            buf_cut(to, to->len + n);
        else if (!st && n > 0)
            st = error_set(err, MORGUE_FORMAT, "it is too long");
    }
    return st;
}

enum morgue_status
stream_peek(struct morgue_str *out, struct stream *s, size_t want,
            struct morgue_error *err)
{
    struct morgue_str left = buf_view(&s->ahead);
    size_t n = 1;

    if (s->at > 0) {
        memmove(s->ahead.data, left.s + s->at, left.len - s->at);
        buf_cut(&s->ahead, left.len - s->at);
        s->at = 0;
    }
    while (s->ahead.len < want && n > 0) {
        char *room = buf_room(&s->ahead, want);

        if (!room)
            return error_nomem(err);
        pull(s, room, want, &n);
        buf_cut(&s->ahead, s->ahead.len + n);
    }
    if (s->failed == MORGUE_NOMEM)
        return error_nomem(err);
    *out = buf_view(&s->ahead);
    if (out->len > want)
        out->len = want;
    return MORGUE_OK;
}

bool
stream_can_seek(const struct stream *s)
{
    return s->kind->seek != NULL;
}

bool
stream_seek(struct stream *s, int64_t *offset, int whence)
{
    if (!s->kind->seek)
        return false;
    if (whence == SEEK_CUR)
        *offset -= (int64_t)(s->ahead.len - s->at);
    if (!s->kind->seek(s, offset, whence))
        return false;
    buf_reset(&s->ahead);
    s->at = 0;
    s->ended = false;
    return true;
}

bool
stream_resume(struct stream *s)
{
    if (s->failed != MORGUE_FORMAT || !s->kind->resume ||
        meter_is_over(s->meter) || !s->kind->resume(s))
        return false;
    s->failed = MORGUE_OK;
    s->ended = false;
    return true;
}

void
stream_close(struct stream *s)
{
    if (!s)
        return;
    buf_free(&s->ahead);
    s->kind->close(s);
}

/* ---- files -------------------------------------------------------------- */

struct file_stream {
    struct stream s;
    int fd;
    uint64_t at;
    char *path;
};

/* Wait until there is something to read, but not when it is time to stop: a
 * pipe may give nothing for ever. */
static enum morgue_status
wait_for_bytes(const struct file_stream *f, struct morgue_error *err)
{
    enum { LOOK = 100 }; /* milliseconds */
    struct stop *stop = f->s.meter ? f->s.meter->stop : NULL;
    struct pollfd fd = {.fd = f->fd, .events = POLLIN};
    enum morgue_status st = MORGUE_OK;

    if (!stop)
        return MORGUE_OK;
    while (!st && poll(&fd, 1, LOOK) <= 0)
        st = stop_failure(stop, err);
    return st;
}

static enum morgue_status
file_stream_read(struct stream *s, char *to, size_t room, size_t *n,
                 struct morgue_error *err)
{
    struct file_stream *f = (struct file_stream *)s;
    enum morgue_status st = wait_for_bytes(f, err);
    ssize_t got;

    if (st)
        return st;
    do
        got = read(f->fd, to, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return error_errno(err, MORGUE_IO, "read", f->path);
    *n = (size_t)got;
    f->at += *n;
    if (s->meter && f->at > s->meter->in) /* what is read twice counts once */
        s->meter->in = f->at;
    return MORGUE_OK;
}

static bool
file_stream_seek(struct stream *s, int64_t *offset, int whence)
{
    struct file_stream *f = (struct file_stream *)s;
    off_t at = lseek(f->fd, (off_t)*offset, whence);

    if (at < 0)
        return false;
    *offset = at;
    f->at = (uint64_t)at;
    return true;
}

static void
file_stream_close(struct stream *s)
{
    struct file_stream *f = (struct file_stream *)s;

    if (f->fd >= 0)
        close(f->fd);
    free(f->path);
    free(f);
}

static const struct stream_kind pipe_kind = {
    .read = file_stream_read,
    .close = file_stream_close,
};
static const struct stream_kind file_kind = {
    .read = file_stream_read,
    .seek = file_stream_seek,
    .close = file_stream_close,
};

/* The bytes of `fd`, which is taken over, from where it stands. */
static enum morgue_status
stream_of(struct stream **out, const struct stream_kind *kind, int fd,
          const char *path, struct meter *meter, struct morgue_error *err)
{
    struct file_stream *f = calloc(1, sizeof *f);
    struct morgue_str first;
    enum morgue_status st;

    *out = NULL;
    if (!f) {
        close(fd);
        return error_nomem(err);
    }
    stream_init(&f->s, kind, meter);
    f->fd = fd;
    f->path = strdup(path);
    st = f->path ? stream_peek(&first, &f->s, STREAM_PEEK_MAX / 4, err)
                 : error_nomem(err);
    if (!st && f->s.failed) {
        st = f->s.failed;
        if (err)
            *err = f->s.failure;
    }
    if (st)
        stream_close(&f->s);
    else
        *out = &f->s;
    return st;
}

enum morgue_status
stream_fd(struct stream **out, int fd, const char *path, struct meter *meter,
          struct morgue_error *err)
{
    struct stat s;
    bool plain = fstat(fd, &s) == 0 && S_ISREG(s.st_mode);

    return stream_of(out, plain ? &file_kind : &pipe_kind, fd, path, meter,
                     err);
}

enum morgue_status
stream_file(struct stream **out, const char *path, struct meter *meter,
            struct morgue_error *err)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd =
        standard_input ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

    *out = NULL;
    if (fd < 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", path);
    /* Standard input may stand somewhere in its file. */
    if (standard_input)
        return stream_of(out, &pipe_kind, fd, path, meter, err);
    return stream_fd(out, fd, path, meter, err);
}

/* ---- memory ------------------------------------------------------------- */

struct memory_stream {
    struct stream s;
    struct morgue_str bytes;
    size_t at;
};

static enum morgue_status
memory_stream_read(struct stream *s, char *to, size_t room, size_t *n,
                   struct morgue_error *err)
{
    struct memory_stream *m = (struct memory_stream *)s;
    size_t left = m->bytes.len - m->at;

    (void)err;
    *n = left < room ? left : room;
    if (*n > 0)
        memcpy(to, m->bytes.s + m->at, *n);
    m->at += *n;
    return MORGUE_OK;
}

static bool
memory_stream_seek(struct stream *s, int64_t *offset, int whence)
{
    struct memory_stream *m = (struct memory_stream *)s;
    int64_t base = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? (int64_t)m->at
                                        : (int64_t)m->bytes.len;

    if (*offset < -base || *offset > (int64_t)m->bytes.len - base)
        return false;
    *offset += base;
    m->at = (size_t)*offset;
    return true;
}

static void
memory_stream_close(struct stream *s)
{
    free(s);
}

static const struct stream_kind memory_kind = {
    .read = memory_stream_read,
    .seek = memory_stream_seek,
    .close = memory_stream_close,
};

enum morgue_status
stream_memory(struct stream **out, struct morgue_str bytes,
              struct meter *meter, struct morgue_error *err)
{
    struct memory_stream *m = calloc(1, sizeof *m);

    *out = NULL;
    if (!m)
        return error_nomem(err);
    stream_init(&m->s, &memory_kind, meter);
    m->bytes = bytes;
    *out = &m->s;
    return MORGUE_OK;
}
