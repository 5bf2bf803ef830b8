/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_tree.c - what is typed, into trees for the engine; stop words
 */
#include "../../common/text/stopword.h"
#include "../../searcher/query/analyse.h"
#include "../test.h"

#define ALL MORGUE_MATCH_ALL
#define ANY MORGUE_MATCH_ANY

/* A query and its tree, or the message where it has none. */
struct row {
    enum morgue_match match;
    struct morgue_str query;
    const char *want;
};

#define S(literal)                                                            \
    {                                                                         \
        (literal), sizeof(literal) - 1                                        \
    }

/* In an archive of English articles. */
static const struct row rows[] = {
    {ALL, S("coffee"), "Zen:coffe"},
    {ALL, S("coffee exports"), "(all Zen:coffe Zen:export)"},
    {ALL, S("=exports"), "exports"},
    {ALL, S("\"export quota\""), "(phrase export quota)"},
    {ALL, S("\"export quota\" -herring"),
     "(not (phrase export quota) Zen:herring)"},
    {ALL, S("-herring"), "(not (every) Zen:herring)"},
    {ALL, S("- herring"), "Zen:herring"},
    {ALL, S("coffee coffee coffees"), "Zen:coffe#3"},
    {ALL, S("e-mail"), "(best (phrase e mail) Zen:email)"},
    {ALL, S("\"a \xE3\x80\xAE b\""), "(phrase a b)"}, /* a lone mark */
    {ALL, S("AT&T"), "(best (phrase at t) Zen:att)"},
    {ALL, S("don't"), "Zen:dont"},
    {ALL, S("U.S. bank"), "(all Zen:us Zen:bank)"},
    {ALL, S("title:ferry"), "ZSen:ferri"},
    {ALL, S("title:\"the ferry\""), "(phrase Sthe Sferry)"},
    {ALL, S("lang:de coffee"), "(filter Zen:coffe Lde)"},
    {ALL, S("section:politics"), "XS:politics"},
    {ALL, S("source:\"le phare\""), "XO:le phare"},
    {ALL, S("nobody:ferry"), "(phrase nobody ferry)"},
    {ALL, S("\""), "the query has no words to look for"},
    {ALL, S("\"coffee"), "Zen:coffe"},
    {ALL, S("coffee\""), "Zen:coffe"},
    {ALL, S("東京都"), "(phrase 東京 京都)"},
    {ALL, S("the who"), "(all Zen:the Zen:who)"},
    {ALL, S("what is the price of coffee"),
     "(all Zen:what Zen:is Zen:the Zen:price Zen:of Zen:coffe)"},
    {ANY, S(""), "the query has no words to look for"},
    {ANY, S("--"), "the query has no words to look for"},
    {ANY, S("coffee exports"), "(any Zen:coffe Zen:export)"},
    {ANY, S("what is the price of coffee"), "(any Zen:price Zen:coffe)"},
    {ANY, S("The price of coffee"), "(any Zen:price Zen:coffe)"},
    {ANY, S("the coffee"), "(any Zen:the Zen:coffe)"},
    {ANY, S("who vaccine"), "(any Zen:who Zen:vaccin)"},
    {ANY, S("the vaccine of the WHO"), "(any Zen:vaccin Zen:who)"},
    {ANY, S("THE VACCINE OF THE WHO"), "Zen:vaccin"},
    {ANY, S("to be or not to be"), "(any Zen:to#2 Zen:be#2 Zen:or Zen:not)"},
    {ANY, S("the \"the price\" of coffee"),
     "(any (phrase the price) Zen:coffe)"},
    {ANY, S("the price of =the coffee"), "(any Zen:price the Zen:coffe)"},
    {ANY, S("the price of title:the coffee"),
     "(any Zen:price ZSen:the Zen:coffe)"},
    {ANY, S("the coffee -of that the"), "(not Zen:coffe Zen:of)"},
    {ANY, S("state-of-the-art of the coffee"),
     "(any Zen:state Zen:art Zen:stateoftheart Zen:coffe)"},
    {ANY, S("e-mail"), "(any Zen:e Zen:mail Zen:email)"},
    {ANY, S("was ist das Wetter"), "Zen:wetter"},
    {ANY, S("der Preis von dem Kaffee in der Stadt"),
     "(any Zen:prei Zen:kaffe Zen:stadt)"},
    {ANY, S("what is the the coffee and coffee"), "Zen:coffe#2"},
    /* words */
    {ALL, S("Coffee COFFEE coffees"), "Zen:coffe#3"},
    {ALL, S("coffee\texports\ncoffee"), "(all Zen:coffe#2 Zen:export)"},
    {ALL,
     S("coffee\xC2\xA0"
       "exports\xE3\x80\x80quota"),
     "(all Zen:coffe Zen:export Zen:quota)"},
    {ALL, S("naïve naive"), "Zen:naiv#2"},
    {ALL, S("café"), "Zen:cafe"},
    {ALL, S("Putin's Putin’s workers'"), "(all Zen:putin#2 Zen:worker)"},
    {ALL, S("=exports exports =exports"), "(all exports#2 Zen:export)"},
    {ALL, S("exports = quota"), "(all Zen:export Zen:quota)"},
    {ALL, S("==exports"), "exports"},
    {ALL, S("=-exports"), "(not (every) Zen:export)"},
    {ALL, S("7,000 3.5 1980s $7bn"),
     "(all Zen:7000 Zen:3.5 Zen:1980s Zen:7bn)"},
    {ALL, S("😀 party"), "(all Zen:😀 Zen:parti)"},
    {ALL, S("Straße"), "Zen:strass"},
    {ALL, S("govern-\nment"), "(all Zen:govern Zen:ment)"},
    /* compounds */
    {ALL, S("=e-mail"), "(best (phrase e mail) email)"},
    {ALL, S("O'Brien-Smith"), "(best (phrase o brien smith) Zen:obriensmith)"},
    {ALL, S("AC/DC"), "(phrase ac dc)"},
    {ALL, S("me@example.com"), "(phrase me example com)"},
    {ALL, S("2024-06-20"), "(phrase 2024 06 20)"},
    {ALL, S("10:30"), "(phrase 10 30)"},
    {ALL, S("a-b-c-d-e-f-g"), "(phrase a b c d e f g)"},
    {ALL, S("U.S.-based"), "(best (phrase us based) Zen:usbas)"},
    {ALL, S("coffee,exports"), "(phrase coffee exports)"},
    {ALL, S("e-mail e-mail"), "(best (phrase e#2 mail#2) Zen:email#2)"},
    {ALL, S("-e-mail coffee"),
     "(not Zen:coffe (best (phrase e mail) Zen:email))"},
    {ALL, S("title:e-mail"), "(best (phrase Se Smail) ZSen:email)"},
    {ALL, S("author:O'Brien"), "(best (phrase Ao Abrien) Aobrien)"},
    {ANY, S("=e-mail"), "(any e mail email)"},
    {ANY, S("-e-mail coffee"),
     "(not Zen:coffe (best (phrase e mail) Zen:email))"},
    {ANY, S("me@example.com"), "(any Zen:me Zen:exampl Zen:com)"},
    {ANY, S("2024-06-20"), "(any Zen:2024 Zen:06 Zen:20)"},
    {ANY, S("a-b-c-d-e-f-g"),
     "(any Zen:a Zen:b Zen:c Zen:d Zen:e Zen:f Zen:g)"},
    {ANY, S("e-mail mail"), "(any Zen:e Zen:mail#2 Zen:email)"},
    {ANY, S("title:e-mail"), "(any ZSen:e ZSen:mail ZSen:email)"},
    /* quotes */
    {ALL, S("“export quota”"), "(phrase export quota)"},
    {ALL, S("„export quota“"), "(phrase export quota)"},
    {ALL, S("«export quota»"), "(phrase export quota)"},
    {ALL, S("\"export quota»"), "(phrase export quota)"},
    {ALL, S("\"\""), "the query has no words to look for"},
    {ALL, S("\"\" coffee"), "Zen:coffe"},
    {ALL, S("\"...\" coffee"), "Zen:coffe"},
    {ALL, S("\"coffee\""), "coffee"},
    {ALL, S("\"coffee\" coffee"), "(all coffee Zen:coffe)"},
    {ALL, S("\"e-mail\""), "(phrase e mail)"},
    {ALL, S("=\"export quotas\""), "(phrase export quotas)"},
    {ALL, S("\"export quota\"herring"),
     "(all (phrase export quota) Zen:herring)"},
    {ALL, S("\"export quota\"-herring"),
     "(not (phrase export quota) Zen:herring)"},
    {ALL, S("\"export quota\"title:herring"),
     "(all (phrase export quota) ZSen:herring)"},
    {ALL, S("export\"quota herring\""),
     "(all (phrase export quota) Zen:herring)"},
    {ALL, S("\"export quota\" \"herring"),
     "(all (phrase export quota) Zen:herring)"},
    {ALL, S("-\"export quota\" coffee"),
     "(not Zen:coffe (phrase export quota))"},
    {ALL, S("-=\"export quota\" coffee"),
     "(not Zen:coffe (phrase export quota))"},
    {ALL, S("\"the the the\""), "(phrase the the the)"},
    {ALL, S("\"export quota\" \"export quota\""), "(phrase export#2 quota#2)"},
    {ANY, S("\"export quota\" coffee"),
     "(any (phrase export quota) Zen:coffe)"},
    {ANY, S("\"O'Brien said\""), "(phrase o brien said)"},
    /* signs */
    {ALL, S("--coffee"), "Zen:coffe"},
    {ALL, S("coffee -"), "Zen:coffe"},
    {ALL, S("coffee -herring -ferry"),
     "(not Zen:coffe Zen:herring Zen:ferri)"},
    {ALL, S("-coffee -ferry"), "(not (every) Zen:coffe Zen:ferri)"},
    {ALL, S("-coffee coffee"), "(not Zen:coffe Zen:coffe)"},
    {ALL, S("-title:ferry coffee"), "(not Zen:coffe ZSen:ferri)"},
    {ALL, S("title:-ferry"), "(not Zen:titl Zen:ferri)"},
    {ALL, S("-=ferries coffee"), "(not Zen:coffe ferries)"},
    {ALL, S("=title:ferry"), "ZSen:ferri"},
    {ALL, S("coffee (exports OR quota)"),
     "(all Zen:coffe (any Zen:export Zen:quota))"},
    {ALL, S("coffee AND NOT +exports"), "(not Zen:coffe Zen:export)"},
    {ALL, S("coff* ?ee herring~2 x^3"),
     "(all coff𐘀 𐘁ee herring (scale 3 Zen:x))"},
    {ALL, S("!?"), "the query has no words to look for"},
    {ALL, S("–coffee"), "(not (every) Zen:coffe)"},
    /* fields */
    {ALL, S("TITLE:Ferry Title:ferries"), "ZSen:ferri#2"},
    {ALL, S("title:=ferries"), "Sferries"},
    {ALL, S("title: ferry"), "(all Zen:titl Zen:ferri)"},
    {ALL, S("title:"), "Zen:titl"},
    {ALL, S("title:\"ferry\""), "Sferry"},
    {ALL, S("title:\"ferry coffee"), "(all ZSen:ferri Zen:coffe)"},
    {ALL, S("title:ferry author:ferry place:ferry topic:ferry ferry"),
     "(all ZSen:ferri Aferry XPferry XTferry Zen:ferri)"},
    {ALL, S("title:title:ferry"), "ZSen:ferri"},
    {ALL, S("author:\"Jo Brand\""), "(phrase Ajo Abrand)"},
    {ALL, S("author:Brands"), "Abrands"},
    {ALL, S("section:Sport source:BBC lang:en-GB"),
     "(filter (every) XS:sport XO:bbc Len)"},
    {ALL, S("section:\"World  NEWS\""), "XS:world news"},
    {ALL, S("section:=sport"), "XS:sport"},
    {ALL, S("section:!"), "XS:!"},
    {ALL, S("section:sport section:sport"),
     "(filter (every) XS:sport XS:sport)"},
    {ALL, S("-section:sport"), "(not (every) XS:sport)"},
    {ALL, S("-section:sport -lang:de coffee"), "(not Zen:coffe XS:sport Lde)"},
    {ALL, S("section:\"\""), "the query has no words to look for"},
    {ALL, S("lang:?"), "(none)"},
    {ALL, S("heading:ferry"), "(phrase heading ferry)"},
    {ALL, S("id:7 url:example.org"), "(filter (every) Q7 Uexample.org)"},
    {ALL, S("abcdefghijklmnopq:ferry"), "(phrase abcdefghijklmnopq ferry)"},
    {ALL, S("http://example.org/"), "(phrase http example org)"},
    {ALL, S("http://example.org/ab?cd=*"), "(phrase http example org ab cd)"},
    {ANY, S("section:sport coffee ferry"),
     "(filter (any Zen:coffe Zen:ferri) XS:sport)"},
    {ANY, S("section:sport -coffee"),
     "(not (filter (every) XS:sport) Zen:coffe)"},
    /* scripts */
    {ALL, S("東京"), "東京"},
    {ALL, S("東"), "東"},
    {ALL, S("東京都 大阪"), "(all (phrase 東京 京都) 大阪)"},
    {ALL, S("東京abc都"), "(phrase 東 京 abc 都)"},
    {ALL, S("東京-大阪"),
     "(best (phrase 東 京 大 阪) (phrase 東 京 "
     "(forms 都 道 府 県 縣 县 市 区 區 町 村 郡 "
     "州 省 国 國 島 岛 氏 시 도 군 구 씨) 大 阪))"},
    {ALL, S("東京・大阪"),
     "(best (phrase 東 京 大 阪) (phrase 東 京 "
     "(forms 都 道 府 県 縣 县 市 区 區 町 村 郡 "
     "州 省 国 國 島 岛 氏 시 도 군 구 씨) 大 阪))"},
    {ALL, S("title:東京、大阪"),
     "(best (phrase S東 S京 S大 S阪) (phrase S東 S京 "
     "(forms S都 S道 S府 S県 S縣 S县 S市 S区 S區 S町 S村 S郡 "
     "S州 S省 S国 S國 S島 S岛 S氏 S시 S도 S군 S구 S씨) S大 S阪))"},
    {ALL, S("\"東京 大阪\""), "(phrase 東 京 大 阪)"},
    {ALL, S("title:東京都"), "(phrase S東京 S京都)"},
    {ALL, S("-東京都 渡轮"), "(not 渡轮 (phrase 東京 京都))"},
    {ALL, S("=東京"), "東京"},
    {ALL, S("ภาษาไทย"), "(phrase ภาษา ษาไ ไท ทย)"},
    {ALL, S("한국어 العربية שלום"),
     "(all (phrase 한국 국어) Zen:العربية Zen:שלום)"},
    {ALL, S("барсук не"), "(all Zen:барсук Zen:не)"},
    {ANY, S("東京都 abc東京"), "(any (phrase 東京 京都) (phrase abc 東 京))"},
    /* no text */
    {ALL,
     S("\0"
       "coffee\0"
       "exports"),
     "(phrase coffee exports)"},
    {ALL, S("\xFF\xC2 coffee\xE2\x80"), "Zen:coffe"},
    {ALL, S("\xE2\x80"), "the query has no words to look for"},
    {ALL,
     S("cof\xFF"
       "fee"),
     "(phrase cof fee)"},
    /* stop words */
    {ANY, S("the of"), "(any Zen:the Zen:of)"},
    {ANY, S("the the"), "Zen:the#2"},
    {ANY, S("what is title:coffee"), "ZSen:coffe"},
    {ANY, S("what is section:sport"),
     "(filter (any Zen:what Zen:is) XS:sport)"},
    {ANY, S("what is -coffee"), "(not (any Zen:what Zen:is) Zen:coffe)"},
    {ANY, S("to-be or-not the coffee"), "(any Zen:tobe Zen:ornot Zen:coffe)"},
    {ANY, S("what is \"coffee\""), "coffee"},
    {ANY, S("WHAT IS COFFEE"), "Zen:coffe"},
    {ANY, S("What IS the coffee"), "(any Zen:is Zen:coffe)"},
    {ANY, S("i think that the price is what it is"),
     "(any Zen:think Zen:price)"},
    {ANY, S("le prix du café dans la ville"),
     "(any Zen:prix Zen:cafe Zen:vill)"},
    {ANY, S("что это такое на барсук"), "(any Zen:такое Zen:барсук)"},
    {ANY, S("the der la не"), "(any Zen:the Zen:der Zen:la Zen:не)"},
    {ANY, S("to-be or-not"), "(any Zen:tobe Zen:ornot)"},
    {ANY, S("the-of what coffee"), "(any Zen:theof Zen:coffe)"},
    {ALL, S("e-mail,coffee"), "(phrase e mail coffee)"},
    {ALL, S("e-mail@example.com"), "(phrase e mail example com)"},
    {ANY, S("e-mail,coffee"), "(any Zen:e Zen:mail Zen:coffe)"},
    {ANY, S("the東京of what coffee beans"),
     "(any (phrase the 東 京 of) Zen:what Zen:coffe Zen:bean)"},
    {ANY, S("the東京of what is coffee beans"),
     "(any (phrase the 東 京 of) Zen:coffe Zen:bean)"},
    {ANY, S("what is (in time) the price (of coffee)"),
     "(any Zen:time Zen:price Zen:coffe)"},
    {ANY, S("I think that coffee"), "(any Zen:think Zen:coffe)"},
    {ANY, S("I think that COFFEE"), "(any Zen:think Zen:coffe)"},
};

