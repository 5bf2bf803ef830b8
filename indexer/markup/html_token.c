/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_token.c - cutting HTML into tags and texts
 *
 *   <name a=b c="d" e='f' g>    a tag opens; `/>` at its end is noted
 *   </name ...>                 a tag closes
 *   <!-- ... -->  <!...>  <?...>  </ and no letter: comments, passed over
 *   anything else               text; a < before another sign is one
 *
 * Each byte is looked at a constant number of times, whatever the page is.
 * Not handled: a comment inside of a script hides no </script>.
 */
#include "html_token.h"

void
html_begin(struct html_tokens *t, char *page, size_t len)
{
    *t = (struct html_tokens){.at = page, .end = page + len};
    while (t->at < t->end && is_space(*t->at))
        t->at++;
    t->xml =
        str_starts(str_slice(t->at, (size_t)(t->end - t->at)), STR("<?xml"));
}

static bool
starts(const struct html_tokens *t, struct morgue_str with)
{
    return str_starts(str_slice(t->at, (size_t)(t->end - t->at)), with);
}

/* Go behind the next `c`, or to the end. */
static void
skip_behind(struct html_tokens *t, char c)
{
    char *to = memchr(t->at, c, (size_t)(t->end - t->at));

    t->at = to ? to + 1 : t->end;
}

/* At `<!--`: go behind the comment. */
static void
skip_comment(struct html_tokens *t)
{
    t->at += 4;
    if (*t->at == '>' || starts(t, STR("->"))) {
        skip_behind(t, '>');
        return;
    }
    while (t->at < t->end) {
        skip_behind(t, '-');
        if (*t->at != '-')
            continue;
        while (*t->at == '-')
            t->at++;
        t->at += *t->at == '!';
        if (*t->at == '>') {
            t->at++;
            return;
        }
    }
}

/* ---- tags --------------------------------------------------------------- */

static void
skip_space(struct html_tokens *t)
{
    while (is_space(*t->at))
        t->at++;
}

/* Take a name, which ends before white space or one of `ends`. */
static struct morgue_str
take_name(struct html_tokens *t, const char *ends)
{
    char *from = t->at;

    for (; t->at < t->end && !is_space(*t->at); t->at++) {
        if (t->at > from && strchr(ends, *t->at))
            break;
        *t->at = to_lower(*t->at);
    }
    return str_slice(from, (size_t)(t->at - from));
}

static struct morgue_str
take_value(struct html_tokens *t)
{
    char *from = t->at, quote = *from;

    if (quote == '"' || quote == '\'') {
        from = ++t->at;
        skip_behind(t, quote);
        if (t->at == t->end && (t->at == from || t->at[-1] != quote))
            return STR("");
        return str_slice(
            from, html_unescape(from, (size_t)(t->at - 1 - from), true));
    }
    while (t->at < t->end && !is_space(*t->at) && *t->at != '>')
        t->at++;
    return str_slice(from, html_unescape(from, (size_t)(t->at - from), true));
}

/* The attributes up to `>`; false where the page ends before. */
static bool
take_attributes(struct html_tokens *t)
{
    t->attr_n = 0;
    t->closed = false;
    for (;;) {
        struct html_attr attr = {.value = STR("")};

        skip_space(t);
        if (t->at == t->end)
            return false;
        if (*t->at == '>')
            break;
        if (*t->at == '/') {
            t->closed = *++t->at == '>';
            continue;
        }
        attr.name = take_name(t, "=/>");
        skip_space(t);
        if (*t->at == '=') {
            t->at++;
            skip_space(t);
            attr.value = take_value(t);
        }
        if (t->attr_n < HTML_ATTRS_MAX)
            t->attr[t->attr_n++] = attr;
    }
    t->at++;
    return true;
}

static bool
take_tag(struct html_tokens *t, enum html_kind kind)
{
    t->at += kind == HTML_OPEN ? 1 : 2;
    t->kind = kind;
    t->name = take_name(t, "/>");
    return take_attributes(t);
}

/* ---- texts -------------------------------------------------------------- */

static void
take_text(struct html_tokens *t, char *end)
{
    t->kind = HTML_TEXT;
    t->text =
        str_slice(t->at, html_unescape(t->at, (size_t)(end - t->at), false));
    t->at = end;
}

/* At `<![CDATA[`. */
static void
take_cdata(struct html_tokens *t)
{
    char *from = t->at + 9;

    t->at = from;
    do
        skip_behind(t, ']');
    while (t->at < t->end && !starts(t, STR("]>")));
    t->kind = HTML_TEXT;
    t->text = str_slice(from, (size_t)(t->at - from));
    if (t->at < t->end) {
        t->text.len--;
        t->at += 2;
    }
}

/* Whether a tag or comment begins at `s`. */
static bool
is_markup(const char *s)
{
    return is_alpha(s[1]) || s[1] == '!' || s[1] == '?' || s[1] == '/';
}

bool
html_next(struct html_tokens *t)
{
    while (t->at < t->end) {
        char *to = t->at;

        if (*to != '<' || !is_markup(to)) {
            do {
                to = memchr(to + 1, '<', (size_t)(t->end - to - 1));
            } while (to && !is_markup(to));
            take_text(t, to ? to : t->end);
            return true;
        }
        if (is_alpha(to[1]))
            return take_tag(t, HTML_OPEN);
        if (to[1] == '/' && is_alpha(to[2]))
            return take_tag(t, HTML_CLOSE);
        if (starts(t, STR("<!--"))) {
            skip_comment(t);
        } else if (t->xml && starts(t, STR("<![CDATA["))) {
            take_cdata(t);
            return true;
        } else {
            skip_behind(t, '>');
        }
    }
    t->kind = HTML_END;
    return false;
}

struct morgue_str
html_raw(struct html_tokens *t)
{
    char *from = t->at;
    size_t len = t->name.len;

    for (; t->at < t->end; t->at++) {
        char *to = memchr(t->at, '<', (size_t)(t->end - t->at));

        t->at = to ? to : t->end;
        if (t->at[0] && t->at[1] == '/' &&
            (size_t)(t->end - t->at) >= len + 2 &&
            str_eq_nocase(str_slice(t->at + 2, len), t->name) &&
            !is_alpha(t->at[len + 2]))
            break;
    }
    if (t->at > t->end)
        t->at = t->end;
    return str_slice(from, (size_t)(t->at - from));
}
