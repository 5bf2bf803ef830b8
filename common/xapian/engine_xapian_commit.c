/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_commit.c - a new generation of a Xapian database
 *
 * A generation that was current is never changed.  A commit makes the next:
 *
 *   - of a small update to a database that is there, a copy of it, from which
 *     is taken what was replaced and to which the runs' documents are added.
 *     Where the file system can share blocks (FICLONE: Btrfs, XFS) copying
 *     costs nothing, and the two share all that stays; elsewhere as much as
 *     the database has is read, written and synced for each update, and takes
 *     its room on the disk twice;
 *   - else all of it and the runs merged into one.
 *
 * Then what was replaced is taken out, it is synced, and the stub file names
 * it.  Room on the disk is asked for before.
 *
 * Taking documents out and adding others are commits of their own: in one,
 * libxapian 1.4.22 can write beyond a block of its tables (`differential
 * --seed=46990` under AddressSanitizer, when it was done so).
 */
#include "engine_xapian_write.h"

#include <stdlib.h>

#include "../base/file.h"

enum { SMALL_MAX = 8 * 1024 * 1024 }; /* bytes of text of a small update */

/* The paths of all runs that are left, in the order of arrival, behind
 * `first` (NULL: nothing).  The runs of a level that are merged make those of
 * the next; so the highest level comes first. */
static enum morgue_status
list_runs(char ***out, size_t *n, const struct xe_writer *w, const char *first,
          struct morgue_error *err)
{
    char **path = calloc((size_t)LEVELS * FAN + 1, sizeof *path);

    *out = path;
    *n = 0;
    if (!path)
        return error_nomem(err);
    if (first) {
        path[*n] = strdup(first);
        if (!path[(*n)++])
            return error_nomem(err);
    }
    for (int level = LEVELS - 1; level >= 0; level--) {
        uint64_t runs = w->level[level].runs;

        for (uint64_t i = runs - runs % FAN; i < runs; i++) {
            path[*n] = run_path(w, level, i);
            if (!path[(*n)++])
                return error_nomem(err);
        }
    }
    return MORGUE_OK;
}

/* Delete the documents that have the term, all or all but the last. */
static enum xc_status
delete_settled(xc_db *db, const struct xe_settled *s, struct xc_error *xerr)
{
    xc_iter *it = NULL;
    bool more = true;
    uint32_t last = 0, id;
    enum xc_status xst;

    if (s->keep == ENGINE_KEEP_NONE)
        return xc_db_delete_term(db, s->term.s, s->term.len, xerr);
    xst = xc_iter_postings(&it, db, s->term.s, s->term.len, xerr);
    while (!xst && more) {
        xst = xc_iter_next(&more, it, xerr);
        if (xst || !more)
            break;
        id = xc_iter_id(it);
        if (last)
            xst = xc_db_delete(db, last, xerr);
        last = id;
    }
    xc_iter_free(it);
    return xst;
}

static enum morgue_status
settle_all(const struct xe_writer *w, const char *path,
           struct morgue_error *err)
{
    struct xc_error xerr;
    xc_db *db = NULL;
    enum xc_status xst;

    if (!w->settled)
        return MORGUE_OK;
    xst = xc_db_open_write(&db, path, XC_OPEN | XC_NO_SYNC, 0, &xerr);
    for (struct xe_settled *s = w->settled; s && !xst; s = s->next)
        xst = delete_settled(db, s, &xerr);
    if (!xst)
        xst = xc_db_commit(db, &xerr);
    xc_db_close(db);
    return from_xapian(err, xst, &xerr, "take out what was replaced");
}

/* Make the generation the current one. */
static enum morgue_status
publish(struct xe_writer *w, const char *name, uint64_t generation,
        struct morgue_error *err)
{
    struct stub stub = w->stub;
    struct dir made;
    enum morgue_status st = dir_open_in(&made, w->dir, name, err);

    stub.generation = generation;
    if (!st)
        st = stop_failure(&w->stop, err);
    if (!st)
        st = dir_sync_all(&made, err);
    if (!st)
        st = dir_sync(w->dir, err);
    if (!st)
        st = stub_write(w->dir, &stub, err);
    if (!st)
        w->stub = stub;
    dir_close(&made);
    return st;
}

/* Whether the stub names the generation, or may: publishing can fail when it
 * does already. */
