/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_places.c - trees with places over a hand-made archive, on both engines
 *
 * Each row of the table is a tree and the ids that it finds, by the meaning of
 * the nodes in query.h.  The archive is written in three updates, asked,
 * compacted and asked again.
 */
#include <stdlib.h>

#include "../../common/engine/places.h"
#include "../../searcher/handle.h"
#include "scratch.h"
#include "tree.h"

static char dir[200];
static const char *engine;
static struct morgue_error err;

static const struct {
    const char *id, *title, *dateline, *body, *author, *lang;
} article[] = {
    {"a", "Ferry strike ends", "OSLO, May 3",
     "The ferries ran again today. Crews were paid.\n\nA union spoke of "
     "victory. The harbour was full.",
     "Ann Lee\nBob Stone", "en"},
    {"b", "Harbour news", "",
     "A ferry was seen. The strike went on, and on. Strikes cost money.", "",
     "en"},
    {"c", "Fähre", "",
     "Die Fähre fuhr. Der Streik der Fähren war lang. Ferry ferry ferry.", "",
     "de"},
    {"d", "One two three four", "", "five six seven eight nine ten one two",
     "Bob Lee", "en"},
    {"e", "x y", "", "x a x b x c x y x", "", ""},
};
enum { ARTICLES = sizeof article / sizeof *article };

