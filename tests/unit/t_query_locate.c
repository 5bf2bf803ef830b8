/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_locate.c - where the leaves of a query stand in a text
 *
 * A row has the places of each target, in the order of the query, between
 * bars: the bytes, and the positions of the words.
 */
#include "../../searcher/query/locate.h"

#include "../test.h"

#define ALL MORGUE_MATCH_ALL
#define ANY MORGUE_MATCH_ANY

static const struct {
    enum morgue_match match;
    const char *query, *lang, *text, *want;
} rows[] = {
    {ALL, "seal", "en", "Seals seal. A sealed seal!",
     "0-5@0 6-10@1 14-20@3 21-25@4 |"},
    {ALL, "=seal", "en", "Seals seal. A sealed seal!", "6-10@1 21-25@4 |"},
    {ALL, "seal", "", "Seals seal.", "6-10@1 |"},
    {ALL, "seal", "de", "Seals seal.", "0-5@0 6-10@1 |"},
    {ALL, "walrus seal", "en", "A seal.", "| 2-6@1 |"},
    {ALL, "\"export quota\"", "en", "export quota, quota export quota",
     "0-12@0-1 20-32@3-4 |"},
    {ALL, "\"export quota\" export", "en", "export quota",
     "0-12@0-1 | 0-6@0 |"},
    {ALL, "\"a a b\"", "en", "a a a b a b", "2-7@1-3 |"},
    {ALL, "\"a a\"", "en", "a a a", "0-3@0-1 2-5@1-2 |"},
    {ALL, "\"a b a\"", "en", "a b a b a", "0-5@0-2 4-9@2-4 |"},
    {ALL, "\"mail mailmail\"", "en", "mail-mail", "0-9@0-1 |"},
    {ALL, "\"a b\"", "en", "a. b", "0-4@0-1 |"},
    {ALL, "\"a b\"", "en", "a x b b a", "|"},
    {ALL, "e-mail", "en", "E-mail, email, e mail",
     "0-6@0-1 15-21@3-4 | 0-6@1 8-13@2 |"},
    {ANY, "e-mail", "en", "e-mail", "0-1@0 | 2-6@1 | 0-6@1 |"},
    {ALL, "naive", "en", "naïve", "0-6@0 |"},
    {ALL, "東京都", "", "東京都", "0-9@0-1 |"},
    {ALL, "東京・大阪", "ja", "東京-大阪、東京大阪", "0-13@0-3 16-28@4-7 |"},
    {ALL, "title:seal author:seal section:seal", "en", "seal", "| |"},
    {ALL, "-seal walrus", "en", "seal walrus", "0-4@0 | 5-11@1 |"},
    {ALL, "seal", "en", "", "|"},
};

static struct tokenizer *tokenizer;
static struct stemmer *stemmer;
static const char *const lang[] = {"en", "de", ""};

struct trial {
    struct parse_context context;
    struct arena arena;
    struct parsed parsed;
    struct locator *locator;
};

static bool
begin(struct trial *t, const char *query, enum morgue_match match)
{
    *t = (struct trial){.context = {.tokenizer = tokenizer,
                                    .stemmer = stemmer,
                                    .lang = lang,
                                    .lang_n = 3,
                                    .match = match}};
    arena_init(&t->arena, 1 << 20);
    CHECK_INT(
        query_parse(&t->parsed, &t->arena, str_of(query), &t->context, NULL),
        MORGUE_OK);
    CHECK_INT(locator_new(&t->locator, &t->parsed, &t->context, NULL),
              MORGUE_OK);
    return t->locator != NULL;
}

static void
end(struct trial *t)
{
    locator_free(t->locator);
    arena_free(&t->arena);
}

static void
print_places(struct buf *out, const struct locator *l)
{
    const struct locator_place *p;

    for (size_t i = 0; i < locator_targets_n(l); i++) {
        if (i > 0)
            buf_char(out, ' ');
        for (p = locator_first(l, i); p; p = locator_next(l, p)) {
            buf_printf(out, "%zu-%zu@%u", p->start, p->end,
                       (unsigned)p->first);
            if (p->last > p->first)
                buf_printf(out, "-%u", (unsigned)p->last);
            buf_char(out, ' ');
        }
        buf_char(out, '|');
    }
}

