/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_shrink.c - smaller trees
 *
 * A node is replaced by one of its children, loses one, a phrase loses a word,
 * or a number becomes less.
 */
#include "brute.h"

struct shrinking {
    struct arena *a;
    size_t left; /* changes to pass over before the one that is made */
    bool done, failed;
};

/* Whether the change that comes next is the one to make. */
static bool
turn(struct shrinking *s)
{
    if (s->done)
        return false;
    if (s->left-- > 0)
        return false;
    s->done = true;
    return true;
}

static void
drop_child(struct brute_node *n, size_t i)
{
    for (; i + 1 < n->child_n; i++) {
        n->child[i] = n->child[i + 1];
        n->sign[i] = n->sign[i + 1];
    }
    n->child_n--;
    if (n->op == BRUTE_SOME && n->n > n->child_n)
        n->n = (unsigned)n->child_n;
}

static void
drop_word(struct brute_node *n, size_t i)
{
    for (; i + 1 < n->word_n; i++) {
        n->word[i] = n->word[i + 1];
        n->table[i] = n->table[i + 1];
    }
    n->word_n--;
    if (n->word_n == 1 && n->op == BRUTE_PHRASE)
        n->n = 0;
}

static bool
loses_children(const struct brute_node *n)
{
    return n->op == BRUTE_AND || n->op == BRUTE_OR || n->op == BRUTE_SOME ||
           n->op == BRUTE_LIST;
}

/* Outside a field, its words would be looked for elsewhere, which is as good
 * a query. */
static struct brute_node *
shrink(struct shrinking *s, const struct brute_node *from)
{
    struct brute_node *n = arena_alloc(s->a, sizeof *n);

    if (!n) {
        s->failed = true;
        return NULL;
    }
    *n = *from;
    for (size_t i = 0; i < n->child_n; i++)
        if (n->sign[i] != '-' && turn(s))
            return n->child[i];
    for (size_t i = 0; loses_children(n) && n->child_n > 1 && i < n->child_n;
         i++)
        if (turn(s)) {
            drop_child(n, i);
            return n;
        }
    for (size_t i = 0; i < n->word_n && n->word_n > 1; i++)
        if (turn(s)) {
            drop_word(n, i);
            return n;
        }
    if (n->op == BRUTE_PHRASE && n->n > 0 && turn(s))
        n->n = 0;
    if ((n->op == BRUTE_NEAR || n->op == BRUTE_ATLEAST) && n->n > 1 && turn(s))
        n->n--;
    for (size_t i = 0; i < n->child_n && !s->done && !s->failed; i++)
        n->child[i] = shrink(s, n->child[i]);
    return n;
}

bool
brute_smaller(struct brute_query *out, const struct brute_query *q,
              struct arena *a, size_t i)
{
    struct shrinking s = {.a = a, .left = i};

    *out = *q;
    if (q->tz && i == 0) {
        out->tz = NULL;
        return true;
    }
    out->root = shrink(&s, q->root);
    return s.done && !s.failed;
}
