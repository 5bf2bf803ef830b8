/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_c.cc - errors, documents, databases and their care
 */
#include "xapian_c_impl.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <new>
#include <sstream>
#include <typeinfo>

static_assert(XC_CREATE_OR_OVERWRITE == Xapian::DB_CREATE_OR_OVERWRITE &&
                  XC_CREATE == Xapian::DB_CREATE &&
                  XC_OPEN == Xapian::DB_OPEN &&
                  XC_CREATE_OR_OPEN == Xapian::DB_CREATE_OR_OPEN &&
                  XC_NO_SYNC == Xapian::DB_NO_SYNC &&
                  XC_FULL_SYNC == Xapian::DB_FULL_SYNC &&
                  XC_DANGEROUS == Xapian::DB_DANGEROUS &&
                  XC_NO_TERMLIST == Xapian::DB_NO_TERMLIST &&
                  XC_RETRY_LOCK == Xapian::DB_RETRY_LOCK,
              "flags are passed through");
static_assert(XC_CHECK_SHORT_TREE == Xapian::DBCHECK_SHORT_TREE &&
                  XC_CHECK_FULL_TREE == Xapian::DBCHECK_FULL_TREE &&
                  XC_CHECK_FREE_LIST == Xapian::DBCHECK_SHOW_FREELIST &&
                  XC_CHECK_STATS == Xapian::DBCHECK_SHOW_STATS &&
                  XC_CHECK_FIX == Xapian::DBCHECK_FIX,
              "flags are passed through");
static_assert(XC_COMPACT_MORE == int(Xapian::Compactor::FULL) &&
                  XC_COMPACT_FULLER == int(Xapian::Compactor::FULLER) &&
                  XC_COMPACT_NO_RENUMBER == Xapian::DBCOMPACT_NO_RENUMBER &&
                  XC_COMPACT_MULTIPASS == Xapian::DBCOMPACT_MULTIPASS &&
                  XC_COMPACT_SINGLE_FILE == Xapian::DBCOMPACT_SINGLE_FILE,
              "flags are passed through");

/* ---- errors ------------------------------------------------------------- */

/* Xapian tells the system's error by its text only. */
static int
errno_of(const char *text)
{
    static const int known[] = {ENOSPC, EDQUOT, EFBIG, ENOMEM, EACCES,
                                ENOENT, EIO,    EROFS, EMFILE};

    for (int e : known)
        if (text && std::strcmp(std::strerror(e), text) == 0)
            return e;
    return 0;
}

static enum xc_status
report(struct xc_error *err, enum xc_status status, const char *type,
       const char *message, const char *detail) noexcept
{
    if (!err)
        return status;
    err->status = status;
    err->system_errno = errno_of(detail);
    std::snprintf(err->type, sizeof err->type, "%s", type);
    if (detail && *detail)
        std::snprintf(err->message, sizeof err->message, "%s (%s)", message,
                      detail);
    else
        std::snprintf(err->message, sizeof err->message, "%s", message);
    for (char *s = err->message; *s; s++)
        if (static_cast<unsigned char>(*s) < 0x20)
            *s = ' ';
    return status;
}

static enum xc_status
report(struct xc_error *err, enum xc_status status, const Xapian::Error &e)
{
    const char *detail = e.get_error_string();

    if (detail && errno_of(detail) == ENOMEM)
        status = XC_NOMEM;
    return report(err, status, e.get_type(), e.get_msg().c_str(), detail);
}

