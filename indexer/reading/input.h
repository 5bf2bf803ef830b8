/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * input.h - the bytes of a file as a window that moves over it
 */
#ifndef MORGUE_INDEXER_READING_INPUT_H
#define MORGUE_INDEXER_READING_INPUT_H

#include "../../common/base/stream.h"

/* Bytes of a record, or of a line; no more are read. */
enum { RECORD_MAX = 256 * 1024 * 1024 };

/* How a file's bytes are written, by the mark at its beginning. */
enum input_coding { INPUT_BYTES, INPUT_UTF16LE, INPUT_UTF16BE };

/* A file as a window that moves over it.  A byte order mark is taken off, and
 * what is marked as UTF-16 comes as UTF-8, with a byte FF for each unit that
 * stands for no character.  A break (gzip that is cut short, a read that
 * fails) counts as the end of it and is remembered. */
struct input {
    struct stream *stream;
    struct buf b;   /* the window */
    struct buf raw; /* of UTF-16, what was not converted yet */
    size_t at;      /* of the window, what was not taken yet */
    uint64_t line;  /* the line, from 1, in which that begins */
    enum input_coding coding;
    bool begun, ended;
    enum morgue_status broken;
    struct morgue_error why;
};

/** Begin at the beginning of `stream`, which becomes the input's. */
void input_init(struct input *in, struct stream *stream);
void input_free(struct input *in);

/** Have at least `want` bytes in the window, if there are so many.  Only
 *  MORGUE_NOMEM is returned. */
enum morgue_status input_need(struct input *in, size_t want,
                              struct morgue_error *err);

/** What is in the window and was not taken; lent until more is needed.  It
 *  may be written to. */
struct morgue_str input_view(const struct input *in);

/** Take `n` bytes off the window. */
void input_take(struct input *in, size_t n);

/** After a break, go on where the stream is good again (stream_resume); what
 *  is in the window goes.  False where it is not. */
bool input_resume(struct input *in);

/** Take the next line, without its LF, into *line, lent until the next call;
 *  *more becomes false at the end.  A line of more than RECORD_MAX bytes is
 *  passed over to its end and line->s becomes NULL. */
enum morgue_status input_line(struct morgue_str *line, bool *more,
                              struct input *in, struct morgue_error *err);

#endif
