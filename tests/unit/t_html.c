/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_html.c - the tree and the text of HTML
 *
 * Trees are written as NAME[ATTR=VALUE](CHILDREN), texts in quotation marks.
 */
#include <stdlib.h>
#include <time.h>

#include "../../indexer/markup/html.h"
#include "../test.h"

static struct arena arena;
static struct buf out;

static void
print_node(const struct tree_node *n)
{
    if (n->name.len == 0) {
        buf_printf(&out, "'%.*s'", (int)n->text.len, n->text.s);
        return;
    }
    buf_str(&out, n->name);
    for (const struct attr *a = n->attr; a; a = a->next)
        buf_printf(&out, "[%.*s=%.*s]", (int)a->name.len, a->name.s,
                   (int)a->value.len, a->value.s);
    if (!n->first)
        return;
    buf_char(&out, '(');
    for (const struct tree_node *c = n->first; c; c = c->next)
        print_node(c);
    buf_char(&out, ')');
}

/* The tree of the page without its html element. */
static const char *
tree_of(struct morgue_str page)
{
    struct tree_node *top;
    struct morgue_error err;

    arena_reset(&arena);
    buf_reset(&out);
    CHECK_INT(html_parse(&top, &arena, page, &err), MORGUE_OK);
    for (const struct tree_node *c = top ? top->first : NULL; c; c = c->next)
        print_node(c);
    return buf_view(&out).s;
}

static const char *
text_of(struct morgue_str piece)
{
    struct morgue_error err;

    buf_reset(&out);
    CHECK_INT(html_to_text(&out, piece, &arena, &err), MORGUE_OK);
    return buf_view(&out).s;
}

#define TREE(page, tree)  CHECK_STR(tree_of(STR(page)), tree)
#define TEXT(piece, text) CHECK_STR(text_of(STR(piece)), text)

static void
tags(void)
{
    TREE("<P Class=x ID='y z' hidden data-a=\"1 > 0\">Ferry</P>",
         "body(p[class=x][id=y z][hidden=][data-a=1 > 0]('Ferry'))");
    TREE("a < b <3 & c", "body('a < b <3 & c')");
    TREE("<br/><img src=a/b><hr>x", "body(brimg[src=a/b]hr'x')");

    TREE("<a href=x?a=1&copy=2&amp;b=3>&copy=</a>",
         "body(a[href=x?a=1&copy=2&b=3]('\xC2\xA9='))");
    TREE("<p a=1 a=2>x<p title='unclosed>y", "body(p[a=1][a=2]('x'))");
    TREE("one<!-- <p>two --> three<!-->four<!-x>five</ >six<?php 1?>",
         "body('one threefourfivesix')");
    TREE("<x-card/><p>a<span/>b", "body(x-cardp('a'span'b'))");
}

static void
heads(void)
{
    TREE("<!DOCTYPE html><html lang=pl><head><title>A &amp; <b></title>"
         "<meta name=x content=y></head>\n<body id=b>text</body></html>tail",
         "head(title('A & <b>')meta[name=x][content=y])"
         "body[id=b]('texttail')");
    TREE("<title>t</title><p>x", "head(title('t'))body(p('x'))");
    TREE("<head><div>x</div><meta name=a></head>",
         "headbody(div('x')meta[name=a])");
    TREE("<script>if (a</b>) '<p>'</SCRIPT >x", "head(script)body('x')");
    TREE("<script type=\"Application/LD+JSON\">{\"a\":\"&amp;</p>\"}</script>",
         "head(script[type=Application/LD+JSON]('{\"a\":\"&amp;</p>\"}'))");
    TREE("<style>p{}", "head(style)");
}

static void
repairs(void)
{
    TREE("<p>a<p>b<div>c</p>d</div>e", "body(p('a')p('b')div('cd')'e')");
    TREE("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>x",
         "body(ul(li('a')li('b'ul(li('c')))li('d'))'x')");
    TREE("<dl><dt>a<dd>b<dt>c</dl>", "body(dl(dt('a')dd('b')dt('c')))");
    TREE("<table><tr><td>a<td>b<tr><th>c</table>d",
         "body(table(tr(td('a')td('b'))tr(th('c')))'d')");
    TREE("<table><tr><td><p>a</div></tr></table>b",
         "body(table(tr(td(p('a'))))'b')");
    TREE("<b><p>a</b>b</p>c", "body(b(p('ab')'c'))");
    TREE("<div><b>a</div>b", "body(div(b('a'))'b')");
    TREE("<a>x<a>y</a>", "body(a('x')a('y'))");
    TREE("<h2>a<h3>b</h3>c", "body(h2('a')h3('b')'c')");
    TREE("</div></p></b>a</br>b", "body('a'br'b')");
    TREE("<p>a<section>b</section>", "body(p('a')section('b'))");
}

