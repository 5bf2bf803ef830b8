/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_files.c - paths, lines, UTF-8 by rows, and hashes
 */
#include <stdlib.h>

#include "../../common/article/record.h"
#include "../../common/base/file.h"
#include "../../common/base/utf8.h"
#include "../test.h"

static void
lines(void)
{
    struct morgue_str rest = STR("a\r\nb\n\rc"), line;
    static const char *const want[] = {"a", "b", "", "c"};

    for (size_t i = 0; i < 4; i++) {
        CHECK(str_line(&rest, &line));
        CHECK_BYTES(line.s, line.len, want[i]);
    }
    CHECK(!str_line(&rest, &line));
}

static const struct {
    const char *bytes, *repaired;
} utf8_rows[] = {
    {"plain", "plain"},
    {"\xC3\xA9", "\xC3\xA9"},
    {"a\xFF"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"\xC3", "\xEF\xBF\xBD"},
    {"\xE2\x82", "\xEF\xBF\xBD"}, /* a maximal part is one */
    {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
    {"12345678\x80", "12345678\xEF\xBF\xBD"},
};

static void
utf8_is_repaired(void)
{
    for (size_t i = 0; i < sizeof utf8_rows / sizeof *utf8_rows; i++) {
        struct morgue_str s = str_of(utf8_rows[i].bytes);
        struct buf b;

        buf_init(&b, 1000);
        utf8_repair(&b, s);
        CHECK_BYTES(b.data, b.len, utf8_rows[i].repaired);
        CHECK(utf8_valid(buf_view(&b)));
        CHECK_INT(utf8_valid(s), strcmp(b.data, utf8_rows[i].bytes) == 0);
        buf_free(&b);
    }
    CHECK(!utf8_valid(str_slice("a\0b", 3)));
    for (uint32_t cp = 0; cp < 0x110000; cp += cp < 0x3000 ? 1 : 97) {
        char s[4];
        uint32_t back;
        bool valid = true;
        size_t n;

        if (cp >= 0xD800 && cp < 0xE000)
            continue;
        n = utf8_encode(cp, s);
        CHECK_INT(utf8_decode(s, s + n, &back, &valid), n);
        CHECK(valid && back == cp);
    }
}

static void
paths(void)
{
    char *p = path_join("a/", "b"), *q = path_absolute("/x//./y/"),
         *r = path_absolute("z");

    CHECK_STR(p, "a/b");
    CHECK_STR(q, "/x/y");
    CHECK(r && r[0] == '/' && strcmp(r + strlen(r) - 2, "/z") == 0);
    free(p);
    free(q);
    free(r);
}

/* ---- records ------------------------------------------------------------ */

static struct morgue_article
sample(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.id = STR("id-1");
    a.title = STR("A title");
    a.body = STR("Body, body,\nbody and some more of the body.\n");
    a.topics = STR("one\ntwo");
    a.date.seconds = -1613826000;
    a.date.precision = MORGUE_DATE_SECOND;
    return a;
}

static void
hashes_tell_fields_apart(void)
{
    struct morgue_article a = sample(), b = sample();
    struct hash128 x = record_hash(&a), y;

    y = record_hash(&b);
    CHECK(x.low == y.low && x.high == y.high);
    b.title = a.body;
    b.body = a.title;
    y = record_hash(&b);
    CHECK(x.low != y.low);
    b = a;
    b.date.seconds++;
    y = record_hash(&b);
    CHECK(x.low != y.low);
}

int
main(void)
{
    RUN(lines);
    RUN(utf8_is_repaired);
    RUN(paths);
    RUN(hashes_tell_fields_apart);
    return test_end();
}
