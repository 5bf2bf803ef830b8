/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show.c - the articles of a source without an archive: a public function
 */
#include "../common/base/sized.h"
#include "source/source.h"
#include "usual.h"

/* An article that waits until enough is known of its source's language. */
struct show_held {
    struct show_held *next;
    struct morgue_article article;
    struct morgue_origin origin;
    struct usual_clue clue;
};

struct show {
    struct morgue_source_options options;
    struct usual *usual;
    struct show_held *first, **last; /* NULL: nothing is held any more */
    size_t held_n, held_bytes;
    struct arena arena; /* what they are in */
    bool ended;         /* the caller wants no more */
};

/* What ends source_read when the caller wants no more; told from a failure by
 * show.ended. */
static const enum morgue_status stop = MORGUE_INTERNAL;

static enum morgue_status
hand_out(struct show *s, struct morgue_article *a,
         const struct morgue_origin *origin, const struct usual_clue *clue,
         struct morgue_error *err)
{
    enum morgue_status st = usual_tell(&a->lang, s->usual, clue, err);

    if (st)
        return st;
    s->ended = !s->options.on_article(a, origin, s->options.payload);
    return s->ended ? stop : MORGUE_OK;
}

static enum morgue_status
hold(struct show *s, const struct morgue_article *a,
     const struct morgue_origin *origin, const struct usual_clue *clue,
     struct morgue_error *err)
{
    struct show_held *h = arena_zero(&s->arena, 1, sizeof *h);
    struct morgue_str path;
    enum morgue_status st;

    if (!h || !arena_str(&s->arena, str_of(origin->path), &path))
        return error_nomem(err);
    st = record_copy(&h->article, &s->arena, a, err);
    if (st)
        return st;
    h->origin = *origin;
    h->origin.path = path.s;
    if (origin->undated) {
        if (!arena_str(&s->arena, str_of(origin->undated), &path))
            return error_nomem(err);
        h->origin.undated = path.s;
    }
    h->clue = *clue;
    h->clue.declared = h->article.lang;
    h->clue.source = h->article.source;
    *s->last = h;
    s->last = &h->next;
    s->held_n++;
    s->held_bytes += a->title.len + a->body.len;
    return MORGUE_OK;
}

/* Hand out what is held, and hold no more. */
static enum morgue_status
release(struct show *s, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    s->last = NULL;
    for (struct show_held *h = s->first; h && !st; h = h->next)
        st = hand_out(s, &h->article, &h->origin, &h->clue, err);
    arena_reset(&s->arena);
    return st;
}

static enum morgue_status
take(const struct morgue_article *article, const struct morgue_origin *origin,
     void *show, struct morgue_error *err)
{
    struct show *s = show;
    struct morgue_article a = *article;
    struct usual_clue clue;
    enum morgue_status st;

    if (!s->options.on_article)
        return MORGUE_OK;
    clue = usual_look(&a, usual_group(&a, origin->path));
    usual_learn(s->usual, &clue);
    if (!s->last)
        return hand_out(s, &a, origin, &clue, err);
    st = hold(s, &a, origin, &clue, err);
    if (!st &&
        (s->held_n >= USUAL_AHEAD || s->held_bytes >= USUAL_AHEAD_BYTES))
        st = release(s, err);
    return st;
}

static enum morgue_status
problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
        const char *id, const char *reason, void *show,
        struct morgue_error *err)
{
    const struct show *s = show;
    struct morgue_event event = sink_event(outcome, origin, id, reason);

    (void)err;
    if (s->options.on_event)
        s->options.on_event(&event, s->options.payload);
    return MORGUE_OK;
}

enum morgue_status
morgue_source_read(const char *source,
                   const struct morgue_source_options *options,
                   struct morgue_error *err)
{
    struct show s = {.options = MORGUE_SOURCE_INIT};
    struct sink sink = {.record = take, .problem = problem, .payload = &s};
    struct key_map *map = NULL;
    enum morgue_status st = MORGUE_OK, released;

    if (!source)
        return error_null(err, "source");
    if (options)
        st = sized_in(&s.options, options, &sized_source_options, err);
    if (!st && s.options.id_scope > MORGUE_ID_FILE)
        st = error_set(err, MORGUE_USAGE,
                       "id_scope has no value of enum morgue_id_scope");
    if (st)
        return st;
    sink.scope = (enum morgue_id_scope)s.options.id_scope;
    s.last = &s.first;
    arena_init(&s.arena, SIZE_MAX / 2);
    st = usual_new(&s.usual, NULL, NULL, err);
    if (!st && s.options.map)
        st = key_map_read(&map, s.options.map, err);
    if (!st)
        st = source_read(
            source,
            &(struct source_how){.format = s.options.format,
                                 .map = map,
                                 .follow = s.options.follow,
                                 .date_order = s.options.date_order,
                                 .date_from_path = s.options.date_from_path,
                                 .paths = s.options.root ? ID_PATHS_BELOW
                                                         : ID_PATHS_REAL,
                                 .root = s.options.root},
            &sink, err);
    if (s.last && !s.ended) { /* what was read before a failure, too */
        released = release(&s, st ? NULL : err);
        st = st ? st : released;
    }
    key_map_free(map);
    usual_free(s.usual);
    arena_free(&s.arena);
    return s.ended ? MORGUE_OK : st;
}
