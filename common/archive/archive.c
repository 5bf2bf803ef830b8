/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive.c - the archive as a directory
 *
 * The marker file `morgue` is text:
 *
 *     morgue archive 4
 *     by NAME             the version that wrote this file
 *     engine NAME
 *     turn N              how often the engine was changed; none: never
 *     ids PATHS SCOPE     how ids are made (article/id_rule.h): PATHS is real,
 *                         or below, SCOPE is none, source or file; no such
 *                         line: paths as they were named, and none
 *     check XXXXXXXXXXXXXXXX
 *
 * `4` is the version of the archive: of this file and of what engines keep for
 * each article, where they do not tell that by themselves; lines of other
 * names may be among those behind it; the last line is the XXH3 of the bytes
 * before it.  Which analysis made the terms is told by the engine's own files,
 * so that one replacement of one file changes both.
 *
 * A rule for ids that is not the usual one (real, none) is in the file
 * `morgue.ids` as well: that line and a check.  So a marker that is lost is
 * written again as it was, but for archives that were made before there were
 * rules, which get the usual one.
 *
 * The marker is written first, as `morgue.begun`, and renamed when all else of
 * an empty archive is in place.  So a making that was killed is told from an
 * archive whose marker is lost: the one may be begun anew, the other is never
 * touched.  Another engine's files are made beside those that are current, and
 * the marker that names it takes the place of the old one; files of an engine
 * that the marker does not name are left over.
 */
#include "archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../text/stem.h"

static const char marker_name[] = "morgue";
static const char begun_name[] = "morgue.begun";
static const char lock_name[] = "morgue.lock";
static const char orders_name[] = "morgue.orders";
static const char ids_name[] = "morgue.ids";

/* ---- ids ---------------------------------------------------------------- */

static const char *const paths_name[] = {
    [ID_PATHS_NAMED] = "named",
    [ID_PATHS_REAL] = "real",
    [ID_PATHS_BELOW] = "below",
    [ID_PATHS_OTHER] = "other",
};
static const char *const scope_name[] = {
    [MORGUE_ID_AS_ARCHIVE] = "none",
    [MORGUE_ID_NONE] = "none",
    [MORGUE_ID_SOURCE] = "source",
    [MORGUE_ID_FILE] = "file",
};

void
id_rule_name(char out[ID_RULE_NAME_MAX], const struct id_rule *rule)
{
    static const char *const paths[] = {
        [ID_PATHS_NAMED] = "paths as they were named",
        [ID_PATHS_REAL] = "real paths",
        [ID_PATHS_BELOW] = "real paths below a root",
        [ID_PATHS_OTHER] = "by a rule that this version does not have",
    };

    snprintf(out, ID_RULE_NAME_MAX, "%s; scope: %s", paths[rule->paths],
             scope_name[rule->scope]);
}

/* Read what follows "ids " in a marker. */
static struct id_rule
parse_ids(const char *text)
{
    char paths[16], scope[16];
    struct id_rule rule = {.paths = ID_PATHS_OTHER, .scope = MORGUE_ID_NONE};

    if (sscanf(text, "%15s %15s", paths, scope) != 2)
        return rule;
    for (int p = ID_PATHS_REAL; p <= ID_PATHS_BELOW; p++)
        for (int s = MORGUE_ID_NONE; s <= MORGUE_ID_FILE; s++)
            if (strcmp(paths, paths_name[p]) == 0 &&
                strcmp(scope, scope_name[s]) == 0)
                rule = (struct id_rule){(enum id_paths)p,
                                        (enum morgue_id_scope)s};
    return rule;
}

/* ---- the marker --------------------------------------------------------- */

enum morgue_status
archive_own_analysis(char out[ANALYSIS_MAX], struct morgue_error *err)
{
    struct stemmer *s = NULL;
    enum morgue_status st = stemmer_new(&s, err);

    if (!st)
        st = analysis_name(out, s, err);
    stemmer_free(s);
    return st;
}

