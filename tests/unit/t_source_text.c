/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_text.c - tests of text files, with heads and without
 */
#include "source_help.h"

/* What a text gives, without the line of its id. */
static const char *
text(struct morgue_str data)
{
    const char *got = read_bytes(data, NULL), *line;

    if (strncmp(got, "+ 0 DIR/f\n", 10) == 0)
        return got + 10;
    line = strchr(got, '\n');
    return line ? got : "";
}

#define TEXT(literal) text(STR(literal))

static void
as_news_sites_print_it(void)
{
    CHECK_STR(TEXT("Politics\n\nCouncil of Selm keeps the old bridge\n\n"
                   "The council voted.\nTwice.\n\n  More \xE2\x80\x9Cwords\xE2"
                   "\x80\x9D.\r\n\r\nThe end.\nSource: The Courier\n"
                   "More In Politics MORE..."),
              "title: Council of Selm keeps the old bridge\n"
              "section: Politics\n"
              "source: The Courier\n"
              "body: The council voted.\\nTwice.\\n\\n  More \xE2\x80\x9Cwords"
              "\xE2\x80\x9D.\\r\\n\\r\\nThe end.\n");
    /* The same with CR LF, and blanks around it. */
    CHECK_STR(TEXT("\r\n \r\nWorld News\r\n\r\nA short headline here"
                   "\r\n\r\n    Text.\r\n\r\nSOURCE: X  \r\n\r\n"),
              "title: A short headline here\nsection: World News\nsource: X\n"
              "body:     Text.\n");
}

static void
nothing_but_blank_lines(void)
{
    static const char *const blank[] = {"\n \n\n", "\n", " ", "\xC2\xA0\n"};

    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        read_bytes(str_of(blank[i]), NULL);
        CHECK_INT(seen.records, 0);
    }
}

static void
headlines(void)
{
    /* A headline is not a section, though what follows looks like one. */
    CHECK_STR(TEXT("Arsenal through on penalties\n\nArsenal win 4-2 on "
                   "penalties\n\nText of it.\n"),
              "title: Arsenal through on penalties\n"
              "body: Arsenal win 4-2 on penalties\\n\\nText of it.\n");
    CHECK_STR(TEXT("Blackburn v Burnley\n\nEwood Park\n\nTuesday, 1 March\n"),
              "title: Blackburn v Burnley\n"
              "body: Ewood Park\\n\\nTuesday, 1 March\n");
    CHECK_STR(TEXT("Who do you think you are?\n\nText.\n"),
              "title: Who do you think you are?\nbody: Text.\n");
    /* Without a blank line. */
    CHECK_STR(TEXT("Storm over Selm\nThe storm that came on Tuesday night "
                   "took the roofs.\nIt went on.\n"),
              "title: Storm over Selm\nbody: The storm that came on Tuesday "
              "night took the roofs.\\nIt went on.\n");
    CHECK_STR(TEXT("a wrapped line of some length that goes\non in the next "
                   "one of about that length\nand ends.\n"),
              "body: a wrapped line of some length that goes\\non in the next "
              "one of about that length\\nand ends.\n");
    /* One paragraph. */
    CHECK_STR(TEXT("Just a headline\n"), "title: Just a headline\n");
    CHECK_STR(TEXT("A sentence.\n"), "body: A sentence.\n");
    CHECK_STR(TEXT("A lead that ends like one, and is long enough not to be a "
                   "headline, says what all of the article is about in some "
                   "detail.\n\nText.\n"),
              "body: A lead that ends like one, and is long enough not to be "
              "a headline, says what all of the article is about in some "
              "detail.\\n\\nText.\n");
    CHECK_STR(TEXT(" \n\t\n"), "skipped 0 [DIR/f]: no text\n");
}

