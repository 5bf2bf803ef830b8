/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source.c - from files to records: walking, telling formats, cleaning
 */
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../common/base/file.h"
#include "../common/base/utf8.h"
#include "charset.h"
#include "reader.h"

enum {
    PROBE = 16 * 1024, /* bytes by which a format is told */
    PATH_KEPT = 4000,  /* bytes of a path in an id */
    DEPTH_MAX = 64     /* of folders */
};

/* Each byte of a record may become three in UTF-8. */
#define TEXT_MAX ((size_t)RECORD_MAX * 4)

/* ---- formats ------------------------------------------------------------ */

static const struct format {
    const char *name;
    bool many; /* records in a file */
    enum morgue_status (*read)(struct reading *r, struct morgue_error *err);
} formats[] = {
    {"text", false, read_text},
    {"heads", false, read_heads},
    {"jsonl", true, read_json},
    {"sgml", true, read_sgml},
};
enum { FORMAT_TEXT, FORMAT_HEADS, FORMAT_JSONL, FORMAT_SGML, FORMATS_N };

static const struct format *
format_named(const char *name)
{
    for (int i = 0; i < FORMATS_N; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool
source_format_known(const char *name)
{
    return format_named(name) != NULL;
}

const char *
source_format_names(void)
{
    return "text, heads, jsonl, sgml";
}

/* What data that is none of the formats begins with. */
static const struct {
    const char *bytes, *what;
} magic[] = {
    {"\xFF\xD8\xFF", "a JPEG image"},
    {"\x89PNG", "a PNG image"},
    {"GIF8", "a GIF image"},
    {"II*", "a TIFF image"},
    {"RIFF", "sound or moving pictures"},
    {"ID3", "sound (MP3)"},
    {"OggS", "sound or moving pictures"},
    {"%PDF", "a PDF document"},
    {"PK\x03\x04", "a zip archive or office document"},
    {"SQLite format 3", "an SQLite database"},
    {"\x7F"
     "ELF",
     "a program"},
    {"\xD0\xCF\x11\xE0", "an old office document"},
    {"BZh91AY&SY", "bzip2 data"},
    {"\xFD"
     "7zXZ",
     "xz data"},
    {"\x28\xB5\x2F\xFD", "zstd data"},
    {"WARC/", "a web archive (WARC)"},
    {"{\\rtf", "an RTF document"},
};

/* Why these bytes, in UTF-8 or nearly, are no text; NULL where they may be. */
static const char *
not_text(struct morgue_str s)
{
    size_t controls = 0;

    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (str_starts(s, str_of(magic[i].bytes)))
            return magic[i].what;
    if (s.len > 262 && memcmp(s.s + 257, "ustar", 5) == 0)
        return "a tar archive";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.s[i];

        if (c == 0)
            return "binary data";
        controls += (c < 0x20 && !is_space((char)c) && c != 0x1b);
    }
    return controls > s.len / 10 ? "binary data" : NULL;
}

static bool
has_nocase(struct morgue_str s, struct morgue_str word)
{
    for (size_t i = 0; i + word.len <= s.len; i++)
        if (str_eq_nocase(str_slice(s.s + i, word.len), word))
            return true;
    return false;
}

/* Whether it begins as JSON: an object, or an array of what may follow "[".
 * A note in brackets is none. */
static bool
looks_like_json(struct morgue_str s)
{
    struct morgue_str rest;

    if (s.len < 2 || (s.s[0] != '{' && s.s[0] != '['))
        return s.len == 1 && s.s[0] == '{';
    rest = str_trim(str_slice(s.s + 1, s.len - 1));
    if (rest.len == 0)
        return true;
    return s.s[0] == '{' ? rest.s[0] == '"' || rest.s[0] == '}'
                         : strchr("{[]\"", rest.s[0]) || is_digit(rest.s[0]);
}

/* Whether it begins with a tag and has more of them. */
static bool
looks_like_markup(struct morgue_str s)
{
    if (s.len < 3 || s.s[0] != '<')
        return false;
    return s.s[1] == '!' || s.s[1] == '?' ||
           (is_alpha(s.s[1]) &&
            (has_nocase(s, STR("</")) || has_nocase(s, STR("/>"))));
}

/* The format of a file that begins so, or NULL with what it is instead. */
static const struct format *
format_of(struct morgue_str s, const char **what)
{
    struct morgue_str head = s, top;

    if (str_starts(s, STR("\xEF\xBB\xBF")))
        head = s = str_slice(s.s + 3, s.len - 3);
    head = str_trim(head);
    top = str_slice(head.s, head.len < 400 ? head.len : 400);
    if (looks_like_json(head))
        return &formats[FORMAT_JSONL];
    if (has_nocase(top, STR("<!DOCTYPE lewis")) ||
        (head.len > 0 && head.s[0] == '<' &&
         has_nocase(head, STR("<REUTERS "))))
        return &formats[FORMAT_SGML];
    if (has_nocase(top, STR("<!DOCTYPE html")) ||
        has_nocase(top, STR("<html")))
        *what = "an HTML page";
    else if (looks_like_markup(head))
        *what = "XML or other markup";
    else
        return looks_like_heads(s) ? &formats[FORMAT_HEADS]
                                   : &formats[FORMAT_TEXT];
    return NULL;
}

/* ---- cleaning ----------------------------------------------------------- */

static bool
blank(struct morgue_str s)
{
    return str_trim(s).len == 0;
}

/* How many bytes the control character or line break at the beginning has; 0
 * where there is none. */
static size_t
control(struct morgue_str s)
{
    const unsigned char *u = (const unsigned char *)s.s;

    if (u[0] == '\r' && s.len > 1 && u[1] == '\n')
        return 2;
    if (u[0] < 0x20 || u[0] == 0x7f)
        return 1;
    if (u[0] == 0xC2 && s.len > 1 && u[1] < 0xA0)
        return 2; /* U+0080 to U+009F */
    return s.len > 2 && u[0] == 0xE2 && u[1] == 0x80 &&
                   (u[2] == 0xA8 || u[2] == 0xA9)
               ? 3 /* separators of lines and paragraphs */
               : 0;
}

/* Take the space at an end off; false where there is none. */
static bool
trim_wide(struct morgue_str *s)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE3\x80\x80",
                                       "\xEF\xBB\xBF", "\xE2\x80\xAF"};

    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        struct morgue_str w = str_of(wide[i]);

        if (s->len < w.len)
            continue;
        s->len -= w.len;
        if (memcmp(s->s + s->len, w.s, w.len) == 0)
            return true;
        if (memcmp(s->s, w.s, w.len) == 0) {
            s->s += w.len;
            return true;
        }
        s->len += w.len;
    }
    return false;
}

