/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * order.c - terms in the order of their bytes
 */
#include "order.h"

enum { SORT_DIGITS = 8 }; /* all of a key */

struct term_order
term_order_of(const struct lexeme *l, uint32_t slot)
{
    struct term_order o = {.lexeme = l, .slot = slot};

    for (int i = 0; i < 8; i++)
        o.key = o.key << 8 | (unsigned char)l->s[i];
    return o;
}

int
term_order_compare(const struct term_order *a, const struct term_order *b)
{
    const struct lexeme *x = a->lexeme, *y = b->lexeme;
    int cmp;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    cmp = memcmp(x->s, y->s, x->len < y->len ? x->len : y->len);
    if (cmp != 0)
        return cmp;
    return x->len < y->len ? -1 : x->len > y->len;
}

static bool
is_before(const struct term_order *a, const struct term_order *b)
{
    return term_order_compare(a, b) < 0;
}

/* Merge the sorted runs from[0..half) and from[half..n) into `to`. */
static void
merge(struct term_order *to, const struct term_order *from, size_t half,
      size_t n)
{
    size_t a = 0, b = half;

    for (size_t i = 0; i < n; i++) {
        bool second = a == half || (b < n && is_before(from + b, from + a));
        to[i] = from[second ? b++ : a++];
    }
}

/* Sort `n` of `v` by merging; `room` is for as many. */
static void
sort_run(struct term_order *v, struct term_order *room, size_t n)
{
    struct term_order *from = v, *to = room, *swap;

    for (size_t run = 1; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run) {
            size_t len = n - i < 2 * run ? n - i : 2 * run;
            merge(to + i, from + i, len < run ? len : run, len);
        }
        swap = from;
        from = to;
        to = swap;
    }
    if (from != v)
        memcpy(v, from, n * sizeof *v);
}

static size_t
digit(const struct term_order *o, size_t d)
{
    return o->key >> (56 - 8 * d) & 0xFF;
}

/* Move `n` items to where they belong by one digit; `count` is of it. */
static void
distribute(struct term_order *to, const struct term_order *from, size_t n,
           size_t d, const uint32_t count[256])
{
    uint32_t at[256], sum = 0;

    for (size_t i = 0; i < 256; i++) {
        at[i] = sum;
        sum += count[i];
    }
    for (size_t i = 0; i < n; i++)
        to[at[digit(from + i, d)]++] = from[i];
}

struct term_order *
term_sort(struct term_order *v, struct term_order *room, size_t n)
{
    uint32_t count[SORT_DIGITS][256] = {{0}};
    struct term_order *from = v, *to = room, *swap;

    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < SORT_DIGITS; d++)
            count[d][digit(v + i, d)]++;
    for (size_t d = SORT_DIGITS; d-- > 0;) {
        distribute(to, from, n, d, count[d]);
        swap = from;
        from = to;
        to = swap;
    }
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && from[k].key == from[i].key;)
            k++;
        if (k > i + 1)
            sort_run(from + i, to, k - i);
    }
    return from;
}
