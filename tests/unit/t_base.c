/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_base.c - the base room with any content: buffers, arenas, UTF-8, errors,
 * zlib and gzip streams
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "../../common/base/arena.h"
#include "../../common/base/memory.h"
#include "../../common/base/file.h"
#include "../../common/base/preset.h"
#include "../../common/base/uri.h"
#include "../../common/base/utf8.h"
#include "../../common/base/zip.h"
#include "../test.h"

static uint64_t seed = 1;

static size_t
random_below(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static void
buffers(void)
{
    struct buf b;
    struct morgue_error err;

    buf_init(&b, 1000);
    CHECK_STR(buf_view(&b).s, "");
    buf_add(&b, NULL, 0);
    buf_printf(&b, "%0300d", 7);
    CHECK_INT(b.len, 300);
    CHECK_STR(b.data + 297, "007");
    buf_cut(&b, 2);
    CHECK_STR(b.data, "00");
    CHECK(buf_room(&b, 998) != NULL);
    CHECK(buf_room(&b, 999) == NULL);
    buf_char(&b, 'x'); /* a failure stays */
    CHECK_INT(b.len, 2);
    CHECK_INT(buf_status(&b, &err), MORGUE_FORMAT);
    CHECK_STR(err.message, "more than 1000 bytes");
    buf_reset(&b);
    buf_char(&b, 'x');
    CHECK_STR(b.data, "x");
    CHECK(buf_room(&b, SIZE_MAX) == NULL);
    buf_free(&b);
    buf_free(&b);
    CHECK(b.data == NULL && b.max == 1000);
}

/* The examples of RFC 3986, 5.4, and bases that tell nothing. */
static void
addresses(void)
{
    static const char *const rows[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {" g ", "http://a/b/c/g"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    struct arena a;
    struct morgue_str s;

    arena_init(&a, 100000);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK(uri_resolve(&a, STR("http://a/b/c/d;p?q"), str_of(rows[i][0]),
                          &s));
        CHECK_STR(s.s, rows[i][1]);
    }
    CHECK(uri_resolve(&a, STR("http://a"), STR("g"), &s));
    CHECK_STR(s.s, "http://a/g");
    CHECK(uri_resolve(&a, STR("b/c"), STR("g"), &s) && str_eq(s, STR("g")));
    CHECK(uri_resolve(&a, STR("urn:b"), STR("g"), &s) && str_eq(s, STR("g")));
    CHECK(uri_is_absolute(STR("a+b:c")) && !uri_is_absolute(STR("a/b:c")) &&
          !uri_is_absolute(STR("")) && !uri_is_absolute(STR(":")));
    arena_free(&a);
}

static void
arenas(void)
{
    struct arena a;
    struct morgue_str s = {0};
    unsigned char *zero;

    arena_init(&a, 1 << 24);
    for (size_t n = 0; n < 3000; n++) {
        char *p = arena_alloc(&a, n);

        CHECK(p && (uintptr_t)p % 16 == 0);
        if (p)
            memset(p, 0xAA, n);
    }
    zero = arena_zero(&a, 100, 7);
    for (int i = 0; zero && i < 700; i++)
        CHECK(zero[i] == 0);
    CHECK(arena_zero(&a, SIZE_MAX / 2, 3) == NULL);
    CHECK(arena_alloc(&a, SIZE_MAX) == NULL);
    arena_reset(&a);
    CHECK(a.total < LARGE_MIN);
    CHECK(arena_str(&a, STR("abc"), &s));
    CHECK_STR(s.s, "abc");
    CHECK(arena_str(&a, str_slice(NULL, 0), &s));
    CHECK_STR(s.s, "");
    arena_free(&a);
    arena_free(&a);
    arena_reset(&a);
}

static void
arena_pieces_can_be_trimmed(void)
{
    struct arena a;
    char *p, *q;

    arena_init(&a, 1 << 24);
    p = arena_alloc(&a, 3000);
    CHECK(p != NULL);
    if (p) {
        arena_trim(&a, p + 17);
        q = arena_alloc(&a, 1);
        CHECK(q == p + 32);
        arena_trim(&a, q);
        CHECK(arena_alloc(&a, 1) == q);
    }
    arena_free(&a);
}

/* The last block is what fits, not twice the one before. */
static void
arenas_can_be_filled(void)
{
    struct arena a;
    size_t sum = 0;

    arena_init(&a, 100000);
    while (arena_alloc(&a, 1000))
        sum += 1008;
    CHECK(sum > 98000 && sum <= 100000);
    arena_free(&a);
}

static void
utf8_is_cut_between_characters(void)
{
    struct morgue_str s = STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};

    for (size_t at = 0; at < sizeof want / sizeof *want; at++)
        CHECK_INT(utf8_floor(s, at), want[at]);
}

/* Any bytes: what is repaired is valid, what was valid stays, and decoding
 * goes to the end without leaving it. */
static void
any_bytes_are_repaired(void)
{
    static const unsigned char some[] = {0x00, 0x41, 0x80, 0xBF, 0xC0, 0xC2,
                                         0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4,
                                         0xF5, 0xFF, 0x9F, 0x90};

    for (int i = 0; i < 100000; i++) {
        size_t len = random_below(20);
        char *bytes = malloc(len + 1);
        struct morgue_str s = str_slice(bytes, len);
        struct buf b, again;

        if (!bytes)
            return;
        for (size_t k = 0; k < len; k++)
            bytes[k] = (char)some[random_below(sizeof some)];
        buf_init(&b, 100);
        buf_init(&again, 100);
        utf8_repair(&b, s);
        utf8_repair(&again, buf_view(&b));
        CHECK(utf8_valid(buf_view(&b)));
        CHECK(str_eq(buf_view(&b), buf_view(&again)));
        CHECK_INT(utf8_valid(s), str_eq(buf_view(&b), s));
        for (size_t at = 0; at < len;) {
            uint32_t cp;

            at += utf8_decode(bytes + at, bytes + len, &cp, NULL);
            CHECK(at <= len && cp < 0x110000);
        }
        buf_free(&b);
        buf_free(&again);
        free(bytes);
    }
}

static void
errors(void)
{
    struct morgue_error err;

    CHECK_INT(error_set(&err, MORGUE_IO, "a %s\x1b[2J\n", "b"), MORGUE_IO);
    CHECK_STR(err.message, "a b?[2J?");
    CHECK_INT(error_set(NULL, MORGUE_IO, "x"), MORGUE_IO);
    CHECK_INT(error_set(&err, MORGUE_IO, "%0900d", 1), MORGUE_IO);
    CHECK_INT(strlen(err.message), sizeof err.message - 1);
    errno = ENOENT;
    CHECK_INT(error_errno(&err, MORGUE_NO_INPUT, "open", "f"),
              MORGUE_NO_INPUT);
    CHECK_STR(err.message, "cannot open 'f': No such file or directory");
    errno = ENOSPC;
    CHECK_INT(error_errno(&err, MORGUE_IO, "write", "f"), MORGUE_NO_SPACE);
    errno = ENOMEM;
    CHECK_INT(error_errno(&err, MORGUE_IO, "read", "f"), MORGUE_NOMEM);
    for (int i = 0; i <= MORGUE_INTERNAL; i++)
        CHECK(morgue_status_text((enum morgue_status)i)[0] >= 'a');
    CHECK_STR(morgue_status_text((enum morgue_status)999), "unknown status");
}

static void
fill(struct buf *b, size_t len)
{
    while (b->len < len)
        buf_printf(b, "word%zu ", random_below(500));
    buf_cut(b, len);
}

/* A stored text is one stream of just that length. */
static void
packed_texts(void)
{
    static const size_t lens[] = {0, 1, 2, 100, 65535, 65536, 1000000};
    struct buf text, packed, out;

    buf_init(&text, 1 << 21);
    buf_init(&packed, 1 << 21);
    buf_init(&out, 1 << 21);
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        size_t len = lens[i];
        struct morgue_str all;

        buf_reset(&text);
        buf_reset(&packed);
        buf_reset(&out);
        fill(&text, len);
        CHECK_INT(zip_pack(&packed, buf_view(&text), NULL), MORGUE_OK);
        all = buf_view(&packed);
        CHECK_INT(zip_unpack(&out, all, len, NULL), MORGUE_OK);
        CHECK(str_eq(buf_view(&out), buf_view(&text)));
        CHECK_INT(zip_unpack(&out, all, len + 1, NULL), MORGUE_DAMAGED);
        if (len > 0)
            CHECK_INT(zip_unpack(&out, all, len - 1, NULL), MORGUE_DAMAGED);
        all.len--;
        CHECK_INT(zip_unpack(&out, all, len, NULL), MORGUE_DAMAGED);
        buf_char(&packed, 'x');
        all = buf_view(&packed);
        CHECK_INT(zip_unpack(&out, all, len, NULL), MORGUE_DAMAGED);
        CHECK_INT(out.len, len);
    }
    buf_free(&text);
    buf_free(&packed);
    buf_free(&out);
}

