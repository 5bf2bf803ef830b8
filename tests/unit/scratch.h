/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scratch.h - a folder for what a test writes, and cases that run on an engine
 *
 * The folder is made in $SCRATCH, where tests/run sets it, or in /tmp.
 */
#ifndef MORGUE_TEST_SCRATCH_H
#define MORGUE_TEST_SCRATCH_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "../test.h"

/* Make a folder of a new name that begins with the one given. */
static inline bool
scratch_make(char *dir, size_t size, const char *name)
{
    const char *tmp = getenv("SCRATCH");
    int n = snprintf(dir, size, "%s/%s.XXXXXX", tmp ? tmp : "/tmp", name);

    return n > 0 && (size_t)n < size && mkdtemp(dir) != NULL;
}

/* Remove it, with all that is in it. */
static inline bool
scratch_drop(const char *dir)
{
    char command[300];
    int n = snprintf(command, sizeof command, "rm -rf '%s'", dir);

    return n > 0 && (size_t)n < sizeof command && system(command) == 0;
}

/* Run a case under the name `CASE: ENGINE`. */
#define RUN_ON(engine, f) scratch_run_on(#f, engine, f)

static inline void
scratch_run_on(const char *name, const char *engine, void (*f)(void))
{
    char label[120];

    snprintf(label, sizeof label, "%s: %s", name, engine);
    test_run(label, f);
}

#endif
