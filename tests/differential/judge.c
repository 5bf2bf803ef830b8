/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge.c - whether two engines answer a question alike
 *
 * The same articles in the same order, scores equal to 1e-9 of them, and
 * totals that do not contradict.  An engine adds the scores of a query's
 * words in an order of its own, so that scores which are equal in one may
 * differ in the last bits in the other.  Therefore, where the lists are not
 * the same, all hits of both are asked for and cut into groups whose scores
 * lie within 1e-12 of their neighbour's: the groups must hold the same
 * articles, and what either list first gave must come from the same groups.
 * Inside of a group each engine must keep to its own scores: falling, and
 * where they are equal to the last bit, the newest first, then in the order
 * of arrival.
 *
 * Snippets of hits by text must be the same to the byte.
 *
 * The engine named xapian is asked with care.  Trees are asked for all hits,
 * of which the test takes its part, and those that libxapian does not do right
 * are put together from their leaves (compose.c); a text's hits likewise.
 * Where libxapian crashes with a text, it is left out.
 */
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../common/base/hash.h"
#include "compose.h"

static const double like = 1e-9, near = 1e-12;

struct answer {
    struct row *row;
    size_t n;
    uint64_t total;
    bool exact;
    morgue_hits *hits; /* of a text */
    enum morgue_status st;
};

struct judging {
    const struct facts *facts;
    const struct question *q;
    struct arena arena;
    struct buf *why; /* or NULL */
    bool left_out;
};

static bool __attribute__((format(printf, 2, 3)))
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

static bool
within(double a, double b, double tolerance)
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

/* Of all hits, take those that `params` asks for. */
static void
take_part(struct answer *out, const struct engine_params *params)
{
    out->n -= params->offset < out->n ? params->offset : out->n;
    out->row += params->offset;
    if (out->n > params->limit)
        out->n = params->limit;
}

static bool
ask_all(struct answer *out, struct judging *j, int side,
        const struct engine_params *params)
{
    struct engine_params all = *params;

    all.offset = 0;
    all.limit = j->facts->n + 1;
    if (!ask_tree(out, j, side, &all))
        return false;
    if (out->n != out->total || !out->exact)
        return differ(j, "%s gives %zu hits of %llu, where all are asked for",
                      j->facts->pair->engine[side], out->n,
                      (unsigned long long)out->total);
    take_part(out, params);
    return true;
}

/* Have the tree's answer put together. */
static bool
ask_leaves(struct answer *out, struct judging *j, const struct query *tree,
           const struct engine_params *params)
{
    struct morgue_error err = {.message = "out of memory"};

    out->row = compose_rows(&out->n, j->facts, &j->arena, tree, params, &err);
    if (!out->row)
        return differ(j, "the leaves: %s", err.message);
    out->total = out->n;
    out->exact = true;
    take_part(out, params);
    return true;
}

/* Both what the text finds, for its snippets, and what it should find. */
static bool
ask_xapian_text(struct answer *out, struct judging *j, int side,
                const struct engine_params *params)
{
    const struct query *tree;
    struct morgue_error err;

    if (!ask_text(out, j, side, params))
        return false;
    if (compose_parse(&tree, j->facts, &j->arena, j->q, &err))
        return differ(j, "the text as a tree: %s", err.message);
    return !compose_needed(tree) || ask_leaves(out, j, tree, params);
}

static bool
ask_xapian_tree(struct answer *out, struct judging *j, int side,
                const struct engine_params *params)
{
    if (compose_needed(j->q->tree))
        return ask_leaves(out, j, j->q->tree, params);
    return ask_all(out, j, side, params);
}

static sigjmp_buf before_xapian;

static void
leave_xapian(int number)
{
    siglongjmp(before_xapian, number);
}

/* Ask the engine named xapian; *crashed where libxapian does not live through
 * the question.  What it had in hand then is lost, no more. */
static bool
ask_xapian(struct answer *out, struct judging *j, int side,
           const struct engine_params *params, bool *crashed)
{
    struct sigaction leave = {.sa_handler = leave_xapian}, before;
    bool good = false;

    sigaction(SIGSEGV, &leave, &before);
    *crashed = sigsetjmp(before_xapian, 1) != 0;
    if (!*crashed)
        good = j->q->tree ? ask_xapian_tree(out, j, side, params)
                          : ask_xapian_text(out, j, side, params);
    sigaction(SIGSEGV, &before, NULL);
    return good;
}

