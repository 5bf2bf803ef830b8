/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plain.c - a tree, one article after another: who matches, and the score
 *
 * What query.h says of the operators, each in a few lines.  The places of a
 * node are made from all those of its children, in lists without order; of
 * two children all pairs are looked at.  Nothing is left out for speed, so
 * that a question with too many pairs is given up.
 */
#include <math.h>
#include <stdlib.h>

#include "../../common/engine/bm25.h"
#include "plain.h"

/* Of a node; and pairs of places for one question. */
enum { PLACES_LIMIT = 1 << 14 };
static const uint64_t work_limit = 100 * 1000 * 1000;

/* The tree with what its words weigh. */
struct node {
    const struct query *q;
    const struct plain_term *term; /* NULL: no article has it */
    double weight;
    struct node *child;
    size_t n;
};

struct place {
    uint32_t area, begin, end; /* both are of it */
};

struct places {
    struct place *v;
    size_t n, cap;
};

struct asking {
    const struct plain *p;
    const struct engine_params *params;
    struct arena *arena;  /* of the question */
    struct arena scratch; /* of the article at hand */
    size_t article;
    uint64_t work;
    bool failed;
};

/* ---- the tree ----------------------------------------------------------- */

static size_t
articles_with(const struct plain_term *t)
{
    return t ? t->n : 0;
}

/* What BM25 makes of how many articles have a term, and of how often the query
 * has it. */
static double
weigh(const struct asking *k, size_t articles, uint32_t wqf)
{
    double n = (double)k->p->facts->n, df = (double)articles;
    double w;

    if (df > n)
        df = n;
    w = (n - df + 0.5) / (df + 0.5);
    if (w < 2)
        w = w / 2 + 1;
    return log(w) * (ENGINE_K3 + 1) * wqf / (ENGINE_K3 + wqf);
}

static bool
make_node(struct asking *k, struct node *out, const struct query *q)
{
    size_t together = 0;

    *out = (struct node){.q = q, .n = q->child_n};
    if (q->op == QUERY_TERM) {
        out->term = plain_find(k->p, q->term);
        out->weight = weigh(k, articles_with(out->term), q->wqf);
    }
    out->child = arena_zero(k->arena, q->child_n + 1, sizeof *out->child);
    if (!out->child)
        return false;
    for (size_t i = 0; i < q->child_n; i++) {
        if (!make_node(k, &out->child[i], q->child[i]))
            return false;
        together += articles_with(out->child[i].term);
    }
    if (q->op == QUERY_FORMS || q->op == QUERY_WORDS)
        for (size_t i = 0; i < q->child_n; i++)
            out->child[i].weight = weigh(k, together, q->child[i]->wqf);
    return true;
}

/* ---- places ------------------------------------------------------------- */

