/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_text_rules.c - the finer rules of words, and what becomes of terms
 *
 * The rows of text_rules.h are texts with the tokens they must give, each as
 * TERM:POSITION:START-END, with "+" before one that is colocated and "~"
 * before one that is linked.
 */
#include <stdlib.h>

#include "../../common/base/buf.h"
#include "../../common/text/language.h"
#include "../../common/text/stem.h"
#include "../../common/text/terms.h"
#include "../../common/text/token.h"
#include "../test.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *text;
    size_t len;
    const char *mode, *tokens;
} rows[] = {
#include "text_rules.h"
};

static const struct {
    const char *composed, *decomposed;
} pairs[] = {
#include "text_pairs.h"
};

static struct tokenizer *tokenizer;

/* ---- words -------------------------------------------------------------- */

static void
check_row(size_t i)
{
    enum token_mode mode =
        rows[i].mode[0] == 'Q' ? TOKEN_QUERY : TOKEN_DOCUMENT;
    const struct token *tok;
    struct buf b;
    bool good;

    buf_init(&b, 1 << 20);
    tokenizer_start(tokenizer, str_slice(rows[i].text, rows[i].len), mode);
    while ((tok = tokenizer_next(tokenizer)) != NULL) {
        buf_printf(&b, "%s%s%s", b.len > 0 ? " " : "",
                   tok->flags & TOKEN_COLOCATED ? "+" : "",
                   tok->flags & TOKEN_LINKED ? "~" : "");
        buf_add(&b, tok->s, tok->len);
        buf_printf(&b, ":%u:%zu-%zu", (unsigned)tok->position, tok->start,
                   tok->end);
    }
    good = str_eq(buf_view(&b), str_of(rows[i].tokens));
    if (!good)
        fprintf(stderr, "'%s'\n  gives %s\n  not   %s\n", rows[i].text,
                buf_view(&b).s, rows[i].tokens);
    printf("%s rule %zu\n", good ? "ok" : "not ok", i + 1);
    test_failed_n += !good;
    buf_free(&b);
}

/* All of the tokens but their offsets, one a line: "position folded lower". */
static void
print_words(struct buf *out, struct morgue_str text, enum token_mode mode)
{
    const struct token *tok;

    tokenizer_start(tokenizer, text, mode);
    buf_char(out, '\n');
    while ((tok = tokenizer_next(tokenizer)) != NULL) {
        buf_printf(out, "%u ", (unsigned)tok->position);
        buf_add(out, tok->s, tok->len);
        buf_char(out, ' ');
        buf_add(out, tok->lower, tok->lower_len);
        buf_char(out, '\n');
    }
}

static void
decomposed_text_is_the_same(void)
{
    for (size_t i = 0; i < COUNT(pairs); i++) {
        struct buf a, b;

        buf_init(&a, 1 << 20);
        buf_init(&b, 1 << 20);
        print_words(&a, str_of(pairs[i].composed), TOKEN_DOCUMENT);
        print_words(&b, str_of(pairs[i].decomposed), TOKEN_DOCUMENT);
        CHECK_STR(buf_view(&b).s, buf_view(&a).s);
        buf_free(&a);
        buf_free(&b);
    }
}

/* What a query has at a position, the article has at the same. */
static void
query_positions_are_the_articles(void)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct morgue_str text = str_slice(rows[i].text, rows[i].len);
        struct buf doc, query;
        struct morgue_str rest, line;

        buf_init(&doc, 1 << 20);
        buf_init(&query, 1 << 20);
        print_words(&doc, text, TOKEN_DOCUMENT);
        print_words(&query, text, TOKEN_QUERY);
        rest = buf_view(&query);
        while (str_line(&rest, &line)) {
            char whole[3 * TOKEN_MAX];

            snprintf(whole, sizeof whole, "\n%.*s\n", (int)line.len, line.s);
            CHECK(line.len == 0 || strstr(doc.data, whole) != NULL);
        }
        buf_free(&doc);
        buf_free(&query);
    }
}

