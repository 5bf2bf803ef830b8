/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dir.c - the directory of an archive, held open
 */
#define _GNU_SOURCE /* O_DIRECTORY and O_NOFOLLOW beside -std=c11 */
#include "dir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/fs.h>
#endif

enum { PATH_SHOWN = 400 };

static const char temp_mark[] = ".new-";
static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

/* `what` failed on `name` in the directory, as errno says. */
static enum morgue_status
failed(struct morgue_error *err, enum morgue_status st, const char *what,
       const struct dir *d, const char *name)
{
    char path[PATH_SHOWN];
    int e = errno;

    snprintf(path, sizeof path, "%s/%s", d->path, name);
    errno = e;
    return error_errno(err, st, what, path);
}

static enum morgue_status
not_plain(struct morgue_error *err, const struct dir *d, const char *name)
{
    return error_set(err, MORGUE_DAMAGED,
                     "'%s/%s' is not a plain file, as all files of an archive "
                     "are; nothing was done with it",
                     d->path, name);
}

/* ---- directories -------------------------------------------------------- */

/* Open `name`, by a path of its own or below `at`; `path` is its path, or
 * NULL where errno says why there is none. */
static enum morgue_status
open_at(struct dir *out, int at, const char *name, char *path, int flags,
        struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *out = (struct dir){.fd = -1, .path = path};
    if (!path)
        return error_errno(err, MORGUE_IO, "find the folder of", name);
    out->fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
    if (out->fd >= 0)
        return MORGUE_OK;
    if (errno == ENOENT)
        st = error_set(err, MORGUE_NO_ARCHIVE, "there is no archive '%s'",
                       path);
    else if (errno == ENOTDIR || errno == ELOOP)
        st = error_set(err, MORGUE_NOT_ARCHIVE,
                       "'%s' is not an archive: it is no directory", path);
    else
        st = error_errno(err, MORGUE_IO, "open", path);
    dir_close(out);
    return st;
}

enum morgue_status
dir_open(struct dir *out, const char *path, struct morgue_error *err)
{
    *out = (struct dir){.fd = -1};
    if (!path[0])
        return error_set(err, MORGUE_USAGE, "the archive's path is empty");
    return open_at(out, AT_FDCWD, path, path_absolute(path), 0, err);
}

enum morgue_status
dir_open_in(struct dir *out, const struct dir *d, const char *name,
            struct morgue_error *err)
{
    enum morgue_status st =
        open_at(out, d->fd, name, path_join(d->path, name), O_NOFOLLOW, err);

    if (st == MORGUE_NOT_ARCHIVE)
        st = error_set(err, MORGUE_DAMAGED, "'%s/%s' is not a directory",
                       d->path, name);
    return st;
}

enum morgue_status
dir_dup(struct dir *out, const struct dir *d, struct morgue_error *err)
{
    enum morgue_status st;

    *out = (struct dir){.fd = -1, .path = strdup(d->path)};
    if (!out->path)
        return error_nomem(err);
    out->fd = fcntl(d->fd, F_DUPFD_CLOEXEC, 0);
    if (out->fd >= 0)
        return MORGUE_OK;
    st = error_errno(err, MORGUE_IO, "open", d->path);
    dir_close(out);
    return st;
}

/* Sync the directory that `path` is in, which may be one that nobody may
 * read: then that is left to the system. */
static enum morgue_status
sync_parent(const char *path, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    char *parent = path_absolute(path), *slash;
    int fd;

    if (!parent)
        return error_errno(err, MORGUE_IO, "find the folder of", path);
    slash = strrchr(parent, '/');
    slash[slash == parent] = '\0';
    fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && fsync(fd) != 0 && errno != EINVAL)
        st = error_errno(err, MORGUE_IO, "sync", parent);
    if (fd >= 0)
        close(fd);
    free(parent);
    return st;
}

