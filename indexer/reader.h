/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reader.h - what the readers of formats share
 */
#ifndef MORGUE_INDEXER_READER_H
#define MORGUE_INDEXER_READER_H

#include "source.h"

/* ---- the bytes of a file ------------------------------------------------ */

/* A file as a window that moves over it, in UTF-8 where the file is in UTF-16
 * with its mark.  A break (gzip that is cut short, a read that fails) counts
 * as the end of it and is remembered. */
struct input {
    struct instream *stream;
    struct buf b, raw; /* raw: UTF-16 that is not in the window yet */
    size_t at;         /* of what was not taken yet */
    enum { UTF16_NONE, UTF16_LITTLE, UTF16_BIG } utf16;
    bool begun, ended;
    enum morgue_status broken;
    struct morgue_error why;
};

/** Have at least `want` bytes in the window, if there are so many.  Only
 *  MORGUE_NOMEM is returned. */
enum morgue_status input_need(struct input *in, size_t want,
                              struct morgue_error *err);

/** What is in the window and was not taken; lent until more is needed. */
struct morgue_str input_view(const struct input *in);

/** Take `n` bytes off the window. */
void input_take(struct input *in, size_t n);

/** Whether all of the file was taken. */
bool input_at_end(const struct input *in);

/** Take the next line, without its end, into *line, lent until the next call;
 *  *more becomes false at the end.  A line of more than RECORD_MAX bytes is
 *  passed over to its end and *line.s becomes NULL. */
enum morgue_status input_line(struct morgue_str *line, bool *more,
                              struct input *in, struct morgue_error *err);

/** Close the stream and give the memory back. */
void input_free(struct input *in);

/* ---- a file being read -------------------------------------------------- */

struct reading {
    struct input in;
    const char *path;  /* as it is shown */
    const char *whole; /* the absolute path; NULL for standard input */
    bool many;         /* the format has many records in a file */
    uint64_t position; /* records so far */
    const struct sink *sink;
    struct arena arena; /* of the record that is being read */
    struct buf scratch, text;
};

/** charset_to_utf8 for text of the file, which may have been converted on the
 *  way already. */
enum morgue_status reading_utf8(struct reading *r, struct morgue_str *text,
                                const char *declared, bool *converted,
                                struct morgue_error *err);

/** The next record of the file is this article, whose text may be anything:
 *  clean it, give it an id and hand it to the sink.  `converted`: its text
 *  was not in UTF-8. */
enum morgue_status reading_record(struct reading *r,
                                  struct morgue_article *article,
                                  bool converted, struct morgue_error *err);

/** The next record of the file could not be read. */
enum morgue_status reading_failed(struct reading *r, const char *reason,
                                  struct morgue_error *err);

/** The file as such could not be read, or not to its end. */
enum morgue_status reading_broken(struct reading *r, const char *reason,
                                  struct morgue_error *err);

/** Append a line `key: value` to the field, which nothing but this function
 *  and add_line may have filled; too long ones and too many are left out. */
enum morgue_status add_extra(struct morgue_str *extra, struct arena *arena,
                             struct morgue_str key, struct morgue_str value,
                             struct morgue_error *err);

/** Append a value, on a line of its own, likewise. */
enum morgue_status add_line(struct morgue_str *to, struct arena *arena,
                            struct morgue_str value, struct morgue_error *err);

/* ---- keys --------------------------------------------------------------- */

/** What a key of JSON or of a head means.  */
struct key_meaning {
    enum field field; /* FIELD_N: the date */
    int priority;     /* of two keys of a field, the lower one wins */
};

/** The meaning of a key, whatever its case and with - for _; false where it
 *  has none. */
bool key_find(struct morgue_str key, struct key_meaning *out);

/* Values of an article by keys, best key first. */
struct keyed {
    struct morgue_article article;
    struct morgue_str date;    /* as it was written */
    int priority[FIELD_N + 1]; /* of what is there; 0: nothing */
    struct morgue_str key[FIELD_N + 1];
};

/** Put a value to its field, or to the extra lines where the field has a
 *  better one or the key no meaning.  Of several values of one key, those of
 *  a field with many become lines, and those of a body too where `listed`
 *  tells that they come from one list; else the first counts.  Strings are
 *  copied into the arena. */
enum morgue_status keyed_add(struct keyed *k, struct arena *arena,
                             struct morgue_str key, struct morgue_str value,
                             bool listed, struct morgue_error *err);

/** Read the date and the language; what cannot be read becomes an extra
 *  line. */
enum morgue_status keyed_end(struct keyed *k, struct arena *arena,
                             struct morgue_error *err);

/* ---- readers ------------------------------------------------------------ */

/** Each reads a file of its format to its end or break. */
enum morgue_status read_text(struct reading *r, struct morgue_error *err);
enum morgue_status read_heads(struct reading *r, struct morgue_error *err);
enum morgue_status read_json(struct reading *r, struct morgue_error *err);
enum morgue_status read_sgml(struct reading *r, struct morgue_error *err);

/** Whether a text begins with heads. */
bool looks_like_heads(struct morgue_str text);

#endif