/* Most derived class first. */
static enum xc_status
ladder(struct xc_error *err)
{
    try {
        throw;
    } catch (const xc_ended &e) {
        if (err)
            *err = e.detail;
        return e.detail.status;
    } catch (const std::bad_alloc &) {
        return report(err, XC_NOMEM, "bad_alloc", "out of memory", nullptr);
    } catch (const Xapian::DatabaseNotFoundError &e) {
        return report(err, XC_NO_DATABASE, e);
    } catch (const Xapian::DatabaseVersionError &e) {
        return report(err, XC_FORMAT, e);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return report(err, XC_OPENING, e);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return report(err, XC_CORRUPT, e);
    } catch (const Xapian::DatabaseLockError &e) {
        return report(err, XC_LOCKED, e);
    } catch (const Xapian::DatabaseModifiedError &e) {
        return report(err, XC_MODIFIED, e);
    } catch (const Xapian::DatabaseClosedError &e) {
        return report(err, XC_CLOSED, e);
    } catch (const Xapian::DatabaseError &e) {
        return report(err, XC_DATABASE, e);
    } catch (const Xapian::DocNotFoundError &e) {
        return report(err, XC_NOT_FOUND, e);
    } catch (const Xapian::NetworkTimeoutError &e) {
        return report(err, XC_TIMEOUT, e);
    } catch (const Xapian::NetworkError &e) {
        return report(err, XC_NETWORK, e);
    } catch (const Xapian::InvalidArgumentError &e) {
        return report(err, XC_INVALID, e);
    } catch (const Xapian::InvalidOperationError &e) {
        return report(err, XC_INVALID, e);
    } catch (const Xapian::UnimplementedError &e) {
        return report(err, XC_UNIMPLEMENTED, e);
    } catch (const Xapian::FeatureUnavailableError &e) {
        return report(err, XC_UNIMPLEMENTED, e);
    } catch (const Xapian::QueryParserError &e) {
        return report(err, XC_QUERY, e);
    } catch (const Xapian::WildcardError &e) {
        return report(err, XC_QUERY, e);
    } catch (const Xapian::RangeError &e) {
        return report(err, XC_RANGE, e);
    } catch (const Xapian::Error &e) {
        return report(err, XC_OTHER, e);
    } catch (const std::exception &e) {
        return report(err, XC_OTHER, "std::exception", e.what(), nullptr);
    } catch (...) {
        return report(err, XC_OTHER, "...", "unknown exception", nullptr);
    }
}

enum xc_status
xc_caught(struct xc_error *err) noexcept
{
    try {
        return ladder(err);
    } catch (...) { /* describing a failure may want memory */
        return report(err, XC_NOMEM, "bad_alloc", "out of memory", nullptr);
    }
}

const char *
xc_status_text(enum xc_status status) noexcept
{
    static const char *const text[] = {
        "done",
        "out of memory",
        "no such document",
        "no such database",
        "the database cannot be opened",
        "the database is damaged",
        "the database has another format version",
        "the database is being written by another",
        "the revision that is read is gone",
        "the database has been closed",
        "the database failed",
        "the remote database cannot be reached",
        "the remote database does not answer",
        "invalid argument",
        "the query cannot be answered",
        "out of range",
        "not implemented by this kind of database",
        "unexpected failure",
        "stopped by the application"};
    static_assert(sizeof text / sizeof *text == XC_STOPPED + 1,
                  "a text for each status");

    const int n = xc_number(status);

    return n >= XC_OK && n <= XC_STOPPED ? text[n] : "unknown status";
}

const char *
xc_version(void) noexcept
{
    return XC_VERSION;
}

const char *
xc_xapian_version(void) noexcept
{
    return Xapian::version_string();
}

/* ---- a reserve of memory ------------------------------------------------ */

static const size_t reserve_bytes = 1 << 20;

/* The process has one new handler, and this is it while any reserve lives.
 * One that was put above it meanwhile stays, and may call this one; then this
 * one must not be put above that. */
static std::mutex handler_lock;
static unsigned handler_users;
static bool handler_covered;
static std::atomic<std::new_handler> handler_before;

/* The model is told so that reaching it never allocates. */
static thread_local char *reserve __attribute__((tls_model("initial-exec"))) =
    nullptr;

static void
give_reserve()
{
    char *mine = reserve;
    std::new_handler before = handler_before;

    if (mine) {
        reserve = nullptr;
        delete[] mine;
    } else if (before) {
        before();
    } else {
        throw std::bad_alloc();
    }
}

