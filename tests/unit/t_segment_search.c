/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_search.c - query trees, held against the xapian engine
 *
 * The same articles go through the same updates into an archive of each
 * engine; then both answer random trees of all shapes, and must give the same
 * articles in the same order with the same scores.  Words have ranks, and
 * come as 1 / rank; lists from one article to nearly all, several segments,
 * deleted and replaced articles, equal dates and none.
 *
 * SEED, ROUNDS and ARTICLES are taken from the environment.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "../../common/engine/archive.h"
#include "../../common/segment/pack.h"
#include "../test.h"

enum { WORDS = 400, DAYS = 90, SECTIONS = 3 };

static char dir[200];
static uint64_t state;
static size_t articles_n = 6000, rounds = 4000;

struct side {
    const struct engine *engine;
    void *reader;
    struct arena arena;
    struct engine_hits hits;
};

static struct side sides[2] = {{.engine = &engine_segment},
                               {.engine = &engine_xapian}};

static uint32_t
random_to(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 20) % n);
}

/* ---- articles ----------------------------------------------------------- */

/* Its rank is about even in the logarithm. */
static unsigned
random_word(void)
{
    double even = random_to(1 << 20) / (double)(1 << 20);

    return (unsigned)(exp(even * log(WORDS + 1.0)) - 1) % WORDS;
}

static void
spell(char out[16], unsigned word)
{
    snprintf(out, 16, "%c%c%c%s", 'b' + (int)(word % 20),
             "aeiou"[word / 20 % 5], 'b' + (int)(word / 100 % 20),
             word % 3 == 0 ? "ing" : "");
}

static void
add_article(morgue_update *u, unsigned id)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    static char body[3000];
    static const char *const section[] = {"World", "Sport", "Arts"};
    char word[16], name[16], title[40] = "";
    size_t n = 3 + random_to(random_to(4) == 0 ? 150 : 30), len = 0;

    for (size_t i = 0; i < n; i++) {
        spell(word, random_word());
        len += (size_t)snprintf(body + len, sizeof body - len, "%s ", word);
    }
    spell(word, random_word());
    snprintf(title, sizeof title, "%s", random_to(2) ? word : "");
    snprintf(name, sizeof name, "a%u", id);
    a.id = str_of(name);
    a.title = str_of(title);
    a.body = str_slice(body, len);
    a.section = str_of(section[random_to(random_to(5) ? 1 : SECTIONS)]);
    a.lang = random_to(3) ? STR("en") : STR("de");
    if (random_to(12)) {
        a.date.seconds = 86400 * (int64_t)random_to(DAYS);
        a.date.precision = MORGUE_DATE_DAY;
    }
    CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
}

static void
archive_dir(char *out, size_t size, size_t side)
{
    snprintf(out, size, "%s/%s", dir, sides[side].engine->name);
}

