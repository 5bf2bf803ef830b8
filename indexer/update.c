/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * update.c - changing an archive: the public functions and the accounts
 *
 *   sources, articles -> seen before? -> pipeline -> engine
 *
 * Whether an article is new, changed, unchanged or a duplicate is decided
 * here, in the caller's thread and in the order of arrival: by the table of
 * what this update has met (seen.h), else by the archive as it was.
 */
#include <stdlib.h>
#include <unistd.h>

#include "../common/archive/archive.h"
#include "../common/base/sized.h"
#include "collision.h"
#include "pipeline.h"
#include "reading/reading.h"
#include "reading/story.h"
#include "seen.h"
#include "source/source.h"

struct morgue_update {
    struct morgue_update_options options;
    struct archive archive;
    struct engine_writer *writer;
    struct engine_reader *reader; /* as it was; NULL until it is needed */
    struct pipeline *pipeline;
    struct seen seen;
    struct order_book book;      /* of dates in numbers, by source */
    struct key_map *map;         /* NULL: keys are those that we know */
    struct tokenizer *tokenizer; /* for collisions; NULL until it is needed */
    struct morgue_report report;
    struct stop stop; /* the caller's thread's */
    pid_t owner;      /* the process that opened it */
    uint64_t changes; /* articles added, updated or removed */
    bool committed;
    enum morgue_status failed; /* what ended the update, if anything has */
};

static const char *const outcome_name[MORGUE_OUTCOME_N] = {
    [MORGUE_ADDED] = "added",         [MORGUE_UPDATED] = "updated",
    [MORGUE_UNCHANGED] = "unchanged", [MORGUE_DUPLICATE] = "duplicate",
    [MORGUE_SKIPPED] = "skipped",     [MORGUE_FAILED] = "failed",
};

const char *
morgue_outcome_name(enum morgue_outcome outcome)
{
    size_t i = (size_t)outcome;

    return i < MORGUE_OUTCOME_N ? outcome_name[i] : "unknown";
}

/* ---- opening and closing ------------------------------------------------ */

static enum morgue_status
check_options(struct morgue_update *u,
              const struct morgue_update_options *options,
              struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    u->options = (struct morgue_update_options)MORGUE_UPDATE_INIT;
    if (options)
        st = sized_in(&u->options, options, &sized_update_options, err);
    if (st)
        return st;
    if (u->options.id_scope > MORGUE_ID_FILE)
        return error_set(err, MORGUE_USAGE,
                         "id_scope has no value of enum morgue_id_scope");
    st = source_how_check(
        &(struct source_how){.format = u->options.format,
                             .follow = u->options.follow,
                             .date_order = u->options.date_order,
                             .date_from_path = u->options.date_from_path},
        err);
    if (!st && u->options.map)
        st = key_map_read(&u->map, u->options.map, err);
    return st;
}

/* What the archive knows of the dates of its sources. */
static enum morgue_status
read_book(struct morgue_update *u, struct morgue_error *err)
{
    struct buf text;
    enum morgue_status st;

    buf_init(&text, ARCHIVE_ORDERS_MAX);
    st = archive_read_orders(&text, &u->archive.dir, err);
    if (!st)
        st = order_book_read(&u->book, buf_view(&text), err);
    buf_free(&text);
    return st;
}

/* Keep what was learned.  The articles are published: where this fails, it is
 * learned again from the dates that it was learned from. */
static void
write_book(struct morgue_update *u)
{
    struct buf text;

    if (!u->book.changed)
        return;
    buf_init(&text, ARCHIVE_ORDERS_MAX);
    order_book_print(&text, &u->book);
    if (buf_status(&text, NULL) == MORGUE_OK)
        archive_write_orders(&u->archive.dir, &text, NULL);
    buf_free(&text);
}

/* Whether the archive may still get another rule for ids. */
static bool
is_open_to_rules(struct morgue_update *u)
{
    struct engine_counts counts;

    return engine_reader_open(&u->reader, u->archive.info.engine,
                              &u->archive.dir, NULL) == MORGUE_OK &&
           engine_counts(&counts, u->reader, NULL) == MORGUE_OK &&
           counts.articles == 0;
}

/* The rule for ids that the options ask for, of an archive that has `has`. */
static struct id_rule
wanted_rule(const struct morgue_update *u, struct id_rule has)
{
    if (u->options.id_scope != MORGUE_ID_AS_ARCHIVE)
        has.scope = (enum morgue_id_scope)u->options.id_scope;
    if (u->options.root)
        has.paths = ID_PATHS_BELOW;
    return has;
}

