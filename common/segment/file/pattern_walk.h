/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pattern_walk.h - the terms of a segment that a pattern has
 */
#ifndef MORGUE_SEGMENT_PATTERN_WALK_H
#define MORGUE_SEGMENT_PATTERN_WALK_H

#include "../../base/stop.h"
#include "../../text/pattern.h"
#include "footer.h"

/** What is looked for, ready for any number of segments. */
struct pattern_search {
    struct automaton whole; /* has the terms, behind the prefix */
    struct automaton held;  /* as far as a block's place tells it: with edits,
                             those that the grams do not tell */
    struct morgue_str prefix;
    bool no_capital;           /* none follows the prefix */
    char begin[DICT_TERM_MAX]; /* what all terms begin with */
    size_t begin_len;
    uint32_t (*gram)[3]; /* that all terms have; with edits, all that `held`
                            does not find */
    size_t grams;
};

/** Make it ready; what it needs is in the arena, the pattern and the prefix
 *  are lent.  MORGUE_NOMEM. */
enum morgue_status
pattern_search_init(struct pattern_search *p, struct morgue_str prefix,
                    bool no_capital, const struct pattern *pattern,
                    struct arena *arena, struct morgue_error *err);

/* So many bytes of a term are copied at once, which are less than PART_PAD. */
enum { COPIED = 16 };

/** What an automaton has read of the last block that was looked at. */
struct block_states {
    uint8_t key[DICT_KEY];
    size_t known; /* so many of its bytes have states */
    struct automaton_state state[DICT_KEY + 1];
};

/** A walk over those terms of a segment, in byte order. */
struct pattern_walk {
    const struct pattern_search *search;
    struct segment *segment;
    uint32_t number; /* of the segment, for whoever walks over several */
    struct stop *stop;
    const uint8_t *index;   /* of blocks */
    uint64_t block, blocks; /* the next, and the one behind the last */
    uint8_t *with;          /* a bit for each block that has the grams; NULL:
                               they tell nothing */
    uint32_t looked;        /* blocks */

    struct dict_cursor in; /* the block at hand */
    size_t len;            /* of the term at hand */
    size_t dead;           /* terms that begin with so many bytes as this one
                              are none */
    unsigned read, infos;  /* terms of the block, and where lists are */
    struct term_info info; /* of the term at hand */
    char term[DICT_TERM_MAX + COPIED];
    struct automaton_state
        state[DICT_TERM_MAX + 1]; /* behind each character */

    struct block_states whole, held; /* by these automata */
};

/** Begin.  Memory is the arena's: a bit for each block.  MORGUE_NOMEM; damage
 *  is marked in the segment. */
enum morgue_status pattern_walk_open(struct pattern_walk *w,
                                     const struct pattern_search *p,
                                     struct segment *s, struct stop *stop,
                                     struct arena *arena,
                                     struct morgue_error *err);

/** To the next term that has articles which are not deleted: it is in w->term,
 *  w->len, w->info.  False at the end, where the stop says so, and where the
 *  segment is damaged. */
bool pattern_walk_next(struct pattern_walk *w);

#endif
