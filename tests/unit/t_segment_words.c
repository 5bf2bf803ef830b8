/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_words.c - words of a pattern, few and many, in a segment that is
 * wider than a span of their sums
 *
 * Which articles have which words is known without the index: word w is in
 * article i as often as uses(w, i) says.  Matches, and scores of WORDS by
 * itself, are held against that; the best ten against all hits.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../common/engine/bm25.h"
#include "../../common/segment/engine_segment.h"
#include "../test.h"

enum { ARTICLES = 70000, WORDS = 40, QUERIES = 12, RARE_EACH = 97 };

static char archive[500];
static uint64_t length_sum;
static uint32_t lengths[ARTICLES];

/* Word 0 is in half of all articles, others in ever fewer; 1 to 3 times. */
static unsigned
uses(unsigned w, unsigned i)
{
    unsigned h = (i * 2654435761u) ^ (w * 40503u * 65537u);

    h = (h ^ (h >> 15)) * 2246822519u;
    h ^= h >> 13;
    return h % (2 + w * w * 8) == 0 ? 1 + h / 7 % 3 : 0;
}

static bool
is_rare(unsigned i)
{
    return i % RARE_EACH == 5;
}

static void
add_articles(void)
{
    struct morgue_update *u = NULL;
    char id[20], body[2000];

    CHECK_INT(morgue_update_open(&u, archive, NULL, NULL), MORGUE_OK);
    for (unsigned i = 0; i < ARTICLES; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;
        size_t n = (size_t)snprintf(body, sizeof body, "all%s",
                                    is_rare(i) ? " rare" : "");

        for (unsigned w = 0; w < WORDS; w++)
            for (unsigned k = uses(w, i); k > 0; k--)
                n += (size_t)snprintf(body + n, sizeof body - n, " word%u", w);
        a.id = str_slice(id, (size_t)snprintf(id, sizeof id, "a%05u", i));
        a.body = str_of(body);
        a.lang = str_of("xx");
        CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

/* ---- queries ------------------------------------------------------------ */

/* The words from <= w < to, and what goes with them. */
struct asked {
    unsigned from, to;
    enum { ALONE, WITH_RARE, WITHOUT_RARE, OR_RARE, NONE_OF_RARE } with;
} asked[QUERIES] = {
    {0, WORDS, ALONE},         {10, WORDS, ALONE},  {2, 10, ALONE},
    {30, 33, ALONE},           {0, 2, ALONE},       {5, 6, ALONE},
    {1, WORDS, WITH_RARE},     {2, 8, WITH_RARE},   {1, WORDS, WITHOUT_RARE},
    {12, WORDS, NONE_OF_RARE}, {4, WORDS, OR_RARE}, {6, 9, OR_RARE},
};

static unsigned
wdf_of(const struct asked *q, unsigned i)
{
    unsigned n = 0;

    for (unsigned w = q->from; w < q->to; w++)
        n += uses(w, i);
    return n;
}

static bool
matches(const struct asked *q, unsigned i)
{
    bool has = wdf_of(q, i) > 0;

    switch (q->with) {
    case ALONE:
        return has;
    case WITH_RARE:
        return has && is_rare(i);
    case WITHOUT_RARE:
        return has && !is_rare(i);
    case OR_RARE:
        return has || is_rare(i);
    case NONE_OF_RARE:
        break;
    }
    return is_rare(i) && !has;
}

static struct query *
two(struct arena *a, enum query_op op, struct query *x, struct query *y)
{
    struct query *part[] = {x, y};

    return query_node(a, op, part, 2);
}

static struct query *
query_of(struct arena *a, const struct asked *q)
{
    struct query *part[WORDS], *rare = query_term(a, str_of("rare"), 1),
                               *words;
    size_t n = 0;

    for (unsigned w = q->from; w < q->to; w++) {
        char *s = arena_alloc(a, 16);

        part[n++] = query_term(
            a, str_slice(s, (size_t)snprintf(s, 16, "word%u", w)), 1);
    }
    words = query_node(a, QUERY_WORDS, part, n);
    switch (q->with) {
    case ALONE:
        return words;
    case WITH_RARE:
        return two(a, QUERY_ALL, words, rare);
    case WITHOUT_RARE:
        return two(a, QUERY_NOT, words, rare);
    case OR_RARE:
        return two(a, QUERY_ANY, words, rare);
    case NONE_OF_RARE:
        break;
    }
    return two(a, QUERY_NOT, rare, words);
}

/* ---- what is right ------------------------------------------------------ */

static void
count_lengths(void)
{
    for (unsigned i = 0; i < ARTICLES; i++) {
        lengths[i] = is_rare(i) ? 4 : 2; /* a word and its stem */
        for (unsigned w = 0; w < WORDS; w++)
            lengths[i] += 2 * uses(w, i);
        length_sum += lengths[i];
    }
}

static double
score_of(const struct asked *q, unsigned i)
{
    struct weighing m;
    uint64_t df = 0;

    weighing_init(&m, 1.2, 0.75, ARTICLES, length_sum);
    for (unsigned w = q->from; w < q->to; w++)
        for (unsigned k = 0; k < ARTICLES; k++)
            df += uses(w, k) > 0;
    return weighing_score(weighing_term(&m, df, 1), wdf_of(q, i),
                          weighing_norm(&m, lengths[i]));
}

static unsigned
number_of(struct engine_reader *r, struct arena *a, uint64_t number)
{
    struct morgue_article article;

    CHECK_INT(engine_article(&article, r, a, number, false, NULL), MORGUE_OK);
    return (unsigned)strtoul(article.id.s + 1, NULL, 10);
}

static void
hits_are_those(struct engine_reader *r, struct arena *a, const struct asked *q)
{
    static bool found[ARTICLES];
    struct engine_params all = {.k1 = 1.2, .b = 0.75, .limit = ARTICLES};
    struct engine_params ten = {.k1 = 1.2, .b = 0.75, .limit = 10};
    struct engine_params none = {.exact_total = true};
    struct query *query = query_of(a, q);
    struct engine_hits x, y, z;
    unsigned wrong = 0, total = 0;

    CHECK_INT(engine_search(&x, r, a, query, &all, NULL), MORGUE_OK);
    CHECK_INT(engine_search(&y, r, a, query, &ten, NULL), MORGUE_OK);
    CHECK_INT(engine_search(&z, r, a, query, &none, NULL), MORGUE_OK);
    memset(found, 0, sizeof found);
    for (size_t i = 0; i < x.n; i++)
        found[number_of(r, a, x.hit[i].number)] = true;
    for (unsigned i = 0; i < ARTICLES; i++) {
        wrong += found[i] != matches(q, i);
        total += matches(q, i);
    }
    CHECK_INT(wrong, 0);
    CHECK(total > 20);
    CHECK_INT(z.total, total);
    CHECK_INT(y.n, 10);
    for (size_t i = 0; i < y.n && i < x.n; i++) {
        CHECK_INT(y.hit[i].number, x.hit[i].number);
        CHECK(y.hit[i].score == x.hit[i].score);
    }
    if (q->with == ALONE && y.n > 0)
        CHECK(fabs(y.hit->score -
                   score_of(q, number_of(r, a, y.hit->number))) < 1e-12);
}

static void
words_of_a_pattern_are_one(void)
{
    struct engine_reader *reader = NULL;
    struct dir dir;
    struct arena arena;
    const char *scratch = getenv("SCRATCH");

    snprintf(archive, sizeof archive, "%s/t_segment_words",
             scratch ? scratch : "/tmp");
    count_lengths();
    add_articles();
    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(dir_open(&dir, archive, NULL), MORGUE_OK);
    CHECK_INT(engine_reader_open(&reader, &engine_segment, &dir, NULL),
              MORGUE_OK);
    for (int i = 0; i < QUERIES; i++) {
        hits_are_those(reader, &arena, &asked[i]);
        arena_reset(&arena);
    }
    engine_reader_close(reader);
    dir_close(&dir);
    arena_free(&arena);
}

int
main(void)
{
    RUN(words_of_a_pattern_are_one);
    return test_end();
}
