/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tree.h - markup as a tree: elements, their attributes, text
 *
 *   XML -> xml.h -> struct tree_node
 *       names as written, without prefix, and the namespace beside it
 *
 *   HTML -> html.h -> struct tree_node
 *       names in lower case
 *
 * A tree lies in arenas of its maker, and goes with them.  It is bounded by
 * their ceilings and in depth.  Text is UTF-8, with entities resolved; two
 * texts never stand beside each other.
 */
#ifndef MORGUE_INDEXER_MARKUP_TREE_H
#define MORGUE_INDEXER_MARKUP_TREE_H

#include "../../common/base/arena.h"
#include "../../common/base/buf.h"

enum { TREE_DEPTH_MAX = 250 };

struct attr {
    struct morgue_str name, value;
    struct attr *next;
};

/* An element or, where `name` is empty, a text. */
struct tree_node {
    struct morgue_str name;
    struct morgue_str space; /* of XML: its namespace, or a prefix without */
    struct morgue_str text;  /* of a text; of an element empty */
    struct attr *attr;       /* in the order of the source */
    struct tree_node *parent, *first, *last, *next;
};

/** A new last child of `parent` (NULL: none yet).  Names and text are copied
 *  into the arena.  NULL when it is full. */
struct tree_node *tree_add(struct arena *a, struct tree_node *parent,
                           struct morgue_str name, struct morgue_str text);

/** Make `n`, which has none, the last child of `parent` (NULL: of none). */
void tree_link(struct tree_node *parent, struct tree_node *n);

/** A further attribute of `n`; false when the arena is full. */
bool tree_attr_add(struct arena *a, struct tree_node *n,
                   struct morgue_str name, struct morgue_str value);

/** Take the last child off its parent. */
void tree_drop_last(struct tree_node *parent);

static inline bool
tree_is(const struct tree_node *n, const char *name)
{
    return n && n->name.len > 0 && str_eq(n->name, str_of(name));
}

/** The value of an attribute, trimmed; "" where it has none or `n` is NULL. */
struct morgue_str tree_attr(const struct tree_node *n, const char *name);

/** The first child element of that name; NULL where there is none or `n` is
 *  NULL. */
struct tree_node *tree_child(const struct tree_node *n, const char *name);

/** The next element of that name among those that follow `n`. */
struct tree_node *tree_next(const struct tree_node *n, const char *name);

/** The first element below `n`, in order of the document, of that name. */
struct tree_node *tree_find(const struct tree_node *n, const char *name);

/** By child elements: "head/title"; NULL where one of them is missing. */
struct tree_node *tree_path(const struct tree_node *n, const char *path);

/** The node that follows `n` in order of the document, below `top`; into its
 *  children first.  NULL at the end.  Begin with `top` itself. */
struct tree_node *tree_walk(const struct tree_node *n,
                            const struct tree_node *top);

/** The same without going below `n`. */
struct tree_node *tree_skip(const struct tree_node *n,
                            const struct tree_node *top);

/** Append all text below `n` as it stands. */
void tree_text(struct buf *out, const struct tree_node *n);

/** The text below `n` into the arena, trimmed, each run of white space one
 *  space; false when the arena is full.  `n` NULL: "". */
bool tree_line(struct morgue_str *out, struct arena *a,
               const struct tree_node *n);

#endif
