/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tree.c - making trees and walking them
 */
#include "tree.h"

void
tree_link(struct tree_node *parent, struct tree_node *n)
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

struct tree_node *
tree_add(struct arena *a, struct tree_node *parent, struct morgue_str name,
         struct morgue_str text)
{
    struct tree_node *n = arena_zero(a, 1, sizeof *n);

    if (!n || !arena_str(a, name, &n->name) || !arena_str(a, text, &n->text))
        return NULL;
    tree_link(parent, n);
    return n;
}

bool
tree_attr_add(struct arena *a, struct tree_node *n, struct morgue_str name,
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
tree_drop_last(struct tree_node *parent)
{
    struct tree_node *last = parent->last, *before = parent->first;

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
tree_attr(const struct tree_node *n, const char *name)
{
    for (const struct attr *at = n ? n->attr : NULL; at; at = at->next)
        if (str_eq(at->name, str_of(name)))
            return str_trim(at->value);
    return STR("");
}

static struct tree_node *
first_of(struct tree_node *n, const char *name)
{
    while (n && !tree_is(n, name))
        n = n->next;
    return n;
}

struct tree_node *
tree_child(const struct tree_node *n, const char *name)
{
    return n ? first_of(n->first, name) : NULL;
}

struct tree_node *
tree_next(const struct tree_node *n, const char *name)
{
    return first_of(n->next, name);
}

struct tree_node *
tree_find(const struct tree_node *n, const char *name)
{
    struct tree_node *at = n ? tree_walk(n, n) : NULL;

    while (at && !tree_is(at, name))
        at = tree_walk(at, n);
    return at;
}

struct tree_node *
tree_path(const struct tree_node *n, const char *path)
{
    struct tree_node *at = NULL;

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

struct tree_node *
tree_walk(const struct tree_node *n, const struct tree_node *top)
{
    return n->first ? n->first : tree_skip(n, top);
}

struct tree_node *
tree_skip(const struct tree_node *n, const struct tree_node *top)
{
    for (; n != top; n = n->parent)
        if (n->next)
            return n->next;
    return NULL;
}

void
tree_text(struct buf *out, const struct tree_node *n)
{
    for (const struct tree_node *at = n; at; at = tree_walk(at, n))
        buf_str(out, at->text);
}

bool
tree_line(struct morgue_str *out, struct arena *a, const struct tree_node *n)
{
    size_t len = 0;
    char *s;

    *out = STR("");
    for (const struct tree_node *at = n; at; at = tree_walk(at, n))
        len += at->text.len;
    s = arena_alloc(a, len + 1);
    if (!s)
        return false;
    len = 0;
    for (const struct tree_node *at = n; at; at = tree_walk(at, n))
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
