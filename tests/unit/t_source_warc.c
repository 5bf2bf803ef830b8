/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_warc.c - web archives: which records are articles, what their
 * bodies were packed in for their way, and archives that are broken
 */
#include <zlib.h>

#include "source_help.h"

static struct buf archive;

/* Append a record; `more` are further lines of its head. */
static void
record_of(const char *type, const char *more, struct morgue_str block)
{
    buf_printf(&archive,
               "WARC/1.0\r\nWARC-Type: %s\r\n%s"
               "WARC-Date: 2020-05-01T10:00:00Z\r\n"
               "Content-Length: %zu\r\n\r\n",
               type, more, block.len);
    buf_str(&archive, block);
    buf_str(&archive, STR("\r\n\r\n"));
}

static void
response_of(const char *url, const char *head, struct morgue_str body)
{
    struct buf b;
    char more[200];

    buf_init(&b, 1 << 28);
    buf_printf(&b, "HTTP/1.1 200 OK\r\n%s\r\n", head);
    buf_str(&b, body);
    snprintf(more, sizeof more,
             "WARC-Target-URI: %s\r\n"
             "Content-Type: application/http; msgtype=response\r\n",
             url);
    record_of("response", more, buf_view(&b));
    buf_free(&b);
}

/* A response of plain text. */
static void
text_of(const char *url, const char *text)
{
    response_of(url, "Content-Type: text/plain\r\n", str_of(text));
}

static const char *
read_archive(void)
{
    const char *log = read_bytes(buf_view(&archive), NULL);

    buf_reset(&archive);
    return log;
}

#define CRAWLED                                                               \
    "extra: crawled: 2020-05-01T10:00:00Z\nversion: 20200501100000\n"
#define GALE                                                                  \
    "+ 0 http://a/gale\nurl: http://a/gale\ntitle: Gale\n" CRAWLED            \
    "body: The roof of the gale warning house was lifted by the gale.\n"

static const char gale[] =
    "Gale\n\nThe roof of the gale warning house was lifted by the gale.";

/* An article as a page. */
static const char page[] =
    "<html><head><title>Flood at the mill</title></head><body><article>"
    "<h1>Flood at the mill</h1><p>The mill at Castrel stood a metre deep in "
    "the water on Monday, said the miller, who had not seen the like of it "
    "since his father had the place and the old weir was still there.</p>"
    "<p>Nobody was hurt, and the flour had been brought away in time, to the "
    "school on the hill, where the pupils were given a day without lessons, "
    "and the baker of the town a room for his oven.</p></article></body>"
    "</html>";

/* ---- which are articles ------------------------------------------------- */

