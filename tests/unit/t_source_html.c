/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_html.c - HTML pages as sources: how they are told, their charsets,
 * pages of crawls, pages that are too large
 */
#include "../../indexer/format/read_html.h"
#include "source_help.h"

#define TEXT                                                                  \
    "<p>The harbour board of Port Halden said on Monday that the ferry will " \
    "sail twice a day, and for less.</p>"
#define BODY                                                                  \
    "body: The harbour board of Port Halden said on Monday that the ferry "   \
    "will sail twice a day, and for less.\n"

static void
told_by_content(void)
{
    static const char *const heads[] = {
        "<!DOCTYPE html><title>T</title>",
        "\n <HTML lang=x>\n<title>T</title>",
        "<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE html PUBLIC "
        "'-//W3C//DTD XHTML 1.0 Strict//EN'><html><title>T</title>",
        "<!-- saved -->\n<meta charset=utf-8><title>T</title>",
        "<!doctypehtml><title>T</title>",
        "\n\t\n \n<!DOCTYPE>\n<!-- <![endif] --><title>T</title>",
        "<!DOCTYPE PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><title>T</title>",
        "<br />\n<b>Warning</b>: f() in <b>/w/a.php</b> on line <b>2</b><br />"
        "<!DOCTYPE html><title>T</title>",
        "\nWarning: f(): no server in /w/a.php on line 12\n<!DOCTYPE html>"
        "<title>T</title>",
        "PHP Notice: no index in /w/a.php on line 12\n<html><title>T</title>",
        "<font size=2><title>T</title>",
        "<h2>A page</h2><title>T</title>",
    };
    struct buf b;

    buf_init(&b, 10000);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        buf_reset(&b);
        buf_str(&b, str_of(heads[i]));
        buf_str(&b, STR(TEXT));
        CHECK(strstr(read_bytes(buf_view(&b), NULL),
                     "+ 0 DIR/f\ntitle: T\n") != NULL);
        CHECK(strstr(buf_view(&seen.log).s, BODY) != NULL);
    }
    CHECK_STR(READ("<note>" TEXT),
              "failed 0 []: is XML or other markup, which is not read; it "
              "begins with <note>\n");
    CHECK_STR(READ("<book>" TEXT),
              "failed 0 []: is XML or other markup, which is not read; it "
              "begins with <book>\n");
    CHECK(strncmp(READ("<!DOCTYPE note SYSTEM 'html.dtd'><note>" TEXT),
                  "failed 0 []: is XML", 19) == 0);
    CHECK(strncmp(READ("Warning: the road is shut.\n\n<html>\n"),
                  "+ 0 DIR/f\ntitle: Warning", 24) == 0);
    CHECK(strncmp(READ("A page\n\n<html> is a tag.\n"), "+ 0 DIR/f\ntitle: A",
                  18) == 0);
    buf_free(&b);
}

static void
all_fields(void)
{
    CHECK_STR(
        READ("<html lang=en-GB><link rel=canonical "
             "href=https://a.example/ferry><meta property=og:site_name "
             "content=Courier><meta name=author content='By Ada Prell'>"
             "<meta property=article:section content=Sea>"
             "<meta property=article:published_time content=2019-11-19>"
             "<meta name=keywords content='ferry, isles'>"
             "<meta name=geo.placename content=Lurne><h1>Ferry</h1>" TEXT),
        "+ 0 https://a.example/ferry\nurl: https://a.example/ferry\n"
        "title: Ferry\nsection: Sea\nsource: Courier\nauthor: Ada Prell\n"
        "lang: en\nplaces: Lurne\ntopics: ferry\\nisles\n"
        "date_source: meta article:published_time\n" BODY
        "date: 2019-11-19\n");
}

