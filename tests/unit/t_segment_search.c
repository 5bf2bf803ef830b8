/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_search.c - query trees, held against a model
 *
 * Articles of random words go through random updates into an archive.  The
 * model reads all lists from front to back and answers a tree article by
 * article, as query.h and score.h tell it; the engine must give the same
 * articles in the same order with the same scores, with AVX2 and without.
 * Words have ranks, and come as 1 / rank; lists have from one article to
 * nearly all; there are several segments, deleted and replaced articles,
 * equal dates and none.
 *
 * SEED, ROUNDS and ARTICLES are taken from the environment.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "../../common/archive/archive.h"
#include "../../common/segment/engine_segment.h"
#include "../../common/segment/file/list_read.h"
#include "../../common/segment/file/pack.h"
#include "../random.h"
#include "scratch.h"

enum { WORDS = 400, DAYS = 90, SECTIONS = 3, TERMS = 4000 };

static char dir[200];
static uint64_t state;
static size_t articles_n = 2500, rounds = 1000;

static uint32_t
random_to(uint32_t n)
{
    return (uint32_t)((random_next(&state) >> 20) % n);
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

/* Quarters of an hour that the clocks of an update's dates are from UTC; or
 * they are of any, and of days, months and years. */
enum { ANY_CLOCK = 1000 };
static int32_t clock_of;

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
    a.author = random_to(9) ? STR("Ann Smith") : STR(" \n");
    a.section = str_of(section[random_to(random_to(5) ? 1 : SECTIONS)]);
    a.lang = random_to(3) ? STR("en") : STR("de");
    if (random_to(12)) {
        a.date.seconds = 3600 * (int64_t)random_to(24 * DAYS);
        a.date.precision = MORGUE_DATE_SECOND;
        a.date.offset = 900 * clock_of;
        if (clock_of == ANY_CLOCK) {
            a.date.precision = (enum morgue_date_precision)(
                random_to(20) ? 3 + random_to(2) : 1 + random_to(2));
            a.date.offset = a.date.precision == MORGUE_DATE_SECOND
                                ? 900 * ((int32_t)random_to(193) - 96)
                                : 0;
        }
    }
    CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
}

/* Some new articles, some again, some taken out. */
static void
update(unsigned from, unsigned to)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    char id[16];

    clock_of = random_to(2) ? ANY_CLOCK : (int32_t)random_to(193) - 96;
    o.engine = "segment";
    o.threads = 1; /* how many segments there are must not depend on them */
    CHECK_INT(morgue_update_open(&u, dir, &o, NULL), MORGUE_OK);
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

static void
make_archive(void)
{
    unsigned n = (unsigned)articles_n, at = n * 8 / 10;

    update(0, at);
    for (unsigned k = 0; k < 5; k++) {
        unsigned to = k == 4 ? n : at + n / 40 * (k % 2 ? 1 : 2);

        update(at, to);
        at = to;
    }
}

/* ---- the model ---------------------------------------------------------- */

/* All of a term, by places: the articles of all segments in a row. */
struct known {
    char term[32];
    uint64_t live;
    int32_t *wdf;                /* -1: the article does not have it */
    uint32_t *from, *pos, pos_n; /* where its positions begin, and they */
};

static struct sg_reader *reader;
static const struct snapshot *snap;
static uint32_t places;
static struct {
    uint32_t segment, doc;
    double length;
    bool deleted;
    struct morgue_date date;
    uint64_t arrival, words, fields;
} * place;
static struct known *known[TERMS];
static size_t known_n;

static void *
room(size_t n, size_t size)
{
    void *p = calloc(n + 1, size);

    if (!p)
        exit(1);
    return p;
}

