/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_place.c - where in an article something stands
 *
 * Every word of the article is looked at for every word of the query, and
 * every pair of places for every proximity.
 */
#include <stdlib.h>

#include "brute.h"

static bool
add_span(struct brute_spans *to, const struct brute_span *s)
{
    if (to->n == to->cap) {
        size_t cap = to->cap ? 2 * to->cap : 16;
        struct brute_span *more = realloc(to->s, cap * sizeof *more);

        if (!more)
            return false;
        to->s = more;
        to->cap = cap;
    }
    to->s[to->n++] = *s;
    return true;
}

static int
order(const void *a, const void *b)
{
    const struct brute_span *x = a, *y = b;

    if (x->area != y->area)
        return x->area < y->area ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* Each place once. */
static void
settle(struct brute_spans *s)
{
    size_t n = 0;

    if (s->n < 2)
        return;
    qsort(s->s, s->n, sizeof *s->s, order);
    for (size_t i = 0; i < s->n; i++)
        if (n == 0 || order(&s->s[n - 1], &s->s[i]) != 0)
            s->s[n++] = s->s[i];
    s->n = n;
}

/* ---- words ---- */

/* Whether the word at `t` in such an area is meant. */
static bool
is_meant(const struct brute_corpus *c, brute_table table, int lang,
         enum brute_kind kind, size_t t)
{
    unsigned bit = kind <= BRUTE_BODY ? 1u << lang : BRUTE_AS_WRITTEN;

    return (table[c->token[t].form] & bit) != 0;
}

/* How many of the tokens of an area are looked at. */
static size_t
reaches(const struct brute_corpus *c, const struct brute_area *area,
        struct brute_scope scope)
{
    size_t n = area->n;

    if (!(scope.kinds & (1u << area->kind)))
        return 0;
    while (area->kind == BRUTE_BODY && n > 0 &&
           c->token[area->first + n - 1].pos >= scope.body)
        n--;
    return n;
}

static struct brute_span
span_between(const struct brute_corpus *c, size_t area, size_t first,
             size_t last)
{
    const struct brute_token *a = &c->token[first], *b = &c->token[last];

    return (struct brute_span){area,
                               a->pos,
                               b->pos,
                               {a->sentence, b->sentence},
                               {a->paragraph, b->paragraph}};
}

struct looking {
    const struct brute_corpus *c;
    const struct brute_node *n;
    int lang;
    size_t area;
    enum brute_kind kind;
    size_t end; /* tokens that are looked at are before it */
    struct brute_spans *out;
};

/* The words of a phrase from the `i`th on, the one before it at token `t`;
 * `left` words may stand between. */
static bool
follow(const struct looking *l, size_t i, size_t first, size_t t,
       uint32_t left)
{
    const struct brute_token *token = l->c->token;
    uint32_t next = token[t].pos + 1;

    if (i >= l->n->word_n) {
        struct brute_span s = span_between(l->c, l->area, first, t);

        return add_span(l->out, &s);
    }
    for (size_t k = t + 1; k < l->end && token[k].pos <= next + left; k++)
        if (token[k].pos >= next &&
            is_meant(l->c, l->n->table[i], l->lang, l->kind, k) &&
            !follow(l, i + 1, first, k, left - (token[k].pos - next)))
            return false;
    return true;
}

static bool
leaf_places(struct brute_spans *out, const struct brute_corpus *c,
            const struct brute_node *n, size_t article,
            struct brute_scope scope)
{
    const struct brute_article *a = &c->article[article];
    struct looking l = {.c = c, .n = n, .lang = a->lang, .out = out};

    for (l.area = a->area; l.area < a->area + a->area_n; l.area++) {
        const struct brute_area *area = &c->area[l.area];

        l.kind = area->kind;
        l.end = area->first + reaches(c, area, scope);
        for (size_t t = area->first; t < l.end; t++)
            if (is_meant(c, n->table[0], l.lang, l.kind, t) &&
                !follow(&l, 1, t, t, n->op == BRUTE_PHRASE ? n->n : 0))
                return false;
    }
    return true;
}

bool
brute_stands(const struct brute_corpus *c, const struct brute_node *n,
             size_t article, struct brute_scope scope)
{
    const struct brute_article *a = &c->article[article];

    for (size_t i = a->area; i < a->area + a->area_n; i++) {
        const struct brute_area *area = &c->area[i];
        size_t k = reaches(c, area, scope);

        for (size_t t = area->first; t < area->first + k; t++)
            if (is_meant(c, n->table[0], a->lang, area->kind, t))
                return true;
    }
    return false;
}

/* ---- pairs of places ---- */

/* Whether from `a` to `b` behind it is no further than said. */
static bool
in_reach(const struct brute_node *n, const struct brute_span *a,
         const struct brute_span *b)
{
    if (n->unit == BRUTE_SENTENCE)
        return a->sentence[0] == b->sentence[1];
    if (n->unit == BRUTE_PARAGRAPH)
        return a->paragraph[0] == b->paragraph[1];
    return b->from - a->to <= n->n;
}

static bool
are_near(const struct brute_node *n, const struct brute_span *a,
         const struct brute_span *b)
{
    if (a->area != b->area)
        return false;
    if (a->to < b->from)
        return in_reach(n, a, b);
    return b->to < a->from && !n->ordered && in_reach(n, b, a);
}

static struct brute_span
both(const struct brute_span *a, const struct brute_span *b)
{
    struct brute_span s = *a;

    if (b->from < s.from) {
        s.from = b->from;
        s.sentence[0] = b->sentence[0];
        s.paragraph[0] = b->paragraph[0];
    }
    if (b->to > s.to) {
        s.to = b->to;
        s.sentence[1] = b->sentence[1];
        s.paragraph[1] = b->paragraph[1];
    }
    return s;
}

static bool
near_places(struct brute_spans *out, const struct brute_node *n,
            const struct brute_spans *a, const struct brute_spans *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (are_near(n, &a->s[i], &b->s[k])) {
                struct brute_span s = both(&a->s[i], &b->s[k]);

                if (!add_span(out, &s))
                    return false;
            }
    return true;
}

/* Another place that `b` is near, or shares a word with. */
static bool
disturbs(const struct brute_node *n, const struct brute_span *a,
         const struct brute_span *b)
{
    bool same = order(a, b) == 0;
    bool overlap = a->area == b->area && a->from <= b->to && b->from <= a->to;

    return !same && (overlap || are_near(n, a, b));
}

static bool
apart_places(struct brute_spans *out, const struct brute_node *n,
             const struct brute_spans *a, const struct brute_spans *b)
{
    for (size_t i = 0; i < a->n; i++) {
        bool disturbed = false;

        for (size_t k = 0; k < b->n && !disturbed; k++)
            disturbed = disturbs(n, &a->s[i], &b->s[k]);
        if (!disturbed && !add_span(out, &a->s[i]))
            return false;
    }
    return true;
}

static bool
pair_places(struct brute_spans *out, const struct brute_corpus *c,
            const struct brute_node *n, size_t article,
            struct brute_scope scope)
{
    struct brute_spans a = {NULL, 0, 0}, b = {NULL, 0, 0};
    bool good = brute_places(&a, c, n->child[0], article, scope);

    if (good && a.n > 0)
        good = brute_places(&b, c, n->child[1], article, scope) &&
               (n->op == BRUTE_NEAR ? near_places(out, n, &a, &b)
                                    : apart_places(out, n, &a, &b));
    free(a.s);
    free(b.s);
    return good;
}

/* ---- trees ---- */

/* Of the text no more than what was looked at: lead(title:x) is nowhere. */
struct brute_scope
brute_scope_of(enum brute_kind field, struct brute_scope scope)
{
    unsigned kinds = 1u << field;

    if (field == BRUTE_BODY)
        kinds |= 1u << BRUTE_DATELINE;
    scope.kinds = field <= BRUTE_BODY ? kinds & scope.kinds : kinds;
    return scope;
}

bool
brute_places(struct brute_spans *out, const struct brute_corpus *c,
             const struct brute_node *n, size_t article,
             struct brute_scope scope)
{
    bool good = true;

    switch (n->op) {
    case BRUTE_WORD:
    case BRUTE_EXACT:
    case BRUTE_WILD:
    case BRUTE_FUZZY:
    case BRUTE_PHRASE:
        good = leaf_places(out, c, n, article, scope);
        break;
    case BRUTE_NEAR:
    case BRUTE_APART:
        good = pair_places(out, c, n, article, scope);
        break;
    case BRUTE_FIELD:
        scope = brute_scope_of(n->field, scope);
        good = brute_places(out, c, n->child[0], article, scope);
        break;
    default: /* a group by OR, a weight */
        for (size_t i = 0; i < n->child_n && good; i++)
            good = brute_places(out, c, n->child[i], article, scope);
    }
    settle(out);
    return good;
}
