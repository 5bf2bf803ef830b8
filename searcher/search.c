/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search.c - searching an archive, and whole articles of it: the public
 * functions
 *
 *   text -> query_parse -> engine -> articles -> snippets -> hits
 *
 * A search takes all that it gives out at once, so that its hits belong to
 * one state of the archive.  Where the engine says that the state is gone,
 * the handle is refreshed and the whole search done again, TRIES times at
 * most, with growing pauses.
 */
#include <stdlib.h>

#include "../common/article/date.h"
#include "../common/base/sized.h"
#include "dates.h"
#include "handle.h"
#include "query/analyse.h"
#include "snippet.h"

enum { LIMIT_MAX = 1000000, OFFSET_MAX = 1000000000, K1_MAX = 1000000 };

struct hit {
    struct morgue_hit hit;
    struct morgue_snippet snippet;
};

struct morgue_hits {
    struct arena arena;
    struct hit *hit;
    size_t n, words_n;
    uint64_t total;
    bool exact, snippets;
};

struct morgue_text {
    struct arena arena;
    struct morgue_article article;
};

/* ---- searching ---------------------------------------------------------- */

static enum morgue_status
check_options(const struct morgue_search_options *o, struct morgue_error *err)
{
    char code[LANG_MAX];

    if ((unsigned)o->match > MORGUE_MATCH_ANY)
        return error_set(err, MORGUE_USAGE, "there is no match %d",
                         (int)o->match);
    if ((unsigned)o->sort > MORGUE_SORT_OLDEST)
        return error_set(err, MORGUE_USAGE, "there is no sort %d",
                         (int)o->sort);
    if (o->limit > LIMIT_MAX)
        return error_set(err, MORGUE_USAGE, "at most %d hits can be returned",
                         LIMIT_MAX);
    if (o->offset > OFFSET_MAX)
        return error_set(err, MORGUE_USAGE, "at most %d hits can be left out",
                         OFFSET_MAX);
    /* Written so that what is no number is out of range. */
    if (!(o->k1 >= 0 && o->k1 <= K1_MAX) || !(o->b >= 0 && o->b <= 1))
        return error_set(err, MORGUE_USAGE,
                         "k1 must be from 0 to %d, b from 0 to 1", K1_MAX);
    if (!date_in_range(o->from) || !date_in_range(o->to))
        return error_set(err, MORGUE_USAGE,
                         "dates must be of the years %d to %d", DATE_YEAR_MIN,
                         DATE_YEAR_MAX);
    if (o->lang)
        stem_code(code, str_of(o->lang));
    if (o->lang && !code[0])
        return error_set(err, MORGUE_USAGE,
                         "'%s' is not the code of a language", o->lang);
    return MORGUE_OK;
}

/* The options in force, checked. */
static enum morgue_status
take_options(struct morgue_search_options *out,
             const struct morgue_search_options *given,
             struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *out = (struct morgue_search_options)MORGUE_SEARCH_INIT;
    if (given)
        st = sized_in(out, given, &sized_search_options, err);
    if (st)
        return st;
    return check_options(out, err);
}

/* The query with the option's language as a filter. */
static struct query *
with_lang(struct arena *arena, struct query *q, struct session *s,
          const struct morgue_search_options *o)
{
    struct morgue_str term;
    struct query *part[2] = {q, NULL};

    if (!o->lang)
        return q;
    if (term_value(&term, arena, &field_info[FIELD_LANG],
                   tokenizer_fold(s->tokenizer), str_of(o->lang), NULL))
        return NULL;
    part[1] = query_term(arena, term, 1);
    return query_node(arena, QUERY_FILTER, part, 2);
}

