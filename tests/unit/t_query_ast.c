/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_ast.c - what is typed, into syntax trees
 *
 * A row has a query, where all words or one of them are asked for, and how it
 * is understood; notes are told by how many there are.
 */
#include "../../searcher/query/analyse.h"
#include "../test.h"

#define ALL MORGUE_MATCH_ALL
#define ANY MORGUE_MATCH_ANY

static struct tokenizer *tokenizer;
static struct stemmer *stemmer;

static const struct {
    enum morgue_match match;
    const char *query, *want;
    size_t notes;
} rows[] = {
    {ALL, "coffee", "coffee", 0},
    {ALL, " coffee  exports ", "(coffee AND exports)", 0},
    {ANY, "coffee exports", "(coffee OR exports)", 0},
    {ALL, "e-mail -x", "(e-mail AND NOT x)", 0},
    {ALL, "=x \"a b\"~3", "(=x AND \"a b\"~3)", 0},
    {ALL, "-title:=\"a b\" c", "(NOT title:\"a b\" AND c)", 0},
    {ALL, "section:\"world news\" section:sport",
     "(section:\"world news\" AND section:sport)", 0},
    /* how tightly operators bind */
    {ALL, "a OR b c", "(a OR (b AND c))", 0},
    {ALL, "a b OR c", "((a AND b) OR c)", 0},
    {ALL, "a AND NOT b", "(a AND NOT b)", 0},
    {ALL, "a NOT b", "(a AND NOT b)", 0},
    {ALL, "a -b", "(a AND NOT b)", 0},
    {ALL, "NOT a w/5 b", "NOT (a w/5 b)", 0},
    {ALL, "a w/3 b w/5 c", "((a w/3 b) w/5 c)", 0},
    {ALL, "a w/3 (b w/5 c)", "(a w/3 (b w/5 c))", 0},
    {ALL, "a NEAR b pre/2 c", "((a w/10 b) pre/2 c)", 0},
    {ALL, "a NOT w/5 b c", "((a NOT w/5 b) AND c)", 0},
    {ALL, "title:a w/5 b", "(title:a w/5 b)", 0},
    {ALL, "title:(a OR b) c", "((title:a OR title:b) AND c)", 0},
    {ALL, "title:(a author:b)^2", "(title:a AND author:b)^2", 0},
    {ALL, "a^2 OR (b c)^0.5", "(a^2 OR (b AND c)^0.5)", 0},
    {ALL, "(a b c):2", "(a b c):2", 0},
    {ALL, "(a OR b):2 (c):2", "((a b):2 AND (c):2)", 1},
    {ALL, "((a))", "a", 0},
    {ALL, "NOT NOT a", "a", 0},
    {ALL, "hlead(a b) lead(c OR d) lead20(e)",
     "(hlead(a AND b) AND lead(c OR d) AND lead20(e))", 0},
    {ALL, "atleast3(a OR b)^2", "atleast3(a OR b)^2", 0},
    /* where one is enough */
    {ANY, "a b -c", "((a OR b) AND NOT c)", 0},
    {ANY, "a (b c) d", "(a OR b OR c OR d)", 0},
    {ANY, "(a b) c", "(a OR b OR c)", 0},
    {ANY, "a (b -c) d", "(a OR (b AND NOT c) OR d)", 0},
    {ANY, "a (b c)^2", "(a OR (b OR c)^2)", 0},
    {ANY, "+a b c", "(+a OR b OR c)", 0},
    {ANY, "+a +b", "(a AND b)", 0},
    {ANY, "+a", "a", 0},
    {ANY, "a b section:x", "((a OR b) AND section:x)", 0},
    {ANY, "a OR section:x", "(a OR section:x)", 0},
    {ANY, "a OR NOT b", "(a OR NOT b)", 0},
    {ANY, "a b AND c d", "(a OR (b AND c) OR d)", 0},
    {ANY, "-a -b", "(NOT a AND NOT b)", 0},
    {ALL, "(+a OR b)", "(+a OR b)", 0},
    {ALL, "+a b", "(a AND b)", 0},
    /* what is no operator where it stands */
    {ALL, "OR a", "(\"OR\" AND a)", 1},
    {ALL, "a OR", "(a AND \"OR\")", 1},
    {ALL, "w/5 a", "(\"w/5\" AND a)", 1},
    {ALL, "w5 a", "(\"w5\" AND a)", 0},
    {ALL, "a AND NOT", "(a AND \"NOT\")", 1},
    {ALL, "(a", "a", 1},
    {ALL, "a)", "a", 1},
    {ALL, "() a", "a", 1},
    {ALL, "hlead(a", "hlead(a)", 1},
    {ALL, "\"a b", "(a AND b)", 1},
    {ALL, "a w/5 -b", "(a AND \"w/5\" AND NOT b)", 1},
    {ALL, "heading:x", "heading:x", 1},
    {ALL, "title:", "title:", 1},
    {ALL, "http://x.org/y", "http://x.org/y", 0},
    {ALL, "Hurrah! $5 a & b", "(Hurrah! AND $5 AND a AND b)", 0},
    {ALL, "Who shot JFK?", "(Who AND shot AND JFK)", 0},
    {ALL, "Is it so? Who shot JFK?",
     "(Is AND it AND so AND Who AND shot AND JFK)", 0},
    {ALL, "colou?", "colou?", 0},
    {ALL, "colou? AND the of", "(colou? AND the AND of)", 0},
    {ALL, "WAR AND PEACE", "(WAR AND PEACE)", 0},
    {ALL, "KENNEDY AND THE AIMS OF SYRIA OR IRAQ",
     "(KENNEDY AND \"AND\" AND THE AND AIMS AND OF AND SYRIA AND \"OR\" AND "
     "IRAQ)",
     1},
    {ALL, "KENNEDY AND =THE AIMS OF SYRIA",
     "(KENNEDY AND =THE AND AIMS AND OF "
     "AND SYRIA)",
     0},
    /* sides of proximities */
    {ALL, "(a OR b) w/5 (c OR \"d e\")", "((a OR b) w/5 (c OR \"d e\"))", 0},
    {ALL, "(a b) w/5 c", "((a w/5 c) AND (b w/5 c))", 1},
    {ALL, "(a AND b) w/5 (c AND d)",
     "(((a w/5 c) AND (a w/5 d)) AND ((b w/5 c) AND (b w/5 d)))", 2},
    {ALL, "(a OR (b AND c)) pre/5 d",
     "((a pre/5 d) OR ((b pre/5 d) AND "
     "(c pre/5 d)))",
     1},
    {ALL, "a w/5 (b AND NOT c)", "(a w/5 b)", 1},
    {ALL, "a NOT w/5 (b AND c)", "((a NOT w/5 b) OR (a NOT w/5 c))", 1},
    {ALL, "(a AND b) NOT w/5 c", "((a NOT w/5 c) AND (b NOT w/5 c))", 1},
    {ALL, "a w/5 (b^2 OR c)", "(a w/5 (b OR c))", 1},
    {ALL, "a w/5 section:x", "(a AND section:x)", 1},
    {ALL, "hlead(a) w/5 b", "(hlead(a) w/5 b)", 0},
    {ALL, "hlead(a AND b) w/5 c", "((hlead(a) w/5 c) AND (hlead(b) w/5 c))",
     1},
    {ALL, "atleast2(a AND b)", "(atleast2(a) AND atleast2(b))", 1},
    {ALL, "(a b c):2 w/5 d", "((a w/5 d) OR (b w/5 d) OR (c w/5 d))", 1},
    /* filters */
    {ALL, "date:1918", "date:1918", 0},
    {ALL, "date:1918-11..1919", "date:1918-11..1919", 0},
    {ALL, "date:..1953 date:1987..", "(date:..1953 AND date:1987..)", 0},
    {ALL, "date:today", "date:2026-11-30", 0},
    {ALL, "date:yesterday", "date:2026-11-29", 0},
    {ALL, "date:\"last 7 days\"", "date:2026-11-24..2026-11-30", 0},
    {ALL, "date:\"last 2 weeks\"", "date:2026-11-17..2026-11-30", 0},
    {ALL, "date:\"last month\"", "date:2026-10-31..2026-11-30", 0},
    {ALL, "date:\"last 10 years\"", "date:2016-12-01..2026-11-30", 0},
    {ALL, "date:\"this week\"", "date:2026-11-30", 0},
    {ALL, "date:\"this year\"", "date:2026-01-01..2026-11-30", 0},
    {ALL, "date:foo", "date:foo", 1},
    {ALL, "date:1500", "date:1500", 1},
    {ALL, "date:1919..1918", "date:1919..1918", 1},
    {ALL, "date:..", "date:..", 1},
    {ALL, "wc>500", "wc:501..", 0},
    {ALL, "wc>=500", "wc:500..", 0},
    {ALL, "wc<100", "wc:..99", 0},
    {ALL, "wc:100..500 wc:7", "(wc:100..500 AND wc:7)", 0},
    {ALL, "wc:x", "wc:x", 1},
    {ALL, "has:author has:date -has:places",
     "(has:author AND has:date AND NOT has:place)", 0},
    {ALL, "has:nothing", "has:nothing", 1},
    {ALL, "title:* date:* *", "(has:title AND has:date AND *)", 0},
    {ALL, "id:7 url:example.org/a_(b) site:x.org",
     "(id:7 AND url:\"example.org/a_(b)\" AND site:x.org)", 0},
    /* what is printed is read as the same */
    {ALL, "(-a)^2 (date:1918)^3 (*)^2",
     "((NOT a)^2 AND (date:1918)^3 AND (*)^2)", 0},
    {ALL, "date:\"1918\"^2", "(date:1918)^2", 0},
    {ALL, "(a:)^2 tea*^2", "((a:)^2 AND tea*^2)", 0},
    {ALL, "((a^1000)^1000)^0.00000001 b^0.0000000000001",
     "(a^0.01 AND b^0.000000001)", 0},
    {ALL, "(((a^999999999)^999999999)^999999999)", "a^1000000000", 0},
    {ALL, "OR~ x NEAR^2", "(OR~1 AND x AND NEAR^2)", 0},
    {ALL, "wc>9999999999", "wc:4294967295..", 0},
    {ALL, "wc:0 (source:=)", "(wc:0 AND source:=)", 0},
    {ALL, "id:a\xE2\x80\x9D id:a(\"b", "(id:a\xE2\x80\x9D AND id:a(\"b )", 0},
    {ALL, "a \xE2\x80\x9A b", "(a AND b)", 0},
    {ALL, "atleast2(a AND b) w/s c^2",
     "((atleast2(a) w/s c) AND (atleast2(b) "
     "w/s c))",
     3},
    /* nothing */
    {ALL, "", "", 0},
    {ALL, "--", "", 0},
};

