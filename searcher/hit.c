/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hit.c - what is shown of an article that was found
 *
 * A hit costs some microseconds, with a snippet a tenth of a millisecond.
 */
#include "hit.h"

enum morgue_status
hit_of_article(struct morgue_hit *out, struct session *s,
               const struct morgue_article *a, uint64_t number,
               struct morgue_error *err)
{
    out->id = a->id;
    out->title = a->title;
    out->url = a->url;
    out->section = a->section;
    out->source = a->source;
    out->author = a->author;
    out->lang = a->lang;
    out->status = a->status;
    out->date = a->date;
    return engine_words(&out->words, s->reader, number, err);
}

/* Have the strings of a hit in the arena. */
static bool
keep(struct morgue_hit *h, struct arena *arena)
{
    struct morgue_str *const of[] = {&h->id,      &h->title,  &h->url,
                                     &h->section, &h->source, &h->author,
                                     &h->lang,    &h->status};

    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (!arena_str(arena, *of[i], of[i]))
            return false;
    return true;
}

static enum morgue_status
fetch(struct hit *out, struct fetching *f, struct arena *scratch,
      const struct engine_hit *hit, struct morgue_error *err)
{
    struct morgue_article a;
    enum morgue_status st = stop_status(f->stop, err);

    arena_reset(scratch);
    if (!st)
        st = engine_article(&a, f->s->reader, scratch, hit->number,
                            f->snippets != NULL, err);
    if (!st)
        st = hit_of_article(&out->hit, f->s, &a, hit->number, err);
    if (!st && !keep(&out->hit, f->arena))
        st = error_nomem(err);
    if (!st && f->snippets)
        st = snippet_make(&out->snippet, f->snippets, f->arena, &a, err);
    out->hit.score = hit->score;
    /* A held state loses nothing: what is not there is damage. */
    return st == MORGUE_NO_ARTICLE ? error_as(err, MORGUE_DAMAGED) : st;
}

enum morgue_status
hits_fetch(struct hit_list *out, struct fetching *f,
           const struct engine_hit *hit, size_t n, size_t rank,
           struct morgue_error *err)
{
    struct arena scratch;
    enum morgue_status st = MORGUE_OK;

    out->n = 0;
    out->hit = arena_zero(f->arena, n + 1, sizeof *out->hit);
    if (!out->hit)
        return error_nomem(err);
    arena_init(&scratch, SIZE_MAX / 2);
    while (!st && out->n < n && (f->n < PAGE_HITS || !stop_now(f->stop))) {
        out->hit[out->n].hit.rank = rank + out->n;
        st = fetch(&out->hit[out->n], f, &scratch, &hit[out->n], err);
        out->n += !st;
        f->n += !st;
    }
    arena_free(&scratch);
    return st ? st : stop_status(f->stop, err);
}
