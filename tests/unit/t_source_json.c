/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_json.c - tests of JSON sources
 */
#include "source_help.h"

static void
our_own_keys(void)
{
    CHECK_STR(READ("{\"id\":\"n/1\",\"date\":\"1987-03-02T06:41:42Z\","
                   "\"section\":\"Politics\",\"title\":\"Bridge stays\","
                   "\"body\":\"One.\\n\\nTwo.\\r\\n\",\"source\":\"Courier\","
                   "\"lang\":\"en\",\"url\":\"https://c.example/1\","
                   "\"author\":[\"A. Other\",\"B. Other\"],"
                   "\"topics\":[\"bridges\",\"roads\"],\"places\":[\"selm\"],"
                   "\"dateline\":\"SELM, March 2 -\","
                   "\"extra\":\"desk: north\\nwords: 12\"}\n"),
              "+ 1 n/1\n"
              "url: https://c.example/1\n"
              "title: Bridge stays\n"
              "section: Politics\n"
              "source: Courier\n"
              "author: A. Other\\nB. Other\n"
              "lang: en\n"
              "places: selm\n"
              "topics: bridges\\nroads\n"
              "dateline: SELM, March 2 -\n"
              "extra: desk: north\\nwords: 12\n"
              "date_source: date\n"
              "body: One.\\n\\nTwo.\\r\\n\n"
              "date: 1987-03-02T06:41:42Z\n");
}