xc_reserve::xc_reserve() : own(!reserve)
{
    std::unique_ptr<char[]> mine(own ? new char[reserve_bytes] : nullptr);
    std::lock_guard<std::mutex> hold(handler_lock);

    if (handler_users++ == 0 && !handler_covered)
        handler_before = std::set_new_handler(give_reserve);
    if (own)
        reserve = mine.release();
}

xc_reserve::~xc_reserve()
{
    if (own) {
        delete[] reserve;
        reserve = nullptr;
    }
    (void)xc_guard(nullptr, [] {
        std::lock_guard<std::mutex> hold(handler_lock);

        if (--handler_users > 0 || handler_covered)
            return;
        handler_covered = std::get_new_handler() != give_reserve;
        if (!handler_covered)
            std::set_new_handler(handler_before);
    });
}

/* ---- documents ---------------------------------------------------------- */

enum xc_status
xc_doc_new(xc_doc **out, struct xc_error *err) noexcept
{
    return xc_make(out, err, [] { return std::make_unique<xc_doc>(); });
}

void
xc_doc_free(xc_doc *doc) noexcept
{
    delete doc;
}

/* The longest key of a B-tree, less what Xapian puts around a term in one. */
static const size_t term_max = 245;

/* Refused here, for a database refuses it too late, when the document is added
 * or even when it is committed.  A NUL takes two bytes in a key. */
static std::string
checked_term(const char *term, size_t len)
{
    size_t in_key = len;

    for (size_t i = 0; i < len && len <= term_max; i++)
        in_key += term[i] == '\0';
    xc_require(in_key <= term_max, "a term is longer than 245 bytes");
    return xc_string(term, len);
}

enum xc_status
xc_doc_add_term(xc_doc *doc, const char *term, size_t len, uint32_t wdf,
                struct xc_error *err) noexcept
{
    return xc_guard(err,
                    [&] { doc->d.add_term(checked_term(term, len), wdf); });
}

enum xc_status
xc_doc_add_positions(xc_doc *doc, const char *term, size_t len,
                     const uint32_t *pos, size_t n, uint32_t wdf,
                     struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        const std::string t = checked_term(term, len);

        if (n == 0 || wdf > 0)
            doc->d.add_term(t, wdf);
        for (size_t i = 0; i < n; i++)
            doc->d.add_posting(t, pos[i], 0);
    });
}

enum xc_status
xc_doc_remove_term(xc_doc *doc, const char *term, size_t len,
                   struct xc_error *err) noexcept
{
    return xc_guard(err, [&] { doc->d.remove_term(xc_string(term, len)); });
}

enum xc_status
xc_doc_remove_position(xc_doc *doc, const char *term, size_t len, uint32_t pos,
                       uint32_t wdf, struct xc_error *err) noexcept
{
    return xc_guard(
        err, [&] { doc->d.remove_posting(xc_string(term, len), pos, wdf); });
}

enum xc_status
xc_doc_clear(xc_doc *doc, struct xc_error *err) noexcept
{
    return xc_guard(err, [&] { doc->d = Xapian::Document(); });
}

enum xc_status
xc_doc_serialise(const char **bytes, size_t *len, xc_doc *doc,
                 struct xc_error *err) noexcept
{
    return xc_lent(bytes, len, doc->text, err,
                   [&] { return doc->d.serialise(); });
}

enum xc_status
xc_doc_unserialise(xc_doc **out, const char *bytes, size_t len,
                   struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        auto doc = std::make_unique<xc_doc>();

        doc->d = Xapian::Document::unserialise(xc_string(bytes, len));
        return doc;
    });
}

enum xc_status
xc_doc_set_value(xc_doc *doc, uint32_t slot, const char *value, size_t len,
                 struct xc_error *err) noexcept
{
    return xc_guard(err,
                    [&] { doc->d.add_value(slot, xc_string(value, len)); });
}

enum xc_status
xc_doc_set_data(xc_doc *doc, const char *data, size_t len,
                struct xc_error *err) noexcept
{
    return xc_guard(err, [&] { doc->d.set_data(xc_string(data, len)); });
}

