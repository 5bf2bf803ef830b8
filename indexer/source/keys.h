/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keys.h - what keys mean: a table of ours, and a map of the user's before it
 */
#ifndef MORGUE_INDEXER_KEYS_H
#define MORGUE_INDEXER_KEYS_H

#include "reader.h"

enum {
    KEY_MAX =
        EXTRA_KEY_MAX,  /* bytes of a key, with those before it in a path */
    KEY_RANKS = 4,      /* between two rows: variants of a value */
    KEY_OWN_MAX = 1000, /* keys of a map, whose ranks come first */
};

/* What a key may mean besides a field; FIELD_N is the date. */
#define KEY_KIND  ((enum field)(FIELD_N + 1)) /* "text", "picture", ... */
#define KEY_EVENT ((enum field)(FIELD_N + 2)) /* it is one that will be */
#define KEY_NONE  ((enum field)(FIELD_N + 3))

/* A key as keys are compared, and its hash. */
struct key {
    size_t len; /* 0: none, or too long for one that is known */
    uint32_t hash;
    char name[KEY_MAX];
};

struct key key_of(struct morgue_str name);

/* Keys with a meaning, by hash; the memory is its owner's. */
struct key_table {
    struct key_entry {
        struct key key;
        struct meaning meaning;
    } * entry;
    size_t n, cap;
    uint16_t *slot; /* 0: free, else one more than the entry's number */
    size_t slots;   /* a power of two, more than twice `cap` */
};

/** What the table has for a key, or NULL. */
const struct meaning *key_table_find(const struct key_table *t,
                                     const struct key *key);

/** Give a key its meaning, unless it has one, and mark the keys before it in
 *  a path; false where the table is full. */
bool key_table_add(struct key_table *t, struct morgue_str name,
                   struct meaning m);

/* A map file, read. */
struct key_map {
    struct key_table table;
    struct {
        struct morgue_str value; /* a constant; NULL: none */
        int rank;
    } constant[FIELD_N + 1];
    struct arena arena; /* the constants */
    struct key_entry entry[2 * KEY_OWN_MAX];
    uint16_t slot[4 * 1024];
};

/** Whether a value, of a body or another field, is HTML by its look. */
bool value_is_html(struct morgue_str value, bool is_body);

/** The text of a value that is HTML, or only `looks` like it, in the arena.
 *  One that is too large to be taken apart stays as it is. */
enum morgue_status html_value(struct morgue_str *value, struct arena *arena,
                              bool looks, struct morgue_error *err);

#endif