/* Hold the rule for ids of the options against the archive's. */
static enum morgue_status
check_rule(struct morgue_update *u, const char *path, struct morgue_error *err)
{
    struct id_rule has = u->archive.info.ids, wants = wanted_rule(u, has);
    char name[ID_RULE_NAME_MAX];

    if (wants.paths == has.paths && wants.scope == has.scope)
        return MORGUE_OK;
    if (is_open_to_rules(u))
        return archive_set_ids(&u->archive, &wants, err);
    id_rule_name(name, &has);
    return error_set(err, MORGUE_USAGE,
                     "the ids of '%s' are made otherwise (%s), and stay so; "
                     "another rule is for a new archive",
                     path, name);
}

enum morgue_status
morgue_update_open(morgue_update **out, const char *path,
                   const struct morgue_update_options *options,
                   struct morgue_error *err)
{
    enum morgue_status st;
    struct engine_tuning tuning;
    struct morgue_update *u;
    struct id_rule rule = {ID_PATHS_REAL, MORGUE_ID_NONE};

    if (out)
        *out = NULL;
    if (!out || !path)
        return error_null(err, "out and path");
    u = calloc(1, sizeof *u);
    if (!u)
        return error_nomem(err);
    u->owner = getpid();
    u->archive = (struct archive)ARCHIVE_CLOSED;
    u->report = (struct morgue_report)MORGUE_REPORT_INIT;
    seen_init(&u->seen);
    order_book_init(&u->book);
    st = check_options(u, options, err);
    u->stop = stop_after(u->options.timeout_ms, u->options.interrupt);
    if (!st)
        rule = wanted_rule(u, rule);
    if (!st)
        st = archive_open(&u->archive, path, u->options.engine, &rule, true,
                          err);
    if (!st)
        st = check_rule(u, path, err);
    if (!st)
        st = read_book(u, err);
    if (st)
        goto done;
    tuning = pipeline_tuning(u->options.threads, u->options.memory, &u->stop);
    st = engine_writer_open(&u->writer, u->archive.info.engine,
                            &u->archive.dir, &tuning, err);
    if (!st)
        st = pipeline_new(&u->pipeline, &u->archive.dir, u->writer, &tuning,
                          err);
done:
    if (st)
        morgue_update_close(u);
    else
        *out = u;
    return st;
}

/* Whether it is that of this process, not of the one it was forked from. */
static bool
is_own(const struct morgue_update *u)
{
    return u->owner == getpid();
}

/* In a forked child, threads that were at work do not exist, and what they
 * had in hand may be in any state: it is left alone.  Files are the parent's,
 * and so is the lock. */
void
morgue_update_close(morgue_update *u)
{
    bool own = u && is_own(u);

    if (!u)
        return;
    if (own)
        pipeline_free(u->pipeline);
    if (u->reader)
        engine_reader_close(u->reader);
    if (u->writer && own)
        engine_writer_close(u->writer);
    archive_close(&u->archive, own && !u->committed);
    seen_free(&u->seen);
    order_book_free(&u->book);
    key_map_free(u->map);
    tokenizer_free(u->tokenizer);
    free(u);
}

/* Whether the update may go on; `given` tells whether what `names` says, which
 * the caller has to give, is there.  At an interrupt or the deadline it never
 * may again. */
static enum morgue_status
may_go_on(struct morgue_update *u, bool given, const char *names,
          struct morgue_error *err)
{
    if (!u || !given)
        return error_null(err, names);
    if (!is_own(u))
        return error_set(err, MORGUE_USAGE,
                         "the update is that of process %ld, and can only be "
                         "closed in its children",
                         (long)u->owner);
    if (u->failed)
        return error_set(err, u->failed,
                         "the update %s, and can only be closed",
                         u->committed ? "was committed" : "has failed before");
    u->failed = stop_failure(&u->stop, err);
    return u->failed;
}

/* ---- accounts ----------------------------------------------------------- */

static void
count(struct morgue_update *u, enum morgue_outcome outcome)
{
    struct morgue_report *r = &u->report;

    r->inputs++;
    r->outcome[outcome]++;
    if (u->options.on_progress && r->inputs % PROGRESS_EVERY == 0)
        u->options.on_progress(r->inputs, r->bytes, u->options.payload);
}

static enum morgue_status
problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
        const char *id, const char *reason, void *update,
        struct morgue_error *err)
{
    struct morgue_update *u = update;
    struct morgue_event event = sink_event(outcome, origin, id, reason);
    enum morgue_status st = stop_failure(&u->stop, err);

    if (st) /* what was read was cut short by that, perhaps */
        return st;
    count(u, outcome);
    if (u->options.on_event)
        u->options.on_event(&event, u->options.payload);
    return MORGUE_OK;
}