enum xc_status
xc_doc_id(uint32_t *out, const xc_doc *doc, struct xc_error *err) noexcept
{
    *out = 0;
    return xc_guard(err, [&] { *out = doc->d.get_docid(); });
}

enum xc_status
xc_doc_data(const char **data, size_t *len, xc_doc *doc,
            struct xc_error *err) noexcept
{
    return xc_lent(data, len, doc->text, err,
                   [&] { return doc->d.get_data(); });
}

enum xc_status
xc_doc_value(const char **value, size_t *len, xc_doc *doc, uint32_t slot,
             struct xc_error *err) noexcept
{
    return xc_lent(value, len, doc->text, err,
                   [&] { return doc->d.get_value(slot); });
}

/* ---- opening and closing ------------------------------------------------ */

Xapian::WritableDatabase &
xc_db::writable()
{
    if (!w)
        throw Xapian::InvalidOperationError("not open for writing");
    if (failed)
        throw Xapian::DatabaseError(
            "an earlier write failed, what was not committed is lost");
    return *w;
}

static std::unique_ptr<xc_db>
reading(const Xapian::Database &db)
{
    auto handle = std::make_unique<xc_db>();

    handle->db = db;
    return handle;
}

static std::unique_ptr<xc_db>
writing(std::unique_ptr<Xapian::WritableDatabase> w)
{
    auto handle = std::make_unique<xc_db>();

    handle->db = *w;
    handle->w = std::move(w);
    return handle;
}

enum xc_status
xc_db_open(xc_db **out, const char *path, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] { return reading(Xapian::Database(path)); });
}

enum xc_status
xc_db_open_write(xc_db **out, const char *path, int flags, int block_size,
                 struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        xc_check_flags(flags, XC_OPEN | XC_NO_SYNC | XC_FULL_SYNC |
                                  XC_DANGEROUS | XC_NO_TERMLIST |
                                  XC_RETRY_LOCK);
        xc_require(block_size == 0 ||
                       (block_size >= 2048 && block_size <= 65536 &&
                        (block_size & (block_size - 1)) == 0),
                   "a block is no power of two from 2048 to 65536");
        return writing(std::make_unique<Xapian::WritableDatabase>(path, flags,
                                                                  block_size));
    });
}

enum xc_status
xc_db_open_memory(xc_db **out, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        return writing(std::make_unique<Xapian::WritableDatabase>(
            std::string(), Xapian::DB_BACKEND_INMEMORY));
    });
}

static const unsigned default_connect_ms = 10000;

/* The system would take 16 bits of it. */
static void
check_port(unsigned port)
{
    xc_require(port >= 1 && port <= 65535, "a port is not 1 to 65535");
}

enum xc_status
xc_db_open_remote(xc_db **out, const char *host, unsigned port,
                  unsigned timeout_ms, unsigned connect_ms,
                  struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        check_port(port);
        return reading(Xapian::Remote::open(host, port, timeout_ms,
                                            connect_ms ? connect_ms
                                                       : default_connect_ms));
    });
}

enum xc_status
xc_db_open_remote_write(xc_db **out, const char *host, unsigned port,
                        unsigned timeout_ms, unsigned connect_ms,
                        struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        check_port(port);
        return writing(std::make_unique<Xapian::WritableDatabase>(
            Xapian::Remote::open_writable(host, port, timeout_ms,
                                          connect_ms ? connect_ms
                                                     : default_connect_ms)));
    });
}

enum xc_status
xc_db_add_database(xc_db *db, const xc_db *other,
                   struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        if (!db->w != !other->w)
            throw Xapian::InvalidOperationError(
                "one is open for writing, one is not");
        if (db->in_transaction || other->in_transaction)
            throw Xapian::InvalidOperationError("is in a transaction");
        if (db->w) {
            db->w->add_database(*other->w);
            db->db = *db->w;
        } else {
            db->db.add_database(other->db);
        }
    });
}

enum xc_status
xc_db_reopen(bool *changed, xc_db *db, struct xc_error *err) noexcept
{
    if (changed)
        *changed = false;
    return xc_guard(err, [&] {
        bool c = db->db.reopen();

        if (changed)
            *changed = c;
    });
}

