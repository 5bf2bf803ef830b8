/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source.h - from files to records
 *
 *   path -> (walk) -> file -> (unpack) -> (format by content) -> records
 *
 * A source is a file, a folder or standard input.  Each file is read by the
 * reader of its format, which is told by content and never by name, and is
 * unpacked first where its content is packed: the files in a container are
 * files, too, and shown as CONTAINER/NAME.  Readers see a file as a stream:
 * memory grows with the largest record, not with the file, and a record has a
 * ceiling (RECORD_MAX).  What was readable before a break is handed on.
 */
#ifndef MORGUE_INDEXER_SOURCE_H
#define MORGUE_INDEXER_SOURCE_H

#include "../../common/article/record.h"
#include "../../common/base/zip.h"

enum { RECORD_MAX = 256 * 1024 * 1024 };

struct key_map;

/** Where readers put what they find.  A status other than MORGUE_OK ends the
 *  reading and is passed up. */
struct sink {
    /** A record; its strings are lent for the call.  It has an id, with a NUL
     *  behind it: its own, else one from its url, else from path and
     *  position.  Its text is UTF-8 and its fields are within their ceilings
     *  (record.h). */
    enum morgue_status (*record)(const struct morgue_article *article,
                                 const struct morgue_origin *origin,
                                 void *payload, struct morgue_error *err);
    /** A record or (position 0) a file that gives none; `id` may be "". */
    enum morgue_status (*problem)(enum morgue_outcome outcome,
                                  const struct morgue_origin *origin,
                                  const char *id, const char *reason,
                                  void *payload, struct morgue_error *err);
    void *payload;
};

/** A problem as the outside is told of it; strings are those given. */
static inline struct morgue_event
source_event(enum morgue_outcome outcome, const struct morgue_origin *origin,
             const char *id, const char *reason)
{
    return (struct morgue_event){.size = sizeof(struct morgue_event),
                                 .outcome = outcome,
                                 .path = origin->path,
                                 .position = origin->position,
                                 .id = id ? id : "",
                                 .reason = reason};
}

/** MORGUE_USAGE where there is no format of that name; NULL is fine. */
enum morgue_status source_format_check(const char *name,
                                       struct morgue_error *err);

/** Read a file that says what keys mean (key_map.c).  Give back: key_map_free.
 *  MORGUE_USAGE names the line that cannot be understood; MORGUE_NO_INPUT,
 *  MORGUE_IO. */
enum morgue_status key_map_read(struct key_map **out, const char *path,
                                struct morgue_error *err);

/** NULL is allowed. */
void key_map_free(struct key_map *map);

/* How to read sources; all zero: as they are. */
struct source_how {
    const char *format;        /* NULL: by content */
    const struct key_map *map; /* NULL: keys are those that we know */
    enum morgue_follow follow;
};

/** MORGUE_USAGE where it asks for what there is not. */
enum morgue_status source_how_check(const struct source_how *how,
                                    struct morgue_error *err);

/** Read a file, a folder (all files below it, in byte order of their names;
 *  names that begin with a dot are left out) or "-".  `how` NULL: as it is.
 *  MORGUE_NO_INPUT where the source itself is not there or may not be read;
 *  what is wrong inside of it goes to the sink. */
enum morgue_status source_read(const char *source,
                               const struct source_how *how,
                               const struct sink *sink,
                               struct morgue_error *err);

/** Clean an article that was handed over as those of files are, give it an id
 *  where it has none, from its url or else its content, and hand it to the
 *  sink, or what is wrong with it, also where it cannot be an article. */
enum morgue_status source_article(const struct morgue_article *article,
                                  const struct sink *sink,
                                  struct morgue_error *err);

#endif
