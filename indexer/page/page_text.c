/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_text.c - the main text of a page
 *
 *   1. Elements that say that they are no text of the article (page_hint.h)
 *      are left out; a word in a class is not believed of a block that holds
 *      half of the page's text.
 *   2. What is left is cut into runs: texts with no block between them.  A run
 *      is scored by its letters: a sentence or long text counts for as many
 *      as are not in links, a short sentence for some of them, a text that is
 *      mostly links against the page (but for a line behind a text in the same
 *      block), a short one slightly so; headings, and items and cells without
 *      links, count nothing.
 *   3. Three or more neighbours that are short and have a linked headline and
 *      a text or two are teasers, and count against it.
 *   4. The article is the block with the largest sum, the inner one where the
 *      outer has but a little more (after Pasternack and Roth, "Extracting
 *      article text from the web with maximum subsequence segmentation", on
 *      the tree instead of the line of tokens); a block that is marked up as
 *      articleBody where it has half of that.
 *   5. Inside of it blocks that count against it or are mostly links go, and
 *      what stands before the first and behind the last run that counts for
 *      it; and a byline or a date alone at its beginning.
 *   6. Where little is left, hints are believed less: first those of words
 *      for what surrounds articles, then all but what is hidden.
 *
 * Letters and not words are counted, so that it is the same in all scripts;
 * one of Chinese, Japanese and Korean counts three.  Time and memory are
 * linear; nothing depends on a language or site.
 */
#include "page_text.h"

#include "../../common/article/date.h"
#include "../markup/html.h"
#include "../markup/html_element.h"
#include "page_hint.h"
#include "page_names.h"
#include "page_notice.h"

enum {
    SENTENCE_MIN = 60, /* letters of a text with a full stop that counts */
    LONG_MIN = 120,    /* of one without */
    SHORT_MIN = 20,    /* of a short one, or of a p, that counts a little */
    CARD_MAX = 500,    /* letters of a teaser */
    CARD_TEXTS = 2,    /* texts of one, at most */
    CARDS_MIN = 3,     /* teasers beside each other */
    LEAD_MIN = 40,     /* letters of a sentence between headline and text */
    HEAD_RUNS = 100,   /* runs between them, at most */
    OTHER_MAX = 20,
    ENOUGH = 100 /* letters of an article that is not doubted */
};

static const double short_share = 0.6; /* of its letters that a short one
                                          counts for */
static const double linked = 0.6;      /* share of links of a text of links */
static const double near_share = 0.25; /* of the score of the best block, what
                                         one by the headline must have */
static const double outer_more = 1.15; /* what an outer block must have */

enum run_kind { KIND_OTHER, KIND_P, KIND_HEADING, KIND_ITEM };

/* A text node and its run; NO_RUN: it is left out. */
struct text_piece {
    struct tree_node *node;
    size_t run;
};

static const size_t NO_RUN = SIZE_MAX;

struct box;

/* Texts with no block between them. */
struct text_run {
    const struct box *box; /* the inmost one */
    size_t piece;          /* the first of its texts */
    enum run_kind kind;
    size_t mass, link, stops; /* letters, those in links, ends of sentences */
    double score;
    bool out;  /* it is in a block that was left out */
    bool card; /* it is in a teaser */
    bool keep;
};

/* Sums over the runs before one. */
struct sums {
    double score, good; /* of scores, and of those above 0 */
    size_t mass, link;
};

/* A block: the runs from `first` to before `end`. */
struct box {
    struct tree_node *node;
    struct box *parent, *child, *last, *next;
    size_t first, end;
    enum hint hint;
    bool has_head; /* the headline is inside */
};

struct text {
    struct arena *arena;
    enum hint drop; /* the weakest hint that leaves an element out */
    struct text_piece *piece;
    size_t piece_n, piece_max;
    struct text_run *run;
    size_t run_n, run_max;
    struct sums *sums; /* run_n + 1 */
    size_t cards;
    bool run_open;
    struct morgue_str title;
    const struct box *head; /* the headline, or NULL */
    size_t h1_n;
    bool nomem;
};

/* ---- letters ------------------------------------------------------------ */

