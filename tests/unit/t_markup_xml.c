/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_markup_xml.c - tests of XML as a tree
 *
 * Records are written as <name attr="value">...</name> again, with the
 * namespace before the name where there is one, and what surrounds them:
 *
 *     LINE outer/inner: RECORD
 */
#include <stdlib.h>

#include "../../indexer/markup/xml.h"
#include "../test.h"

static struct buf seen;
static const char *const names[] = {"item", NULL};
static const char *const roots[] = {"a", NULL};

static void
put_escaped(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] == '\n')
            buf_str(&seen, STR("\\n"));
        else
            buf_char(&seen, s.s[i]);
}

static void
put(const struct tree_node *n)
{
    if (n->name.len == 0) {
        put_escaped(n->text);
        CHECK(!n->next || n->next->name.len > 0);
        return;
    }
    buf_char(&seen, '<');
    if (n->space.len > 0)
        buf_printf(&seen, "{%s}", n->space.s);
    buf_str(&seen, n->name);
    for (const struct attr *a = n->attr; a; a = a->next) {
        buf_printf(&seen, " %s='", a->name.s);
        put_escaped(a->value);
        buf_char(&seen, '\'');
    }
    buf_char(&seen, '>');
    for (const struct tree_node *c = n->first; c; c = c->next) {
        CHECK(c->parent == n);
        put(c);
    }
    buf_printf(&seen, "</%s>", n->name.s);
}

static void
put_path(const struct tree_node *n)
{
    if (!n)
        return;
    put_path(n->parent);
    buf_printf(&seen, "%s/", n->name.s);
}

static enum morgue_status
on_record(struct tree_node *record, bool whole, uint64_t line, void *payload,
          struct morgue_error *err)
{
    const struct tree_node *stop = tree_find(record, "stop");

    (void)payload;
    buf_printf(&seen, "%u ", (unsigned)line);
    put_path(record->parent);
    buf_str(&seen, STR(": "));
    put(record);
    buf_printf(&seen, "%s\n", whole ? "" : " (broken off)");
    return stop ? error_set(err, MORGUE_BUSY, "stopped") : MORGUE_OK;
}

/* Feed `text` in pieces of `step` bytes, or somewhat more, so that characters
 * stay whole; what was seen is lent. */
static const char *
parse_in(struct morgue_str text, const char *const *records, size_t step)
{
    struct morgue_error err;
    struct xml *x = NULL;
    enum morgue_status st;

    buf_reset(&seen);
    st = xml_new(&x, records, 1, on_record, NULL, &err);
    while (text.len > 0 && !st) {
        size_t n = text.len < step ? text.len : step;

        while (n < text.len && ((unsigned char)text.s[n] & 0xC0) == 0x80)
            n++;
        st = xml_feed(x, str_slice(text.s, n), &err);
        text = str_slice(text.s + n, text.len - n);
    }
    if (x)
        st = xml_end(x, &err);
    if (st)
        buf_printf(&seen, "%d %s\n", (int)st, err.message);
    xml_free(x);
    return buf_view(&seen).s;
}

/* Whole, in fives and byte by byte, all the same. */
static const char *
parse(struct morgue_str text, const char *const *records)
{
    char *whole = strdup(parse_in(text, records, text.len));

    CHECK_STR(parse_in(text, records, 5), whole);
    CHECK_STR(parse_in(text, records, 1), whole);
    free(whole);
    return buf_view(&seen).s;
}

#define ITEMS(literal) parse(STR(literal), names)
#define ROOT(literal)  parse(STR(literal), roots)

static void
records(void)
{
    CHECK_STR(ITEMS("<rss>\n<channel>\n <title>T</title>\n <item n=\"1\">"
                    "one <b>two</b> three</item>\n\n<item><item/></item>"
                    "</channel>\n</rss>\n"),
              "4 rss/channel/: <item n='1'>one <b>two</b> three</item>\n"
              "6 rss/channel/: <item><item></item></item>\n");
    CHECK_STR(ROOT("<a/>"), "1 : <a></a>\n");
    CHECK_STR(ROOT("<b/>"), "");
    CHECK_STR(ROOT(" text "), "");
}

