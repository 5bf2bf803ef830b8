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

/* ---- heads ---- */

static struct morgue_str
head_of(struct buf *b, const char *bytes, size_t len)
{
    buf_reset(b);
    buf_add(b, bytes, len);
    return buf_view(b);
}

/* What a later version adds is passed over; what is wrong is told. */
static void
heads_can_grow(void)
{
    static const char known[] = "\x01\x09\x03\0\0\0\0\0\0\0\0\0"
                                "\x10\x02id\0\x12\x01T\0";
    static const char more[] = "\x01\x09\x03\0\0\0\0\0\0\0\0\0"
                               "\x07\x03xyz\0\x10\x02id\0\x12\x01T\0"
                               "\xC8\x01\x04more\0";
    static const struct {
        const char *bytes;
        size_t len;
    } wrong[] = {
        {"\x10\x02id", 4},              /* no NUL */
        {"\x10\x09id\0", 5},            /* too long */
        {"\x12\x01T\0\x10\x02id\0", 9}, /* not ascending */
        {"\x10\x01i\0\x10\x01i\0", 8},  /* twice */
        {"\x01\x02\x03\0\0", 5},        /* a short date */
        {"\x01\x09\x09\0\0\0\0\0\0\0\0\0", 12},
        {"\x10", 1},
        {"\0\0\0", 3},
    };
    struct morgue_article a = sample(), b;
    struct buf buf;

    buf_init(&buf, 10000);
    record_put_head(&buf, &a);
    CHECK(record_view_head(&b, buf_view(&buf)));
    b.body = a.body;
    CHECK(record_hash(&a).low == record_hash(&b).low);
    CHECK(record_view_head(&a, head_of(&buf, known, sizeof known - 1)));
    CHECK(record_view_head(&b, head_of(&buf, more, sizeof more - 1)));
    CHECK_STR(b.id.s, "id");
    CHECK_STR(b.title.s, "T");
    CHECK_STR(b.url.s, "");
    CHECK_INT(b.date.precision, MORGUE_DATE_DAY);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!record_view_head(&b,
                                head_of(&buf, wrong[i].bytes, wrong[i].len)));
    CHECK(record_view_head(&b, STR("")));
    buf_free(&buf);
}

int
main(void)
{
    RUN(lines);
    RUN(utf8_is_repaired);
    RUN(paths);
    RUN(hashes_tell_fields_apart);
    RUN(heads_can_grow);
    return test_end();
}
