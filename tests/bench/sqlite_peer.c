/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sqlite_peer.c - SQLite FTS5 in the benchmark
 *
 *     cc -O2 -o sqlite_peer sqlite_peer.c peer.c articles.c -lsqlite3 -lcjson
 *     sqlite_peer index news.db news.jsonl
 *     sqlite_peer query news.db queries.tsv any all phrase
 *
 * and so on as in peer.h.  INDEX is one file.  The text is kept in the FTS5
 * table itself; dates are in a table beside it, with an index.
 *
 * The settings are the fastest that were found, and not safe ones: no journal,
 * no syncing, one transaction, one prepared statement, pages of 8 KB and 256
 * MB of them in memory, 256 MB for new postings (as Lucene has), and no
 * merging on the way.  Larger pages, and leaves of the index, are no faster.
 * The stage "committed" is before FTS5's "optimize", "merged" behind it.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

enum { MATCH_MAX = 4096 };

struct db {
    sqlite3 *sql;
    sqlite3_stmt *search[PEER_COUNT + 1];
};

static void
fail(struct db *db)
{
    peer_die("sqlite", sqlite3_errmsg(db->sql));
}

static void
run(struct db *db, const char *sql)
{
    if (sqlite3_exec(db->sql, sql, NULL, NULL, NULL))
        fail(db);
}

static sqlite3_stmt *
prepare(struct db *db, const char *sql)
{
    sqlite3_stmt *s = NULL;

    if (sqlite3_prepare_v3(db->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, &s,
                           NULL))
        fail(db);
    return s;
}

static void
db_open(struct db *db, const char *path)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open(path, &db->sql))
        fail(db);
    run(db, "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF;"
            "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
            "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -262144;"
            "PRAGMA mmap_size = 8589934592;");
}

/* ---- indexing ----------------------------------------------------------- */

static const char schema[] =
    "CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED, title, body,"
    " tokenize = 'porter unicode61');"
    "CREATE TABLE dates(n INTEGER PRIMARY KEY, date INTEGER);";

static const char tuning[] =
    "INSERT INTO news(news, rank) VALUES('hashsize', 268435456);"
    "INSERT INTO news(news, rank) VALUES('pgsz', 4050);"
    "INSERT INTO news(news, rank) VALUES('automerge', 0);"
    "INSERT INTO news(news, rank) VALUES('crisismerge', 1000);";

static void
add(struct db *db, sqlite3_stmt *text, sqlite3_stmt *date,
    const struct peer_article *a)
{
    sqlite3_bind_text(text, 1, a->id, -1, SQLITE_STATIC);
    sqlite3_bind_text(text, 2, a->title, -1, SQLITE_STATIC);
    sqlite3_bind_text(text, 3, a->body, -1, SQLITE_STATIC);
    if (sqlite3_step(text) != SQLITE_DONE)
        fail(db);
    sqlite3_reset(text);
    sqlite3_bind_int64(date, 1, sqlite3_last_insert_rowid(db->sql));
    if (a->dated)
        sqlite3_bind_int64(date, 2, a->date);
    else
        sqlite3_bind_null(date, 2);
    if (sqlite3_step(date) != SQLITE_DONE)
        fail(db);
    sqlite3_reset(date);
}

