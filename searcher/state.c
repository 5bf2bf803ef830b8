/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.c - what is seen of an archive: shared by all of the process
 *
 * An archive is known by the device and number of its directory, which is held
 * open, so that no other can get them.  A forked child has the lock free,
 * whatever its parent's threads did.
 */
#include "state.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

struct shared_archive {
    struct shared_archive *next;
    dev_t device;
    ino_t number;
    struct dir dir;
    unsigned refs; /* of handles and states */
    struct state *states;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of what follows,
                                                            and all refs */
static struct shared_archive *archives;

static void
take_lock(void)
{
    pthread_mutex_lock(&lock);
}

static void
give_lock(void)
{
    pthread_mutex_unlock(&lock);
}

static void
mind_forks(void)
{
    (void)pthread_atfork(take_lock, give_lock, give_lock);
}

/* ---- archives ----------------------------------------------------------- */

/* The archive with that directory, held; the lock is held. */
static struct shared_archive *
find_archive(const struct stat *st)
{
    struct shared_archive *a = archives;

    while (a && (a->device != st->st_dev || a->number != st->st_ino))
        a = a->next;
    if (a)
        a->refs++;
    return a;
}

static enum morgue_status
new_archive(struct shared_archive **out, const struct dir *dir,
            const struct stat *st, struct morgue_error *err)
{
    struct shared_archive *a = calloc(1, sizeof *a);
    enum morgue_status status;

    *out = a;
    if (!a)
        return error_nomem(err);
    *a = (struct shared_archive){
        .device = st->st_dev, .number = st->st_ino, .refs = 1};
    status = dir_dup(&a->dir, dir, err);
    if (status) {
        free(a);
        *out = NULL;
    }
    return status;
}

static void
free_archive(struct shared_archive *a)
{
    dir_close(&a->dir);
    free(a);
}

enum morgue_status
archive_share(struct shared_archive **out, const struct dir *dir,
              struct morgue_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct shared_archive *new, *a;
    enum morgue_status status;
    struct stat st;

    *out = NULL;
    pthread_once(&once, mind_forks);
    if (fstat(dir->fd, &st) != 0)
        return error_errno(err, MORGUE_IO, "look at", dir->path);
    status = new_archive(&new, dir, &st, err);
    if (status)
        return status;
    take_lock();
    a = find_archive(&st);
    if (!a) {
        new->next = archives;
        archives = new;
    }
    give_lock();
    if (a)
        free_archive(new);
    *out = a ? a : new;
    return MORGUE_OK;
}

void
archive_unshare(struct shared_archive *a)
{
    struct shared_archive **at = &archives;
    bool last;

    if (!a)
        return;
    take_lock();
    last = --a->refs == 0;
    while (last && *at != a)
        at = &(*at)->next;
    if (last)
        *at = a->next;
    give_lock();
    if (last)
        free_archive(a);
}

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
read_languages(struct state *s, struct morgue_error *err)
{
    struct engine_hits all;
    struct arena arena;
    struct query every = {.op = QUERY_EVERY};
    struct engine_params params = {.k1 = 1, .b = 0, .exact_total = true};
    struct languages l = {.state = s};
    enum morgue_status st;

    arena_init(&arena, 1 << 20);
    st = engine_terms(s->reader, str_of(field_info[FIELD_LANG].prefix),
                      add_language, &l, err);
    if (!st)
        st = engine_search(&all, s->reader, &arena, &every, &params, err);
    if (!st && all.total > l.articles)
        l.nomem |= !put_language(s, STR(""), all.total - l.articles, true);
    arena_free(&arena);
    choose_stems(s);
    return !st && l.nomem ? error_nomem(err) : st;
}

/* ---- opening ------------------------------------------------------------ */

static bool
same_turn(const struct archive_info *a, const struct archive_info *b)
{
    return a->engine == b->engine && a->turn == b->turn;
}

/* A reader of the newest state, by the engine that s->info names: what was
 * opened for the old state is not opened again. */
static enum morgue_status
open_reader(struct state *s, const struct dir *dir, const struct state *old,
            struct morgue_error *err)
{
    enum morgue_status st;