static void
references(void)
{
    TREE("&eacute;&eacute &lstrok;&#322;&#x142;&#X142 &rsquo;&#146;&#8217;",
         "body('\xC3\xA9\xC3\xA9 \xC5\x82\xC5\x82\xC5\x82\xC5\x82 "
         "\xE2\x80\x99\xE2\x80\x99\xE2\x80\x99')");
    TREE("&nothing; &; &#; &#x; &amp;amp; AT&T &rsquo &lt;&gt;&quot;&apos;",
         "body('&nothing; &; &#; &#x; &amp; AT&T &rsquo <>\"'')");
    TREE("&#0;&#xD800;&#1114112;&#99999999999;&#7;.",
         "body('\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD .')");
    TREE("a\0b\x01"
         "c",
         "body('a b c')");
}

static void
xhtml(void)
{
    TREE("<?xml version='1.0'?><html><head><title/></head><body><div/>"
         "a<![CDATA[<b>&amp;]]>c</body></html>",
         "head(title)body(div'a<b>&amp;c')");
    TREE("a<![CDATA[b]]>c", "body('ac')");
}

static void
texts(void)
{
    TEXT("plain  text\n\nas it &amp; was", "plain  text\n\nas it & was");
    TEXT("<p>One\n two&nbsp; <b>three</b>.<p>Four<br>five<br><br>six",
         "One two three.\n\nFour\nfive\n\nsix");
    TEXT("a<div>b</div>c", "a\n\nb\n\nc");
    TEXT("<ul><li>a</li> <li><b>b</b></ul><table><tr><td>1<td>2<tr><td>3"
         "</table>x",
         "a\nb\n\n1\n2\n3\n\nx");
    TEXT("<h1>T</h1><script>x</script><style>y</style><p>z<noscript>n"
         "</noscript><template><p>t</template>",
         "T\n\nz");
    TEXT("<pre>a\n  b</pre> c", "a\nb\n\nc");
    TEXT("in<b>side</b> <i> word</i>s", "inside words");
    TEXT("<title>t</title>", "");
    TEXT("\xE6\xBC\xA2<ruby>\xE5\xAD\x97<rp>(<rt>kana<rp>)</ruby>",
         "\xE6\xBC\xA2\xE5\xAD\x97");
}

/* Hostile pages of `n` times each piece take no longer than others do. */
static void
long_pages(void)
{
    static const char *const pieces[][2] = {
        {"<div>", ""},          {"<a>", ""},
        {"<b>", "</i>"},        {"<p>x", "</b>"},
        {"<span>", "</table>"}, {"<li>", "<ul>"},
        {"<td>", "<tr>"},       {"&", "&#"},
        {"<!-", "<!--"},        {"<", "</"},
        {"<a b='", ""},         {"<script>", "</scrip"},
        {"<h1>", "<h2>"},       {"-", "--"},
    };
    const size_t size = 2000000;

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf page;
        struct tree_node *top;
        struct morgue_error err;
        enum morgue_status st;
        clock_t start = clock();

        buf_init(&page, 2 * size);
        while (page.len < size / 2)
            buf_str(&page, str_of(pieces[i][0]));
        while (page.len < size)
            buf_str(&page, str_of(pieces[i][1][0] ? pieces[i][1] : "y"));
        arena_reset(&arena);
        st = html_parse(&top, &arena, buf_view(&page), &err);
        CHECK(st == MORGUE_OK);
        buf_reset(&out);
        if (!st)
            html_text(&out, top);
        if (!test_that(clock() - start < 5 * CLOCKS_PER_SEC, __FILE__,
                       __LINE__, "'%s' takes too long", pieces[i][0]))
            fprintf(stderr, "%s\n", pieces[i][0]);
        buf_free(&page);
    }
}

static void
many_attributes(void)
{
    struct buf page;
    struct tree_node *top;
    struct morgue_error err;
    size_t n = 0;

    buf_init(&page, 10000000);
    buf_str(&page, STR("<a"));
    for (int i = 0; i < 300000; i++)
        buf_printf(&page, " x%d=", i);
    buf_str(&page, STR(">y"));
    arena_reset(&arena);
    CHECK_INT(html_parse(&top, &arena, buf_view(&page), &err), MORGUE_OK);
    for (struct attr *a = tree_find(top, "a")->attr; a; a = a->next)
        n++;
    CHECK_INT(n, 64);
    buf_free(&page);
}