static void
kinds_of_records(void)
{
    record_of("warcinfo", "Content-Type: application/warc-fields\r\n",
              STR("software: x\r\n"));
    record_of("request",
              "WARC-Target-URI: http://a/gale\r\n"
              "Content-Type: application/http; msgtype=request\r\n",
              STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    text_of("http://a/gale", gale);
    record_of("metadata", "WARC-Target-URI: http://a/gale\r\n",
              STR("fetchTimeMs: 3"));
    record_of("revisit", "WARC-Target-URI: http://a/again\r\n",
              STR("HTTP/1.1 200 OK\r\n\r\n"));
    record_of("resource",
              "WARC-Target-URI:\r\n <http://a/b c>\r\n"
              "Content-Type: text/plain; charset=windows-1252\r\n",
              STR("Caf\xE9\n\nIt closed early."));
    record_of("resource",
              "WARC-Target-URI: metadata://x/log\r\n"
              "Content-Type: text/plain\r\n",
              STR("Log\n\nof the crawl."));
    record_of("continuation", "WARC-Target-URI: http://a/long\r\n", STR("x"));
    record_of("marvel", "", STR("x"));
    CHECK_STR(read_archive(), GALE
              "skipped 2 [http://a/again]: a revisit, which has no "
              "content of its own\n"
              "+ 0 http://a/b c converted\nurl: http://a/b c\n"
              "title: Caf\u00e9\n" CRAWLED "body: It closed early.\n"
              "skipped 4 [metadata://x/log]: is about the crawl, not of "
              "it\n"
              "skipped 5 [http://a/long]: a part of a record\n"
              "skipped 6 [DIR/f#6]: a record of a kind that is not known\n");
}

static void
kinds_of_content(void)
{
    static const char *const types[] = {
        "text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml",
        "text/plain", ""};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char head[100] = "";
        const char *log;

        if (types[i][0])
            snprintf(head, sizeof head, "Content-Type: %s\r\n", types[i]);
        response_of("http://a/mill", head, str_of(page));
        log = read_archive();
        CHECK_INT(seen.records, 1);
        CHECK(strstr(log, "+ 1 http://a/mill\nurl: http://a/mill\n") != NULL);
        CHECK(strstr(log, "title: Flood at the mill\n") != NULL);
        CHECK(strstr(log, "crawled: 2020-05-01T10:00:00Z\n") != NULL);
        CHECK(strstr(log, "stood a metre deep") != NULL);
        CHECK(strstr(log, "\ndate: ") == NULL);
    }
    response_of("http://a/p.png", "Content-Type: image/png\r\n",
                STR("\x89PNG\r\n"));
    response_of("http://a/s.css", "content-type:text/css;x=y\r\n",
                STR("p { }"));
    text_of("http://a/robots.txt", "User-agent: *\n");
    text_of("http://a/empty", "");
    response_of("http://a/none", "", STR("who knows"));
    response_of("http://a/x.xml", "Content-Type: text/xml\r\n",
                STR("<?xml version=\"1.0\"?><x/>"));
    text_of("http://a/nested.warc", "WARC/1.0\r\nContent-Length: 1\r\n\r\nx");
    record_of("response",
              "WARC-Target-URI: http://a/gone\r\n"
              "Content-Type: application/http\r\n",
              STR("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n"
                  "Not\n\nfound."));
    CHECK(strstr(read_archive(),
                 "skipped 1 [http://a/p.png]: is image/png, not text\n"
                 "skipped 2 [http://a/s.css]: is text/css, not text\n"
                 "skipped 3 [http://a/robots.txt]: is a robots.txt\n"
                 "skipped 4 [http://a/empty]: no content\n"
                 "skipped 5 [http://a/none]: no content type\n"
                 "skipped 6 [http://a/x.xml]: ") == seen.log.data);
    CHECK(strstr(seen.log.data,
                 "skipped 7 [http://a/nested.warc]: is data of "
                 "a kind that is not read\n"
                 "skipped 8 [http://a/gone]: HTTP status 404\n"));
}

/* Text that a program made of pages (WET). */
static void
conversions(void)
{
    record_of("conversion",
              "WARC-Target-URI: http://a/w\r\n"
              "WARC-Identified-Content-Language: deu,eng\r\n"
              "Content-Type: text/plain\r\n",
              STR("Sturm an der K\u00fcste\nDas Meer stieg.\nDie Leute "
                  "gingen."));
    record_of("conversion",
              "WARC-Target-URI: http://a/one\r\nContent-Type: text/plain\r\n",
              STR("One line is all."));
    CHECK_STR(read_archive(),
              "+ 1 http://a/w\nurl: http://a/w\n"
              "title: Sturm an der K\u00fcste\nlang: de\n" CRAWLED
              "body: Das Meer stieg.\\nDie Leute gingen.\n"
              "+ 2 http://a/one\nurl: http://a/one\n" CRAWLED
              "body: One line is all.\n");
}

/* A feed is read by its own reader. */
static void
feeds(void)
{
    response_of("http://a/feed.json", "Content-Type: application/json\r\n",
                STR("[{\"title\":\"t\",\"url\":\"http://a/1\"},"
                    "{\"title\":\"u\"}]"));
    response_of("http://a/api", "Content-Type: application/ld+json\r\n",
                STR("[]"));
    CHECK_STR(read_archive(),
              "+ 1 http://a/1\nurl: http://a/1\ntitle: t\n" CRAWLED
              "+ 2 http://a/feed.json#2\ntitle: u\n" CRAWLED
              "skipped 2 [http://a/api]: no article in it\n");
}

/* ---- responses ---------------------------------------------------------- */