/* In one of English and German articles, and some in no known language. */
static const struct row rows_of_many[] = {
    {ALL, S("Coffee COFFEE coffees"),
     "(all (forms Zen:coffe#2 Zde:coffe#2 Z:coffee#2) (forms Zen:coffe "
     "Zde:coffe Z:coffees))"},
    {ALL, S("coffee\texports\ncoffee"),
     "(all (forms Zen:coffe#2 Zde:coffe#2 Z:coffee#2) (forms Zen:export "
     "Zde:export Z:exports))"},
    {ALL, S("naïve naive"), "(forms Zen:naiv#2 Zde:naiv#2 Z:naive#2)"},
    {ALL, S("café"), "(forms Zen:cafe Zde:cafe Zde:caf Z:cafe)"},
    {ALL, S("Straße"), "(forms Zen:strass Zde:strass Z:strasse)"},
    {ALL, S("=e-mail"), "(best (phrase e mail) email)"},
    {ALL, S("e-mail e-mail"),
     "(best (phrase e#2 mail#2) (forms Zen:email#2 Zde:email#2 Z:email#2))"},
    {ALL, S("title:e-mail"),
     "(best (phrase Se Smail) (forms ZSen:email ZSde:email ZS:email))"},
    {ANY, S("=e-mail"), "(any e mail email)"},
    {ANY, S("title:e-mail"),
     "(any (forms ZSen:e ZSde:e ZS:e) (forms ZSen:mail ZSde:mail ZS:mail) "
     "(forms ZSen:email ZSde:email ZS:email))"},
    {ALL, S("\"coffee\" coffee"),
     "(all coffee (forms Zen:coffe Zde:coffe Z:coffee))"},
    {ALL, S("-coffee -ferry"),
     "(not (every) (forms Zen:coffe Zde:coffe Z:coffee) (forms Zen:ferri "
     "Zde:ferry Z:ferry))"},
    {ALL, S("author:Brands"), "Abrands"},
    {ALL, S("東京abc都"), "(phrase 東 京 abc 都)"},
};