/* A batch is what single calls give. */
static void
batches_are_the_same(void)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct morgue_str text = str_slice(rows[i].text, rows[i].len);
        const struct token *tok;
        struct buf a, b;
        size_t n;

        buf_init(&a, 1 << 20);
        buf_init(&b, 1 << 20);
        print_words(&a, text, TOKEN_DOCUMENT);
        buf_char(&b, '\n');
        tokenizer_start(tokenizer, text, TOKEN_DOCUMENT);
        while ((n = tokenizer_batch(tokenizer, &tok)) > 0)
            for (size_t k = 0; k < n; k++) {
                buf_printf(&b, "%u ", (unsigned)tok[k].position);
                buf_add(&b, tok[k].s, tok[k].len);
                buf_char(&b, ' ');
                buf_add(&b, tok[k].lower, tok[k].lower_len);
                buf_char(&b, '\n');
            }
        CHECK_STR(buf_view(&b).s, buf_view(&a).s);
        buf_free(&a);
        buf_free(&b);
    }
}

/* Long runs of one thing: each is passed once or twice, not once a byte. */
static void
long_runs(void)
{
    static const char *const bits[] = {
        "a-",           "a'",  "a.",        "1,",       "1.",       "A.b.",
        "- ",           "-\n", "x\xCC\x81", "\xCC\x81", "\xC2\xAD", "中",
        "\xE2\x80\x8D", "é",   "&a",        "''",       "\xFF"};
    struct buf b;

    for (size_t i = 0; i < COUNT(bits); i++) {
        const struct token *tok;
        size_t n = 0;

        buf_init(&b, 1 << 21);
        buf_char(&b, 'a');
        while (b.len < 1 << 20)
            buf_str(&b, str_of(bits[i]));
        tokenizer_start(tokenizer, buf_view(&b), TOKEN_DOCUMENT);
        while ((tok = tokenizer_next(tokenizer)) != NULL)
            n += tok->len <= TOKEN_MAX && tok->end <= b.len;
        CHECK(n > 0);
        buf_free(&b);
    }
}

/* ---- whole values and codes --------------------------------------------- */

static void
values_fold(void)
{
    static const char *const row[][2] = {
        {"World News", "world news"},
        {"  World \t\n News ", "world news"},
        {"Sci/Tech", "sci/tech"},
        {"\xC3\x89"
         "conomie & soci\xC3\xA9t\xC3\xA9",
         "economie & societe"},
        {"E\xCC\x81"
         "conomie",
         "economie"},
        {"\xD0\x9F\xD0\xBE\xD0\xBB\xD0\xB8\xD1\x82\xD0\xB8\xD0\xBA\xD0\xB0",
         "\xD0\xBF\xD0\xBE\xD0\xBB\xD0\xB8\xD1\x82\xD0\xB8\xD0\xBA\xD0\xB0"},
        {"\xEF\xBC\xAE\xEF\xBC\xA8\xEF\xBC\xAB", "nhk"},
        {"", ""},
        {" ", ""},
    };
    struct fold *fold = tokenizer_fold(tokenizer);
    char out[FOLD_VALUE_MAX], many[400];
    size_t n;

    for (size_t i = 0; i < COUNT(row); i++) {
        n = fold_value(out, fold, str_of(row[i][0]));
        CHECK_BYTES(out, n, row[i][1]);
    }
    for (size_t i = 0; i < sizeof many; i += 2)
        memcpy(many + i, "\xD0\xB0", 2);
    CHECK_INT(fold_value(out, fold, str_slice(many, sizeof many)), 100);
    CHECK_INT(fold_value(out, fold, str_slice(many, 399)), 100);
}

