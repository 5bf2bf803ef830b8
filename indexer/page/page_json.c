/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_json.c - facts in JSON-LD
 *
 * The article is the first object of a type that ends in "Article" or
 * "Posting", or that is a Report, wherever it stands (@graph, mainEntity,
 * arrays), but not in lists of further ones; of several the first with a date.
 * Without one, the dates of a WebPage count a little.  What is named by @id
 * alone is looked up in the same script.
 */
#include "page_json.h"
#include "json_tree.h"
#include "page_url.h"

enum { LOOKUPS_MAX = 20, AUTHORS_MAX = 20 };

struct script {
    struct facts *f;
    struct tree_node *top;
    int lookups;
};

static struct morgue_str
text_of(const struct tree_node *n)
{
    return n && n->first && n->first->name.len == 0 ? n->first->text : STR("");
}

static struct morgue_str
member(const struct tree_node *n, const char *name)
{
    return text_of(tree_child(n, name));
}

static bool
ends_with(struct morgue_str s, struct morgue_str end)
{
    return s.len >= end.len &&
           str_eq(str_slice(s.s + s.len - end.len, end.len), end);
}

static bool
has_type(const struct tree_node *n, bool (*is)(struct morgue_str))
{
    for (const struct tree_node *t = tree_child(n, "@type"); t;
         t = tree_next(t, "@type"))
        if (is(text_of(t)))
            return true;
    return false;
}

static bool
is_article(struct morgue_str type)
{
    return ends_with(type, STR("Article")) ||
           ends_with(type, STR("Posting")) || ends_with(type, STR("Report"));
}

static bool
is_page(struct morgue_str type)
{
    return ends_with(type, STR("WebPage")) || ends_with(type, STR("ItemPage"));
}

/* Other works that a page may be about as a whole. */
static bool
is_work(struct morgue_str type)
{
    static const char *const types[] = {"Recipe", "HowTo", "CreativeWork",
                                        "Review", "Course"};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_eq(type, str_of(types[i])))
            return true;
    return is_page(type);
}

static bool
is_list(struct morgue_str type)
{
    return str_eq(type, STR("CollectionPage")) ||
           str_eq(type, STR("SearchResultsPage"));
}

/* The first object of the type outside of lists, best with a date. */
static const struct tree_node *
find(const struct tree_node *top, bool (*is)(struct morgue_str))
{
    const struct tree_node *first = NULL, *n = top;

    while (n) {
        if (tree_is(n, "itemListElement") || tree_is(n, "hasPart") ||
            tree_is(n, "isPartOf") || tree_is(n, "citation")) {
            n = tree_skip(n, top);
            continue;
        }
        if (has_type(n, is)) {
            if (member(n, "datePublished").len > 0)
                return n;
            first = first ? first : n;
        }
        n = tree_walk(n, top);
    }
    return first;
}

/* The words of a person's name in their order, where they stand apart. */
static struct morgue_str
name_of_parts(struct script *s, const struct tree_node *n)
{
    static const char *const parts[] = {"givenName", "additionalName",
                                        "familyName"};
    struct morgue_str name = STR("");
    struct buf b;

    buf_init(&b, 1000);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct morgue_str part = member(n, parts[i]);

        if (b.len > 0 && part.len > 0)
            buf_char(&b, ' ');
        buf_str(&b, part);
    }
    if (b.nomem || !arena_str(s->f->arena, buf_view(&b), &name))
        s->f->nomem = true;
    buf_free(&b);
    return name;
}

/* What an object says that it is called: by a name, a value, or parts. */
static struct morgue_str
own_name(struct script *s, const struct tree_node *n)
{
    struct morgue_str name = text_of(n);

    if (name.len == 0)
        name = member(n, "name");
    if (name.len == 0)
        name = member(tree_child(n, "name"), "@value");
    if (name.len == 0)
        name = member(n, "@value");
    return name.len > 0 ? name : name_of_parts(s, n);
}