    if (!old || !same_turn(&old->info, &s->info))
        return engine_reader_open(&s->reader, s->info.engine, dir, err);
    st = engine_reader_copy(&s->reader, old->reader, err);
    if (!st)
        return engine_reader_refresh(s->reader, err);
    if (st == MORGUE_BUSY) /* nothing of the old one can be shared */
        st = engine_reader_open(&s->reader, s->info.engine, dir, err);
    return st;
}

/* The same by the engine that the archive has.  Between reading the marker and
 * the files of the engine, another may have taken its place, and files of the
 * first be begun anew: so the marker has to say the same afterwards. */
static enum morgue_status
open_newest(struct state *s, const struct dir *dir, const struct state *old,
            struct morgue_error *err)
{
    struct archive_info after;
    struct morgue_error detail;
    enum morgue_status st = archive_read(&s->info, dir, err), read;

    if (st)
        return st;
    for (int i = 0; i < TRIES; i++) {
        st = open_reader(s, dir, old, err);
        if (st == MORGUE_NOMEM)
            return st;
        read = archive_read(&after, dir, &detail);
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
same_state(const struct state *a, const struct state *b)
{
    return same_turn(&a->info, &b->info) &&
           engine_reader_state(a->reader) == engine_reader_state(b->reader) &&
           strcmp(engine_reader_analysis(a->reader),
                  engine_reader_analysis(b->reader)) == 0;
}

/* ---- states ------------------------------------------------------------- */

static void
state_free(struct state *s)
{
    engine_reader_close(s->reader);
    embargoes_free(&s->embargoes);
    archive_unshare(s->archive);
    free(s->language);
    free(s);
}

void
state_hold(struct state *s)
{
    take_lock();
    s->refs++;
    give_lock();
}

void
state_release(struct state *s)
{
    struct state **at;
    bool last;

    if (!s)
        return;
    take_lock();
    last = --s->refs == 0;
    if (last) {
        for (at = &s->archive->states; *at != s; at = &(*at)->next)
            ;
        *at = s->next;
    }
    give_lock();
    if (last)
        state_free(s);
}

/* The state that the process has and that is the same as `s`, held; NULL. The
 * lock is held. */
static struct state *
find_state(const struct state *s)
{
    struct state *other = s->archive->states;

    while (other && !same_state(s, other))
        other = other->next;
    if (other)
        other->refs++;
    return other;
}

/* Let others see the state, unless they have one like it. */
static struct state *
show_state(struct state *s)
{
    struct state *other;

    take_lock();
    other = find_state(s);
    if (!other) {
        s->next = s->archive->states;
        s->archive->states = s;
    }
    give_lock();
    if (!other)
        return s;
    state_free(s);
    return other;
}

/* A state that has its archive and nothing else. */
static struct state *
state_new(struct shared_archive *a)
{
    struct state *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    embargoes_init(&s->embargoes);
    s->archive = a;
    s->refs = 1;
    take_lock();
    a->refs++;
    give_lock();
    return s;
}

enum morgue_status
state_newest(struct state **out, struct shared_archive *a,
             const struct state *old, struct morgue_error *err)
{
    struct state *s = state_new(a), *other = NULL;
    enum morgue_status st =
        s ? open_newest(s, &a->dir, old, err) : error_nomem(err);

    *out = NULL;
    if (!st) {
        take_lock();
        other = find_state(s);
        give_lock();
    }
    if (!st && !other)
        st = read_languages(s, err);
    if (!st && !other)
        st = embargoes_read(&s->embargoes, s->reader, err);
    if (!st && !other) {
        s->analysis = old &&
                      __atomic_load_n(&old->analysis, __ATOMIC_RELAXED) &&
                      strcmp(engine_reader_analysis(old->reader),
                             engine_reader_analysis(s->reader)) == 0;
        *out = show_state(s);
        return MORGUE_OK;
    }
    if (s)
        state_free(s);
    *out = other;
    return st;
}

enum morgue_status
state_check_analysis(struct state *s, struct morgue_error *err)
{
    enum morgue_status st;

    if (__atomic_load_n(&s->analysis, __ATOMIC_RELAXED))
        return MORGUE_OK;
    st = archive_check_analysis(engine_reader_analysis(s->reader), &s->info,
                                &s->archive->dir, err);
    if (!st)
        __atomic_store_n(&s->analysis, 1, __ATOMIC_RELAXED);
    return st;
}