static enum morgue_status
write_marker(const struct dir *dir, const char *name,
             const struct archive_info *info, struct morgue_error *err)
{
    enum morgue_status st;
    struct buf b;

    buf_init(&b, 4096);
    buf_printf(&b, "morgue archive 4\nby morgue %s\nengine %s\n",
               MORGUE_VERSION, info->engine->name);
    if (info->turn > 0)
        buf_printf(&b, "turn %llu\n", (unsigned long long)info->turn);
    if (info->ids.paths != ID_PATHS_NAMED)
        buf_printf(&b, "ids %s %s\n", paths_name[info->ids.paths],
                   scope_name[info->ids.scope]);
    st = buf_status(&b, err);
    if (!st) {
        buf_printf(&b, "check %016llx\n",
                   (unsigned long long)hash64(b.data, b.len));
        st = buf_status(&b, err);
    }
    if (!st)
        st = dir_replace(dir, name, buf_view(&b), err);
    buf_free(&b);
    return st;
}

static const struct id_rule usual_ids = {ID_PATHS_REAL, MORGUE_ID_NONE};

/* Write the rule for ids a second time, or take that away where it is the
 * usual one. */
static enum morgue_status
write_ids(const struct dir *dir, const struct id_rule *ids,
          struct morgue_error *err)
{
    char text[100];
    int n;

    if (ids->paths == usual_ids.paths && ids->scope == usual_ids.scope)
        return dir_remove(dir, ids_name, err);
    n = snprintf(text, sizeof text, "ids %s %s\n", paths_name[ids->paths],
                 scope_name[ids->scope]);
    snprintf(text + n, sizeof text - (size_t)n, "check %016llx\n",
             (unsigned long long)hash64(text, (size_t)n));
    return dir_replace(dir, ids_name, str_of(text), err);
}

/* What follows `key` on its line, into out[size] with NUL; false where there
 * is no such line, or it is longer than that. */
static bool
marker_value(char *out, size_t size, struct morgue_str text,
             struct morgue_str key)
{
    struct morgue_str line;

    while (str_line(&text, &line)) {
        if (!str_starts(line, key))
            continue;
        line = str_slice(line.s + key.len, line.len - key.len);
        if (line.len >= size)
            return false;
        memcpy(out, line.s, line.len);
        out[line.len] = '\0';
        return true;
    }
    return false;
}

/* Take the last line, the check, off the marker's text; false where the text
 * is not what was written. */
static bool
marker_whole(struct morgue_str *text)
{
    static const char form[] = "check 0123456789abcdef\n";
    size_t len = sizeof form - 1;
    char want[sizeof form];

    if (text->len < len)
        return false;
    text->len -= len;
    snprintf(want, sizeof want, "check %016llx\n",
             (unsigned long long)hash64(text->s, text->len));
    return memcmp(text->s + text->len, want, len) == 0;
}

/* The rule for ids, from the file that has it a second time. */
static enum morgue_status
read_ids(struct id_rule *out, const struct dir *dir, struct morgue_error *err)
{
    struct buf b;
    struct morgue_str text;
    char value[40];
    enum morgue_status st;

    buf_init(&b, 1000);
    st = dir_read(&b, dir, ids_name, err);
    text = buf_view(&b);
    *out = usual_ids;
    if (st == MORGUE_NO_INPUT)
        st = MORGUE_OK;
    else if (!st && marker_whole(&text) &&
             marker_value(value, sizeof value, text, STR("ids ")))
        *out = parse_ids(value);
    else if (st != MORGUE_NOMEM)
        st = error_set(err, MORGUE_DAMAGED,
                       "'%s/%s' is damaged, which tells how ids are made",
                       dir->path, ids_name);
    buf_free(&b);
    return st;
}

