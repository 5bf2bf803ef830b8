/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_collect.c - collectors, held against plain code
 *
 * Random articles go through random updates into an archive: several values,
 * dates of all precisions, replaced and deleted articles, several segments.
 * The test knows what it wrote; which articles match, with what scores, it
 * asks engine_search, which others hold against a model (t_segment_search.c),
 * and looks at the words itself.  From that it sorts, counts and groups by
 * plain loops, and collectors have to answer the same: each alone, several in
 * one pass, and page by page.  Runs on each engine.
 *
 * SEED, ROUNDS and ARTICLES are taken from the environment.
 */
#include <stdlib.h>

#include "../../common/article/date.h"
#include "../../common/archive/archive.h"
#include "../../common/engine/id_term.h"
#include "../random.h"
#include "scratch.h"

enum { WORDS = 12, SECTIONS = 4, TOPICS = 5, DAYS = 900, COLLECTORS = 6 };

static char dir[200];
static const struct engine *engine;
static uint64_t state;
static size_t articles_n = 3000, rounds = 150;

static uint32_t
random_to(uint32_t n)
{
    return (uint32_t)((random_next(&state) >> 20) % n);
}

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value ? strtoull(value, NULL, 10) : otherwise;
}

/* ---- articles ----------------------------------------------------------- */

struct known {
    char id[300];
    bool live;
    uint32_t words, section, topics; /* sets of words and topics, by bit */
    struct morgue_date date;
    uint64_t arrival;
    /* of a query: */
    bool matches;
    uint64_t number;
    double score;
};

static struct known *known, **match;
static size_t match_n;
static uint64_t arrivals;
static struct engine_reader *reader;

static const char *const section[SECTIONS] = {"", "World", "Sport", "Arts"};
static const char *const topic[TOPICS] = {"wheat", "gold", "sugar", "oil",
                                          "copper"};

static void
random_date(struct morgue_date *d)
{
    *d = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    if (random_to(10) == 0)
        return;
    d->seconds = 3600 * ((int64_t)random_to(24 * DAYS) - 24 * 200);
    d->precision = (enum morgue_date_precision)(
        random_to(4) ? MORGUE_DATE_SECOND : 1 + random_to(4));
    if (d->precision == MORGUE_DATE_SECOND)
        d->offset = 900 * ((int32_t)random_to(193) - 96);
    *d = date_floor(*d);
}

static void
add_article(morgue_update *u, unsigned i)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct known *k = &known[i];
    char body[2000], topics[100] = "";
    size_t len = 0, topics_len = 0;

    k->words = k->topics = 0;
    for (unsigned w = 0; w < WORDS; w++)
        for (unsigned n = random_to(w + 1) == 0 ? 1 + random_to(4) : 0; n > 0;
             n--, k->words |= 1u << w)
            len += (size_t)snprintf(body + len, sizeof body - len, "word%c ",
                                    'a' + (int)w);
    snprintf(body + len, sizeof body - len, "once%llu",
             (unsigned long long)arrivals);
    for (unsigned t = 0; t < TOPICS; t++) {
        if (random_to(3) > 0)
            continue;
        topics_len +=
            (size_t)snprintf(topics + topics_len, sizeof topics - topics_len,
                             "%s%s", topics_len > 0 ? "\n" : "", topic[t]);
        k->topics |= 1u << t;
    }
    k->section = random_to(SECTIONS);
    random_date(&k->date);
    k->arrival = arrivals++;
    k->live = true;
    a.id = str_of(k->id);
    a.body = str_of(body);
    a.section = str_of(section[k->section]);
    a.topics = str_of(topics);
    a.lang = STR("en");
    a.date = k->date;
    CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
}

