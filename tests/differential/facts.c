/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts.c - what a state of the two archives holds, and whether both say so
 *
 * Articles in both orders of date, numbers of articles by id, terms and how
 * many articles have them, counts, and stored articles.  Terms that name an
 * article (Q) are the engine's own affair and are left out.
 */
#include "differential.h"

#include <math.h>
#include <stdlib.h>

static enum morgue_status
every(struct engine_hits *out, const struct pair *p, int side,
      struct arena *arena, enum morgue_sort sort, struct morgue_error *err)
{
    struct query q = {.op = QUERY_EVERY};
    struct engine_params params = {.k1 = 1.2,
                                   .b = 0.75,
                                   .sort = sort,
                                   .limit = 1000000,
                                   .exact_total = true};

    return engine_search(out, p->s[side]->reader, arena, &q, &params, err);
}

/* ---- articles ---- */

static int
compare_ids(const void *a, const void *b)
{
    const struct morgue_str *x = &((const struct fact *)a)->id;
    const struct morgue_str *y = &((const struct fact *)b)->id;
    size_t n = x->len < y->len ? x->len : y->len;
    int c = n ? memcmp(x->s, y->s, n) : 0;

    return c ? c : (x->len > y->len) - (x->len < y->len);
}

static int
compare_numbers(const void *a, const void *b)
{
    uint64_t x = ((const struct by_number *)a)->number;
    uint64_t y = ((const struct by_number *)b)->number;

    return (x > y) - (x < y);
}

size_t
facts_of_id(const struct facts *f, struct morgue_str id)
{
    struct fact key = {.id = id};
    struct fact *found =
        f->n ? bsearch(&key, f->article, f->n, sizeof key, compare_ids) : NULL;

    return found ? (size_t)(found - f->article) : SIZE_MAX;
}

size_t
facts_of_number(const struct facts *f, int side, uint64_t number)
{
    struct by_number key = {.number = number};
    struct by_number *found = f->n ? bsearch(&key, f->by_number[side], f->n,
                                             sizeof key, compare_numbers)
                                   : NULL;

    return found ? found->article : SIZE_MAX;
}

/* The articles of the first side, by date, newest first. */
static bool
read_articles(struct facts *f)
{
    struct morgue_error err;
    struct session *m = f->pair->s[0];
    struct engine_hits hits;
    struct morgue_article a;
    enum morgue_status st =
        every(&hits, f->pair, 0, &f->arena, MORGUE_SORT_NEWEST, &err);

    if (!st)
        f->article = calloc(hits.n + 1, sizeof *f->article);
    for (size_t i = 0; !st && f->article && i < hits.n; i++) {
        st = engine_article(&a, m->reader, &f->arena, hits.hit[i].number,
                            false, &err);
        if (st)
            break;
        f->article[i] = (struct fact){.id = a.id,
                                      .date = a.date,
                                      .number[0] = hits.hit[i].number,
                                      .newest = (uint32_t)i};
        f->n++;
    }
    if (st || !f->article)
        return complain("%s: %s", f->pair->engine[0], err.message);
    qsort(f->article, f->n, sizeof *f->article, compare_ids);
    return true;
}

/* What number each article has on a side. */
static bool
read_numbers(struct facts *f, int side)
{
    struct morgue_error err;
    struct session *m = f->pair->s[side];

    f->by_number[side] = calloc(f->n + 1, sizeof *f->by_number[side]);
    if (!f->by_number[side])
        return complain("out of memory");
    for (size_t i = 0; i < f->n; i++) {
        uint64_t number;

        if (engine_find(&number, m->reader, f->article[i].id, &err))
            return complain("%s: find '%s': %s", f->pair->engine[side],
                            f->article[i].id.s, err.message);
        if (side == 0 && number != f->article[i].number[0])
            return complain("%s: '%s' is number %llu and %llu",
                            f->pair->engine[side], f->article[i].id.s,
                            (unsigned long long)number,
                            (unsigned long long)f->article[i].number[0]);
        f->article[i].number[side] = number;
        f->by_number[side][i] = (struct by_number){number, (uint32_t)i};
    }
    qsort(f->by_number[side], f->n, sizeof *f->by_number[side],
          compare_numbers);
    return true;
}

