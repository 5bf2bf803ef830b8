/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * locate.h - where the leaves of a query stand in a text
 *
 *     struct locator *l = NULL;
 *     const struct locator_place *p;
 *
 *     st = locator_new(&l, &parsed, &context, err);
 *     st = locator_run(l, body, lang, err);
 *     for (size_t i = 0; i < locator_targets_n(l); i++)
 *         for (p = locator_first(l, i); p; p = locator_next(l, p))
 *             use(p->first, p->last, p->start, p->end);
 *     locator_free(l);
 *
 * The text is read once, by the tokenizer that indexed it, and each word
 * looked up in one table of all that is looked for: a word stands where one of
 * its terms is, a phrase where its words are in a row.  What is to be made of
 * the places, as what is to be marked, is for the caller.
 *
 * Leaves that are excluded, or of a field that was named, stand in no text.
 */
#ifndef MORGUE_QUERY_LOCATE_H
#define MORGUE_QUERY_LOCATE_H

#include "analyse.h"

/** At most so many places are looked for in a text. */
enum { LOCATOR_PLACES_MAX = 4096 };

/** A place of a target. */
struct locator_place {
    uint32_t first, last; /* positions of its words (token.h) */
    size_t start, end;    /* its bytes */
    size_t next;          /* for locator_next */
};

struct locator;

/** For all that a query looks for, which with the context must outlive it.
 *  Give back: locator_free. */
enum morgue_status locator_new(struct locator **out,
                               const struct parsed *parsed,
                               const struct parse_context *context,
                               struct morgue_error *err);

/** NULL is allowed. */
void locator_free(struct locator *l);

/** Find the places in a text in the language `lang` (a code; "": not known).
 *  Those of the text before are gone. */
enum morgue_status locator_run(struct locator *l, struct morgue_str text,
                               struct morgue_str lang,
                               struct morgue_error *err);

/** The targets of all leaves, in the order of the query. */
size_t locator_targets_n(const struct locator *l);

/** The leaf that target `i` is one of. */
const struct ast *locator_leaf(const struct locator *l, size_t i);

/** How many places there are, of all targets together. */
size_t locator_places_n(const struct locator *l);

/** The first place of target `i`, and the one behind `p`, by their last
 *  words; NULL: there is none.  Lent until the next run. */
const struct locator_place *locator_first(const struct locator *l, size_t i);
const struct locator_place *locator_next(const struct locator *l,
                                         const struct locator_place *p);

#endif
