/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_newsml.c - NewsML 1.x
 *
 *     NewsML
 *       NewsEnvelope
 *       NewsItem
 *         Identification   NewsIdentifier, NameLabel
 *         NewsManagement   FirstCreated, ThisRevisionCreated, Status, ...
 *         NewsComponent    Role, NewsLines, AdministrativeMetadata,
 *                          DescriptiveMetadata, ContentItem or components
 *
 * The id is the PublicIdentifier without the revision at its end, so that it
 * stays the same; the version is the revision.  An item that is embargoed and
 * says when its status will change is embargoed until then.
 *
 * Facts are taken from the first component that states them.  The text is
 * that of the first ContentItem that has some and is no caption: NITF, XHTML,
 * paragraphs, or a string of one of these.  Names of subject codes come from
 * the item's own TopicSets; those of other catalogs are not looked up.
 */
#include "../reading/format.h"
#include "content.h"
#include "xml_source.h"

static struct morgue_str
formal_name(const struct tree_node *e)
{
    return tree_attr(e, "FormalName");
}

/* The text of the first element of that name that has some. */
static struct morgue_str
first_line(struct news *n, const struct tree_node *top, const char *name)
{
    for (const struct tree_node *e = top; e; e = tree_walk(e, top))
        if (tree_is(e, name)) {
            struct morgue_str line = news_line(n, e);

            if (line.len > 0)
                return line;
        }
    return STR("");
}

/* ---- identification ----------------------------------------------------- */

/* "urn:newsml:x:20200101:name:3N" without ":3N", of revision 3. */
static struct morgue_str
without_revision(struct morgue_str id, struct morgue_str revision)
{
    size_t len = id.len;

    if (len > 0 &&
        (id.s[len - 1] == 'N' || id.s[len - 1] == 'U' || id.s[len - 1] == 'A'))
        len--;
    if (revision.len > 0 && len > revision.len + 1 &&
        id.s[len - revision.len - 1] == ':' &&
        str_eq(str_slice(id.s + len - revision.len, revision.len), revision))
        id.len = len - revision.len - 1;
    return id;
}

static void
read_identifier(struct news *n, const struct tree_node *item)
{
    const struct tree_node *id =
        tree_path(item, "Identification/NewsIdentifier");
    const struct tree_node *revision = tree_child(id, "RevisionId");

    news_set(n, FIELD_VERSION, news_line(n, revision));
    news_set(n, FIELD_ID,
             without_revision(news_line(n, tree_child(id, "PublicIdentifier")),
                              n->a.version));
    news_set(n, FIELD_ID, news_line(n, tree_child(id, "NewsItemId")));
    if (!str_eq(tree_attr(revision, "Update"), STR("N")))
        news_extra(n, "Update", tree_attr(revision, "Update"));
}

static void
read_management(struct news *n, const struct tree_node *item)
{
    const struct tree_node *m = tree_child(item, "NewsManagement");
    const struct tree_node *id =
        tree_path(item, "Identification/NewsIdentifier");
    const struct tree_node *change = tree_child(m, "StatusWillChange");
    struct morgue_str status = formal_name(tree_child(m, "Status"));

    news_set(n, FIELD_STATUS, status);
    if (str_eq_nocase(status, STR("Embargoed")))
        news_set(n, FIELD_EMBARGO,
                 news_line(n, tree_child(change, "DateAndTime")));
    news_date(n, news_line(n, tree_child(m, "ThisRevisionCreated")),
              "NewsML ThisRevisionCreated");
    news_date(n, news_line(n, tree_child(m, "FirstCreated")),
              "NewsML FirstCreated");
    news_date(n, news_line(n, tree_child(id, "DateId")), "NewsML DateId");
    if (item->parent)
        news_date(
            n,
            news_line(n, tree_path(item->parent, "NewsEnvelope/DateAndTime")),
            "NewsML DateAndTime");
    news_extra(n, "FirstCreated", news_line(n, tree_child(m, "FirstCreated")));
    news_extra(n, "urgency", formal_name(tree_child(m, "Urgency")));
    news_extra(n, "item-type", formal_name(tree_child(m, "NewsItemType")));
    for (const struct tree_node *e = tree_child(m, "Instruction"); e;
         e = tree_next(e, "Instruction"))
        news_extra(n, "instruction", formal_name(e));
}

/* ---- lines -------------------------------------------------------------- */

