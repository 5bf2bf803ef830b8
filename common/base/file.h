/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file.h - files and directories, durably
 *
 * What is written to stay goes through file_replace: written beside, synced,
 * renamed over, and the directory synced, so that after a power cut there is
 * the old content or the new.
 */
#ifndef MORGUE_BASE_FILE_H
#define MORGUE_BASE_FILE_H

#include "buf.h"

/** Append the whole file to *out.  MORGUE_NO_INPUT where there is none,
 *  MORGUE_IO, MORGUE_FORMAT where it is longer than the buffer's ceiling. */
enum morgue_status file_read(struct buf *out, const char *path,
                             struct morgue_error *err);

/** Make the file's content `data`, at once and durably.  `path` with ".new"
 *  behind it is used on the way.  MORGUE_IO, MORGUE_CREATE, MORGUE_NO_SPACE:
 *  the file is as it was. */
enum morgue_status file_replace(const char *path, struct morgue_str data,
                                struct morgue_error *err);

/** Write all of `data` to the open file `fd`; `path` is for the message.
 *  MORGUE_IO, MORGUE_NO_SPACE. */
enum morgue_status file_write(int fd, struct morgue_str data, const char *path,
                              struct morgue_error *err);

/** Have the system begin to write what is in the file to the disk, so that a
 *  later sync has less to wait for: a hint. */
void file_write_back(int fd);

/** Sync the content of a file or the entries of a directory to the disk. */
enum morgue_status file_sync(const char *path, struct morgue_error *err);

/** Sync each file of a directory (not of those in it) and the directory. */
enum morgue_status file_sync_dir_files(const char *dir,
                                       struct morgue_error *err);

/** What a path is. */
enum file_kind { FILE_NONE, FILE_REGULAR, FILE_DIR, FILE_OTHER };

/** Follows links; FILE_NONE also for what may not be looked at, with errno
 *  telling why. */
enum file_kind file_kind(const char *path);

/** Make a directory; one that is there already is fine.  MORGUE_CREATE. */
enum morgue_status file_make_dir(const char *path, struct morgue_error *err);

/** The names in a directory, without "." and "..", in byte order. */
struct file_names {
    char **name;
    size_t n;
};

enum morgue_status file_list(struct file_names *out, const char *dir,
                             struct morgue_error *err);
void file_names_free(struct file_names *names);

/** Remove a file, or a directory and the files in it, one level deep: more
 *  than that is never ours.  What is not there is fine. */
enum morgue_status file_remove(const char *path, struct morgue_error *err);

/** Bytes in the files of a directory and those below it, two levels deep;
 *  what cannot be read counts as nothing. */
uint64_t file_dir_bytes(const char *dir);

/** Bytes that may still be written to the file system that `path` is on;
 *  UINT64_MAX where that cannot be told. */
uint64_t file_free_bytes(const char *path);

/** "a" and "b" as "a/b" into *out, which is freed with free(); NULL when out
 *  of memory. */
char *path_join(const char *a, const char *b);

/** `path` made absolute by the working directory and without "." and double
 *  slashes; links and ".." are left as they are.  Freed with free(); NULL
 *  when out of memory. */
char *path_absolute(const char *path);

/* ---- locks -------------------------------------------------------------- */

/* A lock is held on an open file and dies with its process, so nothing has to
 * be cleaned up.  The file is never unlinked: who waits for it would be left
 * with a lock on nothing. */
struct file_lock {
    int fd; /* -1: not held */
};

/** Take the lock on `path`, made where it is not there, or fail at once with
 *  MORGUE_BUSY and the holder's process number in the message. */
enum morgue_status file_lock(struct file_lock *out, const char *path,
                             struct morgue_error *err);

/** Give it back; one that is not held is fine. */
void file_unlock(struct file_lock *lock);

#endif