/* ---- streams with a dictionary ------------------------------------------ */

/* What zlib makes of a stream that asks for a dictionary. */
static void
check_with_zlib(struct morgue_str packed, struct morgue_str dictionary,
                struct morgue_str want)
{
    z_stream z;
    char *to = malloc(want.len + 1);

    memset(&z, 0, sizeof z);
    CHECK_INT(inflateInit(&z), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)packed.s;
    z.avail_in = (uInt)packed.len;
    z.next_out = (Bytef *)to;
    z.avail_out = (uInt)(want.len + 1);
    CHECK_INT(inflate(&z, Z_FINISH), Z_NEED_DICT);
    CHECK_INT(inflateSetDictionary(&z, (const Bytef *)dictionary.s,
                                   (uInt)dictionary.len),
              Z_OK);
    CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    CHECK_INT(z.avail_in, 0);
    CHECK(str_eq(str_slice(to, z.total_out), want));
    inflateEnd(&z);
    free(to);
}

/* Cut short, longer or shorter than they should be, or with another
 * dictionary, streams are damaged; with a bit changed they are, or give the
 * same all the same (as from another place that has it).  Nothing is written
 * past what there is room for. */
static void
check_damage(struct preset_unpacker *u, struct preset_unpacker *other,
             struct inflater *inflater, struct morgue_str packed,
             struct morgue_str data)
{
    size_t size = data.len;
    char *to = malloc(preset_room(u) + size + 1), *bad;