static struct tokenizer *tokenizer;
static struct stemmer *stemmer;

static enum morgue_status
parse(struct parsed *out, struct arena *arena, enum morgue_match match,
      struct morgue_str query, size_t lang_n, struct morgue_error *err)
{
    static const char *const lang[] = {"en", "de", ""};
    struct parse_context context = {.tokenizer = tokenizer,
                                    .stemmer = stemmer,
                                    .lang = lang,
                                    .lang_n = lang_n,
                                    .match = match,
                                    .max_words = EXPANSION_MAX};

    return query_parse(out, arena, query, &context, err);
}

static void
check_rows(const struct row *row, size_t n, size_t lang_n)
{
    for (size_t i = 0; i < n; i++) {
        struct arena arena;
        struct parsed parsed;
        struct morgue_error err;
        struct buf b;

        arena_init(&arena, 1 << 20);
        buf_init(&b, 10000);
        if (parse(&parsed, &arena, row[i].match, row[i].query, lang_n, &err))
            buf_str(&b, str_of(err.message));
        else
            query_print(&b, parsed.query);
        test_that(str_eq(buf_view(&b), str_of(row[i].want)), __FILE__,
                  __LINE__, "'%s' is %s, not %s", row[i].query.s,
                  buf_view(&b).s, row[i].want);
        buf_free(&b);
        arena_free(&arena);
    }
}