static void
credits(void)
{
    CHECK_STR(TEXT("Storm over Selm\n\nBy A. N. Other\n3 May 1934\n\nText.\n"),
              "title: Storm over Selm\nauthor: A. N. Other\n"
              "date_source: a line of the text\nbody: Text.\n"
              "date: 1934-05-03\n");
    CHECK_STR(TEXT("Storm over Selm\nBy Jane Doe\n\nPublished: 3 May 1934, "
                   "11:00\n\nText.\n"),
              "title: Storm over Selm\nauthor: Jane Doe\n"
              "date_source: a line of the text\nbody: Text.\n"
              "date: 1934-05-03T11:00:00Z\n");
    CHECK_STR(TEXT("Storm over Selm\n\nBy then it was late.\n\nText.\n"),
              "title: Storm over Selm\nbody: By then it was late.\\n\\n"
              "Text.\n");
    CHECK_STR(TEXT("Storm over Selm\n\nBy Tuesday the council had met\n"
                   "and voted.\n"),
              "title: Storm over Selm\nbody: By Tuesday the council had met"
              "\\nand voted.\n");
    CHECK_STR(TEXT("The year\n\n1984\n\nText.\n"),
              "title: The year\nbody: 1984\\n\\nText.\n");
    CHECK_STR(TEXT("Sturm in Selm\n\nVon Erika Muster\n\nText.\n\n"
                   "Quelle: Der Bote\n"),
              "title: Sturm in Selm\nsource: Der Bote\nauthor: Erika Muster\n"
              "body: Text.\n");
    CHECK_STR(TEXT("Orage\n\nTexte.\n\nSource\xC2\xA0: Le Messager\n"),
              "title: Orage\nsource: Le Messager\nbody: Texte.\n");
}

static void
furniture(void)
{
    static const char *const lines[] = {
        "Advertisement",
        "ADVERTISEMENT",
        "Share",
        "Share this article",
        "Read more",
        "Read more...",
        "Read more: Storm hits the coast",
        "Related articles",
        "Follow us on Twitter and Facebook for more.",
        "\xC2\xA9 2024 The Courier. All rights reserved.",
        "Copyright 2024 The Courier",
        "All rights reserved",
        "More In World MORE...",
        "More from Selm",
        "Most read",
        "Sign up for our newsletter.",
        "Comments",
        "Back to top",
        "Related\nStorm hits the coast\nMayor to resign",
        "Read more:\nStorm hits the coast",
        "Werbung",
        "Lire aussi",
        "Czytaj te\xC5\xBC: Burza"};
    static const char *const article[] = {
        "Read more than one book a week, the mayor of Selm advised them all.",
        "More in sorrow than in anger, he left.",
        "Share prices fell.",
        "Shares in Selm Steel fell 3%",
        "The council said: more in May.",
        "Comments were not published.",
        "Source: nobody would say who had seen the letter, not even the two "
        "of them who had, and so it went on."};
    char data[400], want[500];

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        snprintf(data, sizeof data, "Storm over Selm\n\nText.\n\n%s\n\n",
                 lines[i]);
        test_that(strcmp(text(str_of(data)),
                         "title: Storm over Selm\nbody: Text.\n") == 0,
                  __FILE__, __LINE__, "'%s' gives %s", lines[i],
                  buf_view(&seen.log).s);
    }
    for (size_t i = 0; i < sizeof article / sizeof *article; i++) {
        snprintf(data, sizeof data, "Storm over Selm\n\nText.\n\n%s\n",
                 article[i]);
        snprintf(want, sizeof want,
                 "title: Storm over Selm\nbody: Text.\\n\\n%s\n", article[i]);
        CHECK_STR(text(str_of(data)), want);
    }
    /* In the middle it stays, and alone it is the text. */
    CHECK_STR(TEXT("Storm over Selm\n\nOne.\n\nAdvertisement\n\nTwo.\n"),
              "title: Storm over Selm\nbody: One.\\n\\nAdvertisement\\n\\n"
              "Two.\n");
    CHECK_STR(TEXT("Share\n"), "title: Share\n");
    CHECK_STR(TEXT("Skip to content\nAdvertisement\n\nStorm over Selm\n\n"
                   "Text.\n"),
              "title: Storm over Selm\nbody: Text.\n");
}

