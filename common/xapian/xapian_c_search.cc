/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_c_search.cc - lists that are walked, queries, and searching
 */
#include "xapian_c_impl.h"

#include <algorithm>
#include <cmath>

static_assert(XC_OP_AND == int(Xapian::Query::OP_AND) &&
                  XC_OP_OR == int(Xapian::Query::OP_OR) &&
                  XC_OP_AND_NOT == int(Xapian::Query::OP_AND_NOT) &&
                  XC_OP_XOR == int(Xapian::Query::OP_XOR) &&
                  XC_OP_AND_MAYBE == int(Xapian::Query::OP_AND_MAYBE) &&
                  XC_OP_FILTER == int(Xapian::Query::OP_FILTER) &&
                  XC_OP_NEAR == int(Xapian::Query::OP_NEAR) &&
                  XC_OP_PHRASE == int(Xapian::Query::OP_PHRASE) &&
                  XC_OP_ELITE_SET == int(Xapian::Query::OP_ELITE_SET) &&
                  XC_OP_SYNONYM == int(Xapian::Query::OP_SYNONYM) &&
                  XC_OP_MAX == int(Xapian::Query::OP_MAX),
              "operators are passed through");
static_assert(XC_WILDCARD_ERROR == int(Xapian::Query::WILDCARD_LIMIT_ERROR) &&
                  XC_WILDCARD_FIRST ==
                      int(Xapian::Query::WILDCARD_LIMIT_FIRST) &&
                  XC_WILDCARD_MOST_FREQUENT ==
                      int(Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT),
              "limits are passed through");
static_assert(XC_EXPAND_QUERY_TERMS == Xapian::Enquire::INCLUDE_QUERY_TERMS &&
                  XC_EXPAND_EXACT_FREQ == Xapian::Enquire::USE_EXACT_TERMFREQ,
              "flags are passed through");
static_assert(XC_ASCENDING == int(Xapian::Enquire::ASCENDING) &&
                  XC_DESCENDING == int(Xapian::Enquire::DESCENDING) &&
                  XC_DONT_CARE == int(Xapian::Enquire::DONT_CARE),
              "orders are passed through");

/* ---- lists -------------------------------------------------------------- */

enum xc_status
xc_iter_postings(xc_iter **out, xc_db *db, const char *term, size_t len,
                 struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const std::string t = xc_string(term, len);

        return xc_number_walk_of(
            db->db.postlist_begin(t), db->db.postlist_end(t),
            [](const Xapian::PostingIterator &i, xc_iter &it) {
                it.id = *i;
                it.wdf = i.get_wdf();
                it.length = i.get_doclength();
            });
    });
}

enum xc_status
xc_iter_documents(xc_iter **out, xc_db *db, const char *term, size_t len,
                  struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const std::string t = xc_string(term, len);

        return xc_number_walk_of(
            db->db.postlist_begin(t), db->db.postlist_end(t),
            [](const Xapian::PostingIterator &i, xc_iter &it) {
                it.id = *i;
                it.wdf = i.get_wdf();
            });
    });
}

enum xc_status
xc_iter_positions(xc_iter **out, xc_db *db, uint32_t id, const char *term,
                  size_t len, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const std::string t = xc_string(term, len);

        return xc_number_walk_of(db->db.positionlist_begin(id, t),
                                 db->db.positionlist_end(id, t),
                                 [](const Xapian::PositionIterator &i,
                                    xc_iter &it) { it.position = *i; });
    });
}

static void
fill_doc_term(const Xapian::TermIterator &i, xc_iter &it)
{
    it.bytes = *i;
    it.wdf = i.get_wdf();
    it.freq = i.get_termfreq();
}

static void
fill_term(const Xapian::TermIterator &i, xc_iter &it)
{
    it.bytes = *i;
    it.freq = i.get_termfreq();
}

static void
fill_bytes(const Xapian::TermIterator &i, xc_iter &it)
{
    it.bytes = *i;
}

enum xc_status
xc_iter_doc_terms(xc_iter **out, xc_db *db, uint32_t id,
                  struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        return xc_byte_walk_of(db->db.termlist_begin(id),
                               db->db.termlist_end(id), fill_doc_term);
    });
}