static bool
is_named(struct xe_writer *w, uint64_t generation)
{
    struct stub stub;

    if (stub_read(&stub, w->dir, NULL))
        return true;
    w->stub = stub; /* what the writer's cleaning keeps */
    return stub.generation == generation;
}

/* ---- a copy with changes ------------------------------------------------ */

/* Copy one file of the current generation.  Where the disk does not share
 * blocks, room for a whole copy is asked for first, once. */
static enum morgue_status
copy_file(const struct xe_writer *w, const struct dir *to, const char *name,
          uint64_t more, bool *asked, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    bool shared = false;

    if (!*asked)
        st = dir_share_file(&shared, to, &w->live.dir, name, err);
    if (st || shared)
        return st;
    if (!*asked) {
        uint64_t bytes = file_dir_bytes(w->live.dir.path) + more;

        st = want_space(w, bytes, bytes, err);
        *asked = true;
    }
    return st ? st : dir_copy_file(to, &w->live.dir, name, err);
}

/* Copy the current generation to `path`; `more` bytes will be added to it. */
static enum morgue_status
copy_live(const struct xe_writer *w, const char *path, uint64_t more,
          struct morgue_error *err)
{
    struct file_names names = {0};
    struct dir to = {.fd = -1};
    bool made, asked = false;
    enum morgue_status st = dir_make(&to, path, &made, err);

    if (!st)
        st = dir_list(&names, &w->live.dir, err);
    for (size_t i = 0; i < names.n && !st; i++)
        st = copy_file(w, &to, names.name[i], more, &asked, err);
    file_names_free(&names);
    dir_close(&to);
    return st;
}

/* A change for each document of a run. */
typedef enum xc_status change(xc_db *db, xc_doc *doc, struct xc_error *xerr);

static enum xc_status
take_out(xc_db *db, xc_doc *doc, struct xc_error *xerr)
{
    char term[ID_TERM_MAX] = "Q";
    const char *id;
    size_t len;
    enum xc_status xst = xc_doc_value(&id, &len, doc, SLOT_ID, xerr);

    if (xst || len == 0 || len >= sizeof term)
        return xst;
    memcpy(term + 1, id, len);
    return xc_db_delete_term(db, term, len + 1, xerr);
}

static enum xc_status
put_in(xc_db *db, xc_doc *doc, struct xc_error *xerr)
{
    return xc_db_add(NULL, db, doc, xerr);
}

static enum xc_status
change_all(xc_db *db, xc_db *run, change *make, struct xc_error *xerr)
{
    xc_iter *it = NULL;
    bool more = true;
    enum xc_status xst = xc_iter_documents(&it, run, "", 0, xerr);

    while (!xst && more) {
        xc_doc *doc = NULL;

        xst = xc_iter_next(&more, it, xerr);
        if (!xst && more)
            xst = xc_db_document(&doc, run, xc_iter_id(it), xerr);
        if (!xst && more)
            xst = make(db, doc, xerr);
        xc_doc_free(doc);
    }
    xc_iter_free(it);
    return xst;
}

static enum xc_status
add_words_of(xc_db *db, xc_db *run, const char *stem, size_t len,
             struct xc_error *xerr)
{
    xc_iter *it = NULL;
    bool more = true;
    size_t word_len;
    enum xc_status xst = xc_iter_synonyms(&it, run, stem, len, xerr);

    while (!xst && more) {
        xst = xc_iter_next(&more, it, xerr);
        if (!xst && more) {
            const char *word = xc_iter_bytes(it, &word_len);

            xst = xc_db_add_synonym(db, stem, len, word, word_len, xerr);
        }
    }
    xc_iter_free(it);
    return xst;
}

/* Add the words of stems that a run has. */
static enum xc_status
add_stems(xc_db *db, xc_db *run, struct xc_error *xerr)
{
    xc_iter *it = NULL;
    bool more = true;
    size_t len;
    enum xc_status xst = xc_iter_synonym_keys(&it, run, "", 0, xerr);

    while (!xst && more) {
        xst = xc_iter_next(&more, it, xerr);
        if (!xst && more) {
            const char *stem = xc_iter_bytes(it, &len);

            xst = add_words_of(db, run, stem, len, xerr);
        }
    }
    xc_iter_free(it);
    return xst;
}

/* Change the database by all runs, and commit. */
static enum xc_status
change_by_runs(xc_db *db, char *const *path, size_t n, change *make,
               struct xc_error *xerr)
{
    enum xc_status xst = XC_OK;

