/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compose.c - the answer to a tree, put together from those to its leaves
 *
 * What query.h says of the operators, done here one article after another,
 * with what the first side says of terms, phrases and dates.  It is for trees
 * that libxapian 1.4 does not do right:
 *
 *   - An OP_MAX below an OP_OR may crash, for its weight is asked for when
 *     its lists have ended and are freed.
 */
#include <math.h>
#include <stdlib.h>

#include "../../searcher/dates.h"
#include "../../searcher/query/analyse.h"
#include "compose.h"

/* ---- which trees -------------------------------------------------------- */

bool
compose_needed(const struct query *q)
{
    bool needed = q->op == QUERY_BEST;

    for (size_t i = 0; i < q->child_n && !needed; i++)
        needed = compose_needed(q->child[i]);
    return needed;
}

/* ---- putting together --------------------------------------------------- */

struct composing {
    const struct facts *facts;
    struct arena *arena;
    struct engine_params params;
    struct morgue_error *err;
};

/* Of each article: its score, or less than 0 where it does not match. */
static double *compose(struct composing *c, const struct query *q);

static double *
leaf(struct composing *c, const struct query *q)
{
    const struct session *m = c->facts->pair->s[0];
    struct engine_hits hits;
    double *v = arena_zero(c->arena, c->facts->n + 1, sizeof *v);

    if (!v || engine_search(&hits, m->reader, c->arena, q, &c->params, c->err))
        return NULL;
    for (size_t i = 0; i < c->facts->n; i++)
        v[i] = -1;
    for (size_t i = 0; i < hits.n; i++) {
        size_t a = facts_of_number(c->facts, 0, hits.hit[i].number);

        if (a == SIZE_MAX)
            return NULL;
        v[a] = hits.hit[i].score;
    }
    return v;
}

/* What BM25 makes of the number of articles that have a term. */
static double
rarity(double n, double articles)
{
    double w = (n - articles + 0.5) / (articles + 0.5);

    return log(w < 2 ? w / 2 + 1 : w);
}

static size_t
count_matches(const double *v, size_t n)
{
    size_t matches = 0;

    for (size_t i = 0; i < n; i++)
        matches += v[i] >= 0;
    return matches;
}

/* Each form as if it were in all the articles that have any. */
static double *
forms(struct composing *c, const struct query *q)
{
    size_t n = c->facts->n, all = 0;
    double *v = arena_zero(c->arena, n + 1, sizeof *v);
    double **form = arena_zero(c->arena, q->child_n, sizeof(double *));

    for (size_t k = 0; form && k < q->child_n; k++) {
        form[k] = leaf(c, q->child[k]);
        if (!form[k])
            return NULL;
        all += count_matches(form[k], n);
    }
    if (!v || !form)
        return NULL;
    all = all < n ? all : n;
    for (size_t i = 0; i < n; i++) {
        v[i] = -1;
        for (size_t k = 0; k < q->child_n; k++) {
            double own = (double)count_matches(form[k], n);

            if (form[k][i] >= 0)
                v[i] = fmax(v[i], form[k][i] * rarity((double)n, (double)all) /
                                      rarity((double)n, own));
        }
    }
    return v;
}

/* Each article's own date against the period. */
static double *
dates(struct composing *c, const struct period *period)
{
    const struct facts *f = c->facts;
    double *v = arena_zero(c->arena, f->n + 1, sizeof *v);

    for (size_t i = 0; v && i < f->n; i++)
        v[i] = period_has(period, f->article[i].date) ? 0 : -1;
    return v;
}

static double
join(enum query_op op, double a, double b)
{
    switch (op) {
    case QUERY_ALL:
        return a < 0 || b < 0 ? -1 : a + b;
    case QUERY_FILTER:
        return b < 0 ? -1 : a;
    case QUERY_NOT:
        return b < 0 ? a : -1;
    case QUERY_BEST:
        return fmax(a, b);
    default:
        return a < 0 ? b : b < 0 ? a : a + b;
    }
}

static double *
compose(struct composing *c, const struct query *q)
{
    double *v, *more;

    if (q->op == QUERY_DATES)
        return dates(c, &q->period);
    if (q->child_n == 0 || q->op == QUERY_PHRASE)
        return leaf(c, q);
    if (q->op == QUERY_FORMS)
        return forms(c, q);
    v = compose(c, q->child[0]);
    for (size_t k = 1; v && k < q->child_n; k++) {
        more = compose(c, q->child[k]);
        if (!more)
            return NULL;
        for (size_t i = 0; i < c->facts->n; i++)
            v[i] = join(q->op, v[i], more[i]);
    }
    return v;
}

static const struct fact *order_fact;
static enum morgue_sort order_sort;

static int
in_order(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    const struct fact *f = order_fact;

    if (order_sort == MORGUE_SORT_OLDEST)
        return f[x->article].oldest < f[y->article].oldest ? -1 : 1;
    if (order_sort == MORGUE_SORT_RELEVANCE && x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return f[x->article].newest < f[y->article].newest ? -1 : 1;
}

struct row *
compose_rows(size_t *n, const struct facts *f, struct arena *arena,
             const struct query *q, const struct engine_params *params,
             struct morgue_error *err)
{
    struct composing c = {
        .facts = f, .arena = arena, .params = *params, .err = err};
    double *v;
    struct row *row = arena_zero(arena, f->n + 1, sizeof *row);

    c.params.sort = MORGUE_SORT_RELEVANCE;
    c.params.offset = 0;
    c.params.limit = f->n + 1;
    v = compose(&c, q);
    *n = 0;
    if (!v || !row)
        return NULL;
    for (size_t i = 0; i < f->n; i++)
        if (v[i] >= 0)
            row[(*n)++] = (struct row){i, v[i]};
    order_fact = f->article;
    order_sort = params->sort;
    qsort(row, *n, sizeof *row, in_order);
    return row;
}

/* ---- texts -------------------------------------------------------------- */

enum morgue_status
compose_parse(const struct query **out, const struct facts *f,
              struct arena *arena, const struct question *q,
              struct morgue_error *err)
{
    struct session *m = f->pair->s[0];
    const struct morgue_search_options *o = &q->options;
    struct parse_context context = {.tokenizer = m->tokenizer,
                                    .stemmer = m->stemmer,
                                    .lang =
                                        o->lang ? &o->lang : m->state->stem,
                                    .lang_n = o->lang ? 1 : m->state->stem_n,
                                    .match = o->match,
                                    .may_be_empty = dates_asked(o) || o->lang};
    struct query *part[2];
    struct parsed parsed;
    enum morgue_status st =
        query_parse(&parsed, arena, str_of(q->text), &context, err);

    if (st)
        return st;
    part[0] = parsed.query;
    if (o->lang) {
        struct morgue_str term;

        st = term_value(&term, arena, &field_info[FIELD_LANG],
                        tokenizer_fold(m->tokenizer), str_of(o->lang), err);
        part[1] = query_term(arena, term, 1);
        if (st)
            return st;
        part[0] = query_node(arena, QUERY_FILTER, part, 2);
    }
    st = dates_filter(&part[0], arena, o, err);
    if (st)
        return st;
    *out = part[0];
    return *out ? MORGUE_OK : MORGUE_NOMEM;
}