static enum morgue_status
parse_marker(struct archive_info *out, struct morgue_str text,
             const struct dir *dir, struct morgue_error *err)
{
    char layout[20], engine[32], turn[24], ids[40], names[ENGINE_NAMES_MAX];

    if (!marker_whole(&text) || !str_starts(text, STR("morgue archive ")) ||
        !marker_value(layout, sizeof layout, text, STR("morgue archive ")))
        return MORGUE_DAMAGED;
    if (!marker_value(out->by, sizeof out->by, text, STR("by ")))
        snprintf(out->by, sizeof out->by, "an early version of morgue");
    if (strcmp(layout, "4") != 0)
        return error_set(err, MORGUE_VERSION_DIFFERS,
                         "'%s' was made by %s, in a layout that this version "
                         "does not read (%s, not 4); index its sources into "
                         "a new archive",
                         dir->path, out->by, layout);
    if (!marker_value(engine, sizeof engine, text, STR("engine ")))
        return MORGUE_DAMAGED;
    out->turn = 0;
    if (marker_value(turn, sizeof turn, text, STR("turn ")))
        out->turn = strtoull(turn, NULL, 10);
    out->ids = (struct id_rule){ID_PATHS_NAMED, MORGUE_ID_NONE};
    if (marker_value(ids, sizeof ids, text, STR("ids ")))
        out->ids = parse_ids(ids);
    out->engine = engine_named(engine);
    if (!out->engine)
        return error_set(err, MORGUE_VERSION_DIFFERS,
                         "'%s' was made by %s with the engine '%s'; this "
                         "version has %s",
                         dir->path, out->by, engine, engine_names(names));
    return MORGUE_OK;
}

enum morgue_status
archive_check_analysis(const char *analysis, const struct archive_info *info,
                       const struct dir *dir, struct morgue_error *err)
{
    char own[ANALYSIS_MAX];
    enum morgue_status st = archive_own_analysis(own, err);

    if (!st && strcmp(own, analysis) != 0)
        st = error_set(
            err, MORGUE_VERSION_DIFFERS,
            "'%s', begun by %s, has another analysis of text (%s; "
            "this version has %s): its articles can be shown, but "
            "not searched or changed; `morgue-indexer rebuild` makes its "
            "index anew",
            dir->path, info->by, analysis, own);
    return st;
}

/* The same of the archive's files as they are now. */
static enum morgue_status
check_own_analysis(const struct archive *a, struct morgue_error *err)
{
    char analysis[ANALYSIS_MAX];
    enum morgue_status st = a->info.engine->analysis(analysis, &a->dir, err);

    return st ? st : archive_check_analysis(analysis, &a->info, &a->dir, err);
}

/* ---- dates of sources --------------------------------------------------- */

enum morgue_status
archive_read_orders(struct buf *out, const struct dir *dir,
                    struct morgue_error *err)
{
    struct morgue_str text;
    enum morgue_status st = MORGUE_OK;

    if (dir_kind(dir, orders_name) == FILE_NONE)
        return MORGUE_OK;
    st = dir_read(out, dir, orders_name, err);
    text = buf_view(out);
    if (!st && !marker_whole(&text))
        st = error_set(err, MORGUE_DAMAGED,
                       "'%s/%s' is damaged; remove it: what it says of the "
                       "dates of sources is learned again",
                       dir->path, orders_name);
    return st;
}

enum morgue_status
archive_write_orders(const struct dir *dir, struct buf *text,
                     struct morgue_error *err)
{
    enum morgue_status st;

    buf_printf(text, "check %016llx\n",
               (unsigned long long)hash64(text->data, text->len));
    st = buf_status(text, err);
    return st ? st : dir_replace(dir, orders_name, buf_view(text), err);
}

/* ---- directories without a whole marker --------------------------------- */

/* Whether `name` was written beside one of the archive's own files, and did
 * not take its place. */
static bool
is_left_over(const char *name)
{
    return dir_is_temp(name, marker_name) || dir_is_temp(name, begun_name) ||
           dir_is_temp(name, orders_name) || dir_is_temp(name, ids_name);
}

static bool
engine_owns(const char *name)
{
    const struct engine *e;

    for (size_t i = 0; (e = engine_at(i)) != NULL; i++)
        if (e->owns(name))
            return true;
    return false;
}

/* Whether every file of an engine in `names` is one that a making makes. */
static bool
only_begun(const struct file_names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        const struct engine *e;
        bool made = false;

        for (size_t k = 0; !made && (e = engine_at(k)) != NULL; k++)
            made = e->creates(names->name[i]);
        if (engine_owns(names->name[i]) && !made)
            return false;
    }
    return true;
}

/* What is in a directory; each is the name of one such file, or NULL. */
struct survey {
    const char *marker, *begun, *lock, *engine, *foreign;
};

