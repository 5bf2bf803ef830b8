/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * placed.c - random nodes that look at the places where words stand
 *
 * Their words are of one passage: the words of an article's text, or of
 * another field, as they stand.  Sides are drawn at positions of it that are
 * mostly near each other, and what a node says of distances lies at, just
 * below or just beyond what is there, so that many questions have hits, and
 * as many nearly have.
 */
#include <stdlib.h>

#include "drawing.h"

enum { SIDE_DEPTH = 2, SIDE_MAX = 4 };

/* ---- passages ----------------------------------------------------------- */

struct placed {
    uint32_t position;
    struct morgue_str term;
};

struct passage {
    struct placed *word; /* by position */
    size_t n;
    const char *lang; /* of the article */
    const char *prefix;
};

static int
by_position(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;

    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    return strcmp(x->term.s, y->term.s);
}

/* The terms with the passage's prefix, and where they stand in an article. */
static bool
place_terms(struct drawing *d, struct passage *out,
            const struct morgue_article *a)
{
    struct term_list list;
    size_t all = 0, len = strlen(out->prefix);

    if (term_maker_run(&list, d->facts->maker, a, NULL))
        return false;
    for (size_t i = 0; i < list.n; i++)
        all += list.term[i].pos_n;
    out->word = arena_zero(d->arena, all + 1, sizeof *out->word);
    for (size_t i = 0; out->word && i < list.n; i++) {
        struct morgue_str s = str_slice(list.term[i].s, list.term[i].len);

        if (prefix_len(s) != len || memcmp(s.s, out->prefix, len) != 0 ||
            list.term[i].pos_n == 0 || !arena_str(d->arena, s, &s))
            continue;
        for (uint32_t k = 0; k < list.term[i].pos_n; k++)
            out->word[out->n++] = (struct placed){list.term[i].pos[k], s};
    }
    if (out->n > 0)
        qsort(out->word, out->n, sizeof *out->word, by_position);
    return out->n > 0;
}

/* The words of a field of some article; false where it has none. */
static bool
draw_passage(struct drawing *d, struct passage *out)
{
    static const char *const prefixes[] = {"", "",  "",  "",   "",
                                           "", "S", "A", "XT", "XP"};
    struct facts *f = d->facts;
    struct morgue_article a;

    *out = (struct passage){.prefix = prefixes[rng_below(d->rng, 10)]};
    if (f->n == 0 ||
        engine_article(&a, f->pair->s[0]->reader, d->arena,
                       f->article[rng_below(d->rng, f->n)].number[0], true,
                       NULL))
        return false;
    out->lang = a.lang.s;
    return place_terms(d, out, &a);
}

size_t
draw_row(struct drawing *d, struct morgue_str *out, size_t n)
{
    struct passage p;
    size_t at, got = 0;
    uint32_t want;

    if (!draw_passage(d, &p))
        return 0;
    at = rng_below(d->rng, p.n);
    want = p.word[at].position;
    while (got < n && at < p.n && p.word[at].position == want) {
        out[got++] = p.word[at].term;
        while (at < p.n && p.word[at].position == want)
            at++;
        want++;
        /* Of two terms at one position, either. */
        if (at + 1 < p.n && p.word[at + 1].position == want &&
            rng_chance(d->rng, 50))
            at++;
    }
    return got;
}

/* ---- leaves ------------------------------------------------------------- */

/* The stem of a word, in the language of the passage. */
static struct query *
draw_stem(struct drawing *d, const struct passage *p, struct morgue_str term)
{
    struct session *m = d->facts->pair->s[0];
    size_t skip = strlen(p->prefix);
    struct term_forms forms = {0};
    const struct token *tok;

    tokenizer_start(m->tokenizer, str_slice(term.s + skip, term.len - skip),
                    TOKEN_QUERY);
    tok = tokenizer_next(m->tokenizer);
    if (tok && !(tok->flags & TOKEN_NGRAM) && (skip == 0 || *p->prefix == 'S'))
        term_stems(&forms, d->arena, m->stemmer, p->prefix, tok, &p->lang, 1,
                   NULL);
    return query_term(d->arena, forms.n ? forms.form[0] : term, 1);
}

struct query *
draw_forms(struct drawing *d, enum query_op op, struct morgue_str first)
{
    struct query *form[LEAVES];
    size_t n = 1 + rng_below(d->rng, LEAVES);

    for (size_t i = 0; i < n; i++)
        form[i] = query_term(
            d->arena, i == 0 && first.len > 0 ? first : draw_term(d), 1);
    return query_node(d->arena, op, form, n);
}

struct query *
draw_pattern(struct drawing *d, struct morgue_str word)
{
    const struct facts *f = d->facts;
    struct query *child[PREFIX_WORDS_MAX];
    size_t skip = prefix_len(word), n = 0, len;
    uint32_t wqf = 1 + (uint32_t)rng_chance(d->rng, 10);

    len = skip + 1 + rng_below(d->rng, 4);
    len = len < word.len ? len : word.len;
    for (size_t i = 0; i < f->term_n && n < PREFIX_WORDS_MAX; i++)
        if (prefix_len(f->term[i].s) == skip &&
            str_starts(f->term[i].s, str_slice(word.s, len)))
            child[n++] = query_term(d->arena, f->term[i].s, wqf);
    return query_node(d->arena, QUERY_WORDS, child, n);
}

