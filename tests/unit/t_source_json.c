/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_json.c - JSON lines and JSON as a stream
 */
#include "source_help.h"

static void
own_keys(void)
{
    READS(NULL,
          "{\"id\": \"a1\", \"date\": \"1918-11-11\", \"section\": \"War\", "
          "\"title\": \"The guns are silent\", \"body\": \"At eleven.\\n\\nIt "
          "rained.\", \"source\": \"Courier\", \"lang\": \"en\", \"url\": "
          "\"http://c.example/1\", \"author\": [\"A. B.\", \"C. D.\"], "
          "\"topics\": [\"war\", \"peace\"], \"places\": [\"Lurne\"], "
          "\"dateline\": \"LURNE, Nov 11 -\", \"extra\": [\"people: x\"]}\n",
          "+ id=a1 url=http://c.example/1 title=The guns are silent "
          "section=War source=Courier author=A. B.\\nC. D. lang=en "
          "places=Lurne topics=war\\npeace dateline=LURNE, Nov 11 - "
          "extra=people: x body=At eleven.\\n\\nIt rained. "
          "date=1918-11-11\n");
}

static void
other_names(void)
{
    READS(NULL,
          "{\"_id\": 17, \"headline\": {\"main\": \"H\", \"kicker\": \"K\"}, "
          "\"maintext\": \"T\", \"publishedAt\": \"2004-05-06T07:08:09Z\", "
          "\"sectionName\": \"S\", \"publisher\": {\"name\": \"P\", \"id\": "
          "4}, \"byline\": {\"original\": \"By X\", \"person\": [{\"name\": "
          "\"no\"}]}, \"language\": \"en-US\", \"Web-URL\": \"u\", "
          "\"keywords\": [{\"name\": \"k1\", \"value\": \"v\"}, {\"value\": "
          "\"k2\"}, \"k3\"], \"location\": \"L\"}",
          "+ id=17 url=u title=H section=S source=P author=By X lang=en "
          "places=L topics=k1\\nk2\\nk3 body=T date=2004-05-06T07:08:09Z\n");
    READS(NULL, "{\"doc_id\":\"x\",\"name\":\"N\",\"text\":[\"p1\",\"p2\"]}",
          "+ id=x title=N body=p1\\np2\n");
}

static void
best_alias_wins(void)
{
    READS(NULL, "{\"id\":1,\"name\":\"n\",\"title\":\"t\",\"text\":\"x\"}\n",
          "+ id=1 title=t extra=name: n body=x\n");
    READS(NULL, "{\"id\":1,\"title\":\"t\",\"name\":\"n\",\"text\":\"x\"}\n",
          "+ id=1 title=t extra=name: n body=x\n");
    READS(NULL, "{\"id\":1,\"title\":\"\",\"name\":\"n\"}\n",
          "+ id=1 title=n\n");
    READS(NULL, "{\"id\":1,\"title\":null,\"headline\":\"h\"}\n",
          "+ id=1 title=h\n");
    READS(NULL, "{\"id\":1,\"title\":\"same\",\"name\":\"same\"}\n",
          "+ id=1 title=same\n");
    READS(NULL, "{\"id\":1,\"title\":\"a\",\"title\":\"b\"}\n",
          "+ id=1 title=a\n");
}

static void
values(void)
{
    READS(NULL, "{\"id\":12345678901234567890,\"title\":1.50e3}\n",
          "+ id=12345678901234567890 title=1.50e3\n");
    READS(NULL, "{\"id\":1,\"title\":\"t\",\"paid\":true,\"n\":0.10}\n",
          "+ id=1 title=t extra=paid: true\\nn: 0.10\n");
    READS(NULL,
          "{\"id\":1,\"title\":\"t\",\"a\":{\"b\":{\"c\":\"no\"},\"name\":"
          "\"yes\"}, \"d\":[[[\"no\"]]]}\n",
          "+ id=1 title=t extra=a: yes\n");
    READS(NULL, "{\"id\":\" a\\tb\\u0001 \",\"title\":\"x\\ny\"}\n",
          "+ id=a b title=x y\n");
    READS(NULL, "{\"id\":1,\"title\":\"t\",\"body\":\"  \\n b \\n\"}\n",
          "+ id=1 title=t body=  \\n b \\n\n");
    READS(NULL, "{\"id\":1,\"title\":\"\xC2\xA0t\xC2\xA0\"}\n",
          "+ id=1 title=t\n");
}