    CHECK_INT(preset_unpack(to, size + 1, u, inflater, packed),
              MORGUE_DAMAGED);
    if (size > 0)
        CHECK_INT(preset_unpack(to, size - 1, u, inflater, packed),
                  MORGUE_DAMAGED);
    for (size_t len = 0; len < packed.len; len += 1 + packed.len / 16)
        CHECK_INT(
            preset_unpack(to, size, u, inflater, str_slice(packed.s, len)),
            MORGUE_DAMAGED);
    free(to);
    to = malloc(preset_room(other) + size + 1);
    CHECK_INT(preset_unpack(to, size, other, inflater, packed),
              MORGUE_DAMAGED);
    free(to);
    to = malloc(preset_room(u) + size);
    bad = malloc(packed.len);
    for (int i = 0; i < 20; i++) {
        memcpy(bad, packed.s, packed.len);
        bad[random_below(packed.len)] ^= (char)(1 << random_below(8));
        if (!preset_unpack(to, size, u, inflater, str_slice(bad, packed.len)))
            CHECK(str_eq(str_slice(to + preset_room(u), size), data));
    }
    free(bad);
    free(to);
}

/* Words, and now and then any bytes, a byte over and over, or a long piece of
 * what is there. */
static void
fill_mixed(struct buf *b, size_t len)
{
    while (b->len < len) {
        size_t n = random_below(300), kind = random_below(20);

        for (size_t i = 0; kind == 0 && i < n; i++)
            buf_char(b, (char)random_below(256));
        for (size_t i = 0; kind == 1 && i < n * 4; i++)
            buf_char(b, 'z');
        if (kind == 2 && b->len > n) {
            char piece[300];

            memcpy(piece, b->data + random_below(b->len - n), n);
            buf_add(b, piece, n);
        }
        buf_printf(b, "word%zu ", random_below(500));
    }
    buf_cut(b, len);
}

