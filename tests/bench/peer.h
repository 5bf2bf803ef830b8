/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * peer.h - what the programs of the benchmark have in common
 *
 * Each peer is one program, run in the same ways:
 *
 *     PEER parse FILE.jsonl             only read the articles
 *     PEER index INDEX FILE.jsonl       make INDEX, which must not be there
 *     PEER update INDEX FILE.jsonl      add articles to it
 *     PEER query INDEX QUERIES.tsv [OPTION...] MODE...
 *
 * The first three print a line when something is reached,
 *
 *     stage NAME ARTICLES TEXT_BYTES INDEX_BYTES
 *
 * at once, so that who reads the line can look at the clock.  TEXT_BYTES is
 * the length of all titles and bodies.
 *
 * QUERIES.tsv has lines `KIND TAB ID TAB WORDS TAB FROM TAB TO`, those of a
 * kind in a row.  KIND is `words` or `phrase`, FROM and TO are days,
 * YYYY-MM-DD; or it is one of operators.py's, WORDS is a query as typed, FROM
 * and TO are empty, and one more field has the query as Operators.java reads
 * it.  A MODE is
 *
 *     any     ten best that have some of the words
 *     all     ten best that have all of them
 *     phrase  ten best that have them in a row (KIND phrase; the others words)
 *     date    any, from FROM to TO
 *     newest  any, ten newest
 *     count   any, how many there are, exactly, and no hits
 *     KIND    ten best of the queries of this kind with operators
 *     KIND-count  how many there are of these, exactly, and no hits
 *
 * Options are --warm=N, --passes=N, --budget=S and --first=N.  All queries, or
 * the FIRST of each kind, are run WARM times untimed, then PASSES times; what
 * is left of both is left out once a mode has taken BUDGET seconds, but one
 * timed pass is always whole.  Of the passes the best counts, each query by
 * itself.  A time is from the query as a string to ten ids and titles in
 * memory; the second one, to the ten numbers of articles, before their ids and
 * titles are fetched (where it is all one step, it is the same, or the best of
 * PASSES more that only search).  For each query a line
 *
 *     MODE TAB ID TAB NS TAB SEARCH_NS TAB HITS TAB MATCHES TAB FIRST_ID
 *
 * MATCHES is -1 where it is not known.
 */
#ifndef MORGUE_TESTS_BENCH_PEER_H
#define MORGUE_TESTS_BENCH_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- articles ----------------------------------------------------------- */

/* Strings are lent until the next article is read, and never NULL. */
struct peer_article {
    const char *id, *title, *body;
    bool dated;
    int64_t date; /* seconds from 1970 */
};

struct peer_reader;

/* Exits where the file cannot be opened. */
struct peer_reader *peer_open(const char *path);
bool peer_next(struct peer_reader *r, struct peer_article *out);
void peer_close(struct peer_reader *r);

/* Say that a stage of indexing is reached. */
void peer_stage(struct peer_reader *r, const char *name, uint64_t index_bytes);

/* Bytes of all files in a folder, or of one file. */
uint64_t peer_disk_bytes(const char *path);

/* Read all articles, print the stage "parsed". */
void peer_parse(const char *path);

/* Seconds from 1970 of an ISO 8601 date; false where it is none. */
bool peer_date(int64_t *out, const char *s);

/* ---- queries ------------------------------------------------------------ */

enum peer_mode {
    PEER_ANY,
    PEER_ALL,
    PEER_PHRASE,
    PEER_DATE,
    PEER_NEWEST,
    PEER_COUNT,
    PEER_TYPED, /* the query as a person types it: morgue alone */
    PEER_TYPED_COUNT
};

struct peer_query {
    const char *id, *words;
    const char *from_day, *to_day; /* empty where it has none */
    int64_t from, to;              /* seconds, both inside */
};

struct peer_result {
    uint64_t search_ns; /* 0: the same as the whole */
    unsigned hits;
    int64_t matches;
    char first[64];
};

/* Answer one query; false ends the program. */
typedef bool (*peer_search)(void *engine, enum peer_mode mode,
                            const struct peer_query *q,
                            struct peer_result *out);

/* Run what argv[3...] of `query` asks for, with `only` (or NULL) for passes
 * that only search; both are called with the modes up to `last`.  The exit
 * status. */
int peer_queries(int argc, char **argv, peer_search search, peer_search only,
                 enum peer_mode last, void *engine);

uint64_t peer_now(void); /* nanoseconds */

/* Print why and exit. */
void peer_die(const char *what, const char *why) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif

#endif
