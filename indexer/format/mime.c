/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mime.c - heads, types, parameters and parts of mail (RFC 2045, 2046, 2231)
 *
 * All of it works on slices of the message; cost is linear in its length for
 * each level of parts within parts, and for each head that is asked for.
 *
 * Heads end at the first empty line.  A line of nothing but blanks goes on
 * with the head before it (RFC 5322, obs-FWS) where a head or its next line
 * follows; else it ends the heads as well.  A line that can be no head ends
 * them, and is the first of the body, unless a known head follows before the
 * next empty line; then it is passed over.
 *
 * A type that is not written as RFC 2045 has it is text (5.2 there), and so is
 * a kind of text that is not known (RFC 2046, 4.1.4).  Parameters are read
 * with or without ";" between, blanks around "=", quotes that do not end, and
 * in sections (RFC 2231).
 */
#include "mime.h"

#include <stdio.h>

enum { TYPE_MAX = 80, SECTIONS_MAX = 30, NAME_MAX_LEN = 100 };

/* ---- heads -------------------------------------------------------------- */

static const char *const known_fields[] = {
    "Approved",
    "Authentication-Results",
    "Bcc",
    "Cc",
    "Comments",
    "Content-Class",
    "Content-Description",
    "Content-Disposition",
    "Content-ID",
    "Content-Language",
    "Content-Length",
    "Content-Transfer-Encoding",
    "Content-Type",
    "DKIM-Signature",
    "Date",
    "Delivered-To",
    "Distribution",
    "Envelope-To",
    "Errors-To",
    "From",
    "Importance",
    "In-Reply-To",
    "Keywords",
    "Lines",
    "List-Archive",
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "MIME-Version",
    "Mailing-List",
    "Message-ID",
    "NNTP-Posting-Host",
    "Newsgroups",
    "Organisation",
    "Organization",
    "Original-Recipient",
    "Path",
    "Precedence",
    "Priority",
    "Received",
    "Received-SPF",
    "References",
    "Reply-To",
    "Resent-Date",
    "Resent-From",
    "Resent-To",
    "Return-Path",
    "Sender",
    "Status",
    "Subject",
    "Thread-Index",
    "Thread-Topic",
    "To",
    "User-Agent",
    "X-Mailer",
    "Xref",
};

/* Whether a name is known; all that begin with "X-" are. */
static bool
is_known_name(struct morgue_str name)
{
    if (name.len > 2 && to_lower(name.s[0]) == 'x' && name.s[1] == '-')
        return true;
    for (size_t i = 0; i < sizeof known_fields / sizeof *known_fields; i++)
        if (to_lower(known_fields[i][0]) == to_lower(name.s[0]) &&
            str_eq_nocase(name, str_of(known_fields[i])))
            return true;
    return false;
}

size_t
mime_field_name(struct morgue_str line)
{
    struct morgue_str name;
    size_t n = 0, at;

    while (n < line.len && n <= NAME_MAX_LEN && line.s[n] > ' ' &&
           line.s[n] < 0x7f && line.s[n] != ':')
        n++;
    for (at = n; at < line.len && (line.s[at] == ' ' || line.s[at] == '\t');)
        at++;
    if (n == 0 || n > NAME_MAX_LEN || !is_alpha(line.s[0]) || at == line.len ||
        line.s[at] != ':')
        return 0;
    name = str_slice(line.s, n);
    if (is_known_name(name))
        return n;
    /* "http://", "Note : this", and what else has a colon. */
    if (at > n || (at + 1 < line.len && !is_space(line.s[at + 1]) &&
                   !memchr(name.s, '-', name.len)))
        return 0;
    return n;
}

bool
mime_is_known_field(struct morgue_str line)
{
    size_t n = mime_field_name(line);

    return n > 0 && is_known_name(str_slice(line.s, n));
}

/* Where the last known head stands before the first empty line. */
static const char *
last_known(struct morgue_str message)
{
    struct morgue_str line;
    const char *last = NULL;

    while (str_line(&message, &line) && line.len > 0)
        if (mime_is_known_field(line))
            last = line.s;
    return last;
}

/* Whether heads go on behind a line of blanks. */
static bool
heads_go_on(struct morgue_str rest)
{
    struct morgue_str line;

    while (str_line(&rest, &line) && line.len > 0)
        if (str_trim(line).len > 0)
            return is_space(line.s[0]) || mime_field_name(line) > 0;
    return false;
}

struct mime_part
mime_cut(struct morgue_str message)
{
    struct morgue_str rest = message, line, before = message;
    const char *last = NULL;
    bool looked = false, blank = false, any = false;

    for (; str_line(&rest, &line) && line.len > 0; before = rest) {
        if (is_space(line.s[0]) && (any || str_is_blank(line))) {
            /* Of several lines of blanks the first was asked about. */
            bool is_blank = str_is_blank(line);

            if (is_blank && !blank && !heads_go_on(rest))
                break;
            blank = is_blank;
            continue;
        }
        blank = false;
        any = any || mime_field_name(line) > 0;
        if (mime_field_name(line) > 0)
            continue;
        if (!looked)
            last = last_known(message);
        looked = true;
        /* The body begins with it; so it does with a boundary. */
        if (!last || line.s > last ||
            (line.len > 2 && str_starts(line, STR("--")))) {
            rest = before;
            break;
        }
    }
    return (struct mime_part){
        .head = str_slice(message.s, message.len - rest.len), .body = rest};
}