/* Xapian commits what is pending when a database is closed or destroyed,
 * unless a transaction is open; an unflushed one begins without committing.
 * It is not cancelled but closed in: a cancel that fails leaves the
 * transaction, and then the destructor would commit after all. */
void
xc_db_close(xc_db *db) noexcept
{
    if (!db)
        return;
    if (db->w) {
        if (!db->in_transaction)
            (void)xc_guard(nullptr, [&] { db->w->begin_transaction(false); });
        (void)xc_guard(nullptr, [&] { db->w->close(); });
    }
    delete db;
}

/* ---- facts -------------------------------------------------------------- */

enum xc_status
xc_db_get_info(struct xc_db_info *out, xc_db *db,
               struct xc_error *err) noexcept
{
    *out = {};
    return xc_guard(err, [&] {
        out->documents = db->db.get_doccount();
        out->last_id = db->db.get_lastdocid();
        out->mean_length = db->db.get_average_length();
        out->length_min = db->db.get_doclength_lower_bound();
        out->length_max = db->db.get_doclength_upper_bound();
        out->has_positions = db->db.has_positions();
        std::snprintf(out->uuid, sizeof out->uuid, "%s",
                      db->db.get_uuid().c_str());
        out->total_length = db->db.get_total_length();
    });
}

enum xc_status
xc_db_revision(uint64_t *out, xc_db *db, struct xc_error *err) noexcept
{
    *out = 0;
    return xc_guard(err, [&] { *out = db->db.get_revision(); });
}

enum xc_status
xc_db_keep_alive(xc_db *db, struct xc_error *err) noexcept
{
    return xc_guard(err, [&] { db->db.keep_alive(); });
}

enum xc_status
xc_db_has_term(bool *out, xc_db *db, const char *term, size_t len,
               struct xc_error *err) noexcept
{
    *out = false;
    return xc_guard(err,
                    [&] { *out = db->db.term_exists(xc_string(term, len)); });
}

enum xc_status
xc_db_unique_terms(uint32_t *out, xc_db *db, uint32_t id,
                   struct xc_error *err) noexcept
{
    *out = 0;
    return xc_guard(err, [&] { *out = db->db.get_unique_terms(id); });
}

enum xc_status
xc_db_freq(uint32_t *documents, uint64_t *occurrences, xc_db *db,
           const char *term, size_t len, struct xc_error *err) noexcept
{
    if (documents)
        *documents = 0;
    if (occurrences)
        *occurrences = 0;
    return xc_guard(err, [&] {
        const std::string t = xc_string(term, len);

        if (documents)
            *documents = db->db.get_termfreq(t);
        if (occurrences)
            *occurrences = db->db.get_collection_freq(t);
    });
}

enum xc_status
xc_db_length(uint32_t *out, xc_db *db, uint32_t id,
             struct xc_error *err) noexcept
{
    *out = 0;
    return xc_guard(err, [&] { *out = db->db.get_doclength(id); });
}

enum xc_status
xc_db_value_info(uint32_t *documents, const char **low, size_t *low_len,
                 const char **high, size_t *high_len, xc_db *db, uint32_t slot,
                 struct xc_error *err) noexcept
{
    *documents = 0;
    *low = *high = "";
    *low_len = *high_len = 0;
    return xc_guard(err, [&] {
        *documents = db->db.get_value_freq(slot);
        db->text = db->db.get_value_lower_bound(slot);
        db->text2 = db->db.get_value_upper_bound(slot);
        xc_lend(low, low_len, db->text);
        xc_lend(high, high_len, db->text2);
    });
}

enum xc_status
xc_db_document(xc_doc **out, xc_db *db, uint32_t id,
               struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        auto doc = std::make_unique<xc_doc>();

        doc->d = db->db.get_document(id);
        return doc;
    });
}

enum xc_status
xc_db_metadata(const char **value, size_t *len, xc_db *db, const char *key,
               size_t key_len, struct xc_error *err) noexcept
{
    return xc_lent(value, len, db->text, err, [&] {
        return db->db.get_metadata(xc_string(key, key_len));
    });
}

