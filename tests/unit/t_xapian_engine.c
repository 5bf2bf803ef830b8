/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_xapian_engine.c - what is the xapian engine's alone: generations, the
 * words of stems in its database, and what libxapian does wrong
 */
#include "../test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../../common/xapian/engine_xapian.h"
#include "scratch.h"

static char dir[200];
static struct morgue_error err;

static morgue_update *
open_update(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = "xapian";
    o.threads = 1;
    CHECK_INT(morgue_update_open(&u, dir, &o, &err), MORGUE_OK);
    return u;
}

static void
add(morgue_update *u, const char *id, const char *title, const char *body)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.id = str_of(id);
    a.title = str_of(title);
    a.lang = STR("en");
    a.body = str_of(body);
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
}

static void
commit(morgue_update *u)
{
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

static void
add_one(const char *id, const char *title, const char *body)
{
    morgue_update *u = open_update();

    add(u, id, title, body);
    commit(u);
}

static bool
has_generation(unsigned n)
{
    char path[260];
    struct stat s;

    snprintf(path, sizeof path, "%s/gen-%06u", dir, n);
    return stat(path, &s) == 0;
}

static struct engine_reader *
open_reader(const struct dir *at)
{
    struct engine_reader *r = NULL;

    CHECK_INT(engine_reader_open(&r, &engine_xapian, at, &err), MORGUE_OK);
    return r;
}

static uint64_t
matches(struct engine_reader *r, struct arena *arena, const struct query *q)
{
    struct collector c = {.kind = COLLECT_COUNT};
    const struct engine_params params = {.k1 = 1};

    CHECK_INT(engine_collect(&c, 1, r, arena, q, &params, NULL, &err),
              MORGUE_OK);
    return c.count;
}

static uint64_t
with_term(struct engine_reader *r, const char *term)
{
    struct arena arena;
    uint64_t n;

    arena_init(&arena, SIZE_MAX / 2);
    n = matches(r, &arena, query_term(&arena, str_of(term), 1));
    arena_free(&arena);
    return n;
}

static uint64_t
near(struct engine_reader *r, const char *a, const char *b)
{
    const struct reach two = {.unit = REACH_POSITIONS, .n = 2};
    struct arena arena;
    uint64_t n;

    arena_init(&arena, SIZE_MAX / 2);
    n = matches(r, &arena,
                query_reach(&arena, QUERY_NEAR, &two,
                            query_term(&arena, str_of(a), 1),
                            query_term(&arena, str_of(b), 1)));
    arena_free(&arena);
    return n;
}

/* ---- generations ---- */

static void
a_generation_stays_while_it_is_read(void)
{
    struct engine_reader *old, *copy = NULL;
    struct dir at;

    add_one("a", "", "ferry");
    add_one("b", "", "ferry");
    CHECK_INT(dir_open(&at, dir, &err), MORGUE_OK);
    old = open_reader(&at); /* of the third */
    for (unsigned i = 0; i < 3; i++)
        add_one("c", "", i % 2 ? "ferry" : "boat");
    CHECK(!has_generation(2) && has_generation(3) && !has_generation(4));
    CHECK(has_generation(5) && has_generation(6));
    CHECK_INT(engine_reader_copy(&copy, old, &err), MORGUE_OK);
    CHECK_INT(engine_reader_state(copy), engine_reader_state(old));
    engine_reader_close(old);
    CHECK_INT(with_term(copy, "ferry"), 2);
    CHECK_INT(with_term(copy, "boat"), 0);
    add_one("d", "", "ferry");
    CHECK(has_generation(3) && !has_generation(5));
    CHECK_INT(engine_reader_refresh(copy, &err), MORGUE_OK);
    CHECK_INT(with_term(copy, "ferry"), 3);
    CHECK_INT(with_term(copy, "boat"), 1);
    add_one("e", "", "boat");
    CHECK(!has_generation(3) && has_generation(7) && has_generation(8));
    engine_reader_close(copy);
    dir_close(&at);
}

/* A lock that somebody holds is none on what is current. */
static void
an_update_that_fails_leaves_what_is_read(void)
{
    struct engine_reader *r;
    morgue_update *u;
    struct dir at;

    CHECK_INT(dir_open(&at, dir, &err), MORGUE_OK);
    r = open_reader(&at);
    u = open_update();
    add(u, "f", "", "ferry");
    morgue_update_close(u);
    CHECK(has_generation(8) && !has_generation(9));
    CHECK_INT(with_term(r, "ferry"), 3);
    engine_reader_close(r);
    dir_close(&at);
}

/* ---- words of stems ---- */

static void
check_words(const char *when, uint64_t want)
{
    struct engine_reader *r;
    struct dir at;
    uint64_t got;

    CHECK_INT(dir_open(&at, dir, &err), MORGUE_OK);
    r = open_reader(&at);
    got = near(r, "Zen:ferri", "Zen:sail");
    test_that(got == want, __FILE__, __LINE__, "%s: %u, not %u", when,
              (unsigned)got, (unsigned)want);
    CHECK_INT(near(r, "ZSen:ferri", "ZSen:sail"), 1);
    CHECK_INT(near(r, "Zen:ferri", "Zen:harbour"), 0);
    engine_reader_close(r);
    dir_close(&at);
}

static void
words_of_stems_are_kept(void)
{
    morgue_update *u = open_update();

    add(u, "s1", "Ferries sailed", "They left the old harbour.");
    add(u, "s2", "", "A ferry sails there.");
    commit(u);
    check_words("after a merge or a copy", 2);
    add_one("s3", "", "Sailing by ferry");
    check_words("after a small update", 3);
    CHECK_INT(morgue_compact(dir, &err), MORGUE_OK);
    check_words("after compacting", 3);
    add_one("s2", "", "The ferry's sail; the harbour.");
    check_words("after a change", 3);
    CHECK_INT(morgue_check(dir, NULL, NULL, &err), MORGUE_OK);
}

/* What the database has for a stem, as "a b". */
static const char *
words_in(const char *generation, const char *stem)
{
    static char words[200];
    struct xc_error xerr;
    xc_db *db = NULL;
    xc_iter *it = NULL;
    bool more = true;
    size_t len, at = 0;
    char path[260];
    enum xc_status st;

    words[0] = '\0';
    snprintf(path, sizeof path, "%s%s", dir, generation);
    st = xc_db_open(&db, path, &xerr);
    if (!st)
        st = xc_iter_synonyms(&it, db, stem, strlen(stem), &xerr);
    while (!st && (st = xc_iter_next(&more, it, &xerr)) == XC_OK && more)
        at += (size_t)snprintf(words + at, sizeof words - at, "%s%s",
                               at ? " " : "", xc_iter_bytes(it, &len));
    CHECK_INT(st, XC_OK);
    xc_iter_free(it);
    xc_db_close(db);
    return words;
}

static void
words_of_stems_are_synonyms(void)
{
    CHECK_STR(words_in("", "Zen:sail"), "sail sailed sailing sails");
    CHECK_STR(words_in("", "Zen:ferri"), "ferries ferry");
    CHECK_STR(words_in("", "ZSen:sail"), "");
}

/* ---- what libxapian does wrong ---- */

/* Its lists are in parts of some 2,000 bytes. */
static void
what_all_articles_have_is_a_filter(void)
{
    enum { MANY = 4000, GONE = 1000 };
    struct engine_reader *r;
    struct query *part[2], *q;
    struct arena arena;
    struct dir at;
    morgue_update *u = open_update();
    char id[16];

    for (unsigned i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "m%u", i);
        add(u, id, "", i % 2 ? "odd" : "even");
    }
    commit(u);
    u = open_update();
    for (unsigned i = 0; i < GONE; i++) {
        snprintf(id, sizeof id, "m%u", 3 * i);
        CHECK_INT(morgue_update_remove(u, id, NULL, &err), MORGUE_OK);
    }
    commit(u);
    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(dir_open(&at, dir, &err), MORGUE_OK);
    r = open_reader(&at);
    CHECK(with_term(r, "Len") >= MANY - GONE);
    part[0] = query_term(&arena, STR("odd"), 1);
    part[1] = query_term(&arena, STR("Len"), 1);
    q = query_node(&arena, QUERY_FILTER, part, 2);
    CHECK_INT(matches(r, &arena, q), MANY / 2 - GONE / 2);
    q = query_node(&arena, QUERY_NOT, part, 2);
    CHECK_INT(matches(r, &arena, q), 0);
    q = query_counted(&arena, QUERY_SOME, 1, part, 2);
    CHECK(matches(r, &arena, q) >= MANY - GONE);
    engine_reader_close(r);
    dir_close(&at);
    arena_free(&arena);
}

