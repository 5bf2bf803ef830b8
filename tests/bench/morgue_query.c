/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * morgue_query.c - searching an archive, in the benchmark
 *
 *     morgue_query query ARCHIVE QUERIES.tsv any all phrase
 *
 * and so on as in peer.h; archives are made by the program indexer.  Whichever
 * engine made the archive answers.  morgue_search is timed, without snippets:
 * its hits have their ids and titles.  For the time of searching alone it is
 * asked for the tenth hit only: all ten have to be found for that, and the
 * fields of one are fetched.
 */
#include <stdio.h>
#include <string.h>

#include "../../common/morgue.h"
#include "peer.h"

enum { QUERY_MAX = 4096 };

static bool
counts(enum peer_mode mode)
{
    return mode == PEER_COUNT || mode == PEER_TYPED_COUNT;
}

static bool
options_of(struct morgue_search_options *o, enum peer_mode mode,
           const struct peer_query *q)
{
    o->snippets = false;
    o->match = mode == PEER_ALL ? MORGUE_MATCH_ALL : MORGUE_MATCH_ANY;
    if (mode == PEER_NEWEST)
        o->sort = MORGUE_SORT_NEWEST;
    if (counts(mode)) {
        o->exact_total = true;
        o->limit = 0;
    }
    return mode != PEER_DATE || (morgue_date_parse(q->from_day, &o->from) &&
                                 morgue_date_parse(q->to_day, &o->to));
}

/* The hits of a query; `mode` has been looked at in the options. */
static morgue_hits *
hits_of(morgue *m, enum peer_mode mode, const struct peer_query *q,
        const struct morgue_search_options *o)
{
    struct morgue_error err;
    morgue_hits *hits = NULL;
    char phrase[QUERY_MAX];

    snprintf(phrase, sizeof phrase, "\"%s\"", q->words);
    if (morgue_search(&hits, m, mode == PEER_PHRASE ? phrase : q->words, o,
                      &err))
        peer_die("morgue", err.message);
    return hits;
}

static bool
search(void *engine, enum peer_mode mode, const struct peer_query *q,
       struct peer_result *out)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue_hits *hits;
    bool exact;
    uint64_t total;

    if (!options_of(&o, mode, q))
        return false;
    hits = hits_of(engine, mode, q, &o);
    out->hits = (unsigned)morgue_hits_n(hits);
    total = morgue_hits_total(hits, &exact);
    if (counts(mode))
        out->matches = (int64_t)total;
    if (morgue_hits_get(hits, 0, &hit))
        snprintf(out->first, sizeof out->first, "%s", hit.id.s);
    morgue_hits_free(hits);
    return !counts(mode) || exact;
}

static bool
only_search(void *engine, enum peer_mode mode, const struct peer_query *q,
            struct peer_result *out)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;

    (void)out;
    if (!options_of(&o, mode, q))
        return false;
    if (o.limit > 0) {
        o.offset = o.limit - 1;
        o.limit = 1;
    }
    morgue_hits_free(hits_of(engine, mode, q, &o));
    return true;
}

int
main(int argc, char **argv)
{
    struct morgue_error err;
    morgue *m = NULL;
    int code;

    if (argc < 5 || strcmp(argv[1], "query") != 0)
        peer_die(argv[0], "query ARCHIVE QUERIES.tsv MODE...");
    if (morgue_open(&m, argv[2], &err))
        peer_die("morgue", err.message);
    code = peer_queries(argc, argv, search, only_search, PEER_TYPED_COUNT, m);
    morgue_close(m);
    return code;
}
