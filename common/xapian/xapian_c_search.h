/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_c_search.h - libxapian from C: lists, queries and searching
 *
 * The second half of xapian_c.h, which includes it and says at its head what
 * is true of every function here: statuses, ownership, lent bytes, threads.
 *
 *     xc_query *q = NULL;
 *     xc_enquire *e = NULL;
 *     xc_mset *m = NULL;
 *     struct xc_hit hit;
 *
 *     st = xc_query_term(&q, "coffee", 6, 1, 0, &err);
 *     if (!st)
 *         st = xc_enquire_new(&e, db, &err);
 *     if (!st)
 *         st = xc_enquire_set_query(e, q, 0, &err);
 *     if (!st)
 *         st = xc_enquire_mset(&m, e, 0, 10, 0, &err);
 *     for (uint32_t i = 0; !st && xc_mset_hit(&hit, m, i, NULL) == XC_OK; i++)
 *         printf("%u %f\n", hit.id, hit.weight);
 *     xc_mset_free(m);
 *     xc_enquire_free(e);
 *     xc_query_free(q);
 */
#ifndef XAPIAN_C_SEARCH_H
#define XAPIAN_C_SEARCH_H

#include "xapian_c.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- lists ----
 *
 *     st = xc_iter_terms(&it, db, "", 0, &err);
 *     while (!st && (st = xc_iter_next(&more, it, &err)) == XC_OK && more)
 *         use(xc_iter_bytes(it, &len));
 *     xc_iter_free(it);
 *
 * A list stands before its first item.  xc_iter_next and xc_iter_skip_to tell
 * in *more whether it is on an item now; then the functions below them tell
 * what the item is: each for the lists that are said to have such a thing,
 * else 0 or empty.  Before the first item and after the last they tell nothing
 * of use.  Items come in ascending order, of ids, positions or bytes,
 * where no other is said.  A list is read while it is walked; it is of the
 * revision that it was made of, and making one costs no more than its begin.
 * Each that is made is given back to xc_iter_free.
 */

/** The documents with a term: id, wdf, length.  All documents for the empty
 *  term; none for a term that is not there. */
XC_TRY xc_iter_postings(xc_iter **out, xc_db *db, const char *term, size_t len,
                        xc_error *err) XC_NOEXCEPT;

/** The same without lengths, which takes a third of the time: id, wdf. */
XC_TRY xc_iter_documents(xc_iter **out, xc_db *db, const char *term,
                         size_t len, xc_error *err) XC_NOEXCEPT;

/** The positions of a term in a document: position.  None for a document or
 *  term that is not there. */
XC_TRY xc_iter_positions(xc_iter **out, xc_db *db, uint32_t id,
                         const char *term, size_t len,
                         xc_error *err) XC_NOEXCEPT;

/** The terms of a document: bytes, wdf, freq.  XC_NOT_FOUND. */
XC_TRY xc_iter_doc_terms(xc_iter **out, xc_db *db, uint32_t id,
                         xc_error *err) XC_NOEXCEPT;

/** The terms that begin with a prefix, all for the empty one: bytes, freq. */
XC_TRY xc_iter_terms(xc_iter **out, xc_db *db, const char *prefix, size_t len,
                     xc_error *err) XC_NOEXCEPT;

/** The values in a slot: id, bytes; by ascending id, without the documents
 *  that have none there. */
XC_TRY xc_iter_values(xc_iter **out, xc_db *db, uint32_t slot,
                      xc_error *err) XC_NOEXCEPT;

/** The keys of metadata that begin with a prefix: bytes. */
XC_TRY xc_iter_metadata(xc_iter **out, xc_db *db, const char *prefix,
                        size_t len, xc_error *err) XC_NOEXCEPT;

/** The words for corrections: bytes, freq. */
XC_TRY xc_iter_spellings(xc_iter **out, xc_db *db, xc_error *err) XC_NOEXCEPT;

