/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_filter_nodes.c - nodes that ask for something of an article beside its
 * words: its length, its fields, a date, its id, its address; on both engines
 *
 * The differential test draws them in trees of all kinds; here are the ends of
 * their ranges, and what they are for.
 */
#include "../../common/engine/id_term.h"
#include "../../common/text/term.h"
#include "../../searcher/handle.h"
#include "scratch.h"
#include "tree.h"

static char dir[200];
static const char *engine;
static morgue *m;
static struct session *session;
static struct arena arena;

#define LONG_ID                                                               \
    "http://example.org/0123456789012345678901234567890123456789012345678901" \
    "23456789012345678901234567890123456789012345678901234567890123456789012" \
    "34567890123456789012345678901234567890123456789012345678901234567890123"

/* Each has another empty field; dates of all exactness and none. */
static const struct {
    const char *id, *url, *title, *author, *date, *body;
} article[] = {
    {"a", "https://www.Example.org/Sport/1/", "Title", "Ann", "1918-11-11",
     "one two three"},
    {"b", "http://news.example.org/sport", " \t\n", "Ann\nJo", "1918-11",
     "..."},
    {"c", "", "Title", " \n ", "1700", "one"},
    {"d", "http://example.org.uk:8080/x", "Title", "", "", "one two"},
    {"http://example.org/e/", "urn:x:1", "Title", "Ann",
     "2024-01-01T23:30:00-05:00", "a-b one two three four five"},
    {LONG_ID, "http://example.org/Sport/1", "Title", "Ann",
     "2019-12-31T23:59:59Z", " "},
};
enum { ARTICLES = sizeof article / sizeof *article };

static void
add(morgue_update *u, int i)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.id = str_of(article[i].id);
    a.url = str_of(article[i].url);
    a.title = str_of(article[i].title);
    a.author = str_of(article[i].author);
    a.body = str_of(article[i].body);
    if (*article[i].date)
        CHECK(morgue_date_parse(article[i].date, &a.date));
    CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
}

/* In several updates, so that there are segments and runs whose columns are
 * all alike, and with articles that are replaced. */
static void
build(bool each)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    char path[300];

    snprintf(path, sizeof path, "%s/%s-%d", dir, engine, each);
    o.engine = engine;
    for (int i = 0; i < ARTICLES; i++) {
        if (!u)
            CHECK_INT(morgue_update_open(&u, path, &o, NULL), MORGUE_OK);
        add(u, i);
        if (each && i == 3)
            add(u, 0);
        if (!each && i < ARTICLES - 1)
            continue;
        CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
        morgue_update_close(u);
        u = NULL;
    }
    CHECK_INT(morgue_check(path, NULL, NULL, NULL), MORGUE_OK);
    CHECK_INT(morgue_open(&m, path, NULL), MORGUE_OK);
    CHECK_INT(session_begin(&session, m, 0, NULL), MORGUE_OK);
}

static void
leave(void)
{
    session_end(m, session);
    morgue_close(m);
    arena_reset(&arena);
}

/* The articles that match, as digits in the order above; and that they are so
 * many, and score 0. */
static const char *
found(const struct query *q)
{
    static char digits[ARTICLES + 1];
    struct engine_params p = {.k1 = 1.2, .b = 0.75, .exact_total = true};
    struct engine_hits hits;
    struct morgue_article a;
    bool is[ARTICLES] = {false};
    size_t n = 0;

    p.limit = 100;
    CHECK(q && query_valid(q));
    CHECK_INT(engine_search(&hits, session->reader, &arena, q, &p, NULL),
              MORGUE_OK);
    CHECK_INT(hits.total, hits.n);
    for (size_t i = 0; i < hits.n; i++) {
        CHECK_INT(engine_article(&a, session->reader, &arena,
                                 hits.hit[i].number, false, NULL),
                  MORGUE_OK);
        for (int k = 0; k < ARTICLES; k++)
            is[k] |= str_eq(a.id, str_of(article[k].id));
    }
    for (int k = 0; k < ARTICLES; k++)
        if (is[k])
            digits[n++] = (char)('0' + k);
    digits[n] = '\0';
    CHECK_INT(n, hits.n);
    return digits;
}

static const char *
found_by(const char *tree)
{
    return found(tree_read(&arena, &tree));
}

static void
lengths(void)
{
    CHECK_STR(found_by("(length 0 18446744073709551615)"), "012345");
    CHECK_STR(found_by("(length 0 0)"), "15");
    CHECK_STR(found_by("(length 1 1)"), "2");
    CHECK_STR(found_by("(length 2 3)"), "03");
    CHECK_STR(found_by("(length 3 18446744073709551615)"), "04");
    CHECK_STR(found_by("(length 7 8)"), "4"); /* a-b is two */
    CHECK_STR(found_by("(length 8 4294967296)"), "");
    CHECK_STR(found_by("(length 4294967295 4294967296)"), "");
    CHECK_STR(found_by("(length 4294967296 18446744073709551615)"), "");
    CHECK_STR(found_by("(length 3 2)"), "");
    CHECK_STR(found_by("(all (length 1 9) (length 0 2))"), "23");
    CHECK_STR(found_by("(not (every) (length 1 2))"), "0145");
    CHECK_STR(found_by("(some 2 (length 1 2) (length 2 3) one)"), "023");
    CHECK_STR(found_by("(any (length 1 1) (length 3 3))"), "02");
}

