/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * seen.c - which articles an update has met
 *
 * Linear probing at a load of 3/4 or less; a lookup costs about one cache
 * miss.  Two ids with the same 128-bit hash would be taken for one; among a
 * thousand million ids that has a chance of 1 to 10^20.
 */
#include "seen.h"

#include <stdlib.h>
#include <string.h>

#include "../common/base/utf8.h"

enum { CAP_MIN = 256 };

void
seen_init(struct seen *s)
{
    *s = (struct seen){.source = STR("")};
    arena_init(&s->names, SIZE_MAX / 2);
}

void
seen_free(struct seen *s)
{
    free(s->entry);
    arena_free(&s->names);
    seen_init(s);
}

static struct seen_entry *
slot(struct seen_entry *entry, size_t cap, struct hash128 id)
{
    size_t i = id.low & (cap - 1);

    while (entry[i].used &&
           (entry[i].id.low != id.low || entry[i].id.high != id.high))
        i = (i + 1) & (cap - 1);
    return &entry[i];
}

static bool
grow(struct seen *s)
{
    size_t cap = s->cap ? s->cap * 2 : CAP_MIN;
    struct seen_entry *entry = calloc(cap, sizeof *entry);

    if (!entry)
        return false;
    for (size_t i = 0; i < s->cap; i++)
        if (s->entry[i].used)
            *slot(entry, cap, s->entry[i].id) = s->entry[i];
    free(s->entry);
    s->entry = entry;
    s->cap = cap;
    return true;
}

struct seen_entry *
seen_get(struct seen *s, struct morgue_str id, bool *made)
{
    struct hash128 h = hash128(id.s ? id.s : "", id.len);
    struct seen_entry *e;

    if (s->n + 1 > s->cap / 4 * 3 && !grow(s))
        return NULL;
    e = slot(s->entry, s->cap, h);
    *made = !e->used;
    if (*made) {
        *e = (struct seen_entry){.id = h, .used = true};
        s->n++;
    }
    return e;
}

/* As much of it as is kept, in the arena. */
static bool
keep(struct seen *s, struct morgue_str text, struct morgue_str *out)
{
    enum { KEPT_MAX = 120 };

    if (text.len > KEPT_MAX)
        text.len = utf8_floor(text, KEPT_MAX);
    return arena_str(&s->names, text, out);
}

bool
seen_tell(struct seen *s, struct seen_entry *e, const struct identity *who)
{
    struct identity *told = arena_zero(&s->names, 1, sizeof *told);

    if (!told || !keep(s, who->title, &told->title))
        return false;
    if ((s->source.len != who->source.len ||
         memcmp(s->source.s, who->source.s, s->source.len) != 0) &&
        !keep(s, who->source, &s->source))
        return false;
    told->source = s->source;
    told->url = who->url;
    e->told = told;
    return true;
}

bool
seen_settle(struct seen *s, struct seen_entry *e, struct morgue_str id,
            enum seen_fate fate)
{
    struct morgue_str name;

    if (!e->name) {
        if (!arena_str(&s->names, id, &name))
            return false;
        e->name = name.s;
        e->name_len = (uint32_t)name.len;
    }
    e->fate = (uint8_t)fate;
    return true;
}