/** The synonyms of a term: bytes. */
XC_TRY xc_iter_synonyms(xc_iter **out, xc_db *db, const char *term, size_t len,
                        xc_error *err) XC_NOEXCEPT;

/** The terms beginning with a prefix that have synonyms: bytes. */
XC_TRY xc_iter_synonym_keys(xc_iter **out, xc_db *db, const char *prefix,
                            size_t len, xc_error *err) XC_NOEXCEPT;

/** The terms of a document in hand: bytes, wdf.  The document must not be
 *  changed while the list is walked. */
XC_TRY xc_iter_terms_of(xc_iter **out, xc_doc *doc, xc_error *err) XC_NOEXCEPT;

/** The values of a document in hand: id, which is the slot, and bytes.  The
 *  document must not be changed while the list is walked. */
XC_TRY xc_iter_values_of(xc_iter **out, xc_doc *doc,
                         xc_error *err) XC_NOEXCEPT;

/** Give a list back, whether it was walked to its end or not; NULL is fine. */
XC_API void xc_iter_free(xc_iter *it) XC_NOEXCEPT;

/** To the first item, or the next.  A list of a database that was closed, or
 *  of a revision that is gone, fails here, not before.  At the end *more is
 *  false, and stays so however often it is called. */
XC_TRY xc_iter_next(bool *more, xc_iter *it, xc_error *err) XC_NOEXCEPT;

/** To the first item at or behind `at`, an id or position, forwards from where
 *  the list is; it stays where it is if that is so already.  Much cheaper than
 *  going item by item.  XC_UNIMPLEMENTED for lists in the order of bytes. */
XC_TRY xc_iter_skip_to(bool *more, xc_iter *it, uint32_t at,
                       xc_error *err) XC_NOEXCEPT;

/** The same for lists in the order of bytes: terms, keys, words, synonyms;
 *  XC_UNIMPLEMENTED for others. */
XC_TRY xc_iter_skip_to_bytes(bool *more, xc_iter *it, const char *bytes,
                             size_t len, xc_error *err) XC_NOEXCEPT;

/** The document's id; of xc_iter_values_of, the slot. */
XC_API uint32_t xc_iter_id(const xc_iter *it) XC_NOEXCEPT;

/** The position, as it was given when the term was added. */
XC_API uint32_t xc_iter_position(const xc_iter *it) XC_NOEXCEPT;

/** The wdf of the term in the document. */
XC_API uint32_t xc_iter_wdf(const xc_iter *it) XC_NOEXCEPT;

/** The length of the document. */
XC_API uint32_t xc_iter_length(const xc_iter *it) XC_NOEXCEPT;

/** How many documents have the term; how often a word for corrections was
 *  seen; how many hits have the value of a facet. */
XC_API uint32_t xc_iter_freq(const xc_iter *it) XC_NOEXCEPT;

/** How much a term of xc_enquire_expand is worth; above 0. */
XC_API double xc_iter_weight(const xc_iter *it) XC_NOEXCEPT;

/** The term, value, key, word or synonym.  Lent by the list until it goes on
 *  or is given back. */
XC_API const char *xc_iter_bytes(const xc_iter *it, size_t *len) XC_NOEXCEPT;

/* ---- queries ----
 *
 *     xc_query *part[2] = {NULL, NULL}, *q = NULL;
 *
 *     st = xc_query_term(&part[0], "export", 6, 1, 0, &err);
 *     if (!st)
 *         st = xc_query_term(&part[1], "quota", 5, 1, 0, &err);
 *     if (!st)
 *         st = xc_query_combine(&q, XC_OP_PHRASE,
 *                               (const xc_query *const *)part, 2, 0, &err);
 *     xc_query_free(part[0]);
 *     xc_query_free(part[1]);
 *
 * A query is made from the leaves up and does not change after; one that
 * others were made of may be given back at once.  It is of no database: its
 * terms need not be in any, and one query can be searched for in many.  Making
 * one reads nothing.  A query that Xapian refuses is refused where it is made,
 * but for what only a database can tell (XC_WILDCARD_ERROR).
 */

