/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names.h - what may stand before a colon in a query, and what is told of a
 * name that may not
 *
 * The fields themselves are those of common/article/field.c; here are their
 * other names, and what has no field: dates, lengths, presence, hosts.
 */
#ifndef MORGUE_QUERY_NAMES_H
#define MORGUE_QUERY_NAMES_H

#include "../../common/article/field.h"

/** What follows a name is. */
enum name_kind {
    NAME_WORDS,  /* words of a field */
    NAME_VALUE,  /* the whole value of one */
    NAME_ID,     /* an id */
    NAME_URL,    /* an address */
    NAME_SITE,   /* a host */
    NAME_DATE,   /* a period */
    NAME_LENGTH, /* a number of words */
    NAME_HAS     /* the name of a field */
};

struct query_name {
    const char *name; /* as it is printed */
    enum name_kind kind;
    const struct field_info *field; /* WORDS and VALUE */
};

/** What `name`, in any case, stands for; NULL.  Static. */
const struct query_name *name_find(struct morgue_str name);

/** The name that was meant, most likely, by one that there is not; NULL. */
const char *name_meant(struct morgue_str name);

/** The field that has: asks for by that name: as it is stored, or as queries
 *  call it; NULL, and for "date", which is no text field, too. */
const struct field_info *name_of_field(struct morgue_str name);

/** All names, as "title, body, ...".  Static. */
const char *names_all(void);

#endif