static void
streams_with_a_dictionary(void)
{
    static const size_t dictionaries[] = {0,   1,    3,    4,   5,
                                          700, 8191, 8192, 9000};
    static const size_t lens[] = {0, 1, 3, 4, 5, 258, 259, 800, 32767, 32768};
    struct buf dictionary, data, packed;
    struct preset_unpacker *other = NULL;
    struct inflater *inflater = NULL;

    buf_init(&dictionary, 1 << 20);
    buf_init(&data, 1 << 20);
    buf_init(&packed, 1 << 20);
    CHECK_INT(inflater_new(&inflater, NULL), MORGUE_OK);
    CHECK_INT(preset_unpacker_new(&other, STR("another"), NULL), MORGUE_OK);
    for (size_t d = 0; d < sizeof dictionaries / sizeof *dictionaries; d++) {
        struct preset_packer *p = NULL;
        struct preset_unpacker *u = NULL;
        struct morgue_str used;

        buf_reset(&dictionary);
        fill_mixed(&dictionary, dictionaries[d]);
        used = buf_view(&dictionary);
        if (used.len > PRESET_DICTIONARY_MAX)
            used = str_slice(used.s + used.len - PRESET_DICTIONARY_MAX,
                             PRESET_DICTIONARY_MAX);
        CHECK_INT(preset_packer_new(&p, buf_view(&dictionary), NULL),
                  MORGUE_OK);
        CHECK_INT(preset_unpacker_new(&u, buf_view(&dictionary), NULL),
                  MORGUE_OK);
        CHECK_INT(preset_room(u), used.len);
        for (size_t i = 0; i < 2 * (sizeof lens / sizeof *lens); i++) {
            size_t len = lens[i / 2];
            char *to = malloc(used.len + len + 1);

            buf_reset(&data);
            buf_reset(&packed);
            if (i % 2) /* much of it is in the dictionary */
                buf_str(&data, used);
            if (data.len > len)
                buf_cut(&data, len);
            fill_mixed(&data, len);
            CHECK_INT(preset_pack(&packed, p, buf_view(&data), NULL),
                      MORGUE_OK);
            CHECK(preset_is_used(buf_view(&packed)));
            CHECK_INT(preset_unpack(to, len, u, inflater, buf_view(&packed)),
                      MORGUE_OK);
            CHECK(str_eq(str_slice(to + used.len, len), buf_view(&data)));
            check_with_zlib(buf_view(&packed), used, buf_view(&data));
            check_damage(u, other, inflater, buf_view(&packed),
                         buf_view(&data));
            if (i % 2 && len == 800 && used.len > 800)
                CHECK(packed.len < 40);
            free(to);
        }
        preset_packer_free(p);
        preset_unpacker_free(u);
    }
    CHECK(!preset_is_used(STR("\x78\x9C")) && !preset_is_used(STR("x")));
    preset_unpacker_free(other);
    inflater_free(inflater);
    buf_free(&dictionary);
    buf_free(&data);
    buf_free(&packed);
}

/* ---- gzip --------------------------------------------------------------- */

static char scratch[200];

static void
gzip_member(struct buf *out, const char *data, size_t len, int level)
{
    z_stream z;
    char *at = buf_room(out, len + 1000);

    memset(&z, 0, sizeof z);
    CHECK_INT(deflateInit2(&z, level, Z_DEFLATED, 16 + MAX_WBITS, 8,
                           Z_DEFAULT_STRATEGY),
              Z_OK);
    z.next_in = (Bytef *)(uintptr_t)data;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)at;
    z.avail_out = (uInt)(len + 1000);
    CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_cut(out, out->len + z.total_out);
    deflateEnd(&z);
}

static enum morgue_status
write_scratch(struct morgue_str bytes)
{
    FILE *f = fopen(scratch, "w");
    bool good = f && fwrite(bytes.s, 1, bytes.len, f) == bytes.len;

    return f && fclose(f) == 0 && good ? MORGUE_OK : MORGUE_IO;
}

/* All of the file with these bytes, read in pieces of random size; after the
 * end, or a failure, the same comes again. */
static enum morgue_status
read_all(struct buf *out, struct morgue_str bytes)
{
    struct stream *in = NULL;
    char piece[10000];
    size_t n = 1;
    enum morgue_status st = write_scratch(bytes), again;

    if (!st)
        st = stream_file(&in, scratch, NULL, NULL);
    if (!st && zip_is_gzip(bytes))
        st = zip_stream(&in, in, ZIP_GZIP, NULL);
    if (st)
        return st;
    while (!st && n > 0) {
        size_t room = 1 + random_below(sizeof piece);

        if (random_below(3) == 0) { /* looked at before */
            struct morgue_str next;

            CHECK_INT(stream_peek(&next, in, room, NULL), MORGUE_OK);
            CHECK(next.len <= room);
            st = stream_read(in, piece, room, &n, NULL);
            CHECK(st || n == next.len || n < room);
            CHECK(n >= next.len && memcmp(piece, next.s, next.len) == 0);
        } else {
            st = stream_read(in, piece, room, &n, NULL);
        }
        CHECK(n <= room && (st == MORGUE_OK || n == 0));
        buf_add(out, piece, n);
    }
    again = stream_read(in, piece, sizeof piece, &n, NULL);
    CHECK(again == st && n == 0);
    stream_close(in);
    return st;
}

