/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk.h - the files of a folder and those below it, opened one by one
 */
#ifndef MORGUE_INDEXER_FILES_WALK_H
#define MORGUE_INDEXER_FILES_WALK_H

#include <sys/types.h>

#include "../../common/base/error.h"

/* What is done with a folder.  A status other than MORGUE_OK of its functions
 * ends the walk and is passed up. */
struct walk {
    enum morgue_follow follow;
    /** A file to be read; `fd`, open for reading, is taken over. */
    enum morgue_status (*file)(int fd, const char *path, void *payload,
                               struct morgue_error *err);
    /** What is none, skipped or failed, and why. */
    enum morgue_status (*problem)(enum morgue_outcome outcome,
                                  const char *path, const char *reason,
                                  void *payload, struct morgue_error *err);
    void *payload;
};

/** Why what has this mode is not read; NULL: it is a plain file.  Static. */
const char *walk_no_file(mode_t mode);

/** Go through the folder that is open as `fd`, which is taken over, in byte
 *  order of names; those that begin with a dot are left out.  `path` is the
 *  folder's, and paths of files begin with it. */
enum morgue_status walk_folder(const struct walk *w, int fd, const char *path,
                               struct morgue_error *err);

#endif
