/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan.c - a query tree made ready for searching
 *
 * Each term is looked up once in each segment, about a microsecond each.
 * Terms are found again by their hash, and children are sorted by merging, so
 * that time and memory grow with the size of the tree: a node of a term is
 * 2 KB.  The stop is looked at every now and then.
 */
#include "plan.h"

#include "../../base/hash.h"
#include "../file/filter.h"
#include "nodes.h"
#include "place_check.h"
#include "words.h"

static struct node *make(struct plan *p, const struct query *q, bool scored,
                         uint32_t depth);

/* ---- nodes -------------------------------------------------------------- */

static void *
get(struct plan *p, size_t n, size_t size)
{
    void *at = arena_zero(p->arena, n, size);

    p->nomem |= !at;
    return at;
}

static void
add(struct plan *p, struct nodes *list, struct node *node)
{
    if (node && !nodes_add(list, p->arena, node))
        p->nomem = true;
}

static struct node *
new_node(struct plan *p, enum node_kind kind, bool scored, uint32_t depth)
{
    struct node *node = get(p, 1, sizeof *node);

    if (!node)
        return NULL;
    node->kind = kind;
    node->scored = scored;
    node->least = 1;
    if (depth > p->depth && kind != NODE_TERM)
        p->depth = depth;
    return node;
}

/* ---- terms -------------------------------------------------------------- */

/* Where the term is in the table, or would be. */
static struct plan_term **
slot_of(const struct plan *p, struct morgue_str s, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (p->term_cap - 1);

    while (p->term[i] &&
           !(p->term[i]->hash == hash && str_eq(p->term[i]->term, s)))
        i = (i + 1) & (p->term_cap - 1);
    return &p->term[i];
}

/* At least half of the table is free. */
static void
room_for_term(struct plan *p)
{
    const struct plan old = *p;
    uint32_t cap = old.term_cap ? old.term_cap * 2 : 32;

    if (old.term_n < old.term_cap / 2)
        return;
    p->term = get(p, cap, sizeof(struct plan_term *));
    if (p->nomem) {
        p->term = old.term;
        return;
    }
    p->term_cap = cap;
    for (uint32_t i = 0; i < old.term_cap; i++)
        if (old.term[i])
            *slot_of(p, old.term[i]->term, old.term[i]->hash) = old.term[i];
}

/* The term's own place, before it is looked up. */
static struct plan_term *
term_of(struct plan *p, struct morgue_str s)
{
    uint64_t hash = hash64(s.s, s.len);
    struct plan_term **slot;

    room_for_term(p);
    if (p->nomem)
        return NULL;
    slot = slot_of(p, s, hash);
    if (*slot)
        return *slot;
    *slot = get(p, 1, sizeof **slot);
    if (!*slot)
        return NULL;
    (*slot)->term = s;
    (*slot)->hash = hash;
    p->term_n++;
    return *slot;
}

/* Whether planning has to end; once in a while it is looked at. */
static bool
must_end(struct plan *p)
{
    enum { SELDOM = 64 }; /* terms, of a few microseconds each */

    return stop_seen(p->stop) ||
           (p->stop && p->looks++ % SELDOM == SELDOM - 1 && stop_now(p->stop));
}

/* Note all terms of a query, and have on their way what tells most of them
 * that a segment does not have: a word is looked for in many languages, and
 * most of the time for this would be that of memory, one after another. */
static void
note_terms(struct plan *p, const struct query *q)
{
    const struct snapshot *snap = p->snapshot;
    const struct plan_term *t;

    for (size_t i = 0; i < q->child_n; i++)
        note_terms(p, q->child[i]);
    if (q->op != QUERY_TERM || !filter_covers(q->term))
        return;
    t = term_of(p, q->term);
    for (uint32_t i = 0; t && i < snap->n; i++)
        filter_prefetch(snap->segment[i], t->hash);
}

/* Look a term up in a segment. */
static void
look_into(struct term_info *info, struct segment *segment, struct morgue_str s)
{
    if (!segment_term(info, segment, s))
        info->df = 0;
}

/* What the segments have of a term; `known`, unless NULL, was told of it when
 * a pattern was expanded. */