static enum morgue_status
fill_hit(struct hit *out, struct session *s, struct arena *arena,
         struct arena *scratch, struct snippet_maker *snippets,
         uint64_t number, struct morgue_error *err)
{
    struct morgue_article a;
    struct morgue_str *to[] = {
        &out->hit.id,     &out->hit.title,  &out->hit.url,  &out->hit.section,
        &out->hit.source, &out->hit.author, &out->hit.lang, &out->hit.status};
    enum morgue_status st;

    arena_reset(scratch);
    st = engine_article(&a, s->reader, scratch, number, snippets != NULL, err);
    if (st)
        return st;
    struct morgue_str from[] = {a.id,     a.title,  a.url,  a.section,
                                a.source, a.author, a.lang, a.status};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (!arena_str(arena, from[i], to[i]))
            return error_nomem(err);
    out->hit.date = a.date;
    st = engine_words(&out->hit.words, s->reader, number, err);
    if (!st && snippets)
        st = snippet_make(&out->snippet, snippets, arena, &a, err);
    return st;
}

/* One try at a search: all of it into *hits. */
static enum morgue_status
search_once(struct morgue_hits *hits, struct session *s,
            const struct query *query, struct snippet_maker *snippets,
            const struct morgue_search_options *o, struct morgue_error *err)
{
    struct engine_params params = {.k1 = o->k1,
                                   .b = o->b,
                                   .sort = o->sort,
                                   .offset = o->offset,
                                   .limit = o->limit,
                                   .exact_total = o->exact_total};
    struct engine_hits found;
    struct arena scratch;
    enum morgue_status st;

    arena_reset(&hits->arena);
    arena_init(&scratch, SIZE_MAX / 2);
    st = engine_search(&found, s->reader, &hits->arena, query, &params, err);
    if (st)
        goto done;
    hits->n = found.n;
    hits->total = found.total;
    hits->exact = found.exact;
    hits->hit = arena_zero(&hits->arena, found.n + 1, sizeof *hits->hit);
    if (!hits->hit) {
        st = error_nomem(err);
        goto done;
    }
    for (size_t i = 0; i < found.n && !st; i++) {
        st = fill_hit(&hits->hit[i], s, &hits->arena, &scratch, snippets,
                      found.hit[i].number, err);
        hits->hit[i].hit.rank = o->offset + i + 1;
        hits->hit[i].hit.score = found.hit[i].score;
    }
    /* A document that is gone between the two: the state has changed. */
    if (st == MORGUE_NO_ARTICLE)
        st = MORGUE_BUSY;
done:
    arena_free(&scratch);
    return st;
}

static enum morgue_status
parse(struct parsed *out, struct arena *arena, struct session *s,
      struct parse_context *context, const char *query,
      const struct morgue_search_options *o, struct morgue_error *err)
{
    enum morgue_status st;
    struct query *q;

    *context = (struct parse_context){
        .tokenizer = s->tokenizer,
        .stemmer = s->stemmer,
        .lang = o->lang ? &o->lang : s->state->stem,
        .lang_n = o->lang ? 1 : s->state->stem_n,
        .match = o->match,
        .may_be_empty = dates_asked(o) || o->lang,
    };
    st = query_parse(out, arena, str_of(query), context, err);
    if (!st)
        st = dates_filter(&out->query, arena, o, err);
    if (st)
        return st;
    q = out->query ? with_lang(arena, out->query, s, o) : NULL;
    out->query = embargoes_filter(arena, q, &s->state->embargoes);
    return out->query ? MORGUE_OK : error_nomem(err);
}

enum morgue_status
morgue_search(morgue_hits **out, morgue *m, const char *query,
              const struct morgue_search_options *options,
              struct morgue_error *err)
{
    struct morgue_search_options o;
    struct arena arena;
    struct parsed parsed;
    struct parse_context context;
    struct snippet_maker *snippets = NULL;
    struct morgue_hits *hits;
    enum morgue_status st;

