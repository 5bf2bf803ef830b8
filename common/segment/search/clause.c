/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clause.c - what ranking does with clauses and candidates: bounds, scores,
 * the floor
 */
#include "rank.h"
#include "words.h"

#include <float.h>
#include <math.h>

#include "../file/pack.h"

/* ---- bounds ------------------------------------------------------------- */

static double
bound_of(const struct part *part, const struct bm25 *m, const uint8_t *impact)
{
    return part->p->flags & TERM_ZERO_WDF
               ? 0
               : bm25_bound(m, part->node->weight, impact);
}

/* The group that the part's block is in.  Where the skips do not ascend, a
 * group could end before its blocks, and bounds would lead backwards. */
static void
enter_group(struct part *part, const struct bm25 *m)
{
    const struct postings *p = part->p;
    uint32_t end = (part->block / GROUP + 1) * GROUP, last;

    assert(part->block < p->blocks);
    if (end > p->blocks)
        end = p->blocks;
    last = postings_last(p, end - 1);
    if (last < part->last) {
        p->segment->damaged = true;
        last = part->last;
    }
    part->group_last = last;
    part->group_most = bound_of(part, m,
                                p->group + (size_t)(part->block / GROUP) *
                                               sizeof(struct impact));
}

void
part_start(struct part *part, struct node *node, const struct bm25 *m)
{
    *part = (struct part){.node = node, .p = node->postings};
    assert(postings_valid(part->p) && part->p->blocks > 0);
    part->block_most = part->group_most = node->most;
    part->last = part->group_last = postings_last(part->p, 0);
    if (part->p->impact) {
        part->block_most = -1;
        enter_group(part, m);
    }
}

void
part_seek(struct part *part, const struct bm25 *m, uint32_t doc)
{
    const struct postings *p = part->p;

    if (doc <= part->last)
        return;
    part->block = postings_find(p, part->block + 1, doc);
    if (part->block >= p->blocks) {
        part->last = part->group_last = DOC_END;
        part->block_most = part->group_most = 0;
        return;
    }
    part->last = postings_last(p, part->block);
    part->block_most = -1;
    if (part->last > part->group_last) /* else a group's end may be before */
        enter_group(part, m);
    assert(doc <= part->last && part->last <= part->group_last);
}

static double
block_bound(const struct part *part, const struct bm25 *m, uint32_t block)
{
    return bound_of(part, m,
                    part->p->impact + (size_t)block * sizeof(struct impact));
}

/* Few blocks are looked at one by one, more by what is known of them
 * together. */
static double
part_most(struct part *part, const struct bm25 *m, uint32_t lo, uint32_t hi)
{
    enum { FEW = 4 };
    const struct postings *p = part->p;
    uint32_t block = part->block, last = part->last;
    double most, next;

    if (!p->impact) /* a single block, which is loaded */
        return last < lo || last == DOC_END ||
                       p->doc[lo <= p->doc[0] ? 0 : postings_rank(p, lo)] >= hi
                   ? 0
                   : part->node->most;
    if (part->block_most < 0)
        part->block_most = block_bound(part, m, block);
    most = part->block_most;
    for (int i = 0; last < hi - 1 && block + 1 < p->blocks; i++) {
        if (i == FEW)
            return hi - 1 <= part->group_last ? part->group_most
                                              : part->node->most;
        last = postings_last(p, ++block);
        next = block_bound(part, m, block);
        most = next > most ? next : most;
    }
    return most;
}

double
clause_most(struct clause *c, const struct bm25 *m, uint32_t lo, uint32_t hi)
{
    double most = most_beside_parts(c);

    for (uint32_t i = 0; i < c->part_n; i++) {
        c->part[i].most = part_most(&c->part[i], m, lo, hi);
        most = most_of_parts(c, most, c->part[i].most);
    }
    return most;
}

/* ---- the scores of a clause --------------------------------------------- */