static void
fields(void)
{
    CHECK_STR(found_by("(has id)"), "012345");
    CHECK_STR(found_by("(has url)"), "01345");
    CHECK_STR(found_by("(has title)"), "02345");
    CHECK_STR(found_by("(has author)"), "0145");
    CHECK_STR(found_by("(has body)"), "01234");
    CHECK_STR(found_by("(has embargo)"), "");
    CHECK_STR(found_by("(has section)"), "");
    CHECK_STR(found_by("(filter (every) (has author) (has title))"), "045");
    CHECK_STR(found_by("(not (has url) (has author) (has embargo))"), "3");
    CHECK_STR(found_by("(all one (scale 2 (has author)))"), "04");
    CHECK_STR(found_by("(best (has body) (has embargo))"), "01234");
    CHECK_STR(found_by("(filter (phrase one two) (has author))"), "04");
}

/* A period of everything: each article that has a date, however coarse. */
static void
every_date(void)
{
    struct period p = {.from = INT64_MIN, .to = INT64_MAX};

    CHECK_STR(found(query_dates(&arena, &p)), "01245");
    p.by_instant = true;
    p.from_utc = INT64_MIN;
    p.to_utc = INT64_MAX;
    CHECK_STR(found(query_dates(&arena, &p)), "01245");
}

static const char *
found_id(const char *id)
{
    struct id_term t = id_term(str_of(id));

    return found(query_term(&arena, str_slice(t.s, t.len), 1));
}

static void
ids(void)
{
    struct id_term t = id_term(STR("a"));
    struct query *child[2];

    CHECK_STR(found_id("a"), "0");
    CHECK_STR(found_id("A"), "");
    CHECK_STR(found_id("http://example.org/e/"), "4");
    CHECK_STR(found_id("http://example.org/e"), "");
    CHECK_STR(found_id(LONG_ID), "5");
    CHECK_STR(found_id(LONG_ID "4"), "");
    child[0] = query_term(&arena, STR("one"), 1);
    child[1] = query_term(&arena, str_slice(t.s, t.len), 1);
    CHECK_STR(found(query_node(&arena, QUERY_FILTER, child, 2)), "0");
    CHECK_STR(found(query_node(&arena, QUERY_NOT, child, 2)), "234");
    CHECK_STR(found(query_node(&arena, QUERY_ANY, child, 2)), "0234");
}

static const char *
found_url(const char *typed)
{
    struct morgue_str t;

    CHECK_INT(term_address(&t, &arena, str_of(typed), NULL), MORGUE_OK);
    return found(query_term(&arena, t, 1));
}

static const char *
found_site(const char *typed)
{
    struct morgue_str t;

    CHECK_INT(term_host(&t, &arena, str_of(typed), NULL), MORGUE_OK);
    return found(query_term(&arena, t, 1));
}

static void
addresses(void)
{
    CHECK_STR(found_url("example.org/Sport/1"), "05");
    CHECK_STR(found_url("https://EXAMPLE.org/Sport/1/"), "05");
    CHECK_STR(found_url("example.org/sport/1"), "");
    CHECK_STR(found_url("example.org"), "");
    CHECK_STR(found_url("urn:x:1"), "4");
    CHECK_STR(found_site("example.org"), "015");
    CHECK_STR(found_site("https://www.example.org/Sport"), "015");
    CHECK_STR(found_site("news.example.org"), "1");
    CHECK_STR(found_site("example.org.uk"), "3");
    CHECK_STR(found_site("org.uk"), "3");
    CHECK_STR(found_site("org"), "");
    CHECK_STR(found_site("urn"), "");
}

static void
run_all(bool each)
{
    static void (*const part[])(void) = {lengths, fields, every_date, ids,
                                         addresses};

    build(each);
    for (size_t i = 0; session && i < sizeof part / sizeof *part; i++)
        part[i]();
    leave();
}

static void
one_update(void)
{
    run_all(false);
}

static void
many_updates(void)
{
    run_all(true);
}

static void
run_for(const char *name)
{
    engine = name;
    RUN_ON(name, one_update);
    RUN_ON(name, many_updates);
}

int
main(void)
{
    arena_init(&arena, SIZE_MAX / 2);
    CHECK(scratch_make(dir, sizeof dir, "filter-nodes"));
    run_for("segment");
    run_for("xapian");
    CHECK(scratch_drop(dir));
    arena_free(&arena);
    return test_end();
}
