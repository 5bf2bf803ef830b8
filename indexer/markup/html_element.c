/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_element.c - the table of elements; those that are not in it, like b
 * and span, are parts of a line and have no rules
 */
#include "html_element.h"

#define E(literal)                                                            \
    {                                                                         \
        .s = (literal), .len = sizeof(literal) - 1                            \
    }

/* In the order of their names. */
static const struct html_element elements[] = {
    {E("a"), 0},
    {E("address"), EL_BLOCK | EL_PARAGRAPH},
    {E("applet"), EL_SCOPE | EL_UNREAD},
    {E("area"), EL_VOID},
    {E("article"), EL_BLOCK | EL_PARAGRAPH},
    {E("aside"), EL_BLOCK | EL_PARAGRAPH},
    {E("audio"), EL_UNREAD},
    {E("base"), EL_VOID | EL_HEAD},
    {E("basefont"), EL_VOID | EL_HEAD},
    {E("bgsound"), EL_VOID | EL_HEAD},
    {E("blockquote"), EL_BLOCK | EL_PARAGRAPH},
    {E("body"), EL_BLOCK | EL_SCOPE | EL_PARAGRAPH},
    {E("br"), EL_VOID},
    {E("button"), EL_SCOPE | EL_UNREAD},
    {E("canvas"), EL_UNREAD},
    {E("caption"), EL_BLOCK | EL_SCOPE | EL_LINE | EL_PART},
    {E("center"), EL_BLOCK | EL_PARAGRAPH},
    {E("col"), EL_VOID},
    {E("datalist"), EL_UNREAD},
    {E("dd"), EL_BLOCK | EL_LINE},
    {E("details"), EL_BLOCK | EL_PARAGRAPH},
    {E("dialog"), EL_BLOCK | EL_PARAGRAPH},
    {E("dir"), EL_BLOCK | EL_LIST | EL_PARAGRAPH},
    {E("div"), EL_BLOCK | EL_PARAGRAPH},
    {E("dl"), EL_BLOCK | EL_LIST | EL_PARAGRAPH},
    {E("dt"), EL_BLOCK | EL_LINE},
    {E("embed"), EL_VOID | EL_UNREAD},
    {E("fieldset"), EL_BLOCK | EL_PARAGRAPH},
    {E("figcaption"), EL_BLOCK | EL_LINE},
    {E("figure"), EL_BLOCK | EL_PARAGRAPH},
    {E("footer"), EL_BLOCK | EL_PARAGRAPH},
    {E("form"), EL_BLOCK | EL_PARAGRAPH},
    {E("frame"), EL_VOID},
    {E("h1"), EL_BLOCK | EL_PARAGRAPH},
    {E("h2"), EL_BLOCK | EL_PARAGRAPH},
    {E("h3"), EL_BLOCK | EL_PARAGRAPH},
    {E("h4"), EL_BLOCK | EL_PARAGRAPH},
    {E("h5"), EL_BLOCK | EL_PARAGRAPH},
    {E("h6"), EL_BLOCK | EL_PARAGRAPH},
    {E("head"), EL_UNREAD},
    {E("header"), EL_BLOCK | EL_PARAGRAPH},
    {E("hgroup"), EL_BLOCK | EL_PARAGRAPH},
    {E("hr"), EL_VOID | EL_BLOCK | EL_PARAGRAPH},
    {E("html"), EL_BLOCK | EL_SCOPE},
    {E("iframe"), EL_RAW | EL_UNREAD},
    {E("img"), EL_VOID},
    {E("input"), EL_VOID},
    {E("keygen"), EL_VOID},
    {E("legend"), EL_BLOCK | EL_LINE},
    {E("li"), EL_BLOCK | EL_LINE},
    {E("link"), EL_VOID | EL_HEAD},
    {E("listing"), EL_BLOCK | EL_PARAGRAPH},
    {E("main"), EL_BLOCK | EL_PARAGRAPH},
    {E("map"), EL_UNREAD},
    {E("marquee"), EL_SCOPE},
    {E("math"), EL_UNREAD},
    {E("menu"), EL_BLOCK | EL_LIST | EL_PARAGRAPH},
    {E("meta"), EL_VOID | EL_HEAD},
    {E("nav"), EL_BLOCK | EL_PARAGRAPH},
    {E("noembed"), EL_RAW | EL_UNREAD},
    {E("noframes"), EL_RAW | EL_UNREAD},
    {E("noscript"), EL_HEAD | EL_UNREAD},
    {E("object"), EL_SCOPE | EL_UNREAD},
    {E("ol"), EL_BLOCK | EL_LIST | EL_PARAGRAPH},
    {E("optgroup"), EL_UNREAD},
    {E("option"), EL_LINE},
    {E("p"), EL_BLOCK | EL_PARAGRAPH},
    {E("param"), EL_VOID},
    {E("plaintext"), EL_BLOCK},
    {E("pre"), EL_BLOCK | EL_PARAGRAPH},
    {E("rp"), EL_UNREAD},
    {E("rt"), EL_UNREAD},
    {E("script"), EL_RAW | EL_HEAD | EL_UNREAD},
    {E("search"), EL_BLOCK | EL_PARAGRAPH},
    {E("section"), EL_BLOCK | EL_PARAGRAPH},
    {E("select"), EL_UNREAD},
    {E("source"), EL_VOID},
    {E("style"), EL_RAW | EL_HEAD | EL_UNREAD},
    {E("summary"), EL_BLOCK | EL_LINE},
    {E("svg"), EL_SCOPE | EL_UNREAD},
    {E("table"), EL_BLOCK | EL_SCOPE | EL_PARAGRAPH | EL_TABLE},
    {E("tbody"), EL_BLOCK | EL_LINE | EL_PART},
    {E("td"), EL_BLOCK | EL_SCOPE | EL_LINE | EL_PART},
    {E("template"), EL_HEAD | EL_SCOPE | EL_UNREAD},
    {E("textarea"), EL_RAW | EL_UNREAD},
    {E("tfoot"), EL_BLOCK | EL_LINE | EL_PART},
    {E("th"), EL_BLOCK | EL_SCOPE | EL_LINE | EL_PART},
    {E("thead"), EL_BLOCK | EL_LINE | EL_PART},
    {E("title"), EL_RAW | EL_HEAD | EL_UNREAD},
    {E("tr"), EL_BLOCK | EL_LINE | EL_PART},
    {E("track"), EL_VOID},
    {E("ul"), EL_BLOCK | EL_LIST | EL_PARAGRAPH},
    {E("video"), EL_UNREAD},
    {E("wbr"), EL_VOID},
    {E("xmp"), EL_RAW | EL_BLOCK | EL_PARAGRAPH},
};

const struct html_element *
html_element(struct morgue_str name)
{
    static const struct html_element other = {.name = E("")};
    size_t low = 0, high = sizeof elements / sizeof *elements;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = str_compare(name, elements[mid].name);

        if (order == 0)
            return &elements[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return &other;
}
