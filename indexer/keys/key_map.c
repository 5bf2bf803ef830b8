/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key_map.c - a user's file that says what keys mean
 *
 *     # where the names of ours do not fit
 *     title  = ueberschrift
 *     body   = doc.inhalt
 *     body   = doc.kurz
 *     source = "The Halden Courier"
 *     ignore = doc.intern
 *
 * A line is `field = key`, `field = "constant"` or `ignore = key`; blank lines
 * and those that begin with # are passed over.  Fields are those of field_info
 * and `date`.  Keys are compared, and paths written, as in key_table.c; a path
 * begins in the record, not in what stands around it.  Of several lines for a
 * field the first that gives a value wins, and each of them over our own
 * names; a key means one thing.
 */
#include "key_map.h"

#include <stdlib.h>

#include "../../common/article/date.h"
#include "../../common/base/file.h"

enum { FILE_MAX = 1024 * 1024 };

/* A line of a map as it is read. */
struct line {
    const char *path;
    unsigned number;
    struct morgue_str field, value;
};

static enum morgue_status
wrong(const struct line *l, const char *what, struct morgue_str subject,
      struct morgue_error *err)
{
    return error_set(err, MORGUE_USAGE, "map '%.200s', line %u: %s '%.*s'",
                     l->path, l->number, what,
                     (int)(subject.len < 80 ? subject.len : 80), subject.s);
}

/* A field or, as FIELD_N, the date. */
static bool
field_or_date(struct morgue_str name, enum field *out)
{
    const struct field_info *info = field_named(name);

    *out = info ? (enum field)(info - field_info) : FIELD_N;
    return info || str_eq(name, STR("date"));
}

/* A value in quotes that the field always has. */
static enum morgue_status
add_constant(struct key_map *map, const struct line *l, enum field f, int rank,
             struct morgue_error *err)
{
    struct morgue_str s = l->value;
    struct morgue_date date;

    if (s.len < 2 || s.s[s.len - 1] != '"')
        return wrong(l, "a quote is not closed in", s, err);
    s = str_slice(s.s + 1, s.len - 2);
    if (f == FIELD_N && !date_parse(s, &date))
        return wrong(l, "this is no date:", s, err);
    if (map->constant[f].rank > 0)
        return wrong(l, "a second constant for", l->field, err);
    map->constant[f].rank = rank;
    return arena_str(&map->arena, s, &map->constant[f].value)
               ? MORGUE_OK
               : error_nomem(err);
}

static enum morgue_status
add_line(struct key_map *map, const struct line *l, int *n,
         struct morgue_error *err)
{
    struct meaning m = {.field = KEY_NONE};
    struct key key;

    if (++*n > KEY_OWN_MAX)
        return error_set(err, MORGUE_USAGE,
                         "map '%.200s' has more than %d entries", l->path,
                         (int)KEY_OWN_MAX);
    m.rank = KEY_RANKS * *n;
    if (str_eq(l->field, STR("ignore")))
        m.flags = KEY_IGNORE;
    else if (!field_or_date(l->field, &m.field))
        return wrong(l, "there is no field", l->field, err);
    if (l->value.len == 0)
        return wrong(l, "no key is given for", l->field, err);
    if (l->value.s[0] == '"' && m.field != KEY_NONE)
        return add_constant(map, l, m.field, m.rank, err);
    key = key_of(l->value);
    if (key.len == 0 || key.name[key.len - 1] == '.')
        return wrong(l, "this cannot be a key:", l->value, err);
    if (key_lookup(&map->table, &key) &&
        key_lookup(&map->table, &key)->rank > 0)
        return wrong(l, "a second meaning for", l->value, err);
    if (!key_add(&map->table, l->value, m))
        return wrong(l, "too many parts of paths at", l->value, err);
    return MORGUE_OK;
}

static enum morgue_status
read_map(struct key_map *map, const char *path, struct morgue_str text,
         struct morgue_error *err)
{
    struct line l = {.path = path};
    struct morgue_str s;
    enum morgue_status st = MORGUE_OK;
    int n = 0;

    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text.s + 3, text.len - 3);
    while (!st && str_line(&text, &s)) {
        const char *equals;

        l.number++;
        s = str_trim(s);
        if (s.len == 0 || s.s[0] == '#')
            continue;
        equals = memchr(s.s, '=', s.len);
        if (!equals)
            return wrong(&l, "this is not `field = key`:", s, err);
        l.field = str_trim(str_slice(s.s, (size_t)(equals - s.s)));
        l.value = str_trim(
            str_slice(equals + 1, (size_t)(s.s + s.len - equals - 1)));
        st = add_line(map, &l, &n, err);
    }
    return st;
}

enum morgue_status
key_map_read(struct key_map **out, const char *path, struct morgue_error *err)
{
    struct key_map *map = calloc(1, sizeof *map);
    struct buf text;
    enum morgue_status st;

    *out = NULL;
    if (!map)
        return error_nomem(err);
    map->table =
        (struct key_table){.entry = map->entry,
                           .cap = sizeof map->entry / sizeof *map->entry,
                           .slot = map->slot,
                           .slots = sizeof map->slot / sizeof *map->slot};
    arena_init(&map->arena, FILE_MAX * 4);
    buf_init(&text, FILE_MAX);
    st = file_read(&text, path, err);
    if (!st)
        st = read_map(map, path, buf_view(&text), err);
    buf_free(&text);
    if (st)
        key_map_free(map);
    else
        *out = map;
    return st;
}

void
key_map_free(struct key_map *map)
{
    if (!map)
        return;
    arena_free(&map->arena);
    free(map);
}
