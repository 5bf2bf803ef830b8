/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_newsmlg2.c - NewsML-G2
 *
 *     newsMessage/itemSet
 *       newsItem guid version
 *         rightsInfo   itemMeta   contentMeta
 *         contentSet   inlineXML | inlineData | remoteContent
 *       packageItem, conceptItem, ...
 *
 * or one item as the whole file.  A newsItem is an article where it is text,
 * and has it with it: the first inlineXML or inlineData that gives some, with
 * NITF, XHTML or plain text in it, as markup or as a string.  Other items are
 * skipped, each with what it is.
 *
 * The date is versionCreated, else firstCreated, else when the content was
 * made or changed.  A concept has a name, or else a literal; codes alone
 * (qcode) are not looked up and go to the extra lines.  The section is the
 * first subject or service whose scheme is called like one (sttdepartment).
 */
#include "../reading/format.h"
#include "content.h"
#include "xml_source.h"

static const char *const names[] = {
    "newsItem",     "packageItem", "conceptItem", "knowledgeItem",
    "planningItem", "catalogItem", NULL};

static bool
contains(struct morgue_str s, const char *word)
{
    return str_find(s, 0, str_of(word)) < s.len;
}

/* The name of a concept: as it is written out, else its literal. */
static struct morgue_str
concept_name(struct news *n, const struct tree_node *e)
{
    struct morgue_str name = news_line(n, tree_child(e, "name"));

    return name.len > 0 ? name : tree_attr(e, "literal");
}

/* ---- what it is --------------------------------------------------------- */

/* Why an item is no article; NULL where it is one. */
static const char *
no_article(const struct tree_node *item)
{
    static const struct {
        const char *name, *why;
    } items[] = {{"packageItem", "a package, which points at other items"},
                 {"conceptItem", "a concept, not an article"},
                 {"knowledgeItem", "a list of concepts, not an article"},
                 {"planningItem", "a plan of coverage, not an article"},
                 {"catalogItem", "a catalog of codes, not an article"}},
      classes[] = {{"picture", "a picture, not an article"},
                   {"photo", "a picture, not an article"},
                   {"graphic", "a graphic, not an article"},
                   {"video", "a video, not an article"},
                   {"audio", "a sound recording, not an article"},
                   {"animated", "an animation, not an article"}};
    struct morgue_str class =
        news_code(tree_attr(tree_path(item, "itemMeta/itemClass"), "qcode"));

    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        if (tree_is(item, items[i].name))
            return items[i].why;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (str_eq_nocase(class, str_of(classes[i].name)))
            return classes[i].why;
    return NULL;
}

/* ---- itemMeta ----------------------------------------------------------- */

static void
read_signals(struct news *n, const struct tree_node *meta)
{
    for (const struct tree_node *e = tree_child(meta, "signal"); e;
         e = tree_next(e, "signal")) {
        struct morgue_str code = tree_attr(e, "qcode");

        if (contains(code, "correction") &&
            (n->a.status.len == 0 ||
             str_eq_nocase(news_code(n->a.status), STR("usable"))))
            n->a.status = STR("corrected");
        news_extra(n, "signal", code);
    }
}

static void
read_item_meta(struct news *n, const struct tree_node *meta)
{
    news_set(n, FIELD_STATUS,
             tree_attr(tree_child(meta, "pubStatus"), "qcode"));
    news_set(n, FIELD_EMBARGO, news_line(n, tree_child(meta, "embargoed")));
    news_date(n, news_line(n, tree_child(meta, "versionCreated")),
              "NewsML-G2 versionCreated");
    news_date(n, news_line(n, tree_child(meta, "firstCreated")),
              "NewsML-G2 firstCreated");
    news_extra(n, "firstCreated",
               news_line(n, tree_child(meta, "firstCreated")));
    read_signals(n, meta);
    for (const struct tree_node *e = tree_child(meta, "edNote"); e;
         e = tree_next(e, "edNote"))
        news_extra(n, "edNote", news_line(n, e));
    for (const struct tree_node *e = tree_child(meta, "link"); e;
         e = tree_next(e, "link")) {
        struct morgue_str href = tree_attr(e, "href");

        if (contains(tree_attr(e, "rel"), "canonical") ||
            contains(tree_attr(e, "rel"), "permalink"))
            news_set(n, FIELD_URL, href);
        news_extra(n, "link", href.len > 0 ? href : tree_attr(e, "residref"));
    }
}

