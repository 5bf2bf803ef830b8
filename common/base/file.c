/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file.c - files and directories by their paths
 */
#ifdef __linux__
#define _GNU_SOURCE /* sync_file_range */
#endif
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum morgue_status
file_read_fd(struct buf *out, int fd, const char *path,
             struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (;;) {
        size_t left = out->max - out->len, room;
        char *at = buf_room(out, left > 0), over;
        ssize_t n;

        if (!at) {
            st = buf_status(out, err);
            break;
        }
        room = out->cap - out->len - 1;
        /* At the ceiling, a byte tells whether there are more. */
        n = left > 0 ? read(fd, at, room < left ? room : left)
                     : read(fd, &over, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            st = error_errno(err, MORGUE_IO, "read", path);
        if (n <= 0)
            break;
        if (left == 0)
            buf_char(out, over);
        else
            buf_cut(out, out->len + (size_t)n);
    }
    close(fd);
    return st;
}

enum morgue_status
file_read(struct buf *out, const char *path, struct morgue_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return error_errno(err, errno == ENOENT ? MORGUE_NO_INPUT : MORGUE_IO,
                           "open", path);
    return file_read_fd(out, fd, path, err);
}

enum morgue_status
file_write(int fd, struct morgue_str data, const char *path,
           struct morgue_error *err)
{
    while (data.len > 0) {
        ssize_t n = write(fd, data.s, data.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_errno(err, MORGUE_IO, "write", path);
        data = str_slice(data.s + n, data.len - (size_t)n);
    }
    return MORGUE_OK;
}

void
file_write_back(int fd)
{
#ifdef SYNC_FILE_RANGE_WRITE
    (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
    (void)fd;
#endif
}

enum file_kind
file_kind_of(mode_t mode)
{
    if (S_ISREG(mode))
        return FILE_REGULAR;
    return S_ISDIR(mode) ? FILE_DIR : FILE_OTHER;
}

enum file_kind
file_kind(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 ? file_kind_of(s.st_mode) : FILE_NONE;
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
names_add(struct file_names *names, const char *name)
{
    if ((names->n & (names->n - 1)) == 0) { /* full at each power of 2 */
        size_t cap = names->n ? names->n * 2 : 1;
        char **grown = realloc(names->name, cap * sizeof *grown);

        if (!grown)
            return false;
        names->name = grown;
    }
    names->name[names->n] = strdup(name);
    if (!names->name[names->n])
        return false;
    names->n++;
    return true;
}

enum morgue_status
file_list(struct file_names *out, const char *dir, struct morgue_error *err)
{
    return file_list_at(out, AT_FDCWD, dir, err);
}

/* The directory that is open as `fd`, or `dir` for AT_FDCWD; with a descriptor
 * of its own, for reading it moves its place. */
static DIR *
open_dir(int fd, const char *dir)
{
    const char *name = fd == AT_FDCWD ? dir : ".";
    int own = openat(fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = own >= 0 ? fdopendir(own) : NULL;
    int e = errno;

    if (!d && own >= 0)
        close(own);
    errno = e; /* why there is none */
    return d;
}

enum morgue_status
file_list_at(struct file_names *out, int fd, const char *dir,
             struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    DIR *d = open_dir(fd, dir);
    struct dirent *e;

    *out = (struct file_names){0};
    if (!d)
        return error_errno(err, MORGUE_IO, "open", dir);
    for (;;) {
        errno = 0;
        e = readdir(d);
        if (!e)
            break;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (!names_add(out, e->d_name)) {
            st = error_nomem(err);
            break;
        }
    }
    if (!e && errno != 0)
        st = error_errno(err, MORGUE_IO, "read", dir);
    closedir(d);
    if (st)
        file_names_free(out);
    else if (out->n > 0)
        qsort(out->name, out->n, sizeof *out->name, by_bytes);
    return st;
}

void
file_names_free(struct file_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->name[i]);
    free(names->name);
    *names = (struct file_names){0};
}

static uint64_t
dir_bytes(const char *dir, int levels)
{
    struct file_names names = {0};
    uint64_t sum = 0;

    if (file_list(&names, dir, NULL))
        return 0;
    for (size_t i = 0; i < names.n; i++) {
        char *path = path_join(dir, names.name[i]);
        struct stat s;

        if (path && lstat(path, &s) == 0 && S_ISREG(s.st_mode))
            sum += (uint64_t)s.st_size;
        else if (path && levels > 1 && file_kind(path) == FILE_DIR)
            sum += dir_bytes(path, levels - 1);
        free(path);
    }
    file_names_free(&names);
    return sum;
}

uint64_t
file_dir_bytes(const char *dir)
{
    return dir_bytes(dir, 2);
}

uint64_t
file_free_bytes(const char *path)
{
    struct statvfs s;

    if (statvfs(path, &s) != 0)
        return UINT64_MAX;
    return (uint64_t)s.f_bavail * s.f_frsize;
}

uint64_t
file_length_max(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_FSIZE, &limit) != 0 ||
        limit.rlim_cur == RLIM_INFINITY)
        return UINT64_MAX;
    return (uint64_t)limit.rlim_cur;
}

char *
path_join(const char *a, const char *b)
{
    size_t alen = strlen(a), blen = strlen(b);
    char *path = malloc(alen + blen + 2);

    if (!path)
        return NULL;
    while (alen > 1 && a[alen - 1] == '/')
        alen--;
    memcpy(path, a, alen);
    if (alen > 0 && path[alen - 1] != '/')
        path[alen++] = '/';
    memcpy(path + alen, b, blen + 1);
    return path;
}

/* Drop "." and empty parts in place. */
static void
tidy(char *path)
{
    char *to = path;

    for (const char *s = path; *s;) {
        size_t len;

        while (*s == '/')
            s++;
        len = strcspn(s, "/");
        if (len > 0 && !(len == 1 && s[0] == '.')) {
            *to++ = '/';
            memmove(to, s, len);
            to += len;
        }
        s += len;
    }
    if (to == path)
        *to++ = '/';
    *to = '\0';
}

char *
path_absolute(const char *path)
{
    char *cwd, *whole;
    int e;

    if (path[0] == '/') {
        whole = strdup(path);
    } else {
        cwd = realpath(".", NULL);
        whole = cwd ? path_join(cwd, path) : NULL;
        e = errno;
        free(cwd);
        errno = e; /* why there is none */
    }
    if (whole)
        tidy(whole);
    return whole;
}

char *
path_canonical(const char *path)
{
    size_t len = strlen(path), last;
    char *copy, *folder, *whole;

    while (len > 1 && (path[len - 1] == '/' ||
                       (path[len - 1] == '.' && path[len - 2] == '/')))
        len--;
    for (last = len; last > 0 && path[last - 1] != '/'; last--)
        ;
    if (last == len || (path[last] == '.' && len - last == 1) ||
        (path[last] == '.' && path[last + 1] == '.' && len - last == 2))
        return realpath(path, NULL);
    copy = strndup(path, len);
    if (!copy)
        return NULL;
    copy[last > 0 ? last - 1 : 0] = '\0'; /* the folder, then the name */
    folder = realpath(last > 1 ? copy : last == 1 ? "/" : ".", NULL);
    whole = folder ? path_join(folder, path + last) : NULL;
    if (whole)
        whole[strlen(whole) - strlen(path + len)] = '\0';
    free(copy);
    free(folder);
    return whole;
}