enum xc_status
xc_iter_terms(xc_iter **out, xc_db *db, const char *prefix, size_t len,
              struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const std::string p = xc_string(prefix, len);

        return xc_byte_walk_of(db->db.allterms_begin(p),
                               db->db.allterms_end(p), fill_term);
    });
}

enum xc_status
xc_iter_values(xc_iter **out, xc_db *db, uint32_t slot,
               struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const xc_reserve merges_what_is_pending;

        return xc_number_walk_of(
            db->db.valuestream_begin(slot), db->db.valuestream_end(slot),
            [](const Xapian::ValueIterator &i, xc_iter &it) {
                it.id = i.get_docid();
                it.bytes = *i;
            });
    });
}

enum xc_status
xc_iter_metadata(xc_iter **out, xc_db *db, const char *prefix, size_t len,
                 struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const std::string p = xc_string(prefix, len);

        return xc_byte_walk_of(db->db.metadata_keys_begin(p),
                               db->db.metadata_keys_end(p), fill_bytes);
    });
}

enum xc_status
xc_iter_spellings(xc_iter **out, xc_db *db, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        return xc_byte_walk_of(db->db.spellings_begin(),
                               db->db.spellings_end(), fill_term);
    });
}

enum xc_status
xc_iter_synonyms(xc_iter **out, xc_db *db, const char *term, size_t len,
                 struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const std::string t = xc_string(term, len);

        return xc_byte_walk_of(db->db.synonyms_begin(t),
                               db->db.synonyms_end(t), fill_bytes);
    });
}

enum xc_status
xc_iter_synonym_keys(xc_iter **out, xc_db *db, const char *prefix, size_t len,
                     struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const std::string p = xc_string(prefix, len);

        return xc_byte_walk_of(db->db.synonym_keys_begin(p),
                               db->db.synonym_keys_end(p), fill_bytes);
    });
}

enum xc_status
xc_iter_terms_of(xc_iter **out, xc_doc *doc, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        return xc_byte_walk_of(doc->d.termlist_begin(), doc->d.termlist_end(),
                               [](const Xapian::TermIterator &i, xc_iter &it) {
                                   it.bytes = *i;
                                   it.wdf = i.get_wdf();
                               });
    });
}

enum xc_status
xc_iter_values_of(xc_iter **out, xc_doc *doc, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        return xc_number_walk_of(
            doc->d.values_begin(), doc->d.values_end(),
            [](const Xapian::ValueIterator &i, xc_iter &it) {
                it.id = i.get_valueno();
                it.bytes = *i;
            });
    });
}

void
xc_iter_free(xc_iter *it) noexcept
{
    delete it;
}

static bool
arrive(xc_iter *it)
{
    if (it->at_end())
        return false;
    it->fill();
    return true;
}

enum xc_status
xc_iter_next(bool *more, xc_iter *it, struct xc_error *err) noexcept
{
    *more = false;
    return xc_guard(err, [&] {
        if (it->begun && !it->at_end())
            it->advance();
        it->begun = true;
        *more = arrive(it);
    });
}

enum xc_status
xc_iter_skip_to(bool *more, xc_iter *it, uint32_t at,
                struct xc_error *err) noexcept
{
    *more = false;
    return xc_guard(err, [&] {
        if (!it->at_end())
            it->skip(at);
        it->begun = true;
        *more = arrive(it);
    });
}

enum xc_status
xc_iter_skip_to_bytes(bool *more, xc_iter *it, const char *bytes, size_t len,
                      struct xc_error *err) noexcept
{
    *more = false;
    return xc_guard(err, [&] {
        if (!it->at_end())
            it->skip_bytes(xc_string(bytes, len));
        it->begun = true;
        *more = arrive(it);
    });
}

uint32_t
xc_iter_id(const xc_iter *it) noexcept
{
    return it->id;
}

uint32_t
xc_iter_position(const xc_iter *it) noexcept
{
    return it->position;
}

uint32_t
xc_iter_wdf(const xc_iter *it) noexcept
{
    return it->wdf;
}

uint32_t
xc_iter_length(const xc_iter *it) noexcept
{
    return it->length;
}

uint32_t
xc_iter_freq(const xc_iter *it) noexcept
{
    return it->freq;
}

