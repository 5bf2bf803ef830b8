/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk.c - from a folder to its files
 *
 * Only plain files are opened, and folders: pipes, sockets, devices, and what
 * the kernel makes up (procfs and its kin, where a read may wait for ever) are
 * skipped with the reason.  Each name is opened in the folder it was listed
 * in, without following links and without waiting, and what was opened is
 * looked at again, so nothing comes of changing it in between.
 *
 * A link is skipped, too, unless links are followed.  Then what it leads to is
 * walked as what it is, under its real path, so that an article's id does not
 * hang on how it was come to.  Whether that is within the source is told by
 * its real path, each part of which is opened without following links.  Each
 * folder, and where links are followed each file, is read once, by device and
 * inode: so links cannot lead round in a circle.
 *
 * An archive in a folder, perhaps the one that is being written, is not looked
 * into.
 */
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/magic.h>
#include <sys/vfs.h>
#endif

#include "../../common/base/file.h"
#include "../../common/base/hash.h"
#include "../../common/archive/archive.h"

enum {
    DEPTH_MAX = 100, /* of folders */
    OPEN_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
};

struct walker {
    const struct walk *walk;
    int fd;           /* of the folder that is the source */
    const char *path; /* as it was named */
    char *real;       /* its real path; NULL where no link is followed */
    struct met {
        dev_t device;
        ino_t inode;
        bool used;
    } * met; /* a hash table with open addressing */
    size_t met_n, met_cap;
};

/* ---- reports ------------------------------------------------------------ */

static enum morgue_status
problem(const struct walker *w, enum morgue_outcome outcome, const char *path,
        const char *reason, struct morgue_error *err)
{
    return w->walk->problem(outcome, path, reason, w->walk->payload, err);
}

static enum morgue_status
skip(const struct walker *w, const char *path, const char *reason,
     struct morgue_error *err)
{
    return problem(w, MORGUE_SKIPPED, path, reason, err);
}

/* `what`, as errno says. */
static enum morgue_status
failed(const struct walker *w, const char *path, const char *what,
       struct morgue_error *err)
{
    char text[128], reason[200];
    int e = errno;

    if (e == ENOMEM)
        return error_nomem(err);
    if (strerror_r(e, text, sizeof text) != 0)
        snprintf(text, sizeof text, "error %d", e);
    snprintf(reason, sizeof reason, "%s: %s", what, text);
    return problem(w, MORGUE_FAILED, path, reason, err);
}

const char *
walk_no_file(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return NULL;
    case S_IFLNK:
        return "a link, which is not followed";
    case S_IFIFO:
        return "a pipe, not a file";
    case S_IFSOCK:
        return "a socket, not a file";
    case S_IFCHR:
    case S_IFBLK:
        return "a device, not a file";
    default:
        return "not a file";
    }
}

/* ---- what was met before ------------------------------------------------ */

/* The slot of a file in the table: its own or the first that is free. */
static struct met *
slot(const struct walker *w, dev_t device, ino_t inode)
{
    uint64_t key[2] = {(uint64_t)device, (uint64_t)inode};
    size_t i = (size_t)hash64(key, sizeof key) & (w->met_cap - 1);

    while (w->met[i].used &&
           (w->met[i].device != device || w->met[i].inode != inode))
        i = (i + 1) & (w->met_cap - 1);
    return &w->met[i];
}

static bool
grow(struct walker *w)
{
    struct met *old = w->met;
    size_t old_cap = w->met_cap, cap = old_cap ? old_cap * 2 : 64;

    w->met = calloc(cap, sizeof *w->met);
    if (!w->met) {
        w->met = old;
        return false;
    }
    w->met_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].used)
            *slot(w, old[i].device, old[i].inode) = old[i];
    free(old);
    return true;
}

/* Remember a file or folder; *first tells whether it was not met before. */
static enum morgue_status
meet(bool *first, struct walker *w, const struct stat *s,
     struct morgue_error *err)
{
    struct met *m;

