/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_run.c - a page as runs of text in blocks
 *
 * The tree is walked once.  Elements that are blocks become boxes; texts with
 * no block between them, nor two line breaks, are one run.  Sums over the runs
 * let any block be judged at once.  Cost: linear in the nodes; 100 bytes a run
 * and a box.
 */
#include "page_run.h"

#include "../markup/html_element.h"
#include "page_letters.h"

/* ---- runs and blocks ---------------------------------------------------- */

/* Room for one more of `n` elements. */
static void *
more(struct text *t, void *old, size_t n, size_t *max, size_t size)
{
    void *p;

    if (n < *max)
        return old;
    p = arena_zero(t->arena, *max ? *max * 2 : 256, size);
    if (!p) {
        t->nomem = true;
        return old;
    }
    *max = *max ? *max * 2 : 256;
    if (n > 0)
        memcpy(p, old, n * size);
    return p;
}

enum run_kind
run_kind_of(struct morgue_str name)
{
    static const char *const items[] = {"li", "dd",  "dt",     "td",
                                        "th", "pre", "caption"};

    if (str_eq(name, STR("p")))
        return KIND_P;
    if (name.len == 2 && name.s[0] == 'h' && is_digit(name.s[1]))
        return KIND_HEADING;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        if (str_eq(name, str_of(items[i])))
            return KIND_ITEM;
    return KIND_OTHER;
}

/* Begin a run in the block. */
static void
open_run(struct text *t, const struct box *box)
{
    enum run_kind kind = run_kind_of(box->node->name);

    t->run = more(t, t->run, t->run_n, &t->run_max, sizeof *t->run);
    if (t->nomem)
        return;
    if (kind == KIND_OTHER && box->parent &&
        run_kind_of(box->parent->node->name) != KIND_P)
        kind = run_kind_of(box->parent->node->name);
    t->run[t->run_n++] =
        (struct text_run){.box = box, .piece = t->piece_n - 1, .kind = kind};
    t->run_open = true;
}

static void
add_piece(struct text *t, struct tree_node *n, const struct box *box,
          bool link, bool left_out)
{
    struct text_run *r;
    size_t mass;

    t->piece = more(t, t->piece, t->piece_n, &t->piece_max, sizeof *t->piece);
    if (t->nomem)
        return;
    t->piece[t->piece_n++] = (struct text_piece){n, NO_RUN};
    if (left_out || (!t->run_open && str_trim(n->text).len == 0))
        return;
    if (!t->run_open)
        open_run(t, box);
    if (t->nomem)
        return;
    t->piece[t->piece_n - 1].run = t->run_n - 1;
    r = &t->run[t->run_n - 1];
    mass = letters_count(n->text, &r->stops);
    r->mass += mass;
    r->link += link ? mass : 0;
}

static struct box *
open_box(struct text *t, struct tree_node *n, struct box *parent)
{
    struct box *b = arena_zero(t->arena, 1, sizeof *b);

    if (!b) {
        t->nomem = true;
        return NULL;
    }
    b->node = n;
    b->parent = parent;
    b->first = t->run_n;
    t->run_open = false;
    if (!parent)
        return b;
    if (parent->last)
        parent->last->next = b;
    else
        parent->child = b;
    parent->last = b;
    return b;
}

/* What stands below `n`, which is in `box`.  It calls itself as deep as a
 *  tree may be. */
static void
collect(struct text *t, struct tree_node *n, struct box *box, bool link,
        bool left_out)
{
    for (struct tree_node *c = n->first; c && !t->nomem; c = c->next) {
        const struct html_element *el = html_element(c->name);
        enum hint hint;
        struct box *inner = box;

        if (c->name.len == 0) {
            add_piece(t, c, box, link, left_out);
            continue;
        }
        if (el->flags & EL_UNREAD)
            continue;
        hint = page_hint(c);
        if (el->flags & EL_BLOCK)
            inner = open_box(t, c, box);
        else if (tree_is(c, "br") && c->next && tree_is(c->next, "br"))
            t->run_open = false;
        if (!inner)
            return;
        collect(t, c, inner, link || tree_is(c, "a"),
                left_out || (hint == HINT_HIDDEN && t->drop < HINT_NEVER) ||
                    (inner == box && hint >= t->drop));
        if (inner == box)
            continue;
        inner->hint = hint;
        inner->end = t->run_n;
        t->run_open = false;
    }
}

/* The first and last text of a run that are not blank; false: there are none.
 */
bool
run_ends(const struct text *t, const struct text_run *r,
         struct morgue_str *first, struct morgue_str *last)
{
    const struct text_piece *p = t->piece + r->piece;
    size_t run = (size_t)(r - t->run);

    *first = *last = STR("");
    for (; p < t->piece + t->piece_n && (p->run == run || p->run == NO_RUN);
         p++) {
        struct morgue_str s = str_trim(p->node->text);

        if (p->run == NO_RUN || s.len == 0)
            continue;
        *last = s;
        if (first->len == 0)
            *first = s;
    }
    return first->len > 0;
}

/* The text of a run in `to`, of which it may fill `LINE` bytes; "" where it is
 * longer. */
struct morgue_str
run_line(const struct text *t, const struct text_run *r, char *to)
{
    const struct text_piece *p = t->piece + r->piece;
    size_t run = (size_t)(r - t->run), len = 0;

    for (; p < t->piece + t->piece_n && (p->run == run || p->run == NO_RUN);
         p++) {
        struct morgue_str s = p->node->text;

        if (p->run == NO_RUN)
            continue;
        if (len + s.len > LINE)
            return STR("");
        memcpy(to + len, s.s, s.len);
        len += s.len;
    }
    return str_trim(str_slice(to, len));
}

struct box *
run_collect(struct text *t, struct tree_node *html)
{
    struct box *top = open_box(t, html, NULL);

    if (top)
        collect(t, html, top, false, false);
    t->sums = arena_zero(t->arena, t->run_n + 1, sizeof *t->sums);
    t->nomem = t->nomem || !t->sums;
    if (top)
        top->end = t->run_n;
    return top;
}

/* ---- sums ------------------------------------------------------------ */

void
run_sum_up(struct text *t)
{
    struct sums s = {0};

    for (size_t i = 0; i < t->run_n; i++) {
        t->sums[i] = s;
        if (t->run[i].out)
            continue;
        s.score += t->run[i].score;
        s.good += t->run[i].score > 0 ? t->run[i].score : 0;
        s.mass += t->run[i].mass;
        s.link += t->run[i].link;
    }
    t->sums[t->run_n] = s;
}

double
box_score(const struct text *t, const struct box *b)
{
    return t->sums[b->end].score - t->sums[b->first].score;
}

size_t
box_mass(const struct text *t, const struct box *b)
{
    return t->sums[b->end].mass - t->sums[b->first].mass;
}

size_t
box_link(const struct text *t, const struct box *b)
{
    return t->sums[b->end].link - t->sums[b->first].link;
}

double
run_good(const struct text *t, size_t first, size_t end)
{
    return t->sums[end].good - t->sums[first].good;
}

/* Whether `b` holds all of `of`. */
bool
box_holds(const struct box *b, const struct box *of)
{
    return b->first <= of->first && b->end >= of->end;
}
