/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collision.h - whether an article replaces another that merely has its id
 *
 * A new state of an article has something in common with the old one.  Where
 * nothing is, in their titles or in their sources, two articles bring the same
 * id: "12" of two papers, or a file that is written over each day.  It cannot
 * be sure, so it is told and nothing else.
 */
#ifndef MORGUE_INDEXER_COLLISION_H
#define MORGUE_INDEXER_COLLISION_H

#include "../common/text/token.h"

/* What tells an article from others of its id. */
struct identity {
    struct morgue_str title, source;
    uint64_t url; /* a hash; 0: none */
};

struct identity identity_of(const struct morgue_article *a);

/** Whether two articles of one id have no word in common in their titles, or
 *  none in their sources, where both have one.  Stop words of any language do
 *  not count, unless there are no others.  Those of one address are two states
 *  of it, whatever they say. */
bool collision(struct tokenizer *t, const struct identity *a,
               const struct identity *b);

/** The reason of the event, at most 500 bytes. */
enum { COLLISION_REASON_MAX = 500 };
void collision_reason(char out[COLLISION_REASON_MAX],
                      const struct identity *now, const struct identity *was);

#endif
