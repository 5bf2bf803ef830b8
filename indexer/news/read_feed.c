/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_feed.c - RSS 0.9x and 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, and the
 * exports of WordPress (WXR)
 *
 *     rss/channel/item     rdf:RDF/item beside channel     feed/entry
 *
 * A feed's own elements are those in the namespace of the item; others are
 * told by a word of their namespace (dc, content, wp).  The text is the whole
 * one where there is one (content:encoded, content), else the description or
 * summary; strings are HTML.  The id is the link; guid, id of Atom, where
 * there is none.  Of categories the first is the section too.
 *
 * In an export, what is not a published post or page is skipped; its line ends
 * are those of paragraphs where it has no tags for them, and its authors are
 * called by the names that they show.
 */
#include "../../common/article/date.h"
#include "../markup/html.h"
#include "../reading/format.h"
#include "content.h"
#include "xml_source.h"

/* ---- elements ----------------------------------------------------------- */

/* The next child of that name behind `e` (NULL: the first) in a namespace that
 * has `word` in it; of NULL in that of `parent` itself. */
static struct tree_node *
next_of(const struct tree_node *parent, const struct tree_node *e,
        const char *name, const char *word)
{
    struct tree_node *at = e ? e->next : parent ? parent->first : NULL;

    for (; at; at = at->next) {
        if (!tree_is(at, name))
            continue;
        if (word ? str_find(at->space, 0, str_of(word)) < at->space.len
                 : str_eq(at->space, parent->space))
            break;
    }
    return at;
}

static struct tree_node *
own(const struct tree_node *parent, const char *name)
{
    return next_of(parent, NULL, name, NULL);
}

static struct morgue_str
line_of(struct news *n, const struct tree_node *parent, const char *name,
        const char *word)
{
    return news_line(n, next_of(parent, NULL, name, word));
}

/* A string of HTML on one line. */
static struct morgue_str
html_line(struct news *n, const struct tree_node *e)
{
    struct morgue_str line = news_line(n, e);
    struct buf b;
    struct tree_node text = {.text = line};

    buf_init(&b, line.len * 4 + 16);
    if (html_to_text(&b, line, n->scratch, NULL) == MORGUE_NOMEM)
        n->nomem = true;
    text.text = buf_view(&b);
    line = news_line(n, &text);
    buf_free(&b);
    return line;
}

/* The channel or feed that the item is of. */
static const struct tree_node *
channel_of(const struct tree_node *item)
{
    const struct tree_node *beside = tree_child(item->parent, "channel");

    return beside ? beside : item->parent;
}

/* ---- links and dates ---------------------------------------------------- */

static struct morgue_str
atom_link(const struct tree_node *item, const char *word)
{
    for (struct tree_node *e = next_of(item, NULL, "link", word); e;
         e = next_of(item, e, "link", word)) {
        struct morgue_str rel = tree_attr(e, "rel");

        if (rel.len == 0 || str_eq(rel, STR("alternate")))
            return tree_attr(e, "href");
    }
    return STR("");
}

static void
read_links(struct news *n, const struct tree_node *item)
{
    const struct tree_node *guid = own(item, "guid");
    struct morgue_str name = news_line(n, guid);
    bool permanent =
        str_starts(name, STR("http")) &&
        !str_eq_nocase(tree_attr(guid, "isPermaLink"), STR("false"));

    news_set(n, FIELD_URL, line_of(n, item, "origLink", "feedburner"));
    news_set(n, FIELD_URL, atom_link(item, NULL));
    news_set(n, FIELD_URL, line_of(n, item, "link", NULL));
    if (permanent)
        news_set(n, FIELD_URL, name);
    news_set(n, FIELD_URL, atom_link(item, "Atom"));
    if (tree_is(item, "item"))
        news_set(n, FIELD_URL, tree_attr(item, "about"));
    news_set(n, FIELD_ID, n->a.url);
    news_set(n, FIELD_ID, name);
    news_set(n, FIELD_ID, line_of(n, item, "id", NULL));
    news_extra(n, "guid", name);
    news_extra(n, "atom-id", line_of(n, item, "id", NULL));
}

