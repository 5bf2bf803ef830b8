/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_nitf.c - the News Industry Text Format, 3.x
 *
 *     nitf
 *       head   title, meta, tobject, pubdata, docdata (doc-id, date.issue)
 *
 *       body   body.head (hedline, byline, dateline), body.content, body.end
 *
 * The id is doc-id/@id-string, else du-key/@key, which stays the same over the
 * versions of a story; the date is date.issue, else what else there is.
 * date.release is an embargo where it is behind the date of issue.  The
 * section is pubdata/@position.section, a meta of that kind, a tobject.type
 * that is none of IPTC's kinds, the first doc-scope or the first subject.
 *
 * The text is body.content.  Where it has a block of class "full_text", one of
 * class "lead_paragraph", which repeats its beginning, is left out.  Second
 * headlines, abstracts, notes and what else is known go to the extra lines,
 * all of meta too.  Subjects that are codes alone are not looked up.
 */
#include "read_nitf.h"

#include "../../common/article/date.h"
#include "../reading/format.h"
#include "xml_source.h"

static bool
is_word(struct morgue_str s, const char *const *words)
{
    for (; *words; words++)
        if (str_eq_nocase(s, str_of(*words)))
            return true;
    return false;
}

/* Whether it is a name rather than a code: "i", "04011002", "SL/fa". */
static bool
is_name(struct morgue_str s)
{
    size_t small = 0;

    for (size_t i = 0; i < s.len; i++)
        small += (s.s[i] >= 'a' && s.s[i] <= 'z') || (s.s[i] & 0x80);
    return small >= 3;
}

/* ---- docdata ------------------------------------------------------------ */

/* A date is written in @norm, else as text. */
static struct morgue_str
norm(struct news *n, const struct tree_node *e)
{
    return news_value(n, e, "norm");
}

static void
read_release(struct news *n, const struct tree_node *docdata)
{
    struct morgue_str release = norm(n, tree_child(docdata, "date.release"));
    struct morgue_date date;

    if (!date_parse(release, &date)) {
        news_extra(n, "date.release", release);
        return;
    }
    if (n->a.date.precision == MORGUE_DATE_NONE ||
        date.seconds > n->a.date.seconds)
        news_set(n, FIELD_EMBARGO, release);
    news_date(n, release, "NITF date.release");
}

static void
read_dates(struct news *n, const struct tree_node *nitf)
{
    const struct tree_node *docdata = tree_path(nitf, "head/docdata");
    const struct tree_node *pubdata = tree_find(nitf, "pubdata");
    const struct tree_node *dateline =
        tree_path(nitf, "body/body.head/dateline");

    news_date(n, norm(n, tree_child(docdata, "date.issue")),
              "NITF date.issue");
    news_date(n, tree_attr(pubdata, "date.publication"),
              "NITF date.publication");
    news_date(n, norm(n, tree_child(dateline, "story.date")),
              "NITF story.date");
    read_release(n, docdata);
    news_extra(n, "expires", norm(n, tree_child(docdata, "date.expire")));
}

static void
read_keys(struct news *n, const struct tree_node *docdata)
{
    const struct tree_node *du = tree_child(docdata, "du-key");

    for (const struct tree_node *e = tree_child(docdata, "doc-id"); e;
         e = tree_next(e, "doc-id")) {
        news_set(n, FIELD_ID, tree_attr(e, "id-string"));
        news_extra(n, "regsrc", tree_attr(e, "regsrc"));
    }
    news_set(n, FIELD_ID, tree_attr(du, "key"));
    news_set(n, FIELD_VERSION, tree_attr(du, "version"));
    news_set(n, FIELD_VERSION, tree_attr(du, "generation"));
    news_extra(n, "du-key", tree_attr(du, "key"));
}