/* ---- contentMeta -------------------------------------------------------- */

/* The headline, and further ones; one that has a role is rarely the one. */
static void
read_headlines(struct news *n, const struct tree_node *meta)
{
    const struct tree_node *main = NULL;

    for (const struct tree_node *e = tree_child(meta, "headline"); e;
         e = tree_next(e, "headline")) {
        struct morgue_str role = news_code(tree_attr(e, "role"));

        if (news_line(n, e).len > 0 &&
            (role.len == 0 || str_eq_nocase(role, STR("main")) ||
             str_eq_nocase(role, STR("headline"))) &&
            !main)
            main = e;
    }
    if (!main)
        main = tree_child(meta, "headline");
    news_set(n, FIELD_TITLE, news_line(n, main));
    for (const struct tree_node *e = tree_child(meta, "headline"); e;
         e = tree_next(e, "headline"))
        if (e != main)
            news_extra(n, "headline", news_line(n, e));
}

static void
read_located(struct news *n, const struct tree_node *located)
{
    struct morgue_str name = concept_name(n, located);

    if (str_eq(name, STR("No-Data-Available")))
        return;
    news_add(n, FIELD_PLACE, name);
    for (const struct tree_node *e = tree_child(located, "broader"); e;
         e = tree_next(e, "broader"))
        news_add(n, FIELD_PLACE, concept_name(n, e));
}

/* Whether a scheme or type is one of sections of a newspaper. */
static bool
is_section(struct morgue_str code)
{
    return contains(code, "department") || contains(code, "desk") ||
           contains(code, "section") || contains(code, "ressort");
}

static void
read_subject(struct news *n, const struct tree_node *e)
{
    struct morgue_str name = news_line(n, tree_child(e, "name"));
    struct morgue_str code = tree_attr(e, "qcode"),
                      type = tree_attr(e, "type");

    /* Some give a slug as a literal, or what kind of code it is. */
    if (name.len == 0 && code.len == 0 &&
        !str_eq(tree_attr(e, "literal"), n->a.title))
        name = tree_attr(e, "literal");
    if (name.len < 2) {
        news_extra(n, "subject", code);
        return;
    }
    if (is_section(code) || is_section(type))
        news_set(n, FIELD_SECTION, name);
    if (contains(type, "geoArea") || contains(type, "city") ||
        contains(type, "country") || contains(type, "statprov") ||
        contains(type, "poi"))
        news_add(n, FIELD_PLACE, name);
    else
        news_add(n, FIELD_TOPICS, name);
}

static void
read_authors(struct news *n, const struct tree_node *meta)
{
    const struct tree_node *creator = tree_child(meta, "creator");

    for (const struct tree_node *e = tree_child(meta, "by"); e;
         e = tree_next(e, "by"))
        news_add(n, FIELD_AUTHOR, value_without_by(news_line(n, e)));
    for (; creator && n->a.author.len == 0;
         creator = tree_next(creator, "creator")) {
        struct morgue_str name = concept_name(n, creator);

        if (!str_eq_nocase(name, n->a.source))
            news_set(n, FIELD_AUTHOR, name);
    }
}

static void
read_content_meta(struct news *n, const struct tree_node *meta)
{
    static const char *const others[] = {"urgency", "slugline", "creditline",
                                         "description", "altId"};
    static const char *const more[] = {"genre", "contributor"};

    read_headlines(n, meta);
    read_authors(n, meta);
    news_set(n, FIELD_DATELINE, news_line(n, tree_child(meta, "dateline")));
    news_set(n, FIELD_LANG, tree_attr(tree_child(meta, "language"), "tag"));
    news_date(n, news_line(n, tree_child(meta, "contentCreated")),
              "NewsML-G2 contentCreated");
    news_date(n, news_line(n, tree_child(meta, "contentModified")),
              "NewsML-G2 contentModified");
    for (const struct tree_node *e = meta ? meta->first : NULL; e;
         e = e->next) {
        if (tree_is(e, "subject"))
            read_subject(n, e);
        else if (tree_is(e, "located"))
            read_located(n, e);
        else if (tree_is(e, "keyword"))
            news_add(n, FIELD_TOPICS, news_line(n, e));
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (tree_is(e, others[i]))
                news_extra(n, others[i], news_line(n, e));
        for (size_t i = 0; i < sizeof more / sizeof *more; i++)
            if (tree_is(e, more[i]))
                news_extra(n, more[i], concept_name(n, e));
    }
}