enum morgue_status
dir_make(struct dir *out, const char *path, bool *made,
         struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *out = (struct dir){.fd = -1};
    *made = mkdir(path, 0777) == 0;
    if (!*made && errno != EEXIST)
        return error_errno(err, MORGUE_CREATE, "create", path);
    if (*made)
        st = sync_parent(path, err);
    if (!st)
        st = dir_open(out, path, err);
    if (st == MORGUE_NO_ARCHIVE && !*made)
        st = error_set(err, MORGUE_CREATE,
                       "cannot create '%s': there is a link of that name, "
                       "which leads nowhere",
                       path);
    if (st && *made)
        rmdir(path);
    return st;
}

void
dir_close(struct dir *d)
{
    if (d->fd >= 0)
        close(d->fd);
    free(d->path);
    *d = (struct dir){.fd = -1};
}

enum morgue_status
dir_list(struct file_names *out, const struct dir *d, struct morgue_error *err)
{
    return file_list_at(out, d->fd, d->path, err);
}

enum file_kind
dir_kind(const struct dir *d, const char *name)
{
    struct stat s;

    if (fstatat(d->fd, name, &s, AT_SYMLINK_NOFOLLOW) != 0)
        return FILE_NONE;
    return file_kind_of(s.st_mode);
}

enum morgue_status
dir_check_plain(const struct dir *d, struct morgue_error *err)
{
    struct file_names names;
    enum morgue_status st = dir_list(&names, d, err);

    for (size_t i = 0; i < names.n && !st; i++) {
        enum file_kind kind = dir_kind(d, names.name[i]);

        if (kind == FILE_DIR || kind == FILE_OTHER) /* NONE: gone since */
            st = not_plain(err, d, names.name[i]);
    }
    file_names_free(&names);
    return st;
}

/* ---- files -------------------------------------------------------------- */

/* Open a plain file with `flags`. */
static enum morgue_status
open_plain(int *out, const struct dir *d, const char *name, int flags,
           struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct stat s;

    /* O_NONBLOCK: a FIFO is opened at once, to be refused. */
    *out =
        openat(d->fd, name,
               flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666);
    if (*out < 0 && (errno == ELOOP || errno == ENXIO || errno == EISDIR))
        return not_plain(err, d, name);
    if (*out < 0)
        return failed(err, errno == ENOENT ? MORGUE_NO_INPUT : MORGUE_IO,
                      "open", d, name);
    if (fstat(*out, &s) != 0)
        st = failed(err, MORGUE_IO, "look at", d, name);
    else if (!S_ISREG(s.st_mode))
        st = not_plain(err, d, name);
    if (st) {
        close(*out);
        *out = -1;
    }
    return st;
}

enum morgue_status
dir_open_file(int *out, const struct dir *d, const char *name,
              struct morgue_error *err)
{
    return open_plain(out, d, name, O_RDONLY, err);
}

enum morgue_status
dir_read(struct buf *out, const struct dir *d, const char *name,
         struct morgue_error *err)
{
    char path[PATH_SHOWN];
    int fd;
    enum morgue_status st = dir_open_file(&fd, d, name, err);

    snprintf(path, sizeof path, "%s/%s", d->path, name);
    return st ? st : file_read_fd(out, fd, path, err);
}

