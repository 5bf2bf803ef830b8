/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * damage.c - an archive with each of its bits wrong in turn
 *
 *     damage [--engine=NAME] [--seconds=N | --all] [--seed=N] [--verbose]
 *
 * Makes a small archive in two updates, the second of which replaces and
 * removes, and notes what it answers: to about 30 questions of all kinds, for
 * each article, for its counts.  Then, on a copy, one file at a time:
 *
 *   - each bit is flipped,
 *   - the file is cut to each length,
 *   - it is made longer, and taken away,
 *
 * and everything is asked again, each time by a new reader.  Each answer must
 * be the right one to the byte, or an error; and `check` must end in an
 * error.  A crash, an answer that takes longer than HANG seconds, and a wrong
 * answer are failures, and are printed with the file, the byte and the bit.
 * Files that no reader reads (the lock) may be damaged without notice and are
 * named.
 *
 * With --seconds, what is tried is spread evenly, beginning at a place drawn
 * from the seed, so that it takes about that long.  The work is done by
 * children, so that a crash ends one of them only; a map that they share with
 * the parent says how far they are.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../common/base/buf.h"
#include "../../common/base/file.h"
#include "../../common/archive/archive.h"
#include "sample.h"

enum {
    HANG = 20,
    FILES_MAX = 64,
    SHOWN_MAX = 12 /* failures that are printed */
};

/* ---- what it answers ---------------------------------------------------- */

/* Answers to questions, then one for each article, then the counts. */
enum {
    QUESTIONS = SAMPLE_QUESTIONS,
    ANSWERS = QUESTIONS + SAMPLE_ARTICLES + 1
};

struct answers {
    struct answer of[ANSWERS];
};

/* Each after another by one reader, beginning with the `first`th: what is
 * found damaged by one must not make a later one wrong. */
static enum morgue_status
ask(struct answers *a, const char *dir, size_t first)
{
    morgue *m = NULL;
    enum morgue_status st = morgue_open(&m, dir, NULL);
    char id[20];

    for (size_t n = 0; n < ANSWERS; n++) {
        size_t i = (first + n) % ANSWERS;
        struct answer *to = &a->of[i];

        buf_reset(&to->text);
        to->st = st;
        if (st)
            continue;
        if (i < QUESTIONS) {
            answer_search(to, m, &sample_question[i]);
        } else if (i < ANSWERS - 1) {
            snprintf(id, sizeof id, "a%zu", i - QUESTIONS);
            answer_show(to, m, id);
        } else {
            answer_counts(to, m);
        }
    }
    morgue_close(m);
    return st;
}

/* The first answer that is neither right nor an error; ANSWERS: none. */
static size_t
wrong_answer(const struct answers *got, const struct answers *right)
{
    size_t i = 0;

    while (i < ANSWERS && answer_fits(&got->of[i], &right->of[i]))
        i++;
    return i;
}

/* ---- damage ------------------------------------------------------------- */

enum kind { BITS, CUTS, LONGER, GONE, KINDS };

static const char *const kind_name[KINDS] = {"bits flipped", "cut",
                                             "made longer", "taken away"};

struct file {
    char *name;
    uint8_t *data;
    size_t size;
    bool unread; /* damage of it need not be noticed */
};

/* What is shared with the children. */
struct progress {
    uint64_t next;  /* what is tried: cleared when done */
    uint64_t tried; /* in all */
    uint64_t failures, unnoticed;
};

struct test {
    char dir[300]; /* the copy */
    struct file file[FILES_MAX];
    size_t file_n;
    struct answers right, got;
    struct progress *shared;
    bool verbose;
};

static char *
file_path(const struct test *t, const struct file *f)
{
    return path_join(t->dir, f->name);
}

static bool
write_file(const struct test *t, const struct file *f)
{
    char *path = file_path(t, f);
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    bool good = fd >= 0 && write(fd, f->data, f->size) == (ssize_t)f->size;

    if (fd >= 0)
        close(fd);
    free(path);
    return good;
}