static void
http_heads(void)
{
    static const char *const heads[] = {
        "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n",
        "HTTP/1.1 200\nContent-Type:text/plain\n\n",
        "HTTP/2 200\r\nCONTENT-TYPE : text/plain ; charset=\"utf-8\"\r\n\r\n",
        "HTTP/1.1 200 OK\r\nrubbish\r\n: x\r\nX: a\r\n b\r\n"
        "Content-Type:\r\n text/plain;\r\n\tcharset=utf-8\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"
        "Content-Type: text/plain\r\nContent-Type: image/png\r\n\r\n",
    };

    struct buf b;

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        buf_init(&b, 10000);
        buf_printf(&b, "%s%s", heads[i], gale);
        record_of("response", "WARC-Target-URI: http://a/gale\r\n",
                  buf_view(&b));
        CHECK_STR(read_archive(), GALE);
        buf_free(&b);
    }
    /* A page without an empty line before it. */
    buf_init(&b, 10000);
    buf_printf(&b, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s", page);
    record_of("response", "WARC-Target-URI: http://a/p\r\n", buf_view(&b));
    buf_free(&b);
    CHECK(strstr(read_archive(), "title: Flood at the mill\n") != NULL);
    record_of("response", "WARC-Target-URI: http://a/p\r\n",
              STR("HTTP/1.1 OK\r\nContent-Type: text/plain\r\n\r\nx"));
    CHECK_STR(read_archive(), "skipped 1 [http://a/p]: HTTP status 0\n");
}

static void
chunks(void)
{
    static const char *const bodies[] = {
        "6\r\nGale\n\n\r\n3a;ext=1\r\nThe roof of the gale warning house was "
        "lifted by the gale.\r\n0\r\nTrailer: x\r\n\r\n",
        "000006\nGale\n\n\n3A \nThe roof of the gale warning house was lifted "
        "by the gale.\n0\n\n",
        /* cut short in a chunk, before the last, and one that is too long */
        "6\r\nGale\n\n\r\nff\r\nThe roof of the gale warning house was lifted "
        "by the gale.",
        "6\r\nGale\n\n\r\n3a\r\nThe roof of the gale warning house was lifted "
        "by the gale.\r\n",
        "6\r\nGale\n\n\r\nfffffffffffffff\r\nThe roof of the gale warning "
        "house was lifted by the gale.",
        /* put together already */
        "Gale\n\nThe roof of the gale warning house was lifted by the gale.",
        /* a line end is missing */
        "6\r\nGale\n\n3a\r\nThe roof of the gale warning house was lifted by "
        "the gale.\r\n0\r\n\r\n",
    };

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        response_of("http://a/gale",
                    "Content-Type: text/plain\r\n"
                    "Transfer-Encoding: chunked\r\n",
                    str_of(bodies[i]));
        CHECK_STR(read_archive(), GALE);
    }
}

/* Deflate with zlib's window bits. */
static struct morgue_str
deflated(struct morgue_str s, int bits)
{
    static char room[1 << 20];
    z_stream z;

    memset(&z, 0, sizeof z);
    CHECK_INT(deflateInit2(&z, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY),
              Z_OK);
    z.next_in = (Bytef *)(uintptr_t)s.s;
    z.avail_in = (uInt)s.len;
    z.next_out = (Bytef *)room;
    z.avail_out = sizeof room;
    CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return str_slice(room, z.total_out);
}

static void
encoded(const char *encoding, struct morgue_str body)
{
    char head[100];

    snprintf(head, sizeof head,
             "Content-Type: text/plain\r\nContent-Encoding: %s\r\n", encoding);
    response_of("http://a/gale", head, body);
}

static void
encodings(void)
{
    static const char br[] =
        "\x1b\x3f\x00\x60\x9c\x09\x76\x0c\x65\x32\x4e\xd1\xd2\x84\xbd\x3e"
        "\xa2\x12\x3b\xd3\x0a\x2e\x6c\x73\x32\x0c\x2d\xaf\x40\xca\x1c\xe3"
        "\x80\xf9\x6e\x19\x97\x69\x92\xc1\x43\x16\xe2\x33\x55\x34\x0e\x05"
        "\xeb\xb0\x52\x3e\x6d\x4d\x1b\xa2\x11\x64\x77\xb2\xda\x2a\x0b";
    struct morgue_str text = str_of(gale), gz, twice;
    char once[200];

    encoded("gzip", deflated(text, 31));
    CHECK_STR(read_archive(), GALE);
    encoded("x-gzip", deflated(text, 31));
    CHECK_STR(read_archive(), GALE);
    encoded("identity", deflated(text, 31)); /* nobody told */
    CHECK_STR(read_archive(), GALE);
    encoded("deflate", deflated(text, 15));
    CHECK_STR(read_archive(), GALE);
    encoded("Deflate", deflated(text, -15));
    CHECK_STR(read_archive(), GALE);
    encoded("br", str_slice(br, sizeof br - 1));
    CHECK_STR(read_archive(), GALE);
    gz = deflated(text, 31);
    memcpy(once, gz.s, gz.len);
    twice = deflated(str_slice(once, gz.len), -15);
    encoded("gzip, deflate", twice);
    CHECK_STR(read_archive(), GALE);
    /* It says so and is not. */
    encoded("gzip", text);
    CHECK_STR(read_archive(), GALE);
    encoded("deflate", text);
    CHECK_STR(read_archive(), GALE);
    encoded("br", text);
    CHECK_STR(read_archive(), GALE);
    encoded("zstd", text);
    CHECK_STR(read_archive(), GALE);
    /* Cut short: what came before is taken. */
    gz = deflated(text, 31);
    encoded("gzip", str_slice(gz.s, gz.len - 9));
    CHECK(strstr(read_archive(), "title: Gale\n") != NULL);
    encoded("br", str_slice(br, sizeof br - 9));
    read_archive();
    CHECK_INT(seen.records + seen.skipped, 1);
}

