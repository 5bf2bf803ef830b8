/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.h - what a format is, and which one a file is in
 *
 * A reader's file ends with the struct format that tells of it.
 */
#ifndef MORGUE_INDEXER_READING_FORMAT_H
#define MORGUE_INDEXER_READING_FORMAT_H

#include "reading.h"

struct format {
    const char *name; /* as --format takes it */
    const char *what; /* in a few words */
    bool many;        /* records in a file */
    bool plain;       /* without marks of its own: looked for in text only */
    bool outermost;   /* files of other formats are in it, it in none */
    /* Why a file that is another is not read as this one where this one was
     * named; NULL: it is read as long as it is text. */
    const char *unlike;

    /** Whether a file that begins with `head` looks like it. */
    bool (*tell)(struct morgue_str head);
    /** The same by the keys of a map; NULL: these do not tell. */
    bool (*tell_by_map)(struct morgue_str head, const struct key_map *map);
    /** Read a file to its end or break. */
    enum morgue_status (*read)(struct reading *r, struct morgue_error *err);
};

/** The format of that name in a list with NULL behind, or NULL. */
const struct format *format_named(const struct format *const *formats,
                                  const char *name);

/** How much of a file its format is told by. */
enum { FORMAT_PROBE = 16 * 1024, FORMAT_REASON_MAX = 160 };

/** The format of a file that begins with `head`: `wanted` or, where that is
 *  NULL, the one of the list that it looks like, also by the keys of `map`
 *  (may be NULL); or NULL, and in `reason` why it is none.  The last of the
 *  list is any text. */
const struct format *format_choose(const struct format *const *formats,
                                   const struct format *wanted,
                                   struct morgue_str head,
                                   const struct key_map *map,
                                   char reason[FORMAT_REASON_MAX]);

#endif
