/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * failio.c - a library to preload that lets calls on files fail
 *
 *     cc -shared -fPIC -O2 -o failio.so failio.c -ldl
 *     FAILIO_REPORT=r LD_PRELOAD=./failio.so PROGRAM...
 *     FAILIO_AT=17 LD_PRELOAD=./failio.so PROGRAM...
 *
 * It counts the calls that change what is on a disk or map it: write, pwrite,
 * writev, pwritev, fsync, fdatasync, syncfs, msync, rename, renameat, open,
 * openat and creat that may create, ftruncate, fallocate, posix_fallocate,
 * mkdir, unlink, unlinkat, rmdir, remove, link, and mmap of files; in all
 * threads together, in main.  Calls on standard input, output and error are
 * left alone, and so is what the C library calls inside of itself.
 *
 *   FAILIO_AT=N      the Nth call, from 1, fails
 *   FAILIO_FROM=N    the Nth and all after it fail, as on a disk that is full
 *                    or gone
 *   FAILIO_ERRNO=E   with this number; by default with the one that fits:
 *                    ENOSPC where room is taken, EIO where something is
 *                    synced or taken away, ENOMEM for mmap
 *   FAILIO_SHORT=1   a write that is to fail writes the first half, and fails
 *                    only where there is no half
 *   FAILIO_ALL=1     also counted: every open, read, pread, fstat, fchmod
 *   FAILIO_CLOBBER=1 what gives something back (free, close, closedir, fclose,
 *                    unlink, unlinkat, rmdir) leaves EXDEV in errno, as it may
 *                    (POSIX says nothing of errno after a success), so that a
 *                    reason that was not kept is told as a wrong one
 *   FAILIO_ROOM=N    disks say that they have N bytes left
 *   FAILIO_LOG=F     file F gets a line for what makes a file last, as it is
 *                    done: `sync PATH`, `rename FROM TO`, paths as the call
 *                    has them
 *   FAILIO_REPORT=F  at the end, file F gets a line of the number of calls
 *                    counted and one of the name of the last that failed
 *
 * The variables are taken out of the environment when main starts.
 */
#define _GNU_SOURCE

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void),
                           void (*)(void), void (*)(void), void *);

int __libc_start_main(main_function *start, int argc, char **argv,
                      void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void *stack_end);

static atomic_int counting;
static atomic_ulong count;
static unsigned long fail_at; /* 0: never */
static int fail_after, fail_errno, fail_short, fail_all, clobber;
static unsigned long room; /* on every disk; 0: as it is */
static const char *_Atomic failed_name = "none";
static int log_fd = -1;
static char report_path[4096];
static main_function *real_main;

/* ---- counting ---- */

/* Counts a call; 1, and errno is set, where it is to fail. */
static int
fails(const char *name, int number)
{
    unsigned long n;

    if (!atomic_load(&counting))
        return 0;
    n = atomic_fetch_add(&count, 1) + 1;
    if (fail_at == 0 || n < fail_at || (n > fail_at && !fail_after))
        return 0;
    atomic_store(&failed_name, name);
    errno = fail_errno ? fail_errno : number;
    return 1;
}

/* The same of a call that is counted only where all are. */
static int
fails_too(const char *name, int number)
{
    return fail_all && fails(name, number);
}

/* What a call that gives something back leaves in errno, where it may. */
static int
gave_back(int status)
{
    if (clobber && status == 0 && atomic_load(&counting))
        errno = EXDEV;
    return status;
}

/* The next function of a name, found once. */
#define REAL(name)                                                            \
    static __typeof__(name) *real_##name;                                     \
    if (!real_##name)                                                         \
    *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

/* ---- writing ---- */

ssize_t
write(int fd, const void *data, size_t n)
{
    REAL(write);
    if (fd <= 2 || !fails("write", ENOSPC))
        return real_write(fd, data, n);
    return fail_short && n > 1 ? real_write(fd, data, n / 2) : -1;
}

ssize_t
pwrite(int fd, const void *data, size_t n, off_t at)
{
    REAL(pwrite);
    if (!fails("pwrite", ENOSPC))
        return real_pwrite(fd, data, n, at);
    return fail_short && n > 1 ? real_pwrite(fd, data, n / 2, at) : -1;
}

ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t at)
{
    REAL(pwrite64);
    if (!fails("pwrite", ENOSPC))
        return real_pwrite64(fd, data, n, at);
    return fail_short && n > 1 ? real_pwrite64(fd, data, n / 2, at) : -1;
}

