/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive.h - the archive as a directory
 *
 * Its engine's files are in it, and two of its own: `morgue`, which says what
 * it is and never changes, and `morgue.lock`, which is locked by whoever
 * writes and never removed.
 */
#ifndef MORGUE_ENGINE_ARCHIVE_H
#define MORGUE_ENGINE_ARCHIVE_H

#include "../base/file.h"
#include "engine.h"

/** The engine of that name, or NULL; NULL names the default.  Static. */
const struct engine *engine_named(const char *name);

/** The names of all engines, ", " between them.  Static. */
const char *engine_names(void);

/** What an archive's marker file says. */
struct archive_info {
    const struct engine *engine;
    char analysis[ANALYSIS_MAX];
};

/** Read the marker of the archive in `dir`, and hold its format and analysis
 *  against this library's.  MORGUE_NO_ARCHIVE, MORGUE_NOT_ARCHIVE,
 *  MORGUE_DAMAGED, MORGUE_VERSION_DIFFERS, MORGUE_IO. */
enum morgue_status archive_read(struct archive_info *out, const char *dir,
                                struct morgue_error *err);

/** An archive held for writing. */
struct archive {
    struct archive_info info;
    struct file_lock lock;
    char *dir;
    bool made;     /* the archive was made by this opening */
    bool made_dir; /* and the directory too */
};

/** Lock the archive in `dir`, making one with the engine of that name (NULL:
 *  the default) where there is none and `create`.  Give back: archive_close.
 *  MORGUE_BUSY; as archive_read; MORGUE_USAGE where the archive has another
 *  engine than the one named. */
enum morgue_status archive_open(struct archive *out, const char *dir,
                                const char *engine, bool create,
                                struct morgue_error *err);

/** Give the lock back.  With `discard`, an archive that this opening made is
 *  removed again. */
void archive_close(struct archive *archive, bool discard);

#endif
