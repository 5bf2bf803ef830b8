/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * queries.c - random questions, and smaller ones
 *
 * A question is a tree of all operators, at most DEPTH deep, with one to
 * eight leaves, or one node with up to 64: terms of the archive, as often
 * frequent as middling as rare, patterns, phrases of words that stand together
 * in an article and of others, nodes that look at places (placed.c), dates,
 * every, none; or a text as a person types it (typed.c).  With a tree there
 * may be things to collect.  Smaller questions, to find what a failure hangs
 * on, have one node, option or collector less, or a smaller number.
 */
#include <assert.h>
#include <stdlib.h>

#include "../../common/engine/id_term.h"
#include "drawing.h"

enum { DEPTH = 4, WIDE = 64 };

/* ---- words -------------------------------------------------------------- */

struct morgue_str
draw_term(struct drawing *d)
{
    const struct facts *f = d->facts;
    size_t top = f->term_n / 200 + 20, middle = f->term_n / 10 + 100;
    size_t kind = rng_below(d->rng, 100), i;

    if (kind < 4 || f->term_n == 0)
        return STR("nosuchword");
    if (kind < 8 && d->last.len > 0)
        return d->last;
    if (kind < 40)
        i = rng_below(d->rng, top);
    else if (kind < 75)
        i = rng_below(d->rng, middle);
    else
        i = rng_below(d->rng, f->term_n);
    return d->last = f->term[i % f->term_n].s;
}

/* The prefix of a term: capitals, and what is behind a colon is a value. */
size_t
prefix_len(struct morgue_str term)
{
    size_t n = 0;

    while (n < term.len && term.s[n] >= 'A' && term.s[n] <= 'Z')
        n++;
    return n;
}

static struct query *
draw_phrase(struct drawing *d)
{
    struct morgue_str word[PHRASE_MAX];
    struct query *child[PHRASE_MAX];
    size_t n = 2 + rng_below(d->rng, PHRASE_MAX - 1);
    size_t kind = rng_below(d->rng, 100), got = 0;

    if (kind < 85)
        got = draw_row(d, word, n);
    if (got < 2)
        for (got = 0; got < n; got++)
            word[got] = draw_term(d);
    else if (kind < 10) /* nearly a row */
        word[rng_below(d->rng, got)] = draw_term(d);
    else if (kind < 15)
        word[got - 1] = word[0];
    for (size_t i = 0; i < got; i++)
        child[i] = query_term(d->arena, word[i], 1);
    return query_node(d->arena, QUERY_PHRASE, child, got);
}

/* ---- trees -------------------------------------------------------------- */

int64_t
draw_second(struct drawing *d)
{
    const struct facts *f = d->facts;
    int64_t day = 86400;
    size_t kind = rng_below(d->rng, 100);

    if (kind < 8)
        return kind % 2 ? INT64_MIN : INT64_MAX;
    if (kind < 15 || f->n == 0)
        return (int64_t)rng_next(d->rng) / 1000000000;
    if (kind < 60)
        day = 0;
    return f->article[rng_below(d->rng, f->n)].date.seconds +
           day * ((int64_t)rng_below(d->rng, 400) - 200) +
           (int64_t)rng_below(d->rng, 3) - 1;
}

static void
draw_range(int64_t *from, int64_t *to, struct drawing *d)
{
    int64_t a = draw_second(d), b = draw_second(d);
    bool right = a <= b || rng_chance(d->rng, 5);

    *from = right ? a : b;
    *to = right ? b : a;
}

static struct query *
draw_dates(struct drawing *d)
{
    struct period p = {.by_instant = rng_chance(d->rng, 40)};

    draw_range(&p.from, &p.to, d);
    draw_range(&p.from_utc, &p.to_utc, d);
    if (rng_chance(d->rng, 50)) {
        p.from_utc = p.from;
        p.to_utc = p.to;
    }
    return query_dates(d->arena, &p);
}