static uint64_t
kind_count(const struct file *f, enum kind kind)
{
    switch (kind) {
    case BITS:
        return 8 * (uint64_t)f->size;
    case CUTS:
        return f->size;
    case LONGER:
        return 3;
    case GONE:
    case KINDS:
        break;
    }
    return 1;
}

/* Do the `i`th damage of a kind to a file. */
static bool
do_damage(const struct test *t, const struct file *f, enum kind kind,
          uint64_t i)
{
    static const off_t more[] = {1, 8, 20000};
    char *path = file_path(t, f);
    int fd = path ? open(path, O_RDWR) : -1;
    uint8_t byte;
    bool good = false;

    if (fd >= 0 && kind == BITS) {
        byte = (uint8_t)(f->data[i / 8] ^ 1u << i % 8);
        good = pwrite(fd, &byte, 1, (off_t)(i / 8)) == 1;
    } else if (fd >= 0 && kind == CUTS) {
        good = ftruncate(fd, (off_t)i) == 0;
    } else if (fd >= 0 && kind == LONGER) {
        good = ftruncate(fd, (off_t)f->size + more[i]) == 0;
    } else if (fd >= 0 && kind == GONE) {
        good = unlink(path) == 0;
    }
    if (fd >= 0)
        close(fd);
    free(path);
    return good;
}

static bool
undo_damage(const struct test *t, const struct file *f, enum kind kind,
            uint64_t i)
{
    char *path;
    int fd;
    bool good;

    if (kind != BITS)
        return write_file(t, f);
    path = file_path(t, f);
    fd = path ? open(path, O_RDWR) : -1;
    good = fd >= 0 && pwrite(fd, &f->data[i / 8], 1, (off_t)(i / 8)) == 1;
    if (fd >= 0)
        close(fd);
    free(path);
    return good;
}

static void
describe(const struct file *f, enum kind kind, uint64_t i, const char *what)
{
    if (kind == BITS)
        fprintf(stderr, "%s, byte %llu, bit %llu: %s\n", f->name,
                (unsigned long long)i / 8, (unsigned long long)i % 8, what);
    else
        fprintf(stderr, "%s, %s (%llu): %s\n", f->name, kind_name[kind],
                (unsigned long long)i, what);
}

static void
fails(struct test *t, const struct file *f, enum kind kind, uint64_t i,
      const char *what)
{
    if (t->shared->failures++ < SHOWN_MAX || t->verbose)
        describe(f, kind, i, what);
}

/* One damage, and whether it does harm. */
static void
try_one(struct test *t, const struct file *f, enum kind kind, uint64_t i)
{
    char what[200];
    size_t wrong;

    alarm(HANG);
    if (!do_damage(t, f, kind, i)) {
        fails(t, f, kind, i, "the test cannot do it");
        return;
    }
    ask(&t->got, t->dir, (size_t)(i * 7 % ANSWERS));
    wrong = wrong_answer(&t->got, &t->right);
    if (wrong < ANSWERS) {
        snprintf(what, sizeof what,
                 "wrong answer %zu (%s): status %d, %zu bytes for %zu", wrong,
                 wrong < QUESTIONS ? sample_question[wrong].text : "no search",
                 (int)t->got.of[wrong].st, t->got.of[wrong].text.len,
                 t->right.of[wrong].text.len);
        fails(t, f, kind, i, what);
        if (t->verbose)
            fprintf(stderr, "%s\n-- for\n%s\n",
                    buf_view(&t->got.of[wrong].text).s,
                    buf_view(&t->right.of[wrong].text).s);
    }
    if (morgue_check(t->dir, NULL, NULL, NULL) == MORGUE_OK) {
        t->shared->unnoticed++;
        if (!f->unread)
            fails(t, f, kind, i, "check finds nothing");
    }
    if (!undo_damage(t, f, kind, i))
        fails(t, f, kind, i, "the test cannot undo it");
}

