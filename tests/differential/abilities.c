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

/* The best of the words of the any-of counts. */
static bool
is_best_of_any(const struct query *q)
{
    return q->op == QUERY_BEST &&
           (is_below(q, QUERY_ANY) || is_below(q, QUERY_SOME));
}

/* As one of several conditions, it scores where its words are not. */
static bool
is_any_of_words(const struct query *q)
{
    return (q->op == QUERY_ANY || q->op == QUERY_SOME) &&
           (is_below(q, QUERY_WORDS) || is_below(q, QUERY_SOME));
}

/* libxapian 1.4 may crash: the weight of an OP_MAX below an OP_OR is asked for
 * when its lists have ended and are freed. */
static bool
is_any_of_best(const struct query *q)
{
    return (q->op == QUERY_ANY || q->op == QUERY_SOME) &&
           (is_below(q, QUERY_FORMS) || is_below(q, QUERY_BEST));
}

/* ---- engines ------------------------------------------------------------ */

static const struct {
    const char *engine;
    bool (*lacks)(const struct query *q);
} table[] = {
    {"xapian", is_best_of_any},
    {"xapian", is_any_of_best},
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