/* Lengths as bodies of the world have them, and of none. */
static struct query *
draw_length(struct drawing *d)
{
    uint64_t least = rng_below(d->rng, 1 + rng_below(d->rng, 400));
    uint64_t most = least + rng_below(d->rng, 1 + rng_below(d->rng, 400));
    size_t kind = rng_below(d->rng, 100);

    if (kind < 30)
        most = UINT64_MAX - (kind < 15 ? 0 : rng_below(d->rng, 1000));
    else if (kind < 45)
        least = 0;
    else if (kind < 50)
        least = most + 1 + rng_below(d->rng, 10);
    else if (kind < 53)
        least = UINT32_MAX - 2 + rng_below(d->rng, 5);
    return query_length(d->arena, least, most);
}

/* Of an article that is there, mostly. */
static struct query *
draw_id(struct drawing *d)
{
    const struct facts *f = d->facts;
    struct morgue_str id = STR("nobody");
    struct id_term t;

    if (f->n > 0 && rng_chance(d->rng, 90))
        id = f->article[rng_below(d->rng, f->n)].id;
    t = id_term(id);
    return query_term(d->arena, str_slice(t.s, t.len), 1);
}

static struct query *
draw_leaf(struct drawing *d)
{
    size_t kind = rng_below(d->rng, 100);

    d->leaves -= d->leaves > 0;
    if (kind < 7)
        return draw_forms(d, QUERY_FORMS, STR(""));
    if (kind < 10)
        return draw_forms(d, QUERY_WORDS, STR(""));
    if (kind < 14)
        return draw_pattern(d, draw_term(d));
    if (kind < 39)
        return draw_placed(d);
    if (kind < 80)
        return query_term(
            d->arena, draw_term(d),
            rng_chance(d->rng, 90) ? 1 : 2 + (uint32_t)rng_below(d->rng, 3));
    if (kind < 90)
        return draw_phrase(d);
    if (kind < 93)
        return draw_dates(d);
    if (kind < 95)
        return draw_length(d);
    if (kind < 96)
        return query_has(d->arena, (enum field)rng_below(d->rng, FIELD_N));
    if (kind < 97)
        return draw_id(d);
    return query_node(d->arena, kind < 99 ? QUERY_EVERY : QUERY_NONE, NULL, 0);
}

static struct query *
draw_tree(struct drawing *d, int depth)
{
    static const enum query_op op[] = {
        QUERY_ALL,  QUERY_ALL, QUERY_ALL,    QUERY_ANY,  QUERY_ANY,  QUERY_ANY,
        QUERY_BEST, QUERY_NOT, QUERY_FILTER, QUERY_SOME, QUERY_SCALE};
    static const double factor[] = {0.25, 0.5, 2, 3, 1e-3, 10};
    enum query_op mine = op[rng_below(d->rng, sizeof op / sizeof *op)];
    struct query *child[LEAVES];
    size_t n = 0, most = 1 + rng_below(d->rng, LEAVES);
    unsigned inner = depth == DEPTH ? 85 : 30;

    if (depth == 0 || d->leaves < 2 || !rng_chance(d->rng, inner))
        return draw_leaf(d);
    /* Children alone in their node are rare, and allowed. */
    if (most == 1 && !rng_chance(d->rng, 20))
        most = 2;
    if (mine == QUERY_SCALE)
        most = 1;
    while (n < most && (n == 0 || d->leaves > 0))
        child[n++] = draw_tree(d, depth - 1);
    if (mine == QUERY_SCALE)
        return query_scale(d->arena, factor[rng_below(d->rng, 6)], child[0]);
    return query_counted(
        d->arena, mine,
        mine == QUERY_SOME ? 1 + (uint32_t)rng_below(d->rng, n + 1) : 0, child,
        n);
}

/* Many terms in one node. */
static struct query *
draw_wide(struct drawing *d)
{
    static const enum query_op op[] = {QUERY_ANY, QUERY_ANY, QUERY_BEST,
                                       QUERY_ALL};
    struct query *child[WIDE];
    size_t n = LEAVES + rng_below(d->rng, WIDE - LEAVES);

    for (size_t i = 0; i < n; i++)
        child[i] = query_term(d->arena, draw_term(d), 1);
    return query_node(d->arena, op[rng_below(d->rng, 4)], child, n);
}

/* ---- questions ---------------------------------------------------------- */

