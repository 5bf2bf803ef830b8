/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream.h - bytes that come in order, and streams that stand on streams
 *
 *   file -> gunzip -> entry of a tar -> gunzip -> whoever reads
 *
 * A stream that unpacks takes the one below it over, and closes it with
 * itself.  What comes next can be looked at before it is read, so that what
 * has to stand above it can be told from it.
 *
 * A meter goes through all of such a tower: it holds what was unpacked
 * against what the file had, so that no file grows without end (METER_RATIO),
 * and tells when all reading has to end.
 */
#ifndef MORGUE_BASE_STREAM_H
#define MORGUE_BASE_STREAM_H

#include "buf.h"
#include "stop.h"

struct meter {
    uint64_t in, out;  /* bytes of a file so far, and bytes that were unpacked
                          from them, each time that they were */
    struct stop *stop; /* NULL: nothing ends the reading */
};

enum {
    METER_FREE = 64 * 1024 * 1024, /* may always be unpacked */
    METER_RATIO = 250              /* and so often what went in */
};

/** Whether it is more than that; NULL is fine. */
bool meter_is_over(const struct meter *m);

enum { STREAM_PEEK_MAX = 64 * 1024 };

struct stream;

/* What a kind of stream does.  A kind's struct begins with its struct stream.
 * `seek` and `resume` may be NULL. */
struct stream_kind {
    bool unpacks; /* what it gives goes on the meter */
    /* As stream_read; not called again after a failure or the end. */
    enum morgue_status (*read)(struct stream *s, char *to, size_t room,
                               size_t *n, struct morgue_error *err);
    bool (*seek)(struct stream *s, int64_t *offset, int whence);
    bool (*resume)(struct stream *s);
    void (*close)(struct stream *s);
};

struct stream {
    const struct stream_kind *kind;
    struct meter *meter; /* NULL: nobody counts */
    struct buf ahead;    /* was looked at */
    size_t at;           /* of it, what was not read yet */
    bool ended;
    enum morgue_status failed; /* for good */
    struct morgue_error failure;
};

/** For kinds: begin as one of `kind`. */
void stream_init(struct stream *s, const struct stream_kind *kind,
                 struct meter *meter);

/** Up to `room` bytes into `to`, their number into *n; 0 at the end.
 *  MORGUE_FORMAT where what is unpacked is broken or cut short: what came
 *  before was good.  MORGUE_IO; MORGUE_INTERRUPTED, MORGUE_TIMED_OUT by the
 *  meter's stop.  After a failure the same comes again. */
enum morgue_status stream_read(struct stream *s, char *to, size_t room,
                               size_t *n, struct morgue_error *err);

/** Append all that comes.  After a failure, MORGUE_FORMAT at the buffer's
 *  ceiling too, what came before is there. */
enum morgue_status stream_read_all(struct buf *to, struct stream *s,
                                   struct morgue_error *err);

/** The next `want` bytes (at most STREAM_PEEK_MAX), without reading them, or
 *  as many as there are; lent until the next call.  A failure behind them is
 *  left for stream_read to tell; only MORGUE_NOMEM is returned. */
enum morgue_status stream_peek(struct morgue_str *out, struct stream *s,
                               size_t want, struct morgue_error *err);

/** Whether stream_seek may be tried. */
bool stream_can_seek(const struct stream *s);

/** As lseek; *offset becomes the new place.  False where it cannot. */
bool stream_seek(struct stream *s, int64_t *offset, int whence);

/** After a failure, pass over what is broken to where good bytes begin again.
 *  False where there are none. */
bool stream_resume(struct stream *s);

/** NULL is allowed. */
void stream_close(struct stream *s);

/** The bytes of a file, or of standard input for "-".  `meter` may be NULL.
 *  MORGUE_NO_INPUT, MORGUE_IO. */
enum morgue_status stream_file(struct stream **out, const char *path,
                               struct meter *meter, struct morgue_error *err);

/** The bytes of the file that is open as `fd`, which is taken over, whatever
 *  happens; `path` is for messages.  MORGUE_IO. */
enum morgue_status stream_fd(struct stream **out, int fd, const char *path,
                             struct meter *meter, struct morgue_error *err);

/** The bytes themselves, which are lent. */
enum morgue_status stream_memory(struct stream **out, struct morgue_str bytes,
                                 struct meter *meter,
                                 struct morgue_error *err);

#endif