/* ---- adding ------------------------------------------------------------- */

/* The article that the archive has of that id, without its body. */
static enum morgue_status
stored_article(struct morgue_article *out, struct morgue_update *u,
               struct morgue_str id, struct arena *arena,
               struct morgue_error *err)
{
    const struct engine *engine = u->archive.info.engine;
    enum morgue_status st = MORGUE_OK;
    uint64_t number;

    if (!u->reader)
        st = engine_reader_open(&u->reader, engine, &u->archive.dir, err);
    if (!st)
        st = engine_find(&number, u->reader, id, err);
    if (!st)
        st = engine_article(out, u->reader, arena, number, false, err);
    return st;
}

/* The version of it; 0: none. */
static enum morgue_status
stored_version(uint64_t *out, struct morgue_update *u, struct morgue_str id,
               struct morgue_error *err)
{
    struct morgue_article a;
    struct arena arena;
    enum morgue_status st;

    arena_init(&arena, SIZE_MAX / 2);
    st = stored_article(&a, u, id, &arena, err);
    if (!st)
        *out = story_version(a.version);
    arena_free(&arena);
    return st;
}

/* What is known of an id, from the archive where this update has not met it
 * before.  A version is looked up where there may be two: the article at hand
 * has the number `version`, and its content has `hash`. */
static enum morgue_status
meet(struct seen_entry **out, struct morgue_update *u, struct morgue_str id,
     uint64_t hash, uint64_t version, struct morgue_error *err)
{
    bool made;
    struct seen_entry *e = seen_get(&u->seen, id, &made);
    enum morgue_status st;

    *out = e;
    if (!e)
        return error_nomem(err);
    if (!made)
        return MORGUE_OK;
    st = engine_writer_find(&e->there, &e->content, u->writer, id, err);
    e->in_archive = e->there;
    e->archived = e->content;
    if (!st && e->there && version > 0 && e->content != hash)
        st = stored_version(&e->version, u, id, err);
    return st;
}

/* Take out what has the id, and count it if there is anything. */
static enum morgue_status
take_out(struct morgue_update *u, struct seen_entry *e, struct morgue_str id,
         struct morgue_error *err)
{
    if (!seen_settle(&u->seen, e, id, SEEN_GONE))
        return error_nomem(err);
    u->report.removed += e->there;
    u->changes += e->there;
    e->there = false;
    e->updates = 0;
    e->undated = 0;
    return MORGUE_OK;
}

/* Why the story's state keeps an article with that version out, or NULL. */
static const char *
kept_out(const struct seen_entry *e, uint64_t version)
{
    if (e->canceled && version <= e->version)
        return "the story was canceled or withheld in this update";
    if (version == 0 || version >= e->version)
        return NULL;
    return e->met ? "an older version of an article that came before"
                  : "an older version than the archive has";
}

/* A story that is canceled or withheld: what has its id goes. */
static enum morgue_status
withdraw(const char **reason, struct morgue_update *u, struct seen_entry *e,
         const struct morgue_article *a, struct morgue_error *err)
{
    uint64_t version = story_version(a->version);
    enum morgue_status st;

    if (version > 0 && version < e->version) {
        *reason = "canceled or withheld, but a later version came before";
        return MORGUE_OK;
    }
    *reason = e->there ? "canceled or withheld: taken out of the archive"
                       : "canceled or withheld";
    st = take_out(u, e, a->id, err);
    e->canceled = true;
    e->version = version > e->version ? version : e->version;
    return st;
}

/* What was put in the archive's place gives way again to what the archive has:
 * sources that have an article in several states, which are the same every
 * night, change nothing. */
static enum morgue_status
take_back(struct morgue_update *u, struct seen_entry *e,
          const struct morgue_origin *origin, struct morgue_str id,
          struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    u->report.undated -= e->undated;
    e->undated = 0;
    for (; e->updates > 0 && !st; e->updates--) {
        u->changes--;
        u->report.inputs--;
        u->report.outcome[MORGUE_UPDATED]--;
        st = problem(MORGUE_SKIPPED, origin, id.s,
                     "came before in another state than this, the archive's",
                     u, err);
    }
    return st;
}

/* What becomes of an article. */
struct verdict {
    enum morgue_outcome outcome;
    bool put;           /* it goes to the archive */
    const char *reason; /* why it is skipped, if it is */
};

