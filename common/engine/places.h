/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * places.h - whether an article has what nodes look for that have places
 *
 *   tree -> places_new -> terms whose positions are wanted
 *   an article at hand -> places_match, which reads positions by term
 *
 * What a place is, and what each node says, stands in query.h.  This is the
 * one evaluator of it; engines only tell, for the article at hand, which terms
 * it has and where.  They ask where the words of a node, as QUERY_ALL of them
 * says, match already (places_words), so that few articles are looked at.
 *
 * Time for an article goes with the positions of its terms, and with the
 * pairs of places that are in reach where a node is a side of another: of
 * those at most PLACES_MAX, the first, are looked at for each node.  Pairs
 * that are not in reach can be many more in one huge article, so that a search
 * that has to end ends there as well.
 */
#ifndef MORGUE_ENGINE_PLACES_H
#define MORGUE_ENGINE_PLACES_H

#include "../base/error.h"
#include "../base/stop.h"
#include "query.h"

enum { PLACES_MAX = 1 << 16, PLACE_RUN_SHIFT = 28 };

struct places;

/** Ascending positions, which grow in an arena. */
struct position_list {
    uint32_t *v;
    size_t n, cap;
};

/** What tells of the terms of an archive.  Terms of a tree are numbered from
 *  0 (places_term). */
struct place_source {
    /** Tell by places_add_word the words whose stem `stem` is: terms like it,
     *  with positions.  Called by places_new, once for each stem.  NULL: stems
     *  have positions of their own, and are read as other terms are. */
    enum morgue_status (*words)(void *payload, struct morgue_str stem,
                                struct places *p, struct morgue_error *err);

    /** Whether the article at hand has a term.  Not called without `words`. */
    bool (*has)(void *payload, size_t term);

    /** Append the positions that a term has in the article at hand, none
     *  where it does not have the term, by places_room. */
    void (*read)(void *payload, size_t term, struct places *p,
                 struct position_list *out);

    void *payload;
    struct stop *stop; /* NULL: nothing ends a look at an article */
    size_t pairs_max;  /* places_all ends, with the stop as if its time were
                          over, after so many pairs, about, which then must
                          not be NULL; 0: when all were looked at */
};

/** The tree of a node with places, valid, made ready in the arena, which it
 *  also takes room from while it is asked; the tree is lent. */
enum morgue_status places_new(struct places **out, struct arena *arena,
                              const struct query *query,
                              const struct place_source *source,
                              struct morgue_error *err);

/** One more word of the stem that is asked about. */
enum morgue_status places_add_word(struct places *p, struct morgue_str word,
                                   struct morgue_error *err);

/** The i-th term, lent by the arena; false where there are not so many. */
bool places_term(const struct places *p, size_t i, struct morgue_str *out);

/** Room for n more positions behind those of the list; NULL when out of
 *  memory.  What was put there is counted by out->n. */
uint32_t *places_room(struct places *p, struct position_list *out, size_t n);

/** Whether the article at hand has a place of the node.  When out of memory
 *  it has not, and places_status tells; nor has it where the stop has ended
 *  the look, which stop_seen tells. */
bool places_match(struct places *p);
enum morgue_status places_status(const struct places *p,
                                 struct morgue_error *err);

/** A place: positions, the bits from PLACE_RUN_SHIFT on the run that they are
 *  in (places_run). */
struct span {
    uint32_t start, end; /* both are of it */
};

/** A node of the tree, which has its places in the article at hand. */
struct place_node;

/** Find every place in the article at hand that the nodes have, but that a
 *  node that has none leaves those below it alone.  The root, lent; NULL where
 *  it has none. */
const struct place_node *places_all(struct places *p);

/** The places of a node that has some below a root that has, by where they
 *  begin and then by where they end; lent until the next article.  A term of
 *  one word has one for each position that was read, in that order. */
const struct span *place_spans(const struct place_node *node, size_t *n);
const struct query *place_query(const struct place_node *node);
const struct place_node *place_child(const struct place_node *node, size_t i);

/** The number of the term that a QUERY_TERM is, where stems are terms. */
size_t place_term(const struct place_node *node);

/** Which run of positions a term's are in: 0 that of title, dateline and body,
 *  and one for each of author, place and topics. */
uint32_t places_run(struct morgue_str term);

/** The words of a valid tree: what matches wherever it does, and scores as it
 *  does there, without nodes that have places.  NULL when out of memory. */
struct query *places_words(struct arena *arena, const struct query *query);

#endif
