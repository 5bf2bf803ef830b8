/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request.c - what a caller asks for: options in force, and a tree
 */
#include "request.h"

#include <time.h>

#include "../common/article/zone.h"
#include "../common/base/sized.h"
#include "query/dialect.h"

enum { K1_MAX = 1000000 };

static enum morgue_status
check_options(const struct morgue_search_options *o, struct morgue_error *err)
{
    char code[LANG_MAX];

    if ((unsigned)o->match > MORGUE_MATCH_ANY)
        return error_set(err, MORGUE_USAGE, "there is no match %d",
                         (int)o->match);
    if ((unsigned)o->sort > MORGUE_SORT_ID)
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
    if (o->collect_n > COLLECT_MAX)
        return error_set(err, MORGUE_USAGE, "at most %d things are collected",
                         COLLECT_MAX);
    if (o->collect_n > 0 && !o->collect)
        return error_null(err, "collect");
    if (o->strict > 1)
        return error_set(err, MORGUE_USAGE, "strict is 0 or 1");
    if (o->max_words > EXPANSION_CEILING)
        return error_set(err, MORGUE_USAGE,
                         "a wildcard can stand for at most %d words",
                         EXPANSION_CEILING);
    if (o->dialect && !dialect_find(o->dialect))
        return error_set(err, MORGUE_USAGE,
                         "'%.40s' is no dialect; those are %s", o->dialect,
                         dialect_names());
    if (o->lang)
        stem_code(code, str_of(o->lang));
    if (o->lang && !code[0])
        return error_set(err, MORGUE_USAGE,
                         "'%s' is not the code of a language", o->lang);
    return MORGUE_OK;
}

enum morgue_status
request_options(struct morgue_search_options *out,
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

struct engine_params
request_params(const struct morgue_search_options *o)
{
    return (struct engine_params){.k1 = o->k1,
                                  .b = o->b,
                                  .sort = o->sort,
                                  .exact_total = o->exact_total};
}

const struct field_info *
request_field(const char *name, struct morgue_error *err)
{
    const struct field_info *info = field_named(str_of(name));

    if (!info)
        info = field_of_query(str_of(name));
    if (info && field_has_values((enum field)(info - field_info)))
        return info;
    error_set(err, MORGUE_USAGE,
              "'%.40s' is no field whose values are counted; those are "
              "section, source, author, lang, places, topics",
              name);
    return NULL;
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

static bool
dates_asked(const struct morgue_search_options *o)
{
    return o->from.precision != MORGUE_DATE_NONE ||
           o->to.precision != MORGUE_DATE_NONE;
}

/* 00:00 of today, by the clock of the zone or, without one, of the machine, as
 * if that were UTC. */
static int64_t
today(const struct zone *zone)
{
    time_t now = time(NULL);
    int64_t local = now;
    struct tm tm;

    if (zone)
        local += zone_offset(zone, now);
    else if (localtime_r(&now, &tm))
        local += tm.tm_gmtoff;
    return local - local % 86400;
}

static struct parse_context
context_of(struct session *s, const struct morgue_search_options *o,
           const struct zone *zone, struct stop *stop)
{
    return (struct parse_context){
        .tokenizer = s->tokenizer,
        .stemmer = s->stemmer,
        .lang = o->lang ? &o->lang : s->state->stem,
        .lang_n = o->lang ? 1 : s->state->stem_n,
        .match = o->match,
        .may_be_empty = dates_asked(o) || o->lang,
        .strict = o->strict > 0,
        .max_words = o->max_words > 0 ? o->max_words : EXPANSION_MAX,
        .dialect = o->dialect ? dialect_find(o->dialect) : NULL,
        .zone = zone,
        .today = today(zone),
        .reader = s->reader,
        .stop = stop,
    };
}

/* The query with the option's dates as a filter. */
static struct query *
with_dates(struct arena *arena, struct query *q, const struct zone *zone,
           const struct morgue_search_options *o)
{
    struct query *part[2] = {q, NULL};

    if (!dates_asked(o))
        return q;
    part[1] = query_period(arena, o->from, o->to, zone);
    return query_node(arena, QUERY_FILTER, part, 2);
}

enum morgue_status
request_parse(struct parsed *out, struct arena *arena, struct session *s,
              struct parse_context *context, const char *query,
              const struct morgue_search_options *o, struct stop *stop,
              struct morgue_error *err)
{
    struct zone *zone = NULL;
    enum morgue_status st = o->tz ? zone_open(&zone, o->tz, err) : MORGUE_OK;
    struct query *q;

    *out = (struct parsed){.query = NULL};
    if (st)
        return st;
    *context = context_of(s, o, zone, stop);
    if (query)
        st = query_parse(out, arena, str_of(query), context, err);
    else
        out->words = out->query = query_node(arena, QUERY_EVERY, NULL, 0);
    q = !st ? with_dates(arena, out->query, zone, o) : NULL;
    if (q)
        q = with_lang(arena, q, s, o);
    if (q)
        q = embargoes_filter(arena, q, &s->state->embargoes);
    out->query = q;
    context->zone = NULL;
    zone_free(zone);
    return st || q ? st : error_nomem(err);
}

/* ---- notes -------------------------------------------------------------- */

enum morgue_status
notes_take(struct note_rows *out, struct arena *arena,
           const struct query_notes *notes, struct morgue_error *err)
{
    *out = (struct note_rows){
        .v = arena_zero(arena, notes->n + 1, sizeof *out->v)};
    if (!out->v)
        return error_nomem(err);
    for (const struct query_note *n = notes->first; n; n = n->next) {
        struct morgue_note *to = &out->v[out->n++];

        *to = (struct morgue_note)MORGUE_NOTE_INIT;
        to->span = n->span;
        if (!arena_str(arena, n->text, &to->text))
            return error_nomem(err);
    }
    return MORGUE_OK;
}

bool
notes_get(const struct note_rows *rows, size_t i, struct morgue_note *out)
{
    return i < rows->n &&
           sized_out(out, &rows->v[i], &sized_note, NULL) == MORGUE_OK;
}