/* Each of these names is understood, whatever its case, "-" or "_". */
static void
other_names_of_keys(void)
{
    static const struct {
        const char *key, *value, *want;
    } rows[] = {
        {"headline", "\"x\"", "title: x"},
        {"Title", "\"x\"", "title: x"},
        {"headline", "{\"main\":\"x\",\"kicker\":\"k\"}", "title: x"},
        {"headline.main", "\"x\"", "title: x"},
        {"name", "\"x\"", "title: x"},
        {"text", "\"x\"", "body: x"},
        {"content", "\"x\"", "body: x"},
        {"maintext", "\"x\"", "body: x"},
        {"article", "\"x\"", "body: x"},
        {"articleBody", "\"x\"", "body: x"},
        {"body_text", "\"x\"", "body: x"},
        {"full-text", "\"x\"", "body: x"},
        {"story", "\"x\"", "body: x"},
        {"published", "\"2004-05-06\"", "date: 2004-05-06"},
        {"published_at", "\"2004-05-06\"", "date: 2004-05-06"},
        {"publishedAt", "\"2004-05-06\"", "date: 2004-05-06"},
        {"pubDate", "\"Thu, 06 May 2004 10:00:00 GMT\"",
         "date: 2004-05-06T10:00:00Z"},
        {"date_publish", "\"2004-05-06\"", "date: 2004-05-06"},
        {"datePublished", "\"2004-05-06\"", "date: 2004-05-06"},
        {"publication_date", "\"2004-05-06\"", "date: 2004-05-06"},
        {"webPublicationDate", "\"2004-05-06\"", "date: 2004-05-06"},
        {"created", "1083837600", "date: 2004-05-06T10:00:00Z"},
        {"timestamp", "1083837600123", "date: 2004-05-06T10:00:00Z"},
        {"category", "\"x\"", "section: x"},
        {"sectionName", "\"x\"", "section: x"},
        {"news_desk", "\"x\"", "section: x"},
        {"publisher", "{\"@type\":\"Organization\",\"name\":\"x\"}",
         "source: x"},
        {"source", "{\"id\":null,\"name\":\"x\"}", "source: x"},
        {"source_domain", "\"x\"", "source: x"},
        {"newspaper", "\"x\"", "source: x"},
        {"authors", "[\"x\",\"y\"]", "author: x\\ny"},
        {"author", "[{\"name\":\"x\"},{\"name\":\"y\"}]", "author: x\\ny"},
        {"byline", "\"x\"", "author: x"},
        {"creator", "\"x\"", "author: x"},
        {"language", "\"en-US\"", "lang: en"},
        {"inLanguage", "\"English\"", "lang: en"},
        {"lang", "\"DEU\"", "lang: de"},
        {"locale", "\"pt_BR\"", "lang: pt"},
        {"lang", "\"pcm\"", "lang: pcm"},
        {"link", "\"http://x/y\"", "url: http://x/y"},
        {"web_url", "\"http://x/y\"", "url: http://x/y"},
        {"canonical-url", "\"http://x/y\"", "url: http://x/y"},
        {"tags", "[\"x\",\"y\"]", "topics: x\\ny"},
        {"keywords", "\"x\"", "topics: x"},
        {"categories", "[\"x\"]", "topics: x"},
        {"location", "\"x\"", "places: x"},
        {"places", "[{\"name\":\"x\",\"code\":\"c\"}]", "places: x"},
        {"rights", "\"x\"", "extra: rights: x"},
        {"wordCount", "12", "extra: wordCount: 12"},
        {"premium", "true", "extra: premium: true"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[300], want[100];
        const char *got;
        bool title = strncmp(rows[i].want, "title", 5) == 0;

        snprintf(json, sizeof json, "{\"%s\":\"T\",\"%s\":%s}",
                 title ? "body" : "title", rows[i].key, rows[i].value);
        snprintf(want, sizeof want, "\n%s\n", rows[i].want);
        got = read_bytes(str_of(json), NULL);
        test_that(strstr(got, want) != NULL && seen.records == 1, __FILE__,
                  __LINE__, "%s gives %s", json, got);
    }
    CHECK_STR(READ("{\"_id\":{\"$oid\":\"5f\"},\"title\":\"t\"}"),
              "+ 1 5f\ntitle: t\n");
    CHECK_STR(READ("{\"uuid\":12345678901234567890,\"title\":\"t\"}"),
              "+ 1 12345678901234567890\ntitle: t\n");
    CHECK_STR(READ("{\"doc-id\":1.50,\"title\":\"t\"}"),
              "+ 1 1.50\ntitle: t\n");
}

static void
best_key_wins(void)
{
    CHECK_STR(READ("{\"id\":1,\"content\":\"C\",\"body\":\"B\","
                   "\"text\":\"B\",\"title\":\"T\",\"headline\":\"H\"}"),
              "+ 1 1\ntitle: H\nextra: content: C\\ntitle: T\nbody: B\n");
    CHECK_STR(READ("{\"id\":1,\"body\":\" \",\"content\":\"C\"}"),
              "+ 1 1\nbody: C\n");
    CHECK_STR(READ("{\"id\":1,\"body\":null,\"text\":\"C\"}"),
              "+ 1 1\nbody: C\n");
    /* A key that comes twice. */
    CHECK_STR(READ("{\"id\":1,\"title\":\"a\",\"title\":\"b\"}"),
              "+ 1 1\ntitle: a\nextra: title: b\n");
}

static void
dates_that_are_none(void)
{
    CHECK_STR(READ("{\"id\":1,\"title\":\"t\",\"date\":\"last Tuesday\"}"),
              "+ 1 1\ntitle: t\nextra: date: last Tuesday\n");
    CHECK_STR(READ("{\"id\":1,\"title\":\"t\",\"date\":null}"),
              "+ 1 1\ntitle: t\n");
}

static void
ids_from_elsewhere(void)
{
    CHECK_STR(READ("{\"title\":\"t\",\"url\":\"http://c/1\"}\n"
                   "\n"
                   "{\"title\":\"u\"}\n"),
              "+ 1 http://c/1\nurl: http://c/1\ntitle: t\n"
              "+ 2 DIR/f#2\ntitle: u\n");
    CHECK_STR(READ("{\"id\":\" a\\tb \",\"title\":\" x\\n y \"}"),
              "+ 1 a b\ntitle: x  y\n");
}

static void
escapes(void)
{
    CHECK_STR(READ("{\"id\":1,\"body\":\"\\u00e9\\ud83d\\ude00\\/\\\\u0041"
                   "\\\"\\b\"}"),
              "+ 1 1\nbody: \xC3\xA9\xF0\x9F\x98\x80/\\u0041\"\\x08\n");
    /* What stands for no character. */
    CHECK_STR(READ("{\"id\":1,\"body\":\"a\\u0000b\\ud800c\\udc00d\\ud800"
                   "\\u0041\"}"),
              "+ 1 1 repaired\nbody: a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD"
              "c\xEF\xBF\xBD"
              "d\xEF\xBF\xBD"
              "A\n");
    CHECK_STR(READ("{\"id\":1,\"body\":\"x\\ud83d\"}"),
              "+ 1 1 repaired\nbody: x\xEF\xBF\xBD\n");
    CHECK_STR(READ("{\"id\":1,\"body\":\"\xEF\xBF\xBD\"}"),
              "+ 1 1\nbody: \xEF\xBF\xBD\n");
    CHECK_STR(READ("{\"id\":1,\"body\":\"x\"}\r\n{\"id\":2,\"body\":\"y\"}"),
              "+ 1 1\nbody: x\n+ 2 2\nbody: y\n");
    CHECK_STR(READ("\xEF\xBB\xBF{\"id\":1,\"body\":\"x\"}"),
              "+ 1 1\nbody: x\n");
}

static void
charsets_by_line(void)
{
    CHECK_STR(READ("{\"id\":1,\"body\":\"le caf\xE9 est ferm\xE9\"}\n"
                   "{\"id\":2,\"body\":\"caf\xC3\xA9\"}\n"),
              "+ 1 1 converted\nbody: le caf\xC3\xA9 est ferm\xC3\xA9\n"
              "+ 2 2\nbody: caf\xC3\xA9\n");
    /* UTF-8 but for a byte. */
    CHECK_STR(READ("{\"id\":1,\"body\":\"\xC3\xA9\xC3\xA8\xC3\xA0\xC3\xB4"
                   "\xC3\xAB\xFF\"}\n"),
              "+ 1 1 repaired\nbody: \xC3\xA9\xC3\xA8\xC3\xA0\xC3\xB4\xC3\xAB"
              "\xEF\xBF\xBD\n");
    /* UTF-16. */
    CHECK_STR(READ("\xFF\xFE{\0\"\0i\0d\0\"\0:\0001\0,\0\"\0t\0i\0t\0l\0"
                   "e\0\"\0:\0\"\0\x42\x01\x3D\xD8\x00\xDE\"\0}\0"),
              "+ 1 1 converted\ntitle: \xC5\x82\xF0\x9F\x98\x80\n");
}

static void
broken_lines(void)
{
    static const char good[] = "{\"id\":1,\"title\":\"t\"}\n";
    static const char *const bad[] = {
        "{\"id\":2,\"title\":\"cut",
        "{\"id\":2,\"title\":\"cut\\",
        "{\"id\":2,\"title\":\"cut\\u12",
        "{\"id\":2,\"title\":",
        "{\"id\":2",
        "{",
        "[{\"id\":2,\"title\":\"t\"}]",
        "\"title\"",
        "12",
        "tru",
        "null",
        "garbage",
        "{\"id\":2,\"title\":\"a\tb\"}",
        "{\"id\":2,\"title\":\"\\x\"}",
        "{\"id\":2,\"title\":\"t\",}",
        "{\"id\":NaN}",
        "{'id':2}",
        "}",
        "\"",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char json[300];
        const char *got;

        snprintf(json, sizeof json, "%s%s\n{\"id\":3,\"title\":\"u\"}\n", good,
                 bad[i]);
        got = read_bytes(str_of(json), NULL);
        test_that(strstr(got, "+ 1 1\ntitle: t\nfailed 2 []: line 2: ") ==
                          got &&
                      strstr(got, "\n+ 3 3\ntitle: u\n"),
                  __FILE__, __LINE__, "%s gives %s", bad[i], got);
        CHECK_INT(seen.records, 2);
        CHECK_INT(seen.failed, 1);
    }
    /* The first one. */
    CHECK_STR(READ("{\"id\":1,\"tit\n{\"id\":2,\"title\":\"t\"}\n"),
              "failed 1 []: line 1: the object is cut short\n"
              "+ 2 2\ntitle: t\n");
    /* Behind a good one. */
    READ("{\"id\":1,\"title\":\"t\"} x\n{\"id\":2,\"title\":\"u\"}\n");
    CHECK_INT(seen.records, 2);
    CHECK_INT(seen.failed, 1);
    READ("{\"id\":1,\"title\":\"t\"}{\"id\":2,\"title\":\"u\"}\n");
    CHECK_INT(seen.records, 2);
    CHECK_STR(READ("{\"id\":1,\"pages\":3}\n"), "skipped 1 [1]: no text\n");
}

static void
deep_nesting(void)
{
    struct buf b;

    for (int depth = 50; depth <= 100000; depth *= 2000) {
        buf_init(&b, 1 << 20);
        buf_str(&b, STR("{\"id\":1,\"title\":\"t\",\"x\":"));
        for (int i = 0; i < depth; i++)
            buf_char(&b, '[');
        for (int i = 0; i < depth; i++)
            buf_char(&b, ']');
        buf_str(&b, STR("}\n{\"id\":2,\"title\":\"u\"}\n"));
        read_bytes(buf_view(&b), NULL);
        CHECK_INT(seen.records, depth == 50 ? 2 : 1);
        CHECK_INT(seen.failed, depth == 50 ? 0 : 1);
        buf_free(&b);
    }
    CHECK_STR(READ("{\"id\":1,\"title\":[[\"no\"],\"t\",{\"name\":[\"no\"]}],"
                   "\"author\":[{\"name\":{\"name\":\"no\"},\"text\":\"x\"}],"
                   "\"body\":[\"one\",\"two\"]}"),
              "+ 1 1\ntitle: t\nauthor: x\nbody: one\\ntwo\n");
}

static void
streams(void)
{
    static const char want[] = "+ 1 1\ntitle: t\nbody: b {\n+ 2 2\ntitle: u\n";

    CHECK_STR(READ("{\n  \"id\": 1,\n  \"title\": \"t\",\n"
                   "  \"body\": \"b {\"\n}\n{\n  \"id\": 2,\n"
                   "  \"title\": \"u\"\n}\n"),
              want);
    CHECK_STR(READ("[{\"id\":1,\"title\":\"t\",\"body\":\"b {\"},"
                   "{\"id\":2,\"title\":\"u\"}]"),
              want);
    CHECK_STR(READ("[\n  {\n    \"id\": 1,\n    \"title\": \"t\",\n"
                   "    \"author\": [\n      {\"given\": \"x\"}\n    ],\n"
                   "    \"body\": \"b {\"\n  },\n"
                   "  {\n    \"id\": 2,\n    \"title\": \"u\"\n  }\n]\n"),
              want);
    CHECK_STR(READ("{\n  \"id\": 1, \"title\": \"t\",\n  \"author\": [\n"
                   "    {\"given\": \"x\"}\n  ], \"body\": \"b {\"\n}\n"
                   "{ \"id\": 2,\n  \"title\": \"u\"}\n"),
              want);
    CHECK_STR(READ("[]"), "skipped 0 []: no article in it\n");
    CHECK_STR(READ("[\n{\"id\":1,\"title\":\"t\"},\n12]"),
              "+ 1 1\ntitle: t\nfailed 2 []: line 3: not an object\n");
    CHECK_STR(READ("[\n{\"id\":1,\"title\":\"t\"},\n{\"id\":2,\n\"ti"),
              "+ 1 1\ntitle: t\n"
              "failed 2 []: line 4: the JSON text is cut short\n");
    CHECK_STR(READ("[\n{\"id\":1,\"title\":\"t\"}\n,\n{\"id\":2 \"x\":3}]"),
              "+ 1 1\ntitle: t\n"
              "failed 2 []: line 4: parse error: after key and value, inside "
              "map, I expect ',' or '}'\n");
    CHECK_STR(READ("[{\"id\":1,\"title\":\"caf\xE9 au lait\",\n"
                   "\"body\":\"d\xE9j\xE0 vu\"}]"),
              "+ 1 1 converted\ntitle: caf\xC3\xA9 au lait\n"
              "body: d\xC3\xA9j\xC3\xA0 vu\n");
    CHECK_STR(READ("[{\"id\":1,\"title\":\"a\"},{\"id\":2,\n\"title\":"
                   "\"\\ud800b\"},{\"id\":3,\"title\":\"c\"}]"),
              "+ 1 1\ntitle: a\n+ 2 2 repaired\ntitle: \xEF\xBF\xBD"
              "b\n+ 3 3\ntitle: c\n");
}

/* A stream in chunks: escapes and strings that go over their ends. */
static void
long_streams(void)
{
    struct buf b;
    const int n = 30000;

    buf_init(&b, 1 << 25);
    buf_str(&b, STR("["));
    for (int i = 0; i < n; i++)
        buf_printf(&b,
                   "%s{\"id\":%d,\"title\":\"\\ud83d\\ude00\\u00e9\\n\\\\\","
                   "\n\"body\":\"%.*s\"}",
                   i > 0 ? ",\n" : "", i, i % 61,
                   "0123456789012345678901234567890123456789012345678901234"
                   "56789");
    buf_str(&b, STR("]\n"));
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    seen.quiet = false;
    CHECK_INT(seen.records, n);
    CHECK_INT(seen.failed + seen.skipped + seen.repaired, 0);
    buf_free(&b);
}

static void
one_long_string(void)
{
    const size_t len = (size_t)24 << 20;
    struct buf b;
    char *at;

    buf_init(&b, (size_t)1 << 26);
    buf_str(&b, STR("[\n{\"id\":1,\"body\":\""));
    at = buf_room(&b, len);
    if (at)
        for (size_t i = 0; i < len; i++)
            at[i] = "\\u00e9\\n"[i % 8];
    buf_cut(&b, b.len + len);
    buf_str(&b, STR("\"}\n]\n"));
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, 1);
    CHECK_INT(seen.failed, 0);
    b.data[0] = ' ';
    b.data[b.len - 2] = ' ';
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, 1);
    CHECK_INT(seen.failed, 0);
    seen.quiet = false;
    buf_free(&b);
}

