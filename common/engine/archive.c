/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive.c - the archive as a directory, and the list of engines
 *
 * The marker file `morgue` is text, written once when everything else of an
 * empty archive is in place:
 *
 *     morgue archive 1
 *     engine NAME
 *     analysis NAME
 *     check XXXXXXXXXXXXXXXX
 *
 * `1` is the version of this layout; the last line is the XXH3 of the bytes
 * before it.  A directory without marker is taken for an archive in the
 * making, and filled, only where every name in it is one that an archive has.
 */
#include "archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../base/file.h"
#include "../text/stem.h"

static const char marker_name[] = "morgue";
static const char lock_name[] = "morgue.lock";

/* The first one is the default. */
static const struct engine *const engines[] = {&engine_segment,
                                               &engine_xapian};

enum { ENGINES_N = sizeof engines / sizeof *engines };

const struct engine *
engine_named(const char *name)
{
    if (!name)
        return engines[0];
    for (size_t i = 0; i < ENGINES_N; i++)
        if (strcmp(engines[i]->name, name) == 0)
            return engines[i];
    return NULL;
}

const char *
engine_names(void)
{
    return "segment, xapian";
}

/* ---- the marker --------------------------------------------------------- */

static enum morgue_status
own_analysis(char out[ANALYSIS_MAX], struct morgue_error *err)
{
    struct stemmer *s = NULL;
    enum morgue_status st = stemmer_new(&s, err);

    if (!st)
        st = analysis_name(out, s, err);
    stemmer_free(s);
    return st;
}

static enum morgue_status
write_marker(const char *path, const struct archive_info *info,
             struct morgue_error *err)
{
    enum morgue_status st;
    struct buf b;

    buf_init(&b, 4096);
    buf_printf(&b, "morgue archive 1\nengine %s\nanalysis %s\n",
               info->engine->name, info->analysis);
    st = buf_status(&b, err);
    if (!st) {
        buf_printf(&b, "check %016llx\n",
                   (unsigned long long)hash64(b.data, b.len));
        st = buf_status(&b, err);
    }
    if (!st)
        st = file_replace(path, buf_view(&b), err);
    buf_free(&b);
    return st;
}

/* The rest of the next line, if that begins with `key`. */
static bool
marker_line(struct morgue_str *rest, struct morgue_str key,
            struct morgue_str *value)
{
    struct morgue_str line;

    if (!str_line(rest, &line) || !str_starts(line, key))
        return false;
    *value = str_slice(line.s + key.len, line.len - key.len);
    return true;
}

static enum morgue_status
parse_marker(struct archive_info *out, struct morgue_str text,
             const char *path, struct morgue_error *err)
{
    struct morgue_str rest = text, version, engine, analysis, check;
    char want[17], name[32];

    if (!marker_line(&rest, STR("morgue archive "), &version))
        return error_set(err, MORGUE_NOT_ARCHIVE,
                         "'%s' does not mark a morgue archive", path);
    if (!str_eq(version, STR("1")))
        return error_set(err, MORGUE_VERSION_DIFFERS,
                         "'%s' is of format %.*s; this program reads 1", path,
                         (int)(version.len < 20 ? version.len : 20),
                         version.s);
    if (!marker_line(&rest, STR("engine "), &engine) ||
        !marker_line(&rest, STR("analysis "), &analysis))
        return error_set(err, MORGUE_DAMAGED, "'%s' is damaged", path);
    snprintf(want, sizeof want, "%016llx",
             (unsigned long long)hash64(text.s, text.len - rest.len));
    if (!marker_line(&rest, STR("check "), &check) || rest.len > 0 ||
        !str_eq(check, str_of(want)) || text.s[text.len - 1] != '\n' ||
        analysis.len >= ANALYSIS_MAX || engine.len >= sizeof name)
        return error_set(err, MORGUE_DAMAGED, "'%s' is damaged", path);
    memcpy(name, engine.s, engine.len);
    name[engine.len] = '\0';
    out->engine = engine_named(name);
    memcpy(out->analysis, analysis.s, analysis.len);
    out->analysis[analysis.len] = '\0';
    if (!out->engine)
        return error_set(err, MORGUE_VERSION_DIFFERS,
                         "'%s' names the engine '%s'; this program has %s",
                         path, name, engine_names());
    return MORGUE_OK;
}

static enum morgue_status
check_analysis(const struct archive_info *info, const char *dir,
               struct morgue_error *err)
{
    char own[ANALYSIS_MAX];
    enum morgue_status st = own_analysis(own, err);

    if (st)
        return st;
    if (strcmp(own, info->analysis) != 0)
        return error_set(err, MORGUE_VERSION_DIFFERS,
                         "'%s' was made by another analysis of text (%s; "
                         "this program has %s); index it anew",
                         dir, info->analysis, own);
    return MORGUE_OK;
}

static bool
own_name(const struct engine *engine, const char *name)
{
    return strcmp(name, marker_name) == 0 || strcmp(name, lock_name) == 0 ||
           strcmp(name, "morgue.new") == 0 || engine->owns(name);
}

/* Whether an archive may be made in `dir`: nobody else's files are there. */
static enum morgue_status
may_fill(const struct engine *engine, const char *dir,
         struct morgue_error *err)
{
    struct file_names names = {0};
    enum morgue_status st = file_list(&names, dir, err);

    for (size_t i = 0; i < names.n && !st; i++)
        if (!own_name(engine, names.name[i]))
            st = error_set(err, MORGUE_NOT_ARCHIVE,
                           "'%s' is not a morgue archive, and not empty: it "
                           "has '%s'",
                           dir, names.name[i]);
    file_names_free(&names);
    return st;
}

