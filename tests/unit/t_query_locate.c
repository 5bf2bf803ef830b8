/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_locate.c - what of an article made a query match it
 *
 * A row is a tree, an article, and its title and body with what is marked
 * between brackets.  Random trees over random articles then have to keep what
 * holds for all; where words stand is held against what indexing says.
 */
#include "../../searcher/query/locate.h"

#include "../../common/base/buf.h"
#include "../../common/text/terms.h"
#include "../../searcher/query/sought.h"
#include "../random.h"
#include "../test.h"
#include "tree.h"

static struct tokenizer *tokenizer;
static struct stemmer *stemmer;

#define X  "The cat sat. A dog and a cat ran! No dog\n\nsat by the cat."
#define QQ "One quagga quota. A quagga had a quota, the quota quagga."

static const struct {
    const char *tree, *lang, *title, *body, *want;
} rows[] = {
    /* words */
    {"Zen:seal", "en", "Seal", "Seals seal. A sealed seal!",
     "[Seal] | [Seals] [seal]. A [sealed] [seal]!"},
    {"seal", "en", "Seal", "Seals seal. A sealed seal!",
     "[Seal] | Seals [seal]. A sealed [seal]!"},
    {"(forms Zen:seal Zde:seal Z:seal)", "de", "", "Seals seal.",
     " | [Seals] [seal]."},
    {"(forms Zen:seal Zde:seal Z:seal)", "", "", "Seals seal.",
     " | Seals [seal]."},
    {"(forms Zen:naiv Zen:naïv)", "en", "", "naïve", " | [naïve]"},
    {"(words cat dog nosuch)", "en", "", "Cat, dog, pig",
     " | [Cat], [dog], pig"},
    {"(all cat (best dog (scale 2 pig)))", "en", "", "cat dog pig",
     " | [cat] [dog] [pig]"},
    {"cat", "en", "", "", " | "},
    {"(every)", "en", "a", "b", "a | b"},
    /* fields */
    {"Scat", "en", "Cat", "cat", "[Cat] | cat"},
    {"ZSen:cat", "en", "Cats", "cats", "[Cats] | cats"},
    {"(all Acat XScat)", "en", "Cat", "cat", "Cat | cat"},
    {"(near 2 Sbig cat)", "en", "Big cat", "big cat", "[Big] [cat] | big cat"},
    {"(phrase Sbig Scat)", "en", "Big cat", "big cat", "[Big cat] | big cat"},
    /* what has not made the match */
    {"(not cat dog)", "en", "", "cat dog", " | [cat] dog"},
    {"(filter cat dog)", "en", "", "cat dog", " | [cat] dog"},
    {"(filter (every) cat)", "en", "", "cat dog", " | [cat] dog"},
    {"(filter (every) XS:sport Len)", "en", "", "cat dog", " | cat dog"},
    {"(not (every) dog)", "en", "", "cat dog", " | cat dog"},
    {"(any cat (all dog pig))", "en", "", "cat dog", " | [cat] dog"},
    {"(any cat (all dog pig))", "en", "pig", "cat dog", "[pig] | [cat] [dog]"},
    {"(any cat (all dog XS:sport))", "en", "", "cat dog", " | [cat] [dog]"},
    {"(any cat (all dog XS:culture))", "en", "", "cat dog", " | [cat] dog"},
    {"(any cat (all dog Len))", "en", "", "cat dog", " | [cat] [dog]"},
    {"(any cat (all dog Qone))", "en", "", "cat dog", " | [cat] [dog]"},
    {"(any cat (not dog XS:sport))", "en", "", "cat dog", " | [cat] dog"},
    {"(any cat (not dog XS:culture))", "en", "", "cat dog", " | [cat] [dog]"},
    {"(any cat (not dog Qone))", "en", "", "cat dog", " | [cat] [dog]"},
    {"(any cat (all dog Hexample.org))", "en", "", "cat dog",
     " | [cat] [dog]"},
    {"(any cat (all dog Hwww.example.org))", "en", "", "cat dog",
     " | [cat] dog"},
    {"(any cat (all dog Unews.example.org/a))", "en", "", "cat dog",
     " | [cat] [dog]"},
    {"(any cat (all dog Unews.example.org))", "en", "", "cat dog",
     " | [cat] dog"},
    {"(any cat (filter dog Abob))", "en", "", "cat dog", " | [cat] [dog]"},
    {"(any cat (filter dog Ann))", "en", "", "cat dog", " | [cat] dog"},
    {"(any cat (filter dog (length 2 9)))", "en", "", "cat dog",
     " | [cat] [dog]"},
    {"(any cat (filter dog (length 3 9)))", "en", "", "cat dog",
     " | [cat] dog"},
    {"(any cat (filter dog (length 0 1)))", "en", "", "cat dog",
     " | [cat] dog"},
    {"(any cat (filter dog (has author)))", "en", "", "cat dog",
     " | [cat] [dog]"},
    {"(any cat (filter dog (has title)))", "en", "", "cat dog",
     " | [cat] dog"},
    {"(any cat (scale 2 (all dog pig)))", "en", "", "cat dog", " | [cat] dog"},
    {"(any cat (some 2 dog pig ox))", "en", "", "cat dog", " | [cat] dog"},
    {"(any cat (some 2 dog pig ox))", "en", "", "cat dog ox",
     " | [cat] [dog] [ox]"},
    {"(any cat (all dog (any pig (all cat ox))))", "en", "", "cat dog pig",
     " | [cat] [dog] [pig]"},
    {"(any x (all dog (any pig (all cat ox))))", "en", "", "cat ox pig x",
     " | cat ox pig [x]"},
    {"(some 1 (all cat (near 1 cat pig)) dog)", "en", "", "cat dog",
     " | cat [dog]"},
    {"(any (not cat (near 1 cat dog)) dog)", "en", "", "cat dog",
     " | cat [dog]"},
    {"(any (not cat (near 1 dog cat)) dog)", "en", "", "cat pig dog",
     " | [cat] pig [dog]"},
    {"(any (phrase dog cat) (phrase cat dog))", "en", "", "cat dog cat. dog",
     " | [cat dog cat. dog]"},
    {"(any (phrase cat pig) dog)", "en", "", "cat dog", " | cat [dog]"},
    /* phrases */
    {"(phrase quagga quota)", "en", "", QQ,
     " | One [quagga quota]. A quagga had a quota, the quota quagga."},
    {"(phrase 2 quagga quota)", "en", "", QQ,
     " | One [quagga] [quota]. A [quagga] had a [quota], the quota quagga."},
    {"(all (phrase quagga quota) one)", "en", "", QQ,
     " | [One] [quagga quota]. A quagga had a quota, the quota quagga."},
    {"(phrase a a b)", "en", "", "a a a b a b", " | a [a a b] a b"},
    {"(phrase a a)", "en", "", "a a a b a", " | [a a a] b a"},
    {"(phrase a b a)", "en", "", "a b a b a", " | [a b a b a]"},
    {"(phrase a b)", "en", "", "a b a b", " | [a b] [a b]"},
    {"(phrase a b)", "en", "a", "b a", "a | b a"},
    {"(phrase e mail)", "en", "", "E-mail, email, e mail",
     " | [E-mail], email, [e mail]"},
    {"(best (phrase e mail) Zen:email)", "en", "", "E-mail, email, e mail",
     " | [E-mail], [email], [e mail]"},
    {"(phrase mail mailmail)", "en", "", "mail-mail", " | [mail-mail]"},
    {"(phrase (any five eight) (words six nine))", "en", "",
     "five six nine eight nine", " | [five six] nine [eight nine]"},
    {"(phrase (near 5 a c) d)", "en", "", "a b c d c a",
     " | [a] b [c] [d] c a"},
    {"(phrase 東京 京都)", "ja", "", "東京都", " | [東京都]"},
    /* proximity */
    {"(near 2 cat dog)", "en", "", X,
     " | The cat sat. A dog and a cat ran! No dog\n\nsat by the cat."},
    {"(near 3 cat dog)", "en", "", X,
     " | The [cat] sat. A [dog] and a [cat] ran! No [dog]\n\nsat by the "
     "cat."},
    {"(near <3 dog cat)", "en", "", X,
     " | The cat sat. A [dog] and a [cat] ran! No dog\n\nsat by the cat."},
    {"(near s cat dog)", "en", "", X,
     " | The cat sat. A [dog] and a [cat] ran! No dog\n\nsat by the cat."},
    {"(near p sat dog)", "en", "", X,
     " | The cat [sat]. A [dog] and a cat ran! No [dog]\n\nsat by the cat."},
    {"(near <p dog ran)", "en", "", X,
     " | The cat sat. A [dog] and a cat [ran]! No dog\n\nsat by the cat."},
    {"(near 2 (phrase a dog) and)", "en", "", X,
     " | The cat sat. [A dog] [and] a cat ran! No dog\n\nsat by the cat."},
    {"(near <1 (near <3 dog cat) ran)", "en", "", X,
     " | The cat sat. A [dog] and a [cat] [ran]! No dog\n\nsat by the cat."},
    {"(near s (any pig cat) Zen:sit)", "en", "Cat", "Cat sits. Cats. It sat.",
     "Cat | [Cat] [sits]. Cats. It sat."},
    {"(near 500 a b)", "en", "a", "b", "a | b"},
    /* not near */
    {"(apart 1 cat ran)", "en", "", X,
     " | The [cat] sat. A dog and a cat ran! No dog\n\nsat by the [cat]."},
    {"(apart s dog cat)", "en", "Dog", X,
     "[Dog] | The cat sat. A dog and a cat ran! No [dog]\n\nsat by the cat."},
    {"(apart 1 mail email)", "en", "", "e-mail", " | e-[mail]"},
    {"(near 3 (apart s dog cat) sat)", "en", "", X,
     " | The cat sat. A dog and a cat ran! No [dog]\n\n[sat] by the cat."},
    /* parts and counts */
    {"(within body 0 cat)", "en", "cat", "cat", "cat | [cat]"},
    {"(within lead 2 cat)", "en", "cat", "cat a cat", "cat | [cat] a cat"},
    {"(within headlead 2 cat)", "en", "cat", "cat a cat",
     "[cat] | [cat] a cat"},
    {"(within headlead 2 (near 1 a cat))", "en", "", "cat a cat",
     " | [cat] [a] cat"},
    {"(times 2 cat)", "en", "cat", "cat a cat", "[cat] | [cat] a [cat]"},
    {"(any (times 4 cat) a)", "en", "cat", "cat a cat", "cat | cat [a] cat"},
    {"(times 2 (phrase a cat))", "en", "", "a cat, a dog, a cat",
     " | [a cat], a dog, [a cat]"},
    {"(within body 0 (times 2 (any a b)))", "en", "a", "b a", "a | [b] [a]"},
};

