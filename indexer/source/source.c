/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source.c - from sources to files to their readers
 *
 * A source is read as it was named, be it a link, a pipe or a device; of a
 * folder the files are (walk.c).
 *
 * What is packed is unpacked on the way, packs in packs up to PACKS_MAX: the
 * entries of a container are read where they stand in it, as files in a
 * folder are, as CONTAINER/NAME.  How often entries come and how long they are
 * is bounded by the meter of their file (stream.h).
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../common/base/file.h"
#include "../files/pack.h"
#include "../files/walk.h"
#include "format_list.h"

enum { PACKS_MAX = 8 /* in each other */ };

/* How files are read. */
struct files {
    const struct format *format; /* NULL: by content */
    const struct key_map *map;
    const struct sink *sink;
    enum morgue_order date_order;
    bool date_from_path;
    struct orders *orders;
    struct order_group *singles; /* of files with one record */
    /* What paths are for ids: those below `named`, the source, stand below
     * `real`, and begin behind `root`. */
    const char *named;
    char *real; /* NULL: they are as they were named */
    char *root; /* NULL: whole */
};

/* ---- paths for ids ------------------------------------------------------ */

/* What of `path` is below `top`, "" for that itself; NULL where it is not
 * below it.  Both are written alike. */
static const char *
below(const char *path, const char *top)
{
    size_t len = strlen(top);

    while (len > 0 && top[len - 1] == '/')
        len--;
    if (strncmp(path, top, len) != 0 || (path[len] && path[len] != '/'))
        return NULL;
    return path + len + strspn(path + len, "/");
}

/* The path of a file of the source, as ids have it, to be freed; NULL when out
 * of memory, or where the working folder is gone, as errno says.  Links that
 * were followed out of the source have real paths already. */
static char *
id_path(const struct files *w, const char *path)
{
    const char *rest = w->real ? below(path, w->named) : NULL;
    char *joined = rest ? path_join(w->real, rest) : NULL, *whole;

    if (rest && !joined)
        return NULL;
    whole = path_absolute(joined ? joined : path);
    free(joined);
    rest = whole && w->root ? below(whole, w->root) : NULL;
    if (rest && *rest)
        memmove(whole, rest, strlen(rest) + 1);
    return whole;
}

/* Set w->root, that the source has to be below: by its real path, or where it
 * is named by a link by that. */
static enum morgue_status
find_root(struct files *w, const char *source, const char *root,
          struct morgue_error *err)
{
    bool there = file_kind(root) == FILE_DIR;

    w->root = there ? realpath(root, NULL) : NULL;
    if (w->root && w->real && !below(w->real, w->root)) {
        free(w->root);
        w->root = path_canonical(root);
    }
    if (!w->root && there && errno == ENOMEM)
        return error_nomem(err);
    if (!w->root)
        return error_set(err, MORGUE_USAGE, "the root '%s' is no folder",
                         root);
    if (!w->real || !below(w->real, w->root))
        return error_set(err, MORGUE_USAGE, "'%s' is not below the root '%s'",
                         source, root);
    return MORGUE_OK;
}

/* The path of a source for ids, and of the root that it has to be below. */
static enum morgue_status
find_real(struct files *w, const char *source, const struct source_how *by,
          struct morgue_error *err)
{
    if (by->paths == ID_PATHS_NAMED)
        return MORGUE_OK;
    w->named = source;
    w->real = path_canonical(source); /* NULL: gone since, or no path */
    if (!w->real && errno == ENOMEM)
        return error_nomem(err);
    if (by->paths != ID_PATHS_BELOW)
        return MORGUE_OK;
    if (!by->root)
        return error_set(err, MORGUE_USAGE,
                         "ids of this archive have paths below a root, which "
                         "has to be named (--root)");
    return find_root(w, source, by->root, err);
}

/* ---- files -------------------------------------------------------------- */

/* Report what is wrong with a path. */
static enum morgue_status
path_problem(const struct files *w, enum morgue_outcome outcome,
             const char *path, const char *reason, struct morgue_error *err)
{
    struct reading r;
    enum morgue_status st;

    reading_init(&r, path, w->sink);
    st = reading_broken(&r, outcome, reason, err);
    reading_free(&r);
    return st;
}

/* Say that the file broke off, and why. */
static enum morgue_status
broken_off(struct reading *r, struct morgue_error *err)
{
    char reason[600];

    snprintf(reason, sizeof reason, "line %llu: %s%s",
             (unsigned long long)r->in.line, r->in.why.message,
             r->reported > 0 ? "; what came before was read" : "");
    return reading_broken(r, MORGUE_FAILED, reason, err);
}

/* Read the records of a format; those of a file with many of them are written
 * alike. */
