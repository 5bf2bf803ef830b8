/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show.c - the articles of a source without an archive: a public function
 */
#include "../common/text/language.h"
#include "source/source.h"

struct show {
    struct morgue_source_options options;
    bool ended; /* the caller wants no more */
};

/* What ends source_read when the caller wants no more; told from a failure by
 * show.ended. */
static const enum morgue_status stop = MORGUE_INTERNAL;

static enum morgue_status
hand_out(const struct morgue_article *article,
         const struct morgue_origin *origin, void *show,
         struct morgue_error *err)
{
    struct show *s = show;
    struct morgue_article a = *article;

    (void)err;
    if (!s->options.on_article)
        return MORGUE_OK;
    if (a.lang.len == 0)
        a.lang = str_of(language_detect(a.title, a.body));
    s->ended = !s->options.on_article(&a, origin, s->options.payload);
    return s->ended ? stop : MORGUE_OK;
}

static enum morgue_status
problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
        const char *id, const char *reason, void *show,
        struct morgue_error *err)
{
    const struct show *s = show;
    struct morgue_event event = source_event(outcome, origin, id, reason);

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
    struct sink sink = {.record = hand_out, .problem = problem, .payload = &s};
    struct key_map *map = NULL;
    enum morgue_status st = MORGUE_OK;

    if (!source)
        return error_null(err, "source");
    if (options)
        st = error_size(err, "source options", options->size, sizeof *options);
    if (st)
        return st;
    if (options)
        s.options = *options;
    if (s.options.map)
        st = key_map_read(&map, s.options.map, err);
    if (!st)
        st = source_read(
            source,
            &(struct source_how){s.options.format, map, s.options.follow},
            &sink, err);
    key_map_free(map);
    return s.ended ? MORGUE_OK : st;
}