static void
codes(void)
{
    static const char *const row[][2] = {
        {"en", "en"},    {"EN", "en"},   {"eng", "en"},   {"en-GB", "en"},
        {"pt_BR", "pt"}, {"deu", "de"},  {"ger", "de"},   {" fr ", "fr"},
        {"nb", "no"},    {"nno", "no"},  {"cmn", "zh"},   {"pcm", "pcm"},
        {"xx", "xx"},    {"tlh", "tlh"}, {"english", ""}, {"e", ""},
        {"", ""},        {"en.x", ""},   {"12", ""},      {"zh-Hans-CN", "zh"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        char out[LANG_MAX];

        stem_code(out, str_of(row[i][0]));
        CHECK_STR(out, row[i][1]);
    }
    for (size_t i = 0; stem_language(i); i++)
        CHECK_INT(stem_find(str_of(stem_language(i))), i);
    CHECK_INT(stem_find(str_of("pl")), STEM_NONE);
    CHECK_INT(stem_find(str_of("")), STEM_NONE);
    for (size_t i = 0; language_known(i); i++) {
        char out[LANG_MAX];

        stem_code(out, str_of(language_known(i)));
        CHECK_STR(out, language_known(i));
    }
}

static void
fields(void)
{
    for (int i = 0; i < FIELD_N; i++) {
        const struct field_info *f = &field_info[i];

        CHECK(!f->query || field_of_query(str_of(f->query)) == f);
        CHECK((f->kind == FIELD_STORED) == !f->prefix);
        CHECK(f->kind == FIELD_WORDS ||
              (f->wdf == 0 && !f->stems && !f->text));
        for (int k = 0; k < i; k++)
            CHECK(!f->prefix || !field_info[k].prefix || !*f->prefix ||
                  strcmp(f->prefix, field_info[k].prefix) != 0);
    }
    /* whose words share a run of positions, the title's first */
    CHECK(FIELD_TITLE < FIELD_DATELINE && FIELD_DATELINE < FIELD_BODY);
    CHECK(field_of_query(STR("nothing")) == NULL);
    CHECK(field_of_query(STR("")) == NULL);
}

/* ---- terms -------------------------------------------------------------- */

/* "term/wdf@position,position ..." */
static void
print_terms(struct buf *out, const struct term_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct term *t = list->term + i;

        buf_printf(out, "%s", i > 0 ? " " : "");
        buf_add(out, t->s, t->len);
        buf_printf(out, "/%u", (unsigned)t->wdf);
        for (uint32_t k = 0; k < t->pos_n; k++)
            buf_printf(out, "%s%u", k ? "," : "@", (unsigned)t->pos[k]);
    }
}

static void
check_terms(const struct morgue_article *a, const char *want)
{
    struct term_maker *m = NULL;
    struct term_list list;
    struct buf b;

    buf_init(&b, 1 << 20);
    CHECK_INT(term_maker_new(&m, NULL), MORGUE_OK);
    CHECK_INT(term_maker_run(&list, m, a, NULL), MORGUE_OK);
    print_terms(&b, &list);
    CHECK_STR(buf_view(&b).s, want);
    term_maker_free(m);
    buf_free(&b);
}

static void
terms_of_articles(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    check_terms(&a, "");
    a.title = STR("Running men");
    a.dateline = STR("OSLO, May 3");
    a.body = STR("A man runs.");
    a.lang = STR("EN-us");
    check_terms(&a, "3/1@37 Len/0 Smen/1@2 Srunning/1@1 XM:b/0@70 XM:d/0@35 "
                    "XM:p/0@1,35,70 XM:s/0@1,35,70 "
                    "ZSen:men/1 ZSen:run/1 "
                    "Zen:3/1 Zen:a/1 Zen:man/1 Zen:may/1 Zen:men/3 Zen:oslo/1 "
                    "Zen:run/4 a/1@70 man/1@71 may/1@36 "
                    "men/3@2 oslo/1@35 running/3@1 runs/1@72");
}

static void
fields_of_articles(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.author = STR("Jo Ek\n\nAl Ek");
    a.place = STR("New York");
    a.topics = STR("coffee\r\ntea");
    a.section = STR(" World  News");
    a.source = STR("The \xC3\x89"
                   "cho");
    check_terms(&a, "Aal/1@515 Aek/2@2,516 Ajo/1@1 XO:the echo/0 XPnew/1@1 "
                    "XPyork/1@2 XS:world news/0 XTcoffee/1@1 XTtea/1@514");
}

/* Sentences and paragraphs are marked at their first words, which are where
 * they would be without; what has no words is part of what follows. */
