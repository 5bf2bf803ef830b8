/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_element.h - what the elements of HTML are like
 */
#ifndef MORGUE_INDEXER_HTML_ELEMENT_H
#define MORGUE_INDEXER_HTML_ELEMENT_H

#include "../../common/base/str.h"

enum {
    EL_VOID = 1,       /* has no content and no end tag */
    EL_RAW = 2,        /* its content is no markup, up to its end tag */
    EL_HEAD = 4,       /* may stand in the head */
    EL_BLOCK = 8,      /* ends a paragraph that is open */
    EL_SCOPE = 16,     /* end tags inside of it end nothing outside */
    EL_LIST = 32,      /* the same for items */
    EL_PARAGRAPH = 64, /* its text stands apart */
    EL_LINE = 128,     /* its text has lines of its own */
    EL_UNREAD = 256,   /* its content is not read by readers */
    EL_TABLE = 512,    /* end tags of parts inside of it end nothing outside */
    EL_PART = 1024     /* a part of a table */
};

struct html_element {
    struct morgue_str name;
    unsigned flags;
};

/** The element of that name (in lower case); one without name and flags where
 *  there is none.  Static. */
const struct html_element *html_element(struct morgue_str name);

#endif