/* New articles, some again, some taken out. */
static void
update(unsigned from, unsigned to)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine->name;
    o.threads = 1;
    CHECK_INT(morgue_update_open(&u, dir, &o, NULL), MORGUE_OK);
    for (unsigned i = from; u && i < to; i++)
        add_article(u, i);
    for (unsigned i = 0; u && i < from / 8; i++) {
        unsigned which = 1 + random_to(from - 1); /* the first stays */

        if (random_to(2)) {
            add_article(u, which);
            continue;
        }
        known[which].live = false;
        CHECK_INT(morgue_update_remove(u, known[which].id, NULL, NULL),
                  MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

/* Ids in no order, some beyond what a term can have. */
static void
name_articles(void)
{
    for (unsigned i = 0; i < articles_n; i++) {
        size_t len = (size_t)snprintf(known[i].id, sizeof known[i].id,
                                      "%02x.%u", random_to(256), i);

        if (random_to(30) == 0)
            memset(known[i].id + len, 'a' + (int)random_to(3), 250 - len);
    }
}

static void
make_archive(void)
{
    unsigned n = (unsigned)articles_n, at = n * 7 / 10;

    known = calloc(n, sizeof *known);
    match = calloc(n, sizeof(struct known *));
    if (!known || !match)
        exit(1);
    arrivals = 0;
    name_articles();
    update(0, at);
    for (unsigned k = 1; k <= 4; k++) {
        unsigned to = k == 4 ? n : at + n / (20 * k);

        update(at, to);
        at = to;
    }
}

/* ---- queries ------------------------------------------------------------ */

/* A query, and which words an article needs: each of `all`, and one of `any`
 * unless that is 0, and none of `never`, and a date in the period. */
struct asked {
    struct query *query;
    uint32_t all, any, never;
    bool dated;
    struct period period;
};

static struct query *
word(struct arena *a, unsigned w)
{
    char term[8];
    struct morgue_str copy;

    snprintf(term, sizeof term, "word%c", 'a' + (int)w);
    return arena_str(a, str_of(term), &copy) ? query_term(a, copy, 1) : NULL;
}

static struct query *
words(struct arena *a, enum query_op op, uint32_t set)
{
    struct query *child[WORDS];
    size_t n = 0;

    for (unsigned w = 0; w < WORDS; w++)
        if (set >> w & 1)
            child[n++] = word(a, w);
    return query_node(a, op, child, n);
}

static struct asked
random_query(struct arena *a)
{
    struct asked q = {.query = query_node(a, QUERY_EVERY, NULL, 0)};
    struct query *part[2];
    uint32_t kind = random_to(6);

    if (kind == 1)
        q.any = 1u << random_to(WORDS);
    if (kind >= 2)
        q.any = 1 + random_to((1u << WORDS) - 1);
    if (kind == 3)
        q.all = 1u << random_to(WORDS) | 1u << random_to(WORDS);
    if (q.all)
        q.any = 0;
    if (q.any)
        q.query = words(a, kind == 5 ? QUERY_FORMS : QUERY_ANY, q.any);
    if (q.all)
        q.query = words(a, QUERY_ALL, q.all);
    part[0] = q.query;
    if (kind == 4) {
        q.never = 1u << random_to(WORDS);
        part[1] = words(a, QUERY_ANY, q.never);
        q.query = query_node(a, QUERY_NOT, part, 2);
    }
    if (random_to(4) == 0) {
        q.dated = true;
        q.period.from = 86400 * (int64_t)random_to(DAYS);
        q.period.to = q.period.from + 86400 * (int64_t)random_to(DAYS);
        part[0] = q.query;
        part[1] = query_dates(a, &q.period);
        q.query = query_node(a, QUERY_FILTER, part, 2);
    }
    return q;
}

static bool
is_match(const struct asked *q, const struct known *k)
{
    return k->live && (k->words & q->all) == q->all &&
           (q->any == 0 || (k->words & q->any)) && !(k->words & q->never) &&
           (!q->dated || period_has(&q->period, k->date));
}

static struct known *
known_as(struct morgue_str id)
{
    for (size_t i = 0; i < articles_n; i++)
        if (str_eq(str_of(known[i].id), id))
            return &known[i];
    return NULL;
}

static const struct engine_params params = {.k1 = 1.4, .b = 0.7};

/* What matches, by the words; numbers and scores from the engine. */
static void
find_matches(struct arena *a, const struct asked *q)
{
    struct engine_params p = params;
    struct engine_hits hits;

    match_n = 0;
    for (size_t i = 0; i < articles_n; i++) {
        known[i].matches = is_match(q, &known[i]);
        if (known[i].matches)
            match[match_n++] = &known[i];
    }
    p.limit = articles_n;
    p.exact_total = true;
    CHECK_INT(engine_search(&hits, reader, a, q->query, &p, NULL), MORGUE_OK);
    CHECK_INT(hits.n, match_n);
    for (size_t i = 0; i < hits.n; i++) {
        struct morgue_article article;
        struct known *k;

        CHECK_INT(engine_article(&article, reader, a, hits.hit[i].number,
                                 false, NULL),
                  MORGUE_OK);
        k = known_as(article.id);
        CHECK(k && k->matches);
        if (!k)
            continue;
        k->number = hits.hit[i].number;
        k->score = hits.hit[i].score;
    }
}

/* ---- plain code --------------------------------------------------------- */

static enum morgue_sort order;

static int
compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int
by_newest(const struct known *x, const struct known *y, int sign)
{
    bool dx = x->date.precision != MORGUE_DATE_NONE;
    bool dy = y->date.precision != MORGUE_DATE_NONE;

    if (dx != dy)
        return dx ? -1 : 1;
    if (dx && x->date.seconds != y->date.seconds)
        return sign * compare(y->date.seconds, x->date.seconds);
    return compare((int64_t)x->arrival, (int64_t)y->arrival);
}

static int
by_order(const void *a, const void *b)
{
    const struct known *x = *(struct known *const *)a;
    const struct known *y = *(struct known *const *)b;
    struct id_term tx = id_term(str_of(x->id)), ty = id_term(str_of(y->id));

    switch (order) {
    case MORGUE_SORT_RELEVANCE:
        return x->score > y->score   ? -1
               : x->score < y->score ? 1
                                     : by_newest(x, y, 1);
    case MORGUE_SORT_NEWEST:
        return by_newest(x, y, 1);
    case MORGUE_SORT_OLDEST:
        return by_newest(x, y, -1);
    case MORGUE_SORT_ARRIVAL:
        return compare((int64_t)x->arrival, (int64_t)y->arrival);
    case MORGUE_SORT_LATEST:
        return compare((int64_t)y->arrival, (int64_t)x->arrival);
    case MORGUE_SORT_ID:
        break;
    }
    return str_compare(str_slice(tx.s, tx.len), str_slice(ty.s, ty.len));
}

static void
sort_matches(enum morgue_sort sort)
{
    order = sort;
    if (match_n > 0)
        qsort(match, match_n, sizeof(struct known *), by_order);
}

/* Whether an article has the `i`th value; how many there are. */
static bool
has_value(const struct known *k, enum field f, unsigned i)
{
    return f == FIELD_TOPICS ? k->topics >> i & 1 : k->section == i;
}

static unsigned
values_n(enum field f)
{
    return f == FIELD_TOPICS ? TOPICS : SECTIONS;
}

static const char *
value_of(enum field f, unsigned i)
{
    return f == FIELD_TOPICS ? topic[i] : section[i];
}

static bool
has_none(const struct known *k, enum field f)
{
    return f == FIELD_TOPICS ? k->topics == 0 : k->section == 0;
}

/* ---- the checks --------------------------------------------------------- */

static void
check_hit(const struct engine_hit *hit, const struct known *want)
{
    CHECK_INT(hit->number, want->number);
    CHECK(hit->score - want->score <= 1e-9 &&
          want->score - hit->score <= 1e-9);
}

/* `from`: what has to come first, of what was sorted. */
static void
check_first(const struct collector *c, size_t from)
{
    size_t n = from < match_n ? match_n - from : 0;

    sort_matches(c->sort);
    n = n < c->limit ? n : c->limit;
    CHECK_INT(c->hits.n, n);
    for (size_t i = 0; i < n && i < c->hits.n; i++)
        check_hit(&c->hits.hit[i], match[from + i]);
    CHECK(c->hits.total <= match_n);
    if (c->hits.exact)
        CHECK_INT(c->hits.total, match_n);
}

static void
check_values(const struct collector *c)
{
    size_t n = 0;

    for (size_t i = 1; i < c->n; i++)
        CHECK(str_compare(c->value[i - 1].value, c->value[i].value) < 0);
    for (unsigned v = 0; v < values_n(c->field); v++) {
        uint64_t want = 0, got = 0;

        for (size_t i = 0; i < match_n; i++)
            want += has_value(match[i], c->field, v);
        if (!value_of(c->field, v)[0])
            continue;
        n += want > 0;
        for (size_t i = 0; i < c->n; i++)
            if (str_eq(c->value[i].value, str_of(value_of(c->field, v))))
                got += c->value[i].articles;
        CHECK_INT(got, want);
    }
    CHECK_INT(c->n, n);
}

static void
check_periods(const struct collector *c)
{
    static const enum morgue_date_precision least[] = {
        MORGUE_DATE_DAY, MORGUE_DATE_MONTH, MORGUE_DATE_YEAR};
    uint64_t undated = 0, imprecise = 0, dated = 0;

    for (size_t i = 0; i < match_n; i++) {
        struct morgue_date d = {.seconds = date_local(match[i]->date),
                                .precision = least[c->unit]};
        uint64_t same = 0;
        size_t at = 0;

        if (match[i]->date.precision < d.precision) {
            undated += match[i]->date.precision == MORGUE_DATE_NONE;
            imprecise += match[i]->date.precision != MORGUE_DATE_NONE;
            continue;
        }
        dated++;
        d = date_floor(d);
        while (at < c->n && c->period[at].begin != d.seconds)
            at++;
        for (size_t k = 0; k < match_n; k++)
            same += match[k]->date.precision >= d.precision &&
                    date_local(match[k]->date) >= d.seconds &&
                    date_local(match[k]->date) < date_end(d);
        CHECK(at < c->n && c->period[at].articles == same);
    }
    CHECK_INT(c->undated, undated);
    CHECK_INT(c->imprecise, imprecise);
    for (size_t i = 0; i < c->n; i++) {
        dated -= c->period[i].articles;
        CHECK(c->period[i].articles > 0);
        CHECK(i == 0 || c->period[i].begin > c->period[i - 1].begin);
    }
    CHECK_INT(dated, 0);
}

/* The group's articles, in order; it is that of the value, or of none. */
static void
check_group(const struct engine_group *g, const struct collector *c)
{
    size_t n = 0;
    unsigned v = 0;

    while (g->value.len > 0 && v + 1 < values_n(c->field) &&
           !str_eq(g->value, str_of(value_of(c->field, v))))
        v++;
    for (size_t i = 0; i < match_n; i++) {
        if (g->value.len > 0 ? !has_value(match[i], c->field, v)
                             : !has_none(match[i], c->field))
            continue;
        if (n < g->n)
            check_hit(&g->hit[n], match[i]);
        n++;
    }
    CHECK_INT(g->articles, n);
    CHECK_INT(g->n, n < c->limit ? n : c->limit);
}

/* Where the first article of the group is among those sorted. */
static size_t
place_of(const struct engine_group *g)
{
    size_t i = 0;

    while (i < match_n && match[i]->number != g->hit->number)
        i++;
    return i;
}

static void
check_groups(const struct collector *c)
{
    size_t all = 0, none = 0;

    sort_matches(c->sort);
    for (unsigned v = 0; v < values_n(c->field); v++) {
        size_t with = 0;

        for (size_t i = 0; i < match_n; i++)
            with +=
                value_of(c->field, v)[0] && has_value(match[i], c->field, v);
        all += with > 0;
    }
    for (size_t i = 0; i < match_n; i++)
        none += has_none(match[i], c->field);
    all += none > 0;
    CHECK_INT(c->n, all < c->groups ? all : c->groups);
    for (size_t i = 0; i < c->n; i++) {
        check_group(&c->group[i], c);
        if (i == 0 || c->limit == 0)
            continue;
        CHECK(place_of(&c->group[i - 1]) <= place_of(&c->group[i]));
        if (place_of(&c->group[i - 1]) == place_of(&c->group[i]))
            CHECK(str_compare(c->group[i - 1].value, c->group[i].value) < 0);
    }
}

/* ---- collectors --------------------------------------------------------- */

struct wanted {
    struct collector c;
    struct engine_hit after;
    size_t from;
};

static void
random_collector(struct wanted *w)
{
    struct collector *c = &w->c;

    *w = (struct wanted){.from = 0};
    c->kind = (enum collect)random_to(COLLECT_GROUPS + 1);
    c->field = random_to(2) ? FIELD_TOPICS : FIELD_SECTION;
    c->unit = (enum date_unit)random_to(UNIT_YEAR + 1);
    c->groups = random_to(3) ? SIZE_MAX : random_to(4);
    c->limit = random_to(4) ? random_to(12) : articles_n;
    c->sort = (enum morgue_sort)random_to(
        c->kind == COLLECT_GROUPS ? MORGUE_SORT_ID : MORGUE_SORT_ID + 1);
    if (c->kind != COLLECT_FIRST)
        return;
    c->offset = random_to(3) ? 0 : random_to(20);
    w->from = c->offset;
    if (match_n > 0 && random_to(3) == 0) {
        size_t at = random_to((uint32_t)match_n);

        sort_matches(c->sort);
        w->after = (struct engine_hit){match[at]->number, match[at]->score};
        w->from += at + 1;
    }
}

static void
check_collector(const struct wanted *w, const struct collector *c)
{
    switch (c->kind) {
    case COLLECT_FIRST:
        check_first(c, w->from);
        break;
    case COLLECT_COUNT:
        CHECK_INT(c->count, match_n);
        break;
    case COLLECT_VALUES:
        check_values(c);
        break;
    case COLLECT_PERIODS:
        check_periods(c);
        break;
    case COLLECT_GROUPS:
        check_groups(c);
        break;
    }
}

static void
collectors_answer_as_plain_code(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX / 2);
    for (size_t round = 0; round < rounds && !test_case_failed; round++) {
        struct wanted w[COLLECTORS];
        struct collector c[COLLECTORS];
        size_t n = random_to(3) ? 1 : 1 + random_to(COLLECTORS);
        struct asked q = random_query(&arena);
        struct engine_params p = params;
        struct morgue_error err;

        find_matches(&arena, &q);
        p.exact_total = random_to(2);
        for (size_t i = 0; i < n; i++) {
            random_collector(&w[i]);
            c[i] = w[i].c;
            if (c[i].kind == COLLECT_FIRST && w[i].from > c[i].offset)
                c[i].after = &w[i].after;
        }
        test_that(
            !engine_collect(c, n, reader, &arena, q.query, &p, NULL, &err),
            __FILE__, __LINE__, "%s", err.message);
        for (size_t i = 0; i < n; i++)
            check_collector(&w[i], &c[i]);
        if (test_case_failed)
            fprintf(stderr, "round %zu, %zu collectors, %zu matches\n", round,
                    n, match_n);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

/* Page by page, in every order: nothing again, nothing left out, and nothing
 * behind the last, be it the first that came. */
static void
pages_are_the_whole(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX / 2);
    for (unsigned sort = 0; sort <= MORGUE_SORT_ID; sort++) {
        struct asked q = {.query = query_node(&arena, QUERY_EVERY, NULL, 0)};
        struct engine_hit last;
        struct collector c = {.kind = COLLECT_FIRST};
        size_t at = 0;

        if (sort == MORGUE_SORT_RELEVANCE)
            q = random_query(&arena);
        find_matches(&arena, &q);
        c.sort = (enum morgue_sort)sort;
        sort_matches(c.sort);
        do {
            c.limit = 1 + random_to(200);
            CHECK_INT(engine_collect(&c, 1, reader, &arena, q.query, &params,
                                     NULL, NULL),
                      MORGUE_OK);
            for (size_t i = 0; i < c.hits.n && at < match_n; i++)
                check_hit(&c.hits.hit[i], match[at++]);
            if (c.hits.n > 0)
                last = c.hits.hit[c.hits.n - 1];
            c.after = &last;
        } while (c.hits.n > 0 && !test_case_failed);
        CHECK_INT(at, match_n);
    }
    arena_free(&arena);
}

/* ---- the stop ----------------------------------------------------------- */

/* What is over before it begins finds nothing, and says so. */
static void
a_deadline_gives_a_part(void)
{
    static const enum morgue_sort sorts[] = {
        MORGUE_SORT_RELEVANCE, MORGUE_SORT_OLDEST, MORGUE_SORT_ID};
    struct arena arena;

    arena_init(&arena, SIZE_MAX / 2);
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        struct stop stop = {.deadline = stop_clock() - 1};
        struct collector c[] = {
            {.kind = COLLECT_FIRST, .sort = sorts[i], .limit = 10},
            {.kind = COLLECT_COUNT}};

        CHECK_INT(engine_collect(c, 2, reader, &arena, word(&arena, 0),
                                 &params, &stop, NULL),
                  MORGUE_OK);
        CHECK(stop.timed_out && !c[0].hits.exact);
        CHECK(c[0].hits.n <= 10 && c[1].count >= c[0].hits.n);
    }
    arena_free(&arena);
}

static void
an_interrupt_ends_it(void)
{
    morgue_interrupt *raise = NULL;
    struct morgue_error err;
    struct arena arena;

    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(morgue_interrupt_new(&raise, NULL), MORGUE_OK);
    for (unsigned kind = 0; kind <= COLLECT_GROUPS; kind++) {
        struct collector c = {.kind = (enum collect)kind,
                              .field = FIELD_TOPICS,
                              .limit = 5,
                              .groups = 5};
        struct stop stop = stop_after(0, raise);

        morgue_interrupt_raise(raise);
        CHECK_INT(engine_collect(&c, 1, reader, &arena, word(&arena, 0),
                                 &params, &stop, &err),
                  MORGUE_INTERRUPTED);
        CHECK_INT(err.status, MORGUE_INTERRUPTED);
        morgue_interrupt_clear(raise);
        stop = stop_after(0, raise);
        CHECK_INT(engine_collect(&c, 1, reader, &arena, word(&arena, 0),
                                 &params, &stop, &err),
                  MORGUE_OK);
    }
    morgue_interrupt_free(raise);
    arena_free(&arena);
}

static void
run_on(const struct engine *e)
{
    struct dir archive;

    engine = e;
    if (!scratch_make(dir, sizeof dir, "t_collect"))
        exit(1);
    make_archive();
    CHECK_INT(dir_open(&archive, dir, NULL), MORGUE_OK);
    CHECK_INT(engine_reader_open(&reader, engine, &archive, NULL), MORGUE_OK);
    if (reader) {
        RUN_ON(e->name, collectors_answer_as_plain_code);
        RUN_ON(e->name, pages_are_the_whole);
        RUN_ON(e->name, a_deadline_gives_a_part);
        RUN_ON(e->name, an_interrupt_ends_it);
    }
    engine_reader_close(reader);
    dir_close(&archive);
    scratch_drop(dir);
    free(known);
    free(match);
}

int
main(void)
{
    const struct engine *const all[] = {engine_at(0), engine_at(1)};

    state = number_of("SEED", 20261130) * 2 + 1;
    rounds = number_of("ROUNDS", rounds);
    articles_n = number_of("ARTICLES", articles_n);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        run_on(all[i]);
    return test_end();
}
