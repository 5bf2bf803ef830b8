/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.c - what files are packed in; the only user of libarchive
 *
 *   gzip                                    zip.c
 *   bzip2 xz lzma lzip zstd lz4 compress    libarchive, one filter
 *   tar zip cpio ar 7z                      libarchive, one format
 *
 * libarchive is given the one filter or format that was told here and none of
 * its guesses, so it starts no programs and takes no text for a container.
 * It is opened at the first read, so that all that can be wrong comes from
 * reading.  Names are asked for in a UTF-8 locale that only its calls see.
 *
 * A zip is read by its directory where the stream can seek, else from front
 * to end; a 7z that cannot seek is taken into memory, up to WHOLE_MAX.  Not
 * handled: passwords, rar, zstd with a dictionary of its own.
 */
#include "pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>

#include "../../common/base/zip.h"
#include "walk.h"

enum { WHOLE_MAX = 256 * 1024 * 1024 }; /* of a 7z */

/* ---- the table ---------------------------------------------------------- */

static bool
is_gzip(struct morgue_str s)
{
    return zip_is_gzip(s);
}

static bool
is_bzip2(struct morgue_str s)
{
    return s.len >= 10 && str_starts(s, STR("BZh")) && is_digit(s.s[3]) &&
           (memcmp(s.s + 4, "1AY&SY", 6) == 0 ||
            memcmp(s.s + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

static bool
is_xz(struct morgue_str s)
{
    return str_starts(s, STR("\xFD"
                             "7zXZ"));
}

/* Properties as the encoder has them by default, a dictionary of 2^n or
 * 2^n + 2^(n-1) bytes, and a size that is unknown or below 2^40. */
static bool
is_lzma(struct morgue_str s)
{
    const unsigned char *u = (const unsigned char *)s.s;
    uint32_t dict = 0, low;

    if (s.len < 14 || u[0] != 0x5D || u[13] != 0)
        return false;
    for (int i = 4; i >= 1; i--)
        dict = dict << 8 | u[i];
    low = dict & (~dict + 1);
    return dict >= 4096 && (dict == low || dict == low * 3) &&
           (memcmp(s.s + 5, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8) == 0 ||
            memcmp(s.s + 10, "\0\0\0", 3) == 0);
}

static bool
is_lzip(struct morgue_str s)
{
    return str_starts(s, STR("LZIP\1"));
}

/* A frame that is to be skipped, with what is no data. */
static bool
is_zstd_extra(struct morgue_str s)
{
    return s.len >= 8 && (s.s[0] & 0xF0) == 0x50 &&
           memcmp(s.s + 1, "\x2A\x4D\x18", 3) == 0;
}

static bool
is_zstd(struct morgue_str s)
{
    return str_starts(s, STR("\x28\xB5\x2F\xFD")) || is_zstd_extra(s);
}

static bool
is_lz4(struct morgue_str s)
{
    return str_starts(s, STR("\x04\x22\x4D\x18")) ||
           str_starts(s, STR("\x02\x21\x4C\x18"));
}

static bool
is_compress(struct morgue_str s)
{
    return s.len >= 3 && str_starts(s, STR("\x1F\x9D")) &&
           (s.s[2] & 0x60) == 0 && (s.s[2] & 0x1F) >= 9 &&
           (s.s[2] & 0x1F) <= 16;
}

/* The sum of its bytes stands in a header of tar, in octal. */
static bool
is_tar(struct morgue_str s)
{
    unsigned sum = 0, stated = 0;
    bool digits = false;

    if (s.len < 512 || s.s[0] == '\0')
        return false;
    for (size_t i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : (unsigned char)s.s[i];
    for (size_t i = 148; i < 156; i++)
        if (s.s[i] >= '0' && s.s[i] <= '7') {
            stated = stated * 8 + (unsigned)(s.s[i] - '0');
            digits = true;
        } else if (digits) {
            break;
        }
    return digits && sum == stated;
}

/* Office documents and books are zip files, too. */
static bool
is_document(struct morgue_str s)
{
    static const char *const first[] = {
        "[Content_Types].xml",
        "mimetype",
        "_rels/",
        "docProps/",
        "word/",
        "xl/",
        "ppt/",
    };

    if (s.len < 30)
        return false;
    s = str_slice(s.s + 30, s.len - 30);
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (str_starts(s, str_of(first[i])))
            return true;
    return false;
}

static bool
is_zip(struct morgue_str s)
{
    return (str_starts(s, STR("PK\x03\x04")) && !is_document(s)) ||
           str_starts(s, STR("PK\x05\x06")) ||
           str_starts(s, STR("PK\x07\x08PK\x03\x04"));
}

static bool
is_cpio(struct morgue_str s)
{
    if (str_starts(s, STR("\xC7\x71")) || str_starts(s, STR("\x71\xC7")))
        return s.len >= 26;
    if (s.len < 76 || !str_starts(s, STR("07070")))
        return false;
    for (size_t i = 5; i < 76; i++)
        if (!is_digit(s.s[i]) &&
            !(to_lower(s.s[i]) >= 'a' && to_lower(s.s[i]) <= 'f'))
            return false;
    return true;
}

static bool
is_ar(struct morgue_str s)
{
    return str_starts(s, STR("!<arch>\n"));
}

static bool
is_7z(struct morgue_str s)
{
    return str_starts(s, STR("7z\xBC\xAF\x27\x1C"));
}

struct pack {
    const char *name;
    bool (*tell)(struct morgue_str head);
    int (*filter)(struct archive *a); /* of one stream */
    int (*format)(struct archive *a); /* of a container */
    bool seeks;                       /* cannot be read otherwise */
};

static const struct pack packs[] = {
    {.name = "gzip", .tell = is_gzip},
    {"bzip2", is_bzip2, archive_read_support_filter_bzip2, NULL, false},
    {"xz", is_xz, archive_read_support_filter_xz, NULL, false},
    {"lzma", is_lzma, archive_read_support_filter_lzma, NULL, false},
    {"lzip", is_lzip, archive_read_support_filter_lzip, NULL, false},
    {"zstd", is_zstd, archive_read_support_filter_zstd, NULL, false},
    {"lz4", is_lz4, archive_read_support_filter_lz4, NULL, false},
    {"compress", is_compress, archive_read_support_filter_compress, NULL,
     false},
    {"zip", is_zip, NULL, archive_read_support_format_zip, false},
    {"7z", is_7z, NULL, archive_read_support_format_7zip, true},
    {"ar", is_ar, NULL, archive_read_support_format_ar, false},
    {"cpio", is_cpio, NULL, archive_read_support_format_cpio, false},
    {"tar", is_tar, NULL, archive_read_support_format_tar, false},
};

const struct pack *
pack_tell(struct morgue_str head)
{
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++)
        if (packs[i].tell(head))
            return &packs[i];
    return NULL;
}

bool
pack_has_entries(const struct pack *pack)
{
    return pack->format != NULL;
}

/* ---- libarchive --------------------------------------------------------- */

struct unpacker {
    const struct pack *pack;
    struct archive *a; /* NULL until the first read */
    struct archive_entry *entry;
    struct stream *from;
    struct buf whole; /* what seeks and stands on a stream that does not */
    locale_t names;   /* 0: where there is none */
    enum morgue_status st;
    struct morgue_error why; /* what failed below */
    char in[64 * 1024];
};

static void
unpacker_init(struct unpacker *u, const struct pack *pack, struct stream *from)
{
    u->pack = pack;
    u->from = from;
    buf_init(&u->whole, WHOLE_MAX);
}

static void
unpacker_free(struct unpacker *u)
{
    archive_entry_free(u->entry);
    if (u->a)
        archive_read_free(u->a);
    if (u->names)
        freelocale(u->names);
    stream_close(u->from);
    buf_free(&u->whole);
}

static la_ssize_t
on_read(struct archive *a, void *payload, const void **bytes)
{
    struct unpacker *u = payload;
    size_t n;

    u->st = stream_read(u->from, u->in, sizeof u->in, &n, &u->why);
    if (u->st) {
        archive_set_error(a, EIO, "%s", u->why.message);
        return -1;
    }
    *bytes = u->in;
    return (la_ssize_t)n;
}

static la_int64_t
on_seek(struct archive *a, void *payload, la_int64_t offset, int whence)
{
    struct unpacker *u = payload;
    int64_t at = offset;

    (void)a;
    return stream_seek(u->from, &at, whence) ? at : ARCHIVE_FATAL;
}

/* Whether memory is short.  libarchive says so as well of a file that claims
 * what no file has: a name of a gigabyte. */
static bool
memory_is_short(void)
{
    void *volatile room = malloc((size_t)1 << 20); /* not to be left out */

    free(room);
    return room == NULL;
}

/* What libarchive failed with: what failed below it, else its own reason. */
static enum morgue_status
unpacker_failed(const struct unpacker *u, struct morgue_error *err)
{
    const char *reason = archive_error_string(u->a);

    if (u->st == MORGUE_NOMEM ||
        (archive_errno(u->a) == ENOMEM && memory_is_short()))
        return error_nomem(err);
    if (u->st) {
        if (err)
            *err = u->why;
        return u->st;
    }
    return error_set(err, MORGUE_FORMAT,
                     "%s data is broken or cut short%s%s%s", u->pack->name,
                     reason ? " (" : "", reason ? reason : "",
                     reason ? ")" : "");
}

/* All of the stream below into memory, where that is needed. */
static enum morgue_status
make_seekable(struct unpacker *u, struct morgue_error *err)
{
    struct stream *memory;
    enum morgue_status st;

    if (!u->pack->seeks || stream_can_seek(u->from))
        return MORGUE_OK;
    st = stream_read_all(&u->whole, u->from, err);
    if (!st)
        st = stream_memory(&memory, buf_view(&u->whole), u->from->meter, err);
    if (st)
        return st;
    stream_close(u->from);
    u->from = memory;
    return MORGUE_OK;
}

/* zstd may begin with frames that libarchive does not know it by. */
static enum morgue_status
skip_extra(struct stream *from, struct morgue_error *err)
{
    struct morgue_str head;
    enum morgue_status st = stream_peek(&head, from, 8, err);

    while (!st && is_zstd_extra(head)) {
        const unsigned char *u = (const unsigned char *)head.s + 4;
        uint64_t left = 8 + (u[0] | (uint64_t)u[1] << 8 |
                             (uint64_t)u[2] << 16 | (uint64_t)u[3] << 24);
        size_t n = 1;

        while (!st && left > 0 && n > 0) {
            char piece[4096];

            st = stream_read(from, piece,
                             left < sizeof piece ? left : sizeof piece, &n,
                             err);
            left -= n;
        }
        if (!st)
            st = stream_peek(&head, from, 8, err);
    }
    return st;
}

static enum morgue_status
unpacker_begin(struct unpacker *u, struct morgue_error *err)
{
    const struct pack *p = u->pack;
    int la;
    enum morgue_status st = make_seekable(u, err);

    if (!st && p->tell == is_zstd)
        st = skip_extra(u->from, err);
    if (st)
        return st;
    u->a = archive_read_new();
    u->entry = u->a ? archive_entry_new2(u->a) : NULL;
    if (!u->entry)
        return error_nomem(err);
    if (p->format) {
        la = p->format(u->a);
        archive_read_set_option(u->a, "tar", "read_concatenated_archives",
                                "1");
        u->names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    } else {
        la = p->filter(u->a);
        archive_read_support_format_raw(u->a);
        archive_read_support_format_empty(u->a);
    }
    if (la == ARCHIVE_WARN) /* it would start a program */
        return error_set(err, MORGUE_FORMAT, "%s data cannot be unpacked here",
                         p->name);
    archive_read_set_read_callback(u->a, on_read);
    if (stream_can_seek(u->from))
        archive_read_set_seek_callback(u->a, on_seek);
    archive_read_set_callback_data(u->a, u);
    la = la == ARCHIVE_OK ? archive_read_open1(u->a) : la;
    return la < ARCHIVE_WARN ? unpacker_failed(u, err) : MORGUE_OK;
}

/* Have the next header in u->entry; as libarchive returns it.  libarchive 3.6
 * ends the process where there is no memory for a name, so that much is asked
 * for before. */
static int
unpacker_header(struct unpacker *u)
{
    enum { NAME_ROOM = 64 * 1024 };
    void *volatile room = malloc(NAME_ROOM);
    locale_t old;
    int la;

    free(room);
    if (!room) {
        u->st = MORGUE_NOMEM;
        return ARCHIVE_FATAL;
    }
    old = u->names ? uselocale(u->names) : (locale_t)0;
    la = archive_read_next_header2(u->a, u->entry);
    if (old)
        uselocale(old);
    return la;
}

/* Data of what was begun; *la as libarchive returned it. */
static enum morgue_status
unpacker_data(struct unpacker *u, char *to, size_t room, size_t *n, int *la,
              struct morgue_error *err)
{
    la_ssize_t got = archive_read_data(u->a, to, room);

    *la = got < 0 ? (int)got : ARCHIVE_OK;
    if (got < 0)
        return unpacker_failed(u, err);
    *n = (size_t)got;
    return MORGUE_OK;
}

/* ---- one stream --------------------------------------------------------- */

struct unpacked {
    struct stream s;
    struct unpacker in;
    bool begun;
};

static enum morgue_status
unpacked_read(struct stream *s, char *to, size_t room, size_t *n,
              struct morgue_error *err)
{
    struct unpacked *u = (struct unpacked *)s;
    int la;

    if (!u->begun) {
        enum morgue_status st = unpacker_begin(&u->in, err);

        if (st)
            return st;
        la = unpacker_header(&u->in);
        if (la == ARCHIVE_EOF)
            return MORGUE_OK;
        if (la < ARCHIVE_WARN)
            return unpacker_failed(&u->in, err);
        u->begun = true;
    }
    return unpacker_data(&u->in, to, room, n, &la, err);
}

static void
unpacked_close(struct stream *s)
{
    unpacker_free(&((struct unpacked *)s)->in);
    free(s);
}

static const struct stream_kind unpacked_kind = {
    .unpacks = true,
    .read = unpacked_read,
    .close = unpacked_close,
};

enum morgue_status
pack_unpack(struct stream **out, const struct pack *pack, struct stream *from,
            struct morgue_error *err)
{
    struct unpacked *u;

    if (!pack->filter)
        return zip_stream(out, from, ZIP_GZIP, err);
    *out = NULL;
    u = calloc(1, sizeof *u);
    if (!u) {
        stream_close(from);
        return error_nomem(err);
    }
    stream_init(&u->s, &unpacked_kind, from->meter);
    unpacker_init(&u->in, pack, from);
    *out = &u->s;
    return MORGUE_OK;
}

/* ---- containers --------------------------------------------------------- */

struct container {
    struct unpacker in;
    struct morgue_error wrong; /* lent as a reason */
    bool begun, over;
    bool damaged; /* the header before was, and it was told */
};

/* The entry that a container is at. */
struct entry_stream {
    struct stream s;
    struct container *c;
};

enum morgue_status
container_open(struct container **out, const struct pack *pack,
               struct stream *from, struct morgue_error *err)
{
    struct container *c = calloc(1, sizeof *c);

    *out = c;
    if (!c) {
        stream_close(from);
        return error_nomem(err);
    }
    unpacker_init(&c->in, pack, from);
    return MORGUE_OK;
}

void
container_close(struct container *c)
{
    if (c)
        unpacker_free(&c->in);
    free(c);
}

/* What is broken for good ends the container, and is told once: by the entry
 * in which it was met. */
static enum morgue_status
entry_read(struct stream *s, char *to, size_t room, size_t *n,
           struct morgue_error *err)
{
    struct container *c = ((struct entry_stream *)s)->c;
    int la;
    enum morgue_status st = unpacker_data(&c->in, to, room, n, &la, err);

    c->over = c->over || la == ARCHIVE_FATAL;
    return st;
}

static void
entry_close(struct stream *s)
{
    free(s);
}

static const struct stream_kind entry_kind = {
    .unpacks = true,
    .read = entry_read,
    .close = entry_close,
};

/* Whether a part of the name begins with a dot, "." and ".." apart, or is
 * where a Mac puts what belongs to a file. */
static bool
is_hidden(struct morgue_str name)
{
    while (name.len > 0) {
        const char *slash = memchr(name.s, '/', name.len);
        size_t len = slash ? (size_t)(slash - name.s) : name.len;
        struct morgue_str part = str_slice(name.s, len);

        if ((len > 0 && part.s[0] == '.' && !str_eq(part, STR(".")) &&
             !str_eq(part, STR(".."))) ||
            str_eq(part, STR("__MACOSX")))
            return true;
        len += slash != NULL;
        name = str_slice(name.s + len, name.len - len);
    }
    return false;
}

/* Why an entry is no file to be read; NULL where it is one.  Of the names of a
 * file in a cpio the last has the content, of those in a tar the first. */
static const char *
no_file(struct archive_entry *e)
{
    static const char other_name[] = "a name of another file in it";
    bool empty = archive_entry_size(e) == 0;

    if (archive_entry_hardlink(e))
        return empty ? other_name : NULL;
    if (archive_entry_filetype(e) == AE_IFREG)
        return empty && archive_entry_nlink(e) > 1 ? other_name : NULL;
    return walk_no_file(archive_entry_filetype(e));
}

static enum morgue_status
begin_entry(struct pack_entry *out, struct container *c,
            struct morgue_error *err)
{
    struct entry_stream *s;

    if (archive_entry_is_encrypted(c->in.entry)) {
        out->wrong = "is encrypted";
        return MORGUE_OK;
    }
    s = calloc(1, sizeof *s);
    if (!s)
        return error_nomem(err);
    stream_init(&s->s, &entry_kind, c->in.from->meter);
    s->c = c;
    out->stream = &s->s;
    return MORGUE_OK;
}

/* The container is broken from here on. */
static enum morgue_status
container_broken(struct pack_entry *out, struct container *c,
                 enum morgue_status st, struct morgue_error *err)
{
    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    c->over = true;
    out->wrong = c->wrong.message;
    return MORGUE_OK;
}

enum morgue_status
container_next(struct pack_entry *out, bool *more, struct container *c,
               struct morgue_error *err)
{
    *out = (struct pack_entry){.name = ""};
    *more = true;
    while (!c->over) {
        const char *name;
        int la;

        if (!c->begun) {
            enum morgue_status st = unpacker_begin(&c->in, &c->wrong);

            c->begun = true;
            if (st)
                return container_broken(out, c, st, err);
        }
        la = unpacker_header(&c->in);
        if (la == ARCHIVE_EOF)
            break;
        if (la < ARCHIVE_WARN && la != ARCHIVE_RETRY)
            return container_broken(out, c, unpacker_failed(&c->in, &c->wrong),
                                    err);
        if (la == ARCHIVE_RETRY && c->damaged)
            continue; /* as much of the same damage */
        c->damaged = la == ARCHIVE_RETRY;
        if (c->damaged) {
            out->wrong = "a header in it is damaged";
            return MORGUE_OK;
        }
        name = archive_entry_pathname(c->in.entry);
        if (!name)
            name = "unnamed";
        if (archive_entry_filetype(c->in.entry) == AE_IFDIR ||
            is_hidden(str_of(name)))
            continue;
        out->name = name;
        out->wrong = no_file(c->in.entry);
        out->skipped = out->wrong != NULL;
        return out->skipped ? MORGUE_OK : begin_entry(out, c, err);
    }
    *more = false;
    return MORGUE_OK;
}
