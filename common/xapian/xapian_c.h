/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_c.h - libxapian from C
 *
 *   xc_doc   -> xc_db (for writing) -> (the database)
 *   xc_query -> xc_enquire on an xc_db -> xc_mset -> xc_hit, xc_doc
 *   xc_db    -> xc_iter
 *
 * True of every function here unless its comment says otherwise:
 *
 *   Status     What can fail returns enum xc_status; XC_OK is 0.  Its last
 *              argument is a struct xc_error of the caller, or NULL, written
 *              only where the call fails.  Any call may return XC_NOMEM, and
 *              any that reads a database XC_CORRUPT, XC_MODIFIED, XC_CLOSED,
 *              XC_DATABASE, XC_NETWORK or XC_TIMEOUT.  No C++ exception
 *              leaves the binding, and nothing is printed.
 *   Output     Comes first.  A handle is NULL after a failure.
 *   Ownership  A handle given through `out` is the caller's, to be given back
 *              to the free or close function of its type, which takes NULL
 *              and cannot fail.
 *   Bytes      Terms, values, data and keys are counted bytes; any byte may
 *              be in them, NUL too.  Those going in are copied.  Those coming
 *              out are lent by the handle they were asked of, until the next
 *              call on it that lends bytes or until it is given back; a NUL
 *              follows them.  Paths, hosts and languages are C strings.
 *   Threads    There is no global state but the new handler (see below).  A
 *              handle and all that were made from it, or built into it, may
 *              be used by one thread at a time; what has nothing in common is
 *              independent.
 *
 * Revisions.  A database opened for reading shows the revision that was newest
 * when it was opened or last reopened.  Later commits may make that revision
 * unreadable; then a call returns XC_MODIFIED: call xc_db_reopen and begin
 * again.  What was read before must not be mixed with what is read after.
 *
 * Memory.  Xapian 1.4 does not survive it everywhere that an allocation fails:
 * not in the destructor (ValueUpdater's) that writes values when it commits,
 * nor where it joins the lists of a search for NEAR, PHRASE, AND_NOT and
 * AND_MAYBE.  So while the binding writes or searches it holds 1 MiB back, and
 * has the process's new handler (std::set_new_handler), which gives that to a
 * failing allocation of the same thread and leaves those of others to the
 * handler that was there before.  Where even that is not enough the process
 * ends there by a signal.
 *
 * Disk.  Where writing values from that destructor fails for want of disk, the
 * C++ library ends the process by abort; this cannot be mended from outside.
 * The database stays as after its last commit.  A program that stores values
 * and must not end so should see to it that there is room before it commits.
 */
#ifndef XAPIAN_C_H
#define XAPIAN_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define XC_NOEXCEPT noexcept
extern "C" {
#else
#define XC_NOEXCEPT
#endif

enum xc_status {
    XC_OK = 0,
    XC_NOMEM = 1,
    XC_NOT_FOUND = 2,   /* no such document */
    XC_NO_DATABASE = 3, /* none at the path */
    XC_OPENING = 4,     /* there, and cannot be opened */
    XC_CORRUPT = 5,
    XC_VERSION = 6,  /* a format of another version */
    XC_LOCKED = 7,   /* another writes it */
    XC_MODIFIED = 8, /* the revision being read is gone: xc_db_reopen */
    XC_CLOSED = 9,
    XC_DATABASE = 10, /* another failure of a database */
    XC_NETWORK = 11,
    XC_TIMEOUT = 12,
    XC_INVALID = 13, /* an argument, or a call at the wrong time */
    XC_QUERY = 14,   /* a query that cannot be answered */
    XC_RANGE = 15,
    XC_UNIMPLEMENTED = 16, /* not for this kind of database or query */
    XC_OTHER = 17
};

/** What failed, in the caller's memory. */
struct xc_error {
    enum xc_status status;
    int system_errno;  /* ENOSPC and such where known, else 0 */
    char type[40];     /* the class of the exception, "DatabaseLockError" */
    char message[400]; /* one line */
};

typedef struct xc_db xc_db;
typedef struct xc_doc xc_doc;
typedef struct xc_query xc_query;
typedef struct xc_enquire xc_enquire;
typedef struct xc_mset xc_mset;
typedef struct xc_iter xc_iter;

/** A status in words; "unknown status" for what is none. */
const char *xc_status_text(enum xc_status status) XC_NOEXCEPT;

/** The version of the Xapian library that is running, as "1.4.22". */
const char *xc_version(void) XC_NOEXCEPT;

/* ---- documents ---- */

/** Make an empty document. */
enum xc_status xc_doc_new(xc_doc **out, struct xc_error *err) XC_NOEXCEPT;
void xc_doc_free(xc_doc *doc) XC_NOEXCEPT;

/** Add `wdf` to the wdf of a term; with 0 it is a boolean term.  XC_INVALID
 *  for an empty one or one longer than 245 bytes, where NUL counts twice. */
enum xc_status xc_doc_add_term(xc_doc *doc, const char *term, size_t len,
                               uint32_t wdf, struct xc_error *err) XC_NOEXCEPT;

/** Add a term at n positions, and `wdf` once to its wdf, for all of them. */
enum xc_status xc_doc_add_positions(xc_doc *doc, const char *term, size_t len,
                                    const uint32_t *pos, size_t n,
                                    uint32_t wdf,
                                    struct xc_error *err) XC_NOEXCEPT;

/** XC_INVALID for a term that is not there. */
enum xc_status xc_doc_remove_term(xc_doc *doc, const char *term, size_t len,
                                  struct xc_error *err) XC_NOEXCEPT;

/** Take a position of a term away, and `wdf` off its wdf.  XC_INVALID where
 *  there is no such position. */
enum xc_status xc_doc_remove_position(xc_doc *doc, const char *term,
                                      size_t len, uint32_t pos, uint32_t wdf,
                                      struct xc_error *err) XC_NOEXCEPT;

/** Make it empty, to be filled anew. */
enum xc_status xc_doc_clear(xc_doc *doc, struct xc_error *err) XC_NOEXCEPT;

/** The document as bytes for another process with the same Xapian, and back;
 *  bytes that are no document are XC_NETWORK or XC_OTHER. */
enum xc_status xc_doc_serialise(const char **bytes, size_t *len, xc_doc *doc,
                                struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_doc_unserialise(xc_doc **out, const char *bytes, size_t len,
                                  struct xc_error *err) XC_NOEXCEPT;

/** Set the value in a slot; an empty one removes it. */
enum xc_status xc_doc_set_value(xc_doc *doc, uint32_t slot, const char *value,
                                size_t len, struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_doc_set_data(xc_doc *doc, const char *data, size_t len,
                               struct xc_error *err) XC_NOEXCEPT;

/** The id in the database it came from; 0 for one made anew. */
enum xc_status xc_doc_id(uint32_t *out, const xc_doc *doc,
                         struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_doc_data(const char **data, size_t *len, xc_doc *doc,
                           struct xc_error *err) XC_NOEXCEPT;

/** Empty where there is none. */
enum xc_status xc_doc_value(const char **value, size_t *len, xc_doc *doc,
                            uint32_t slot, struct xc_error *err) XC_NOEXCEPT;

/* ---- opening and closing ---- */

/* How to open for writing: one of the first four, and any of the rest. */
enum {
    XC_CREATE_OR_OPEN = 0x00,
    XC_CREATE_OR_OVERWRITE = 0x01,
    XC_CREATE = 0x02, /* fails where there is one */
    XC_OPEN = 0x03,   /* fails where there is none */
    XC_NO_SYNC = 0x04,
    XC_FULL_SYNC = 0x08,
    XC_DANGEROUS = 0x10,   /* in place: nothing can be dropped */
    XC_NO_TERMLIST = 0x20, /* no terms of documents */
    XC_RETRY_LOCK = 0x40   /* wait for the lock */
};

/** Open the database, or the stub file, at `path` for reading.
 *  XC_NO_DATABASE, XC_OPENING, XC_CORRUPT, XC_VERSION. */
enum xc_status xc_db_open(xc_db **out, const char *path,
                          struct xc_error *err) XC_NOEXCEPT;

/** Open or make a database for writing.  `block_size` is for a new one, in
 *  bytes, 0 for the default.  XC_LOCKED where another writes. */
enum xc_status xc_db_open_write(xc_db **out, const char *path, int flags,
                                int block_size,
                                struct xc_error *err) XC_NOEXCEPT;

/** Make an empty database in memory, for writing.  No transactions. */
enum xc_status xc_db_open_memory(xc_db **out,
                                 struct xc_error *err) XC_NOEXCEPT;

/** Connect to a server, xapian-tcpsrv.  Times are milliseconds; for the
 *  connection 0 is 10 seconds.  XC_NETWORK, XC_TIMEOUT. */
enum xc_status xc_db_open_remote(xc_db **out, const char *host, unsigned port,
                                 unsigned timeout_ms, unsigned connect_ms,
                                 struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_open_remote_write(xc_db **out, const char *host,
                                       unsigned port, unsigned timeout_ms,
                                       unsigned connect_ms,
                                       struct xc_error *err) XC_NOEXCEPT;

/** Search `other` together with `db`, which is open for reading. */
enum xc_status xc_db_add_database(xc_db *db, const xc_db *other,
                                  struct xc_error *err) XC_NOEXCEPT;

/** Go to the newest revision.  *changed (NULL: not asked) is whether there may
 *  have been a newer one. */
enum xc_status xc_db_reopen(bool *changed, xc_db *db,
                            struct xc_error *err) XC_NOEXCEPT;

/** Close.  WHAT WAS WRITTEN AND NOT COMMITTED IS DROPPED, in a transaction or
 *  not; commits that Xapian made by itself stay (see xc_db_commit).  The lock
 *  is released before the call returns, and what was made from a database for
 *  writing answers XC_CLOSED from then on.  XC_DANGEROUS leaves nothing that
 *  could be dropped. */
void xc_db_close(xc_db *db) XC_NOEXCEPT;

/* ---- facts ---- */

struct xc_db_info {
    uint32_t documents;
    uint32_t last_id;
    double mean_length;
    uint32_t length_min, length_max; /* bounds */
    bool has_positions;
    char uuid[37];         /* of a group, the first one's */
    uint64_t total_length; /* the sum over the documents */
};

enum xc_status xc_db_get_info(struct xc_db_info *out, xc_db *db,
                              struct xc_error *err) XC_NOEXCEPT;

/** How many documents have a term, and how often in all; either may be NULL.
 *  0 for a term that is not there. */
enum xc_status xc_db_freq(uint32_t *documents, uint64_t *occurrences,
                          xc_db *db, const char *term, size_t len,
                          struct xc_error *err) XC_NOEXCEPT;

/** The number of the revision that is read; each commit that changes something
 *  raises it.  XC_INVALID for a group, XC_UNIMPLEMENTED for remote ones. */
enum xc_status xc_db_revision(uint64_t *out, xc_db *db,
                              struct xc_error *err) XC_NOEXCEPT;

/** Tell the servers of remote databases that they are still wanted. */
enum xc_status xc_db_keep_alive(xc_db *db, struct xc_error *err) XC_NOEXCEPT;

/** Whether any document has a term; cheaper than xc_db_freq. */
enum xc_status xc_db_has_term(bool *out, xc_db *db, const char *term,
                              size_t len, struct xc_error *err) XC_NOEXCEPT;

/** How many different terms a document has.  XC_NOT_FOUND. */
enum xc_status xc_db_unique_terms(uint32_t *out, xc_db *db, uint32_t id,
                                  struct xc_error *err) XC_NOEXCEPT;

/** The length of a document, the sum of wdf.  XC_NOT_FOUND. */
enum xc_status xc_db_length(uint32_t *out, xc_db *db, uint32_t id,
                            struct xc_error *err) XC_NOEXCEPT;

/** How many documents have a value in a slot, and bounds of them. */
enum xc_status xc_db_value_info(uint32_t *documents, const char **low,
                                size_t *low_len, const char **high,
                                size_t *high_len, xc_db *db, uint32_t slot,
                                struct xc_error *err) XC_NOEXCEPT;

/** XC_NOT_FOUND. */
enum xc_status xc_db_document(xc_doc **out, xc_db *db, uint32_t id,
                              struct xc_error *err) XC_NOEXCEPT;

/** What is kept under a key; empty where nothing is. */
enum xc_status xc_db_metadata(const char **value, size_t *len, xc_db *db,
                              const char *key, size_t key_len,
                              struct xc_error *err) XC_NOEXCEPT;

/* ---- writing ----
 *
 * For databases open for writing: XC_INVALID for others.  A change that fails
 * within Xapian, for want of memory or disk, may make it drop all that is
 * pending, earlier changes too.  So that a commit after it does not look like
 * success, all further changes and commits then fail with XC_DATABASE: close,
 * open again, and the state is that of the last commit.  Cancelling a
 * transaction also makes the handle good again.  What is told before anything
 * is touched (XC_INVALID, XC_NOT_FOUND of xc_db_delete) does no harm.
 */

/** Add a document; its new id goes to *id (NULL: not asked). */
enum xc_status xc_db_add(uint32_t *id, xc_db *db, const xc_doc *doc,
                         struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_replace(xc_db *db, uint32_t id, const xc_doc *doc,
                             struct xc_error *err) XC_NOEXCEPT;

/** Put a document in place of all that have a term, or add it. */
enum xc_status xc_db_replace_term(uint32_t *id, xc_db *db, const char *term,
                                  size_t len, const xc_doc *doc,
                                  struct xc_error *err) XC_NOEXCEPT;

/** XC_NOT_FOUND. */
enum xc_status xc_db_delete(xc_db *db, uint32_t id,
                            struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_delete_term(xc_db *db, const char *term, size_t len,
                                 struct xc_error *err) XC_NOEXCEPT;

/** Keep bytes under a key; empty ones remove it. */
enum xc_status xc_db_set_metadata(xc_db *db, const char *key, size_t key_len,
                                  const char *value, size_t len,
                                  struct xc_error *err) XC_NOEXCEPT;

/** Commit what is pending.  Outside of a transaction Xapian also commits by
 *  itself, after 10,000 changes or XAPIAN_FLUSH_THRESHOLD. */
enum xc_status xc_db_commit(xc_db *db, struct xc_error *err) XC_NOEXCEPT;

/** Begin a transaction.  With `flush` what is pending is committed first, and
 *  the transaction at its end. */
enum xc_status xc_db_begin(xc_db *db, bool flush,
                           struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_commit_transaction(xc_db *db,
                                        struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_cancel_transaction(xc_db *db,
                                        struct xc_error *err) XC_NOEXCEPT;

/* ---- spelling and synonyms ---- */

enum xc_status xc_db_add_spelling(xc_db *db, const char *word, size_t len,
                                  uint32_t freq,
                                  struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_remove_spelling(xc_db *db, const char *word, size_t len,
                                     uint32_t freq,
                                     struct xc_error *err) XC_NOEXCEPT;

/** The best correction within `distance` edits; empty where there is none. */
enum xc_status xc_db_suggest(const char **out, size_t *out_len, xc_db *db,
                             const char *word, size_t len, unsigned distance,
                             struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_add_synonym(xc_db *db, const char *term, size_t len,
                                 const char *synonym, size_t synonym_len,
                                 struct xc_error *err) XC_NOEXCEPT;

/** What is not there is fine. */
enum xc_status xc_db_remove_synonym(xc_db *db, const char *term, size_t len,
                                    const char *synonym, size_t synonym_len,
                                    struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_db_clear_synonyms(xc_db *db, const char *term, size_t len,
                                    struct xc_error *err) XC_NOEXCEPT;

/* ---- numbers as values ---- */

/** Bytes that sort as numbers do; how many there are is returned. */
size_t xc_sortable(char out[9], double number) XC_NOEXCEPT;
double xc_unsortable(const char *bytes, size_t len) XC_NOEXCEPT;

/* ---- care ---- */

/** Look for damage in the database at `path`: *errors is what was found, and
 *  the report goes to `line` (NULL: to nobody), line by line. */
enum xc_status xc_check(size_t *errors, const char *path,
                        void (*line)(const char *text, void *payload),
                        void *payload, struct xc_error *err) XC_NOEXCEPT;

/* How hard to compact: one of the first three, and any of the rest. */
enum {
    XC_COMPACT_STANDARD = 0,
    XC_COMPACT_MORE = 1,
    XC_COMPACT_FULLER = 2,
    XC_COMPACT_NO_RENUMBER = 4,
    XC_COMPACT_MULTIPASS = 8,
    XC_COMPACT_SINGLE_FILE = 16
};

/** Write n databases as one, compactly, to `path`, which is new. */
enum xc_status xc_compact(const char *path, const char *const *source,
                          size_t n, int flags,
                          struct xc_error *err) XC_NOEXCEPT;

/* ---- lists ----
 *
 * A list stands before its first item.  xc_iter_next and xc_iter_skip_to tell
 * in *more whether it is on an item now; then the functions below them tell
 * what the item is, each for the lists that have such a thing, else 0 or
 * empty.
 */

/** The documents with a term: id, wdf, length.  All for the empty term. */
enum xc_status xc_iter_postings(xc_iter **out, xc_db *db, const char *term,
                                size_t len, struct xc_error *err) XC_NOEXCEPT;

/** The positions of a term in a document: position. */
enum xc_status xc_iter_positions(xc_iter **out, xc_db *db, uint32_t id,
                                 const char *term, size_t len,
                                 struct xc_error *err) XC_NOEXCEPT;

/** The terms of a document: bytes, wdf, freq. */
enum xc_status xc_iter_doc_terms(xc_iter **out, xc_db *db, uint32_t id,
                                 struct xc_error *err) XC_NOEXCEPT;

/** The terms that begin with a prefix: bytes, freq. */
enum xc_status xc_iter_terms(xc_iter **out, xc_db *db, const char *prefix,
                             size_t len, struct xc_error *err) XC_NOEXCEPT;

/** The values in a slot: id, bytes. */
enum xc_status xc_iter_values(xc_iter **out, xc_db *db, uint32_t slot,
                              struct xc_error *err) XC_NOEXCEPT;

/** The keys of metadata that begin with a prefix: bytes. */
enum xc_status xc_iter_metadata(xc_iter **out, xc_db *db, const char *prefix,
                                size_t len, struct xc_error *err) XC_NOEXCEPT;

/** The words for corrections: bytes, freq. */
enum xc_status xc_iter_spellings(xc_iter **out, xc_db *db,
                                 struct xc_error *err) XC_NOEXCEPT;

/** The synonyms of a term: bytes. */
enum xc_status xc_iter_synonyms(xc_iter **out, xc_db *db, const char *term,
                                size_t len, struct xc_error *err) XC_NOEXCEPT;

/** The terms beginning with a prefix that have synonyms: bytes. */
enum xc_status xc_iter_synonym_keys(xc_iter **out, xc_db *db,
                                    const char *prefix, size_t len,
                                    struct xc_error *err) XC_NOEXCEPT;

/** The terms of a document in hand: bytes, wdf; or its values: id, which is
 *  the slot, and bytes.  The document must not be changed meanwhile. */
enum xc_status xc_iter_terms_of(xc_iter **out, xc_doc *doc,
                                struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_iter_values_of(xc_iter **out, xc_doc *doc,
                                 struct xc_error *err) XC_NOEXCEPT;
void xc_iter_free(xc_iter *it) XC_NOEXCEPT;

enum xc_status xc_iter_next(bool *more, xc_iter *it,
                            struct xc_error *err) XC_NOEXCEPT;

/** To the first item at or behind `at`, forwards; for lists by id or position,
 *  XC_UNIMPLEMENTED for those by bytes. */
enum xc_status xc_iter_skip_to(bool *more, xc_iter *it, uint32_t at,
                               struct xc_error *err) XC_NOEXCEPT;

/** The same for lists in the order of bytes: terms, keys, words, synonyms;
 *  XC_UNIMPLEMENTED for others. */
enum xc_status xc_iter_skip_to_bytes(bool *more, xc_iter *it,
                                     const char *bytes, size_t len,
                                     struct xc_error *err) XC_NOEXCEPT;

uint32_t xc_iter_id(const xc_iter *it) XC_NOEXCEPT;
uint32_t xc_iter_position(const xc_iter *it) XC_NOEXCEPT;
uint32_t xc_iter_wdf(const xc_iter *it) XC_NOEXCEPT;
uint32_t xc_iter_length(const xc_iter *it) XC_NOEXCEPT;
uint32_t xc_iter_freq(const xc_iter *it) XC_NOEXCEPT;
const char *xc_iter_bytes(const xc_iter *it, size_t *len) XC_NOEXCEPT;

/* ---- queries ---- */

enum {
    XC_QUERY_DEPTH_MAX = 1000 /* levels of a query; XC_INVALID for more */
};

enum xc_op {
    XC_OP_AND = 0,
    XC_OP_OR = 1,
    XC_OP_AND_NOT = 2,
    XC_OP_XOR = 3,
    XC_OP_AND_MAYBE = 4,
    XC_OP_FILTER = 5,
    XC_OP_NEAR = 6,
    XC_OP_PHRASE = 7,
    XC_OP_ELITE_SET = 10,
    XC_OP_SYNONYM = 13,
    XC_OP_MAX = 14
};

/** A term, its frequency in the query and its position there. */
enum xc_status xc_query_term(xc_query **out, const char *term, size_t len,
                             uint32_t wqf, uint32_t pos,
                             struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_query_match_all(xc_query **out,
                                  struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_query_match_nothing(xc_query **out,
                                      struct xc_error *err) XC_NOEXCEPT;

/** Combine n queries, which stay the caller's.  `parameter` is the window of
 *  NEAR and PHRASE, the size of ELITE_SET, else 0.  NEAR and PHRASE take terms
 *  and ORs of them; else XC_UNIMPLEMENTED. */
enum xc_status xc_query_combine(xc_query **out, enum xc_op op,
                                const xc_query *const *query, size_t n,
                                uint32_t parameter,
                                struct xc_error *err) XC_NOEXCEPT;

/** The same query, its weights times `factor`.  XC_INVALID for one below 0 or
 *  not finite. */
enum xc_status xc_query_scale(xc_query **out, const xc_query *query,
                              double factor, struct xc_error *err) XC_NOEXCEPT;

/** Values from `low` to `high`, both included; NULL for no bound.  Documents
 *  without a value do not match. */
enum xc_status xc_query_value_range(xc_query **out, uint32_t slot,
                                    const char *low, size_t low_len,
                                    const char *high, size_t high_len,
                                    struct xc_error *err) XC_NOEXCEPT;

enum xc_wildcard_limit {
    XC_WILDCARD_ERROR = 0, /* XC_QUERY when searched */
    XC_WILDCARD_FIRST = 1,
    XC_WILDCARD_MOST_FREQUENT = 2
};

/** The terms that begin with a prefix, `max` at most (0: all), combined by OR,
 *  SYNONYM or MAX. */
enum xc_status xc_query_wildcard(xc_query **out, const char *prefix,
                                 size_t len, uint32_t max,
                                 enum xc_wildcard_limit limit, enum xc_op op,
                                 struct xc_error *err) XC_NOEXCEPT;

/** The query in Xapian's notation for people. */
enum xc_status xc_query_description(const char **text, size_t *len,
                                    xc_query *query,
                                    struct xc_error *err) XC_NOEXCEPT;

/** The query as bytes for another process, and back.  Bytes that are no query
 *  are XC_NETWORK or XC_OTHER; they must be from one who is trusted, for
 *  nothing bounds the depth of what they tell. */
enum xc_status xc_query_serialise(const char **bytes, size_t *len,
                                  xc_query *query,
                                  struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_query_unserialise(xc_query **out, const char *bytes,
                                    size_t len,
                                    struct xc_error *err) XC_NOEXCEPT;
void xc_query_free(xc_query *query) XC_NOEXCEPT;

/* ---- searching ---- */

enum xc_status xc_enquire_new(xc_enquire **out, const xc_db *db,
                              struct xc_error *err) XC_NOEXCEPT;
void xc_enquire_free(xc_enquire *enquire) XC_NOEXCEPT;

/** `query_length` 0 is the query's own. */
enum xc_status xc_enquire_set_query(xc_enquire *enquire, const xc_query *query,
                                    uint32_t query_length,
                                    struct xc_error *err) XC_NOEXCEPT;

/** Weigh by BM25; Xapian's own parameters are 1, 0, 1, 0.5, 0.5. */
enum xc_status xc_enquire_set_bm25(xc_enquire *enquire, double k1, double k2,
                                   double k3, double b, double min_normlen,
                                   struct xc_error *err) XC_NOEXCEPT;

/** No weights at all. */
enum xc_status xc_enquire_set_boolean(xc_enquire *enquire,
                                      struct xc_error *err) XC_NOEXCEPT;

/** Weigh by tf-idf, as three letters say: "ntn" is usual.  XC_INVALID for
 *  letters that Xapian's TfIdfWeight does not know. */
enum xc_status xc_enquire_set_tfidf(xc_enquire *enquire,
                                    const char *normalisations,
                                    struct xc_error *err) XC_NOEXCEPT;

/** Say which n documents are known to be relevant, which changes the weights
 *  of terms; 0 for none.  XC_INVALID for an id of 0. */
enum xc_status xc_enquire_set_relevant(xc_enquire *enquire, const uint32_t *id,
                                       size_t n,
                                       struct xc_error *err) XC_NOEXCEPT;

enum xc_docid_order { XC_DESCENDING = 0, XC_ASCENDING = 1, XC_DONT_CARE = 2 };

/** How hits go that are equal otherwise; XC_ASCENDING at first. */
enum xc_status xc_enquire_set_docid_order(xc_enquire *enquire,
                                          enum xc_docid_order order,
                                          struct xc_error *err) XC_NOEXCEPT;

enum xc_sort {
    XC_SORT_RELEVANCE = 0,
    XC_SORT_VALUE = 1,
    XC_SORT_VALUE_THEN_RELEVANCE = 2,
    XC_SORT_RELEVANCE_THEN_VALUE = 3
};

enum xc_status xc_enquire_set_sort(xc_enquire *enquire, enum xc_sort sort,
                                   uint32_t slot, bool descending,
                                   struct xc_error *err) XC_NOEXCEPT;

/** The same by n slots, each in its own direction.  XC_INVALID for
 *  XC_SORT_RELEVANCE. */
enum xc_status xc_enquire_set_sort_key(xc_enquire *enquire, enum xc_sort sort,
                                       const uint32_t *slot,
                                       const bool *descending, size_t n,
                                       struct xc_error *err) XC_NOEXCEPT;

/** Keep `max` hits of those with one value in a slot; 0 keeps all. */
enum xc_status xc_enquire_set_collapse(xc_enquire *enquire, uint32_t slot,
                                       uint32_t max,
                                       struct xc_error *err) XC_NOEXCEPT;

/** Drop hits below `percent` of the best or below `weight`; 0 and 0 for none.
 *  XC_INVALID for what is not 0 to 100. */
enum xc_status xc_enquire_set_cutoff(xc_enquire *enquire, int percent,
                                     double weight,
                                     struct xc_error *err) XC_NOEXCEPT;

/** End a search after about so many seconds with what it has by then; 0 for
 *  no limit. */
enum xc_status xc_enquire_set_time_limit(xc_enquire *enquire, double seconds,
                                         struct xc_error *err) XC_NOEXCEPT;

/** Count the values in a slot in each search from now on; facets are numbered
 *  from 0 as they are added, for xc_mset_facet. */
enum xc_status xc_enquire_add_facet(xc_enquire *enquire, uint32_t slot,
                                    struct xc_error *err) XC_NOEXCEPT;

/** Search: up to `max` hits after the best `first`; at least `check_at_least`
 *  documents are looked at where so many match. */
enum xc_status xc_enquire_mset(xc_mset **out, xc_enquire *enquire,
                               uint32_t first, uint32_t max,
                               uint32_t check_at_least,
                               struct xc_error *err) XC_NOEXCEPT;
void xc_mset_free(xc_mset *mset) XC_NOEXCEPT;

struct xc_mset_info {
    uint32_t hits, first;
    uint32_t lower, estimated, upper; /* of documents that match */
    uint32_t uncollapsed_lower, uncollapsed_upper;
    double max_possible, max_attained; /* weights */
    uint32_t uncollapsed_estimated;
};

void xc_mset_get_info(struct xc_mset_info *out,
                      const xc_mset *mset) XC_NOEXCEPT;

struct xc_hit {
    uint32_t id;
    double weight;
    int percent;
    uint32_t collapsed;       /* hits left out for this one */
    const char *collapse_key; /* lent by the mset */
    size_t collapse_key_len;
};

/** Hit i.  XC_RANGE; so for all that take one. */
enum xc_status xc_mset_hit(struct xc_hit *out, xc_mset *mset, uint32_t i,
                           struct xc_error *err) XC_NOEXCEPT;

/** What hit i was sorted by, besides its weight; empty where by nothing. */
enum xc_status xc_mset_sort_key(const char **key, size_t *len, xc_mset *mset,
                                uint32_t i, struct xc_error *err) XC_NOEXCEPT;
enum xc_status xc_mset_document(xc_doc **out, xc_mset *mset, uint32_t i,
                                struct xc_error *err) XC_NOEXCEPT;

/** How many documents have a term of the query, and its highest weight;
 *  either may be NULL. */
enum xc_status xc_mset_term(uint32_t *documents, double *weight, xc_mset *mset,
                            const char *term, size_t len,
                            struct xc_error *err) XC_NOEXCEPT;

/** The terms of the query that hit i has: bytes. */
enum xc_status xc_mset_matching_terms(xc_iter **out, xc_mset *mset, uint32_t i,
                                      struct xc_error *err) XC_NOEXCEPT;

/** The passage of a text that fits the query best, about `length` bytes, with
 *  `start` and `end` around what matches; `language` NULL is no stemming.
 *  The text is taken as text for HTML: <, > and & come out as entities.  Ask
 *  before the enquire gets another query, or nothing is marked. */
enum xc_status xc_mset_snippet(const char **out, size_t *len, xc_mset *mset,
                               const char *text, size_t text_len,
                               size_t length, const char *language,
                               const char *start, const char *end,
                               struct xc_error *err) XC_NOEXCEPT;

/** The `max` most frequent values of facet number `facet`: bytes, freq. */
enum xc_status xc_mset_facet(xc_iter **out, xc_mset *mset, size_t facet,
                             size_t max, struct xc_error *err) XC_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