static const struct holder *
holder_of(const struct asking *k, const struct plain_term *t)
{
    size_t from = 0, to = articles_with(t);

    while (from < to) {
        size_t middle = (from + to) / 2;

        if (t->holder[middle].article == k->article)
            return &t->holder[middle];
        if (t->holder[middle].article < k->article)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

static void
put(struct asking *k, struct places *list, struct place p)
{
    struct place *more;

    if (list->n == list->cap) {
        list->cap = list->cap ? 2 * list->cap : 16;
        more = arena_zero(&k->scratch, list->cap, sizeof *more);
        if (!more || list->n >= PLACES_LIMIT) {
            k->failed = true;
            list->cap = list->n;
            return;
        }
        if (list->n > 0)
            memcpy(more, list->v, list->n * sizeof *more);
        list->v = more;
    }
    list->v[list->n++] = p;
}

static bool
look(struct asking *k)
{
    k->failed = k->failed || ++k->work > work_limit;
    return !k->failed;
}

static struct places places_of(struct asking *k, const struct node *n);

static void
put_spots(struct asking *k, struct places *out, const struct plain_term *t)
{
    const struct holder *h = holder_of(k, t);

    for (size_t i = 0; h && i < h->n; i++) {
        struct spot s = h->spot[i];

        put(k, out, (struct place){s.area, s.position, s.position});
    }
}

/* A stem's are those of its words. */
static void
put_term(struct asking *k, struct places *out, const struct plain_term *t)
{
    if (!holder_of(k, t))
        return;
    put_spots(k, out, t);
    for (size_t i = 0; i < t->word_n; i++)
        put_spots(k, out, t->word[i]);
}

static void
put_all(struct asking *k, struct places *out, const struct node *n)
{
    for (size_t i = 0; i < n->n; i++) {
        struct places some = places_of(k, &n->child[i]);

        for (size_t j = 0; j < some.n; j++)
            put(k, out, some.v[j]);
    }
}

/* The nearest place behind another, in its area; of those the shortest. */
static const struct place *
nearest_behind(struct asking *k, const struct places *list, struct place p)
{
    const struct place *best = NULL;

    for (size_t i = 0; i < list->n && look(k); i++) {
        const struct place *x = &list->v[i];

        if (x->area != p.area || x->begin <= p.end)
            continue;
        if (!best || x->begin < best->begin ||
            (x->begin == best->begin && x->end < best->end))
            best = x;
    }
    return best;
}

/* The phrases from `whole`, its first `c` children, on, with `left` positions
 * between; of children before the last the nearest. */
static void
put_phrases(struct asking *k, struct places *out, const struct places *side,
            size_t c, size_t n, struct place whole, uint64_t left)
{
    const struct place *next;

    if (c == n) {
        put(k, out, whole);
        return;
    }
    next = nearest_behind(k, &side[c], whole);
    for (size_t i = 0; next && i < side[c].n && look(k); i++) {
        const struct place *x = &side[c].v[i];
        struct place more = {whole.area, whole.begin, x->end};

        if (x->area != whole.area || x->begin <= whole.end ||
            x->begin - whole.end - 1 > left || (c < n - 1 && x != next))
            continue;
        put_phrases(k, out, side, c + 1, n, more,
                    left - (x->begin - whole.end - 1));
    }
}

static void
put_phrase(struct asking *k, struct places *out, const struct node *n)
{
    struct places *side = arena_zero(&k->scratch, n->n, sizeof(struct places));

    if (!side) {
        k->failed = true;
        return;
    }
    for (size_t i = 0; i < n->n; i++)
        side[i] = places_of(k, &n->child[i]);
    for (size_t i = 0; i < side[0].n; i++)
        put_phrases(k, out, side, 1, n->n, side[0].v[i], n->q->n);
}

/* Whether `b` is behind `a`. */
static bool
is_behind(struct place a, struct place b)
{
    return a.area == b.area && b.begin > a.end;
}

/* Whether `b`, which is behind `a`, is in reach of it. */
static bool
reaches(const struct asking *k, const struct reach *r, struct place a,
        struct place b)
{
    const struct area *area = &k->p->article[k->article].area[a.area];

    switch (r->unit) {
    case REACH_SENTENCE:
        return area->sentence[a.begin] == area->sentence[b.end];
    case REACH_PARAGRAPH:
        return area->paragraph[a.begin] == area->paragraph[b.end];
    default:
        return b.begin - a.end <= r->n;
    }
}

static void
put_near(struct asking *k, struct places *out, const struct node *n)
{
    const struct reach *r = &n->q->reach;
    struct places one = places_of(k, &n->child[0]);
    struct places two = places_of(k, &n->child[1]);

    for (size_t i = 0; i < one.n; i++)
        for (size_t j = 0; j < two.n && look(k); j++) {
            struct place a = one.v[i], b = two.v[j];

            if (is_behind(a, b) && reaches(k, r, a, b))
                put(k, out, (struct place){a.area, a.begin, b.end});
            if (!r->ordered && is_behind(b, a) && reaches(k, r, b, a))
                put(k, out, (struct place){a.area, b.begin, a.end});
        }
}

/* Whether `b` keeps `a` from being a place of APART. */
static bool
disturbs(const struct asking *k, const struct reach *r, struct place a,
         struct place b)
{
    if (a.area != b.area || (a.begin == b.begin && a.end == b.end))
        return false;
    if (is_behind(a, b))
        return reaches(k, r, a, b);
    if (is_behind(b, a))
        return !r->ordered && reaches(k, r, b, a);
    return true;
}

static void
put_apart(struct asking *k, struct places *out, const struct node *n)
{
    struct places one = places_of(k, &n->child[0]);
    struct places two = places_of(k, &n->child[1]);

    for (size_t i = 0; i < one.n; i++) {
        bool apart = true;

        for (size_t j = 0; j < two.n && apart && look(k); j++)
            apart = !disturbs(k, &n->q->reach, one.v[i], two.v[j]);
        if (apart)
            put(k, out, one.v[i]);
    }
}

static bool
is_within(enum text_part part, uint32_t n, enum field field, struct place p)
{
    if (field == FIELD_DATELINE)
        return true;
    if (field == FIELD_TITLE)
        return part == PART_HEADLEAD;
    return field == FIELD_BODY && (part == PART_BODY || p.end < n);
}

static void
put_within(struct asking *k, struct places *out, const struct node *n)
{
    const struct area *area = k->p->article[k->article].area;
    struct places list = places_of(k, &n->child[0]);

    for (size_t i = 0; i < list.n; i++)
        if (is_within(n->q->part, n->q->n, area[list.v[i].area].field,
                      list.v[i]))
            put(k, out, list.v[i]);
}

static void
put_times(struct asking *k, struct places *out, const struct node *n)
{
    struct places list = places_of(k, &n->child[0]);
    uint32_t begins = 0;

    for (size_t i = 0; i < list.n; i++) {
        bool seen = false;

        for (size_t j = 0; j < i && !seen && look(k); j++)
            seen = list.v[j].area == list.v[i].area &&
                   list.v[j].begin == list.v[i].begin;
        begins += !seen;
    }
    for (size_t i = 0; i < list.n && begins >= n->q->n; i++)
        put(k, out, list.v[i]);
}

static int
compare_places(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct place));
}

