/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_html.c - an article as an HTML page
 *
 * The charset of a page is what its byte order mark says; else UTF-8 where it
 * is valid; else what HTTP, else what the page itself declares in its first
 * 4 KB (<meta charset=x>, <meta ... content="...; charset=x">, <?xml
 * encoding="x"?>); else it is guessed.  What the article is, page/ decides.
 *
 * A page that a user names is indexed where it has any text; one of a crawl
 * only where it may be an article.
 */
#include "read_html.h"

#include "../page/page.h"
#include "../reading/charset.h"
#include "../reading/format.h"

enum { PAGE_MAX = 16 * 1024 * 1024, DECLARED_WITHIN = 4096 };

/* ---- charsets ----------------------------------------------------------- */

/* The value behind `name=` in `s`, at its first place; "" where there is
 * none. */
static struct morgue_str
value_of(struct morgue_str s, struct morgue_str name)
{
    size_t i = 0, len = 0;

    while (i < s.len &&
           !str_starts_nocase(str_slice(s.s + i, s.len - i), name))
        i++;
    if (i == s.len)
        return STR("");
    i += name.len;
    while (i < s.len && is_space(s.s[i]))
        i++;
    if (i == s.len || s.s[i] != '=')
        return STR("");
    i++;
    while (i < s.len && (is_space(s.s[i]) || strchr("\"'", s.s[i])))
        i++;
    while (i + len < s.len && !is_space(s.s[i + len]) &&
           !strchr("\"'/>;?", s.s[i + len]))
        len++;
    return str_slice(s.s + i, len);
}

struct morgue_str
read_html_charset(struct morgue_str page)
{
    struct morgue_str found = STR("");

    if (page.len > DECLARED_WITHIN)
        page.len = DECLARED_WITHIN;
    if (str_starts(page, STR("<?xml"))) {
        const char *end = memchr(page.s, '>', page.len);
        size_t len = end ? (size_t)(end - page.s) : page.len;

        found = value_of(str_slice(page.s, len), STR("encoding"));
    }
    for (size_t i = 0; i < page.len && found.len == 0; i++) {
        struct morgue_str tag = str_slice(page.s + i, page.len - i);
        const char *end;

        if (tag.s[0] != '<' || !str_starts_nocase(tag, STR("<meta")))
            continue;
        end = memchr(tag.s, '>', tag.len);
        if (end)
            tag.len = (size_t)(end - tag.s);
        found = value_of(tag, STR("charset"));
    }
    return found;
}

/* The page in UTF-8; a byte order mark is taken off. */
static enum morgue_status
page_utf8(struct reading *r, struct morgue_str *page,
          struct morgue_str declared, unsigned *how, struct morgue_error *err)
{
    bool converted = false;
    enum morgue_status st = MORGUE_OK;

    if (str_starts(*page, STR("\xEF\xBB\xBF"))) {
        *page = str_slice(page->s + 3, page->len - 3);
        return MORGUE_OK;
    }
    if (str_starts(*page, STR("\xFF\xFE")) ||
        str_starts(*page, STR("\xFE\xFF"))) {
        const char *name = page->s[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";

        buf_reset(&r->scratch);
        st = charset_convert(&r->scratch,
                             str_slice(page->s + 2, page->len - 2), name, err);
        *page = buf_view(&r->scratch);
        *how |= READ_CONVERTED;
        return st;
    }
    if (declared.len == 0)
        declared = read_html_charset(*page);
    st = charset_to_utf8(page, &converted, declared, &r->scratch, err);
    if (converted)
        *how |= READ_CONVERTED;
    return st;
}

/* ---- pages -------------------------------------------------------------- */

/* A page in UTF-8. */
static enum morgue_status
read_utf8_page(struct reading *r, struct morgue_str text,
               struct morgue_str url, bool crawl, unsigned how,
               struct morgue_error *err)
{
    struct page page;
    struct morgue_error why;
    enum morgue_status st;

    reading_next(r);
    st = page_read(&page, &r->arena, text, url, &why);
    if (st == MORGUE_FORMAT)
        return reading_failed(r, 0, why.message, err);
    if (st)
        return error_set(err, st, "%s", why.message);
    if (crawl && page.doubt)
        return reading_skipped(r, &page.article, page.doubt, err);
    return reading_record(r, &page.article, how, err);
}

enum morgue_status
read_html_page(struct reading *r, struct morgue_str page,
               struct morgue_str url, struct morgue_str charset, bool crawl,
               struct morgue_error *err)
{
    unsigned how = 0;
    enum morgue_status st;

