/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_impl.h - what the files of this room share
 *
 *   tree -> facts_read (page_facts.c) <- facts_json (page_json.c)
 *        -> page_text (page_text.c)   <- page_hint (page_hint.c)
 *        -> page_read (page.c)        <- names_... (page_names.c)
 */
#ifndef MORGUE_INDEXER_PAGE_IMPL_H
#define MORGUE_INDEXER_PAGE_IMPL_H

#include "page.h"

/* ---- facts -------------------------------------------------------------- */

enum fact {
    FACT_TITLE,
    FACT_DATE,
    FACT_MODIFIED,
    FACT_AUTHOR,
    FACT_SECTION,
    FACT_SOURCE,
    FACT_LANG,
    FACT_URL,
    FACT_PLACE,
    FACT_TOPICS,
    FACT_SUMMARY,
    FACT_BODY, /* the text as the metadata have it */
    FACT_N
};

/* Who says it: the lower the more it is trusted. */
enum trust {
    TRUST_JSON = 1,
    TRUST_META,
    TRUST_ITEMPROP,
    TRUST_GRAPH, /* OpenGraph where that is written for sharing */
    TRUST_ELEMENT,
    TRUST_URL,
    TRUST_PAGE, /* JSON-LD that is about the page, not the article */
    TRUST_WEAK,
    TRUST_TEXT
};

struct facts {
    struct arena *arena;
    struct morgue_str given; /* the url that the page came from */
    struct {
        struct morgue_str value; /* several stand on lines */
        int rank;                /* 0: there is none */
        size_t n;
    } fact[FACT_N];
    struct morgue_date date;
    struct morgue_str date_source;
    bool is_article; /* something says so */
    bool is_list;    /* something says that it is a list or front page */
    bool password;   /* it asks for a password */
    bool nomem;
};

/** Keep `value` where nothing better is known; of equal trust and rank the
 *  first is kept, or all where a fact has several.  `where` and `name` tell
 *  what names a date.  A date that cannot be read is passed over. */
void fact_offer(struct facts *f, enum fact which, enum trust trust,
                unsigned rank, struct morgue_str value, const char *where,
                struct morgue_str name);

/** `s` with references resolved, trimmed, each white space one space; lent by
 *  the arena. */
struct morgue_str fact_clean(struct facts *f, struct morgue_str s);

/** The facts in a script of JSON-LD. */
void facts_json(struct facts *f, struct morgue_str script);

/** A date in the path of a url: /2018/03/04/, /2018/mar/04/, /2018-03-04,
 *  /20180304, /2018/03/. */
bool url_date(struct morgue_str url, struct morgue_date *out);

/** `url` as seen from `base`; "" where it is none for the web. */
struct morgue_str url_resolve(struct arena *a, struct morgue_str base,
                              struct morgue_str url);

/** The host of a url without "www."; "" where there is none. */
struct morgue_str url_host(struct morgue_str url);

/** The path of a url, without query. */
struct morgue_str url_path(struct morgue_str url);

/** Collect what the page tells of itself. */
void facts_read(struct facts *f, struct node *html);

/* ---- names -------------------------------------------------------------- */

/** Append the names in `lines`, a line each; that of the `source` only where
 *  there is no other. */
void names_authors(struct buf *out, struct morgue_str lines,
                   struct morgue_str source);

/** The name in a byline, `By Ann Lee, March 3`; "" where it is none. */
struct morgue_str names_byline(struct morgue_str text);

/** Whether it is the beginning of a byline alone: "By". */
bool names_is_by(struct morgue_str text);

/** Append the topics in `lines`, a line each. */
void names_topics(struct buf *out, struct morgue_str lines);

/** A headline without the name of the site. */
struct morgue_str names_headline(struct morgue_str title,
                                 struct morgue_str source,
                                 struct morgue_str host);

/* ---- text --------------------------------------------------------------- */

struct text_found {
    size_t mass;  /* letters of the text; those of CJK count three */
    size_t whole; /* of all that the page shows */
    size_t cards; /* teasers of other pages */
};

/** Append the article's text.  Texts that are none of it are taken out of the
 *  tree.  False when the arena is full. */
bool page_text(struct buf *out, struct text_found *found, struct arena *arena,
               struct node *html);

/** The letters of a text, as they are counted in text_found. */
size_t text_mass(struct morgue_str s);

#endif
