/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_ast.c - what is typed, into syntax trees that know its bytes
 */
#include "../../searcher/query/parse.h"
#include "../test.h"

static const struct {
    const char *query, *want;
} rows[] = {
    {"", "(list 0-0)"},
    {"  ", "(list 2-2)"},
    {"coffee", "(list 0-6 (words 0-6 coffee))"},
    {" coffee  exports ",
     "(list 1-16 (words 1-7 coffee) (words 9-16 exports))"},
    {"e-mail -x", "(list 0-9 (words 0-6 e-mail) (words 7-9 not x))"},
    {"=x", "(list 0-2 (words 0-2 = x))"},
    {"\"a b\"", "(list 0-5 (words 0-5 \"a b\"))"},
    {"-title:=\"a b\" c",
     "(list 0-15 (words 0-13 not title = \"a b\") (words 14-15 c))"},
    {"section:\"world news\"",
     "(list 0-20 (value 0-20 section \"world news\"))"},
    {"-lang:=de", "(list 0-9 (value 0-9 not lang = de))"},
    {"author:x topic:y place:z",
     "(list 0-24 (words 0-8 author x) (words 9-16 topic y) "
     "(words 17-24 place z))"},
    {"heading:x", "(list 0-9 (words 0-9 heading:x))"},
    {"- ?", "(list 0-3 (words 0-1 -) (words 2-3 ?))"},
    {"\"a\"b", "(list 0-4 (words 0-3 \"a\") (words 3-4 b))"},
    {"\"a b", "(list 0-4 (words 0-2 \"a) (words 3-4 b))"},
};

static void
queries_become_syntax_trees(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct ast_tree ast;
        struct buf b;

        arena_init(&arena, 1 << 20);
        buf_init(&b, 10000);
        CHECK_INT(ast_parse(&ast, &arena, str_of(rows[i].query), NULL),
                  MORGUE_OK);
        ast_print(&b, ast.root);
        CHECK_STR(buf_view(&b).s, rows[i].want);
        CHECK(!ast.cut);
        buf_free(&b);
        arena_free(&arena);
    }
}

static void
leaves_are_in_the_order_of_the_text(void)
{
    struct arena arena;
    struct ast_tree ast;
    const struct ast *leaf;
    size_t n = 0, at = 0;

    arena_init(&arena, 1 << 20);
    CHECK_INT(ast_parse(&ast, &arena, STR("a -b section:c \"d e\"f"), NULL),
              MORGUE_OK);
    for (leaf = ast.leaf; leaf; leaf = leaf->next_leaf, n++) {
        CHECK(leaf->span.start >= at);
        at = leaf->span.end;
    }
    CHECK_INT(n, 5);
    CHECK_INT(ast.leaf_n, 5);
    arena_free(&arena);
}

static void
no_memory_is_told(void)
{
    for (size_t max = 0; max < 3000; max += 100) {
        struct arena arena;
        struct ast_tree ast;
        enum morgue_status st;

        arena_init(&arena, max);
        st = ast_parse(&ast, &arena, STR("a b c d e f g h i j k l m n o p"),
                       NULL);
        CHECK(st == MORGUE_NOMEM || ast.leaf_n == 16);
        arena_free(&arena);
    }
}

int
main(void)
{
    RUN(queries_become_syntax_trees);
    RUN(leaves_are_in_the_order_of_the_text);
    RUN(no_memory_is_told);
    return test_end();
}
