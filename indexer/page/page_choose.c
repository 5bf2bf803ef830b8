/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_choose.c - which block of a page is the article
 *
 * Steps 1 to 4 of page_text.c.  The headline is the first h1, or else the
 * first heading, with the title of the page; else the only h1.  It tells where
 * the article is: a block around it is the page whatever its name; one behind
 * another text below it is not; and a block near to it is preferred.
 * Cost: linear in the runs, times the depth of the tree for blocks.
 */
#include "page_choose.h"

#include "page_names.h"

enum {
    SENTENCE_MIN = 60, /* letters of a text with a full stop that counts */
    LONG_MIN = 120,    /* of one without */
    SHORT_MIN = 20,    /* of a short one, or of a p, that counts a little */
    CARD_MAX = 500,    /* letters of a teaser */
    CARD_TEXTS = 2,    /* texts of one, at most */
    CARDS_MIN = 3      /* teasers beside each other */
};

static const double short_share = 0.6; /* of its letters that a short one
                                          counts for */
static const double linked = 0.6;      /* share of links of a text of links */
static const double near_share = 0.25; /* of the score of the best block, what
                                         one by the headline must have */
static const double outer_more = 1.15; /* what an outer block must have */

/* ---- the headline ------------------------------------------------------- */

/* A block that may be the headline: the more so the higher the rank; 0: it is
 * not. */
static int
head_rank(const struct text *t, const struct box *b)
{
    struct morgue_str line;
    bool h1 = tree_is(b->node, "h1");

    if (run_kind_of(b->node->name) != KIND_HEADING || b->first == b->end ||
        !tree_line(&line, t->arena, b->node))
        return 0;
    if (names_title(line, t->title))
        return h1 ? 3 : 2;
    return h1;
}

/* Find the headline: the first h1, or else the first heading, with the title
 * of the page; else the only h1. */
static void
find_head(struct text *t, struct box *b, int *best)
{
    for (struct box *c = b->child; c; c = c->next) {
        int rank = head_rank(t, c);

        t->h1_n += tree_is(c->node, "h1");
        if (rank > *best) {
            *best = rank;
            t->head = c;
        }
        find_head(t, c, best);
    }
}

static void
choose_head(struct text *t, struct box *top)
{
    int best = 0;

    find_head(t, top, &best);
    if (best == 1 && t->h1_n > 1)
        t->head = NULL;
    if (t->head)
        for (struct box *b = t->head->parent; b; b = b->parent)
            b->has_head = true;
}

/* ---- scores ------------------------------------------------------------- */

static double
score(const struct text_run *r)
{
    double mass = (double)r->mass, own = (double)(r->mass - r->link);
    double share = mass > 0 ? 1 - own / mass : 0;
    bool told = r->kind == KIND_P && own >= SHORT_MIN && r->stops > 0;

    if (r->mass == 0)
        return 0;
    if (r->kind == KIND_HEADING)
        return r->mass >= LONG_MIN && r->stops > 0 ? short_share * own : 0;
    if (share > linked && !told)
        return -5 - 0.3 * (mass < 100 ? mass : 100);
    if ((r->mass >= SENTENCE_MIN && r->stops > 0) || r->mass >= LONG_MIN)
        return own;
    if (r->kind == KIND_P)
        return r->mass >= SHORT_MIN || r->stops > 0 ? short_share * mass : 0;
    if (r->kind != KIND_ITEM && r->mass >= SHORT_MIN && r->stops > 0 &&
        share <= 0.2)
        return short_share * mass;
    if ((r->kind == KIND_ITEM || r->stops > 0) && share <= 0.2)
        return 0;
    return -5;
}

/* A line of links behind a text, in the same block, is no list of links. */
static void
score_all(struct text *t)
{
    for (size_t i = 0; i < t->run_n; i++) {
        struct text_run *r = &t->run[i];

        r->score = score(r);
        if (i > 0 && r->score < -5 && r[-1].box == r->box &&
            r[-1].score >= 0 && r[-1].stops > 0)
            r->score = -5;
    }
}

/* Whether a block is most of the page, so that its name tells nothing of it,
 * as pages are named for all they hold.  With the headline it is; without, not
 * above the headline, nor behind another text below that. */
static bool
is_whole(const struct text *t, const struct box *b)
{
    double good = run_good(t, b->first, b->end);

    if (good * 2 <= run_good(t, 0, t->run_n))
        return false;
    if (b->has_head)
        return true;
    if (b->hint > HINT_WEAK || (t->head && b->end <= t->head->first))
        return false;
    return !t->head || t->head->end >= b->first ||
           run_good(t, t->head->end, b->first) * 3 <= good;
}

