/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key.h - keys, and tables of what they mean
 */
#ifndef MORGUE_INDEXER_KEYS_KEY_H
#define MORGUE_INDEXER_KEYS_KEY_H

#include "../../common/article/field.h"
#include "../reading/extra.h"

enum {
    KEY_MAX = EXTRA_KEY_MAX, /* of a key, with those before it in a path */
    KEY_RANKS = 4,           /* between two rows: variants of a value */
    KEY_OWN_MAX = 1000,      /* keys of a map, whose ranks come first */
};

/* What a key may mean besides a field; FIELD_N is the date. */
#define KEY_KIND  ((enum field)(FIELD_N + 1)) /* "text", "picture", ... */
#define KEY_EVENT ((enum field)(FIELD_N + 2)) /* it is one that will be */
#define KEY_NONE  ((enum field)(FIELD_N + 3))

/* What a key means. */
struct meaning {
    enum field field; /* or one of those above; KEY_NONE: nothing we know */
    int rank;         /* of two keys of a field the lower is better; 0: none */
    unsigned flags;
};

enum {
    KEY_HTML = 1,     /* its value is HTML */
    KEY_SUMMARY = 2,  /* a text about the text: a body where there is none */
    KEY_VARIANT = 4,  /* the same text may come in another form, too */
    KEY_VARIANTS = 8, /* objects that have a form of the value each */
    KEY_LIST = 16,    /* there are records in its array or object */
    KEY_MEMBERS = 32, /* what is in its object belongs to the record */
    KEY_KEEP = 64,    /* no field, but its names are kept */
    KEY_IGNORE = 128, /* it is not even kept */
    KEY_PARENT = 256, /* keys in its object have a meaning */
    KEY_COMMAS = 512, /* a single value of it is a list */
    KEY_PIECES = 1024 /* of an article: objects that have a piece of it each */
};

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
const struct meaning *key_lookup(const struct key_table *t,
                                 const struct key *key);

/** Give a key its meaning, unless it has one, and mark the keys before it in
 *  a path; false where the table is full. */
bool key_add(struct key_table *t, struct morgue_str name, struct meaning m);

#endif