static void
read_lines(struct news *n, const struct tree_node *item)
{
    static const char *const others[] = {"SubHeadLine",   "SlugLine",
                                         "CopyrightLine", "CreditLine",
                                         "SeriesLine",    "NewsLineText"};

    news_set(n, FIELD_TITLE, first_line(n, item, "HeadLine"));
    news_set(n, FIELD_DATELINE, first_line(n, item, "DateLine"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        news_extra(n, others[i], first_line(n, item, others[i]));
    for (const struct tree_node *e = item; e; e = tree_walk(e, item))
        if (tree_is(e, "ByLine"))
            news_add(n, FIELD_AUTHOR, value_without_by(news_line(n, e)));
        else if (tree_is(e, "KeywordLine"))
            news_add(n, FIELD_TOPICS, news_line(n, e));
}

/* ---- metadata ----------------------------------------------------------- */

static struct morgue_str
party(const struct tree_node *item, const char *role)
{
    return formal_name(tree_child(tree_find(item, role), "Party"));
}

static void
read_parties(struct news *n, const struct tree_node *item)
{
    const struct tree_node *id =
        tree_path(item, "Identification/NewsIdentifier");

    news_set(n, FIELD_SOURCE, party(item, "Provider"));
    news_set(n, FIELD_SOURCE, party(item, "Source"));
    news_set(n, FIELD_SOURCE, first_line(n, item, "CreditLine"));
    news_set(n, FIELD_SOURCE, news_line(n, tree_child(id, "ProviderId")));
    if (!str_eq_nocase(party(item, "Creator"), n->a.source))
        news_set(n, FIELD_AUTHOR, party(item, "Creator"));
}

/* What an own topic of that code is called: its name in English before
 * others. */
static struct morgue_str
topic_name(struct news *n, const struct tree_node *item,
           struct morgue_str code)
{
    struct morgue_str name = STR("");

    for (const struct tree_node *e = tree_find(item, "Topic"); e;
         e = tree_next(e, "Topic")) {
        if (!str_eq(news_line(n, tree_child(e, "FormalName")), code))
            continue;
        for (const struct tree_node *d = tree_child(e, "Description"); d;
             d = tree_next(d, "Description"))
            if ((name.len == 0 || str_eq(tree_attr(d, "lang"), STR("en"))) &&
                !str_eq(tree_attr(d, "Variant"), STR("Category")))
                name = news_line(n, d);
    }
    return name;
}

static void
read_subject(struct news *n, const struct tree_node *item,
             const struct tree_node *e)
{
    struct morgue_str code = formal_name(e);
    struct morgue_str name = topic_name(n, item, code);

    if (name.len > 0)
        news_add(n, FIELD_TOPICS, name);
    else
        news_extra(n, "subject", code);
    news_extra(n, "category", tree_attr(e, "cat"));
}

static void
read_property(struct news *n, const struct tree_node *e)
{
    static const struct {
        const char *name;
        enum field field;
    } known[] = {{"Keyword", FIELD_TOPICS},     {"City", FIELD_PLACE},
                 {"CountryArea", FIELD_PLACE},  {"Country", FIELD_PLACE},
                 {"Department", FIELD_SECTION}, {"Section", FIELD_SECTION},
                 {"Desk", FIELD_SECTION}};
    struct morgue_str name = formal_name(e), value = tree_attr(e, "Value");

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!str_eq_nocase(name, str_of(known[i].name)))
            continue;
        /* A country may be a code. */
        if (known[i].field == FIELD_PLACE && value.len <= 3)
            news_extra(n, "country", value);
        else if (field_info[known[i].field].many)
            news_add(n, known[i].field, value);
        else
            news_set(n, known[i].field, value);
    }
}

static void
read_metadata(struct news *n, const struct tree_node *item)
{
    for (const struct tree_node *e = item; e; e = tree_walk(e, item)) {
        if (tree_is(e, "Language"))
            news_set(n, FIELD_LANG, formal_name(e));
        else if (tree_is(e, "Subject") || tree_is(e, "SubjectMatter") ||
                 tree_is(e, "SubjectDetail"))
            read_subject(n, item, e);
        else if (tree_is(e, "Property"))
            read_property(n, e);
        else if (tree_is(e, "Genre"))
            news_extra(n, "genre", formal_name(e));
        else if (tree_is(e, "UsageType"))
            news_extra(n, "usage", news_line(n, e));
    }
    news_set(n, FIELD_LANG, tree_attr(item, "lang"));
}

/* ---- content ------------------------------------------------------------ */

/* Whether a ContentItem may be the text of an article. */
static bool
may_be_text(const struct tree_node *e)
{
    static const char *const others[] = {"Caption", "Photo",    "Picture",
                                         "Image",   "Headline", "Thumbnail"};
    struct morgue_str type = formal_name(tree_child(e, "MediaType"));
    struct morgue_str role = formal_name(tree_child(e->parent, "Role"));

    if (type.len > 0 && !str_eq_nocase(type, STR("Text")) &&
        !str_eq_nocase(type, STR("ComplexData")))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq_nocase(role, str_of(others[i])))
            return false;
    return tree_child(e, "DataContent") != NULL;
}

static void
read_item(struct news *n, struct tree_node *item)
{
    bool other = false;

    read_identifier(n, item);
    read_management(n, item);
    read_lines(n, item);
    read_parties(n, item);
    read_metadata(n, item);
    for (struct tree_node *e = item; e && !news_has_text(n);
         e = tree_walk(e, item)) {
        if (!tree_is(e, "ContentItem"))
            continue;
        if (may_be_text(e))
            content_read(n, tree_child(e, "DataContent"));
        else
            other = true;
    }
    if (!news_has_text(n) && other)
        n->skip = "a picture or other media, not an article";
    news_set(n, FIELD_TITLE, first_line(n, item, "NameLabel"));
}

/* ---- the format --------------------------------------------------------- */

static bool
looks_like_newsml(struct morgue_str head)
{
    static const char *const roots[] = {"NewsML", "NewsItem", NULL};

    return xml_begins_with(head, roots);
}

static enum morgue_status
read_newsml(struct reading *r, struct morgue_error *err)
{
    static const char *const names[] = {"NewsItem", NULL};
    static const struct xml_kind kind = {names, read_item};

    return xml_source_read(r, &kind, err);
}

const struct format format_newsml = {
    .name = "newsml",
    .what = "NewsML 1.2",
    .many = true,
    .tell = looks_like_newsml,
    .read = read_newsml,
};
