/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_rcv.c - stories as Reuters Corpora 1 and 2 have them
 *
 *     newsitem itemid date lang
 *       title        with the country before it
 *       headline, byline, dateline
 *       text         p ...
 *       copyright
 *       metadata     codes class="bip:topics:1.0" (code ...) ..., dc ...
 *
 * (Lewis and others, RCV1, JMLR 5, 2004.)  The date is dc.date.published, else
 * the attribute's.  Topics are codes, which people who use the collection know
 * by heart; those of countries and industries go to the extra lines.
 */
#include "../reading/format.h"
#include "xml_source.h"

static struct morgue_str
dublin_core(const struct tree_node *metadata, const char *element)
{
    for (const struct tree_node *e = tree_child(metadata, "dc"); e;
         e = tree_next(e, "dc"))
        if (str_eq(tree_attr(e, "element"), str_of(element)))
            return tree_attr(e, "value");
    return STR("");
}

static void
read_codes(struct news *n, const struct tree_node *codes)
{
    struct morgue_str class = tree_attr(codes, "class");
    bool topics = str_starts(class, STR("bip:topics"));
    const char *other = str_starts(class, STR("bip:countries"))    ? "country"
                        : str_starts(class, STR("bip:industries")) ? "industry"
                                                                   : "code";

    for (const struct tree_node *e = tree_child(codes, "code"); e;
         e = tree_next(e, "code")) {
        struct morgue_str code = tree_attr(e, "code");

        if (topics)
            news_add(n, FIELD_TOPICS, code);
        else
            news_extra(n, other, code);
    }
}

static void
fill(struct news *n, struct tree_node *item)
{
    const struct tree_node *metadata = tree_child(item, "metadata");
    struct tree_node *text = tree_child(item, "text");

    news_set(n, FIELD_ID, tree_attr(item, "itemid"));
    news_set(n, FIELD_LANG, tree_attr(item, "lang"));
    news_date(n, dublin_core(metadata, "dc.date.published"),
              "RCV dc.date.published");
    news_date(n, tree_attr(item, "date"), "RCV date");
    news_set(n, FIELD_TITLE, news_line(n, tree_child(item, "headline")));
    news_set(n, FIELD_TITLE, news_line(n, tree_child(item, "title")));
    news_add(n, FIELD_AUTHOR,
             value_without_by(news_line(n, tree_child(item, "byline"))));
    news_set(n, FIELD_DATELINE, news_line(n, tree_child(item, "dateline")));
    news_add(n, FIELD_PLACE, dublin_core(metadata, "dc.creator.location"));
    news_set(n, FIELD_SOURCE, dublin_core(metadata, "dc.publisher"));
    news_set(n, FIELD_SOURCE, dublin_core(metadata, "dc.source"));
    for (const struct tree_node *e = tree_child(metadata, "codes"); e;
         e = tree_next(e, "codes"))
        read_codes(n, e);
    news_extra(n, "copyright", news_line(n, tree_child(item, "copyright")));
    if (text)
        news_text(n, text);
}

static const char *const names[] = {"newsitem", NULL};

static bool
looks_like_rcv(struct morgue_str head)
{
    return xml_begins_with(head, names);
}

static enum morgue_status
read_rcv(struct reading *r, struct morgue_error *err)
{
    static const struct xml_kind kind = {.names = names, .fill = fill};

    return xml_source_read(r, &kind, err);
}

const struct format format_rcv = {
    .name = "rcv",
    .what = "Reuters Corpora RCV1 and RCV2",
    .many = true,
    .tell = looks_like_rcv,
    .read = read_rcv,
};
