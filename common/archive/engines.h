/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engines.h - the list of engines
 */
#ifndef MORGUE_ARCHIVE_ENGINES_H
#define MORGUE_ARCHIVE_ENGINES_H

#include "../engine/engine.h"

/** The `i`th engine, from 0, the default first; NULL behind the last.
 *  Static. */
const struct engine *engine_at(size_t i);

/** The engine of that name, or NULL; NULL names the default.  Static. */
const struct engine *engine_named(const char *name);

/** The same; MORGUE_USAGE where there is none, which names those there are. */
enum morgue_status engine_wanted(const struct engine **out, const char *name,
                                 struct morgue_error *err);

enum { ENGINE_NAMES_MAX = 120 };

/** Write the names of all engines into out, ", " between them, and return
 *  it. */
const char *engine_names(char out[ENGINE_NAMES_MAX]);

#endif
