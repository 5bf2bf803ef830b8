/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * feed_text.c - titles and texts of items, by what they are written in
 *
 *   RSS                       a string of HTML, or elements
 *   Atom 1.0  type= none,     plain: `<b>` in it is three letters that are
 *             text, text/...  shown
 *             html            a string of HTML
 *             xhtml, XML      elements
 *             other           base64; text where that gives some, else a
 *                             picture or the like, which is passed over
 *   Atom 0.3  mode=           escaped, base64: a string as type says
 *
 * The text is the whole one where there is one, else the description or
 * summary, else what media and podcasts have; of several of a name the first
 * that is not empty.  The language is that of the element that is taken.
 */
#include "../../common/base/base64.h"
#include "../../common/base/utf8.h"
#include "../markup/html.h"
#include "content.h"
#include "feed.h"

enum writing { PLAIN, HTML, ELEMENTS, BINARY, NOTHING };

/* ---- what it is written in ---------------------------------------------- */

static bool
has_elements(const struct tree_node *e)
{
    for (const struct tree_node *c = e->first; c; c = c->next)
        if (c->name.len > 0)
            return true;
    return false;
}

/* Whether it is a text construct of Atom, which says what it is in. */
static bool
is_atom(const struct tree_node *e)
{
    const struct tree_node *item = e->parent;

    if (str_find_nocase(e->space, 0, STR("/atom")) < e->space.len)
        return true;
    return e->space.len == 0 && tree_is(item, "entry");
}

static bool
is_media(struct morgue_str type)
{
    return str_starts_nocase(type, STR("image/")) ||
           str_starts_nocase(type, STR("audio/")) ||
           str_starts_nocase(type, STR("video/"));
}

static enum writing
by_type(struct morgue_str type)
{
    type.len = str_find(type, 0, STR(";"));
    type = str_trim(type);
    if (type.len == 0 || str_eq_nocase(type, STR("text")))
        return PLAIN;
    if (str_eq_nocase(type, STR("xhtml")))
        return ELEMENTS;
    if (str_has_nocase(type, STR("html")) || str_has_nocase(type, STR("xml")))
        return HTML;
    if (str_starts_nocase(type, STR("text/")))
        return PLAIN;
    if (is_media(type))
        return NOTHING;
    return str_find(type, 0, STR("/")) < type.len ? BINARY : PLAIN;
}

static enum writing
writing_of(const struct tree_node *e)
{
    struct morgue_str type = tree_attr(e, "type");

    if (has_elements(e))
        return ELEMENTS;
    if (str_eq_nocase(tree_attr(e, "mode"), STR("base64")))
        return BINARY;
    if (is_atom(e))
        return by_type(type);
    return str_eq_nocase(type, STR("plain")) ? PLAIN
           : is_media(type)                  ? NOTHING
                                             : HTML;
}

/* ---- base64 ------------------------------------------------------------- */

/* What is written in base64; false where it is none, or gives no text. */
static bool
decode(struct buf *out, struct morgue_str s)
{
    struct base64 b = {0};
    size_t n = 0;

    while (n < s.len && s.s[n] != '=')
        if (base64_digit(s.s[n]) >= 0 || is_space(s.s[n]))
            n++;
        else
            return false;
    base64_decode(out, &b, str_slice(s.s, n));
    s = buf_view(out);
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.s[i] < ' ' && !is_space(s.s[i]))
            return false;
    return utf8_valid(s);
}

/* ---- values ------------------------------------------------------------- */

/* The string of an element, lent by `b`, and what it is written in. */
static enum writing
string_of(struct news *n, const struct tree_node *e, struct buf *b,
          struct morgue_str *s)
{
    enum writing w = writing_of(e);
    struct morgue_str type = tree_attr(e, "type");

    buf_reset(b);
    tree_text(b, e);
    *s = buf_view(b);
    if (w == BINARY) {
        struct buf text;

        buf_init(&text, RECORD_MAX);
        w = decode(&text, *s) ? by_type(type) : NOTHING;
        w = w == BINARY ? HTML : w;
        buf_reset(b);
        buf_str(b, buf_view(&text));
        *s = buf_view(b);
        n->nomem |= text.nomem;
        buf_free(&text);
    }
    n->nomem |= b->nomem;
    return w;
}