/* The name of a person or thing, which may stand elsewhere in the script. */
static struct morgue_str
name_of(struct script *s, const struct tree_node *n)
{
    struct morgue_str name = own_name(s, n), id = member(n, "@id");

    if (name.len > 0 || id.len == 0 || s->lookups++ >= LOOKUPS_MAX)
        return name;
    for (const struct tree_node *at = s->top; at; at = tree_walk(at, s->top))
        if (str_eq(member(at, "@id"), id)) {
            name = own_name(s, at);
            if (name.len > 0)
                return name;
        }
    return name;
}

static void
offer(struct script *s, enum fact which, struct morgue_str value,
      const char *name)
{
    fact_offer(s->f, which, TRUST_JSON, 0, value, "json-ld", str_of(name));
}

/* All values of a member that has names. */
static void
offer_names(struct script *s, enum fact which, const struct tree_node *of,
            const char *name)
{
    const struct tree_node *n = tree_child(of, name);

    for (int i = 0; n && i < AUTHORS_MAX; i++, n = tree_next(n, name)) {
        const struct tree_node *more = tree_child(n, "name");

        offer(s, which, name_of(s, n), name);
        for (int k = 1; more && k < AUTHORS_MAX; k++) {
            more = tree_next(more, "name");
            offer(s, which, text_of(more), name);
        }
    }
}

/* A url without what stands for a part of the page. */
static void
offer_url(struct script *s, struct morgue_str url)
{
    const char *part = url.len > 0 ? memchr(url.s, '#', url.len) : NULL;

    if (part)
        url.len = (size_t)(part - url.s);
    fact_offer(s->f, FACT_URL, TRUST_PAGE, 0,
               url_resolve(s->f->arena, s->f->given, url), "json-ld",
               STR("url"));
}

static void
offer_article(struct script *s, const struct tree_node *a)
{
    const struct tree_node *page = tree_child(a, "mainEntityOfPage");

    s->f->is_article = true;
    offer(s, FACT_TITLE, member(a, "headline"), "headline");
    offer(s, FACT_TITLE, member(a, "name"), "name");
    offer(s, FACT_DATE, member(a, "datePublished"), "datePublished");
    fact_offer(s->f, FACT_DATE, TRUST_WEAK, 0, member(a, "dateCreated"),
               "json-ld", STR("dateCreated"));
    offer(s, FACT_MODIFIED, member(a, "dateModified"), "dateModified");
    offer_names(s, FACT_AUTHOR, a, "author");
    offer_names(s, FACT_AUTHOR, a, "creator");
    offer(s, FACT_SECTION, member(a, "articleSection"), "articleSection");
    offer_names(s, FACT_SOURCE, a, "publisher");
    offer_names(s, FACT_LANG, a, "inLanguage");
    offer_names(s, FACT_PLACE, a, "contentLocation");
    offer_names(s, FACT_PLACE, a, "locationCreated");
    offer_names(s, FACT_TOPICS, a, "keywords");
    offer(s, FACT_SUMMARY, member(a, "description"), "description");
    offer(s, FACT_BODY, member(a, "articleBody"), "articleBody");
    offer_url(s, member(a, "url"));
    offer_url(s, page ? text_of(page) : STR(""));
    offer_url(s, member(page, "@id"));
}

static void
offer_page(struct script *s, const struct tree_node *p)
{
    fact_offer(s->f, FACT_DATE, TRUST_PAGE, 0, member(p, "datePublished"),
               "json-ld", STR("WebPage datePublished"));
    fact_offer(s->f, FACT_MODIFIED, TRUST_PAGE, 0, member(p, "dateModified"),
               "json-ld", STR("WebPage dateModified"));
    fact_offer(s->f, FACT_LANG, TRUST_PAGE, 0, member(p, "inLanguage"),
               "json-ld", STR("inLanguage"));
}

void
facts_json(struct facts *f, struct morgue_str script)
{
    struct script s = {.f = f, .top = json_tree(f->arena, script)};
    const struct tree_node *n;

    if (!s.top) {
        f->nomem = true;
        return;
    }
    n = find(s.top, is_article);
    if (n)
        offer_article(&s, n);
    n = find(s.top, is_work);
    if (n)
        offer_page(&s, n);
    f->is_list = f->is_list || find(s.top, is_list);
}