ssize_t
writev(int fd, const struct iovec *v, int n)
{
    REAL(writev);
    return fd > 2 && fails("writev", ENOSPC) ? -1 : real_writev(fd, v, n);
}

ssize_t
pwritev(int fd, const struct iovec *v, int n, off_t at)
{
    REAL(pwritev);
    return fails("pwritev", ENOSPC) ? -1 : real_pwritev(fd, v, n, at);
}

int
ftruncate(int fd, off_t size)
{
    REAL(ftruncate);
    return fails("ftruncate", ENOSPC) ? -1 : real_ftruncate(fd, size);
}

int
ftruncate64(int fd, off64_t size)
{
    REAL(ftruncate64);
    return fails("ftruncate", ENOSPC) ? -1 : real_ftruncate64(fd, size);
}

int
fallocate(int fd, int mode, off_t at, off_t size)
{
    REAL(fallocate);
    return fails("fallocate", ENOSPC) ? -1
                                      : real_fallocate(fd, mode, at, size);
}

int
posix_fallocate(int fd, off_t at, off_t size)
{
    REAL(posix_fallocate);
    return fails("posix_fallocate", ENOSPC)
               ? errno
               : real_posix_fallocate(fd, at, size);
}

/* ---- syncing ---- */

/* Log that the open file was synced; passes `status` on. */
static int
synced(int fd, int status)
{
    char link[64], path[4096];
    ssize_t n;

    if (log_fd < 0 || status != 0)
        return status;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    dprintf(log_fd, "sync %s\n", path);
    return status;
}

int
fsync(int fd)
{
    REAL(fsync);
    return fails("fsync", EIO) ? -1 : synced(fd, real_fsync(fd));
}

int
fdatasync(int fd)
{
    REAL(fdatasync);
    return fails("fdatasync", EIO) ? -1 : synced(fd, real_fdatasync(fd));
}

int
syncfs(int fd)
{
    REAL(syncfs);
    return fails("syncfs", EIO) ? -1 : real_syncfs(fd);
}

int
msync(void *at, size_t size, int flags)
{
    REAL(msync);
    return fails("msync", EIO) ? -1 : real_msync(at, size, flags);
}

/* ---- names ---- */

static mode_t
mode_of(int flags, va_list ap)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#define OPEN(name)                                                            \
    int name(const char *path, int flags, ...)                                \
    {                                                                         \
        va_list ap;                                                           \
        mode_t mode;                                                          \
                                                                              \
        REAL(name);                                                           \
        va_start(ap, flags);                                                  \
        mode = mode_of(flags, ap);                                            \
        va_end(ap);                                                           \
        if (flags & O_CREAT ? fails("open", ENOSPC) : fails_too("open", EIO)) \
            return -1;                                                        \
        return real_##name(path, flags, mode);                                \
    }

OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                          \
    int name(int dir, const char *path, int flags, ...)                       \
    {                                                                         \
        va_list ap;                                                           \
        mode_t mode;                                                          \
                                                                              \
        REAL(name);                                                           \
        va_start(ap, flags);                                                  \
        mode = mode_of(flags, ap);                                            \
        va_end(ap);                                                           \
        if (flags & O_CREAT ? fails("openat", ENOSPC)                         \
                            : fails_too("openat", EIO))                       \
            return -1;                                                        \
        return real_##name(dir, path, flags, mode);                           \
    }

OPENAT(openat)
OPENAT(openat64)

int
creat(const char *path, mode_t mode)
{
    REAL(creat);
    return fails("creat", ENOSPC) ? -1 : real_creat(path, mode);
}

int
mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    return fails("mkdir", ENOSPC) ? -1 : real_mkdir(path, mode);
}

int
link(const char *from, const char *to)
{
    REAL(link);
    return fails("link", ENOSPC) ? -1 : real_link(from, to);
}

/* Log that a file got another name; passes `status` on. */
static int
renamed(const char *from, const char *to, int status)
{
    if (log_fd >= 0 && status == 0)
        dprintf(log_fd, "rename %s %s\n", from, to);
    return status;
}

int
rename(const char *from, const char *to)
{
    REAL(rename);
    return fails("rename", EIO) ? -1
                                : renamed(from, to, real_rename(from, to));
}

int
renameat(int a, const char *from, int b, const char *to)
{
    REAL(renameat);
    return fails("renameat", EIO)
               ? -1
               : renamed(from, to, real_renameat(a, from, b, to));
}

int
unlink(const char *path)
{
    REAL(unlink);
    return fails("unlink", EIO) ? -1 : gave_back(real_unlink(path));
}

