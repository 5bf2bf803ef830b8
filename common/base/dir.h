/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dir.h - the directory of an archive, held open
 *
 * What is in it is reached by its name there and through the open directory,
 * never by a path: if the directory is moved or another takes its place, the
 * files stay those of one archive.  No link is followed, and nothing but plain
 * files is opened, because an archive may come from somebody else: a link in
 * it must not lead a write out of it, nor a FIFO hold a reader for ever.
 *
 * A file that stays goes through dir_replace: written beside, synced, renamed
 * over, and the directory synced, so that after a power cut there is the old
 * content or the new.  What is written beside has a random name that no file
 * had, NAME.new-XXXXXXXX; after a crash it is left over (dir_is_temp).
 *
 * A `name` has no slash in it.  Messages show DIR/NAME.
 */
#ifndef MORGUE_BASE_DIR_H
#define MORGUE_BASE_DIR_H

#include "file.h"

struct dir {
    int fd;     /* -1: not open */
    char *path; /* absolute */
};

/** Open the directory at `path`, which may be a link to one.
 *  MORGUE_NO_ARCHIVE where there is nothing, MORGUE_NOT_ARCHIVE where there is
 *  something else, MORGUE_USAGE for an empty path, MORGUE_IO.  Give back:
 *  dir_close. */
enum morgue_status dir_open(struct dir *out, const char *path,
                            struct morgue_error *err);

/** Make the directory at `path` where there is none, durably, and open it.
 *  *made tells whether there was none.  MORGUE_CREATE. */
enum morgue_status dir_make(struct dir *out, const char *path, bool *made,
                            struct morgue_error *err);

/** The directory `name` in `d`.  As dir_open; MORGUE_DAMAGED for a link. */
enum morgue_status dir_open_in(struct dir *out, const struct dir *d,
                               const char *name, struct morgue_error *err);

/** The same directory once more, whatever is at its path by now.  Give back:
 *  dir_close. */
enum morgue_status dir_dup(struct dir *out, const struct dir *d,
                           struct morgue_error *err);

/** Give back; one that is not open is fine. */
void dir_close(struct dir *d);

/** The names in it, as file_list gives them. */
enum morgue_status dir_list(struct file_names *out, const struct dir *d,
                            struct morgue_error *err);

/** What a name leads to; a link is FILE_OTHER.  FILE_NONE also for what may
 *  not be looked at, with errno telling why. */
enum file_kind dir_kind(const struct dir *d, const char *name);

/** MORGUE_DAMAGED where anything in it is not a plain file. */
enum morgue_status dir_check_plain(const struct dir *d,
                                   struct morgue_error *err);

/** Open a plain file to read; *out is closed with close().  MORGUE_NO_INPUT
 *  where there is none, MORGUE_DAMAGED where it is not a plain file,
 *  MORGUE_IO. */
enum morgue_status dir_open_file(int *out, const struct dir *d,
                                 const char *name, struct morgue_error *err);

/** Append a whole plain file to *out.  As dir_open_file; MORGUE_FORMAT where
 *  it is longer than the buffer's ceiling. */
enum morgue_status dir_read(struct buf *out, const struct dir *d,
                            const char *name, struct morgue_error *err);

/** Make a new file and open it to write.  MORGUE_CREATE where anything has the
 *  name already. */
enum morgue_status dir_create_file(int *out, const struct dir *d,
                                   const char *name, struct morgue_error *err);

enum { DIR_NAME_MAX = 64, DIR_RANDOM_LEN = 8 };

/** The same with a name that nothing has: `prefix`, at most 48 bytes, and
 *  DIR_RANDOM_LEN random letters; to read, too. */
enum morgue_status dir_create_random(int *out, char name[DIR_NAME_MAX],
                                     const struct dir *d, const char *prefix,
                                     struct morgue_error *err);

/** Make a new file of `data` and sync it.  As dir_create_file; MORGUE_IO,
 *  MORGUE_NO_SPACE. */
enum morgue_status dir_write_new(const struct dir *d, const char *name,
                                 struct morgue_str data,
                                 struct morgue_error *err);

/** Make the file's content `data`, at once and durably.  MORGUE_IO,
 *  MORGUE_CREATE, MORGUE_NO_SPACE: the file is as it was. */
enum morgue_status dir_replace(const struct dir *d, const char *name,
                               struct morgue_str data,
                               struct morgue_error *err);

/** Have a new file of the same name in `to` share all blocks of one in `from`:
 *  *shared is false, and there is none, where the file system cannot.  As
 *  dir_open_file and dir_create_file. */
enum morgue_status dir_share_file(bool *shared, const struct dir *to,
                                  const struct dir *from, const char *name,
                                  struct morgue_error *err);

/** Copy a file under its name.  Likewise; MORGUE_IO, MORGUE_NO_SPACE. */
enum morgue_status dir_copy_file(const struct dir *to, const struct dir *from,
                                 const char *name, struct morgue_error *err);

/** Whether `name` is one that dir_create_random makes with the prefix. */
bool dir_is_random(const char *name, const char *prefix);

/** Whether `name` is what dir_replace writes beside the file `of`. */
bool dir_is_temp(const char *name, const char *of);

/** Give a file another name, durably, in the place of what had it. */
enum morgue_status dir_rename(const struct dir *d, const char *from,
                              const char *to, struct morgue_error *err);

/** Remove a file or link, or a directory and the files in it, one level deep:
 *  more than that is never ours.  What is not there is fine. */
enum morgue_status dir_remove(const struct dir *d, const char *name,
                              struct morgue_error *err);

/** Hold an open directory against dir_remove_unheld, of this process or
 *  another, until it is closed, in children that were forked meanwhile too.
 *  False where it is being removed.  Where the file system has no locks it is
 *  not held. */
bool dir_hold(const struct dir *d);

/** dir_remove of a directory, unless somebody holds it: then it stays. */
enum morgue_status dir_remove_unheld(const struct dir *d, const char *name,
                                     struct morgue_error *err);

/** Sync the names in the directory to the disk. */
enum morgue_status dir_sync(const struct dir *d, struct morgue_error *err);

/** Sync the content of a file. */
enum morgue_status dir_sync_file(const struct dir *d, const char *name,
                                 struct morgue_error *err);

/** Sync each plain file of it, and it. */
enum morgue_status dir_sync_all(const struct dir *d, struct morgue_error *err);

/** Whether `name` is `prefix` and from 6 to 16 digits of the base, 10 or 16
 *  in lower case, and nothing else; their value into *number (may be NULL). */
bool name_is_numbered(const char *name, const char *prefix, int base,
                      uint64_t *number);

/* ---- locks -------------------------------------------------------------- */

/* A lock is held on an open file and dies with its process, so nothing has to
 * be cleaned up.  The file is not removed while the archive is there: it tells
 * who holds it.  The directory is locked too where its file system can, so
 * that a lock file that somebody removes lets no second writer in.  Children
 * that were forked meanwhile have a copy of the open files, and with them of
 * the lock. */
struct dir_lock {
    int fd; /* of the file; -1: not held */
    int dir_fd;
    pid_t owner;
};

/** Take the lock `name`, made where it is not there, or fail at once with
 *  MORGUE_BUSY and the holder's process number in the message. */
enum morgue_status dir_lock(struct dir_lock *out, const struct dir *d,
                            const char *name, struct morgue_error *err);

/** Give it back, whoever has a copy; in a child of who took it, give up the
 *  copy.  One that is not held is fine. */
void dir_unlock(struct dir_lock *lock);

#endif
