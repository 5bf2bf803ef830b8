/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query.c - making and printing query trees
 */
#include "query.h"

bool
period_has(const struct period *p, struct morgue_date date)
{
    if (date.precision == MORGUE_DATE_NONE)
        return false;
    if (p->by_instant && date.precision == MORGUE_DATE_SECOND)
        return date.seconds >= p->from_utc && date.seconds < p->to_utc;
    return date_local(date) >= p->from &&
           date_end(date) + date.offset <= p->to;
}

static struct query *
new_node(struct arena *a, enum query_op op)
{
    struct query *q = arena_zero(a, 1, sizeof *q);

    if (q)
        q->op = op;
    return q;
}

struct query *
query_term(struct arena *a, struct morgue_str term, uint32_t wqf)
{
    struct query *q = new_node(a, QUERY_TERM);

    if (!q || !arena_str(a, term, &q->term))
        return NULL;
    q->wqf = wqf;
    return q;
}

struct query *
query_dates(struct arena *a, const struct period *period)
{
    struct query *q = new_node(a, QUERY_DATES);

    if (q)
        q->period = *period;
    return q;
}

struct query *
query_node(struct arena *a, enum query_op op, struct query *const *child,
           size_t child_n)
{
    struct query *q = new_node(a, op);

    if (!q || child_n == 0)
        return q;
    q->child = arena_zero(a, child_n, sizeof(struct query *));
    if (!q->child)
        return NULL;
    for (size_t i = 0; i < child_n; i++) {
        if (!child[i])
            return NULL;
        q->child[i] = child[i];
    }
    q->child_n = child_n;
    return q;
}

void
query_print(struct buf *out, const struct query *q)
{
    static const char *const name[] = {
        [QUERY_ALL] = "all",       [QUERY_ANY] = "any",
        [QUERY_BEST] = "best",     [QUERY_FORMS] = "forms",
        [QUERY_PHRASE] = "phrase", [QUERY_NOT] = "not",
        [QUERY_FILTER] = "filter", [QUERY_DATES] = "dates",
        [QUERY_EVERY] = "every",   [QUERY_NONE] = "none",
    };

    if (q->op == QUERY_TERM) {
        buf_str(out, q->term);
        if (q->wqf != 1)
            buf_printf(out, "#%u", (unsigned)q->wqf);
        return;
    }
    buf_printf(out, "(%s", name[q->op]);
    if (q->op == QUERY_DATES)
        buf_printf(out, " %lld %lld", (long long)q->period.from,
                   (long long)q->period.to);
    if (q->op == QUERY_DATES && q->period.by_instant)
        buf_printf(out, " %lld %lld", (long long)q->period.from_utc,
                   (long long)q->period.to_utc);
    for (size_t i = 0; i < q->child_n; i++) {
        buf_char(out, ' ');
        query_print(out, q->child[i]);
    }
    buf_char(out, ')');
}
