/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_csv.c - tests of tables as sources
 */
#include "source_help.h"

static const char want[] =
    "+ 1 7\nurl: http://c/7\ntitle: Bridge \"stays\"\nsection: Politics\n"
    "source: Courier\nauthor: A. Other\\nB. Other\nlang: en\n"
    "topics: bridges\\nroads\nextra: Words: 12\ndate_source: published\n"
    "body: The council,\\nof Selm.\ndate: 1934-05-03\n"
    "+ 2 8\ntitle: Empty cells\n";

/* The table with another delimiter and line end. */
static const char *
table(char delimiter, const char *end)
{
    static const char *const rows[] = {
        "id,url,headline,Section,source,authors,language,tags,Words,published,"
        "\"text\",",
        "7,http://c/7,\"Bridge \"\"stays\"\"\",Politics,Courier,"
        "A. Other; B. Other,English,bridges;roads,12,1934-05-03,"
        "\"The council,\nof Selm.\",x",
        "8,,Empty cells,,,,,,, , ,", ""};
    static struct buf b;
    bool quoted = false;

    buf_free(&b);
    buf_init(&b, 1 << 16);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (const char *s = rows[i]; *s; s++) {
            quoted = *s == '"' ? !quoted : quoted;
            buf_char(&b, *s == ',' && !quoted ? delimiter : *s);
        }
        buf_str(&b, str_of(end));
    }
    return buf_view(&b).s;
}

static void
delimiters_and_ends(void)
{
    CHECK_STR(read_bytes(str_of(table(',', "\n")), NULL), want);
    CHECK_STR(read_bytes(str_of(table(',', "\r\n")), NULL), want);
    CHECK_STR(read_bytes(str_of(table('\t', "\n")), NULL), want);
    CHECK_STR(read_bytes(str_of(table('|', "\r\n")), NULL), want);
    /* Without a line end behind the last row. */
    CHECK_STR(READ("id,title\n1,t\n2,u"),
              "+ 1 1\ntitle: t\n+ 2 2\ntitle: u\n");
    CHECK_STR(READ("id,title\n1,\"t\"\n2,\"u\""),
              "+ 1 1\ntitle: t\n+ 2 2\ntitle: u\n");
    CHECK_STR(READ("id;title;tags\n1;\"a;b\";x\n"),
              "+ 1 1\ntitle: a;b\ntopics: x\n");
}

static void
values(void)
{
    CHECK_STR(READ("\xEF\xBB\xBFid,title,body\n"
                   "1,\"A &amp; B\",\"<p>One.</p><p>Two.</p>\"\n"
                   "2,a \"quote\" in it,\"\"\"all\"\"\"\n"
                   "3, spaced ,\" kept \"\n"),
              "+ 1 1\ntitle: A & B\nbody: One.\\n\\nTwo.\n"
              "+ 2 2\ntitle: a \"quote\" in it\nbody: \"all\"\n"
              "+ 3 3\ntitle: spaced\nbody:  kept \n");
    /* A summary is the text only where there is no other. */
    CHECK_STR(READ("title,description,content\nt,d,c\nu,e,\n"),
              "+ 1 DIR/f#1\ntitle: t\nextra: description: d\nbody: c\n"
              "+ 2 DIR/f#2\ntitle: u\nbody: e\n");
    CHECK_STR(READ("id,title\n1,caf\xE9\n2,\xC5\x82\n"),
              "+ 1 1 converted\ntitle: caf\xC3\xA9\n+ 2 2\ntitle: \xC5\x82\n");
    CHECK_STR(
        READ("\xFF\xFEi\0d\0,\0t\0i\0t\0l\0e\0\n\0\x31\0,\0\x42\x01\n\0"),
        "+ 1 1 converted\ntitle: \xC5\x82\n");
    CHECK_STR(READ("type,title,body\npicture,p,\nevent,e,x\ntext,t,x\n"),
              "skipped 1 [DIR/f#1]: a picture, not an article\n"
              "skipped 2 [DIR/f#2]: an event, not an article\n"
              "+ 3 DIR/f#3\ntitle: t\nbody: x\n");
}

