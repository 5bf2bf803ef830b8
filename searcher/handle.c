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

/* ---- sessions ----------------------------------------------------------- */

static void
session_free(struct session *s)
{
    engine_reader_close(s->reader);
    state_release(s->state);
    tokenizer_free(s->tokenizer);
    stemmer_free(s->stemmer);
    free(s);
}

/* A session of a state, which it holds. */
static enum morgue_status
session_new(struct session **out, struct state *state,
            struct morgue_error *err)
{
    struct session *s = calloc(1, sizeof *s);
    enum morgue_status st;

    *out = NULL;
    if (!s)
        return error_nomem(err);
    state_hold(state);
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

static void
sessions_free(struct session *s)
{
    while (s) {
        struct session *next = s->next;

        session_free(s);
        s = next;
    }
}

/* ---- the handle --------------------------------------------------------- */

static void
pause_before(int attempt)
{
    struct timespec t = {.tv_nsec = 1000000L << (attempt < 8 ? attempt : 8)};

    if (attempt > 0)
        nanosleep(&t, NULL);
}

/* The state of now, held; NULL where there is none yet. */
static struct state *
current(struct morgue *m)
{
    struct state *s;

    pthread_mutex_lock(&m->lock);
    s = m->state;
    if (s)
        state_hold(s);
    pthread_mutex_unlock(&m->lock);
    return s;
}

/* Put a state, with a session of it, in the place of `old`.  False where that
 * is not there any more. */
static bool
put_state(struct morgue *m, struct state *s, struct session *session,
          const struct state *old)
{
    struct session *idle = NULL;
    struct state *before = NULL;
    bool put;

    pthread_mutex_lock(&m->lock);
    put = m->state == old;
    if (put) {
        idle = m->idle;
        before = m->state;
        m->state = s;
        m->idle = session;
    }
    pthread_mutex_unlock(&m->lock);
    sessions_free(idle);
    state_release(before);
    return put;
}

/* Go from `old` to the newest state.  *late: another thread has gone on from
 * there meanwhile, and whose state is newer is not known. */
static enum morgue_status
refresh(bool *late, struct morgue *m, const struct state *old,
        struct morgue_error *err)
{
    struct session *session = NULL;
    struct state *s;
    enum morgue_status st = state_newest(&s, m->archive, old, err);

    *late = false;
    if (!st && s != old)
        st = session_new(&session, s, err);
    if (!st && s != old) {
        *late = !put_state(m, s, session, old);
        if (!*late)
            return MORGUE_OK;
        session_free(session);
    }
    state_release(s);
    return st;
}

/* Each time that this is late, another thread has shown a state that was
 * committed since. */
static enum morgue_status
refresh_from_now(struct morgue *m, struct morgue_error *err)
{
    enum morgue_status st;
    bool late;

    do {
        struct state *old = current(m);

        st = refresh(&late, m, old, err);
        state_release(old);
    } while (late);
    return st;
}

enum morgue_status
morgue_refresh(morgue *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_BUSY;

    if (!m)
        return error_null(err, "m");
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        pause_before(i);
        st = refresh_from_now(m, err);
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
        state = current(m);
        st = session_new(&s, state, err);
        state_release(state);
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
    if (!stale) {
        s->next = m->idle;
        m->idle = s;
    }
    pthread_mutex_unlock(&m->lock);
    if (stale)
        session_free(s);
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
        st = archive_share(&m->archive, &m->dir, err);
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
    sessions_free(m->idle);
    state_release(m->state);
    archive_unshare(m->archive);
    pthread_mutex_destroy(&m->lock);
    dir_close(&m->dir);
    free(m);
}