    if (w->met_n * 2 >= w->met_cap && !grow(w))
        return error_nomem(err);
    m = slot(w, s->st_dev, s->st_ino);
    *first = !m->used;
    if (*first) {
        *m = (struct met){s->st_dev, s->st_ino, true};
        w->met_n++;
    }
    return MORGUE_OK;
}

/* ---- what is no file of a disk ------------------------------------------ */

/* Whether the kernel makes up what is read there. */
static bool
is_of_the_kernel(int fd)
{
#ifdef __linux__
    static const unsigned long kinds[] = {
        PROC_SUPER_MAGIC, SYSFS_MAGIC,        DEBUGFS_MAGIC,
        TRACEFS_MAGIC,    SECURITYFS_MAGIC,   SELINUX_MAGIC,
        SMACK_MAGIC,      CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC,
        BPF_FS_MAGIC,     PSTOREFS_MAGIC,     EFIVARFS_MAGIC,
        BINFMTFS_MAGIC,   NSFS_MAGIC,         DEVPTS_SUPER_MAGIC};
    struct statfs s;

    if (fstatfs(fd, &s) == 0)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if ((unsigned long)s.f_type == kinds[i])
                return true;
#endif
    (void)fd;
    return false;
}

/* ---- going through ------------------------------------------------------ */

static enum morgue_status go_in(struct walker *w, int fd, const struct stat *s,
                                const char *path, int depth,
                                struct morgue_error *err);

/* What was opened as `fd`, which is taken over. */
static enum morgue_status
take(struct walker *w, int fd, const char *path, int depth,
     struct morgue_error *err)
{
    struct stat s;
    bool first = true;
    enum morgue_status st = MORGUE_OK;

    if (fstat(fd, &s) != 0)
        st = failed(w, path, "cannot open", err);
    else if (S_ISDIR(s.st_mode))
        return go_in(w, fd, &s, path, depth, err);
    else if (!S_ISREG(s.st_mode))
        st = skip(w, path, walk_no_file(s.st_mode), err);
    else if (is_of_the_kernel(fd))
        st = skip(w, path, "of the kernel, not a file", err);
    else {
        if (w->walk->follow != MORGUE_FOLLOW_NONE)
            st = meet(&first, w, &s, err);
        if (!st && first)
            return w->walk->file(fd, path, w->walk->payload, err);
        if (!st)
            st = skip(w, path, "a file that was read already", err);
    }
    close(fd);
    return st;
}

/* Open what has this real path, from `fd` on, part by part; -1 with errno. */
static int
open_real(int fd, const char *path)
{
    int at = openat(fd, ".", OPEN_FLAGS | O_DIRECTORY);

    while (at >= 0 && *path) {
        size_t len = strcspn(path, "/");
        char *name = strndup(path, len);
        int next = name ? openat(at, name, OPEN_FLAGS) : -1, e = errno;

        free(name);
        close(at);
        at = next;
        errno = e;
        path += len + strspn(path + len, "/");
    }
    return at;
}

/* What of the real path `real` is below the source; NULL where it is not in
 * it. */
static const char *
below_source(const struct walker *w, const char *real)
{
    size_t len = strlen(w->real);

    if (len == 1) /* the root of all */
        return real + 1;
    if (strncmp(real, w->real, len) != 0 || (real[len] && real[len] != '/'))
        return NULL;
    return real + len + (real[len] == '/');
}

/* What a link leads to, by its real path. */
static enum morgue_status
take_real(struct walker *w, const char *link, const char *real, int depth,
          struct morgue_error *err)
{
    const char *below = below_source(w, real);
    char *path = below ? path_join(w->path, below) : strdup(real);
    int top = below ? w->fd : open("/", O_RDONLY | O_CLOEXEC);
    int fd = top < 0 ? -1 : open_real(top, below ? below : real + 1);
    enum morgue_status st = MORGUE_OK;

    if (!path)
        st = error_nomem(err);
    else if (fd < 0)
        st = failed(w, link, "cannot open what the link leads to", err);
    else
        st = take(w, fd, path, depth, err);
    if (!path && fd >= 0)
        close(fd);
    if (!below && top >= 0)
        close(top);
    free(path);
    return st;
}