static void
read_places(void)
{
    for (uint32_t i = 0; i < snap->n; i++)
        places += snap->segment[i]->docs;
    place = room(places, sizeof *place);
    for (uint32_t i = 0, at = 0; i < snap->n; i++) {
        struct segment *s = snap->segment[i];

        for (uint32_t d = 0; d < s->docs; d++, at++) {
            place[at].segment = i;
            place[at].doc = d;
            place[at].length = (double)segment_value(s, COLUMN_LENGTH, d);
            place[at].date = segment_date(s, d);
            place[at].arrival = segment_value(s, COLUMN_ARRIVAL, d);
            place[at].words = segment_value(s, COLUMN_WORDS, d);
            place[at].fields = segment_value(s, COLUMN_FIELDS, d);
            place[at].deleted = segment_deleted(s, d);
        }
    }
}

static void
read_list(struct known *k, uint32_t segment, uint32_t base)
{
    struct list_reader list;
    struct term_info info;

    list_reader_init(&list);
    if (!segment_term(&info, snap->segment[segment], str_of(k->term)))
        return;
    k->live += info.live;
    list_read_start(&list, snap->segment[segment], &info);
    for (;;) {
        size_t delta = 0;

        CHECK_INT(list_read_block(&list, true, NULL), MORGUE_OK);
        if (list.n == 0)
            break;
        k->pos =
            realloc(k->pos, (k->pos_n + list.delta_n + 1) * sizeof *k->pos);
        for (uint32_t i = 0; k->pos && i < list.n; i++) {
            uint32_t at = base + list.doc[i], pos = 0;

            k->wdf[at] = (int32_t)list.wdf[i];
            k->from[at] = k->pos_n;
            for (uint32_t n = 0; n < list.count[i]; n++)
                k->pos[k->pos_n++] = pos += list.delta[delta++];
            k->from[at + 1] = k->pos_n; /* until the next one sets it */
        }
    }
    list_reader_free(&list);
}

static const struct known *
know(struct morgue_str term)
{
    struct known *k;

    for (size_t i = 0; i < known_n; i++)
        if (str_eq(str_of(known[i]->term), term))
            return known[i];
    k = room(1, sizeof *k);
    snprintf(k->term, sizeof k->term, "%.*s", (int)term.len, term.s);
    k->wdf = room(places, sizeof *k->wdf);
    k->from = room(places + 1, sizeof *k->from);
    for (uint32_t i = 0; i < places; i++)
        k->wdf[i] = -1;
    for (uint32_t i = 0, base = 0; i < snap->n; i++) {
        read_list(k, i, base);
        base += snap->segment[i]->docs;
    }
    if (known_n < TERMS)
        known[known_n++] = k;
    return k;
}

static bool
has_at(const struct known *k, uint32_t at, uint32_t pos)
{
    for (uint32_t i = k->from[at]; i < k->from[at + 1]; i++)
        if (k->pos[i] == pos)
            return true;
    return false;
}

static bool
in_a_row(const struct query *q, uint32_t at)
{
    const struct known *first = know(q->child[0]->term);

    for (uint32_t i = first->from[at]; i < first->from[at + 1]; i++) {
        size_t n = 1;

        while (n < q->child_n && has_at(know(q->child[n]->term), at,
                                        first->pos[i] + (uint32_t)n))
            n++;
        if (n == q->child_n)
            return true;
    }
    return false;
}

/* What a term scores that `live` articles have. */
static double
bm25(const struct known *k, const struct engine_params *p, uint32_t wqf,
     double live, uint32_t at)
{
    double all = (double)snap->docs, n = live < all ? live : all;
    double mean = (double)snap->length / all, wdf = k->wdf[at];
    double w = (all - n + 0.5) / (n + 0.5);

    w = log(w < 2 ? w / 2 + 1 : w) * (9.0 * wqf / (8 + wqf)) * (p->k1 + 1);
    return wdf == 0
               ? 0
               : w * wdf /
                     (p->k1 * (1 - p->b + p->b * place[at].length / mean) +
                      wdf);
}

/* The best form of a word, each as if it were in all articles with any. */
static double
best_form(const struct query *q, const struct engine_params *p, uint32_t at)
{
    double live = 0, best = -1;

    for (size_t i = 0; i < q->child_n; i++)
        live += (double)know(q->child[i]->term)->live;
    for (size_t i = 0; i < q->child_n; i++) {
        const struct known *k = know(q->child[i]->term);

        if (k->wdf[at] >= 0)
            best = fmax(best, bm25(k, p, q->child[i]->wqf, live, at));
    }
    return best;
}

