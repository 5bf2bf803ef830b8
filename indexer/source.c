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
#include "reader.h"

enum {
    PROBE = 16 * 1024, /* bytes by which a format is told */
    DEPTH_MAX = 64     /* of folders */
};

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
    {"%PDF", "a PDF document"},
    {"PK\x03\x04", "a zip archive or office document"},
    {"SQLite format 3", "an SQLite database"},
    {"\x7F"
     "ELF",
     "a program"},
    {"\xD0\xCF\x11\xE0", "an old office document"},
    {"BZh", "bzip2 data"},
    {"\xFD"
     "7zXZ",
     "xz data"},
    {"\x28\xB5\x2F\xFD", "zstd data"},
    {"WARC/", "a web archive (WARC)"},
    {"{\\rtf", "an RTF document"},
};

/* Why these bytes are no text; NULL where they may be. */
static const char *
not_text(struct morgue_str s)
{
    size_t controls = 0;

    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (str_starts(s, str_of(magic[i].bytes)))
            return magic[i].what;
    if (str_starts(s, STR("\xFF\xFE")) || str_starts(s, STR("\xFE\xFF")))
        return NULL; /* UTF-16 */
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

/* The format of a file that begins so, or NULL with the reason. */
static const struct format *
format_of(struct morgue_str s, const char **reason)
{
    struct morgue_str head;

    *reason = not_text(s);
    if (*reason)
        return NULL;
    if (str_starts(s, STR("\xEF\xBB\xBF")))
        s = str_slice(s.s + 3, s.len - 3);
    head = str_trim(s);
    if (head.len > 0 && (head.s[0] == '{' || head.s[0] == '['))
        return &formats[FORMAT_JSONL];
    if (has_nocase(head, STR("<REUTERS ")) ||
        has_nocase(str_slice(head.s, head.len < 200 ? head.len : 200),
                   STR("<!DOCTYPE lewis")))
        return &formats[FORMAT_SGML];
    if (head.len > 200)
        head.len = 200;
    *reason = "an HTML page";
    if (has_nocase(head, STR("<!DOCTYPE html")) ||
        has_nocase(head, STR("<html")))
        return NULL;
    *reason = "XML";
    if (str_starts(head, STR("<?xml")))
        return NULL;
    *reason = NULL;
    return looks_like_heads(s) ? &formats[FORMAT_HEADS]
                               : &formats[FORMAT_TEXT];
}

/* ---- cleaning ----------------------------------------------------------- */

static bool
blank(struct morgue_str s)
{
    return str_trim(s).len == 0;
}

/* A head field without what would break a line: runs of white space and
 * controls become one space, but for line ends between values. */
static enum morgue_status
clean_head(struct morgue_str *s, struct arena *arena, bool many, size_t max,
           struct morgue_error *err)
{
    struct morgue_str in = str_trim(*s);
    char *to = arena_alloc(arena, in.len + 1);
    size_t len = 0;

    if (!to)
        return error_nomem(err);
    for (size_t i = 0; i < in.len; i++) {
        unsigned char c = (unsigned char)in.s[i];
        bool gap = c <= ' ' || c == 0x7f;
        char last = len > 0 ? to[len - 1] : '\n';

        if (!gap)
            to[len++] = (char)c;
        else if (many && c == '\n' && last == ' ')
            to[len - 1] = '\n';
        else if (last != ' ' && last != '\n')
            to[len++] = many && c == '\n' ? '\n' : ' ';
    }
    if (len > 0 && (to[len - 1] == ' ' || to[len - 1] == '\n'))
        len--;
    *s = str_slice(to, len);
    s->len = utf8_floor(*s, max);
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
    buf_init(&b, (size_t)RECORD_MAX * 3);
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

/* An id for an article that has none. */
static enum morgue_status
make_id(struct morgue_article *a, const char *path, uint64_t position,
        struct arena *arena, struct morgue_error *err)
{
    struct buf b;
    struct hash128 h;
    enum morgue_status st;

    if (a->id.len > 0)
        return MORGUE_OK;
    if (a->url.len > 0) {
        a->id =
            str_slice(a->url.s, utf8_floor(a->url, field_info[FIELD_ID].max));
        return MORGUE_OK;
    }
    buf_init(&b, field_info[FIELD_ID].max + 64);
    if (path) {
        buf_str(&b, str_of(path));
        if (position > 0)
            buf_printf(&b, "#%llu", (unsigned long long)position);
    } else {
        h = record_hash(a);
        buf_printf(&b, "content-%016llx%016llx", (unsigned long long)h.high,
                   (unsigned long long)h.low);
    }
    st = buf_status(&b, err);
    if (!st && !arena_str(arena, buf_view(&b), &a->id))
        st = error_nomem(err);
    buf_free(&b);
    /* A file's name may be anything. */
    if (!st)
        st = repair(&a->id, arena, &(bool){false}, err);
    if (!st)
        st = clean_head(&a->id, arena, false, field_info[FIELD_ID].max, err);
    return st;
}

/* ---- what readers call -------------------------------------------------- */

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
    const char *what = NULL;
    char reason[600];

    if (st)
        return st;
    if (head.len > PROBE)
        head.len = PROBE;
    if (head.len == 0 && !r->in.broken)
        return reading_broken(r, "the file is empty", err);
    if (!format)
        format = format_of(head, &what);
    if (!format && head.len > 0) {
        snprintf(reason, sizeof reason, "is %s, which is not read", what);
        return reading_broken(r, reason, err);
    }
    r->many = format && format->many;
    if (head.len > 0)
        st = format->read(r, err);
    if (!st && r->in.broken) {
        snprintf(reason, sizeof reason, "%s%s", r->in.why.message,
                 r->position > 0 ? "; what came before was kept" : "");
        st = reading_broken(r, reason, err);
    }
    return st;
}

static enum morgue_status
read_file(const char *path, const struct format *format,
          const struct sink *sink, struct morgue_error *err)
{
    struct reading r = {.path = path, .sink = sink};
    char *whole = NULL;
    enum morgue_status st = instream_open(&r.in.stream, path, err);

    if (st)
        return st;
    buf_init(&r.in.b, (size_t)RECORD_MAX * 2);
    buf_init(&r.scratch, (size_t)RECORD_MAX * 3);
    buf_init(&r.text, (size_t)RECORD_MAX);
    arena_init(&r.arena, (size_t)RECORD_MAX * 8);
    if (strcmp(path, "-") != 0) {
        whole = path_absolute(path);
        if (!whole)
            st = error_nomem(err);
    }
    r.whole = whole;
    if (!st)
        st = read_by_format(&r, format, err);
    arena_free(&r.arena);
    buf_free(&r.text);
    buf_free(&r.scratch);
    buf_free(&r.in.b);
    instream_close(r.in.stream);
    free(whole);
    return st;
}

/* ---- folders ------------------------------------------------------------ */

/* The folders from the source down to here, so that links do not lead round
 * in a circle. */
struct trail {
    const struct trail *up;
    dev_t device;
    ino_t inode;
    int depth;
};

struct walk {
    const struct format *format;
    const struct sink *sink;
};

static enum morgue_status
file_problem(const struct walk *w, enum morgue_outcome outcome,
             const char *path, const char *reason, struct morgue_error *err)
{
    struct origin origin = {.path = path};

    return w->sink->problem(outcome, &origin, "", reason, w->sink->payload,
                            err);
}

static enum morgue_status walk_path(const struct walk *w, const char *path,
                                    const struct trail *up,
                                    struct morgue_error *err);

static enum morgue_status
walk_folder(const struct walk *w, const char *path, const struct stat *s,
            const struct trail *up, struct morgue_error *err)
{
    struct trail here = {up, s->st_dev, s->st_ino, up ? up->depth + 1 : 0};
    struct file_names names = {0};
    struct morgue_error detail;
    enum morgue_status st;

    for (const struct trail *t = up; t; t = t->up)
        if (t->device == here.device && t->inode == here.inode)
            return file_problem(w, MORGUE_SKIPPED, path,
                                "a link to a folder above it", err);
    if (here.depth > DEPTH_MAX)
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
        st = below ? walk_path(w, below, &here, err) : error_nomem(err);
        free(below);
    }
    file_names_free(&names);
    return st;
}

