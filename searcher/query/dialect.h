/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect.h - queries as other systems write them
 *
 * A dialect has a lexer of its own, which gives our tokens, and says how
 * tightly its operators bind; all else is as with ours.  What the other system
 * has, and we have not, gives a note.
 */
#ifndef MORGUE_QUERY_DIALECT_H
#define MORGUE_QUERY_DIALECT_H

#include "parse.h"

struct dialect {
    const char *name;
    enum morgue_status (*lex)(struct query_tokens *, struct arena *,
                              struct morgue_str, struct query_notes *,
                              struct morgue_error *);
    const struct grammar *grammar; /* NULL: ours */
};

extern const struct dialect dialect_nexis, dialect_factiva, dialect_dtsearch,
    dialect_lucene, dialect_proquest;

/** The dialect of that name; NULL.  Static. */
const struct dialect *dialect_find(const char *name);

/** The names of all, as "nexis, ...".  Static. */
const char *dialect_names(void);

#endif