/* Bytes in use; free pages could be given back. */
static uint64_t
used_bytes(struct db *db)
{
    sqlite3_stmt *s =
        prepare(db, "SELECT (page_count - freelist_count) * page_size"
                    " FROM pragma_page_count, pragma_freelist_count,"
                    " pragma_page_size");
    uint64_t n;

    sqlite3_step(s);
    n = (uint64_t)sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static void
index_file(struct db *db, const char *path, bool fresh)
{
    struct peer_reader *r = peer_open(path);
    struct peer_article a;
    sqlite3_stmt *text, *date;

    if (fresh)
        run(db, schema);
    run(db, tuning);
    run(db, "BEGIN");
    text = prepare(db, "INSERT INTO news(id, title, body) VALUES(?, ?, ?)");
    date = prepare(db, "INSERT INTO dates VALUES(?, ?)");
    while (peer_next(r, &a))
        add(db, text, date, &a);
    if (fresh)
        run(db, "CREATE INDEX by_date ON dates(date)");
    run(db, "COMMIT");
    sqlite3_finalize(text);
    sqlite3_finalize(date);
    peer_stage(r, "committed", used_bytes(db));
    if (fresh) {
        run(db, "INSERT INTO news(news) VALUES('optimize')");
        peer_stage(r, "merged", used_bytes(db));
    }
    peer_close(r);
}

/* ---- searching ---------------------------------------------------------- */

/* Ten articles.  SQLite sorts by bm25(), twice as fast as FTS5 does by its
 * `rank`; titles are fetched behind that, not those of all that match; and
 * where dates are asked for, bm25() is called for those in range alone. */
#define TEN(from, order)                                                      \
    "SELECT shown.id, shown.title FROM (SELECT news.rowid AS found FROM "     \
    "news " from " ORDER BY " order                                           \
    " LIMIT 10) CROSS JOIN news AS shown ON shown.rowid = found"
#define MATCH "WHERE news MATCH ?1"
#define DATES "CROSS JOIN dates ON n = news.rowid "

static const char *const search_sql[] = {
    [PEER_ANY] = TEN(MATCH, "bm25(news)"),
    [PEER_ALL] = TEN(MATCH, "bm25(news)"),
    [PEER_PHRASE] = TEN(MATCH, "bm25(news)"),
    [PEER_DATE] = TEN(DATES MATCH " AND date BETWEEN ?2 AND ?3", "bm25(news)"),
    [PEER_NEWEST] = TEN(DATES MATCH, "date DESC"),
    [PEER_COUNT] = "SELECT count(*) FROM news WHERE news MATCH ?1",
};

/* The words as an expression of FTS5; each is in quotes, so that none is an
 * operator. */
static void
match_of(char out[MATCH_MAX], enum peer_mode mode, const char *words)
{
    const char *between = mode == PEER_PHRASE ? " "
                          : mode == PEER_ALL  ? "\" \""
                                              : "\" OR \"";
    size_t n = 0;

    out[n++] = '"';
    for (; *words && n + 16 < MATCH_MAX; words++) {
        if (*words == ' ') {
            memcpy(out + n, between, strlen(between));
            n += strlen(between);
        } else {
            out[n++] = *words;
        }
    }
    out[n++] = '"';
    out[n] = '\0';
}

static bool
search(void *engine, enum peer_mode mode, const struct peer_query *q,
       struct peer_result *out)
{
    struct db *db = engine;
    sqlite3_stmt *s = db->search[mode];
    char match[MATCH_MAX], title[1024];
    int code;

    match_of(match, mode, q->words);
    sqlite3_bind_text(s, 1, match, -1, SQLITE_STATIC);
    if (mode == PEER_DATE) {
        sqlite3_bind_int64(s, 2, q->from);
        sqlite3_bind_int64(s, 3, q->to);
    }
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        if (mode == PEER_COUNT) {
            out->matches = sqlite3_column_int64(s, 0);
            continue;
        }
        if (out->hits++ == 0)
            snprintf(out->first, sizeof out->first, "%s",
                     (const char *)sqlite3_column_text(s, 0));
        snprintf(title, sizeof title, "%s",
                 (const char *)sqlite3_column_text(s, 1));
    }
    if (code != SQLITE_DONE)
        fail(db);
    sqlite3_reset(s);
    return true;
}

int
main(int argc, char **argv)
{
    struct db db = {0};

    if (argc == 3 && strcmp(argv[1], "parse") == 0) {
        peer_parse(argv[2]);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "version") == 0) {
        printf("SQLite %s FTS5\n", sqlite3_libversion());
        return 0;
    }
    if (argc < 4)
        peer_die(argv[0], "index|update|query INDEX FILE");
    db_open(&db, argv[2]);
    if (strcmp(argv[1], "query") != 0) {
        index_file(&db, argv[3], strcmp(argv[1], "index") == 0);
        sqlite3_close(db.sql);
        return 0;
    }
    for (int i = 0; i <= PEER_COUNT; i++)
        db.search[i] = prepare(&db, search_sql[i]);
    return peer_queries(argc, argv, search, NULL, PEER_COUNT, &db);
}