static const struct plan_term *
look_up(struct plan *p, struct morgue_str s, const struct term_info *known)
{
    const struct snapshot *snap = p->snapshot;
    struct plan_term *t = term_of(p, s);
    struct term_info *info;

    if (!t || t->info)
        return t;
    if (must_end(p))
        return NULL;
    info = known ? NULL : get(p, snap->n + (size_t)1, sizeof *info);
    t->info = known ? known : info;
    for (uint32_t i = 0; t->info && i < snap->n; i++) {
        if (info)
            look_into(info + i, snap->segment[i], s);
        if (t->info[i].df == 0)
            continue;
        t->live += t->info[i].live;
        postings_prefetch(snap->segment[i], &t->info[i]);
    }
    return t->info ? t : NULL;
}

/* What so many articles having a term makes it weigh. */
static double
weight_of(const struct plan *p, uint64_t live, uint32_t wqf)
{
    return bm25_weight(&p->bm25, live, wqf) * p->factor;
}

/* A node for a term that was looked up, or NULL where no article has it. */
static struct node *
make_term(struct plan *p, const struct plan_term *t, const struct query *q,
          bool scored, uint32_t depth)
{
    struct node *node;

    if (!t || t->live == 0)
        return NULL;
    node = new_node(p, NODE_TERM, scored, depth);
    if (!node)
        return NULL;
    node->term = t;
    node->df = t->live;
    node->weight = scored ? weight_of(p, t->live, q->wqf) : 0;
    node->postings = get(p, 1, sizeof *node->postings);
    return node;
}

/* Add a term to a list unless it is there, and then its weight: to that of a
 * sum, or as the greater one.  The node, or NULL where no article has it. */
static struct node *
add_term(struct plan *p, struct nodes *list, const struct query *q,
         bool scored, bool best, uint32_t depth)
{
    const struct plan_term *t = look_up(p, q->term, q->known);
    struct node *node = t ? nodes_find(list, t) : NULL;

    if (node && scored) {
        double weight = weight_of(p, t->live, q->wqf);

        node->weight = !best                   ? node->weight + weight
                       : weight > node->weight ? weight
                                               : node->weight;
    }
    if (node)
        return node;
    node = make_term(p, t, q, scored, depth);
    add(p, list, node);
    return node;
}

/* ---- any and best ------------------------------------------------------- */

/* The weight of each form is that of a term that the articles with any of them
 * have: each is in one of them, but for words with two stems. */
static void
add_forms(struct plan *p, struct node *node, const struct query *q,
          uint32_t depth)
{
    uint64_t live = 0;
    double weight;

    for (size_t i = 0; i < q->child_n; i++) {
        const struct node *c =
            add_term(p, &node->child, q->child[i], false, true, depth + 1);

        live += c ? c->df : 0;
    }
    if (!node->scored || live == 0)
        return;
    weight = weight_of(p, live, q->child[0]->wqf);
    for (uint32_t i = 0; i < node->child.n; i++) {
        node->child.v[i]->scored = true;
        node->child.v[i]->weight = weight;
    }
}

static void
add_any(struct plan *p, struct node *node, const struct query *q,
        uint32_t depth)
{
    for (size_t i = 0; i < q->child_n; i++) {
        const struct query *c = q->child[i];

        if (c->op == QUERY_TERM)
            add_term(p, &node->child, c, node->scored, node->kind == NODE_BEST,
                     depth + 1);
        else if (c->op == q->op || (!node->scored && (c->op == QUERY_BEST ||
                                                      c->op == QUERY_FORMS ||
                                                      c->op == QUERY_ANY)))
            add_any(p, node, c, depth);
        else
            add(p, &node->child, make(p, c, node->scored, depth + 1));
    }
}

static void
sort_nodes(struct plan *p, struct nodes *list)
{
    if (!nodes_sort(list, p->arena))
        p->nomem = true;
}

/* The most that match `least` of the children: as if each article that has
 * one had all that it needs. */
static uint64_t
df_of_some(const struct plan *p, const struct node *node)
{
    uint64_t df = 0;

    for (uint32_t i = 0; i < node->child.n; i++)
        df += node->child.v[i]->df;
    df /= node->least;
    return df < p->snapshot->docs ? df : p->snapshot->docs;
}