/* ---- helpers ------------------------------------------------------------ */

/* Less than n. */
static size_t
below(uint64_t *r, size_t n)
{
    return (size_t)(random_next(r) >> 16) % n;
}

static struct morgue_article
article_of(const char *lang, const char *title, struct morgue_str body)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.id = STR("one");
    a.lang = str_of(lang);
    a.title = str_of(title);
    a.body = body;
    a.section = STR("Sport");
    a.url = STR("https://news.example.org/a");
    a.author = STR("Bob Lee\nBob Stone");
    return a;
}

/* The text with marks in brackets; those that overlap are one. */
static void
bracket(struct buf *out, const struct locator *l, enum field f,
        struct morgue_str s)
{
    size_t n, at = 0;
    const struct located *m = locator_marks(l, f, &n);

    for (size_t i = 0; i < n; i++) {
        size_t end = m[i].end;

        CHECK(m[i].start < m[i].end && m[i].end <= s.len);
        buf_str(out, str_slice(s.s + at, m[i].start - at));
        for (at = m[i].start; i + 1 < n && m[i + 1].start < end; i++) {
            CHECK(m[i + 1].start >= m[i].start);
            if (m[i + 1].end > end)
                end = m[i + 1].end;
        }
        buf_printf(out, "[%.*s]", (int)(end - at), s.s + at);
        at = end;
    }
    buf_str(out, str_slice(s.s + at, s.len - at));
}

