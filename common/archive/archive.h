/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive.h - the archive as a directory
 *
 * Its engine's files are in it, and up to four of its own: `morgue`, the
 * marker, which says what it is, and changes only where its engine does, or
 * its rule for ids while it is empty; `morgue.lock`, which is locked by
 * whoever writes and never removed; `morgue.ids`, where the rule for ids is
 * not the usual one, which has it once more; and `morgue.orders`, what was
 * learned of the dates of sources.  The last is no part of a state: an update
 * reads it, and writes it anew after its commit.
 */
#ifndef MORGUE_ARCHIVE_ARCHIVE_H
#define MORGUE_ARCHIVE_ARCHIVE_H

#include "../article/id_rule.h"
#include "../base/dir.h"
#include "engines.h"

/** What an archive's marker file says. */
struct archive_info {
    const struct engine *engine;
    uint64_t turn; /* how often the engine was changed */
    char by[40];   /* "morgue 0.2.0": what wrote the marker */
    struct id_rule ids;
};

enum { ID_RULE_NAME_MAX = 80 };

/** The rule in words: "real paths; scope: source". */
void id_rule_name(char out[ID_RULE_NAME_MAX], const struct id_rule *rule);

/** Read the marker of the archive in `dir`.  MORGUE_NO_ARCHIVE where an
 *  archive may be made; MORGUE_NOT_ARCHIVE where there is something else;
 *  MORGUE_DAMAGED, also where an archive's files are without a whole marker;
 *  MORGUE_VERSION_DIFFERS, MORGUE_IO. */
enum morgue_status archive_read(struct archive_info *out,
                                const struct dir *dir,
                                struct morgue_error *err);

/** The name of this library's own analysis.  Takes a millisecond or two. */
enum morgue_status archive_own_analysis(char out[ANALYSIS_MAX],
                                        struct morgue_error *err);

/** Whether `analysis`, which made the archive's terms, is that of this
 *  library, so that it can be searched and changed; else
 *  MORGUE_VERSION_DIFFERS.  Takes a millisecond or two. */
enum morgue_status archive_check_analysis(const char *analysis,
                                          const struct archive_info *info,
                                          const struct dir *dir,
                                          struct morgue_error *err);

/* Bytes of what is kept of the dates of sources. */
enum { ARCHIVE_ORDERS_MAX = 64 << 20 };

/** Append what the file `morgue.orders` says of the order of numbers in the
 *  dates of sources; nothing where there is none.  MORGUE_DAMAGED, MORGUE_IO.
 */
enum morgue_status archive_read_orders(struct buf *out, const struct dir *dir,
                                       struct morgue_error *err);

/** Write it again, durably; `text` gets a line behind it, its check. */
enum morgue_status archive_write_orders(const struct dir *dir,
                                        struct buf *text,
                                        struct morgue_error *err);

/** Whether an archive is in the folder at `path`, whole or damaged. */
bool archive_is_at(const char *path);

/** An archive held for writing. */
struct archive {
    struct archive_info info;
    struct dir dir;
    struct dir_lock lock;
    bool made;     /* the archive was made by this opening */
    bool made_dir; /* and the directory too */
};

#define ARCHIVE_CLOSED                                                        \
    {                                                                         \
        .dir = {.fd = -1}, .lock = {.fd = -1, .dir_fd = -1 }                  \
    }

/** Lock the archive at `path`, making one with the engine of that name (NULL:
 *  the default) and the rule for ids (NULL: real paths, no scope) where there
 *  is none and `create`.  Give back: archive_close.
 *  MORGUE_BUSY; as archive_read; MORGUE_USAGE where the archive has another
 *  engine than the one named. */
enum morgue_status archive_open(struct archive *out, const char *path,
                                const char *engine, const struct id_rule *ids,
                                bool create, struct morgue_error *err);

/** Let the archive that is held, which has no articles, have that rule. */
enum morgue_status archive_set_ids(struct archive *a,
                                   const struct id_rule *ids,
                                   struct morgue_error *err);

/** Write the marker of the archive at `path` again where it is missing or
 *  damaged, from what its engine's files say; *wrote tells whether it was.
 *  MORGUE_DAMAGED where they do not say it. */
enum morgue_status archive_repair(const char *path, bool *wrote,
                                  struct morgue_error *err);

/** Lock the archive at `path`, whatever analysis made its terms.  As
 *  archive_open. */
enum morgue_status archive_hold(struct archive *out, const char *path,
                                struct morgue_error *err);

/** Make files of another engine, without articles, beside those of the
 *  archive that is held.  `analysis` will make its terms.  Nobody sees them
 *  before archive_change_engine. */
enum morgue_status archive_begin_engine(const struct archive *a,
                                        const struct engine *engine,
                                        const char *analysis,
                                        struct morgue_error *err);

/** Let the archive have that engine, at once and durably, and remove the files
 *  of the one that it had.  After a failure: archive_drop_engine. */
enum morgue_status archive_change_engine(struct archive *a,
                                         const struct engine *engine,
                                         struct morgue_error *err);

/** Remove the files that were begun and are not the archive's. */
void archive_drop_engine(struct archive *a);

/** Give the lock back.  With `discard`, an archive that this opening made is
 *  removed again. */
void archive_close(struct archive *archive, bool discard);

#endif
