/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engines.c - the list of engines
 */
#include "engines.h"

#include <stdio.h>
#include <string.h>

#include "../segment/engine_segment.h"
#include "../xapian/engine_xapian.h"

/* The first one is the default. */
static const struct engine *const engines[] = {&engine_segment,
                                               &engine_xapian};

enum { ENGINES_N = sizeof engines / sizeof *engines };

const struct engine *
engine_at(size_t i)
{
    return i < ENGINES_N ? engines[i] : NULL;
}

const struct engine *
engine_named(const char *name)
{
    if (!name)
        return engines[0];
    for (size_t i = 0; i < ENGINES_N; i++)
        if (strcmp(engines[i]->name, name) == 0)
            return engines[i];
    return NULL;
}

const char *
engine_names(char out[ENGINE_NAMES_MAX])
{
    size_t at = 0;

    out[0] = '\0';
    for (size_t i = 0; i < ENGINES_N && at < ENGINE_NAMES_MAX; i++)
        at += (size_t)snprintf(out + at, ENGINE_NAMES_MAX - at, "%s%s",
                               i > 0 ? ", " : "", engines[i]->name);
    return out;
}

enum morgue_status
engine_wanted(const struct engine **out, const char *name,
              struct morgue_error *err)
{
    char names[ENGINE_NAMES_MAX];

    *out = engine_named(name);
    return *out ? MORGUE_OK
                : error_set(err, MORGUE_USAGE,
                            "there is no engine '%s'; there are %s", name,
                            engine_names(names));
}