static void
read_dates(struct news *n, const struct tree_node *item)
{
    static const struct {
        const char *name, *word, *source;
    } dates[] = {
        {"pubDate", NULL, "RSS pubDate"},
        {"published", NULL, "Atom published"},
        {"issued", NULL, "Atom issued"},
        {"date", "/dc/", "dc:date"},
        {"issued", "/dc/", "dcterms:issued"},
        {"created", "/dc/", "dcterms:created"},
        {"post_date_gmt", "wordpress", "wp:post_date_gmt"},
        {"published", "Atom", "Atom published"},
        {"created", NULL, "Atom created"},
        {"updated", NULL, "Atom updated"},
        {"modified", NULL, "Atom modified"},
        {"updated", "Atom", "Atom updated"},
    };

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        news_date(n, line_of(n, item, dates[i].name, dates[i].word),
                  dates[i].source);
    news_extra(n, "updated", line_of(n, item, "updated", NULL));
    news_extra(n, "modified", line_of(n, item, "modified", NULL));
}

/* ---- people and subjects ------------------------------------------------ */

/* Of "jane@x.example (Jane Doe)" the name. */
static struct morgue_str
without_address(struct morgue_str s)
{
    size_t open = str_find(s, 0, STR("(")),
           close = str_find(s, open, STR(")"));

    if (str_find(s, 0, STR("@")) < open && close < s.len)
        return str_slice(s.s + open + 1, close - open - 1);
    return s;
}

/* What the author of that login is called, in an export. */
static struct morgue_str
shown_name(struct news *n, const struct tree_node *channel,
           struct morgue_str login)
{
    for (struct tree_node *e = next_of(channel, NULL, "author", "wordpress");
         e; e = next_of(channel, e, "author", "wordpress")) {
        const struct tree_node *own_login = tree_child(e, "author_login");

        if (own_login && own_login->first &&
            str_eq(str_trim(own_login->first->text), login)) {
            struct morgue_str name =
                news_line(n, tree_child(e, "author_display_name"));

            return name.len > 0 ? name : login;
        }
    }
    return login;
}

static void
read_authors(struct news *n, const struct tree_node *item,
             const struct tree_node *channel)
{
    for (struct tree_node *e = next_of(item, NULL, "creator", "/dc/"); e;
         e = next_of(item, e, "creator", "/dc/"))
        news_add(n, FIELD_AUTHOR,
                 value_without_by(shown_name(n, channel, html_line(n, e))));
    if (n->a.author.len > 0)
        return;
    for (struct tree_node *e = own(item, "author"); e;
         e = next_of(item, e, "author", NULL)) {
        const struct tree_node *name = tree_child(e, "name");

        news_add(n, FIELD_AUTHOR,
                 name ? news_line(n, name)
                      : value_without_by(without_address(html_line(n, e))));
    }
    news_set(n, FIELD_AUTHOR,
             news_line(n, tree_child(own(channel, "author"), "name")));
}

static void
read_categories(struct news *n, const struct tree_node *item)
{
    for (struct tree_node *e = own(item, "category"); e;
         e = next_of(item, e, "category", NULL)) {
        struct morgue_str name = tree_attr(e, "label");

        if (name.len == 0)
            name = tree_attr(e, "term");
        if (name.len == 0)
            name = html_line(n, e);
        if (!str_eq(tree_attr(e, "domain"), STR("post_tag")))
            news_set(n, FIELD_SECTION, name);
        news_add(n, FIELD_TOPICS, name);
    }
    for (struct tree_node *e = next_of(item, NULL, "subject", "/dc/"); e;
         e = next_of(item, e, "subject", "/dc/")) {
        news_set(n, FIELD_SECTION, news_line(n, e));
        news_add(n, FIELD_TOPICS, news_line(n, e));
    }
    news_add(n, FIELD_PLACE, line_of(n, item, "featurename", "georss"));
    news_add(n, FIELD_PLACE, line_of(n, item, "coverage", "/dc/"));
}

