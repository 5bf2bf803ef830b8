/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nodes.c - lists of the nodes of a plan
 *
 * A list may have as many nodes as a query has terms: those of terms are found
 * by a hash table with open addressing once there are many, and sorting merges
 * runs of a few that were sorted by insertion.
 */
#include "nodes.h"

/* Where a term's node stands in a long list, or may be put. */
static struct node **
slot_of(const struct nodes *list, const struct plan_term *t)
{
    uint32_t mask = list->slots - 1, i = (uint32_t)t->hash & mask;

    while (list->slot[i] && list->slot[i]->term != t)
        i = (i + 1) & mask;
    return &list->slot[i];
}

struct node *
nodes_find(const struct nodes *list, const struct plan_term *t)
{
    if (list->slots > 0)
        return *slot_of(list, t);
    for (uint32_t i = 0; i < list->n; i++)
        if (list->v[i]->kind == NODE_TERM && list->v[i]->term == t)
            return list->v[i];
    return NULL;
}

static bool
grow(struct nodes *list, struct arena *arena)
{
    enum { LONG = 32 };
    const uint32_t cap = list->cap ? list->cap * 2 : 4;
    struct node **more = arena_zero(arena, cap, sizeof(struct node *));

    if (!more)
        return false;
    for (uint32_t i = 0; i < list->n; i++)
        more[i] = list->v[i];
    list->v = more;
    list->cap = cap;
    if (cap <= LONG)
        return true;
    more = arena_zero(arena, cap * (size_t)2, sizeof(struct node *));
    if (!more)
        return false;
    list->slot = more;
    list->slots = cap * 2;
    for (uint32_t i = 0; i < list->n; i++)
        if (list->v[i]->kind == NODE_TERM)
            *slot_of(list, list->v[i]->term) = list->v[i];
    return true;
}

bool
nodes_add(struct nodes *list, struct arena *arena, struct node *node)
{
    if (list->n == list->cap && !grow(list, arena))
        return false;
    list->v[list->n++] = node;
    if (list->slots > 0 && node->kind == NODE_TERM)
        *slot_of(list, node->term) = node;
    return true;
}

static void
sort_few(struct node **v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct node *node = v[i];
        uint32_t k = i;

        for (; k > 0 && v[k - 1]->df > node->df; k--)
            v[k] = v[k - 1];
        v[k] = node;
    }
}

/* Merge the first `half` of n with those behind, by way of `room`. */
static void
merge(struct node **v, uint32_t half, uint32_t n, struct node **room)
{
    uint32_t i = 0, k = half, to = 0;

    if (half >= n || v[half - 1]->df <= v[half]->df)
        return;
    for (uint32_t m = 0; m < half; m++)
        room[m] = v[m];
    while (i < half)
        v[to++] = k < n && v[k]->df < room[i]->df ? v[k++] : room[i++];
}

bool
nodes_sort(struct nodes *list, struct arena *arena)
{
    enum { FEW = 16 };
    struct node **room;

    for (uint32_t i = 0; i < list->n; i += FEW)
        sort_few(list->v + i, list->n - i < FEW ? list->n - i : FEW);
    if (list->n <= FEW)
        return true;
    room = arena_zero(arena, list->n, sizeof(struct node *));
    for (uint64_t half = FEW; room && half < list->n; half *= 2)
        for (uint64_t i = 0; i < list->n; i += half * 2) {
            uint64_t n = list->n - i < half * 2 ? list->n - i : half * 2;

            merge(list->v + i, (uint32_t)half, (uint32_t)n, room);
        }
    return room != NULL;
}