/* ---- the source --------------------------------------------------------- */

/* Names before literals, literals before codes; names of domains (ap.org)
 * late. */
static void
read_source(struct news *n, const struct tree_node *item)
{
    const struct tree_node *provider = tree_path(item, "itemMeta/provider");
    const struct tree_node *content = tree_child(item, "contentMeta");
    const struct tree_node *holder =
        tree_path(item, "rightsInfo/copyrightHolder");

    news_set(n, FIELD_SOURCE, news_line(n, tree_child(provider, "name")));
    news_set(n, FIELD_SOURCE,
             concept_name(n, tree_child(content, "infoSource")));
    if (!contains(tree_attr(provider, "literal"), "."))
        news_set(n, FIELD_SOURCE, tree_attr(provider, "literal"));
    news_set(n, FIELD_SOURCE, news_line(n, tree_child(content, "creditline")));
    news_set(n, FIELD_SOURCE, concept_name(n, holder));
    news_set(n, FIELD_SOURCE, tree_attr(provider, "literal"));
    news_set(n, FIELD_SOURCE, news_code(tree_attr(provider, "qcode")));
}

/* ---- items -------------------------------------------------------------- */

static void
read_content_set(struct news *n, struct tree_node *set)
{
    for (struct tree_node *e = set ? set->first : NULL; e && !news_has_text(n);
         e = e->next)
        if (tree_is(e, "inlineXML") || tree_is(e, "inlineData")) {
            content_read(n, e);
            news_set(n, FIELD_LANG, tree_attr(e, "lang"));
        }
    if (!news_has_text(n) && tree_child(set, "remoteContent"))
        n->skip = "its text is elsewhere";
}

static void
read_item(struct news *n, struct tree_node *item)
{
    const struct tree_node *meta = tree_child(item, "itemMeta");
    const struct tree_node *rights = tree_child(item, "rightsInfo");

    news_set(n, FIELD_ID, tree_attr(item, "guid"));
    news_set(n, FIELD_VERSION, tree_attr(item, "version"));
    n->skip = no_article(item);
    if (n->skip)
        return;
    read_source(n, item);
    read_item_meta(n, meta);
    read_content_meta(n, tree_child(item, "contentMeta"));
    news_extra(n, "copyright",
               news_line(n, tree_child(rights, "copyrightNotice")));
    news_extra(n, "usageTerms",
               news_line(n, tree_child(rights, "usageTerms")));
    for (const struct tree_node *e = tree_path(meta, "service"); e;
         e = tree_next(e, "service"))
        if (is_section(tree_attr(e, "qcode")))
            news_set(n, FIELD_SECTION, concept_name(n, e));
    read_content_set(n, tree_child(item, "contentSet"));
    news_set(n, FIELD_TITLE, news_line(n, tree_child(meta, "title")));
    news_set(n, FIELD_LANG, tree_attr(item, "lang"));
}

/* ---- the format --------------------------------------------------------- */

static bool
looks_like_newsmlg2(struct morgue_str head)
{
    static const char *const message[] = {"newsMessage", NULL};

    return xml_begins_with(head, message) || xml_begins_with(head, names);
}

static enum morgue_status
read_newsmlg2(struct reading *r, struct morgue_error *err)
{
    static const struct xml_kind kind = {names, read_item};

    return xml_source_read(r, &kind, err);
}

const struct format format_newsmlg2 = {
    .name = "newsmlg2",
    .what = "NewsML-G2",
    .many = true,
    .tell = looks_like_newsmlg2,
    .read = read_newsmlg2,
};