double
xc_iter_weight(const xc_iter *it) noexcept
{
    return it->weight;
}

const char *
xc_iter_bytes(const xc_iter *it, size_t *len) noexcept
{
    *len = it->bytes.size();
    return it->bytes.c_str();
}

/* ---- queries ------------------------------------------------------------ */

static void
check_number(double number)
{
    xc_require(std::isfinite(number) && number >= 0,
               "a number is below 0 or not finite");
}

static std::unique_ptr<xc_query>
query_of(const Xapian::Query &q, unsigned depth = 1)
{
    auto query = std::make_unique<xc_query>();

    /* Xapian walks and frees queries by recursion */
    xc_require(depth <= XC_QUERY_DEPTH_MAX, "a query has too many levels");
    query->q = q;
    query->depth = depth;
    return query;
}

enum xc_status
xc_query_term(xc_query **out, const char *term, size_t len, uint32_t wqf,
              uint32_t pos, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        return query_of(Xapian::Query(xc_string(term, len), wqf, pos));
    });
}

/* Not by Xapian's MatchAll and MatchNothing, which are global objects. */
enum xc_status
xc_query_match_all(xc_query **out, struct xc_error *err) noexcept
{
    return xc_make(out, err,
                   [&] { return query_of(Xapian::Query(std::string())); });
}

enum xc_status
xc_query_match_nothing(xc_query **out, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] { return query_of(Xapian::Query()); });
}

/* For a value that is none of them, the cast below would be undefined. */
static void
check_combining(const enum xc_op &op)
{
    const int n = xc_number(op);

    if (n < XC_OP_AND || n > XC_OP_MAX ||
        (n > XC_OP_PHRASE && n != XC_OP_ELITE_SET && n < XC_OP_SYNONYM))
        throw Xapian::InvalidArgumentError("no operator to combine queries");
}

enum xc_status
xc_query_combine(xc_query **out, enum xc_op op, const xc_query *const *query,
                 size_t n, uint32_t parameter, struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        std::vector<Xapian::Query> all;
        unsigned depth = 0;

        check_combining(op);
        all.reserve(n);
        for (size_t i = 0; i < n; i++) {
            all.push_back(query[i]->q);
            depth = std::max(depth, query[i]->depth);
        }
        return query_of(Xapian::Query(static_cast<Xapian::Query::op>(op),
                                      all.begin(), all.end(), parameter),
                        depth + 1);
    });
}

enum xc_status
xc_query_scale(xc_query **out, const xc_query *query, double factor,
               struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        check_number(factor);
        return query_of(Xapian::Query(factor, query->q), query->depth + 1);
    });
}

enum xc_status
xc_query_value_range(xc_query **out, uint32_t slot, const char *low,
                     size_t low_len, const char *high, size_t high_len,
                     struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        if (low && high)
            return query_of(Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot,
                                          xc_string(low, low_len),
                                          xc_string(high, high_len)));
        if (high)
            return query_of(Xapian::Query(Xapian::Query::OP_VALUE_LE, slot,
                                          xc_string(high, high_len)));
        return query_of(Xapian::Query(Xapian::Query::OP_VALUE_GE, slot,
                                      xc_string(low, low ? low_len : 0)));
    });
}

enum xc_status
xc_query_wildcard(xc_query **out, const char *prefix, size_t len, uint32_t max,
                  enum xc_wildcard_limit limit, enum xc_op op,
                  struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const int l = xc_number(limit);

        check_combining(op);
        xc_require(l >= XC_WILDCARD_ERROR && l <= XC_WILDCARD_MOST_FREQUENT,
                   "no limit of a wildcard");
        return query_of(Xapian::Query(Xapian::Query::OP_WILDCARD,
                                      xc_string(prefix, len), max, l,
                                      static_cast<Xapian::Query::op>(op)));
    });
}

enum xc_status
xc_query_description(const char **text, size_t *len, xc_query *query,
                     struct xc_error *err) noexcept
{
    return xc_lent(text, len, query->text, err,
                   [&] { return query->q.get_description(); });
}

enum xc_status
xc_query_serialise(const char **bytes, size_t *len, xc_query *query,
                   struct xc_error *err) noexcept
{
    return xc_lent(bytes, len, query->text, err,
                   [&] { return query->q.serialise(); });
}