static void
heads(void)
{
    CHECK_STR(TEXT("Title: Storm over Selm\nDate: 3 May 1934\n"
                   "Authors: A. Other; B. Other\nTopics: weather; roads;\n"
                   "Note: a line\n  that goes on\n\tand on\n"
                   "Language: English\nTime: 10:30\n\n\n  One: two.\n\n"
                   "Share\n"),
              "title: Storm over Selm\nauthor: A. Other\\nB. Other\nlang: en\n"
              "topics: weather\\nroads\n"
              "extra: Note: a line that goes on and on\\nTime: 10:30\n"
              "date_source: Date\n"
              "body:   One: two.\\n\\nShare\ndate: 1934-05-03\n");
    CHECK_STR(READ("ID: s/7\r\nTITEL: Sturm\r\nDatum: 3.5.1934\r\n\r\nText."
                   "\r\n"),
              "+ 0 s/7\ntitle: Sturm\ndate_source: Datum\nbody: Text.\n"
              "date: 1934-05-03\n");
    CHECK_STR(
        TEXT("From: A. Other\nSubject: Storm\nDate: Thu, 3 May 1934 "
             "10:00:00 +0000\n\nText.\n"),
        "title: Storm\nauthor: A. Other\ndate_source: Date\nbody: Text.\n"
        "date: 1934-05-03T10:00:00Z\n");
    CHECK_STR(TEXT("Source: X\nDate: 3 May 1934\n\nNo headline.\n"),
              "source: X\ndate_source: Date\nbody: No headline.\n"
              "date: 1934-05-03\n");
    CHECK_STR(TEXT("Title: Only heads\nDate: 1934"),
              "title: Only heads\ndate_source: Date\ndate: 1934\n");
    CHECK_STR(TEXT("Source: X\nLang: en\n\n"), "skipped 0 [DIR/f]: no text\n");
    /* One known key is not enough. */
    CHECK_STR(TEXT("Note: this\nDate: 3 May 1934\n\nText.\n"),
              "title: Note: this\ndate_source: a line of the text\nbody: "
              "Text.\ndate: 1934-05-03\n");
    CHECK_STR(read_bytes(STR("Storm\n\nText.\n"), "heads"),
              "failed 0 []: line 1: does not begin with `Key: value` "
              "lines\n");
    CHECK_STR(read_bytes(STR("Title: a\nDate: 1934\n\nb.\n"), "text"),
              "+ 0 DIR/f\nbody: Title: a\\nDate: 1934\\n\\nb.\n");
}

