/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abilities.c - what engines cannot do yet
 */
#include "differential.h"

#define OP(op) (1ul << (op))

static const struct {
    const char *engine;
    unsigned long ops; /* that it does not know */
} lacks[] = {
    {"segment", OP(QUERY_WORDS) | OP(QUERY_SOME)},
    {"xapian", OP(QUERY_WORDS) | OP(QUERY_SOME) | OP(QUERY_SCALE) |
                   OP(QUERY_NEAR) | OP(QUERY_APART) | OP(QUERY_WITHIN) |
                   OP(QUERY_TIMES) | OP(QUERY_BEST)},
};

/* Which run of positions a term's are in, as a letter. */
static char
run_of(struct morgue_str term)
{
    if (str_starts(term, STR("XP")) || str_starts(term, STR("XT")))
        return term.s[1];
    return term.s[0] == 'A' ? 'A' : ' ';
}

/* A phrase of more than words of one run in a row. */
static bool
is_wide_phrase(const struct query *q)
{
    if (q->op != QUERY_PHRASE)
        return false;
    for (size_t i = 0; i < q->child_n; i++)
        if (q->child[i]->op != QUERY_TERM || q->child[i]->term.s[0] == 'Z' ||
            run_of(q->child[i]->term) != run_of(q->child[0]->term))
            return true;
    return q->n > 0;
}

enum { NEEDED = 1, CHOICE = 2 }; /* what is above: all of some; one of those */

/* A phrase below an OP_OR that is itself one of several conditions adds its
 * words' scores to articles that have the words, and not in a row. */
static bool
goes_wrong(const struct query *q, unsigned above)
{
    if (q->op == QUERY_PHRASE && above == (NEEDED | CHOICE))
        return true;
    if (q->op == QUERY_ALL || q->op == QUERY_FILTER || q->op == QUERY_NOT)
        above |= NEEDED;
    if (q->op == QUERY_ANY && above & NEEDED)
        above |= CHOICE;
    for (size_t i = 0; i < q->child_n; i++)
        if (goes_wrong(q->child[i], above))
            return true;
    return false;
}

static bool
knows(unsigned long missing, const struct query *q)
{
    if (missing & OP(q->op) ||
        ((missing & OP(QUERY_NEAR)) && is_wide_phrase(q)))
        return false;
    for (size_t i = 0; i < q->child_n; i++)
        if (!knows(missing, q->child[i]))
            return false;
    return true;
}

bool
engine_can(const char *name, const struct query *q)
{
    if (strcmp(name, "xapian") == 0 && goes_wrong(q, 0))
        return false;
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++)
        if (strcmp(name, lacks[i].engine) == 0 && !knows(lacks[i].ops, q))
            return false;
    return true;
}