static void
sentences_of_articles(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.title = STR("Mr. A. No. B.");
    a.body = STR("\n C dog. E fox!\n\n* * *\n\n\"G\n hen.\" 1. I\n\n..\n");
    check_terms(
        &a, "1/1@43 Sa/1@2 Sb/1@4 Smr/1@1 Sno/1@3 XM:b/0@37 XM:p/0@1,37,41 "
            "XM:s/0@1,37,39,41,43 Z:1/1 Z:a/3 Z:b/3 Z:c/1 Z:dog/1 "
            "Z:e/1 Z:fox/1 Z:g/1 Z:hen/1 Z:i/1 Z:mr/3 Z:no/3 ZS:a/1 "
            "ZS:b/1 ZS:mr/1 ZS:no/1 a/3@2 b/3@4 c/1@37 dog/1@38 "
            "e/1@39 fox/1@40 g/1@41 hen/1@42 i/1@44 mr/3@1 no/3@3");
    a = (struct morgue_article)MORGUE_ARTICLE_INIT;
    a.body = STR("line one. and\nline two");
    check_terms(
        &a, "XM:b/0@1 XM:p/0@1,4 XM:s/0@1,4 Z:and/1 Z:line/2 Z:one/1 Z:two/1 "
            "and/1@3 line/2@1,4 one/1@2 two/1@5");
}

/* Accents: two stems where they differ; the raw term is one. */
static void
accents_in_articles(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.body = STR("H\xC3\xA4user hauser");
    a.lang = STR("de");
    check_terms(&a,
                "Lde/0 XM:b/0@1 XM:p/0@1 XM:s/0@1 Zde:haus/2 hauser/2@1,2");
    a.body = STR("\xE6\x9D\xB1\xE4\xBA\xAC 7,000");
    a.lang = STR("ja");
    check_terms(
        &a,
        "7000/1@3 Lja/0 XM:b/0@1 XM:p/0@1 XM:s/0@1 Z:7000/1 \xE4\xBA\xAC/1@2 "
        "\xE6\x9D\xB1/1@1 \xE6\x9D\xB1\xE4\xBA\xAC/1@1");
}

/* A compound that was cut can be the same as its last part, at its place. */
static void
positions_ascend(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct term_maker *m = NULL;
    struct term_list list;
    struct buf b;

    buf_init(&b, 1000);
    buf_str(&b, STR("x-"));
    for (int i = 0; i < 200; i++)
        buf_char(&b, 'x');
    a.body = buf_view(&b);
    CHECK_INT(term_maker_new(&m, NULL), MORGUE_OK);
    CHECK_INT(term_maker_run(&list, m, &a, NULL), MORGUE_OK);
    for (size_t i = 0; i < list.n; i++)
        for (uint32_t k = 1; k < list.term[i].pos_n; k++)
            CHECK(list.term[i].pos[k] > list.term[i].pos[k - 1]);
    term_maker_free(m);
    buf_free(&b);
}

static const char *const languages[] = {"en", "de", "ru", "ar", "tr", ""};

static void
run(struct buf *out, struct term_maker *m, size_t i)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct term_list list;

    buf_reset(out);
    a.body = str_slice(rows[i].text, rows[i].len);
    a.title = str_slice(rows[COUNT(rows) - 1 - i].text,
                        rows[COUNT(rows) - 1 - i].len);
    a.lang = str_of(languages[i % COUNT(languages)]);
    CHECK_INT(term_maker_run(&list, m, &a, NULL), MORGUE_OK);
    print_terms(out, &list);
}

/* A maker that saw other articles makes what a new one makes. */
static void
check_memory(struct term_maker *used)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct term_maker *new = NULL;
        struct buf a, b;

        buf_init(&a, 1 << 20);
        buf_init(&b, 1 << 20);
        CHECK_INT(term_maker_new(&new, NULL), MORGUE_OK);
        run(&a, new, i);
        run(&b, used, i);
        CHECK_STR(buf_view(&b).s, buf_view(&a).s);
        term_maker_free(new);
        buf_free(&a);
        buf_free(&b);
    }
}

/* Articles of words that no other has, until the words known are forgotten. */
static void
fill_memory(struct term_maker *m)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct term_list list;
    struct buf b;
    unsigned n = 0;

    a.lang = STR("en");
    buf_init(&b, 1 << 21);
    for (int article = 0; article < 20; article++) {
        buf_reset(&b);
        for (int i = 0; i < 20000; i++)
            buf_printf(&b, "w%cx%uy ", 'a' + i % 26, n++);
        a.body = buf_view(&b);
        CHECK_INT(term_maker_run(&list, m, &a, NULL), MORGUE_OK);
        CHECK_INT(list.words, 20000);
        CHECK_INT(list.n, 40004);
    }
    buf_free(&b);
}

