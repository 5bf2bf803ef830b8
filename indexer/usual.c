/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usual.c - which language an article is in: declared, detected, or usual
 *
 * Sources are kept by hashes in a table of fixed size, in rows of WAYS.  Where
 * a row is full, that of its sources goes that fewest articles came from.
 * Each has counts of COUNTS languages: with more than these it has no usual
 * one.  The archive is asked only when a text is met that is not sure.
 */
#include "usual.h"

#include <stdio.h>
#include <stdlib.h>

#include "../common/base/hash.h"
#include "../common/text/fold.h"
#include "../common/text/stem.h"

enum {
    ROWS = 2048,
    WAYS = 4,
    COUNTS = 4,    /* languages of a source */
    CODES_MAX = 64 /* of all; articles in others teach nothing */
};

struct usual_source {
    uint64_t key; /* 0: free */
    uint32_t all; /* articles whose language is known */
    uint32_t n[COUNTS];
    uint8_t code[COUNTS]; /* numbers in usual.code */
    bool asked;           /* the archive, for this one */
};

struct usual {
    const struct engine *engine; /* NULL: no archive */
    const struct dir *dir;
    struct engine_reader *reader; /* NULL until it is needed */
    struct fold fold;
    size_t code_n, archived_n; /* the archive's are among the first */
    char code[CODES_MAX][LANG_MAX];
    uint64_t n[CODES_MAX], all; /* of the archive and of this update */
    struct usual_source source[ROWS][WAYS];
};

enum morgue_status
usual_new(struct usual **out, const struct engine *engine,
          const struct dir *dir, struct morgue_error *err)
{
    struct usual *u = calloc(1, sizeof *u);

    *out = u;
    if (!u)
        return error_nomem(err);
    u->engine = engine;
    u->dir = dir;
    fold_init(&u->fold);
    return MORGUE_OK;
}

void
usual_free(struct usual *u)
{
    if (!u)
        return;
    if (u->reader)
        engine_reader_close(u->reader);
    fold_free(&u->fold);
    free(u);
}

uint64_t
usual_group(const struct morgue_article *a, const char *path)
{
    if (a->source.len > 0)
        return hash64(a->source.s, a->source.len) | 1;
    return *path ? hash64(path, strlen(path)) & ~UINT64_C(1) : 0;
}

struct usual_clue
usual_look(const struct morgue_article *a, uint64_t group)
{
    struct usual_clue c = {
        .declared = a->lang, .source = a->source, .group = group};

    if (a->lang.len == 0)
        c.guess = language_guess(a->title, a->body);
    return c;
}

/* ---- counting ----------------------------------------------------------- */

/* The number of a language's code; CODES_MAX for none, or without room. */
static size_t
number_of(struct usual *u, const char *code)
{
    size_t i = 0;

    if (!*code)
        return CODES_MAX;
    while (i < u->code_n && strcmp(u->code[i], code) != 0)
        i++;
    if (i == u->code_n && i < CODES_MAX)
        snprintf(u->code[u->code_n++], LANG_MAX, "%s", code);
    return i;
}

/* The source of that key, a new one where there was none. */
static struct usual_source *
source_for(struct usual *u, uint64_t key)
{
    struct usual_source *row = u->source[key / 4 % ROWS], *least = row;

    for (size_t i = 0; i < WAYS; i++) {
        if (row[i].key == key)
            return &row[i];
        if (row[i].all < least->all)
            least = &row[i];
    }
    *least = (struct usual_source){.key = key};
    return least;
}

static void
count_source(struct usual_source *s, size_t code, uint32_t n)
{
    size_t i = 0;

    if (n > UINT32_MAX - s->all)
        return;
    s->all += n;
    while (i < COUNTS && s->n[i] > 0 && s->code[i] != code)
        i++;
    if (i == COUNTS)
        return;
    s->code[i] = (uint8_t)code;
    s->n[i] += n;
}

void
usual_learn(struct usual *u, const struct usual_clue *clue)
{
    char declared[LANG_MAX] = "";
    size_t code;

    if (clue->declared.len > 0)
        stem_code(declared, clue->declared);
    else if (!clue->guess.sure)
        return;
    code = number_of(u, *declared ? declared : clue->guess.code);
    if (code == CODES_MAX)
        return;
    u->n[code]++;
    u->all++;
    if (clue->group != 0)
        count_source(source_for(u, clue->group), code, 1);
}

/* ---- the archive -------------------------------------------------------- */

static const char *
lang_prefix(void)
{
    return field_info[FIELD_LANG].prefix;
}

