/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.c - the lists of a WORDS added up, a span of numbers at a time
 *
 * Spans may be asked for in any order; going up, each block of a list is
 * loaded once for each span that it reaches into.
 */
#include "words.h"

#include <string.h>

#include "../file/pack.h"

enum {
    SEEK_MAX = 32
}; /* articles of a span that are looked up in the lists */

/* ---- spans -------------------------------------------------------------- */

/* The first number of the span that has `doc`. */
static uint32_t
span_at(const struct words *w, uint32_t doc)
{
    return doc & ~(w->span - 1);
}

/* Forget the sums of the span that is read. */
static void
clear(struct words *w)
{
    for (uint32_t i = 0; i < w->span / 64; i++) {
        for (uint64_t left = w->bits[i]; left; left &= left - 1)
            w->sum[i * 64 + (uint32_t)__builtin_ctzll(left)] = 0;
        w->bits[i] = 0;
    }
}

void
words_start(const struct node *node)
{
    struct words *w = node->words;

    clear(w);
    w->span = words_are_few(node) ? SPAN_OF_FEW : SPAN;
    w->lo = w->asked_lo = DOC_END;
    w->asked = w->read_to = 0;
    memset(w->next, 0, node->here.n * sizeof *w->next);
}

/* Add the articles from <= i < to of the block that is loaded. */
static void
add_block(struct words *w, struct postings *p, uint32_t from, uint32_t to,
          bool scored)
{
    const bool counts = scored && !(p->flags & TERM_ZERO_WDF);

    if (counts)
        postings_wdf(p, 0);
    for (uint32_t i = from; i < to; i++) {
        uint32_t at = p->doc[i] - w->lo;

        w->bits[at >> 6] |= (uint64_t)1 << (at & 63);
        w->sum[at] += counts ? p->wdf[i] : 0;
    }
}

/* Add the articles of a list that are in the span.  The first that is behind
 * it, or a number before that. */
static uint32_t
add_list(struct words *w, struct postings *p, bool scored)
{
    const uint32_t hi = w->lo + w->span;
    uint32_t lo = w->lo;

    while (postings_seek(p, lo)) {
        uint32_t from = lo <= p->doc[0] ? 0 : postings_rank(p, lo);
        uint32_t last = p->doc[p->n - 1];
        uint32_t to = last < hi ? p->n : postings_rank(p, hi);

        add_block(w, p, from, to, scored);
        if (to < p->n)
            return p->doc[to];
        lo = last + 1;
        if (lo >= hi)
            return lo;
    }
    return DOC_END;
}

/* Have the span that the article is in. */
static struct words *
span_of(const struct node *node, uint32_t doc)
{
    struct words *w = node->words;
    const uint32_t lo = span_at(w, doc);

    if (w->lo == lo)
        return w;
    clear(w);
    w->lo = lo;
    if (lo < w->read_to)
        memset(w->next, 0, node->here.n * sizeof *w->next);
    for (uint32_t i = 0; i < node->here.n; i++)
        if (w->next[i] < lo + w->span)
            w->next[i] = add_list(w, node->here.v[i]->postings, node->scored);
    w->read_to = lo + w->span;
    return w;
}

uint32_t
words_next(const struct node *node, uint32_t doc)
{
    while (doc < node->hi) {
        const struct words *w = span_of(node, doc);
        uint32_t i = (doc - w->lo) / 64;
        uint64_t left = w->bits[i] & UINT64_MAX << doc % 64;

        while (!left && ++i < w->span / 64)
            left = w->bits[i];
        if (left)
            return w->lo + i * 64 + (uint32_t)__builtin_ctzll(left);
        doc = w->lo + w->span;
    }
    return DOC_END;
}

/* The 64 bits of the span from the number on, which is in it. */
static uint64_t
bits_from(const struct words *w, uint32_t doc)
{
    uint32_t i = (doc - w->lo) / 64, shift = doc % 64;
    uint64_t low = w->bits[i] >> shift;

    return shift == 0 || i + 1 == w->span / 64
               ? low
               : low | w->bits[i + 1] << (64 - shift);
}

void
words_or(const struct node *node, uint32_t lo, uint32_t hi, uint64_t *bits)
{
    for (uint32_t doc = lo; doc < hi;) {
        const struct words *w = span_of(node, doc);
        uint32_t n = 64 - (doc - lo) % 64, at = doc - lo;
        uint64_t some = bits_from(w, doc);

        if (n > w->lo + w->span - doc)
            n = w->lo + w->span - doc;
        if (n > hi - doc)
            n = hi - doc;
        some &= UINT64_MAX >> (64 - n);
        bits[at >> 6] |= some << (at & 63);
        doc += n;
    }
}