static bool
in_order(const struct fact *a, const struct fact *b, enum morgue_sort sort)
{
    bool a_dated = a->date.precision != MORGUE_DATE_NONE;
    bool b_dated = b->date.precision != MORGUE_DATE_NONE;

    if (!a_dated || !b_dated)
        return a_dated || !b_dated;
    return sort == MORGUE_SORT_OLDEST ? a->date.seconds <= b->date.seconds
                                      : a->date.seconds >= b->date.seconds;
}

/* Whether both sides list all articles in the same order, which is that of
 * dates; note their places in it. */
static bool
read_order(struct facts *f, enum morgue_sort sort)
{
    struct engine_hits hits[SIDES];
    struct morgue_error err;
    const struct fact *before = NULL;

    for (int side = 0; side < SIDES; side++) {
        if (every(&hits[side], f->pair, side, &f->arena, sort, &err))
            return complain("%s: %s", f->pair->engine[side], err.message);
        if (hits[side].n != f->n || hits[side].total != f->n ||
            !hits[side].exact)
            return complain("%s: %zu hits and a total of %llu (exact: %d), of "
                            "%zu articles",
                            f->pair->engine[side], hits[side].n,
                            (unsigned long long)hits[side].total,
                            hits[side].exact, f->n);
    }
    for (size_t i = 0; i < f->n; i++) {
        size_t a = facts_of_number(f, 0, hits[0].hit[i].number);
        size_t b = facts_of_number(f, 1, hits[1].hit[i].number);

        if (a == SIZE_MAX || a != b)
            return complain("all articles, sort %d: at %zu are '%s' and '%s'",
                            (int)sort, i,
                            a == SIZE_MAX ? "?" : f->article[a].id.s,
                            b == SIZE_MAX ? "?" : f->article[b].id.s);
        if (before && !in_order(before, &f->article[a], sort))
            return complain("sort %d: '%s' comes after '%s'", (int)sort,
                            f->article[a].id.s, before->id.s);
        before = &f->article[a];
        if (sort == MORGUE_SORT_OLDEST)
            f->article[a].oldest = (uint32_t)i;
        else
            f->article[a].newest = (uint32_t)i;
    }
    return true;
}

/* In which order the articles came, where an engine collects; both say the
 * same, and it is that of articles with one date. */
static bool
read_arrival(struct facts *f)
{
    struct query q = {.op = QUERY_EVERY};
    struct engine_params params = {.k1 = 1.2, .b = 0.75, .exact_total = true};
    struct morgue_error err;
    bool known = false;

    for (int side = 0; side < SIDES; side++) {
        struct engine_reader *reader = f->pair->s[side]->reader;
        struct collector c = {.kind = COLLECT_FIRST,
                              .sort = MORGUE_SORT_ARRIVAL,
                              .limit = f->n + 1};

        if (!reader->engine->collect)
            continue;
        if (engine_collect(&c, 1, reader, &f->arena, &q, &params, NULL, &err))
            return complain("%s: %s", f->pair->engine[side], err.message);
        if (c.hits.n != f->n)
            return complain("%zu articles by arrival, of %zu", c.hits.n, f->n);
        for (size_t i = 0; i < f->n; i++) {
            size_t a = facts_of_number(f, side, c.hits.hit[i].number);

            if (a == SIZE_MAX || (known && f->article[a].arrival != i))
                return complain("%s: article %zu by arrival is another",
                                f->pair->engine[side], i);
            f->article[a].arrival = (uint32_t)i;
        }
        known = true;
    }
    return true;
}

static const struct fact *newest_fact;

static int
by_newest(const void *a, const void *b)
{
    uint32_t x = newest_fact[*(const size_t *)a].newest;
    uint32_t y = newest_fact[*(const size_t *)b].newest;

    return (x > y) - (x < y);
}