/* ---- children ----------------------------------------------------------- */

/* All of a kind from `begin` on in steps, in a child; how it ended. */
static int
run_child(struct test *t, const struct file *f, enum kind kind, uint64_t begin,
          uint64_t step)
{
    int status = 0;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        uint64_t n = kind_count(f, kind);

        for (uint64_t i = begin; i < n; i += step) {
            t->shared->next = i;
            try_one(t, f, kind, i);
            t->shared->tried++;
        }
        t->shared->next = UINT64_MAX;
        _exit(0);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    return status;
}

/* Damage a file in one way, at one of `step` places. */
static void
run_kind(struct test *t, const struct file *f, enum kind kind, uint64_t phase,
         uint64_t step)
{
    uint64_t begin = phase % step, before = t->shared->failures;
    uint64_t unnoticed = t->shared->unnoticed, tried = t->shared->tried;
    char what[100];

    while (begin < kind_count(f, kind) && t->shared->failures < before + 100) {
        int status = run_child(t, f, kind, begin, step);

        if (status == 0)
            break;
        if (status == -1) {
            fails(t, f, kind, begin, "cannot fork");
            break;
        }
        begin = t->shared->next;
        if (begin == UINT64_MAX)
            break;
        snprintf(what, sizeof what, "ends with %s %d%s",
                 WIFSIGNALED(status) ? "signal" : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                 WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM
                     ? ", for it takes too long"
                     : "");
        fails(t, f, kind, begin, what);
        if (!write_file(t, f))
            fails(t, f, kind, begin, "the test cannot undo it");
        begin += step;
    }
    if (t->shared->unnoticed > unnoticed)
        printf("# %s, %s: %llu of %llu without notice\n", f->name,
               kind_name[kind],
               (unsigned long long)(t->shared->unnoticed - unnoticed),
               (unsigned long long)(t->shared->tried - tried));
}

/* ---- set-up ------------------------------------------------------------- */

static bool
take_file(struct test *t, const char *dir, const char *name)
{
    struct file *f = &t->file[t->file_n];
    char *path = path_join(dir, name);
    struct buf data;
    bool good;

    buf_init(&data, 1 << 26);
    good = t->file_n < FILES_MAX && path && !file_read(&data, path, NULL);
    if (good) {
        f->name = strdup(name);
        f->size = data.len;
        f->data = malloc(data.len + 1);
        f->unread = strcmp(name, "morgue.lock") == 0;
        good = f->name && f->data;
    }
    if (good) {
        memcpy(f->data, buf_view(&data).s, data.len);
        good = write_file(t, f);
        t->file_n++;
    }
    buf_free(&data);
    free(path);
    return good;
}

/* Copy the archive in `dir`, whose files may be in a folder `sub`, "/" behind
 * it, of it. */
static bool
take_files(struct test *t, const char *dir, const char *sub)
{
    struct file_names names = {0};
    char *path = path_join(dir, sub), *copy = path_join(t->dir, sub);
    bool good = path && copy && (mkdir(copy, 0777) == 0 || errno == EEXIST) &&
                !file_list(&names, path, NULL);

    for (size_t i = 0; good && i < names.n; i++) {
        char name[300], *whole;

        snprintf(name, sizeof name, "%s%s", sub, names.name[i]);
        whole = path_join(dir, name);
        if (whole && file_kind(whole) == FILE_DIR) {
            snprintf(name, sizeof name, "%s/", names.name[i]);
            good = !*sub && take_files(t, dir, name);
        } else {
            good = take_file(t, dir, name);
        }
        free(whole);
    }
    file_names_free(&names);
    free(path);
    free(copy);
    return good;
}