static void
queries_become_trees(void)
{
    check_rows(rows, sizeof rows / sizeof *rows, 1);
}

static void
words_are_looked_for_in_all_languages(void)
{
    check_rows(rows_of_many, sizeof rows_of_many / sizeof *rows_of_many, 3);
}

/* What the leaves of a query became, each in brackets. */
static void
print_leaves(struct buf *out, const struct ast_tree *ast)
{
    for (const struct ast *leaf = ast->leaf; leaf; leaf = leaf->next_leaf) {
        buf_char(out, '[');
        if (leaf_query(leaf))
            query_print(out, leaf_query(leaf));
        buf_char(out, ']');
    }
}

static void
leaves_know_what_they_became(void)
{
    static const struct row row[] = {
        {ALL, S("coffee"), "[(forms Zen:coffe Zde:coffe Z:coffee)]"},
        {ALL, S("=coffee \"a b\""), "[coffee][(phrase a b)]"},
        {ALL, S("=e-mail"), "[(best (phrase e mail) email)]"},
        {ALL, S("-=x title:=y"), "[x][Sy]"},
        {ALL, S("section:x =y \"\""), "[XS:x][y][]"},
        {ANY, S("what is the =coffee"), "[][][][coffee]"},
        {ALL, S("=x =x"), "[x#2][x]"},
        {ALL, S("東京都"), "[(phrase 東京 京都)]"},
        {ALL, S("=x w/5 (=y OR =z)"), "[x][y][z]"},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct arena arena;
        struct parsed parsed;
        struct buf b;

        arena_init(&arena, 1 << 20);
        buf_init(&b, 1000);
        CHECK_INT(parse(&parsed, &arena, row[i].match, row[i].query, 3, NULL),
                  MORGUE_OK);
        print_leaves(&b, &parsed.ast);
        CHECK_STR(buf_view(&b).s, row[i].want);
        buf_free(&b);
        arena_free(&arena);
    }
}