static void
gzip_files(void)
{
    struct buf text, packed, out;

    buf_init(&text, 1 << 22);
    buf_init(&packed, 1 << 22);
    buf_init(&out, 1 << 22);
    for (size_t i = 0; i < 5; i++) { /* one of them is empty */
        size_t from = text.len;

        if (i != 2)
            fill(&text, text.len + 50000 * (i + 1));
        gzip_member(&packed, buf_view(&text).s + from, text.len - from,
                    i % 2 ? 9 : 0);
    }
    CHECK_INT(read_all(&out, buf_view(&packed)), MORGUE_OK);
    CHECK(str_eq(buf_view(&out), buf_view(&text)));
    for (int i = 0; i < 30; i++) { /* cut short */
        size_t cut = 3 + random_below(packed.len - 3);

        buf_reset(&out);
        CHECK_INT(read_all(&out, str_slice(packed.data, cut)), MORGUE_FORMAT);
        CHECK(out.len <= text.len &&
              memcmp(buf_view(&out).s, text.data, out.len) == 0);
    }
    packed.data[packed.len - 8] ^= 1; /* of the checksum */
    buf_reset(&out);
    CHECK_INT(read_all(&out, buf_view(&packed)), MORGUE_FORMAT);
    packed.data[packed.len - 8] ^= 1;
    buf_add(&packed, "\0\0\0\0\0", 5);
    buf_reset(&out);
    CHECK_INT(read_all(&out, buf_view(&packed)), MORGUE_OK);
    CHECK_INT(out.len, text.len);
    buf_str(&packed, STR("\x1f\x8b rubbish"));
    buf_reset(&out);
    CHECK_INT(read_all(&out, buf_view(&packed)), MORGUE_FORMAT);
    CHECK(str_eq(buf_view(&out), buf_view(&text)));
    buf_free(&text);
    buf_free(&packed);
    buf_free(&out);
}

static void
plain_files(void)
{
    struct buf out, again;
    struct stream *in = NULL;
    struct morgue_error err;

    buf_init(&out, 1 << 20);
    buf_init(&again, 1 << 20);
    CHECK_INT(read_all(&out, STR("")), MORGUE_OK);
    CHECK_INT(out.len, 0);
    CHECK_INT(read_all(&out, STR("\x1f\x8b")), MORGUE_OK);
    CHECK_INT(out.len, 2);
    fill(&out, 300000);
    buf_char(&out, '\0');
    CHECK_INT(read_all(&again, buf_view(&out)), MORGUE_OK);
    CHECK(str_eq(buf_view(&out), buf_view(&again)));
    CHECK_INT(stream_file(&in, "/nonexistent/file", NULL, &err),
              MORGUE_NO_INPUT);
    CHECK(in == NULL);
    CHECK(stream_file(&in, "/", NULL, &err) != MORGUE_OK && in == NULL);
    stream_close(NULL);
    buf_free(&out);
    buf_free(&again);
}

static void
searches_in_strings(void)
{
    struct morgue_str s = STR("The <P>ferry</p> sank"), rest = STR(" a  bc\n");

    CHECK_INT(str_find(s, 0, STR("ferry")), 7);
    CHECK_INT(str_find(s, 8, STR("ferry")), s.len);
    CHECK_INT(str_find(s, 0, STR("FERRY")), s.len);
    CHECK_INT(str_find_nocase(s, 0, STR("FERRY")), 7);
    CHECK_INT(str_find_nocase(s, 0, STR("<p>")), 4);
    CHECK_INT(str_find_nocase(s, 5, STR("<p>")), s.len);
    CHECK_INT(str_find_nocase(s, 0, STR("</P>")), 12);
    CHECK_INT(str_find_nocase(s, 0, STR("SANK")), 17);
    CHECK_INT(str_find_nocase(s, 0, STR("sanks")), s.len);
    CHECK_INT(str_find_nocase(STR(""), 0, STR("x")), 0);
    CHECK(str_has_nocase(s, STR("SANK")) && !str_has_nocase(s, STR("x")));
    CHECK(!str_has_nocase(STR(""), STR("x")));
    CHECK(str_starts_nocase(s, STR("THE ")) &&
          !str_starts_nocase(s, STR("f")));
    CHECK_INT(str_words_n(rest), 2);
    CHECK(str_eq(str_word(&rest), STR("a")));
    CHECK(str_eq(str_word(&rest), STR("bc")));
    CHECK_INT(str_word(&rest).len, 0);
}

int
main(void)
{
    const char *dir = getenv("SCRATCH");
    int fd;

    snprintf(scratch, sizeof scratch, "%s/base-XXXXXX",
             dir && strlen(dir) < 150 ? dir : "/tmp");
    fd = mkstemp(scratch);
    if (fd >= 0)
        close(fd);
    RUN(searches_in_strings);
    RUN(buffers);
    RUN(arenas);
    RUN(addresses);
    RUN(arena_pieces_can_be_trimmed);
    RUN(arenas_can_be_filled);
    RUN(utf8_is_cut_between_characters);
    RUN(any_bytes_are_repaired);
    RUN(errors);
    RUN(packed_texts);
    RUN(streams_with_a_dictionary);
    RUN(gzip_files);
    RUN(plain_files);
    unlink(scratch);
    return test_end();
}
