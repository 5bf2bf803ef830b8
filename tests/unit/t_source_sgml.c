/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_sgml.c - tests of Reuters SGML and TREC's
 */
#include "source_help.h"

#define HEAD                                                                  \
    "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"                                 \
    "<REUTERS TOPICS=\"YES\" OLDID=\"5544\" NEWID=\"1\">\n"
#define WANT "title: t\nsource: Reuters\nlang: en\nbody: b\n"
#define SMALL(id)                                                             \
    "<REUTERS NEWID=\"" id "\"><TEXT><TITLE>t</TITLE><BODY>b</BODY></TEXT>"   \
    "</REUTERS>\n"

static void
a_whole_record(void)
{
    CHECK_STR(
        READ(HEAD
             "<DATE>26-FEB-1987 15:01:01.79</DATE>\n"
             "<TOPICS><D>cocoa</D><D>a&amp;b</D></TOPICS>\n"
             "<PLACES><D>el-salvador</D><D>usa</D></PLACES>\n"
             "<PEOPLE><D>x</D></PEOPLE>\n<ORGS></ORGS>\n"
             "<EXCHANGES></EXCHANGES>\n"
             "<COMPANIES><D>p</D><D>q</D></COMPANIES>\n"
             "<UNKNOWN> \n&#5;&#5;C T\n&#22;f0704&#31;reute\n</UNKNOWN>\n"
             "<TEXT>&#2;\n<TITLE>BAHIA  COCOA\n   REVIEW &lt;X></TITLE>\n"
             "<AUTHOR>    By A. N. Other, Reuters</AUTHOR>"
             "<DATELINE>    SALVADOR, Feb 26 - </DATELINE>"
             "<BODY>Showers &lt;here>\nand &amp;lt; &#9;there &#65;&#233;."
             "\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"),
        "+ 1 1\n"
        "title: BAHIA  COCOA    REVIEW <X>\n"
        "source: Reuters\n"
        "author: A. N. Other, Reuters\n"
        "lang: en\n"
        "places: el-salvador\\nusa\n"
        "topics: cocoa\\na&b\n"
        "dateline: SALVADOR, Feb 26 -\n"
        "extra: people: x\\ncompanies: p, q\n"
        "date_source: DATE\n"
        "body: Showers <here>\\nand &lt; \\x09there A\xC3\xA9.\\n Reuter\\n\n"
        "date: 1987-02-26T15:01:01Z\n");
}

static void
briefs_and_unprocessed(void)
{
    CHECK_STR(READ("<REUTERS NEWID=\"2\"><TEXT TYPE=\"BRIEF\">&#2;\n"
                   "<TITLE>TITLE OF IT</TITLE>Blah blah blah.\n&#3;\n\n"
                   "</TEXT></REUTERS>"
                   "<REUTERS NEWID=\"3\"><TEXT TYPE=\"BRIEF\">&#2;\n"
                   "<TITLE>OTHER</TITLE>&#3;\n\n</TEXT></REUTERS>"
                   "<REUTERS NEWID=\"4\"><TEXT TYPE=\"UNPROC\">&#2;\n"
                   " FED DATA\n 1 &lt; 2\n&#3;\n</TEXT></REUTERS>"
                   "<REUTERS NEWID=\"5\"><TEXT TYPE=\"UNPROC\">&#2;\n&#3;\n"
                   "</TEXT></REUTERS>"
                   "<REUTERS NEWID=\"6\"><TEXT><TITLE>t</TITLE>no tags"
                   "</TEXT></REUTERS>"),
              "+ 1 2\ntitle: TITLE OF IT\nsource: Reuters\nlang: en\n"
              "+ 2 3\ntitle: OTHER\nsource: Reuters\nlang: en\n"
              "+ 3 4\nsource: Reuters\nlang: en\n"
              "body: \\n FED DATA\\n 1 < 2\\n\\n\n"
              "skipped 4 [5]: no text\n"
              "+ 5 6\ntitle: t\nsource: Reuters\nlang: en\nbody: no tags\n");
}