enum {
    /** Levels of a query; XC_INVALID for more, for Xapian walks and frees them
     *  by recursion. */
    XC_QUERY_DEPTH_MAX = 1000
};

/** How queries are combined.  The weight of a document is the sum of those of
 *  the parts that match it, where no other is said. */
enum xc_op {
    /** Documents that all parts match. */
    XC_OP_AND = 0,
    /** That one part or more matches. */
    XC_OP_OR = 1,
    /** That the first matches and no other; weighed by the first. */
    XC_OP_AND_NOT = 2,
    /** That an odd number of the parts match. */
    XC_OP_XOR = 3,
    /** That the first matches; the others only add weight. */
    XC_OP_AND_MAYBE = 4,
    /** That all match; weighed by the first.  (libxapian 1.4.22 fails with
     *  XC_CORRUPT where an unweighed part, as here or with weighing by
     *  xc_enquire_set_boolean, is a term that all of more than some 1,000
     *  documents have and ids have gaps: give it every document instead.) */
    XC_OP_FILTER = 5,
    /** That have the parts within a window of positions, in any order. */
    XC_OP_NEAR = 6,
    /** That have the parts within a window of positions, in this order. */
    XC_OP_PHRASE = 7,
    /** As OR of the best parts, as many as the parameter says. */
    XC_OP_ELITE_SET = 10,
    /** As OR, weighed as if all parts were one term. */
    XC_OP_SYNONYM = 13,
    /** As OR, weighed as the best part. */
    XC_OP_MAX = 14
};

/** A term; `wqf` is how often the query has it, and `pos` its position there,
 *  which is for applications.  The empty term is every document, unweighed.
 *  Give back: xc_query_free. */
XC_TRY xc_query_term(xc_query **out, const char *term, size_t len,
                     uint32_t wqf, uint32_t pos, xc_error *err) XC_NOEXCEPT;

/** Every document, unweighed.  Give back: xc_query_free. */
XC_TRY xc_query_match_all(xc_query **out, xc_error *err) XC_NOEXCEPT;

/** No document.  Give back: xc_query_free. */
XC_TRY xc_query_match_nothing(xc_query **out, xc_error *err) XC_NOEXCEPT;

/** Combine `n` queries, which stay the caller's; of none comes a query that
 *  matches nothing.  `parameter` is the window of NEAR and PHRASE, where 0 is
 *  n, the size of ELITE_SET, where 0 is 10, else 0.  Give back: xc_query_free.
 *  XC_UNIMPLEMENTED for NEAR and PHRASE of other than terms and ORs of them,
 *  XC_INVALID for too many levels or what is no operator. */
XC_TRY xc_query_combine(xc_query **out, enum xc_op op,
                        const xc_query *const *query, size_t n,
                        uint32_t parameter, xc_error *err) XC_NOEXCEPT;

/** The same query, its weights times `factor`; 0 makes it a filter.  The one
 *  that was given stays the caller's.  Give back: xc_query_free.  XC_INVALID
 *  for a factor below 0 or not finite. */
XC_TRY xc_query_scale(xc_query **out, const xc_query *query, double factor,
                      xc_error *err) XC_NOEXCEPT;

/** Documents with a value from `low` to `high` in a slot, both included,
 *  compared as bytes, unweighed; NULL for no bound.  It reads the slot's
 *  values of all documents that the rest of the query leaves, so as a FILTER
 *  of words it is cheap, and alone it reads them all.  Documents without a
 *  value do not match, but for no bounds at all, which match every document.
 *  Give back: xc_query_free. */
XC_TRY xc_query_value_range(xc_query **out, uint32_t slot, const char *low,
                            size_t low_len, const char *high, size_t high_len,
                            xc_error *err) XC_NOEXCEPT;

