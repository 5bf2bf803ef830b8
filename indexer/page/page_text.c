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
 *      the tree instead of the line of tokens); one near the headline instead
 *      where it has a quarter of that; a block that is marked up as
 * articleBody where it has half of that.
 *   5. Inside of it blocks that count against it or are mostly links go, and
 *      what stands above the headline, before the first and behind the last
 * run that counts for it; the lead between headline and text is taken in;
 *      notices, bylines and dates that stand alone go.
 *   6. Where little is left, hints are believed less: first those of words
 *      for what surrounds articles, then all but what is hidden, then none.
 *
 * Runs are page_run.c, steps 1 to 4 page_choose.c, step 5 page_trim.c.
 * Letters and not words are counted, so that it is the same in all scripts;
 * one of Chinese, Japanese and Korean counts three.  Time and memory are
 * linear.  Nothing depends on a site, and on a language only the notices and
 * the words for comments.
 */
#include "page_text.h"

#include "../markup/html.h"
#include "page_choose.h"
#include "page_trim.h"

/* Choose the article's block and runs; NULL when the arena is full. */
static const struct box *
extract(struct text *t, struct arena *arena, struct tree_node *html,
        struct morgue_str title, enum hint drop)
{
    const struct box *best;
    struct box *top;

    *t = (struct text){.arena = arena, .drop = drop, .title = title};
    top = run_collect(t, html);
    if (t->nomem)
        return NULL;
    best = choose_box(t, top);
    trim_block(t, best);
    trim_lead(t, best);
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
        if (best && trim_mass(&t) < 2 * i * mass)
            continue;
        best = b;
        best_t = t;
        mass = trim_mass(&t);
    }
    trim_notices(&best_t);
    trim_bylines(&best_t);
    mass = trim_mass(&best_t);
    for (size_t i = 0; i < best_t.piece_n; i++) {
        const struct text_piece *p = &best_t.piece[i];

        if (p->run == NO_RUN || !best_t.run[p->run].keep)
            p->node->text = STR("");
    }
    found->mass = mass;
    html_text(out, top_of(&best_t, best)->node);
    return true;
}
