/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * locate.h - what of an article made a query match it
 *
 *     struct locator *l = NULL;
 *
 *     st = locator_new(&l, query, tokenizer, stemmer, LOCATE_ALL, err);
 *     st = locator_run(l, &article, err);
 *     mark = locator_marks(l, FIELD_BODY, &n);
 *     for (size_t i = 0; i < n; i++)
 *         use(mark[i].start, mark[i].end);
 *     locator_free(l);
 *
 * It goes by the tree that was searched (query.h).  The article is one that
 * matches, so that of operators that no place belongs to nothing is asked but:
 * of NOT and FILTER the first child has made the match, and what is one of
 * several (ANY, BEST, SOME) has not where it does not match itself.  Of what
 * is left, a word is marked wherever it stands in its field.  A node that has
 * places is marked by the words inside these: of each child, the places that
 * lie within one of the node's; of APART those of the first.  Words of a
 * phrase that follow each other are one mark.
 *
 * The tree's nodes without places are a look-up for each word of the text;
 * those with places are evaluated as engines do it (places.h), after the whole
 * article was read, of which SOUGHT_SPOTS_MAX spots are kept.  Of an article
 * no more is marked than LOCATOR_MARKS_MAX, the first; how many pairs of
 * places are looked at in it is bounded too (LOCATOR_PAIRS_MAX), so that of
 * huge ones some may be missing.
 */
#ifndef MORGUE_QUERY_LOCATE_H
#define MORGUE_QUERY_LOCATE_H

#include "../../common/article/field.h"
#include "../../common/engine/query.h"
#include "../../common/text/stem.h"

enum { LOCATOR_MARKS_MAX = 4096, LOCATOR_PAIRS_MAX = 1 << 27 };

/** Which fields are marked. */
enum locator_scope { LOCATE_BODY, LOCATE_ALL };

/** Something that is marked. */
struct located {
    size_t start, end; /* bytes of the field */
    size_t unit;       /* what of the query stands there: a word, or a node
                          that has places, by number */
    enum field field;
    uint32_t pos; /* of its first word, with its run (places.h) */
};

struct locator;

/** For a valid tree, which with the tools must outlive it.  Give back:
 *  locator_free. */
enum morgue_status locator_new(struct locator **out, const struct query *query,
                               struct tokenizer *tokenizer,
                               struct stemmer *stemmer,
                               enum locator_scope scope,
                               struct morgue_error *err);

/** NULL is allowed. */
void locator_free(struct locator *l);

/** Find what is to be marked in an article that matches.  What was found in
 *  the one before is gone. */
enum morgue_status locator_run(struct locator *l,
                               const struct morgue_article *article,
                               struct morgue_error *err);

/** How many units the query has. */
size_t locator_units_n(const struct locator *l);

/** The marks of a field by where they begin, the longer first; they may
 *  overlap.  Lent until the next run. */
const struct located *locator_marks(const struct locator *l, enum field field,
                                    size_t *n);

/** With LOCATE_BODY: the same, but of a unit that has places, from the first
 *  mark to the last of each place.  In no order. */
const struct located *locator_wholes(const struct locator *l, size_t *n);

#endif
