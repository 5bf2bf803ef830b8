/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file.h - files and directories by their paths, as users name them
 *
 * For those within an archive see dir.h.
 */
#ifndef MORGUE_BASE_FILE_H
#define MORGUE_BASE_FILE_H

#include <sys/types.h>

#include "buf.h"

/** Append the whole file to *out.  MORGUE_NO_INPUT where there is none,
 *  MORGUE_IO, MORGUE_FORMAT where it is longer than the buffer's ceiling. */
enum morgue_status file_read(struct buf *out, const char *path,
                             struct morgue_error *err);

/** The same of what is left of an open file, which is closed; `path` is for
 *  the message. */
enum morgue_status file_read_fd(struct buf *out, int fd, const char *path,
                                struct morgue_error *err);

/** Write all of `data` to the open file `fd`; `path` is for the message.
 *  MORGUE_IO, MORGUE_NO_SPACE. */
enum morgue_status file_write(int fd, struct morgue_str data, const char *path,
                              struct morgue_error *err);

/** Have the system begin to write what is in the file to the disk, so that a
 *  later sync has less to wait for: a hint. */
void file_write_back(int fd);

/** What a path is. */
enum file_kind { FILE_NONE, FILE_REGULAR, FILE_DIR, FILE_OTHER };

/** Follows links; FILE_NONE also for what may not be looked at, with errno
 *  telling why. */
enum file_kind file_kind(const char *path);

/** The same of what stat() tells. */
enum file_kind file_kind_of(mode_t mode);

/** The names in a directory, without "." and "..", in byte order. */
struct file_names {
    char **name;
    size_t n;
};

enum morgue_status file_list(struct file_names *out, const char *dir,
                             struct morgue_error *err);

/** The same of the directory that is open as `fd`; `dir` is for messages. */
enum morgue_status file_list_at(struct file_names *out, int fd,
                                const char *dir, struct morgue_error *err);
void file_names_free(struct file_names *names);

/** Bytes in the files of a directory and those below it, two levels deep;
 *  what cannot be read counts as nothing. */
uint64_t file_dir_bytes(const char *dir);

/** Bytes that may still be written to the file system that `path` is on;
 *  UINT64_MAX where that cannot be told. */
uint64_t file_free_bytes(const char *path);

/** How long a file may get that this process writes (RLIMIT_FSIZE);
 *  UINT64_MAX where there is no limit. */
uint64_t file_length_max(void);

/** "a" and "b" as "a/b" into *out, which is freed with free(); NULL when out
 *  of memory. */
char *path_join(const char *a, const char *b);

/** `path` made absolute by the working directory and without "." and double
 *  slashes; links and ".." are left as they are.  Freed with free(); NULL
 *  when out of memory. */
char *path_absolute(const char *path);

/** The real path of the folder that `path` is in, and its last name as it is:
 *  one path for all spellings, that of a link where a link is named.  Of "."
 *  and ".." the real path.  To be freed; NULL with errno. */
char *path_canonical(const char *path);

#endif