/* Bodies that grow without end, beside a good one. */
static void
bombs(void)
{
    struct buf b;

    buf_init(&b, 1 << 28);
    memset(buf_room(&b, 40 << 20), 'a', 40 << 20);
    buf_cut(&b, 40 << 20);
    for (int i = 0; i < 4; i++) {
        encoded("gzip", deflated(buf_view(&b), 31));
        encoded("deflate", deflated(buf_view(&b), -15));
    }
    text_of("http://a/gale", gale);
    CHECK(strstr(read_archive(), GALE) != NULL);
    CHECK_INT(seen.failed, 8);
    CHECK_INT(seen.records, 1);
    CHECK(strstr(seen.log.data, "failed 1 []: a response's body: it is too "
                                "long\n") != NULL);
    buf_free(&b);
}

/* ---- archives that are broken ------------------------------------------- */

static void
lengths(void)
{
    static const char before[] = "WARC/1.0\nWARC-Type: resource\n"
                                 "WARC-Target-URI: http://a/b\n"
                                 "Content-Type: text/plain\n";
    static const struct {
        const char *rest, *want;
    } rows[] = {
        {"Content-Length: 500\n\nBig\n\nSize.\n\n",
         "failed 1 []: its length is wrong\n"},
        {"Content-Length: 60\n\nBig\n\nSize.\n\n",
         "failed 1 []: its length is wrong\n"},
        {"Content-Length: 99999999999\n\nBig\n\nSize.\n\n",
         "failed 1 []: longer than 256 MB\n"},
        {"Content-Length: 4\n\nBig\n\nSize.\n\n",
         "+ 0 http://a/b\nurl: http://a/b\ntitle: Big\n"
         "failed 2 []: bytes that are no record\n"},
        {"Content-Length: x\n\nBig\n\nSize.\n\n",
         "failed 1 []: a head without Content-Length\n"},
        {"Content-Length: -4\n\nBig\n\nSize.\n\n",
         "failed 1 []: a head without Content-Length\n"},
        {"\nBig\n\nSize.\n\n", "failed 1 []: a head without Content-Length\n"},
        {"Content-Length: 10\n\nBig\n\nSize.",
         "+ 0 http://a/b\nurl: http://a/b\ntitle: Big\nbody: Size.\n"},
    };
    struct buf want;

    buf_init(&want, 10000);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool swallowed = strstr(rows[i].want, "256 MB") != NULL;

        buf_reset(&want);
        buf_printf(&want, "%s%s", rows[i].want, swallowed ? "" : GALE);
        buf_printf(&archive, "%s%s", before, rows[i].rest);
        text_of("http://a/gale", gale);
        CHECK_STR(read_archive(), buf_view(&want).s);
    }
    buf_free(&want);
    buf_str(&archive, STR("WARC/1.0\r\nWARC-Type: resource\r\n"));
    CHECK_STR(read_archive(), "failed 1 []: a head without end\n");
    text_of("http://a/gale", gale);
    buf_str(&archive, STR("\0\1rubbish\n\nmore of it\n"));
    text_of("http://a/gale", gale);
    CHECK_STR(read_archive(),
              GALE "failed 2 []: bytes that are no record\n" GALE);
}