/* Write a line without the white space at its ends, and with spaces for what
 * would break it. */
static size_t
clean_line(char *to, struct morgue_str rest)
{
    size_t len = 0;

    do
        rest = str_trim(rest);
    while (trim_wide(&rest));
    while (rest.len > 0) {
        size_t n = control(rest);

        to[len++] = n > 0 ? ' ' : rest.s[0];
        n += n == 0;
        rest = str_slice(rest.s + n, rest.len - n);
    }
    return len;
}

/* A head field, in one line or with each value on its own, within its
 * ceiling. */
static enum morgue_status
clean_head(struct morgue_str *s, struct arena *arena, bool many, size_t max,
           struct morgue_error *err)
{
    struct morgue_str rest = *s, line = *s;
    char *to = arena_alloc(arena, s->len + 1);
    size_t len = 0;

    if (!to)
        return error_nomem(err);
    if (!many)
        len = clean_line(to, line);
    while (many && str_line(&rest, &line)) {
        size_t n = clean_line(to + len + (len > 0), line);

        if (n > 0 && len > 0)
            to[len++] = '\n';
        len += n;
    }
    *s = str_slice(to, len);
    s->len = utf8_floor(*s, max);
    *s = str_trim(*s);
    return MORGUE_OK;
}

/* The field in valid UTF-8, in the arena if it has to be repaired. */
static enum morgue_status
repair(struct morgue_str *s, struct arena *arena, bool *repaired,
       struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    if (utf8_valid(*s))
        return MORGUE_OK;
    *repaired = true;
    buf_init(&b, TEXT_MAX);
    utf8_repair(&b, *s);
    st = buf_status(&b, err);
    if (!st && !arena_str(arena, buf_view(&b), s))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

static enum morgue_status
clean(struct morgue_article *a, struct arena *arena, bool *repaired,
      struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (int f = 0; f < FIELD_N && !st; f++) {
        struct morgue_str *s = record_field(a, (enum field)f);

        if (s->len == 0)
            *s = str_slice("", 0);
        st = repair(s, arena, repaired, err);
        if (!st && f != FIELD_BODY && s->len > 0)
            st = clean_head(s, arena, field_info[f].many, field_info[f].max,
                            err);
    }
    if (!st && a->body.len > field_info[FIELD_BODY].max)
        a->body.len = utf8_floor(a->body, field_info[FIELD_BODY].max);
    return st;
}

/* An id by path and position, or by content. */
static void
print_id(struct buf *out, const struct morgue_article *a, const char *path,
         uint64_t position)
{
    struct morgue_str s = str_of(path ? path : "");
    struct hash128 h;

    if (path) {
        /* The position must not be cut off. */
        buf_str(out, str_slice(s.s, s.len < PATH_KEPT ? s.len : PATH_KEPT));
        if (position > 0)
            buf_printf(out, "#%llu", (unsigned long long)position);
    } else {
        h = record_hash(a);
        buf_printf(out, "content-%016llx%016llx", (unsigned long long)h.high,
                   (unsigned long long)h.low);
    }
}

/* An id for an article that has none. */
static enum morgue_status
make_id(struct morgue_article *a, const char *path, uint64_t position,
        struct arena *arena, struct morgue_error *err)
{
    const size_t max = field_info[FIELD_ID].max;
    struct buf b;
    bool repaired;
    enum morgue_status st;

    if (a->id.len > 0)
        return MORGUE_OK;
    if (a->url.len > 0) {
        a->id = str_slice(a->url.s, utf8_floor(a->url, max));
        return MORGUE_OK;
    }
    buf_init(&b, max);
    print_id(&b, a, path, position);
    st = buf_status(&b, err);
    if (!st && !arena_str(arena, buf_view(&b), &a->id))
        st = error_nomem(err);
    buf_free(&b);
    /* A file's name may be anything. */
    if (!st)
        st = repair(&a->id, arena, &repaired, err);
    if (!st)
        st = clean_head(&a->id, arena, false, max, err);
    return st;
}

/* ---- what readers call -------------------------------------------------- */

enum morgue_status
reading_utf8(struct reading *r, struct morgue_str *text, const char *declared,
             bool *converted, struct morgue_error *err)
{
    *converted = r->in.utf16 != UTF16_NONE;
    if (*converted)
        return MORGUE_OK;
    return charset_to_utf8(text, declared, converted, &r->scratch, err);
}

static struct origin
here(const struct reading *r)
{
    return (struct origin){.path = r->path,
                           .position = r->many ? r->position : 0};
}

enum morgue_status
reading_record(struct reading *r, struct morgue_article *a, bool converted,
               struct morgue_error *err)
{
    struct origin origin;
    enum morgue_status st;

    r->position++;
    origin = here(r);
    origin.converted = converted;
    st = clean(a, &r->arena, &origin.repaired, err);
    if (!st)
        st = make_id(a, r->whole, origin.position, &r->arena, err);
    if (st)
        return st;
    if (blank(a->title) && blank(a->body)) {
        struct morgue_str id;

        if (!arena_str(&r->arena, a->id, &id))
            return error_nomem(err);
        return r->sink->problem(MORGUE_SKIPPED, &origin, id.s, "no text",
                                r->sink->payload, err);
    }
    return r->sink->record(a, &origin, r->sink->payload, err);
}

enum morgue_status
reading_failed(struct reading *r, const char *reason, struct morgue_error *err)
{
    struct origin origin;

    r->position++;
    origin = here(r);
    return r->sink->problem(MORGUE_FAILED, &origin, "", reason,
                            r->sink->payload, err);
}

enum morgue_status
reading_broken(struct reading *r, const char *reason, struct morgue_error *err)
{
    struct origin origin = {.path = r->path};

    return r->sink->problem(MORGUE_FAILED, &origin, "", reason,
                            r->sink->payload, err);
}

/* ---- files -------------------------------------------------------------- */

static enum morgue_status
read_by_format(struct reading *r, const struct format *format,
               struct morgue_error *err)
{
    enum morgue_status st = input_need(&r->in, PROBE, err);
    struct morgue_str head = input_view(&r->in);
    const char *what;
    char reason[600];

    if (st)
        return st;
    if (head.len > PROBE)
        head.len = PROBE;
    if (head.len == 0 && !r->in.broken)
        return reading_broken(r, "empty file", err);
    what = not_text(head);
    if (!what && !format)
        format = format_of(head, &what);
    if (what) {
        snprintf(reason, sizeof reason, "is %s, which is not read", what);
        return reading_broken(r, reason, err);
    }
    r->many = format->many;
    if (head.len > 0)
        st = format->read(r, err);
    if (!st && r->in.broken) {
        snprintf(reason, sizeof reason, "%s%s", r->in.why.message,
                 r->position > 0 ? "; what came before was kept" : "");
        st = reading_broken(r, reason, err);
    }
    return st;
}

/* Read what `stream` has, and close it. */
static enum morgue_status
read_opened(struct instream *stream, const char *path,
            const struct format *format, const struct sink *sink,
            struct morgue_error *err)
{
    struct reading r = {.path = path, .sink = sink, .in.stream = stream};
    bool standard = strcmp(path, "-") == 0;
    char *whole = standard ? NULL : path_absolute(path);
    enum morgue_status st;

    buf_init(&r.in.b, TEXT_MAX);
    buf_init(&r.scratch, TEXT_MAX);
    buf_init(&r.text, TEXT_MAX);
    arena_init(&r.arena, (size_t)RECORD_MAX * 8);
    r.whole = whole;
    if (!whole && !standard)
        st = error_nomem(err);
    else
        st = read_by_format(&r, format, err);
    arena_free(&r.arena);
    buf_free(&r.text);
    buf_free(&r.scratch);
    input_free(&r.in);
    free(whole);
    return st;
}

/* The source itself, which must be there. */
static enum morgue_status
read_one(const char *path, const struct format *format,
         const struct sink *sink, struct morgue_error *err)
{
    struct instream *in = NULL;
    enum morgue_status st = instream_open(&in, path, err);

    if (st == MORGUE_IO && err)
        err->status = MORGUE_NO_INPUT;
    if (st)
        return st == MORGUE_IO ? MORGUE_NO_INPUT : st;
    return read_opened(in, path, format, sink, err);
}

/* ---- folders ------------------------------------------------------------ */

/* Folders that were read, by device and inode: a hash table with open
 * addressing, so that links lead neither round in a circle nor twice to the
 * same files. */
struct folder {
    dev_t device;
    ino_t inode;
    bool used;
};

struct walk {
    const struct format *format;
    const struct sink *sink;
    struct folder *folder;
    size_t folder_n, folder_cap; /* cap: a power of two, or 0 */
};

static struct folder *
find_folder(const struct walk *w, dev_t device, ino_t inode)
{
    size_t mask = w->folder_cap - 1;
    size_t i = ((size_t)inode * 0x9E3779B1u ^ (size_t)device) & mask;

    while (w->folder[i].used &&
           (w->folder[i].device != device || w->folder[i].inode != inode))
        i = (i + 1) & mask;
    return &w->folder[i];
}

static enum morgue_status
grow_folders(struct walk *w, struct morgue_error *err)
{
    struct walk wider = *w;

    wider.folder_cap = w->folder_cap ? w->folder_cap * 2 : 64;
    wider.folder = calloc(wider.folder_cap, sizeof *wider.folder);
    if (!wider.folder)
        return error_nomem(err);
    for (size_t i = 0; i < w->folder_cap; i++)
        if (w->folder[i].used)
            *find_folder(&wider, w->folder[i].device, w->folder[i].inode) =
                w->folder[i];
    free(w->folder);
    *w = wider;
    return MORGUE_OK;
}

/* Remember a folder; *known tells whether it was there before. */
static enum morgue_status
add_folder(struct walk *w, const struct stat *s, bool *known,
           struct morgue_error *err)
{
    struct folder *f;
    enum morgue_status st = MORGUE_OK;

    if (w->folder_n * 2 >= w->folder_cap)
        st = grow_folders(w, err);
    if (st)
        return st;
    f = find_folder(w, s->st_dev, s->st_ino);
    *known = f->used;
    w->folder_n += !f->used;
    *f = (struct folder){s->st_dev, s->st_ino, true};
    return MORGUE_OK;
}

static enum morgue_status
file_problem(const struct walk *w, enum morgue_outcome outcome,
             const char *path, const char *reason, struct morgue_error *err)
{
    struct origin origin = {.path = path};

    return w->sink->problem(outcome, &origin, "", reason, w->sink->payload,
                            err);
}

static enum morgue_status walk_path(struct walk *w, const char *path,
                                    int depth, struct morgue_error *err);

static enum morgue_status
walk_folder(struct walk *w, const char *path, const struct stat *s, int depth,
            struct morgue_error *err)
{
    struct file_names names = {0};
    struct morgue_error detail;
    bool known;
    enum morgue_status st = add_folder(w, s, &known, err);

    if (st)
        return st;
    if (known)
        return file_problem(w, MORGUE_SKIPPED, path,
                            "a folder that was read already, by another name",
                            err);
    if (depth > DEPTH_MAX)
        return file_problem(w, MORGUE_FAILED, path,
                            "folders are nested too deep", err);
    st = file_list(&names, path, &detail);
    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    if (st)
        return file_problem(w, MORGUE_FAILED, path, detail.message, err);
    for (size_t i = 0; i < names.n && !st; i++) {
        char *below;

        if (names.name[i][0] == '.')
            continue;
        below = path_join(path, names.name[i]);
        st = below ? walk_path(w, below, depth + 1, err) : error_nomem(err);
        free(below);
    }
    file_names_free(&names);
    return st;
}

static enum morgue_status
walk_path(struct walk *w, const char *path, int depth,
          struct morgue_error *err)
{
    struct instream *in = NULL;
    struct morgue_error detail;
    struct stat s;
    enum morgue_status st;

    if (stat(path, &s) != 0) {
        st = error_errno(&detail, MORGUE_NO_INPUT, "open", path);
        return st == MORGUE_NOMEM
                   ? error_nomem(err)
                   : file_problem(w, MORGUE_FAILED, path, detail.message, err);
    }
    if (S_ISDIR(s.st_mode))
        return walk_folder(w, path, &s, depth, err);
    if (!S_ISREG(s.st_mode))
        return file_problem(w, MORGUE_SKIPPED, path, "not a regular file",
                            err);
    st = instream_open(&in, path, &detail);
    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    if (st)
        return file_problem(w, MORGUE_FAILED, path, detail.message, err);
    return read_opened(in, path, w->format, w->sink, err);
}

enum morgue_status
source_read(const char *source, const char *format, const struct sink *sink,
            struct morgue_error *err)
{
    struct walk w = {.format = format ? format_named(format) : NULL,
                     .sink = sink};
    struct stat s;
    enum morgue_status st;

    if (format && !w.format)
        return error_set(err, MORGUE_USAGE,
                         "there is no format '%s'; there are %s", format,
                         source_format_names());
    if (strcmp(source, "-") == 0)
        return read_one(source, w.format, sink, err);
    if (stat(source, &s) != 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", source);
    if (!S_ISDIR(s.st_mode))
        return read_one(source, w.format, sink, err);
    if (access(source, R_OK | X_OK) != 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", source);
    st = walk_folder(&w, source, &s, 0, err);
    free(w.folder);
    return st;
}

enum morgue_status
source_article(const struct morgue_article *article, const struct sink *sink,
               struct morgue_error *err)
{
    struct reading r = {.path = "", .sink = sink};
    struct morgue_article copy = *article;
    enum morgue_status st;

    arena_init(&r.arena, (size_t)RECORD_MAX * 8);
    st = reading_record(&r, &copy, false, err);
    arena_free(&r.arena);
    return st;
}
