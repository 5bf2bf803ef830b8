/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_law.c - what holds for all queries, whoever answers
 *
 *   - the hits of a phrase are some of those of its words, and of the phrase
 *     with one more word allowed between
 *   - a NEAR/n b finds what b NEAR/n a does, and NEAR/n+1 all of that
 *   - NOT is the complement
 *   - a filter takes away hits and changes no score
 *   - pages of any size, one after the other, are the list: nothing twice and
 *     nothing left out, in each order; a cursor's too
 */
#include <math.h>
#include <stdlib.h>

#include "brute.h"

struct lawful {
    const struct brute_archives *a;
    struct brute_corpus *c;
    struct brute_drawing d;
    struct buf *why;
    int side;
};

static bool
broken(struct lawful *l, const char *law, const char *one, const char *other)
{
    buf_printf(l->why, "  %s: %s\n    %s\n    %s\n", brute_engine[l->side],
               law, one, other);
    return false;
}

/* ---- sets ---- */

/* A score for each article, or a negative number; NULL. */
static double *
scores_of(struct lawful *l, struct morgue_str text, size_t *n)
{
    struct brute_hits h;
    double *score = malloc((l->c->n + 1) * sizeof *score);

    *n = 0;
    for (size_t i = 0; score && i < l->c->n; i++)
        score[i] = -1;
    if (!brute_ask(&h, l->a, l->side, text, false, NULL, l->why)) {
        buf_printf(l->why, "    %s\n", text.s);
        free(score);
        return NULL;
    }
    for (size_t i = 0; score && i < h.n; i++)
        if (h.hit[i].article < l->c->n)
            score[h.hit[i].article] = h.hit[i].score;
    *n = h.n;
    brute_hits_free(&h);
    return score;
}

enum law { IS_PART, IS_SAME, IS_COMPLEMENT, IS_PART_SCORED };

static bool
fits(enum law law, double one, double other)
{
    bool a = one >= 0, b = other >= 0;

    switch (law) {
    case IS_PART:
        return !a || b;
    case IS_SAME:
        return a == b;
    case IS_COMPLEMENT:
        return a != b;
    default:
        return !a || (b && fabs(one - other) <= 1e-9 * fabs(other));
    }
}

/* Whether the articles of one text stand so to those of the other. */
static bool
hold(struct lawful *l, enum law law, const char *name, const struct buf *one,
     const struct buf *other)
{
    size_t n[2];
    double *a = scores_of(l, str_slice(one->data, one->len), &n[0]);
    double *b =
        a ? scores_of(l, str_slice(other->data, other->len), &n[1]) : NULL;
    bool good = a && b;

    for (size_t i = 0; good && i < l->c->n; i++)
        if (!fits(law, a[i], b[i])) {
            buf_printf(l->why, "  rtr-%05zu: %.15g, %.15g\n", i, a[i], b[i]);
            good = broken(l, name, one->data, other->data);
        }
    free(a);
    free(b);
    return good;
}

/* ---- laws of sets ---- */

struct texts {
    struct buf one, other;
};

static void
texts_init(struct texts *t)
{
    buf_init(&t->one, 1 << 16);
    buf_init(&t->other, 1 << 16);
}

static void
texts_free(struct texts *t)
{
    buf_free(&t->one);
    buf_free(&t->other);
}

static bool
law_phrase(struct lawful *l)
{
    struct brute_node *n = brute_draw_phrase(&l->d, BRUTE_BODY, 3);
    struct texts t;
    bool good = true;

    if (!n || n->op != BRUTE_PHRASE)
        return !l->d.failed;
    texts_init(&t);
    brute_print_node(&t.one, n, false);
    for (size_t i = 0; i < n->word_n; i++)
        buf_printf(&t.other, "%s\"%s\"", i > 0 ? " AND " : "", n->word[i].s);
    good = hold(l, IS_PART, "a phrase has its words", &t.one, &t.other);
    buf_reset(&t.other);
    n->n++;
    brute_print_node(&t.other, n, false);
    good = good && hold(l, IS_PART, "~n+1 has ~n", &t.one, &t.other);
    texts_free(&t);
    return good;
}

