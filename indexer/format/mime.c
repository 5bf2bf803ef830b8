/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mime.c - what mail wraps text in (RFC 2045 to 2047)
 *
 * All of it works on slices of the message; cost is linear in its length for
 * each level of parts within parts.
 */
#include "mime.h"

#include "../reading/charset.h"

/* ---- heads -------------------------------------------------------------- */

struct mime_part
mime_cut(struct morgue_str message)
{
    struct morgue_str rest = message, line;

    while (str_line(&rest, &line) && str_trim(line).len > 0)
        ;
    return (struct mime_part){
        .head = str_slice(message.s, message.len - rest.len), .body = rest};
}

struct morgue_str
mime_head(struct morgue_str head, const char *name)
{
    struct morgue_str want = str_of(name), line, found = STR("");
    bool inside = false;

    while (str_line(&head, &line)) {
        if (inside && line.len > 0 && is_space(line.s[0])) {
            found.len = (size_t)(line.s + line.len - found.s);
            continue;
        }
        if (inside)
            break;
        if (line.len > want.len && line.s[want.len] == ':' &&
            str_eq_nocase(str_slice(line.s, want.len), want)) {
            found = str_slice(line.s + want.len + 1, line.len - want.len - 1);
            inside = true;
        }
    }
    return str_trim(found);
}

struct morgue_str
mime_parameter(struct morgue_str value, const char *name)
{
    struct morgue_str want = str_of(name);

    for (size_t i = 0; i + want.len < value.len; i++) {
        size_t at = i + want.len, len = 0;
        bool quoted;

        if ((i > 0 && value.s[i - 1] != ';' && !is_space(value.s[i - 1])) ||
            value.s[at] != '=' ||
            !str_eq_nocase(str_slice(value.s + i, want.len), want))
            continue;
        at++;
        quoted = at < value.len && value.s[at] == '"';
        at += quoted;
        while (at + len < value.len &&
               !(quoted ? value.s[at + len] == '"'
                        : value.s[at + len] == ';' ||
                              is_space(value.s[at + len])))
            len++;
        return str_slice(value.s + at, len);
    }
    return STR("");
}

/* ---- parts -------------------------------------------------------------- */

/* Whether a line is "--boundary", and *last whether "--" follows. */
static bool
is_boundary(struct morgue_str line, struct morgue_str boundary, bool *last)
{
    struct morgue_str end;

    if (line.len < boundary.len + 2 || line.s[0] != '-' || line.s[1] != '-' ||
        memcmp(line.s + 2, boundary.s, boundary.len) != 0)
        return false;
    end = str_trim(
        str_slice(line.s + 2 + boundary.len, line.len - 2 - boundary.len));
    *last = str_starts(end, STR("--"));
    return *last || end.len == 0;
}

bool
mime_next_part(struct mime_part *out, struct morgue_str *rest,
               struct morgue_str boundary)
{
    struct morgue_str line, before;
    const char *begin = NULL;
    bool last = false;

    if (boundary.len == 0)
        return false;
    for (;;) {
        before = *rest;
        if (!str_line(rest, &line))
            break;
        if (!is_boundary(line, boundary, &last))
            continue;
        if (begin || last)
            break;
        begin = rest->s;
    }
    if (!begin)
        return false;
    *out = mime_cut(str_slice(begin, (size_t)(before.s - begin)));
    *rest = last ? STR("") : before; /* the line begins the next part */
    return true;
}

/* ---- encodings ---------------------------------------------------------- */

static int
base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (is_digit(c))
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

static void
decode_base64(struct buf *out, struct morgue_str s)
{
    uint32_t bits = 0;
    int n = 0;

    for (size_t i = 0; i < s.len && s.s[i] != '='; i++) {
        int digit = base64_digit(s.s[i]);

        if (digit < 0)
            continue;
        bits = bits << 6 | (uint32_t)digit;
        n += 6;
        if (n >= 8) {
            n -= 8;
            buf_char(out, (char)(bits >> n));
        }
    }
}