static struct engine_params
draw_params(struct drawing *d)
{
    struct engine_params p = {.k1 = 1.2, .b = 0.75, .limit = 10};
    size_t sort = rng_below(d->rng, 10);

    if (rng_chance(d->rng, 30)) /* one in ten of these: 0, all scores alike */
        p.k1 = (double)(rng_below(d->rng, 40) / 4) / 3;
    if (rng_chance(d->rng, 30))
        p.b = (double)rng_below(d->rng, 5) / 4;
    p.sort = sort == 8   ? MORGUE_SORT_NEWEST
             : sort == 9 ? MORGUE_SORT_OLDEST
                         : MORGUE_SORT_RELEVANCE;
    if (rng_chance(d->rng, 60))
        p.limit = rng_below(d->rng, 1 + rng_below(d->rng, 201));
    else if (rng_chance(d->rng, 5))
        p.limit = 100000;
    if (rng_chance(d->rng, 25))
        p.offset = rng_below(d->rng, 1 + rng_below(d->rng, 300));
    p.exact_total = rng_chance(d->rng, 40);
    return p;
}

static struct collector
draw_collector(struct drawing *d)
{
    struct collector c = {.kind = (enum collect)rng_below(d->rng, 5),
                          .sort = (enum morgue_sort)rng_below(d->rng, 6),
                          .limit =
                              rng_below(d->rng, 1 + rng_below(d->rng, 60)),
                          .groups = SIZE_MAX,
                          .unit = (enum date_unit)rng_below(d->rng, 3)};

    c.field = (enum field)(FIELD_VALUES + rng_below(d->rng, FIELD_VALUES_N));
    if (c.kind == COLLECT_FIRST && rng_chance(d->rng, 30))
        c.offset = rng_below(d->rng, 1 + rng_below(d->rng, 100));
    if (c.kind == COLLECT_GROUPS) {
        c.sort = (enum morgue_sort)rng_below(d->rng, MORGUE_SORT_ID);
        c.limit %= 5;
        if (rng_chance(d->rng, 60))
            c.groups = rng_below(d->rng, 1 + rng_below(d->rng, 30));
    }
    return c;
}

/* Several things to collect, by chance of the same kind. */
static void
draw_collectors(struct question *q, struct drawing *d)
{
    q->collect_n = 1 + rng_below(d->rng, COLLECTORS_MAX);
    for (size_t i = 0; i < q->collect_n; i++) {
        q->collect[i] = draw_collector(d);
        if (q->collect[i].kind == COLLECT_FIRST && rng_chance(d->rng, 50))
            q->after[i] = 1 + rng_below(d->rng, 1 + rng_below(d->rng, 1000));
    }
}

static void
copy_params(struct question *q)
{
    q->options.k1 = q->params.k1;
    q->options.b = q->params.b;
    q->options.sort = q->params.sort;
    q->options.offset = q->params.offset;
    q->options.limit = q->params.limit;
    q->options.exact_total = q->params.exact_total;
}

bool
question_draw(struct question *out, struct arena *a, struct facts *f,
              struct rng *r)
{
    struct drawing d = {.arena = a, .facts = f, .rng = r};

    *out = (struct question){.options = MORGUE_SEARCH_INIT};
    out->params = draw_params(&d);
    copy_params(out);
    if (rng_chance(r, 20))
        return draw_text(out, &d);
    d.leaves = 1 + rng_below(r, LEAVES);
    out->tree = rng_chance(r, 4) ? draw_wide(&d) : draw_tree(&d, DEPTH);
    if (rng_chance(r, 40))
        draw_collectors(out, &d);
    assert(!out->tree || query_valid(out->tree));
    return out->tree != NULL;
}

/* ---- smaller ones ------------------------------------------------------- */

/* One change of a tree: node `node`, in preorder. */
struct cut {
    size_t node;
    enum { CUT_TO_CHILD, CUT_CHILDREN, CUT_NUMBERS } kind;
    size_t from, n; /* the children that it becomes or loses; which number */
    size_t at;      /* the next node's number */
};

