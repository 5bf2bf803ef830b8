/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_facts.c - what a page tells of itself
 *
 * Each fact is taken from the first of these that has it:
 *
 *   headline   JSON-LD headline; meta (parsely-title, dc.title, ...);
 *              itemprop; og:title; the heading with the
 *              title; the one h1; title
 *   date       JSON-LD datePublished; meta article:published_time and the
 *              like; itemprop datePublished; what the page shows as its date
 *              near the headline (page_date.c); the url; the datePublished of
 *              a WebPage or other work; a line near the headline; dateCreated,
 *              meta "date"; other text; then when it was modified, by JSON-LD,
 *              meta or text.  A month alone gives way to a day.
 *   author     JSON-LD; meta; itemprop; a link with rel=author; a byline, by
 *              its class or form
 *   section    JSON-LD; meta
 *   source     JSON-LD publisher; og:site_name; meta; the host
 *   language   JSON-LD; the html element; og:locale; content-language
 *   url        the canonical link; og:url; JSON-LD; where it came from
 *   topics     JSON-LD; news_keywords; article:tag; keywords
 *   place      JSON-LD; meta
 *
 * When a page was fetched is never its date.
 */
#include "page_facts.h"

#include "../../common/article/date.h"
#include "../markup/html.h"
#include "page_date.h"
#include "page_hint.h"
#include "page_json.h"
#include "page_names.h"
#include "page_url.h"

enum {
    NEAR_MAX = 60, /* texts behind the h1 where a date may stand */
    LINE_MAX_LEN = 4000,
    BYLINE_MAX = 60,
};

/* ---- meta --------------------------------------------------------------- */

#define M(literal)                                                            \
    {                                                                         \
        .s = (literal), .len = sizeof(literal) - 1                            \
    }

/* Names of meta elements and of itemprop; the first of a fact is best. */
static const struct {
    struct morgue_str name; /* "_", "-" and ":" are "." here */
    enum fact fact;
    enum trust trust;
} metas[] = {
    {M("parsely.title"), FACT_TITLE, TRUST_META},
    {M("sailthru.title"), FACT_TITLE, TRUST_META},
    {M("dc.title"), FACT_TITLE, TRUST_META},
    {M("dcterms.title"), FACT_TITLE, TRUST_META},
    {M("citation.title"), FACT_TITLE, TRUST_META},
    {M("headline"), FACT_TITLE, TRUST_META},
    {M("og.title"), FACT_TITLE, TRUST_GRAPH},
    {M("twitter.title"), FACT_TITLE, TRUST_GRAPH},
    {M("article.published.time"), FACT_DATE, TRUST_META},
    {M("og.article.published.time"), FACT_DATE, TRUST_META},
    {M("article.published"), FACT_DATE, TRUST_META},
    {M("og.published.time"), FACT_DATE, TRUST_META},
    {M("datepublished"), FACT_DATE, TRUST_META},
    {M("date.published"), FACT_DATE, TRUST_META},
    {M("published.time"), FACT_DATE, TRUST_META},
    {M("parsely.pub.date"), FACT_DATE, TRUST_META},
    {M("sailthru.date"), FACT_DATE, TRUST_META},
    {M("pubdate"), FACT_DATE, TRUST_META},
    {M("publishdate"), FACT_DATE, TRUST_META},
    {M("publish.date"), FACT_DATE, TRUST_META},
    {M("publication.date"), FACT_DATE, TRUST_META},
    {M("published.date"), FACT_DATE, TRUST_META},
    {M("citation.publication.date"), FACT_DATE, TRUST_META},
    {M("citation.date"), FACT_DATE, TRUST_META},
    {M("citation.online.date"), FACT_DATE, TRUST_META},
    {M("dc.date.issued"), FACT_DATE, TRUST_META},
    {M("dcterms.issued"), FACT_DATE, TRUST_META},
    {M("dcterms.created"), FACT_DATE, TRUST_META},
    {M("dc.date.created"), FACT_DATE, TRUST_META},
    {M("dc.date"), FACT_DATE, TRUST_WEAK},
    {M("dcterms.date"), FACT_DATE, TRUST_WEAK},
    {M("cxenseparse.recs.publishtime"), FACT_DATE, TRUST_META},
    {M("date"), FACT_DATE, TRUST_WEAK},
    {M("datecreated"), FACT_DATE, TRUST_WEAK},
    {M("article.modified.time"), FACT_MODIFIED, TRUST_META},
    {M("og.updated.time"), FACT_MODIFIED, TRUST_META},
    {M("datemodified"), FACT_MODIFIED, TRUST_META},
    {M("dateupdate"), FACT_MODIFIED, TRUST_META},
    {M("lastmod"), FACT_MODIFIED, TRUST_META},
    {M("last.modified"), FACT_MODIFIED, TRUST_META},
    {M("dcterms.modified"), FACT_MODIFIED, TRUST_META},
    {M("parsely.author"), FACT_AUTHOR, TRUST_META},
    {M("sailthru.author"), FACT_AUTHOR, TRUST_META},
    {M("citation.author"), FACT_AUTHOR, TRUST_META},
    {M("author"), FACT_AUTHOR, TRUST_META},
    {M("authors"), FACT_AUTHOR, TRUST_META},
    {M("byl"), FACT_AUTHOR, TRUST_META},
    {M("byline"), FACT_AUTHOR, TRUST_META},
    {M("dc.creator"), FACT_AUTHOR, TRUST_META},
    {M("dcterms.creator"), FACT_AUTHOR, TRUST_META},
    {M("article.author.name"), FACT_AUTHOR, TRUST_META},
    {M("article.author"), FACT_AUTHOR, TRUST_META},
    {M("article.section"), FACT_SECTION, TRUST_META},
    {M("parsely.section"), FACT_SECTION, TRUST_META},
    {M("articlesection"), FACT_SECTION, TRUST_META},
    {M("section"), FACT_SECTION, TRUST_META},
    {M("category"), FACT_SECTION, TRUST_META},
    {M("og.site.name"), FACT_SOURCE, TRUST_META},
    {M("citation.journal.title"), FACT_SOURCE, TRUST_META},
    {M("dc.publisher"), FACT_SOURCE, TRUST_META},
    {M("dcterms.publisher"), FACT_SOURCE, TRUST_META},
    {M("publisher"), FACT_SOURCE, TRUST_META},
    {M("application.name"), FACT_SOURCE, TRUST_META},
    {M("og.locale"), FACT_LANG, TRUST_GRAPH},
    {M("dc.language"), FACT_LANG, TRUST_GRAPH},
    {M("content.language"), FACT_LANG, TRUST_GRAPH},
    {M("language"), FACT_LANG, TRUST_GRAPH},
    {M("inlanguage"), FACT_LANG, TRUST_GRAPH},
    {M("og.url"), FACT_URL, TRUST_META},
    {M("parsely.link"), FACT_URL, TRUST_META},
    {M("geo.placename"), FACT_PLACE, TRUST_META},
    {M("article.location"), FACT_PLACE, TRUST_META},
    {M("news.keywords"), FACT_TOPICS, TRUST_META},
    {M("article.tag"), FACT_TOPICS, TRUST_META},
    {M("parsely.tags"), FACT_TOPICS, TRUST_META},
    {M("sailthru.tags"), FACT_TOPICS, TRUST_META},
    {M("keywords"), FACT_TOPICS, TRUST_META},
    {M("dc.subject"), FACT_TOPICS, TRUST_META},
    {M("description"), FACT_SUMMARY, TRUST_META},
    {M("og.description"), FACT_SUMMARY, TRUST_META},
};
enum { METAS_N = sizeof metas / sizeof *metas, NAME_MAX_LEN = 40 };

