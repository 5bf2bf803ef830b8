/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.c - which format a file is in
 *
 * Told by the first FORMAT_PROBE bytes, never by name: the first format of a
 * list that a file looks like is taken.  Formats with marks of their own are
 * looked for first.  Data with a NUL byte, or with many control characters, is
 * no text, nor is markup of other kinds; what is left is looked at as text.
 */
#include "format.h"

#include <stdio.h>

#include "../../common/base/utf8.h"
#include "../markup/xml_root.h"

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

/* ---- choosing ----------------------------------------------------------- */

const struct format *
format_named(const struct format *const *formats, const char *name)
{
    for (; *formats; formats++)
        if (strcmp((*formats)->name, name) == 0)
            break;
    return *formats;
}

static bool
looks_like(const struct format *f, struct morgue_str head,
           const struct key_map *map)
{
    return f->tell(head) ||
           (map && f->tell_by_map && f->tell_by_map(head, map));
}

/* What the file looks like; NULL, and in *reason why, where that is none. */
static const struct format *
told(const struct format *const *formats, struct morgue_str head,
     const struct key_map *map, const char **reason)
{
    for (const struct format *const *f = formats; *f; f++)
        if (!(*f)->plain && looks_like(*f, head, map))
            return *f;
    *reason = not_text(head);
    if (!*reason)
        *reason = markup_kind(head);
    if (*reason)
        return NULL;
    for (; *formats; formats++)
        if ((*formats)->plain && looks_like(*formats, head, map))
            break;
    return *formats;
}

/* Why a file is not read as the format that was named; NULL: it is. */
static const char *
refused(const struct format *wanted, struct morgue_str head)
{
    if (!wanted->plain && wanted->tell(head))
        return NULL;
    if (!wanted->unlike)
        return not_text(head);
    return str_trim(head).len > 0 ? wanted->unlike : NULL;
}

const struct format *
format_choose(const struct format *const *formats, const struct format *wanted,
              struct morgue_str head, const struct key_map *map,
              char reason[FORMAT_REASON_MAX])
{
    const struct format *format = wanted;
    const char *why = NULL;
    struct morgue_str root = STR("");

    if (wanted)
        why = refused(wanted, head);
    else
        format = told(formats, head, map, &why);
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