/* A text of `n` times `unit` behind `first`. */
static void
repeat(struct buf *out, const char *first, const char *unit, size_t n)
{
    buf_reset(out);
    buf_str(out, str_of(first));
    while (n-- > 0)
        buf_str(out, str_of(unit));
}

/* Words are counted as they are looked for: the parts of a compound and of a
 * run of one script each are one. */
static void
long_queries_are_refused_where_they_are_too_long(void)
{
    static const struct {
        const char *first, *unit;
        size_t fits, at; /* how many units do, and where one more is told */
    } row[] = {
        {"", "a ", QUERY_WORDS_MAX, QUERY_WORDS_MAX * 2},
        {"", "-a ", QUERY_WORDS_MAX, QUERY_WORDS_MAX * 3 + 1},
        {"", "a-b ", QUERY_WORDS_MAX / 2, QUERY_WORDS_MAX * 2},
        {"x ", "a-b ", QUERY_WORDS_MAX / 2 - 1,
         2 + (QUERY_WORDS_MAX / 2 - 1) * 4},
        {"x ", "a-", QUERY_WORDS_MAX - 1, 2},
        {"", "section:a ", QUERY_WORDS_MAX, QUERY_WORDS_MAX * 10},
        {"", "東", QUERY_WORDS_MAX + 1, 0},
        {"x", "東", QUERY_WORDS_MAX - 1, 0},
    };
    struct arena arena;
    struct buf b;

    arena_init(&arena, (size_t)64 << 20);
    buf_init(&b, 1 << 20);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        for (int any = 0; any < 2; any++) {
            struct parsed parsed;
            struct morgue_error err;

            repeat(&b, row[i].first, row[i].unit, row[i].fits);
            arena_reset(&arena);
            CHECK_INT(
                parse(&parsed, &arena, any ? ANY : ALL, buf_view(&b), 1, &err),
                MORGUE_OK);
            repeat(&b, row[i].first, row[i].unit, row[i].fits + 1);
            arena_reset(&arena);
            CHECK_INT(
                parse(&parsed, &arena, any ? ANY : ALL, buf_view(&b), 1, &err),
                MORGUE_QUERY);
            CHECK_STR(err.message, "the query has more than 2048 words");
            test_that(err.at == row[i].at, __FILE__, __LINE__,
                      "'%s' ends at %zu, not %zu", row[i].unit, err.at,
                      row[i].at);
        }
    buf_free(&b);
    arena_free(&arena);
}

