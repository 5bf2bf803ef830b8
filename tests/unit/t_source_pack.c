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
#include <sys/wait.h>
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

int
main(void)
{
    begin_folder();
    RUN(every_container);
    RUN(every_stream);
    RUN(ar_files);
    return end_folder();
}