/* The row of a name; METAS_N where it has none. */
static size_t
meta_row(struct morgue_str name)
{
    char s[NAME_MAX_LEN];
    size_t i;

    if (name.len > sizeof s)
        return METAS_N;
    for (i = 0; i < name.len; i++)
        s[i] = name.s[i] == '_' || name.s[i] == '-' || name.s[i] == ':'
                   ? '.'
                   : to_lower(name.s[i]);
    name.s = s;
    for (i = 0; i < METAS_N; i++)
        if (str_eq(metas[i].name, name))
            break;
    return i;
}

static void
on_meta(struct facts *f, const struct tree_node *n)
{
    static const char *const attrs[] = {"property", "name", "itemprop",
                                        "http-equiv"};
    struct morgue_str content = tree_attr(n, "content");

    for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++) {
        struct morgue_str name = tree_attr(n, attrs[i]);
        size_t row = name.len > 0 ? meta_row(name) : METAS_N;

        if (str_eq_nocase(name, STR("og:type")) &&
            (str_has_nocase(content, STR("article")) ||
             str_eq_nocase(content, STR("blog"))))
            f->is_article = true;
        if (row < METAS_N)
            fact_offer(f, metas[row].fact, metas[row].trust, (unsigned)row,
                       content, i == 2 ? "itemprop" : "meta", name);
    }
}

/* ---- elements ----------------------------------------------------------- */

/* The first line of an element's text. */
static struct morgue_str
line_of(struct facts *f, const struct tree_node *n)
{
    struct morgue_str rest, line = STR("");
    struct buf b;

    buf_init(&b, LINE_MAX_LEN);
    html_text(&b, n);
    rest = buf_view(&b);
    str_line(&rest, &line);
    if (b.nomem || !arena_str(f->arena, line, &line)) {
        f->nomem = true;
        line = STR("");
    }
    buf_free(&b);
    return line;
}

