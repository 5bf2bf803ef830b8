/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query.c - making, checking and printing query trees
 */
#include "query.h"

#include <math.h>

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

/* Each operator's name when it is printed, and how many children it has. */
static const struct {
    const char *name;
    size_t least, most;
} ops[QUERY_OPS] = {
    [QUERY_TERM] = {"", 0, 0},
    [QUERY_FORMS] = {"forms", 0, SIZE_MAX},
    [QUERY_WORDS] = {"words", 0, SIZE_MAX},
    [QUERY_ALL] = {"all", 1, SIZE_MAX},
    [QUERY_ANY] = {"any", 1, SIZE_MAX},
    [QUERY_BEST] = {"best", 1, SIZE_MAX},
    [QUERY_SOME] = {"some", 1, SIZE_MAX},
    [QUERY_NOT] = {"not", 1, SIZE_MAX},
    [QUERY_FILTER] = {"filter", 1, SIZE_MAX},
    [QUERY_SCALE] = {"scale", 1, 1},
    [QUERY_DATES] = {"dates", 0, 0},
    [QUERY_EVERY] = {"every", 0, 0},
    [QUERY_NONE] = {"none", 0, 0},
    [QUERY_LENGTH] = {"length", 0, 0},
    [QUERY_HAS] = {"has", 0, 0},
    [QUERY_PHRASE] = {"phrase", 1, SIZE_MAX},
    [QUERY_NEAR] = {"near", 2, 2},
    [QUERY_APART] = {"apart", 2, 2},
    [QUERY_WITHIN] = {"within", 1, 1},
    [QUERY_TIMES] = {"times", 1, 1},
};

const char *
query_name(enum query_op op)
{
    return ops[op].name;
}

/* ---- making ------------------------------------------------------------- */

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
query_length(struct arena *a, uint64_t least, uint64_t most)
{
    struct query *q = new_node(a, QUERY_LENGTH);

    if (q) {
        q->least = least;
        q->most = most;
    }
    return q;
}

struct query *
query_has(struct arena *a, enum field field)
{
    struct query *q = new_node(a, QUERY_HAS);

    if (q)
        q->field = field;
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

struct query *
query_counted(struct arena *a, enum query_op op, uint32_t n,
              struct query *const *child, size_t child_n)
{
    struct query *q = query_node(a, op, child, child_n);

    if (q)
        q->n = n;
    return q;
}

struct query *
query_reach(struct arena *a, enum query_op op, const struct reach *reach,
            struct query *first, struct query *second)
{
    struct query *child[] = {first, second};
    struct query *q = query_node(a, op, child, 2);

    if (q)
        q->reach = *reach;
    return q;
}

struct query *
query_within(struct arena *a, enum text_part part, uint32_t n,
             struct query *child)
{
    struct query *q = query_counted(a, QUERY_WITHIN, n, &child, 1);

    if (q)
        q->part = part;
    return q;
}

struct query *
query_scale(struct arena *a, double factor, struct query *child)
{
    struct query *q = query_node(a, QUERY_SCALE, &child, 1);

    if (q)
        q->factor = factor;
    return q;
}

/* ---- checking ----------------------------------------------------------- */

/* Whether the children are terms of one wqf. */
static bool
are_terms(const struct query *q)
{
    for (size_t i = 0; i < q->child_n; i++)
        if (q->child[i]->op != QUERY_TERM ||
            q->child[i]->wqf != q->child[0]->wqf)
            return false;
    return true;
}

static bool
has_places(enum query_op op)
{
    return query_is_placed(op) || op == QUERY_TERM || op == QUERY_FORMS ||
           op == QUERY_WORDS || op == QUERY_ANY || op == QUERY_BEST;
}

static bool
numbers_are_right(const struct query *q)
{
    switch (q->op) {
    case QUERY_TERM:
        return q->term.len > 0 && q->wqf > 0;
    case QUERY_FORMS:
    case QUERY_WORDS:
        return are_terms(q);
    case QUERY_SOME:
    case QUERY_TIMES:
        return q->n > 0;
    case QUERY_PHRASE:
        return q->n <= REACH_MAX;
    case QUERY_SCALE:
        return q->factor > 0 && isfinite(q->factor);
    case QUERY_HAS:
        return (unsigned)q->field < FIELD_N;
    case QUERY_NEAR:
    case QUERY_APART:
        return q->reach.unit != REACH_POSITIONS ||
               (q->reach.n > 0 && q->reach.n <= REACH_MAX);
    default: /* has no numbers */
        return true;
    }
}

/* `placed`: somebody above looks at the node's places. */
static bool
valid(const struct query *q, bool placed, unsigned depth)
{
    if (depth > QUERY_DEPTH_MAX || (unsigned)q->op >= QUERY_OPS ||
        q->child_n < ops[q->op].least || q->child_n > ops[q->op].most ||
        (placed && !has_places(q->op)) || !numbers_are_right(q))
        return false;
    placed |= query_is_placed(q->op);
    for (size_t i = 0; i < q->child_n; i++)
        if (!valid(q->child[i], placed, depth + 1))
            return false;
    return true;
}

bool
query_valid(const struct query *q)
{
    return valid(q, false, 0);
}

/* ---- printing ----------------------------------------------------------- */

static void
print_reach(struct buf *out, const struct reach *r)
{
    static const char *const unit[] = {[REACH_POSITIONS] = "",
                                       [REACH_SENTENCE] = "s",
                                       [REACH_PARAGRAPH] = "p"};

    buf_printf(out, "%s", r->ordered ? "<" : "");
    if (r->unit == REACH_POSITIONS)
        buf_printf(out, "%u", (unsigned)r->n);
    else
        buf_printf(out, "%s", unit[r->unit]);
}

/* What a node has beside its children. */
static void
print_numbers(struct buf *out, const struct query *q)
{
    static const char *const part[] = {[PART_BODY] = "body",
                                       [PART_LEAD] = "lead",
                                       [PART_HEADLEAD] = "headlead"};

    if (q->op == QUERY_SOME || q->op == QUERY_TIMES ||
        (q->op == QUERY_PHRASE && q->n > 0))
        buf_printf(out, " %u", (unsigned)q->n);
    if (q->op == QUERY_SCALE)
        buf_printf(out, " %g", q->factor);
    if (q->op == QUERY_WITHIN)
        buf_printf(out, " %s %u", part[q->part], (unsigned)q->n);
    if (q->op == QUERY_NEAR || q->op == QUERY_APART) {
        buf_char(out, ' ');
        print_reach(out, &q->reach);
    }
    if (q->op == QUERY_LENGTH)
        buf_printf(out, " %llu %llu", (unsigned long long)q->least,
                   (unsigned long long)q->most);
    if (q->op == QUERY_HAS)
        buf_printf(out, " %s", field_info[q->field].name);
    if (q->op == QUERY_DATES)
        buf_printf(out, " %lld %lld", (long long)q->period.from,
                   (long long)q->period.to);
    if (q->op == QUERY_DATES && q->period.by_instant)
        buf_printf(out, " %lld %lld", (long long)q->period.from_utc,
                   (long long)q->period.to_utc);
}

void
query_print(struct buf *out, const struct query *q)
{
    if (q->op == QUERY_TERM) {
        buf_str(out, q->term);
        if (q->wqf != 1)
            buf_printf(out, "#%u", (unsigned)q->wqf);
        return;
    }
    buf_printf(out, "(%s", ops[q->op].name);
    print_numbers(out, q);
    for (size_t i = 0; i < q->child_n; i++) {
        buf_char(out, ' ');
        query_print(out, q->child[i]);
    }
    buf_char(out, ')');
}