static void
odd_dates(void)
{
    static const struct {
        const char *date, *want;
    } rows[] = {
        {"  2-MAR-1987 06:41:42.20", "date: 1987-03-02T06:41:42Z\n"},
        {"27-MAR-1987 13:49:54.59&#5;&#5;&#5;E RM",
         "date: 1987-03-27T13:49:54Z\n"},
        {"9-APR-1987 00:00:00.00    # date added by guesswork ",
         "date: 1987-04-09T00:00:00Z\n"},
        {"31-MAR-1987 605:12:19.12", "date: 1987-03-31\n"},
        {"once upon a time", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char data[300];
        const char *got;

        snprintf(data, sizeof data,
                 "<REUTERS NEWID=\"1\"><DATE>%s</DATE><TEXT><TITLE>t</TITLE>"
                 "</TEXT></REUTERS>",
                 rows[i].date);
        got = read_bytes(str_of(data), NULL);
        if (rows[i].want)
            CHECK(strstr(got, rows[i].want) != NULL);
        else
            CHECK_INT(seen.undated, 1);
        if (i == 4)
            CHECK(strstr(got, "extra: date: once upon a time\n") != NULL);
    }
}

static void
references(void)
{
    CHECK_STR(READ("<DOC><DOCNO>1</DOCNO><TEXT>AT&AMP;T &LT;b&GT; &Amp;"
                   "</TEXT></DOC>"),
              "+ 1 1\nbody: AT&T <b> &Amp;\n");
    CHECK_STR(
        READ("<REUTERS NEWID=\"1\"><TEXT><BODY>&#0;&#1;&#31;&#127;&#13;"
             "|&#10;|&#x41;&#X6d;|&#xD800;&#1114112;&#;&#x;&#12|&amp;#65;"
             "|&nbsp;&lt &|&apos;&quot;&#128512;&</BODY></TEXT>"
             "</REUTERS>"),
        "+ 1 1\nsource: Reuters\nlang: en\n"
        "body: |\\n|Am|&#xD800;&#1114112;&#;&#x;&#12|&#65;|&nbsp;&lt &|"
        "'\"\xF0\x9F\x98\x80&\n");
    CHECK_STR(
        READ("<REUTERS NEWID=\"1\"><TEXT><BODY>economic growth.\xFC&#5;"
             "&#30;side measures to boost growth,</BODY></TEXT>"
             "</REUTERS>"),
        "+ 1 1 converted\nsource: Reuters\nlang: en\n"
        "body: economic growth.\xC3\xBCside measures to boost growth,\n");
}

static void
broken_records(void)
{
    CHECK_STR(
        READ(SMALL("1") "<REUTERS NEWID=\"2\">\n<TEXT><TITLE>x\n" SMALL("3")
                 SMALL("4")),
        "+ 1 1\n" WANT "failed 2 []: line 2: the record has no </REUTERS>\n"
        "+ 3 3\n" WANT "+ 4 4\n" WANT);
    CHECK_STR(READ(SMALL("1") "<REUTERS NEWID=\"2\"><TEXT><TITLE>x</TITLE>"),
              "+ 1 1\n" WANT
              "failed 2 []: line 2: the record has no </REUTERS>\n");
    CHECK_STR(READ(SMALL("1") "<REUTERS"),
              "+ 1 1\n" WANT
              "failed 2 []: line 2: the record has no </REUTERS>\n");
    CHECK_STR(READ(SMALL("1") "</REUTERS>\njunk <REUTERSX> <D>\n" SMALL("2")),
              "+ 1 1\n" WANT "+ 2 2\n" WANT);
    /* Tags that do not end, or are missing. */
    CHECK_STR(READ("<REUTERS><TEXT><TITLE>t</TITLE><BODY>b < c</REUTERS>"),
              "+ 1 DIR/f#1\ntitle: t\nsource: Reuters\nlang: en\n"
              "body: b < c\n");
    CHECK_STR(READ("<REUTERS NEWID=\"1\"></REUTERS>"),
              "skipped 1 [1]: no text\n");
    CHECK_STR(READ("<REUTERS NEWID=\"1></REUTERS>"),
              "skipped 1 [1]: no text\n");
    CHECK_STR(READ("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"),
              "failed 0 []: has no <REUTERS> record\n");
    CHECK_STR(read_bytes(STR("Storm\n\nText.\n"), "sgml"),
              "failed 0 []: has no <REUTERS> record\n");
}

/* Records and tags that go over the ends of what is read at once. */
static void
many_records(void)
{
    struct buf b;
    const int n = 9000;

    buf_init(&b, 1 << 24);
    for (int i = 1; i <= n; i++) {
        buf_printf(&b, "<REUTERS NEWID=\"%d\"><TEXT><BODY>", i);
        for (int k = 0; k < i % 97; k++)
            buf_str(&b, STR("<b>&amp;"));
        buf_str(&b, STR("x</BODY></TEXT></REUTERS>\n"));
    }
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    seen.quiet = false;
    CHECK_INT(seen.records, n);
    CHECK_INT(seen.failed + seen.skipped, 0);
    buf_free(&b);
}

static void
all_of_reuters(void)
{
    const char *path = shared("reuters-21578");

    if (!path)
        SKIP("the shared corpora are not here");
    seen.quiet = true;
    read_source(path, NULL);
    seen.quiet = false;
    CHECK_INT(seen.records, 21577);
    CHECK_INT(seen.skipped, 1); /* 12793: nothing but marks of the wire */
    CHECK_INT(seen.failed, 0);
    CHECK_INT(seen.converted, 1);
    CHECK_INT(seen.repaired, 0);
    CHECK_INT(seen.undated, 0);
}

#define DOC(parts) "<DOC>\n" parts "</DOC>\n"

static void
trec(void)
{
    CHECK_STR(READ(DOC("<DOCNO> VC880212-0001 </DOCNO>\n"
                       "<HEAD>Ferry <b>sank</b> off\nLurne &amp; Tarn</HEAD>\n"
                       "<DATELINE>LURNE (VC) </DATELINE><BYLINE>By A. N. Other"
                       "</BYLINE>\n<TEXT>\n   The ferry <2 hours old.\n"
                       "   It sank.\n</TEXT>\n<TEXT>More.</TEXT>")),
              "+ 1 VC880212-0001\ntitle: Ferry sank off Lurne & Tarn\n"
              "author: A. N. Other\ndateline: LURNE (VC)\n"
              "date_source: document number\n"
              "body:    The ferry <2 hours old.\\n   It sank.\\n\\nMore.\n"
              "date: 1988-02-12\n");
    CHECK_STR(READ("<DOC id=\"VC_ENG_20021231.0001\" type=\"story\">\n"
                   "<HEADLINE>\nOne\n</HEADLINE>\n<TEXT>\n<P>\nFirst.\n</P>\n"
                   "<P>\nSecond.\n</P>\n</TEXT>\n</DOC>\n" DOC(
                       "<DOCNO>VC1</DOCNO><DATE><P>January 5, 1989, Thursday, "
                       "Late Edition</P></DATE><HEADLINE><P>A; </P><P>B</P>"
                       "</HEADLINE><TEXT>x</TEXT>")
                       DOC("<DOCNO>VC2</DOCNO><DATE>910514\n</DATE><TEXT>y</"
                           "TEXT>") "<DOC>\n<DOCNO>VC3</DOCNO><TEXT>cut"),
              "+ 1 VC_ENG_20021231.0001\ntitle: One\n"
              "date_source: document number\nbody: First.\\n\\nSecond.\n"
              "date: 2002-12-31\n"
              "+ 2 VC1\ntitle: A; B\ndate_source: DATE\nbody: x\n"
              "date: 1989-01-05\n"
              "+ 3 VC2\ndate_source: DATE\nbody: y\ndate: 1991-05-14\n"
              "failed 4 []: line 19: the record has no </DOC>\n");
}

/* Tags that the end of what was read so far cuts anywhere. */
static void
tags_over_the_window(void)
{
    enum { WINDOW = 256 * 1024 };
    static const char *const end[] = {"", "</DOC>"};
    struct buf b;

    buf_init(&b, WINDOW * 2);
    seen.quiet = true;
    for (size_t pad = WINDOW - 40; pad < WINDOW; pad++)
        for (size_t i = 0; i < 2; i++) {
            buf_reset(&b);
            buf_str(&b, STR("<DOC>\n<DOCNO>1</DOCNO><TEXT>"));
            while (b.len < pad)
                buf_char(&b, 'x');
            buf_printf(&b, "%s<DOCS><DOC>\n<DOCNO>2</DOCNO><TEXT>y</DOC>",
                       end[i]);
            read_bytes(buf_view(&b), "trec");
            CHECK_INT(seen.records, 1 + i);
            CHECK_INT(seen.failed, 1 - i);
        }
    seen.quiet = false;
    buf_free(&b);
}

int
main(void)
{
    begin_folder();
    RUN(a_whole_record);
    RUN(trec);
    RUN(briefs_and_unprocessed);
    RUN(odd_dates);
    RUN(references);
    RUN(broken_records);
    RUN(many_records);
    RUN(all_of_reuters);
    RUN(tags_over_the_window);
    return end_folder();
}