/* ---- writing ------------------------------------------------------------ */

/* A change that fails within Xapian may have made it drop all that was
 * pending, this change or not, or have been done by half; a commit after it
 * would look like success.  So the handle takes no more.  `check` runs before,
 * and may throw without harm. */
template <typename Check, typename F>
static enum xc_status
change_checked(xc_db *db, struct xc_error *err, Check check, F f) noexcept
{
    enum xc_status st = xc_guard(err, [&] {
        (void)db->writable();
        check();
    });

    if (st == XC_OK) {
        st = xc_guard(err, [&] {
            const xc_reserve commits_by_itself;

            f(*db->w);
        });
        db->failed = st != XC_OK;
    }
    return st;
}

/* The same for what is not a document: there Xapian looks at the arguments
 * before it touches anything. */
template <typename F>
static enum xc_status
change(xc_db *db, struct xc_error *err, F f) noexcept
{
    enum xc_status st = xc_guard(err, [&] {
        Xapian::WritableDatabase &w = db->writable();
        const xc_reserve for_values;

        f(w);
    });

    if (st != XC_OK && st != XC_INVALID && st != XC_UNIMPLEMENTED)
        db->failed = db->w != nullptr;
    return st;
}

static void
check_id(uint32_t id)
{
    xc_require(id != 0, "a document has no id 0");
}

static void
check_unique_term(size_t len)
{
    xc_require(len != 0, "a unique term may not be empty");
}

enum xc_status
xc_db_add(uint32_t *id, xc_db *db, const xc_doc *doc,
          struct xc_error *err) noexcept
{
    if (id)
        *id = 0;
    return change_checked(
        db, err, [] {},
        [&](Xapian::WritableDatabase &w) {
            uint32_t got = w.add_document(doc->d);

            if (id)
                *id = got;
        });
}

enum xc_status
xc_db_replace(xc_db *db, uint32_t id, const xc_doc *doc,
              struct xc_error *err) noexcept
{
    return change_checked(
        db, err, [&] { check_id(id); },
        [&](Xapian::WritableDatabase &w) { w.replace_document(id, doc->d); });
}

enum xc_status
xc_db_replace_term(uint32_t *id, xc_db *db, const char *term, size_t len,
                   const xc_doc *doc, struct xc_error *err) noexcept
{
    if (id)
        *id = 0;
    return change_checked(
        db, err, [&] { check_unique_term(len); },
        [&](Xapian::WritableDatabase &w) {
            uint32_t got = w.replace_document(xc_string(term, len), doc->d);

            if (id)
                *id = got;
        });
}

/* Asked before, whether it is there: Xapian would drop what is pending. */
enum xc_status
xc_db_delete(xc_db *db, uint32_t id, struct xc_error *err) noexcept
{
    return change_checked(
        db, err, [&] { (void)db->db.get_doclength(id); },
        [&](Xapian::WritableDatabase &w) { w.delete_document(id); });
}

enum xc_status
xc_db_delete_term(xc_db *db, const char *term, size_t len,
                  struct xc_error *err) noexcept
{
    return change_checked(
        db, err, [&] { check_unique_term(len); },
        [&](Xapian::WritableDatabase &w) {
            w.delete_document(xc_string(term, len));
        });
}

enum xc_status
xc_db_set_metadata(xc_db *db, const char *key, size_t key_len,
                   const char *value, size_t len,
                   struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        w.set_metadata(xc_string(key, key_len), xc_string(value, len));
    });
}

enum xc_status
xc_db_commit(xc_db *db, struct xc_error *err) noexcept
{
    return change(db, err, [](Xapian::WritableDatabase &w) { w.commit(); });
}

enum xc_status
xc_db_begin(xc_db *db, bool flush, struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        w.begin_transaction(flush);
        db->in_transaction = true;
    });
}

/* A commit that fails has left its transaction, with nothing written. */
enum xc_status
xc_db_commit_transaction(xc_db *db, struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        db->in_transaction = false;
        w.commit_transaction();
    });
}