/* Signs are no words, but take memory. */
static void
text_without_words_has_an_end(void)
{
    struct arena arena;
    struct buf b;
    struct parsed parsed;
    struct morgue_error err;

    arena_init(&arena, (size_t)64 << 20);
    buf_init(&b, 4 << 20);
    repeat(&b, "coffee ", "- ", 500000);
    CHECK_INT(parse(&parsed, &arena, ALL, buf_view(&b), 1, &err), MORGUE_OK);
    CHECK_INT(parsed.words_n, 1);
    repeat(&b, "coffee ", "( ", QUERY_TOKENS_MAX - 1);
    arena_reset(&arena);
    CHECK_INT(parse(&parsed, &arena, ALL, buf_view(&b), 1, &err), MORGUE_OK);
    CHECK_INT(parsed.notes.n, NOTES_MAX);
    repeat(&b, "coffee ", "( ", QUERY_TOKENS_MAX);
    arena_reset(&arena);
    CHECK_INT(parse(&parsed, &arena, ALL, buf_view(&b), 1, &err),
              MORGUE_QUERY);
    CHECK_STR(err.message, "the query has more than 65536 words and signs");
    CHECK_INT(err.at, 7 + 2 * (QUERY_TOKENS_MAX - 1));
    repeat(&b, "", "x", QUERY_BYTES_MAX + 1);
    arena_reset(&arena);
    CHECK_INT(parse(&parsed, &arena, ALL, buf_view(&b), 1, &err),
              MORGUE_QUERY);
    CHECK_STR(err.message, "the query has more than 1048576 bytes");
    buf_free(&b);
    arena_free(&arena);
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
    RUN(words_are_looked_for_in_all_languages);
    RUN(leaves_know_what_they_became);
    RUN(long_queries_are_refused_where_they_are_too_long);
    RUN(text_without_words_has_an_end);
    RUN(stopwords_are_folded);
    tokenizer_free(tokenizer);
    stemmer_free(stemmer);
    return test_end();
}