static void
charsets(void)
{
#define H "<html><title>"
#define E "</title>" TEXT
    static const struct {
        struct morgue_str page;
        const char *title;
        bool converted;
    } rows[] = {
        {STR("<meta charset=utf-8>" H "M\xC3\xB6we" E), "M\xC3\xB6we", 0},
        {STR("\xEF\xBB\xBF" H "M\xC3\xB6we" E), "M\xC3\xB6we", 0},
        {STR("<meta charset='iso-8859-1'>" H "M\xF6we \x93x\x94" E),
         "M\xC3\xB6we \xE2\x80\x9Cx\xE2\x80\x9D", 1},
        {STR("<meta http-equiv=Content-Type content='text/html; "
             "charset=iso-8859-2'>" H "\xB1\xEA" E),
         "\xC4\x85\xC4\x99", 1},
        {STR("<?xml version='1.0' encoding=\"windows-1251\"?>" H
             "\xCC\xEE\xF0\xE5" E),
         "\xD0\x9C\xD0\xBE\xD1\x80\xD0\xB5", 1},
        /* What is UTF-8 is UTF-8, whatever it says. */
        {STR("<meta charset=windows-1252>" H "M\xC3\xB6we" E), "M\xC3\xB6we",
         0},
        {STR("<meta charset=utf-8>" H "M\xF6we" E), "M\xC3\xB6we", 1},
        {STR("<meta name=x content=y><meta charset=shift_jis>" H "\x8B\x9B" E),
         "\xE9\xAD\x9A", 1},
    };
    char want[200];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(want, sizeof want, "+ 0 DIR/f%s\ntitle: %s\n",
                 rows[i].converted ? " converted" : "", rows[i].title);
        CHECK(strncmp(read_bytes(rows[i].page, NULL), want, strlen(want)) ==
              0);
    }
    CHECK(strncmp(READ("\xFF\xFE<\0h\0t\0m\0l\0>\0<\0p\0>\0x\0"),
                  "+ 0 DIR/f converted\nbody: x\n", 27) == 0);
}

/* What becomes of a page that a crawl has. */
static const char *
crawled(struct morgue_str html, const char *url, const char *charset,
        bool crawl)
{
    struct reading r;
    struct morgue_error err;

    seen_reset();
    reading_init(&r, "crawl.warc", &seen_sink);
    r.format = "warc";
    r.many = true;
    CHECK_INT(
        read_html_page(&r, html, str_of(url), str_of(charset), crawl, &err),
        MORGUE_OK);
    CHECK_INT(r.position, 1);
    CHECK_INT(r.reported, 1);
    reading_free(&r);
    return buf_view(&seen.log).s;
}

static void
crawls(void)
{
    const struct morgue_str front = STR("<title>Courier</title>" TEXT),
                            few = STR("<title>404</title><p>Nothing here.");

    CHECK_STR(crawled(STR("<link rel=canonical href=/ferry>" TEXT TEXT),
                      "https://a.example/x?y", "", true),
              "+ 1 https://a.example/ferry\nurl: https://a.example/ferry\n"
              "source: a.example\n"
              "body: The harbour board of Port Halden said on Monday that the "
              "ferry will sail twice a day, and for less.\\n\\nThe harbour "
              "board of Port Halden said on Monday that the ferry will sail "
              "twice a day, and for less.\n");
    CHECK_STR(crawled(front, "https://a.example/", "", true),
              "skipped 1 [https://a.example/]: is a front page\n");
    CHECK(strncmp(crawled(front, "https://a.example/", "", false),
                  "+ 1 https://a.example/\n", 23) == 0);
    CHECK_STR(crawled(few, "https://a.example/z", "", true),
              "skipped 1 [https://a.example/z]: is an error page\n");
    CHECK(strstr(crawled(few, "https://a.example/z", "", false),
                 "body: Nothing here.\n") != NULL);
    CHECK_STR(crawled(STR(""), "https://a.example/z", "", false),
              "skipped 1 [https://a.example/z]: no text\n");
    /* The charset of HTTP counts more than that of the page. */
    CHECK(strstr(crawled(STR("<meta charset=iso-8859-1><title>\xB1\xEA"
                             "</title>" TEXT),
                         "", "iso-8859-2", false),
                 "title: \xC4\x85\xC4\x99\n") != NULL);
    CHECK(strstr(crawled(STR("\xFE\xFF\0<\0p\0>\0x"), "", "utf-8", false),
                 " converted\nbody: x\n") != NULL);
}

static void
too_large(void)
{
    struct buf b;

    buf_init(&b, 20000000);
    buf_str(&b, STR("<html>"));
    while (b.len <= 16 * 1024 * 1024)
        buf_str(&b, STR("<p>many words and "));
    CHECK_STR(read_bytes(buf_view(&b), NULL),
              "failed 0 []: the page is longer than 16 MB\n");
    buf_free(&b);
}

int
main(void)
{
    begin_folder();
    RUN(told_by_content);
    RUN(all_fields);
    RUN(charsets);
    RUN(crawls);
    RUN(too_large);
    return end_folder();
}