/* All of a heading in one line. */
static struct morgue_str
heading_text(struct facts *f, const struct tree_node *n)
{
    struct morgue_str text = STR("");
    struct buf b;

    buf_init(&b, LINE_MAX_LEN);
    html_text(&b, n);
    text = fact_clean(f, buf_view(&b));
    f->nomem = f->nomem || b.nomem;
    buf_free(&b);
    return text;
}

/* An element with itemprop, as microdata has it. */
static void
on_itemprop(struct facts *f, const struct tree_node *n, struct morgue_str prop)
{
    struct morgue_str value = tree_attr(n, "content");
    size_t row = meta_row(prop);
    const struct tree_node *name = n;

    if (row == METAS_N)
        return;
    if (value.len == 0)
        value = tree_attr(n, "datetime");
    if (value.len == 0 && metas[row].fact != FACT_DATE) {
        while (name && !str_eq(tree_attr(name, "itemprop"), STR("name")))
            name = tree_walk(name, n);
        value = name && tree_attr(name, "content").len > 0
                    ? tree_attr(name, "content")
                    : line_of(f, name ? name : n);
    }
    fact_offer(f, metas[row].fact, TRUST_ITEMPROP, (unsigned)row, value,
               "itemprop", prop);
}

/* A text that is a byline, perhaps with the date behind the name: `By Ann Lee,
 * March 3, 2019`.  Of `By` alone the link behind it has the name. */
static void
on_near_byline(struct facts *f, const struct tree_node *n)
{
    struct morgue_str name = names_byline(n->text);
    const struct tree_node *next = n->next;

    if (f->fact[FACT_AUTHOR].rank > 0)
        return;
    if (name.len == 0 && next && tree_is(next, "a") && names_is_by(n->text))
        name = str_trim(line_of(f, next));
    if (name.len == 0 || name.len >= BYLINE_MAX || str_words_n(name) < 2 ||
        str_words_n(name) > 5)
        return;
    fact_offer(f, FACT_AUTHOR, TRUST_TEXT, 2, name, "text near the h1",
               STR(""));
}

static void
on_link(struct facts *f, const struct tree_node *n)
{
    if (str_eq_nocase(tree_attr(n, "rel"), STR("canonical")))
        fact_offer(f, FACT_URL, TRUST_JSON, 0,
                   url_resolve(f->arena, f->given, tree_attr(n, "href")),
                   "link", STR("canonical"));
}

/* A byline: an element with that word in its class, or a link inside of it.
 * What has digits in it is no name. */
static void
on_class(struct facts *f, const struct tree_node *n)
{
    struct morgue_str class = tree_attr(n, "class"), line;
    bool byline = str_has_nocase(class, STR("byline"));

    if ((!byline && !str_has_nocase(class, STR("author"))) ||
        (f->fact[FACT_AUTHOR].rank > 0 &&
         f->fact[FACT_AUTHOR].rank < TRUST_TEXT * 100))
        return;
    line = line_of(f, tree_find(n, "a") ? tree_find(n, "a") : n);
    for (size_t i = 0; i < line.len; i++)
        if (is_digit(line.s[i]))
            return;
    if (line.len < BYLINE_MAX)
        fact_offer(f, FACT_AUTHOR, TRUST_TEXT, byline ? 0 : 1, line, "class",
                   STR(""));
}

/* What was seen of the page so far. */
struct page_seen {
    const struct tree_node *h1;   /* the first */
    const struct tree_node *head; /* the first heading with the title */
    const struct tree_node *title;
    size_t h1_n;
    int near;    /* texts since the h1 */
    bool beside; /* in an element that is not about the article: comments,
                    related ones */
    const struct tree_node *beside_end; /* what follows it */
};

/* An element that tells of the article, if it is not beside it. */
static void
on_body_element(struct facts *f, const struct tree_node *n,
                struct morgue_str prop)
{
    if (prop.len > 0)
        on_itemprop(f, n, prop);
    if (tree_is(n, "a") && str_has_nocase(tree_attr(n, "rel"), STR("author")))
        fact_offer(f, FACT_AUTHOR, TRUST_ELEMENT, 0, line_of(f, n), "a",
                   STR(""));
    if (tree_is(n, "a") && str_eq_nocase(tree_attr(n, "rel"), STR("tag")))
        fact_offer(f, FACT_TOPICS, TRUST_TEXT, 0, line_of(f, n), "a", STR(""));
    if (!n->attr)
        return;
    on_class(f, n);
}

/* A heading may be the headline, the more if it is an h1. */
static void
on_heading(struct facts *f, const struct tree_node *n, struct page_seen *seen)
{
    bool h1 = tree_is(n, "h1");

    if (h1) {
        seen->h1 = seen->h1 ? seen->h1 : n;
        seen->h1_n++;
    }
    if (seen->title && (!seen->head || (h1 && !tree_is(seen->head, "h1"))) &&
        names_title(heading_text(f, n), line_of(f, seen->title)))
        seen->head = n;
}

