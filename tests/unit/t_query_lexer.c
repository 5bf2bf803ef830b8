/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_lexer.c - the text of a query into tokens and their bytes
 *
 * A row has the tokens as m (minus), f (field), e (equals), q (quoted), w
 * (word), each with the bytes it stands in, and a field's name or the text.
 */
#include "../../searcher/query/lexer.h"

#include <stdlib.h>

#include "../../common/base/buf.h"
#include "../random.h"
#include "../test.h"

#define S(literal)                                                            \
    {                                                                         \
        (literal), sizeof(literal) - 1                                        \
    }

static const struct {
    struct morgue_str query;
    const char *want;
} rows[] = {
    {S(""), ""},
    {S(" \t\n"), ""},
    {S("coffee"), "w0-6 coffee;"},
    {S("  coffee exports "), "w2-8 coffee;w9-16 exports;"},
    {S("a\xC2\xA0"
       "b\xE3\x80\x80"
       "c"),
     "w0-1 a;w3-4 b;w7-8 c;"},
    {S("-coffee"), "m0-1;w1-7 coffee;"},
    {S("--coffee"), "m0-1;w1-8 -coffee;"},
    {S("- coffee -"), "w0-1 -;w2-8 coffee;w9-10 -;"},
    {S("a-b"), "w0-3 a-b;"},
    {S("=coffee"), "e0-1;w1-7 coffee;"},
    {S("=-coffee"), "e0-1;w1-8 -coffee;"},
    {S("= ="), "w0-1 =;w2-3 =;"},
    {S("a=b"), "w0-3 a=b;"},
    {S("title:coffee"), "f0-6 title;w6-12 coffee;"},
    {S("TiTle:coffee"), "f0-6 title;w6-12 coffee;"},
    {S("title: coffee"), "w0-6 title:;w7-13 coffee;"},
    {S("title:\xE3\x80\x80x"), "w0-6 title:;w9-10 x;"},
    {S("title:"), "w0-6 title:;"},
    {S("title:title:x"), "f0-6 title;w6-13 title:x;"},
    {S("nobody:coffee"), "w0-13 nobody:coffee;"},
    {S(":coffee"), "w0-7 :coffee;"},
    {S("sixteenletters16:x"), "w0-18 sixteenletters16:x;"},
    {S("-title:=coffee"), "m0-1;f1-7 title;e7-8;w8-14 coffee;"},
    {S("=title:-coffee"), "e0-1;w1-14 title:-coffee;"},
    {S("title:-coffee"), "f0-6 title;w6-13 -coffee;"},
    {S("\"a b\""), "q0-5 a b;"},
    {S("-section:\"a b\""), "m0-1;f1-9 section;q9-14 a b;"},
    {S("=\"a\""), "e0-1;q1-4 a;"},
    {S("\"\""), "q0-2 ;"},
    {S("\"a\"b\"c\""), "q0-3 a;w3-7 b\"c\";"},
    {S("\"a\"-b"), "q0-3 a;m3-4;w4-5 b;"},
    {S("\"a\"=\"b\""), "q0-3 a;e3-4;q4-7 b;"},
    {S("\"a b"), "w0-2 \"a;w3-4 b;"},
    {S("a \""), "w0-1 a;w2-3 \";"},
    {S("\xE2\x80\x9E"
       "a\xE2\x80\x9C b"),
     "q0-7 a;w8-9 b;"},
    {S("\xC2\xAB"
       "a\""),
     "q0-4 a;"},
    {S("\"a\xE2\x80"), "w0-4 \"a\xE2\x80;"},
    {S("\xE3\x80 \xC2"), "w0-2 \xE3\x80;w3-4 \xC2;"},
};

static void
print_token(struct buf *out, const struct query_token *t)
{
    buf_printf(out, "%c%zu-%zu", "mfeqw"[t->kind], t -> span.start,
               t->span.end);
    if (t->field)
        buf_printf(out, " %s", t->field->query);
    if (t->kind >= QUERY_TOKEN_QUOTED) {
        buf_char(out, ' ');
        buf_str(out, t->text);
    }
    buf_char(out, ';');
}

static void
texts_become_tokens(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lexer l;
        struct query_token t;
        struct buf b;

        buf_init(&b, 10000);
        buf_str(&b, STR(""));
        lexer_start(&l, rows[i].query);
        for (lexer_next(&l, &t); t.kind != QUERY_TOKEN_END; lexer_next(&l, &t))
            print_token(&b, &t);
        CHECK_STR(buf_view(&b).s, rows[i].want);
        CHECK_INT(t.span.start, rows[i].query.len);
        lexer_next(&l, &t);
        CHECK_INT(t.kind, QUERY_TOKEN_END);
        buf_free(&b);
    }
}

static uint64_t seed = 0x9E3779B97F4A7C15;

static unsigned
draw(unsigned n)
{
    return (unsigned)((random_next(&seed) >> 20) % n);
}

/* A text of random pieces, in memory of its own size. */
static char *
random_text(size_t *len)
{
    static const char *const piece[] = {
        "a",        "title:",       "-",    "=",   "\"",  "\xE2\x80\x9C",
        "\xC2\xA0", "\xE3",         "\x80", ":",   " ",   "lang:",
        "\n",       "\xE3\x80\x80", "\xC2", "b c", "\xFF"};
    char text[200], *p;

    *len = 0;
    for (unsigned n = draw(20); n > 0; n--) {
        const char *s = piece[draw(sizeof piece / sizeof *piece)];

        memcpy(text + *len, s, strlen(s));
        *len += strlen(s);
    }
    if (draw(4) == 0)
        text[(*len)++] = '\0';
    p = malloc(*len ? *len : 1);
    if (p)
        memcpy(p, text, *len);
    return p;
}

/* Tokens of any text ascend, none is empty, between two is white space alone,
 * marks come in their order before a word, and a word has its span's bytes. */
static void
tokens_cover_any_text(void)
{
    for (int i = 0; i < 20000; i++) {
        size_t len, at = 0;
        char *text = random_text(&len);
        enum query_token_kind before = QUERY_TOKEN_END;
        struct query_token t;
        struct lexer l;

        if (!text)
            return;
        lexer_start(&l, str_slice(text, len));
        for (lexer_next(&l, &t); t.kind != QUERY_TOKEN_END;
             lexer_next(&l, &t)) {
            bool open = before < QUERY_TOKEN_QUOTED;

            CHECK(t.span.start >= at && t.span.end > t.span.start);
            CHECK(!open || (t.span.start == at && t.kind > before));
            for (; at < t.span.start; at++)
                CHECK(strchr(" \n\xC2\xA0\xE3\x80", text[at]) != NULL);
            if (t.kind == QUERY_TOKEN_WORD)
                CHECK(t.text.s == text + t.span.start &&
                      t.text.len == t.span.end - t.span.start);
            at = t.span.end;
            before = t.kind;
        }
        CHECK(before >= QUERY_TOKEN_QUOTED && t.span.start == len);
        free(text);
    }
}

int
main(void)
{
    RUN(texts_become_tokens);
    RUN(tokens_cover_any_text);
    return test_end();
}