static struct query *
read_tree(struct arena *arena, const char *text)
{
    const char *at = text;
    struct query *q = tree_read(arena, &at);

    test_that(q && !*at && query_valid(q), __FILE__, __LINE__,
              "'%s' is no tree", text);
    return q;
}

static struct locator *
make(const struct query *q, enum locator_scope scope)
{
    struct locator *l = NULL;

    CHECK_INT(locator_new(&l, q, tokenizer, stemmer, scope, NULL), MORGUE_OK);
    return l;
}

/* ---- rows --------------------------------------------------------------- */

static void
what_matched_is_marked(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct query *q;
        struct locator *l;
        struct morgue_article a =
            article_of(rows[i].lang, rows[i].title, str_of(rows[i].body));
        struct buf b;

        arena_init(&arena, 1 << 20);
        buf_init(&b, 10000);
        q = read_tree(&arena, rows[i].tree);
        l = q ? make(q, LOCATE_ALL) : NULL;
        for (int again = 0; l && again < 2; again++) {
            buf_reset(&b);
            CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
            bracket(&b, l, FIELD_TITLE, a.title);
            buf_str(&b, STR(" | "));
            bracket(&b, l, FIELD_BODY, a.body);
            test_that(str_eq(buf_view(&b), str_of(rows[i].want)), __FILE__,
                      __LINE__, "%s: '%s', not '%s'", rows[i].tree,
                      buf_view(&b).s, rows[i].want);
        }
        locator_free(l);
        arena_free(&arena);
        buf_free(&b);
    }
}