/* 2026-11-30, a Monday. */
static const int64_t monday = 1795996800;

static enum morgue_status
parse(struct parsed *out, struct arena *arena, enum morgue_match match,
      const char *query, struct morgue_error *err)
{
    static const char *const lang[] = {"en"};
    const struct parse_context context = {.tokenizer = tokenizer,
                                          .stemmer = stemmer,
                                          .lang = lang,
                                          .lang_n = 1,
                                          .match = match,
                                          .may_be_empty = true,
                                          .max_words = EXPANSION_MAX,
                                          .today = monday};

    return query_parse(out, arena, str_of(query), &context, err);
}

static void
print(struct buf *out, const struct parsed *parsed)
{
    buf_reset(out);
    buf_str(out, STR(""));
    if (parsed->ast.root)
        ast_print(out, parsed->ast.root);
}

static void
queries_are_understood(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct parsed parsed;
        struct morgue_error err;
        struct buf b;

        arena_init(&arena, 1 << 20);
        buf_init(&b, 10000);
        CHECK_INT(parse(&parsed, &arena, rows[i].match, rows[i].query, &err),
                  MORGUE_OK);
        print(&b, &parsed);
        test_that(str_eq(buf_view(&b), str_of(rows[i].want)), __FILE__,
                  __LINE__, "'%s' is %s, not %s", rows[i].query,
                  buf_view(&b).s, rows[i].want);
        test_that(parsed.notes.n == rows[i].notes, __FILE__, __LINE__,
                  "'%s' has %zu notes, as '%s'", rows[i].query, parsed.notes.n,
                  parsed.notes.first ? parsed.notes.first->text.s : "");
        for (const struct query_note *n = parsed.notes.first; n; n = n->next)
            CHECK(n->span.start < n->span.end &&
                  n->span.end <= strlen(rows[i].query));
        buf_free(&b);
        arena_free(&arena);
    }
}