/* One of the numbers of a node, smaller or simpler. */
static void
cut_number(struct query *q, size_t which)
{
    switch (which) {
    case 0:
        q->n /= 2;
        q->reach.n /= 2;
        break;
    case 1:
        q->n -= q->n > 0;
        q->reach.n -= q->reach.n > 0;
        break;
    case 2:
        q->reach.ordered = false;
        break;
    case 3:
        q->wqf = q->wqf > 0;
        q->factor = q->factor > 0 ? 2 : 0;
        break;
    case 4:
        q->part = PART_BODY;
        break;
    case 5:
        q->least /= 2;
        break;
    default:
        q->most = q->op == QUERY_LENGTH ? UINT64_MAX : 0;
        break;
    }
}
enum { NUMBERS = 7 };

static struct query *
copy_cut(struct arena *a, const struct query *q, struct cut *c)
{
    struct query *child[PREFIX_WORDS_MAX], *copy;
    size_t n = 0, here = c->at++;
    bool mine = here == c->node;

    if (mine && c->kind == CUT_TO_CHILD)
        return copy_cut(a, q->child[c->from], c);
    for (size_t i = 0; i < q->child_n; i++)
        if (!mine || c->kind != CUT_CHILDREN || i < c->from ||
            i >= c->from + c->n)
            child[n++] = copy_cut(a, q->child[i], c);
    copy = query_node(a, q->op, child, n);
    if (!copy)
        return NULL;
    copy->term = q->term;
    copy->wqf = q->wqf;
    copy->n = q->n;
    copy->factor = q->factor;
    copy->period = q->period;
    copy->reach = q->reach;
    copy->part = q->part;
    copy->least = q->least;
    copy->most = q->most;
    copy->field = q->field;
    if (mine && c->kind == CUT_NUMBERS)
        cut_number(copy, c->from);
    return copy;
}

static size_t
count_nodes(const struct query *q)
{
    size_t n = 1;

    for (size_t i = 0; i < q->child_n; i++)
        n += count_nodes(q->child[i]);
    return n;
}

/* The node with that number, and how many are left to it. */
static const struct query *
node_at(const struct query *q, size_t *number)
{
    const struct query *found = NULL;

    if (*number == 0)
        return q;
    --*number;
    for (size_t i = 0; i < q->child_n && !found; i++)
        found = node_at(q->child[i], number);
    return found;
}

/* The `i`th cut of a node; false behind the last. */
static bool
cut_of(struct cut *c, const struct query *q, size_t i)
{
    size_t half = q->child_n > LEAVES ? q->child_n / 2 : 0;

    c->n = 1;
    c->kind = CUT_CHILDREN;
    if (half > 0 && i < 2) {
        c->from = i * half;
        c->n = half;
        return true;
    }
    i -= half > 0 ? 2 : 0;
    c->from = i;
    c->kind = CUT_TO_CHILD;
    if (i < q->child_n)
        return true;
    c->from = i -= q->child_n;
    c->kind = CUT_CHILDREN;
    if (i < q->child_n)
        return true;
    c->from = i -= q->child_n;
    c->kind = CUT_NUMBERS;
    return i < NUMBERS;
}

/* Whether two trees are the same, as they are printed. */
static bool
is_same(const struct query *a, const struct query *b)
{
    struct buf x, y;
    bool same;

    buf_init(&x, 1 << 20);
    buf_init(&y, 1 << 20);
    query_print(&x, a);
    query_print(&y, b);
    same = str_eq(buf_view(&x), buf_view(&y));
    buf_free(&x);
    buf_free(&y);
    return same;
}

/* The `i`th cut of a tree; false behind the last. */
static bool
find_cut(struct cut *c, const struct query *q, size_t i)
{
    size_t nodes = count_nodes(q);

    for (size_t k = 0; k < nodes; k++) {
        size_t number = k;
        const struct query *node = node_at(q, &number);
        size_t m = 0;

        *c = (struct cut){.node = k};
        while (cut_of(c, node, m)) {
            if (i-- == 0)
                return true;
            m++;
        }
    }
    return false;
}

/* The `i`th smaller tree or, where that is none, the next after it, whose
 * number *i becomes; NULL behind the last. */
