/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sought.h - where terms that are looked for stand in an article's text
 *
 *     sought_init(&s, tokenizer, stemmer);
 *     term = sought_add(&s, STR("Zen:ferri"));
 *     st = sought_read(&s, &article, err);
 *     for (size_t i = 0; i < term->n; i++)
 *         use(term->spot[i].pos, term->spot[i].start, term->spot[i].end);
 *     sought_free(&s);
 *
 * The text is read by the tokenizer, the stemmer and the positions that it was
 * indexed by (position.h), and each word looked up in one table of all that is
 * looked for.  A stem stands where the words do that have it in the article's
 * language.  Time is linear in the text, and does not go with the number of
 * terms.
 *
 * Terms of whole values (section, source, language, address, host) stand
 * nowhere, but it is known whether the article has them; of others (ids)
 * nothing is.
 */
#ifndef MORGUE_QUERY_SOUGHT_H
#define MORGUE_QUERY_SOUGHT_H

#include "../../common/base/arena.h"
#include "../../common/text/stem.h"
#include "../../common/text/token.h"

/** So many spots are kept of an article; what is behind is not read. */
enum { SOUGHT_SPOTS_MAX = 1 << 22 };

/** Where a term stands. */
struct term_spot {
    uint32_t pos;        /* in the run of the term (places_run) */
    uint32_t start, end; /* bytes of the field */
    uint32_t field;
};

/** A term that is looked for. */
struct sought_term {
    uint64_t hash;
    struct morgue_str term;
    bool known;  /* it is of a kind that is found where it is */
    bool needed; /* all of its spots are; of others together SOUGHT_FEW */
    bool there;  /* the article at hand has it */
    size_t n, cap;
    struct term_spot *spot;   /* by position, each once */
    struct sought_term *next; /* in the same slot */
};

enum { SOUGHT_FEW = 4096 };

struct sought {
    struct tokenizer *tokenizer;
    struct stemmer *stemmer;
    struct arena arena; /* of the terms */
    struct sought_term **table;
    size_t table_n, n; /* slots, a power of 2; terms */
    uint32_t own;      /* fields, by bits, whose own terms are looked for */
    bool stems;        /* some of the terms are stems */
    bool marks;        /* and some are of sentences, or where fields begin */
    bool few;          /* no term is `needed`, and it does not matter whether
                          one is `there`: what is behind SOUGHT_FEW spots is
                          not read; set by the user */
    bool body;         /* with `few`: the body alone is read; likewise */
    size_t few_n, spot_n; /* in the article at hand */
    uint32_t body_words;  /* of its body, as positions count; likewise */
};

/** Begin with no terms; the tools are lent. */
void sought_init(struct sought *s, struct tokenizer *tokenizer,
                 struct stemmer *stemmer);
void sought_free(struct sought *s);

/** The term, which is looked for from now on, lent until sought_free; NULL
 *  when out of memory. */
struct sought_term *sought_add(struct sought *s, struct morgue_str term);

/** The same of one that was added; NULL: it was not. */
const struct sought_term *sought_find(const struct sought *s,
                                      struct morgue_str term);

/** Find the terms in an article.  What was of the one before is gone. */
enum morgue_status sought_read(struct sought *s,
                               const struct morgue_article *article,
                               struct morgue_error *err);

#endif