static struct survey
survey(const struct file_names *names)
{
    struct survey s = {.marker = NULL};

    for (size_t i = 0; i < names->n; i++) {
        const char *name = names->name[i];

        if (strcmp(name, marker_name) == 0)
            s.marker = name;
        else if (strcmp(name, begun_name) == 0)
            s.begun = name;
        else if (strcmp(name, lock_name) == 0)
            s.lock = name;
        else if (engine_owns(name))
            s.engine = name;
        else if (!is_left_over(name) && strcmp(name, orders_name) != 0 &&
                 strcmp(name, ids_name) != 0)
            s.foreign = name;
    }
    return s;
}

/* What the engines' files say of the archive. */
static enum morgue_status
identify(struct archive_info *out, const struct dir *dir,
         struct morgue_error *err)
{
    char analysis[ANALYSIS_MAX];
    const struct engine *e;
    size_t n = 0;

    for (size_t i = 0; (e = engine_at(i)) != NULL; i++) {
        enum morgue_status st = e->analysis(analysis, dir, err);

        if (st == MORGUE_NOMEM)
            return st;
        if (st)
            continue;
        *out = (struct archive_info){.engine = e, .ids = usual_ids};
        n++;
    }
    if (n == 1)
        return read_ids(&out->ids, dir, err);
    return error_set(err, MORGUE_DAMAGED,
                     n == 0 ? "'%s' cannot be repaired: no engine's list of "
                              "its files is there and whole; restore a copy "
                              "of it, or index its sources into a new archive"
                            : "'%s' cannot be repaired: it has files of "
                              "several engines",
                     dir->path);
}

/* The marker is not there or not whole, and other files of an archive are. */
static enum morgue_status
marker_lost(const struct survey *s, const struct dir *dir,
            struct morgue_error *err)
{
    const char *what = s->marker ? "damaged" : "missing";
    struct archive_info info;

    if (s->engine && identify(&info, dir, NULL) == MORGUE_OK)
        return error_set(
            err, MORGUE_DAMAGED,
            "'%s/%s' is %s, but '%s' of an archive is there; "
            "nothing was touched; `morgue-indexer check --repair` "
            "writes it again",
            dir->path, marker_name, what, s->engine);
    if (s->engine)
        return error_set(err, MORGUE_DAMAGED,
                         "'%s/%s' is %s, and so is the list of the archive's "
                         "files; nothing was touched; restore a copy of it, "
                         "or index its sources into a new archive",
                         dir->path, marker_name, what);
    if (s->foreign)
        return error_set(err, MORGUE_DAMAGED,
                         "'%s/%s' is %s, and '%s' is not of an archive; "
                         "nothing was touched",
                         dir->path, marker_name, what, s->foreign);
    return error_set(err, MORGUE_DAMAGED,
                     "'%s/%s' is %s, and the files of an engine are missing; "
                     "nothing was touched",
                     dir->path, marker_name, what);
}

/* What a directory is whose marker is not there or not whole. */
static enum morgue_status
without_marker(const struct dir *dir, struct morgue_error *err)
{
    struct file_names names;
    enum morgue_status st = dir_list(&names, dir, err);
    struct survey s;

    if (st)
        return st;
    s = survey(&names);
    if (s.begun && !s.marker && !s.foreign && only_begun(&names))
        st = error_set(err, MORGUE_NO_ARCHIVE,
                       "there is no archive '%s': one was begun there, and "
                       "never finished",
                       dir->path);
    else if (s.engine || s.begun || (s.lock && (s.marker || s.foreign)))
        st = marker_lost(&s, dir, err);
    else if (s.marker || s.foreign)
        st = error_set(err, MORGUE_NOT_ARCHIVE,
                       "'%s' is not a morgue archive, and not empty: it has "
                       "'%s'",
                       dir->path, s.foreign ? s.foreign : s.marker);
    else
        st = error_set(err, MORGUE_NO_ARCHIVE,
                       "there is no archive '%s': it is an empty directory",
                       dir->path);
    file_names_free(&names);
    return st;
}

enum morgue_status
archive_read(struct archive_info *out, const struct dir *dir,
             struct morgue_error *err)
{
    struct buf text;
    enum morgue_status st;

