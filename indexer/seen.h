/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * seen.h - which articles an update has met, and what becomes of them
 *
 * A hash table by id with open addressing.  It holds hashes, 72 bytes for
 * each article of the update, the ids themselves only of articles that the
 * engine has to settle at the end, and of those that go to the archive what
 * tells them from others of their id: 40 bytes, the first 120 of its title,
 * and of its source, which articles in a row that have the same one share.
 */
#ifndef MORGUE_INDEXER_SEEN_H
#define MORGUE_INDEXER_SEEN_H

#include "../common/base/arena.h"
#include "../common/base/hash.h"
#include "collision.h"

enum seen_fate {
    SEEN_ONCE, /* nothing to settle */
    SEEN_LAST, /* there are others of that id; the last to arrive stays */
    SEEN_GONE  /* all of that id go */
};

struct seen_entry {
    struct hash128 id;
    uint64_t content;  /* part of the hash of the newest content, if there */
    uint64_t archived; /* and of what the archive has, if `in_archive` */
    uint64_t version;  /* the highest (story.h); 0: none */
    const struct identity *told; /* of what came last, where it is not as the
                                     archive has it */
    const char *name;  /* the id and its length, where there is something */
    uint32_t name_len; /* to settle; else NULL */
    uint32_t updates;  /* that were counted since it was as in the archive */
    uint8_t fate;      /* enum seen_fate */
    bool in_archive;   /* an article of that id, as it was opened */
    bool there;        /* and as things stand */
    bool met;          /* it came with this update; else the archive has it */
    bool canceled;     /* or withheld: only a later version comes in again */
    bool used;
    uint16_t undated; /* how many of `updates` have no date, as far as it
                         counts */
};

struct seen {
    struct seen_entry *entry;
    size_t n, cap;
    struct arena names;
    struct morgue_str source; /* of the last that was told */
};

void seen_init(struct seen *s);
void seen_free(struct seen *s);

/** The entry for `id`, a new one (*made) where there was none; lent until the
 *  next call.  NULL when out of memory. */
struct seen_entry *seen_get(struct seen *s, struct morgue_str id, bool *made);

/** Keep what tells the article from others; false when out of memory. */
bool seen_tell(struct seen *s, struct seen_entry *e,
               const struct identity *who);

/** Say what becomes of the articles of that id; false when out of memory. */
bool seen_settle(struct seen *s, struct seen_entry *e, struct morgue_str id,
                 enum seen_fate fate);

#endif