void
block_scores(struct ranker *r, struct node *node, uint32_t from, uint32_t to,
             double *score)
{
    struct postings *p = node->postings;

    assert(from <= to && to <= p->n);
    if (p->flags & TERM_ZERO_WDF) {
        memset(score, 0, (to - from) * sizeof *score);
        return;
    }
    postings_wdf(p, 0);
    bm25_scores(score, r->m->bm25, r->m->segment, node->weight, p->doc + from,
                p->wdf + from, to - from);
}

/* The least wdf with which an article scores `need`, if it is so short. */
static uint32_t
wdf_for(double need, double weight, double norm)
{
    double wdf;

    if (need <= 0)
        return 0;
    if (need >= weight)
        return INT32_MAX;
    wdf = need * norm / (weight - need) * (1 - 1e-9);
    return wdf < INT32_MAX ? (uint32_t)ceil(wdf) : INT32_MAX;
}

/* The least wdf with which an article of the block that is loaded may score
 * `need`. */
static uint32_t
least_wdf(const struct ranker *r, const struct node *node, double need)
{
    const struct postings *p = node->postings;
    double norm = r->m->bm25->norm[0];

    if (need <= 0 || need >= node->weight)
        return wdf_for(need, node->weight, norm);
    for (uint32_t i = 0; p->impact && i < IMPACT_PAIRS; i++) {
        uint8_t code =
            p->impact[(size_t)p->block * sizeof(struct impact) + 2 * i + 1];

        if (i == 0 || r->m->bm25->norm[code] < norm)
            norm = r->m->bm25->norm[code];
    }
    return wdf_for(need, node->weight, norm);
}

/* Of the articles from <= i < to of the block that is loaded those that may
 * score `need`, and their scores. */
static uint32_t
selected(struct ranker *r, struct node *node, uint32_t from, uint32_t to,
         double need, uint32_t *doc, double *score)
{
    struct postings *p = node->postings;
    uint32_t least = least_wdf(r, node, need), at[BLOCK], wdf[BLOCK], n, k = 0;

    if (least <= 1 || (p->flags & TERM_ZERO_WDF)) {
        memcpy(doc, p->doc + from, (to - from) * sizeof *doc);
        block_scores(r, node, from, to, score);
        return to - from;
    }
    postings_wdf(p, 0);
    n = pack_select(at, p->wdf, least);
    for (uint32_t i = 0; i < n; i++) {
        doc[k] = p->doc[at[i]];
        wdf[k] = p->wdf[at[i]];
        k += at[i] >= from && at[i] < to;
    }
    r->all &= k == to - from;
    bm25_scores(score, r->m->bm25, r->m->segment, node->weight, doc, wdf, k);
    return k;
}

/* In a window of more than WINDOW numbers, a list has not more than a block:
 * its skips have said so. */
static uint32_t
term_list(struct ranker *r, struct node *node, uint32_t lo, uint32_t hi,
          double need, uint32_t *doc, double *score)
{
    struct postings *p = node->postings;
    const uint32_t most = hi - lo > WINDOW ? BLOCK : WINDOW;
    uint32_t n = 0;

    while (lo < hi && postings_seek(p, lo)) {
        uint32_t from = lo <= p->doc[0] ? 0 : postings_rank(p, lo);
        uint32_t last = p->doc[p->n - 1];
        uint32_t to = last < hi ? p->n : postings_rank(p, hi);

        if (to - from > most - n) {
            p->segment->damaged = true;
            break;
        }
        n += selected(r, node, from, to, need, doc + n, score + n);
        lo = last + 1;
    }
    return n;
}

/* Words, in a window of at most WINDOW numbers. */
static uint32_t
words_scored(struct ranker *r, const struct node *node, uint32_t lo,
             uint32_t hi, double need, uint32_t *doc, double *score)
{
    struct segment *s = r->m->segment;
    double norm = bm25_norm(r->m->bm25, (double)s->column[COLUMN_LENGTH].min);
    uint32_t wdf[WINDOW], n;

    n = words_list(node, lo, hi, wdf_for(need, node->weight, norm), doc, wdf,
                   &r->all);
    bm25_scores(score, r->m->bm25, s, node->weight, doc, wdf, n);
    return n;
}

