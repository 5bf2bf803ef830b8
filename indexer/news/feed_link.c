/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * feed_link.c - the address of an item, and its id
 *
 * The address is what readers are sent to: feedburner's origLink, of Atom the
 * link that is an alternate (rel by name or as IANA writes it out), link of
 * RSS, a guid that is a permalink, what rdf:about says.
 *
 * One without a scheme is seen from xml:base of its element and of those
 * around it, else from the link of the channel or feed.  Where there is none
 * of that, it is no address, and kept as an extra only: as an id it would be
 * another article's in another feed.
 *
 * The id is the address; guid, or the id of Atom, where there is none.
 */
#include "../../common/base/uri.h"
#include "feed.h"

/* ---- bases -------------------------------------------------------------- */

static struct morgue_str
resolve(struct news *n, struct morgue_str base, struct morgue_str ref)
{
    struct morgue_str out;

    if (!uri_resolve(&n->r->arena, base, ref, &out)) {
        n->nomem = true;
        return STR("");
    }
    return out;
}

static struct morgue_str link_of(const struct tree_node *e);

/* The address of a channel or feed. */
static struct morgue_str
channel_link(struct news *n, const struct tree_node *channel)
{
    struct morgue_str s = link_of(channel);

    if (s.len == 0)
        s = feed_line(n, channel, "link", NULL);
    if (s.len == 0)
        s = tree_attr(channel, "about");
    return s;
}

/* What addresses in `e` are seen from. */
static struct morgue_str
base_of(struct news *n, const struct tree_node *e)
{
    struct morgue_str base = STR("");

    for (; e && !uri_is_absolute(base); e = e->parent) {
        struct morgue_str more = tree_attr(e, "base");

        if (more.len > 0)
            base = base.len > 0 ? resolve(n, more, base) : more;
    }
    return base;
}

static struct morgue_str
absolute(struct news *n, const struct tree_node *item,
         const struct tree_node *e, struct morgue_str ref)
{
    struct morgue_str base, channel;

    if (ref.len == 0 || uri_is_absolute(ref))
        return ref;
    base = base_of(n, e);
    if (!uri_is_absolute(base)) {
        channel = channel_link(n, feed_channel(item));
        base = base.len > 0 ? resolve(n, channel, base) : channel;
    }
    return resolve(n, base, ref);
}

/* ---- links -------------------------------------------------------------- */

/* Whether a link leads to the page of the item. */
static bool
is_alternate(const struct tree_node *e)
{
    static const char *const before[] = {
        "http://www.iana.org/assignments/relation/",
        "https://www.iana.org/assignments/relation/"};
    struct morgue_str rel = tree_attr(e, "rel");

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (str_starts_nocase(rel, str_of(before[i])))
            rel = str_slice(rel.s + strlen(before[i]),
                            rel.len - strlen(before[i]));
    return rel.len == 0 || str_eq_nocase(rel, STR("alternate"));
}

/* Whether it is of a page, by the type that it has or does not have. */
static bool
is_page(const struct tree_node *e)
{
    struct morgue_str type = tree_attr(e, "type");

    return type.len == 0 || str_has_nocase(type, STR("html"));
}

/* The alternate link, one of a page before others. */
static const struct tree_node *
alternate(const struct tree_node *parent, const char *word)
{
    const struct tree_node *best = NULL;

    for (struct tree_node *e = feed_next(parent, NULL, "link", word); e;
         e = feed_next(parent, e, "link", word))
        if (tree_attr(e, "href").len > 0 && is_alternate(e) &&
            (!best || (is_page(e) && !is_page(best))))
            best = e;
    return best;
}

static struct morgue_str
link_of(const struct tree_node *e)
{
    const struct tree_node *link = alternate(e, NULL);

    return link ? tree_attr(link, "href") : STR("");
}

/* An item, and the first address of it that is none. */
struct feed_links {
    struct news *n;
    const struct tree_node *item;
    struct morgue_str lost;
};

static void
put_link(struct feed_links *l, const struct tree_node *e,
         struct morgue_str ref)
{
    struct morgue_str url = absolute(l->n, l->item, e, ref);

    if (uri_is_absolute(url))
        news_set(l->n, FIELD_URL, url);
    else if (l->lost.len == 0)
        l->lost = url;
}

static void
put_alternate(struct feed_links *l, const char *word)
{
    const struct tree_node *link = alternate(l->item, word);

    if (link)
        put_link(l, link, tree_attr(link, "href"));
}

static void
put_text_link(struct feed_links *l, const char *name, const char *word)
{
    for (struct tree_node *e = feed_next(l->item, NULL, name, word); e;
         e = feed_next(l->item, e, name, word))
        if (is_alternate(e))
            put_link(l, e, news_line(l->n, e));
}

void
feed_links(struct news *n, const struct tree_node *item)
{
    struct feed_links l = {.n = n, .item = item, .lost = STR("")};
    const struct tree_node *guid = feed_own(item, "guid");
    struct morgue_str name = news_line(n, guid);
    struct morgue_str id = feed_line(n, item, "id", NULL);
    bool permanent =
        str_starts(name, STR("http")) &&
        !str_eq_nocase(tree_attr(guid, "isPermaLink"), STR("false"));

    put_text_link(&l, "origLink", "feedburner");
    put_alternate(&l, NULL);
    put_text_link(&l, "link", NULL);
    if (permanent)
        news_set(n, FIELD_URL, name);
    put_alternate(&l, FEED_ATOM);
    if (tree_is(item, "item"))
        put_link(&l, item, tree_attr(item, "about"));
    news_set(n, FIELD_ID, n->a.url);
    news_set(n, FIELD_ID, name);
    news_set(n, FIELD_ID, id);
    if (n->a.url.len == 0)
        news_extra(n, "link", l.lost);
    news_extra(n, "guid", name);
    news_extra(n, "atom-id", id);
}