/* Whether articles with one date stand as they came. */
static bool
ties_by_arrival(struct facts *f)
{
    size_t *list = arena_zero(&f->arena, f->n + 1, sizeof *list);
    bool good = list != NULL;

    for (size_t i = 0; good && i < f->n; i++)
        list[i] = i;
    newest_fact = f->article;
    if (good && f->n > 0)
        qsort(list, f->n, sizeof *list, by_newest);
    for (size_t i = 1; good && i < f->n; i++) {
        const struct fact *a = &f->article[list[i - 1]];
        const struct fact *b = &f->article[list[i]];

        if (in_order(b, a, MORGUE_SORT_NEWEST) && a->arrival > b->arrival)
            good = complain("'%s' came after '%s'", a->id.s, b->id.s);
    }
    return good;
}

/* ---- terms and counts ---- */

static bool
is_name(struct morgue_str term)
{
    return term.len > 0 && term.s[0] == 'Q';
}

static bool
keep_term(struct morgue_str term, uint64_t articles, void *facts)
{
    struct facts *f = facts;
    struct known_term *t = f->term;

    if (is_name(term))
        return true;
    if (f->term_n == f->term_cap) {
        f->term_cap = f->term_cap ? 2 * f->term_cap : 4096;
        t = realloc(t, f->term_cap * sizeof *t);
        if (!t)
            return false;
        f->term = t;
    }
    t[f->term_n].articles = articles;
    return arena_str(&f->arena, term, &t[f->term_n++].s);
}

struct comparing {
    const struct facts *facts;
    size_t at, names;
    bool differs;
};

static bool
compare_term(struct morgue_str term, uint64_t articles, void *comparing)
{
    struct comparing *c = comparing;
    const struct known_term *t = &c->facts->term[c->at];

    if (is_name(term)) {
        c->names++;
        return true;
    }
    if (c->at < c->facts->term_n && str_eq(term, t->s) &&
        articles == t->articles) {
        c->at++;
        return true;
    }
    c->differs = true;
    return complain(
        "terms: %s has '%.*s' (%llu), where the other has '%s' "
        "(%llu)",
        c->facts->pair->engine[1], (int)term.len, term.s,
        (unsigned long long)articles,
        c->at < c->facts->term_n ? t->s.s : "none",
        (unsigned long long)(c->at < c->facts->term_n ? t->articles : 0));
}

static bool
compare_counts(const struct facts *f)
{
    struct engine_counts c[SIDES];
    struct morgue_error err;

    for (int i = 0; i < SIDES; i++) {
        const struct session *m = f->pair->s[i];

        if (engine_counts(&c[i], m->reader, &err))
            return complain("%s: %s", f->pair->engine[i], err.message);
    }
    if (c[0].articles != f->n || c[1].articles != f->n ||
        c[0].terms != c[1].terms ||
        !(fabs(c[0].mean_length - c[1].mean_length) <=
          1e-9 * fabs(c[0].mean_length)))
        return complain(
            "counts: %llu and %llu articles, %llu and %llu terms, mean "
            "lengths %.17g and %.17g",
            (unsigned long long)c[0].articles,
            (unsigned long long)c[1].articles, (unsigned long long)c[0].terms,
            (unsigned long long)c[1].terms, c[0].mean_length,
            c[1].mean_length);
    return true;
}

static int
by_frequency(const void *a, const void *b)
{
    const struct known_term *x = a, *y = b;

    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    return strcmp(x->s.s, y->s.s);
}