/* Any node, in a window of at most WINDOW numbers. */
static uint32_t
node_list(struct ranker *r, struct node *node, uint32_t lo, uint32_t hi,
          uint32_t *doc, double *score)
{
    uint64_t bits[WINDOW_WORDS] = {0};
    uint32_t n;

    if (node_next(node, lo) >= hi)
        return 0;
    node_or(r->m, node, lo, hi, bits, 1);
    n = bits_to_docs(doc, bits, lo);
    node_probe(r->m, node, doc, n, r->hit, score, 1);
    return n;
}

uint32_t
merge_lists(struct ranker *r, uint32_t *doc, double *score, uint32_t n,
            const uint32_t *doc2, const double *score2, uint32_t n2, bool best)
{
    uint32_t i = 0, k = 0, to = 0;

    assert(n <= WINDOW && n2 <= WINDOW);
    doc[n] = DOC_END;
    while (k < n2) {
        bool first = doc[i] <= doc2[k], second = doc[i] >= doc2[k];
        double a = first ? score[i] : 0, b = second ? score2[k] : 0;

        r->merged.doc[to] = first ? doc[i] : doc2[k];
        r->merged.score[to++] = !best ? a + b : a > b ? a : b;
        i += first;
        k += second;
    }
    memcpy(r->merged.doc + to, doc + i, (n - i) * sizeof *doc);
    memcpy(r->merged.score + to, score + i, (n - i) * sizeof *score);
    to += n - i;
    assert(to <= WINDOW);
    memcpy(doc, r->merged.doc, to * sizeof *doc);
    memcpy(score, r->merged.score, to * sizeof *score);
    return to;
}

/* The best of some terms. */
static uint32_t
best_list(struct ranker *r, struct clause *c, uint32_t lo, uint32_t hi,
          uint32_t *doc, double *score)
{
    uint32_t n = term_list(r, c->part->node, lo, hi, 0, doc, score), n2;

    for (uint32_t i = 1; i < c->part_n; i++) {
        n2 = term_list(r, c->part[i].node, lo, hi, 0, r->form.doc,
                       r->form.score);
        n = merge_lists(r, doc, score, n, r->form.doc, r->form.score, n2,
                        true);
    }
    return n;
}

/* A JOIN of words: the articles of the first are probed with the others.
 * Scores are summed in the order of the children. */
static uint32_t
join_list(struct ranker *r, struct clause *c, uint32_t lo, uint32_t hi,
          double need, uint32_t *doc, double *score)
{
    const struct nodes *child = &c->node->child;
    const struct part *part = c->part;
    double rest = c->most - part->most; /* of the children that follow */
    uint32_t n = term_list(r, part->node, lo, hi, need - rest, doc, score);

    for (uint32_t i = 1; i < child->n && n > 0; i++) {
        struct node *next = node_in_short(child->v[i]);
        uint32_t kept = 0, hits = 0;

        rest -= next->kind == NODE_TERM ? (++part)->most : next->most;
        node_probe(r->m, next, doc, n, r->hit, r->form.score, 1);
        for (uint32_t k = 0; k < n; k++) {
            doc[kept] = doc[k];
            score[kept] = score[k] + r->form.score[k];
            hits += r->hit[k];
            kept += r->hit[k] && score[kept] + rest >= need;
        }
        r->all &= kept == hits;
        n = kept;
    }
    return n;
}