static bool
law_near(struct lawful *l)
{
    struct brute_node *n = brute_new(&l->d, BRUTE_NEAR), *first;
    struct texts t;
    bool good = true;

    if (!n)
        return false;
    n->n = 1 + (unsigned)brute_below(l->d.r, 40);
    n->child[0] = brute_draw_side(&l->d, 1);
    n->child[1] = brute_draw_side(&l->d, 1);
    n->child_n = 2;
    if (!n->child[0] || !n->child[1])
        return !l->d.failed;
    texts_init(&t);
    brute_print_node(&t.one, n, false);
    n->n++;
    brute_print_node(&t.other, n, false);
    good = hold(l, IS_PART, "NEAR/n+1 has NEAR/n", &t.one, &t.other);
    n->n--;
    first = n->child[0];
    n->child[0] = n->child[1];
    n->child[1] = first;
    buf_reset(&t.other);
    brute_print_node(&t.other, n, false);
    good = good && hold(l, IS_SAME, "NEAR has no order", &t.one, &t.other);
    texts_free(&t);
    return good;
}

static bool
law_not(struct lawful *l)
{
    struct brute_node *n = brute_draw_tree(&l->d, 2);
    struct texts t;
    bool good;

    if (!n)
        return !l->d.failed;
    texts_init(&t);
    brute_print_node(&t.one, n, false);
    buf_printf(&t.other, "* NOT (%s)", t.one.data);
    good = hold(l, IS_COMPLEMENT, "NOT is the complement", &t.one, &t.other);
    buf_reset(&t.other);
    buf_printf(&t.other, "-(%s)", t.one.data);
    good = good && hold(l, IS_COMPLEMENT, "NOT alone is the complement",
                        &t.one, &t.other);
    texts_free(&t);
    return good;
}

static bool
law_filter(struct lawful *l)
{
    struct brute_node *n = brute_draw_tree(&l->d, 2);
    struct brute_node *filter = brute_draw_filter(&l->d);
    struct texts t;
    bool good;

    if (!n || !filter)
        return !l->d.failed;
    texts_init(&t);
    brute_print_node(&t.other, n, false);
    buf_printf(&t.one, "(%s) ", t.other.data);
    if (brute_chance(l->d.r, 30))
        buf_char(&t.one, '-');
    brute_print_node(&t.one, filter, false);
    good =
        hold(l, IS_PART_SCORED, "a filter changes no score", &t.one, &t.other);
    texts_free(&t);
    return good;
}

/* ---- pages ---- */

struct paging {
    struct lawful *l;
    const char *text;
    struct morgue_search_options o;
    struct brute_hits all;
};

static bool
page_fits(const struct paging *p, const morgue_hits *hits)
{
    struct morgue_hit h = MORGUE_HIT_INIT;
    size_t want = p->all.n - p->o.offset;
    size_t i = 0;

    want = want < p->o.limit ? want : p->o.limit;
    for (; morgue_hits_get(hits, i, &h); i++) {
        uint32_t is = (uint32_t)strtoul(h.id.s + strlen("rtr-"), NULL, 10);

        if (i >= want || is != p->all.hit[p->o.offset + i].article ||
            h.rank != p->o.offset + i + 1) {
            buf_printf(p->l->why,
                       "  order %d, offset %zu, limit %zu: rank %zu is %s\n",
                       (int)p->o.sort, p->o.offset, p->o.limit, h.rank,
                       h.id.s);
            return broken(p->l, "pages are the list", p->text, "");
        }
    }
    return i == want || broken(p->l, "pages are as long", p->text, "");
}

static bool
search(struct paging *p, morgue_hits **hits)
{
    struct morgue_error err;

    return !morgue_search(hits, p->l->a->m[p->l->side], p->text, &p->o,
                          &err) ||
           broken(p->l, err.message, p->text, "");
}

