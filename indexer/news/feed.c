/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * feed.c - finding elements of feeds
 */
#include "feed.h"

#include "../markup/html.h"

/* Words of namespaces, and the prefixes that they have where a feed does not
 * declare them. */
static const struct {
    const char *word, *prefix;
} spaces[] = {{FEED_DC, "dc"},
              {FEED_DC, "dcterms"},
              {FEED_MEDIA, "media"},
              {FEED_ATOM, "atom"},
              {"wordpress", "wp"}};

static bool
is_in(const struct tree_node *e, const char *word)
{
    if (str_has_nocase(e->space, str_of(word)))
        return true;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp(word, spaces[i].word) == 0 &&
            str_eq(e->space, str_of(spaces[i].prefix)))
            return true;
    return false;
}

struct tree_node *
feed_next(const struct tree_node *parent, const struct tree_node *e,
          const char *name, const char *word)
{
    struct tree_node *at = e ? e->next : parent ? parent->first : NULL;

    for (; at; at = at->next)
        if (at->name.len > 0 && str_eq_nocase(at->name, str_of(name)) &&
            (word ? is_in(at, word) : str_eq(at->space, parent->space)))
            break;
    return at;
}

struct tree_node *
feed_own(const struct tree_node *parent, const char *name)
{
    return feed_next(parent, NULL, name, NULL);
}

struct morgue_str
feed_line(struct news *n, const struct tree_node *parent, const char *name,
          const char *word)
{
    return news_line(n, feed_next(parent, NULL, name, word));
}

struct morgue_str
feed_html_line(struct news *n, const struct tree_node *e)
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

const struct tree_node *
feed_channel(const struct tree_node *item)
{
    const struct tree_node *beside = tree_child(item->parent, "channel");

    return beside ? beside : item->parent ? item->parent : item;
}
