/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * order.h - terms in the order of their bytes, as unsigned
 *
 * Sorted by the first eight bytes by counting, then by merging what has these
 * in common: four of them are the same in all stems of a language (`Zen:`).
 */
#ifndef MORGUE_TEXT_ORDER_H
#define MORGUE_TEXT_ORDER_H

#include "lexicon.h"

/** A term to be sorted. */
struct term_order {
    uint64_t key; /* its first eight bytes */
    const struct lexeme *lexeme;
    uint32_t slot; /* the user's */
};

struct term_order term_order_of(const struct lexeme *l, uint32_t slot);

/** Less than, equal to or more than 0, as a is before, the same as or behind
 *  b. */
int term_order_compare(const struct term_order *a, const struct term_order *b);

/** Sort `n` of `v`, with room for as many; the sorted ones, which are `v` or
 *  `room`. */
struct term_order *term_sort(struct term_order *v, struct term_order *room,
                             size_t n);

#endif
