/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_query.h - query trees as libxapian's
 */
#ifndef MORGUE_XAPIAN_ENGINE_XAPIAN_QUERY_H
#define MORGUE_XAPIAN_ENGINE_XAPIAN_QUERY_H

#include "../engine/bm25.h"
#include "../engine/query.h"
#include "engine_xapian.h"

/* Documents with a number each, which nodes count. */
struct counted {
    struct counted *next; /* made before */
    struct xe_query *query;
    uint32_t *number; /* by id; 0: no document of them */
    uint32_t least;   /* those with less do not match */
    uint32_t n;       /* how many do */
    double weight; /* of WORDS, the most of `score`; 0: they weigh nothing */
    double *score; /* by id; NULL: by the number */
};

/* A tree looked up in a database. */
struct xe_query {
    xc_query *q;
    xc_db *db;
    uint32_t docs, last_id;
    struct weighing weighing;
    struct arena arena; /* of what its sources need */
    struct counted *counted;
    bool weighted; /* what is being made adds to scores */
    struct stop *stop;
    unsigned work; /* since the last look at it, in postings */
};

/* Make a query of the tree, `scored` if weights are wanted.  Give back with
 * xe_query_free, after what it was searched by, whatever the status:
 * XC_STOPPED where it is to end early. */
enum xc_status xe_query_make(struct xe_query *out, xc_db *db,
                             const struct query *tree,
                             const struct engine_params *params, bool scored,
                             struct stop *stop, struct xc_error *xerr);
void xe_query_free(struct xe_query *q);

/* Leave out documents with ids up to `id`. */
enum xc_status xe_query_skip(struct xe_query *q, uint32_t id,
                             struct xc_error *xerr);

/* Whether the best of the tree cannot be found without looking at all. */
bool xe_query_needs_all(const struct query *tree);

/* Have documents weighed as all engines do. */
enum xc_status xe_weigh(xc_enquire *e, double k1, double b,
                        struct xc_error *xerr);

/* ---- engine_xapian_source.c: documents of our own making ---- */

/* Work of so many postings was done: XC_STOPPED where no more is wanted. */
enum xc_status xe_query_worked(struct xe_query *q, unsigned postings);

/* Make room for numbers of documents; lives as long as the query. */
enum xc_status xe_counted_new(struct counted **out, struct xe_query *q,
                              struct xc_error *xerr);

/* Those that have as much as they need: their numbers are as they stay. */
enum xc_status xe_query_counted(xc_query **out, struct counted *c,
                                struct xc_error *xerr);

/* Those that have a place of the node, of documents that have its words. */
enum xc_status xe_query_placed(xc_query **out, struct xe_query *q,
                               const struct query *node,
                               struct xc_error *xerr);

/* Those with something in all of the fields (record_fields). */
enum xc_status xe_query_fields(xc_query **out, struct xe_query *q,
                               uint32_t fields, struct xc_error *xerr);

/* Those with ids above `id`. */
enum xc_status xe_query_above(xc_query **out, struct xe_query *q, uint32_t id,
                              struct xc_error *xerr);

#endif
