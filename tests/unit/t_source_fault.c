/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_fault.c - each allocation of a reading fails in turn: out of memory
 * comes back as a status, and nothing is lost of what was allocated
 *
 * The program runs itself again under the library FAILMALLOC_SO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>

#include "source_help.h"

static void (*arm)(unsigned long at, int all_after);

#define NEED_FAILMALLOC()                                                     \
    do {                                                                      \
        if (!arm)                                                             \
            SKIP("FAILMALLOC_SO is not set, or cannot be loaded");            \
    } while (0)

/* A sink that allocates nothing. */
static enum morgue_status
take(const struct morgue_article *a, const struct morgue_origin *origin,
     void *payload, struct morgue_error *err)
{
    (void)a;
    (void)origin;
    (void)payload;
    (void)err;
    return MORGUE_OK;
}

/* `exact`: no iconv, which keeps things for later, is in it. */
static void
fail_each(struct morgue_str data, bool exact)
{
    static const struct sink sink = {take, ignore_problem, NULL, NULL,
                                     MORGUE_ID_NONE};
    char path[sizeof folder + 10];
    unsigned long at = 0, nomem = 0;
    enum morgue_status st;
    struct morgue_error err;

    write_file("f", data);
    snprintf(path, sizeof path, "%s", in_folder("f"));
    /* Once, so that iconv has what it keeps. */
    st = source_read(path, NULL, &sink, &err);
    CHECK_INT(st, MORGUE_OK);
    for (int all_after = 0; all_after <= 1; all_after++) {
        nomem = 0;
        for (at = 1; at < 100000; at++) {
            size_t before = mallinfo2().uordblks, after;

            arm(at, all_after);
            st = source_read(path, NULL, &sink, &err);
            arm(0, 0);
            after = mallinfo2().uordblks;
            test_that(exact ? after == before : after < before + (1 << 16),
                      __FILE__, __LINE__,
                      "allocation %lu: %zu bytes before, %zu after", at,
                      before, after);
            CHECK(st == MORGUE_OK || st == MORGUE_NOMEM);
            nomem += st == MORGUE_NOMEM;
            if (st == MORGUE_OK && all_after)
                break; /* nothing failed any more */
            if (!all_after && at > 2000)
                break;
        }
    }
    CHECK(nomem > 3);
}

static void
text_files(void)
{
    NEED_FAILMALLOC();
    fail_each(STR("Politics\n\nCouncil of Selm keeps the old bridge\n\n"
                  "The council voted, and the bridge stays where it was "
                  "built, for one "
                  "hundred years more.\xFF\n\nSource: The Courier\n"),
              false);
    fail_each(STR("\xFF\xFES\0t\0o\0r\0m\0\n\0"), true);
    fail_each(STR("Title: a\nTopics: b; c\nNote: d\nCharset: iso-8859-2\n\n"
                  "text \xB1\n"),
              false);
}

static void
json(void)
{
    struct buf b;

    NEED_FAILMALLOC();
    fail_each(STR("{\"id\":1,\"title\":\"a\\nb\",\"author\":[\"x\",\"y\"],"
                  "\"z\":1}\n{\"id\":2,\"tit\n{\"title\":\"\\u0000\"}\n"),
              true);
    fail_each(STR("[{\"id\":1,\"title\":\"a\\nb\",\"tags\":[\"x\",\"y\"]},\n"
                  "{\"title\":\"caf\xE9 au lait for all, and none of it is so "
                  "long that a guess is needed: one letter in more than a "
                  "hundred bytes tells nothing\"},\n3]"),
              false);
    buf_init(&b, 1 << 20);
    buf_str(&b, STR("{\"title\":\"t\",\"body\":\""));
    for (int i = 0; i < 30000; i++)
        buf_str(&b, STR("\\u00e9\\n"));
    buf_str(&b, STR("\"}\n"));
    fail_each(buf_view(&b), true);
    buf_free(&b);
}

static void
lists_and_html(void)
{
    NEED_FAILMALLOC();
    fail_each(STR("{\"title\":\"f\",\"data\":{\"items\":[{\"item\":{\"id\":1,"
                  "\"title\":\"a &amp; b\",\"bodies\":[{\"contenttype\":"
                  "\"text/html\",\"value\":\"<p>x</p><p>y</p>\"},{\"value\":"
                  "\"z\"}],\"by\":\"w\"}},{\"x\":[{}]}]}}\n"),
              true);
}

static void
tables(void)
{
    NEED_FAILMALLOC();
    fail_each(STR("id,title,body,tags\n1,\"a \"\"b\"\"\",<p>c</p>,d; e\n2,f\n"
                  "3,g,\"h\ni\",j\n"),
              true);
}

