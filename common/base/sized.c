/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sized.c - structs of morgue.h, and how they are taken and filled
 */
#include "sized.h"

#include <string.h>

#include "error.h"

/* A struct, with the last member that it had when sizes began to count. */
#define ROW(type, last, what)                                                 \
    {                                                                         \
        what, offsetof(type, last) + sizeof(((type *)NULL)->last),            \
            sizeof(type)                                                      \
    }

const struct sized sized_article =
    ROW(struct morgue_article, embargo, "an article");
const struct sized sized_search_options =
    ROW(struct morgue_search_options, b, "search options");
const struct sized sized_update_options =
    ROW(struct morgue_update_options, payload, "update options");
const struct sized sized_rebuild_options =
    ROW(struct morgue_rebuild_options, timeout_ms, "rebuild options");
const struct sized sized_source_options =
    ROW(struct morgue_source_options, payload, "source options");
const struct sized sized_hit = ROW(struct morgue_hit, status, "a hit");
const struct sized sized_snippet =
    ROW(struct morgue_snippet, mark_n, "a snippet");
const struct sized sized_stats = ROW(struct morgue_stats, languages, "stats");
const struct sized sized_report = ROW(struct morgue_report, bytes, "a report");
const struct sized sized_field = ROW(struct morgue_field, max, "a field");
const struct sized sized_collect =
    ROW(struct morgue_collect, each, "what is to be collected");
const struct sized sized_collected =
    ROW(struct morgue_collected, imprecise, "what was collected");
const struct sized sized_row = ROW(struct morgue_row, hits, "a row");
const struct sized sized_note = ROW(struct morgue_note, text, "a note");
const struct sized sized_term = ROW(struct morgue_term, articles, "a term");
const struct sized sized_value = ROW(struct morgue_value, articles, "a value");
const struct sized sized_format = ROW(struct morgue_format, what, "a format");

static size_t
size_of(const void *given)
{
    size_t size;

    memcpy(&size, given, sizeof size);
    return size;
}

enum morgue_status
sized_check(const void *given, const struct sized *s, struct morgue_error *err)
{
    size_t size = size_of(given);

    if (size >= s->least && size <= SIZED_MAX)
        return MORGUE_OK;
    return error_set(err, MORGUE_USAGE,
                     "%s of size %zu instead of %zu; initialise it as "
                     "morgue.h says",
                     s->what, size, s->now);
}

enum morgue_status
sized_in(void *ours, const void *given, const struct sized *s,
         struct morgue_error *err)
{
    const char *bytes = given;
    enum morgue_status st = sized_check(given, s, err);
    size_t size = st ? 0 : size_of(given);

    for (size_t i = s->now; i < size; i++)
        if (bytes[i])
            return error_set(err, MORGUE_USAGE,
                             "%s with something set that version %s does not "
                             "know; it needs a later one",
                             s->what, MORGUE_VERSION);
    if (st)
        return st;
    memcpy(ours, given, size < s->now ? size : s->now);
    memcpy(ours, &s->now, sizeof s->now);
    return MORGUE_OK;
}

enum morgue_status
sized_out(void *out, const void *ours, const struct sized *s,
          struct morgue_error *err)
{
    enum morgue_status st = sized_check(out, s, err);
    size_t size = st ? 0 : size_of(out);

    if (st)
        return st;
    memcpy(out, ours, size < s->now ? size : s->now);
    memcpy(out, &size, sizeof size);
    if (size > s->now)
        memset((char *)out + s->now, 0, size - s->now);
    return MORGUE_OK;
}