enum xc_status
xc_query_unserialise(xc_query **out, const char *bytes, size_t len,
                     struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        return query_of(Xapian::Query::unserialise(xc_string(bytes, len)));
    });
}

void
xc_query_free(xc_query *query) noexcept
{
    delete query;
}

/* ---- enquire ------------------------------------------------------------ */

struct xc_enquire {
    Xapian::Database db;
    Xapian::Enquire e;
    std::unique_ptr<Xapian::MultiValueKeyMaker> key;
    std::vector<uint32_t> facet;
    std::unique_ptr<xc_spying> spy;
    Xapian::RSet relevant;

    explicit xc_enquire(const Xapian::Database &db_) : db(db_), e(db_)
    {
    }
};

struct xc_mset {
    Xapian::MSet m;
    Xapian::Database db; /* for the terms that a hit matched, with the */
    Xapian::Query q;     /* query as it was when searched */
    std::vector<std::unique_ptr<Xapian::ValueCountMatchSpy>> spy;
    std::string text;

    xc_mset(const Xapian::Database &db_, const Xapian::Query &q_)
        : db(db_), q(q_)
    {
    }
};

enum xc_status
xc_enquire_new(xc_enquire **out, const xc_db *db,
               struct xc_error *err) noexcept
{
    return xc_make(out, err,
                   [&] { return std::make_unique<xc_enquire>(db->db); });
}

void
xc_enquire_free(xc_enquire *enquire) noexcept
{
    delete enquire;
}

enum xc_status
xc_enquire_set_query(xc_enquire *enquire, const xc_query *query,
                     uint32_t query_length, struct xc_error *err) noexcept
{
    return xc_guard(err,
                    [&] { enquire->e.set_query(query->q, query_length); });
}

enum xc_status
xc_enquire_set_bm25(xc_enquire *enquire, double k1, double k2, double k3,
                    double b, double min_normlen,
                    struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        for (double number : {k1, k2, k3, b, min_normlen})
            check_number(number);
        xc_require(b <= 1, "b is above 1");
        enquire->e.set_weighting_scheme(
            Xapian::BM25Weight(k1, k2, k3, b, min_normlen));
    });
}

enum xc_status
xc_enquire_set_boolean(xc_enquire *enquire, struct xc_error *err) noexcept
{
    return xc_guard(
        err, [&] { enquire->e.set_weighting_scheme(Xapian::BoolWeight()); });
}

enum xc_status
xc_enquire_set_tfidf(xc_enquire *enquire, const char *normalisations,
                     struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        enquire->e.set_weighting_scheme(Xapian::TfIdfWeight(normalisations));
    });
}

enum xc_status
xc_enquire_set_relevant(xc_enquire *enquire, const uint32_t *id, size_t n,
                        struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        Xapian::RSet relevant;

        for (size_t i = 0; i < n; i++)
            relevant.add_document(id[i]);
        enquire->relevant = relevant;
    });
}

enum xc_status
xc_enquire_set_docid_order(xc_enquire *enquire, enum xc_docid_order order,
                           struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        const int n = xc_number(order);

        xc_require(n >= XC_DESCENDING && n <= XC_DONT_CARE, "no order of ids");
        enquire->e.set_docid_order(
            static_cast<Xapian::Enquire::docid_order>(order));
    });
}

static void
check_sort(const enum xc_sort &sort)
{
    const int n = xc_number(sort);

    xc_require(n >= XC_SORT_RELEVANCE && n <= XC_SORT_RELEVANCE_THEN_VALUE,
               "no order of hits");
}

enum xc_status
xc_enquire_set_sort(xc_enquire *enquire, enum xc_sort sort, uint32_t slot,
                    bool descending, struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        Xapian::Enquire &e = enquire->e;

        check_sort(sort);
        if (sort == XC_SORT_VALUE)
            e.set_sort_by_value(slot, descending);
        else if (sort == XC_SORT_VALUE_THEN_RELEVANCE)
            e.set_sort_by_value_then_relevance(slot, descending);
        else if (sort == XC_SORT_RELEVANCE_THEN_VALUE)
            e.set_sort_by_relevance_then_value(slot, descending);
        else
            e.set_sort_by_relevance();
    });
}

