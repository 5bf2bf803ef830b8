/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * peer.c - queries, times and dates of the benchmark's programs; see peer.h
 *
 * Dates are ISO 8601.  Nothing is freed at the end of a program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "peer.h"

enum { QUERY_FIELDS = 5 };

void
peer_die(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

uint64_t
peer_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- dates -------------------------------------------------------------- */

/* Days from 1970 of a date of the Gregorian calendar. */
static int64_t
days_of(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    return 365 * y + y / 4 - y / 100 + y / 400 +
           (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1 - 719468;
}

bool
peer_date(int64_t *out, const char *s)
{
    int y = 0, mo = 1, d = 1, h = 0, mi = 0, se = 0, oh = 0, om = 0;
    char sign = '+';
    const char *t = strchr(s, 'T'), *zone;

    if (sscanf(s, "%4d-%2d-%2d", &y, &mo, &d) < 1)
        return false;
    if (t) {
        (void)sscanf(t, "T%2d:%2d:%2d", &h, &mi, &se);
        zone = t + strcspn(t, "+-Z");
        if (*zone && *zone != 'Z')
            (void)sscanf(zone, "%c%2d:%2d", &sign, &oh, &om);
    }
    *out = days_of(y, mo, d) * 86400 + h * 3600 + mi * 60 + se -
           (sign == '-' ? -1 : 1) * (oh * 3600 + om * 60);
    return true;
}

/* ---- queries ------------------------------------------------------------ */

/* Modes and the kinds of queries that they run; what is none of these names a
 * kind with operators. */
static const struct known {
    const char *name, *kind;
} known[] = {
    [PEER_ANY] = {"any", "words"},        [PEER_ALL] = {"all", "words"},
    [PEER_PHRASE] = {"phrase", "phrase"}, [PEER_DATE] = {"date", "words"},
    [PEER_NEWEST] = {"newest", "words"},  [PEER_COUNT] = {"count", "words"}};

/* What is run: a mode, by its name, of the queries of a kind. */
struct mode {
    enum peer_mode mode;
    const char *name;
    char kind[64];
};

/* One query and the best that was measured of it. */
struct item {
    const char *kind;
    struct peer_query q;
    struct peer_result result;
    uint64_t best, best_search;
};

struct plan {
    struct item *item;
    size_t n;
    double passes, warm, budget, first;
    peer_search search, only;
    enum peer_mode last;
    void *engine;
};

static void
parse_query(struct item *out, char *line)
{
    char *field[QUERY_FIELDS], *at = line;

    for (int i = 0; i < QUERY_FIELDS; i++) {
        field[i] = at;
        at = strpbrk(at, "\t\n");
        if (!at)
            peer_die(line, "is no query");
        *at++ = '\0';
    }
    out->kind = field[0];
    out->q.id = field[1];
    out->q.words = field[2];
    out->q.from_day = field[3];
    out->q.to_day = field[4];
    if (*field[3] && (!peer_date(&out->q.from, field[3]) ||
                      !peer_date(&out->q.to, field[4])))
        peer_die(field[1], "has no dates");
    out->q.to += 86399;
}

/* The first queries of each kind. */
static void
read_queries(struct plan *p, const char *path)
{
    FILE *f = fopen(path, "r");
    size_t cap = 0, line_cap = 0;
    const char *kind = "";
    double kept = 0;
    char *line = NULL;

    if (!f)
        peer_die(path, "cannot be opened");
    while (getline(&line, &line_cap, f) >= 0) {
        if (p->n == cap) {
            cap = cap ? cap * 2 : 1024;
            p->item = realloc(p->item, cap * sizeof *p->item);
            if (!p->item)
                peer_die(path, "out of memory");
        }
        memset(&p->item[p->n], 0, sizeof *p->item);
        parse_query(&p->item[p->n], line);
        if (strcmp(p->item[p->n].kind, kind) != 0)
            kept = 0;
        kind = p->item[p->n].kind;
        if (++kept <= p->first)
            p->n++;
        line = NULL; /* the query keeps it */
        line_cap = 0;
    }
    fclose(f);
}

static double
seconds_from(uint64_t start)
{
    return (double)(peer_now() - start) / 1e9;
}

enum pass { WARM, TIMED, ONLY }; /* untimed, timed, without fetching */

static void
run_query(struct plan *p, enum peer_mode mode, struct item *it, enum pass kind)
{
    struct peer_result result = {.matches = -1};
    uint64_t start = peer_now(), took;

    if (!(kind == ONLY ? p->only : p->search)(p->engine, mode, &it->q,
                                              &result))
        peer_die(it->q.words, "cannot be answered");
    took = peer_now() - start;
    if (kind != ONLY)
        it->result = result;
    if (kind == TIMED && (it->best == 0 || took < it->best)) {
        it->best = took;
        it->best_search = result.search_ns ? result.search_ns : took;
    }
    if (kind == ONLY && took < it->best_search)
        it->best_search = took;
}

/* One pass over all queries of a mode.  A pass that need not be whole ends
 * where the budget does. */
static void
run_pass(struct plan *p, const struct mode *mode, enum pass kind, bool whole,
         uint64_t begin)
{
    for (size_t i = 0; i < p->n; i++) {
        struct item *it = &p->item[i];

        if (strcmp(it->kind, mode->kind) != 0)
            continue;
        if (!whole && seconds_from(begin) > p->budget)
            return;
        run_query(p, mode->mode, it, kind);
    }
}

static void
run_mode(struct plan *p, const struct mode *mode)
{
    uint64_t begin = peer_now();

    for (size_t i = 0; i < p->n; i++)
        p->item[i].best = 0;
    for (double i = 0; i < p->warm; i++)
        run_pass(p, mode, WARM, false, begin);
    for (double i = 0; i < p->passes; i++)
        if (i == 0 || seconds_from(begin) < p->budget)
            run_pass(p, mode, TIMED, i == 0, begin);
    for (double i = 0; p->only && i < p->passes; i++)
        if (seconds_from(begin) < p->budget)
            run_pass(p, mode, ONLY, false, begin);
    for (size_t i = 0; i < p->n; i++) {
        const struct item *it = &p->item[i];

        if (it->best)
            printf("%s\t%s\t%llu\t%llu\t%u\t%lld\t%s\n", mode->name, it->q.id,
                   (unsigned long long)it->best,
                   (unsigned long long)it->best_search, it->result.hits,
                   (long long)it->result.matches, it->result.first);
    }
    fflush(stdout);
}

/* `name` as a mode; exits where no query is of its kind. */
static void
mode_of(struct mode *out, const struct plan *p, const char *name)
{
    size_t n = strlen(name), i;
    bool count = n > 6 && strcmp(name + n - 6, "-count") == 0;

    out->name = name;
    out->mode = count ? PEER_TYPED_COUNT : PEER_TYPED;
    snprintf(out->kind, sizeof out->kind, "%.*s", (int)(count ? n - 6 : n),
             name);
    for (i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i].name) == 0) {
            out->mode = (enum peer_mode)i;
            snprintf(out->kind, sizeof out->kind, "%s", known[i].kind);
        }
    }
    for (i = 0; i < p->n && strcmp(p->item[i].kind, out->kind) != 0; i++)
        continue;
    if (i == p->n || out->mode > p->last)
        peer_die(name, "is no mode");
}

static bool
number_option(const char *arg, const char *name, double *out)
{
    size_t n = strlen(name);

    if (strncmp(arg, name, n) != 0)
        return false;
    *out = strtod(arg + n, NULL);
    return true;
}

static bool
option(struct plan *p, const char *arg)
{
    return number_option(arg, "--passes=", &p->passes) ||
           number_option(arg, "--warm=", &p->warm) ||
           number_option(arg, "--budget=", &p->budget) ||
           number_option(arg, "--first=", &p->first);
}

int
peer_queries(int argc, char **argv, peer_search search, peer_search only,
             enum peer_mode last, void *engine)
{
    struct plan p = {.passes = 5,
                     .warm = 1,
                     .budget = 1e9,
                     .first = 1e9,
                     .search = search,
                     .only = only,
                     .last = last,
                     .engine = engine};
    int i = 4;

    while (i < argc && option(&p, argv[i]))
        i++;
    if (i >= argc)
        peer_die(argv[0], "which queries, which modes?");
    read_queries(&p, argv[3]);
    for (; i < argc; i++) {
        struct mode mode;

        mode_of(&mode, &p, argv[i]);
        run_mode(&p, &mode);
    }
    return 0;
}
