/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shapes.h - the worst inputs that we know of, for each reader, for the
 * tokenizer and for the searcher
 *
 * A shape is its head, its unit as often as there is room, and its tail.
 * Where it closes again (NEST), `turn` and as many times what closes a unit
 * come before the tail.  {n} and {n+1} in a unit are its number.  The first
 * part of a name is the format that reads it.
 */
#ifndef MORGUE_GROWTH_SHAPES_H
#define MORGUE_GROWTH_SHAPES_H

#include "../../common/morgue.h"

/* The sizes that each is tried at, in bytes. */
#define SIZES 20000, 40000, 80000

enum shape_kind {
    SHAPE_FILE,    /* read as a source of this format */
    SHAPE_ARTICLE, /* the text of an article: indexed, searched, shown */
    SHAPE_QUERY    /* asked */
};

struct shape {
    enum shape_kind kind;
    const char *name;
    const char *format; /* NULL: told by content */
    struct morgue_str head, unit, tail, turn, close;
    const char *query; /* of an article; NULL: it is only indexed */
};

#define BYTES(text)                                                           \
    {                                                                         \
        text, sizeof(text) - 1                                                \
    }
#define READ(format, name, head, unit, tail)                                  \
    {                                                                         \
        SHAPE_FILE, format ": " name, format, BYTES(head), BYTES(unit),       \
            BYTES(tail), BYTES(""), BYTES(""), NULL                           \
    }
#define NEST(format, name, head, unit, turn, close, tail)                     \
    {                                                                         \
        SHAPE_FILE, format ": " name, format, BYTES(head), BYTES(unit),       \
            BYTES(tail), BYTES(turn), BYTES(close), NULL                      \
    }
#define TELL(name, head, unit, tail)                                          \
    {                                                                         \
        SHAPE_FILE, "content: " name, NULL, BYTES(head), BYTES(unit),         \
            BYTES(tail), BYTES(""), BYTES(""), NULL                           \
    }
#define TEXT(name, unit, query)                                               \
    {                                                                         \
        SHAPE_ARTICLE, "article: " name, NULL, BYTES(""), BYTES(unit),        \
            BYTES(""), BYTES(""), BYTES(""), query                            \
    }
#define ASK(name, unit)                                                       \
    {                                                                         \
        SHAPE_QUERY, "query: " name, NULL, BYTES(""), BYTES(unit), BYTES(""), \
            BYTES(""), BYTES(""), NULL                                        \
    }

#define MAIL                                                                  \
    "From: A <a@b.example>\nSubject: s\nMessage-ID: <1@b>\nMIME-Version: "    \
    "1.0\n"
#define HTML_HEAD "<!DOCTYPE html><html><head><title>t</title></head><body>"
#define LONG_P                                                                \
    "<p>The council of the town voted on Monday to keep the old bridge, "     \
    "which was to be torn down, because it is loved.</p>"
#define WARC_HEAD                                                             \
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/{n}\r\n"  \
    "WARC-Date: 2020-05-01T10:00:00Z\r\n"
#define NITF "<?xml version='1.0'?><nitf><body><body.content>"
#define NEWSML                                                                \
    "<?xml version='1.0'?><NewsML Version='1.2'><NewsItem><NewsComponent>"
#define G2                                                                    \
    "<?xml version='1.0'?><newsItem "                                         \
    "xmlns='http://iptc.org/std/nar/2006-10-01/'>"
#define RSS "<?xml version='1.0'?><rss version='2.0'><channel>"
#define RCV "<?xml version='1.0'?><newsitem itemid='1' date='1996-09-30'>"