/* Of one that no state of its story keeps out. */
static struct verdict
compare(const struct seen_entry *e, uint64_t hash)
{
    struct verdict v = {.put = !e->there || e->content != hash};

    if (!e->there)
        v.outcome = MORGUE_ADDED;
    else if (e->content == hash)
        v.outcome = e->met ? MORGUE_DUPLICATE : MORGUE_UNCHANGED;
    else if (e->updates > 0 && e->archived == hash)
        v.outcome = MORGUE_UNCHANGED;
    else
        v.outcome = MORGUE_UPDATED;
    return v;
}

/* ---- collisions --------------------------------------------------------- */

static void
tell_collision(struct morgue_update *u, const struct morgue_article *a,
               const struct morgue_origin *origin, const struct identity *now,
               const struct identity *was)
{
    char reason[COLLISION_REASON_MAX];
    struct morgue_article replaced = MORGUE_ARTICLE_INIT;
    struct morgue_event event =
        sink_event(MORGUE_UPDATED, origin, a->id.s, reason);

    u->report.collisions++;
    if (!u->options.on_event)
        return;
    collision_reason(reason, now, was);
    replaced.title = was->title;
    replaced.source = was->source;
    event.article = a;
    event.replaced = &replaced;
    u->options.on_event(&event, u->options.payload);
}

/* Tell it where the article replaces another that merely has its id.  What
 * the archive has and cannot be read is replaced as well, and nothing is known
 * of it. */
static enum morgue_status
look_for_collision(struct morgue_update *u, const struct seen_entry *e,
                   const struct morgue_article *a,
                   const struct morgue_origin *origin,
                   struct morgue_error *err)
{
    struct identity now = identity_of(a), was = {.url = 0};
    struct morgue_article stored = MORGUE_ARTICLE_INIT;
    struct arena arena;
    enum morgue_status st = MORGUE_OK;

    if (!u->tokenizer)
        st = tokenizer_new(&u->tokenizer, err);
    if (st)
        return st;
    arena_init(&arena, SIZE_MAX / 2);
    if (e->told)
        was = *e->told;
    else if (e->in_archive)
        st = stored_article(&stored, u, a->id, &arena, err);
    if (!st && !e->told)
        was = identity_of(&stored);
    if (!st && collision(u->tokenizer, &now, &was))
        tell_collision(u, a, origin, &now, &was);
    arena_free(&arena);
    return st == MORGUE_NOMEM ? st : MORGUE_OK;
}

/* Keep what tells what is there now from others, where the archive does not.
 */
static enum morgue_status
tell_apart(struct morgue_update *u, struct seen_entry *e,
           const struct morgue_article *a, const struct verdict *v,
           struct morgue_error *err)
{
    struct identity who = identity_of(a);

    if (v->outcome == MORGUE_UNCHANGED)
        e->told = NULL;
    else if (v->put && !seen_tell(&u->seen, e, &who))
        return error_nomem(err);
    return MORGUE_OK;
}

static enum morgue_status
judge(struct verdict *v, struct morgue_update *u,
      const struct morgue_article *a, uint64_t hash,
      const struct morgue_origin *origin, struct morgue_error *err)
{
    uint64_t version = story_version(a->version);
    struct seen_entry *e;
    enum morgue_status st = meet(&e, u, a->id, hash, version, err);

    *v = (struct verdict){.outcome = MORGUE_SKIPPED};
    if (st)
        return st;
    if (story_is_gone(a))
        return withdraw(&v->reason, u, e, a, err);
    v->reason = kept_out(e, version);
    if (v->reason)
        return MORGUE_OK;
    *v = compare(e, hash);
    if ((v->outcome != MORGUE_ADDED || e->fate == SEEN_GONE) && v->put &&
        !seen_settle(&u->seen, e, a->id, SEEN_LAST))
        return error_nomem(err);
    if (v->outcome == MORGUE_UPDATED)
        st = look_for_collision(u, e, a, origin, err);
    if (!st)
        st = tell_apart(u, e, a, v, err);
    if (!st && v->outcome == MORGUE_UNCHANGED)
        st = take_back(u, e, origin, a->id, err);
    if (st)
        return st;
    if (v->outcome == MORGUE_UPDATED && e->in_archive) {
        e->updates++;
        if (a->date.precision == MORGUE_DATE_NONE && e->undated < UINT16_MAX)
            e->undated++;
    }
    e->content = hash;
    e->there = e->met = true;
    e->canceled = false;
    e->version = version > e->version ? version : e->version;
    return st;
}

/* Name an article that has no date to trust, or its year alone. */
static void
tell_undated(struct morgue_update *u, enum morgue_outcome outcome,
             const struct morgue_article *a,
             const struct morgue_origin *origin)
{
    struct morgue_event event =
        sink_event(outcome, origin, a->id.s, origin->undated);

    if (!origin->undated)
        return;
    u->report.unordered += a->date.precision != MORGUE_DATE_NONE;
    if (u->options.on_undated)
        u->options.on_undated(&event, u->options.payload);
}

