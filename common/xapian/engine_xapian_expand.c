/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_expand.c - what terms a pattern stands for, and how many
 * articles have a term
 *
 * All terms that begin as the pattern does are read, which for one that begins
 * with a wildcard, or has edits, are all with the prefix; so time grows with
 * the number of words that there are.
 */
#include "../engine/expand.h"
#include "engine_xapian.h"

struct expanding {
    struct automaton automaton;
    struct morgue_str prefix;
    bool no_capital;
    char begin[256]; /* what all terms begin with */
    size_t begin_len;
    struct expand_best best;
    struct stop *stop;
};

/* Whether the term is behind the prefix of another kind of terms. */
static bool
has_other_prefix(const struct expanding *e, struct morgue_str term)
{
    return e->no_capital && term.len > e->prefix.len &&
           term.s[e->prefix.len] >= 'A' && term.s[e->prefix.len] <= 'Z';
}

/* To the terms behind those of other kinds. */
static enum xc_status
pass_others(bool *more, const struct expanding *e, xc_iter *it,
            struct xc_error *xerr)
{
    char behind[sizeof e->begin + 1];

    memcpy(behind, e->prefix.s, e->prefix.len);
    behind[e->prefix.len] = 'Z' + 1;
    return xc_iter_skip_to_bytes(more, it, behind, e->prefix.len + 1, xerr);
}

static enum xc_status
take_term(struct expanding *e, xc_iter *it, struct xc_error *xerr)
{
    size_t len;
    const char *s = xc_iter_bytes(it, &len);
    struct morgue_str word = str_slice(s + e->prefix.len, len - e->prefix.len);

    if (automaton_takes(&e->automaton, word) &&
        !expand_add(&e->best, str_slice(s, len), xc_iter_freq(it), NULL))
        return xe_nomem(xerr);
    return XC_OK;
}

static enum xc_status
take_terms(struct expanding *e, xc_iter *it, struct xc_error *xerr)
{
    enum { LOOK = 1024 };
    bool more;
    size_t len;
    enum xc_status xst = xc_iter_next(&more, it, xerr);

    for (size_t i = 1; !xst && more; i++) {
        const char *s = xc_iter_bytes(it, &len);

        if (i % LOOK == 0 && stop_now(e->stop))
            break;
        if (has_other_prefix(e, str_slice(s, len))) {
            xst = pass_others(&more, e, it, xerr);
            continue;
        }
        xst = take_term(e, it, xerr);
        if (!xst)
            xst = xc_iter_next(&more, it, xerr);
    }
    return xst;
}

enum morgue_status
xe_expand(struct expansions *out, struct engine_reader *reader,
          struct arena *arena, struct morgue_str prefix,
          const struct pattern *pattern, size_t max, struct stop *stop,
          struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    xc_iter *it = NULL;
    struct expanding e = {.prefix = prefix,
                          .no_capital = expand_no_capital(prefix),
                          .stop = stop};
    enum xc_status xst;
    enum morgue_status st;

    expand_begin(&e.best, max, 0, arena);
    if (prefix.len > TERM_MAX)
        return MORGUE_OK; /* no term is so long */
    memcpy(e.begin, prefix.s, prefix.len);
    e.begin_len = prefix.len + pattern_begins(e.begin + prefix.len,
                                              TERM_MAX - prefix.len, pattern);
    automaton_init(&e.automaton, pattern);
    xst = xc_iter_terms(&it, r->db, e.begin, e.begin_len, &xerr);
    if (!xst)
        xst = take_terms(&e, it, &xerr);
    xc_iter_free(it);
    st = from_xapian(err, xst, &xerr, "list terms");
    if (!st)
        st = stop_status(stop, err);
    if (!st)
        expand_end(out, &e.best);
    return st;
}

enum morgue_status
xe_frequency(uint64_t *articles, struct engine_reader *reader,
             struct morgue_str term, struct morgue_error *err)
{
    struct xe_reader *r = xe_reader(reader);
    struct xc_error xerr;
    uint32_t documents = 0;
    enum xc_status xst =
        xc_db_freq(&documents, NULL, r->db, term.s, term.len, &xerr);

    *articles = documents;
    return from_xapian(err, xst, &xerr, "count the articles of a term");
}
