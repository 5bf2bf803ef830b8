/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * locate.c - where the leaves of a query stand in a text
 *
 * A phrase is found by what of it has been reached: for each of its words, at
 * which of the last two positions it stood behind all words before it, and
 * where these began.  A word of the text that is one of the phrase's is asked
 * whether the word before it was reached at the position before; so each place
 * is found, also where phrases overlap themselves ("a a b" in "a a a b").
 */
#include "locate.h"

#include <stdlib.h>

#include "../../common/base/hash.h"
#include "../../common/text/words.h"

#define NO_PLACE ((size_t)-1)

/* A term that is looked for, in a table by its hash. */
struct locator_key {
    uint64_t hash;
    struct morgue_str term;
    uint32_t target;
    uint32_t part;            /* which word of a phrase; 0 for others */
    struct locator_key *next; /* in the same slot */
};

/* That a word of a phrase, behind all before it, was reached. */
struct phrase_step {
    uint64_t at; /* the position of the word, counted from 1; 0: not yet */
    size_t start;
};

struct locator_target {
    const struct ast *leaf;
    const struct ast_target *what;
    struct phrase_step (*step)[2]; /* of each word, by `at` & 1 */
    size_t first, last;            /* its places */
};

struct locator {
    const struct parse_context *context;
    struct arena arena;
    struct locator_target *target;
    size_t target_n;
    struct locator_key **table;
    size_t table_n; /* a power of 2 */
    struct locator_place *place;
    size_t place_n, place_cap;
};

/* ---- what is looked for ------------------------------------------------- */

static bool
add_key(struct locator *l, struct morgue_str term, size_t target, size_t part)
{
    struct locator_key *k = arena_alloc(&l->arena, sizeof *k);
    struct locator_key **slot;

    if (!k)
        return false;
    *k = (struct locator_key){.hash = hash64(term.s, term.len),
                              .term = term,
                              .target = (uint32_t)target,
                              .part = (uint32_t)part};
    slot = &l->table[k->hash & (l->table_n - 1)];
    k->next = *slot;
    *slot = k;
    return true;
}

static bool
add_target(struct locator *l, const struct ast *leaf,
           const struct ast_target *what)
{
    struct locator_target *t = &l->target[l->target_n];

    *t = (struct locator_target){
        .leaf = leaf, .what = what, .first = NO_PLACE, .last = NO_PLACE};
    if (what->phrase) {
        t->step = arena_zero(&l->arena, what->term_n, sizeof *t->step);
        if (!t->step)
            return false;
    }
    for (size_t i = 0; i < what->term_n; i++)
        if (!add_key(l, what->term[i], l->target_n, what->phrase ? i : 0))
            return false;
    l->target_n++;
    return true;
}

static bool
add_targets(struct locator *l, const struct ast_tree *ast)
{
    size_t targets = 0, terms = 0;

    for (const struct ast *leaf = ast->leaf; leaf; leaf = leaf->next_leaf)
        for (const struct ast_target *t = leaf->target; t; t = t->next) {
            targets++;
            terms += t->term_n;
        }
    for (l->table_n = 16; l->table_n < terms * 2; l->table_n *= 2)
        ;
    l->table = arena_zero(&l->arena, l->table_n, sizeof *l->table);
    l->target = arena_zero(&l->arena, targets + 1, sizeof *l->target);
    if (!l->table || !l->target)
        return false;
    for (const struct ast *leaf = ast->leaf; leaf; leaf = leaf->next_leaf)
        for (const struct ast_target *t = leaf->target; t; t = t->next)
            if (!add_target(l, leaf, t))
                return false;
    return true;
}

enum morgue_status
locator_new(struct locator **out, const struct parsed *parsed,
            const struct parse_context *context, struct morgue_error *err)
{
    struct locator *l = calloc(1, sizeof *l);

    *out = NULL;
    if (!l)
        return error_nomem(err);
    l->context = context;
    arena_init(&l->arena, SIZE_MAX / 2);
    if (!add_targets(l, &parsed->ast)) {
        locator_free(l);
        return error_nomem(err);
    }
    *out = l;
    return MORGUE_OK;
}

void
locator_free(struct locator *l)
{
    if (!l)
        return;
    arena_free(&l->arena);
    free(l->place);
    free(l);
}

/* ---- places ------------------------------------------------------------- */