    if (out)
        *out = NULL;
    if (!out || !m || !query)
        return error_null(err, "out, m and query");
    st = take_options(&o, options, err);
    if (st)
        return st;
    hits = calloc(1, sizeof *hits);
    if (!hits)
        return error_nomem(err);
    arena_init(&hits->arena, SIZE_MAX / 2);
    arena_init(&arena, (size_t)1 << 28);
    st = MORGUE_BUSY;
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct session *s;

        arena_reset(&arena);
        st = session_begin(&s, m, i, err);
        if (!st)
            st = handle_check_analysis(m, err);
        if (!st)
            st = parse(&parsed, &arena, s, &context, query, &o, err);
        if (!st && o.snippets)
            st = snippet_maker_new(&snippets, &parsed, &context, err);
        if (!st)
            st = search_once(hits, s, parsed.query, snippets, &o, err);
        snippet_maker_free(snippets);
        snippets = NULL;
        session_end(m, s);
    }
    if (st) {
        morgue_hits_free(hits);
    } else {
        hits->words_n = parsed.words_n;
        hits->snippets = o.snippets;
        *out = hits;
    }
    arena_free(&arena);
    return st;
}

bool
morgue_hits_get(const morgue_hits *hits, size_t i, struct morgue_hit *out)
{
    if (!hits || i >= hits->n || !out)
        return false;
    return sized_out(out, &hits->hit[i].hit, &sized_hit, NULL) == MORGUE_OK;
}

size_t
morgue_hits_n(const morgue_hits *hits)
{
    return hits ? hits->n : 0;
}

uint64_t
morgue_hits_total(const morgue_hits *hits, bool *exact)
{
    if (exact)
        *exact = !hits || hits->exact;
    return hits ? hits->total : 0;
}

size_t
morgue_hits_words_n(const morgue_hits *hits)
{
    return hits ? hits->words_n : 0;
}

enum morgue_status
morgue_hits_snippet(morgue_hits *hits, size_t i, struct morgue_snippet *out,
                    struct morgue_error *err)
{
    static const struct morgue_snippet none = MORGUE_SNIPPET_INIT;
    bool there = hits && i < hits->n && hits->snippets;
    enum morgue_status st;

    if (!out)
        return error_null(err, "hits and out");
    st = sized_out(out, there ? &hits->hit[i].snippet : &none, &sized_snippet,
                   err);
    if (st || there)
        return st;
    if (!hits)
        return error_null(err, "hits and out");
    return error_set(err, MORGUE_USAGE, "there is no snippet %zu", i);
}

void
morgue_hits_free(morgue_hits *hits)
{
    if (!hits)
        return;
    arena_free(&hits->arena);
    free(hits);
}

/* ---- whole articles ----------------------------------------------------- */

enum morgue_status
morgue_get(morgue_text **out, morgue *m, const char *id,
           struct morgue_error *err)
{
    struct morgue_text *text;
    uint64_t number;
    enum morgue_status st = MORGUE_BUSY;

    if (out)
        *out = NULL;
    if (!out || !m || !id)
        return error_null(err, "out, m and id");
    text = calloc(1, sizeof *text);
    if (!text)
        return error_nomem(err);
    arena_init(&text->arena, SIZE_MAX / 2);
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct session *s;

        arena_reset(&text->arena);
        st = session_begin(&s, m, i, err);
        if (!st)
            st = engine_find(&number, s->reader, str_of(id), err);
        if (!st)
            st = engine_article(&text->article, s->reader, &text->arena,
                                number, true, err);
        if (!st && embargo_holds(&text->article))
            st = error_set(err, MORGUE_NO_ARTICLE,
                           "the article '%s' is under embargo until %s", id,
                           text->article.embargo.s);
        session_end(m, s);
    }
    if (st)
        morgue_text_free(text);
    else
        *out = text;
    return st;
}

const struct morgue_article *
morgue_text_article(const morgue_text *text)
{
    return text ? &text->article : NULL;
}

void
morgue_text_free(morgue_text *text)
{
    if (!text)
        return;
    arena_free(&text->arena);
    free(text);
}
