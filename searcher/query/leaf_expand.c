/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leaf_expand.c - the terms of leaves, and those of the archive that a pattern
 * stands for
 *
 * All terms of a query are counted, so that its memory has an end however
 * many wildcards it has, and however often the sides of a proximity had to be
 * taken.  A pattern is looked for once, and found again by its hash.
 */
#include <inttypes.h>

#include "../../common/base/hash.h"
#include "analysis.h"

/* What a pattern behind a prefix stands for. */
struct expanded {
    uint64_t hash;
    struct morgue_str prefix;
    struct pattern pattern;
    struct expansions found;
    bool known;
    struct expanded *next; /* of those in one place of the table */
};

enum { EXPANDED_SLOTS = 256 };

/* Count `n` terms more, of a leaf. */
static enum morgue_status
count_terms(struct analysis *a, const struct ast *leaf, size_t n)
{
    a->terms_n += n;
    if (a->terms_n <= QUERY_TERMS_MAX)
        return MORGUE_OK;
    return too_many(a, leaf->span.start, QUERY_TERMS_MAX,
                    "words, all that its wildcards stand for among them");
}

enum morgue_status
leaf_term(struct query **out, struct analysis *a, const struct ast *leaf,
          struct morgue_str term)
{
    enum morgue_status st = count_terms(a, leaf, 1);

    *out = st ? NULL : query_term(a->arena, term, 1);
    return st || *out ? st : error_nomem(a->err);
}

static bool
same_pattern(const struct pattern *a, const struct pattern *b)
{
    return a->n == b->n && a->edits == b->edits &&
           (a->n == 0 || memcmp(a->c, b->c, a->n * sizeof *a->c) == 0);
}

/* What was looked for likewise, or a new place for it; NULL when out of
 * memory. */
static struct expanded *
expanded_of(struct analysis *a, struct morgue_str prefix,
            const struct pattern *pattern)
{
    uint64_t hash = hash64(prefix.s, prefix.len) * 31 +
                    hash64(pattern->c, pattern->n * sizeof *pattern->c);
    struct expanded *e, **slot;

    if (!a->expanded)
        a->expanded = arena_zero(a->arena, EXPANDED_SLOTS, sizeof(e));
    if (!a->expanded)
        return NULL;
    slot = &a->expanded[hash % EXPANDED_SLOTS];
    for (e = *slot; e; e = e->next)
        if (e->hash == hash && str_eq(e->prefix, prefix) &&
            same_pattern(&e->pattern, pattern))
            return e;
    e = arena_zero(a->arena, 1, sizeof *e);
    if (!e)
        return NULL;
    *e = (struct expanded){
        .hash = hash, .prefix = prefix, .pattern = *pattern, .next = *slot};
    *slot = e;
    return e;
}

/* Tell of a pattern that stands for more than is looked for. */
static void
note_more(struct analysis *a, const struct ast *leaf,
          const struct expansions *found)
{
    struct morgue_str shown = note_shown(a->text, leaf->span);

    if (found->all > found->n)
        note_add(a->notes, leaf->span,
                 "'%.*s' stands for %" PRIu64 " words or values, of which the "
                 "%zu most frequent are looked for",
                 (int)shown.len, shown.s, found->all, found->n);
}

enum morgue_status
leaf_expand(struct query **out, struct analysis *a, const struct ast *leaf,
            enum query_op op, struct morgue_str prefix,
            const struct pattern *pattern, size_t max)
{
    const struct parse_context *c = a->context;
    struct expanded *e = expanded_of(a, prefix, pattern);
    struct query **node;
    enum morgue_status st = e ? MORGUE_OK : error_nomem(a->err);

    *out = NULL;
    if (!st && !e->known && c->reader)
        st = engine_expand(&e->found, c->reader, a->arena, prefix, pattern,
                           max, c->stop, a->err);
    if (!st)
        e->known = true;
    if (st || e->found.n == 0)
        return st;
    note_more(a, leaf, &e->found);
    st = count_terms(a, leaf, e->found.n);
    if (st)
        return st;
    node = arena_zero(a->arena, e->found.n, sizeof(struct query *));
    if (!node)
        return error_nomem(a->err);
    for (size_t i = 0; i < e->found.n; i++) {
        node[i] = query_term(a->arena, e->found.v[i].term, 1);
        if (node[i])
            node[i]->known = e->found.v[i].known;
    }
    *out =
        e->found.n == 1 ? node[0] : query_node(a->arena, op, node, e->found.n);
    return *out ? MORGUE_OK : error_nomem(a->err);
}
