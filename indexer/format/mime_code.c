/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mime_code.c - transfer encodings (RFC 2045, 6): base64, quoted-printable,
 * and uuencode
 *
 * As they are met: base64 in which several texts, each with its "=", follow
 * one another, with text of lists behind, or which was never encoded;
 * quoted-printable with blanks behind a soft line end; names of encodings in
 * quotes, with comments and semicolons.  Cost is linear.
 */
#include "../../common/base/base64.h"
#include "mime.h"

/* ---- base64 ------------------------------------------------------------- */

/* Whether a line may be base64: no blanks inside, nothing but digits. */
static bool
is_base64_line(struct morgue_str line)
{
    line = str_trim(line);
    for (size_t i = 0; i < line.len; i++)
        if (line.s[i] != '=' && base64_digit(line.s[i]) < 0)
            return false;
    return true;
}

/* Whether a line is words: a blank inside, and a sign that is no digit. */
static bool
is_words(struct morgue_str line)
{
    bool blank = false, sign = false;

    line = str_trim(line);
    for (size_t i = 0; i < line.len; i++) {
        blank |= is_space(line.s[i]);
        sign |= !is_space(line.s[i]) && line.s[i] != '=' &&
                base64_digit(line.s[i]) < 0;
    }
    return blank && sign;
}

static void
decode_base64(struct buf *out, struct morgue_str body)
{
    struct base64 b = {0};
    struct morgue_str rest = body, line;
    bool any = false, ended = false;

    while (str_line(&rest, &line)) {
        if (str_is_blank(line))
            continue;
        if (!any && is_words(line)) { /* it was never encoded */
            buf_str(out, body);
            return;
        }
        if (ended && !is_base64_line(line))
            return; /* what a list put behind */
        any = true;
        base64_decode(out, &b, line);
        line = str_trim(line);
        ended = line.s[line.len - 1] == '=';
    }
}

/* ---- quoted-printable --------------------------------------------------- */

/* How many bytes from `i` on are blanks and a line end, or the end of all; 0
 * where something else comes first. */
static size_t
blank_line_end(struct morgue_str s, size_t i)
{
    size_t from = i;

    while (i < s.len && (s.s[i] == ' ' || s.s[i] == '\t'))
        i++;
    if (i == s.len)
        return i - from;
    if (s.s[i] != '\n' && s.s[i] != '\r')
        return 0;
    i += s.s[i] == '\r' && i + 1 < s.len && s.s[i + 1] == '\n';
    return i + 1 - from;
}

void
mime_quoted(struct buf *out, struct morgue_str s, bool word)
{
    for (size_t i = 0; i < s.len; i++) {
        int high = i + 2 < s.len ? hex_digit(s.s[i + 1]) : -1;
        int low = i + 2 < s.len ? hex_digit(s.s[i + 2]) : -1;
        size_t end;

        if (word && s.s[i] == '_') {
            buf_char(out, ' ');
        } else if (s.s[i] != '=') {
            buf_char(out, s.s[i]);
        } else if (high >= 0 && low >= 0) {
            buf_char(out, (char)(high * 16 + low));
            i += 2;
        } else if ((end = blank_line_end(s, i + 1)) > 0) {
            i += end; /* the line goes on */
        } else if (i + 1 < s.len) {
            buf_char(out, '=');
        }
    }
}

/* ---- uuencode ----------------------------------------------------------- */

static void
decode_uu_line(struct buf *out, struct morgue_str line)
{
    size_t left = (size_t)(line.s[0] - ' ') & 63;

    for (size_t i = 1; left > 0 && i < line.len; i += 4) {
        uint32_t bits = 0;

        for (size_t k = 0; k < 4; k++) {
            char c = i + k < line.len ? line.s[i + k] : ' ';

            bits = bits << 6 | ((uint32_t)(c - ' ') & 63);
        }
        for (int k = 16; k >= 0 && left > 0; k -= 8, left--)
            buf_char(out, (char)(bits >> k));
    }
}

static void
decode_uu(struct buf *out, struct morgue_str body)
{
    struct morgue_str rest = body, line;
    bool inside = false;

    while (str_line(&rest, &line)) {
        if (!inside) {
            inside = str_starts(line, STR("begin "));
            continue;
        }
        if (line.len == 0 || str_eq(str_trim(line), STR("end")))
            return;
        decode_uu_line(out, line);
    }
    if (!inside)
        buf_str(out, body);
}

/* ---- by name ------------------------------------------------------------ */

/* The letters and digits of the name, small, without comments. */
static void
plain_name(char out[24], struct morgue_str name)
{
    size_t n = 0;
    int depth = 0;

    for (size_t i = 0; i < name.len && n < 23; i++) {
        char c = to_lower(name.s[i]);

        depth += (c == '(') - (c == ')' && depth > 0);
        if (depth > 0)
            continue;
        if (n > 0 && (c == ';' || c == ','))
            break;
        if (is_alpha(c) || is_digit(c))
            out[n++] = c;
    }
    out[n] = '\0';
}

void
mime_decode(struct buf *out, struct morgue_str body,
            struct morgue_str encoding)
{
    char name[24];

    plain_name(name, encoding);
    if (strcmp(name, "base64") == 0)
        decode_base64(out, body);
    else if (strcmp(name, "quotedprintable") == 0)
        mime_quoted(out, body, false);
    else if (strcmp(name, "xuuencode") == 0 || strcmp(name, "uuencode") == 0 ||
             strcmp(name, "xuue") == 0 || strcmp(name, "uue") == 0)
        decode_uu(out, body);
    else
        buf_str(out, body);
}