/* ---- sides -------------------------------------------------------------- */

/* A word of the passage that is near the one at `at`, mostly. */
static size_t
draw_near(struct drawing *d, const struct passage *p, size_t at)
{
    size_t kind = rng_below(d->rng, 100);
    size_t far = kind < 60 ? 8 : kind < 85 ? 60 : p->n;
    size_t from = at > far ? at - far : 0;
    size_t to = at + far < p->n ? at + far : p->n - 1;

    return from + rng_below(d->rng, to - from + 1);
}

static struct query *draw_node(struct drawing *d, const struct passage *p,
                               size_t at, int depth);

/* What has a place at a word of the passage, or nearly. */
static struct query *
draw_side(struct drawing *d, const struct passage *p, size_t at, int depth)
{
    struct morgue_str term = p->word[at].term;
    struct query *child[SIDE_MAX];
    size_t kind = rng_below(d->rng, depth > 0 ? 100 : 69), n;

    if (kind >= 75)
        return draw_node(d, p, at, depth - 1);
    if (kind < 45)
        return query_term(d->arena, kind < 3 ? draw_term(d) : term, 1);
    if (kind < 57)
        return draw_stem(d, p, term);
    if (kind < 63)
        return draw_forms(d, QUERY_FORMS, term);
    if (kind < 69)
        return draw_pattern(d, term);
    n = 1 + rng_below(d->rng, SIDE_MAX);
    for (size_t i = 0; i < n; i++)
        child[i] =
            draw_side(d, p, i == 0 ? at : draw_near(d, p, at), depth - 1);
    return query_node(d->arena, kind < 73 ? QUERY_ANY : QUERY_BEST, child, n);
}

/* ---- nodes -------------------------------------------------------------- */

/* As many as `n`, one more or less, or any; from `least` to `most`. */
static uint32_t
draw_about(struct drawing *d, uint32_t n, uint32_t least, uint32_t most)
{
    uint32_t about = n + (uint32_t)rng_below(d->rng, 3);

    about -= about > 0;
    if (rng_chance(d->rng, 15))
        about = (uint32_t)rng_below(d->rng, 1 + rng_below(d->rng, most));
    return about < least ? least : about > most ? most : about;
}

static struct query *
draw_reach(struct drawing *d, const struct passage *p, size_t at, int depth,
           enum query_op op)
{
    size_t other = draw_near(d, p, at);
    bool back = rng_chance(d->rng, 30);
    uint32_t a = p->word[at].position, b = p->word[other].position;
    struct reach r = {.unit = REACH_POSITIONS,
                      .n = draw_about(d, a < b ? b - a : a - b, 1, REACH_MAX),
                      .ordered = rng_chance(d->rng, 40)};

    if (rng_chance(d->rng, 30)) {
        r.unit = rng_chance(d->rng, 60) ? REACH_SENTENCE : REACH_PARAGRAPH;
        r.n = 0;
    }
    return query_reach(d->arena, op, &r,
                       draw_side(d, p, back ? other : at, depth),
                       draw_side(d, p, back ? at : other, depth));
}

/* Words that follow each other, with some between them left out. */
static struct query *
draw_loose(struct drawing *d, const struct passage *p, size_t at, int depth)
{
    struct query *child[PHRASE_MAX];
    size_t n = 1 + rng_below(d->rng, PHRASE_MAX), got = 0;
    uint32_t first = p->word[at].position, last = first;

    while (got < n && at < p->n) {
        last = p->word[at].position;
        child[got++] = draw_side(d, p, at, depth);
        while (at < p->n && p->word[at].position == last)
            at++;
        at += rng_chance(d->rng, 40) ? rng_below(d->rng, 6) : 0;
    }
    return query_counted(
        d->arena, QUERY_PHRASE,
        draw_about(d, last - first + 1 - (uint32_t)got, 0, REACH_MAX), child,
        got);
}

static struct query *
draw_node(struct drawing *d, const struct passage *p, size_t at, int depth)
{
    static const uint32_t usual[] = {1, 2, 2, 3, 5, 30};
    size_t kind = rng_below(d->rng, 100);
    struct query *child;

    if (kind < 35)
        return draw_reach(d, p, at, depth, QUERY_NEAR);
    if (kind < 50)
        return draw_reach(d, p, at, depth, QUERY_APART);
    if (kind < 70)
        return draw_loose(d, p, at, depth);
    child = draw_side(d, p, at, depth);
    if (kind < 85)
        return query_within(d->arena, (enum text_part)rng_below(d->rng, 3),
                            draw_about(d, p->word[at].position, 0, 2000) /
                                (1 + (uint32_t)rng_below(d->rng, 3)),
                            child);
    return query_counted(d->arena, QUERY_TIMES, usual[rng_below(d->rng, 6)],
                         &child, 1);
}

struct query *
draw_placed(struct drawing *d)
{
    struct passage p;

    if (!draw_passage(d, &p))
        return query_term(d->arena, draw_term(d), 1);
    return draw_node(d, &p, rng_below(d->rng, p.n), SIDE_DEPTH);
}
