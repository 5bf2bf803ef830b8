/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_fact.h - a fact that a page tells: which of several to believe
 */
#ifndef MORGUE_INDEXER_PAGE_FACT_H
#define MORGUE_INDEXER_PAGE_FACT_H

#include "../../common/base/arena.h"

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
    TRUST_NEAR, /* a line near the headline */
    TRUST_WEAK,
    TRUST_TEXT,
    TRUST_CHANGE /* when it was changed, where nothing tells more */
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
    bool date_zoned; /* it is an instant that has its zone */
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

/** The same of a date that is read. */
void fact_offer_date(struct facts *f, enum trust trust, unsigned rank,
                     struct morgue_date date, const char *where,
                     struct morgue_str name);

/** Whether the date is an instant in UTC, which may have been on another day
 *  by the clock of the page. */
bool fact_is_utc(const struct facts *f);

/** The page says by its own clock, in a place that is about the article, that
 *  its day is that of `shown`: where the date is an instant in UTC that may
 *  have been on that day somewhere, it is that day. */
void fact_local_day(struct facts *f, struct morgue_date shown);

/** `s` with references resolved, trimmed, each white space one space; lent by
 *  the arena. */
struct morgue_str fact_clean(struct facts *f, struct morgue_str s);

#endif