static void
read_status(struct news *n, const struct tree_node *docdata)
{
    const struct tree_node *message = tree_child(docdata, "ed-msg");

    news_set(n, FIELD_STATUS, tree_attr(docdata, "management-status"));
    if (tree_child(docdata, "correction") ||
        str_eq_nocase(tree_attr(message, "msg-type"), STR("correction"))) {
        if (str_eq_nocase(n->a.status, STR("usable")))
            n->a.status = STR("");
        news_set(n, FIELD_STATUS, STR("corrected"));
    }
    for (; message; message = tree_next(message, "ed-msg"))
        news_extra(n, "ed-msg", tree_attr(message, "info"));
    news_extra(n, "correction",
               tree_attr(tree_child(docdata, "correction"), "info"));
    news_extra(n, "management-doc-idref",
               tree_attr(docdata, "management-doc-idref"));
}

/* What is kept as it is: an attribute of an element below head. */
static void
read_others(struct news *n, const struct tree_node *head)
{
    static const struct {
        const char *element, *attribute, *key;
    } others[] = {
        {"urgency", "ed-urg", "urgency"},
        {"fixture", "fix-id", "fixture"},
        {"doc.copyright", "holder", "copyright"},
        {"doc.copyright", "year", "copyright-year"},
        {"doc.rights", "owner", "rights-owner"},
        {"doc.rights", "limitations", "rights-limitations"},
        {"series", "series.name", "series"},
        {"series", "series.part", "series-part"},
        {"from-src", "src-name", "from"},
        {"tobject", "tobject.type", "type"},
        {"tobject.property", "tobject.property.type", "property"},
        {"pubdata", "type", "pubdata-type"},
        {"pubdata", "edition.name", "edition"},
        {"pubdata", "edition.area", "edition-area"},
        {"pubdata", "volume", "volume"},
        {"pubdata", "number", "number"},
        {"pubdata", "issue", "issue"},
        {"pubdata", "position.sequence", "page"},
        {"revision-history", "comment", "revision"},
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        news_extra(n, others[i].key,
                   tree_attr(tree_find(head, others[i].element),
                             others[i].attribute));
}

/* ---- subjects and places ------------------------------------------------ */

static void
read_subjects(struct news *n, const struct tree_node *head)
{
    static const char *const levels[] = {"tobject.subject.detail",
                                         "tobject.subject.matter",
                                         "tobject.subject.type"};

    for (const struct tree_node *e = tree_find(head, "tobject.subject"); e;
         e = tree_next(e, "tobject.subject")) {
        for (size_t i = 0; i < 3; i++)
            news_add(n, FIELD_TOPICS, tree_attr(e, levels[i]));
        news_extra(n, "subject", tree_attr(e, "tobject.subject.refnum"));
    }
}

/* A place: its parts from the smallest on, or the text. */
static void
read_place(struct news *n, const struct tree_node *e)
{
    static const char *const parts[] = {"sublocation", "city",    "state",
                                        "region",      "country", "alt-code"};
    bool any = false;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct morgue_str part = news_line(n, tree_child(e, parts[i]));

        any |= part.len > 0;
        news_add(n, FIELD_PLACE, part);
    }
    if (!any)
        news_add(n, FIELD_PLACE, news_line(n, e));
}

static void
read_identified(struct news *n, const struct tree_node *top)
{
    static const char *const topics[] = {"org",   "person",       "classifier",
                                         "event", "object.title", NULL};

    for (struct tree_node *e = top->first; e; e = e->next) {
        struct morgue_str text = news_line(n, e);

        if (text.len == 0 && is_name(tree_attr(e, "value")))
            text = tree_attr(e, "value");
        if (tree_is(e, "location"))
            read_place(n, e);
        else if (is_word(e->name, topics))
            news_add(n, FIELD_TOPICS, text);
    }
}

static void
read_topics(struct news *n, const struct tree_node *head)
{
    static const char *const of_event[] = {"city", "county-dist",
                                           "state-prov"};

    for (const struct tree_node *e = head; e; e = tree_walk(e, head)) {
        if (tree_is(e, "keyword"))
            news_add(n, FIELD_TOPICS, news_value(n, e, "key"));
        else if (tree_is(e, "identified-content"))
            read_identified(n, e);
        else if (tree_is(e, "evloc"))
            for (size_t i = 0; i < 3; i++)
                news_add(n, FIELD_PLACE, tree_attr(e, of_event[i]));
    }
    read_subjects(n, head);
}