/* What came before a record is there to be looked at; the record before is
 * not. */
static enum morgue_status
look_around(struct tree_node *record, bool whole, uint64_t line, void *payload,
            struct morgue_error *err)
{
    const struct tree_node *channel = record->parent;
    size_t *n = payload;

    (void)whole;
    (void)line;
    (void)err;
    ++*n;
    CHECK(tree_is(channel->first, "title"));
    CHECK(channel->last == record);
    CHECK(channel->first->next == record);
    return MORGUE_OK;
}

static void
surroundings(void)
{
    struct morgue_str text = STR("<c><title>T</title> <item>1</item> "
                                 "<item>2</item></c>");
    struct xml *x = NULL;
    size_t n = 0;

    CHECK_INT(xml_new(&x, names, 1, look_around, &n, NULL), MORGUE_OK);
    CHECK_INT(xml_feed(x, text, NULL), MORGUE_OK);
    CHECK_INT(xml_end(x, NULL), MORGUE_OK);
    CHECK_INT(n, 2);
    xml_free(x);
}

static void
namespaces(void)
{
    CHECK_STR(ROOT("<p:a xmlns:p='urn:p' xmlns='urn:d' p:x='1' y='2'><b/>"
                   "<p:c/><q:d/></p:a>"),
              "1 : <{urn:p}a x='1' y='2'><{urn:d}b></b><{urn:p}c></c>"
              "<{q}d></d></a>\n");
}

static void
references(void)
{
    CHECK_STR(ROOT("<a t='&lt;&amp;&quot;&eacute;&#233;&#38;'>&lt;b&gt; "
                   "&amp;amp; &eacute;&#xe9;&#8364;&#146;&nbsp;.</a>"),
              "1 : <a t='<&\"éé&'><b> &amp; éé€’\xC2\xA0.</a>\n");
    /* Those that nobody knows, and what is none. */
    CHECK_STR(ROOT("<a t='x&y=1&z;'>AT&T &foo; & &; &#; &#x; &#xZ; && "
                   "&amp</a>"),
              "1 : <a t='x&y=1&z;'>AT&T &foo; & &; &#; &#x; &#xZ; && "
              "&amp</a>\n");
    /* Characters that XML does not have. */
    CHECK_STR(ROOT("<a>1\x02"
                   "2&#2;3&#0;4&#xD800;5&#x110000;6&#xFFFF;7\xEF\xBF\xBF"
                   "8</a>"),
              "1 : <a>1 2 3 4\xEF\xBF\xBD"
              "5\xEF\xBF\xBD"
              "6\xEF\xBF\xBD"
              "7\xEF\xBF\xBD"
              "8</a>\n");
    CHECK_STR(ROOT("<a>1 < 2 <3 <<b/></a>"), "1 : <a>1 < 2 <3 <<b></b></a>\n");
}

static void
sections(void)
{
    CHECK_STR(ROOT("<a><![CDATA[<p>&eacute; & ]] ]> ]]>]]&gt;x<![CDATA[]]>"
                   "</a>"),
              "1 : <a><p>&eacute; & ]] ]> ]]>x</a>\n");
    CHECK_STR(ROOT("<a>one<!-- <b> & ' -- > -->two<!----><?go > ' ?>x</a>"),
              "1 : <a>onetwox</a>\n");
    CHECK_STR(ROOT("<a t='>' u=\"'>\"\n/>"), "2 : <a t='>' u=''>'></a>\n");
}

