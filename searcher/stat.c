/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat.c - what an archive holds
 */
#include <stdio.h>

#include "../common/base/sized.h"
#include "handle.h"

/* The date of the newest or oldest article, and how many have one (NULL: not
 * asked). */
static enum morgue_status
edge(struct morgue_date *out, uint64_t *dated, struct session *s,
     enum morgue_sort sort, struct morgue_error *err)
{
    struct engine_params params = {
        .k1 = 1, .b = 0, .sort = sort, .limit = 1, .exact_total = dated};
    struct query dates = {.op = QUERY_DATES,
                          .period = {.from = INT64_MIN, .to = INT64_MAX}};
    struct engine_hits hits;
    struct morgue_article a;
    struct arena arena;
    enum morgue_status st;

    *out = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    arena_init(&arena, SIZE_MAX / 2);
    st = engine_search(&hits, s->reader, &arena, &dates, &params, err);
    if (!st && dated)
        *dated = hits.total;
    if (!st && hits.n > 0) {
        st = engine_article(&a, s->reader, &arena, hits.hit[0].number, false,
                            err);
        if (!st)
            *out = a.date;
    }
    arena_free(&arena);
    return st;
}

static void
print_languages(struct morgue_stats *out, const struct state *s)
{
    size_t at = 0;

    out->languages[0] = '\0';
    for (size_t i = 0; i < s->lang_n && at < sizeof out->languages; i++) {
        const struct language *l = &s->language[i];
        int n = snprintf(out->languages + at, sizeof out->languages - at,
                         "%s%s %llu", i > 0 ? ", " : "",
                         l->code[0] ? l->code : "unknown",
                         (unsigned long long)l->articles);

        at += n > 0 ? (size_t)n : 0;
    }
}

static enum morgue_status
stat_once(morgue *m, struct session *s, struct morgue_stats *out,
          struct morgue_error *err)
{
    struct engine_counts counts;
    struct archive_info info;
    uint64_t dated = 0;
    enum morgue_status st = engine_counts(&counts, s->reader, err);

    if (!st)
        st = edge(&out->first, &dated, s, MORGUE_SORT_OLDEST, err);
    if (!st)
        st = edge(&out->last, NULL, s, MORGUE_SORT_NEWEST, err);
    if (st)
        return st;
    out->articles = counts.articles;
    out->undated = counts.articles - dated;
    out->terms = counts.terms;
    out->mean_length = counts.mean_length;
    out->disk_bytes = file_dir_bytes(m->dir.path);
    snprintf(out->engine, sizeof out->engine, "%s", s->reader->engine->name);
    snprintf(out->analysis, sizeof out->analysis, "%s",
             engine_reader_analysis(s->reader));
    print_languages(out, s->state);
    if (archive_read(&info, &m->dir, NULL) == MORGUE_OK)
        id_rule_name(out->ids, &info.ids);
    return MORGUE_OK;
}

enum morgue_status
morgue_stat(morgue *m, struct morgue_stats *out, struct morgue_error *err)
{
    struct morgue_stats stats = MORGUE_STATS_INIT;
    enum morgue_status st;

    if (!m || !out)
        return error_null(err, "m and out");
    st = sized_check(out, &sized_stats, err);
    if (st)
        return st;
    st = MORGUE_BUSY;
    for (int i = 0; st == MORGUE_BUSY && i < TRIES; i++) {
        struct session *s;

        st = session_begin(&s, m, i, err);
        if (!st)
            st = stat_once(m, s, &stats, err);
        session_end(m, s);
    }
    return st ? st : sized_out(out, &stats, &sized_stats, err);
}