/* The node has all of its children. */
static void
finish_some(struct plan *p, struct node *node)
{
    node->df = df_of_some(p, node);
    sort_nodes(p, &node->child);
    node->here.v = get(p, node->child.n, sizeof(struct node *));
}

/* A node for the terms that few articles of a segment have, where it does not
 * matter which of them one has: the words of other languages, mostly. */
static void
make_few(struct plan *p, struct node *node, uint32_t depth)
{
    const struct node *first = node->child.v[0];

    if (!p->ranked || node->kind != NODE_BEST || first->kind != NODE_TERM)
        return;
    node->few = new_node(p, NODE_TERM, first->scored, depth);
    if (!node->few)
        return;
    node->few->weight = first->weight;
    node->few->postings = get(p, 1, sizeof *node->few->postings);
}

static struct node *
make_any(struct plan *p, const struct query *q, bool scored, uint32_t depth)
{
    struct node *node = new_node(
        p, q->op != QUERY_ANY && scored ? NODE_BEST : NODE_SUM, scored, depth);

    if (!node)
        return NULL;
    if (q->op == QUERY_FORMS)
        add_forms(p, node, q, depth);
    else
        add_any(p, node, q, depth);
    if (node->child.n < 2)
        return node->child.n == 1 ? node->child.v[0] : NULL;
    finish_some(p, node);
    make_few(p, node, depth);
    return node;
}

/* ---- words and some ----------------------------------------------------- */

/* Those that an article has, each adding its wdf. */
static struct node *
make_words(struct plan *p, const struct query *q, bool scored, uint32_t depth)
{
    struct node *node = new_node(p, NODE_WORDS, scored, depth);

    for (size_t i = 0; node && i < q->child_n; i++)
        add(p, &node->child,
            make_term(p, look_up(p, q->child[i]->term, q->child[i]->known),
                      q->child[i], scored, depth + 1));
    if (!node || node->child.n == 0)
        return NULL;
    node->df = df_of_some(p, node);
    node->here.v = get(p, node->child.n, sizeof(struct node *));
    node->words = get(p, 1, sizeof *node->words);
    if (!node->words)
        return NULL;
    node->words->next = get(p, node->child.n, sizeof *node->words->next);
    if (scored)
        node->weight = weight_of(p, node->df, q->child[0]->wqf);
    for (uint32_t i = 0; i < node->child.n; i++) /* a segment may have one */
        node->child.v[i]->weight = node->weight;
    return node;
}

static struct node *
make_some(struct plan *p, const struct query *q, bool scored, uint32_t depth)
{
    struct node *node = new_node(p, NODE_SOME, scored, depth);

    if (!node)
        return NULL;
    node->least = q->n;
    for (size_t i = 0; i < q->child_n; i++)
        add(p, &node->child, make(p, q->child[i], scored, depth + 1));
    if (node->child.n < node->least)
        return NULL;
    finish_some(p, node);
    return node;
}

/* ---- joins -------------------------------------------------------------- */

static bool add_required(struct plan *p, struct node *join,
                         const struct query *q, bool scored, uint32_t depth);

static struct phrase *
new_phrase(struct plan *p, struct node *join, uint32_t n)
{
    struct phrase *more = get(p, join->phrase_n + (size_t)1, sizeof *more),
                  *new;

    if (!more)
        return NULL;
    for (uint32_t i = 0; i < join->phrase_n; i++)
        more[i] = join->phrase[i];
    join->phrase = more;
    new = &more[join->phrase_n++];
    new->n = n;
    new->slot = get(p, n, sizeof *new->slot);
    return new->slot ? new : NULL;
}

static bool
add_phrase(struct plan *p, struct node *join, const struct query *q,
           bool scored, uint32_t depth)
{
    uint32_t n = (uint32_t)q->child_n;
    struct phrase *phrase = new_phrase(p, join, n);
    struct nodes *list = scored ? &join->child : &join->must;

    for (uint32_t i = 0; phrase && i < n; i++) {
        struct slot slot = {.place = i};
        uint32_t k = i;

        if (q->child[i]->op != QUERY_TERM)
            return false;
        slot.term = add_term(p, list, q->child[i], scored, false, depth + 1);
        slot.walk = get(p, 1, sizeof *slot.walk);
        if (!slot.term || !slot.walk)
            return false;
        for (; k > 0 && phrase->slot[k - 1].term->df > slot.term->df; k--)
            phrase->slot[k] = phrase->slot[k - 1];
        phrase->slot[k] = slot;
    }
    return phrase != NULL;
}

