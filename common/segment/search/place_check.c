/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * place_check.c - whether an article of a segment has a place of a node
 */
#include "place_check.h"

#include "../file/stem_words.h"

/* ---- what the evaluator asks -------------------------------------------- */

/* The words of a stem, of all segments: where one does not have the stem of a
 * word, no article in it does. */
static enum morgue_status
words_of_stem(void *check, struct morgue_str stem, struct places *places,
              struct morgue_error *err)
{
    const struct place_check *c = check;
    const struct snapshot *snap = c->snapshot;
    enum morgue_status st = MORGUE_OK;
    struct stem_words words;
    struct morgue_str word;

    for (uint32_t i = 0; i < snap->n && !st; i++) {
        stem_words_init(&words, snap->segment[i]);
        if (stem_words_find(&words, stem))
            while (!st && stem_words_next(&words, &word))
                st = places_add_word(places, word, err);
    }
    return st;
}

/* Have the cursor at the article at hand; where it is in the block, or BLOCK
 * where the term does not have it. */
static uint32_t
find(struct place_check *c, struct place_term *t)
{
    uint32_t i;

    if (!t->present || !postings_seek(&t->list, c->doc))
        return BLOCK;
    i = postings_rank(&t->list, c->doc);
    return t->list.doc[i] == c->doc ? i : BLOCK;
}

static bool
has_term(void *check, size_t term)
{
    struct place_check *c = check;

    return find(c, &c->term[term]) < BLOCK;
}

static void
read_positions(void *check, size_t term, struct places *places,
               struct position_list *out)
{
    struct place_check *c = check;
    struct place_term *t = &c->term[term];
    uint32_t i = find(c, t), *to;

    if (i == BLOCK || !(t->list.flags & TERM_POSITIONS))
        return;
    positions_start(&t->walk, i);
    to = places_room(places, out, t->walk.left);
    while (to && positions_next(&t->walk)) {
        *to++ = t->walk.pos;
        out->n++;
    }
}

/* ---- checks ------------------------------------------------------------- */

struct place_check *
place_check_new(struct arena *arena, const struct snapshot *snapshot,
                struct stop *stop, const struct query *q)
{
    struct place_check *c = arena_zero(arena, 1, sizeof *c);
    struct morgue_str term;

    if (!c)
        return NULL;
    *c = (struct place_check){.snapshot = snapshot,
                              .source = {.words = words_of_stem,
                                         .has = has_term,
                                         .read = read_positions,
                                         .payload = c,
                                         .stop = stop}};
    if (places_new(&c->places, arena, q, &c->source, NULL))
        return NULL; /* nothing but memory can be short */
    while (places_term(c->places, c->n, &term))
        c->n++;
    c->term = arena_zero(arena, c->n + 1, sizeof *c->term);
    return c->term ? c : NULL;
}

void
place_check_start(struct place_check *c, uint32_t segment)
{
    for (size_t i = 0; i < c->n; i++) {
        struct place_term *t = &c->term[i];
        const struct term_info *info = &t->term->info[segment];

        t->present = info->df > 0;
        if (!t->present)
            continue;
        postings_open(&t->list, c->snapshot->segment[segment], info);
        t->present = t->list.blocks > 0;
        if (t->list.flags & TERM_POSITIONS)
            positions_open(&t->walk, &t->list);
    }
}

bool
place_check_passes(struct place_check *c, uint32_t doc)
{
    c->doc = doc;
    return places_match(c->places);
}