/* The score of the one article that matches. */
static double
score_of(struct engine_reader *r, struct arena *arena, const struct query *q)
{
    struct collector c = {.kind = COLLECT_FIRST, .limit = 2};
    const struct engine_params params = {.k1 = 1.2, .b = 0.75};

    CHECK_INT(engine_collect(&c, 1, r, arena, q, &params, NULL, &err),
              MORGUE_OK);
    CHECK_INT(c.hits.n, 1);
    return c.hits.n == 1 ? c.hits.hit->score : 0;
}

/* Of the best of an any-of and a word, the any-of is the sum of its words. */
static void
a_choice_below_the_best_adds_up(void)
{
    struct engine_reader *r;
    struct query *word[3], *part[2];
    struct arena arena;
    struct dir at;
    double any, best;

    add_one("choice", "", "saffron turmeric cardamom");
    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(dir_open(&at, dir, &err), MORGUE_OK);
    r = open_reader(&at);
    word[0] = query_term(&arena, STR("saffron"), 1);
    word[1] = query_term(&arena, STR("turmeric"), 1);
    word[2] = query_term(&arena, STR("cardamom"), 1);
    part[0] = query_node(&arena, QUERY_ANY, word, 2);
    part[1] = word[2];
    any = score_of(r, &arena, part[0]);
    best = score_of(r, &arena, query_node(&arena, QUERY_BEST, part, 2));
    CHECK(any > score_of(r, &arena, word[0]));
    CHECK(best >= any && best <= any);
    engine_reader_close(r);
    dir_close(&at);
    arena_free(&arena);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "t_xapian_engine"))
        return 1;
    RUN(a_generation_stays_while_it_is_read);
    RUN(an_update_that_fails_leaves_what_is_read);
    RUN(words_of_stems_are_kept);
    RUN(words_of_stems_are_synonyms);
    RUN(what_all_articles_have_is_a_filter);
    RUN(a_choice_below_the_best_adds_up);
    scratch_drop(dir);
    return test_end();
}