/* ---- articles ----------------------------------------------------------- */

/* Add a word's wdf to those of n articles that have it. */
static void
add_wdf(struct postings *p, const uint32_t *doc, uint32_t n, uint8_t *hit,
        uint32_t *wdf)
{
    uint8_t rank[SEEK_MAX];
    uint32_t i = 0;

    while (i < n && postings_seek(p, doc[i])) {
        uint32_t to = i + postings_reach(p, rank, doc + i, n - i);

        for (uint32_t k = 0; i < to; i++, k++) {
            if (p->doc[rank[k]] != doc[i])
                continue;
            hit[i] = 1;
            if (wdf && !(p->flags & TERM_ZERO_WDF))
                wdf[i] += postings_wdf(p, rank[k]);
        }
    }
}

/* Look n articles of one span up in each list. */
static void
seek(const struct node *node, const uint32_t *doc, uint32_t n, uint8_t *hit,
     uint32_t *wdf)
{
    memset(hit, 0, n);
    if (wdf)
        memset(wdf, 0, n * sizeof *wdf);
    for (uint32_t i = 0; i < node->here.n; i++)
        add_wdf(node->here.v[i]->postings, doc, n, hit, wdf);
}

/* Whether so many more articles of a span are better looked up in the lists:
 * it is not read, and there are few of them. */
static bool
are_few(struct words *w, uint32_t lo, uint32_t n)
{
    if (w->lo == lo)
        return false;
    if (w->asked_lo != lo) {
        w->asked_lo = lo;
        w->asked = 0;
    }
    w->asked = n <= SEEK_MAX ? w->asked + n : n;
    return w->asked <= SEEK_MAX;
}

void
words_find(const struct node *node, const uint32_t *doc, uint32_t n,
           uint8_t *hit, uint32_t *wdf)
{
    for (uint32_t i = 0, to; i < n; i = to) {
        const struct words *w = node->words;
        const uint32_t lo = span_at(w, doc[i]);

        for (to = i; to < n && doc[to] < lo + w->span; to++)
            continue;
        if (are_few(node->words, lo, to - i)) {
            seek(node, doc + i, to - i, hit + i, wdf ? wdf + i : NULL);
            continue;
        }
        w = span_of(node, doc[i]);
        for (uint32_t k = i; k < to; k++) {
            uint32_t at = doc[k] - lo;

            hit[k] = w->bits[at >> 6] >> (at & 63) & 1;
            if (wdf)
                wdf[k] = w->sum[at];
        }
    }
}

/* Those of from <= number < to, which are in the span. */
static uint32_t
list_bits(const struct words *w, uint32_t from, uint32_t to, uint32_t *doc,
          uint32_t *wdf)
{
    uint32_t n = 0;

    for (; from < to; from += 64) {
        uint64_t left = bits_from(w, from);

        if (to - from < 64)
            left &= UINT64_MAX >> (64 - (to - from));
        for (; left; left &= left - 1) {
            doc[n] = from + (uint32_t)__builtin_ctzll(left);
            wdf[n] = w->sum[doc[n] - w->lo];
            n++;
        }
    }
    return n;
}

/* Those of them with at least such a wdf. */
static uint32_t
list_sums(const struct words *w, uint32_t from, uint32_t to, uint32_t least,
          uint32_t *doc, uint32_t *wdf)
{
    uint32_t at[BLOCK], n = 0;

    for (; from < to; from += BLOCK) {
        const uint32_t *sum = w->sum + (from - w->lo);
        uint32_t found = pack_select(at, sum, least);

        while (found > 0 && at[found - 1] >= to - from)
            found--;
        for (uint32_t k = 0; k < found; k++) {
            doc[n] = from + at[k];
            wdf[n++] = sum[at[k]];
        }
    }
    return n;
}

uint32_t
words_list(const struct node *node, uint32_t lo, uint32_t hi, uint32_t least,
           uint32_t *doc, uint32_t *wdf, bool *all)
{
    uint32_t n = 0;

    for (uint32_t from = lo, to; from < hi; from = to) {
        const struct words *w = span_of(node, from);

        to = w->lo + w->span < hi ? w->lo + w->span : hi;
        n += least > 1 ? list_sums(w, from, to, least, doc + n, wdf + n)
                       : list_bits(w, from, to, doc + n, wdf + n);
    }
    *all &= least <= 1;
    return n;
}
