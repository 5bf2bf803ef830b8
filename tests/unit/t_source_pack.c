/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_pack.c - what files are packed in: every kind, in each other, cut
 * short, growing without end, and with hostile names
 *
 * Containers are written by libarchive's writer, or by hand where it writes
 * none of that kind.
 */
#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include "../../common/base/file.h"
#include "source_help.h"

/* ---- packing ------------------------------------------------------------ */

struct member {
    const char *name;
    struct morgue_str data;
    int type; /* of file; 0: a regular one */
};

static char room[1 << 22];

/* Pack members, as the caller of `out` opens the writer.  What it gives is
 * lent until the next call. */
static struct morgue_str
pack_members(int (*format)(struct archive *), int (*filter)(struct archive *),
             const struct member *m, size_t n)
{
    struct archive *a = archive_write_new();
    size_t used = 0;

    CHECK_INT(format(a), ARCHIVE_OK);
    if (filter)
        CHECK_INT(filter(a), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(a, 1);
    CHECK_INT(archive_write_open_memory(a, room, sizeof room, &used),
              ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *e = archive_entry_new();

        archive_entry_set_pathname(e, m[i].name);
        archive_entry_set_filetype(e, m[i].type ? (unsigned)m[i].type
                                                : (unsigned)AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, (la_int64_t)m[i].data.len);
        if (m[i].type == AE_IFLNK)
            archive_entry_set_symlink(e, "/etc/passwd");
        CHECK(archive_write_header(a, e) >= ARCHIVE_WARN);
        if (m[i].data.len > 0)
            CHECK_INT(archive_write_data(a, m[i].data.s, m[i].data.len),
                      m[i].data.len);
        archive_entry_free(e);
    }
    CHECK_INT(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return str_slice(room, used);
}

static struct morgue_str
pack_one(int (*filter)(struct archive *), struct morgue_str data)
{
    return pack_members(archive_write_set_format_raw, filter,
                        &(struct member){"x", data, 0}, 1);
}

/* A tar of a file and a second name of it. */
static struct morgue_str
pack_linked(void)
{
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    size_t used = 0;

    archive_write_set_format_ustar(a);
    archive_write_open_memory(a, room, sizeof room, &used);
    archive_entry_set_pathname(e, "a");
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_size(e, 4);
    CHECK_INT(archive_write_header(a, e), ARCHIVE_OK);
    CHECK_INT(archive_write_data(a, "One\n", 4), 4);
    archive_entry_clear(e);
    archive_entry_set_pathname(e, "b");
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_hardlink(e, "a");
    CHECK_INT(archive_write_header(a, e), ARCHIVE_OK);
    archive_entry_free(e);
    CHECK_INT(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return str_slice(room, used);
}

/* A copy that stays. */
static struct morgue_str
keep(struct morgue_str s)
{
    static char kept[8][1 << 20];
    static int i;

    i = (i + 1) % 8;
    CHECK(s.len <= sizeof kept[i]);
    memcpy(kept[i], s.s, s.len);
    return str_slice(kept[i], s.len);
}

#define TEXT(literal)                                                         \
    {                                                                         \
        .s = (literal), .len = sizeof(literal) - 1                            \
    }

static const struct member two[] = {
    {"a/one.txt", TEXT("Storm\n\nThe sea rose.\n"), 0},
    {"two.jsonl", TEXT("{\"id\":1,\"title\":\"t\"}\n{\"title\":\"u\"}\n"), 0},
};

static const char two_read[] = "+ 0 DIR/f/a/one.txt\n"
                               "title: Storm\n"
                               "body: The sea rose.\n"
                               "+ 1 1\n"
                               "title: t\n"
                               "+ 2 DIR/f/two.jsonl#2\n"
                               "title: u\n";

/* ---- kinds -------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*set)(struct archive *);
} formats[] = {
    {"ustar", archive_write_set_format_ustar},
    {"pax", archive_write_set_format_pax},
    {"gnutar", archive_write_set_format_gnutar},
    {"v7tar", archive_write_set_format_v7tar},
    {"cpio odc", archive_write_set_format_cpio},
    {"cpio newc", archive_write_set_format_cpio_newc},
    {"cpio bin", archive_write_set_format_cpio_bin},
    {"zip", archive_write_set_format_zip},
    {"7z", archive_write_set_format_7zip},
};

static const struct {
    const char *name;
    int (*add)(struct archive *);
} filters[] = {
    {"gzip", archive_write_add_filter_gzip},
    {"bzip2", archive_write_add_filter_bzip2},
    {"xz", archive_write_add_filter_xz},
    {"lzma", archive_write_add_filter_lzma},
    {"lzip", archive_write_add_filter_lzip},
    {"zstd", archive_write_add_filter_zstd},
    {"lz4", archive_write_add_filter_lz4},
    {"compress", archive_write_add_filter_compress},
};

enum {
    FORMATS_N = sizeof formats / sizeof *formats,
    FILTERS_N = sizeof filters / sizeof *filters
};

static void
every_container(void)
{
    for (int i = 0; i < FORMATS_N; i++) {
        CHECK_STR(read_bytes(pack_members(formats[i].set, NULL, two, 2), NULL),
                  two_read);
        for (int k = 0; k < FILTERS_N; k++) {
            struct morgue_str s =
                keep(pack_members(formats[i].set, NULL, two, 2));

            CHECK_STR(read_bytes(pack_one(filters[k].add, s), NULL), two_read);
        }
    }
}

static void
every_stream(void)
{
    for (int i = 0; i < FILTERS_N; i++) {
        struct morgue_str inner,
            s = keep(pack_one(filters[i].add, two[0].data));

        CHECK_STR(read_bytes(s, NULL),
                  "+ 0 DIR/f\ntitle: Storm\nbody: The sea rose.\n");
        for (int k = 0; k < FILTERS_N; k++) {
            inner = pack_one(filters[k].add, s);
            CHECK_STR(read_bytes(inner, NULL),
                      "+ 0 DIR/f\ntitle: Storm\nbody: The sea rose.\n");
        }
    }
}

/* Names of ar are short and end in a slash. */
static void
ar_files(void)
{
    static const struct member m[] = {
        {"one.txt", TEXT("Storm\n\nThe sea rose.\n"), 0}};

    CHECK_STR(
        read_bytes(pack_members(archive_write_set_format_ar_svr4, NULL, m, 1),
                   NULL),
        "+ 0 DIR/f/one.txt\ntitle: Storm\nbody: The sea rose.\n");
}

/* ---- entries ------------------------------------------------------------ */

/* Names are names, a link is skipped, and what is hidden is left out. */
static void
names(void)
{
    static const struct member m[] = {
        {"../secret", TEXT("One\n\nIn the archive.\n"), 0},
        {"/etc/passwd", TEXT("Two\n\nIn the archive.\n"), 0},
        {"./c/../d//e", TEXT("Three\n\nIn the archive.\n"), 0},
        {"caf\u00e9/\u00fc", TEXT("Four\n\nIn the archive.\n"), 0},
        {"dir/", TEXT(""), AE_IFDIR},
        {"link", TEXT(""), AE_IFLNK},
        {".hidden", TEXT("x"), 0},
        {"a/.git/b", TEXT("x"), 0},
        {"__MACOSX/b", TEXT("x"), 0},
        {"a/._b", TEXT("x"), 0},
    };
    static const char want[] =
        "+ 0 DIR/f/../secret\ntitle: One\nbody: In the archive.\n"
        "+ 0 DIR/f/etc/passwd\ntitle: Two\nbody: In the archive.\n"
        "+ 0 DIR/f/c/../d/e\ntitle: Three\nbody: In the archive.\n"
        "+ 0 DIR/f/caf\u00e9/\u00fc\ntitle: Four\nbody: In the archive.\n"
        "skipped 0 []: a link, which is not followed\n";

    write_file("secret", STR("Secret\n\nOutside.\n"));
    CHECK_STR(
        read_bytes(pack_members(archive_write_set_format_pax, NULL, m, 10),
                   NULL),
        want);
    CHECK_STR(
        read_bytes(pack_members(archive_write_set_format_zip, NULL, m, 10),
                   NULL),
        want);
    CHECK_STR(
        read_bytes(pack_members(archive_write_set_format_pax, NULL, m + 6, 4),
                   NULL),
        "skipped 0 []: no file in it\n");
}

/* An entry of a cpio of the newer kind, of a file with several names. */
static size_t
put_cpio(char *to, unsigned mode, unsigned names_n, const char *name,
         const char *data)
{
    enum { HEAD = 110 };
    size_t at = HEAD + strlen(name) + 1, len = strlen(data);

    snprintf(to, HEAD + 1,
             "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", 5u,
             mode, 0u, 0u, names_n, 0u, (unsigned)len, 0u, 0u, 0u, 0u,
             (unsigned)strlen(name) + 1, 0u);
    memcpy(to + HEAD, name, strlen(name) + 1);
    for (; at % 4 != 0; at++)
        to[at] = '\0';
    memcpy(to + at, data, len);
    for (at += len; at % 4 != 0; at++)
        to[at] = '\0';
    return at;
}

/* Links, devices and pipes are told, and a file with several names is read
 * once: where it has its content. */
static void
no_files(void)
{
    static const struct member m[] = {
        {"a", TEXT("One\n"), 0},
        {"chr", TEXT(""), AE_IFCHR},
        {"fifo", TEXT(""), AE_IFIFO},
        {"blk", TEXT(""), AE_IFBLK},
    };
    char cpio[500];
    size_t len = put_cpio(cpio, 0100644, 2, "a", "");

    len += put_cpio(cpio + len, 0100644, 2, "b", "One\n");
    len += put_cpio(cpio + len, 0, 1, "TRAILER!!!", "");
    CHECK_STR(
        read_bytes(pack_members(archive_write_set_format_pax, NULL, m, 4),
                   NULL),
        "+ 0 DIR/f/a\ntitle: One\n"
        "skipped 0 []: a device, not a file\n"
        "skipped 0 []: a pipe, not a file\n"
        "skipped 0 []: a device, not a file\n");
    CHECK_STR(read_bytes(str_slice(cpio, len), NULL),
              "skipped 0 []: a name of another file in it\n"
              "+ 0 DIR/f/b\ntitle: One\n");
    CHECK_STR(read_bytes(pack_linked(), NULL),
              "+ 0 DIR/f/a\ntitle: One\n"
              "skipped 0 []: a name of another file in it\n");
}

/* What is no article is so in a container as in a folder. */
static void
other_files(void)
{
    static const struct member m[] = {
        {"p.jpg", TEXT("\xFF\xD8\xFF\xE0\0\x10JFIF"), 0},
        {"empty", TEXT(""), 0},
        {"x.pdf", TEXT("%PDF-1.4\n"), 0},
        {"ok", TEXT("Storm\n\nThe sea rose.\n"), 0},
    };

    CHECK_STR(
        read_bytes(pack_members(archive_write_set_format_ustar, NULL, m, 4),
                   NULL),
        "failed 0 []: is a JPEG image, not text\n"
        "failed 0 []: empty file\n"
        "failed 0 []: is a PDF document, not text\n"
        "+ 0 DIR/f/ok\ntitle: Storm\nbody: The sea rose.\n");
}

static void
put(struct buf *b, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(b, (char)(v >> (8 * i)));
}

/* What the heads in a zip and in its directory share. */
static void
put_zip_head(struct buf *b, struct morgue_str text, uint32_t crc,
             unsigned flags, unsigned method)
{
    put(b, 20, 2);
    put(b, flags, 2);
    put(b, method, 2);
    put(b, 0, 4);
    put(b, crc, 4);
    put(b, text.len, 4);
    put(b, text.len, 4);
    put(b, 1, 2);
    put(b, 0, 2);
}

/* A zip of files a, b and c, of which b has these flags, method and an error
 * in its checksum. */
static void
put_zip(struct buf *b, unsigned flags, unsigned method, uint32_t error)
{
    struct morgue_str text = STR("Storm\n\nThe sea rose.\n");
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)text.s, (uInt)text.len);
    size_t begin[3], directory, size;

    buf_reset(b);
    for (int i = 0; i < 3; i++) {
        begin[i] = b->len;
        buf_str(b, STR("PK\3\4"));
        put_zip_head(b, text, i == 1 ? crc ^ error : crc, i == 1 ? flags : 0,
                     i == 1 ? method : 0);
        buf_char(b, (char)('a' + i));
        buf_str(b, text);
    }
    directory = b->len;
    for (int i = 0; i < 3; i++) {
        buf_str(b, STR("PK\1\2\x14\3"));
        put_zip_head(b, text, i == 1 ? crc ^ error : crc, i == 1 ? flags : 0,
                     i == 1 ? method : 0);
        put(b, 0, 6);
        put(b, (uint64_t)0100644 << 16, 4);
        put(b, begin[i], 4);
        buf_char(b, (char)('a' + i));
    }
    size = b->len - directory;
    buf_str(b, STR("PK\5\6\0\0\0\0"));
    put(b, 3, 2);
    put(b, 3, 2);
    put(b, size, 4);
    put(b, directory, 4);
    put(b, 0, 2);
}

/* One bad entry among good ones. */
static void
bad_entries(void)
{
    static const struct {
        unsigned flags, method;
        uint32_t error;
        const char *want;
    } rows[] = {
        {0, 0, 0, "+ 0 DIR/f/b\n"},
        {1, 0, 0, "failed 0 []: is encrypted\n"},
        {0, 77, 0, "(Unsupported ZIP compression method (77: "},
        {0, 0, 5, "(ZIP bad CRC: "},
    };
    struct buf b;

    buf_init(&b, 1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *log;

        put_zip(&b, rows[i].flags, rows[i].method, rows[i].error);
        log = read_bytes(buf_view(&b), NULL);
        CHECK(strstr(log, rows[i].want) != NULL);
        CHECK(strstr(log, "+ 0 DIR/f/a\n") != NULL);
        CHECK(strstr(log, "+ 0 DIR/f/c\n") != NULL);
        CHECK_INT(seen.failed, i > 0);
    }
    buf_free(&b);
}

/* Damage between entries of a tar is passed over, and two tars in one file
 * are both read. */
static void
tars(void)
{
    static const struct member m[] = {
        {"a", TEXT("A\n\nText.\n"), 0},
        {"b", TEXT("B\n\nText.\n"), 0},
        {"c", TEXT("C\n\nText.\n"), 0},
    };
    struct morgue_str tar =
        keep(pack_members(archive_write_set_format_ustar, NULL, m, 3));
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_str(&b, tar);
    buf_str(&b, tar);
    CHECK_STR(read_bytes(buf_view(&b), NULL),
              "+ 0 DIR/f/a\ntitle: A\nbody: Text.\n"
              "+ 0 DIR/f/b\ntitle: B\nbody: Text.\n"
              "+ 0 DIR/f/c\ntitle: C\nbody: Text.\n"
              "+ 0 DIR/f/a\ntitle: A\nbody: Text.\n"
              "+ 0 DIR/f/b\ntitle: B\nbody: Text.\n"
              "+ 0 DIR/f/c\ntitle: C\nbody: Text.\n");
    buf_cut(&b, tar.len);
    b.data[1024 + 100] ^= 3;
    CHECK_STR(read_bytes(buf_view(&b), NULL),
              "+ 0 DIR/f/a\ntitle: A\nbody: Text.\n"
              "failed 0 []: a header in it is damaged\n"
              "+ 0 DIR/f/c\ntitle: C\nbody: Text.\n");
    buf_free(&b);
}

/* zstd may begin with a frame that has no data. */
static void
skipped_frames(void)
{
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_str(&b, STR("\x50\x2A\x4D\x18\3\0\0\0abc\x5F\x2A\x4D\x18\0\0\0\0"));
    buf_str(&b, pack_one(archive_write_add_filter_zstd, two[0].data));
    CHECK_STR(read_bytes(buf_view(&b), NULL),
              "+ 0 DIR/f\ntitle: Storm\nbody: The sea rose.\n");
    buf_reset(&b);
    buf_str(&b, STR("\x50\x2A\x4D\x18\xFF\xFF\xFF\xFF"
                    "abc"));
    CHECK_STR(read_bytes(buf_view(&b), NULL), "failed 0 []: empty file\n");
    buf_free(&b);
}

/* ---- bounds ------------------------------------------------------------- */

static void
packs_in_packs(void)
{
    struct morgue_str s = two[0].data;

    for (int i = 0; i < 8; i++)
        s = keep(pack_one(filters[i % 2].add, s));
    CHECK_STR(read_bytes(s, NULL),
              "+ 0 DIR/f\ntitle: Storm\nbody: The sea rose.\n");
    s = pack_one(archive_write_add_filter_gzip, s);
    CHECK_STR(read_bytes(s, NULL),
              "failed 0 []: is packed more than 8 times, one in the other\n");
}

/* Text that is packed a thousand times smaller; and that once more. */
static void
bombs(void)
{
    struct buf b;
    struct morgue_str once, twice;
    struct member m[2] = {{"bomb", TEXT(""), 0},
                          {"ok", TEXT("Storm\n\nThe sea rose.\n"), 0}};

    buf_init(&b, 1 << 28);
    while (b.len < (100 << 20)) {
        buf_str(&b, STR("{\"id\": 1, \"body\": \""));
        memset(buf_room(&b, 5000), 'a', 5000);
        buf_cut(&b, b.len + 5000);
        buf_str(&b, STR("\"}\n"));
    }
    seen.quiet = true;
    once = keep(pack_one(archive_write_add_filter_gzip, buf_view(&b)));
    twice = keep(pack_one(archive_write_add_filter_gzip, once));
    for (int i = 0; i < 2; i++) {
        m[0].data = i ? twice : once;
        seen.quiet = false;
        CHECK(m[0].data.len < 1 << 20);
        seen.quiet = true;
        read_bytes(m[0].data, NULL);
        CHECK_INT(seen.failed, 1);
        CHECK(seen.records > 10000 && seen.records < b.len / 5022);
        read_bytes(pack_members(archive_write_set_format_ustar, NULL, m, 2),
                   NULL);
        CHECK(seen.failed >= 1 && seen.records > 10000);
    }
    seen.quiet = false;
    buf_free(&b);
}

/* Cut at each byte: what came before is read, nothing else is. */
static void
cut_short(void)
{
    static const struct member m[] = {
        {"a", TEXT("A\n\nText.\n"), 0},
        {"b", TEXT("{\"id\":1,\"title\":\"b\"}\n"), 0},
        {"c", TEXT("C\n\nText.\n"), 0},
    };

    for (int i = 0; i < FORMATS_N; i++) {
        bool is_7z = strcmp(formats[i].name, "7z") == 0;
        size_t last = 0;
        struct morgue_str s = keep(
            pack_members(formats[i].set,
                         i < 4 ? archive_write_add_filter_gzip : NULL, m, 3));

        /* A piece of the first header may be taken for text. */
        for (size_t n = i < 4 ? 16 : 110; n < s.len; n++) {
            seen.quiet = true;
            read_bytes(str_slice(s.s, n), NULL);
            seen.quiet = false;
            CHECK(seen.records <= 3 && seen.failed <= 1);
            CHECK(seen.records + seen.failed > 0);
            CHECK(seen.records >= last || is_7z);
            last = seen.records;
        }
        CHECK(is_7z || last == 3);
    }
}

/* Any byte wrong: no crash, and no more than there is. */
static void
damaged(void)
{
    for (int i = 0; i < FORMATS_N; i++) {
        struct morgue_str s = keep(pack_members(formats[i].set, NULL, two, 2));
        char *bytes = (char *)(uintptr_t)s.s;
        size_t step = s.len > 4000 ? 7 : 1;

        seen.quiet = true;
        for (size_t n = 0; n < s.len && n < 4000; n += step) {
            bytes[n] ^= (char)(1 << n % 8);
            read_bytes(s, NULL);
            bytes[n] ^= (char)(1 << n % 8);
            CHECK(seen.records <= 6);
            CHECK(seen.records + seen.failed + seen.skipped > 0);
        }
        seen.quiet = false;
    }
}

static void
standard_input(void)
{
    write_file("f", pack_members(archive_write_set_format_zip, NULL, two, 2));
    CHECK(freopen(in_folder("f"), "rb", stdin) != NULL);
    lseek(0, 0, SEEK_SET);
    read_source("-", NULL);
    CHECK_INT(seen.records, 3);
    CHECK(strstr(seen.log.data, "+ 0 content-") == seen.log.data);
    write_file("f", pack_members(archive_write_set_format_7zip, NULL, two, 2));
    CHECK(freopen(in_folder("f"), "rb", stdin) != NULL);
    lseek(0, 0, SEEK_SET);
    read_source("-", NULL);
    CHECK_INT(seen.records, 3);
}

/* A cpio whose link claims to be two gigabytes long, which libarchive says it
 * has no memory for: a failure of the file, not of the run. */
static void
a_claim_beyond_memory(void)
{
    static const char cpio[] = "\xc7\x71\0\0\0\0\xff\xa1\0\0\0\0\1\0\0\0"
                               "\0\0\0\0\2\0\xff\x7f\xff\xff"
                               "a\0and what follows is no link at all";

    CHECK(strstr(read_bytes(str_slice(cpio, sizeof cpio - 1), NULL),
                 "failed 0 []: cpio data is broken") != NULL);
}

int
main(void)
{
    begin_folder();
    RUN(a_claim_beyond_memory);
    RUN(every_container);
    RUN(every_stream);
    RUN(ar_files);
    RUN(names);
    RUN(no_files);
    RUN(other_files);
    RUN(bad_entries);
    RUN(tars);
    RUN(skipped_frames);
    RUN(packs_in_packs);
    RUN(bombs);
    RUN(cut_short);
    RUN(damaged);
    RUN(standard_input);
    return end_folder();
}
