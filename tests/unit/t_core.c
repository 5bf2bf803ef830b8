/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_core.c - bytes, files, and records as they are stored
 */
#include <stdlib.h>
#include <unistd.h>

#include "../../common/article/record.h"
#include "../../common/base/file.h"
#include "../../common/base/utf8.h"
#include "../../common/base/zip.h"
#include "../test.h"

static char dir[200];

static void
buffers_have_a_ceiling(void)
{
    struct buf b;

    buf_init(&b, 10);
    buf_str(&b, STR("12345"));
    buf_printf(&b, "%d", 67890);
    CHECK_INT(buf_status(&b, NULL), MORGUE_OK);
    CHECK_BYTES(b.data, b.len, "1234567890");
    buf_char(&b, 'x');
    CHECK_INT(buf_status(&b, NULL), MORGUE_FORMAT);
    CHECK_INT(b.len, 10);
    buf_reset(&b);
    CHECK_INT(buf_status(&b, NULL), MORGUE_OK);
    buf_free(&b);
}

static void
arenas_have_a_ceiling(void)
{
    struct arena a;
    char *p, *q;

    arena_init(&a, 100000);
    p = arena_alloc(&a, 3);
    q = arena_alloc(&a, 5);
    CHECK(p && q && q - p >= 3);
    CHECK(arena_alloc(&a, 200000) == NULL);
    CHECK(arena_zero(&a, SIZE_MAX / 2, 4) == NULL);
    for (int i = 0; i < 100; i++) {
        arena_reset(&a);
        p = arena_alloc(&a, 50000);
        CHECK(p != NULL);
        if (p)
            memset(p, 1, 50000);
    }
    arena_free(&a);
}

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

/* ---- files -------------------------------------------------------------- */

