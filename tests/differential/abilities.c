/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abilities.c - what engines cannot do yet, or do not do right
 */
#include "differential.h"

/* ---- kinds of nodes ----------------------------------------------------- */

static bool
is_below(const struct query *q, enum query_op op)
{
    for (size_t i = 0; i < q->child_n; i++)
        if (q->child[i]->op == op || is_below(q->child[i], op))
            return true;
    return false;
}

static bool
has_stems(const struct query *q)
{
    for (size_t i = 0; i < q->child_n; i++)
        if (has_stems(q->child[i]))
            return true;
    return q->op == QUERY_TERM && q->term.s[0] == 'Z';
}

/* Its words have no places. */
static bool
is_placed_stem(const struct query *q)
{
    return query_is_placed(q->op) && has_stems(q);
}

/* The best of the words of the any-of counts. */
static bool
is_best_of_any(const struct query *q)
{
    return q->op == QUERY_BEST &&
           (is_below(q, QUERY_ANY) || is_below(q, QUERY_SOME));
}

/* Unscored, what all documents have is looked for in vain behind the last. */
static bool
is_of_all(const struct query *q)
{
    return q->op == QUERY_TERM &&
           (str_starts(q->term, STR("XM:")) || q->term.s[0] == 'L');
}

/* As one of several conditions, it scores where its words are not. */
static bool
is_any_of_words(const struct query *q)
{
    return (q->op == QUERY_ANY || q->op == QUERY_SOME) &&
           (is_below(q, QUERY_WORDS) || is_below(q, QUERY_SOME));
}

/* ---- engines ------------------------------------------------------------ */

static const struct {
    const char *engine;
    bool (*lacks)(const struct query *q);
} table[] = {
    {"xapian", is_placed_stem},
    {"xapian", is_best_of_any},
    {"xapian", is_of_all},
    {"xapian", is_any_of_words},
};

bool
engine_can(const char *name, const struct query *q)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(name, table[i].engine) == 0 && table[i].lacks(q))
            return false;
    for (size_t i = 0; i < q->child_n; i++)
        if (!engine_can(name, q->child[i]))
            return false;
    return true;
}
