/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.c - all that an archive says of itself, to be compared
 *
 *     state ARCHIVE
 *
 * Prints a line for each article, in the order of ids, with a hash of its
 * content; then, for a few questions, their totals and hits with scores; then
 * the counts.  Two archives with the same articles, whatever their engines'
 * files, print the same.  Exit status: 0, 1 where anything cannot be read or
 * `check` finds something.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../common/article/record.h"
#include "../../searcher/handle.h"

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum morgue_status
line_of(char **out, const struct session *m, uint64_t number,
        struct morgue_error *err)
{
    struct morgue_article a;
    struct arena arena;
    struct hash128 h;
    enum morgue_status st;

    *out = malloc(400);
    if (!*out)
        return MORGUE_NOMEM;
    arena_init(&arena, SIZE_MAX / 2);
    st = engine_article(&a, m->reader, &arena, number, true, err);
    if (!st) {
        h = record_hash(&a);
        snprintf(*out, 400, "%.200s %016llx%016llx", a.id.s,
                 (unsigned long long)h.high, (unsigned long long)h.low);
    }
    arena_free(&arena);
    return st;
}

static enum morgue_status
print_articles(const struct session *m, struct morgue_error *err)
{
    struct query q = {.op = QUERY_EVERY};
    struct engine_params p = {.k1 = 1, .limit = 1000000, .exact_total = true};
    struct engine_hits hits;
    struct arena arena;
    char **line = NULL;
    size_t n = 0;
    enum morgue_status st;

    arena_init(&arena, SIZE_MAX / 2);
    st = engine_search(&hits, m->reader, &arena, &q, &p, err);
    if (!st)
        line = calloc(hits.n + 1, sizeof(char *));
    while (line && !st && n < hits.n) {
        st = line_of(&line[n], m, hits.hit[n].number, err);
        n++;
    }
    if (line && !st) {
        qsort(line, n, sizeof(char *), compare_lines);
        printf("%zu articles\n", n);
        for (size_t i = 0; i < n; i++)
            puts(line[i]);
    }
    for (size_t i = 0; i < n; i++)
        free(line[i]);
    free(line);
    arena_free(&arena);
    return st;
}

static enum morgue_status
print_hits(morgue *m, const char *query, struct morgue_error *err)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue_hits *hits = NULL;
    enum morgue_status st;

    o.limit = 1000;
    o.exact_total = true;
    st = morgue_search(&hits, m, query, &o, err);
    if (!st)
        printf("%s: %llu\n", query,
               (unsigned long long)morgue_hits_total(hits, NULL));
    for (size_t i = 0; !st && morgue_hits_get(hits, i, &hit); i++)
        printf("  %s %.9g\n", hit.id.s, hit.score);
    morgue_hits_free(hits);
    return st;
}

int
main(int argc, char **argv)
{
    static const char *const queries[] = {
        "coffee",          "quota",        "\"export quotas\"",
        "herring -coffee", "title:coffee", "lang:en"};
    struct morgue_stats stats = MORGUE_STATS_INIT;
    struct morgue_error err = {.message = ""};
    morgue *m = NULL;
    struct session *s = NULL;
    enum morgue_status st;

    if (argc != 2)
        return 2;
    st = morgue_check(argv[1], NULL, NULL, &err);
    if (!st)
        st = morgue_open(&m, argv[1], &err);
    if (!st)
        st = session_begin(&s, m, 0, &err);
    if (!st)
        st = print_articles(s, &err);
    if (m)
        session_end(m, s);
    for (size_t i = 0; i < sizeof queries / sizeof *queries && !st; i++)
        st = print_hits(m, queries[i], &err);
    if (!st)
        st = morgue_stat(m, &stats, &err);
    if (!st)
        printf("%llu articles, %llu terms, mean length %.9g\n",
               (unsigned long long)stats.articles,
               (unsigned long long)stats.terms, stats.mean_length);
    morgue_close(m);
    if (st)
        fprintf(stderr, "state: %s\n", err.message);
    return st ? 1 : 0;
}
