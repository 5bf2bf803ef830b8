/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * morgue_expand.c - how long it takes to find the words that a pattern has
 *
 *     morgue_expand ARCHIVE [WORDS [KIND]]
 *
 * Draws WORDS (200) words of 5 letters or more from the dictionary of an
 * archive, of either engine, the frequent ones no oftener than others, and
 * makes a pattern of each kind from each: of `minister`
 *
 *     prefix  minis*     suffix  *ster     inner  *inist*     middle  min*er
 *     one     mi?ister   first   ?inister  edit1  minister~1  edit2 minister~2
 *
 * For each kind, the median and the 95th part of a hundred over the words, of
 * the best of five calls each, for the 1,000 most frequent words; how many
 * words a pattern has by median; and the median of walking over all terms
 * without a prefix and asking pattern_has of each, for a few of the words:
 * what it takes without an index.  Microseconds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../common/archive/archive.h"
#include "../../common/engine/engine.h"
#include "../random.h"

enum { LETTERS = 40, MOST = 1000, CALLS = 5, PLAIN = 5 };

struct word {
    uint32_t c[LETTERS];
    size_t n;
};

struct drawn {
    struct word *v;
    size_t n, max;
    uint64_t seen, seed;
};

/* A sample of all words, each as likely as the others. */
static bool
draw(struct morgue_str term, uint64_t articles, void *payload)
{
    struct drawn *d = payload;
    struct word w = {.n = 0};
    uint64_t at;

    (void)articles;
    for (size_t i = 0; i < term.len; w.n++) {
        if (w.n == LETTERS)
            return true;
        i += utf8_decode(term.s + i, term.s + term.len, &w.c[w.n], NULL);
        if (w.c[w.n] < 'a')
            return true; /* a prefix, or digits */
    }
    if (w.n < 5)
        return true;
    at = d->seen++ < d->max ? d->n++ : random_next(&d->seed) % d->seen;
    if (at < d->max)
        d->v[at] = w;
    return true;
}

/* ---- patterns ----------------------------------------------------------- */

static const char *const kind_name[] = {"prefix", "suffix", "inner", "middle",
                                        "one",    "first",  "edit1", "edit2"};

enum { KINDS = sizeof kind_name / sizeof *kind_name };

static void
make_pattern(struct pattern *p, uint32_t *c, size_t kind, const struct word *w)
{
    const size_t half = w->n / 2;
    size_t n = 0;

    if (kind == 1 || kind == 2)
        c[n++] = PATTERN_MANY;
    for (size_t i = 0; i < w->n; i++) {
        if ((kind == 0 && i > half) || (kind == 1 && i < half) ||
            (kind == 2 && (i < 1 || i > half + 1)))
            continue;
        if (kind == 3 && i >= half - 1 && i < w->n - 2) {
            if (i == half - 1)
                c[n++] = PATTERN_MANY;
            continue;
        }
        c[n++] = (kind == 4 && i == half) || (kind == 5 && i == 0)
                     ? PATTERN_ONE
                     : w->c[i];
    }
    if (kind == 0 || kind == 2)
        c[n++] = PATTERN_MANY;
    *p = (struct pattern){
        .c = c, .n = n, .edits = kind < 6 ? 0 : (unsigned)kind - 5};
}

/* ---- measuring ---------------------------------------------------------- */

static double
ask(struct engine_reader *r, struct arena *arena, const struct pattern *p,
    uint64_t *all)
{
    double best = 1e12;

    for (int i = 0; i < CALLS; i++) {
        struct expansions out;
        int64_t begin = stop_clock();
        double took;

        arena_reset(arena);
        if (engine_expand(&out, r, arena, (struct morgue_str){.s = ""}, p,
                          MOST, NULL, NULL))
            exit(1);
        took = (double)(stop_clock() - begin) / 1000;
        best = took < best ? took : best;
        *all = out.all;
    }
    return best;
}

struct plain {
    const struct pattern *pattern;
    uint64_t all;
};

static bool
ask_one(struct morgue_str term, uint64_t articles, void *payload)
{
    struct plain *p = payload;

    (void)articles;
    if (term.len == 0 || term.s[0] < 'A' || term.s[0] > 'Z')
        p->all += pattern_has(p->pattern, term);
    return true;
}

static double
ask_plainly(struct engine_reader *r, const struct pattern *p, uint64_t all)
{
    struct plain plain = {.pattern = p};
    int64_t begin = stop_clock();
    double took;

    if (engine_terms(r, (struct morgue_str){.s = ""}, ask_one, &plain, NULL))
        exit(1);
    took = (double)(stop_clock() - begin) / 1000;
    if (plain.all != all) {
        fprintf(stderr, "%" PRIu64 " words, not %" PRIu64 "\n", all,
                plain.all);
        exit(1);
    }
    return took;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double
part_of(double *v, size_t n, size_t percent)
{
    qsort(v, n, sizeof *v, ascending);
    return v[(n - 1) * percent / 100];
}

static void
measure(struct engine_reader *r, const struct drawn *d, size_t kind)
{
    double *took = calloc(d->n, sizeof *took);
    double *all = calloc(d->n, sizeof *all);
    double plain[PLAIN], median;
    uint32_t c[LETTERS + 2];
    struct pattern p;
    struct arena arena;
    size_t plain_n = d->n < PLAIN ? d->n : PLAIN;

    if (!took || !all)
        exit(1);
    arena_init(&arena, SIZE_MAX / 2);
    for (size_t i = 0; i < d->n; i++) {
        uint64_t n;

        make_pattern(&p, c, kind, d->v + i);
        took[i] = ask(r, &arena, &p, &n);
        all[i] = (double)n;
        if (i < plain_n)
            plain[i] = ask_plainly(r, &p, n);
    }
    median = part_of(took, d->n, 50);
    printf("%-8s %9.1f %9.1f %9.0f %11.1f\n", kind_name[kind], median,
           part_of(took, d->n, 95), part_of(all, d->n, 50),
           part_of(plain, plain_n, 50));
    fflush(stdout);
    arena_free(&arena);
    free(took);
    free(all);
}

int
main(int argc, char **argv)
{
    struct drawn d = {.max = 200, .seed = 1};
    struct archive_info info;
    struct dir dir;
    struct engine_reader *r = NULL;
    struct morgue_error err = {.message = ""};
    enum morgue_status st;

    if (argc > 2)
        d.max = strtoul(argv[2], NULL, 10);
    if (argc < 2 || d.max == 0) {
        fputs("usage: morgue_expand ARCHIVE [WORDS [KIND]]\n", stderr);
        return 2;
    }
    d.v = calloc(d.max, sizeof *d.v);
    st = dir_open(&dir, argv[1], &err);
    if (!st)
        st = archive_read(&info, &dir, &err);
    if (!st)
        st = engine_reader_open(&r, info.engine, &dir, &err);
    if (!st)
        st = engine_terms(r, (struct morgue_str){.s = ""}, draw, &d, &err);
    if (st || d.n == 0) {
        fprintf(stderr, "%s\n", st ? err.message : "no words");
        return 1;
    }
    printf("%" PRIu64 " words of five letters or more\n", d.seen);
    printf("kind        median       95 %%     words  every word\n");
    for (size_t kind = 0; kind < KINDS; kind++)
        if (argc < 4 || strcmp(argv[3], kind_name[kind]) == 0)
            measure(r, &d, kind);
    engine_reader_close(r);
    dir_close(&dir);
    free(d.v);
    return 0;
}
