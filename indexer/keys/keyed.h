/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keyed.h - values by keys into an article, best key first
 */
#ifndef MORGUE_INDEXER_KEYS_KEYED_H
#define MORGUE_INDEXER_KEYS_KEYED_H

#include "../reading/reading.h"
#include "key_table.h"

struct keyed {
    struct reading *r;
    struct morgue_article article;
    int rank[FIELD_N + 1]; /* of what is there; 0: nothing */
    struct morgue_str key[FIELD_N + 1];
    size_t room[FIELD_N + 1];  /* bytes for lines; 0: those that are there */
    struct morgue_str date;    /* as it was written, where it could be read */
    struct morgue_str kind;    /* of item: "text", "picture" */
    struct morgue_str address; /* an id that is one */
    bool event;                /* it tells of what will be */
    bool summary;              /* the body is a summary */
    bool html;                 /* the body was HTML */
};

void keyed_begin(struct keyed *k, struct reading *r);

/** Put a value to its field, or to the extra lines where the field has a
 *  better one or the key no meaning.  Several values of one key stand on
 *  lines, of which a field for one takes the first.  What it keeps it copies
 *  into the reading's arena. */
enum morgue_status keyed_add(struct keyed *k, struct morgue_str key,
                             struct morgue_str value, bool several,
                             struct morgue_error *err);

/** The same where the key's meaning is known. */
enum morgue_status keyed_put(struct keyed *k, struct meaning m,
                             struct morgue_str key, struct morgue_str value,
                             bool several, struct morgue_error *err);

/** keyed_add of a value from where there are no lists: for a field with many
 *  values each that ";" parts from the next. */
enum morgue_status keyed_add_list(struct keyed *k, struct morgue_str key,
                                  struct morgue_str value,
                                  struct morgue_error *err);

/** The article is complete: hand it on, or what it is instead of one. */
enum morgue_status keyed_end(struct keyed *k, unsigned how,
                             struct morgue_error *err);

#endif
