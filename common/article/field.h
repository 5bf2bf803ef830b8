/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * field.h - the fields of an article: the one table of them
 *
 * Storing, indexing, queries, output and the keys of sources go by it.  To add
 * a field: a member at the end of struct morgue_article, a number before
 * FIELD_BODY, a row in field.c.
 */
#ifndef MORGUE_ARTICLE_FIELD_H
#define MORGUE_ARTICLE_FIELD_H

#include "../base/str.h"

/** The text fields of an article.  The number of a field is part of the stored
 *  form, but that of the body, which is the last. */
enum field {
    FIELD_ID,
    FIELD_URL,
    FIELD_TITLE,
    FIELD_SECTION,
    FIELD_SOURCE,
    FIELD_AUTHOR,
    FIELD_LANG,
    FIELD_PLACE,
    FIELD_TOPICS,
    FIELD_DATELINE,
    FIELD_EXTRA,
    FIELD_DATE_SOURCE,
    FIELD_DATE_SUSPECT,
    FIELD_STATUS,
    FIELD_VERSION,
    FIELD_EMBARGO,
    FIELD_BODY,
    FIELD_N
};

/** Fields whose values are counted, and read without the article: a row of
 *  them. */
#define FIELD_VALUES FIELD_SECTION
enum { FIELD_VALUES_N = FIELD_TOPICS + 1 - FIELD_SECTION };

static inline bool
field_has_values(enum field f)
{
    return f >= FIELD_VALUES && f < FIELD_VALUES + FIELD_VALUES_N;
}

/** What those who build terms have to know by name: the prefixes of the
 * title's own terms, of addresses and their hosts, and of the times that
 * articles may not be shown before (terms that are in the order of time), and
 * what a word of the title adds to the wdf of its unprefixed terms. */
#define FIELD_TITLE_PREFIX   "S"
#define FIELD_URL_PREFIX     "U"
#define FIELD_HOST_PREFIX    "H"
#define FIELD_EMBARGO_PREFIX "XE:"
#define FIELD_TITLE_WDF      3

/** What a field's terms are made of. */
enum field_kind {
    FIELD_STORED, /* it has none */
    FIELD_WORDS,  /* each word is a term, with positions */
    FIELD_EXACT,  /* the whole value, folded (fold_value), is one term */
    FIELD_CODE,   /* a language code (stem_code) is the term */
    FIELD_ADDRESS /* an address (address_write) is a term, and its host and
                     the domains that this is in are, with a prefix of their
                     own */
};

struct field_info {
    const char *name;  /* as JSON, tables, maps and options call it */
    const char *query; /* as queries do; NULL: they cannot ask for it */
    const char *what;  /* in a few words */
    size_t offset;     /* in struct morgue_article */
    size_t max;        /* bytes that are kept of it */
    bool many;         /* has its values on lines of their own */

    enum field_kind kind;
    const char *prefix; /* of its own terms; "" where it has none */
    uint32_t wdf;       /* of its words' unprefixed terms; 0: has none.  Such
                           fields share a run of positions in the order of
                           this table */
    bool stems;         /* its own terms have stems too */
    bool text;          /* it has sentences and paragraphs */
};

/** One for each field. */
extern const struct field_info field_info[FIELD_N];

/** The field that queries, or all else, call so; NULL.  Static. */
const struct field_info *field_of_query(struct morgue_str query);
const struct field_info *field_named(struct morgue_str name);

/** A field of an article, to read and to write. */
struct morgue_str *record_field(struct morgue_article *article, enum field f);
struct morgue_str record_get(const struct morgue_article *article,
                             enum field f);

#endif