/* Whether it is the row of terms with positions that phrase.c is for. */
static bool
is_plain_phrase(const struct query *q)
{
    if (q->op != QUERY_PHRASE || q->n > 0)
        return false;
    for (size_t i = 0; i < q->child_n; i++) {
        const struct query *c = q->child[i];

        if (c->op != QUERY_TERM ||
            str_starts(c->term, STR(TERM_STEM_PREFIX)) ||
            places_run(c->term) != places_run(q->child[0]->term))
            return false;
    }
    return true;
}

/* A look at the places of a node; NULL when out of memory. */
static struct place_check *
make_check(struct plan *p, const struct query *q)
{
    struct place_check *c = place_check_new(p->arena, p->snapshot, p->stop, q);
    struct morgue_str term;

    for (size_t i = 0; c && places_term(c->places, i, &term); i++)
        c->term[i].term = look_up(p, term, NULL);
    p->nomem |= !c;
    if (p->nomem)
        return NULL;
    c->next_made = p->check;
    p->check = c;
    return c;
}

/* The words of a node that has places, and a look at these. */
static bool
add_placed(struct plan *p, struct node *join, const struct query *q,
           bool scored, uint32_t depth)
{
    struct query *words;
    struct place_check *check;

    if (is_plain_phrase(q) && q->child_n > 1)
        return add_phrase(p, join, q, scored, depth);
    words = places_words(p->arena, q);
    p->nomem |= !words;
    if (!words || !add_required(p, join, words, scored, depth))
        return false;
    check = make_check(p, q);
    if (!check)
        return false;
    check->next = join->check;
    join->check = check;
    return true;
}

static bool
add_scaled(struct plan *p, struct node *join, const struct query *q,
           bool scored, uint32_t depth)
{
    const double factor = p->factor;
    bool added;

    p->factor *= q->factor;
    added = add_required(p, join, q->child[0], scored, depth);
    p->factor = factor;
    return added;
}

static bool
add_period(struct plan *p, struct node *join, const struct period *period)
{
    if (join->period_n == join->period_cap) {
        const uint32_t cap = join->period_cap ? join->period_cap * 2 : 2;
        struct period *more = get(p, cap, sizeof *more);

        if (!more)
            return false;
        for (uint32_t i = 0; i < join->period_n; i++)
            more[i] = join->period[i];
        join->period = more;
        join->period_cap = cap;
    }
    join->period[join->period_n++] = *period;
    return true;
}

/* Each asks for a range, which is all that is left of them together. */
static bool
add_length(struct node *join, const struct query *q)
{
    if (q->least > join->words_least)
        join->words_least = q->least;
    if (q->most < join->words_most)
        join->words_most = q->most;
    return join->words_least <= join->words_most;
}

/* The first child is required, scored or not, the others as told. */
static bool
add_first(struct plan *p, struct node *join, const struct query *q,
          bool scored, uint32_t depth)
{
    if (!add_required(p, join, q->child[0], scored, depth))
        return false;
    for (size_t i = 1; i < q->child_n; i++) {
        if (q->op == QUERY_NOT)
            add(p, &join->never, make(p, q->child[i], false, depth + 1));
        else if (!add_required(p, join, q->child[i], false, depth))
            return false;
    }
    return true;
}

/* False where nothing can match. */
static bool
add_required(struct plan *p, struct node *join, const struct query *q,
             bool scored, uint32_t depth)
{
    struct nodes *list = scored ? &join->child : &join->must;
    struct node *node;

    if (q->op == QUERY_TERM)
        return add_term(p, list, q, scored, false, depth + 1) != NULL;
    if (q->op == QUERY_EVERY)
        return true;
    if (q->op == QUERY_DATES)
        return add_period(p, join, &q->period);
    if (q->op == QUERY_LENGTH)
        return add_length(join, q);
    if (q->op == QUERY_HAS) {
        join->fields |= (uint32_t)1 << q->field;
        return true;
    }
    if (q->child_n == 0)
        return false;
    if (q->op == QUERY_NOT || q->op == QUERY_FILTER)
        return add_first(p, join, q, scored, depth);
    if (query_is_placed(q->op))
        return add_placed(p, join, q, scored, depth);
    if (q->op == QUERY_SCALE)
        return add_scaled(p, join, q, scored, depth);
    if (q->op == QUERY_ALL) {
        for (size_t i = 0; i < q->child_n; i++)
            if (!add_required(p, join, q->child[i], scored, depth))
                return false;
        return true;
    }
    node = make(p, q, scored, depth + 1);
    add(p, list, node);
    return node != NULL;
}