static struct query *
smaller_tree(struct arena *a, const struct query *q, size_t *i)
{
    struct cut c;

    for (; find_cut(&c, q, *i); ++*i) {
        struct query *smaller = copy_cut(a, q, &c);

        if (smaller && query_valid(smaller) && !is_same(smaller, q))
            return smaller;
    }
    return NULL;
}

static bool
smaller_params(struct question *q, size_t i)
{
    struct engine_params *p = &q->params;
    const struct engine_params before = *p;

    switch (i) {
    case 0:
        p->offset = 0;
        break;
    case 1:
        p->limit = p->limit > 10 ? 10 : p->limit;
        break;
    case 2:
        p->k1 = 1.2;
        p->b = 0.75;
        break;
    case 3:
        p->exact_total = true;
        break;
    case 4:
        p->sort = MORGUE_SORT_RELEVANCE;
        break;
    default:
        return false;
    }
    copy_params(q);
    return memcmp(&before, p, sizeof before) != 0 || smaller_params(q, i + 1);
}

/* Without the `i`th collector. */
static bool
lose_collector(struct question *q, size_t i)
{
    if (i >= q->collect_n)
        return false;
    q->collect_n--;
    for (; i < q->collect_n; i++) {
        q->collect[i] = q->collect[i + 1];
        q->after[i] = q->after[i + 1];
    }
    return true;
}

bool
question_smaller(struct question *out, struct arena *a,
                 const struct question *q, size_t *i)
{
    enum { PARAMS = 5 };
    size_t rest;

    *out = *q;
    if (*i < PARAMS && smaller_params(out, *i))
        return true;
    *i = *i < PARAMS ? PARAMS : *i;
    if (lose_collector(out, *i - PARAMS))
        return true;
    if (*i < PARAMS + COLLECTORS_MAX)
        *i = PARAMS + COLLECTORS_MAX;
    rest = *i - PARAMS - COLLECTORS_MAX;
    if (q->tree)
        out->tree = smaller_tree(a, q->tree, &rest);
    else
        out->text = smaller_text(a, q->text, rest);
    *i = PARAMS + COLLECTORS_MAX + rest;
    return q->tree ? out->tree != NULL : out->text != NULL;
}

static void
print_collector(struct buf *out, const struct collector *c, size_t after)
{
    static const char *const kind[] = {"first", "count", "values", "periods",
                                       "groups"};

    buf_printf(out, "; %s", kind[c->kind]);
    if (c->kind == COLLECT_FIRST || c->kind == COLLECT_GROUPS)
        buf_printf(out, " sort %d limit %zu", (int)c->sort, c->limit);
    if (c->kind == COLLECT_FIRST)
        buf_printf(out, " offset %zu after %zu", c->offset, after);
    if (c->kind == COLLECT_VALUES || c->kind == COLLECT_GROUPS)
        buf_printf(out, " of %s", field_info[c->field].name);
    if (c->kind == COLLECT_GROUPS && c->groups != SIZE_MAX)
        buf_printf(out, " most %zu", c->groups);
    if (c->kind == COLLECT_PERIODS)
        buf_printf(out, " unit %d", (int)c->unit);
}

void
question_print(struct buf *out, const struct question *q)
{
    static const char *const sort[] = {"relevance", "newest", "oldest"};
    char from[MORGUE_DATE_MAX], to[MORGUE_DATE_MAX];

    if (q->tree) {
        query_print(out, q->tree);
    } else {
        morgue_date_print(from, q->options.from);
        morgue_date_print(to, q->options.to);
        buf_printf(out, "text <%s> match %s, lang '%s', from '%s' to '%s'",
                   q->text,
                   q->options.match == MORGUE_MATCH_ANY ? "any" : "all",
                   q->options.lang ? q->options.lang : "", from, to);
    }
    buf_printf(out, " - sort %s, offset %zu, limit %zu, k1 %g, b %g%s",
               sort[q->params.sort], q->params.offset, q->params.limit,
               q->params.k1, q->params.b,
               q->params.exact_total ? ", exact" : "");
    for (size_t i = 0; i < q->collect_n; i++)
        print_collector(out, &q->collect[i], q->after[i]);
}