static void
leaves_are_located(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct trial t;
        struct buf b;

        buf_init(&b, 10000);
        if (begin(&t, rows[i].query, rows[i].match)) {
            CHECK_INT(locator_run(t.locator, str_of(rows[i].text),
                                  str_of(rows[i].lang), NULL),
                      MORGUE_OK);
            print_places(&b, t.locator);
            test_that(str_eq(buf_view(&b), str_of(rows[i].want)), __FILE__,
                      __LINE__, "'%s' in '%s': %s, not %s", rows[i].query,
                      rows[i].text, buf_view(&b).s, rows[i].want);
        }
        end(&t);
        buf_free(&b);
    }
}

/* Nothing of a text is left when the next one is looked at: a phrase that
 * began at its end does not go on. */
static void
texts_do_not_mix(void)
{
    struct trial t;

    if (begin(&t, "\"a b c\"", ALL)) {
        static const char *const text[] = {"a b c", "x a b", "a b",
                                           "c",     "x y c", "a b c"};
        static const size_t n[] = {1, 0, 0, 0, 0, 1};

        for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
            CHECK_INT(locator_run(t.locator, str_of(text[i]), STR("en"), NULL),
                      MORGUE_OK);
            CHECK_INT(locator_places_n(t.locator), n[i]);
        }
    }
    end(&t);
}

static void
targets_know_their_leaves(void)
{
    struct trial t;

    if (begin(&t, "-x e-mail y", ALL)) {
        CHECK_INT(locator_targets_n(t.locator), 4);
        CHECK(locator_leaf(t.locator, 0)->excluded);
        CHECK_INT(locator_leaf(t.locator, 1)->span.start, 3);
        CHECK_INT(locator_leaf(t.locator, 2)->span.start, 3);
        CHECK_INT(locator_leaf(t.locator, 3)->span.start, 10);
    }
    end(&t);
}

static void
places_have_an_end(void)
{
    struct trial t;
    struct buf b;

    buf_init(&b, 1 << 20);
    for (int i = 0; i < LOCATOR_PLACES_MAX; i++)
        buf_str(&b, STR("a x "));
    if (begin(&t, "a x", ALL)) {
        CHECK_INT(locator_run(t.locator, buf_view(&b), STR("en"), NULL),
                  MORGUE_OK);
        CHECK_INT(locator_places_n(t.locator), LOCATOR_PLACES_MAX);
    }
    end(&t);
    buf_free(&b);
}

/* Phrases of two letters' words in random texts of them, against a search that
 * looks at each place. */
static void
phrases_are_found_wherever_they_are(void)
{
    uint64_t seed = 88172645463325252;

    for (int round = 0; round < 3000; round++) {
        char text[61], query[20];
        size_t n, words = 30, found = 0;
        const struct locator_place *p;
        struct trial t;

        seed = seed * 6364136223846793005 + 1442695040888963407;
        n = 2 + (seed >> 60) % 4;
        for (size_t i = 0; i < words; i++)
            memcpy(text + 2 * i, (seed >> (i + 20)) & 1 ? "a " : "b ", 3);
        query[0] = '"';
        for (size_t i = 0; i < n; i++)
            memcpy(query + 1 + 2 * i, (seed >> (i + 8)) & 1 ? "a " : "b ", 2);
        memcpy(query + 1 + 2 * n, "\"", 2);
        if (!begin(&t, query, ALL))
            break;
        CHECK_INT(locator_run(t.locator, str_of(text), STR("en"), NULL),
                  MORGUE_OK);
        p = locator_first(t.locator, 0);
        for (size_t i = 0; i + n <= words; i++) {
            if (memcmp(text + 2 * i, query + 1, 2 * n - 1) != 0)
                continue;
            found++;
            CHECK(p && p->first == i && p->last == i + n - 1 &&
                  p->start == 2 * i && p->end == 2 * (i + n) - 1);
            p = p ? locator_next(t.locator, p) : NULL;
        }
        CHECK(p == NULL);
        CHECK_INT(locator_places_n(t.locator), found);
        end(&t);
    }
}

int
main(void)
{
    if (tokenizer_new(&tokenizer, NULL) || stemmer_new(&stemmer, NULL))
        return 1;
    RUN(leaves_are_located);
    RUN(texts_do_not_mix);
    RUN(targets_know_their_leaves);
    RUN(places_have_an_end);
    RUN(phrases_are_found_wherever_they_are);
    tokenizer_free(tokenizer);
    stemmer_free(stemmer);
    return test_end();
}