/* What stands before, behind and between documents. */
static void
documents(void)
{
    CHECK_STR(ROOT("ZCZC junk & so\n \n<?xml version='1.0' "
                   "encoding='ISO-8859-1'?>\n<!DOCTYPE a SYSTEM 'a.dtd' [\n"
                   "<!-- don't > ] -->\n<?x ' ?><!ELEMENT a (#PCDATA)>\n"
                   "<!ENTITY e \"]>\"> ]>\n<!-- --><a>1 &e;</a>NNNN\n"
                   "<?xml version='1.0'?>\n<a>\xC3\xA9</a><a/>\x1A\n"),
              "8 : <a>1 ]></a>\n"
              "10 : <a>é</a>\n"
              "10 : <a></a>\n");
}

/* Entities of the document itself: what they stand for is text. */
static void
entities(void)
{
    CHECK_STR(ROOT("<!DOCTYPE a [<!-- <!ENTITY e 'no'> --><!ENTITY e '<b>&#38;"
                   "&#xE9;&eacute;'>\n<!ENTITY e 'later'><!ENTITY my.e-e_2 "
                   "\"it's\"><!ENTITY lt 'gt'>]><a t='&e;&my.e-e_2;'>"
                   "&e;&my.e-e_2;&lt;&my.e;</a>"),
              "2 : <a t='<b>&ééit's'><b>&ééit's<&my.e;</a>\n");
    /* They are those of one document only. */
    CHECK_STR(ROOT("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"),
              "1 : <a>x</a>\n");
    CHECK_STR(ROOT("<a>&e;</a>"), "1 : <a>&e;</a>\n");
}

/* Entities grow no further than a value may be long; nothing is fetched. */
static void
bombs(void)
{
    CHECK_STR(ROOT("<!DOCTYPE a [<!ENTITY x0 'ha'><!ENTITY x1 '&x0;&x0;'>"
                   "<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;"
                   "<!ENTITY f SYSTEM 'file:///etc/passwd'>"
                   "<!ATTLIST a b CDATA 'c'>]><a t='&x1;'>&x1;&f;</a>"),
              "1 : <a t='haha'>haha&f;</a>\n");
    CHECK_STR(ROOT("<!DOCTYPE a [<!ENTITY x0 '0123456789abcdef'><!ENTITY x1 "
                   "'&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;'><!ENTITY x2 "
                   "'&x1;&x1;&x1;&x1;&x1;&x1;&x1;&x1;'><!ENTITY x3 "
                   "'&x2;&x2;'><!ENTITY s '&s;'>]><a>&x3;&s;</a>"),
              "1 : <a>&x3;&s;</a>\n");
}

/* All values together have a ceiling: 1,000 bytes 20,000 times are 1 MB. */
static void
many_values(void)
{
    struct buf b;
    enum { TIMES = 20000, LONG = 1000, FIT = 1024 * 1024 / LONG };

    buf_init(&b, 1 << 24);
    buf_str(&b, STR("<!DOCTYPE a [<!ENTITY x '"));
    for (int i = 0; i < LONG; i++)
        buf_char(&b, 'y');
    buf_str(&b, STR("'>]><a>"));
    for (int i = 0; i < TIMES; i++)
        buf_str(&b, STR("&x;"));
    buf_str(&b, STR("</a>"));
    parse_in(buf_view(&b), roots, b.len);
    CHECK_INT(seen.len,
              strlen("1 : <a></a>\n") + FIT * LONG + (TIMES - FIT) * 3);
    buf_free(&b);
}

/* One entity of 100 KB, 20,000 times: nothing of it is copied. */
static void
quadratic_bomb(void)
{
    struct buf b;
    enum { TIMES = 20000, LONG = 100000 };

    buf_init(&b, 1 << 24);
    buf_str(&b, STR("<!DOCTYPE a [<!ENTITY x '"));
    for (int i = 0; i < LONG; i++)
        buf_char(&b, 'y');
    buf_str(&b, STR("'>]><a>"));
    for (int i = 0; i < TIMES; i++)
        buf_str(&b, STR("&x;"));
    buf_str(&b, STR("</a>"));
    parse_in(buf_view(&b), roots, b.len);
    CHECK_INT(seen.len, strlen("1 : <a></a>\n") + TIMES * 3);
    buf_free(&b);
}