uint32_t
clause_list(struct ranker *r, struct clause *c, uint32_t lo, uint32_t hi,
            double need, uint32_t *doc, double *score)
{
    if (c->node->kind == NODE_TERM)
        return term_list(r, c->node, lo, hi, need, doc, score);
    if (c->node->kind == NODE_WORDS)
        return words_scored(r, c->node, lo, hi, need, doc, score);
    if (c->node->kind == NODE_JOIN && c->part_n > 0)
        return join_list(r, c, lo, hi, need, doc, score);
    if (c->part_n > 0)
        return best_list(r, c, lo, hi, doc, score);
    return node_list(r, c->node, lo, hi, doc, score);
}

void
drop_below(struct ranker *r, double rest)
{
    uint32_t kept = 0;

    if (r->floor <= rest)
        return;
    for (uint32_t i = 0; i < r->n; i++) {
        r->doc[kept] = r->doc[i];
        r->score[kept] = r->score[i];
        kept += r->score[i] + rest >= r->floor;
    }
    r->all &= kept == r->n;
    r->n = kept;
}

/* Matches of candidates with a block that wait for their scores. */
struct waiting {
    uint32_t n;
    uint32_t at[BLOCK + 1], rank[BLOCK + 1]; /* of candidates, in the block */
};

static void
add_waiting(struct ranker *r, const struct node *node, struct waiting *w)
{
    struct postings *p = node->postings;
    uint32_t doc[BLOCK], wdf[BLOCK];
    double score[BLOCK];

    if (w->n == 0 || (p->flags & TERM_ZERO_WDF))
        return;
    postings_wdf(p, 0);
    for (uint32_t i = 0; i < w->n; i++) {
        doc[i] = p->doc[w->rank[i]];
        wdf[i] = p->wdf[w->rank[i]];
    }
    bm25_scores(score, r->m->bm25, r->m->segment, node->weight, doc, wdf,
                w->n);
    for (uint32_t i = 0; i < w->n; i++)
        r->score[w->at[i]] += score[i];
}

/* Candidates from the i-th on that are not behind the block that is loaded.
 * The first that is. */
static uint32_t
match_block(struct ranker *r, struct part *part, uint32_t i, uint32_t *kept,
            bool need)
{
    struct postings *p = part->p;
    struct waiting w;
    uint32_t to = i + postings_reach(p, r->rank, r->doc + i, r->n - i);

    w.n = 0; /* the rest is not set */
    for (uint32_t k = 0; i < to; i++, k++) {
        uint32_t at = r->rank[k];
        bool good = p->doc[at] == r->doc[i];

        r->doc[*kept] = r->doc[i];
        r->score[*kept] = r->score[i];
        w.at[w.n] = *kept;
        w.rank[w.n] = at;
        w.n += good;
        *kept += good || !need;
    }
    add_waiting(r, part->node, &w);
    return to;
}

/* A block is only loaded for a candidate that can come up to the floor by
 * it. */
static void
term_add(struct ranker *r, struct clause *c, double rest, bool need)
{
    struct part *part = c->part;
    struct postings *p = part->p;
    uint32_t kept = 0, block = part->block, last = part->last, i = 0;
    double most = part->block_most;

    while (i < r->n) {
        if (r->doc[i] > last && block < p->blocks) {
            block = postings_find(p, block + 1, r->doc[i]);
            last = block < p->blocks ? postings_last(p, block) : DOC_END;
            most = -1;
        }
        if (block >= p->blocks)
            break;
        if (most < 0)
            most = p->impact && r->floor > 0
                       ? block_bound(part, r->m->bm25, block)
                       : part->node->most;
        if (r->score[i] + most + rest < r->floor) {
            r->all = false;
            i++;
            continue;
        }
        if (!postings_load(p, block))
            break;
        i = match_block(r, part, i, &kept, need);
    }
    for (; i < r->n && !need; i++) {
        r->doc[kept] = r->doc[i];
        r->score[kept++] = r->score[i];
    }
    r->n = kept;
}