enum xc_status
xc_enquire_set_sort_key(xc_enquire *enquire, enum xc_sort sort,
                        const uint32_t *slot, const bool *descending, size_t n,
                        struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        auto key = std::make_unique<Xapian::MultiValueKeyMaker>();
        Xapian::Enquire &e = enquire->e;

        check_sort(sort);
        for (size_t i = 0; i < n; i++)
            key->add_value(slot[i], descending[i]);
        if (sort == XC_SORT_VALUE)
            e.set_sort_by_key(key.get(), false);
        else if (sort == XC_SORT_VALUE_THEN_RELEVANCE)
            e.set_sort_by_key_then_relevance(key.get(), false);
        else if (sort == XC_SORT_RELEVANCE_THEN_VALUE)
            e.set_sort_by_relevance_then_key(key.get(), false);
        else
            throw Xapian::InvalidArgumentError("a key without its sort");
        enquire->key = std::move(key);
    });
}

enum xc_status
xc_enquire_set_collapse(xc_enquire *enquire, uint32_t slot, uint32_t max,
                        struct xc_error *err) noexcept
{
    return xc_guard(err, [&] { enquire->e.set_collapse_key(slot, max); });
}

enum xc_status
xc_enquire_set_cutoff(xc_enquire *enquire, int percent, double weight,
                      struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        xc_require(percent >= 0 && percent <= 100,
                   "a cutoff is not 0 to 100 %");
        check_number(weight);
        enquire->e.set_cutoff(percent, weight);
    });
}

enum xc_status
xc_enquire_set_time_limit(xc_enquire *enquire, double seconds,
                          struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        check_number(seconds);
        enquire->e.set_time_limit(seconds);
    });
}

enum xc_status
xc_enquire_add_facet(xc_enquire *enquire, uint32_t slot,
                     struct xc_error *err) noexcept
{
    return xc_guard(err, [&] { enquire->facet.push_back(slot); });
}

enum xc_status
xc_enquire_set_spy(xc_enquire *enquire, xc_spy spy, void *payload,
                   struct xc_error *err) noexcept
{
    return xc_guard(err, [&] {
        enquire->spy =
            spy ? std::make_unique<xc_spying>(spy, payload) : nullptr;
    });
}

/* The terms that begin with a prefix. */
struct begins_with : Xapian::ExpandDecider {
    const std::string prefix;

    explicit begins_with(const std::string &p) : prefix(p)
    {
    }
    bool
    operator()(const std::string &term) const override
    {
        return term.compare(0, prefix.size(), prefix) == 0;
    }
};

enum xc_status
xc_enquire_expand(xc_iter **out, xc_enquire *enquire, uint32_t max, int flags,
                  const char *prefix, size_t len,
                  struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const begins_with decider(xc_string(prefix, len));

        xc_check_flags(flags, XC_EXPAND_QUERY_TERMS | XC_EXPAND_EXACT_FREQ);
        const Xapian::ESet terms =
            enquire->e.get_eset(max, enquire->relevant, flags, &decider);

        return xc_walk_of(terms.begin(), terms.end(),
                          [](const Xapian::ESetIterator &i, xc_iter &it) {
                              it.bytes = *i;
                              it.weight = i.get_weight();
                          });
    });
}

/* ---- msets -------------------------------------------------------------- */

/* Takes the spies of a search off its enquire, however the search ends. */
struct spies_off {
    Xapian::Enquire &e;
    ~spies_off()
    {
        (void)xc_guard(nullptr, [&] { e.clear_matchspies(); });
    }
};

enum xc_status
xc_enquire_mset(xc_mset **out, xc_enquire *enquire, uint32_t first,
                uint32_t max, uint32_t check_at_least,
                struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        auto mset =
            std::make_unique<xc_mset>(enquire->db, enquire->e.get_query());
        const xc_reserve for_lists;
        spies_off after{enquire->e};

        for (uint32_t slot : enquire->facet) {
            mset->spy.push_back(
                std::make_unique<Xapian::ValueCountMatchSpy>(slot));
            enquire->e.add_matchspy(mset->spy.back().get());
        }
        if (enquire->spy)
            enquire->e.add_matchspy(enquire->spy.get());
        mset->m = enquire->e.get_mset(first, max, check_at_least,
                                      &enquire->relevant);
        return mset;
    });
}