/* What is printed is understood likewise, whatever the default is. */
static void
what_is_printed_is_read_again(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int match = ALL; match <= ANY; match++) {
            struct arena arena;
            struct parsed parsed;
            struct buf b;

            if (rows[i].notes > 0) /* some words look like operators */
                continue;
            arena_init(&arena, 1 << 20);
            buf_init(&b, 10000);
            CHECK_INT(parse(&parsed, &arena, (enum morgue_match)match,
                            rows[i].want, NULL),
                      MORGUE_OK);
            print(&b, &parsed);
            CHECK_STR(buf_view(&b).s, rows[i].want);
            buf_free(&b);
            arena_free(&arena);
        }
}

static void
leaves_are_in_the_order_of_the_text(void)
{
    struct arena arena;
    struct parsed parsed;
    size_t n = 0, at = 0;

    arena_init(&arena, 1 << 20);
    CHECK_INT(
        parse(&parsed, &arena, ALL, "a -b section:c \"d e\"f (g w/5 h)", NULL),
        MORGUE_OK);
    for (const struct ast *leaf = parsed.ast.leaf; leaf;
         leaf = leaf->next_leaf, n++) {
        CHECK(leaf->span.start >= at);
        at = leaf->span.end;
    }
    CHECK_INT(n, 7);
    CHECK_INT(parsed.ast.leaf_n, 7);
    arena_free(&arena);
}

