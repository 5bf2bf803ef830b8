/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * phrase.c - words at successive positions of an article
 *
 * The rarest word leads: each of its positions says where the phrase would
 * begin, and the others walk up to their places from there.  The first that
 * has passed its place sends the lead on to where the phrase could begin
 * then.  An article costs a step for each position up to the first phrase;
 * positions are unpacked as far as they are walked to.
 */
#include "match.h"

/* Walk to the first position not before `pos`; false where there is none. */
static bool
walk_to(struct positions *w, uint64_t pos)
{
    while (w->pos < pos)
        if (!positions_next(w))
            return false;
    return true;
}

/* Begin with the positions of a word in the article, which has it. */
static bool
start_walk(struct slot *slot, uint32_t doc)
{
    struct postings *p = slot->term->postings;
    uint32_t i;

    if (!postings_seek(p, doc))
        return false;
    i = postings_rank(p, doc);
    if (p->doc[i] != doc)
        return false;
    positions_start(slot->walk, i);
    return positions_next(slot->walk);
}

static bool
has_phrase(struct phrase *phrase, uint32_t doc)
{
    struct slot *slot = phrase->slot;
    uint64_t begin = 0;
    uint32_t k, started = 1;

    if (!start_walk(slot, doc))
        return false;
    for (;;) {
        if (!walk_to(slot->walk, begin + slot->place))
            return false;
        begin = slot->walk->pos - slot->place;
        for (k = 1; k < phrase->n; k++) {
            if (k == started && !start_walk(&slot[started++], doc))
                return false;
            if (!walk_to(slot[k].walk, begin + slot[k].place))
                return false;
            if (slot[k].walk->pos != begin + slot[k].place)
                break;
        }
        if (k == phrase->n)
            return true;
        begin = slot[k].walk->pos - (uint64_t)slot[k].place;
    }
}

bool
join_has_phrases(struct node *join, uint32_t doc)
{
    for (uint32_t i = 0; i < join->phrase_n; i++)
        if (!has_phrase(&join->phrase[i], doc))
            return false;
    return true;
}
