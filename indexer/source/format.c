/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.c - the table of formats, and which one a file is in
 *
 * Told by the first FORMAT_PROBE bytes, never by name:
 *
 *   warc    the text begins with WARC/ and a digit
 *   arc     the text begins with filedesc://
 *   sgml    a line begins with <REUTERS or <!DOCTYPE lewis
 *   jsonl   the text begins with { and a key, or [ and {; or most of its
 *           lines begin with {" (where the first of them is broken)
 *   trec    looks_like_trec: a DOC with a number
 *   iptc7901, anpa
 *           the text begins with SOH and the header of such a message
 *   mail    looks_like_mail: heads that only mail has
 *   html    looks_like_html
 *   newsmlg2, newsml, rss, rcv, nitf
 *           by the name of the first element; nitf also where one is inside of
 *           other XML
 *   csv     looks_like_csv
 *   heads   heads_begin
 *   text    other text
 *
 * Data with a NUL byte, or with many control characters, is no text, nor is
 * markup of other kinds.
 */
#include "format.h"

#include <stdio.h>

#include "../../common/base/sized.h"
#include "../../common/base/utf8.h"
#include "../markup/xml_root.h"
#include "heads.h"
#include "readers.h"
#include "source.h"

/* ---- what is no text ---------------------------------------------------- */

#define MAGIC(bytes) bytes, sizeof(bytes) - 1

/* What other data begins with. */
static const struct {
    const char *bytes;
    size_t len;
    const char *what;
} magic[] = {
    {MAGIC("\xFF\xD8\xFF"), "is a JPEG image, not text"},
    {MAGIC("\x89PNG\r\n"), "is a PNG image, not text"},
    {MAGIC("GIF87a"), "is a GIF image, not text"},
    {MAGIC("GIF89a"), "is a GIF image, not text"},
    {MAGIC("RIFF"), "is a RIFF media file, not text"},
    {MAGIC("ID3"), "is an MP3 recording, not text"},
    {MAGIC("PK\x03\x04"), "is an office document or a book, not text"},
    {MAGIC("\xD0\xCF\x11\xE0"), "is an old Word document, not text"},
    {MAGIC("SQLite format 3"), "is an SQLite database, not text"},
    {MAGIC("PAR1"), "is a Parquet table, not text"},
    {MAGIC("\x7F"
           "ELF"),
     "is a program, not text"},
    {MAGIC("MZ"), "is a program, not text"},
    {MAGIC("Rar!"), "is a rar archive, which is not unpacked"},
    {MAGIC("\x89LZO"), "is lzop data, which is not unpacked"},
};

/* The same of data that may be text throughout. */
static const struct {
    const char *bytes, *what;
} text_magic[] = {
    {"%PDF-", "is a PDF document, not text"},
    {"%!PS", "is a PostScript document, not text"},
    {"{\\rtf", "is an RTF document, which is not read"},
};

static const char *
binary_kind(struct morgue_str s)
{
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (str_starts(s, str_slice(magic[i].bytes, magic[i].len)))
            return magic[i].what;
    return "is binary data, not text";
}

/* Whether bytes are more than text can be: any NUL, or controls, of which
 * text in an old charset may have a few and wire marks more. */
static bool
is_binary(struct morgue_str s)
{
    size_t controls = 0, bad = 0;

    if (s.len == 0)
        return false;
    if (memchr(s.s, 0, s.len))
        return true;
    for (const char *at = s.s, *end = s.s + s.len; at < end;) {
        unsigned char c = (unsigned char)*at;
        bool valid = true;
        uint32_t cp;

        controls += (c < ' ' && !is_space(*at) && c != 0x1b) || c == 0x7f;
        at += utf8_decode(at, end, &cp, &valid);
        bad += !valid;
    }
    return controls > s.len * 3 / 10 ||
           (bad * 10 > s.len && controls * 50 > s.len);
}

/* Why these bytes are no text; NULL where they are. */
static const char *
not_text(struct morgue_str s)
{
    for (size_t i = 0; i < sizeof text_magic / sizeof *text_magic; i++)
        if (str_starts(s, str_of(text_magic[i].bytes)))
            return text_magic[i].what;
    return is_binary(s) ? binary_kind(s) : NULL;
}

/* ---- what is another format --------------------------------------------- */

static struct morgue_str
without_space(struct morgue_str s)
{
    while (s.len > 0 && is_space(s.s[0]))
        s = str_slice(s.s + 1, s.len - 1);
    return s;
}

static bool
is_sgml(struct morgue_str s)
{
    struct morgue_str line;

    while (str_line(&s, &line)) {
        line = str_trim(line);
        if (str_starts_nocase(line, STR("<!DOCTYPE lewis")) ||
            (str_starts(line, STR("<REUTERS")) &&
             (line.len == 8 || is_space(line.s[8]) || line.s[8] == '>')))
            return true;
    }
    return false;
}

static bool
is_json(struct morgue_str s)
{
    struct morgue_str line, next;
    size_t lines = 0, objects = 0;

    s = without_space(s);
    if (s.len == 0)
        return false;
    next = without_space(str_slice(s.s + 1, s.len - 1));
    if (s.s[0] == '{')
        return next.len == 0 || next.s[0] == '"' || next.s[0] == '}';
    if (s.s[0] == '[' &&
        (next.len == 0 || next.s[0] == '{' || next.s[0] == ']'))
        return true;
    while (str_line(&s, &line)) {
        line = str_trim(line);
        lines += line.len > 0;
        objects += str_starts(line, STR("{\""));
    }
    return objects > 1 && objects * 2 > lines;
}

static const char other_markup[] = "is XML or other markup, which is not read";

/* Which markup of another kind it is; NULL where it is none.  Its first
 * element is named by format_choose. */
static const char *
markup_kind(struct morgue_str s)
{
    s = without_space(s);
    if (s.len < 3 || s.s[0] != '<' ||
        !(is_alpha(s.s[1]) || s.s[1] == '!' || s.s[1] == '?') ||
        !memchr(s.s, '>', s.len))
        return NULL;
    return other_markup;
}

static bool
is_csv(struct morgue_str s)
{
    return looks_like_csv(s, NULL);
}

static bool
is_text(struct morgue_str s)
{
    (void)s;
    return true;
}

/* ---- the table ---------------------------------------------------------- */

/* The first that a file looks like is taken. */
static const struct format formats[] = {
    {"warc", "web archives: WARC", true, false, looks_like_warc, read_warc},
    {"arc", "web archives: ARC", true, false, looks_like_arc, read_arc},
    {"sgml", "Reuters-21578 SGML", true, false, is_sgml, read_sgml},
    {"trec", "TREC and Gigaword SGML", true, false, looks_like_trec,
     read_trec},
    {"jsonl", "JSON: lines, arrays, objects", true, false, is_json, read_json},
    {"iptc7901", "IPTC 7901 wire messages", true, false, looks_like_iptc7901,
     read_iptc7901},
    {"anpa", "ANPA 1312 wire messages", true, false, looks_like_anpa,
     read_anpa},
    {"mail", "mail: messages and mailboxes", false, false, looks_like_mail,
     read_mail},
    {"html", "HTML pages", false, false, looks_like_html, read_html},
    {"newsmlg2", "NewsML-G2", true, false, looks_like_newsmlg2, read_newsmlg2},
    {"newsml", "NewsML 1.2", true, false, looks_like_newsml, read_newsml},
    {"rss", "RSS, Atom, WordPress exports", true, false, looks_like_feed,
     read_feed},
    {"rcv", "Reuters Corpora RCV1 and RCV2", true, false, looks_like_rcv,
     read_rcv},
    {"nitf", "NITF 3", true, false, looks_like_nitf, read_nitf},
    {"csv", "tables: comma, semicolon, tab, |", true, true, is_csv, read_csv},
    {"heads", "text with heads (Title: ...)", false, true, heads_begin,
     read_heads},
    {"text", "an article as plain text", false, true, is_text, read_text},
};
enum { FORMATS_N = sizeof formats / sizeof *formats };

const struct format *
format_named(const char *name)
{
    for (size_t i = 0; i < FORMATS_N; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool
morgue_format_get(size_t i, struct morgue_format *out)
{
    struct morgue_format f = MORGUE_FORMAT_INIT;

    if (i >= FORMATS_N || !out)
        return false;
    f.name = formats[i].name;
    f.what = formats[i].what;
    return sized_out(out, &f, &sized_format, NULL) == MORGUE_OK;
}

enum morgue_status
source_format_check(const char *name, struct morgue_error *err)
{
    if (!name || format_named(name))
        return MORGUE_OK;
    return error_set(err, MORGUE_USAGE,
                     "there is no format '%s'; `indexer formats` lists them",
                     name);
}

/* ---- choosing ----------------------------------------------------------- */

static const struct format *
told(struct morgue_str head, const struct key_map *map, const char **reason)
{
    const struct format *f = formats, *end = formats + FORMATS_N;

    while (!f->plain && !f->tell(head))
        f++;
    if (!f->plain)
        return f;
    *reason = not_text(head);
    if (!*reason)
        *reason = markup_kind(head);
    if (*reason)
        return NULL;
    if (map && looks_like_csv(head, map))
        return format_named("csv");
    while (f < end - 1 && !f->tell(head))
        f++;
    return f;
}

const struct format *
format_choose(const struct format *wanted, struct morgue_str head,
              const struct key_map *map, char reason[FORMAT_REASON_MAX])
{
    const struct format *format = wanted;
    const char *why = NULL;
    struct morgue_str root = STR("");

    if (!wanted)
        format = told(head, map, &why);
    else if (wanted->plain ||
             (wanted->read != read_json && !wanted->tell(head)))
        why = not_text(head);
    else if (wanted->read == read_json && !is_json(head) &&
             str_trim(head).len > 0)
        why = "is not JSON";
    if (!why)
        return format;
    if (why == other_markup)
        root = xml_root(head);
    if (root.len > 0)
        snprintf(reason, FORMAT_REASON_MAX, "%s; it begins with <%.*s>", why,
                 (int)(root.len < 60 ? root.len : 60), root.s);
    else
        snprintf(reason, FORMAT_REASON_MAX, "%s", why);
    return NULL;
}
