/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leaf_expand.c - the terms of the archive that a pattern stands for
 */
#include <inttypes.h>

#include "analysis.h"

enum morgue_status
leaf_expand(struct query **out, struct analysis *a, const struct ast *leaf,
            enum query_op op, struct morgue_str prefix,
            const struct pattern *pattern, size_t max)
{
    const struct parse_context *c = a->context;
    struct morgue_str shown = note_shown(a->text, leaf->span);
    struct expansions found = {.n = 0};
    struct query **node;
    enum morgue_status st = MORGUE_OK;

    *out = NULL;
    if (c->reader)
        st = engine_expand(&found, c->reader, a->arena, prefix, pattern, max,
                           c->stop, a->err);
    if (st || found.n == 0)
        return st;
    if (found.all > found.n)
        note_add(a->notes, leaf->span,
                 "'%.*s' stands for %" PRIu64 " words or values, of which the "
                 "%zu most frequent are looked for",
                 (int)shown.len, shown.s, found.all, found.n);
    node = arena_zero(a->arena, found.n, sizeof(struct query *));
    if (!node)
        return error_nomem(a->err);
    for (size_t i = 0; i < found.n; i++)
        node[i] = query_term(a->arena, found.v[i].term, 1);
    *out = found.n == 1 ? node[0] : query_node(a->arena, op, node, found.n);
    return *out ? MORGUE_OK : error_nomem(a->err);
}
