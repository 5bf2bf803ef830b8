/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * evaluate.c - the quality of a ranking, by judged queries
 *
 *     evaluate QRELS RUN
 *
 * QRELS has lines `qid 0 docno gain`, RUN has TREC lines `qid Q0 docno rank
 * score tag`, in order of rank.  Prints the mean average precision, the mean
 * precision at 10, and the number of queries, over all queries that have a
 * document with gain above 0; a query without hits counts as 0.
 *
 * Average precision (Buckley and Voorhees): the mean, over the relevant
 * documents, of the precision at the rank of each; 0 for those not found.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 64 };

struct judgment {
    char query[NAME], doc[NAME];
};

struct judgments {
    struct judgment *item;
    size_t n, cap;
};

/* One query's counts. */
struct score {
    size_t relevant, ranked, found, found_10;
    double sum;
};

static int
by_name(const void *a, const void *b)
{
    const struct judgment *x = a, *y = b;
    int c = strcmp(x->query, y->query);

    return c ? c : strcmp(x->doc, y->doc);
}

static int
add(struct judgments *j, const char *query, const char *doc)
{
    if (j->n == j->cap) {
        size_t cap = j->cap ? j->cap * 2 : 1024;
        struct judgment *item = realloc(j->item, cap * sizeof *item);

        if (!item)
            return 0;
        j->item = item;
        j->cap = cap;
    }
    snprintf(j->item[j->n].query, NAME, "%s", query);
    snprintf(j->item[j->n++].doc, NAME, "%s", doc);
    return 1;
}

static int
read_qrels(struct judgments *j, FILE *f)
{
    char query[NAME], doc[NAME];
    double gain;

    while (fscanf(f, "%63s %*s %63s %lf", query, doc, &gain) == 3)
        if (gain > 0 && !add(j, query, doc))
            return 0;
    if (j->n > 0)
        qsort(j->item, j->n, sizeof *j->item, by_name);
    return j->n > 0;
}

/* The number of the query among those judged, or -1. */
static long
query_number(const struct judgments *j, const char *query)
{
    long number = -1;

    for (size_t i = 0; i < j->n; i++) {
        if (i == 0 || strcmp(j->item[i].query, j->item[i - 1].query) != 0)
            number++;
        if (strcmp(j->item[i].query, query) == 0)
            return number;
    }
    return -1;
}

static void
read_run(const struct judgments *j, struct score *score, FILE *f)
{
    struct judgment key;
    char last[NAME] = "";
    long q = -1;

    while (fscanf(f, "%63s %*s %63s %*s %*s %*s", key.query, key.doc) == 2) {
        if (strcmp(last, key.query) != 0)
            q = query_number(j, key.query);
        snprintf(last, sizeof last, "%s", key.query);
        if (q < 0)
            continue;
        score[q].ranked++;
        if (!bsearch(&key, j->item, j->n, sizeof key, by_name))
            continue;
        score[q].found++;
        score[q].found_10 += score[q].ranked <= 10;
        score[q].sum += (double)score[q].found / (double)score[q].ranked;
    }
}

int
main(int argc, char **argv)
{
    struct judgments j = {0};
    struct score *score;
    FILE *qrels = argc == 3 ? fopen(argv[1], "r") : NULL;
    FILE *run = argc == 3 ? fopen(argv[2], "r") : NULL;
    size_t queries = 0;
    double map = 0, p10 = 0;

    if (!qrels || !run || !read_qrels(&j, qrels)) {
        fputs("usage: evaluate QRELS RUN\n", stderr);
        return 2;
    }
    score = calloc(j.n, sizeof *score);
    if (!score)
        return 2;
    for (size_t i = 0; i < j.n; i++) {
        queries += i == 0 || strcmp(j.item[i].query, j.item[i - 1].query) != 0;
        score[queries - 1].relevant++;
    }
    read_run(&j, score, run);
    for (size_t q = 0; q < queries; q++) {
        map += score[q].sum / (double)score[q].relevant;
        p10 += (double)score[q].found_10 / 10;
    }
    printf("MAP %.4f P@10 %.4f queries %zu\n", map / (double)queries,
           p10 / (double)queries, queries);
    fclose(qrels);
    fclose(run);
    free(score);
    free(j.item);
    return 0;
}