static void
dates(void)
{
    READS(NULL, "{\"id\":1,\"title\":\"t\",\"date\":\"some day\"}\n",
          "+ id=1 title=t extra=date: some day\n");
    READS(NULL, "{\"id\":1,\"title\":\"t\",\"timestamp\":1089936000}\n",
          "+ id=1 title=t date=2004-07-16T00:00:00Z\n");
    READS(NULL,
          "{\"id\":1,\"title\":\"t\",\"created\":\"2001-01-01\","
          "\"date\":\"2000-01-01\"}\n",
          "+ id=1 title=t extra=created: 2001-01-01 date=2000-01-01\n");
}

static void
languages(void)
{
    static const char *const rows[][2] = {
        {"en", "en"},     {"EN", "en"},      {"en-US", "en"},  {"en_GB", "en"},
        {"eng", "en"},    {"English", "en"}, {"german", "de"}, {"ger", "de"},
        {"deu", "de"},    {"zh-Hant", "zh"}, {"pcm", "pcm"},   {"swa", "sw"},
        {"French", "fr"}, {"fr-CA.x", "fr"}, {"pt-BR", "pt"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char in[100], want[100];
        int n = snprintf(in, sizeof in,
                         "{\"id\":1,\"title\":\"t\",\"lang\":\"%s\"}\n",
                         rows[i][0]);

        snprintf(want, sizeof want, "+ id=1 title=t lang=%s\n", rows[i][1]);
        check_read(__FILE__, __LINE__, NULL, in, (size_t)n, want);
    }
    READS(NULL, "{\"id\":1,\"title\":\"t\",\"lang\":\"Klingon\"}\n",
          "+ id=1 title=t extra=lang: Klingon\n");
}

static void
ids(void)
{
    struct heard h;

    READS(NULL, "{\"url\":\"http://x/1\",\"title\":\"t\"}\n",
          "+ id=http://x/1 url=http://x/1 title=t\n");
    READS(NULL, "{\"id\":\" \",\"title\":\"t\"}\n{\"title\":\"u\"}\n",
          "+ id=FILE#1 title=t\n+ id=FILE#2 title=u\n");
    /* The position counts what failed too. */
    READS(NULL, "{\"title\":\"t\"}\n{]\n{\"title\":\"u\"}\n",
          "+ id=FILE#1 title=t\n! 2: line 2: parse error: invalid object key "
          "(must be a string)\n+ id=FILE#3 title=u\n");
    heard_init(&h);
    CHECK_INT(
        source_article(
            &(struct morgue_article){.size = sizeof(struct morgue_article),
                                     .title = {"t", 1}},
            &(struct sink){heard_record, heard_problem, &h}, NULL),
        MORGUE_OK);
    CHECK(strncmp(buf_view(&h.text).s, "+ id=content-", 13) == 0);
    CHECK(h.text.len > 45 &&
          strspn(h.text.data + 13, "0123456789abcdef") == 32);
    buf_free(&h.text);
}

static void
broken_lines(void)
{
    READS(NULL,
          "{\"id\":1,\"title\":\"a\"}\nnonsense\n{\"id\":2,\"title\":\"b\"}\n",
          "+ id=1 title=a\n! 2: line 2: lexical error: invalid string in json "
          "text.\n+ id=2 title=b\n");
    READS(NULL, "{\"id\":1,\"title\":\"a\"}\n5\n[1]\n\"s\"\nnull\n",
          "+ id=1 title=a\n! 2: line 2: not an object\n! 3: line 3: not an "
          "object\n! 4: line 4: not an object\n! 5: line 5: not an object\n");
    READS(NULL,
          "{\"id\":1,\"title\":\"cut in the mid\n{\"id\":2,\"title\":\"b\"}\n",
          "! 1: line 1: the object does not end\n+ id=2 title=b\n");
    READS(NULL, "{\"id\":1,\"title\":\n{\"id\":2,\"title\":\"b\"}\n",
          "! 1: line 1: the object does not end\n+ id=2 title=b\n");
    READS(NULL,
          "{\"id\":1,\"title\":\"a\"} and more\n{\"id\":2,\"title\":\"b\"}\n",
          "+ id=1 title=a\n! 2: line 1: lexical error: invalid char in json "
          "text.\n+ id=2 title=b\n");
    READS(NULL, "{\"id\":1,\"title\":\"a\"}{\"id\":2,\"title\":\"b\"}\n",
          "+ id=1 title=a\n+ id=2 title=b\n");
    READS(NULL, "{\"id\":1}\n{\"id\":2,\"body\":\" \\n\"}\n{}\n",
          "- 1: no text\n- 2: no text\n- 3: no text\n");
    READS(NULL,
          "\xEF\xBB\xBF{\"id\":1,\"title\":\"a\"}\r\n\r\n "
          "\n{\"id\":2,\"title\":\"b\"}",
          "+ id=1 title=a\n+ id=2 title=b\n");
}

static void
streams(void)
{
    READS(NULL, "{\n  \"id\": 1,\n  \"title\": \"a\"\n}\n",
          "+ id=1 title=a\n");
    READS(NULL,
          "{\n \"id\": 1, \"title\": \"a\"\n}\n{\n \"id\": 2,\n \"title\": "
          "\"b\"}",
          "+ id=1 title=a\n+ id=2 title=b\n");
    READS(NULL, "[{\"id\":1,\"title\":\"a\"},\n\n{\"id\":2,\"title\":\"b\"}]",
          "+ id=1 title=a\n+ id=2 title=b\n");
    READS(NULL,
          "[{\"id\":1,\"title\":\"a\"}, 5, [{\"id\":9}], null, "
          "{\"id\":2,\"title\":\"b\"}]",
          "+ id=1 title=a\n! 2: not an object\n! 3: not an object\n! 4: not "
          "an object\n+ id=2 title=b\n");
    READS(NULL, "[{\"id\":1,\"title\":\"a\"}, {\"id\":2,\"tit",
          "+ id=1 title=a\n! 0: behind article 1: the text is cut short\n");
    READS(NULL, "[{\"id\":1,\"title\":\"a\"}, oops]",
          "+ id=1 title=a\n! 0: behind article 1: lexical error: invalid char "
          "in json text.\n");
    READS(NULL,
          "[{\"id\":1,\"title\":\"caf\xE9\"},{\"id\":2,\"title\":\"b\"}]",
          "+~ id=1 title=caf\xC3\xA9\n+ id=2 title=b\n");
    READS(NULL, "[]", "");
}

static void
nesting(void)
{
    struct buf b;

    buf_init(&b, 1 << 20);
    for (int deep = 60; deep <= 70; deep += 10) {
        buf_reset(&b);
        buf_str(&b, STR("{\"id\":1,\"title\":\"t\",\"x\":"));
        for (int i = 0; i < deep; i++)
            buf_char(&b, '[');
        for (int i = 0; i < deep; i++)
            buf_char(&b, ']');
        buf_str(&b, STR("}\n{\"id\":2,\"title\":\"u\"}\n"));
        check_read(__FILE__, __LINE__, NULL, b.data, b.len,
                   deep < 64 ? "+ id=1 title=t\n+ id=2 title=u\n"
                             : "! 1: line 1: nested too deep\n+ id=2 "
                               "title=u\n");
    }
    buf_reset(&b);
    for (int i = 0; i < 1 << 19; i++)
        buf_char(&b, '[');
    check_read(__FILE__, __LINE__, NULL, b.data, b.len,
               "! 1: not an object\n! 0: behind article 1: nested too "
               "deep\n");
    buf_free(&b);
}

static void
escapes(void)
{
    READS(NULL, "{\"id\":1,\"title\":\"\\u00e9\\uD83D\\uDE00\\/\\\"\"}\n",
          "+ id=1 title=\xC3\xA9\xF0\x9F\x98\x80/\"\n");
    READS(NULL, "{\"id\":1,\"title\":\"a\\u0000b\"}\n",
          "+? id=1 title=a\xEF\xBF\xBD"
          "b\n");
    READS(NULL, "{\"id\":1,\"title\":\"a\\ud83dX\\ude00\"}\n",
          "+? id=1 title=a\xEF\xBF\xBDX\xEF\xBF\xBD\n");
    READS(NULL, "{\"id\":1,\"title\":\"a\\ud83d\\n\\ud83d\\u0041\"}\n",
          "+? id=1 title=a\xEF\xBF\xBD \xEF\xBF\xBD"
          "A\n");
    READS(NULL, "{\"id\":1,\"title\":\"a\\\\ud83dX\\ud83d\"}\n",
          "+? id=1 title=a\\ud83dX\xEF\xBF\xBD\n");
    READS(NULL, "{\"id\":1,\"title\":\"\\ud83\"}\n",
          "! 1: line 1: lexical error: invalid (non-hex) character occurs "
          "after '\\u' inside string.\n");
}

/* The halves of a pair fall on both sides of a piece of the stream. */
static void
escapes_over_pieces(void)
{
    struct buf b, want;

    buf_init(&b, 1 << 24);
    buf_init(&want, 1 << 24);
    buf_str(&b, STR("[{\"id\":1,\"body\":\""));
    buf_str(&want, STR("+? id=1 body="));
    for (int i = 0; i < 100000; i++) {
        buf_str(&b, i % 7   ? STR("\\ud83d\\ude00")
                    : i % 2 ? STR("\\ud83dx")
                            : STR("\\\\u"));
        buf_str(&want, i % 7   ? STR("\xF0\x9F\x98\x80")
                       : i % 2 ? STR("\xEF\xBF\xBDx")
                               : STR("\\u"));
    }
    buf_str(&b, STR("\"}\n]"));
    buf_char(&want, '\n');
    check_read(__FILE__, __LINE__, NULL, b.data, b.len, want.data);
    buf_free(&b);
    buf_free(&want);
}

static void
charsets(void)
{
    READS(NULL,
          "{\"id\":1,\"title\":\"Caf\xE9\"}\n{\"id\":2,\"title\":"
          "\"Caf\xC3\xA9\"}\n",
          "+~ id=1 title=Caf\xC3\xA9\n+ id=2 title=Caf\xC3\xA9\n");
    READS(NULL,
          "{\"id\":1,\"title\":\"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 "
          "\xFF\"}\n",
          "+? id=1 title=\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 "
          "\xEF\xBF\xBD\n");
    READS(NULL,
          "\xFF\xFE{\0\"\0i\0d\0\"\0:\0001\0,\0\"\0t\0i\0t\0l\0e\0\"\0:"
          "\0\"\0\xE9\0\x3D\xD8\0\xDE\"\0}\0",
          "+~ id=1 title=\xC3\xA9\xF0\x9F\x98\x80\n");
}

/* Many small values of one key, and many keys, must not take the square of
 * their number. */
static void
many_values(void)
{
    struct buf b;
    struct heard h;

    buf_init(&b, 1 << 26);
    buf_str(&b, STR("{\"id\":1,\"title\":\"t\",\"topics\":[\"a\""));
    for (int i = 0; i < 300000; i++)
        buf_str(&b, STR(",\"a\""));
    buf_str(&b, STR("]"));
    for (int i = 0; i < 100000; i++)
        buf_printf(&b, ",\"k%d\":%d", i, i);
    buf_str(&b, STR("}\n"));
    scratch_write(b.data, b.len);
    CHECK_INT(heard_file(&h, NULL), MORGUE_OK);
    CHECK_INT(h.records, 1);
    buf_free(&h.text);
    buf_free(&b);
}

static void
a_line_that_is_too_long(void)
{
    static char piece[1 << 20];
    static const char begin[] =
        "{\"id\":1,\"title\":\"a\"}\n{\"id\":2,\"title\":\"";
    struct heard h;
    FILE *f;

    memset(piece, 'x', sizeof piece);
    scratch_write(begin, sizeof begin - 1);
    f = fopen(scratch_path, "ab");
    CHECK(f != NULL);
    for (int i = 0; f && i < RECORD_MAX / (int)sizeof piece + 1; i++)
        fwrite(piece, 1, sizeof piece, f);
    if (f) {
        fputs("\"}\n{\"id\":3,\"title\":\"c\"}\n", f);
        fclose(f);
    }
    CHECK_INT(heard_file(&h, NULL), MORGUE_OK);
    CHECK_STR(buf_view(&h.text).s,
              "+ id=1 title=a\n! 2: line 2: an object of more than 256 MB\n+ "
              "id=3 title=c\n");
    buf_free(&h.text);
}

static void
what_the_sink_says_is_passed_up(void)
{
    struct heard h;
    struct sink sink;
    struct morgue_error err;

    for (int stream = 0; stream < 2; stream++) {
        const char *text =
            stream ? "[{\"id\":1,\"title\":\"a\"},{\"title\":\"b\"}]"
                   : "{\"id\":1,\"title\":\"a\"}\n{\"title\":\"b\"}\n";

        scratch_write(text, strlen(text));
        heard_init(&h);
        h.room = 1;
        sink = heard_sink(&h);
        CHECK_INT(source_read(scratch_path, NULL, &sink, &err), MORGUE_BUSY);
        CHECK_STR(err.message, "refused");
        CHECK_INT(h.records, 1);
        buf_free(&h.text);
    }
}

int
main(void)
{
    RUN(own_keys);
    RUN(other_names);
    RUN(best_alias_wins);
    RUN(values);
    RUN(dates);
    RUN(languages);
    RUN(ids);
    RUN(broken_lines);
    RUN(streams);
    RUN(nesting);
    RUN(escapes);
    RUN(escapes_over_pieces);
    RUN(charsets);
    RUN(many_values);
    RUN(a_line_that_is_too_long);
    RUN(what_the_sink_says_is_passed_up);
    scratch_remove();
    return test_end();
}
