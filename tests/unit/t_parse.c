/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_parse.c - what is typed, into query trees; stop words
 */
#include "../../common/text/stopword.h"
#include "../../searcher/parse.h"
#include "../test.h"

#define ALL MORGUE_MATCH_ALL
#define ANY MORGUE_MATCH_ANY

/* A query and its tree, or the message where it has none. */
static const struct {
    enum morgue_match match;
    const char *query, *want;
} rows[] = {
    {ALL, "coffee", "Zen:coffe"},
    {ALL, "coffee exports", "(all Zen:coffe Zen:export)"},
    {ALL, "=exports", "exports"},
    {ALL, "\"export quota\"", "(phrase export quota)"},
    {ALL, "\"export quota\" -herring",
     "(not (phrase export quota) Zen:herring)"},
    {ALL, "-herring", "(not (every) Zen:herring)"},
    {ALL, "- herring", "Zen:herring"},
    {ALL, "coffee coffee coffees", "Zen:coffe#3"},
    {ALL, "e-mail", "(best (phrase e mail) Zen:email)"},
    {ALL, "AT&T", "(best (phrase at t) Zen:att)"},
    {ALL, "don't", "Zen:dont"},
    {ALL, "U.S. bank", "(all Zen:us Zen:bank)"},
    {ALL, "title:ferry", "ZSen:ferri"},
    {ALL, "title:\"the ferry\"", "(phrase Sthe Sferry)"},
    {ALL, "lang:de coffee", "(filter Zen:coffe Lde)"},
    {ALL, "section:politics", "(filter (every) XS:politics)"},
    {ALL, "source:\"le phare\"", "(filter (every) XO:le phare)"},
    {ALL, "nobody:ferry", "(phrase nobody ferry)"},
    {ALL, "\"", "the query has no words to look for"},
    {ALL, "\"coffee", "Zen:coffe"},
    {ALL, "coffee\"", "Zen:coffe"},
    {ALL, "東京都", "(phrase 東京 京都)"},
    {ALL, "the who", "(all Zen:the Zen:who)"},
    {ALL, "what is the price of coffee",
     "(all Zen:what Zen:is Zen:the Zen:price Zen:of Zen:coffe)"},
    {ANY, "", "the query has no words to look for"},
    {ANY, "--", "the query has no words to look for"},
    {ANY, "coffee exports", "(any Zen:coffe Zen:export)"},
    {ANY, "what is the price of coffee", "(any Zen:price Zen:coffe)"},
    {ANY, "The price of coffee", "(any Zen:price Zen:coffe)"},
    {ANY, "the coffee", "(any Zen:the Zen:coffe)"},
    {ANY, "who vaccine", "(any Zen:who Zen:vaccin)"},
    {ANY, "the vaccine of the WHO", "(any Zen:vaccin Zen:who)"},
    {ANY, "THE VACCINE OF THE WHO", "Zen:vaccin"},
    {ANY, "to be or not to be", "(any Zen:to#2 Zen:be#2 Zen:or Zen:not)"},
    {ANY, "the \"the price\" of coffee", "(any (phrase the price) Zen:coffe)"},
    {ANY, "the price of =the coffee", "(any Zen:price the Zen:coffe)"},
    {ANY, "the price of title:the coffee",
     "(any Zen:price ZSen:the Zen:coffe)"},
    {ANY, "the coffee -of that the", "(not Zen:coffe Zen:of)"},
    {ANY, "state-of-the-art of the coffee",
     "(any Zen:state Zen:art Zen:stateoftheart Zen:coffe)"},
    {ANY, "e-mail", "(any Zen:e Zen:mail Zen:email)"},
    {ANY, "was ist das Wetter", "Zen:wetter"},
    {ANY, "der Preis von dem Kaffee in der Stadt",
     "(any Zen:prei Zen:kaffe Zen:stadt)"},
    {ANY, "what is the the coffee and coffee", "Zen:coffe#2"},
};

static struct tokenizer *tokenizer;
static struct stemmer *stemmer;

static void
parse(struct buf *out, enum morgue_match match, const char *query)
{
    static const char *const lang[] = {"en"};
    struct parse_context context = {.tokenizer = tokenizer,
                                    .stemmer = stemmer,
                                    .lang = lang,
                                    .lang_n = 1,
                                    .match = match};
    struct arena arena;
    struct parsed parsed;
    struct morgue_error err;

    arena_init(&arena, 1 << 20);
    if (query_parse(&parsed, &arena, str_of(query), &context, &err))
        buf_str(out, str_of(err.message));
    else
        query_print(out, parsed.query);
    arena_free(&arena);
}

static void
queries_become_trees(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b;

        buf_init(&b, 10000);
        parse(&b, rows[i].match, rows[i].query);
        test_that(str_eq(buf_view(&b), str_of(rows[i].want)), __FILE__,
                  __LINE__, "'%s' is %s, not %s", rows[i].query,
                  buf_view(&b).s, rows[i].want);
        buf_free(&b);
    }
}

/* Each stop word is one token, and folds to itself: else none would match. */
static void
stopwords_are_folded(void)
{
    const char *words, *lang;
    size_t n = 0;

    for (size_t i = 0; (lang = stopword_list(i, &words)) != NULL; i++) {
        const struct token *tok;
        size_t at = 0;

        tokenizer_start(tokenizer, str_of(words), TOKEN_DOCUMENT);
        while ((tok = tokenizer_next(tokenizer)) != NULL) {
            test_that(tok->start == at && tok->end - at == tok->len &&
                          memcmp(words + at, tok->s, tok->len) == 0,
                      __FILE__, __LINE__, "%s: '%.*s'", lang, (int)tok->len,
                      tok->s);
            CHECK(stopword(lang, str_slice(tok->s, tok->len)));
            CHECK(!stopword("xx", str_slice(tok->s, tok->len)));
            at = tok->end + 1;
            n++;
        }
        CHECK_INT(at, strlen(words) + 1);
    }
    CHECK(n > 800);
    CHECK(!stopword("en", STR("us")));
    CHECK(!stopword("en", STR("")));
    CHECK(!stopword("en", STR("myself we")));
}

int
main(void)
{
    if (tokenizer_new(&tokenizer, NULL) || stemmer_new(&stemmer, NULL))
        return 1;
    RUN(queries_become_trees);
    RUN(stopwords_are_folded);
    tokenizer_free(tokenizer);
    stemmer_free(stemmer);
    return test_end();
}