static void
other_fields_are_marked_in_their_values(void)
{
    static const struct {
        const char *tree, *want;
    } row[] = {
        {"Abob", "[Bob] Lee\n[Bob] Stone"},
        {"(phrase Abob Astone)", "Bob Lee\n[Bob Stone]"},
        {"(near 500 Alee Abob)", "[Bob] [Lee]\nBob Stone"},
        {"(near 500 Alee Astone)", "Bob Lee\nBob Stone"},
        {"(any (near 1 Alee Astone) Astone)", "Bob Lee\nBob [Stone]"},
        {"bob", "Bob Lee\nBob Stone"},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct morgue_article a = article_of("en", "bob", STR("bob"));
        struct arena arena;
        struct locator *l;
        struct buf b;

        arena_init(&arena, 1 << 20);
        buf_init(&b, 1000);
        l = make(read_tree(&arena, row[i].tree), LOCATE_ALL);
        CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
        bracket(&b, l, FIELD_AUTHOR, a.author);
        CHECK_STR(buf_view(&b).s, row[i].want);
        locator_free(l);
        arena_free(&arena);
        buf_free(&b);
    }
}

/* A date that is one of several alternatives' is the article's own. */
static void
dates_are_held_against(void)
{
    struct morgue_article a = article_of("en", "", STR("cat dog"));
    struct arena arena;
    struct locator *l;
    size_t n;

    arena_init(&arena, 1 << 20);
    a.date =
        (struct morgue_date){.seconds = 86400, .precision = MORGUE_DATE_DAY};
    for (int good = 0; good < 2; good++) {
        struct period period = {.from = 0, .to = good ? 2 * 86400 : 86400};
        struct query *part[2] = {query_term(&arena, STR("dog"), 1),
                                 query_dates(&arena, &period)};

        part[1] = query_node(&arena, QUERY_FILTER, part, 2);
        part[0] = query_term(&arena, STR("cat"), 1);
        l = make(query_node(&arena, QUERY_ANY, part, 2), LOCATE_ALL);
        CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
        (void)locator_marks(l, FIELD_BODY, &n);
        CHECK_INT(n, 1 + good);
        locator_free(l);
    }
    arena_free(&arena);
}

/* Nothing of an article is left when the next one is looked at. */
static void
articles_do_not_mix(void)
{
    static const char *const text[] = {"a b c", "x a b", "a b",
                                       "c",     "x y c", "a b c"};
    static const size_t n[] = {1, 0, 0, 0, 0, 1};
    struct arena arena;
    struct locator *l;

    arena_init(&arena, 1 << 20);
    l = make(read_tree(&arena, "(any (phrase a b c) (all a z))"), LOCATE_BODY);
    for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
        struct morgue_article a = article_of("en", "z", str_of(text[i]));
        size_t got;

        a.title.len = i == 2;
        CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
        (void)locator_marks(l, FIELD_BODY, &got);
        CHECK_INT(got, n[i] + (i == 2));
        CHECK(locator_marks(l, FIELD_TITLE, &got) == NULL);
    }
    locator_free(l);
    arena_free(&arena);
}

