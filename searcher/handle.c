/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handle.c - the archive that is open for reading, in any number of threads
 *
 * The lock is held for a few instructions: to take a session from those that
 * are idle and to put it back, and to put a new state in the old one's place.
 */
#include "handle.h"

#include <stdlib.h>
#include <time.h>

/* ---- what a state is known by ------------------------------------------- */

/* Put a language where it belongs by how many articles it has; false when out
 * of memory. */
static bool
put_language(struct state *s, struct morgue_str code, uint64_t articles,
             bool last)
{
    size_t i = s->lang_n, cap = s->lang_cap ? 2 * s->lang_cap : 16;

    if (i == s->lang_cap) {
        struct language *more = realloc(s->language, cap * sizeof *more);

        if (!more)
            return false;
        s->language = more;
        s->lang_cap = cap;
    }
    for (; !last && i > 0 && s->language[i - 1].articles < articles; i--)
        s->language[i] = s->language[i - 1];
    s->language[i] = (struct language){.articles = articles};
    memcpy(s->language[i].code, code.s, code.len);
    s->lang_n++;
    return true;
}

struct languages {
    struct state *state;
    uint64_t articles; /* that have one */
    bool nomem;
};

static bool
add_language(struct morgue_str term, uint64_t articles, void *languages)
{
    struct languages *l = languages;
    size_t prefix = strlen(field_info[FIELD_LANG].prefix);
    struct morgue_str code = str_slice(term.s + prefix, term.len - prefix);

    l->articles += articles;
    if (code.len > 0 && code.len < LANG_MAX)
        l->nomem = !put_language(l->state, code, articles, false);
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
choose_stems(struct state *s)
{
    for (size_t i = 0; i < s->lang_n; i++) {
        const char *space = stem_space(s->language[i].code);
        size_t k = 0;

        while (k < s->stem_n && strcmp(s->stem[k], space) != 0)
            k++;
        if (k == s->stem_n)
            s->stem[s->stem_n++] = space;
    }
}

/* The languages that the archive holds, from its language terms, and none
 * where there are articles without. */
static enum morgue_status
read_languages(struct state *s, const struct session *by,
               struct morgue_error *err)
{
    struct engine_hits all;
    struct arena arena;
    struct query every = {.op = QUERY_EVERY};
    struct engine_params params = {.k1 = 1, .b = 0, .exact_total = true};
    struct languages l = {.state = s};
    enum morgue_status st;

    arena_init(&arena, 1 << 20);
    st = engine_terms(by->reader, str_of(field_info[FIELD_LANG].prefix),
                      add_language, &l, err);
    if (!st)
        st = engine_search(&all, by->reader, &arena, &every, &params, err);
    if (!st && all.total > l.articles)
        l.nomem |= !put_language(s, STR(""), all.total - l.articles, true);
    arena_free(&arena);
    choose_stems(s);
    return !st && l.nomem ? error_nomem(err) : st;
}

/* ---- states ------------------------------------------------------------- */

static void
state_free(struct state *s)
{
    engine_reader_close(s->reader);
    embargoes_free(&s->embargoes);
    free(s->language);
    free(s);
}

/* Let go of a state; the handle is locked. */
static void
state_release(struct state *s)
{
    if (s && --s->refs == 0)
        state_free(s);
}

static void
session_free(struct session *s)
{
    engine_reader_close(s->reader);
    tokenizer_free(s->tokenizer);
    stemmer_free(s->stemmer);
    free(s);
}

/* A session of a state, which it does not count as its own yet. */
static enum morgue_status
session_new(struct session **out, struct state *state,
            struct morgue_error *err)
{
    struct session *s = calloc(1, sizeof *s);
    enum morgue_status st;

    *out = NULL;
    if (!s)
        return error_nomem(err);
    s->state = state;
    st = engine_reader_copy(&s->reader, state->reader, err);
    if (!st)
        st = tokenizer_new(&s->tokenizer, err);
    if (!st)
        st = stemmer_new(&s->stemmer, err);
    if (st)
        session_free(s);
    else
        *out = s;
    return st;
}

static bool
same_turn(const struct archive_info *a, const struct archive_info *b)
{
    return a->engine == b->engine && a->turn == b->turn;
}

/* A reader of the newest state, by the engine that s->info names: what was
 * opened for the old state is not opened again. */
static enum morgue_status
open_reader(struct state *s, const struct morgue *m, const struct state *old,
            struct morgue_error *err)
{
    enum morgue_status st;

    if (!old || !same_turn(&old->info, &s->info))
        return engine_reader_open(&s->reader, s->info.engine, &m->dir, err);
    st = engine_reader_copy(&s->reader, old->reader, err);
    if (!st)
        return engine_reader_refresh(s->reader, err);
    if (st == MORGUE_BUSY) /* nothing of the old one can be shared */
        st = engine_reader_open(&s->reader, s->info.engine, &m->dir, err);
    return st;
}

/* The same by the engine that the archive has.  Between reading the marker and
 * the files of the engine, another may have taken its place, and files of the
 * first be begun anew: so the marker has to say the same afterwards. */
static enum morgue_status
open_newest(struct state *s, const struct morgue *m, const struct state *old,
            struct morgue_error *err)
{
    struct archive_info after;
    struct morgue_error detail;
    enum morgue_status st = archive_read(&s->info, &m->dir, err), read;

    if (st)
        return st;
    for (int i = 0; i < TRIES; i++) {
        st = open_reader(s, m, old, err);
        if (st == MORGUE_NOMEM)
            return st;
        read = archive_read(&after, &m->dir, &detail);
        if (read || same_turn(&s->info, &after))
            break;
        engine_reader_close(s->reader);
        s->reader = NULL;
        s->info = after;
    }
    if (!st && read) {
        st = read;
        if (err)
            *err = detail;
    }
    return st;
}

static bool
same_state(const struct state *s, const struct state *old)
{
    return old && same_turn(&s->info, &old->info) &&
           engine_reader_state(s->reader) == engine_reader_state(old->reader);
}

/* The newest state of the archive, whole, and a session of it.  *out is NULL
 * where it is that of `old`, which may be NULL. */
static enum morgue_status
state_new(struct state **out, struct session **session, struct morgue *m,
          const struct state *old, struct morgue_error *err)
{
    struct state *s = calloc(1, sizeof *s);
    enum morgue_status st;

    *out = NULL;
    *session = NULL;
    if (!s)
        return error_nomem(err);
    embargoes_init(&s->embargoes);
    st = open_newest(s, m, old, err);
    if (!st && same_state(s, old))
        goto drop;
    if (!st)
        st = session_new(session, s, err);
    if (!st)
        st = read_languages(s, *session, err);
    if (!st)
        st = embargoes_read(&s->embargoes, (*session)->reader, err);
    if (!st) {
        s->refs = 1;
        *out = s;
        return MORGUE_OK;
    }
drop:
    if (*session)
        session_free(*session);
    *session = NULL;
    state_free(s);
    return st;
}

/* ---- the handle --------------------------------------------------------- */

static void
pause_before(int attempt)
{
    struct timespec t = {.tv_nsec = 1000000L << (attempt < 8 ? attempt : 8)};

    if (attempt > 0)
        nanosleep(&t, NULL);
}

/* The state of now, which stays until it is released. */
static struct state *
hold_state(struct morgue *m)
{
    struct state *s;

    pthread_mutex_lock(&m->lock);
    s = m->state;
    if (s)
        s->refs++;
    pthread_mutex_unlock(&m->lock);
    return s;
}

static void
let_go(struct morgue *m, struct state *held)
{
    pthread_mutex_lock(&m->lock);
    state_release(held);
    pthread_mutex_unlock(&m->lock);
}

/* Put a state, with a session of it, in the place of `old`.  False where that
 * is not there any more: another thread has refreshed meanwhile, and whose
 * state is newer is not known. */
static bool
put_state(struct morgue *m, struct state *s, struct session *session,
          const struct state *old)
{
    struct session *idle = NULL;
    bool put;

    pthread_mutex_lock(&m->lock);
    put = m->state == old;
    if (put) {
        s->analysis_known = old && old->analysis_known &&
                            strcmp(engine_reader_analysis(old->reader),
                                   engine_reader_analysis(s->reader)) == 0;
        idle = m->idle;
        for (struct session *i = idle; i; i = i->next)
            state_release(i->state);
        state_release(m->state);
        s->refs++; /* the session's */
        m->state = s;
        m->idle = session;
    }
    pthread_mutex_unlock(&m->lock);
    while (idle) {
        struct session *next = idle->next;

        session_free(idle);
        idle = next;
    }
    return put;
}

enum morgue_status
morgue_refresh(morgue *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_BUSY;

    if (!m)
        return error_null(err, "m");
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct state *old = hold_state(m), *s;
        struct session *session;

        pause_before(i);
        st = state_new(&s, &session, m, old, err);
        if (s && !put_state(m, s, session, old)) {
            session_free(session);
            state_free(s);
            st = error_set(err, MORGUE_BUSY,
                           "'%s' is refreshed by other threads all the time",
                           m->dir.path);
        }
        let_go(m, old);
    }
    return st;
}

