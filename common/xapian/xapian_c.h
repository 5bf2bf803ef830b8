/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_c.h - libxapian from C
 *
 *   xc_doc   -> xc_db (for writing) -> (the database)
 *   xc_query -> xc_enquire on an xc_db -> xc_mset -> xc_hit, xc_doc
 *   xc_db    -> xc_iter
 *
 * This header has errors, documents, databases and their care; it includes
 * xapian_c_search.h, which has lists, queries and searching.  The words for
 * things are Xapian's: a term is what a document is found by; its wdf is how
 * often the document has it; a document's length is the sum of its wdfs; a
 * value is a string in a numbered slot of a document, to sort and filter by;
 * its data is what the application keeps with it, which Xapian does not read.
 *
 * True of every function here unless its comment says otherwise:
 *
 *   Status     What can fail returns enum xc_status; XC_OK is 0.  Its last
 *              argument is a struct xc_error of the caller, or NULL, written
 *              only where the call fails.  Any call may return XC_NOMEM, and
 *              any that reads a database XC_CORRUPT, XC_MODIFIED, XC_CLOSED,
 *              XC_DATABASE, XC_NETWORK or XC_TIMEOUT; the comments name what
 *              there is besides.  No C++ exception leaves the binding, and
 *              nothing is printed.
 *   Output     Comes first.  After a failure a handle is NULL, a number 0, a
 *              bool false, and bytes are empty.
 *   Ownership  A handle given through `out` is the caller's, to be given back
 *              to the free or close function of its type, which takes NULL
 *              and cannot fail.  Handles may be given back in any order: one
 *              that was made from another keeps what it needs of it.
 *   Bytes      Terms, values, data and keys are counted bytes; any byte may
 *              be in them, NUL too.  Those going in are copied before the call
 *              returns, and may be NULL where their length is 0.  Those coming
 *              out are lent by the handle they were asked of, until the next
 *              call on it that lends bytes or until it is given back; a NUL
 *              follows them.  Paths, hosts and languages are C strings.
 *   NULL       No other argument may be NULL where that is not said, and a
 *              handle that was given back is not to be used; neither is looked
 *              for, and the program may end by a signal.
 *   Numbers    Ids of documents begin with 1; 0 is none.  Ids, slots, wdfs,
 *              lengths and frequencies have 32 bits.
 *   Values     XC_INVALID for a flag, an operator or an order that is none of
 *              those here, and for a number that is not in its range or not
 *              finite, whether a comment says so or not.
 *   Threads    There is no global state but the new handler (see below).  A
 *              handle and all that were made from it, or built into it, may
 *              be used by one thread at a time; what has nothing in common is
 *              independent.  After a fork, one of the processes alone may use
 *              what was there before it, or give it back.
 *   Growth     Structs here are what they are as long as the major version is;
 *              the soname has that number.  Functions, statuses and flags that
 *              are added raise the minor version.
 *
 * Revisions.  A database opened for reading shows the revision that was newest
 * when it was opened or last reopened.  Later commits may make that revision
 * unreadable; then a call returns XC_MODIFIED: call xc_db_reopen and begin
 * again.  What was read before must not be mixed with what is read after.
 *
 *     st = search(db, &err);
 *     for (int i = 0; st == XC_MODIFIED && i < 5; i++) {
 *         st = xc_db_reopen(NULL, db, &err);
 *         if (!st)
 *             st = search(db, &err);
 *     }
 *
 * Costs.  Opening reads a few blocks; so does a look-up of a term, a document,
 * its length or a value, in each database of a group.  Positions, values and
 * data are kept apart from postings, and are read only where they are asked
 * for.  Nothing is kept in memory between calls but what the system caches,
 * and for a writer what is pending: about 25 times the text that it was made
 * of, where it has positions.
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
 *
 * Not bound: the query parser, term generator and stop words (terms are the
 * application's), weights of one's own, and replication.
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

/** The version of this header; xc_version has that of the library. */
#define XC_VERSION_MAJOR 0
#define XC_VERSION_MINOR 2
#define XC_VERSION_PATCH 0
#define XC_VERSION       "0.2.0"

/* What is public.  Who compiles the binding into a library of their own, and
 * wants to keep it hidden there, defines XC_API as nothing. */
#if !defined(XC_API) && defined(__GNUC__)
#define XC_API __attribute__((visibility("default")))
#elif !defined(XC_API)
#define XC_API
#endif

/* What a function returns whose status must be looked at. */
#if defined(__GNUC__)
#define XC_TRY XC_API __attribute__((warn_unused_result)) enum xc_status
#else
#define XC_TRY XC_API enum xc_status
#endif

/* ---- errors ---- */

/** What came of a call.  The numbers stay as they are in later versions. */
enum xc_status {
    /** Done. */
    XC_OK = 0,
    /** Out of memory.  An object that was being changed is still good, with
     *  some of the change or none; for databases see writing. */
    XC_NOMEM = 1,
    /** There is no document with this id. */
    XC_NOT_FOUND = 2,
    /** There is no database at the path. */
    XC_NO_DATABASE = 3,
    /** Something is there that cannot be opened: permissions, no database. */
    XC_OPENING = 4,
    /** The database is damaged. */
    XC_CORRUPT = 5,
    /** The database is of a format that this libxapian does not read. */
    XC_FORMAT = 6,
    /** Another handle, here or in another process, writes the database. */
    XC_LOCKED = 7,
    /** The revision being read is gone: xc_db_reopen, and begin again. */
    XC_MODIFIED = 8,
    /** The database was closed under what was made from it. */
    XC_CLOSED = 9,
    /** Another failure of a database: reading, writing, no room on the disk,
     *  or an earlier write of the handle that failed. */
    XC_DATABASE = 10,
    /** A server cannot be reached, or answers what cannot be understood. */
    XC_NETWORK = 11,
    /** A server did not answer in time. */
    XC_TIMEOUT = 12,
    /** An argument that cannot be, or a call at the wrong time. */
    XC_INVALID = 13,
    /** A query that cannot be answered: a wildcard of too many terms. */
    XC_QUERY = 14,
    /** A number beyond the last: of a hit, a facet. */
    XC_RANGE = 15,
    /** Not for this kind of database, list or query: see the comments, and
     *  xc_db_open_remote for what servers do not do. */
    XC_UNIMPLEMENTED = 16,
    /** Anything else; the type in struct xc_error tells what. */
    XC_OTHER = 17,
    /** A function of the application's (a source, a spy) wanted no more.  The
     *  binding itself never says so. */
    XC_STOPPED = 18
};

/** What failed, in the caller's memory; it holds no pointers, and needs no
 *  clearing before or after.  One will do for all calls of a thread: it tells
 *  of the last that failed, so look at the status that was returned first. */
typedef struct xc_error {
    /** The status that the call returned as well. */
    enum xc_status status;
    /** ENOSPC, EACCES and such where the system told it and it is known, else
     *  0.  It is told by the system's text, so in the locale of the process.
     */
    int system_errno;
    /** The class of the exception: "DatabaseLockError"; cut to fit. */
    char type[40];
    /** One line without control characters; cut to fit. */
    char message[400];
} xc_error;

/** A database, or several as one, for reading or for writing. */
typedef struct xc_db xc_db;
/** A document, in memory or read from a database. */
typedef struct xc_doc xc_doc;
/** A query, which is of no database and can be searched for in any. */
typedef struct xc_query xc_query;
/** A way of searching a database: query, weights, order. */
typedef struct xc_enquire xc_enquire;
/** The hits of a search. */
typedef struct xc_mset xc_mset;
/** A list that is walked from its first item to its last. */
typedef struct xc_iter xc_iter;

/** A status in words, lower case, without a full stop: "out of memory";
 *  "unknown status" for a number that is none.  Static; any thread. */
XC_API const char *xc_status_text(enum xc_status status) XC_NOEXCEPT;

/** The version of this library that is running, as XC_VERSION is written,
 *  which is that compiled against.  Static; any thread. */
XC_API const char *xc_version(void) XC_NOEXCEPT;

/** The version of the libxapian that is running, as "1.4.22", which may be
 *  newer than that compiled against.  Static; any thread. */
XC_API const char *xc_xapian_version(void) XC_NOEXCEPT;

/* ---- documents ----
 *
 *     uint32_t pos = 1;
 *
 *     st = xc_doc_new(&doc, &err);
 *     if (!st)
 *         st = xc_doc_add_positions(doc, "coffee", 6, &pos, 1, 1, &err);
 *     if (!st)
 *         st = xc_doc_set_data(doc, text, strlen(text), &err);
 *     if (!st)
 *         st = xc_db_add(&id, db, doc, &err);
 *     if (!st)
 *         st = xc_db_commit(db, &err);
 *     xc_doc_free(doc);
 *
 * A document is filled in memory and then added to a database, which takes a
 * copy: it can be changed and added again.  One that was read from a database
 * reads the rest of itself when asked for it, so its functions may fail as
 * those that read a database do; changing it changes the copy in memory alone.
 *
 * Terms are bytes, and Xapian knows nothing of words: what folds case, cuts
 * text into words and stems them is the application's.  By custom a prefix of
 * capitals tells of which field a term is (S title, A author, Q the unique id,
 * X and more letters for one's own), and Z that it is a stem.
 */

/** Make an empty document.  Give back: xc_doc_free. */
XC_TRY xc_doc_new(xc_doc **out, xc_error *err) XC_NOEXCEPT;

/** Give a document back, and the bytes it lent; NULL is fine.  Databases that
 *  it was added to keep theirs. */
XC_API void xc_doc_free(xc_doc *doc) XC_NOEXCEPT;

/** Add `wdf` to the wdf of a term, which the document has from then on; with
 *  0 it is a boolean term, found but not weighed.  XC_INVALID for an empty one
 *  or one longer than 245 bytes, where NUL counts twice. */
XC_TRY xc_doc_add_term(xc_doc *doc, const char *term, size_t len, uint32_t wdf,
                       xc_error *err) XC_NOEXCEPT;

/** Add a term at the `n` positions of `pos`, in any order, and `wdf` once to
 *  its wdf, for all of them.  `pos` may be NULL where n is 0, which is as
 *  xc_doc_add_term.  XC_INVALID as there. */
XC_TRY xc_doc_add_positions(xc_doc *doc, const char *term, size_t len,
                            const uint32_t *pos, size_t n, uint32_t wdf,
                            xc_error *err) XC_NOEXCEPT;

/** Take a term out with all of its positions.  XC_INVALID for a term that is
 *  not there. */
XC_TRY xc_doc_remove_term(xc_doc *doc, const char *term, size_t len,
                          xc_error *err) XC_NOEXCEPT;

/** Take one position of a term away, and `wdf` off its wdf, which stops at 0;
 *  the term stays.  XC_INVALID where there is no such position. */
XC_TRY xc_doc_remove_position(xc_doc *doc, const char *term, size_t len,
                              uint32_t pos, uint32_t wdf,
                              xc_error *err) XC_NOEXCEPT;

/** Make it as xc_doc_new does, without terms, values, data and id, to be
 *  filled anew: cheaper than a new one for each of many. */
XC_TRY xc_doc_clear(xc_doc *doc, xc_error *err) XC_NOEXCEPT;

/** The whole document as bytes for another process with the same version of
 *  libxapian.  Lent by the document. */
XC_TRY xc_doc_serialise(const char **bytes, size_t *len, xc_doc *doc,
                        xc_error *err) XC_NOEXCEPT;

/** A document made of such bytes; it has no id.  Give back: xc_doc_free.
 *  XC_NETWORK or XC_OTHER for bytes that are no document. */
XC_TRY xc_doc_unserialise(xc_doc **out, const char *bytes, size_t len,
                          xc_error *err) XC_NOEXCEPT;

/** Set the value in a slot in place of what was there; an empty one removes
 *  it.  Values are compared as bytes: see xc_sortable for numbers. */
XC_TRY xc_doc_set_value(xc_doc *doc, uint32_t slot, const char *value,
                        size_t len, xc_error *err) XC_NOEXCEPT;

/** Set the data in place of what was there.  A database compresses it by
 *  itself. */
XC_TRY xc_doc_set_data(xc_doc *doc, const char *data, size_t len,
                       xc_error *err) XC_NOEXCEPT;

/** The id in the database that it was read from; 0 for one made anew. */
XC_TRY xc_doc_id(uint32_t *out, const xc_doc *doc, xc_error *err) XC_NOEXCEPT;

/** The data, empty where there is none.  Lent by the document. */
XC_TRY xc_doc_data(const char **data, size_t *len, xc_doc *doc,
                   xc_error *err) XC_NOEXCEPT;

/** The value in a slot, empty where there is none.  Lent by the document. */
XC_TRY xc_doc_value(const char **value, size_t *len, xc_doc *doc,
                    uint32_t slot, xc_error *err) XC_NOEXCEPT;

/* ---- opening and closing ---- */

/** How to open for writing: one of the first four, and any of the rest added
 *  to it by `|`. */
enum {
    /** Open the database; make one where there is none. */
    XC_CREATE_OR_OPEN = 0x00,
    /** Make an empty one in place of what is there. */
    XC_CREATE_OR_OVERWRITE = 0x01,
    /** Make one; XC_DATABASE where there is one. */
    XC_CREATE = 0x02,
    /** Open it; XC_NO_DATABASE where there is none. */
    XC_OPEN = 0x03,
    /** Do not wait until commits are on the disk: faster, and a power cut may
     *  damage the database. */
    XC_NO_SYNC = 0x04,
    /** Wait longer, where the system knows a stronger way of syncing. */
    XC_FULL_SYNC = 0x08,
    /** Write over blocks in use: nothing can be dropped, nobody can read
     *  meanwhile, and what is killed is damaged.  For making one at once. */
    XC_DANGEROUS = 0x10,
    /** Keep no lists of the terms of documents: smaller, but documents cannot
     *  be deleted or replaced, nor their terms asked for. */
    XC_NO_TERMLIST = 0x20,
    /** Wait for the lock where another writes, without limit. */
    XC_RETRY_LOCK = 0x40
};

/** Open the database at `path` for reading: a folder, a single file, or a stub
 *  file, which names others.  Give back: xc_db_close.  XC_NO_DATABASE,
 *  XC_OPENING, XC_CORRUPT, XC_FORMAT. */
XC_TRY xc_db_open(xc_db **out, const char *path, xc_error *err) XC_NOEXCEPT;

/** Open or make a database at `path` for writing, as `flags` say; it can be
 *  read by the same handle, with what was not committed yet.  `block_size` is
 *  for a new one, in bytes, a power of two from 2048 to 65536; 0 is the
 *  default, 8192.  Give back: xc_db_close.  XC_LOCKED where another writes,
 *  XC_INVALID for another flag or size, and as xc_db_open. */
XC_TRY xc_db_open_write(xc_db **out, const char *path, int flags,
                        int block_size, xc_error *err) XC_NOEXCEPT;

/** Make an empty database in memory, for writing; it goes with its handle.
 *  It has no transactions.  Give back: xc_db_close. */
XC_TRY xc_db_open_memory(xc_db **out, xc_error *err) XC_NOEXCEPT;

/** Connect to a server of Xapian's (xapian-tcpsrv) for reading.  Times are
 *  milliseconds: `timeout_ms` for each answer, 0 for no limit; `connect_ms`
 *  for the connection, 0 for 10 seconds.  Nothing is encrypted, and nobody is
 *  asked for a password.  Give back: xc_db_close.  XC_NETWORK, XC_TIMEOUT,
 *  XC_INVALID for a port that is not 1 to 65535.
 *
 *  What a server does not do: tell its revision (xc_db_revision), sort by
 *  several slots (xc_enquire_set_sort_key), ask sources or tell spies of the
 *  application's (when it is searched) and write synonyms, which are
 *  XC_UNIMPLEMENTED; and read spellings and synonyms,
 *  which come out empty. */
XC_TRY xc_db_open_remote(xc_db **out, const char *host, unsigned port,
                         unsigned timeout_ms, unsigned connect_ms,
                         xc_error *err) XC_NOEXCEPT;

/** The same for writing, where the server was started with --writable; else
 *  XC_NETWORK or XC_OTHER.  XC_LOCKED where another writes. */
XC_TRY xc_db_open_remote_write(xc_db **out, const char *host, unsigned port,
                               unsigned timeout_ms, unsigned connect_ms,
                               xc_error *err) XC_NOEXCEPT;

/** Use `other` together with `db` from now on: a search finds the documents of
 *  both, by statistics of both.  Of n databases the document with id i of the
 *  k-th, from 0, has the id (i - 1) * n + k + 1.  `other` stays the caller's,
 *  and may be closed where both are for reading.
 *
 *  Both are for reading, or both for writing; else XC_INVALID.  Where they are
 *  for writing, new documents go to each in turn, and a commit is one of each
 *  after the other, not of all at once.  What `other` has pending is committed
 *  with it.  It must not be written by itself from then on, and must be closed
 *  after `db`, which closes both. XC_INVALID in a transaction of either. */
XC_TRY xc_db_add_database(xc_db *db, const xc_db *other,
                          xc_error *err) XC_NOEXCEPT;

/** Go to the newest revision.  *changed (NULL: not asked) is whether there may
 *  have been a newer one.  Lists, msets and documents made before stay on the
 *  revision that they were made of, and may return XC_MODIFIED. */
XC_TRY xc_db_reopen(bool *changed, xc_db *db, xc_error *err) XC_NOEXCEPT;

/** Close; NULL is fine.  WHAT WAS WRITTEN AND NOT COMMITTED IS DROPPED, in a
 *  transaction or not; commits that Xapian made by itself stay (see
 *  xc_db_commit).  The lock is released before the call returns, and what was
 *  made from a database for writing answers XC_CLOSED from then on.
 *  XC_DANGEROUS leaves nothing that could be dropped. */
XC_API void xc_db_close(xc_db *db) XC_NOEXCEPT;

/* ---- facts ---- */

/** What is known of a database as a whole. */
struct xc_db_info {
    /** How many documents it has. */
    uint32_t documents;
    /** The highest id that was ever given, which may be of none by now. */
    uint32_t last_id;
    /** Of documents; 0 where there are none. */
    double mean_length;
    /** Bounds of the lengths of documents; they may be wider than needed. */
    uint32_t length_min, length_max;
    /** Whether any term has positions, so that phrases can be found. */
    bool has_positions;
    /** The database's name for itself, which copies keep; of a group, the
     *  first one's; empty in memory. */
    char uuid[37];
    /** The sum of the lengths of all documents. */
    uint64_t total_length;
};

/** What is known of a database, into *out, as of the revision that is read. */
XC_TRY xc_db_get_info(struct xc_db_info *out, xc_db *db,
                      xc_error *err) XC_NOEXCEPT;

/** How many documents have a term, and the sum of its wdf over all of them;
 *  either may be NULL.  0 for a term that is not there. */
XC_TRY xc_db_freq(uint32_t *documents, uint64_t *occurrences, xc_db *db,
                  const char *term, size_t len, xc_error *err) XC_NOEXCEPT;

/** The number of the revision that is read; each commit that changes something
 *  raises it.  XC_INVALID for a group, XC_UNIMPLEMENTED for remote ones and in
 *  memory.  Xapian calls this experimental. */
XC_TRY xc_db_revision(uint64_t *out, xc_db *db, xc_error *err) XC_NOEXCEPT;

/** Tell the servers of remote databases that they are still wanted, so that
 *  they do not hang up; for others it does nothing. */
XC_TRY xc_db_keep_alive(xc_db *db, xc_error *err) XC_NOEXCEPT;

/** Whether any document has a term; cheaper than xc_db_freq. */
XC_TRY xc_db_has_term(bool *out, xc_db *db, const char *term, size_t len,
                      xc_error *err) XC_NOEXCEPT;

/** How many different terms a document has.  XC_NOT_FOUND. */
XC_TRY xc_db_unique_terms(uint32_t *out, xc_db *db, uint32_t id,
                          xc_error *err) XC_NOEXCEPT;

/** The length of a document.  XC_NOT_FOUND. */
XC_TRY xc_db_length(uint32_t *out, xc_db *db, uint32_t id,
                    xc_error *err) XC_NOEXCEPT;

/** How many documents have a value in a slot, and bounds of these values,
 *  which may be wider than needed; all empty where none has one.  Both bounds
 *  are lent by the database. */
XC_TRY xc_db_value_info(uint32_t *documents, const char **low, size_t *low_len,
                        const char **high, size_t *high_len, xc_db *db,
                        uint32_t slot, xc_error *err) XC_NOEXCEPT;

/** The document with an id.  Give back: xc_doc_free.  XC_NOT_FOUND. */
XC_TRY xc_db_document(xc_doc **out, xc_db *db, uint32_t id,
                      xc_error *err) XC_NOEXCEPT;

/** What is kept under a key; empty where nothing is.  Lent by the database.
 *  Of a group, the first database is asked.  XC_INVALID for an empty key. */
XC_TRY xc_db_metadata(const char **value, size_t *len, xc_db *db,
                      const char *key, size_t key_len,
                      xc_error *err) XC_NOEXCEPT;

/* ---- writing ----
 *
 * For databases open for writing: XC_INVALID for others.  A change that fails
 * within Xapian, for want of memory or disk, may make it drop all that is
 * pending, earlier changes too.  So that a commit after it does not look like
 * success, all further changes and commits then fail with XC_DATABASE: close,
 * open again, and the state is that of the last commit.  Cancelling a
 * transaction also makes the handle good again.  What is told before anything
 * is touched (XC_INVALID, XC_NOT_FOUND of xc_db_delete) does no harm.
 *
 *     st = xc_db_begin(db, true, &err);
 *     for (i = 0; !st && i < n; i++)
 *         st = xc_db_replace_term(NULL, db, id[i], strlen(id[i]), doc[i],
 *                                 &err);
 *     if (!st)
 *         st = xc_db_commit_transaction(db, &err);
 *     xc_db_close(db);
 *
 * does all of it or nothing, however it ends: closing drops what was not
 * committed.  Readers go on meanwhile, on the revision before.  Writing is
 * fastest with many documents to a commit; each one syncs the disk.
 */

/** Add a document; its new id, one more than the highest ever given, goes to
 *  *id (NULL: not asked).  Nothing is asked of what is there: a document that
 *  was added twice is there twice. */
XC_TRY xc_db_add(uint32_t *id, xc_db *db, const xc_doc *doc,
                 xc_error *err) XC_NOEXCEPT;

/** Put a document in place of the one with this id, or add it with this id
 *  where there is none.  XC_INVALID for id 0. */
XC_TRY xc_db_replace(xc_db *db, uint32_t id, const xc_doc *doc,
                     xc_error *err) XC_NOEXCEPT;

/** Put a document in place of all that have a term, with the lowest of their
 *  ids, or add it where none has; its id goes to *id (NULL: not asked).  The
 *  document should have the term itself.  XC_INVALID for an empty term. */
XC_TRY xc_db_replace_term(uint32_t *id, xc_db *db, const char *term,
                          size_t len, const xc_doc *doc,
                          xc_error *err) XC_NOEXCEPT;

/** Delete a document; its id is not given again.  Its terms are read to take
 *  it out of their lists.  XC_NOT_FOUND. */
XC_TRY xc_db_delete(xc_db *db, uint32_t id, xc_error *err) XC_NOEXCEPT;

/** Delete all documents that have a term, which may be none.  XC_INVALID for
 *  an empty term. */
XC_TRY xc_db_delete_term(xc_db *db, const char *term, size_t len,
                         xc_error *err) XC_NOEXCEPT;

/** Keep bytes under a key in place of what is there; empty ones remove it.
 *  They are committed with the documents.  XC_INVALID for an empty key. */
XC_TRY xc_db_set_metadata(xc_db *db, const char *key, size_t key_len,
                          const char *value, size_t len,
                          xc_error *err) XC_NOEXCEPT;

/** Commit what is pending: when it returns it is on the disk, but for
 *  XC_NO_SYNC, and readers see it when they reopen.  XC_INVALID in a
 *  transaction.  Outside of one Xapian also commits by itself, after 10,000
 *  changes or what the environment's XAPIAN_FLUSH_THRESHOLD says. */
XC_TRY xc_db_commit(xc_db *db, xc_error *err) XC_NOEXCEPT;

/** Begin a transaction: what is written in it is committed as a whole or
 *  dropped as a whole, however much it is.  With `flush` what is pending is
 *  committed first, and the transaction at its end; without, it only joins
 *  what is pending then.  XC_INVALID within a transaction, XC_UNIMPLEMENTED in
 *  memory. */
XC_TRY xc_db_begin(xc_db *db, bool flush, xc_error *err) XC_NOEXCEPT;

/** End the transaction; with its `flush`, by a commit.  After a failure there
 *  is no transaction, and nothing of it was written.  XC_INVALID outside of
 *  one. */
XC_TRY xc_db_commit_transaction(xc_db *db, xc_error *err) XC_NOEXCEPT;

/** End the transaction and drop what was written in it; without its `flush`,
 *  what was pending before it too.  XC_INVALID outside of one. */
XC_TRY xc_db_cancel_transaction(xc_db *db, xc_error *err) XC_NOEXCEPT;

/* ---- spelling and synonyms ----
 *
 * Both are lists that a database keeps beside its documents, written and
 * committed like these; Xapian fills neither by itself, and searches by
 * neither: what xc_db_suggest and xc_iter_synonyms give is for the application
 * to make queries of.  The functions that write are as those above.
 */

/** Add `freq` to how often a word for corrections was seen. */
XC_TRY xc_db_add_spelling(xc_db *db, const char *word, size_t len,
                          uint32_t freq, xc_error *err) XC_NOEXCEPT;

/** Take `freq` off it again; at 0 the word is gone.  What is not there is
 *  fine. */
XC_TRY xc_db_remove_spelling(xc_db *db, const char *word, size_t len,
                             uint32_t freq, xc_error *err) XC_NOEXCEPT;

/** The best correction of a word among those, within `distance` edits (2 is
 *  usual); empty where there is none or where the word itself is one.  Lent by
 *  the database. */
XC_TRY xc_db_suggest(const char **out, size_t *out_len, xc_db *db,
                     const char *word, size_t len, unsigned distance,
                     xc_error *err) XC_NOEXCEPT;

/** Keep a synonym of a term; one that is there already stays. */
XC_TRY xc_db_add_synonym(xc_db *db, const char *term, size_t len,
                         const char *synonym, size_t synonym_len,
                         xc_error *err) XC_NOEXCEPT;

/** Take a synonym of a term away.  What is not there is fine. */
XC_TRY xc_db_remove_synonym(xc_db *db, const char *term, size_t len,
                            const char *synonym, size_t synonym_len,
                            xc_error *err) XC_NOEXCEPT;

/** Take all synonyms of a term away. */
XC_TRY xc_db_clear_synonyms(xc_db *db, const char *term, size_t len,
                            xc_error *err) XC_NOEXCEPT;

/* ---- numbers as values ---- */

/** Write `number` to `out` as bytes that compare as numbers do, for a value to
 *  sort or filter by; how many there are is returned, 9 at most, and 0 for the
 *  lowest number of all or where memory is out.  Not NaN.  Any thread.
 *
 *      char v[9];
 *
 *      st = xc_doc_set_value(doc, 0, v, xc_sortable(v, 1987.5), &err); */
XC_API size_t xc_sortable(char out[9], double number) XC_NOEXCEPT;

/** The number of such bytes; what it is of others is not defined.  Any
 *  thread. */
XC_API double xc_unsortable(const char *bytes, size_t len) XC_NOEXCEPT;

/* ---- care ---- */

/** What a check prints, and whether it mends: any of them, by `|`. */
enum {
    /** A line for each block of the tables. */
    XC_CHECK_SHORT_TREE = 1,
    /** The whole tables, which are long. */
    XC_CHECK_FULL_TREE = 2,
    /** The blocks that are free. */
    XC_CHECK_FREE_LIST = 4,
    /** How large the tables are. */
    XC_CHECK_STATS = 8,
    /** Mend a version file that is lost or damaged as well as may be; nobody
     *  may have the database open. */
    XC_CHECK_FIX = 16
};

/** Look for damage in the database at `path`, as `flags` say: *errors is how
 *  much was found, and the report goes to `line` (NULL: to nobody), line by
 *  line, each lent for that call, with `payload`.  `line` is called after the
 *  check, by the same thread.  Damage that is found is XC_OK with *errors
 *  above 0; what is damaged too much to be looked at is XC_CORRUPT or
 *  XC_OPENING.  Tables bear no checksums: what is changed without breaking
 *  their structure is not seen.  Reads all of the database. */
XC_TRY xc_check(size_t *errors, const char *path, int flags,
                void (*line)(const char *text, void *payload), void *payload,
                xc_error *err) XC_NOEXCEPT;

/** How hard to compact: one of the first three, and any of the rest added to
 *  it by `|`. */
enum {
    /** Fill blocks as they come. */
    XC_COMPACT_STANDARD = 0,
    /** Split items so that blocks get full. */
    XC_COMPACT_MORE = 1,
    /** Fuller still, which makes later changes slower. */
    XC_COMPACT_FULLER = 2,
    /** Keep the ids of documents; XC_INVALID where those of several databases
     *  overlap.  Else they are counted on from one database to the next. */
    XC_COMPACT_NO_RENUMBER = 4,
    /** Merge many databases in several passes: fewer files are open at once,
     *  and more is written. */
    XC_COMPACT_MULTIPASS = 8,
    /** Write one file in place of a folder, for reading only. */
    XC_COMPACT_SINGLE_FILE = 16
};

/** Write the `n` databases at the paths in `source` as one, in their order,
 *  compactly, to `path`, which must not exist yet.  The sources stay as they
 *  are, and must not be written meanwhile.  After a failure what there is at
 *  `path` is the caller's to remove.  XC_NO_DATABASE, XC_OPENING, XC_INVALID
 *  for n 0 as well. */
XC_TRY xc_compact(const char *path, const char *const *source, size_t n,
                  int flags, xc_error *err) XC_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#include "xapian_c_search.h"

#endif