static char *
path_of(const char *name)
{
    static char path[300];

    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static void
files_are_replaced(void)
{
    struct buf b;

    buf_init(&b, 100);
    CHECK_INT(file_read(&b, path_of("none"), NULL), MORGUE_NO_INPUT);
    CHECK_INT(file_replace(path_of("f"), STR("one"), NULL), MORGUE_OK);
    CHECK_INT(file_replace(path_of("f"), STR("two"), NULL), MORGUE_OK);
    CHECK_INT(file_read(&b, path_of("f"), NULL), MORGUE_OK);
    CHECK_BYTES(b.data, b.len, "two");
    CHECK_INT(file_kind(path_of("f.new")), FILE_NONE);
    CHECK_INT(file_replace(path_of("no/f"), STR("x"), NULL), MORGUE_CREATE);
    buf_free(&b);
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

/* gzip of "hello " and of "news\n". */
static const char part_1[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48"
                             "\xcd\xc9\xc9\x57\x00\x00\xf6\xf9\x81\xed\x06\x00"
                             "\x00\x00";
static const char part_2[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x4b"
                             "\x2d\x2f\xe6\x02\x00\xfe\x84\xa1\x59\x05\x00\x00"
                             "\x00";

/* What instream makes of a file with these bytes, read in small pieces. */
static enum morgue_status
read_stream(struct buf *out, struct morgue_str bytes)
{
    struct instream *in = NULL;
    enum morgue_status st;
    char piece[7];
    size_t n = 1;

    CHECK_INT(file_replace(path_of("stream"), bytes, NULL), MORGUE_OK);
    st = instream_open(&in, path_of("stream"), NULL);
    while (!st && n > 0) {
        st = instream_read(in, piece, sizeof piece, &n, NULL);
        buf_add(out, piece, n);
    }
    instream_close(in);
    return st;
}

static void
gzip_is_told_by_content(void)
{
    struct buf both, out;

    buf_init(&both, 1000);
    buf_init(&out, 1000);
    CHECK_INT(read_stream(&out, STR("plain")), MORGUE_OK);
    CHECK_BYTES(out.data, out.len, "plain");
    buf_add(&both, part_1, sizeof part_1 - 1);
    buf_add(&both, part_2, sizeof part_2 - 1);
    buf_add(&both, "\0\0\0\0", 4);
    buf_reset(&out);
    CHECK_INT(read_stream(&out, buf_view(&both)), MORGUE_OK);
    CHECK_BYTES(out.data, out.len, "hello news\n");
    for (size_t cut = 3; cut < both.len - 4; cut++) {
        if (cut == sizeof part_1 - 1)
            continue; /* one whole member */
        buf_reset(&out);
        CHECK_INT(read_stream(&out, str_slice(both.data, cut)), MORGUE_FORMAT);
        CHECK(out.len <= 11 &&
              memcmp(buf_view(&out).s, "hello news\n", out.len) == 0);
    }
    buf_str(&both, STR("garbage"));
    buf_reset(&out);
    CHECK_INT(read_stream(&out, buf_view(&both)), MORGUE_FORMAT);
    CHECK_BYTES(out.data, out.len, "hello news\n");
    buf_free(&both);
    buf_free(&out);
}

static void
locks_exclude(void)
{
    struct file_lock a, b;
    struct morgue_error err;

    CHECK_INT(file_lock(&a, path_of("lock"), &err), MORGUE_OK);
    CHECK_INT(file_lock(&b, path_of("lock"), &err), MORGUE_BUSY);
    CHECK(strstr(err.message, "held by process") != NULL);
    file_unlock(&a);
    CHECK_INT(file_lock(&b, path_of("lock"), &err), MORGUE_OK);
    file_unlock(&b);
    file_unlock(&b);
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

static bool
same_record(const struct morgue_article *a, const struct morgue_article *b)
{
    for (int f = 0; f < FIELD_N; f++)
        if (!str_eq(record_get(a, (enum field)f),
                    record_get(b, (enum field)f)))
            return false;
    return a->date.seconds == b->date.seconds &&
           a->date.precision == b->date.precision;
}

static void
records_come_back(void)
{
    struct morgue_article a = sample(), b;
    struct arena arena;
    struct buf packed;

    arena_init(&arena, 1 << 20);
    buf_init(&packed, 1 << 20);
    CHECK_INT(record_pack(&packed, &a, NULL), MORGUE_OK);
    CHECK_INT(record_unpack(&b, &arena, buf_view(&packed), true, NULL),
              MORGUE_OK);
    CHECK(same_record(&a, &b));
    CHECK_INT(record_unpack(&b, &arena, buf_view(&packed), false, NULL),
              MORGUE_OK);
    CHECK(b.body.len == 0 && str_eq(a.title, b.title));
    arena_free(&arena);
    buf_free(&packed);
}

/* Every bit that is flipped, and every cut, is noticed. */
static void
damage_is_noticed(void)
{
    struct morgue_article a = sample(), b;
    struct arena arena;
    struct buf packed;

    arena_init(&arena, 1 << 20);
    buf_init(&packed, 1 << 20);
    CHECK_INT(record_pack(&packed, &a, NULL), MORGUE_OK);
    for (size_t bit = 0; bit < packed.len * 8; bit++) {
        packed.data[bit / 8] ^= (char)(1 << bit % 8);
        CHECK_INT(record_unpack(&b, &arena, buf_view(&packed), true, NULL),
                  MORGUE_DAMAGED);
        packed.data[bit / 8] ^= (char)(1 << bit % 8);
        arena_reset(&arena);
    }
    for (size_t len = 0; len < packed.len; len++) {
        char *cut = malloc(len + 1);

        if (!cut)
            break;
        memcpy(cut, packed.data, len);
        CHECK_INT(record_unpack(&b, &arena, str_slice(cut, len), true, NULL),
                  MORGUE_DAMAGED);
        free(cut);
        arena_reset(&arena);
    }
    arena_free(&arena);
    buf_free(&packed);
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
    const char *tmp = getenv("SCRATCH");
    char command[300];

    snprintf(dir, sizeof dir, "%s/core.XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(dir))
        return 1;
    RUN(buffers_have_a_ceiling);
    RUN(arenas_have_a_ceiling);
    RUN(lines);
    RUN(utf8_is_repaired);
    RUN(files_are_replaced);
    RUN(paths);
    RUN(gzip_is_told_by_content);
    RUN(locks_exclude);
    RUN(records_come_back);
    RUN(damage_is_noticed);
    RUN(hashes_tell_fields_apart);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command) == 0 ? test_end() : 1;
}