static enum morgue_status
read_format(const struct files *w, struct reading *r,
            const struct format *format, struct morgue_error *err)
{
    enum morgue_status st;

    r->orders = w->orders;
    r->group = r->many ? orders_group(w->orders, r->whole, err) : w->singles;
    if (!r->group)
        return MORGUE_NOMEM;
    st = format->read(r, err);
    if (!st && r->many)
        st = orders_group_end(w->orders, r->group, err);
    return st;
}

static enum morgue_status
read_records(const struct files *w, struct reading *r,
             struct morgue_error *err)
{
    const struct format *wanted = w->format;
    enum morgue_status st = input_need(&r->in, FORMAT_PROBE, err);
    struct morgue_str head = input_view(&r->in);
    const struct format *format;
    char reason[FORMAT_REASON_MAX];

    if (st)
        return st;
    if (head.len > FORMAT_PROBE)
        head.len = FORMAT_PROBE;
    if (head.len > 0) {
        format = format_choose(r->formats, wanted, head, r->map, reason);
        if (!format)
            return reading_broken(r, MORGUE_FAILED, reason, err);
        r->format = format->name;
        r->many = format->many;
        st = read_format(w, r, format, err);
    } else if (!r->in.broken) {
        return reading_broken(r, MORGUE_FAILED, "empty file", err);
    }
    if (!st && r->in.broken)
        return broken_off(r, err);
    if (!st && r->reported == 0)
        st = reading_broken(r, MORGUE_SKIPPED, "no article in it", err);
    return st;
}

/* Where a stream comes from. */
struct source_place {
    const char *path;
    bool stable; /* the path names the same content tomorrow */
    int packs;   /* that it is in */
};

/* Read the records of `stream`, which is taken over. */
static enum morgue_status
read_plain(const struct files *w, struct stream *stream,
           struct source_place at, struct morgue_error *err)
{
    struct reading r;
    char *whole = NULL;
    enum morgue_status st = MORGUE_OK;

    reading_init(&r, at.path, w->sink);
    input_init(&r.in, stream);
    r.map = w->map;
    r.order = w->date_order;
    r.order_said = w->date_order != MORGUE_ORDER_NONE;
    r.date_from_path = w->date_from_path;
    r.formats = format_list;
    if (at.stable) {
        whole = id_path(w, at.path);
        if (!whole && errno == ENOMEM)
            st = error_nomem(err);
        r.whole = whole ? whole : at.path;
    }
    if (!st)
        st = read_records(w, &r, err);
    reading_free(&r);
    free(whole);
    return st;
}

static enum morgue_status read_stream(const struct files *w,
                                      struct stream *stream,
                                      struct source_place at,
                                      struct morgue_error *err);

/* An entry of the container at `at`, whose stream is taken over. */
static enum morgue_status
read_entry(const struct files *w, const struct pack_entry *entry,
           struct source_place at, struct morgue_error *err)
{
    const char *name = entry->name;
    char *path = NULL;
    enum morgue_status st = MORGUE_OK;

    while (name[0] == '/' || (name[0] == '.' && name[1] == '/'))
        name++;
    path = name[0] ? path_join(at.path, name) : strdup(at.path);
    if (!path) {
        stream_close(entry->stream);
        return error_nomem(err);
    }
    at.path = path;
    if (entry->stream)
        st = read_stream(w, entry->stream, at, err);
    else
        st = path_problem(w, entry->skipped ? MORGUE_SKIPPED : MORGUE_FAILED,
                          path, entry->wrong, err);
    free(path);
    return st;
}

/* The files in `stream`, which is taken over. */
static enum morgue_status
read_container(const struct files *w, const struct pack *pack,
               struct stream *stream, struct source_place at,
               struct morgue_error *err)
{
    struct container *c = NULL;
    struct pack_entry entry;
    uint64_t entries = 0;
    bool more = true;
    enum morgue_status st = container_open(&c, pack, stream, err);

    while (!st && more) {
        st = container_next(&entry, &more, c, err);
        if (!st && more)
            st = read_entry(w, &entry, at, err);
        entries += more;
    }
    if (!st && entries == 0)
        st = path_problem(w, MORGUE_SKIPPED, at.path, "no file in it", err);
    container_close(c);
    return st;
}

/* Read what `stream`, which is taken over, gives, unpacked. */
static enum morgue_status
read_stream(const struct files *w, struct stream *stream,
            struct source_place at, struct morgue_error *err)
{
    struct morgue_str head = {0};
    const struct pack *pack;
    char reason[100];
    enum morgue_status st;

    for (; at.packs <= PACKS_MAX; at.packs++) {
        st = stream_peek(&head, stream, PACK_PROBE, err);
        if (st) {
            stream_close(stream);
            return st;
        }
        pack = pack_tell(head);
        if (!pack)
            return read_plain(w, stream, at, err);
        if (pack_has_entries(pack)) {
            at.packs++;
            return read_container(w, pack, stream, at, err);
        }
        st = pack_unpack(&stream, pack, stream, err);
        if (st)
            return st;
    }
    stream_close(stream);
    snprintf(reason, sizeof reason,
             "is packed more than %d times, one in the other", PACKS_MAX);
    return path_problem(w, MORGUE_FAILED, at.path, reason, err);
}