static enum morgue_status
add_place(struct locator *l, struct locator_target *t,
          const struct locator_place *place, struct morgue_error *err)
{
    struct locator_place *list;

    if (l->place_n == LOCATOR_PLACES_MAX)
        return MORGUE_OK;
    list = list_grown(l->place, &l->place_cap, l->place_n + 1, sizeof *list);
    if (!list)
        return error_nomem(err);
    l->place = list;
    list[l->place_n] = *place;
    list[l->place_n].next = NO_PLACE;
    if (t->first == NO_PLACE)
        t->first = l->place_n;
    else
        list[t->last].next = l->place_n;
    t->last = l->place_n++;
    return MORGUE_OK;
}

/* A word of the text is one of a phrase's. */
static enum morgue_status
reach(struct locator *l, struct locator_target *t, uint32_t part,
      const struct token *tok, struct morgue_error *err)
{
    uint64_t at = (uint64_t)tok->position + 1;
    size_t start = tok->start, n = t->what->term_n;

    if (part > 0) {
        const struct phrase_step *before = &t->step[part - 1][(at - 1) & 1];

        if (at == 1 || before->at != at - 1)
            return MORGUE_OK;
        start = before->start;
    }
    t->step[part][at & 1] = (struct phrase_step){at, start};
    if (part + 1 < n)
        return MORGUE_OK;
    return add_place(
        l, t,
        &(struct locator_place){.first = tok->position + 1 - (uint32_t)n,
                                .last = tok->position,
                                .start = start,
                                .end = tok->end},
        err);
}

static enum morgue_status
look_up(struct locator *l, struct morgue_str term, const struct token *tok,
        struct morgue_error *err)
{
    uint64_t hash = hash64(term.s, term.len);
    enum morgue_status st = MORGUE_OK;

    for (const struct locator_key *k = l->table[hash & (l->table_n - 1)];
         k && !st; k = k->next) {
        struct locator_target *t = &l->target[k->target];

        if (k->hash != hash || !str_eq(k->term, term))
            continue;
        if (t->what->phrase)
            st = reach(l, t, k->part, tok, err);
        else
            st = add_place(l, t,
                           &(struct locator_place){.first = tok->position,
                                                   .last = tok->position,
                                                   .start = tok->start,
                                                   .end = tok->end},
                           err);
    }
    return st;
}

/* Look up the terms of a word of a text in the language numbered `lang`. */
static enum morgue_status
look_up_word(struct locator *l, int lang, const struct token *tok,
             struct morgue_error *err)
{
    char term[STEM_SPACE_MAX + TOKEN_MAX];
    const size_t prefix = term_stem_space(term, "", lang);
    struct stems stems;
    enum morgue_status st = look_up(l, str_slice(tok->s, tok->len), tok, err);

    if (st || (tok->flags & TOKEN_NGRAM))
        return st;
    st = stemmer_stem(&stems, l->context->stemmer, lang, tok, err);
    for (size_t i = 0; i < stems.n && !st; i++) {
        memcpy(term + prefix, stems.stem[i].s, stems.stem[i].len);
        st = look_up(l, str_slice(term, prefix + stems.stem[i].len), tok, err);
    }
    return st;
}

enum morgue_status
locator_run(struct locator *l, struct morgue_str text, struct morgue_str lang,
            struct morgue_error *err)
{
    struct tokenizer *t = l->context->tokenizer;
    int number = stem_find(lang);
    const struct token *tok;
    enum morgue_status st = MORGUE_OK;

    l->place_n = 0;
    for (size_t i = 0; i < l->target_n; i++) {
        struct locator_target *target = &l->target[i];

        target->first = target->last = NO_PLACE;
        if (target->step)
            memset(target->step, 0,
                   target->what->term_n * sizeof *target->step);
    }
    tokenizer_start(t, text, TOKEN_DOCUMENT);
    for (tok = tokenizer_next(t);
         tok && !st && l->place_n < LOCATOR_PLACES_MAX;
         tok = tokenizer_next(t))
        st = look_up_word(l, number, tok, err);
    return st;
}

/* ---- what was found ----------------------------------------------------- */

size_t
locator_targets_n(const struct locator *l)
{
    return l->target_n;
}

const struct ast *
locator_leaf(const struct locator *l, size_t i)
{
    return l->target[i].leaf;
}

size_t
locator_places_n(const struct locator *l)
{
    return l->place_n;
}

const struct locator_place *
locator_first(const struct locator *l, size_t i)
{
    size_t first = l->target[i].first;

    return first == NO_PLACE ? NULL : &l->place[first];
}

const struct locator_place *
locator_next(const struct locator *l, const struct locator_place *p)
{
    return p->next == NO_PLACE ? NULL : &l->place[p->next];
}
