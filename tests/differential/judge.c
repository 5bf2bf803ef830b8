/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge.c - whether engines answer a question as plain code does
 *
 * The same articles in the same order, scores equal to 1e-9 of them, and
 * totals that are right.  An engine adds the scores of a query's words in an
 * order of its own, so that scores which are equal in one may differ in the
 * last bits in the other.  Therefore all hits of plain code are cut into
 * groups whose scores lie within 1e-12 of their neighbour's, and each hit of
 * an engine must be of the group that stands at its place.  Inside of a group
 * an engine must keep to its own scores: falling, and where they are equal to
 * the last bit, the newest first, then in the order of arrival.
 *
 * Snippets of hits by text must be the same to the byte with both engines,
 * and values of fields be counted as they are in the articles that match.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../common/base/hash.h"
#include "judge.h"

struct answer {
    struct row *row;
    size_t n;
    uint64_t total;
    bool exact;
    morgue_hits *hits; /* of a text */
    enum morgue_status st;
};

bool
differ(const struct judging *j, const char *fmt, ...)
{
    char line[700];
    va_list ap;

    if (!j->why)
        return false;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    buf_str(j->why, str_of(line));
    buf_char(j->why, '\n');
    return false;
}

bool
judge_within(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

/* ---- asking ---- */

static bool
ask_tree(struct answer *out, struct judging *j, int side,
         const struct engine_params *params)
{
    struct session *m = j->facts->pair->s[side];
    struct engine_hits hits;
    struct morgue_error err;

    if (engine_search(&hits, m->reader, &j->arena, j->q->tree, params, &err))
        return differ(j, "%s: %s", m->reader->engine->name, err.message);
    *out = (struct answer){
        .row = arena_zero(&j->arena, hits.n + 1, sizeof *out->row),
        .n = hits.n,
        .total = hits.total,
        .exact = hits.exact};
    for (size_t i = 0; out->row && i < hits.n; i++)
        out->row[i] =
            (struct row){facts_of_number(j->facts, side, hits.hit[i].number),
                         hits.hit[i].score};
    return out->row || differ(j, "out of memory");
}

static bool
ask_text(struct answer *out, struct judging *j, int side,
         const struct engine_params *params)
{
    struct morgue *m = j->facts->pair->m[side];
    struct morgue_search_options o = j->q->options;
    struct morgue_error err;
    struct morgue_hit hit = MORGUE_HIT_INIT;

    o.offset = params->offset;
    o.limit = params->limit;
    o.exact_total = params->exact_total;
    out->st = morgue_search(&out->hits, m, j->q->text, &o, &err);
    if (out->st)
        return differ(j, "%s: %s", j->facts->pair->engine[side], err.message);
    out->n = morgue_hits_n(out->hits);
    out->total = morgue_hits_total(out->hits, &out->exact);
    out->row = arena_zero(&j->arena, out->n + 1, sizeof *out->row);
    for (size_t i = 0; out->row && morgue_hits_get(out->hits, i, &hit); i++)
        out->row[i] = (struct row){facts_of_id(j->facts, hit.id), hit.score};
    return out->row || differ(j, "out of memory");
}

static bool
ask(struct answer *out, struct judging *j, int side,
    const struct engine_params *params)
{
    *out = (struct answer){0};
    return j->q->tree ? ask_tree(out, j, side, params)
                      : ask_text(out, j, side, params);
}

/* ---- one list by itself ---- */

static bool
order_is_right(const struct judging *j, const struct answer *a, int side)
{
    const struct fact *fact = j->facts->article;
    enum morgue_sort sort = j->q->params.sort;

    for (size_t i = 0; i < a->n; i++) {
        const struct row *r = &a->row[i], *before = i > 0 ? r - 1 : NULL;
        const char *name = j->facts->pair->engine[side];
        bool good;

        if (r->article == SIZE_MAX)
            return differ(j, "%s: hit %zu is no article", name, i);
        if (!(r->score >= 0 && r->score < INFINITY))
            return differ(j, "%s: hit %zu has the score %g", name, i,
                          r->score);
        if (!before)
            continue;
        if (sort == MORGUE_SORT_NEWEST)
            good = fact[before->article].newest < fact[r->article].newest;
        else if (sort == MORGUE_SORT_OLDEST)
            good = fact[before->article].oldest < fact[r->article].oldest;
        else
            good = before->score > r->score ||
                   (before->score == r->score &&
                    fact[before->article].newest < fact[r->article].newest);
        if (!good)
            return differ(j,
                          "%s: hits %zu ('%s', %.17g) and %zu ('%s', "
                          "%.17g) are in the wrong order",
                          name, i - 1, fact[before->article].id.s,
                          before->score, i, fact[r->article].id.s, r->score);
    }
    return true;
}

/* ---- an answer and plain code's ---- */

static const char *
name_of(const struct judging *j, size_t article)
{
    return article == SIZE_MAX ? "?" : j->facts->article[article].id.s;
}

/* The end of the group that begins at `from` of plain code's hits. */
static size_t
group_end(const struct judging *j, size_t from)
{
    size_t i = from + 1;

    while (i < j->n &&
           judge_within(j->row[i - 1].score, j->row[i].score, JUDGE_NEAR))
        i++;
    return i;
}

/* Whether a hit is of the group of those from `from` to `end`, and scores as
 * it should. */
static bool
is_of_group(const struct judging *j, const struct row *hit, size_t from,
            size_t end, const char *engine)
{
    size_t i = j->place[hit->article];

    if (i == SIZE_MAX)
        return differ(j, "%s: '%s' does not match", engine,
                      name_of(j, hit->article));
    if (!judge_within(j->row[i].score, hit->score, JUDGE_LIKE))
        return differ(j, "%s: '%s' has the score %.17g, not %.17g", engine,
                      name_of(j, hit->article), hit->score, j->row[i].score);
    return (i >= from && i < end) ||
           differ(j, "%s: '%s' stands at %zu, not at %zu", engine,
                  name_of(j, hit->article), from, i);
}

/* Whether the hits are those of plain code from `offset` on. */
static bool
hits_agree(const struct judging *j, const struct answer *a, int side,
           const struct engine_params *params)
{
    const char *engine = j->facts->pair->engine[side];
    size_t from = 0, end = 0, most = j->n;

    most -= params->offset < most ? params->offset : most;
    most = most < params->limit ? most : params->limit;
    if (a->n != most)
        return differ(j, "%s gives %zu hits, not %zu", engine, a->n, most);
    for (size_t i = 0; i < a->n; i++) {
        size_t at = params->offset + i;

        while (at >= end) {
            from = end;
            end = params->sort == MORGUE_SORT_RELEVANCE ? group_end(j, from)
                                                        : from + 1;
        }
        if (!is_of_group(j, &a->row[i], from, end, engine))
            return false;
    }
    return true;
}

static bool
total_agrees(const struct judging *j, const struct answer *a, int side)
{
    if (a->exact ? a->total == j->n
                 : a->total <= j->n && !j->q->params.exact_total)
        return true;
    return differ(j, "%s counts %llu (exact: %d), of %zu",
                  j->facts->pair->engine[side], (unsigned long long)a->total,
                  a->exact, j->n);
}

/* ---- snippets ---- */

static bool
same_snippet(const struct morgue_snippet *a, const struct morgue_snippet *b)
{
    if (!str_eq(a->text, b->text) || a->mark_n != b->mark_n ||
        a->starts_inside != b->starts_inside ||
        a->ends_inside != b->ends_inside)
        return false;
    for (size_t i = 0; i < a->mark_n; i++)
        if (a->mark[i].start != b->mark[i].start ||
            a->mark[i].end != b->mark[i].end)
            return false;
    return true;
}

static bool
snippets_of(const struct judging *j, const struct answer a[SIDES], size_t i,
            size_t k, const char *id)
{
    struct morgue_snippet s[SIDES] = {MORGUE_SNIPPET_INIT,
                                      MORGUE_SNIPPET_INIT};
    struct morgue_error err;

    if (morgue_hits_snippet(a[0].hits, i, &s[0], &err) ||
        morgue_hits_snippet(a[1].hits, k, &s[1], &err))
        return differ(j, "snippets of '%s': %s", id, err.message);
    return same_snippet(&s[0], &s[1]) ||
           differ(j, "snippets of '%s':\n  %s\n  %s", id, s[0].text.s,
                  s[1].text.s);
}

static bool
snippets_agree(const struct judging *j, const struct answer a[SIDES])
{
    struct morgue_hit hit[SIDES] = {MORGUE_HIT_INIT, MORGUE_HIT_INIT};

    if (morgue_hits_words_n(a[0].hits) != morgue_hits_words_n(a[1].hits))
        return differ(j, "%zu and %zu words", morgue_hits_words_n(a[0].hits),
                      morgue_hits_words_n(a[1].hits));
    for (size_t i = 0; morgue_hits_get(a[0].hits, i, &hit[0]); i++)
        for (size_t k = 0; morgue_hits_get(a[1].hits, k, &hit[1]); k++)
            if (str_eq(hit[0].id, hit[1].id) &&
                !snippets_of(j, a, i, k, hit[0].id.s))
                return false;
    return true;
}

/* ---- tallies ---- */

struct tally {
    uint64_t articles;
    uint64_t sum; /* of values, whatever their order and parts */
};

static void
add_value(struct tally *t, struct morgue_str value, uint64_t articles)
{
    t->articles += articles;
    t->sum += articles * hash64(value.s, value.len);
}

/* What an article has in a field, each value once. */
static void
add_values(struct tally *t, const struct judging *j, size_t article,
           enum field f)
{
    struct morgue_str value;

    for (size_t i = 0; plain_value(&value, j->plain, article, f, i); i++)
        add_value(t, value, 1);
}

/* Whether an engine counts the values of a field that the matching articles
 * have. */
static bool
tally_agrees(const struct judging *j, int side)
{
    const struct engine_params *p = &j->q->params;
    enum field f =
        (enum field)(FIELD_VALUES + (p->limit + p->offset) % FIELD_VALUES_N);
    struct engine_reader *reader = j->facts->pair->s[side]->reader;
    struct collector values = {.kind = COLLECT_VALUES, .field = f};
    struct tally t = {0}, right = {0};
    struct morgue_error err;
    struct arena arena;
    enum morgue_status st;

    for (size_t i = 0; i < j->n; i++)
        add_values(&right, j, j->row[i].article, f);
    arena_init(&arena, SIZE_MAX / 2);
    st = engine_collect(&values, 1, reader, &arena, j->tree,
                        &(struct engine_params){.k1 = 1}, NULL, &err);
    for (size_t i = 0; !st && i < values.n; i++)
        add_value(&t, values.value[i].value, values.value[i].articles);
    arena_free(&arena);
    if (st)
        return differ(j, "%s: %s", reader->engine->name, err.message);
    return (t.articles == right.articles && t.sum == right.sum) ||
           differ(j, "%s: %llu articles have values of %s, of %llu",
                  reader->engine->name, (unsigned long long)t.articles,
                  field_info[f].name, (unsigned long long)right.articles);
}

/* ---- the judgment ---- */

/* The hits around the first that is not plain code's. */
static void
print_lists(const struct judging *j, const struct answer *a, int side)
{
    enum { AROUND = 4 };
    size_t offset = j->q->params.offset, at = 0;
    const struct row *right = j->row + (offset < j->n ? offset : j->n);
    size_t right_n = j->n - (size_t)(right - j->row);

    while (at < a->n && at < right_n &&
           a->row[at].article == right[at].article &&
           judge_within(a->row[at].score, right[at].score, JUDGE_LIKE))
        at++;
    differ(j, "%s: %zu hits, total %llu%s    plain: %zu in all",
           j->facts->pair->engine[side], a->n, (unsigned long long)a->total,
           a->exact ? "" : "+", j->n);
    for (size_t i = at > AROUND ? at - AROUND : 0; i < at + AROUND; i++) {
        const struct row *r[2] = {i < a->n ? &a->row[i] : NULL,
                                  i < right_n ? &right[i] : NULL};
        char cell[2][160] = {"", ""};

        for (int k = 0; k < 2; k++)
            if (r[k])
                snprintf(cell[k], sizeof cell[k], "%.17g %s", r[k]->score,
                         name_of(j, r[k]->article));
        if (r[0] || r[1])
            differ(j, "%s%5zu  %-50s %s", i == at ? ">" : " ", i, cell[0],
                   cell[1]);
    }
}

static bool
side_agrees(struct judging *j, struct answer *a, int side)
{
    const struct engine_params *params = &j->q->params;

    if (!ask(a, j, side, params))
        return a->st == MORGUE_QUERY && !j->tree;
    if (!j->tree)
        return differ(j, "%s finds words", j->facts->pair->engine[side]);
    if (!total_agrees(j, a, side) || !order_is_right(j, a, side) ||
        !hits_agree(j, a, side, params)) {
        print_lists(j, a, side);
        return false;
    }
    if (!j->q->tree)
        return true;
    return tally_agrees(j, side) &&
           (j->q->collect_n == 0 ||
            !j->facts->pair->s[side]->reader->engine->collect ||
            collect_agrees(j, side));
}

/* The tree that is asked about, and what plain code answers.  False where the
 * question is to be left out. */
static bool
prepare(struct judging *j)
{
    struct morgue_error err;
    enum morgue_status st = MORGUE_OK;

    j->tree = j->q->tree;
    if (!j->tree)
        st = question_parse(&j->tree, j->facts, &j->arena, j->q, &err);
    if (st) {
        j->tree = NULL;
        return st == MORGUE_QUERY;
    }
    j->place = arena_zero(&j->arena, j->facts->n + 1, sizeof *j->place);
    if (!j->place || !plain_rows(&j->row, &j->n, j->plain, &j->arena, j->tree,
                                 &j->q->params))
        return false;
    for (size_t i = 0; i < j->facts->n; i++)
        j->place[i] = SIZE_MAX;
    for (size_t i = 0; i < j->n; i++)
        j->place[j->row[i].article] = i;
    return true;
}

static struct judged judged;

struct judged
judge_counts(void)
{
    return judged;
}

static bool
looks_at_places(const struct query *q)
{
    for (size_t i = 0; i < q->child_n; i++)
        if (looks_at_places(q->child[i]))
            return true;
    return query_is_placed(q->op);
}

static void
count(const struct judging *j)
{
    bool placed = j->tree && looks_at_places(j->tree);

    judged.left_out += j->left_out;
    judged.with_hits += j->n > 0;
    judged.placed += placed;
    judged.placed_with_hits += placed && j->n > 0;
}

bool
judge(const struct facts *f, const struct plain *p, const struct question *q,
      struct buf *why)
{
    struct judging j = {.facts = f, .plain = p, .q = q, .why = why};
    struct answer a[SIDES] = {{0}};
    bool good = true;

    arena_init(&j.arena, SIZE_MAX / 2);
    j.left_out = !prepare(&j);
    for (int i = 0; i < SIDES && good && !j.left_out; i++)
        good = side_agrees(&j, &a[i], i);
    if (good && !j.left_out && a[0].hits && a[1].hits)
        good = snippets_agree(&j, a);
    for (int i = 0; i < SIDES; i++)
        morgue_hits_free(a[i].hits);
    count(&j);
    arena_free(&j.arena);
    return good || j.left_out;
}