    for (size_t i = 0; i < n && !xst; i++) {
        xc_db *run = NULL;

        xst = xc_db_open(&run, path[i], xerr);
        if (!xst)
            xst = change_all(db, run, make, xerr);
        if (!xst && make == put_in)
            xst = add_stems(db, run, xerr);
        xc_db_close(run);
    }
    return xst ? xst : xc_db_commit(db, xerr);
}

/* What the runs have in place of what is there with the same ids. */
static enum morgue_status
change_copy(const char *copy, char *const *run, size_t n,
            struct morgue_error *err)
{
    struct xc_error xerr;
    xc_db *db = NULL;
    enum xc_status xst =
        xc_db_open_write(&db, copy, XC_OPEN | XC_NO_SYNC, 0, &xerr);

    if (!xst)
        xst = change_by_runs(db, run, n, take_out, &xerr);
    if (!xst)
        xst = change_by_runs(db, run, n, put_in, &xerr);
    xc_db_close(db);
    return from_xapian(err, xst, &xerr, "change the database");
}

/* ---- generations -------------------------------------------------------- */

/* Make the next generation's database at `path`, of this one and runs. */
static enum morgue_status
make_copied(struct xe_writer *w, const char *path, struct morgue_error *err)
{
    char **run = NULL;
    size_t n = 0;
    enum morgue_status st = list_runs(&run, &n, w, NULL, err);
    uint64_t more = st ? 0 : disk_bytes(run, n) * 2;

    if (!st) /* blocks that change are not shared any more */
        st = want_space(w, more, file_dir_bytes(w->live.dir.path) + more, err);
    if (!st)
        st = copy_live(w, path, more, err);
    if (!st)
        st = change_copy(path, run, n, err);
    paths_free(run, n);
    return st;
}

static enum morgue_status
make_merged(struct xe_writer *w, const char *path, bool with_live, int flags,
            struct morgue_error *err)
{
    char **part = NULL;
    size_t n = 0;
    enum morgue_status st =
        list_runs(&part, &n, w, with_live ? w->live.dir.path : NULL, err);

    if (!st)
        st = merge(w, path, part, n, flags, err);
    paths_free(part, n);
    return st;
}

/* How a generation comes of what is there and the runs. */
enum generation_making { COPIED, MERGED, MERGED_WITHOUT, MERGED_SMALL };

static enum morgue_status
make(struct xe_writer *w, const char *path, enum generation_making how,
     struct morgue_error *err)
{
    if (how == COPIED)
        return make_copied(w, path, err);
    return make_merged(
        w, path, how != MERGED_WITHOUT,
        how == MERGED_SMALL ? XC_COMPACT_FULLER : XC_COMPACT_STANDARD, err);
}

static enum morgue_status
new_generation(struct xe_writer *w, enum generation_making how,
               struct morgue_error *err)
{
    uint64_t generation = w->stub.generation + 1;
    char name[GENERATION_NAME], *to;
    enum morgue_status st;

    generation_name(name, generation);
    to = path_join(w->dir->path, name);
    if (!to)
        return error_nomem(err);
    st = dir_remove(w->dir, name, err);
    if (!st)
        st = make(w, to, how, err);
    if (!st)
        st = settle_all(w, to, err);
    if (!st)
        st = publish(w, name, generation, err);
    if (st && !is_named(w, generation))
        (void)dir_remove(w->dir, name, NULL);
    free(to);
    return st;
}

enum morgue_status
xe_writer_commit(struct engine_writer *writer, struct morgue_error *err)
{
    struct xe_writer *w = xe_writer(writer);
    struct xc_error xerr;
    struct xc_db_info info;
    enum morgue_status st;

    if (w->anew)
        return new_generation(w, MERGED_WITHOUT, err);
    if (w->docs == 0 && !w->settled)
        return MORGUE_OK;
    st = from_xapian(err, xc_db_get_info(&info, w->db, &xerr), &xerr,
                     "count articles");
    if (st)
        return st;
    if (info.documents == 0)
        return new_generation(w, MERGED_WITHOUT, err);
    return new_generation(w, w->text_bytes <= SMALL_MAX ? COPIED : MERGED,
                          err);
}

enum morgue_status
xe_writer_compact(struct engine_writer *writer, struct morgue_error *err)
{
    return new_generation(xe_writer(writer), MERGED_SMALL, err);
}