/* The letters at `s`, three bytes; ends of sentences are counted. */
static size_t
wide_letter(const unsigned char *s, size_t *stops)
{
    unsigned cp = (s[0] & 15u) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);

    switch (cp) {
    case 0x964:  /* Devanagari */
    case 0x1362: /* Ethiopic */
    case 0x2026: /* ... */
    case 0x3002: /* Chinese, Japanese */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
        ++*stops;
        return 0;
    case 0x3001: /* commas */
    case 0xFF0C:
        return 0;
    }
    if (cp >= 0x2000 && cp < 0x3040)
        return 0; /* signs */
    return cp >= 0x3040 && cp < 0xD7B0 ? 3 : 1;
}

/* The same of two bytes. */
static size_t
middle_letter(const unsigned char *s, size_t *stops)
{
    unsigned cp = (s[0] & 31u) << 6 | (s[1] & 63u);

    if (cp < 0xC0 || cp == 0x60C)
        return 0;
    if (cp == 0x61F || cp == 0x6D4 || cp == 0x589) { /* Arabic, Armenian */
        ++*stops;
        return 0;
    }
    return 1;
}

static size_t
count_letters(struct morgue_str text, size_t *stops)
{
    const unsigned char *s = (const unsigned char *)text.s;
    size_t mass = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];

        if (s[i] >= 0x80) {
            if (s[i] >= 0xE0 && s[i] < 0xF0 && i + 2 < text.len)
                mass += wide_letter(s + i, stops);
            else if (s[i] >= 0xC2 && s[i] < 0xE0 && i + 1 < text.len)
                mass += middle_letter(s + i, stops);
        } else if (is_alpha(c) || is_digit(c)) {
            mass++;
        } else if (c == '.' || c == '!' || c == '?') {
            *stops += i + 1 == text.len ||
                      !(is_alpha(text.s[i + 1]) || is_digit(text.s[i + 1]));
        }
    }
    return mass;
}

size_t
page_text_mass(struct morgue_str s)
{
    size_t stops = 0;

    return count_letters(s, &stops);
}

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

static enum run_kind
kind_of(struct morgue_str name)
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
    enum run_kind kind = kind_of(box->node->name);

    t->run = more(t, t->run, t->run_n, &t->run_max, sizeof *t->run);
    if (t->nomem)
        return;
    if (kind == KIND_OTHER && box->parent &&
        kind_of(box->parent->node->name) != KIND_P)
        kind = kind_of(box->parent->node->name);
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
    mass = count_letters(n->text, &r->stops);
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
static bool
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

enum { LINE = 400 }; /* bytes of a run that are looked at */

/* The text of a run in `to`, of which it may fill `LINE` bytes; "" where it is
 * longer. */
static struct morgue_str
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

static bool
ends_with(struct morgue_str s, struct morgue_str end)
{
    return s.len >= end.len &&
           str_eq(str_slice(s.s + s.len - end.len, end.len), end);
}

/* Whether a text ends as a sentence does, perhaps in quotes. */
static bool
ends_sentence(struct morgue_str s)
{
    static const char *const quotes[] = {
        "\"", "'", ")", "]", "\u201D", "\u201C", "\u2019", "\u00BB"};
    size_t stops = 0;

    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        while (ends_with(s, str_of(quotes[i])))
            s = str_trim(str_slice(s.s, s.len - strlen(quotes[i])));
    if (s.len > 0 && strchr(".!?", s.s[s.len - 1]))
        return true;
    if (s.len >= 3 && (unsigned char)s.s[s.len - 3] >= 0xE0)
        wide_letter((const unsigned char *)s.s + s.len - 3, &stops);
    else if (s.len >= 2 && (s.s[s.len - 2] & 0xE0) == 0xC0)
        middle_letter((const unsigned char *)s.s + s.len - 2, &stops);
    return stops > 0;
}

/* ---- the headline ------------------------------------------------------- */

/* A block that may be the headline: the more so the higher the rank; 0: it is
 * not. */
static int
head_rank(const struct text *t, const struct box *b)
{
    struct morgue_str line;
    bool h1 = tree_is(b->node, "h1");

    if (kind_of(b->node->name) != KIND_HEADING || b->first == b->end ||
        !tree_line(&line, t->arena, b->node))
        return 0;
    if (names_title(line, t->title))
        return h1 ? 3 : 2;
    return h1;
}