/* Some new articles, some again, some taken out. */
static void
update(size_t side, unsigned from, unsigned to)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    char path[300], id[16];

    archive_dir(path, sizeof path, side);
    o.engine = sides[side].engine->name;
    CHECK_INT(morgue_update_open(&u, path, &o, NULL), MORGUE_OK);
    for (unsigned i = from; u && i < to; i++)
        add_article(u, i);
    for (unsigned i = 0; u && i < from / 10; i++) {
        if (random_to(2)) {
            add_article(u, random_to(from));
            continue;
        }
        snprintf(id, sizeof id, "a%u", random_to(from));
        if (morgue_update_remove(u, id, NULL, NULL))
            continue;
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

static bool
make_archives(void)
{
    uint64_t begin = state;

    for (size_t i = 0; i < 2; i++) {
        unsigned n = (unsigned)articles_n, at = n * 8 / 10;
        char path[300];

        state = begin;
        update(i, 0, at);
        for (unsigned k = 0; k < 5; k++) {
            unsigned to = k == 4 ? n : at + n / 40 * (k % 2 ? 1 : 2);

            update(i, at, to);
            at = to;
        }
        archive_dir(path, sizeof path, i);
        CHECK_INT(sides[i].engine->reader_open(&sides[i].reader, path, NULL),
                  MORGUE_OK);
        arena_init(&sides[i].arena, SIZE_MAX / 2);
    }
    return sides[0].reader && sides[1].reader;
}

/* ---- queries ------------------------------------------------------------ */

static struct query *
random_term(struct arena *a, bool word)
{
    static const char *const value[] = {"XS:world", "XS:sport", "XS:arts",
                                        "Len",      "Lde",      "Lxx"};
    char term[20], spelt[16];
    uint32_t kind = word ? 0 : random_to(12);

    spell(spelt, random_to(40) ? random_word() : WORDS + random_to(400));
    if (kind == 11)
        snprintf(term, sizeof term, "%s", value[random_to(6)]);
    else if (kind > 6)
        snprintf(term, sizeof term, "Z%.*s", (int)strcspn(spelt, "i") + 0,
                 spelt);
    else if (kind == 6)
        snprintf(term, sizeof term, "S%s", spelt);
    else
        snprintf(term, sizeof term, "%s", spelt);
    return query_term(a, str_of(term), 1 + random_to(8) / 6);
}

static struct query *
random_dates(struct arena *a)
{
    int64_t from = 86400 * (int64_t)random_to(DAYS);
    int64_t to = from + 86400 * (int64_t)random_to(DAYS);

    if (random_to(6) == 0)
        from = INT64_MIN;
    if (random_to(6) == 0)
        to = INT64_MAX;
    return query_dates(a, from, to);
}

static struct query *random_tree(struct arena *a, uint32_t depth, bool any);

/* Xapian takes the children of an OR in a MAX for the MAX's own; no query of
 * the parser has such. */
static bool
is_any(const struct query *q)
{
    return q->op == QUERY_ANY || (q->child_n == 1 && is_any(q->child[0]));
}

static struct query *
random_children(struct arena *a, enum query_op op, uint32_t depth, bool any)
{
    struct query *child[8];
    size_t n = 1 + random_to(random_to(3) ? 3 : 7);

    if (op == QUERY_PHRASE)
        n = 2 + random_to(2);
    for (size_t i = 0; i < n; i++) {
        if (op == QUERY_PHRASE)
            child[i] = random_term(a, true);
        else if (i > 0 && op == QUERY_FILTER && random_to(2))
            child[i] = random_dates(a);
        else
            do
                child[i] = random_tree(a, depth + 1,
                                       any || (depth > 0 && op == QUERY_ANY));
            while (op == QUERY_BEST && is_any(child[i]));
    }
    return query_node(a, op, child, n);
}

/* `any`: below an ANY that is not the root.  Xapian adds scores of articles
 * that have not the phrase, where a phrase is in an OR in an AND. */
static struct query *
random_tree(struct arena *a, uint32_t depth, bool any)
{
    static const enum query_op op[] = {
        QUERY_ALL,  QUERY_ALL, QUERY_ANY,    QUERY_ANY,    QUERY_ANY,
        QUERY_BEST, QUERY_NOT, QUERY_FILTER, QUERY_PHRASE, QUERY_PHRASE};

    if (random_to(60) == 0)
        return query_node(a, random_to(4) ? QUERY_EVERY : QUERY_NONE, NULL, 0);
    if (random_to(25) == 0)
        return random_dates(a);
    if (depth > 3 || (depth > 0 && random_to(5) < 3))
        return random_term(a, random_to(2));
    return random_children(a, op[random_to(any ? 8 : 10)], depth, any);
}

static struct engine_params
random_params(void)
{
    static const enum morgue_sort sort[] = {
        MORGUE_SORT_RELEVANCE, MORGUE_SORT_RELEVANCE, MORGUE_SORT_RELEVANCE,
        MORGUE_SORT_RELEVANCE, MORGUE_SORT_NEWEST,    MORGUE_SORT_OLDEST};
    static const size_t limit[] = {1, 2, 10, 10, 10, 10, 100, 1000, 0, 20000};
    struct engine_params p = {.k1 = 1.2, .b = 0.75};

    p.sort = sort[random_to(6)];
    p.limit = limit[random_to(10)];
    p.offset = random_to(5) ? 0 : random_to(random_to(2) ? 20 : 3000);
    p.exact_total = random_to(3) == 0;
    if (random_to(8) == 0)
        p.k1 = (1 + random_to(4)) / 2.0;
    if (random_to(8) == 0)
        p.b = random_to(5) / 4.0;
    return p;
}

/* ---- comparing ---------------------------------------------------------- */

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

/* Whether the i-th hit of one side is the k-th of the other. */
static bool
same_article(size_t i, size_t k)
{
    struct morgue_article a[2];

    for (size_t n = 0; n < 2; n++)
        CHECK_INT(sides[n].engine->article(
                      &a[n], sides[n].reader, &sides[n].arena,
                      sides[n].hits.hit[n == 0 ? i : k].number, false, NULL),
                  MORGUE_OK);
    return str_eq(a[0].id, a[1].id);
}

/* Whether the hits from <= i < to, whose scores differ by rounding at most,
 * are the same articles: in order, if there was no rounding; else, unless
 * they are cut off, in any. */
static bool
same_run(size_t from, size_t to)
{
    const struct engine_hits *h[2] = {&sides[0].hits, &sides[1].hits};
    bool even = true, in_order = true;

    for (size_t i = from; i < to; i++)
        for (size_t k = 0; k < 2; k++) {
            if (!near(h[k]->hit[i].score, h[1]->hit[from].score))
                return false;
            even &= h[k]->hit[i].score == h[k]->hit[from].score;
        }
    for (size_t i = from; i < to && in_order; i++)
        in_order = same_article(i, i);
    if (in_order || even || to == h[0]->n)
        return in_order || !even;
    for (size_t i = from; i < to; i++) {
        size_t k = from;

        while (k < to && !same_article(i, k))
            k++;
        if (k == to)
            return false;
    }
    return true;
}

static bool
compare(const struct engine_params *p)
{
    const struct engine_hits *a = &sides[0].hits, *b = &sides[1].hits;

    if (a->n != b->n)
        return false;
    if (p->exact_total && (!a->exact || a->total != b->total))
        return false;
    if (b->exact &&
        (a->total > b->total || (a->exact && a->total != b->total)))
        return false;
    for (size_t i = 0, to; i < a->n; i = to) {
        to = i + 1;
        while (p->sort == MORGUE_SORT_RELEVANCE && to < b->n &&
               near(b->hit[i].score, b->hit[to].score))
            to++;
        if (!same_run(i, to))
            return false;
    }
    return true;
}

static void
show(const struct query *q, const struct engine_params *p, size_t round)
{
    struct buf b;

    buf_init(&b, 100000);
    query_print(&b, q);
    fprintf(stderr, "round %zu: sort %d offset %zu limit %zu k1 %g b %g%s\n",
            round, (int)p->sort, p->offset, p->limit, p->k1, p->b,
            p->exact_total ? " exact" : "");
    fprintf(stderr, "%s\n", b.data);
    buf_free(&b);
    for (size_t k = 0; k < 2; k++) {
        const struct engine_hits *h = &sides[k].hits;

        fprintf(stderr, "%s: %zu of %s%" PRIu64 ":", sides[k].engine->name,
                h->n, h->exact ? "" : "at least ", h->total);
        for (size_t i = 0; i < h->n && i < 12; i++) {
            struct morgue_article a = MORGUE_ARTICLE_INIT;

            if (sides[k].engine->article(&a, sides[k].reader, &sides[k].arena,
                                         h->hit[i].number, false, NULL))
                continue;
            fprintf(stderr, " %.*s/%.12g", (int)a.id.len, a.id.s,
                    h->hit[i].score);
        }
        fprintf(stderr, "\n");
    }
}

static void
trees(void)
{
    struct arena arena;
    size_t found = 0;

    arena_init(&arena, SIZE_MAX / 2);
    for (size_t i = 0; i < rounds; i++) {
        struct engine_params p = random_params();
        struct query *q = random_tree(&arena, 0, false);
        int before = test_case_failed;

        for (size_t k = 0; k < 2; k++) {
            arena_reset(&sides[k].arena);
            pack_plain(random_to(2));
            CHECK_INT(sides[k].engine->search(&sides[k].hits, sides[k].reader,
                                              &sides[k].arena, q, &p, NULL),
                      MORGUE_OK);
        }
        found += sides[0].hits.n > 0;
        test_that(compare(&p), __FILE__, __LINE__, "answers differ");
        if (test_case_failed && !before)
            show(q, &p, i);
        arena_reset(&arena);
    }
    CHECK(found > rounds / 3);
    arena_free(&arena);
}

static size_t
number_of(const char *name, size_t otherwise)
{
    const char *s = getenv(name);

    return s ? (size_t)strtoull(s, NULL, 10) : otherwise;
}

int
main(void)
{
    const char *tmp = getenv("SCRATCH");
    char command[300];

    state = number_of("SEED", 20261124) * 2654435761u + 88172645463325252u;
    rounds = number_of("ROUNDS", rounds);
    articles_n = number_of("ARTICLES", articles_n);
    snprintf(dir, sizeof dir, "%s/trees.XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(dir) || !make_archives())
        return 1;
    RUN(trees);
    for (size_t i = 0; i < 2; i++) {
        sides[i].engine->reader_close(sides[i].reader);
        arena_free(&sides[i].arena);
    }
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command) == 0 ? test_end() : 1;
}
