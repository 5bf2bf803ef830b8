/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * order_book.c - the order of numbers in the dates of each source, as learned
 *
 * Sorted by paths.  A look-up is a binary search; a new path moves those
 * behind it, which are few where files come in the order of their names.
 */
#include "order_book.h"

#include <stdlib.h>

static const struct {
    const char *name;
    enum morgue_order order;
} names[] = {{"dmy ", MORGUE_ORDER_DMY}, {"mdy ", MORGUE_ORDER_MDY}};

enum { NAMES = sizeof names / sizeof *names, NAME_LEN = 4 };

void
order_book_init(struct order_book *b)
{
    *b = (struct order_book){.entry = NULL};
    arena_init(&b->arena, SIZE_MAX / 2);
}

void
order_book_free(struct order_book *b)
{
    free(b->entry);
    arena_free(&b->arena);
}

/* Where the path is, or would be. */
static size_t
place_for(const struct order_book *b, struct morgue_str path)
{
    size_t low = 0, high = b->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(b->entry[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum morgue_order
order_book_get(const struct order_book *b, struct morgue_str path)
{
    size_t i = place_for(b, path);

    return i < b->n && str_eq(b->entry[i].path, path) ? b->entry[i].order
                                                      : MORGUE_ORDER_NONE;
}

static bool
grow(struct order_book *b)
{
    size_t cap = b->cap ? b->cap * 2 : 16;
    struct order_entry *more;

    if (b->n < b->cap)
        return true;
    more = realloc(b->entry, cap * sizeof *more);
    if (!more)
        return false;
    b->entry = more;
    b->cap = cap;
    return true;
}

enum morgue_status
order_book_put(struct order_book *b, struct morgue_str path,
               enum morgue_order order, struct morgue_error *err)
{
    size_t i = place_for(b, path);

    if (i < b->n && str_eq(b->entry[i].path, path)) {
        b->changed |= b->entry[i].order != order;
        b->entry[i].order = order;
        return MORGUE_OK;
    }
    if (!grow(b) || !arena_str(&b->arena, path, &path))
        return error_nomem(err);
    memmove(b->entry + i + 1, b->entry + i, (b->n - i) * sizeof *b->entry);
    b->entry[i] = (struct order_entry){path, order};
    b->n++;
    b->changed = true;
    return MORGUE_OK;
}

/* ---- as text ------------------------------------------------------------ */

static int
hex(char c)
{
    if (is_digit(c))
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The path that was written as `s`, in the arena. */
static bool
unescape(struct morgue_str *out, struct order_book *b, struct morgue_str s)
{
    char *to = arena_alloc(&b->arena, s.len + 1);
    size_t n = 0;

    if (!to)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.s[i] == '%' && i + 2 < s.len && hex(s.s[i + 1]) >= 0 &&
            hex(s.s[i + 2]) >= 0) {
            to[n++] = (char)(hex(s.s[i + 1]) * 16 + hex(s.s[i + 2]));
            i += 2;
        } else {
            to[n++] = s.s[i];
        }
    }
    *out = str_slice(to, n);
    return true;
}

enum morgue_status
order_book_read(struct order_book *b, struct morgue_str text,
                struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    bool changed = b->changed;
    struct morgue_str line, path;

    while (!st && str_line(&text, &line))
        for (size_t i = 0; i < NAMES && !st; i++) {
            if (line.len <= NAME_LEN ||
                !str_starts(line, str_of(names[i].name)))
                continue;
            line = str_slice(line.s + NAME_LEN, line.len - NAME_LEN);
            st = unescape(&path, b, line)
                     ? order_book_put(b, path, names[i].order, err)
                     : error_nomem(err);
            break;
        }
    b->changed = changed;
    return st;
}

void
order_book_print(struct buf *out, const struct order_book *b)
{
    for (size_t i = 0; i < b->n; i++) {
        struct morgue_str path = b->entry[i].path;

        buf_str(out,
                str_of(b->entry[i].order == MORGUE_ORDER_DMY ? names[0].name
                                                             : names[1].name));
        for (size_t k = 0; k < path.len; k++) {
            unsigned char c = (unsigned char)path.s[k];

            if (c < ' ' || c == '%' || c == 0x7f)
                buf_printf(out, "%%%02X", c);
            else
                buf_char(out, path.s[k]);
        }
        buf_char(out, '\n');
    }
}