static void
old_versions(void)
{
    char head[300];
    size_t len = 0;

    /* The length counts the head, and is part of it. */
    for (int i = 0; i < 3; i++)
        len = (size_t)snprintf(
            head, sizeof head,
            "WARC/0.9 %zu resource http://a/gale 20200501100000 text/plain "
            "uuid:1\r\nX: y\r\n\r\n",
            len + strlen(gale));
    CHECK(len > 0);
    buf_printf(&archive, "%s%s\r\n\r\n", head, gale);
    buf_printf(&archive,
               "WARC/0.18\nWARC-Type: resource\nContent-Type: text/plain\n"
               "WARC-Target-URI: http://a/gale\nWARC-Date: "
               "2020-05-01T10:00:00Z\nContent-Length: %zu\n\n%s\n\n",
               strlen(gale), gale);
    CHECK_STR(read_archive(),
              "+ 0 http://a/gale\nurl: http://a/gale\ntitle: Gale\n"
              "extra: crawled: 20200501100000\nversion: 20200501100000\n"
              "body: The roof of the gale warning house was lifted by the "
              "gale.\n" GALE);
}

/* Each record a gzip member; of `n` the one in the middle has a byte that is
 * wrong, is cut short, or is followed by rubbish. */
static void
broken_members(void)
{
    struct buf packed;
    static const size_t drop[] = {0, 1, 30, 60};

    buf_init(&packed, 1 << 24);
    for (int how = 0; how < 6; how++) {
        buf_reset(&packed);
        for (int i = 0; i < 5; i++) {
            char url[40];
            struct morgue_str gz;
            size_t len;

            snprintf(url, sizeof url, "http://a/%d", i);
            text_of(url, gale);
            gz = deflated(buf_view(&archive), 31);
            buf_reset(&archive);
            len = gz.len;
            if (i == 2 && how < 4)
                len -= drop[how];
            buf_add(&packed, gz.s, len);
            if (i == 2 && how == 4)
                packed.data[packed.len - len / 2] ^= 0x55;
            if (i == 2 && how == 5)
                buf_str(&packed, STR("rubbish \x1f\x8b\x08\xff"));
        }
        read_bytes(buf_view(&packed), NULL);
        CHECK(seen.records >= 4);
        CHECK(strstr(seen.log.data, "+ 0 http://a/1\n") != NULL);
        CHECK(strstr(seen.log.data, "+ 0 http://a/3\n") != NULL);
        CHECK(strstr(seen.log.data, "+ 0 http://a/4\n") != NULL);
        CHECK(how == 0
                  ? seen.failed == 0
                  : seen.failed >= 1 &&
                        strstr(seen.log.data, "; what follows is read\n"));
    }
    buf_free(&packed);
}

/* Cut at each byte: the records before the cut, then at most one failure. */
static void
cut_short(void)
{
    static char whole[1 << 16];
    size_t ends[4], len;

    for (int i = 0; i < 4; i++) {
        text_of("http://a/gale", gale);
        ends[i] = archive.len - 4;
    }
    len = archive.len;
    memcpy(whole, archive.data, len);
    for (int packed = 0; packed < 2; packed++) {
        struct morgue_str gz = deflated(str_slice(whole, len), 31);

        for (size_t n = 8; n < (packed ? gz.len : len); n++) {
            size_t records = 0;

            seen.quiet = true;
            read_bytes(packed ? str_slice(gz.s, n) : str_slice(whole, n),
                       NULL);
            seen.quiet = false;
            while (!packed && records < 4 && ends[records] <= n)
                records++;
            if (packed) {
                CHECK(seen.records <= 4);
                CHECK_INT(seen.failed, 1);
            } else {
                CHECK_INT(seen.records, records);
                CHECK(seen.failed <= 1 && seen.skipped == 0);
                CHECK(seen.records + seen.failed > 0);
            }
        }
    }
    buf_reset(&archive);
}

/* ---- ARC ---------------------------------------------------------------- */

