/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * search.c - reading an archive: the public functions
 *
 *   text -> query_parse -> engine -> articles -> snippets -> hits
 *
 * A search takes all that it gives out at once, so that its hits belong to
 * one state of the archive.  Where the engine says that the state is gone,
 * the reader is refreshed and the whole search done again, TRIES times at
 * most, with growing pauses.
 */
#include <stdlib.h>
#include <time.h>

#include "../common/article/date.h"
#include "../common/base/sized.h"
#include "dates.h"
#include "handle.h"
#include "parse.h"
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

/* ---- opening ------------------------------------------------------------ */

struct languages {
    struct morgue *m;
    uint64_t articles; /* that have one */
    bool nomem;
};

/* Put a language where it belongs by how many articles it has; false when out
 * of memory. */
static bool
put_language(struct morgue *m, struct morgue_str code, uint64_t articles,
             bool last)
{
    size_t i = m->lang_n, cap = m->lang_cap ? 2 * m->lang_cap : 16;

    if (i == m->lang_cap) {
        struct language *more = realloc(m->language, cap * sizeof *more);

        if (!more)
            return false;
        m->language = more;
        m->lang_cap = cap;
    }
    for (; !last && i > 0 && m->language[i - 1].articles < articles; i--)
        m->language[i] = m->language[i - 1];
    m->language[i] = (struct language){.articles = articles};
    memcpy(m->language[i].code, code.s, code.len);
    m->lang_n++;
    return true;
}

static bool
add_language(struct morgue_str term, uint64_t articles, void *languages)
{
    struct languages *l = languages;
    size_t prefix = strlen(field_info[FIELD_LANG].prefix);
    struct morgue_str code = str_slice(term.s + prefix, term.len - prefix);

    l->articles += articles;
    if (code.len > 0 && code.len < LANG_MAX)
        l->nomem = !put_language(l->m, code, articles, false);
    return !l->nomem;
}

/* The language whose stems the articles in `lang` have; "": they have none.
 * Static. */
static const char *
stem_space(const char *lang)
{
    int number = stem_find(str_of(lang));

    return number == STEM_NONE ? "" : stem_language((size_t)number);
}

/* Where words of a query are looked for: each space of stems once. */
static void
choose_stems(struct morgue *m)
{
    m->stem_n = 0;
    for (size_t i = 0; i < m->lang_n; i++) {
        const char *space = stem_space(m->language[i].code);
        size_t k = 0;

        while (k < m->stem_n && strcmp(m->stem[k], space) != 0)
            k++;
        if (k == m->stem_n)
            m->stem[m->stem_n++] = space;
    }
}

/* The languages that the archive holds, from its language terms, and none
 * where there are articles without. */
static enum morgue_status
read_languages(struct morgue *m, struct morgue_error *err)
{
    struct engine_hits all;
    struct arena arena;
    struct query every = {.op = QUERY_EVERY};
    struct engine_params params = {.k1 = 1, .b = 0, .exact_total = true};
    struct languages l = {.m = m};
    enum morgue_status st;

    m->lang_n = 0;
    arena_init(&arena, 1 << 20);
    st = m->engine->terms(m->reader, str_of(field_info[FIELD_LANG].prefix),
                          add_language, &l, err);
    if (!st)
        st = m->engine->search(&all, m->reader, &arena, &every, &params, err);
    if (!st && all.total > l.articles)
        l.nomem |= !put_language(m, STR(""), all.total - l.articles, true);
    if (!st && l.nomem)
        st = error_nomem(err);
    choose_stems(m);
    arena_free(&arena);
    return st;
}

/* What the handle knows of the state that its reader sees. */
static enum morgue_status
read_state(struct morgue *m, struct morgue_error *err)
{
    enum morgue_status st = read_languages(m, err);

    if (!st)
        st = embargoes_read(&m->embargoes, m->engine, m->reader, err);
    m->whole = !st;
    return st;
}

static void
pause_before(int attempt)
{
    struct timespec t = {.tv_nsec = 1000000L << (attempt < 8 ? attempt : 8)};

    if (attempt > 0)
        nanosleep(&t, NULL);
}

enum morgue_status
morgue_refresh(morgue *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_BUSY;

    if (!m)
        return error_null(err, "m");
    m->whole = false;
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        pause_before(i);
        st = m->engine->reader_refresh(m->reader, err);
        if (!st)
            st = read_state(m, err);
    }
    return st;
}

enum morgue_status
handle_prepare(struct morgue *m, int attempt, struct morgue_error *err)
{
    pause_before(attempt);
    return attempt > 0 || !m->whole ? morgue_refresh(m, err) : MORGUE_OK;
}