/** What a wildcard does where more terms begin so than it takes. */
enum xc_wildcard_limit {
    /** XC_QUERY when it is searched. */
    XC_WILDCARD_ERROR = 0,
    /** It takes the first in the order of bytes. */
    XC_WILDCARD_FIRST = 1,
    /** It takes those that most documents have. */
    XC_WILDCARD_MOST_FREQUENT = 2
};

/** The terms that begin with a prefix, `max` at most (0: all), combined by OR,
 *  SYNONYM or MAX.  A short prefix may be thousands of terms, each with a list
 *  to be read: give a maximum where people type them.  The terms are looked up
 *  when it is searched, in the database that it is searched in.  Give back:
 *  xc_query_free.  XC_INVALID for another operator or no limit. */
XC_TRY xc_query_wildcard(xc_query **out, const char *prefix, size_t len,
                         uint32_t max, enum xc_wildcard_limit limit,
                         enum xc_op op, xc_error *err) XC_NOEXCEPT;

/** How many documents a source has, and what they weigh: what the matcher
 *  plans by.  Where `likely` is high, a source that is one of several
 *  conditions is asked last. */
struct xc_source_bounds {
    /** At least, about and at most so many documents. */
    uint32_t least, likely, most;
    /** None weighs more; 0 where the source has no weights. */
    double weight;
};

/** Documents that the application tells of, as a part of a query.
 *
 *  A search makes a state of it for each database that it looks into, asks
 *  that by the functions below and ends it, all from within the call that
 *  searches and in its thread.  Ids are those of that one database, and go
 *  up: a source is never asked to go back.  What one of the functions returns
 *  other than XC_OK ends the search with that status and what is in *err, into
 *  which they write as the binding's own functions do, so that a status of
 *  theirs can be passed on; *err is never NULL.
 *
 *  The functions must not throw, nor use the query, or the enquire that is
 *  searching. */
struct xc_source {
    /** Begin on a database, which is lent until the state is ended: *state is
     *  what the other functions get.  All of *bounds is 0 before.  Where it
     *  fails nothing is ended. */
    enum xc_status (*start)(void **state, struct xc_source_bounds *bounds,
                            xc_db *db, void *payload, xc_error *err);
    /** Go to the first document at or behind `at`, 1 at first: its id into
     *  *id, 0 where there is none. */
    enum xc_status (*seek)(uint32_t *id, uint32_t at, void *state,
                           xc_error *err);
    /** Whether document `id` is one, and if so go there; for documents that
     *  the rest of the query leaves.  NULL: `seek` is asked. */
    enum xc_status (*check)(bool *is, uint32_t id, void *state, xc_error *err);
    /** The weight of the document that the source is on, 0 or more.  NULL: 0.
     *  Not asked where weights are not wanted. */
    enum xc_status (*weight)(double *weight, void *state, xc_error *err);
    /** End a state.  NULL: there is nothing to do. */
    void (*end)(void *state);
};

/** The documents of a source.  *source is copied; what `payload` points to is
 *  to outlive all queries, enquires and msets that this one gets into.
 *  Searching a remote database for it is XC_UNIMPLEMENTED, for what asks
 *  cannot be sent; so is serialising it.  Give back: xc_query_free.
 *  XC_INVALID without `start` or `seek`. */
XC_TRY xc_query_source(xc_query **out, const struct xc_source *source,
                       void *payload, xc_error *err) XC_NOEXCEPT;

/** The query in Xapian's notation for people, which differs between its
 *  versions.  Lent by the query. */
XC_TRY xc_query_description(const char **text, size_t *len, xc_query *query,
                            xc_error *err) XC_NOEXCEPT;

/** The query as bytes for another process with the same version of libxapian.
 *  Lent by the query. */
XC_TRY xc_query_serialise(const char **bytes, size_t *len, xc_query *query,
                          xc_error *err) XC_NOEXCEPT;