/* `n` times `before`, x, `n` times `behind`. */
static void
nest(struct buf *out, const char *before, const char *behind, size_t n)
{
    buf_reset(out);
    for (size_t i = 0; i < n; i++)
        buf_str(out, str_of(before));
    buf_str(out, STR("x"));
    for (size_t i = 0; i < n; i++)
        buf_str(out, str_of(behind));
}

static void
what_is_too_deep_is_refused(void)
{
    static const struct {
        const char *before, *behind;
        size_t fits;
    } row[] = {{"(", ")", AST_DEPTH_MAX},
               {"NOT ", "", AST_DEPTH_MAX},
               {"(a OR (b AND ", "))", QUERY_DEPTH_MAX / 2 - 1}};
    struct arena arena;
    struct parsed parsed;
    struct morgue_error err;
    struct buf b;

    arena_init(&arena, (size_t)64 << 20);
    buf_init(&b, 1 << 20);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        nest(&b, row[i].before, row[i].behind, row[i].fits);
        CHECK_INT(parse(&parsed, &arena, ALL, b.data, &err), MORGUE_OK);
        nest(&b, row[i].before, row[i].behind, AST_DEPTH_MAX * 100);
        CHECK_INT(parse(&parsed, &arena, ALL, b.data, &err), MORGUE_QUERY);
        CHECK(err.at < b.len);
        nest(&b, row[i].before, row[i].behind, row[i].fits + 10);
        CHECK_INT(parse(&parsed, &arena, ALL, b.data, &err), MORGUE_QUERY);
    }
    buf_free(&b);
    arena_free(&arena);
}

static void
no_memory_is_told(void)
{
    for (size_t max = 0; max < 20000; max += 500) {
        struct arena arena;
        struct parsed parsed;
        enum morgue_status st;

        arena_init(&arena, max);
        st = parse(&parsed, &arena, ANY,
                   "a b (c AND d) w/5 e (f -g +h heading:i \"j k\"~2", NULL);
        CHECK(st == MORGUE_NOMEM ||
              (st == MORGUE_OK && parsed.ast.leaf_n > 9));
        arena_free(&arena);
    }
}

int
main(void)
{
    if (tokenizer_new(&tokenizer, NULL) || stemmer_new(&stemmer, NULL))
        return 1;
    RUN(queries_are_understood);
    RUN(what_is_printed_is_read_again);
    RUN(leaves_are_in_the_order_of_the_text);
    RUN(what_is_too_deep_is_refused);
    RUN(no_memory_is_told);
    tokenizer_free(tokenizer);
    stemmer_free(stemmer);
    return test_end();
}