/* ---- sources ------------------------------------------------------------ */

/* A file that was met in a folder. */
static enum morgue_status
folder_file(int fd, const char *path, void *files, struct morgue_error *err)
{
    struct meter meter = {.stop = ((struct files *)files)->sink->stop};
    struct stream *stream = NULL;
    struct morgue_error detail;
    enum morgue_status st = stream_fd(&stream, fd, path, &meter, &detail);

    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    if (st)
        return path_problem(files, MORGUE_FAILED, path, detail.message, err);
    return read_stream(files, stream, (struct source_place){path, true, 0},
                       err);
}

static enum morgue_status
folder_problem(enum morgue_outcome outcome, const char *path,
               const char *reason, void *files, struct morgue_error *err)
{
    return path_problem(files, outcome, path, reason, err);
}

static enum morgue_status
read_folder(struct files *files, const char *path, enum morgue_follow follow,
            struct morgue_error *err)
{
    struct walk w = {.follow = follow,
                     .file = folder_file,
                     .problem = folder_problem,
                     .payload = files};
    int fd = -1;

    if (access(path, R_OK | X_OK) == 0)
        fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", path);
    return walk_folder(&w, fd, path, err);
}

static enum morgue_status
read_file(const struct files *files, const char *path, bool stable,
          struct morgue_error *err)
{
    struct meter meter = {.stop = files->sink->stop};
    struct stream *stream = NULL;
    enum morgue_status st = stream_file(&stream, path, &meter, err);

    if (st == MORGUE_IO)
        return error_as(err, MORGUE_NO_INPUT);
    if (st)
        return st;
    return read_stream(files, stream, (struct source_place){path, stable, 0},
                       err);
}

static enum morgue_status
check_format(const char *name, struct morgue_error *err)
{
    if (!name || format_named(format_list, name))
        return MORGUE_OK;
    return error_set(
        err, MORGUE_USAGE,
        "there is no format '%s'; `morgue-indexer formats` lists them", name);
}

enum morgue_status
source_how_check(const struct source_how *how, struct morgue_error *err)
{
    if ((unsigned)how->follow > MORGUE_FOLLOW_ANYWHERE)
        return error_set(err, MORGUE_USAGE,
                         "follow has no value of enum morgue_follow");
    if ((unsigned)how->date_order > MORGUE_ORDER_YMD)
        return error_set(err, MORGUE_USAGE,
                         "date_order has no value of enum morgue_order");
    if (how->date_from_path > 1)
        return error_set(err, MORGUE_USAGE, "date_from_path is 0 or 1");
    return check_format(how->format, err);
}

/* Make ready to learn the order of dates. */
static enum morgue_status
begin_orders(struct files *files, const char *source, struct order_book *book,
             bool stable, struct morgue_error *err)
{
    char *whole = stable ? path_absolute(source) : NULL;
    enum morgue_status st = MORGUE_OK;

    if (stable && !whole && errno == ENOMEM)
        return error_nomem(err);
    st = orders_new(&files->orders, book, files->sink, err);
    if (!st) {
        files->singles = orders_group(files->orders, whole, err);
        st = files->singles ? MORGUE_OK : MORGUE_NOMEM;
    }
    free(whole);
    return st;
}

enum morgue_status
source_read(const char *source, const struct source_how *how,
            const struct sink *sink, struct morgue_error *err)
{
    struct source_how by = how ? *how : (struct source_how){0};
    struct files files = {.map = by.map,
                          .sink = sink,
                          .date_order = by.date_order,
                          .date_from_path = by.date_from_path != 0};
    bool standard_input = strcmp(source, "-") == 0;
    struct stat s = {0};
    enum morgue_status st = source_how_check(&by, err);

    if (st)
        return st;
    files.format = by.format ? format_named(format_list, by.format) : NULL;
    if (!standard_input && stat(source, &s) != 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", source);
    if (S_ISDIR(s.st_mode) || S_ISREG(s.st_mode))
        st = find_real(&files, source, &by, err);
    if (!st)
        st = begin_orders(&files, source, by.book,
                          S_ISREG(s.st_mode) || S_ISDIR(s.st_mode), err);
    if (!st && S_ISDIR(s.st_mode))
        st = read_folder(&files, source, by.follow, err);
    else if (!st)
        st = read_file(&files, source, S_ISREG(s.st_mode), err);
    if (!st)
        st = orders_end(files.orders, err);
    orders_free(files.orders);
    free(files.real);
    free(files.root);
    return st;
}