enum morgue_status
morgue_open(morgue **out, const char *path, struct morgue_error *err)
{
    enum morgue_status st;
    struct morgue *m;

    if (out)
        *out = NULL;
    if (!out || !path)
        return error_null(err, "out and path");
    m = calloc(1, sizeof *m);
    if (!m)
        return error_nomem(err);
    embargoes_init(&m->embargoes);
    m->dir.fd = -1;
    st = dir_open(&m->dir, path, err);
    if (!st)
        st = archive_read(&m->info, &m->dir, err);
    if (st)
        goto done;
    m->engine = m->info.engine;
    st = m->engine->reader_open(&m->reader, &m->dir, err);
    if (!st)
        st = tokenizer_new(&m->tokenizer, err);
    if (!st)
        st = stemmer_new(&m->stemmer, err);
    if (!st)
        st = read_state(m, err);
    if (st == MORGUE_BUSY)
        st = morgue_refresh(m, err);
done:
    if (st)
        morgue_close(m);
    else
        *out = m;
    return st;
}

void
morgue_close(morgue *m)
{
    if (!m)
        return;
    if (m->reader)
        m->engine->reader_close(m->reader);
    tokenizer_free(m->tokenizer);
    stemmer_free(m->stemmer);
    embargoes_free(&m->embargoes);
    dir_close(&m->dir);
    free(m->language);
    free(m);
}

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

/* Whether this library's words are the archive's; looked at once. */
static enum morgue_status
check_analysis(struct morgue *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    if (!m->analysis_known)
        st = archive_check_analysis(&m->info, &m->dir, err);
    m->analysis_known = !st;
    return st;
}

/* The query with the option's language as a filter. */
static struct query *
with_lang(struct arena *arena, struct query *q, struct morgue *m,
          const struct morgue_search_options *o)
{
    struct morgue_str term;
    struct query *part[2] = {q, NULL};

    if (!o->lang)
        return q;
    if (term_value(&term, arena, &field_info[FIELD_LANG],
                   tokenizer_fold(m->tokenizer), str_of(o->lang), NULL))
        return NULL;
    part[1] = query_term(arena, term, 1);
    return query_node(arena, QUERY_FILTER, part, 2);
}

static enum morgue_status
fill_hit(struct hit *out, struct morgue *m, struct arena *arena,
         struct arena *scratch, struct snippet_maker *snippets,
         uint64_t number, struct morgue_error *err)
{
    struct morgue_article a;
    struct morgue_str *to[] = {
        &out->hit.id,     &out->hit.title,  &out->hit.url,  &out->hit.section,
        &out->hit.source, &out->hit.author, &out->hit.lang, &out->hit.status};
    enum morgue_status st;

    arena_reset(scratch);
    st = m->engine->article(&a, m->reader, scratch, number, snippets != NULL,
                            err);
    if (st)
        return st;
    struct morgue_str from[] = {a.id,     a.title,  a.url,  a.section,
                                a.source, a.author, a.lang, a.status};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (!arena_str(arena, from[i], to[i]))
            return error_nomem(err);
    out->hit.date = a.date;
    st = m->engine->words(&out->hit.words, m->reader, number, err);
    if (!st && snippets)
        st = snippet_make(&out->snippet, snippets, arena, &a, err);
    return st;
}

/* One try at a search: all of it into *hits. */
static enum morgue_status
search_once(struct morgue_hits *hits, struct morgue *m,
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
    st = m->engine->search(&found, m->reader, &hits->arena, query, &params,
                           err);
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
        st = fill_hit(&hits->hit[i], m, &hits->arena, &scratch, snippets,
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
parse(struct parsed *out, struct arena *arena, struct morgue *m,
      struct parse_context *context, const char *query,
      const struct morgue_search_options *o, struct morgue_error *err)
{
    enum morgue_status st;
    struct query *q;

    *context = (struct parse_context){
        .tokenizer = m->tokenizer,
        .stemmer = m->stemmer,
        .lang = o->lang ? &o->lang : m->stem,
        .lang_n = o->lang ? 1 : m->stem_n,
        .match = o->match,
        .may_be_empty = dates_asked(o) || o->lang,
    };
    st = query_parse(out, arena, str_of(query), context, err);
    if (!st)
        st = dates_filter(&out->query, arena, o, err);
    if (st)
        return st;
    q = out->query ? with_lang(arena, out->query, m, o) : NULL;
    out->query = embargoes_filter(arena, q, &m->embargoes);
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
        arena_reset(&arena);
        st = handle_prepare(m, i, err);
        if (!st)
            st = check_analysis(m, err);
        if (!st)
            st = parse(&parsed, &arena, m, &context, query, &o, err);
        if (!st && o.snippets)
            st = snippet_maker_new(&snippets, &parsed, &context, err);
        if (!st)
            st = search_once(hits, m, parsed.query, snippets, &o, err);
        snippet_maker_free(snippets);
        snippets = NULL;
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
        arena_reset(&text->arena);
        st = handle_prepare(m, i, err);
        if (!st)
            st = m->engine->find(&number, m->reader, str_of(id), err);
        if (!st)
            st = m->engine->article(&text->article, m->reader, &text->arena,
                                    number, true, err);
        if (!st && embargo_holds(&text->article))
            st = error_set(err, MORGUE_NO_ARTICLE,
                           "the article '%s' is under embargo until %s", id,
                           text->article.embargo.s);
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