struct morgue_str
feed_text_line(struct news *n, const struct tree_node *e)
{
    struct buf b;
    struct morgue_str s, line = STR("");
    struct tree_node text = {.text = STR("")};
    enum writing w;

    if (!e)
        return line;
    buf_init(&b, RECORD_MAX);
    if (has_elements(e)) {
        html_text(&b, e);
        n->nomem |= b.nomem;
        s = buf_view(&b);
        w = ELEMENTS;
    } else {
        w = string_of(n, e, &b, &s);
    }
    text.text = s;
    if (w == HTML)
        line = feed_html_line(n, &text);
    else if (w != NOTHING)
        line = news_line(n, &text);
    buf_free(&b);
    return line;
}

static void
read_text(struct news *n, struct tree_node *e)
{
    struct buf b;
    struct morgue_str s;
    enum writing w;

    if (has_elements(e)) {
        content_read(n, e);
        return;
    }
    buf_init(&b, RECORD_MAX);
    w = string_of(n, e, &b, &s);
    if (w != NOTHING)
        content_string(n, s, w == HTML);
    buf_free(&b);
}

/* ---- exports ------------------------------------------------------------ */

/* The text of a post: where it has no tags for paragraphs, its line ends are
 * breaks. */
static void
read_post(struct news *n, const struct tree_node *content)
{
    struct buf raw, b;
    struct morgue_str s;
    bool tagged;

    buf_init(&raw, RECORD_MAX);
    buf_init(&b, RECORD_MAX);
    tree_text(&raw, content);
    s = buf_view(&raw);
    tagged = str_find(s, 0, STR("<p>")) < s.len ||
             str_find(s, 0, STR("<p ")) < s.len;
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] == '\n' && !tagged)
            buf_str(&b, STR("<br>"));
        else
            buf_char(&b, s.s[i]);
    n->nomem |= raw.nomem || b.nomem;
    news_html(n, buf_view(&b));
    buf_free(&raw);
    buf_free(&b);
}

/* ---- items -------------------------------------------------------------- */

struct text_place {
    const char *name, *word;
};

/* The language that an element, or the one element in it, says it is in. */
static void
put_language(struct news *n, const struct tree_node *e)
{
    const struct tree_node *c = e->first;

    news_set(n, FIELD_LANG, tree_attr(e, "lang"));
    while (c && c->name.len == 0)
        c = c->next;
    if (c)
        news_set(n, FIELD_LANG, tree_attr(c, "lang"));
}

/* The next element of that name that may have a text: of media also below
 * their groups. */
static struct tree_node *
next_text(const struct tree_node *item, const struct tree_node *e,
          const struct text_place *p)
{
    struct tree_node *at = feed_next(item, e, p->name, p->word);

    if (at || e || !p->word || strcmp(p->word, FEED_MEDIA) != 0)
        return at;
    for (at = tree_walk(item, item); at; at = tree_walk(at, item))
        if (at->parent != item &&
            feed_next(at->parent, NULL, p->name, p->word) == at)
            return at;
    return NULL;
}

void
feed_title(struct news *n, const struct tree_node *item)
{
    static const struct text_place titles[] = {{"title", NULL},
                                               {"title", FEED_DC},
                                               {"title", FEED_ATOM},
                                               {"title", FEED_MEDIA},
                                               {"title", "itunes"}};

    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        for (struct tree_node *e = next_text(item, NULL, &titles[i]);
             e && n->a.title.len == 0; e = next_text(item, e, &titles[i]))
            news_set(n, FIELD_TITLE, feed_text_line(n, e));
}

void
feed_text(struct news *n, const struct tree_node *item)
{
    static const struct text_place texts[] = {{"encoded", "content"},
                                              {"content", NULL},
                                              {"full-text", "yandex"},
                                              {"fullitem", NULL},
                                              {"body", NULL},
                                              {"body", "xhtml"},
                                              {"div", "xhtml"},
                                              {"description", NULL},
                                              {"summary", NULL},
                                              {"content", FEED_ATOM},
                                              {"summary", FEED_ATOM},
                                              {"abstract", NULL},
                                              {"description", FEED_DC},
                                              {"encoded", "excerpt"},
                                              {"abstract", FEED_DC},
                                              {"summary", "itunes"},
                                              {"description", FEED_MEDIA},
                                              {"text", FEED_MEDIA},
                                              {"subtitle", "itunes"}};
    bool post = feed_next(item, NULL, "post_id", "wordpress") != NULL;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (struct tree_node *e = next_text(item, NULL, &texts[i]);
             e && !news_has_text(n); e = next_text(item, e, &texts[i])) {
            if (post)
                read_post(n, e);
            else
                read_text(n, e);
            if (news_has_text(n))
                put_language(n, e);
        }
}
