/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tree.h - query trees as text, as query_print writes them
 *
 *     (all Zen:ferri (near 5 a b) (near <s a (any b c)) (within lead 80 a))
 */
#ifndef MORGUE_TEST_TREE_H
#define MORGUE_TEST_TREE_H

#include <stdlib.h>

#include "../../common/engine/query.h"

enum { TREE_CHILDREN = 64 };

/* What is between spaces and brackets; *at moves behind it. */
static inline struct morgue_str
tree_word(const char **at)
{
    const char *from;

    *at += strspn(*at, " ");
    from = *at;
    *at += strcspn(*at, " ()");
    return str_slice(from, (size_t)(*at - from));
}

static inline void
tree_reach(struct reach *r, const char **at)
{
    struct morgue_str s = tree_word(at);

    r->ordered = s.len > 0 && s.s[0] == '<';
    if (r->ordered)
        s = str_slice(s.s + 1, s.len - 1);
    r->unit = str_eq(s, STR("s"))   ? REACH_SENTENCE
              : str_eq(s, STR("p")) ? REACH_PARAGRAPH
                                    : REACH_POSITIONS;
    r->n = (uint32_t)strtoul(s.s, NULL, 10);
}

static inline uint32_t
tree_number(const char **at)
{
    return (uint32_t)strtoul(tree_word(at).s, NULL, 10);
}

/* The numbers that the node's name is followed by. */
static inline void
tree_numbers(struct query *q, const char **at)
{
    static const char *const part[] = {"body", "lead", "headlead"};
    struct morgue_str s;

    if (q->op == QUERY_SOME || q->op == QUERY_TIMES ||
        (q->op == QUERY_PHRASE && (*at)[1] >= '0' && (*at)[1] <= '9'))
        q->n = tree_number(at);
    if (q->op == QUERY_SCALE)
        q->factor = strtod(tree_word(at).s, NULL);
    if (q->op == QUERY_NEAR || q->op == QUERY_APART)
        tree_reach(&q->reach, at);
    if (q->op == QUERY_LENGTH) {
        q->least = strtoull(tree_word(at).s, NULL, 10);
        q->most = strtoull(tree_word(at).s, NULL, 10);
    }
    if (q->op == QUERY_HAS)
        q->field = (enum field)(field_named(tree_word(at)) - field_info);
    if (q->op == QUERY_WITHIN) {
        s = tree_word(at);
        for (int i = 0; i < 3; i++)
            if (str_eq(s, str_of(part[i])))
                q->part = (enum text_part)i;
        q->n = tree_number(at);
    }
}

/* The tree at *at, in the arena; NULL where it is none. */
static inline struct query *
tree_read(struct arena *a, const char **at)
{
    struct query *child[TREE_CHILDREN], own = {.op = QUERY_TERM}, *q;
    struct morgue_str s;
    size_t n = 0;

    *at += strspn(*at, " ");
    if (**at != '(')
        return query_term(a, tree_word(at), 1);
    ++*at;
    s = tree_word(at);
    for (int op = 0; op < QUERY_OPS; op++)
        if (str_eq(s, str_of(query_name((enum query_op)op))))
            own.op = (enum query_op)op;
    tree_numbers(&own, at);
    while (*(*at += strspn(*at, " ")) != ')' && **at && n < TREE_CHILDREN)
        child[n++] = tree_read(a, at);
    *at += **at == ')';
    q = query_node(a, own.op, child, n);
    if (!q || own.op == QUERY_TERM)
        return NULL;
    own.child = q->child;
    own.child_n = q->child_n;
    *q = own;
    return q;
}

#endif