/* ---- what agencies put into meta ---------------------------------------- */

static void
read_meta(struct news *n, const struct tree_node *head)
{
    static const struct {
        const char *name;
        enum field field;
    } known[] = {
        {"online_sections", FIELD_SECTION},
        {"section", FIELD_SECTION},
        {"dsk", FIELD_SECTION},
        {"aap-source", FIELD_SOURCE},
        {"source", FIELD_SOURCE},
        {"author", FIELD_AUTHOR},
        {"url", FIELD_URL},
        {"canonical", FIELD_URL},
        {"language", FIELD_LANG},
        {"lang", FIELD_LANG},
    };

    for (const struct tree_node *e = tree_child(head, "meta"); e;
         e = tree_next(e, "meta")) {
        struct morgue_str name = tree_attr(e, "name"),
                          value = tree_attr(e, "content");

        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (str_eq_nocase(name, str_of(known[i].name)))
                news_set(n, known[i].field, value);
        extra_add(&n->r->extra, name, value);
    }
}

static void
read_section(struct news *n, const struct tree_node *head)
{
    static const char *const kinds[] = {"news",    "data", "advisory",
                                        "article", "text", NULL};
    const struct tree_node *subject = tree_find(head, "tobject.subject");
    struct morgue_str type =
        tree_attr(tree_find(head, "tobject"), "tobject.type");

    news_set(n, FIELD_SECTION,
             tree_attr(tree_find(head, "pubdata"), "position.section"));
    read_meta(n, head);
    if (!is_word(type, kinds))
        news_set(n, FIELD_SECTION, type);
    news_set(n, FIELD_SECTION,
             tree_attr(tree_find(head, "doc-scope"), "scope"));
    news_set(n, FIELD_SECTION, tree_attr(subject, "tobject.subject.type"));
}

/* ---- body.head ---------------------------------------------------------- */

static void
blank(struct tree_node *e, const char *name)
{
    for (struct tree_node *c = tree_child(e, name); c; c = tree_next(c, name))
        c->first = c->last = NULL;
}

static void
read_bylines(struct news *n, struct tree_node *head)
{
    for (struct tree_node *e = tree_child(head, "byline"); e;
         e = tree_next(e, "byline")) {
        const struct tree_node *person = tree_child(e, "person");

        /* "Doe, Jane" beside "By JANE DOE" */
        if (str_eq(tree_attr(e, "class"), STR("normalized_byline")) &&
            n->a.author.len > 0)
            continue;
        news_extra(n, "byline-title", news_line(n, tree_child(e, "byttl")));
        blank(e, "byttl");
        if (!person)
            news_add(n, FIELD_AUTHOR, value_without_by(news_line(n, e)));
        for (; person; person = tree_next(person, "person"))
            news_add(n, FIELD_AUTHOR, news_line(n, person));
    }
}

static void
read_body_head(struct news *n, struct tree_node *head)
{
    struct tree_node *hedline = tree_child(head, "hedline");
    struct tree_node *dateline = tree_child(head, "dateline");
    const struct tree_node *place = tree_child(dateline, "location");

    news_set(n, FIELD_TITLE, news_line(n, tree_child(hedline, "hl1")));
    for (const struct tree_node *e = tree_child(hedline, "hl2"); e;
         e = tree_next(e, "hl2")) {
        struct morgue_str line = news_line(n, e);

        if (!str_eq(line, n->a.title))
            news_extra(n, "subheadline", line);
    }
    read_bylines(n, head);
    blank(dateline, "story.date");
    news_set(n, FIELD_DATELINE, news_line(n, dateline));
    if (place && n->a.place.len == 0)
        read_place(n, place);
    news_extra(n, "abstract", news_line(n, tree_child(head, "abstract")));
    news_extra(n, "note", news_line(n, tree_child(head, "note")));
}