static bool
read_terms(struct facts *f)
{
    static const char *const prefixes[] = {
        "", "Z", "ZS", "L", "XS:", "XM:", "c", "Zen:co", "zzzz"};
    struct comparing c = {.facts = f};
    struct morgue_error err;

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct morgue_str prefix = str_of(prefixes[i]);

        c.at = f->term_n = 0;
        for (int side = 0; side < SIDES; side++) {
            struct session *m = f->pair->s[side];

            if (engine_terms(m->reader, prefix,
                             side ? compare_term : keep_term,
                             side ? (void *)&c : (void *)f, &err))
                return complain("%s: %s", f->pair->engine[side], err.message);
        }
        if (!c.differs && c.at != f->term_n)
            return complain("terms of '%s': '%s' and others are missing",
                            prefixes[i], f->term[c.at].s.s);
        if (c.differs)
            return complain("terms of '%s'", prefixes[i]);
        if (i == 0 && !compare_counts(f))
            return false;
    }
    return true;
}

/* All terms, for questions. */
static bool
sort_terms(struct facts *f)
{
    struct morgue_error err;
    struct session *m = f->pair->s[0];

    f->term_n = 0;
    if (engine_terms(m->reader, str_slice("", 0), keep_term, f, &err))
        return complain("%s: %s", f->pair->engine[0], err.message);
    if (f->term_n > 0)
        qsort(f->term, f->term_n, sizeof *f->term, by_frequency);
    return true;
}

bool
facts_read(struct facts *f, struct pair *p)
{
    struct morgue_error err;

    *f = (struct facts){.pair = p};
    arena_init(&f->arena, SIZE_MAX / 2);
    if (term_maker_new(&f->maker, &err))
        return complain("%s", err.message);
    return read_articles(f) && read_numbers(f, 0) && read_numbers(f, 1) &&
           read_order(f, MORGUE_SORT_OLDEST) &&
           read_order(f, MORGUE_SORT_NEWEST) &&
           read_order(f, MORGUE_SORT_RELEVANCE) && read_arrival(f) &&
           ties_by_arrival(f) && read_terms(f) && sort_terms(f);
}

void
facts_free(struct facts *f)
{
    for (int i = 0; i < SIDES; i++)
        free(f->by_number[i]);
    free(f->article);
    free(f->term);
    term_maker_free(f->maker);
    arena_free(&f->arena);
}

/* ---- stored articles ---- */

static bool
same_article(const struct morgue_article *a, const struct morgue_article *b)
{
    for (int i = 0; i < FIELD_N; i++)
        if (!str_eq(record_get(a, (enum field)i),
                    record_get(b, (enum field)i)))
            return false;
    return a->date.seconds == b->date.seconds &&
           a->date.precision == b->date.precision &&
           a->date.offset == b->date.offset;
}

static bool
article_agrees(const struct facts *f, size_t i, bool with_body,
               struct arena *arena)
{
    struct morgue_article a[SIDES];
    uint64_t words[SIDES];
    struct morgue_error err;

    for (int side = 0; side < SIDES; side++) {
        const struct session *m = f->pair->s[side];

        if (engine_words(&words[side], m->reader, f->article[i].number[side],
                         &err) ||
            engine_article(&a[side], m->reader, arena,
                           f->article[i].number[side], with_body, &err))
            return complain("%s: article '%s': %s", f->pair->engine[side],
                            f->article[i].id.s, err.message);
    }
    return (same_article(&a[0], &a[1]) && words[0] == words[1]) ||
           complain("the article '%s' differs%s", f->article[i].id.s,
                    with_body ? "" : " (without body)");
}

bool
facts_articles_agree(struct facts *f, struct rng *r, unsigned n)
{
    struct arena arena;
    struct morgue_error err;
    uint64_t number;
    bool good = true;

    arena_init(&arena, SIZE_MAX / 2);
    for (unsigned i = 0; i < n && good && f->n > 0; i++) {
        arena_reset(&arena);
        good =
            article_agrees(f, rng_below(r, f->n), rng_chance(r, 80), &arena);
    }
    for (int side = 0; side < SIDES && good; side++) {
        struct session *m = f->pair->s[side];

        if (engine_find(&number, m->reader, STR("nobody's id"), &err) !=
            MORGUE_NO_ARTICLE)
            good =
                complain("%s finds what is not there", f->pair->engine[side]);
    }
    arena_free(&arena);
    return good;
}
