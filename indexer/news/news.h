/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * news.h - articles out of XML: what its readers share
 *
 * A reader is a function from an element to a news.  It has no failures to
 * look after: want of memory is remembered.  Of a field that takes one value
 * the first that is put to it is kept, so the best comes first.
 */
#ifndef MORGUE_INDEXER_NEWS_NEWS_H
#define MORGUE_INDEXER_NEWS_NEWS_H

#include "../markup/tree.h"
#include "../reading/reading.h"

struct news {
    struct reading *r;
    struct morgue_article a; /* its body is r->text, its extra r->extra */
    size_t room[FIELD_N];    /* bytes for lines; 0: those that are there */
    struct arena *scratch;   /* for trees within */
    const char *skip;        /* why it is no article; NULL */
    bool nomem;
};

/* ---- facts -------------------------------------------------------------- */

/** Put a value to a field that has none. */
void news_set(struct news *n, enum field f, struct morgue_str value);

/** Put one more value to a field of several, unless it has it. */
void news_add(struct news *n, enum field f, struct morgue_str value);

/** An extra line; nothing where the value is empty. */
void news_extra(struct news *n, const char *key, struct morgue_str value);

/** Put the date, if there is none and this is one; `source` as in
 *  morgue_article.date_source, static. */
void news_date(struct news *n, struct morgue_str value, const char *source);

/** The text of an element on one line; "" of NULL. */
struct morgue_str news_line(struct news *n, const struct tree_node *e);

/** The value of an attribute, or where it has none the text. */
struct morgue_str news_value(struct news *n, const struct tree_node *e,
                             const char *attribute);

/** What stands behind the last colon: of "stat:usable" the word. */
struct morgue_str news_code(struct morgue_str qcode);

/* ---- text --------------------------------------------------------------- */

bool news_has_text(const struct news *n);

/** Append the text below `e`, XHTML or NITF, which is changed by that: what is
 *  no text of the article (pictures, captions, credits, notes) goes, rows of
 *  tables become lines. */
void news_text(struct news *n, struct tree_node *e);

/** Append a string of HTML or plain text. */
void news_html(struct news *n, struct morgue_str html);

/** Append plain text as it stands, without white space around. */
void news_plain(struct news *n, struct morgue_str text);

#endif