static bool
asks_for_columns(const struct node *join)
{
    return join->words_least > 0 || join->words_most < UINT64_MAX ||
           join->fields != 0;
}

static struct node *
make_join(struct plan *p, const struct query *q, bool scored, uint32_t depth)
{
    struct node *node = new_node(p, NODE_JOIN, scored, depth);

    if (!node)
        return NULL;
    node->words_most = UINT64_MAX;
    if (!add_required(p, node, q, scored, depth))
        return NULL;
    if (node->child.n + node->must.n == 1 && node->never.n == 0 &&
        node->phrase_n == 0 && node->period_n == 0 && !node->check &&
        !asks_for_columns(node))
        return node->child.n ? node->child.v[0] : node->must.v[0];
    sort_nodes(p, &node->child);
    sort_nodes(p, &node->must);
    sort_nodes(p, &node->never);
    node->df = p->snapshot->docs;
    if (node->child.n && node->child.v[0]->df < node->df)
        node->df = node->child.v[0]->df;
    if (node->must.n && node->must.v[0]->df < node->df)
        node->df = node->must.v[0]->df;
    return node;
}

static struct node *
make_scaled(struct plan *p, const struct query *q, bool scored, uint32_t depth)
{
    const double factor = p->factor;
    struct node *node;

    p->factor *= q->factor;
    node = make(p, q->child[0], scored, depth);
    p->factor = factor;
    return node;
}

static struct node *
make(struct plan *p, const struct query *q, bool scored, uint32_t depth)
{
    switch (q->op) {
    case QUERY_NONE:
        return NULL;
    case QUERY_TERM:
        return make_term(p, look_up(p, q->term, q->known), q, scored, depth);
    case QUERY_ANY:
    case QUERY_BEST:
    case QUERY_FORMS:
        return make_any(p, q, scored, depth);
    case QUERY_WORDS:
        return make_words(p, q, scored, depth);
    case QUERY_SOME:
        return make_some(p, q, scored, depth);
    case QUERY_SCALE:
        return make_scaled(p, q, scored, depth);
    case QUERY_ALL:
    case QUERY_NOT:
    case QUERY_FILTER:
    case QUERY_DATES:
    case QUERY_EVERY:
    case QUERY_LENGTH:
    case QUERY_HAS:
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_APART:
    case QUERY_WITHIN:
    case QUERY_TIMES:
        break;
    }
    return make_join(p, q, scored, depth);
}

static bool
can_score(const struct node *node)
{
    if (node->kind == NODE_TERM || node->kind == NODE_WORDS)
        return node->weight > 0;
    for (uint32_t i = 0; i < node->child.n; i++)
        if (can_score(node->child.v[i]))
            return true;
    return false;
}

enum morgue_status
plan_make(struct plan *p, const struct snapshot *s, struct arena *arena,
          struct stop *stop, const struct query *query,
          const struct engine_params *params, struct morgue_error *err)
{
    /* an exact count without hits needs no scores */
    const bool scored = params->limit > 0 || !params->exact_total;

    *p = (struct plan){
        .snapshot = s, .arena = arena, .stop = stop, .factor = 1};
    p->ranked = params->limit > 0 && params->sort == MORGUE_SORT_RELEVANCE;
    if (scored)
        bm25_init(&p->bm25, params->k1, params->b, s->docs, s->length);
    if (p->ranked)
        bm25_init_bounds(&p->bm25);
    note_terms(p, query);
    p->root = make(p, query, scored, 0);
    if (stop_seen(stop)) /* not all terms were looked up */
        p->root = NULL;
    p->scored = p->root && can_score(p->root);
    return p->nomem ? error_nomem(err) : MORGUE_OK;
}

