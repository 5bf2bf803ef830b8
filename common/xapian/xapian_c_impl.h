/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_c_impl.h - what the files of the binding share: the one place where
 * exceptions become statuses, and the objects behind the handles
 */
#ifndef XAPIAN_C_IMPL_H
#define XAPIAN_C_IMPL_H

#include <xapian.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "xapian_c.h"

/* The status of the exception that is being handled, its detail into *err. */
enum xc_status xc_caught(struct xc_error *err) noexcept;

/* Run f; whatever it throws becomes a status. */
template <typename F>
enum xc_status
xc_guard(struct xc_error *err, F f) noexcept
{
    try {
        f();
        return XC_OK;
    } catch (...) {
        return xc_caught(err);
    }
}

/* The same for what makes an object: *out is NULL unless f returned. */
template <typename T, typename F>
enum xc_status
xc_make(T **out, struct xc_error *err, F f) noexcept
{
    *out = nullptr;
    return xc_guard(err, [&] { *out = f().release(); });
}

/* What is in an enum that comes from C, where it may be any number: in C++ one
 * that the enum has no room for must not be read as such. */
template <typename E>
int
xc_number(const E &e)
{
    int n;

    static_assert(sizeof n == sizeof e, "an enum is an int");
    std::memcpy(&n, &e, sizeof n);
    return n;
}

/* A function of the application's that failed.  It passes through libxapian,
 * which catches its own exceptions alone. */
struct xc_ended {
    struct xc_error detail;
};

/* The failure of such a function, whose detail `e` it has written or not. */
[[noreturn]] void xc_end(const enum xc_status &st, struct xc_error &e);

/* Call one by f, which takes a struct xc_error *. */
template <typename F>
void
xc_ask(F f)
{
    struct xc_error e = {};
    const enum xc_status st = f(&e);

    if (xc_number(st) != XC_OK)
        xc_end(st, e);
}

/* libxapian 1.4 does not survive it everywhere that operator new fails.  When
 * it merges values into a table, in a destructor (~ValueUpdater), the process
 * ends; when it builds the lists of a search (AndContext::postlist, for NEAR,
 * PHRASE, AND_NOT and AND_MAYBE), it frees lists twice.  As long as one of
 * these lives, an operator new of its thread that fails gives the reserve
 * back and tries again, so that Xapian gets through on it.  Making one fails
 * with bad_alloc, before harm can be done.  One within another, of what a
 * source does in a search, leaves that one's reserve to it. */
class xc_reserve
{
  public:
    xc_reserve();
    ~xc_reserve();
    xc_reserve(const xc_reserve &) = delete;
    xc_reserve &operator=(const xc_reserve &) = delete;

  private:
    const bool own;
};

/* Xapian takes some arguments that cannot be for others that can. */
static inline void
xc_require(bool is, const char *what)
{
    if (!is)
        throw Xapian::InvalidArgumentError(what);
}

static inline void
xc_check_flags(int flags, int known)
{
    xc_require((flags & ~known) == 0, "a flag that is not known");
}

static inline std::string
xc_string(const char *bytes, size_t len)
{
    return len ? std::string(bytes, len) : std::string();
}

static inline void
xc_lend(const char **bytes, size_t *len, const std::string &from)
{
    *bytes = from.c_str();
    *len = from.size();
}

/* Lend what f makes, kept in `store`; nothing where it fails. */
template <typename F>
enum xc_status
xc_lent(const char **bytes, size_t *len, std::string &store,
        struct xc_error *err, F f) noexcept
{
    *bytes = "";
    *len = 0;
    return xc_guard(err, [&] {
        store = f();
        xc_lend(bytes, len, store);
    });
}

struct xc_doc {
    Xapian::Document d;
    std::string text; /* what was lent last */
};

struct xc_db {
    Xapian::Database db;
    std::unique_ptr<Xapian::WritableDatabase> w; /* shares db's internals */
    bool in_transaction = false;
    bool failed = false; /* a write failed: what was pending is lost */
    std::string text, text2;

    Xapian::WritableDatabase &writable();
};

struct xc_query {
    Xapian::Query q;
    unsigned depth = 1; /* levels, as far as they are known */
    std::string text;
};

/* What calls a spy of the application's. */
struct xc_spying : Xapian::MatchSpy {
    xc_spy spy;
    void *payload;

    xc_spying(xc_spy spy_, void *payload_) : spy(spy_), payload(payload_)
    {
    }
    void operator()(const Xapian::Document &doc, double weight) override;
    std::string name() const override;
};

/* A list that is walked.  It stands before its first item at first; `fill`
 * takes over what the item is. */
struct xc_iter {
    bool begun = false;
    uint32_t id = 0, position = 0, wdf = 0, length = 0, freq = 0;
    double weight = 0;
    std::string bytes;

    virtual ~xc_iter() = default;
    virtual bool at_end() = 0;
    virtual void advance() = 0;
    virtual void
    skip(uint32_t)
    {
        throw Xapian::UnimplementedError(
            "a list of bytes has no numbers to skip to");
    }
    virtual void
    skip_bytes(const std::string &)
    {
        throw Xapian::UnimplementedError(
            "a list that is not in the order of bytes");
    }
    virtual void fill() = 0;
};

/* The walk over a pair of Xapian's iterators; `Fill` is called with the
 * iterator and the list. */
template <typename I, typename Fill> struct xc_walk : xc_iter {
    I i, end;
    Fill f;

    xc_walk(I begin, I end_, Fill f_) : i(begin), end(end_), f(f_)
    {
    }
    bool
    at_end() override
    {
        return i == end;
    }
    void
    advance() override
    {
        ++i;
    }
    void
    fill() override
    {
        f(i, *this);
    }
};

/* The same where the items are in the order of a number. */
template <typename I, typename Fill> struct xc_number_walk : xc_walk<I, Fill> {
    using xc_walk<I, Fill>::xc_walk;
    void
    skip(uint32_t at) override
    {
        this->i.skip_to(at);
    }
};

/* The same where they are in the order of their bytes. */
template <typename I, typename Fill> struct xc_byte_walk : xc_walk<I, Fill> {
    using xc_walk<I, Fill>::xc_walk;
    void
    skip_bytes(const std::string &at) override
    {
        this->i.skip_to(at);
    }
};

template <typename I, typename Fill>
std::unique_ptr<xc_iter>
xc_byte_walk_of(I begin, I end, Fill f)
{
    return std::unique_ptr<xc_iter>(new xc_byte_walk<I, Fill>(begin, end, f));
}

template <typename I, typename Fill>
std::unique_ptr<xc_iter>
xc_walk_of(I begin, I end, Fill f)
{
    return std::unique_ptr<xc_iter>(new xc_walk<I, Fill>(begin, end, f));
}

template <typename I, typename Fill>
std::unique_ptr<xc_iter>
xc_number_walk_of(I begin, I end, Fill f)
{
    return std::unique_ptr<xc_iter>(
        new xc_number_walk<I, Fill>(begin, end, f));
}

#endif
