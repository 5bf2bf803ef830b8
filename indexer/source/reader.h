/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reader.h - what the readers of formats share
 *
 *   file -> stream -> input (a window, UTF-16 made UTF-8)
 *        -> read_text, read_heads, read_json, read_sgml, ...
 *        -> reading_record, reading_failed, reading_broken -> sink
 *
 * A reader looks at the window, takes records off it and hands each to
 * reading_record, which cleans it and gives it an id.  What cannot be read is
 * reported, not returned: a status other than MORGUE_OK, here and in readers,
 * is want of memory or the sink's own, and ends the run.
 */
#ifndef MORGUE_INDEXER_READER_H
#define MORGUE_INDEXER_READER_H

#include "extra.h"
#include "source.h"
#include "value.h"

/* ---- the bytes of a file ------------------------------------------------ */

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

/* ---- a file being read -------------------------------------------------- */

struct reading {
    struct input in;
    const char *path;      /* as it is shown */
    const char *whole;     /* the absolute path; NULL where there is no file */
    const char *format;    /* its name; NULL until it is told */
    bool many;             /* the format has many records in a file */
    struct morgue_str url; /* what is known from outside of the record, */
    struct morgue_str crawled; /* as by a crawl: where and when it was */
    struct morgue_str charset; /* fetched, and its charset; else "" */
    bool unsure;               /* fields may still be in another charset */
    uint64_t position;         /* records so far */
    uint64_t reported;         /* records and problems so far */
    int64_t now;               /* when the reading began, seconds since 1970 */
    const struct sink *sink;
    const struct key_map *map; /* what keys mean to the user; may be NULL */
    struct arena arena;        /* of the record that is being read */
    struct buf scratch;        /* what a record was converted to */
    struct buf text;           /* a reader's own, up to reading_record */
    struct buf extra;          /* the lines of the record's extra field */
};

/** Make ready for a file; `path` and `sink` must outlive it. */
void reading_init(struct reading *r, const char *path,
                  const struct sink *sink);
void reading_free(struct reading *r);

/** Drop what belongs to the record before. */
void reading_next(struct reading *r);

/** charset_to_utf8 for text from the window: of UTF-16 it is done already. */
enum morgue_status reading_utf8(struct reading *r, struct morgue_str *text,
                                struct morgue_str declared, bool *converted,
                                struct morgue_error *err);

/** How the reading of a record was done. */
enum {
    READ_CONVERTED = 1, /* its text was not in UTF-8 */
    READ_REPAIRED = 2   /* some of it became U+FFFD already */
};

/** The next record of the file is this article, whose text may be anything:
 *  clean it, give it an id and hand it to the sink.  `how`: READ_ flags. */
enum morgue_status reading_record(struct reading *r,
                                  struct morgue_article *article, unsigned how,
                                  struct morgue_error *err);

/** The next record of the file is no article; what is known of it, its id
 *  perhaps, is in `article`. */
enum morgue_status reading_skipped(struct reading *r,
                                   struct morgue_article *article,
                                   const char *reason,
                                   struct morgue_error *err);

/** The next record of the file, which begins in `line`, could not be read.
 *  `line` 0: not told. */
enum morgue_status reading_failed(struct reading *r, uint64_t line,
                                  const char *reason,
                                  struct morgue_error *err);

/** The file as such gives nothing, or not all of it. */
enum morgue_status reading_broken(struct reading *r,
                                  enum morgue_outcome outcome,
                                  const char *reason,
                                  struct morgue_error *err);

/* ---- keys --------------------------------------------------------------- */

/* FIELD_N stands for the date where a field is named. */

/* What a key means. */
struct meaning {
    enum field field; /* or one of keys.h; KEY_NONE: nothing we know */
    int rank;         /* of two keys of a field the lower is better; 0: none */
    unsigned flags;
};

enum {
    KEY_HTML = 1,     /* its value is HTML */
    KEY_SUMMARY = 2,  /* a text about the text: a body where there is none */
    KEY_VARIANT = 4,  /* the same text may come in another form, too */
    KEY_VARIANTS = 8, /* objects that have a form of the value each */
    KEY_LIST = 16,    /* there are records in its array or object */
    KEY_MEMBERS = 32, /* what is in its object belongs to the record */
    KEY_KEEP = 64,    /* no field, but its names are kept */
    KEY_IGNORE = 128, /* it is not even kept */
    KEY_PARENT = 256, /* keys in its object have a meaning */
    KEY_COMMAS = 512, /* a single value of it is a list */
    KEY_PIECES = 1024 /* of an article: objects that have a piece of it each */
};

/** What a key means, by `map` (may be NULL) or else the table of ours.  Case,
 *  "_", "-" and spaces do not count. */
struct meaning key_means(const struct key_map *map, struct morgue_str key);

/** The same by our table alone, of keys that mean a field or the date; false
 *  where it means none. */
bool key_find(struct morgue_str key, enum field *field, int *rank);

/* Whether a field has a value already is looked for among so many bytes of
 * its lines; with more, it may get it twice. */
enum { LINES_SEARCHED = 4096 };