/* Keep the candidates that the term has. */
static void
term_match(struct ranker *r, struct postings *p)
{
    uint32_t kept = 0, i = 0;

    while (i < r->n && postings_seek(p, r->doc[i])) {
        uint32_t to = i + postings_reach(p, r->rank, r->doc + i, r->n - i);

        for (uint32_t k = 0; i < to; i++, k++) {
            r->doc[kept] = r->doc[i];
            kept += p->doc[r->rank[k]] == r->doc[i];
        }
    }
    r->n = kept;
}

void
node_match(struct ranker *r, struct node *node)
{
    uint32_t kept = 0;

    if (node->kind == NODE_TERM) {
        term_match(r, node->postings);
        return;
    }
    node_probe(r->m, node, r->doc, r->n, r->hit, NULL, 1);
    for (uint32_t i = 0; i < r->n; i++) {
        r->doc[kept] = r->doc[i];
        kept += r->hit[i];
    }
    r->n = kept;
}

void
clause_add(struct ranker *r, struct clause *c, double rest, bool need)
{
    uint32_t kept = 0;

    if (r->n == 0)
        return;
    if (c->node->kind == NODE_TERM) {
        term_add(r, c, rest, need);
        return;
    }
    node_probe(r->m, c->node, r->doc, r->n, r->hit, r->list.score, 1);
    for (uint32_t i = 0; i < r->n; i++) {
        r->doc[kept] = r->doc[i];
        r->score[kept] = r->score[i] + r->list.score[i];
        kept += r->hit[i] || !need;
    }
    r->n = kept;
}

/* ---- candidates --------------------------------------------------------- */

void
rank_raise_floor(struct ranker *r)
{
    const struct topk *t = r->topk;

    if (t->n < t->k)
        return;
    if (t->top[0].score * (1 - 1e-12) > r->floor)
        r->floor = t->top[0].score * (1 - 1e-12);
    /* of equal scores of 0 the first in a segment come first */
    if (r->floor <= 0 && t->top[0].segment == r->plan->segment)
        r->floor = DBL_MIN;
}

/* Keep what is there and passes the join, but for what it has to look at one
 * by one. */
static void
pass(struct ranker *r)
{
    struct level *l = &r->m->level[0];
    uint32_t kept = 0;

    for (uint32_t i = 0; r->m->segment->deletes && i < r->n; i++) {
        r->doc[kept] = r->doc[i];
        r->score[kept] = r->score[i];
        kept += !segment_deleted(r->m->segment, r->doc[i]);
    }
    if (r->m->segment->deletes)
        r->n = kept;
    if (!r->join || r->join->must.n + r->join->never.n == 0 || r->n == 0)
        return;
    memcpy(l->doc, r->doc, r->n * sizeof *l->doc);
    memcpy(l->sum, r->score, r->n * sizeof *l->sum);
    r->n = keep_all(r->m, &r->join->must, NULL, l, r->n, 1, 0);
    r->n = keep_all(r->m, &r->join->never, NULL, l, r->n, 0, 0);
    memcpy(r->doc, l->doc, r->n * sizeof *l->doc);
    memcpy(r->score, l->sum, r->n * sizeof *l->sum);
}

void
rank_pass(struct ranker *r)
{
    pass(r);
    if (r->join && r->join->by_article)
        r->n = join_filter(r->join, r->doc, r->score, NULL, r->n);
}

void
rank_take(struct ranker *r, bool passed)
{
    const bool by_article = !passed && r->join && r->join->by_article;

    drop_below(r, 0);
    if (!passed)
        pass(r);
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->score[i] < r->floor) {
            r->all &= !by_article;
            r->seen += !by_article;
            continue;
        }
        if (by_article && !join_passes(r->join, r->doc[i]))
            continue;
        if (stop_seen(r->stop)) /* what passed then may be no match */
            break;
        r->seen++;
        if (topk_offer(r->topk, (struct top){.score = r->score[i],
                                             .segment = r->plan->segment,
                                             .doc = r->doc[i]}))
            rank_raise_floor(r);
    }
    r->n = 0;
}
