/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source.c - from sources to files to their readers
 *
 * Folders are walked in byte order of names; each folder, by device and
 * inode, once, so links cannot lead round in a circle.  An archive in a
 * folder, perhaps the one that is being written, is not looked into.
 *
 * What is packed is unpacked on the way, packs in packs up to PACKS_MAX: the
 * entries of a container are read where they stand in it, as files in a
 * folder are, as CONTAINER/NAME.  How often entries come and how long they are
 * is bounded by the meter of their file (stream.h).
 */
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../common/base/file.h"
#include "../../common/engine/archive.h"
#include "pack.h"
#include "reader.h"

enum {
    DEPTH_MAX = 100, /* of folders */
    PACKS_MAX = 8    /* in each other */
};

struct walk {
    const struct format *format; /* NULL: by content */
    const struct key_map *map;
    const struct sink *sink;
    struct folder {
        dev_t device;
        ino_t inode;
        bool used;
    } * seen; /* a hash table with open addressing */
    size_t seen_n, seen_cap;
};

/* ---- files -------------------------------------------------------------- */

/* Report what is wrong with a path. */
static enum morgue_status
path_problem(const struct walk *w, enum morgue_outcome outcome,
             const char *path, const char *reason, struct morgue_error *err)
{
    struct reading r;
    enum morgue_status st;

    reading_init(&r, path, w->sink);
    st = reading_broken(&r, outcome, reason, err);
    reading_free(&r);
    return st;
}

static enum morgue_status
path_failed(const struct walk *w, const char *path, const char *what, int e,
            struct morgue_error *err)
{
    char text[128], reason[200];

    if (strerror_r(e, text, sizeof text) != 0)
        snprintf(text, sizeof text, "error %d", e);
    snprintf(reason, sizeof reason, "%s: %s", what, text);
    return path_problem(w, MORGUE_FAILED, path, reason, err);
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

static enum morgue_status
read_records(struct reading *r, const struct format *wanted,
             struct morgue_error *err)
{
    enum morgue_status st = input_need(&r->in, FORMAT_PROBE, err);
    struct morgue_str head = input_view(&r->in);
    const struct format *format;
    char reason[FORMAT_REASON_MAX];

    if (st)
        return st;
    if (head.len > FORMAT_PROBE)
        head.len = FORMAT_PROBE;
    if (head.len > 0) {
        format = format_choose(wanted, head, r->map, reason);
        if (!format)
            return reading_broken(r, MORGUE_FAILED, reason, err);
        r->format = format->name;
        r->many = format->many;
        st = format->read(r, err);
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
struct place {
    const char *path;
    bool stable; /* the path names the same content tomorrow */
    int packs;   /* that it is in */
};

/* Read the records of `stream`, which is taken over. */
static enum morgue_status
read_plain(const struct walk *w, struct stream *stream, struct place at,
           struct morgue_error *err)
{
    struct reading r;
    char *whole = NULL;
    enum morgue_status st = MORGUE_OK;

    reading_init(&r, at.path, w->sink);
    input_init(&r.in, stream);
    r.map = w->map;
    if (at.stable) {
        whole = path_absolute(at.path);
        if (!whole && errno == ENOMEM)
            st = error_nomem(err);
        r.whole = whole ? whole : at.path;
    }
    if (!st)
        st = read_records(&r, w->format, err);
    reading_free(&r);
    free(whole);
    return st;
}

static enum morgue_status read_stream(const struct walk *w,
                                      struct stream *stream, struct place at,
                                      struct morgue_error *err);

/* An entry of the container at `at`, whose stream is taken over. */
static enum morgue_status
read_entry(const struct walk *w, const struct entry *entry, struct place at,
           struct morgue_error *err)
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
        st = path_problem(w, MORGUE_FAILED, path, entry->wrong, err);
    free(path);
    return st;
}

/* The files in `stream`, which is taken over. */
static enum morgue_status
read_container(const struct walk *w, const struct pack *pack,
               struct stream *stream, struct place at,
               struct morgue_error *err)
{
    struct container *c = NULL;
    struct entry entry;
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
read_stream(const struct walk *w, struct stream *stream, struct place at,
            struct morgue_error *err)
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

/* A file that was met in a folder. */
static enum morgue_status
walk_file(const struct walk *w, const char *path, struct morgue_error *err)
{
    struct meter meter = {0};
    struct stream *stream = NULL;
    struct morgue_error detail;
    enum morgue_status st;

    if (access(path, R_OK) != 0)
        return path_failed(w, path, "cannot open", errno, err);
    st = stream_file(&stream, path, &meter, &detail);
    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    if (st)
        return path_problem(w, MORGUE_FAILED, path, detail.message, err);
    return read_stream(w, stream, (struct place){path, true, 0}, err);
}

/* ---- folders ------------------------------------------------------------ */

/* The slot of a folder in the table: its own or the first that is free. */
static struct folder *
slot(const struct walk *w, const struct stat *s)
{
    uint64_t key[2] = {(uint64_t)s->st_dev, (uint64_t)s->st_ino};
    size_t i = (size_t)hash64(key, sizeof key) & (w->seen_cap - 1);

    while (w->seen[i].used &&
           (w->seen[i].device != s->st_dev || w->seen[i].inode != s->st_ino))
        i = (i + 1) & (w->seen_cap - 1);
    return &w->seen[i];
}

static bool
grow(struct walk *w)
{
    struct folder *old = w->seen;
    size_t old_cap = w->seen_cap, cap = old_cap ? old_cap * 2 : 64;

    w->seen = calloc(cap, sizeof *w->seen);
    if (!w->seen) {
        w->seen = old;
        return false;
    }
    w->seen_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].used) {
            struct stat s = {.st_dev = old[i].device, .st_ino = old[i].inode};

            *slot(w, &s) = old[i];
        }
    free(old);
    return true;
}

/* Remember a folder; *first tells whether it was not met before. */
static enum morgue_status
meet(bool *first, struct walk *w, const struct stat *s,
     struct morgue_error *err)
{
    struct folder *f;

