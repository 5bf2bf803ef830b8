/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_value.c - values of keys that are HTML into plain text
 *
 * A headline or other short value looks like HTML where there is a tag of a
 * known name in it, or a character reference; a body, where it begins with
 * such a tag, or a tag in it ends a paragraph or a line: one that only speaks
 * of tags stays byte for byte.  Looking costs a few passes over it. Captions
 * of pictures go.  In text with a few tags for words in it, lines and empty
 * lines stay; of a NITF document, its content.
 */
#include "html_value.h"

#include "../markup/html.h"
#include "../reading/input.h"

enum { TAG_MAX = 2000 };

static struct morgue_str
from(struct morgue_str s, size_t at)
{
    return str_slice(s.s + at, s.len - at);
}

/* Whether `s`, which begins with <, begins with a tag that HTML has. */
static bool
is_tag(struct morgue_str s)
{
    static const char *const names[] = {
        "p",      "br",     "a",       "b",          "i",    "em",   "strong",
        "div",    "span",   "ul",      "ol",         "li",   "img",  "h1",
        "h2",     "h3",     "h4",      "h5",         "u",    "hr",   "tr",
        "td",     "th",     "table",   "sup",        "sub",  "font", "dl",
        "pre",    "code",   "section", "blockquote", "html", "body", "small",
        "figure", "iframe", "article", "q",          "cite"};
    char name[12];
    size_t n = 0, i = s.len > 1 && s.s[1] == '/' ? 2 : 1;

    while (i < s.len && n < sizeof name - 1 &&
           (is_alpha(s.s[i]) || is_digit(s.s[i])))
        name[n++] = to_lower(s.s[i++]);
    name[n] = '\0';
    if (i == s.len || !(is_space(s.s[i]) || s.s[i] == '>' || s.s[i] == '/'))
        return false;
    if (s.len > TAG_MAX)
        s.len = TAG_MAX;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return memchr(s.s, '>', s.len) != NULL;
    return false;
}

/* Whether `s`, which begins with &, begins with a character reference. */
static bool
is_reference(struct morgue_str s)
{
    size_t i = s.len > 1 && s.s[1] == '#' ? 2 : 1, from = i;

    while (i < s.len && i < 12 && (is_alpha(s.s[i]) || is_digit(s.s[i])))
        i++;
    return i >= from + 2 && i < s.len && s.s[i] == ';';
}

/* Whether there is a tag or a reference in it. */
static bool
has_markup(struct morgue_str s)
{
    const char *end = s.s + s.len;

    for (const char *at = s.s; (at = memchr(at, '<', (size_t)(end - at)));
         at++)
        if (is_tag(str_slice(at, (size_t)(end - at))))
            return true;
    for (const char *at = s.s; (at = memchr(at, '&', (size_t)(end - at)));
         at++)
        if (is_reference(str_slice(at, (size_t)(end - at))))
            return true;
    return false;
}

/* Whether lines are made by tags, so that line ends mean nothing. */
static bool
has_blocks(struct morgue_str s)
{
    return str_find_nocase(s, 0, STR("<p")) < s.len ||
           str_find_nocase(s, 0, STR("<br")) < s.len ||
           str_find_nocase(s, 0, STR("<div")) < s.len ||
           str_find_nocase(s, 0, STR("<li")) < s.len;
}

bool
html_value_is(struct morgue_str s, bool is_body)
{
    static const char *const ends[] = {"</p>", "<br>", "<br/>", "<br />",
                                       "</div>"};

    if (!is_body)
        return has_markup(s);
    s = str_trim(s);
    if (s.len == 0)
        return false;
    if (s.s[0] == '<' && is_tag(s))
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_find_nocase(s, 0, str_of(ends[i])) < s.len)
            return true;
    return false;
}

/* Add a piece in which line ends and empty lines mean what they do in text. */
static void
add_lines(struct buf *out, struct morgue_str s)
{
    struct morgue_str line;
    bool gap = false;

    while (str_line(&s, &line)) {
        bool empty = str_trim(line).len == 0;

        if (!empty && gap)
            buf_str(out, STR("<p>"));
        buf_str(out, line);
        if (!empty && s.len > 0)
            buf_str(out, STR("<br>"));
        gap = empty;
    }
}

/* Add a piece without captions of pictures. */
static void
add_piece(struct buf *out, struct morgue_str s)
{
    while (s.len > 0) {
        size_t at = str_find_nocase(s, 0, STR("<figcaption"));

        buf_str(out, str_slice(s.s, at));
        s = from(s, at);
        at = str_find_nocase(s, 0, STR("</figcaption>"));
        s = from(s, at < s.len ? at + 13 : at);
    }
}

/* The HTML that a value is read as: of a whole NITF document its content;
 * what only `looks` like HTML may have its paragraphs by lines.  It begins
 * with a tag, so that it is HTML in any case. */
static void
make_piece(struct buf *out, struct morgue_str s, bool looks)
{
    size_t at = str_find_nocase(s, 0, STR("<body.content"));

    if (at < s.len) {
        s = from(s, at);
        s.len = str_find_nocase(s, 0, STR("</body.content"));
    }
    buf_str(out, STR("<div>"));
    if (looks && !has_blocks(s))
        add_lines(out, s);
    else
        add_piece(out, s);
}

enum morgue_status
html_value_text(struct morgue_str *value, struct arena *arena, bool looks,
                struct morgue_error *err)
{
    struct buf piece, text;
    struct arena scratch;
    enum morgue_status st;

    arena_init(&scratch, arena->max);
    buf_init(&piece, RECORD_MAX);
    buf_init(&text, RECORD_MAX);
    make_piece(&piece, *value, looks);
    st = buf_status(&piece, err);
    if (!st)
        st = html_to_text(&text, buf_view(&piece), &scratch, err);
    if (!st)
        st = buf_status(&text, err);
    if (!st && !arena_str(arena, str_trim(buf_view(&text)), value))
        st = error_nomem(err);
    buf_free(&text);
    buf_free(&piece);
    arena_free(&scratch);
    /* What is too large to be taken apart stays as it is. */
    return st == MORGUE_FORMAT ? MORGUE_OK : st;
}