/* Whether an archive was begun in `dir` and never finished: its lock is there,
 * and nothing but what an engine makes. */
static bool
was_begun(const char *dir)
{
    char *lock = path_join(dir, lock_name);
    bool begun = lock && file_kind(lock) == FILE_REGULAR, own = false;

    free(lock);
    for (size_t i = 0; i < ENGINES_N && begun && !own; i++)
        own = may_fill(engines[i], dir, NULL) == MORGUE_OK;
    return begun && own;
}

static enum morgue_status
no_marker(const char *dir, struct morgue_error *err)
{
    if (file_kind(dir) == FILE_NONE && errno == ENOENT)
        return error_set(err, MORGUE_NO_ARCHIVE, "there is no archive '%s'",
                         dir);
    if (file_kind(dir) == FILE_NONE)
        return error_errno(err, MORGUE_IO, "open", dir);
    if (was_begun(dir))
        return error_set(err, MORGUE_NO_ARCHIVE,
                         "there is no archive '%s': one was begun there, and "
                         "never finished",
                         dir);
    return error_set(err, MORGUE_NOT_ARCHIVE, "'%s' is not a morgue archive",
                     dir);
}

enum morgue_status
archive_read(struct archive_info *out, const char *dir,
             struct morgue_error *err)
{
    enum morgue_status st;
    struct buf text;
    char *path = path_join(dir, marker_name);

    buf_init(&text, 4096);
    if (!path)
        return error_nomem(err);
    if (file_kind(path) == FILE_NONE && (errno == ENOENT || errno == ENOTDIR))
        st = no_marker(dir, err);
    else
        st = file_read(&text, path, err);
    if (st == MORGUE_FORMAT)
        st = error_set(err, MORGUE_NOT_ARCHIVE,
                       "'%s' does not mark a morgue archive", path);
    if (!st)
        st = parse_marker(out, buf_view(&text), path, err);
    if (!st)
        st = check_analysis(out, dir, err);
    buf_free(&text);
    free(path);
    return st;
}

/* ---- holding an archive ------------------------------------------------- */

static enum morgue_status
make(struct archive *archive, const struct engine *engine,
     struct morgue_error *err)
{
    enum morgue_status st = may_fill(engine, archive->dir, err);
    char *path;

    if (st)
        return st;
    archive->info.engine = engine;
    archive->made = true;
    st = own_analysis(archive->info.analysis, err);
    if (!st)
        st = engine->create(archive->dir, err);
    if (st)
        return st;
    path = path_join(archive->dir, marker_name);
    st = path ? write_marker(path, &archive->info, err) : error_nomem(err);
    free(path);
    return st;
}

/* Make the directory and lock it; only where the engine may fill it. */
static enum morgue_status
lock_dir(struct archive *archive, const struct engine *engine, bool create,
         struct morgue_error *err)
{
    enum morgue_status st = archive_read(&archive->info, archive->dir, err);
    char *path;

    if (st == MORGUE_NO_ARCHIVE && create) {
        bool there = file_kind(archive->dir) == FILE_DIR;

        st = there ? may_fill(engine, archive->dir, err)
                   : file_make_dir(archive->dir, err);
        archive->made_dir = !st && !there;
    } else if (st == MORGUE_NOT_ARCHIVE && create) {
        st = may_fill(engine, archive->dir, err);
    }
    if (st)
        return st;
    path = path_join(archive->dir, lock_name);
    st = path ? file_lock(&archive->lock, path, err) : error_nomem(err);
    free(path);
    return st;
}

enum morgue_status
archive_open(struct archive *out, const char *dir, const char *engine,
             bool create, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    const struct engine *wanted = engine_named(engine);

    *out = (struct archive){.lock = {.fd = -1}};
    if (!wanted)
        return error_set(err, MORGUE_USAGE,
                         "there is no engine '%s'; there are %s", engine,
                         engine_names());
    out->dir = path_absolute(dir);
    if (!out->dir) {
        st = error_nomem(err);
        goto done;
    }
    st = lock_dir(out, wanted, create, err);
    if (st)
        goto done;
    /* What was read before the lock may have changed since. */
    st = archive_read(&out->info, out->dir, err);
    if ((st == MORGUE_NOT_ARCHIVE || st == MORGUE_NO_ARCHIVE) && create)
        st = make(out, wanted, err);
    if (!st && engine && out->info.engine != wanted)
        st = error_set(err, MORGUE_USAGE,
                       "'%s' has the engine %s and cannot be changed to %s",
                       dir, out->info.engine->name, engine);
done:
    if (st)
        archive_close(out, true);
    return st;
}

/* Remove what the archive's making put into its directory. */
static void
unmake(struct archive *archive)
{
    struct file_names names = {0};

    if (file_list(&names, archive->dir, NULL))
        return;
    for (size_t i = 0; i < names.n; i++) {
        char *path = own_name(archive->info.engine, names.name[i])
                         ? path_join(archive->dir, names.name[i])
                         : NULL;

        if (path)
            file_remove(path, NULL);
        free(path);
    }
    file_names_free(&names);
}

void
archive_close(struct archive *archive, bool discard)
{
    if (archive->dir && discard && archive->made)
        unmake(archive);
    if (archive->dir && discard && archive->made_dir)
        rmdir(archive->dir);
    file_unlock(&archive->lock);
    free(archive->dir);
    *archive = (struct archive){.lock = {.fd = -1}};
}
