/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_text.c - the text of HTML as it is read
 *
 * Between two texts stands the widest gap of those that elements between them
 * ask for: an empty line around a paragraph and at two br, a line end at br,
 * at items of lists and cells of tables, else a space where there was white
 * space.  Line ends of pre stay.  A no-break space counts as a space.
 */
#include "html.h"
#include "html_element.h"
#include "html_token.h"

enum html_gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH };

struct html_writer {
    struct buf *out;
    size_t begin;      /* of this text in `out` */
    enum html_gap gap; /* before what comes next */
    int pre;           /* open pre elements */
};

static void
widen(struct html_writer *w, enum html_gap gap)
{
    if (w->gap < gap)
        w->gap = gap;
}

static void
put_gap(struct html_writer *w)
{
    if (w->out->len > w->begin) {
        if (w->gap == GAP_SPACE)
            buf_char(w->out, ' ');
        if (w->gap >= GAP_LINE)
            buf_char(w->out, '\n');
        if (w->gap == GAP_PARAGRAPH)
            buf_char(w->out, '\n');
    }
    w->gap = GAP_NONE;
}

/* The bytes of white space at `s`: 0, 1, or 2 of a no-break space. */
static size_t
space_len(const char *s, const char *end)
{
    if (is_space(*s))
        return 1;
    return *s == '\xC2' && end - s > 1 && s[1] == '\xA0' ? 2 : 0;
}

static void
put_text(struct html_writer *w, struct morgue_str text)
{
    const char *at = text.s, *end = at + text.len;

    while (at < end) {
        const char *from = at;
        size_t n;

        for (; at < end && (n = space_len(at, end)) > 0; at += n)
            widen(w, w->pre > 0 && *at == '\n' ? GAP_LINE : GAP_SPACE);
        if (at == end)
            break;
        put_gap(w);
        for (from = at; at < end && space_len(at, end) == 0; at++)
            ;
        buf_add(w->out, from, (size_t)(at - from));
    }
}

/* The gap around an element. */
static enum html_gap
gap_of(unsigned flags)
{
    return flags & EL_PARAGRAPH ? GAP_PARAGRAPH
           : flags & EL_LINE    ? GAP_LINE
                                : GAP_NONE;
}

void
html_text(struct buf *out, const struct tree_node *n)
{
    struct html_writer w = {.out = out, .begin = out->len};
    const struct tree_node *at = n, *next;

    while (at && buf_status(out, NULL) == MORGUE_OK) {
        unsigned flags = html_element(at->name)->flags;

        if (at->name.len == 0)
            put_text(&w, at->text);
        else if (tree_is(at, "br"))
            widen(&w, w.gap >= GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
        widen(&w, gap_of(flags));
        next = (flags & EL_UNREAD) && at != n ? NULL : at->first;
        if (next) {
            w.pre += tree_is(at, "pre");
            at = next;
            continue;
        }
        /* Out of all that ends here. */
        while (at != n && !at->next) {
            at = at->parent;
            widen(&w, gap_of(html_element(at->name)->flags));
            w.pre -= tree_is(at, "pre");
        }
        at = at == n ? NULL : at->next;
    }
}

/* Whether there are words in a drawing: those that are drawn, else its title;
 * the rest goes. */
static bool
has_words(struct tree_node *svg)
{
    bool words = tree_find(svg, "text") != NULL, title = false;

    for (struct tree_node *c = tree_walk(svg, svg); c; c = tree_walk(c, svg)) {
        if (tree_is(c, "title") && !words) {
            c->name = STR("span");
            title = true;
        } else if (tree_is(c, "desc") || tree_is(c, "metadata") ||
                   tree_is(c, "defs") || tree_is(c, "title")) {
            c->name = STR("template");
        }
    }
    return words || title;
}

void
html_foreign(struct tree_node *top)
{
    struct tree_node *at = tree_walk(top, top);

    while (at) {
        bool svg = tree_is(at, "svg");

        if (tree_is(at, "math") || (svg && has_words(at)))
            at->name = STR("span");
        else if (tree_is(at, "annotation") || tree_is(at, "annotation-xml"))
            at->name = STR("template");
        at = svg ? tree_skip(at, top) : tree_walk(at, top);
    }
}

/* Whether there is a tag or a comment in it. */
static bool
has_markup(struct morgue_str s)
{
    for (const char *at = s.s, *end = s.s + s.len; at < end; at++) {
        at = memchr(at, '<', (size_t)(end - at));
        if (!at)
            break;
        if (end - at > 1 && (is_alpha(at[1]) || at[1] == '/' || at[1] == '!'))
            return true;
    }
    return false;
}

enum morgue_status
html_to_text(struct buf *out, struct morgue_str piece, struct arena *scratch,
             struct morgue_error *err)
{
    struct tree_node *top;
    enum morgue_status st;

    arena_reset(scratch);
    if (!has_markup(piece)) {
        struct morgue_str copy;

        if (!arena_str(scratch, piece, &copy))
            return error_nomem(err);
        copy.len = html_unescape((char *)copy.s, copy.len, false);
        buf_str(out, copy);
        return buf_status(out, err);
    }
    st = html_parse_piece(&top, scratch, piece, err);
    if (st)
        return st;
    html_foreign(top);
    html_text(out, top);
    return buf_status(out, err);
}