/* Values of an article by keys, best key first. */
struct keyed {
    struct reading *r;
    struct morgue_article article;
    int rank[FIELD_N + 1]; /* of what is there; 0: nothing */
    struct morgue_str key[FIELD_N + 1];
    size_t room[FIELD_N + 1];  /* bytes for lines; 0: those that are there */
    struct morgue_str date;    /* as it was written, where it could be read */
    struct morgue_str kind;    /* of item: "text", "picture" */
    struct morgue_str address; /* an id that is one */
    bool event;                /* it tells of what will be */
    bool summary;              /* the body is a summary */
    bool html;                 /* the body was HTML */
};

void keyed_begin(struct keyed *k, struct reading *r);

/** Put a value to its field, or to the extra lines where the field has a
 *  better one or the key no meaning.  Several values of one key stand on
 *  lines, of which a field for one takes the first.  What it keeps it copies
 *  into the reading's arena. */
enum morgue_status keyed_add(struct keyed *k, struct morgue_str key,
                             struct morgue_str value, bool several,
                             struct morgue_error *err);

/** The same where the key's meaning is known. */
enum morgue_status keyed_put(struct keyed *k, struct meaning m,
                             struct morgue_str key, struct morgue_str value,
                             bool several, struct morgue_error *err);

/** keyed_add of a value from where there are no lists: for a field with many
 *  values each that ";" parts from the next. */
enum morgue_status keyed_add_list(struct keyed *k, struct morgue_str key,
                                  struct morgue_str value,
                                  struct morgue_error *err);

/** The article is complete: hand it on, or what it is instead of one. */
enum morgue_status keyed_end(struct keyed *k, unsigned how,
                             struct morgue_error *err);

/* ---- formats ------------------------------------------------------------ */

struct format {
    const char *name; /* as --format takes it */
    const char *what; /* in a few words */
    bool many;        /* records in a file */
    bool plain;       /* without marks of its own: looked for in text only */
    bool (*tell)(struct morgue_str head); /* whether a file looks like it */
    enum morgue_status (*read)(struct reading *r, struct morgue_error *err);
};

/** The format of that name, or NULL. */
const struct format *format_named(const char *name);

/** How much of a file its format is told by. */
enum { FORMAT_PROBE = 16 * 1024, FORMAT_REASON_MAX = 160 };

/** The format of a file that begins with `head`: `wanted` or, where that is
 *  NULL, what it looks like, also by the keys of `map` (may be NULL); or NULL,
 *  and in `reason` why it is none. */
const struct format *format_choose(const struct format *wanted,
                                   struct morgue_str head,
                                   const struct key_map *map,
                                   char reason[FORMAT_REASON_MAX]);

/** Each reads a file of its format to its end or break. */
enum morgue_status read_text(struct reading *r, struct morgue_error *err);
enum morgue_status read_heads(struct reading *r, struct morgue_error *err);
enum morgue_status read_json(struct reading *r, struct morgue_error *err);
enum morgue_status read_csv(struct reading *r, struct morgue_error *err);
enum morgue_status read_sgml(struct reading *r, struct morgue_error *err);
enum morgue_status read_trec(struct reading *r, struct morgue_error *err);
enum morgue_status read_mail(struct reading *r, struct morgue_error *err);
enum morgue_status read_iptc7901(struct reading *r, struct morgue_error *err);
enum morgue_status read_anpa(struct reading *r, struct morgue_error *err);
enum morgue_status read_html(struct reading *r, struct morgue_error *err);
enum morgue_status read_warc(struct reading *r, struct morgue_error *err);
enum morgue_status read_arc(struct reading *r, struct morgue_error *err);
enum morgue_status read_nitf(struct reading *r, struct morgue_error *err);
enum morgue_status read_newsml(struct reading *r, struct morgue_error *err);
enum morgue_status read_newsmlg2(struct reading *r, struct morgue_error *err);
enum morgue_status read_feed(struct reading *r, struct morgue_error *err);
enum morgue_status read_rcv(struct reading *r, struct morgue_error *err);

/** Whether a file looks like it. */
bool looks_like_nitf(struct morgue_str head);
bool looks_like_rcv(struct morgue_str head);
bool looks_like_newsml(struct morgue_str head);
bool looks_like_newsmlg2(struct morgue_str head);
bool looks_like_feed(struct morgue_str head);

/** Whether a file of such a format begins so. */
bool looks_like_trec(struct morgue_str head);
bool looks_like_mail(struct morgue_str head);
bool looks_like_anpa(struct morgue_str head);
bool looks_like_iptc7901(struct morgue_str head);
/** The next record is this HTML page, in any charset.  `charset`: what came
 *  with it says so; "" where nothing does.  `url`: where it came from, against
 *  which its links count; "" where that is not known.  `crawl`: skip it where
 *  it is hardly an article. */
enum morgue_status read_page(struct reading *r, struct morgue_str page,
                             struct morgue_str url, struct morgue_str charset,
                             bool crawl, struct morgue_error *err);

/** Whether a file begins as an HTML page does. */
bool looks_like_html(struct morgue_str head);

/** Whether a file is a web archive: WARC, ARC. */
bool looks_like_warc(struct morgue_str head);
bool looks_like_arc(struct morgue_str head);
/** Whether a text begins with a table's names of columns, by `map` (may be
 *  NULL) or our own. */
bool looks_like_csv(struct morgue_str text, const struct key_map *map);

#endif
