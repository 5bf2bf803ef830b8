/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key.c - keys, and tables of what they mean
 *
 * Names are compared in lower case and without "-", spaces and "_" (but for
 * one that begins a name).
 */
#include "key.h"

struct key
key_of(struct morgue_str name)
{
    struct key key;
    uint32_t h = 0;
    bool first = true;

    key.len = key.hash = 0;
    if (name.len > KEY_MAX)
        return key;
    for (size_t i = 0; i < name.len; i++) {
        char c = to_lower(name.s[i]);

        if (c == '-' || c == ' ' || (c == '_' && !first))
            continue;
        first = c == '.';
        key.name[key.len++] = c;
        h = (h ^ (unsigned char)c) * 0x9E3779B1u;
        h ^= h >> 15;
    }
    key.hash = h;
    return key;
}

/* The place of a key: its own or the first that is free. */
static uint16_t *
place(const struct key_table *t, const struct key *key)
{
    size_t i = key->hash & (t->slots - 1);

    while (t->slot[i] != 0) {
        const struct key *have = &t->entry[t->slot[i] - 1].key;

        if (have->len == key->len &&
            memcmp(have->name, key->name, key->len) == 0)
            break;
        i = (i + 1) & (t->slots - 1);
    }
    return &t->slot[i];
}

const struct meaning *
key_lookup(const struct key_table *t, const struct key *key)
{
    uint16_t at = key->len > 0 ? *place(t, key) : 0;

    return at > 0 ? &t->entry[at - 1].meaning : NULL;
}

/* The meaning of a key, one without any where it is new; NULL where there is
 * no room. */
static struct meaning *
entry_of(struct key_table *t, const struct key *key)
{
    uint16_t *at = place(t, key);

    if (*at == 0) {
        if (t->n == t->cap)
            return NULL;
        t->entry[t->n] = (struct key_entry){*key, {.field = KEY_NONE}};
        *at = (uint16_t)++t->n;
    }
    return &t->entry[*at - 1].meaning;
}

bool
key_add(struct key_table *t, struct morgue_str name, struct meaning m)
{
    struct key key = key_of(name);
    struct meaning *to;

    for (size_t i = 0; i < name.len; i++) {
        struct key parent;

        if (name.s[i] != '.')
            continue;
        parent = key_of(str_slice(name.s, i));
        to = entry_of(t, &parent);
        if (!to)
            return false;
        to->flags |= KEY_PARENT;
    }
    to = entry_of(t, &key);
    if (!to)
        return false;
    if (to->rank == 0) {
        m.flags |= to->flags;
        *to = m;
    }
    return true;
}