struct morgue_str
mime_head(struct morgue_str head, const char *name)
{
    struct morgue_str want = str_of(name), line, found = STR("");
    bool inside = false;

    while (str_line(&head, &line)) {
        size_t at = want.len;

        if (inside && line.len > 0 && is_space(line.s[0])) {
            found.len = (size_t)(line.s + line.len - found.s);
            continue;
        }
        if (inside && !str_is_blank(found))
            break;
        inside = false;
        if (line.len <= at || to_lower(line.s[0]) != to_lower(want.s[0]) ||
            !str_starts_nocase(line, want))
            continue;
        while (at < line.len && (line.s[at] == ' ' || line.s[at] == '\t'))
            at++;
        if (at == line.len || line.s[at] != ':')
            continue;
        found = str_slice(line.s + at + 1, line.len - at - 1);
        inside = true;
    }
    return str_trim(found);
}

/* ---- types -------------------------------------------------------------- */

/* The length of the comment that `s` begins with: "(a (b) c)". */
static size_t
comment_len(struct morgue_str s)
{
    size_t depth = 0, i;

    for (i = 0; i < s.len; i++) {
        if (s.s[i] == '\\' && i + 1 < s.len)
            i++;
        else if (s.s[i] == '(')
            depth++;
        else if (s.s[i] == ')' && --depth == 0)
            return i + 1;
    }
    return s.len;
}

/* A type in small letters, without comments, quotes and blanks, as far as its
 * parameters. */
static void
plain_type(char out[TYPE_MAX], struct morgue_str value)
{
    size_t n = 0;
    bool gap = false;

    for (size_t i = 0; i < value.len && n + 1 < TYPE_MAX; i++) {
        char c = value.s[i] == '\\' ? '/' : to_lower(value.s[i]);

        if (c == '(') {
            i += comment_len(str_slice(value.s + i, value.len - i)) - 1;
            gap = true;
        } else if (c == ';' || c == ',') {
            break;
        } else if (is_space(c)) {
            gap = true;
        } else if (c != '"' && c != '\'') {
            if (gap && n > 0 && c != '/' && out[n - 1] != '/')
                break;
            gap = false;
            out[n++] = c;
        }
    }
    out[n] = '\0';
}

/* Types, or beginnings of them, up to the first that a type begins with. */
static const struct {
    const char *begin;
    enum mime_kind kind;
} kinds[] = {
    {"multipart/alternative", MIME_ALTERNATIVE},
    {"multipart/digest", MIME_DIGEST},
    {"multipart", MIME_MULTIPART},
    {"message/rfc822", MIME_MESSAGE},
    {"message/news", MIME_MESSAGE},
    {"message/global", MIME_MESSAGE},
    {"message/partial", MIME_MESSAGE},
    {"message/", MIME_OTHER},
    {"text/html", MIME_HTML},
    {"text/xhtml", MIME_HTML},
    {"text/x-html", MIME_HTML},
    {"text/enriched", MIME_ENRICHED},
    {"text/richtext", MIME_ENRICHED},
    {"text/calendar", MIME_OTHER},
    {"text/css", MIME_OTHER},
    {"text/directory", MIME_OTHER},
    {"text/javascript", MIME_OTHER},
    {"text/rfc822-headers", MIME_OTHER},
    {"text/rtf", MIME_OTHER},
    {"text/vcard", MIME_OTHER},
    {"text/x-amp-html", MIME_OTHER},
    {"text/x-vcard", MIME_OTHER},
    {"text/xml", MIME_UNKNOWN},
    {"text/", MIME_PLAIN},
    {"application/xhtml", MIME_HTML},
    {"application/html", MIME_HTML},
    {"application/text", MIME_PLAIN},
    {"application/plain", MIME_PLAIN},
    {"application/txt", MIME_PLAIN},
    {"application/", MIME_OTHER},
    {"audio/", MIME_OTHER},
    {"chemical/", MIME_OTHER},
    {"font/", MIME_OTHER},
    {"image/", MIME_OTHER},
    {"model/", MIME_OTHER},
    {"video/", MIME_OTHER},
    {"html", MIME_HTML},
};