static void
failures(void)
{
    CHECK_STR(ITEMS("<r>\n<item>1</item>\n<item>2</r>\n"),
              "2 r/: <item>1</item>\n"
              "3 r/: <item></item> (broken off)\n"
              "13 line 3: Opening and ending tag mismatch: item line 3 and "
              "r\n");
    CHECK_STR(ROOT("<a><b>1"), "1 : <a><b>1</b></a> (broken off)\n"
                               "13 line 1: the text ends inside of <b>\n");
    CHECK_STR(ROOT("<a/>\n<a"),
              "1 : <a></a>\n"
              "13 line 2: the text ends inside of a tag or a comment\n");
    CHECK_STR(ROOT("</a>"), "13 line 1: Opening and ending tag mismatch: "
                            "document line 1 and a\n");
    CHECK_STR(ROOT("<a>\n</a>\n<b x></b>"),
              "1 : <a>\\n</a>\n"
              "13 line 3: Specification mandates value for attribute x\n");
    CHECK_STR(ITEMS("<r><item><stop/></item><item/></r>"),
              "1 r/: <item><stop></stop></item>\n"
              "8 stopped\n");
}

/* Names that all differ cost more than their number from some on. */
static void
too_many_names(void)
{
    struct buf b;

    for (int n = 10000; n <= 30000; n += 20000) {
        buf_init(&b, (size_t)1 << 24);
        buf_str(&b, STR("<r><item>1</item>"));
        for (int i = 0; i < n; i++)
            buf_printf(&b, "<n%d/>", i);
        buf_str(&b, STR("<item>2</item></r>"));
        parse_in(buf_view(&b), names, b.len);
        CHECK_STR(buf_view(&seen).s,
                  n < 20000 ? "1 r/: <item>1</item>\n1 r/: <item>2</item>\n"
                            : "1 r/: <item>1</item>\n13 line 1: too many "
                              "names of elements and attributes\n");
        buf_free(&b);
    }
}

static const char *
parse_many(const char *begin, const char *each, int n, const char *end)
{
    struct buf b;

    buf_init(&b, (size_t)1 << 30);
    buf_str(&b, str_of(begin));
    for (int i = 0; i < n; i++)
        buf_str(&b, str_of(each));
    buf_str(&b, str_of(end));
    parse_in(buf_view(&b), roots, 1 << 20);
    buf_free(&b);
    return buf_view(&seen).s;
}

static void
bounds(void)
{
    CHECK(strstr(parse_many("<r>", "<b>", 300, ""),
                 "13 line 1: elements are nested too deep\n"));
    CHECK_STR(parse_many("<a><b ", "x='1' ", 501, "/></a>"),
              "1 : <a></a> (broken off)\n"
              "13 line 1: an element has more than 500 attributes\n");
    CHECK_STR(parse_many("<r><![CDATA[", "0123456789", 1 << 20, "]]></r>"),
              "13 line 1: a tag, comment or section is longer than 9 MB\n");
    /* Text may be longer, a record not without an end. */
    parse_many("<a>", "0123456789", 1 << 21, "</a>");
    CHECK_INT(seen.len, strlen("1 : <a></a>\n") + 10 * (1 << 21));
    CHECK_STR(parse_many("<r>", "<b/>", 250000, "</r>"),
              "13 line 1: more than 32 MB stand outside of records\n");
}

int
main(void)
{
    buf_init(&seen, (size_t)1 << 30);
    RUN(records);
    RUN(surroundings);
    RUN(namespaces);
    RUN(references);
    RUN(sections);
    RUN(documents);
    RUN(entities);
    RUN(bombs);
    RUN(many_values);
    RUN(quadratic_bomb);
    RUN(failures);
    RUN(too_many_names);
    RUN(bounds);
    buf_free(&seen);
    return test_end();
}