static void
wholes_are_places(void)
{
    struct morgue_article a =
        article_of("en", "b a", STR("a x b x x x x b y c, a"));
    struct arena arena;
    struct locator *l;
    const struct located *w;
    size_t n;

    arena_init(&arena, 1 << 20);
    l = make(read_tree(&arena, "(all (near 2 a b) c)"), LOCATE_BODY);
    CHECK_INT(locator_units_n(l), 2);
    CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
    w = locator_wholes(l, &n);
    CHECK_INT(n, 2);
    CHECK(n == 2 && w[0].start == 0 && w[0].end == 5 && w[0].unit == 0);
    CHECK(n == 2 && w[1].start == 18 && w[1].end == 19 && w[1].unit == 1);
    locator_free(l);
    arena_free(&arena);
}

/* ---- bounds ------------------------------------------------------------- */

static void
marks_have_an_end(void)
{
    static const struct {
        const char *tree;
        bool some; /* the first pairs are enough for a place */
    } row[] = {{"(all a x)", true},
               {"(near 500 a x)", true},
               {"(near s a x)", true},
               {"(times 2 a)", true},
               {"(apart 3 a nosuch)", true},
               {"(all a (near <5 x a) x)", true},
               {"(near 3 (near s a x) (near 500 x a))", true},
               {"(near <p (near <p x a) (near s a x))", false},
               {"(apart s (near <p x a) (near <p a x))", false}};
    struct buf b;

    buf_init(&b, 1 << 23);
    for (int i = 0; i < 300000; i++)
        buf_str(&b, STR("a x "));
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct morgue_article a = article_of("en", "", buf_view(&b));
        struct arena arena;
        struct locator *l;
        const struct located *m;
        size_t n;

        arena_init(&arena, 1 << 20);
        l = make(read_tree(&arena, row[i].tree), LOCATE_ALL);
        CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
        m = locator_marks(l, FIELD_BODY, &n);
        test_that((n > 0) == row[i].some && n <= LOCATOR_MARKS_MAX, __FILE__,
                  __LINE__, "%s has %zu marks", row[i].tree, n);
        CHECK(n == 0 || m[0].start <= 2);
        locator_free(l);
        arena_free(&arena);
    }
    buf_free(&b);
}

/* What a pattern stands for can be many words. */
static void
many_words_are_one(void)
{
    struct morgue_article a = article_of("en", "", STR("w7 v7 w999 w1000"));
    struct query *word[1000], *q;
    struct arena arena;
    struct locator *l;
    struct buf b;

    arena_init(&arena, 1 << 22);
    buf_init(&b, 1000);
    for (size_t i = 0; i < 1000; i++) {
        struct morgue_str s;
        char name[8];

        snprintf(name, sizeof name, "w%zu", i);
        CHECK(arena_str(&arena, str_of(name), &s));
        word[i] = query_term(&arena, s, 1);
    }
    q = query_node(&arena, QUERY_WORDS, word, 1000);
    for (int placed = 0; placed < 2; placed++) {
        if (placed)
            q = query_reach(&arena, QUERY_NEAR, &(struct reach){.n = 1}, q,
                            query_term(&arena, STR("v7"), 1));
        l = make(q, LOCATE_ALL);
        CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
        buf_reset(&b);
        bracket(&b, l, FIELD_BODY, a.body);
        CHECK_STR(buf_view(&b).s,
                  placed ? "[w7] [v7] [w999] w1000" : "[w7] v7 [w999] w1000");
        locator_free(l);
    }
    arena_free(&arena);
    buf_free(&b);
}

/* ---- against the index -------------------------------------------------- */

/* As many letters as a token is cut to. */
#define A32  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A128 A32 A32 A32 A32