static void
read_source(struct news *n, const struct tree_node *nitf)
{
    const struct tree_node *head = tree_child(nitf, "head");
    const struct tree_node *of_body = tree_path(nitf, "body/body.head");

    news_set(n, FIELD_SOURCE, tree_attr(tree_find(head, "pubdata"), "name"));
    news_set(n, FIELD_SOURCE,
             news_line(n, tree_child(of_body, "distributor")));
    news_set(n, FIELD_SOURCE,
             tree_attr(tree_find(head, "doc.copyright"), "holder"));
    news_set(n, FIELD_SOURCE,
             tree_attr(tree_find(head, "doc.rights"), "owner"));
    news_set(n, FIELD_SOURCE,
             news_line(n, tree_path(of_body, "rights/rights.owner")));
    news_set(n, FIELD_SOURCE, tree_attr(tree_find(head, "doc-id"), "regsrc"));
    news_set(n, FIELD_SOURCE,
             tree_attr(tree_find(head, "from-src"), "src-name"));
}

/* ---- the text ----------------------------------------------------------- */

static bool
is_block(const struct tree_node *e, const char *class)
{
    return tree_is(e, "block") && str_eq(tree_attr(e, "class"), str_of(class));
}

static void
read_content(struct news *n, struct tree_node *body)
{
    struct tree_node *content = tree_child(body, "body.content"), *full = NULL;

    if (!content) { /* without what it should be in */
        blank(body, "body.head");
        content = body;
    }
    for (struct tree_node *e = content->first; e; e = e->next)
        if (is_block(e, "full_text"))
            full = e;
    for (struct tree_node *e = content->first; e && full; e = e->next)
        if (is_block(e, "lead_paragraph"))
            e->first = e->last = NULL;
    news_text(n, content);
}

void
nitf_fill(struct news *n, struct tree_node *nitf)
{
    struct tree_node *head = tree_child(nitf, "head");
    struct tree_node *body = tree_child(nitf, "body");
    const struct tree_node *docdata = tree_child(head, "docdata");
    struct morgue_str link = tree_attr(tree_find(head, "pubdata"), "ex-ref");

    if (head) {
        read_keys(n, docdata);
        read_status(n, docdata);
        read_section(n, head);
        read_topics(n, head);
        read_others(n, head);
    }
    read_dates(n, nitf);
    read_source(n, nitf);
    if (str_starts(link, STR("http")))
        news_set(n, FIELD_URL, link);
    news_set(n, FIELD_LANG, tree_attr(nitf, "lang"));
    news_set(n, FIELD_LANG, tree_attr(nitf, "baselang"));
    news_set(n, FIELD_LANG, tree_attr(body, "lang"));
    if (body) {
        read_body_head(n, tree_child(body, "body.head"));
        read_content(n, body);
    }
    news_set(n, FIELD_TITLE, news_line(n, tree_child(head, "title")));
}

/* ---- the format --------------------------------------------------------- */

static const char *const names[] = {"nitf", NULL};

/* In an envelope of any name too, where that is not a format of its own. */
static bool
looks_like_nitf(struct morgue_str head)
{
    size_t at = 0;

    if (xml_begins_with(head, names))
        return true;
    if (!str_starts(str_trim(head), STR("<?xml")))
        return false;
    while ((at = str_find(head, at, STR("nitf"))) < head.len) {
        if (at > 0 && (head.s[at - 1] == '<' || head.s[at - 1] == ':') &&
            at + 4 < head.len &&
            (is_space(head.s[at + 4]) || head.s[at + 4] == '>'))
            return true;
        at++;
    }
    return false;
}

static enum morgue_status
read_nitf(struct reading *r, struct morgue_error *err)
{
    static const struct xml_kind kind = {names, nitf_fill};

    return xml_source_read(r, &kind, err);
}

const struct format format_nitf = {
    .name = "nitf",
    .what = "NITF 3",
    .many = true,
    .tell = looks_like_nitf,
    .read = read_nitf,
};