/** A query made of such bytes.  They must be from one who is trusted, for
 *  nothing bounds the depth of what they tell.  Give back: xc_query_free.
 *  XC_NETWORK or XC_OTHER for bytes that are no query. */
XC_TRY xc_query_unserialise(xc_query **out, const char *bytes, size_t len,
                            xc_error *err) XC_NOEXCEPT;

/** Give a query back; NULL is fine.  What was made of it stays good. */
XC_API void xc_query_free(xc_query *query) XC_NOEXCEPT;

/* ---- searching ----
 *
 * An enquire has the settings of a search; each xc_enquire_mset searches by
 * what is set then, and earlier msets stay as they are.  Setting costs nothing
 * and reads nothing; to search again with another query, keep the enquire.
 *
 * Weights are doubles that add up from the terms, and depend on the statistics
 * of the database: those of two databases, or of two revisions of one, cannot
 * be compared.  Hits are in the same order whenever the same is asked of the
 * same revision, but for XC_DONT_CARE and a time limit.
 */

/** Make an enquire on a database, without a query, weighing by BM25 with
 *  Xapian's parameters, in the order of weights.  The database stays the
 *  caller's; reopening it moves the enquire on as well.  Give back:
 *  xc_enquire_free. */
XC_TRY xc_enquire_new(xc_enquire **out, const xc_db *db,
                      xc_error *err) XC_NOEXCEPT;

/** Give an enquire back; NULL is fine.  Its msets stay good. */
XC_API void xc_enquire_free(xc_enquire *enquire) XC_NOEXCEPT;

/** Set the query, which stays the caller's and may be given back at once; the
 *  one that was set before is let go.  `query_length` is what a few
 *  weighting schemes take for its length; 0 is the query's own. */
XC_TRY xc_enquire_set_query(xc_enquire *enquire, const xc_query *query,
                            uint32_t query_length, xc_error *err) XC_NOEXCEPT;

/** Weigh by BM25: `k1` and `b` for wdf and length, `k3` for wqf, `k2` for the
 *  query's length, `min_normlen` the least of a length over the mean one.
 *  Xapian's own are 1, 0, 1, 0.5, 0.5.  With k1 0, a term whose wdf is 0 would
 *  be weighed 0/0: give a very small one where there are such terms.
 *  XC_INVALID for what is below 0, or b above 1. */
XC_TRY xc_enquire_set_bm25(xc_enquire *enquire, double k1, double k2,
                           double k3, double b, double min_normlen,
                           xc_error *err) XC_NOEXCEPT;

/** Weigh all documents 0: for a search that is ordered otherwise, or counts.
 *  It is faster, for no wdf and no length of a document has to be read. */
XC_TRY xc_enquire_set_boolean(xc_enquire *enquire, xc_error *err) XC_NOEXCEPT;

/** Weigh by tf-idf, as three letters say: "ntn" is usual.  XC_INVALID for
 *  letters that Xapian's TfIdfWeight does not know. */
XC_TRY xc_enquire_set_tfidf(xc_enquire *enquire, const char *normalisations,
                            xc_error *err) XC_NOEXCEPT;

/** Say which `n` documents are known to be relevant, in place of those said
 *  before: it changes the weights of the query's terms, and is what
 *  xc_enquire_expand begins from.  `id` may be NULL where n is 0.  XC_INVALID
 *  for an id of 0. */
XC_TRY xc_enquire_set_relevant(xc_enquire *enquire, const uint32_t *id,
                               size_t n, xc_error *err) XC_NOEXCEPT;

/** How hits go that are equal otherwise. */
enum xc_docid_order {
    /** The highest id first, so what was added last. */
    XC_DESCENDING = 0,
    /** The lowest id first. */
    XC_ASCENDING = 1,
    /** As is fastest; it may differ from one search to the next. */
    XC_DONT_CARE = 2
};

