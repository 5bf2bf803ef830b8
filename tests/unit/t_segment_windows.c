/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_windows.c - choices of which a segment has one part only, and
 * others of which nothing is known, in segments wider than a window
 *
 * Rare words of an any-of are looked up over many numbers at once, which only
 * plain lists allow.  Each query is asked for its best hit and for all hits:
 * the first must be the same.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../common/segment/engine_segment.h"
#include "../test.h"

enum { ARTICLES = 9000, QUERIES = 6 };

static char archive[500];

/* `n` articles; every 700th has the rare words, `other` or `water`. */
static void
add_articles(int n, int from, const char *rare, const char *lang)
{
    struct morgue_update *u = NULL;
    char id[20], body[200];

    CHECK_INT(morgue_update_open(&u, archive, NULL, NULL), MORGUE_OK);
    for (int i = from; i < from + n; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;

        a.id = str_slice(id, (size_t)snprintf(id, sizeof id, "a%d", i));
        snprintf(body, sizeof body, "common words %s number%d",
                 i % 700 == 3 ? rare : "", i % 50);
        a.body = str_of(body);
        a.lang = str_of(lang);
        CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

static struct query *
word(struct arena *a, const char *s)
{
    return query_term(a, str_of(s), 1);
}

static struct query *
two(struct arena *a, enum query_op op, struct query *x, struct query *y)
{
    struct query *part[] = {x, y};

    return query_node(a, op, part, 2);
}

static struct query *
query_of(struct arena *a, int i)
{
    struct query *best =
        two(a, QUERY_BEST, word(a, "water"), word(a, "wasser"));
    struct query *phrase =
        two(a, QUERY_PHRASE, word(a, "cold"), word(a, "water"));

    switch (i) {
    case 0:
        return best;
    case 1:
        return two(a, QUERY_ANY, best, word(a, "number7"));
    case 2:
        return two(a, QUERY_ANY, best, word(a, "common"));
    case 3:
        return two(a, QUERY_ANY, phrase, word(a, "number7"));
    case 4:
        return two(a, QUERY_ANY, two(a, QUERY_ALL, best, word(a, "common")),
                   word(a, "wasser"));
    default:
        return two(a, QUERY_ALL, best, word(a, "common"));
    }
}

static void
one_is_the_first_of_all(void)
{
    struct engine_reader *reader = NULL;
    struct dir dir;
    struct arena arena;
    const char *scratch = getenv("SCRATCH");

    snprintf(archive, sizeof archive, "%s/t_segment_windows",
             scratch ? scratch : "/tmp");
    add_articles(ARTICLES, 0, "cold water", "en");
    add_articles(100, ARTICLES + 1, "kaltes wasser", "de");
    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(dir_open(&dir, archive, NULL), MORGUE_OK);
    CHECK_INT(engine_reader_open(&reader, &engine_segment, &dir, NULL),
              MORGUE_OK);
    for (int i = 0; i < QUERIES; i++) {
        struct engine_params one = {.k1 = 1.2, .b = 0.75, .limit = 1};
        struct engine_params all = {.k1 = 1.2, .b = 0.75, .limit = 20000};
        struct engine_hits x, y;
        struct query *q = query_of(&arena, i);

        CHECK_INT(engine_search(&x, reader, &arena, q, &one, NULL), MORGUE_OK);
        CHECK_INT(engine_search(&y, reader, &arena, q, &all, NULL), MORGUE_OK);
        CHECK(x.n == 1 && y.n >= 13);
        if (x.n == 1 && y.n > 0) {
            CHECK_INT(x.hit->number, y.hit->number);
            CHECK(x.hit->score - y.hit->score < 1e-9);
            CHECK(y.hit->score - x.hit->score < 1e-9);
        }
    }
    engine_reader_close(reader);
    dir_close(&dir);
    arena_free(&arena);
}

int
main(void)
{
    RUN(one_is_the_first_of_all);
    return test_end();
}