    if (page.len > PAGE_MAX)
        return reading_failed(r, 0, "the page is longer than 16 MB", err);
    st = page_utf8(r, &page, charset, &how, err);
    return st ? st : read_utf8_page(r, page, url, crawl, how, err);
}

static enum morgue_status
read_html(struct reading *r, struct morgue_error *err)
{
    enum morgue_status st = input_need(&r->in, (size_t)PAGE_MAX + 1, err);
    struct morgue_str page;

    if (st)
        return st;
    page = input_view(&r->in);
    input_take(&r->in, page.len);
    if (page.len > PAGE_MAX)
        return reading_failed(r, 0, "the page is longer than 16 MB", err);
    if (r->in.coding != INPUT_BYTES)
        return read_utf8_page(r, page, STR(""), false, 0, err);
    return read_html_page(r, page, STR(""), STR(""), false, err);
}

/* ---- telling ------------------------------------------------------------ */

/* What stands between `<` and `>` at the beginning of `s`. */
static struct morgue_str
first_tag(struct morgue_str s)
{
    const char *end = s.len > 0 ? memchr(s.s, '>', s.len) : NULL;

    return str_slice(s.s + 1, end ? (size_t)(end - s.s - 1) : s.len - 1);
}

/* Whether a doctype is HTML's: by its name, or where that was forgotten by
 * the name of a DTD.  `s` is what is behind "<!doctype". */
static bool
is_html_doctype(struct morgue_str s)
{
    s = str_trim(s);
    return str_starts_nocase(s, STR("html")) ||
           ((str_starts_nocase(s, STR("public")) ||
             str_starts(s, STR("\""))) &&
            str_has_nocase(s, STR("html")));
}

/* What may stand before a page and says nothing of it: white space, comments,
 * an XML declaration, a doctype without a name.  0 where there is none;
 * s.len where it does not end. */
static size_t
idle_len(struct morgue_str s)
{
    const char *end = memchr(s.s, '>', s.len);
    bool comment = str_starts(s, STR("<!--"));
    struct morgue_str tag;

    if (is_space(s.s[0]))
        return 1;
    if (s.s[0] != '<')
        return 0;
    tag = first_tag(s);
    if (!comment && !str_starts(s, STR("<?xml")) &&
        !str_eq_nocase(str_trim(tag), STR("!doctype")))
        return 0;
    while (comment && end &&
           !(end - s.s > 5 && end[-1] == '-' && end[-2] == '-'))
        end = memchr(end + 1, '>', s.len - (size_t)(end + 1 - s.s));
    return end ? (size_t)(end + 1 - s.s) : s.len;
}

/* Whether a page begins with this element.  Those that are names of XML's
 * kinds of news too are not here. */
static bool
is_page_element(struct morgue_str tag)
{
    static const char *const names[] = {
        "html", "head",     "body",    "meta",   "title",  "script",
        "link", "style",    "base",    "div",    "p",      "h1",
        "h2",   "h3",       "table",   "center", "main",   "section",
        "br",   "b",        "font",    "span",   "a",      "img",
        "hr",   "ul",       "ol",      "strong", "em",     "i",
        "form", "noscript", "iframe",  "nav",    "header", "blockquote",
        "pre",  "article",  "frameset"};
    size_t len = 0;

    while (len < tag.len && (is_alpha(tag.s[len]) || is_digit(tag.s[len])))
        len++;
    if (len < tag.len && !is_space(tag.s[len]) && tag.s[len] != '/')
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(str_slice(tag.s, len), str_of(names[i])))
            return true;
    return false;
}

/* Whether the text before the first tag is a program's complaint, as PHP
 * writes them before a page: `Warning: mysql_connect() ... on line 12`. */
static bool
is_complaint(struct morgue_str text)
{
    static const char *const kinds[] = {
        "Warning: ", "Notice: ", "Deprecated: ", "Fatal error: ",
        "Strict Standards: "};
    struct morgue_str at = text;

    if (str_starts(at, STR("PHP ")))
        at = str_slice(at.s + 4, at.len - 4);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(at, str_of(kinds[i])))
            return str_has_nocase(text, STR(" on line "));
    return false;
}

bool
read_html_tell(struct morgue_str head)
{
    size_t n = 1;

    while (head.len > 0 && n > 0) {
        n = idle_len(head);
        head = str_slice(head.s + n, head.len - n);
    }
    if (head.len > 0 && head.s[0] != '<') {
        n = str_find(head, 0, STR("<"));
        if (!is_complaint(str_slice(head.s, n)))
            return false;
        head = str_slice(head.s + n, head.len - n);
    }
    if (head.len < 2)
        return false;
    if (str_starts_nocase(head, STR("<!doctype"))) {
        head = first_tag(head);
        return is_html_doctype(str_slice(head.s + 8, head.len - 8));
    }
    return is_page_element(first_tag(head));
}

const struct format format_html = {
    .name = "html",
    .what = "HTML pages",
    .tell = read_html_tell,
    .read = read_html,
};