/* What the article scores; -1: it does not match. */
static double
answer(const struct query *q, const struct engine_params *p, uint32_t at)
{
    double sum = -1;

    switch (q->op) {
    case QUERY_TERM:
        return know(q->term)->wdf[at] < 0
                   ? -1
                   : bm25(know(q->term), p, q->wqf,
                          (double)know(q->term)->live, at);
    case QUERY_FORMS:
        return best_form(q, p, at);
    case QUERY_EVERY:
        return 0;
    case QUERY_DATES:
        return period_has(&q->period, place[at].date) ? 0 : -1;
    case QUERY_LENGTH:
        return place[at].words >= q->least && place[at].words <= q->most ? 0
                                                                         : -1;
    case QUERY_HAS:
        return place[at].fields >> q->field & 1 ? 0 : -1;
    default:
        break;
    }
    for (size_t i = 0; i < q->child_n; i++) {
        double one = answer(q->child[i], p, at);

        if (q->op == QUERY_ANY || q->op == QUERY_BEST) {
            if (one >= 0 && q->op == QUERY_ANY)
                sum = sum < 0 ? one : sum + one;
            else
                sum = one > sum ? one : sum;
            continue;
        }
        if ((one < 0) != (q->op == QUERY_NOT && i > 0))
            return -1;
        if (i == 0)
            sum = one;
        else if (q->op == QUERY_ALL || q->op == QUERY_PHRASE)
            sum += one;
    }
    return q->op == QUERY_PHRASE && q->child_n > 1 && sum >= 0 &&
                   !in_a_row(q, at)
               ? -1
               : sum;
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

static void
random_range(int64_t *from, int64_t *to)
{
    *from = 3600 * (int64_t)random_to(24 * DAYS);
    *to = *from + 3600 * (int64_t)random_to(24 * DAYS);
    if (random_to(6) == 0)
        *from = INT64_MIN;
    if (random_to(6) == 0)
        *to = INT64_MAX;
}

static struct query *
random_dates(struct arena *a)
{
    struct period p = {.by_instant = random_to(2)};

    random_range(&p.from, &p.to);
    random_range(&p.from_utc, &p.to_utc);
    return query_dates(a, &p);
}

static struct query *
random_columns(struct arena *a)
{
    static const enum field field[] = {FIELD_TITLE, FIELD_TITLE, FIELD_BODY,
                                       FIELD_AUTHOR, FIELD_EMBARGO};
    uint64_t least = random_to(40);

    if (random_to(2))
        return query_has(a, field[random_to(5)]);
    return query_length(a, least,
                        random_to(3) ? least + random_to(60) : UINT64_MAX);
}

static struct query *random_tree(struct arena *a, uint32_t depth);

/* Some of several that each have all of some words. */
static struct query *
random_joins(struct arena *a)
{
    struct query *join[4], *word[3];
    size_t n = 2 + random_to(3), words;

    for (size_t i = 0; i < n; i++) {
        words = 2 + random_to(2);
        for (size_t k = 0; k < words; k++)
            word[k] = random_to(12) ? random_term(a, true) : random_tree(a, 2);
        join[i] = query_node(a, QUERY_ALL, word, words);
    }
    return query_node(a, QUERY_ANY, join, n);
}

static struct query *
random_children(struct arena *a, enum query_op op, uint32_t depth)
{
    struct query *child[8];
    size_t n = 1 + random_to(random_to(3) ? 3 : 7);

    if (op == QUERY_PHRASE)
        n = 2 + random_to(2);
    for (size_t i = 0; i < n; i++) {
        if (op == QUERY_PHRASE || op == QUERY_FORMS)
            child[i] = random_term(a, true);
        else if (i > 0 && op == QUERY_FILTER && random_to(2))
            child[i] = random_to(2) ? random_dates(a) : random_columns(a);
        else
            child[i] = random_tree(a, depth + 1);
        if (op == QUERY_FORMS)
            child[i]->wqf = child[0]->wqf;
    }
    return query_node(a, op, child, n);
}

static struct query *
random_tree(struct arena *a, uint32_t depth)
{
    static const enum query_op op[] = {
        QUERY_ALL, QUERY_ALL,    QUERY_ANY,    QUERY_ANY,
        QUERY_ANY, QUERY_BEST,   QUERY_FORMS,  QUERY_FORMS,
        QUERY_NOT, QUERY_FILTER, QUERY_PHRASE, QUERY_PHRASE};

    if (depth == 0 && random_to(5) == 0)
        return random_joins(a);
    if (random_to(60) == 0)
        return query_node(a, random_to(4) ? QUERY_EVERY : QUERY_NONE, NULL, 0);
    if (random_to(25) == 0)
        return random_dates(a);
    if (random_to(25) == 0)
        return random_columns(a);
    if (depth > 3 || (depth > 0 && random_to(5) < 3))
        return random_term(a, random_to(2));
    return random_children(a, op[random_to(sizeof op / sizeof *op)], depth);
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

struct expected {
    uint32_t at;
    double score;
};

static struct expected *want;
static size_t want_n;
static enum morgue_sort order;

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

static int
sooner(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int
in_order(const void *x, const void *y)
{
    const struct expected *e = x, *f = y;
    uint32_t a = e->at, b = f->at;

    if (order == MORGUE_SORT_RELEVANCE && e->score != f->score)
        return e->score > f->score ? -1 : 1;
    const struct morgue_date *one = &place[a].date, *two = &place[b].date;
    bool one_dated = one->precision != MORGUE_DATE_NONE;
    bool two_dated = two->precision != MORGUE_DATE_NONE;

    if (one_dated != two_dated)
        return one_dated ? -1 : 1;
    if (one_dated && one->seconds != two->seconds)
        return (one->seconds < two->seconds) == (order == MORGUE_SORT_OLDEST)
                   ? -1
                   : 1;
    return sooner(place[a].arrival, place[b].arrival);
}

static void
expect(const struct query *q, const struct engine_params *p)
{
    want_n = 0;
    for (uint32_t at = 0; at < places; at++) {
        double score = place[at].deleted ? -1 : answer(q, p, at);

        if (score >= 0)
            want[want_n++] = (struct expected){.at = at, .score = score};
    }
    order = p->sort;
    qsort(want, want_n, sizeof *want, in_order);
}

static bool
is_place(uint64_t number, uint32_t at)
{
    return number == snapshot_number(place[at].segment, place[at].doc);
}

/* Whether hits from <= i < to are what is expected.  Their scores differ by
 * rounding at most; if by that, the order is free. */
static bool
same_run(const struct engine_hits *h, size_t from, size_t to)
{
    bool even = true, in_place = true;

    for (size_t i = from; i < to; i++) {
        if (!near(h->hit[i].score, want[i].score))
            return false;
        even &= want[i].score == want[from].score &&
                h->hit[i].score == h->hit[from].score;
        in_place &= is_place(h->hit[i].number, want[i].at);
    }
    if (in_place || even || order != MORGUE_SORT_RELEVANCE)
        return in_place;
    for (size_t i = from; i < to; i++) {
        size_t k = from;

        while (k < to && !is_place(h->hit[i].number, want[k].at))
            k++;
        if (k == to)
            return false;
    }
    return true;
}

/* Whether these are all that match, and in order. */
static bool
all_as_expected(const struct engine_hits *h)
{
    if (h->n != want_n || h->total != want_n || !h->exact)
        return false;
    for (size_t i = 0, to; i < want_n; i = to) {
        to = i + 1;
        while (order == MORGUE_SORT_RELEVANCE && to < want_n &&
               near(want[i].score, want[to].score))
            to++;
        if (!same_run(h, i, to))
            return false;
    }
    return true;
}

/* Whether these are those of all that were asked for, with the same scores to
 * the last bit. */
static bool
is_part(const struct engine_hits *h, const struct engine_hits *all,
        const struct engine_params *p)
{
    size_t skip = p->offset < all->n ? p->offset : all->n;
    size_t n = all->n - skip < p->limit ? all->n - skip : p->limit;

    if (h->n != n || h->total > all->n ||
        ((h->exact || p->exact_total) && h->total != all->n) ||
        (p->exact_total && !h->exact))
        return false;
    for (size_t i = 0; i < n; i++)
        if (h->hit[i].number != all->hit[skip + i].number ||
            h->hit[i].score != all->hit[skip + i].score)
            return false;
    return true;
}

static void
show(const struct query *q, const struct engine_params *p,
     const struct engine_hits *h, size_t round)
{
    struct buf b;

    buf_init(&b, 100000);
    query_print(&b, q);
    fprintf(stderr, "round %zu: sort %d offset %zu limit %zu k1 %g b %g%s\n",
            round, (int)p->sort, p->offset, p->limit, p->k1, p->b,
            p->exact_total ? " exact" : "");
    fprintf(stderr, "%s\n%zu hits of %s%" PRIu64 ", %zu match\n", b.data, h->n,
            h->exact ? "" : "at least ", h->total, want_n);
    buf_free(&b);
    for (size_t i = 0; i < h->n && p->offset + i < want_n && i < 20; i++) {
        const struct expected *w = &want[p->offset + i];

        fprintf(stderr, "%10" PRIx64 " %.15g, expected %10" PRIx64 " %.15g\n",
                h->hit[i].number, h->hit[i].score,
                snapshot_number(place[w->at].segment, place[w->at].doc),
                w->score);
    }
}

static void
trees(void)
{
    struct arena arena, room_of_hits;
    size_t found = 0;

    arena_init(&arena, SIZE_MAX / 2);
    arena_init(&room_of_hits, SIZE_MAX / 2);
    for (size_t i = 0; i < rounds && !test_case_failed; i++) {
        struct engine_params p = random_params();
        struct query *q = random_tree(&arena, 0);
        struct engine_params whole = p;
        struct engine_hits hits, all;

        whole.offset = 0;
        whole.limit = places;
        whole.exact_total = true;
        expect(q, &p);
        for (int plain = 0; plain < 2 && !test_case_failed; plain++) {
            pack_plain(plain);
            CHECK_INT(engine_search(&all, &reader->base, &room_of_hits, q,
                                    &whole, NULL),
                      MORGUE_OK);
            CHECK_INT(engine_search(&hits, &reader->base, &room_of_hits, q, &p,
                                    NULL),
                      MORGUE_OK);
            test_that(all_as_expected(&all), __FILE__, __LINE__,
                      "all, plain %d", plain);
            test_that(is_part(&hits, &all, &p), __FILE__, __LINE__,
                      "part, plain %d", plain);
        }
        if (test_case_failed)
            show(q, &p, &hits, i);
        found += want_n > 0;
        arena_reset(&arena);
        arena_reset(&room_of_hits);
    }
    pack_plain(false);
    CHECK(found > rounds / 3);
    CHECK(snap->n > 1 || articles_n > 5000); /* which are merged */
    arena_free(&arena);
    arena_free(&room_of_hits);
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
    struct dir archive;
    struct engine_reader *opened = NULL;

    state = number_of("SEED", 20261124) * 2654435761u + 88172645463325252u;
    rounds = number_of("ROUNDS", rounds);
    articles_n = number_of("ARTICLES", articles_n);
    if (!scratch_make(dir, sizeof dir, "trees"))
        return 1;
    make_archive();
    if (dir_open(&archive, dir, NULL) ||
        engine_reader_open(&opened, &engine_segment, &archive, NULL))
        return 1;
    reader = sg_reader(opened);
    snap = &reader->snapshot;
    read_places();
    want = room(places, sizeof *want);
    RUN(trees);
    engine_reader_close(opened);
    dir_close(&archive);
    for (size_t i = 0; i < known_n; i++) {
        free(known[i]->wdf);
        free(known[i]->from);
        free(known[i]->pos);
        free(known[i]);
    }
    free(place);
    free(want);
    return scratch_drop(dir) ? test_end() : 1;
}