enum morgue_status
plan_status(const struct plan *p, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (const struct place_check *c = p->check; c && !st; c = c->next_made)
        st = places_status(c->places, err);
    return st;
}

/* ---- segments ----------------------------------------------------------- */

static bool ready(struct plan *p, struct segment *s, struct node *node);

/* The most that an article of the list scores. */
static double
term_most(struct plan *p, struct segment *s, struct node *node)
{
    struct postings *list = node->postings;
    double score[BLOCK], most = 0;
    uint32_t n = list->n;

    if (!node->scored || (list->flags & TERM_ZERO_WDF))
        return 0;
    if (list->blocks > 1)
        return bm25_bound(&p->bm25, node->weight,
                          list->last - sizeof(struct impact));
    if (n == 0)
        return 0;
    postings_wdf(list, 0);
    bm25_scores(score, &p->bm25, s, node->weight, list->doc, list->wdf, n);
    for (uint32_t i = 0; i < n; i++)
        most = score[i] > most ? score[i] : most;
    return most;
}

static bool
open_term(struct plan *p, struct segment *s, struct node *node)
{
    const struct term_info *info = &node->term->info[p->segment];

    node->lo = 0;
    node->hi = s->docs;
    node->present = info->df > 0 && !must_end(p);
    if (!node->present)
        return false;
    postings_open(node->postings, s, info);
    node->cost = info->df;
    node->present = node->postings->blocks > 0;
    return node->present;
}

static bool
ready_term(struct plan *p, struct segment *s, struct node *node)
{
    bool present = open_term(p, s, node);

    node->most = present && p->ranked ? term_most(p, s, node) : 0;
    return present;
}

/* Put a child that few articles have into `few`, if there is one; that makes
 * it present. */
static bool
add_few(struct plan *p, struct segment *s, struct node *few, struct node *c)
{
    const struct term_info *info;

    if (!few || c->kind != NODE_TERM || c->weight != few->weight)
        return false;
    info = &c->term->info[p->segment];
    if (info->df == 0 || info->df + few->cost >= BLOCK ||
        (info->flags & TERM_ZERO_WDF))
        return false;
    postings_open(few->cost == 0 ? few->postings : c->postings, s, info);
    if (few->cost > 0)
        postings_merge(few->postings, c->postings);
    few->cost += info->df;
    return true;
}

static void
add_here(struct segment *s, struct node *node, struct node *c)
{
    node->here.v[node->here.n++] = c;
    node->cost +=
        c->cost < s->docs - node->cost ? c->cost : s->docs - node->cost;
    if (node->kind == NODE_SUM || node->kind == NODE_SOME)
        node->most += c->most;
    else
        node->most = c->most > node->most ? c->most : node->most;
}

static bool
ready_any(struct plan *p, struct segment *s, struct node *node)
{
    struct node *few = node->few;

    node->here.n = node->cost = 0;
    node->most = 0;
    if (few)
        few->cost = 0;
    for (uint32_t i = 0; i < node->child.n; i++) {
        struct node *c = node->child.v[i];

        if (!add_few(p, s, few, c) && ready(p, s, c))
            add_here(s, node, c);
    }
    if (few && few->cost > 0 && few->postings->blocks > 0) {
        few->present = true;
        few->hi = s->docs;
        few->most = term_most(p, s, few);
        add_here(s, node, few);
    }
    return node->here.n >= node->least;
}

/* Bounds of many words would be of no use together, and take time. */
static bool
ready_words(struct plan *p, struct segment *s, struct node *node)
{
    node->here.n = node->cost = 0;
    for (uint32_t i = 0; i < node->child.n; i++)
        if (open_term(p, s, node->child.v[i]))
            add_here(s, node, node->child.v[i]);
    words_start(node);
    node->most = words_are_few(node) ? 0 : node->weight;
    for (uint32_t i = 0; words_are_few(node) && i < node->here.n; i++) {
        struct node *c = node->here.v[i];

        c->most = p->ranked ? term_most(p, s, c) : 0;
        node->most = bm25_most_of_both(node->weight, node->most, c->most);
    }
    return node->here.n > 0;
}

