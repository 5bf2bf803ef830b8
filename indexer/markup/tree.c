/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tree.c - making trees and walking them
 */
#include "tree.h"

void
tree_link(struct node *parent, struct node *n)
{
    n->parent = parent;
    if (!parent)
        return;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
}

struct node *
tree_add(struct arena *a, struct node *parent, struct morgue_str name,
         struct morgue_str text)
{
    struct node *n = arena_zero(a, 1, sizeof *n);

    if (!n || !arena_str(a, name, &n->name) || !arena_str(a, text, &n->text))
        return NULL;
    tree_link(parent, n);
    return n;
}

bool
tree_attr_add(struct arena *a, struct node *n, struct morgue_str name,
              struct morgue_str value)
{
    struct attr *attr = arena_zero(a, 1, sizeof *attr), **at = &n->attr;

    if (!attr || !arena_str(a, name, &attr->name) ||
        !arena_str(a, value, &attr->value))
        return false;
    while (*at)
        at = &(*at)->next;
    *at = attr;
    return true;
}

void
tree_drop_last(struct node *parent)
{
    struct node *last = parent->last, *before = parent->first;

    if (before == last) {
        parent->first = parent->last = NULL;
        return;
    }
    while (before->next != last)
        before = before->next;
    before->next = NULL;
    parent->last = before;
}

struct morgue_str
tree_attr(const struct node *n, const char *name)
{
    for (const struct attr *at = n ? n->attr : NULL; at; at = at->next)
        if (str_eq(at->name, str_of(name)))
            return str_trim(at->value);
    return STR("");
}

static struct node *
first_of(struct node *n, const char *name)
{
    while (n && !tree_is(n, name))
        n = n->next;
    return n;
}

struct node *
tree_child(const struct node *n, const char *name)
{
    return n ? first_of(n->first, name) : NULL;
}

struct node *
tree_next(const struct node *n, const char *name)
{
    return first_of(n->next, name);
}

struct node *
tree_find(const struct node *n, const char *name)
{
    struct node *at = n ? tree_walk(n, n) : NULL;

    while (at && !tree_is(at, name))
        at = tree_walk(at, n);
    return at;
}

struct node *
tree_path(const struct node *n, const char *path)
{
    struct node *at = NULL;

    while (n && *path) {
        size_t len = strcspn(path, "/");

        at = n->first;
        while (at && !str_eq(at->name, str_slice(path, len)))
            at = at->next;
        path += len + (path[len] == '/');
        n = at;
    }
    return n ? at : NULL;
}

struct node *
tree_walk(const struct node *n, const struct node *top)
{
    return n->first ? n->first : tree_skip(n, top);
}

struct node *
tree_skip(const struct node *n, const struct node *top)
{
    for (; n != top; n = n->parent)
        if (n->next)
            return n->next;
    return NULL;
}

void
tree_text(struct buf *out, const struct node *n)
{
    for (const struct node *at = n; at; at = tree_walk(at, n))
        buf_str(out, at->text);
}

bool
tree_line(struct morgue_str *out, struct arena *a, const struct node *n)
{
    size_t len = 0;
    char *s;

    *out = STR("");
    for (const struct node *at = n; at; at = tree_walk(at, n))
        len += at->text.len;
    s = arena_alloc(a, len + 1);
    if (!s)
        return false;
    len = 0;
    for (const struct node *at = n; at; at = tree_walk(at, n))
        for (size_t i = 0; i < at->text.len; i++) {
            char c = at->text.s[i];

            if (!is_space(c))
                s[len++] = c;
            else if (len > 0 && s[len - 1] != ' ')
                s[len++] = ' ';
        }
    len -= len > 0 && s[len - 1] == ' ';
    s[len] = '\0';
    *out = str_slice(s, len);
    return true;
}
