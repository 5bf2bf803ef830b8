/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cut_off.c - what a program does when files of an archive go under its hands
 */
#include "cut_off.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static int exit_with;

static void
put(const char *s)
{
    /* nothing can be done where it fails */
    if (write(STDERR_FILENO, s, strlen(s)) < 0)
        return;
}

/* Only what a signal handler may call. */
static void
end_program(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (info->si_code <= 0) { /* sent by a process: as without a handler */
        signal(number, SIG_DFL);
        raise(number);
        return;
    }
    put(say_name());
    put(": a file of the archive was cut off while it was read, or the disk "
        "fails; `");
    put(say_indexer());
    put(" check` tells what is damaged\n");
    _exit(exit_with);
}

void
cut_off_ends(int code)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO};

    exit_with = code;
    action.sa_sigaction = end_program;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}