/** Set how hits go that are equal otherwise; XC_ASCENDING at first.
 *  XC_INVALID for what is none of them. */
XC_TRY xc_enquire_set_docid_order(xc_enquire *enquire,
                                  enum xc_docid_order order,
                                  xc_error *err) XC_NOEXCEPT;

/** What hits are ordered by, before the order of ids. */
enum xc_sort {
    /** By weight, the highest first. */
    XC_SORT_RELEVANCE = 0,
    /** By a value, compared as bytes; empty ones are the lowest. */
    XC_SORT_VALUE = 1,
    /** By a value, and those with the same by weight. */
    XC_SORT_VALUE_THEN_RELEVANCE = 2,
    /** By weight, and those with the same by a value. */
    XC_SORT_RELEVANCE_THEN_VALUE = 3
};

/** Order hits by weight, by the value in a slot, or both; `slot` and
 *  `descending` are not looked at for XC_SORT_RELEVANCE.  XC_INVALID for what
 *  is no order. */
XC_TRY xc_enquire_set_sort(xc_enquire *enquire, enum xc_sort sort,
                           uint32_t slot, bool descending,
                           xc_error *err) XC_NOEXCEPT;

/** The same by the values in `n` slots, the first before the second and so on,
 *  each in its own direction.  Both arrays are copied.  It costs more than one
 *  slot does: a key is made for each document that matches.  A database of a
 *  server cannot be searched with it: XC_UNIMPLEMENTED then.  XC_INVALID for
 *  XC_SORT_RELEVANCE. */
XC_TRY xc_enquire_set_sort_key(xc_enquire *enquire, enum xc_sort sort,
                               const uint32_t *slot, const bool *descending,
                               size_t n, xc_error *err) XC_NOEXCEPT;

/** Keep the best `max` hits of those with one value in a slot, as copies of
 *  one text or pages of one site; 0 keeps all.  Documents without a value are
 *  all kept.  struct xc_hit tells how many were left out. */
XC_TRY xc_enquire_set_collapse(xc_enquire *enquire, uint32_t slot,
                               uint32_t max, xc_error *err) XC_NOEXCEPT;

/** Drop hits below `percent` of the best or below `weight`; 0 and 0 for none.
 *  XC_INVALID for what is not 0 to 100, or a weight below 0. */
XC_TRY xc_enquire_set_cutoff(xc_enquire *enquire, int percent, double weight,
                             xc_error *err) XC_NOEXCEPT;

/** End a search after about so many seconds with what it has by then, its
 *  counts estimated; 0 for no limit.  The clock is looked at between
 *  documents, and where the system has no timers that can be used, there is no
 *  limit.  XC_INVALID for what is below 0. */
XC_TRY xc_enquire_set_time_limit(xc_enquire *enquire, double seconds,
                                 xc_error *err) XC_NOEXCEPT;

/** Count the values in a slot in each search from now on; facets are numbered
 *  from 0 as they are added, for xc_mset_facet.  They count the documents that
 *  a search looked at: all that match with check_at_least high enough.
 *
 *      st = xc_enquire_add_facet(e, slot, &err);
 *      if (!st)
 *          st = xc_enquire_mset(&m, e, 0, 10, info.documents, &err);
 *      if (!st)
 *          st = xc_mset_facet(&it, m, 0, 5, &err);
 *
 *  Each costs the reading of a value for each document that is looked at. */
XC_TRY xc_enquire_add_facet(xc_enquire *enquire, uint32_t slot,
                            xc_error *err) XC_NOEXCEPT;

/** What is told each document that a search looks at.  A document is lent for
 *  the call, and `doc` reads of it what is asked for; values are read fast.
 *  What it returns other than XC_OK ends the search, as with a source. */
typedef enum xc_status (*xc_spy)(uint32_t id, double weight, xc_doc *doc,
                                 void *payload, xc_error *err);