static struct places
places_of(struct asking *k, const struct node *n)
{
    struct places list = {0};
    size_t each = 0;

    switch (n->q->op) {
    case QUERY_TERM:
        put_term(k, &list, n->term);
        break;
    case QUERY_PHRASE:
        put_phrase(k, &list, n);
        break;
    case QUERY_NEAR:
        put_near(k, &list, n);
        break;
    case QUERY_APART:
        put_apart(k, &list, n);
        break;
    case QUERY_WITHIN:
        put_within(k, &list, n);
        break;
    case QUERY_TIMES:
        put_times(k, &list, n);
        break;
    default: /* FORMS, WORDS, ANY, BEST */
        put_all(k, &list, n);
        break;
    }
    if (list.n > 0)
        qsort(list.v, list.n, sizeof *list.v, compare_places);
    for (size_t i = 0; i < list.n; i++)
        if (i == 0 || compare_places(&list.v[i], &list.v[each - 1]) != 0)
            list.v[each++] = list.v[i];
    list.n = each;
    return list;
}

/* ---- scores: less than 0 where an article does not match ---------------- */

static double
score_wdf(const struct asking *k, double weight, uint32_t wdf)
{
    double k1 = k->params->k1, b = k->params->b;
    double length = (double)k->p->article[k->article].length;

    if (wdf == 0)
        return 0;
    return weight * (k1 + 1) * wdf /
           (k1 * (1 - b + b * length / k->p->mean_length) + wdf);
}

static double
score_term(const struct asking *k, const struct node *n)
{
    const struct holder *h = holder_of(k, n->term);

    return h ? score_wdf(k, n->weight, h->wdf) : -1;
}

static double
score_words(const struct asking *k, const struct node *n)
{
    uint32_t wdf = 0;
    bool any = false;

    for (size_t i = 0; i < n->n; i++) {
        const struct holder *h = holder_of(k, n->child[i].term);

        any = any || h;
        wdf += h ? h->wdf : 0;
    }
    return any ? score_wdf(k, n->child[0].weight, wdf) : -1;
}

/* `words`: a node above looks at places, so that those below count for their
 * words alone. */
static double score(struct asking *k, const struct node *n, bool words);

/* Children of which `least` or more must match, added up. */
static double
score_sum(struct asking *k, const struct node *n, bool words, size_t least)
{
    double sum = 0;
    size_t matches = 0;

    for (size_t i = 0; i < n->n; i++) {
        double s = score(k, &n->child[i], words);

        matches += s >= 0;
        sum += s >= 0 ? s : 0;
    }
    return matches >= least ? sum : -1;
}

static double
score_best(struct asking *k, const struct node *n, bool words)
{
    double best = -1;

    for (size_t i = 0; i < n->n; i++)
        best = fmax(best, score(k, &n->child[i], words));
    return best;
}

/* As the first, where all the others match, or none. */
static double
score_first(struct asking *k, const struct node *n, bool words)
{
    double s = score(k, &n->child[0], words);

    for (size_t i = 1; i < n->n && s >= 0; i++)
        if ((score(k, &n->child[i], words) >= 0) == (n->q->op == QUERY_NOT))
            s = -1;
    return s;
}