/* Where all is dropped, what failed before is dropped with it. */
enum xc_status
xc_db_cancel_transaction(xc_db *db, struct xc_error *err) noexcept
{
    bool failed = db->failed;

    db->failed = false;

    enum xc_status st = change(db, err, [&](Xapian::WritableDatabase &w) {
        db->in_transaction = false;
        w.cancel_transaction();
    });

    if (st != XC_OK)
        db->failed |= failed;
    return st;
}

/* ---- spelling and synonyms ---------------------------------------------- */

enum xc_status
xc_db_add_spelling(xc_db *db, const char *word, size_t len, uint32_t freq,
                   struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        w.add_spelling(xc_string(word, len), freq);
    });
}

enum xc_status
xc_db_remove_spelling(xc_db *db, const char *word, size_t len, uint32_t freq,
                      struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        w.remove_spelling(xc_string(word, len), freq);
    });
}

enum xc_status
xc_db_suggest(const char **out, size_t *out_len, xc_db *db, const char *word,
              size_t len, unsigned distance, struct xc_error *err) noexcept
{
    return xc_lent(out, out_len, db->text, err, [&] {
        return db->db.get_spelling_suggestion(xc_string(word, len), distance);
    });
}

enum xc_status
xc_db_add_synonym(xc_db *db, const char *term, size_t len, const char *synonym,
                  size_t synonym_len, struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        w.add_synonym(xc_string(term, len), xc_string(synonym, synonym_len));
    });
}

enum xc_status
xc_db_remove_synonym(xc_db *db, const char *term, size_t len,
                     const char *synonym, size_t synonym_len,
                     struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        w.remove_synonym(xc_string(term, len),
                         xc_string(synonym, synonym_len));
    });
}

enum xc_status
xc_db_clear_synonyms(xc_db *db, const char *term, size_t len,
                     struct xc_error *err) noexcept
{
    return change(db, err, [&](Xapian::WritableDatabase &w) {
        w.clear_synonyms(xc_string(term, len));
    });
}

/* ---- numbers as values -------------------------------------------------- */

size_t
xc_sortable(char out[9], double number) noexcept
{
    size_t len = 0;

    (void)xc_guard(nullptr, [&] {
        const std::string s = Xapian::sortable_serialise(number);

        std::memcpy(out, s.data(), s.size());
        len = s.size();
    });
    return len;
}

double
xc_unsortable(const char *bytes, size_t len) noexcept
{
    double number = 0;

    (void)xc_guard(nullptr, [&] {
        number = Xapian::sortable_unserialise(xc_string(bytes, len));
    });
    return number;
}

/* ---- care --------------------------------------------------------------- */

enum xc_status
xc_check(size_t *errors, const char *path, int flags,
         void (*line)(const char *text, void *payload), void *payload,
         struct xc_error *err) noexcept
{
    *errors = 0;
    return xc_guard(err, [&] {
        std::stringstream text;
        std::string one;

        xc_check_flags(flags, XC_CHECK_SHORT_TREE | XC_CHECK_FULL_TREE |
                                  XC_CHECK_FREE_LIST | XC_CHECK_STATS |
                                  XC_CHECK_FIX);
        *errors = Xapian::Database::check(path, flags, &text);
        while (line && std::getline(text, one))
            line(one.c_str(), payload);
    });
}

enum xc_status
xc_compact(const char *path, const char *const *source, size_t n, int flags,
           struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        Xapian::Database all;
        const int how = XC_COMPACT_MORE | XC_COMPACT_FULLER;

        xc_check_flags(flags, how | XC_COMPACT_NO_RENUMBER |
                                  XC_COMPACT_MULTIPASS |
                                  XC_COMPACT_SINGLE_FILE);
        xc_require((flags & how) != how, "more and fuller at once");
        xc_require(n > 0, "nothing to compact");
        for (size_t i = 0; i < n; i++)
            all.add_database(Xapian::Database(source[i]));
        all.compact(path, static_cast<unsigned>(flags));
    });
}