static const struct {
    const char *tree, *ids;
} row[] = {
    /* reach, from the nearest ends */
    {"(near 1 five six)", "d"},
    {"(near 1 six five)", "d"},
    {"(near <1 six five)", ""},
    {"(near <1 five six)", "d"},
    {"(near 4 five nine)", "d"},
    {"(near 3 five nine)", ""},
    {"(near 2 (near 2 five seven) nine)", "d"},
    {"(near 1 (near 2 five seven) nine)", ""},
    {"(near 1 (near 2 five seven) eight)", "d"},
    {"(near <1 eight (near 2 five seven))", ""},
    {"(near <1 (phrase five six) (phrase seven eight))", "d"},
    {"(near 1 (phrase five six) (phrase six seven))", ""},
    {"(near 500 one two)", "d"},
    {"(near 1 x x)", ""},
    {"(near 2 x x)", "e"},
    {"(near 1 ferry ferry)", "c"},
    {"(near 5 nine (any nosuch ten))", "d"},
    {"(near 5 nine nosuch)", ""},
    {"(near 2 a (words b c))", "e"},
    {"(near 1 a (words b c))", ""},
    {"(near 4 a (words c nosuch))", "e"},
    /* fields and values */
    {"(near 500 four five)", ""},
    {"(near 500 strike union)", ""},
    {"(near 500 strike oslo)", ""},
    {"(near 500 oslo union)", ""},
    {"(near 500 Abob Alee)", "d"},
    {"(near 1 Aann Alee)", "a"},
    {"(near 500 Alee Astone)", ""},
    {"(near 500 Aann oslo)", ""},
    {"(near 1 Sone Stwo)", "d"},
    {"(near 3 Sone four)", "d"},
    {"(near 500 Sone ten)", ""},
    /* stems */
    {"(near 2 Zen:ferri Zen:ran)", "a"},
    {"(near 1 (forms Zen:ferri Zde:fahr) (forms Zen:ran Zde:fuhr))", "ac"},
    {"(near 1 Zde:fahr Zde:fuhr)", "c"},
    {"(near 3 Zen:strike Zen:cost)", "b"},
    {"(near 1 Zen:strike Zen:cost)", "b"},
    {"(near 1 strike cost)", ""},
    {"(near 1 ZSen:ferri ZSen:strike)", "a"},
    {"(near 1 Zen:ferri Zen:strike)", "a"},
    {"(times 2 Zen:strike)", "b"},
    {"(times 2 strike)", ""},
    {"(times 2 Zen:ferri)", "a"},
    {"(times 3 Zen:ferri)", ""},
    {"(times 3 ferry)", "c"},
    {"(times 2 (forms Zen:ferri Zde:fahr))", "ac"},
    {"(phrase Zen:ferri Zen:ran)", "a"},
    {"(phrase Zen:nosuch Zen:ran)", ""},
    /* phrases */
    {"(phrase one two three)", "d"},
    {"(phrase one three)", ""},
    {"(phrase 1 one three)", "d"},
    {"(phrase 1 two four)", "d"},
    {"(phrase 1 one four)", ""},
    {"(phrase 2 one four)", "d"},
    {"(phrase 1 one three two)", ""},
    {"(phrase (any five eight) (any seven nine))", "d"},
    {"(phrase (any five eight) (any seven ten))", ""},
    {"(phrase 1 (any five eight) (any seven ten))", "d"},
    {"(phrase 2 x a b)", "e"},
    {"(phrase 1 x a b)", "e"},
    {"(phrase x a b)", ""},
    {"(phrase 40 four five)", ""},
    {"(phrase one Abob)", ""},
    {"(near 1 (phrase 4 a x) y)", "e"},
    {"(near 1 (phrase 3 a x) y)", ""},
    {"(phrase x)", "e"},
    {"(any (phrase one three) five)", "d"},
    {"(any (phrase one two) (phrase x a))", "de"},
    /* sentences and paragraphs */
    {"(near s ferries today)", "a"},
    {"(near s ferries crews)", ""},
    {"(near p ferries crews)", "a"},
    {"(near <p crews ferries)", ""},
    {"(near p crews union)", ""},
    {"(near p union harbour)", "a"},
    {"(near s strike ends)", "a"},
    {"(near s strike oslo)", ""},
    {"(near p oslo ferries)", ""},
    {"(near s Zen:strike Zen:cost)", "b"},
    {"(near s ferry strike)", "a"},
    {"(near s Abob Alee)", "d"},
    {"(near s Aann Abob)", ""},
    {"(near p on on)", "b"},
    {"(near s strike strikes)", ""},
    {"(near p strike strikes)", "b"},
    /* apart */
    {"(apart 1 strike ferry)", "b"},
    {"(apart 1 ferry strike)", "bc"},
    {"(apart s ferry strike)", "bc"},
    {"(apart p ferry strike)", "c"},
    {"(apart 5 ferry nosuch)", "abc"},
    {"(apart 5 nosuch ferry)", ""},
    {"(apart 2 x x)", "e"}, /* the title's */
    {"(apart 2 (within body 0 x) x)", ""},
    {"(apart 1 x x)", "e"},
    {"(apart 1 x y)", "e"},
    {"(apart <1 y x)", "e"},
    {"(apart 1 one two)", ""},
    {"(apart <1 two one)", "d"},
    {"(apart 1 two (phrase one two))", ""},
    {"(apart 1 (phrase one two) two)", ""},
    {"(near 3 (apart 1 one three) two)", "d"},
    {"(apart s (near 1 today crews) ran)", "a"},
    {"(apart s today ran)", ""},
    {"(apart s (near 1 today crews) (near 1 crews were))", ""},
    /* parts of the article */
    {"(within body 0 strike)", "b"},
    {"(within body 0 oslo)", "a"},
    {"(within body 0 ferry)", "bc"},
    {"(within lead 2 ferries)", "a"},
    {"(within lead 1 ferries)", ""},
    {"(within lead 1 oslo)", "a"},
    {"(within lead 80 harbour)", "a"},
    {"(within headlead 80 harbour)", "ab"},
    {"(within headlead 1 ferry)", "a"},
    {"(within headlead 2 ferry)", "ab"},
    {"(within headlead 2 (near 1 five six))", "d"},
    {"(within headlead 1 (near 1 five six))", ""},
    {"(within lead 8 (near 1 one two))", "d"},
    {"(within lead 7 (near 1 one two))", ""},
    {"(within headlead 0 one)", "d"},
    {"(within lead 9 Abob)", ""},
    {"(times 2 (within body 0 one))", ""},
    {"(times 2 one)", "d"},
    {"(times 2 (phrase one two))", "d"},
    {"(times 3 (any one two three))", "d"},
    {"(times 6 (any one two three))", ""},
    /* among other nodes */
    {"(not ferry (near 1 ferry strike))", "bc"},
    {"(not (every) (near p strike strikes))", "acde"},
    {"(some 2 ferry strike one)", "ab"},
    {"(some 2 (near 1 five six) (phrase two three) ferry)", "d"},
    {"(some 1 nosuch ferry)", "abc"},
    {"(some 3 nosuch ferry strike)", ""},
    {"(some 2 ferry ferry)", "abc"},
    {"(scale 2.5 (any one x))", "de"},
    {"(words one x nosuch)", "de"},
    {"(words)", ""},
    {"(forms)", ""},
    {"(all (near 1 one two) (near 1 five six) (phrase nine ten))", "d"},
    {"(any (near 1 x a) (apart 1 strike ferry))", "be"},
    {"(filter one (near 1 five six))", "d"},
};

