/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_c_source.cc - what calls the application back: sources and spies
 *
 * libxapian asks a posting source by next, skip_to and check, each time with
 * a place to be remembered; all three become a seek or a check here.  It has a
 * copy of its own made for each database that it searches, which is where a
 * state is kept.
 */
#include "xapian_c_impl.h"

#include <cmath>
#include <cstdio>

void
xc_end(const enum xc_status &st, struct xc_error &e)
{
    const int n = xc_number(st);

    if (n < XC_OK || n > XC_STOPPED)
        e.status = XC_OTHER;
    else
        e.status = st;
    e.type[sizeof e.type - 1] = '\0';
    e.message[sizeof e.message - 1] = '\0';
    if (!e.message[0])
        std::snprintf(e.message, sizeof e.message,
                      "a function of the application ended it: %s",
                      xc_status_text(e.status));
    throw xc_ended{e};
}

/* ---- sources ------------------------------------------------------------ */

namespace
{

class source_of_application : public Xapian::PostingSource
{
  public:
    source_of_application(const struct xc_source &ask_, void *payload_)
        : ask(ask_), payload(payload_)
    {
    }
    ~source_of_application() override
    {
        end();
    }
    source_of_application *
    clone() const override
    {
        return new source_of_application(ask, payload);
    }
    void init(const Xapian::Database &searched) override;
    void
    next(double) override
    {
        seek(current + 1); /* behind the last id, 0 */
    }
    void
    skip_to(Xapian::docid at, double) override
    {
        if (at > current)
            seek(at);
    }
    bool check(Xapian::docid at, double) override;
    double get_weight() const override;
    bool
    at_end() const override
    {
        return ended;
    }
    Xapian::docid
    get_docid() const override
    {
        return current;
    }
    Xapian::doccount
    get_termfreq_min() const override
    {
        return bounds.least;
    }
    Xapian::doccount
    get_termfreq_est() const override
    {
        return bounds.likely;
    }
    Xapian::doccount
    get_termfreq_max() const override
    {
        return bounds.most;
    }
    std::string
    get_description() const override
    {
        return "source of the application";
    }

    /* Asked for where it is to be sent. */
    std::string
    name() const override
    {
        throw Xapian::UnimplementedError(
            "a source of the application cannot be sent to a server");
    }

  private:
    void seek(Xapian::docid at);
    void end();

    const struct xc_source ask;
    void *const payload;
    struct xc_source_bounds bounds = {};
    std::unique_ptr<xc_db> db;
    void *state = nullptr;
    bool started = false, ended = false;
    Xapian::docid current = 0;
};

void
source_of_application::end()
{
    if (started && ask.end)
        ask.end(state);
    started = false;
    state = nullptr;
}

void
source_of_application::init(const Xapian::Database &searched)
{
    end();
    ended = false;
    current = 0;
    bounds = {};
    db = std::make_unique<xc_db>();
    db->db = searched;
    xc_ask([&](struct xc_error *e) {
        return ask.start(&state, &bounds, db.get(), payload, e);
    });
    started = true;
    xc_require(bounds.least <= bounds.likely && bounds.likely <= bounds.most,
               "a source's bounds are not in order");
    xc_require(std::isfinite(bounds.weight) && bounds.weight >= 0,
               "a source's weight is below 0 or not finite");
    set_maxweight(bounds.weight);
}

void
source_of_application::seek(Xapian::docid at)
{
    uint32_t id = 0;

    if (at > 0)
        xc_ask(
            [&](struct xc_error *e) { return ask.seek(&id, at, state, e); });
    xc_require(id == 0 || id >= at, "a source went back");
    ended = id == 0;
    current = id;
}

bool
source_of_application::check(Xapian::docid at, double)
{
    bool is = false;

    if (at <= current)
        return true;
    if (!ask.check) {
        seek(at);
        return true;
    }
    xc_ask([&](struct xc_error *e) { return ask.check(&is, at, state, e); });
    if (is)
        current = at;
    return is;
}

double
source_of_application::get_weight() const
{
    double weight = 0;

    if (ask.weight)
        xc_ask(
            [&](struct xc_error *e) { return ask.weight(&weight, state, e); });
    return weight;
}

} // namespace

enum xc_status
xc_query_source(xc_query **out, const struct xc_source *source, void *payload,
                struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        auto query = std::make_unique<xc_query>();

        xc_require(source->start && source->seek,
                   "a source has no start or no seek");
        auto made = std::make_unique<source_of_application>(*source, payload);
        query->q = Xapian::Query(made->release());
        (void)made.release();
        return query;
    });
}

/* ---- spies -------------------------------------------------------------- */

/* The document is one for all calls, and lives shorter than the spy. */
void
xc_spying::operator()(const Xapian::Document &doc, double weight)
{
    xc_doc lent;

    lent.d = doc;
    xc_ask([&](struct xc_error *e) {
        return spy(doc.get_docid(), weight, &lent, payload, e);
    });
}

std::string
xc_spying::name() const
{
    throw Xapian::UnimplementedError(
        "a spy of the application cannot be sent to a server");
}
