/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * joint_walk.c - the dictionaries of all segments, walked together
 */
#include "joint_walk.h"

#include <stdlib.h>

enum morgue_status
joint_walk_open(struct joint_walk *j, const struct snapshot *s,
                struct morgue_str from, struct morgue_error *err)
{
    *j =
        (struct joint_walk){.walk = calloc(s->n + (size_t)1, sizeof *j->walk),
                            .at = calloc(s->n + (size_t)1, sizeof *j->at),
                            .more = calloc(s->n + (size_t)1, sizeof *j->more)};
    if (!j->walk || !j->at || !j->more)
        return error_nomem(err);
    j->n = s->n;
    for (uint32_t i = 0; i < j->n; i++) {
        term_walk_start(j->walk + i, s->segment[i], from);
        j->more[i] = term_walk_next(j->walk + i);
    }
    return MORGUE_OK;
}

void
joint_walk_close(struct joint_walk *j)
{
    free(j->walk);
    free(j->at);
    free(j->more);
}

bool
joint_walk_next(struct joint_walk *j, struct morgue_str *out)
{
    const struct term_walk *first = NULL;

    for (uint32_t i = 0; i < j->n; i++)
        if (j->at[i])
            j->more[i] = term_walk_next(j->walk + i);
    for (uint32_t i = 0; i < j->n; i++)
        if (j->more[i] &&
            (!first || term_walk_compare(j->walk + i, first) < 0))
            first = j->walk + i;
    for (uint32_t i = 0; i < j->n; i++)
        j->at[i] =
            j->more[i] && first && term_walk_compare(j->walk + i, first) == 0;
    if (first)
        *out = str_slice(first->term, first->len);
    return first != NULL;
}