static void
update(size_t from, size_t to)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    CHECK_INT(morgue_update_open(&u, dir, &o, &err), MORGUE_OK);
    for (size_t i = from; i < to; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;

        a.id = str_of(article[i].id);
        a.title = str_of(article[i].title);
        a.dateline = str_of(article[i].dateline);
        a.body = str_of(article[i].body);
        a.author = str_of(article[i].author);
        a.lang = str_of(article[i].lang);
        CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

/* The ids of the articles that match, in their order. */
static void
found(char out[ARTICLES + 1], struct session *s, struct arena *arena,
      const struct query *q)
{
    struct engine_params p = {.k1 = 1.2,
                              .b = 0.75,
                              .sort = MORGUE_SORT_NEWEST,
                              .limit = 100,
                              .exact_total = true};
    struct engine_hits hits = {.n = 0};
    struct morgue_article a;

    memset(out, 0, ARTICLES + 1);
    CHECK_INT(engine_search(&hits, s->reader, arena, q, &p, &err), MORGUE_OK);
    CHECK_INT(hits.total, hits.n);
    for (size_t i = 0; i < hits.n; i++) {
        CHECK_INT(engine_article(&a, s->reader, arena, hits.hit[i].number,
                                 false, &err),
                  MORGUE_OK);
        for (size_t k = ARTICLES - 1; k > 0; k--)
            out[k] = out[k - 1];
        out[0] = a.id.s[0];
    }
    for (size_t i = 1; i < hits.n; i++)
        for (size_t k = i; k > 0 && out[k] < out[k - 1]; k--) {
            char c = out[k];

            out[k] = out[k - 1];
            out[k - 1] = c;
        }
}

static void
ask(void)
{
    morgue *m = NULL;
    struct session *s;
    struct arena arena;

    CHECK_INT(morgue_open(&m, dir, &err), MORGUE_OK);
    CHECK_INT(session_begin(&s, m, 0, &err), MORGUE_OK);
    arena_init(&arena, 1 << 26);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const char *at = row[i].tree;
        struct query *q;
        char ids[ARTICLES + 1];

        arena_reset(&arena);
        q = tree_read(&arena, &at);
        CHECK(q && query_valid(q));
        if (!q)
            continue;
        found(ids, s, &arena, q);
        test_that(strcmp(ids, row[i].ids) == 0, __FILE__, __LINE__,
                  "%s finds '%s', not '%s'", row[i].tree, ids, row[i].ids);
    }
    arena_free(&arena);
    session_end(m, s);
    morgue_close(m);
}

static void
in_three_segments(void)
{
    update(0, 2);
    update(2, 3);
    update(3, ARTICLES);
    ask();
}

static void
in_one_segment(void)
{
    CHECK_INT(morgue_compact(dir, &err), MORGUE_OK);
    ask();
    CHECK_INT(morgue_check(dir, NULL, NULL, &err), MORGUE_OK);
}

/* What no tree may be. */
static void
bad_trees(void)
{
    static const char *const bad[] = {
        "(near 0 a b)",          "(phrase 501 a b)",
        "(near 501 a b)",        "(near 5 a)",
        "(near 5 a b c)",        "(phrase)",
        "(times 0 a)",           "(some 0 a)",
        "(scale 0 a)",           "(scale inf a)",
        "(near 5 (all a b) c)",  "(near 5 a (every))",
        "(within body 0)",       "(words a (phrase b c))",
        "(forms (any a))",       "(phrase a (not b c))",
        "(times 2 (scale 2 a))", "(every a)",
        "(scale -1 a)"};
    struct arena arena;

    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *at = bad[i];
        struct query *q = tree_read(&arena, &at);

        test_that(q && !query_valid(q), __FILE__, __LINE__, "%s is valid",
                  bad[i]);
    }
    arena_free(&arena);
}