static double
score_scaled(struct asking *k, const struct node *n, bool words)
{
    double s = score(k, &n->child[0], words);

    return s < 0 ? s : n->q->factor * s;
}

/* Of a node with places, where its words match. */
static double
score_placed(struct asking *k, const struct node *n, bool words)
{
    double s = n->q->op == QUERY_APART ? score(k, &n->child[0], true)
                                       : score_sum(k, n, true, n->n);

    return s < 0 || words || places_of(k, n).n > 0 ? s : -1;
}

/* How many positions the body has. */
static size_t
body_words(const struct plain_article *a)
{
    size_t words = 0;

    for (size_t i = 0; i < a->n; i++)
        words += a->area[i].field == FIELD_BODY ? a->area[i].n : 0;
    return words;
}

/* Of a node that asks for something of the article, and not of its words. */
static bool
is_so(const struct asking *k, const struct query *q)
{
    const struct plain_article *a = &k->p->article[k->article];

    switch (q->op) {
    case QUERY_DATES:
        return period_has(&q->period, k->p->facts->article[k->article].date);
    case QUERY_LENGTH:
        return body_words(a) >= q->least && body_words(a) <= q->most;
    case QUERY_HAS:
        return a->has[q->field];
    default: /* EVERY, NONE */
        return q->op == QUERY_EVERY;
    }
}

static double
score(struct asking *k, const struct node *n, bool words)
{
    switch (n->q->op) {
    case QUERY_TERM:
        return score_term(k, n);
    case QUERY_WORDS:
        return score_words(k, n);
    case QUERY_FORMS:
    case QUERY_BEST:
        return score_best(k, n, words);
    case QUERY_ALL:
        return score_sum(k, n, words, n->n);
    case QUERY_ANY:
        return score_sum(k, n, words, 1);
    case QUERY_SOME:
        return score_sum(k, n, words, n->q->n);
    case QUERY_NOT:
    case QUERY_FILTER:
        return score_first(k, n, words);
    case QUERY_SCALE:
        return score_scaled(k, n, words);
    case QUERY_DATES:
    case QUERY_LENGTH:
    case QUERY_HAS:
    case QUERY_EVERY:
    case QUERY_NONE:
        return is_so(k, n->q) ? 0 : -1;
    default:
        return score_placed(k, n, words);
    }
}

/* ---- all of them -------------------------------------------------------- */

static const struct fact *order_fact;
static enum morgue_sort order_sort;

static int
in_order(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    const struct fact *f = order_fact;

    switch (order_sort) {
    case MORGUE_SORT_OLDEST:
        return f[x->article].oldest < f[y->article].oldest ? -1 : 1;
    case MORGUE_SORT_ARRIVAL:
        return f[x->article].arrival < f[y->article].arrival ? -1 : 1;
    case MORGUE_SORT_LATEST:
        return f[x->article].arrival > f[y->article].arrival ? -1 : 1;
    case MORGUE_SORT_ID:
        return x->article < y->article ? -1 : 1;
    case MORGUE_SORT_RELEVANCE:
        if (x->score != y->score)
            return x->score > y->score ? -1 : 1;
        break;
    case MORGUE_SORT_NEWEST:
        break;
    }
    return f[x->article].newest < f[y->article].newest ? -1 : 1;
}

void
plain_sort(struct row *row, size_t n, const struct facts *f,
           enum morgue_sort sort)
{
    order_fact = f->article;
    order_sort = sort;
    if (n > 0)
        qsort(row, n, sizeof *row, in_order);
}

bool
plain_rows(struct row **out, size_t *n, const struct plain *p,
           struct arena *arena, const struct query *q,
           const struct engine_params *params)
{
    struct asking k = {.p = p, .params = params, .arena = arena};
    const struct facts *f = p->facts;
    struct node root;

    *n = 0;
    *out = arena_zero(arena, f->n + 1, sizeof **out);
    k.failed = !*out || !make_node(&k, &root, q);
    arena_init(&k.scratch, SIZE_MAX / 2);
    for (k.article = 0; k.article < f->n && !k.failed; k.article++) {
        double s = score(&k, &root, false);

        arena_reset(&k.scratch);
        if (s >= 0)
            (*out)[(*n)++] = (struct row){k.article, s};
    }
    arena_free(&k.scratch);
    if (!k.failed)
        plain_sort(*out, *n, f, params->sort);
    return !k.failed;
}
