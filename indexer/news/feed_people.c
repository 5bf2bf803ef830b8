/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * feed_people.c - who wrote an item
 *
 * dc:creator, else author of the feed's own, else that of Atom, else of
 * iTunes; else, of Atom, that of the feed that an entry came from, or of the
 * feed.  Names are written as people write them in mail: the address beside a
 * name goes, one that is alone stays.
 *
 *     Ann Hill (ann@x.example)    ann@x.example (Ann Hill)
 *     Ann Hill <ann@x.example>    Ann Hill, mailto:ann@x.example
 */
#include "feed.h"

/* ---- names -------------------------------------------------------------- */

static bool
is_address(struct morgue_str word)
{
    return str_starts_nocase(word, STR("mailto:")) ||
           (str_find(word, 0, STR("@")) < word.len &&
            str_find(word, 0, STR(".")) < word.len);
}

/* What may stand around a name or an address. */
static bool
is_fence(char c)
{
    return is_space(c) || strchr("()<>[],;\"", c) != NULL;
}

static struct morgue_str
without_fences(struct morgue_str s)
{
    while (s.len > 0 && is_fence(s.s[0]))
        s = str_slice(s.s + 1, s.len - 1);
    while (s.len > 0 && is_fence(s.s[s.len - 1]))
        s.len--;
    return s;
}

/* The name in what may have an address before or behind it. */
static struct morgue_str
without_address(struct morgue_str s)
{
    struct morgue_str rest = s, word, name;

    if (str_find(s, 0, STR("@")) == s.len)
        return s;
    while ((word = str_word(&rest)).len > 0) {
        size_t begin = (size_t)(word.s - s.s), end = begin + word.len;

        if (!is_address(without_fences(word)))
            continue;
        name = without_fences(str_slice(s.s, begin));
        if (name.len == 0)
            name = without_fences(str_slice(s.s + end, s.len - end));
        return name.len > 0 ? name : without_fences(s);
    }
    return s;
}

/* What the author of that login is called, in an export. */
static struct morgue_str
shown_name(struct news *n, const struct tree_node *channel,
           struct morgue_str login)
{
    for (struct tree_node *e = feed_next(channel, NULL, "author", "wordpress");
         e; e = feed_next(channel, e, "author", "wordpress")) {
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

/* ---- elements ----------------------------------------------------------- */

/* The name in an element of a person, with parts or as a string. */
static struct morgue_str
name_of(struct news *n, const struct tree_node *e)
{
    struct morgue_str name;

    if (tree_child(e, "name"))
        return without_address(news_line(n, tree_child(e, "name")));
    if (tree_child(e, "email"))
        return news_line(n, tree_child(e, "email"));
    name = feed_html_line(n, e);
    return value_without_by(
        without_address(name.len > 0 ? name : news_line(n, e)));
}

/* Add those of that name, unless there are authors. */
static void
add_authors(struct news *n, const struct tree_node *parent, const char *name,
            const char *word)
{
    if (n->a.author.len > 0)
        return;
    for (struct tree_node *e = feed_next(parent, NULL, name, word); e;
         e = feed_next(parent, e, name, word))
        news_add(n, FIELD_AUTHOR, name_of(n, e));
}

void
feed_authors(struct news *n, const struct tree_node *item,
             const struct tree_node *channel)
{
    for (struct tree_node *e = feed_next(item, NULL, "creator", FEED_DC); e;
         e = feed_next(item, e, "creator", FEED_DC))
        news_add(n, FIELD_AUTHOR, shown_name(n, channel, name_of(n, e)));
    add_authors(n, item, "author", NULL);
    add_authors(n, item, "author", FEED_DC);
    add_authors(n, item, "author", FEED_ATOM);
    add_authors(n, item, "author", "itunes");
    add_authors(n, feed_own(item, "source"), "author", NULL);
    add_authors(n, feed_next(item, NULL, "source", FEED_ATOM), "author", NULL);
    if (tree_is(channel, "feed"))
        add_authors(n, channel, "author", NULL);
}
