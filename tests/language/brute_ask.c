/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_ask.c - what both engines say to a text, against plain code
 */
#include <math.h>
#include <stdlib.h>

#include "brute.h"

enum { SHOWN = 8 }; /* articles of a difference */

static uint32_t
number_of(struct morgue_str id)
{
    return (uint32_t)strtoul(id.s + strlen("rtr-"), NULL, 10);
}

static bool
take_hits(struct brute_hits *out, const morgue_hits *hits)
{
    struct morgue_hit h = MORGUE_HIT_INIT;

    out->hit = calloc(morgue_hits_n(hits) + 1, sizeof *out->hit);
    for (; out->hit && morgue_hits_get(hits, out->n, &h); out->n++)
        out->hit[out->n] = (struct brute_hit){number_of(h.id), h.score};
    return out->hit != NULL;
}

bool
brute_ask(struct brute_hits *out, const struct brute_archives *a, int side,
          struct morgue_str text, bool any, const char *tz, struct buf *why)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_error err;
    morgue_hits *hits = NULL;
    bool good;

    *out = (struct brute_hits){NULL, 0};
    o.match = any ? MORGUE_MATCH_ANY : MORGUE_MATCH_ALL;
    o.limit = a->articles;
    o.snippets = false;
    o.exact_total = true;
    o.tz = tz;
    if (morgue_search(&hits, a->m[side], text.s, &o, &err)) {
        buf_printf(why, "  %s: %s\n", brute_engine[side], err.message);
        return false;
    }
    good = take_hits(out, hits);
    if (good && out->n != morgue_hits_total(hits, NULL)) {
        buf_printf(why, "  %s: %zu hits, and a total of %llu\n",
                   brute_engine[side], out->n,
                   (unsigned long long)morgue_hits_total(hits, NULL));
        good = false;
    }
    morgue_hits_free(hits);
    return good;
}

void
brute_hits_free(struct brute_hits *h)
{
    free(h->hit);
    *h = (struct brute_hits){NULL, 0};
}

/* ---- comparing ---- */

static bool
close_to(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b)) + 1e-300;
}

/* Whether an engine has the articles of `want`, each once. */
static bool
same_set(const struct brute_hits *h, const bool *want, size_t n,
         const char *engine, struct buf *why)
{
    unsigned char *seen = calloc(n + 1, 1);
    size_t missing = 0, more = 0;

    for (size_t i = 0; seen && i < h->n; i++)
        if (h->hit[i].article < n)
            seen[h->hit[i].article]++;
    for (size_t i = 0; seen && i < n; i++) {
        if (seen[i] == (want[i] ? 1 : 0))
            continue;
        if (want[i] ? missing++ < SHOWN : more++ < SHOWN)
            buf_printf(why, "  %s: rtr-%05zu is %s\n", engine, i,
                       want[i] ? seen[i] ? "there twice" : "missing"
                               : "too many");
    }
    if (missing + more > 0)
        buf_printf(why, "  %s: %zu missing, %zu too many, %zu hits\n", engine,
                   missing, more, h->n);
    free(seen);
    return missing + more == 0;
}

/* Both engines in one order with the same scores; equal ones may stand either
 * way where they differ by less than can be told. */
static bool
same_ranks(const struct brute_hits *a, const struct brute_hits *b, size_t n,
           struct buf *why)
{
    double *score = calloc(n + 1, sizeof *score);
    bool good = score != NULL;

    for (size_t i = 0; good && i < a->n; i++)
        score[a->hit[i].article] = a->hit[i].score;
    for (size_t i = 0; good && i < b->n && i < a->n; i++) {
        const struct brute_hit *x = &a->hit[i], *y = &b->hit[i];

        good = close_to(x->score, y->score) &&
               close_to(score[y->article], y->score);
        if (!good)
            buf_printf(why,
                       "  rank %zu: rtr-%05u %.15g and rtr-%05u %.15g, which "
                       "the other has with %.15g\n",
                       i + 1, x->article, x->score, y->article, y->score,
                       score[y->article]);
    }
    free(score);
    return good;
}

bool
brute_judge(const struct brute_archives *a, const struct brute_corpus *c,
            const struct brute_query *q, struct buf *why, size_t *hits)
{
    struct brute_hits h[BRUTE_SIDES] = {{NULL, 0}};
    bool *want = calloc(c->n + 1, sizeof *want);
    struct buf text;
    bool good = want != NULL;

    buf_init(&text, 1 << 20);
    brute_print(&text, q);
    *hits = want ? brute_answer(want, c, q) : 0;
    good = want && *hits != SIZE_MAX;
    for (int i = 0; i < BRUTE_SIDES && good; i++)
        good = brute_ask(&h[i], a, i, str_slice(text.data, text.len), q->any,
                         q->tz, why) &&
               same_set(&h[i], want, c->n, brute_engine[i], why);
    if (good)
        good = same_ranks(&h[0], &h[1], c->n, why);
    for (int i = 0; i < BRUTE_SIDES; i++)
        brute_hits_free(&h[i]);
    buf_free(&text);
    free(want);
    return good;
}
