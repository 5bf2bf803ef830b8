/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect.c - queries as other systems write them: which there are
 */
#include "dialect.h"

static const struct dialect dialect_morgue = {"morgue", query_lex, NULL};

static const struct dialect *const dialects[] = {
    &dialect_morgue,   &dialect_nexis,    &dialect_factiva,
    &dialect_proquest, &dialect_dtsearch, &dialect_lucene,
};

const struct dialect *
dialect_find(const char *name)
{
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (str_eq_nocase(str_of(dialects[i]->name), str_of(name)))
            return dialects[i];
    return NULL;
}

const char *
dialect_names(void)
{
    return "morgue, nexis, factiva, proquest, dtsearch, lucene";
}