static bool
set_up(struct test *t, const char *dir, const char *engine)
{
    struct morgue_error err = {.message = ""};
    char path[400];

    for (size_t i = 0; i < ANSWERS; i++) {
        answer_init(&t->right.of[i]);
        answer_init(&t->got.of[i]);
    }
    t->shared = mmap(NULL, sizeof *t->shared, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (t->shared == MAP_FAILED)
        return false;
    snprintf(path, sizeof path, "%s/made", dir);
    snprintf(t->dir, sizeof t->dir, "%s/copy", dir);
    if (sample_make(SAMPLE_SMALL, path, engine, &err) ||
        !take_files(t, path, "") || ask(&t->right, t->dir, 0) ||
        morgue_check(t->dir, NULL, NULL, &err)) {
        fprintf(stderr, "cannot set up: %s\n", err.message);
        return false;
    }
    for (size_t i = 0; i < ANSWERS; i++) {
        enum morgue_status want =
            i == QUESTIONS + 2 ? MORGUE_NO_ARTICLE : MORGUE_OK;

        if (t->right.of[i].st != want) {
            fprintf(stderr, "answer %zu: status %d\n", i,
                    (int)t->right.of[i].st);
            return false;
        }
    }
    return true;
}

static double
now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* How far apart the tries must be to take so many seconds; odd, so that all
 * bits of a byte have their turn. */
static uint64_t
choose_step(struct test *t, double seconds)
{
    enum { TRIALS = 20 };
    struct file *largest = &t->file[0];
    double all = 0, begin;

    for (size_t i = 0; i < t->file_n; i++) {
        if (t->file[i].size > largest->size)
            largest = &t->file[i];
        all += 9 * (double)t->file[i].size;
    }
    begin = now();
    run_child(t, largest, BITS, 0, 8 * largest->size / TRIALS + 1);
    all *= (now() - begin) / TRIALS;
    return all > seconds ? (uint64_t)(all / seconds) | 1 : 1;
}

static uint64_t
damage(struct test *t, uint64_t seed, double seconds)
{
    uint64_t step = seconds > 0 ? choose_step(t, seconds) : 1;
    uint64_t failures = 0;

    *t->shared = (struct progress){0};
    printf("# one bit and length of %llu, seed %llu\n",
           (unsigned long long)step, (unsigned long long)seed);
    for (int kind = BITS; kind < KINDS; kind++) {
        uint64_t apart = kind == BITS || kind == CUTS ? step : 1;

        t->shared->failures = t->shared->tried = 0;
        for (size_t i = 0; i < t->file_n; i++)
            run_kind(t, &t->file[i], (enum kind)kind, seed, apart);
        printf("%s damage: %s\n", t->shared->failures ? "not ok" : "ok",
               kind_name[kind]);
        printf("# %llu tried, %llu wrong\n",
               (unsigned long long)t->shared->tried,
               (unsigned long long)t->shared->failures);
        fflush(stdout);
        failures += t->shared->failures;
    }
    return failures;
}

int
main(int argc, char **argv)
{
    static struct test t;
    const char *engine = "segment", *tmp = getenv("SCRATCH");
    uint64_t seed = (uint64_t)time(NULL) % 1000000, failures = 1;
    double seconds = 40;
    char dir[200], command[300];

    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--engine=", 9) == 0)
            engine = argv[i] + 9;
        else if (strncmp(argv[i], "--seconds=", 10) == 0)
            seconds = strtod(argv[i] + 10, NULL);
        else if (strncmp(argv[i], "--seed=", 7) == 0)
            seed = strtoull(argv[i] + 7, NULL, 10);
        else if (strcmp(argv[i], "--all") == 0)
            seconds = 0;
        else if (strcmp(argv[i], "--verbose") == 0)
            t.verbose = true;
        else
            return 2;
    }
    if (!engine_named(engine)) {
        printf("skip damage - there is no engine %s\n", engine);
        return 0;
    }
    if (access("/dev/shm", W_OK) == 0)
        tmp = "/dev/shm"; /* nothing is to last */
    snprintf(dir, sizeof dir, "%s/damage.XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(dir))
        return 1;
    if (set_up(&t, dir, engine))
        failures = damage(&t, seed, seconds);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command) != 0 || failures > 0;
}
