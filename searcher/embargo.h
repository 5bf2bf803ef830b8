/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * embargo.h - articles are not shown before their time
 */
#ifndef MORGUE_SEARCHER_EMBARGO_H
#define MORGUE_SEARCHER_EMBARGO_H

#include "../common/engine/engine.h"

/* The embargoes of an archive that end after it was looked at. */
struct embargoes {
    struct arena arena;
    struct embargo *last; /* a list, latest first */
};

void embargoes_init(struct embargoes *e);
void embargoes_free(struct embargoes *e);

/** Read those of the state that `reader` sees. */
enum morgue_status embargoes_read(struct embargoes *e,
                                  struct engine_reader *reader,
                                  struct morgue_error *err);

/** The query without articles that are under embargo now, in the arena; the
 *  query itself where there are none.  NULL when out of memory. */
struct query *embargoes_filter(struct arena *arena, struct query *q,
                               const struct embargoes *e);

/** Whether an article may not be shown yet. */
bool embargo_holds(const struct morgue_article *a);

#endif
