/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * failmalloc.c - a library to preload that lets allocations fail
 *
 *     cc -shared -fPIC -O2 -o failmalloc.so failmalloc.c -ldl
 *     FAILMALLOC_REPORT=r LD_PRELOAD=./failmalloc.so PROGRAM...
 *     FAILMALLOC_AT=17 LD_PRELOAD=./failmalloc.so PROGRAM...
 *
 * It counts the calls of malloc, calloc, realloc, reallocarray,
 * posix_memalign, aligned_alloc, memalign, valloc and pvalloc, and so of
 * operator new and of what the C library allocates for itself, in all threads
 * together, from the start of main to its return or exit.  What the dynamic
 * loader and static constructors allocate before main is not counted.
 * realloc to size 0, which frees, is not either.
 *
 *   FAILMALLOC_AT=N      the Nth call, from 1, fails
 *   FAILMALLOC_FROM=N    the Nth and all after it fail
 *   FAILMALLOC_SPARE=L   calls from within the shared library whose path has L
 *                        in it are not counted and do not fail
 *   FAILMALLOC_REPORT=F  at the end, file F gets two lines,
 *                            count N
 *                            failed K
 *                        of the calls counted and of those that failed
 *
 * A call that fails returns NULL, or ENOMEM for posix_memalign, and sets
 * errno to ENOMEM.  The variables are taken out of the environment when
 * main starts, so a program that the tested one runs is left alone.  A forked
 * child goes on counting for itself and writes no report.  There is none
 * either from a program that ends by a signal, which is what a test looks for.
 *
 * A test program that finds itself preloaded may set the counter by itself,
 * to fail each call of one piece of work after another in forked children:
 *
 *     void (*arm)(unsigned long at, int all_after);
 *     *(void **)&arm = dlsym(RTLD_DEFAULT, "failmalloc_arm");
 *
 * This needs glibc, whose allocator is reached by its __libc_ names: looking
 * it up with dlsym would allocate.  It cannot be used together with a
 * sanitizer or valgrind, which replace the allocator themselves.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void),
                           void (*)(void), void (*)(void), void *);

int __libc_start_main(main_function *start, int argc, char **argv,
                      void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void *stack_end);
void failmalloc_arm(unsigned long at, int all_after);
unsigned long failmalloc_count(void);

static atomic_int counting;
static atomic_ulong count, failed;
static atomic_ulong fail_at; /* 0: never */
static atomic_int fail_after;

static uintptr_t spare_begin, spare_end; /* the library that is spared */

static main_function *real_main;
static char report_path[4096];
static pid_t report_pid;

/* ---- counting ---- */

/* Counts a call; 1 where it is to fail. */
static int
fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;

    if (!atomic_load(&counting) || (from >= spare_begin && from < spare_end))
        return 0;

    unsigned long n = atomic_fetch_add(&count, 1) + 1;
    unsigned long at = atomic_load(&fail_at);

    if (at == 0 || n < at || (n > at && !atomic_load(&fail_after)))
        return 0;
    atomic_fetch_add(&failed, 1);
    errno = ENOMEM;
    return 1;
}

void
failmalloc_arm(unsigned long at, int all_after)
{
    atomic_store(&count, 0);
    atomic_store(&failed, 0);
    atomic_store(&fail_after, all_after);
    atomic_store(&fail_at, at);
}

unsigned long
failmalloc_count(void)
{
    return atomic_load(&count);
}

/* ---- the allocator ---- */

/* Who called the function that this is in. */
#define CALLER __builtin_return_address(0)

static void *
resized(void *old, size_t size, const void *caller)
{
    if (old && size == 0)
        return __libc_realloc(old, size);
    return fails(caller) ? NULL : __libc_realloc(old, size);
}

static void *
aligned(size_t alignment, size_t size, const void *caller)
{
    return fails(caller) ? NULL : __libc_memalign(alignment, size);
}

void *
malloc(size_t size)
{
    return fails(CALLER) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
    return fails(CALLER) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t size)
{
    return resized(old, size, CALLER);
}

void *
reallocarray(void *old, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return resized(old, n * size, CALLER);
}

void *
memalign(size_t alignment, size_t size)
{
    return aligned(alignment, size, CALLER);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
    return aligned(alignment, size, CALLER);
}

int
posix_memalign(void **out, size_t alignment, size_t size)
{
    size_t words = alignment / sizeof(void *);

    if (alignment % sizeof(void *) || words == 0 || (words & (words - 1)))
        return EINVAL;

    int saved = errno; /* this one function must not set it */
    void *p = aligned(alignment, size, CALLER);

    errno = saved;
    if (!p)
        return ENOMEM;
    *out = p;
    return 0;
}

void *
valloc(size_t size)
{
    return aligned((size_t)sysconf(_SC_PAGESIZE), size, CALLER);
}

void *
pvalloc(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    if (size > SIZE_MAX - page) {
        errno = ENOMEM;
        return NULL;
    }
    return aligned(page, (size + page - 1) / page * page, CALLER);
}

/* ---- the start and the end ---- */

/* Note where a library lies whose path has `name` in it. */
static int
spare(struct dl_phdr_info *info, size_t size, void *name)
{
    (void)size;
    if (!strstr(info->dlpi_name, name))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        uintptr_t begin = info->dlpi_addr + p->p_vaddr;

        if (p->p_type == PT_LOAD && (p->p_flags & PF_X)) {
            spare_begin = begin;
            spare_end = begin + p->p_memsz;
        }
    }
    return 1;
}

static void
put_line(int fd, const char *name, unsigned long number)
{
    char line[64];
    size_t at = sizeof line;

    line[--at] = '\n';
    do {
        line[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    line[--at] = ' ';

    size_t len = strlen(name);

    at -= len;
    memcpy(line + at, name, len);

    ssize_t put = write(fd, line + at, sizeof line - at);

    (void)put; /* a report that is short is seen to be so */
}

static void
report(void)
{
    /* a child of vfork, which ends here too, shares all of this */
    if (getpid() != report_pid)
        return;
    atomic_store(&counting, 0);
    if (!report_path[0])
        return;

    int fd = open(report_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    report_path[0] = '\0';
    if (fd < 0)
        return;
    put_line(fd, "count", atomic_load(&count));
    put_line(fd, "failed", atomic_load(&failed));
    close(fd);
}

__attribute__((destructor)) static void
at_exit(void)
{
    report();
}

/* Leaves without destructors. */
void
_exit(int status)
{
    report();
    for (;;)
        syscall(SYS_exit_group, status);
}

void
_Exit(int status)
{
    _exit(status);
}

static unsigned long
take_number(const char *name)
{
    const char *text = getenv(name);
    unsigned long number = text ? strtoul(text, NULL, 10) : 0;

    unsetenv(name);
    return number;
}

static void
take_settings(void)
{
    const char *path = getenv("FAILMALLOC_REPORT");
    char *spared = getenv("FAILMALLOC_SPARE");
    unsigned long at = take_number("FAILMALLOC_AT");
    unsigned long from = take_number("FAILMALLOC_FROM");

    if (path && strlen(path) < sizeof report_path)
        memcpy(report_path, path, strlen(path) + 1);
    if (spared)
        dl_iterate_phdr(spare, spared);
    report_pid = getpid();
    unsetenv("FAILMALLOC_REPORT");
    unsetenv("FAILMALLOC_SPARE");
    failmalloc_arm(from ? from : at, from != 0);
}

static int
counted_main(int argc, char **argv, char **env)
{
    take_settings();
    atomic_store(&counting, 1);

    int status = real_main(argc, argv, env);

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
