/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expand.c - the most frequent of the terms that a pattern stands for
 *
 * Memory grows with how many are kept, not with how many there are: the bytes
 * of a term that another one takes the place of are used again.
 */
#include "expand.h"

#include <stdlib.h>

void
expand_begin(struct expand_best *b, size_t max, size_t known_size,
             struct arena *arena)
{
    *b = (struct expand_best){
        .max = max, .known_size = known_size, .arena = arena};
}

/* Whether `a` comes behind `b`. */
static bool
is_less(const struct expansion *a, const struct expansion *b)
{
    if (a->articles != b->articles)
        return a->articles < b->articles;
    return str_compare(a->term, b->term) > 0;
}

static void
swap(struct expand_best *b, size_t i, size_t k)
{
    struct expansion v = b->v[i];
    size_t room = b->room[i];

    b->v[i] = b->v[k];
    b->room[i] = b->room[k];
    b->v[k] = v;
    b->room[k] = room;
}

static void
sift_up(struct expand_best *b, size_t i)
{
    for (; i > 0 && is_less(b->v + i, b->v + (i - 1) / 2); i = (i - 1) / 2)
        swap(b, i, (i - 1) / 2);
}

static void
sift_down(struct expand_best *b, size_t i)
{
    for (size_t k = 2 * i + 1; k < b->n; i = k, k = 2 * i + 1) {
        if (k + 1 < b->n && is_less(b->v + k + 1, b->v + k))
            k++;
        if (!is_less(b->v + k, b->v + i))
            return;
        swap(b, i, k);
    }
}

static bool
grow(struct expand_best *b)
{
    enum { FIRST = 64 };
    size_t cap = b->cap > 0 ? b->cap * 2 : FIRST;
    struct expansion *v = arena_zero(b->arena, cap, sizeof *v);
    size_t *room = v ? arena_zero(b->arena, cap, sizeof *room) : NULL;

    if (!room)
        return false;
    for (size_t i = 0; i < b->n; i++) {
        v[i] = b->v[i];
        room[i] = b->room[i];
    }
    b->v = v;
    b->room = room;
    b->cap = cap;
    return true;
}

static bool
put(struct expand_best *b, size_t i, const struct expansion *e)
{
    enum { STEP = 32 };
    const struct morgue_str term = e->term;
    char *to = (char *)(uintptr_t)b->v[i].term.s;
    void *known = (void *)(uintptr_t)b->v[i].known;

    if (b->room[i] < term.len + 1) {
        b->room[i] = (term.len / STEP + 1) * STEP;
        to = arena_alloc(b->arena, b->room[i]);
        if (!to)
            return false;
    }
    memcpy(to, term.s, term.len);
    to[term.len] = '\0';
    if (b->known_size > 0 && !known)
        known = arena_zero(b->arena, 1, b->known_size);
    if (b->known_size > 0 && !known)
        return false;
    if (known)
        memcpy(known, e->known, b->known_size);
    b->v[i] = (struct expansion){str_slice(to, term.len), e->articles, known};
    return true;
}

bool
expand_add(struct expand_best *b, struct morgue_str term, uint64_t articles,
           const void *known)
{
    const struct expansion e = {term, articles, known};

    b->all++;
    if (b->n == b->max) {
        if (b->max == 0 || !is_less(b->v, &e))
            return true;
        if (!put(b, 0, &e))
            return false;
        sift_down(b, 0);
        return true;
    }
    if ((b->n == b->cap && !grow(b)) || !put(b, b->n, &e))
        return false;
    sift_up(b, b->n++);
    return true;
}

static int
most_first(const void *a, const void *b)
{
    return is_less(a, b) ? 1 : is_less(b, a) ? -1 : 0;
}

void
expand_end(struct expansions *out, struct expand_best *b)
{
    if (b->n > 1)
        qsort(b->v, b->n, sizeof *b->v, most_first);
    *out = (struct expansions){.v = b->v, .n = b->n, .all = b->all};
}
