/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expand.h - the terms that a pattern stands for: which count, and the most
 * frequent of them
 */
#ifndef MORGUE_ENGINE_EXPAND_H
#define MORGUE_ENGINE_EXPAND_H

#include "engine.h"

/** Whether what follows the prefix must not begin with a capital letter, which
 *  would be that of another prefix: behind one that ends in a capital, unless
 *  it is of ids, addresses or hosts (term.h), which no other begins with. */
static inline bool
expand_no_capital(struct morgue_str prefix)
{
    char last = prefix.len > 0 ? prefix.s[prefix.len - 1] : 'A';

    if (prefix.len == 1 && (last == 'Q' || last == 'U' || last == 'H'))
        return false;
    return last >= 'A' && last <= 'Z';
}

/** The most frequent terms so far.  A heap: the first is the least of them. */
struct expand_best {
    struct expansion *v;
    size_t *room; /* bytes that there are for each term */
    size_t n, cap, max;
    size_t known_size;
    uint64_t all;
    struct arena *arena;
};

/** Begin; with each term so many bytes are kept of what is known of it. */
void expand_begin(struct expand_best *b, size_t max, size_t known_size,
                  struct arena *arena);

/** Take a term in, whose bytes and what is known of it are lent for the call.
 *  False when out of memory.  O(log max), and nothing for one that is too
 *  rare. */
bool expand_add(struct expand_best *b, struct morgue_str term,
                uint64_t articles, const void *known);

/** All that were taken in, the most frequent first. */
void expand_end(struct expansions *out, struct expand_best *b);

#endif