uint64_t
morgue_state(morgue *m)
{
    uint64_t number = 0;

    if (!m)
        return 0;
    pthread_mutex_lock(&m->lock);
    if (m->state)
        number = engine_reader_state(m->state->reader);
    pthread_mutex_unlock(&m->lock);
    return number;
}

enum morgue_status
session_begin(struct session **out, struct morgue *m, int attempt,
              struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct session *s;
    struct state *state;

    *out = NULL;
    pause_before(attempt);
    if (attempt > 0)
        st = morgue_refresh(m, err);
    if (st)
        return st;
    pthread_mutex_lock(&m->lock);
    s = m->idle;
    if (s)
        m->idle = s->next;
    pthread_mutex_unlock(&m->lock);
    if (!s) {
        state = hold_state(m);
        st = session_new(&s, state, err);
        if (st)
            let_go(m, state);
    }
    *out = s;
    return st;
}

void
session_end(struct morgue *m, struct session *s)
{
    bool stale;

    if (!s)
        return;
    pthread_mutex_lock(&m->lock);
    stale = s->state != m->state;
    if (stale) {
        state_release(s->state);
    } else {
        s->next = m->idle;
        m->idle = s;
    }
    pthread_mutex_unlock(&m->lock);
    if (stale)
        session_free(s);
}

enum morgue_status
handle_check_analysis(struct morgue *m, struct morgue_error *err)
{
    struct state *s = hold_state(m);
    enum morgue_status st = MORGUE_OK;
    bool known;

    pthread_mutex_lock(&m->lock);
    known = s->analysis_known;
    pthread_mutex_unlock(&m->lock);
    if (!known)
        st = archive_check_analysis(engine_reader_analysis(s->reader),
                                    &s->info, &m->dir, err);
    pthread_mutex_lock(&m->lock);
    s->analysis_known |= !st;
    state_release(s);
    pthread_mutex_unlock(&m->lock);
    return st;
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
    pthread_mutex_init(&m->lock, NULL);
    m->dir.fd = -1;
    st = dir_open(&m->dir, path, err);
    if (!st)
        st = morgue_refresh(m, err);
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
    while (m->idle) {
        struct session *s = m->idle;

        m->idle = s->next;
        state_release(s->state);
        session_free(s);
    }
    state_release(m->state);
    pthread_mutex_destroy(&m->lock);
    dir_close(&m->dir);
    free(m);
}