static const char *const pieces[] = {A128 "b-" A128 "c",
                                     "O'Brien's",
                                     "e-mail",
                                     "東京都",
                                     "U.S.",
                                     "7,000",
                                     "J. F. Kennedy",
                                     "\n\n",
                                     "Ph.D.",
                                     "naïve",
                                     "govern-\nment",
                                     "me@example.com",
                                     "the",
                                     "ferries.",
                                     "Ferry!",
                                     "AT&T",
                                     "résumé",
                                     "resume?",
                                     "大阪。",
                                     "\n",
                                     "",
                                     "Mr.",
                                     "running",
                                     "\xff\xfe",
                                     "mail-mail",
                                     "—"};

static void
draw_text(struct buf *out, uint64_t *r, size_t words)
{
    buf_reset(out);
    for (size_t i = 0; i < words; i++)
        buf_printf(out, "%s ",
                   pieces[below(r, sizeof pieces / sizeof *pieces)]);
}

static void
check_terms(struct term_maker *maker, const struct morgue_article *a)
{
    struct term_list list;
    struct sought s;

    CHECK_INT(term_maker_run(&list, maker, a, NULL), MORGUE_OK);
    sought_init(&s, tokenizer, stemmer);
    for (size_t i = 0; i < list.n; i++)
        sought_add(&s, str_slice(list.term[i].s, list.term[i].len))->needed =
            true;
    CHECK(!sought_add(&s, STR("nosuchterm"))->there);
    CHECK_INT(sought_read(&s, a, NULL), MORGUE_OK);
    for (size_t i = 0; i < list.n; i++) {
        const struct term *t = &list.term[i];
        const struct sought_term *got =
            sought_find(&s, str_slice(t->s, t->len));
        bool same =
            got && got->there && (t->s[0] == 'Z' || got->n == t->pos_n);

        for (size_t k = 0; same && t->s[0] != 'Z' && k < got->n; k++)
            same = got->spot[k].pos == t->pos[k];
        test_that(same, __FILE__, __LINE__, "'%.*s' stands elsewhere",
                  (int)t->len, t->s);
    }
    CHECK(!sought_find(&s, STR("nosuchterm"))->there);
    sought_free(&s);
}

/* Words, sentences and fields are where the index has them. */
static void
words_stand_where_they_are_indexed(void)
{
    static const char *const lang[] = {"en", "de", "ja", ""};
    uint64_t r = 88172645463325252;
    struct term_maker *maker = NULL;
    struct buf b[5];

    CHECK_INT(term_maker_new(&maker, NULL), MORGUE_OK);
    for (int i = 0; i < 5; i++)
        buf_init(&b[i], 10000);
    for (int round = 0; round < 300; round++) {
        struct morgue_article a = article_of(lang[round % 4], "", STR(""));

        for (int i = 0; i < 5; i++)
            draw_text(&b[i], &r, below(&r, i == 0 ? 60 : 8));
        a.body = buf_view(&b[0]);
        a.title = buf_view(&b[1]);
        a.dateline = buf_view(&b[2]);
        a.author = buf_view(&b[3]);
        a.topics = buf_view(&b[4]);
        check_terms(maker, &a);
    }
    for (int i = 0; i < 5; i++)
        buf_free(&b[i]);
    term_maker_free(maker);
}

/* ---- what holds for all ------------------------------------------------- */

/* Without TIMES below another node, which may count what is beyond that; what
 * APART must not find does not become more where there are fewer words. */
static struct query *
draw_side(struct arena *a, uint64_t *r, int depth)
{
    static const char *const words[] = {"aa", "bb", "cc", "Saa", "Zen:dd"};
    struct query *child[3];
    struct reach reach = {.n = 1 + (uint32_t)below(r, 4)};
    size_t n = 2 + below(r, 2);
    size_t op = depth == 0 ? 8 : depth == 3 ? below(r, 7) : 1 + below(r, 8);

    if (op >= 7)
        return query_term(a, str_of(words[below(r, 5)]), 1);
    for (size_t i = 0; i < n; i++)
        child[i] = draw_side(a, r, op == 4 && i == 1 ? 0 : depth - 1);
    reach.unit = below(r, 4) == 0 ? REACH_SENTENCE : REACH_POSITIONS;
    reach.ordered = below(r, 2) == 0;
    if (op == 0)
        return query_counted(a, QUERY_TIMES, 2, child, 1);
    if (op <= 2)
        return query_counted(a, QUERY_PHRASE, (uint32_t)below(r, 3), child, n);
    if (op <= 4)
        return query_reach(a, op == 3 ? QUERY_NEAR : QUERY_APART, &reach,
                           child[0], child[1]);
    if (op == 5)
        return query_within(a, (enum text_part)below(r, 3),
                            2 + (uint32_t)below(r, 9), child[0]);
    return query_node(a, QUERY_ANY, child, n);
}