static void
arc_files(void)
{
    static const char want[] =
        "+ 0 http://a/b c\nurl: http://a/b c\ntitle: Gale\n" CRAWLED
        "body: The roof of the gale warning house was lifted by the gale.\n";

    for (int version = 1; version <= 2; version++) {
        buf_printf(&archive,
                   "filedesc://x.arc 127.0.0.1 20200501000000 text/plain %s65"
                   "\n%d 0 Name\nURL IP-address Archive-date Content-type "
                   "Archive-length\n\n\n",
                   version == 2 ? "200 - - 0 x.arc " : "", version);
        buf_printf(&archive,
                   "http://a/b c 10.0.0.1 20200501100000 text/plain %s%zu\n"
                   "HTTP/1.1 200 OK\nContent-Type: text/plain\n\n%s\n",
                   version == 2 ? "200 checksum - 1043 x.arc " : "",
                   strlen(gale) + 42, gale);
        CHECK_STR(read_archive(), want);
    }
    buf_str(&archive, STR("filedesc://x.arc 127.0.0.1 20200501000000 "
                          "text/plain -1\n1 0 Name\nURL\n\n"
                          "http://a/1 10.0.0.1 20200501100000 text/html -1\n\n"
                          "dns:a 10.0.0.1 20200501100000 text/dns 4\nA 1\n\n"
                          "http://a/2 10.0.0.1 20200501100000 text/html abc\n"
                          "rubbish\n"));
    buf_printf(&archive,
               "http://a/b c 10.0.0.1 20200501100000 text/plain %zu\n"
               "%s\n",
               strlen(gale), gale);
    buf_str(&archive,
            STR("http://a/3 10.0.0.1 20200501100000 text/html 1000\nshort"));
    CHECK_STR(read_archive(),
              "failed 1 []: a record without length\n"
              "skipped 2 [dns:a]: is about the crawl, not of it\n"
              "failed 3 []: a record without length\n"
              "+ 0 http://a/b c\nurl: http://a/b c\ntitle: Gale\n" CRAWLED
              "body: The roof of the gale warning house was lifted by the "
              "gale.\n"
              "failed 5 []: a record that is cut short\n");
}

/* ---- real ones ---------------------------------------------------------- */

/* Counted by another program, from the headers alone. */
static void
shared_samples(void)
{
    static const struct {
        const char *name;
        size_t pages, skipped, failed;
    } rows[] = {
        {"bad.arc", 0, 1, 2},
        {"example-bad-non-chunked.warc.gz", 1, 1, 0},
        {"example-bad.warc.gz.bad", 1, 2, 0},
        {"example-digest.warc", 0, 1, 0},
        {"example-iana.org-chunked.warc", 1, 0, 0},
        {"example-resource.warc.gz", 1, 0, 0},
        {"example-space-in-target-uri.warc.gz", 0, 1, 0},
        {"example-space-in-url.arc", 1, 0, 0},
        {"example-trunc.warc", 1, 0, 1},
        {"example-wget-bad-target-uri.warc.gz", 1, 2, 0},
        {"example-wrong-chunks.warc.gz", 1, 0, 0},
        {"example.arc", 1, 0, 0},
        {"example.arc.gz", 1, 0, 0},
        {"example.warc", 1, 1, 0},
        {"example.warc.gz", 1, 1, 0},
        {"post-test.warc.gz", 0, 3, 0},
        {"resiliparse-block-sized-records.warc", 0, 3, 0},
        {"resiliparse-block-sized-records.warc.gz", 0, 3, 0},
        {"resiliparse-block-sized-records.warc.lz4", 0, 3, 0},
        {"resiliparse-clipped.warc.gz", 0, 0, 1},
        {"resiliparse-clueweb-quirk.warc.gz", 29, 0, 0},
        {"resiliparse-warcfile.warc", 16, 0, 0},
        {"resiliparse-warcfile.warc.gz", 16, 0, 0},
        {"resiliparse-warcfile.warc.lz4", 16, 0, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[100];
        const char *path;

        snprintf(name, sizeof name, "raw/warc/%s", rows[i].name);
        path = shared(name);
        if (!path) {
            SKIP("the shared corpora are not here");
        }
        read_source(path, NULL);
        /* A page may have no article: its reader skips it. */
        CHECK_INT(seen.records + seen.skipped,
                  rows[i].pages + rows[i].skipped);
        CHECK_INT(seen.failed, rows[i].failed);
    }
}

int
main(void)
{
    begin_folder();
    buf_init(&archive, 1 << 24);
    RUN(kinds_of_records);
    RUN(kinds_of_content);
    RUN(conversions);
    RUN(feeds);
    RUN(http_heads);
    RUN(chunks);
    RUN(encodings);
    RUN(bombs);
    RUN(lengths);
    RUN(old_versions);
    RUN(broken_members);
    RUN(cut_short);
    RUN(arc_files);
    RUN(shared_samples);
    buf_free(&archive);
    return end_folder();
}
