/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rebuild.c - the whole index of an archive made anew
 *
 *   the archive as it is -> articles in order of arrival -> pipeline -> engine
 *
 * What is made stands beside what there is, in the same directory, and is
 * nobody's until one file is replaced: the engine's own list of its files, or,
 * where the engine changes, the marker, which names it.  Everything that is
 * stored stays as it is, the language of an article and the hash of what its
 * source gave too, so that the next update finds it unchanged.
 */
#include "../common/archive/archive.h"
#include "../common/base/sized.h"
#include "pipeline.h"

enum { PAGE = 1 << 16 /* articles that are listed at a time */ };

struct rebuild {
    struct morgue_rebuild_options options;
    struct archive archive;
    const struct engine *engine; /* that it is to have */
    struct engine_reader *reader;
    struct engine_writer *writer;
    struct pipeline *pipeline;
    struct stop stop;
    struct arena article; /* the one at hand */
    uint64_t articles, bytes;
};

/* ---- room --------------------------------------------------------------- */

/* Ask for room: of runs, and of what they are merged into. */
static enum morgue_status
ask_for_room(const struct rebuild *r, struct morgue_error *err)
{
    enum { MB = 1 << 20 };
    const double times = 2.5; /* measured: 1 (segment) and 2.3 (xapian) */
    const char *path = r->archive.dir.path;
    double bulk = r->engine->bulk / r->archive.info.engine->bulk;
    double need = (double)engine_reader_bytes(r->reader) * bulk * times;
    double room = (double)file_free_bytes(path);

    if (room >= need)
        return MORGUE_OK;
    return error_set(err, MORGUE_NO_SPACE,
                     "to make '%s' anew takes about %.0f MB beside it, and "
                     "its disk has %.0f MB left; make room and try again",
                     path, need / MB + 1, room / MB);
}

/* ---- articles ----------------------------------------------------------- */

static enum morgue_status
take(struct rebuild *r, uint64_t number, struct morgue_error *err)
{
    struct morgue_article a;
    uint64_t hash = 0;
    enum morgue_status st = stop_failure(&r->stop, err);

    arena_reset(&r->article);
    if (!st)
        st = engine_article(&a, r->reader, &r->article, number, true, err);
    if (!st)
        st = engine_hash(&hash, r->reader, number, err);
    if (!st)
        st = pipeline_add(r->pipeline, &a, "", hash, err);
    if (st)
        return st;
    r->articles++;
    r->bytes += a.title.len + a.body.len;
    if (r->options.on_progress && r->articles % PROGRESS_EVERY == 0)
        r->options.on_progress(r->articles, r->bytes, r->options.payload);
    return MORGUE_OK;
}

/* Take the articles of a page, which begins behind *last, or at the first
 * where there is no `last`; then *last is that of the page, and *more whether
 * others may follow. */
static enum morgue_status
take_page(struct rebuild *r, struct engine_hit *last, bool *more,
          struct arena *arena, struct morgue_error *err)
{
    const struct query every = {.op = QUERY_EVERY};
    const struct engine_params params = {.k1 = 1};
    struct collector page = {.kind = COLLECT_FIRST,
                             .sort = MORGUE_SORT_ARRIVAL,
                             .limit = PAGE,
                             .after = *more ? last : NULL};
    enum morgue_status st = engine_collect(&page, 1, r->reader, arena, &every,
                                           &params, &r->stop, err);

    if (!st)
        st = stop_failure(&r->stop, err);
    for (size_t i = 0; i < page.hits.n && !st; i++)
        st = take(r, page.hits.hit[i].number, err);
    *more = !st && page.hits.n == PAGE;
    if (*more)
        *last = page.hits.hit[PAGE - 1];
    return st;
}

static enum morgue_status
take_all(struct rebuild *r, struct morgue_error *err)
{
    struct engine_hit last = {0};
    bool more = false;
    enum morgue_status st;
    struct arena arena;

    arena_init(&arena, SIZE_MAX / 2);
    do {
        arena_reset(&arena);
        st = take_page(r, &last, &more, &arena, err);
    } while (more);
    arena_free(&arena);
    return st ? st : pipeline_finish(r->pipeline, err);
}

/* ---- from one state to another ------------------------------------------ */

static bool
changes_engine(const struct rebuild *r)
{
    return r->engine != r->archive.info.engine;
}

/* Have the archive, and ask whether it can be done. */
static enum morgue_status
begin(struct rebuild *r, const char *path,
      const struct morgue_rebuild_options *options, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    r->options = (struct morgue_rebuild_options)MORGUE_REBUILD_INIT;
    if (options)
        st = sized_in(&r->options, options, &sized_rebuild_options, err);
    if (!st)
        st = engine_wanted(&r->engine, r->options.engine, err);
    r->stop = stop_after(r->options.timeout_ms, r->options.interrupt);
    if (!st)
        st = archive_hold(&r->archive, path, err);
    if (st)
        return st;
    if (!r->options.engine)
        r->engine = r->archive.info.engine;
    st = engine_reader_open(&r->reader, r->archive.info.engine,
                            &r->archive.dir, err);
    return st ? st : ask_for_room(r, err);
}

/* Write the new state beside the old one, up to where it is published; of the
 * engine that the archive has, publish it. */
static enum morgue_status
write_anew(struct rebuild *r, struct morgue_error *err)
{
    char analysis[ANALYSIS_MAX];
    struct engine_tuning tuning =
        pipeline_tuning(r->options.threads, r->options.memory, &r->stop);
    const struct dir *dir = &r->archive.dir;
    enum morgue_status st = archive_own_analysis(analysis, err);

    tuning.anew = analysis;
    if (!st && changes_engine(r))
        st = archive_begin_engine(&r->archive, r->engine, analysis, err);
    if (!st)
        st = engine_writer_open(&r->writer, r->engine, dir, &tuning, err);
    if (!st)
        st = pipeline_new(&r->pipeline, NULL, r->writer, &tuning, err);
    if (!st)
        st = take_all(r, err);
    return st ? st : engine_writer_commit(r->writer, err);
}

static void
end(struct rebuild *r, bool failed)
{
    pipeline_free(r->pipeline);
    engine_writer_close(r->writer);
    engine_reader_close(r->reader);
    if (failed && r->archive.lock.fd >= 0)
        archive_drop_engine(&r->archive);
    archive_close(&r->archive, false);
    arena_free(&r->article);
}

enum morgue_status
morgue_rebuild(const char *path, const struct morgue_rebuild_options *options,
               uint64_t *articles, struct morgue_error *err)
{
    struct rebuild r = {.archive = ARCHIVE_CLOSED};
    enum morgue_status st;

    if (!path)
        return error_null(err, "path");
    arena_init(&r.article, SIZE_MAX / 2);
    st = begin(&r, path, options, err);
    if (!st)
        st = write_anew(&r, err);
    engine_reader_close(r.reader); /* it would hold the files of its state */
    r.reader = NULL;
    if (!st && changes_engine(&r))
        st = archive_change_engine(&r.archive, r.engine, err);
    if (st == MORGUE_BUSY && r.archive.lock.fd >= 0) /* held: nobody else's */
        st = error_set(err, MORGUE_DAMAGED,
                       "'%s' is damaged: an article of it cannot be read",
                       path);
    if (!st && articles)
        *articles = r.articles;
    end(&r, st != MORGUE_OK);
    return st;
}
