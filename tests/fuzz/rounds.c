/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rounds.c - a fuzzer's target, tried at random for some time
 *
 *     rounds [--seconds=N] [--seed=N] [--round=N]
 *
 * For where there is no libFuzzer.  Each round's input is made by bytes.c or
 * pieces.c from the seed and its number, so --round tries one again.  The
 * rounds are tried by a child, so that one that crashes, or takes longer than
 * HANG seconds, is told by its number; a new child goes on behind it.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"

enum { HANG = 60, FAILURES_MAX = 20 };

struct progress {
    uint64_t round; /* the one that is tried */
};

static double
seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
try_round(uint64_t seed, uint64_t round)
{
    alarm(HANG);
    fuzz_round(seed, round);
}

/* Rounds from `first` on until the time is over, in a child; its status. */
static int
run_child(struct progress *p, uint64_t seed, uint64_t first, double until)
{
    int status = -1;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        for (p->round = first; seconds_now() < until; p->round++)
            try_round(seed, p->round);
        exit(0); /* where leaks are looked for */
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        perror("rounds");
    return status;
}

static int
run_all(uint64_t seed, double seconds)
{
    double until = seconds_now() + seconds;
    int failures = 0, status;
    struct progress *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED)
        return 1;
    for (uint64_t first = 0; failures < FAILURES_MAX; first = p->round + 1) {
        status = run_child(p, seed, first, until);
        if (status == 0 || status == -1)
            break;
        failures++;
        fprintf(stderr, "seed %llu, round %llu ends with %s %d%s\n",
                (unsigned long long)seed, (unsigned long long)p->round,
                WIFSIGNALED(status) ? "signal" : "status",
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM
                    ? ", for it takes too long"
                    : "");
    }
    printf("# seed %llu, %llu rounds, %d failures\n", (unsigned long long)seed,
           (unsigned long long)p->round, failures);
    return failures > 0 || status != 0;
}

int
main(int argc, char **argv)
{
    uint64_t seed = (uint64_t)time(NULL) % 1000000;
    const char *one = NULL;
    double seconds = 15;
    char text[24];

    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--seconds=", 10) == 0)
            seconds = strtod(argv[i] + 10, NULL);
        else if (strncmp(argv[i], "--seed=", 7) == 0)
            seed = strtoull(argv[i] + 7, NULL, 10);
        else if (strncmp(argv[i], "--round=", 8) == 0)
            one = argv[i] + 8;
        else
            return 2;
    }
    snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    setenv("SEED", text, 1);
    LLVMFuzzerInitialize(&argc, &argv);
    if (!one)
        return run_all(seed, seconds);
    try_round(seed, strtoull(one, NULL, 10));
    return 0;
}