static enum morgue_status
walk_path(const struct walk *w, const char *path, const struct trail *up,
          struct morgue_error *err)
{
    struct morgue_error detail;
    struct stat s;
    enum morgue_status st;

    if (stat(path, &s) != 0) {
        error_errno(&detail, MORGUE_IO, "open", path);
        return file_problem(w, MORGUE_FAILED, path, detail.message, err);
    }
    if (S_ISDIR(s.st_mode))
        return walk_folder(w, path, &s, up, err);
    if (!S_ISREG(s.st_mode))
        return file_problem(w, MORGUE_SKIPPED, path, "not a regular file",
                            err);
    st = read_file(path, w->format, w->sink, &detail);
    if (st == MORGUE_NO_INPUT)
        return file_problem(w, MORGUE_FAILED, path, detail.message, err);
    if (st && err)
        *err = detail;
    return st;
}

enum morgue_status
source_read(const char *source, const char *format, const struct sink *sink,
            struct morgue_error *err)
{
    struct walk w = {.format = format ? format_named(format) : NULL,
                     .sink = sink};
    struct stat s;

    if (strcmp(source, "-") == 0)
        return read_file(source, w.format, sink, err);
    if (stat(source, &s) != 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", source);
    if (!S_ISDIR(s.st_mode))
        return read_file(source, w.format, sink, err);
    if (access(source, R_OK | X_OK) != 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", source);
    return walk_folder(&w, source, &s, NULL, err);
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