    buf_init(&text, 4096);
    st = dir_read(&text, dir, marker_name, err);
    if (!st)
        st = parse_marker(out, buf_view(&text), dir, err);
    if (st == MORGUE_NO_INPUT || st == MORGUE_FORMAT || st == MORGUE_DAMAGED)
        st = without_marker(dir, err);
    buf_free(&text);
    return st;
}

bool
archive_is_at(const char *path)
{
    struct archive_info info;
    struct dir dir;
    enum morgue_status st = dir_open(&dir, path, NULL);

    /* Most folders of sources have neither, and are not listed for this. */
    if (!st && dir_kind(&dir, marker_name) == FILE_NONE &&
        dir_kind(&dir, lock_name) == FILE_NONE)
        st = MORGUE_NO_ARCHIVE;
    if (!st)
        st = archive_read(&info, &dir, NULL);
    dir_close(&dir);
    return st == MORGUE_OK || st == MORGUE_VERSION_DIFFERS ||
           st == MORGUE_DAMAGED;
}

/* ---- holding an archive ------------------------------------------------- */

/* Remove an archive that has no articles yet.  Until the last of its files is
 * gone it is marked as one that was only begun. */
static void
unmake(const struct archive *archive)
{
    const struct dir *dir = &archive->dir;
    struct file_names names = {0};

    if (dir_kind(dir, marker_name) != FILE_NONE &&
        dir_rename(dir, marker_name, begun_name, NULL))
        return;
    if (dir_list(&names, dir, NULL))
        return;
    for (size_t i = 0; i < names.n; i++)
        if (engine_owns(names.name[i]) || is_left_over(names.name[i]) ||
            strcmp(names.name[i], ids_name) == 0)
            (void)dir_remove(dir, names.name[i], NULL);
    file_names_free(&names);
    (void)dir_remove(dir, begun_name, NULL);
}

/* Make an archive where there is none, or where one was begun. */
static enum morgue_status
make(struct archive *archive, const struct engine *engine,
     const struct id_rule *ids, struct morgue_error *err)
{
    const struct dir *dir = &archive->dir;
    char analysis[ANALYSIS_MAX];
    enum morgue_status st = archive_own_analysis(analysis, err);

    if (st)
        return st;
    unmake(archive);
    archive->made = true;
    archive->info =
        (struct archive_info){.engine = engine, .ids = ids ? *ids : usual_ids};
    st = write_marker(dir, begun_name, &archive->info, err);
    if (!st)
        st = write_ids(dir, &archive->info.ids, err);
    if (!st)
        st = engine->create(dir, analysis, err);
    if (!st)
        st = dir_rename(dir, begun_name, marker_name, err);
    return st;
}

/* Remove what is left over of what was killed, and files of engines that the
 * marker does not name. */
static enum morgue_status
clean(const struct archive *a, struct morgue_error *err)
{
    struct file_names names;
    enum morgue_status st = dir_list(&names, &a->dir, err);

    for (size_t i = 0; i < names.n && !st; i++)
        if (is_left_over(names.name[i]) ||
            (engine_owns(names.name[i]) &&
             !a->info.engine->owns(names.name[i])))
            st = dir_remove_unheld(&a->dir, names.name[i], err);
    file_names_free(&names);
    return st;
}

/* Open the directory, made where there is none and `create`, lock it where
 * there is an archive or one may be made, and read the marker. */
static enum morgue_status
lock_dir(struct archive *a, const char *path, bool create,
         struct morgue_error *err)
{
    enum morgue_status st = dir_open(&a->dir, path, err);

    if (st == MORGUE_NO_ARCHIVE && create)
        st = dir_make(&a->dir, path, &a->made_dir, err);
    if (st)
        return st;
    st = archive_read(&a->info, &a->dir, err);
    if (st && !(st == MORGUE_NO_ARCHIVE && create))
        return st;
    st = dir_lock(&a->lock, &a->dir, lock_name, err);
    /* What was read before the lock may have changed since. */
    if (!st)
        st = archive_read(&a->info, &a->dir, err);
    if (!st && a->info.ids.paths == ID_PATHS_OTHER)
        st =
            error_set(err, MORGUE_VERSION_DIFFERS,
                      "ids of '%s', made by %s, are made by a rule that this "
                      "version does not have: it can be read, and not changed",
                      path, a->info.by);
    return st;
}