static int
create(const struct dir *d, const char *name, int mode)
{
    return openat(d->fd, name,
                  mode | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

enum morgue_status
dir_create_file(int *out, const struct dir *d, const char *name,
                struct morgue_error *err)
{
    *out = create(d, name, O_WRONLY);
    return *out < 0 ? failed(err, MORGUE_CREATE, "create", d, name)
                    : MORGUE_OK;
}

/* DIR_RANDOM_LEN random letters and NUL; false, with errno, where the system
 * has none. */
static bool
random_letters(char out[DIR_RANDOM_LEN + 1])
{
    unsigned char bytes[DIR_RANDOM_LEN];

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    for (int i = 0; i < DIR_RANDOM_LEN; i++)
        out[i] = letters[bytes[i] % 32];
    out[DIR_RANDOM_LEN] = '\0';
    return true;
}

enum morgue_status
dir_create_random(int *out, char name[DIR_NAME_MAX], const struct dir *d,
                  const char *prefix, struct morgue_error *err)
{
    enum { TRIES = 100 };
    char end[DIR_RANDOM_LEN + 1];

    *out = -1;
    for (int i = 0; *out < 0 && i < TRIES; i++) {
        if (!random_letters(end))
            break;
        snprintf(name, DIR_NAME_MAX, "%.48s%s", prefix, end);
        *out = create(d, name, O_RDWR);
        if (*out < 0 && errno != EEXIST)
            break;
    }
    return *out < 0 ? failed(err, MORGUE_CREATE, "create a file in", d, "")
                    : MORGUE_OK;
}

bool
dir_is_random(const char *name, const char *prefix)
{
    size_t len = strlen(prefix);

    return strncmp(name, prefix, len) == 0 &&
           strlen(name + len) == DIR_RANDOM_LEN &&
           strspn(name + len, letters) == DIR_RANDOM_LEN;
}

/* Write all of a new file, which is closed. */
static enum morgue_status
write_synced(int fd, const struct dir *d, const char *name,
             struct morgue_str data, struct morgue_error *err)
{
    char path[PATH_SHOWN];
    enum morgue_status st;

    snprintf(path, sizeof path, "%s/%s", d->path, name);
    st = file_write(fd, data, path, err);
    if (!st && fsync(fd) != 0)
        st = error_errno(err, MORGUE_IO, "sync", path);
    close(fd);
    return st;
}

enum morgue_status
dir_write_new(const struct dir *d, const char *name, struct morgue_str data,
              struct morgue_error *err)
{
    int fd;
    enum morgue_status st = dir_create_file(&fd, d, name, err);

    return st ? st : write_synced(fd, d, name, data, err);
}

/* Have `to` share the blocks of `from`; false where it cannot. */
static bool
share_blocks(int to, int from)
{
#ifdef FICLONE
    return ioctl(to, FICLONE, from) == 0;
#else
    (void)to, (void)from;
    return false;
#endif
}

/* Open a file, and make one of the same name in `to`. */
static enum morgue_status
open_both(int *in, int *out, const struct dir *to, const struct dir *from,
          const char *name, struct morgue_error *err)
{
    enum morgue_status st = dir_open_file(in, from, name, err);

    *out = -1;
    if (!st)
        st = dir_create_file(out, to, name, err);
    if (st && *in >= 0)
        close(*in);
    return st;
}

enum morgue_status
dir_share_file(bool *shared, const struct dir *to, const struct dir *from,
               const char *name, struct morgue_error *err)
{
    int in = -1, out;
    enum morgue_status st = open_both(&in, &out, to, from, name, err);

    *shared = false;
    if (st)
        return st;
    *shared = share_blocks(out, in);
    close(in);
    close(out);
    if (!*shared && unlinkat(to->fd, name, 0) != 0)
        return failed(err, MORGUE_IO, "remove", to, name);
    return MORGUE_OK;
}

enum morgue_status
dir_copy_file(const struct dir *to, const struct dir *from, const char *name,
              struct morgue_error *err)
{
    enum { ROOM = 1 << 20 };
    char path[PATH_SHOWN], *room = malloc(ROOM);
    int in = -1, out;
    ssize_t n = 1;
    enum morgue_status st;

    if (!room)
        return error_nomem(err);
    st = open_both(&in, &out, to, from, name, err);
    if (st) {
        free(room);
        return st;
    }
    snprintf(path, sizeof path, "%s/%s", to->path, name);
    while (!st && n != 0) {
        n = read(in, room, ROOM);
        if (n < 0 && errno != EINTR)
            st = failed(err, MORGUE_IO, "read", from, name);
        else if (n > 0)
            st = file_write(out, str_slice(room, (size_t)n), path, err);
    }
    close(in);
    close(out);
    free(room);
    return st;
}

enum morgue_status
dir_replace(const struct dir *d, const char *name, struct morgue_str data,
            struct morgue_error *err)
{
    char temp[DIR_NAME_MAX], prefix[DIR_NAME_MAX];
    enum morgue_status st;
    int fd;

    snprintf(prefix, sizeof prefix, "%s%s", name, temp_mark);
    st = dir_create_random(&fd, temp, d, prefix, err);
    if (st)
        return st;
    st = write_synced(fd, d, temp, data, err);
    if (!st)
        st = dir_rename(d, temp, name, err);
    if (st)
        unlinkat(d->fd, temp, 0);
    return st;
}

bool
dir_is_temp(const char *name, const char *of)
{
    size_t len = strlen(of);

    return strncmp(name, of, len) == 0 && dir_is_random(name + len, temp_mark);
}

enum morgue_status
dir_rename(const struct dir *d, const char *from, const char *to,
           struct morgue_error *err)
{
    if (renameat(d->fd, from, d->fd, to) != 0)
        return failed(err, MORGUE_IO, "rename", d, from);
    return dir_sync(d, err);
}

/* Remove the files in the directory `name`. */
static enum morgue_status
remove_files_in(const struct dir *d, const char *name,
                struct morgue_error *err)
{
    struct file_names names = {0};
    struct dir sub;
    enum morgue_status st = dir_open_in(&sub, d, name, err);

    if (!st)
        st = dir_list(&names, &sub, err);
    for (size_t i = 0; i < names.n && !st; i++)
        if (unlinkat(sub.fd, names.name[i], 0) != 0 && errno != ENOENT)
            st = failed(err, MORGUE_IO, "remove", &sub, names.name[i]);
    file_names_free(&names);
    dir_close(&sub);
    return st;
}

enum morgue_status
dir_remove(const struct dir *d, const char *name, struct morgue_error *err)
{
    bool is_dir = dir_kind(d, name) == FILE_DIR;
    enum morgue_status st = is_dir ? remove_files_in(d, name, err) : MORGUE_OK;

    if (st)
        return st;
    if (unlinkat(d->fd, name, is_dir ? AT_REMOVEDIR : 0) != 0 &&
        errno != ENOENT)
        st = failed(err, MORGUE_IO, "remove", d, name);
    return st;
}

/* ---- syncing ------------------------------------------------------------ */

bool
dir_hold(const struct dir *d)
{
    return flock(d->fd, LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

enum morgue_status
dir_remove_unheld(const struct dir *d, const char *name,
                  struct morgue_error *err)
{
    struct dir sub;
    enum morgue_status st = dir_open_in(&sub, d, name, err);
    bool held = false;

    if (!st)
        held = flock(sub.fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!held && st != MORGUE_NOMEM)
        st = dir_remove(d, name, err);
    dir_close(&sub);
    return st;
}

enum morgue_status
dir_sync(const struct dir *d, struct morgue_error *err)
{
    /* EINVAL: a file system that has no way to sync a directory. */
    if (fsync(d->fd) != 0 && errno != EINVAL)
        return error_errno(err, MORGUE_IO, "sync", d->path);
    return MORGUE_OK;
}

enum morgue_status
dir_sync_file(const struct dir *d, const char *name, struct morgue_error *err)
{
    int fd;
    enum morgue_status st = dir_open_file(&fd, d, name, err);

    if (st)
        return st;
    if (fsync(fd) != 0)
        st = failed(err, MORGUE_IO, "sync", d, name);
    close(fd);
    return st;
}

enum morgue_status
dir_sync_all(const struct dir *d, struct morgue_error *err)
{
    struct file_names names = {0};
    enum morgue_status st = dir_list(&names, d, err);

    for (size_t i = 0; i < names.n && !st; i++)
        if (dir_kind(d, names.name[i]) == FILE_REGULAR)
            st = dir_sync_file(d, names.name[i], err);
    file_names_free(&names);
    return st ? st : dir_sync(d, err);
}

/* ---- names -------------------------------------------------------------- */

bool
name_is_numbered(const char *name, const char *prefix, int base,
                 uint64_t *number)
{
    static const char digits[] = "0123456789abcdef";
    size_t len = strlen(prefix), n;
    uint64_t value = 0;

    if (strncmp(name, prefix, len) != 0)
        return false;
    for (n = 0; name[len + n]; n++) {
        const char *digit = strchr(digits, name[len + n]);

        if (!digit || digit - digits >= base || n == 16)
            return false;
        value = value * (uint64_t)base + (uint64_t)(digit - digits);
    }
    if (number)
        *number = value;
    return n >= 6;
}

/* ---- locks -------------------------------------------------------------- */

static enum morgue_status
busy(int fd, const struct dir *d, struct morgue_error *err)
{
    char pid[32];
    ssize_t n = pread(fd, pid, sizeof pid - 1, 0);

    if (n <= 0)
        return error_set(err, MORGUE_BUSY,
                         "'%s' is held by another process; try again later",
                         d->path);
    pid[n] = '\0';
    pid[strspn(pid, "0123456789")] = '\0';
    return error_set(err, MORGUE_BUSY,
                     "'%s' is held by process %s; try again later", d->path,
                     pid);
}

/* Whether `name` still leads to the file that is open; the lock on one that
 * was removed or replaced holds nobody off. */
static enum morgue_status
check_named(int fd, const struct dir *d, const char *name,
            struct morgue_error *err)
{
    struct stat open, named;
    bool there;

    if (fstat(fd, &open) != 0)
        return failed(err, MORGUE_IO, "look at", d, name);
    there = fstatat(d->fd, name, &named, AT_SYMLINK_NOFOLLOW) == 0;
    if (!there && errno != ENOENT)
        return failed(err, MORGUE_IO, "look at", d, name);
    if (there && open.st_ino == named.st_ino && open.st_dev == named.st_dev)
        return MORGUE_OK;
    return error_set(err, MORGUE_BUSY,
                     "'%s/%s' was removed by another process; try again",
                     d->path, name);
}

/* Lock the directory itself.  Some file systems cannot (NFS): there the lock
 * file alone holds. */
static enum morgue_status
lock_dir(struct dir_lock *lock, const struct dir *d, struct morgue_error *err)
{
    lock->dir_fd = openat(d->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock->dir_fd < 0)
        return error_errno(err, MORGUE_IO, "open", d->path);
    if (flock(lock->dir_fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return error_set(err, MORGUE_BUSY,
                         "'%s' is held by another process, whose lock file "
                         "was removed; try again later",
                         d->path);
    return MORGUE_OK;
}

/* Who holds it is a kindness to the next one; a full disk may refuse it.  A
 * file with other names besides may be somebody else's. */
static void
write_pid(int fd)
{
    char pid[32];
    int n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    struct stat s;

    if (fstat(fd, &s) != 0 || s.st_nlink != 1)
        return;
    if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)n, 0) != n)
        errno = 0;
}

enum morgue_status
dir_lock(struct dir_lock *out, const struct dir *d, const char *name,
         struct morgue_error *err)
{
    enum morgue_status st;

    *out = (struct dir_lock){.fd = -1, .dir_fd = -1, .owner = getpid()};
    st = open_plain(&out->fd, d, name, O_RDWR | O_CREAT, err);
    if (st == MORGUE_NO_INPUT || st == MORGUE_IO)
        return error_as(err, MORGUE_CREATE);
    if (st)
        return st;
    if (flock(out->fd, LOCK_EX | LOCK_NB) != 0)
        st = errno == EWOULDBLOCK ? busy(out->fd, d, err)
                                  : failed(err, MORGUE_IO, "lock", d, name);
    else
        st = check_named(out->fd, d, name, err);
    if (!st)
        st = lock_dir(out, d, err);
    if (st)
        dir_unlock(out);
    else
        write_pid(out->fd);
    return st;
}

static void
unlock(int fd, bool for_all)
{
    if (fd < 0)
        return;
    if (for_all)
        flock(fd, LOCK_UN);
    close(fd);
}

void
dir_unlock(struct dir_lock *lock)
{
    bool own = lock->owner == getpid();

    unlock(lock->fd, own);
    unlock(lock->dir_fd, own);
    *lock = (struct dir_lock){.fd = -1, .dir_fd = -1};
}