static void
broken_rows(void)
{
    CHECK_STR(READ("id,title,body\n1,t\n2,u,v\n3,w,x,y\n4,z,\"a\nb\"\n5\n"),
              "failed 1 []: line 2: 2 cells instead of 3\n"
              "+ 2 2\ntitle: u\nbody: v\n"
              "failed 3 []: line 4: 4 cells instead of 3\n"
              "+ 4 4\ntitle: z\nbody: a\\nb\n"
              "failed 5 []: line 7: 1 cells instead of 3\n");
    CHECK_STR(READ("id,title\n1,\"t\" x\n2,u\n3,\"open\n4,v\n"),
              "failed 1 []: line 2: a quote that closes within a cell\n"
              "+ 2 2\ntitle: u\n"
              "failed 3 []: line 4: a quote that is not closed\n"
              "+ 4 4\ntitle: v\n");
}

static void
what_is_no_table(void)
{
    static const char *const prose[] = {
        "Title, text and author of the law\n\nThe council met, it was said.\n",
        "Red, white, blue\n\nThe flags, all of them, were out.\nMany.\n",
        "Body found in river\n\nPolice, who came late, said so.\n",
        "Politics; text; body\n",
        "Sport | Title | More\nLurne won.\nThe end.\n",
        "News,\n\nand more\n",
        "The title\n\nof it, said\nhe, was, well,\nshort, and, good,\n",
    };

    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++) {
        read_bytes(str_of(prose[i]), NULL);
        /* "text; body" alone could be a table, but one without articles. */
        if (i != 3)
            test_that(seen.records == 1 && seen.failed == 0, __FILE__,
                      __LINE__, "%s gives %s", prose[i],
                      buf_view(&seen.log).s);
    }
    CHECK_STR(READ("sku,qty,price\n1,2,3\n4,5,6\n7,8,9\n"),
              "failed 0 []: is a table in which no column is known for "
              "titles, texts or addresses; a map can name them\n");
    CHECK_STR(READ("sku,name,price\n1,a,3\n4,b,6\n7,c,9\n"),
              "failed 0 []: is a table in which no column is known for "
              "titles, texts or addresses; a map can name them\n");
    CHECK_STR(read_bytes(STR("A headline\n\nText.\n"), "csv"),
              "failed 0 []: does not begin with the names of columns\n");
    CHECK_STR(READ("id,title,body\n"), "skipped 0 []: no article in it\n");
}

/* Rows over the ends of what is read at once. */
static void
many_rows(void)
{
    const int n = 30000;
    struct buf b;

    buf_init(&b, 1 << 25);
    buf_str(&b, STR("id,title,body\r\n"));
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%d,\"t \"\"%d\"\"\",\"%.*s\r\n\"\r\n", i, i, i % 97,
                   "0123456789,0123456789,0123456789,0123456789,0123456789,01"
                   "23456789,0123456789,0123456789,01234567");
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, n);
    CHECK_INT(seen.failed + seen.skipped, 0);
    seen.quiet = false;
    buf_free(&b);
}

static void
hostile(void)
{
    static const char small[] =
        "id,title,\"te\"\"xt\",body\r\n1,\"a \"\"b\"\"\n\",c,\"\"\r\n2,d,e,"
        "\"f,\n\ng\"\n";
    struct buf b;

    seen.quiet = true;
    for (size_t n = 1; n < sizeof small; n++) {
        read_bytes(str_slice(small, n), NULL);
        CHECK(seen.records + seen.skipped + seen.failed > 0);
        read_bytes(str_slice(small, n), "csv");
        CHECK(seen.records + seen.skipped + seen.failed > 0);
    }
    /* A cell of 20 MB that never ends, and what is behind it. */
    buf_init(&b, 1 << 26);
    buf_str(&b, STR("id,title\n1,\"t\n2,u\n"));
    for (int i = 0; i < 2000000; i++)
        buf_str(&b, STR("0123456789"));
    buf_str(&b, STR("\n3,v\n"));
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, 2);
    CHECK_INT(seen.failed, 2);
    /* Quotes and cells without end. */
    buf_reset(&b);
    buf_str(&b, STR("id,title\n"));
    for (int i = 0; i < 1000000; i++)
        buf_str(&b, STR("\"a\n"));
    read_bytes(buf_view(&b), NULL);
    CHECK(seen.failed > 0);
    buf_reset(&b);
    buf_str(&b, STR("id,title\n"));
    for (int i = 0; i < 3000000; i++)
        buf_char(&b, ',');
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.failed, 1);
    seen.quiet = false;
    buf_free(&b);
}

int
main(void)
{
    begin_folder();
    RUN(delimiters_and_ends);
    RUN(values);
    RUN(broken_rows);
    RUN(what_is_no_table);
    RUN(many_rows);
    RUN(hostile);
    return end_folder();
}