int
unlinkat(int dir, const char *path, int flags)
{
    REAL(unlinkat);
    return fails("unlinkat", EIO) ? -1
                                  : gave_back(real_unlinkat(dir, path, flags));
}

int
rmdir(const char *path)
{
    REAL(rmdir);
    return fails("rmdir", EIO) ? -1 : gave_back(real_rmdir(path));
}

int
remove(const char *path)
{
    REAL(remove);
    return fails("remove", EIO) ? -1 : real_remove(path);
}

/* ---- what only reads ---- */

ssize_t
read(int fd, void *to, size_t n)
{
    REAL(read);
    return fd > 2 && fails_too("read", EIO) ? -1 : real_read(fd, to, n);
}

ssize_t
pread(int fd, void *to, size_t n, off_t at)
{
    REAL(pread);
    return fails_too("pread", EIO) ? -1 : real_pread(fd, to, n, at);
}

int
fstat(int fd, struct stat *s)
{
    REAL(fstat);
    return fails_too("fstat", EIO) ? -1 : real_fstat(fd, s);
}

int
fchmod(int fd, mode_t mode)
{
    REAL(fchmod);
    return fails_too("fchmod", EPERM) ? -1 : real_fchmod(fd, mode);
}

/* ---- giving back ---- */

void __libc_free(void *p); /* the C library's own */

void
free(void *p)
{
    int before = errno;

    __libc_free(p);
    errno = before;
    gave_back(0);
}

int
close(int fd)
{
    REAL(close);
    return gave_back(real_close(fd));
}

int
closedir(DIR *d)
{
    REAL(closedir);
    return gave_back(real_closedir(d));
}

int
fclose(FILE *f)
{
    REAL(fclose);
    return gave_back(real_fclose(f));
}

/* ---- maps ---- */

void *
mmap(void *at, size_t size, int prot, int flags, int fd, off_t from)
{
    REAL(mmap);
    if (fd >= 0 && fails("mmap", ENOMEM))
        return MAP_FAILED;
    return real_mmap(at, size, prot, flags, fd, from);
}

void *
mmap64(void *at, size_t size, int prot, int flags, int fd, off64_t from)
{
    REAL(mmap64);
    if (fd >= 0 && fails("mmap", ENOMEM))
        return MAP_FAILED;
    return real_mmap64(at, size, prot, flags, fd, from);
}

/* ---- room ---- */

int
statvfs(const char *path, struct statvfs *s)
{
    int status;

    REAL(statvfs);
    status = real_statvfs(path, s);
    if (status == 0 && room > 0) {
        s->f_frsize = 1;
        s->f_bavail = room;
    }
    return status;
}

/* ---- the start and the end ---- */

__attribute__((destructor)) static void
report(void)
{
    FILE *f;

    atomic_store(&counting, 0);
    if (!report_path[0])
        return;
    f = fopen(report_path, "w");
    if (!f)
        return;
    fprintf(f, "count %lu\nfailed %s\n", atomic_load(&count),
            atomic_load(&failed_name));
    fclose(f);
}

static unsigned long
take_number(const char *name)
{
    const char *text = getenv(name);
    unsigned long number = text ? strtoul(text, NULL, 10) : 0;

    unsetenv(name);
    return number;
}

static int
counted_main(int argc, char **argv, char **env)
{
    const char *path = getenv("FAILIO_REPORT"), *log = getenv("FAILIO_LOG");
    unsigned long from = take_number("FAILIO_FROM");
    int status;

    fail_at = take_number("FAILIO_AT");
    if (from) {
        fail_at = from;
        fail_after = 1;
    }
    fail_errno = (int)take_number("FAILIO_ERRNO");
    fail_short = (int)take_number("FAILIO_SHORT");
    fail_all = (int)take_number("FAILIO_ALL");
    clobber = (int)take_number("FAILIO_CLOBBER");
    room = take_number("FAILIO_ROOM");
    if (path)
        snprintf(report_path, sizeof report_path, "%s", path);
    unsetenv("FAILIO_REPORT");
    if (log)
        log_fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    unsetenv("FAILIO_LOG");
    atomic_store(&counting, 1);
    status = real_main(argc, argv, env);
    atomic_store(&counting, 0);
    return status;
}

/* The program's start-up code calls this one, with its main. */
int
__libc_start_main(main_function *start, int argc, char **argv,
                  void (*init)(void), void (*fini)(void),
                  void (*loader_fini)(void), void *stack_end)
{
    start_function *real;

    *(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
    if (!real)
        _exit(127);
    real_main = start;
    return real(counted_main, argc, argv, init, fini, loader_fini, stack_end);
}
