/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rank.c - the best articles of a segment: which way is taken
 */
#include "rank.h"
#include "words.h"

struct ranker *
rank_room(struct plan *p, struct stop *stop)
{
    struct ranker *r = arena_alloc(p->arena, sizeof *r);
    uint32_t clauses = 2, parts = 1; /* one more, for its rest */

    if (!r || !p->root)
        return r;
    /* room for the clauses of the root, or of the root's only clause */
    clauses += p->root->child.n;
    for (uint32_t i = 0; i < p->root->child.n; i++) {
        const struct node *c = p->root->child.v[i];

        clauses += c->child.n;
        parts += 1 + c->child.n;
        for (uint32_t k = 0; k < c->child.n; k++)
            parts += 1 + c->child.v[k]->child.n;
    }
    r->clause = arena_zero(p->arena, clauses, sizeof *r->clause);
    if (r->clause)
        r->clause->part = arena_zero(p->arena, parts, sizeof(struct part));
    memset(r->sum, 0, sizeof r->sum);
    r->stop = stop;
    r->looks = 0;
    return r->clause && r->clause->part ? r : NULL;
}

/* Whether a node is a JOIN that only asks for its children, the first of which
 * is a term. */
static bool
is_plain_join(const struct ranker *r, const struct node *node)
{
    return node->kind == NODE_JOIN && node->child.n > 0 &&
           node->must.n + node->never.n == 0 && !node->by_article &&
           node->lo == 0 && node->hi == r->m->segment->docs &&
           node_in_short(node->child.v[0])->kind == NODE_TERM;
}

/* The parts of a JOIN, and what is no part of it. */
static void
add_join_parts(struct ranker *r, struct clause *c)
{
    for (uint32_t i = 0; i < c->node->child.n; i++) {
        struct node *child = node_in_short(c->node->child.v[i]);

        if (child->kind == NODE_TERM)
            part_start(&c->part[c->part_n++], child, r->m->bm25);
        else
            c->more += child->most;
    }
}

/* A BEST of terms, and few words, have a part for each. */
static void
add_clause(struct ranker *r, struct node *node)
{
    struct clause *c = &r->clause[r->clause_n];
    struct part *room = r->clause->part;
    bool terms;

    node = node_in_short(node);
    terms = node->kind == NODE_BEST ||
            (node->kind == NODE_WORDS && words_are_few(node));
    if (r->clause_n > 0)
        room = c[-1].part + c[-1].part_n;
    *c = (struct clause){.node = node, .part = room};
    r->clause_n++;
    for (uint32_t i = 0; terms && i < node->here.n; i++)
        terms = node->here.v[i]->kind == NODE_TERM;
    if (node->kind == NODE_TERM)
        part_start(&c->part[c->part_n++], node, r->m->bm25);
    for (uint32_t i = 0; terms && i < node->here.n; i++)
        part_start(&c->part[c->part_n++], node->here.v[i], r->m->bm25);
    if (is_plain_join(r, node))
        add_join_parts(r, c);
}

/* The required term that much fewer articles have than match otherwise. */
static struct node *
rare_filter(const struct node *join, uint32_t cost)
{
    struct node *best = NULL;

    for (uint32_t i = 0; i < join->must.n; i++) {
        struct node *c = join->must.v[i];

        if (c->kind == NODE_TERM && c->cost < cost / 4 &&
            (!best || c->cost < best->cost))
            best = c;
    }
    return best;
}

bool
rank(struct ranker *r, struct plan *p, struct matcher *m, struct topk *t,
     uint64_t *seen)
{
    struct node *root = p->root, *lead = NULL, *rare, *only;

    r->plan = p;
    r->m = m;
    r->topk = t;
    r->join = root->kind == NODE_JOIN ? root : NULL;
    r->lo = root->lo;
    r->hi = root->hi;
    r->floor = -1;
    r->seen = 0;
    r->all = true;
    r->n = 0;
    r->clause_n = 0;
    rank_raise_floor(r);
    only = !r->join ? root : root->child.n == 1 ? root->child.v[0] : NULL;
    if (only && r->join)
        lead = rare_filter(root, only->cost);
    if (only && only->kind == NODE_SUM && !lead) {
        for (uint32_t i = 0; i < only->here.n; i++)
            add_clause(r, only->here.v[i]);
    } else if (only) {
        add_clause(r, only);
    } else {
        for (uint32_t i = 0; i < root->child.n; i++)
            add_clause(r, root->child.v[i]);
        lead = root->child.v[0];
        for (uint32_t i = 1; i < root->child.n; i++)
            if (root->child.v[i]->cost < lead->cost / 2)
                lead = root->child.v[i];
        rare = rare_filter(root, lead->cost);
        if (rare)
            lead = rare;
    }
    if (lead)
        rank_all(r, node_in_short(lead));
    else
        rank_any(r);
    *seen = r->seen;
    return r->all;
}