static void
sgml(void)
{
    NEED_FAILMALLOC();
    fail_each(STR("<REUTERS NEWID=\"1\"><TOPICS><D>a</D><D>b</D></TOPICS>"
                  "<PEOPLE><D>c</D></PEOPLE><TEXT><TITLE>t\n u</TITLE>"
                  "<BODY>b &lt; \xFC</BODY></TEXT></REUTERS>\n<REUTERS>"),
              false);
}

/* Heads, parameters, parts, text that is flowed, marked up and in HZ. */
static void
mail(void)
{
    NEED_FAILMALLOC();
    fail_each(
        STR("From a@b.example Tue Mar 12 08:05:00 2013\n"
            "Received: x\nMessage-ID: <1@b.example> (x)\nSubject: "
            "=?utf-8?B?SMM=?=\n =?utf-8?B?uGo=?= =?koi8-r?Q?=ED?= x\n"
            "From: Desk: Vera (x) Holm <v@b.example>, Holm, Nils <n@b>;\n"
            "Organization: M\xF8lle\n"
            "Content-Type: multipart/mixed; boundary*0*=''%62; boundary*1=b\n"
            "\n--bb\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
            "a \n b\n>From c\n--bb\nContent-Type: text/html\n\n<p>d</p>\n"
            "--bb\nContent-Type: text/enriched; charset=hz-gb-2312\n\n"
            "<b>~{D%7;~}</b>\n--bb\nContent-Type: message/rfc822\n\n"
            "Subject: inner\n\ne\n--bb--\n"
            "From a@b.example Tue Mar 12 08:05:00 2013\n"
            "Subject: two\nContent-Type: multipart/mixed\n\n--x\n"
            "Content-Type: message/rfc822\n\nSubject: y\n\nf\n--x--\n"),
        false);
}

/* A tar of one file. */
static void
containers(void)
{
    static char tar[2048];
    unsigned sum = 8 * ' ';

    NEED_FAILMALLOC();
    snprintf(tar, 512, "caf\u00e9.txt");
    snprintf(tar + 100, 8, "0000644");
    snprintf(tar + 124, 12, "%011o", 12u);
    snprintf(tar + 136, 12, "%011o", 0u);
    memcpy(tar + 156, "0\0", 2);
    memcpy(tar + 257, "ustar\00000", 8);
    for (size_t i = 0; i < 512; i++)
        sum += (unsigned char)tar[i];
    snprintf(tar + 148, 8, "%06o", sum);
    memcpy(tar + 512, "Storm\n\nText\n", 12);
    fail_each(str_slice(tar, sizeof tar), false);
}

static void
web_archives(void)
{
    NEED_FAILMALLOC();
    fail_each(STR("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                  "http://a/b\r\nContent-Length: 113\r\n\r\n"
                  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                  "Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "9\r\n\x0b\x02\x80hello\x03\r\n0\r\n\r\n"
                  "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: "
                  "text/html\r\nContent-Length: 20\r\n\r\n"
                  "<html><p>text</html>\r\n\r\nWARC/"),
              false);
}

/* libxml2 keeps the last error. */
static void
xml(void)
{
    NEED_FAILMALLOC();
    fail_each(STR("<?xml version='1.0' encoding='iso-8859-1'?>\n<nitf><head>"
                  "<title a='&eacute;'>caf\xE9</title></head><body>"
                  "<body.content><p>b</p></body.content></body></nitf>"
                  "<?xml version='1.0'?><nitf><b></nitf>"),
              false);
    fail_each(STR("<rss><channel><title>C</title><item><title>T</title>"
                  "<description>&lt;p&gt;b</description></item></channel>"
                  "</rss>"),
              false);
}

int
main(int argc, char **argv)
{
    const char *library = getenv("FAILMALLOC_SO");

    (void)argc;
    if (library && !getenv("LD_PRELOAD")) {
        /* It ends the process where memory for a name is short. */
        setenv("FAILMALLOC_SPARE", "libarchive", 1);
        setenv("LD_PRELOAD", library, 1);
        execv("/proc/self/exe", argv);
    }
    unsetenv("LD_PRELOAD");
    *(void **)&arm = dlsym(RTLD_DEFAULT, "failmalloc_arm");
    begin_folder();
    RUN(text_files);
    RUN(json);
    RUN(lists_and_html);
    RUN(tables);
    RUN(sgml);
    RUN(mail);
    RUN(containers);
    RUN(web_archives);
    RUN(xml);
    return end_folder();
}