void
xc_mset_free(xc_mset *mset) noexcept
{
    delete mset;
}

void
xc_mset_get_info(struct xc_mset_info *out, const xc_mset *mset) noexcept
{
    *out = {};
    (void)xc_guard(nullptr, [&] {
        const Xapian::MSet &m = mset->m;

        out->hits = m.size();
        out->first = m.get_firstitem();
        out->lower = m.get_matches_lower_bound();
        out->estimated = m.get_matches_estimated();
        out->upper = m.get_matches_upper_bound();
        out->uncollapsed_lower = m.get_uncollapsed_matches_lower_bound();
        out->uncollapsed_upper = m.get_uncollapsed_matches_upper_bound();
        out->max_possible = m.get_max_possible();
        out->max_attained = m.get_max_attained();
        out->uncollapsed_estimated = m.get_uncollapsed_matches_estimated();
    });
}

static Xapian::MSetIterator
hit_at(const xc_mset *mset, uint32_t i)
{
    if (i >= mset->m.size())
        throw Xapian::RangeError("no such hit");
    return mset->m[i];
}

enum xc_status
xc_mset_hit(struct xc_hit *out, xc_mset *mset, uint32_t i,
            struct xc_error *err) noexcept
{
    *out = {};
    return xc_guard(err, [&] {
        const Xapian::MSetIterator hit = hit_at(mset, i);

        out->id = *hit;
        out->weight = hit.get_weight();
        out->percent = hit.get_percent();
        out->collapsed = hit.get_collapse_count();
        mset->text = hit.get_collapse_key();
        xc_lend(&out->collapse_key, &out->collapse_key_len, mset->text);
    });
}

enum xc_status
xc_mset_sort_key(const char **key, size_t *len, xc_mset *mset, uint32_t i,
                 struct xc_error *err) noexcept
{
    return xc_lent(key, len, mset->text, err,
                   [&] { return hit_at(mset, i).get_sort_key(); });
}

enum xc_status
xc_mset_document(xc_doc **out, xc_mset *mset, uint32_t i,
                 struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        auto doc = std::make_unique<xc_doc>();

        doc->d = hit_at(mset, i).get_document();
        return doc;
    });
}

enum xc_status
xc_mset_term(uint32_t *documents, double *weight, xc_mset *mset,
             const char *term, size_t len, struct xc_error *err) noexcept
{
    if (documents)
        *documents = 0;
    if (weight)
        *weight = 0;
    return xc_guard(err, [&] {
        const std::string t = xc_string(term, len);

        if (documents)
            *documents = mset->m.get_termfreq(t);
        if (weight)
            *weight = mset->m.get_termweight(t);
    });
}

enum xc_status
xc_mset_matching_terms(xc_iter **out, xc_mset *mset, uint32_t i,
                       struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        const Xapian::MSetIterator hit = hit_at(mset, i);
        Xapian::Enquire e(mset->db);

        e.set_query(mset->q);
        return xc_walk_of(e.get_matching_terms_begin(hit),
                          e.get_matching_terms_end(hit), fill_bytes);
    });
}

enum xc_status
xc_mset_snippet(const char **out, size_t *len, xc_mset *mset, const char *text,
                size_t text_len, size_t length, const char *language,
                const char *start, const char *end,
                struct xc_error *err) noexcept
{
    return xc_lent(out, len, mset->text, err, [&] {
        const Xapian::Stem stem =
            language ? Xapian::Stem(language) : Xapian::Stem();

        return mset->m.snippet(xc_string(text, text_len), length, stem,
                               Xapian::MSet::SNIPPET_BACKGROUND_MODEL |
                                   Xapian::MSet::SNIPPET_EXHAUSTIVE,
                               start, end);
    });
}

enum xc_status
xc_mset_facet(xc_iter **out, xc_mset *mset, size_t facet, size_t max,
              struct xc_error *err) noexcept
{
    return xc_make(out, err, [&] {
        if (facet >= mset->spy.size())
            throw Xapian::RangeError("no such facet");
        return xc_walk_of(mset->spy[facet]->top_values_begin(max),
                          mset->spy[facet]->top_values_end(max), fill_term);
    });
}
