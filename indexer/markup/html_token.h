/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_token.h - an HTML page as tags and texts
 *
 * Tokens are cut as the HTML standard's tokenizer cuts them, in one pass and
 * in place: names are made lower case and character references resolved where
 * they stand, as they never grow, and tokens are slices of the page.
 */
#ifndef MORGUE_INDEXER_HTML_TOKEN_H
#define MORGUE_INDEXER_HTML_TOKEN_H

#include "../../common/base/str.h"

/* Attributes of an element that are kept; further ones are passed over. */
enum { HTML_ATTRS_MAX = 64 };

enum html_kind { HTML_END, HTML_TEXT, HTML_OPEN, HTML_CLOSE };

struct html_attr {
    struct morgue_str name, value;
};

struct html_tokens {
    char *at, *end; /* what is left of the page; *end is NUL, no other is */
    bool xml;       /* it begins as XML: `/>` closes, CDATA is text */
    enum html_kind kind;
    struct morgue_str name; /* of a tag */
    struct morgue_str text;
    struct html_attr attr[HTML_ATTRS_MAX];
    size_t attr_n;
    bool closed; /* the tag ended in `/>` */
};

/** Begin with `page`, which is written to; page[len] must be NUL. */
void html_begin(struct html_tokens *t, char *page, size_t len);

/** Take the next token; false at the end. */
bool html_next(struct html_tokens *t);

/** After an opening tag: take everything up to the end tag of that name, as
 *  it stands, as script and style have it. */
struct morgue_str html_raw(struct html_tokens *t);

/** Resolve character references in place; the new length.  In an attribute
 *  only those that end in ";" are such. */
size_t html_unescape(char *s, size_t len, bool in_attribute);

#endif