static const struct shape shapes[] = {
    /* plain text */
    READ("text", "one line", "", "word ", ""),
    READ("text", "one word", "", "a", ""),
    READ("text", "line ends", "a", "\n", "a"),
    READ("text", "short lines", "", "a\n", ""),
    READ("text", "bylines", "Head\n", "By Ann Other\n", ""),
    READ("text", "list items", "Head\n", "- ", ""),
    READ("text", "furniture", "Head\n\nText.\n", "More In Politics MORE...\n",
         ""),
    READ("text", "sources", "Head\n", "Source: NAME\n", ""),
    READ("text", "blanks at the end", "Head\n\nText.\n", " \n", ""),
    READ("text", "hyphens over lines", "Head\n\n", "a-\n", ""),
    READ("text", "cp1252", "Head\n\n", "caf\xE9 \x93x\x94 ", ""),
    READ("text", "one bad byte", "Head\n\n", "caf\xC3\xA9 ", "\xFF"),
    READ("text", "halves of characters", "Head\n\n", "a\xC3", ""),
    READ("text", "UTF-16", "\xFF\xFE", "a\0\n\0", ""),
    READ("text", "halves of UTF-16", "\xFE\xFF", "\xD8\x00", ""),
    READ("text", "dates", "Head\n", "May 3, 1934\n", ""),

    /* heads */
    READ("heads", "one head", "Title: a\nDate: 2020-01-01\n", "Topics: a;b\n",
         "\n\nText\n"),
    READ("heads", "continued", "Title: a\nDate: 2020-01-01\nTopics: a\n",
         " b;\n", "\n\nText\n"),
    READ("heads", "values on a line", "Title: a\nTopics: ", "a;",
         "\n\nText\n"),
    READ("heads", "unknown", "Title: a\nDate: 2020\n", "X-{n}: a\n", ""),
    READ("heads", "blank lines", "", "\n", "Title: a\nDate: 2020\n\nText"),
    READ("heads", "no end", "Title: a\nDate: 2020\n", "Title:", ""),

    /* front matter */
    READ("markdown", "keys", "---\ntitle: a\n", "k{n}: a\n", "---\nText\n"),
    READ("markdown", "a list", "---\ntitle: a\ntags:\n", "- a{n}\n",
         "---\nText\n"),
    READ("markdown", "brackets", "---\ntitle: a\n---\ntags: [", "[", ""),
    READ("markdown", "a list in brackets", "---\ntitle: a\ntags: [", "'a,\n",
         "]\n---\nText\n"),
    READ("markdown", "maps", "---\ntitle: a\nauthor: {", "name: 'a, ",
         "}\n---\nText\n"),
    READ("markdown", "a text over lines", "---\ntitle: \"a\n", "  b\\\n",
         "---\nText\n"),
    READ("markdown", "quotes", "+++\ntitle = \"\"\"a\n", "\"\"b\n",
         "+++\nText\n"),
    READ("markdown", "headings", "---\ntitle: a\n---\n", "# a #\n", ""),
    READ("markdown", "underlines", "---\ntitle: a\n---\n", "a\n---\n", ""),

    /* mail */
    READ("mail", "From lines", "", "From a@b Mon Jan  1 00:00:00 2020\n", ""),
    READ("mail", "empty messages", "",
         "From a@b Mon Jan  1 00:00:00 2020\nSubject: x\n\n\n", ""),
    READ("mail", "From lines in a text", "From a@b\n" MAIL "\n",
         "\nFrom here on\n", ""),
    READ("mail", "heads", MAIL, "Received: x\n", "\n\nText\n"),
    READ("mail", "a head that goes on", MAIL "X: x\n", " x\n", "\n\nText\n"),
    READ("mail", "a subject that goes on", MAIL "Subject: x\n", " x\n",
         "\n\nText\n"),
    READ("mail", "encoded words",
         MAIL "Subject: ", "=?utf-8?Q?a=20?= ", "\n\nText\n"),
    READ("mail", "encoded words without end", MAIL "Subject: ", "=?utf-8?Q?a",
         "\n\nText\n"),
    READ("mail", "words that are none", MAIL "Subject: ", "=?", "\n\nText\n"),
    READ("mail", "parts", MAIL "Content-Type: multipart/mixed; boundary=b\n\n",
         "--b\n\na\n", "--b--\n"),
    READ("mail", "parts without end",
         MAIL "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n", ""),
    READ("mail", "nested parts",
         MAIL "Content-Type: multipart/mixed; boundary=b0\n\n",
         "--b{n}\nContent-Type: multipart/mixed; boundary=b{n+1}\n\n", "a\n"),
    READ("mail", "boundaries that nearly match",
         MAIL "Content-Type: multipart/mixed; boundary=bbbbbbbbbbbbbbbb\n\n",
         "--bbbbbbbbbbbbbbb\n", ""),
    READ("mail", "boundary params", MAIL "Content-Type: multipart/mixed",
         "; boundary=\"b", "\n\nText\n"),
    READ("mail", "comments", MAIL "Date: ", "(", "\n\nText\n"),
    READ("mail", "addresses", MAIL "From: ", "\"a\" <a@b>, ", "\n\nText\n"),
    READ("mail", "quoted-printable",
         MAIL "Content-Transfer-Encoding: quoted-printable\n\n", "=\n", ""),
    READ("mail", "base64", MAIL "Content-Transfer-Encoding: base64\n\n",
         "YWJj\n", ""),
    READ("mail", "html", MAIL "Content-Type: text/html; charset=utf-8\n\n",
         "<p>a", ""),
    READ("mail", "words without end in names", MAIL "From: ", "=?a?q?x",
         "\n\nText\n"),
    READ("mail", "quotes in names", MAIL "From: a", "\\\"", "\n\nText\n"),
    READ("mail", "comments in names", MAIL "From: a@b ", "(", "\n\nText\n"),
    READ("mail", "names without commas", MAIL "From: ", "a <a@b> b ",
         "\n\nText\n"),
    READ("mail", "words behind an address", MAIL "From: a <a@b> ", "b ",
         "\n\nText\n"),
    READ("mail", "sections", MAIL "Content-Type: multipart/mixed",
         "; boundary*{n}=b", "\n\nText\n"),
    READ("mail", "sections that are not there",
         MAIL "Content-Type: multipart/mixed", "; boundary*0*=b{n}",
         "\n\nText\n"),
    READ("mail", "no boundary", MAIL "Content-Type: multipart/mixed\n\n",
         "--b\nText\n", ""),
    READ("mail", "blanks in heads", MAIL, " \n x\n", "\n\nText\n"),
    READ("mail", "lines of blanks", MAIL, " \n", "\n\nText\n"),
    READ("mail", "no heads in heads", MAIL, "junk\n", "Subject: x\n\nText\n"),
    READ("mail", "flowed", MAIL "Content-Type: text/plain; format=flowed\n\n",
         "> a \n", ""),
    READ("mail", "depths of quotes",
         MAIL "Content-Type: text/plain; format=flowed\n\n", ">", "\n"),
    READ("mail", "enriched", MAIL "Content-Type: text/enriched\n\n", "<param>",
         ""),
    READ("mail", "quoted From lines",
         "From a@b Mon Jan  1 00:00:00 2020\n" MAIL "\n", ">From x\n", ""),
    READ("mail", "From lines with dates in a text",
         "From a@b Mon Jan  1 00:00:00 2020\n" MAIL "\n",
         "From Monday on 1 Jan 00:00:00 2020\n", ""),
    READ("mail", "one line of From",
         "From a@b Mon Jan  1 00:00:00 2020\n" MAIL "\n", "From ", ""),
    READ("mail", "uuencode",
         MAIL "Content-Transfer-Encoding: x-uuencode\n\n"
              "begin 644 a\n",
         "#YVJ<\n", ""),

    /* wires */
    READ("iptc7901", "messages without end", "", "\x01 a1 4 i 2\r\n", ""),
    READ("iptc7901", "empty messages", "", "\x01 a1 4 i 2\r\n\x02\x03\x04",
         ""),
    READ("iptc7901", "lines",
         "\x01"
         "a1 4 i 2\r\n\x02",
         "a\r\n", "\x03\x04"),
    READ("iptc7901", "headings",
         "\x01"
         "a1 4 i 2\r\n\x02",
         "1ST LEAD\r\n", "\x03\x04"),
    READ("iptc7901", "notes",
         "\x01"
         "a1 4 i 2\r\n\x02"
         "Head=\r\n",
         "# Notebook\r\n", "\x03\x04"),
    READ("iptc7901", "what is between",
         "\x01"
         "a1 4 i 2\r\n\x02"
         "a\x03\x04",
         "a", ""),
    READ("anpa", "messages without end", "",
         "\x16\x16\x01"
         "a1\x1f\r\n",
         ""),
    READ("anpa", "empty messages", "",
         "\x16\x16\x01"
         "a1\x1fr f BC-A\r\n\x02\x03\x04",
         ""),
    READ("anpa", "headings",
         "\x16\x16\x01"
         "a1\x1f_c\r\nr f BC-A\r\n\x02",
         "^Head<\r\n", "\x03\x04"),
    READ("anpa", "rows",
         "\x16\x16\x01"
         "a1\x1f_c\r\nr f BC-A\r\n\x02",
         "\b1 2<\r\n", "\x03\x04"),
    READ("anpa", "signs",
         "\x16\x16\x01"
         "a1\x1f_c\r\nr f BC-A\r\n\x02\t",
         "<=", "\x03\x04"),

    /* JSON */
    READ("jsonl", "arrays", "", "[", ""),
    READ("jsonl", "objects", "", "{\"a\":", ""),
    READ("jsonl", "lists in objects", "", "{\"articles\":[", ""),
    READ("jsonl", "empty records", "", "{}\n", ""),
    READ("jsonl", "records", "",
         "{\"id\":{n},\"title\":\"a\",\"body\":\"b\"}\n", ""),
    READ("jsonl", "records in a list", "{\"response\":{\"docs\":[{}",
         ",{\"id\":{n},\"title\":\"a\"}", "]}}"),
    READ("jsonl", "lists beside", "{\"a\":[]", ",\"items\":[{}]", "}"),
    READ("jsonl", "quotes without end", "", "{\"title\":\"a\n", ""),
    READ("jsonl", "a string without end", "{\"title\":\"", "a", ""),
    READ("jsonl", "objects without end", "", "{\"title\":\"a\"\n", ""),
    READ("jsonl", "an array without end", "[", "{\"title\":\"a\"},\n", ""),
    READ("jsonl", "bad records in an array", "[", "{\"title\" \"a\"},\n", "]"),
    READ("jsonl", "escapes", "{\"title\":\"t\",\"body\":\"", "\\u0041", "\"}"),
    READ("jsonl", "halves of pairs", "{\"title\":\"t\",\"body\":\"", "\\ud800",
         "\"}"),
    READ("jsonl", "keys", "{\"title\":\"t\"", ",\"k{n}\":{n}", "}"),
    READ("jsonl", "the same key", "{\"title\":\"t\"", ",\"topics\":\"a\"",
         "}"),
    READ("jsonl", "values of a key", "{\"title\":\"t\",\"tags\":[\"a\"",
         ",\"b{n}\"", "]}"),
    READ("jsonl", "objects of a key", "{\"title\":\"t\",\"authors\":[{}",
         ",{\"name\":\"b{n}\"}", "]}"),
    NEST("jsonl", "nested values", "{\"title\":\"t\",\"a\":", "{\"b\":", "1",
         "}", "}"),
    READ("jsonl", "html", "{\"title\":\"t\",\"body\":\"", "<p>a", "\"}"),
    READ("jsonl", "dates", "{\"title\":\"t\"", ",\"date\":\"2020-01-01\"",
         "}"),
    READ("jsonl", "blocks", "{\"title\":\"t\",\"content_elements\":[{}",
         ",{\"type\":\"text\",\"content\":\"a\"}", "]}"),

    /* tables */
    READ("csv", "rows", "title,body\n", "a,b\n", ""),
    READ("csv", "rows that end in CR", "title,body\r", "a,b\r", ""),
    READ("csv", "a named sign", "sep=^\ntitle^body\n", "a^b\n", ""),
    READ("csv", "empty rows", "title,body\n", "\n", ""),
    READ("csv", "a quote without end", "title,body\n\"", "a\n", ""),
    READ("csv", "quotes without end", "title,body\n", "\"a,b\n", ""),
    READ("csv", "quotes without end, in pairs", "title,body\n",
         "x,\"a\n\"y,b\n", ""),
    READ("csv", "quotes in the middle", "title,body\n", "\"a\"b,\n", ""),
    READ("csv", "odd quotes", "title,body\n", "\"\"\"", ""),
    READ("csv", "doubled quotes", "title,body\na,\"", "\"\"", "\"\n"),
    READ("csv", "cells", "title,body\n", ",", "\n"),
    READ("csv", "columns", "title", ",c{n}", "\n1,2\n"),
    READ("csv", "columns and rows", "title,body,c,d,e,f,g,h,i,j\n", "\"\",,\n",
         ""),
    READ("csv", "one line", "title,body\n", "a", ""),
    READ("csv", "values", "title,topics\na,\"", "a;", "\"\n"),

    /* SGML */
    READ("sgml", "records without end", "", "<REUTERS>\n", ""),
    READ("sgml", "tags without end", "", "<REUTERS ", ""),
    READ("sgml", "empty records", "", "<REUTERS></REUTERS>\n", ""),
    READ("sgml", "texts", "<REUTERS>", "<TEXT>", "</REUTERS>"),
    READ("sgml", "topics", "<REUTERS><TOPICS>", "<D>a</D>",
         "</TOPICS></REUTERS>"),
    READ("sgml", "topics without end", "<REUTERS><TOPICS>", "<D>",
         "</TOPICS></REUTERS>"),
    READ("sgml", "references", "<REUTERS><TEXT><BODY>", "&#2;&",
         "</BODY></TEXT></REUTERS>"),
    READ("sgml", "attributes", "<REUTERS ", "A=\"1\" ", "></REUTERS>"),
    READ("sgml", "attributes without end", "<REUTERS NEWID=", "\"", ""),
    READ("sgml", "what is between", "<REUTERS></REUTERS>", "<", ""),
    READ("sgml", "names that go on", "<REUTERS></REUTERS>", "<REUTERSX>", ""),
    READ("trec", "records without end", "", "<DOC>\n", ""),
    READ("trec", "numbers without end", "", "<DOC>\n<DOCNO> {n} </DOCNO>\n",
         ""),
    READ("trec", "empty records", "", "<DOC>\n</DOC>\n", ""),
    READ("trec", "texts", "<DOC><DOCNO>1</DOCNO>", "<TEXT>a</TEXT>", "</DOC>"),
    READ("trec", "texts without end", "<DOC><DOCNO>1</DOCNO>", "<TEXT>",
         "</DOC>"),
    READ("trec", "paragraphs", "<DOC><DOCNO>1</DOCNO><TEXT>", "<P>",
         "</TEXT></DOC>"),
    READ("trec", "angles", "<DOC><DOCNO>1</DOCNO><TEXT>", "<",
         "</TEXT></DOC>"),
    READ("trec", "tags without end", "<DOC><DOCNO>1</DOCNO><TEXT>", "<a ",
         "</TEXT></DOC>"),
    READ("trec", "commas in a date", "<DOC><DOCNO>1</DOCNO><DATE>", "a,",
         "</DATE></DOC>"),

    /* pages */
    NEST("html", "nested", HTML_HEAD, "<div>", LONG_P, "</div>", ""),
    READ("html", "open tags", HTML_HEAD LONG_P, "<div>", ""),
    READ("html", "inline tags", HTML_HEAD LONG_P, "<b>", ""),
    READ("html", "misnested", HTML_HEAD LONG_P, "<b><p>a</b>", ""),
    READ("html", "links in links", HTML_HEAD LONG_P, "<a href=x>a", ""),
    READ("html", "links", HTML_HEAD LONG_P,
         "<p><a href='/{n}'>Link {n}</a></p>", ""),
    READ("html", "tables", HTML_HEAD LONG_P, "<table><tr><td>", ""),
    READ("html", "list items", HTML_HEAD LONG_P "<ul>", "<li>- a", ""),
    READ("html", "lists", HTML_HEAD LONG_P, "<ul><li>", ""),
    READ("html", "end tags", HTML_HEAD LONG_P, "</p></div>", ""),
    READ("html", "angles", HTML_HEAD LONG_P, "<", ""),
    READ("html", "half tags", HTML_HEAD LONG_P, "</", ""),
    READ("html", "tags without end", HTML_HEAD LONG_P, "<a href='", ""),
    READ("html", "comments", HTML_HEAD LONG_P, "<!---->", ""),
    READ("html", "comments without end", HTML_HEAD LONG_P, "<!--", ""),
    READ("html", "comments that nearly end", HTML_HEAD LONG_P "<!--", "--x",
         ""),
    READ("html", "scripts without end", HTML_HEAD LONG_P, "<script>", ""),
    READ("html", "scripts", HTML_HEAD LONG_P, "<script></script>", ""),
    READ("html", "script ends that nearly match", HTML_HEAD LONG_P "<script>",
         "</scrip", ""),
    READ("html", "CDATA", HTML_HEAD LONG_P, "<![CDATA[", ""),
    READ("html", "references", HTML_HEAD "<p>", "&amp;", ""),
    READ("html", "ampersands", HTML_HEAD "<p>", "&", ""),
    READ("html", "numbers", HTML_HEAD "<p>&#", "1", ""),
    READ("html", "long names", HTML_HEAD "<p>&", "a", ""),
    READ("html", "attributes", HTML_HEAD LONG_P "<p", " a{n}=b", ">x</p>"),
    READ("html", "the same attribute", HTML_HEAD LONG_P "<p", " a=b",
         ">x</p>"),
    READ("html", "quotes", HTML_HEAD LONG_P "<p", " a=\"", ">x</p>"),
    READ("html", "paragraphs", HTML_HEAD, LONG_P, ""),
    READ("html", "short paragraphs", HTML_HEAD, "<p>a</p>", ""),
    READ("html", "one paragraph", HTML_HEAD "<p>", "word, ", ""),
    READ("html", "line breaks", HTML_HEAD "<p>word, word, word", "<br>", ""),
    READ("html", "bylines", HTML_HEAD LONG_P, "<p>By Ann Other</p>", ""),
    READ("html", "authors", HTML_HEAD LONG_P,
         "<span class=author>Ann {n}</span>", ""),
    READ("html", "dates", HTML_HEAD LONG_P, "<p>3 May 2020</p>", ""),
    READ("html", "times", HTML_HEAD LONG_P,
         "<time datetime='2020-01-01'>1 January</time>", ""),
    READ("html", "date classes", HTML_HEAD LONG_P, "<p class=date>May</p>",
         ""),
    READ("html", "headlines", HTML_HEAD LONG_P, "<h1>Head {n}</h1>", ""),
    READ("html", "comment classes", HTML_HEAD LONG_P,
         "<div class=comment>a</div>", ""),
    READ("html", "JSON-LD", "<html><head>",
         "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"}"
         "</script>",
         "</head><body>" LONG_P),
    READ("html", "one JSON-LD",
         "<html><head><script type='application/ld+json'>[{}",
         ",{\"@type\":\"Person\",\"@id\":\"#{n}\",\"author\":{\"@id\":"
         "\"#{n+1}\"}}",
         "]</script></head><body>" LONG_P),
    NEST("html", "deep JSON-LD",
         "<html><head><script type='application/ld+json'>", "{\"a\":", "1",
         "}", "</script></head><body>" LONG_P),
    READ("html", "meta", "<html><head>", "<meta name=author content=A{n}>",
         "</head><body>" LONG_P),
    READ("html", "microdata", HTML_HEAD LONG_P,
         "<span itemprop=author itemscope><b itemprop=name>A</b></span>", ""),
    READ("html", "titles", "<html><head>", "<title>a</title>",
         "</head><body>" LONG_P),
    READ("html", "a long title", "<html><head><title>", "a | ",
         "</title></head><body>" LONG_P),
    READ("html", "options", HTML_HEAD LONG_P "<select>", "<option>a", ""),
    READ("html", "frames", HTML_HEAD LONG_P, "<form><button>", ""),

    /* XML */
    NEST("nitf", "nested", NITF, "<p>", "a", "</p>",
         "</body.content></body></nitf>"),
    READ("nitf", "open tags", NITF, "<p>", ""),
    READ("nitf", "paragraphs", NITF, "<p>a</p>",
         "</body.content></body></nitf>"),
    READ("nitf", "misnested", NITF, "<b><i></b></i>",
         "</body.content></body></nitf>"),
    READ("nitf", "end tags", NITF, "</p>", "</body.content></body></nitf>"),
    READ("nitf", "angles", NITF, "< ", "</body.content></body></nitf>"),
    READ("nitf", "ampersands", NITF, "& ", "</body.content></body></nitf>"),
    READ("nitf", "references", NITF, "&amp;&nbsp;&x;",
         "</body.content></body></nitf>"),
    READ("nitf", "comments", NITF, "<!-- -->",
         "</body.content></body></nitf>"),
    READ("nitf", "comments without end", NITF, "<!-- ", ""),
    READ("nitf", "CDATA", NITF, "<![CDATA[a]]>",
         "</body.content></body></nitf>"),
    READ("nitf", "CDATA without end", NITF, "<![CDATA[", ""),
    READ("nitf", "instructions", NITF, "<?a b?>",
         "</body.content></body></nitf>"),
    READ("nitf", "attributes", NITF "<p", " a{n}='b'",
         ">a</p></body.content></body></nitf>"),
    READ("nitf", "quotes", NITF, "<p a='b>", "</body.content></body></nitf>"),
    READ("nitf", "entities", "<?xml version='1.0'?><!DOCTYPE nitf [",
         "<!ENTITY e{n} 'a'>",
         "]><nitf><body><body.content><p>&e1;</p></body.content></body></"
         "nitf>"),
    READ("nitf", "entities in entities",
         "<?xml version='1.0'?><!DOCTYPE nitf [<!ENTITY e0 'a'>",
         "<!ENTITY e{n+1} '&e{n};&e{n};'>",
         "]><nitf><body><body.content><p>&e9;</p></body.content></body></"
         "nitf>"),
    READ("nitf", "namespaces", NITF, "<p xmlns:a{n}='u{n}'>a", ""),
    READ("nitf", "documents", "<?xml version='1.0'?><x>",
         "<nitf><body><body.content><p>a</p></body.content></body></nitf>",
         "</x>"),
    READ("nitf", "keywords",
         "<?xml version='1.0'?><nitf><head><docdata><key-list>",
         "<keyword key='k{n}'/>",
         "</key-list></docdata></head><body><body.content><p>a</p></"
         "body.content></body></nitf>"),
    READ("newsml", "items", "<?xml version='1.0'?><NewsML Version='1.2'>",
         "<NewsItem/>", "</NewsML>"),
    READ("newsml", "components", NEWSML, "<NewsComponent>", ""),
    READ("newsml", "content", NEWSML,
         "<ContentItem><DataContent>a</DataContent></ContentItem>",
         "</NewsComponent></NewsItem></NewsML>"),
    READ("newsml", "lines", NEWSML "<NewsLines>", "<HeadLine>a</HeadLine>",
         "</NewsLines></NewsComponent></NewsItem></NewsML>"),
    READ("newsml", "names", NEWSML, "<a{n}/>",
         "</NewsComponent></NewsItem></NewsML>"),
    READ("newsmlg2", "items",
         "<?xml version='1.0'?><newsMessage "
         "xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>",
         "<newsItem guid='a{n}'/>", "</itemSet></newsMessage>"),
    READ("newsmlg2", "items in items", "<?xml version='1.0'?>",
         "<newsItem guid='a{n}'>", ""),
    READ("newsmlg2", "subjects", G2 "<contentMeta>",
         "<subject><name>a{n}</name></subject>", "</contentMeta></newsItem>"),
    READ("newsmlg2", "inline data", G2 "<contentSet>",
         "<inlineData>a</inlineData>", "</contentSet></newsItem>"),
    READ("newsmlg2", "references", G2 "<contentSet><inlineData>", "&lt;p&gt;",
         "</inlineData></contentSet></newsItem>"),
    READ("rss", "items", RSS, "<item><title>a</title><guid>{n}</guid></item>",
         "</channel></rss>"),
    READ("rss", "empty items", RSS, "<item/>", "</channel></rss>"),
    READ("rss", "items without end", RSS, "<item><title>a", ""),
    READ("rss", "html", RSS "<item><title>a</title><description>",
         "&lt;p&gt;a", "</description></item></channel></rss>"),
    READ("rss", "frames without end",
         RSS "<item><title>a</title><description>",
         "&lt;iframe&gt;&lt;object&gt;a",
         "</description></item></channel></rss>"),
    READ("rss", "one end of objects",
         RSS "<item><title>a</title><description>", "&lt;object&gt;a",
         "&lt;/object&gt;</description></item></channel></rss>"),
    READ("rss", "scripts without end",
         RSS "<item><title>a</title><description>", "&lt;script&gt;a",
         "</description></item></channel></rss>"),
    READ("rss", "drawings", RSS "<item><title>a</title><description>",
         "&lt;svg&gt;&lt;text&gt;a&lt;/text&gt;",
         "</description></item></channel></rss>"),
    READ("rss", "empty descriptions", RSS "<item><title>a</title>",
         "<description/>", "</item></channel></rss>"),
    READ("rss", "entities", "<!DOCTYPE rss [", "<!ENTITY e{n} 'a'>",
         "]>" RSS "<item><title>&e1;</title></item></channel></rss>"),
    READ("rss", "an entity in entities", "<!DOCTYPE rss [<!ENTITY a 'b'",
         "><!ENTITY e{n} '&a;&a;&a;'",
         ">]>" RSS "<item><title>&e1;</title></item></channel></rss>"),
    READ("rss", "references in a value", "<!DOCTYPE rss [<!ENTITY a '", "&",
         "'>]>" RSS "<item><title>&a;</title></item></channel></rss>"),
    READ("rss", "nested bases", RSS "<item><title>a</title><link>", "../",
         "x</link></item></channel></rss>"),
    READ("rss", "categories", RSS "<item><title>a</title>",
         "<category>a{n}</category>", "</item></channel></rss>"),
    READ("rss", "links",
         "<?xml version='1.0'?><feed "
         "xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title>",
         "<link href='/{n}'/>", "</entry></feed>"),
    READ("rcv", "items without end", "<?xml version='1.0'?>",
         "<newsitem itemid='{n}'>", ""),
    READ("rcv", "items", "", "<newsitem itemid='{n}'></newsitem>\n", ""),
    READ("rcv", "paragraphs", RCV "<text>", "<p>a</p>", "</text></newsitem>"),
    READ("rcv", "codes", RCV "<metadata><codes class='bip:topics:1.0'>",
         "<code code='C{n}'/>", "</codes></metadata></newsitem>"),
    READ("rcv", "attributes", RCV "<text", " a{n}='b'", "></text></newsitem>"),

    /* web archives */
    READ("warc", "heads", "", "WARC/1.0\r\n", ""),
    READ("warc", "empty records", "",
         "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", ""),
    READ("warc", "lines of a head", "WARC/1.0\r\n", "A: b\r\n",
         "Content-Length: 0\r\n\r\n"),
    READ("warc", "lengths that are too long", "",
         WARC_HEAD "Content-Length: 100000\r\n\r\n", ""),
    READ("warc", "lengths that are huge", "",
         WARC_HEAD "Content-Length: 9999999\r\n\r\nWARC/1\r\n", ""),
    READ("warc", "no records", "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
         "a\n", ""),
    READ("warc", "pages", "",
         WARC_HEAD "Content-Length: 33\r\n\r\nHTTP/1.1 200 "
                   "OK\r\n\r\n<html><body>a\r\n\r\n\r\n",
         ""),
    READ("arc", "no records",
         "filedesc://a 0.0.0.0 20200101000000 text/plain 4\n1 0\n\n", "a\n",
         ""),
    READ("arc", "empty records",
         "filedesc://a 0.0.0.0 20200101000000 text/plain 4\n1 0\n\n",
         "http://a.b/{n} 1.1.1.1 20200101000000 text/html 0\n\n", ""),
    READ("arc", "lengths that are too long",
         "filedesc://a 0.0.0.0 20200101000000 text/plain 4\n1 0\n\n",
         "http://a.b/{n} 1.1.1.1 20200101000000 text/html 100000\n", ""),
    READ("arc", "lines",
         "filedesc://a 0.0.0.0 20200101000000 text/plain 4\n1 0\n\n",
         "http://\n", ""),
    READ("arc", "blanks",
         "filedesc://a 0.0.0.0 20200101000000 text/plain 4\n1 0\n\n", "\n",
         ""),

    READ("warc", "heads of a response",
         WARC_HEAD "Content-Length: 9999999\r\n\r\nHTTP/1.1 200 OK\r\n",
         "A: b\r\n", "\r\na"),
    READ("warc", "chunks",
         WARC_HEAD "Content-Length: 9999999\r\n\r\nHTTP/1.1 200 OK\r\n"
                   "Content-Type: text/html\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n",
         "1\r\na\r\n", "0\r\n\r\n"),
    READ("warc", "names of heads", "WARC/1.0\r\n", "A{n}: b\r\n",
         "Content-Length: 0\r\n\r\n"),

    /* dates, names, languages and addresses in fields */
    READ("jsonl", "a long date", "{\"title\":\"t\",\"date\":\"", "1 ", "\"}"),
    READ("jsonl", "a long date of words", "{\"title\":\"t\",\"date\":\"",
         "May, ", "\"}"),
    READ("jsonl", "a long author", "{\"title\":\"t\",\"author\":\"By A",
         " and B", "\"}"),
    READ("jsonl", "a long language", "{\"title\":\"t\",\"lang\":\"", "en-",
         "\"}"),
    READ("jsonl", "a long address", "{\"title\":\"t\",\"url\":\"http://a",
         "/../b", "\"}"),
    READ("jsonl", "a long id", "{\"title\":\"t\",\"id\":\"", "\xC3\xA9",
         "\"}"),
    READ("jsonl", "a long title", "{\"title\":\"", "a \\u0085", "\"}"),
    READ("mail", "a long date", MAIL "Date: ", "1 ", "\n\nText\n"),
    READ("mail", "a long name", MAIL "From: ", "\\\"a ", "\n\nText\n"),
    READ("rss", "a long date", RSS "<item><title>a</title><pubDate>", "1, ",
         "</pubDate></item></channel></rss>"),
    READ("html", "a long date", HTML_HEAD LONG_P "<time datetime='", "1-",
         "'>x</time>"),
    READ("html", "a long author", "<html><head><meta name=author content='",
         "A and ", "'></head><body>" LONG_P),
    READ("html", "a long byline", HTML_HEAD "<p class=byline>By ", "A, ",
         "</p>" LONG_P),
    READ("html", "a long address",
         "<html><head><link rel=canonical href='http://a.b", "/2020/01/../",
         "'></head><body>" LONG_P),
    READ("html", "a long base", "<html><head><base href='http://a.b", "/..",
         "'></head><body>" LONG_P "<a href='../../x'>x</a>"),
    READ("html", "keywords", "<html><head><meta name=keywords content='",
         "k{n}, ", "'></head><body>" LONG_P),
    READ("html", "articles", HTML_HEAD, "<article>" LONG_P "</article>", ""),
    READ("html", "captions", HTML_HEAD LONG_P,
         "<figure><figcaption>a</figcaption></figure>", ""),
    READ("html", "sections", HTML_HEAD LONG_P,
         "<a rel='category tag'>S{n}</a>", ""),
    READ("html", "charsets", "<html><head>", "<meta charset=x>",
         "</head><body>" LONG_P "caf\xE9"),
    READ("html", "Chinese dates", HTML_HEAD LONG_P, "<p>2020\xE5\xB9\xB4</p>",
         ""),
    READ("text", "Cyrillic in an old charset", "Head\n\n",
         "\xD2\xE5\xEA\xF1\xF2 ", ""),

    /* what a file is */
    TELL("XML that is none", "<?xml version='1.0'?>", "<a>", ""),
    TELL("instructions", "", "<?a?>", ""),
    TELL("comments", "", "<!-- a -->", ""),
    TELL("blanks", "", " \n", "a"),
    TELL("angles", "", "<", ""),
    TELL("lines of one word", "", "a,b\n", ""),
    TELL("braces", "", "{\"a\n", ""),
    TELL("controls", "", "\x01\x02", ""),
    TELL("empty files in a cpio", "",
         "0707070000000000001006440000000000000000010000000000000000000000020"
         "0000000000a\0",
         ""),
    TELL("empty files in an ar", "!<arch>\n",
         "a/              0           0     0     644     0         `\n", ""),
    TELL("empty gzips", "",
         "\x1F\x8B\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0", ""),
    TELL("gzip heads", "", "\x1F\x8B\x08\0\0\0\0\0\0\x03", ""),
    TELL("zip heads", "",
         "PK\x03\x04\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0"
         "a",
         ""),
    TELL("zstd frames", "", "\x50\x2A\x4D\x18\0\0\0\0", ""),

    /* texts of articles: words, languages, snippets */
    TEXT("one word", "a", NULL),
    TEXT("the same word", "coffee ", "coffee"),
    TEXT("the same words", "coffee quota ", "\"coffee quota\""),
    TEXT("words that nearly follow", "coffee coffee a ",
         "\"coffee coffee coffee\""),
    TEXT("other words", "w{n} ", "w1"),
    TEXT("other long words", "thequickbrownfoxjumpsoverthelazydog{n} ", NULL),
    TEXT("hyphens", "a-", "a"),
    TEXT("hyphens over lines", "a-\n", "a"),
    TEXT("dots", "a.", "a"),
    TEXT("apostrophes", "a'", "a"),
    TEXT("numbers", "1,", "1"),
    TEXT("digits", "1", NULL),
    TEXT("marks", "a\xCC\x81\xCC\x81", NULL),
    TEXT("only marks", "\xCC\x81", NULL),
    TEXT("joiners", "\xE2\x80\x8D", NULL),
    TEXT("soft hyphens", "a\xC2\xAD", NULL),
    TEXT("Chinese", "\xE4\xB8\xAD\xE6\x96\x87", "\xE4\xB8\xAD\xE6\x96\x87"),
    TEXT("Thai", "\xE0\xB8\x81\xE0\xB8\xB2", "\xE0\xB8\x81\xE0\xB8\xB2"),
    TEXT("Korean", "\xED\x95\x9C", "\xED\x95\x9C"),
    TEXT("kana", "\xE3\x81\x82\xE3\x83\xBC", NULL),
    TEXT("ligatures", "\xEF\xB7\xBA ", NULL),
    TEXT("Hangul jamo", "\xE1\x84\x80\xE1\x85\xA1", NULL),
    TEXT("line ends", "\n", NULL),
    TEXT("sentences", "A. ", "a"),
    TEXT("list items", "- - - coffee\n", "coffee"),
    TEXT("addresses", "http://a.b/c?d=e&f ", "c"),
    TEXT("right to left", "\xD7\xA9\xD7\x9C ", "\xD7\xA9\xD7\x9C"),
    TEXT("Devanagari", "\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8D", NULL),
    TEXT("other Chinese", "\xE4\xB8\xAD{n}\xE6\x96\x87", NULL),
    TEXT("quotes", "\"", NULL),
    TEXT("capitals", "U.S.A. ", "usa"),

    /* queries */
    ASK("the same word", "coffee "),
    ASK("other words", "w{n} "),
    ASK("one word", "a"),
    ASK("quotes", "\"coffee "),
    ASK("quotes in pairs", "\"coffee quota\" "),
    ASK("minus", "-coffee "),
    ASK("only dashes", "- "),
    ASK("fields", "title:"),
    ASK("title words", "title:w{n} "),
    ASK("equals", "="),
    ASK("Chinese", "\xE4\xB8\xAD"),
    ASK("hyphens", "a-"),
};

#endif