static bool
list_all(struct paging *p)
{
    struct morgue_hit h = MORGUE_HIT_INIT;
    morgue_hits *hits = NULL;
    bool good;

    p->o.offset = 0;
    p->o.limit = p->l->a->articles;
    good = search(p, &hits);
    p->all = (struct brute_hits){
        calloc(p->l->a->articles + 1, sizeof *p->all.hit), 0};
    for (; good && p->all.hit && morgue_hits_get(hits, p->all.n, &h);
         p->all.n++)
        p->all.hit[p->all.n].article =
            (uint32_t)strtoul(h.id.s + strlen("rtr-"), NULL, 10);
    morgue_hits_free(hits);
    return good && p->all.hit;
}

static bool
none_twice(const struct paging *p)
{
    unsigned char *seen = calloc(p->l->c->n + 1, 1);
    bool good = seen != NULL;

    for (size_t i = 0; i < p->all.n && good; i++)
        good = p->all.hit[i].article < p->l->c->n &&
               seen[p->all.hit[i].article]++ == 0;
    free(seen);
    return good || broken(p->l, "nothing is there twice", p->text, "");
}

static bool
pages_are(struct paging *p)
{
    size_t size = 1 + p->all.n / (1 + brute_below(p->l->d.r, 8));
    bool good = true;

    p->o.offset = 0;
    while (good && p->o.offset < p->all.n) {
        morgue_hits *hits = NULL;

        p->o.limit = 1 + brute_below(p->l->d.r, size);
        good = search(p, &hits) && page_fits(p, hits);
        morgue_hits_free(hits);
        p->o.offset += p->o.limit;
    }
    return good;
}

static bool
cursor_is(struct paging *p)
{
    struct morgue_hit h = MORGUE_HIT_INIT;
    struct morgue_error err;
    morgue_cursor *cursor = NULL;
    size_t i = 0;
    bool more = true;

    if (morgue_cursor_open(&cursor, p->l->a->m[p->l->side], p->text, &p->o,
                           &err))
        return broken(p->l, err.message, p->text, "");
    while (!morgue_cursor_next(cursor, &h, NULL, &more, &err) && more &&
           i < p->all.n &&
           (uint32_t)strtoul(h.id.s + strlen("rtr-"), NULL, 10) ==
               p->all.hit[i].article)
        i++;
    morgue_cursor_close(cursor);
    return (!more && i == p->all.n) ||
           broken(p->l, "a cursor goes over the list", p->text, "");
}

static bool
law_pages(struct lawful *l)
{
    struct brute_node *n = brute_draw_tree(&l->d, 2);
    struct buf text;
    struct paging p = {.l = l, .o = MORGUE_SEARCH_INIT};
    bool good = true;

    if (!n)
        return !l->d.failed;
    buf_init(&text, 1 << 16);
    brute_print_node(&text, n, false);
    p.text = text.data;
    p.o.snippets = false;
    p.o.sort = (enum morgue_sort)brute_below(l->d.r, MORGUE_SORT_ID + 1);
    good = list_all(&p) && none_twice(&p) && pages_are(&p) && cursor_is(&p);
    brute_hits_free(&p.all);
    buf_free(&text);
    return good;
}

bool
brute_laws(const struct brute_archives *a, struct brute_corpus *c,
           struct arena *arena, struct brute_rng *r, struct buf *why)
{
    static bool (*const law[])(struct lawful *) = {
        law_phrase, law_near, law_not, law_filter, law_pages};
    struct lawful l = {.a = a, .c = c, .why = why};
    uint64_t state = r->state;
    bool good = true;

    for (l.side = 0; l.side < BRUTE_SIDES && good; l.side++) {
        r->state = state; /* the same queries to both */
        for (size_t i = 0; i < sizeof law / sizeof *law && good; i++) {
            brute_begin(&l.d, c, arena, r);
            good = law[i](&l);
        }
    }
    return good;
}