enum mime_kind
mime_kind(struct morgue_str type, enum mime_kind alone)
{
    char plain[TYPE_MAX];
    struct morgue_str t;
    const char *slash;

    plain_type(plain, type);
    t = str_of(plain);
    if (t.len == 0)
        return alone;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(t, str_of(kinds[i].begin)))
            return kinds[i].kind;
    slash = strchr(plain, '/');
    if (!slash || slash[1] == '\0' || slash == plain || strchr(plain, '='))
        return MIME_PLAIN;
    if (strcmp(slash, "/html") == 0)
        return MIME_HTML;
    return strcmp(slash, "/plain") == 0 ? MIME_PLAIN : MIME_UNKNOWN;
}

/* ---- parameters --------------------------------------------------------- */

/* The value that begins at `i`: in quotes, or up to ";" or a blank. */
static struct morgue_str
parameter_value(struct morgue_str s, size_t *i)
{
    size_t from = *i, end;

    if (from < s.len && s.s[from] == '"') {
        for (end = ++from; end < s.len && s.s[end] != '"'; end++)
            end += s.s[end] == '\\' && end + 1 < s.len;
        if (end < s.len) {
            *i = end + 1;
            return str_slice(s.s + from, end - from);
        }
    }
    for (end = from; end < s.len && s.s[end] != ';' && !is_space(s.s[end]);)
        end++;
    *i = end;
    return str_slice(s.s + from, end - from);
}

static bool
next_parameter(struct morgue_str *rest, struct morgue_str *name,
               struct morgue_str *value)
{
    struct morgue_str s = *rest;
    size_t i = 0;

    while (i < s.len) {
        size_t from;

        if (s.s[i] == '(') {
            i += comment_len(str_slice(s.s + i, s.len - i));
            continue;
        }
        if (s.s[i] == ';' || s.s[i] == '=' || is_space(s.s[i])) {
            i++;
            continue;
        }
        for (from = i;
             i < s.len && s.s[i] != '=' && s.s[i] != ';' && !is_space(s.s[i]);)
            i++;
        *name = str_slice(s.s + from, i - from);
        while (i < s.len && is_space(s.s[i]))
            i++;
        if (i == s.len || s.s[i] != '=')
            continue; /* the type itself, or a stray word */
        i++;
        while (i < s.len && is_space(s.s[i]))
            i++;
        *value = parameter_value(s, &i);
        *rest = str_slice(s.s + i, s.len - i);
        return true;
    }
    *rest = STR("");
    return false;
}

/* Append a value; of an extended one with %XX decoded, and without the charset
 * and language that the first section begins with. */
static void
put_value(struct buf *out, struct morgue_str v, bool extended, bool first)
{
    size_t i = 0;

    if (extended && first) {
        size_t one = str_find(v, 0, STR("'"));
        size_t two = one < v.len ? str_find(v, one + 1, STR("'")) : v.len;

        i = two < v.len ? two + 1 : 0;
    }
    for (; i < v.len; i++) {
        int high = i + 2 < v.len ? hex_digit(v.s[i + 1]) : -1;
        int low = i + 2 < v.len ? hex_digit(v.s[i + 2]) : -1;

        if (extended && v.s[i] == '%' && high >= 0 && low >= 0) {
            buf_char(out, (char)(high * 16 + low));
            i += 2;
        } else if (v.s[i] != '\r' && v.s[i] != '\n') {
            i += !extended && v.s[i] == '\\' && i + 1 < v.len;
            buf_char(out, v.s[i]);
        }
    }
}

/* Append what is named `want`; false where nothing is. */
static bool
put_named(struct buf *out, struct morgue_str value, struct morgue_str want,
          bool extended, bool first)
{
    struct morgue_str name, v;

    while (next_parameter(&value, &name, &v))
        if (str_eq_nocase(name, want)) {
            put_value(out, v, extended, first);
            return true;
        }
    return false;
}

void
mime_parameter(struct buf *out, struct morgue_str value, const char *name)
{
    char want[64];

    snprintf(want, sizeof want, "%s*", name);
    if (put_named(out, value, str_of(want), true, true))
        return;
    for (int i = 0; i < SECTIONS_MAX; i++) {
        snprintf(want, sizeof want, "%s*%d*", name, i);
        if (put_named(out, value, str_of(want), true, i == 0))
            continue;
        want[strlen(want) - 1] = '\0';
        if (put_named(out, value, str_of(want), false, i == 0))
            continue;
        if (i > 0)
            return;
        break;
    }
    put_named(out, value, str_of(name), false, true);
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

bool
mime_has_boundary(struct morgue_str body, struct morgue_str boundary)
{
    struct morgue_str line;
    bool last;

    while (boundary.len > 0 && str_line(&body, &line))
        if (is_boundary(line, boundary, &last))
            return true;
    return false;
}

struct morgue_str
mime_guess_boundary(struct morgue_str body)
{
    struct morgue_str line, found = STR("");

    while (str_line(&body, &line)) {
        if (found.len > 0 && str_starts_nocase(line, STR("Content-")) &&
            mime_field_name(line) > 0)
            return found;
        found = STR("");
        if (str_starts(line, STR("--")))
            found = str_trim(str_slice(line.s + 2, line.len - 2));
    }
    return STR("");
}