static void
on_element(struct facts *f, const struct tree_node *n, struct page_seen *seen)
{
    struct morgue_str prop = n->attr ? tree_attr(n, "itemprop") : STR("");

    if (tree_is(n, "meta")) {
        on_meta(f, n);
        return;
    }
    if (tree_is(n, "script") && n->first) {
        facts_json(f, n->first->text);
    } else if (tree_is(n, "link")) {
        on_link(f, n);
    } else if (tree_is(n, "title") && !seen->title) {
        seen->title = n;
    } else if (tree_is(n, "h1") || tree_is(n, "h2") || tree_is(n, "h3")) {
        on_heading(f, n, seen);
    } else if (tree_is(n, "input") &&
               str_eq_nocase(tree_attr(n, "type"), STR("password"))) {
        f->password = true;
    } else if (!seen->beside) {
        on_body_element(f, n, prop);
    }
}

/* ---- the page ----------------------------------------------------------- */

static void
facts_url(struct facts *f)
{
    const struct morgue_str none = STR("");
    struct morgue_str canonical = f->fact[FACT_URL].value;
    struct morgue_date date;

    /* A canonical link to the front page says nothing of this one. */
    if (f->given.len > 0 && url_path(canonical).len <= 1)
        f->fact[FACT_URL].value = canonical = f->given;
    if (url_date(f->given, &date) || url_date(canonical, &date)) {
        if (date.precision == MORGUE_DATE_DAY)
            fact_local_day(f, date);
        if (f->fact[FACT_DATE].rank > TRUST_URL * 100 ||
            f->fact[FACT_DATE].rank == 0)
            fact_offer_date(f, TRUST_URL, 0, date, "url", none);
    }
    fact_offer(f, FACT_SOURCE, TRUST_URL, 0, url_host(canonical), "url", none);
}

/* The headline is the heading that has the title of the page, of several an
 * h1; else an h1 where there is but one and it is not the site's name; else
 * the title tells better. */
static void
facts_titles(struct facts *f, const struct page_seen *seen)
{
    struct morgue_str none = STR(""), h1 = STR(""), head = STR("");

    if (seen->h1)
        h1 = heading_text(f, seen->h1);
    if (seen->head)
        head = heading_text(f, seen->head);
    if (str_eq_nocase(h1, f->fact[FACT_SOURCE].value))
        h1 = none;
    if (head.len > 0)
        fact_offer(f, FACT_TITLE, TRUST_GRAPH, METAS_N, head, "heading", none);
    else if (seen->h1_n == 1)
        fact_offer(f, FACT_TITLE, TRUST_GRAPH, METAS_N, h1, "h1", none);
    if (seen->title)
        fact_offer(f, FACT_TITLE, TRUST_TEXT, 0, line_of(f, seen->title),
                   "title", none);
    fact_offer(f, FACT_TITLE, TRUST_TEXT, 1, h1, "h1", none);
}

/* Whether `n` is in an element that is not about the article. */
static void
look_beside(struct page_seen *seen, const struct tree_node *n,
            const struct tree_node *html)
{
    static const char *const blocks[] = {"div", "section", "aside", "ol",
                                         "ul"};

    if (seen->beside && n == seen->beside_end)
        seen->beside = false;
    if (seen->beside || !n->attr)
        return;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (tree_is(n, blocks[i]) && page_hint(n) == HINT_STRONG) {
            seen->beside = true;
            seen->beside_end = tree_skip(n, html);
        }
}

void
facts_read(struct facts *f, struct tree_node *html)
{
    struct page_seen seen = {0};
    const struct morgue_str none = STR("");

    fact_offer(f, FACT_LANG, TRUST_META, 0, tree_attr(html, "lang"), "html",
               none);
    fact_offer(f, FACT_LANG, TRUST_META, 0, tree_attr(html, "xml:lang"),
               "html", none);
    for (struct tree_node *n = html; n && !f->nomem; n = tree_walk(n, html)) {
        look_beside(&seen, n, html);
        if (n->name.len > 0) {
            on_element(f, n, &seen);
        } else if (seen.h1 && seen.near++ < NEAR_MAX) {
            if (!seen.beside)
                on_near_byline(f, n);
        }
    }
    facts_titles(f, &seen);
    facts_url(f);
    facts_shown_date(f, html);
    if (f->fact[FACT_DATE].rank == 0 ||
        f->fact[FACT_DATE].rank > TRUST_CHANGE * 100)
        fact_offer(f, FACT_DATE, TRUST_CHANGE, 0, f->fact[FACT_MODIFIED].value,
                   "modified", none);
}