static void
draw_words(struct buf *out, uint64_t *r, size_t n)
{
    static const char *const words[] = {"aa",  "bb", "cc",   "dd",
                                        "dds", "qq", "qq! ", "qq\n\n"};

    buf_reset(out);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s ", words[below(r, 8)]);
}

/* Put a word that no tree has in the place of each that is not marked. */
static void
keep_marked(const struct locator *l, enum field f, struct buf *text)
{
    size_t n, at = 0;
    const struct located *m = locator_marks(l, f, &n);
    char *s = text->data;

    for (size_t i = 0; i <= n; i++) {
        size_t end = i < n ? m[i].start : text->len;

        for (; at < end; at++)
            if (s[at] >= 'a' && s[at] <= 'z')
                s[at] = 'q';
        if (i < n && m[i].end > at)
            at = m[i].end;
    }
}

static void
check_property(uint64_t *r, unsigned *matched)
{
    struct query *q = NULL;
    struct buf title, body, before, after, tree;
    struct morgue_article a;
    struct arena arena;
    struct locator *l;

    arena_init(&arena, 1 << 22);
    buf_init(&title, 1000);
    buf_init(&body, 1000);
    buf_init(&before, 2000);
    buf_init(&after, 2000);
    buf_init(&tree, 10000);
    while (!q || !query_is_placed(q->op))
        q = draw_side(&arena, r, 3);
    query_print(&tree, q);
    draw_words(&title, r, below(r, 6));
    draw_words(&body, r, below(r, 40));
    l = make(q, LOCATE_ALL);
    a = article_of("en", buf_view(&title).s, buf_view(&body));
    CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
    bracket(&before, l, FIELD_TITLE, a.title);
    bracket(&before, l, FIELD_BODY, a.body);
    if (memchr(buf_view(&before).s, '[', buf_view(&before).len)) {
        ++*matched;
        keep_marked(l, FIELD_TITLE, &title);
        keep_marked(l, FIELD_BODY, &body);
        CHECK_INT(locator_run(l, &a, NULL), MORGUE_OK);
        bracket(&after, l, FIELD_TITLE, a.title);
        bracket(&after, l, FIELD_BODY, a.body);
        test_that(memchr(buf_view(&after).s, '[', buf_view(&after).len) !=
                      NULL,
                  __FILE__, __LINE__, "%s does not match what is marked: %s",
                  buf_view(&tree).s, buf_view(&before).s);
    }
    locator_free(l);
    buf_free(&title);
    buf_free(&body);
    buf_free(&before);
    buf_free(&after);
    buf_free(&tree);
    arena_free(&arena);
}

/* Marks lie in the text, and what is marked is enough for the node. */
static void
what_is_marked_matches_alone(void)
{
    uint64_t r = 2463534242;
    unsigned matched = 0;

    for (int i = 0; i < 40000; i++)
        check_property(&r, &matched);
    CHECK(matched > 2000);
}

int
main(void)
{
    if (tokenizer_new(&tokenizer, NULL) || stemmer_new(&stemmer, NULL))
        return 1;
    RUN(what_matched_is_marked);
    RUN(other_fields_are_marked_in_their_values);
    RUN(dates_are_held_against);
    RUN(articles_do_not_mix);
    RUN(wholes_are_places);
    RUN(marks_have_an_end);
    RUN(many_words_are_one);
    RUN(words_stand_where_they_are_indexed);
    RUN(what_is_marked_matches_alone);
    tokenizer_free(tokenizer);
    stemmer_free(stemmer);
    return test_end();
}