    if (w->seen_n * 2 >= w->seen_cap && !grow(w))
        return error_nomem(err);
    f = slot(w, s);
    *first = !f->used;
    if (*first) {
        *f = (struct folder){s->st_dev, s->st_ino, true};
        w->seen_n++;
    }
    return MORGUE_OK;
}

static enum morgue_status walk_folder(struct walk *w, const char *path,
                                      const struct stat *s, int depth,
                                      struct morgue_error *err);

static enum morgue_status
walk_path(struct walk *w, const char *path, int depth,
          struct morgue_error *err)
{
    struct stat s;

    if (stat(path, &s) != 0) {
        int e = errno;
        bool link = lstat(path, &s) == 0 && S_ISLNK(s.st_mode);

        return path_failed(w, path,
                           link ? "a link that leads nowhere" : "cannot open",
                           e, err);
    }
    if (S_ISDIR(s.st_mode))
        return walk_folder(w, path, &s, depth, err);
    if (S_ISREG(s.st_mode))
        return walk_file(w, path, err);
    return path_problem(w, MORGUE_SKIPPED, path,
                        S_ISFIFO(s.st_mode)   ? "a pipe, not a file"
                        : S_ISSOCK(s.st_mode) ? "a socket, not a file"
                                              : "a device, not a file",
                        err);
}

static enum morgue_status
walk_names(struct walk *w, const char *path, const struct file_names *names,
           int depth, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < names->n && !st; i++) {
        char *below;

        if (names->name[i][0] == '.')
            continue;
        below = path_join(path, names->name[i]);
        st = below ? walk_path(w, below, depth, err) : error_nomem(err);
        free(below);
    }
    return st;
}

static enum morgue_status
walk_folder(struct walk *w, const char *path, const struct stat *s, int depth,
            struct morgue_error *err)
{
    struct file_names names = {0};
    struct morgue_error detail;
    bool first = true;
    enum morgue_status st = meet(&first, w, s, err);

    if (st)
        return st;
    if (!first)
        return path_problem(w, MORGUE_SKIPPED, path,
                            "a folder that was read already", err);
    if (depth > DEPTH_MAX)
        return path_problem(w, MORGUE_FAILED, path,
                            "folders are nested too deep", err);
    if (access(path, R_OK | X_OK) != 0)
        return path_failed(w, path, "cannot open", errno, err);
    if (archive_is_at(path))
        return path_problem(w, MORGUE_SKIPPED, path, "a morgue archive", err);
    st = file_list(&names, path, &detail);
    if (st == MORGUE_NOMEM)
        return error_nomem(err);
    if (st)
        return path_problem(w, MORGUE_FAILED, path, detail.message, err);
    st = walk_names(w, path, &names, depth + 1, err);
    file_names_free(&names);
    return st;
}

/* ---- sources ------------------------------------------------------------ */

enum morgue_status
source_read(const char *source, const char *format, const struct key_map *map,
            const struct sink *sink, struct morgue_error *err)
{
    struct walk w = {.map = map, .sink = sink};
    bool standard_input = strcmp(source, "-") == 0;
    struct meter meter = {0};
    struct stream *stream = NULL;
    struct stat s = {0};
    enum morgue_status st = source_format_check(format, err);

    if (st)
        return st;
    w.format = format ? format_named(format) : NULL;
    if (!standard_input && stat(source, &s) != 0)
        return error_errno(err, MORGUE_NO_INPUT, "open", source);
    if (S_ISDIR(s.st_mode)) {
        if (access(source, R_OK | X_OK) != 0)
            return error_errno(err, MORGUE_NO_INPUT, "open", source);
        st = walk_folder(&w, source, &s, 0, err);
        free(w.seen);
        return st;
    }
    st = stream_file(&stream, source, &meter, err);
    if (st == MORGUE_IO)
        return error_set(err, MORGUE_NO_INPUT, "cannot read '%s'", source);
    if (st)
        return st;
    return read_stream(&w, stream,
                       (struct place){source, S_ISREG(s.st_mode), 0}, err);
}
