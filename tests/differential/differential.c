/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * differential.c - two engines and plain code, the same articles and answers
 *
 *     differential [--seconds=N] [--seed=N] [--engines=A,B] [--files=N]
 *                  [--only=reuters|generated] [--apart]
 *
 * Half of the time goes to archives of 1 to N files of Reuters-21578 (3), the
 * rest to worlds (archives.c), each with a seed of its own: the one given, the
 * next, and so on.  A failure prints the seed, so that with it as --seed and
 * with --only the same comes first; the question, made as small as it gets;
 * and both answers around the first hit that differs.  A crash prints the
 * seed and the question; with --apart each question is asked in a child, so
 * that one with which an engine crashes is made small too.
 *
 * MORGUE_SHARED names the folder of corpora, BUILD that of the generator,
 * SCRATCH one to write in.  Exit status: 0, 1 where anything differs.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plain.h"

enum {
    FAILURES_MAX = 5,
    STOCK = 700,
    IN_BETWEEN = 60, /* questions about a state of a world */
    AT_END = 400,
    OF_REUTERS = 3000,
    LAW_EVERY = 10
};

static const int crash[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { CRASHES = sizeof crash / sizeof *crash };

struct run {
    double seconds;
    uint64_t seed;
    const char *only, *scratch;
    unsigned files;
    bool apart;
    struct pair pair;
    double part, end; /* seconds of a corpus, and when they are over */
    uint64_t questions;
    unsigned failures;
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- asking ---- */

/* What is being asked, for the handler. */
static const struct question *asking;
static uint64_t asking_seed;

static void
crashed(int number)
{
    struct buf b;

    signal(number, SIG_DFL);
    buf_init(&b, 65536);
    buf_printf(&b, "signal %d, seed %llu: ", number,
               (unsigned long long)asking_seed);
    if (asking)
        question_print(&b, asking);
    complain("%s", buf_view(&b).s);
    raise(number);
}

/* As judge, and a crash is a wrong answer with `apart`. */
static bool
agrees(const struct run *r, const struct plain *p, const struct question *q,
       struct buf *why)
{
    int status = 0;
    pid_t pid;
    bool good;

    if (r->apart) {
        fflush(NULL);
        pid = fork();
        if (pid == 0) {
            for (size_t i = 0; i < CRASHES; i++)
                signal(crash[i], SIG_DFL);
            _exit(judge(p->facts, p, q, NULL) ? 0 : 1);
        }
        if (pid < 0 || waitpid(pid, &status, 0) != pid)
            return complain("cannot fork");
        if (WIFSIGNALED(status) && why)
            buf_printf(why, "signal %d\n", WTERMSIG(status));
        if (!why || WIFSIGNALED(status))
            return status == 0;
    }
    asking = q;
    good = judge(p->facts, p, q, why);
    asking = NULL;
    return good;
}

/* Make a question smaller as long as the answers still differ. */
static void
shrink(const struct run *r, struct question *q, struct arena *arena,
       const struct plain *p)
{
    struct question next;
    bool smaller = true;
    size_t steps = 0;

    while (smaller && steps++ < 200) {
        smaller = false;
        for (size_t i = 0; question_smaller(&next, arena, q, &i); i++)
            if (!agrees(r, p, &next, NULL)) {
                *q = next;
                smaller = true;
                break;
            }
    }
}

static void
report(struct run *r, uint64_t seed, struct question *q, struct arena *arena,
       const struct plain *p)
{
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_printf(&b, "seed %llu, question %llu: ", (unsigned long long)seed,
               (unsigned long long)r->questions);
    question_print(&b, q);
    shrink(r, q, arena, p);
    buf_str(&b, STR("\nsmallest: "));
    question_print(&b, q);
    buf_char(&b, '\n');
    agrees(r, p, q, &b);
    complain("%s", buf_view(&b).s);
    buf_free(&b);
    r->failures++;
}

/* Up to `n` questions about the state that both are in. */
static bool
ask_some(struct run *r, uint64_t seed, struct rng *rng, uint64_t n)
{
    struct facts f;
    struct plain *p = NULL;
    struct arena arena;
    struct question q;
    bool good = facts_read(&f, &r->pair) &&
                facts_articles_agree(&f, rng, 30) && plain_read(&p, &f);

    asking_seed = seed;
    arena_init(&arena, SIZE_MAX / 2);
    for (uint64_t i = 0;
         good && i < n && now() < r->end && r->failures < FAILURES_MAX; i++) {
        arena_reset(&arena);
        good = question_draw(&q, &arena, &f, rng) || complain("out of memory");
        r->questions++;
        if (good && !agrees(r, p, &q, NULL))
            report(r, seed, &q, &arena, p);
        if (good && i % LAW_EVERY == 0 && !laws_hold(p, &f, rng)) {
            complain("seed %llu, question %llu", (unsigned long long)seed,
                     (unsigned long long)r->questions);
            r->failures++;
        }
    }
    arena_free(&arena);
    plain_free(p);
    facts_free(&f);
    return good;
}

/* ---- the corpora ---- */

/* A state of some of the files: the questions have a third of the time at
 * least, however long it takes to build. */
static bool
one_reuters(struct run *r, const char *folder, uint64_t seed)
{
    struct rng rng = {seed};
    unsigned files = 1 + (unsigned)rng_below(&rng, r->files);
    bool good = reuters_build(&r->pair, folder, files, &rng);

    if (r->end < now() + r->part / 3)
        r->end = now() + r->part / 3;
    if (good)
        good = ask_some(r, seed, &rng, OF_REUTERS);
    pair_remove(&r->pair);
    return good;
}

static bool
reuters(struct run *r)
{
    const char *shared = getenv("MORGUE_SHARED");
    double end = r->end;
    uint64_t states = 0;
    char folder[500], file[600];
    bool good = true;

    snprintf(folder, sizeof folder, "%s/reuters-21578",
             shared ? shared : "../shared/corpora");
    snprintf(file, sizeof file, "%s/reut2-000.sgm.gz", folder);
    if (access(file, R_OK) != 0) {
        printf("skip differential: Reuters-21578 - not in %s\n", folder);
        return true;
    }
    while (good && now() < end && r->failures < FAILURES_MAX)
        good = one_reuters(r, folder, r->seed + states++);
    printf("# %llu archives of Reuters\n", (unsigned long long)states);
    return good;
}

static bool
one_world(struct run *r, const struct stock *stock, uint64_t seed)
{
    struct world w;
    struct rng rng = {seed};
    bool good = world_start(&w, stock, seed);

    while (good && w.commits < w.commits_max && now() < r->end) {
        /* Readers are opened anew or refreshed. */
        pair_close(&r->pair, &rng);
        good = world_step(&w, &r->pair) &&
               ask_some(r, seed, &rng,
                        w.commits == w.commits_max ? AT_END : IN_BETWEEN);
    }
    if (!good)
        complain("seed %llu, after update %u of %u", (unsigned long long)seed,
                 w.commits, w.commits_max);
    pair_remove(&r->pair);
    world_free(&w);
    return good;
}

static bool
generated(struct run *r)
{
    const char *build = getenv("BUILD");
    struct stock stock;
    char path[500], dir[400];
    uint64_t worlds = 0;
    bool good;

    snprintf(path, sizeof path, "%s/generate", build ? build : "build");
    snprintf(dir, sizeof dir, "%s/stock", r->scratch);
    good = stock_make(&stock, path, dir, STOCK);
    while (good && now() < r->end && r->failures < FAILURES_MAX)
        good = one_world(r, &stock, r->seed + worlds++);
    stock_free(&stock);
    printf("# %llu generated archives\n", (unsigned long long)worlds);
    return good;
}

/* ---- options ---- */

static bool
read_options(struct run *r, int argc, char **argv)
{
    static char engines[64] = "xapian,segment";
    char *comma;

    for (int i = 1; i < argc; i++) {
        const char *value = strchr(argv[i], '=');

        value = value ? value + 1 : "";
        if (strncmp(argv[i], "--seconds=", 10) == 0)
            r->seconds = strtod(value, NULL);
        else if (strncmp(argv[i], "--seed=", 7) == 0)
            r->seed = strtoull(value, NULL, 10);
        else if (strncmp(argv[i], "--files=", 8) == 0)
            r->files = (unsigned)strtoul(value, NULL, 10);
        else if (strncmp(argv[i], "--only=", 7) == 0)
            r->only = value;
        else if (strcmp(argv[i], "--apart") == 0)
            r->apart = true;
        else if (strncmp(argv[i], "--engines=", 10) == 0)
            snprintf(engines, sizeof engines, "%s", value);
        else
            return complain("differential: cannot read '%s'", argv[i]);
    }
    comma = strchr(engines, ',');
    if (!comma || (*r->only && strcmp(r->only, "reuters") != 0 &&
                   strcmp(r->only, "generated") != 0))
        return complain("differential: cannot read the options");
    *comma = '\0';
    r->pair.engine[0] = engines;
    r->pair.engine[1] = comma + 1;
    return true;
}

/* How many questions there were, and what of, in all corpora. */
static void
print_counts(const char *name, uint64_t questions)
{
    struct judged j = judge_counts();

    printf("# %s: %llu questions; so far %lu with hits; %lu about places, %lu "
           "of them with hits; %lu left out\n",
           name, (unsigned long long)questions, j.with_hits, j.placed,
           j.placed_with_hits, j.left_out);
}

static void
corpus(struct run *r, const char *name, bool (*f)(struct run *), double part)
{
    uint64_t before = r->questions;
    bool good;

    if (*r->only && strcmp(r->only, name) != 0)
        return;
    r->failures = 0;
    r->part = r->seconds * (*r->only ? 1 : part);
    r->end = now() + r->part;
    good = f(r);
    if (!good || r->failures > 0)
        printf("not ok differential: %s, seed %llu\n", name,
               (unsigned long long)r->seed);
    else if (r->questions > before)
        printf("ok differential: %s\n", name);
    print_counts(name, r->questions - before);
    fflush(stdout);
    r->failures += !good;
}

int
main(int argc, char **argv)
{
    const char *tmp = getenv("SCRATCH");
    char dir[300];
    unsigned bad;
    struct run r = {.seconds = 60,
                    .seed = (uint64_t)time(NULL) % 1000000,
                    .only = "",
                    .files = 3};

    if (!read_options(&r, argc, argv))
        return 2;
    for (int i = 0; i < SIDES; i++)
        if (!engine_named(r.pair.engine[i])) {
            printf("skip differential - there is no engine %s\n",
                   r.pair.engine[i]);
            return 0;
        }
    snprintf(dir, sizeof dir, "%s/differential.XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(dir))
        return 1;
    r.scratch = dir;
    for (int i = 0; i < SIDES; i++)
        snprintf(r.pair.dir[i], sizeof r.pair.dir[i], "%s/%d-%s", dir, i,
                 r.pair.engine[i]);
    printf("# differential: %s and %s, seed %llu\n", r.pair.engine[0],
           r.pair.engine[1], (unsigned long long)r.seed);
    fflush(stdout);
    for (size_t i = 0; i < CRASHES; i++)
        signal(crash[i], crashed);
    corpus(&r, "reuters", reuters, 0.5);
    bad = r.failures;
    corpus(&r, "generated", generated, 0.5);
    bad += r.failures;
    rmdir(dir);
    return bad > 0;
}