static void
read_origin(struct news *n, const struct tree_node *item,
            const struct tree_node *channel)
{
    const struct tree_node *source = own(item, "source");

    news_set(n, FIELD_SOURCE,
             html_line(n, tree_child(source, "title") ? own(source, "title")
                                                      : source));
    news_set(n, FIELD_SOURCE, line_of(n, item, "publisher", "/dc/"));
    news_set(n, FIELD_SOURCE, html_line(n, own(channel, "title")));
    news_set(n, FIELD_LANG, tree_attr(item, "lang"));
    news_set(n, FIELD_LANG, line_of(n, item, "language", "/dc/"));
    news_set(n, FIELD_LANG, tree_attr(own(item, "content"), "lang"));
    news_set(n, FIELD_LANG, line_of(n, channel, "language", NULL));
    news_set(n, FIELD_LANG, line_of(n, channel, "language", "/dc/"));
    news_set(n, FIELD_LANG, tree_attr(channel, "lang"));
    news_set(n, FIELD_LANG, tree_attr(channel->parent, "lang"));
}

/* ---- exports ------------------------------------------------------------ */

static bool
is_one_of(struct morgue_str s, const char *const *words)
{
    for (; *words; words++)
        if (str_eq(s, str_of(*words)))
            return true;
    return false;
}

/* Why an item of an export is no article; NULL where it is one. */
static const char *
not_published(struct news *n, const struct tree_node *item)
{
    static const char *const others[] = {
        "attachment",       "revision",
        "nav_menu_item",    "custom_css",
        "oembed_cache",     "wp_block",
        "wp_template",      "customize_changeset",
        "feedback",         "wp_navigation",
        "wp_global_styles", NULL};
    struct morgue_str type = line_of(n, item, "post_type", "wordpress");
    struct morgue_str status = line_of(n, item, "status", "wordpress");

    if (str_eq(type, STR("attachment")))
        return "an attachment, not an article";
    if (is_one_of(type, others))
        return "not a post or page";
    /* What inherits its state is a part of something published. */
    if (status.len > 0 && !str_eq(status, STR("publish")) &&
        !str_eq(status, STR("inherit")))
        return "not published";
    if (line_of(n, item, "post_password", "wordpress").len > 0)
        return "a post with a password";
    return NULL;
}

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

static void
read_text_of(struct news *n, const struct tree_node *item)
{
    static const struct {
        const char *name, *word;
    } texts[] = {{"encoded", "content"},  {"content", NULL},
                 {"full-text", "yandex"}, {"body", "xhtml"},
                 {"description", NULL},   {"summary", NULL},
                 {"description", "/dc/"}, {"encoded", "excerpt"}};
    bool post = next_of(item, NULL, "post_id", "wordpress") != NULL;

    for (size_t i = 0; i < sizeof texts / sizeof *texts && !news_has_text(n);
         i++) {
        struct tree_node *e =
            next_of(item, NULL, texts[i].name, texts[i].word);

        if (!e)
            continue;
        if (post)
            read_post(n, e);
        else
            content_read(n, e);
    }
}

static void
read_item(struct news *n, struct tree_node *item)
{
    const struct tree_node *channel = item->parent ? channel_of(item) : item;

    read_links(n, item);
    n->skip = not_published(n, item);
    if (n->skip)
        return;
    news_set(n, FIELD_TITLE, html_line(n, own(item, "title")));
    news_set(n, FIELD_TITLE, line_of(n, item, "title", "/dc/"));
    read_dates(n, item);
    read_authors(n, item, channel);
    read_categories(n, item);
    read_origin(n, item, channel);
    news_extra(n, "post-id", line_of(n, item, "post_id", "wordpress"));
    news_extra(n, "rights", line_of(n, item, "rights", NULL));
    news_extra(n, "enclosure", tree_attr(own(item, "enclosure"), "url"));
    read_text_of(n, item);
}

/* ---- the format --------------------------------------------------------- */

static bool
looks_like_feed(struct morgue_str head)
{
    static const char *const roots[] = {"rss", "feed", NULL};
    static const char *const rdf[] = {"RDF", NULL};

    return xml_begins_with(head, roots) ||
           (xml_begins_with(head, rdf) &&
            (str_find(head, 0, STR("purl.org/rss/")) < head.len ||
             str_find(head, 0, STR("netscape.com/rdf")) < head.len));
}

static enum morgue_status
read_feed(struct reading *r, struct morgue_error *err)
{
    static const char *const names[] = {"item", "entry", NULL};
    static const struct xml_kind kind = {names, read_item};

    return xml_source_read(r, &kind, err);
}

const struct format format_rss = {
    .name = "rss",
    .what = "RSS, Atom, WordPress exports",
    .many = true,
    .tell = looks_like_feed,
    .read = read_feed,
};