/* Narrow a join to what a child allows. */
static bool
narrow(struct plan *p, struct segment *s, struct node *join, struct node *c)
{
    if (!ready(p, s, c))
        return false;
    join->cost = c->cost < join->cost ? c->cost : join->cost;
    join->lo = c->lo > join->lo ? c->lo : join->lo;
    join->hi = c->hi < join->hi ? c->hi : join->hi;
    return join->lo < join->hi;
}

static bool
ready_phrases(struct node *join)
{
    for (uint32_t i = 0; i < join->phrase_n; i++)
        for (uint32_t k = 0; k < join->phrase[i].n; k++) {
            struct slot *slot = &join->phrase[i].slot[k];

            if (!(slot->term->postings->flags & TERM_POSITIONS))
                return false;
            positions_open(slot->walk, slot->term->postings);
        }
    return true;
}

/* Narrow a join to the articles whose dates may be in a period, and what is
 * sure of it to those whose dates are. */
static void
narrow_to_period(struct segment *s, struct node *join,
                 const struct period *period)
{
    struct doc_range may, sure;

    segment_dates(&may, &sure, s, period);
    join->lo = may.lo > join->lo ? may.lo : join->lo;
    join->hi = may.hi < join->hi ? may.hi : join->hi;
    join->sure_lo = sure.lo > join->sure_lo ? sure.lo : join->sure_lo;
    join->sure_hi = sure.hi < join->sure_hi ? sure.hi : join->sure_hi;
}

/* Whether any article may have the words and fields that a join asks for, by
 * what the columns span; by_column where it has to be looked at. */
static bool
ready_columns(struct segment *s, struct node *join)
{
    const struct column *fields = &s->column[COLUMN_FIELDS];
    const uint64_t least = s->column[COLUMN_WORDS].min;
    const uint64_t most = column_most(&s->column[COLUMN_WORDS]);
    const bool all_alike = fields->width == 0;

    join->by_column = join->words_least > least || join->words_most < most ||
                      (join->fields != 0 && !all_alike);
    return join->words_most >= least && join->words_least <= most &&
           (!all_alike || (fields->min & join->fields) == join->fields);
}

static bool
ready_join(struct plan *p, struct segment *s, struct node *join)
{
    join->segment = s;
    if (!ready_columns(s, join))
        return false;
    join->sure_lo = join->lo;
    join->sure_hi = join->hi;
    for (uint32_t i = 0; i < join->period_n; i++)
        narrow_to_period(s, join, &join->period[i]);
    if (join->lo >= join->hi)
        return false;
    if (join->sure_lo >= join->sure_hi)
        join->sure_lo = join->sure_hi = join->lo;
    join->long_dates = join->period_n > 0 && segment_has_long_dates(s);
    join->by_article = join->by_column || join->phrase_n > 0 || join->check ||
                       join->long_dates || join->sure_lo > join->lo ||
                       join->sure_hi < join->hi;
    join->cost = join->hi - join->lo;
    join->most = 0;
    for (uint32_t i = 0; i < join->child.n; i++) {
        if (!narrow(p, s, join, join->child.v[i]))
            return false;
        join->most += join->child.v[i]->most;
    }
    for (uint32_t i = 0; i < join->must.n; i++)
        if (!narrow(p, s, join, join->must.v[i]))
            return false;
    for (uint32_t i = 0; i < join->never.n; i++)
        ready(p, s, join->never.v[i]);
    for (struct place_check *c = join->check; c; c = c->next)
        place_check_start(c, p->segment);
    return ready_phrases(join);
}

static bool
ready(struct plan *p, struct segment *s, struct node *node)
{
    node->lo = 0;
    node->hi = s->docs;
    if (node->kind == NODE_TERM)
        node->present = ready_term(p, s, node);
    else if (node->kind == NODE_JOIN)
        node->present = ready_join(p, s, node);
    else if (node->kind == NODE_WORDS)
        node->present = ready_words(p, s, node);
    else
        node->present = ready_any(p, s, node);
    return node->present;
}

bool
plan_segment(struct plan *p, uint32_t segment)
{
    struct segment *s = p->snapshot->segment[segment];

    p->segment = segment;
    return p->root && s->docs > 0 && ready(p, s, p->root) &&
           !stop_seen(p->stop);
}