/* Whether it is an h1 with a text that is no link, as the names of papers are.
 */
static bool
is_h1(const struct text *t, const struct box *b)
{
    return tree_is(b->node, "h1") && b->first < b->end &&
           t->run[b->first].link * 2 <= t->run[b->first].mass;
}

/* Find the headline: the first h1, or else the first heading, with the title
 * of the page; else the only h1. */
static void
find_head(struct text *t, struct box *b, int *best)
{
    for (struct box *c = b->child; c; c = c->next) {
        int rank = head_rank(t, c);

        t->h1_n += is_h1(t, c);
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

static void
sum_up(struct text *t)
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

static double
box_score(const struct text *t, const struct box *b)
{
    return t->sums[b->end].score - t->sums[b->first].score;
}

static size_t
box_mass(const struct text *t, const struct box *b)
{
    return t->sums[b->end].mass - t->sums[b->first].mass;
}

static size_t
box_link(const struct text *t, const struct box *b)
{
    return t->sums[b->end].link - t->sums[b->first].link;
}

static double
good_between(const struct text *t, size_t first, size_t end)
{
    return t->sums[end].good - t->sums[first].good;
}

/* Whether a block is most of the page, so that its name tells nothing of it,
 * as pages are named for all they hold.  With the headline it is; without, not
 * above the headline, nor behind another text below that. */
static bool
is_whole(const struct text *t, const struct box *b)
{
    double good = good_between(t, b->first, b->end);

    if (good * 2 <= good_between(t, 0, t->run_n))
        return false;
    if (b->has_head)
        return true;
    if (b->hint > HINT_WEAK || (t->head && b->end <= t->head->first))
        return false;
    return !t->head || t->head->end >= b->first ||
           good_between(t, t->head->end, b->first) * 3 <= good;
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
best_box(const struct text *t, const struct box *b)
{
    const struct box *best = b;

    for (const struct box *c = b->child; c; c = c->next) {
        const struct box *inner = best_box(t, c);
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
                    ? best_box(t, c)
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

/* ---- inside of the article ---------------------------------------------- */

static void
leave_out(struct text *t, size_t first, size_t end)
{
    for (; first < end; first++)
        t->run[first].keep = false;
}

static void
leave_out_blocks(struct text *t, const struct box *b)
{
    for (const struct box *c = b->child; c; c = c->next)
        if (box_score(t, c) < 0 || box_link(t, c) * 2 > box_mass(t, c))
            leave_out(t, c->first, c->end);
        else
            leave_out_blocks(t, c);
}

/* Whether a paragraph is a sentence though it is a link, or of links; one that
 * begins with a word and a colon ("Read more:") is a link. */
static bool
is_linked_sentence(const struct text *t, const struct text_run *r)
{
    enum { LABEL = 30 };
    struct morgue_str first, last;

    if (r->kind != KIND_P || r->mass < LEAD_MIN || r->stops == 0 ||
        !run_ends(t, r, &first, &last) || !ends_sentence(last))
        return false;
    if (first.len > LABEL)
        first.len = LABEL;
    return first.len == 0 || !memchr(first.s, ':', first.len);
}

/* Keep such paragraphs where texts stand before and behind them. */
static void
keep_linked(struct text *t, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        struct text_run *r = &t->run[i];

        if (!r->keep && !r->out && !r->card && r->link > 0 &&
            is_linked_sentence(t, r))
            r->keep = true;
    }
}

/* Leave out what stands above the headline in the article's block; an h2
 * beside an h1 may be a heading in the text. */
static void
leave_out_above(struct text *t, const struct box *b)
{
    const struct box *h = t->head;

    if (h && (t->h1_n == 0 || tree_is(h->node, "h1")) &&
        h->first > b->first && h->end < b->end &&
        good_between(t, h->end, b->end) > 3 * ENOUGH)
        leave_out(t, b->first, h->first);
}

static bool
is_plain_item(const struct text_run *r)
{
    return r->kind == KIND_ITEM && r->keep && r->link * 5 <= r->mass;
}

static void
choose_runs(struct text *t, const struct box *b)
{
    size_t first = b->end, last = b->first;

    for (size_t i = b->first; i < b->end; i++)
        t->run[i].keep = !t->run[i].out;
    leave_out_blocks(t, b);
    leave_out_above(t, b);
    for (size_t i = b->first; i < b->end; i++) {
        if (!t->run[i].keep || t->run[i].score <= 0)
            continue;
        first = first < b->end ? first : i;
        last = i;
    }
    while (first < b->end && last + 1 < b->end &&
           is_plain_item(&t->run[last + 1]))
        last++; /* a list at the end */
    for (size_t i = b->first; i < b->end; i++) {
        struct text_run *r = &t->run[i];

        if (r->kind != KIND_P && first < b->end &&
            (i < first || i > last || r->link * 2 > r->mass))
            r->keep = false;
    }
    keep_linked(t, first, last);
}

static size_t
kept_mass(const struct text *t)
{
    size_t mass = 0;

    for (size_t i = 0; i < t->run_n; i++)
        mass += t->run[i].keep ? t->run[i].mass : 0;
    return mass;
}

/* ---- notices ------------------------------------------------------------ */

/* Where the texts that are mostly links end, from a run on. */
static size_t
end_of_links(const struct text *t, size_t i)
{
    while (i < t->run_n && t->run[i].link * 2 >= t->run[i].mass)
        i++;
    return i;
}

/* Leave out notices, and all behind a heading that ends the article if that is
 * in its second half. */
static void
leave_out_notices(struct text *t)
{
    size_t all = kept_mass(t), seen = 0;
    char text[LINE];

    for (size_t i = 0; i < t->run_n; i++) {
        struct text_run *r = &t->run[i];
        struct morgue_str line;

        if (!r->keep)
            continue;
        line = run_line(t, r, text);
        if (r->kind != KIND_ITEM && seen * 2 > all && notice_ends(line)) {
            leave_out(t, i,
                      r->kind == KIND_P ? end_of_links(t, i + 1) : t->run_n);
            continue;
        }
        seen += r->mass;
        r->keep = r->mass * 2 > all || !notice_is(line);
    }
}

/* ---- bylines and dates -------------------------------------------------- */

/* The length of the first `n` words of `s`. */
static size_t
words_len(struct morgue_str s, int n)
{
    size_t i = 0;

    while (i < s.len && n > 0) {
        while (i < s.len && !is_space(s.s[i]))
            i++;
        if (--n > 0)
            while (i < s.len && is_space(s.s[i]))
                i++;
    }
    return i;
}

/* Whether a day is told in a text, behind a few words. */
static bool
has_date(struct morgue_str s)
{
    enum { BEFORE = 5, WORDS = 4 };
    struct morgue_date date;

    for (int i = 0; i < BEFORE && s.len > 0; i++) {
        size_t len = words_len(s, 1);

        for (int n = WORDS; n > 0; n--)
            if (date_parse(str_slice(s.s, words_len(s, n)), &date) &&
                date.precision >= MORGUE_DATE_DAY)
                return true;
        s = str_trim(str_slice(s.s + len, s.len - len));
    }
    return false;
}

/* Whether a run is a byline, or tells when the article was published. */
static bool
is_byline_or_date(const struct text *t, const struct text_run *r)
{
    struct morgue_str first, last;

    if (!run_ends(t, r, &first, &last))
        return false;
    if (names_byline(first).len > 0 || names_is_by(first))
        return true;
    return !ends_sentence(last) && has_date(first);
}

/* Leave out bylines and dates that stand among the first runs, and are not
 * most of it all. */
static void
leave_out_bylines(struct text *t)
{
    enum { RUNS = 6, MASS_MAX = 60 };
    size_t all = kept_mass(t);
    int seen = 0;

    for (size_t i = 0; i < t->run_n && seen < RUNS; i++) {
        struct text_run *r = &t->run[i];

        if (!r->keep)
            continue;
        seen++;
        if (r->mass <= MASS_MAX && r->mass * 2 < all &&
            is_byline_or_date(t, r))
            r->keep = false;
    }
}

/* ---- between the headline and the text ---------------------------------- */

/* Whether `b` holds all of `of`. */
static bool
holds(const struct box *b, const struct box *of)
{
    return b->first <= of->first && b->end >= of->end;
}

/* The strongest hint of the blocks around a run that are not around `best`. */
static enum hint
hint_of(const struct text_run *r, const struct box *best)
{
    enum hint hint = HINT_NONE;

    for (const struct box *b = r->box; b && !holds(b, best); b = b->parent)
        hint = b->hint > hint ? b->hint : hint;
    return hint;
}

static bool
is_lead(const struct text *t, const struct text_run *r)
{
    if (r->link * 3 > r->mass || is_byline_or_date(t, r))
        return false;
    return (r->mass >= LEAD_MIN && r->stops > 0) || r->mass >= 2 * LEAD_MIN;
}

/* Keep what stands between the headline and the first run that is kept: the
 * lead, which is often beside the block of the text, and subheads. */
static void
take_lead(struct text *t, const struct box *best)
{
    size_t first = 0, end = 0, other = 0;
    bool known, near = true; /* near: to a run that is kept */

    while (first < t->run_n && !t->run[first].keep)
        first++;
    known =
        t->head && t->head->end <= first && first - t->head->end <= HEAD_RUNS;
    if (known)
        end = t->head->end;
    for (size_t i = first;
         first < t->run_n && i-- > end && other < OTHER_MAX;) {
        struct text_run *r = &t->run[i];
        bool hinted = hint_of(r, best) >= HINT_WEAK;

        if (r->mass == 0)
            continue;
        if (!hinted && (is_lead(t, r) ||
                        (known && r->kind == KIND_HEADING &&
                         r->link * 2 <= r->mass && (near || i == end)))) {
            r->keep = near = true;
            continue;
        }
        if (!known && !hinted)
            break;
        near = near && hinted;
        other++;
    }
}

/* ---- the page ----------------------------------------------------------- */

/* Choose the article's block and runs; NULL when the arena is full. */
static const struct box *
extract(struct text *t, struct arena *arena, struct tree_node *html,
        struct morgue_str title, enum hint drop)
{
    const struct box *best, *marked;
    struct box *top;

    *t = (struct text){.arena = arena, .drop = drop, .title = title};
    top = open_box(t, html, NULL);
    if (top)
        collect(t, html, top, false, false);
    t->sums = arena_zero(arena, t->run_n + 1, sizeof *t->sums);
    if (t->nomem || !t->sums)
        return NULL;
    top->end = t->run_n;
    choose_head(t, top);
    score_all(t);
    sum_up(t);
    believe_hints(t, top);
    sum_up(t);
    count_against_cards(t, top);
    sum_up(t);
    best = best_below_head(t, top, best_box(t, top));
    marked = marked_box(t, top);
    if (marked && box_score(t, marked) * 2 > box_score(t, best))
        best = marked;
    choose_runs(t, best);
    take_lead(t, best);
    return best;
}

/* The block that holds all runs that are kept. */
static const struct box *
top_of(const struct text *t, const struct box *b)
{
    for (size_t i = 0; i < b->first; i++)
        while (t->run[i].keep && b->first > i)
            b = b->parent;
    return b;
}

bool
page_text(struct buf *out, struct text_found *found, struct arena *arena,
          struct tree_node *html, struct morgue_str title)
{
    static const enum hint drops[] = {HINT_HEAD, HINT_STRONG, HINT_HIDDEN,
                                      HINT_NEVER};
    const struct box *best = NULL;
    struct text t, best_t = {0};
    size_t mass = 0;

    *found = (struct text_found){0};
    for (size_t i = 0; i < 4 && mass < ENOUGH; i++) {
        const struct box *b = extract(&t, arena, html, title, drops[i]);

        if (!b)
            return false;
        if (i == 0) {
            found->cards = t.cards;
            found->whole = t.sums[t.run_n].mass;
        }
        /* The less is believed, the more it has to bring. */
        if (best && kept_mass(&t) < 2 * i * mass)
            continue;
        best = b;
        best_t = t;
        mass = kept_mass(&t);
    }
    leave_out_notices(&best_t);
    leave_out_bylines(&best_t);
    mass = kept_mass(&best_t);
    for (size_t i = 0; i < best_t.piece_n; i++) {
        const struct text_piece *p = &best_t.piece[i];

        if (p->run == NO_RUN || !best_t.run[p->run].keep)
            p->node->text = STR("");
    }
    found->mass = mass;
    html_text(out, top_of(&best_t, best)->node);
    return true;
}
