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
#include "../markup/html.h"
#include "../reading/format.h"
#include "feed.h"
#include "xml_source.h"

/* ---- dates -------------------------------------------------------------- */

static void
read_dates(struct news *n, const struct tree_node *item)
{
    static const struct {
        const char *name, *word, *source;
    } dates[] = {
        {"pubDate", NULL, "RSS pubDate"},
        {"published", NULL, "Atom published"},
        {"issued", NULL, "Atom issued"},
        {"date", FEED_DC, "dc:date"},
        {"issued", FEED_DC, "dcterms:issued"},
        {"created", FEED_DC, "dcterms:created"},
        {"available", FEED_DC, "dcterms:available"},
        {"publicationDate", "prism", "prism:publicationDate"},
        {"post_date_gmt", "wordpress", "wp:post_date_gmt"},
        {"published", FEED_ATOM, "Atom published"},
        {"created", NULL, "Atom created"},
        {"updated", NULL, "Atom updated"},
        {"modified", NULL, "Atom modified"},
        {"modified", FEED_DC, "dcterms:modified"},
        {"updated", FEED_ATOM, "Atom updated"},
    };

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        news_date(n, feed_line(n, item, dates[i].name, dates[i].word),
                  dates[i].source);
    news_extra(n, "updated", feed_line(n, item, "updated", NULL));
    news_extra(n, "modified", feed_line(n, item, "modified", NULL));
}

/* ---- subjects ----------------------------------------------------------- */

static void
read_categories(struct news *n, const struct tree_node *item)
{
    for (struct tree_node *e = feed_own(item, "category"); e;
         e = feed_next(item, e, "category", NULL)) {
        struct morgue_str name = tree_attr(e, "label");

        if (name.len == 0)
            name = tree_attr(e, "term");
        if (name.len == 0)
            name = feed_html_line(n, e);
        if (!str_eq(tree_attr(e, "domain"), STR("post_tag")))
            news_set(n, FIELD_SECTION, name);
        news_add(n, FIELD_TOPICS, name);
    }
    for (struct tree_node *e = feed_next(item, NULL, "subject", FEED_DC); e;
         e = feed_next(item, e, "subject", FEED_DC)) {
        news_set(n, FIELD_SECTION, news_line(n, e));
        news_add(n, FIELD_TOPICS, news_line(n, e));
    }
    news_add(n, FIELD_PLACE, feed_line(n, item, "featurename", "georss"));
    news_add(n, FIELD_PLACE, feed_line(n, item, "coverage", FEED_DC));
}

static void
read_origin(struct news *n, const struct tree_node *item,
            const struct tree_node *channel)
{
    const struct tree_node *source = feed_own(item, "source");

    news_set(n, FIELD_SOURCE,
             feed_text_line(n, tree_child(source, "title")
                                   ? feed_own(source, "title")
                                   : source));
    news_set(n, FIELD_SOURCE, feed_line(n, item, "publisher", FEED_DC));
    news_set(n, FIELD_SOURCE, feed_text_line(n, feed_own(channel, "title")));
    news_set(n, FIELD_LANG, tree_attr(item, "lang"));
    news_set(n, FIELD_LANG, feed_line(n, item, "language", FEED_DC));
    news_set(n, FIELD_LANG, tree_attr(feed_own(item, "title"), "lang"));
    news_set(n, FIELD_LANG, feed_line(n, channel, "language", NULL));
    news_set(n, FIELD_LANG, feed_line(n, channel, "language", FEED_DC));
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
    struct morgue_str type = feed_line(n, item, "post_type", "wordpress");
    struct morgue_str status = feed_line(n, item, "status", "wordpress");

    if (str_eq(type, STR("attachment")))
        return "an attachment, not an article";
    if (is_one_of(type, others))
        return "not a post or page";
    /* What inherits its state is a part of something published. */
    if (status.len > 0 && !str_eq(status, STR("publish")) &&
        !str_eq(status, STR("inherit")))
        return "not published";
    if (feed_line(n, item, "post_password", "wordpress").len > 0)
        return "a post with a password";
    return NULL;
}

/* ---- items -------------------------------------------------------------- */

static void
read_item(struct news *n, struct tree_node *item)
{
    const struct tree_node *channel = feed_channel(item);

    feed_links(n, item);
    n->skip = not_published(n, item);
    if (n->skip)
        return;
    feed_title(n, item);
    read_dates(n, item);
    feed_authors(n, item, channel);
    read_categories(n, item);
    feed_text(n, item);
    read_origin(n, item, channel);
    news_extra(n, "post-id", feed_line(n, item, "post_id", "wordpress"));
    news_extra(n, "rights", feed_line(n, item, "rights", NULL));
    news_extra(n, "enclosure", tree_attr(feed_own(item, "enclosure"), "url"));
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