/* False as well where the question is to be left out. */
static bool
ask(struct answer *out, struct judging *j, int side,
    const struct engine_params *params)
{
    bool crashed = false, good;

    *out = (struct answer){0};
    if (strcmp(j->facts->pair->engine[side], "xapian") == 0)
        good = ask_xapian(out, j, side, params, &crashed);
    else
        good = j->q->tree ? ask_tree(out, j, side, params)
                          : ask_text(out, j, side, params);
    j->left_out = j->left_out || crashed;
    return good;
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

/* ---- two lists ---- */

/* The end of the group that begins at `from`, in lists of the same length. */
static size_t
group_end(const struct answer a[SIDES], size_t from)
{
    size_t i = from + 1;

    while (i < a[0].n &&
           (within(a[0].row[i - 1].score, a[0].row[i].score, near) ||
            within(a[1].row[i - 1].score, a[1].row[i].score, near)))
        i++;
    return i;
}

static int
by_article(const void *a, const void *b)
{
    size_t x = ((const struct row *)a)->article;
    size_t y = ((const struct row *)b)->article;

    return (x > y) - (x < y);
}

static const char *
name_of(const struct judging *j, size_t article)
{
    return article == SIZE_MAX ? "?" : j->facts->article[article].id.s;
}

/* Whether the rows from `from` to `end` hold the same articles with like
 * scores. */
static bool
same_group(struct judging *j, const struct answer a[SIDES], size_t from,
           size_t end)
{
    size_t n = end - from;
    struct row *row[SIDES];

    for (int i = 0; i < SIDES; i++) {
        row[i] = arena_zero(&j->arena, n, sizeof **row);
        if (!row[i])
            return differ(j, "out of memory");
        memcpy(row[i], a[i].row + from, n * sizeof **row);
        qsort(row[i], n, sizeof **row, by_article);
    }
    for (size_t i = 0; i < n; i++) {
        if (row[0][i].article != row[1][i].article)
            return differ(j,
                          "hits %zu to %zu, whose scores tie: only one has "
                          "'%s' and '%s'",
                          from, end - 1, name_of(j, row[0][i].article),
                          name_of(j, row[1][i].article));
        if (!within(row[0][i].score, row[1][i].score, like))
            return differ(j, "'%s' has the scores %.17g and %.17g",
                          name_of(j, row[0][i].article), row[0][i].score,
                          row[1][i].score);
    }
    return true;
}

/* Whether a part of a side's list could stand at `offset` of its whole one,
 * whose groups are those of both. */
static bool
comes_from(struct judging *j, const struct answer *part,
           const struct answer all[SIDES], int side, size_t offset)
{
    size_t from = 0, end = 0;

    for (size_t i = 0; i < part->n; i++) {
        size_t at = offset + i, k;

        if (at >= all[0].n)
            return differ(j, "more hits than there are");
        while (at >= end) {
            from = end;
            end = group_end(all, from);
        }
        for (k = from; k < end; k++)
            if (all[side].row[k].article == part->row[i].article)
                break;
        if (k == end)
            return differ(j,
                          "%s: hit %zu, '%s', is none of those that "
                          "belong there",
                          j->facts->pair->engine[side], i,
                          name_of(j, part->row[i].article));
        if (!within(all[side].row[k].score, part->row[i].score, like))
            return differ(j,
                          "%s: hit %zu, '%s', has the score %.17g, and "
                          "%.17g where all are asked for",
                          j->facts->pair->engine[side], i,
                          name_of(j, part->row[i].article), part->row[i].score,
                          all[side].row[k].score);
    }
    return true;
}

/* Whether lists that are not the same differ by ties alone. */
static bool
differ_by_ties(struct judging *j, const struct answer a[SIDES])
{
    struct engine_params params = j->q->params;
    struct answer all[SIDES] = {{0}};
    size_t offset = params.offset, end;
    bool good = true;

    params.offset = 0;
    params.limit = j->facts->n + 1;
    for (int i = 0; i < SIDES && good; i++)
        good = ask(&all[i], j, i, &params) && order_is_right(j, &all[i], i);
    if (good && all[0].n != all[1].n)
        good = differ(j, "%zu and %zu hits, where all are asked for", all[0].n,
                      all[1].n);
    for (size_t from = 0; good && from < all[0].n; from = end) {
        end = group_end(all, from);
        good = same_group(j, all, from, end);
    }
    for (int i = 0; i < SIDES && good; i++)
        good = comes_from(j, &a[i], all, i, offset);
    for (int i = 0; i < SIDES; i++)
        morgue_hits_free(all[i].hits);
    return good;
}

/* How many there are; a lower bound that is above it is wrong. */
static bool
bounds_agree(struct judging *j, const struct answer a[SIDES])
{
    struct engine_params params = j->q->params;
    struct answer exact;
    bool good;

    params.limit = 0;
    params.offset = 0;
    params.exact_total = true;
    good = ask(&exact, j, 0, &params);
    morgue_hits_free(exact.hits);
    for (int i = 0; i < SIDES && good; i++)
        if (a[i].exact ? a[i].total != exact.total : a[i].total > exact.total)
            good = differ(j, "%s counts %llu (exact: %d), of %llu",
                          j->facts->pair->engine[i],
                          (unsigned long long)a[i].total, a[i].exact,
                          (unsigned long long)exact.total);
    return good;
}

static bool
totals_agree(struct judging *j, const struct answer a[SIDES])
{
    for (int i = 0; i < SIDES; i++) {
        if (j->q->params.exact_total && !a[i].exact)
            return differ(j, "%s does not count exactly",
                          j->facts->pair->engine[i]);
        if (a[i].n > 0 && a[i].total < j->q->params.offset + a[i].n)
            return differ(j, "%s gives more hits than it counts",
                          j->facts->pair->engine[i]);
    }
    if (a[0].exact && a[1].exact)
        return a[0].total == a[1].total ||
               differ(j, "totals: %llu and %llu",
                      (unsigned long long)a[0].total,
                      (unsigned long long)a[1].total);
    return bounds_agree(j, a);
}

/* The first row that is not the same; n where there is none. */
static size_t
first_other(const struct answer a[SIDES])
{
    size_t i = 0;

    while (i < a[0].n && a[0].row[i].article == a[1].row[i].article &&
           within(a[0].row[i].score, a[1].row[i].score, like))
        i++;
    return i;
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

static bool
add_value(struct morgue_str value, uint64_t articles, void *payload)
{
    struct tally *t = payload;

    t->articles += articles;
    t->sum += articles * hash64(value.s, value.len);
    return true;
}

/* Whether both count the same of the values of a field that the matching
 * articles have. */
static bool
tallies_agree(const struct judging *j)
{
    const struct engine_params *p = &j->q->params;
    enum field f =
        (enum field)(FIELD_VALUES + (p->limit + p->offset) % FIELD_VALUES_N);
    struct tally t[SIDES] = {{0}};
    struct morgue_error err;

    if (compose_needed(j->q->tree))
        return true;
    for (int i = 0; i < SIDES; i++) {
        const struct session *m = j->facts->pair->s[i];

        if (engine_tally(m->reader, j->q->tree, f, add_value, &t[i], &err))
            return differ(j, "%s: %s", m->reader->engine->name, err.message);
    }
    return (t[0].articles == t[1].articles && t[0].sum == t[1].sum) ||
           differ(j, "values of %s: %llu and %llu articles",
                  field_info[f].name, (unsigned long long)t[0].articles,
                  (unsigned long long)t[1].articles);
}

/* ---- the judgment ---- */

static void
print_lists(const struct judging *j, const struct answer a[SIDES])
{
    enum { AROUND = 4 };
    size_t most = a[0].n > a[1].n ? a[0].n : a[1].n, at = 0;

    while (at < a[0].n && at < a[1].n &&
           a[0].row[at].article == a[1].row[at].article &&
           within(a[0].row[at].score, a[1].row[at].score, like))
        at++;
    differ(j, "%zu hits, total %llu%s    %zu hits, total %llu%s", a[0].n,
           (unsigned long long)a[0].total, a[0].exact ? "" : "+", a[1].n,
           (unsigned long long)a[1].total, a[1].exact ? "" : "+");
    for (size_t i = at > AROUND ? at - AROUND : 0; i < most && i < at + AROUND;
         i++) {
        char cell[SIDES][160];

        for (int k = 0; k < SIDES; k++) {
            const struct row *r = i < a[k].n ? &a[k].row[i] : NULL;

            cell[k][0] = '\0';
            if (r)
                snprintf(cell[k], sizeof cell[k], "%.17g %s (#%u)", r->score,
                         name_of(j, r->article),
                         r->article == SIZE_MAX
                             ? 0
                             : j->facts->article[r->article].newest);
        }
        differ(j, "%s%5zu  %-50s %s", i == at ? ">" : " ", i, cell[0],
               cell[1]);
    }
}

static bool
answers_agree(struct judging *j, const struct answer a[SIDES])
{
    if (!totals_agree(j, a))
        return false;
    if (a[0].n != a[1].n)
        return differ(j, "%zu and %zu hits", a[0].n, a[1].n);
    if (!order_is_right(j, &a[0], 0) || !order_is_right(j, &a[1], 1))
        return false;
    if (first_other(a) < a[0].n &&
        (j->q->params.sort != MORGUE_SORT_RELEVANCE || !differ_by_ties(j, a)))
        return differ(j, "the lists differ");
    return j->q->tree ? tallies_agree(j) : snippets_agree(j, a);
}

static unsigned long left_out;

unsigned long
judge_left_out(void)
{
    return left_out;
}

bool
judge(const struct facts *f, const struct question *q, struct buf *why)
{
    struct judging j = {.facts = f, .q = q, .why = why};
    struct answer a[SIDES] = {{0}};
    bool good;

    arena_init(&j.arena, SIZE_MAX / 2);
    good = ask(&a[0], &j, 0, &q->params);
    good = ask(&a[1], &j, 1, &q->params) && good;
    if (a[0].st == MORGUE_QUERY && a[1].st == MORGUE_QUERY) {
        good = true; /* no words in it, for either */
    } else if (good) {
        good = answers_agree(&j, a);
        if (!good)
            print_lists(&j, a);
    }
    for (int i = 0; i < SIDES; i++)
        morgue_hits_free(a[i].hits);
    arena_free(&j.arena);
    left_out += j.left_out;
    return good || j.left_out;
}
