/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_fuzz.c - sources that were changed at random: whatever comes, it is
 * accounted for and clean (source_help.h checks each record)
 */
#include "source_help.h"

static const char *const samples[] = {
    "Politics\n\nCouncil of Selm keeps the old bridge\n\nBy A. Other\n3 May "
    "1934\n\nThe council voted \xE2\x80\x9Cyes\xE2\x80\x9D.\n\nSource: The "
    "Courier\nMore In Politics MORE...\n",
    "Title: Storm over Selm\nDate: 3 May 1934\nTopics: weather; roads\n"
    "Content-Type: text/plain; charset=iso-8859-2\nNote: a\n  b\n\nText.\n",
    "{\"id\":1,\"title\":\"caf\\u00e9 "
    "\\ud83d\\ude00\",\"date\":\"1934-05-03\","
    "\"author\":[{\"name\":\"x\"},\"y\"],\"x\":[[1.5e3]],\"body\":\"a\\nb\"}\n"
    "{\"id\":2,\"headline\":{\"main\":\"t\"},\"tags\":[\"p\",\"q\"],"
    "\"lang\":\"en-US\",\"n\":null}\n",
    "[\n  {\n    \"id\": 1,\n    \"title\": \"caf\\u00e9\\u0000\",\n"
    "    \"places\": [{\"name\": \"x\"}]\n  },\n  {\n    \"url\": "
    "\"http://c/1\",\n    \"body\": \"\\ud800\\ud83d\\ude00\"\n  }\n]\n",
    "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\">\n<DATE>"
    "26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>a</D><D>b</D></TOPICS>"
    "<TEXT>&#2;\n<TITLE>T &lt;X></TITLE>\n<BODY>b &amp; &#233;</BODY></TEXT>\n"
    "</REUTERS>\n<REUTERS NEWID=\"2\"><TEXT TYPE=\"UNPROC\">x</TEXT>"
    "</REUTERS>\n",
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a/b>\r\n"
    "WARC-Date: 2020-05-01T10:00:00Z\r\nContent-Length: 113\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    "Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n"
    "9\r\n\x0b\x02\x80hello\x03\r\n0\r\n\r\n\r\n\r\nWARC/0.18\nWARC-Type: "
    "conversion\nContent-Type: text/plain\nContent-Length: 9\n\na\nb\nc d "
    "e\n\nWARC/0.9 5 resource x y z\n\n",
    "filedesc://x.arc 127.0.0.1 20200501000000 text/plain 9\n1 0 Name\n\n"
    "http://a/b c 10.0.0.1 20200501100000 text/plain 5\na\n\nb\n\n"
    "http://a/b c 10.0.0.1 20200501100000 text/html 40\nHTTP/1.1 200 OK\n\n"
    "<html><title>a</title>b\n",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE nitf [<!ENTITY e "
    "'x'>]>\n<nitf><head><docdata><doc-id id-string='1'/><date.issue "
    "norm='20040506'/><key-list><keyword key='k'/></key-list></docdata>"
    "</head><body><body.head><hedline><hl1>T &amp; &eacute;</hl1></hedline>"
    "<byline>By <person>A</person></byline></body.head><body.content><p>b"
    "</p><table><tr><td>1</td></tr></table><![CDATA[<x>]]></body.content>"
    "</body></nitf>\n<?xml version='1.0'?><nitf/>",
    "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>"
    "<newsItem guid='g' version='2'><itemMeta><pubStatus qcode='stat:usable'/>"
    "<versionCreated>2004-05-06</versionCreated></itemMeta><contentMeta>"
    "<headline>T</headline><subject><name>s</name></subject></contentMeta>"
    "<contentSet><inlineXML><html><body><p>b</p></body></html></inlineXML>"
    "</contentSet></newsItem><packageItem guid='p'/></itemSet></newsMessage>",
    "<NewsML><NewsItem><Identification><NewsIdentifier><RevisionId>2"
    "</RevisionId><PublicIdentifier>urn:a:2N</PublicIdentifier>"
    "</NewsIdentifier></Identification><NewsComponent><NewsLines><HeadLine>T"
    "</HeadLine></NewsLines><ContentItem><DataContent><![CDATA[<nitf><body>"
    "<body.content><p>b</p></body.content></body></nitf>]]></DataContent>"
    "</ContentItem></NewsComponent></NewsItem></NewsML>",
    "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>C</title>"
    "<item><title>T &lt;b&gt;</title><link>http://a/1</link><dc:creator>A"
    "</dc:creator><category>c</category><pubDate>Thu, 06 May 2004 10:00:00 "
    "GMT</pubDate><content:encoded><![CDATA[<p>b<br>c]]></content:encoded>"
    "</item><item><guid>2</guid><description>x &amp;amp; y</description>"
    "</item></channel></rss>",
    "caf\xE9 d\xE9j\xE0 vu \xFC\xF6\xE4\xDF\n\nL'\xE9t\xE9 \xE0 la "
    "pl\xE0ge, o\xF9 tout \xE9tait ferm\xE9 \xE0 midi.\n",
    "{\"status\":\"ok\",\"response\":{\"docs\":[{\"_id\":\"1\",\"_source\":{"
    "\"headlines\":[{\"role\":\"main\",\"value\":\"H\"}],\"bodies\":[{"
    "\"value\":"
    "\"<p>a</p><p>b</p>\",\"contentType\":\"text/html\"},{\"value\":\"a\"}],"
    "\"pubStatus\":\"usable\",\"embargoed\":\"2020-01-02\"}},"
    "{\"type\":\"picture\",\"title\":\"p\",\"tags\":\"a, "
    "b\"}],\"meta\":{}}}\n",
    "id;title;\"text\";tags\r\n1;\"a \"\"b\"\"\";\"c;\r\n<b>d</b> "
    "&amp;\";e\r\n"
    "2;f;;\r\n3;g\r\n4;h;i;j\r\n",
};

enum { SAMPLES = sizeof samples / sizeof *samples, ROUNDS = 2000 };

static uint32_t seed;

static uint32_t
random_below(size_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(seed >> 8) * n >> 24);
}

