/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * morgue_collect.c - what is made of all articles that match, in the benchmark
 *
 *     morgue_collect ARCHIVE QUERY PASSES
 *
 * Prints how many articles match, and of each row the best of PASSES, in
 * milliseconds, from the query as a string to rows in memory; the ten hits
 * that come with them are fetched as well.
 *
 *     matches N
 *     count MS        how many there are, exactly
 *     values MS       articles of each source
 *     months MS       articles of each month
 *     both MS         the two, in one pass
 *     groups MS       the newest three of each source
 *     walk MS         a cursor over all of them by arrival, articles unread
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../common/morgue.h"
#include "peer.h"

enum what { COUNT, VALUES, MONTHS, BOTH, GROUPS, WALK, WHATS };

static const char *const name[WHATS] = {"count", "values", "months",
                                        "both",  "groups", "walk"};

static uint64_t matches;

static void
walk(morgue *m, const char *query)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_error err;
    morgue_cursor *c = NULL;
    bool more = true;

    o.sort = MORGUE_SORT_ARRIVAL;
    if (morgue_cursor_open(&c, m, query, &o, &err))
        peer_die("morgue", err.message);
    while (more)
        if (morgue_cursor_next(c, NULL, NULL, &more, &err))
            peer_die("morgue", err.message);
    morgue_cursor_close(c);
}

static void
collect(morgue *m, const char *query, enum what what)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_collect c[2] = {MORGUE_COLLECT_INIT, MORGUE_COLLECT_INIT};
    struct morgue_error err;
    morgue_hits *hits = NULL;

    c[0].field = "source";
    c[1].kind = MORGUE_COLLECT_PERIODS;
    c[1].unit = MORGUE_UNIT_MONTH;
    o.collect = what == MONTHS ? &c[1] : c;
    o.collect_n = what == COUNT ? 0 : what == BOTH ? 2 : 1;
    if (what == GROUPS) {
        c[0].kind = MORGUE_COLLECT_GROUPS;
        c[0].each = 3;
        o.sort = MORGUE_SORT_NEWEST;
    }
    o.snippets = false;
    o.exact_total = true;
    if (morgue_search(&hits, m, query, &o, &err))
        peer_die("morgue", err.message);
    matches = morgue_hits_total(hits, NULL);
    morgue_hits_free(hits);
}

int
main(int argc, char **argv)
{
    struct morgue_error err;
    morgue *m = NULL;

    if (argc != 4)
        peer_die(argv[0], "ARCHIVE QUERY PASSES");
    if (morgue_open(&m, argv[1], &err))
        peer_die("morgue", err.message);
    collect(m, argv[2], COUNT);
    printf("matches %" PRIu64 "\n", matches);
    for (enum what what = COUNT; what < WHATS; what++) {
        uint64_t best = UINT64_MAX;

        for (long i = strtol(argv[3], NULL, 10); i > 0; i--) {
            uint64_t from = peer_now(), took;

            if (what == WALK)
                walk(m, argv[2]);
            else
                collect(m, argv[2], what);
            took = peer_now() - from;
            best = took < best ? took : best;
        }
        printf("%s %.3f\n", name[what], (double)best / 1e6);
    }
    morgue_close(m);
    return 0;
}