static enum morgue_status
take_link(struct walker *w, const char *path, int depth,
          struct morgue_error *err)
{
    struct stat s;
    char *real;
    enum morgue_status st;

    if (w->walk->follow == MORGUE_FOLLOW_NONE)
        return skip(w, path, walk_no_file(S_IFLNK), err);
    if (stat(path, &s) != 0)
        return failed(w, path, "a link that leads nowhere", err);
    if (!S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode))
        return skip(w, path, walk_no_file(s.st_mode), err);
    real = realpath(path, NULL);
    if (!real)
        return failed(w, path, "a link that leads nowhere", err);
    if (w->walk->follow == MORGUE_FOLLOW_INSIDE && !below_source(w, real))
        st = skip(w, path, "a link that leads out of the source", err);
    else
        st = take_real(w, path, real, depth, err);
    free(real);
    return st;
}

/* A name in the folder `fd`. */
static enum morgue_status
take_name(struct walker *w, int fd, const char *name, const char *path,
          int depth, struct morgue_error *err)
{
    struct stat s;
    int file;

    if (fstatat(fd, name, &s, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(w, path, "cannot open", err);
    if (S_ISLNK(s.st_mode))
        return take_link(w, path, depth, err);
    if (!S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode))
        return skip(w, path, walk_no_file(s.st_mode), err);
    file = openat(fd, name, OPEN_FLAGS);
    if (file < 0)
        return failed(w, path, "cannot open", err);
    return take(w, file, path, depth, err);
}

static enum morgue_status
take_names(struct walker *w, int fd, const struct file_names *names,
           const char *path, int depth, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < names->n && !st; i++) {
        char *below;

        if (names->name[i][0] == '.')
            continue;
        below = path_join(path, names->name[i]);
        st = below ? take_name(w, fd, names->name[i], below, depth, err)
                   : error_nomem(err);
        free(below);
    }
    return st;
}

static enum morgue_status
list(struct walker *w, int fd, const char *path, int depth,
     struct morgue_error *err)
{
    struct file_names names = {0};
    struct morgue_error detail;
    enum morgue_status st = file_list_at(&names, fd, path, &detail);

    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    if (st)
        return problem(w, MORGUE_FAILED, path, detail.message, err);
    st = take_names(w, fd, &names, path, depth + 1, err);
    file_names_free(&names);
    return st;
}

/* A folder, open as `fd`, which is taken over. */
static enum morgue_status
go_in(struct walker *w, int fd, const struct stat *s, const char *path,
      int depth, struct morgue_error *err)
{
    bool first = true;
    enum morgue_status st = meet(&first, w, s, err);

    if (st)
        ;
    else if (!first)
        st = skip(w, path, "a folder that was read already", err);
    else if (depth > DEPTH_MAX)
        st = problem(w, MORGUE_FAILED, path, "folders are nested too deep",
                     err);
    else if (is_of_the_kernel(fd))
        st = skip(w, path, "of the kernel, not a folder of files", err);
    else if (archive_is_at(path))
        st = skip(w, path, "a morgue archive", err);
    else
        st = list(w, fd, path, depth, err);
    close(fd);
    return st;
}

enum morgue_status
walk_folder(const struct walk *walk, int fd, const char *path,
            struct morgue_error *err)
{
    struct walker w = {.walk = walk, .fd = fd, .path = path};
    struct stat s;
    enum morgue_status st = MORGUE_OK;

    if (fstat(fd, &s) != 0)
        st = error_errno(err, MORGUE_NO_INPUT, "open", path);
    if (!st && walk->follow != MORGUE_FOLLOW_NONE) {
        w.real = realpath(path, NULL);
        if (!w.real)
            st = error_errno(err, MORGUE_NO_INPUT, "open", path);
    }
    if (st)
        close(fd);
    else
        st = go_in(&w, fd, &s, path, 0, err);
    free(w.real);
    free(w.met);
    return st;
}