static enum morgue_status
take(const struct morgue_article *a, const struct morgue_origin *origin,
     void *update, struct morgue_error *err)
{
    struct morgue_update *u = update;
    uint64_t hash = record_hash(a).low;
    struct verdict v;
    enum morgue_status st = stop_failure(&u->stop, err);

    if (!st)
        st = judge(&v, u, a, hash, origin, err);
    if (st)
        return st;
    if (v.outcome == MORGUE_SKIPPED)
        return problem(v.outcome, origin, a->id.s, v.reason, u, err);
    u->report.converted += origin->converted;
    u->report.repaired += origin->repaired;
    u->report.bytes += a->title.len + a->body.len;
    if (v.put)
        st = pipeline_add(u->pipeline, a, origin->path, hash, err);
    if (st)
        return st;
    if (v.outcome == MORGUE_ADDED || v.outcome == MORGUE_UPDATED) {
        u->changes++;
        u->report.undated += a->date.precision == MORGUE_DATE_NONE;
        tell_undated(u, v.outcome, a, origin);
    }
    count(u, v.outcome);
    return MORGUE_OK;
}

static struct sink
update_sink(struct morgue_update *u)
{
    return (struct sink){.record = take,
                         .problem = problem,
                         .payload = u,
                         .scope = u->archive.info.ids.scope,
                         .stop = &u->stop};
}

enum morgue_status
morgue_update_add(morgue_update *u, const struct morgue_article *article,
                  struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct sink sink;
    enum morgue_status st = may_go_on(u, article, "u and article", err);

    if (!st)
        st = sized_in(&a, article, &sized_article, err);
    if (st)
        return st;
    sink = update_sink(u);
    st = reading_article(&a, &sink, err);
    u->failed = st;
    return st;
}

enum morgue_status
morgue_update_add_source(morgue_update *u, const char *source,
                         struct morgue_error *err)
{
    struct source_how how;
    struct sink sink;
    enum morgue_status st = may_go_on(u, source, "u and source", err);

    if (st)
        return st;
    how = (struct source_how){.format = u->options.format,
                              .map = u->map,
                              .follow = u->options.follow,
                              .date_order = u->options.date_order,
                              .date_from_path = u->options.date_from_path,
                              .book = &u->book,
                              .paths = u->archive.info.ids.paths,
                              .root = u->options.root};
    sink = update_sink(u);
    st = source_read(source, &how, &sink, err);
    if (st != MORGUE_NO_INPUT && st != MORGUE_USAGE)
        u->failed = st;
    return st;
}

enum morgue_status
morgue_update_remove(morgue_update *u, const char *id, bool *found,
                     struct morgue_error *err)
{
    struct morgue_str name = str_of(id ? id : "");
    struct seen_entry *e;
    bool there;
    enum morgue_status st = may_go_on(u, id, "u and id", err);

    if (found)
        *found = false;
    if (st || name.len == 0 || name.len > field_info[FIELD_ID].max)
        return st; /* no article has that id */
    st = meet(&e, u, name, 0, 0, err);
    there = !st && e->there;
    if (!st)
        st = take_out(u, e, name, err);
    if (!st && found)
        *found = there;
    u->failed = st;
    return st;
}

/* ---- publishing --------------------------------------------------------- */

static enum morgue_status
settle(struct morgue_update *u, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < u->seen.cap && !st; i++) {
        const struct seen_entry *e = &u->seen.entry[i];

        if (e->used && e->name)
            st = engine_writer_settle(
                u->writer, str_slice(e->name, e->name_len),
                e->fate == SEEN_GONE ? ENGINE_KEEP_NONE : ENGINE_KEEP_LAST,
                err);
    }
    return st;
}

enum morgue_status
morgue_update_commit(morgue_update *u, struct morgue_report *report,
                     struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    if (u && report)
        st = sized_out(report, &u->report, &sized_report, err);
    if (!st)
        st = may_go_on(u, true, "u", err);
    if (st)
        return st;
    st = pipeline_finish(u->pipeline, err);
    if (!st && u->changes > 0)
        st = settle(u, err);
    if (!st && u->changes > 0)
        st = engine_writer_commit(u->writer, err);
    u->failed = st ? st : MORGUE_USAGE; /* a second commit is a mistake */
    u->committed = !st;
    if (!st && u->changes > 0)
        write_book(u);
    return st;
}
