/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_trim.c - which runs in and above the article's block are its text
 *
 * Step 5 of page_text.c: blocks that count against it or are mostly links go,
 * but for paragraphs between others that are sentences; what stands above the
 * headline, before the first and behind the last text goes, but for a list at
 * the end; what stands between the headline and the first text and reads as a
 * lead, or is a heading next to it, is taken; then notices (page_notice.h),
 * and bylines and dates among the first runs go.  Cost: linear in the runs.
 */
#include "page_trim.h"

#include "../../common/article/date.h"
#include "page_letters.h"
#include "page_names.h"
#include "page_notice.h"

enum {
    LEAD_MIN = 40,    /* letters of a sentence between headline and text */
    HEAD_RUNS = 100,  /* runs between them, at most */
    BYLINE_MAX = 300, /* letters of a byline, perhaps with a few words on who
                         it is */
    OTHER_MAX = 20    /* of those that are not taken */
};

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
        !run_ends(t, r, &first, &last) || !letters_end_sentence(last))
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

/* Whether a heading stands behind another of its name, so that it is one in
 * the text. */
static bool
is_later(const struct box *h)
{
    for (const struct box *b = h->parent->child; b != h; b = b->next)
        if (str_eq(b->node->name, h->node->name) && b->first < b->end)
            return true;
    return false;
}

/* Leave out what stands above the headline in the article's block. */
static void
leave_out_above(struct text *t, const struct box *b)
{
    const struct box *h = t->head;

    if (h && !is_later(h) && h->first > b->first && h->end < b->end &&
        run_good(t, h->end, b->end) > 3 * ENOUGH)
        leave_out(t, b->first, h->first);
}

static bool
is_plain_item(const struct text_run *r)
{
    return r->kind == KIND_ITEM && r->keep && r->link * 5 <= r->mass;
}

void
trim_block(struct text *t, const struct box *b)
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

size_t
trim_mass(const struct text *t)
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
void
trim_notices(struct text *t)
{
    size_t all = trim_mass(t), seen = 0;
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
    size_t digit = 0;

    while (digit < s.len && !is_digit(s.s[digit]))
        digit++;
    if (digit == s.len)
        return false;
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

    if (r->mass > BYLINE_MAX || !run_ends(t, r, &first, &last))
        return false;
    if (names_byline(first).len > 0 || names_is_by(first))
        return true;
    return !letters_end_sentence(last) && has_date(first);
}

/* Leave out bylines and dates that stand among the first runs, and are not
 * most of it all. */
void
trim_bylines(struct text *t)
{
    enum { RUNS = 6, MASS_MAX = 60 };
    size_t all = trim_mass(t);
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

/* The strongest hint of the blocks around a run that are not around `best`. */
static enum hint
hint_of(const struct text_run *r, const struct box *best)
{
    enum hint hint = HINT_NONE;

    for (const struct box *b = r->box; b && !box_holds(b, best); b = b->parent)
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
void
trim_lead(struct text *t, const struct box *best)
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