/** Tell `spy` (NULL: nobody) of each document that a search looks at, in
 *  ascending order of ids in one database: all that match, with
 *  check_at_least high enough.  Searching a remote database is
 * XC_UNIMPLEMENTED then, for it cannot call back. */
XC_TRY xc_enquire_set_spy(xc_enquire *enquire, xc_spy spy, void *payload,
                          xc_error *err) XC_NOEXCEPT;

/** Which terms xc_enquire_expand takes: any of them, by `|`. */
enum {
    /** The query's own terms as well. */
    XC_EXPAND_QUERY_TERMS = 1,
    /** Count terms exactly where several databases are searched as one. */
    XC_EXPAND_EXACT_FREQ = 2
};

/** The terms that tell the relevant documents (xc_enquire_set_relevant) best
 *  from all others, the best first: bytes, weight.  At most `max`, of those
 *  that begin with a prefix (all for the empty one), without the query's own
 *  but for XC_EXPAND_QUERY_TERMS.  None where no document is said to be
 *  relevant, or none of their terms tells them from others.  It reads the
 *  terms of the relevant documents, and how many documents have each.  It
 *  needs no query: "more like this" is
 *
 *      xc_query *like[20];
 *      uint32_t n = 0;
 *
 *      st = xc_enquire_set_relevant(e, &this_id, 1, &err);
 *      if (!st)
 *          st = xc_enquire_expand(&it, e, 20, 0, "Z", 1, &err);
 *      while (!st && (st = xc_iter_next(&more, it, &err)) == XC_OK && more) {
 *          const char *term = xc_iter_bytes(it, &len);
 *
 *          st = xc_query_term(&like[n], term, len, 1, 0, &err);
 *          n += st == XC_OK;
 *      }
 *      if (!st)
 *          st = xc_query_combine(&q, XC_OP_OR,
 *                                (const xc_query *const *)like, n, 0, &err);
 *
 *  Give back: xc_iter_free. */
XC_TRY xc_enquire_expand(xc_iter **out, xc_enquire *enquire, uint32_t max,
                         int flags, const char *prefix, size_t len,
                         xc_error *err) XC_NOEXCEPT;

/* ---- hits ----
 *
 *     st = xc_enquire_mset(&m, e, 0, 10, 1000, &err);
 *     if (!st)
 *         xc_mset_get_info(&info, m);
 *     for (uint32_t i = 0; !st && i < info.hits; i++) {
 *         st = xc_mset_hit(&hit, m, i, &err);
 *         if (!st)
 *             st = xc_mset_document(&doc, m, i, &err);
 *         if (!st)
 *             st = xc_doc_data(&data, &len, doc, &err);
 *         if (!st)
 *             show(info.first + i + 1, hit.weight, data, len);
 *         xc_doc_free(doc);
 *         doc = NULL;
 *     }
 *
 * An mset is a page of what was found, and what is known of all of it.  It is
 * of the revision that was searched: documents are read from that when they
 * are asked for, and may return XC_MODIFIED.
 *
 * A search stops looking at documents that cannot come among the best, so how
 * many match is known within bounds only: exact where `lower` is `upper`.  To
 * have it exact for up to n matches, ask for check_at_least n; for all, ask
 * for as many as the database has documents.  Facets count the same documents.
 *
 * Paging by a higher `first` searches anew, and costs as much as a page of all
 * hits up to there.
 */

/** Search: up to `max` hits after the best `first`; at least `check_at_least`
 *  documents are looked at where so many match, so that the counts of
 *  struct xc_mset_info are exact up to there.  Give back: xc_mset_free.
 *  XC_QUERY, XC_UNIMPLEMENTED for a query that cannot be answered.  Without a
 *  query nothing is found. */
XC_TRY xc_enquire_mset(xc_mset **out, xc_enquire *enquire, uint32_t first,
                       uint32_t max, uint32_t check_at_least,
                       xc_error *err) XC_NOEXCEPT;