static int
hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    c = to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `word`: in a head, where "_" is a space. */
static void
decode_quoted(struct buf *out, struct morgue_str s, bool word)
{
    for (size_t i = 0; i < s.len; i++) {
        int high = i + 2 < s.len ? hex_digit(s.s[i + 1]) : -1;
        int low = i + 2 < s.len ? hex_digit(s.s[i + 2]) : -1;

        if (word && s.s[i] == '_') {
            buf_char(out, ' ');
        } else if (s.s[i] != '=') {
            buf_char(out, s.s[i]);
        } else if (high >= 0 && low >= 0) {
            buf_char(out, (char)(high * 16 + low));
            i += 2;
        } else if (i + 1 < s.len && s.s[i + 1] == '\n') {
            i++; /* the line goes on */
        } else if (i + 2 < s.len && s.s[i + 1] == '\r' && s.s[i + 2] == '\n') {
            i += 2;
        } else if (i + 1 < s.len) {
            buf_char(out, '=');
        }
    }
}

void
mime_decode(struct buf *out, struct morgue_str body,
            struct morgue_str encoding)
{
    if (str_eq_nocase(encoding, STR("base64")))
        decode_base64(out, body);
    else if (str_eq_nocase(encoding, STR("quoted-printable")))
        decode_quoted(out, body, false);
    else
        buf_str(out, body);
}

/* ---- words in heads ----------------------------------------------------- */

/* =?charset?Q?text?=: the parts of the word at `s`, and its length; 0 where it
 * is none. */
static size_t
cut_word(struct morgue_str s, struct morgue_str part[3])
{
    size_t at = 2;

    if (!str_starts(s, STR("=?")))
        return 0;
    for (int i = 0; i < 3; i++) {
        const char *end =
            at < s.len ? memchr(s.s + at, '?', s.len - at) : NULL;

        if (!end)
            return 0;
        part[i] = str_slice(s.s + at, (size_t)(end - s.s) - at);
        at = (size_t)(end - s.s) + 1;
    }
    if (part[1].len != 1 || at >= s.len || s.s[at] != '=')
        return 0;
    return at + 1;
}

static enum morgue_status
put_word(struct buf *out, const struct morgue_str part[3],
         struct morgue_error *err)
{
    struct buf bytes, scratch;
    struct morgue_str text;
    bool converted;
    enum morgue_status st;

    buf_init(&bytes, 64 * 1024);
    buf_init(&scratch, 256 * 1024);
    if (to_lower(part[1].s[0]) == 'b')
        decode_base64(&bytes, part[2]);
    else
        decode_quoted(&bytes, part[2], true);
    st = buf_status(&bytes, err);
    text = buf_view(&bytes);
    if (!st)
        st = charset_to_utf8(&text, &converted, part[0], &scratch, err);
    if (!st)
        buf_str(out, text);
    buf_free(&bytes);
    buf_free(&scratch);
    return st == MORGUE_FORMAT ? MORGUE_OK : st;
}

enum morgue_status
mime_words(struct buf *out, struct morgue_str value, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str part[3];
    size_t gap = 0; /* bytes of white space not written yet */
    bool after_word = false;

    for (size_t i = 0; i < value.len && !st;) {
        size_t n = cut_word(str_slice(value.s + i, value.len - i), part);

        if (n == 0 && is_space(value.s[i])) {
            gap++;
            i++;
            continue;
        }
        /* White space between two encoded words is none of the text. */
        if (gap > 0 && !(n > 0 && after_word))
            buf_char(out, ' ');
        gap = 0;
        after_word = n > 0;
        if (n > 0)
            st = put_word(out, part, err);
        else
            buf_char(out, value.s[i]);
        i += n > 0 ? n : 1;
    }
    return st ? st : buf_status(out, err);
}