/* Leave out the blocks whose hints are believed. */
static void
believe_hints(struct text *t, const struct box *b)
{
    for (const struct box *c = b->child; c; c = c->next) {
        if (c->hint < t->drop || is_whole(t, c)) {
            believe_hints(t, c);
            continue;
        }
        for (size_t i = c->first; i < c->end; i++)
            t->run[i].out = true;
    }
}

/* Whether it is short, with a link for a headline and a text or two. */
static bool
is_card(const struct text *t, const struct box *b)
{
    size_t links = 0, texts = 0;

    if (box_mass(t, b) > CARD_MAX || box_link(t, b) == 0)
        return false;
    for (size_t i = b->first; i < b->end; i++) {
        const struct text_run *r = &t->run[i];

        if (r->out)
            continue;
        links += r->mass > 10 && r->link * 10 >= r->mass * 8;
        texts += r->score > 0;
        if (r->score > 0 && links == 0 && r->link > 0)
            return false; /* a text that links, and then a link */
        if (r->kind == KIND_HEADING && r->link * 2 < r->mass)
            return false;
    }
    return links > 0 && texts <= CARD_TEXTS;
}

static void
count_against_cards(struct text *t, const struct box *b)
{
    size_t n = 0;

    for (const struct box *c = b->child; c; c = c->next)
        n += is_card(t, c);
    for (const struct box *c = b->child; c; c = c->next) {
        if (n < CARDS_MIN || !is_card(t, c)) {
            count_against_cards(t, c);
            continue;
        }
        t->cards++;
        for (size_t i = c->first; i < c->end; i++) {
            t->run[i].card = true;
            if (t->run[i].score > -5)
                t->run[i].score = -5;
        }
    }
}

/* The best block of `b` and those inside. */
static const struct box *
best_of(const struct text *t, const struct box *b)
{
    const struct box *best = b;

    for (const struct box *c = b->child; c; c = c->next) {
        const struct box *inner = best_of(t, c);
        double s = box_score(t, inner);

        if (best == b ? s * outer_more >= box_score(t, b)
                      : s > box_score(t, best))
            best = inner;
    }
    return best;
}

/* The best block of those that lie between two runs. */
static const struct box *
best_between(const struct text *t, const struct box *b, size_t first,
             size_t end)
{
    const struct box *best = NULL;

    for (const struct box *c = b->child; c; c = c->next) {
        const struct box *inner = NULL;

        if (c->end <= first || c->first >= end)
            continue;
        inner = c->first >= first && c->end <= end
                    ? best_of(t, c)
                    : best_between(t, c, first, end);
        if (inner && (!best || box_score(t, inner) > box_score(t, best)))
            best = inner;
    }
    return best;
}

/* The block around both. */
static const struct box *
around(const struct box *b, const struct box *other)
{
    while (b->first > other->first || b->end < other->end)
        b = b->parent;
    return b;
}

/* Where the best block is far below the headline, one between them that is
 * nearer to it in the tree, if it is not much less. */
static const struct box *
best_below_head(const struct text *t, const struct box *top,
                const struct box *best)
{
    const struct box *b;

    if (!t->head || t->head->end > best->first)
        return best;
    b = best_between(t, top, t->head->end, best->first);
    if (!b || box_score(t, b) < near_share * box_score(t, best) ||
        box_score(t, b) < ENOUGH)
        return best;
    return around(t->head, best) == around(t->head, b) ? best : b;
}

/* The best block that says that it is the article's text, or NULL. */
static const struct box *
marked_box(const struct text *t, const struct box *b)
{
    const struct box *best = b->hint == HINT_BODY ? b : NULL;

    for (const struct box *c = b->child; c && best != b; c = c->next) {
        const struct box *inner = marked_box(t, c);

        if (inner && (!best || box_score(t, inner) > box_score(t, best)))
            best = inner;
    }
    return best;
}

const struct box *
choose_box(struct text *t, struct box *top)
{
    const struct box *best, *marked;

    choose_head(t, top);
    score_all(t);
    run_sum_up(t);
    believe_hints(t, top);
    run_sum_up(t);
    count_against_cards(t, top);
    run_sum_up(t);
    best = best_below_head(t, top, best_of(t, top));
    marked = marked_box(t, top);
    if (marked && box_score(t, marked) * 2 > box_score(t, best))
        best = marked;
    return best;
}
