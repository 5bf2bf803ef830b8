/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.h - the formats, and which one a file is in
 */
#ifndef MORGUE_INDEXER_FORMAT_H
#define MORGUE_INDEXER_FORMAT_H

#include "reading.h"

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

#endif