static bool
add_language(struct morgue_str term, uint64_t articles, void *usual)
{
    struct usual *u = usual;
    size_t skip = strlen(lang_prefix()), code;
    char name[LANG_MAX];

    stem_code(name, str_slice(term.s + skip, term.len - skip));
    code = number_of(u, name);
    if (code < CODES_MAX) {
        u->n[code] += articles;
        u->all += articles;
    }
    return true;
}

/* Open the archive and add the languages that it has. */
static enum morgue_status
ask_archive(struct usual *u, struct morgue_error *err)
{
    enum morgue_status st;

    if (!u->engine || u->reader)
        return MORGUE_OK;
    st = engine_reader_open(&u->reader, u->engine, u->dir, err);
    if (!st)
        st = engine_terms(u->reader, str_of(lang_prefix()), add_language, u,
                          err);
    u->archived_n = u->code_n;
    return st;
}

/* How many articles of the archive have the source and the language. */
static enum morgue_status
count_both(uint32_t *out, struct usual *u, struct morgue_str source,
           struct morgue_str lang, struct morgue_error *err)
{
    const struct engine_params params = {
        .k1 = 1, .sort = MORGUE_SORT_NEWEST, .exact_total = true};
    struct engine_hits hits = {0};
    struct morgue_str a, b;
    struct query *both;
    struct arena arena;
    enum morgue_status st;

    arena_init(&arena, 1 << 20);
    st = term_value(&a, &arena, &field_info[FIELD_SOURCE], &u->fold, source,
                    err);
    if (!st)
        st = term_value(&b, &arena, &field_info[FIELD_LANG], &u->fold, lang,
                        err);
    if (!st) {
        struct query *child[] = {query_term(&arena, a, 1),
                                 query_term(&arena, b, 1)};

        both = query_node(&arena, QUERY_ALL, child, 2);
        st = both ? engine_search(&hits, u->reader, &arena, both, &params, err)
                  : error_nomem(err);
    }
    *out = hits.total < UINT32_MAX ? (uint32_t)hits.total : UINT32_MAX;
    arena_free(&arena);
    return st;
}

/* Add what the archive has of a source. */
static enum morgue_status
ask_source(struct usual_source *s, struct usual *u, struct morgue_str name,
           struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    s->asked = true;
    for (size_t i = 0; i < u->archived_n && !st; i++) {
        uint32_t both = 0;

        st = count_both(&both, u, name, str_of(u->code[i]), err);
        if (both > 0)
            count_source(s, i, both);
    }
    return st;
}

/* ---- telling ------------------------------------------------------------ */

/* Whether `part` is so much of `all` that it is usual. */
static bool
is_usual(uint64_t part, uint64_t all)
{
    return part > 0 && part >= all - all / 4;
}

/* The code of the source's most frequent language that the text fits, or
 * NULL; only if it is usual, where `usual` says so. */
static const char *
of_source(const struct usual *u, const struct usual_source *s,
          const struct language_guess *g, bool usual)
{
    const char *best = NULL;
    uint32_t most = 0;

    for (size_t i = 0; i < COUNTS; i++) {
        const char *code = u->code[s->code[i]];

        if (s->n[i] > most && (!usual || is_usual(s->n[i], s->all)) &&
            language_fits(g, str_of(code))) {
            best = code;
            most = s->n[i];
        }
    }
    return best;
}

/* The same, of all. */
static const char *
of_archive(const struct usual *u, const struct language_guess *g, bool usual)
{
    const char *best = NULL;
    uint64_t most = 0;

    for (size_t i = 0; i < u->code_n; i++)
        if (u->n[i] > most && (!usual || is_usual(u->n[i], u->all)) &&
            language_fits(g, str_of(u->code[i]))) {
            best = u->code[i];
            most = u->n[i];
        }
    return best;
}

enum morgue_status
usual_tell(struct morgue_str *lang, struct usual *u,
           const struct usual_clue *clue, struct morgue_error *err)
{
    const struct language_guess *g = &clue->guess;
    struct usual_source none = {0}, *s = &none;
    enum morgue_status st;
    const char *code;

    *lang = clue->declared.len > 0 ? clue->declared : str_of(g->code);
    if (clue->declared.len > 0 || g->sure)
        return MORGUE_OK;
    st = ask_archive(u, err);
    if (clue->group != 0)
        s = source_for(u, clue->group);
    if (!st && clue->source.len > 0 && !s->asked && u->reader)
        st = ask_source(s, u, clue->source, err);
    code = s->all > 0 ? of_source(u, s, g, true) : of_archive(u, g, true);
    if (!code && *g->code)
        code = g->code;
    if (!code)
        code = of_source(u, s, g, false);
    if (!code)
        code = of_archive(u, g, false);
    *lang = str_of(code ? code : "");
    return st;
}