/* ---- an article that takes long ----------------------------------------- */

enum { LONG = 1 << 16, SOME = 4000 };

/* A word of it, and its positions: `n` from `first` on, `step` apart. */
static const struct {
    const char *word;
    uint32_t first, step, n;
} word[] = {{"b", 2, 2, LONG},     {"z", 3, 2, LONG},
            {"early", 1, 1, SOME}, {"late", 1 + SOME, 1, SOME},
            {"XTone", 1, 1, SOME}, {"XTother", 1 << 20, 1, SOME}};

static bool
long_has(void *payload, size_t term)
{
    (void)payload, (void)term;
    return true;
}

static void
long_read(void *payload, size_t term, struct places *p,
          struct position_list *out)
{
    struct morgue_str s;

    (void)payload;
    if (!places_term(p, term, &s))
        return;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        uint32_t *to = places_room(p, out, LONG);

        for (uint32_t k = 0;
             to && str_eq(s, str_of(word[i].word)) && k < word[i].n; k++)
            to[k] = word[i].first + k * word[i].step, out->n++;
    }
}

/* Whether the article matches, in a search that an interrupt has come to,
 * which is only seen where somebody looks. */
static bool
matches_long(const char *tree, int times, struct stop *stop)
{
    const struct place_source source = {
        .has = long_has, .read = long_read, .stop = stop};
    struct arena arena;
    struct places *p = NULL;
    struct query *q;
    bool matches = false;

    arena_init(&arena, 1 << 28);
    q = tree_read(&arena, &tree);
    CHECK(q && query_valid(q));
    CHECK_INT(places_new(&p, &arena, q, &source, &err), MORGUE_OK);
    for (int i = 0; p && i < times; i++)
        matches = places_match(p);
    arena_free(&arena);
    return matches;
}

static void
an_article_is_left(void)
{
    static const char *const tree[] = {
        "(near 1 b z)", "(near 3 (near 500 b z) (near 500 z b))",
        "(apart 1 b nosuch)", "(apart 1 (near s b z) nosuch)"};
    morgue_interrupt *interrupt = NULL;
    struct stop stop;

    CHECK_INT(morgue_interrupt_new(&interrupt, &err), MORGUE_OK);
    morgue_interrupt_raise(interrupt);
    for (size_t i = 0; i < sizeof tree / sizeof *tree; i++) {
        CHECK(matches_long(tree[i], 1, NULL));
        stop = stop_after(0, interrupt);
        CHECK(!matches_long(tree[i], 2, &stop)); /* with work of the first */
        CHECK(stop_seen(&stop));
    }
    morgue_interrupt_free(interrupt);
}

/* Without a look at what cannot be in reach, there is so little work that the
 * interrupt is not seen. */
static void
what_is_out_of_reach_is_passed_over(void)
{
    static const struct {
        const char *tree;
        bool matches;
    } r[] = {
        {"(near <s early late)", true},    {"(near <s late early)", false},
        {"(near <p late early)", false},   {"(near <9 late early)", false},
        {"(apart <s late early)", true},   {"(near s XTone XTother)", false},
        {"(near <p XTone XTother)", false}};
    morgue_interrupt *interrupt = NULL;

    CHECK_INT(morgue_interrupt_new(&interrupt, &err), MORGUE_OK);
    morgue_interrupt_raise(interrupt);
    for (size_t i = 0; i < sizeof r / sizeof *r; i++) {
        struct stop stop = stop_after(0, interrupt);
        bool matches = matches_long(r[i].tree, 1, &stop);

        test_that(matches == r[i].matches && !stop_seen(&stop), __FILE__,
                  __LINE__, "%s: %s", r[i].tree,
                  stop_seen(&stop) ? "too much work" : "another answer");
    }
    morgue_interrupt_free(interrupt);
}

static void
run_for(const char *name)
{
    engine = name;
    if (!scratch_make(dir, sizeof dir, "places"))
        return;
    RUN_ON(name, in_three_segments);
    RUN_ON(name, in_one_segment);
    CHECK(scratch_drop(dir));
}

int
main(void)
{
    RUN(bad_trees);
    RUN(an_article_is_left);
    RUN(what_is_out_of_reach_is_passed_over);
    run_for("segment");
    run_for("xapian");
    return test_end();
}