enum morgue_status
archive_hold(struct archive *out, const char *path, struct morgue_error *err)
{
    enum morgue_status st;

    *out = (struct archive)ARCHIVE_CLOSED;
    st = lock_dir(out, path, false, err);
    if (!st)
        st = clean(out, err);
    if (st)
        archive_close(out, false);
    return st;
}

enum morgue_status
archive_open(struct archive *out, const char *path, const char *engine,
             const struct id_rule *ids, bool create, struct morgue_error *err)
{
    enum morgue_status st;
    const struct engine *wanted;

    *out = (struct archive)ARCHIVE_CLOSED;
    st = engine_wanted(&wanted, engine, err);
    if (st)
        return st;
    st = lock_dir(out, path, create, err);
    if (st == MORGUE_NO_ARCHIVE && create && out->lock.fd >= 0)
        st = make(out, wanted, ids, err);
    if (!st)
        st = check_own_analysis(out, err);
    if (!st)
        st = clean(out, err);
    if (!st && engine && out->info.engine != wanted)
        st = error_set(err, MORGUE_USAGE,
                       "'%s' has the engine %s, not %s, which `morgue-indexer "
                       "rebuild` would give it",
                       path, out->info.engine->name, engine);
    if (st)
        archive_close(out, true);
    return st;
}

enum morgue_status
archive_set_ids(struct archive *a, const struct id_rule *ids,
                struct morgue_error *err)
{
    struct archive_info info = a->info;
    enum morgue_status st;

    info.ids = *ids;
    st = write_ids(&a->dir, ids, err);
    if (!st)
        st = write_marker(&a->dir, marker_name, &info, err);
    if (!st)
        a->info = info;
    return st;
}

/* ---- another engine ----------------------------------------------------- */

enum morgue_status
archive_begin_engine(const struct archive *a, const struct engine *engine,
                     const char *analysis, struct morgue_error *err)
{
    return engine->create(&a->dir, analysis, err);
}

enum morgue_status
archive_change_engine(struct archive *a, const struct engine *engine,
                      struct morgue_error *err)
{
    struct archive_info info = {
        .engine = engine, .turn = a->info.turn + 1, .ids = a->info.ids};
    enum morgue_status st = write_marker(&a->dir, marker_name, &info, err);

    if (st)
        return st;
    a->info = info;
    (void)clean(a, NULL); /* else the next writer does it */
    return MORGUE_OK;
}

void
archive_drop_engine(struct archive *a)
{
    /* The marker may have been in place already when writing it failed. */
    if (!archive_read(&a->info, &a->dir, NULL))
        (void)clean(a, NULL);
}

void
archive_close(struct archive *archive, bool discard)
{
    if (discard && archive->made) {
        unmake(archive);
        (void)dir_remove(&archive->dir, lock_name, NULL);
    }
    if (discard && archive->made_dir)
        rmdir(archive->dir.path);
    dir_unlock(&archive->lock);
    dir_close(&archive->dir);
    *archive = (struct archive)ARCHIVE_CLOSED;
}

/* ---- repair ------------------------------------------------------------- */

/* Read the marker of an archive that is held, and write it where that finds
 * damage. */
static enum morgue_status
repair(struct archive *a, bool *wrote, struct morgue_error *err)
{
    enum morgue_status st = archive_read(&a->info, &a->dir, err);

    if (st != MORGUE_DAMAGED)
        return st;
    st = identify(&a->info, &a->dir, err);
    if (!st)
        st = write_marker(&a->dir, marker_name, &a->info, err);
    *wrote = !st;
    return st;
}

enum morgue_status
archive_repair(const char *path, bool *wrote, struct morgue_error *err)
{
    struct archive a = ARCHIVE_CLOSED;
    enum morgue_status st = dir_open(&a.dir, path, err);

    *wrote = false;
    if (!st)
        st = archive_read(&a.info, &a.dir, err);
    if (st == MORGUE_DAMAGED) {
        st = dir_lock(&a.lock, &a.dir, lock_name, err);
        if (!st)
            st = repair(&a, wrote, err);
    }
    archive_close(&a, false);
    return st;
}