static void
charsets(void)
{
    /* Few letters above 127: windows-1252. */
    CHECK_STR(READ("A fee of \xA3"
                   "5\n\nHe \x91pays\x92 it \x96 now.\n"),
              "+ 0 DIR/f converted\ntitle: A fee of \xC2\xA3"
              "5\n"
              "body: He \xE2\x80\x98pays\xE2\x80\x99 it \xE2\x80\x93 now.\n");
    /* Polish and Russian. */
    CHECK_STR(READ("\xAFycie w mie\x9C"
                   "cie\n\nCz\xB3owiek jest zm\xEA"
                   "czony, ale mieszka\xF1"
                   "cy nie narzekaj\xB9 na \xBF"
                   "ycie w mie\x9C"
                   "cie. Sk\xB9"
                   "d ta pewno\x9C\xE6? "
                   "Za\xBF\xF3\xB3\xE6 g\xEA\x9Cl\xB9 ja\x9F\xF1.\n"),
              "+ 0 DIR/f converted\n"
              "title: \xC5\xBBycie w mie\xC5\x9B"
              "cie\n"
              "body: Cz\xC5\x82owiek jest zm\xC4\x99"
              "czony, ale mieszka"
              "\xC5\x84"
              "cy nie narzekaj\xC4\x85 na \xC5\xBCycie w mie"
              "\xC5\x9B"
              "cie. Sk\xC4\x85"
              "d ta pewno\xC5\x9B\xC4\x87? Za"
              "\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87 g\xC4\x99\xC5\x9Bl\xC4\x85 "
              "ja\xC5\xBA\xC5\x84.\n");
    READ("\xCF\xEE\xEB\xE8\xF2\xE8\xEA\xE0\n\n\xD1\xEE\xE2\xE5\xF2 "
         "\xE3\xEE\xF0\xEE\xE4\xE0 \xF0\xE5\xF8\xE8\xEB \xEE\xF1\xF2"
         "\xE0\xE2\xE8\xF2\xFC \xF1\xF2\xE0\xF0\xFB\xE9 \xEC\xEE\xF1"
         "\xF2 \xED\xE0 \xEC\xE5\xF1\xF2\xE5.\n");
    CHECK(strstr(buf_view(&seen.log).s,
                 "title: \xD0\x9F\xD0\xBE\xD0\xBB\xD0\xB8\xD1\x82\xD0\xB8"
                 "\xD0\xBA\xD0\xB0\n") != NULL);
    /* What is declared is believed. */
    CHECK_STR(READ("Title: \xD3\xB3\nDate: 1934\nCharset: iso-8859-2\n\n"
                   "\xB1\xE6.\n"),
              "+ 0 DIR/f converted\ntitle: \xC3\x93\xC5\x82\n"
              "extra: Charset: iso-8859-2\ndate_source: Date\n"
              "body: \xC4\x85\xC4\x87.\n"
              "date: 1934\n");
    CHECK_STR(READ("Title: \xC5\x82\nDate: 1934\n"
                   "Content-Type: text/plain; charset=\"iso-8859-2\"\n\nx\n"),
              "+ 0 DIR/f\ntitle: \xC5\x82\n"
              "extra: Content-Type: text/plain; charset=\"iso-8859-2\"\n"
              "date_source: Date\nbody: x\ndate: 1934\n");
    /* ISO-8859-1 means windows-1252, which does not have 81. */
    CHECK_STR(
        READ("Title: \x93x\x94\nDate: 1934\nEncoding: ISO-8859-1\n\n"
             "a\x81"
             "b\n"),
        "+ 0 DIR/f converted repaired\ntitle: \xE2\x80\x9Cx\xE2\x80\x9D"
        "\nextra: Encoding: ISO-8859-1\ndate_source: Date\nbody: a\xEF\xBF\xBD"
        "b\n"
        "date: 1934\n");
    CHECK_STR(READ("Storm\n\nAll good \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
                   " but \xE2\x82 this.\n"),
              "+ 0 DIR/f repaired\ntitle: Storm\nbody: All good \xC3\xA9"
              "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 but \xEF\xBF\xBD this.\n");
    /* UTF-16 of both kinds, with half a pair and half a unit at the end. */
    CHECK_STR(READ("\xFF\xFES\0t\0o\0r\0m\0\n\0\n\0\x42\x01.\0\n\0"),
              "+ 0 DIR/f converted\ntitle: Storm\nbody: \xC5\x82.\n");
    CHECK_STR(READ("\xFE\xFF\0S\0t\0o\0r\0m\0\n\0\n\x01\x42\xD8\x00\0.\0"),
              "+ 0 DIR/f converted repaired\ntitle: Storm\n"
              "body: \xC5\x82\xEF\xBF\xBD.\xEF\xBF\xBD\n");
    CHECK_STR(READ("\xEF\xBB\xBFStorm\n\nText.\n"),
              "+ 0 DIR/f\ntitle: Storm\nbody: Text.\n");
    /* NUL behind what is looked at. */
    write_file("f", STR(""));
    struct buf b;
    buf_init(&b, 1 << 20);
    buf_str(&b, STR("Storm\n\n"));
    while (b.len < 20000)
        buf_str(&b, STR("Text. "));
    buf_str(&b, STR("a\0b"));
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    seen.quiet = false;
    CHECK_INT(seen.repaired, 1);
    buf_free(&b);
}

int
main(void)
{
    begin_folder();
    RUN(as_news_sites_print_it);
    RUN(nothing_but_blank_lines);
    RUN(headlines);
    RUN(credits);
    RUN(furniture);
    RUN(heads);
    RUN(charsets);
    return end_folder();
}