/* Change `b` in one way or another. */
static void
mutate(struct buf *b)
{
    static const char signs[] =
        "\"\\{}[]<>&;:,\n\r \t\0\x1b\xFF\xC3\xA9\xEF/#";
    char piece[40];
    size_t at, len;

    if (b->len == 0)
        return;
    at = random_below(b->len);
    len = random_below(sizeof piece);
    if (len > b->len - at)
        len = b->len - at;
    switch (random_below(7)) {
    case 0: /* flip a bit */
        b->data[at] = (char)(b->data[at] ^ 1 << random_below(8));
        break;
    case 1:
    case 2: /* a sign that means something */
        b->data[at] = signs[random_below(sizeof signs - 1)];
        break;
    case 3: /* take out */
        memmove(b->data + at, b->data + at + len, b->len - at - len);
        buf_cut(b, b->len - len);
        break;
    case 4: /* say twice */
        memcpy(piece, b->data + at, len);
        if (buf_room(b, len)) {
            memmove(b->data + at + len, b->data + at, b->len - at);
            memcpy(b->data + at, piece, len);
            buf_cut(b, b->len + len);
        }
        break;
    case 5: /* cut short */
        if (random_below(8) == 0)
            buf_cut(b, at);
        break;
    default: /* go on with another sample */
        if (random_below(4) == 0) {
            const char *other = samples[random_below(SAMPLES)];

            buf_cut(b, at);
            buf_str(b, str_of(other + random_below(strlen(other))));
        }
    }
}

static void
fuzz(size_t sample, const char *format)
{
    struct buf b;

    buf_init(&b, 1 << 16);
    seen.quiet = true;
    for (int i = 0; i < ROUNDS; i++) {
        seed = (uint32_t)i * 7919 + (uint32_t)sample;
        buf_reset(&b);
        buf_str(&b, str_of(samples[sample]));
        for (uint32_t n = random_below(8) + 1; n > 0; n--)
            mutate(&b);
        read_bytes(buf_view(&b), format);
        if (seen.records + seen.skipped + seen.failed == 0 || seen.wrong > 0)
            test_that(0, __FILE__, __LINE__, "round %d of sample %zu", i,
                      sample);
    }
    seen.quiet = false;
    buf_free(&b);
}

static void
told_by_content(void)
{
    for (size_t i = 0; i < SAMPLES; i++)
        fuzz(i, NULL);
}

static void
told_by_name(void)
{
    fuzz(0, "text");
    fuzz(1, "heads");
    fuzz(2, "jsonl");
    fuzz(3, "jsonl");
    fuzz(4, "sgml");
    fuzz(6, "jsonl");
    fuzz(7, "csv");
}

/* Each beginning of each sample. */
static void
cut_everywhere(void)
{
    seen.quiet = true;
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t len = 0; len <= strlen(samples[i]); len++) {
            read_bytes(str_slice(samples[i], len), NULL);
            CHECK(seen.records + seen.skipped + seen.failed > 0);
        }
    seen.quiet = false;
}

int
main(void)
{
    begin_folder();
    RUN(told_by_content);
    RUN(told_by_name);
    RUN(cut_everywhere);
    return end_folder();
}