/** Give an mset back, and the bytes it lent; NULL is fine. */
XC_API void xc_mset_free(xc_mset *mset) XC_NOEXCEPT;

/** What came of a search as a whole. */
struct xc_mset_info {
    /** How many hits there are here, and the rank of the first, from 0. */
    uint32_t hits, first;
    /** How many documents match: bounds, and a guess between them. */
    uint32_t lower, estimated, upper;
    /** The same before hits were left out by xc_enquire_set_collapse. */
    uint32_t uncollapsed_lower, uncollapsed_upper;
    /** The highest weight that a document might have, and that one has. */
    double max_possible, max_attained;
    /** The guess before hits were left out. */
    uint32_t uncollapsed_estimated;
};

/** What came of a search, into *out.  It cannot fail. */
XC_API void xc_mset_get_info(struct xc_mset_info *out,
                             const xc_mset *mset) XC_NOEXCEPT;

/** One hit. */
struct xc_hit {
    /** The document. */
    uint32_t id;
    /** Its weight, 0 or more. */
    double weight;
    /** The weight as a share of what the query could reach, 0 to 100. */
    int percent;
    /** How many hits were left out for this one: a lower bound. */
    uint32_t collapsed;
    /** The value that it was collapsed by, and its length; empty where it was
     *  not, or has none.  Lent by the mset until the next call on it that
     *  lends bytes, so until the next hit is asked for: copy it to keep it. */
    const char *collapse_key;
    size_t collapse_key_len;
};

/** Hit i of these, from 0, into *out.  XC_RANGE where there are not so many;
 *  so for all that take one. */
XC_TRY xc_mset_hit(struct xc_hit *out, xc_mset *mset, uint32_t i,
                   xc_error *err) XC_NOEXCEPT;

/** What hit i was sorted by, besides its weight; empty where by nothing.  Lent
 *  by the mset. */
XC_TRY xc_mset_sort_key(const char **key, size_t *len, xc_mset *mset,
                        uint32_t i, xc_error *err) XC_NOEXCEPT;

/** The document of hit i, of which nothing is read yet but what the search
 *  read.  Give back: xc_doc_free.  XC_NOT_FOUND where it was deleted
 *  meanwhile. */
XC_TRY xc_mset_document(xc_doc **out, xc_mset *mset, uint32_t i,
                        xc_error *err) XC_NOEXCEPT;

/** How many documents have a term of the query, and the most that it can add
 *  to a weight; either may be NULL.  XC_INVALID for the weight of a term that
 *  the query does not have. */
XC_TRY xc_mset_term(uint32_t *documents, double *weight, xc_mset *mset,
                    const char *term, size_t len, xc_error *err) XC_NOEXCEPT;

/** The terms of the query that hit i has: bytes, in the order of the query.
 *  Give back: xc_iter_free. */
XC_TRY xc_mset_matching_terms(xc_iter **out, xc_mset *mset, uint32_t i,
                              xc_error *err) XC_NOEXCEPT;

/** The passage of a text, which need not be of a hit, that fits the query
 *  best, about `length` bytes, with `start` and `end` around what matches;
 *  `language` NULL is no stemming, XC_INVALID one that is not known.  The text
 *  is taken as text for HTML: <, > and & come out as entities.  Ask before the
 *  enquire gets another query, or nothing is marked.  Lent by the mset. */
XC_TRY xc_mset_snippet(const char **out, size_t *len, xc_mset *mset,
                       const char *text, size_t text_len, size_t length,
                       const char *language, const char *start,
                       const char *end, xc_error *err) XC_NOEXCEPT;

/** The `max` most frequent values of facet number `facet`, the most frequent
 *  first: bytes, freq.  Give back: xc_iter_free.  XC_RANGE for a facet that
 *  the enquire did not have when it searched. */
XC_TRY xc_mset_facet(xc_iter **out, xc_mset *mset, size_t facet, size_t max,
                     xc_error *err) XC_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
