/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_lexer.c - the text of a query into tokens and their bytes
 *
 * A row has the tokens by letters (below), each with the bytes it stands in,
 * and a field's name, a reach, or the text and what stands behind it.
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
    {S("-coffee"), "-0-1;w1-7 coffee;"},
    {S("--coffee a -- b -> c"), "w2-8 coffee;w9-10 a;w14-15 b;w19-20 c;"},
    {S("(a)-b \"a\"-c"), "(0-1;w1-2 a;)2-3;w4-5 b;q6-9 a;-9-10;w10-11 c;"},
    {S("\xE2\x80\x93"
       "a \xE2\x88\x92"
       "b"),
     "-0-3;w3-4 a;-5-8;w8-9 b;"},
    {S("- coffee -"), "w2-8 coffee;"},
    {S("a-b"), "w0-3 a-b;"},
    {S("+a C++"), "+0-1;w1-2 a;w3-6 C++;"},
    {S("=coffee"), "=0-1;w1-7 coffee;"},
    {S("=-coffee"), "=0-1;-1-2;w2-8 coffee;"},
    {S("= ="), ""},
    {S("a=b"), "w0-3 a=b;"},
    {S("& | / ... a"), "w10-11 a;"},
    {S("title:coffee"), "f0-6 title;w6-12 coffee;"},
    {S("TiTle:coffee"), "f0-6 title;w6-12 coffee;"},
    {S("Headline:coffee BY:x"),
     "f0-9 title;w9-15 coffee;f16-19 author;w19-20 x;"},
    {S("title: coffee"), "w0-6 title:;w7-13 coffee;"},
    {S("title:\xE3\x80\x80x"), "w0-6 title:;w9-10 x;"},
    {S("title:title:x"), "f0-6 title;f6-12 title;w12-13 x;"},
    {S("nobody:coffee"), "w0-13 nobody:coffee;"},
    {S(":coffee"), "w0-7 :coffee;"},
    {S("-title:=coffee"), "-0-1;f1-7 title;=7-8;w8-14 coffee;"},
    {S("\"a b\""), "q0-5 a b;"},
    {S("\"\""), "q0-2 ;"},
    {S("\"a\"b\"c\""), "q0-3 a;w3-7 b\"c\";"},
    {S("\"a\"-b"), "q0-3 a;-3-4;w4-5 b;"},
    {S("\"a b"), "w1-2 a;w3-4 b;"},
    {S("\xE2\x80\x9E"
       "a\xE2\x80\x9C b"),
     "q0-7 a;w8-9 b;"},
    {S("\xC2\xAB"
       "a\""),
     "q0-4 a;"},
    {S("\"a\xE2\x80"), "w1-4 a\xE2\x80;"},
    {S("\xE3\x80 \xC2"), "w0-2 \xE3\x80;w3-4 \xC2;"},
    /* operators */
    {S("a AND b OR NOT c"), "w0-1 a;&2-5;w6-7 b;|8-10;!11-14;w15-16 c;"},
    {S("a and b Or not c"),
     "w0-1 a;w2-5 and;w6-7 b;w8-10 Or;w11-14 not;w15-16 c;"},
    {S("a w/5 b"), "w0-1 a;n2-5 5;w6-7 b;"},
    {S("W/5 NEAR/5 near/5 NEAR5 within/5 w5 /5"),
     "n0-3 5;n4-10 5;n11-17 5;n18-23 5~;n24-32 5;n33-35 5~;n36-38 5~;"},
    {S("NEAR near pre/5 adj5 p/5"),
     "n0-4 10;w5-9 near;n10-15 <5;n16-20 <5~;w21-24 p/5;"},
    {S("w/s W/P pre/s w/x /s"),
     "n0-3 s;n4-7 p;n8-13 <s;w14-17 w/x;w18-20 /s;"},
    {S("w/0 w/501"), "n0-3 1;n4-9 500;"},
    {S("a NOT w/5 b"), "w0-1 a;!2-5;n6-9 5;w10-11 b;"},
    {S("((a) b)"), "(0-1;(1-2;w2-3 a;)3-4;w5-6 b;)6-7;"},
    {S("f(x)"), "w0-1 f;(1-2;w2-3 x;)3-4;"},
    {S("hlead(a) LEAD(b) lead20(c) atleast3(d) atleast(e)"),
     "F0-5 80;(5-6;w6-7 a;)7-8;F9-13 80;(13-14;w14-15 b;)15-16;"
     "F17-23 20;(23-24;w24-25 c;)25-26;F27-35 3;(35-36;w36-37 d;)37-38;"
     "w39-46 atleast;(46-47;w47-48 e;)48-49;"},
    /* what stands behind */
    {S("a^2.5 b~ c~2 d~1^3 e~9"),
     "w0-5 a ^2.5;w6-8 b ~3;w9-12 c ~2;w13-18 d ~1 ^3;w19-22 e ~2;"},
    {S("\"a b\"~3^2 (a b):2 (c)^0"), "q0-9 a b .3 ^2;(10-11;w11-12 a;w13-14 "
                                     "b;)14-17 :2;(18-19;w19-20 c;)20-23 ^0;"},
    {S("~5 ^2 x^y \"a\"~ 5^"), "w0-2 ~5;w3-5 ^2;w6-9 x^y;q10-13 a;w15-17 5^;"},
    /* values */
    {S("wc>500 wc<=10 wc:1..2 date:1918-11.."),
     "f0-2 wc;w2-6 >500;f7-9 wc;w9-13 <=10;f14-17 wc;w17-21 1..2;"
     "f22-27 date;w27-36 1918-11..;"},
    {S("(url:x.org/a_(b)) source:a~2"),
     "(0-1;f1-5 url;w5-16 x.org/a_(b);)16-17;f18-25 source;w25-28 a~2;"},
};

