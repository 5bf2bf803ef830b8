/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * content.c - content of any kind, as formats around others have it
 */
#include "content.h"

#include "../markup/xml.h"
#include "../markup/xml_root.h"
#include "read_nitf.h"

/* A document that stands in a string. */
static enum morgue_status
on_nitf(struct tree_node *nitf, bool whole, uint64_t line, void *payload,
        struct morgue_error *err)
{
    (void)line;
    (void)err;
    if (whole)
        nitf_fill(payload, nitf);
    return MORGUE_OK;
}

/* Whether it is NITF that could be read. */
static bool
nitf_in(struct news *n, struct morgue_str s)
{
    static const char *const names[] = {"nitf", NULL};
    struct xml *x = NULL;
    enum morgue_status st;

    if (!xml_begins_with(s, names))
        return false;
    st = xml_new(&x, names, 1, on_nitf, n, NULL);
    if (!st)
        st = xml_feed(x, s, NULL);
    if (!st)
        st = xml_end(x, NULL);
    xml_free(x);
    n->nomem |= st == MORGUE_NOMEM;
    return news_has_text(n);
}

void
content_string(struct news *n, struct morgue_str s, bool html)
{
    if (nitf_in(n, s))
        return;
    if (html)
        news_html(n, s);
    else
        news_plain(n, s);
}

void
content_read(struct news *n, struct tree_node *e)
{
    struct tree_node *nitf = tree_find(e, "nitf"),
                     *body = tree_find(e, "body");
    bool markup = false;
    struct buf plain;

    for (const struct tree_node *c = e->first; c; c = c->next)
        markup |= c->name.len > 0;
    if (nitf) {
        nitf_fill(n, nitf);
    } else if (markup) {
        news_text(n, body ? body : e);
    } else {
        buf_init(&plain, RECORD_MAX);
        tree_text(&plain, e);
        n->nomem |= plain.nomem;
        content_string(n, buf_view(&plain), true);
        buf_free(&plain);
    }
}
