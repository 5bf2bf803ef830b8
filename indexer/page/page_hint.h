/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_hint.h - what elements say of themselves by name, class, id, role
 */
#ifndef MORGUE_INDEXER_PAGE_HINT_H
#define MORGUE_INDEXER_PAGE_HINT_H

#include "../markup/tree.h"

enum hint {
    HINT_NONE,
    HINT_BODY,   /* the text of the article */
    HINT_HEAD,   /* what is before the text, perhaps with its lead */
    HINT_WEAK,   /* hardly the text, by a word in its class or id */
    HINT_STRONG, /* not the text: comments, menus, related articles */
    HINT_HIDDEN, /* not shown */
    HINT_NEVER   /* more than any has */
};

/** What an element is. */
enum hint page_hint(const struct tree_node *n);

#endif