static void
what_was_seen_changes_nothing(void)
{
    struct term_maker *m = NULL;

    CHECK_INT(term_maker_new(&m, NULL), MORGUE_OK);
    check_memory(m);
    check_memory(m);
    fill_memory(m);
    check_memory(m);
    term_maker_free(m);
}

/* ---- terms of a query --------------------------------------------------- */

static const struct {
    const char *prefix, *word, *lang[3], *terms;
} stem_rows[] = {
    {"", "running", {"en"}, "Zen:run"},
    {"S", "running", {"en"}, "ZSen:run"},
    {"", "running", {"pl"}, "Z:running"},
    {"", "running", {"en", ""}, "Zen:run Z:running"},
    {"", "running", {"en-GB"}, "Zen:run"},
    {"", "7,000", {"en", "de"}, "Zen:7000 Zde:7000"},
    {"", "H\xC3\xA4user", {"de", "pl"}, "Zde:haus Z:hauser"},
    {"", "caf\xC3\xA9", {"fr"}, "Zfr:caf"},
};

static void
stems_of_queries(void)
{
    struct stemmer *s = NULL;
    struct arena arena;

    arena_init(&arena, 1 << 20);
    CHECK_INT(stemmer_new(&s, NULL), MORGUE_OK);
    for (size_t i = 0; i < COUNT(stem_rows); i++) {
        struct term_forms forms;
        struct buf b;
        size_t n = 0;

        while (n < 3 && stem_rows[i].lang[n])
            n++;
        buf_init(&b, 1000);
        tokenizer_start(tokenizer, str_of(stem_rows[i].word), TOKEN_QUERY);
        CHECK_INT(term_stems(&forms, &arena, s, stem_rows[i].prefix,
                             tokenizer_next(tokenizer), stem_rows[i].lang, n,
                             NULL),
                  MORGUE_OK);
        for (size_t k = 0; k < forms.n; k++)
            buf_printf(&b, "%s%s", k ? " " : "", forms.form[k].s);
        CHECK_STR(buf_view(&b).s, stem_rows[i].terms);
        buf_free(&b);
    }
    stemmer_free(s);
    arena_free(&arena);
}

static void
values_of_queries(void)
{
    struct fold *fold = tokenizer_fold(tokenizer);
    struct morgue_str out;
    struct arena arena;

    arena_init(&arena, 1 << 20);
    CHECK_INT(term_value(&out, &arena, &field_info[FIELD_SECTION], fold,
                         STR("World  News"), NULL),
              MORGUE_OK);
    CHECK_BYTES(out.s, out.len, "XS:world news");
    CHECK_INT(term_value(&out, &arena, &field_info[FIELD_LANG], fold,
                         STR("eng"), NULL),
              MORGUE_OK);
    CHECK_BYTES(out.s, out.len, "Len");
    tokenizer_start(tokenizer, STR("Caf\xC3\xA9"), TOKEN_QUERY);
    CHECK_INT(term_word(&out, &arena, "S", tokenizer_next(tokenizer), NULL),
              MORGUE_OK);
    CHECK_BYTES(out.s, out.len, "Scafe");
    arena_free(&arena);
    arena_init(&arena, 0); /* nothing to be had */
    CHECK_INT(term_word(&out, &arena, "S", &(struct token){.s = "a", .len = 1},
                        NULL),
              MORGUE_NOMEM);
    CHECK_INT(term_value(&out, &arena, &field_info[FIELD_LANG], fold,
                         STR("eng"), NULL),
              MORGUE_NOMEM);
}

int
main(void)
{
    if (tokenizer_new(&tokenizer, NULL))
        return 1;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(i);
    RUN(decomposed_text_is_the_same);
    RUN(query_positions_are_the_articles);
    RUN(batches_are_the_same);
    RUN(long_runs);
    RUN(values_fold);
    RUN(codes);
    RUN(fields);
    RUN(terms_of_articles);
    RUN(fields_of_articles);
    RUN(sentences_of_articles);
    RUN(accents_in_articles);
    RUN(positions_ascend);
    RUN(what_was_seen_changes_nothing);
    RUN(stems_of_queries);
    RUN(values_of_queries);
    tokenizer_free(tokenizer);
    return test_end();
}