static void
print_token(struct buf *out, const struct query_token *t)
{
    buf_printf(out, "%c%zu-%zu", "&|bna!-+=fF()qw"[t->kind], t -> span.start,
               t->span.end);
    if (t->kind == QUERY_TOKEN_FIELD)
        buf_printf(out, " %s", t->name->name);
    if (t->kind == QUERY_TOKEN_FUNCTION)
        buf_printf(out, " %u", (unsigned)t->n);
    if (t->kind == QUERY_TOKEN_NEAR || t->kind == QUERY_TOKEN_APART) {
        buf_printf(out, " %s", t->reach.ordered ? "<" : "");
        if (t->reach.unit == REACH_POSITIONS)
            buf_printf(out, "%u", (unsigned)t->reach.n);
        else
            buf_char(out, t->reach.unit == REACH_SENTENCE ? 's' : 'p');
        buf_printf(out, "%s", t->soft ? "~" : "");
    }
    if (t->kind >= QUERY_TOKEN_QUOTED) {
        buf_char(out, ' ');
        buf_str(out, t->text);
    }
    if (t->suffix.edits != EDITS_NO)
        buf_printf(out, " ~%d", (int)t->suffix.edits);
    if (t->suffix.slop > 0)
        buf_printf(out, " .%u", (unsigned)t->suffix.slop);
    if (t->suffix.some > 0)
        buf_printf(out, " :%u", (unsigned)t->suffix.some);
    if (t->suffix.weight >= 0)
        buf_printf(out, " ^%g", t->suffix.weight);
    buf_char(out, ';');
}

static void
texts_become_tokens(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct query_tokens tokens;
        struct query_notes notes;
        struct arena arena;
        struct buf b;

        arena_init(&arena, 1 << 20);
        notes_begin(&notes, &arena);
        buf_init(&b, 10000);
        buf_str(&b, STR(""));
        CHECK_INT(query_lex(&tokens, &arena, rows[i].query, &notes, NULL),
                  MORGUE_OK);
        for (size_t k = 0; k < tokens.n; k++)
            print_token(&b, &tokens.v[k]);
        CHECK_STR(buf_view(&b).s, rows[i].want);
        CHECK_INT(tokens.v[tokens.n].kind, QUERY_TOKEN_END);
        CHECK_INT(tokens.v[tokens.n].span.start, rows[i].query.len);
        buf_free(&b);
        arena_free(&arena);
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
    static const char *const piece[] = {"a",        "title:",
                                        "-",        "=",
                                        "\"",       "\xE2\x80\x9C",
                                        "(",        ")",
                                        "~2",       "^3",
                                        "w/5",      "NOT ",
                                        "hlead(",   "wc>1",
                                        "*",        ":2",
                                        " OR ",     "url:",
                                        "\xC2\xA0", "\xE3",
                                        "\x80",     ":",
                                        " ",        "lang:",
                                        "\n",       "\xE3\x80\x80",
                                        "\xC2",     "b c",
                                        "\xFF"};
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

/* Tokens of any text ascend, none is empty, and a word and something quoted
 * have bytes of their span. */
static void
tokens_ascend_in_any_text(void)
{
    for (int i = 0; i < 20000; i++) {
        size_t len, at = 0;
        char *text = random_text(&len);
        struct query_tokens tokens;
        struct query_notes notes;
        struct arena arena;

        if (!text)
            return;
        arena_init(&arena, 1 << 20);
        notes_begin(&notes, &arena);
        CHECK_INT(
            query_lex(&tokens, &arena, str_slice(text, len), &notes, NULL),
            MORGUE_OK);
        for (size_t k = 0; k < tokens.n; k++) {
            const struct query_token *t = &tokens.v[k];

            CHECK(t->span.start >= at && t->span.end > t->span.start);
            if (t->kind >= QUERY_TOKEN_QUOTED)
                CHECK(t->text.s >= text + t->span.start &&
                      t->text.s + t->text.len <= text + t->span.end);
            at = t->span.end;
        }
        CHECK(at <= len);
        for (const struct query_note *n = notes.first; n; n = n->next)
            CHECK(n->span.start < n->span.end && n->span.end <= len);
        arena_free(&arena);
        free(text);
    }
}

int
main(void)
{
    RUN(texts_become_tokens);
    RUN(tokens_ascend_in_any_text);
    return test_end();
}
