/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_collect.h - what collectors keep of the documents that match
 *
 * A collector is told of each (gatherer_take), in ascending order of ids, and
 * at the end what it kept is put in order (gatherer_end).
 */
#ifndef MORGUE_XAPIAN_ENGINE_XAPIAN_COLLECT_H
#define MORGUE_XAPIAN_ENGINE_XAPIAN_COLLECT_H

#include "engine_xapian.h"

/* A document with what it is ordered by: in this order, what an order does not
 * go by is 0. */
struct ranked {
    double by_score;      /* descending */
    struct morgue_str id; /* ascending */
    uint64_t key;         /* descending */
    uint32_t number;      /* ascending */
    uint32_t room_len;    /* of what a heap keeps the id in */
    char *room;
    double score;
};

/* The first `limit` documents: a heap with the last of them at its root. */
struct gathered_hit {
    enum morgue_sort sort;
    size_t limit, n, cap;
    struct ranked *v;
    const struct ranked *after; /* only what comes behind it; NULL: all */
};

/* A value, and the documents that have it. */
struct valued {
    struct morgue_str value;
    uint64_t hash, documents;
    struct gathered_hit top; /* GROUPS */
};

/* Values by their hashes. */
struct gathered_values {
    struct valued *v;
    size_t n, cap;
    uint32_t *cell; /* numbers from 1; 0: free */
    size_t cells;
};

/* A collector at work. */
struct gatherer {
    struct collector *c;
    struct arena *arena;     /* of the bytes that it keeps */
    struct gathered_hit top; /* FIRST */
    struct ranked after;
    struct gathered_values table; /* VALUES: of whole fields; GROUPS */
    struct buf lent; /* GROUPS: the values of the document at hand */
    uint64_t *day;   /* PERIODS: from day_min to day_max */
    uint64_t matches;
};

/* Begin.  The arena is that of what is kept, not of the answer.  Give back
 * with gatherer_free, whatever the status. */
enum xc_status gatherer_begin(struct gatherer *g, struct collector *c,
                              struct arena *arena, xc_db *db,
                              struct xc_error *xerr);
void gatherer_free(struct gatherer *g);

/* A document that matches. */
enum xc_status gatherer_take(struct gatherer *g, uint32_t id, double score,
                             xc_doc *doc, struct xc_error *xerr);

/* Answer, in the arena of answers: false when out of memory. */
bool gatherer_end(struct gatherer *g, struct arena *answer);

#endif