static void
many_keys(void)
{
    struct buf b;

    buf_init(&b, 1 << 25);
    buf_str(&b, STR("{\"id\":1,\"title\":\"t\""));
    for (int i = 0; i < 100000; i++)
        buf_printf(&b, ",\"key%d\":\"value %d\",\"tags\":\"tag%d\"", i, i, i);
    buf_str(&b, STR("}\n"));
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    seen.quiet = false;
    CHECK_INT(seen.records, 1);
    CHECK_INT(seen.failed, 0);
    buf_free(&b);
}

static void
a_format_that_does_not_fit(void)
{
    read_bytes(STR("Politics\n\nA headline\n\nText.\n"), "jsonl");
    CHECK_INT(seen.records, 0);
    CHECK_INT(seen.failed, 1);
    read_bytes(STR("{\"id\":1,\"title\":\"t\"}\n"), "jsonl");
    CHECK_INT(seen.records, 1);
    read_bytes(STR("{\"id\":1,\"title\":\"t\"}\n"), "text");
    CHECK_INT(seen.records, 1);
}

int
main(void)
{
    begin_folder();
    RUN(our_own_keys);
    RUN(other_names_of_keys);
    RUN(best_key_wins);
    RUN(dates_that_are_none);
    RUN(ids_from_elsewhere);
    RUN(escapes);
    RUN(charsets_by_line);
    RUN(broken_lines);
    RUN(deep_nesting);
    RUN(streams);
    RUN(long_streams);
    RUN(one_long_string);
    RUN(many_keys);
    RUN(a_format_that_does_not_fit);
    return end_folder();
}