static void
deep_pages(void)
{
    struct buf page;
    struct tree_node *top, *at;
    struct morgue_error err;
    int depth = 0;

    buf_init(&page, 100000);
    for (int i = 0; i < 2000; i++)
        buf_str(&page, STR("<div>"));
    buf_str(&page, STR("deep"));
    for (int i = 0; i < 2000; i++)
        buf_str(&page, STR("</div>"));
    buf_str(&page, STR("<p>behind"));
    arena_reset(&arena);
    CHECK_INT(html_parse(&top, &arena, buf_view(&page), &err), MORGUE_OK);
    at = tree_find(top, "p");
    CHECK(at != NULL);
    for (; at; at = at->parent)
        depth++;
    CHECK_INT(depth, 3); /* html, body, p */
    buf_reset(&out);
    html_text(&out, top);
    CHECK_STR(buf_view(&out).s, "deep\n\nbehind");
    buf_free(&page);
}

static void
large_pages(void)
{
    struct arena small;
    struct buf page;
    struct tree_node *top;
    struct morgue_error err;

    arena_init(&small, 5000);
    CHECK_INT(html_parse(&top, &small,
                         STR("<p><p><p><p><p><p><p><p><p><p><p><p><p><p><p>"
                             "<p><p><p><p><p><p><p><p><p><p><p><p><p><p><p>"
                             "<p><p><p><p><p><p><p><p><p><p><p><p><p><p><p>"
                             "<p><p><p><p><p><p><p><p><p><p><p><p><p><p><p>"),
                         &err),
              MORGUE_FORMAT);
    CHECK(top == NULL);
    CHECK_STR(err.message, "the page is too large");
    arena_free(&small);
    buf_init(&page, 10000000);
    for (int i = 0; i < 2000000; i++)
        buf_str(&page, STR("<hr>"));
    arena_reset(&arena);
    CHECK_INT(html_parse(&top, &arena, buf_view(&page), &err), MORGUE_FORMAT);
    CHECK_STR(err.message, "the page is too large");
    buf_free(&page);
}

/* Pieces of markup put together at random: any tree is well made. */
static void
random_pages(void)
{
    static const char *const pieces[] = {
        "<p>",      "</p>",     "<div ",   ">",         "a=",        "'",
        "\"",       "<table>",  "<tr>",    "<td>",      "</table>",  "<a ",
        "</a>",     "<!--",     "-->",     "<script>",  "</script>", "&",
        "amp;",     "#x",       "text",    "<b>",       "</b>",      "<head>",
        "<body>",   "<html>",   "<title>", "</title>",  "<li>",      "</ul>",
        "<br>",     "<svg>",    "/>",      "<![CDATA[", "]]>",       "</",
        "<option>", "<select>", "<dd>",    "<h1>",      " ",         "\xC3",
    };
    uint64_t seed = 7;

    for (int round = 0; round < 3000; round++) {
        char page[400];
        size_t len = 0, nodes = 0;
        struct tree_node *top;
        struct morgue_error err;

        while (len < sizeof page - 20) {
            const char *piece;

            seed = seed * 6364136223846793005u + 1442695040888963407u;
            piece = pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)];
            memcpy(page + len, piece, strlen(piece));
            len += strlen(piece);
        }
        arena_reset(&arena);
        CHECK_INT(html_parse(&top, &arena, str_slice(page, len), &err), 0);
        for (struct tree_node *at = top; at;
             at = tree_walk(at, top), nodes++) {
            CHECK(at->parent || at == top);
            CHECK(!at->next || at->name.len > 0 || at->next->name.len > 0);
            CHECK(at->name.len > 0 || at->text.len > 0);
            CHECK(!at->first || (at->last && !at->last->next));
        }
        CHECK(nodes > 0 && nodes < sizeof page);
        buf_reset(&out);
        html_text(&out, top);
        CHECK(out.len <= 2 * sizeof page);
    }
}

int
main(void)
{
    arena_init(&arena, 1u << 30);
    buf_init(&out, 1 << 28);
    RUN(tags);
    RUN(heads);
    RUN(repairs);
    RUN(references);
    RUN(xhtml);
    RUN(texts);
    RUN(long_pages);
    RUN(many_attributes);
    RUN(deep_pages);
    RUN(large_pages);
    RUN(random_pages);
    arena_free(&arena);
    buf_free(&out);
    return test_end();
}
