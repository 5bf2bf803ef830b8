/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * manifest.c - which segments make up the archive
 *
 * Text, a line each, numbers in decimal and sums in hexadecimal:
 *
 *     morgue segments 1
 *     next FILE ARRIVAL
 *     analysis NAME
 *     segment NAME BYTES SUM ARTICLES     for each segment,
 *     deletes NAME SUM                    and behind it where it has them
 *     check SUM                           XXH3 of the bytes before
 *
 * FILE is the number of the next file.  A name that is not one of an older
 * file's is damage: nothing else is opened, and a new file is never one that
 * is there.
 */
#include "manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../base/hash.h"

void
manifest_free(struct manifest *m)
{
    free(m->entry);
    *m = (struct manifest){.n = 0};
}

enum morgue_status
manifest_add(struct manifest *m, const struct manifest_entry *entry,
             struct morgue_error *err)
{
    if (m->n == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : 16;
        struct manifest_entry *more = realloc(m->entry, cap * sizeof *more);

        if (!more)
            return error_nomem(err);
        m->entry = more;
        m->cap = cap;
    }
    m->entry[m->n++] = *entry;
    return MORGUE_OK;
}

enum morgue_status
manifest_copy(struct manifest *out, const struct manifest *from,
              struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *out = *from;
    out->entry = NULL;
    out->n = out->cap = 0;
    for (size_t i = 0; i < from->n && !st; i++)
        st = manifest_add(out, from->entry + i, err);
    if (st)
        manifest_free(out);
    return st;
}

bool
manifest_owns(const char *name)
{
    return strcmp(name, MANIFEST_NAME) == 0 ||
           dir_is_temp(name, MANIFEST_NAME);
}

bool
manifest_names(const struct manifest *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->entry[i].segment.name, name) == 0 ||
            strcmp(m->entry[i].deletes, name) == 0)
            return true;
    return false;
}

/* ---- reading ------------------------------------------------------------ */

/* Whether the file is of that kind and older than the next one. */
static bool
is_older(const struct manifest *m, const char *name, const char *prefix)
{
    uint64_t number;

    return name_is_numbered(name, prefix, 16, &number) &&
           number < m->next_file;
}

/* Take in one line, which has a NUL behind it. */
static enum morgue_status
read_line(struct manifest *m, const char *line, struct morgue_error *err)
{
    struct manifest_entry e = {.deletes = ""};

    if (sscanf(line, "segment %23s %" SCNu64 " %" SCNx64 " %" SCNu32,
               e.segment.name, &e.segment.size, &e.segment.sum,
               &e.segment.docs) == 4)
        return is_older(m, e.segment.name, "seg-") ? manifest_add(m, &e, err)
                                                   : MORGUE_DAMAGED;
    if (sscanf(line, "analysis %79[^\n]", m->analysis) == 1)
        return MORGUE_OK;
    if (m->n > 0 &&
        sscanf(line, "deletes %23s %" SCNx64, m->entry[m->n - 1].deletes,
               &m->entry[m->n - 1].deletes_sum) == 2)
        return is_older(m, m->entry[m->n - 1].deletes, "del-")
                   ? MORGUE_OK
                   : MORGUE_DAMAGED;
    return MORGUE_DAMAGED;
}

/* Read the text, whose lines are cut apart. */
static enum morgue_status
parse(struct manifest *m, char *text, size_t len, struct morgue_error *err)
{
    static const char first[] = "morgue segments 1\n";
    enum { CHECK = sizeof "check 0123456789abcdef\n" - 1 };
    enum morgue_status st = MORGUE_OK;
    char want[CHECK + 1], *line = text, *end;

    if (len < sizeof first - 1 + CHECK ||
        memcmp(text, first, sizeof first - 1) != 0)
        return MORGUE_DAMAGED;
    m->sum = hash64(text, len - CHECK);
    snprintf(want, sizeof want, "check %016" PRIx64 "\n", m->sum);
    if (memcmp(text + len - CHECK, want, CHECK) != 0)
        return MORGUE_DAMAGED;
    text[len - CHECK] = '\0';
    line += sizeof first - 1;
    for (bool next = false; *line && !st; next = true) {
        end = strchr(line, '\n');
        if (!end)
            return MORGUE_DAMAGED;
        *end = '\0';
        if (next)
            st = read_line(m, line, err);
        else if (sscanf(line, "next %" SCNu64 " %" SCNu64, &m->next_file,
                        &m->arrival) != 2)
            st = MORGUE_DAMAGED;
        line = end + 1;
    }
    return st;
}

static enum morgue_status
damaged(const struct dir *dir, struct morgue_error *err)
{
    return error_set(err, MORGUE_DAMAGED, "'%s/%s' is damaged", dir->path,
                     MANIFEST_NAME);
}

enum morgue_status
manifest_read(struct manifest *out, const struct dir *dir,
              struct morgue_error *err)
{
    enum morgue_status st;
    struct buf text;

    *out = (struct manifest){.n = 0};
    buf_init(&text, 64 << 20);
    st = dir_read(&text, dir, MANIFEST_NAME, err);
    if (st == MORGUE_NO_INPUT)
        st = error_set(err, MORGUE_DAMAGED, "'%s/%s' is missing", dir->path,
                       MANIFEST_NAME);
    else if (st == MORGUE_FORMAT) /* longer than any that was written */
        st = damaged(dir, err);
    if (st)
        goto done;
    st = parse(out, text.data ? text.data : (char[]){""}, text.len, err);
    if (st == MORGUE_DAMAGED)
        st = damaged(dir, err);
done:
    if (st)
        manifest_free(out);
    buf_free(&text);
    return st;
}

/* ---- writing ------------------------------------------------------------ */

static void
print(struct buf *b, const struct manifest *m)
{
    buf_printf(b, "morgue segments 1\nnext %" PRIu64 " %" PRIu64 "\n",
               m->next_file, m->arrival);
    if (m->analysis[0])
        buf_printf(b, "analysis %s\n", m->analysis);
    for (size_t i = 0; i < m->n; i++) {
        const struct manifest_entry *e = m->entry + i;

        buf_printf(b, "segment %s %" PRIu64 " %016" PRIx64 " %" PRIu32 "\n",
                   e->segment.name, e->segment.size, e->segment.sum,
                   e->segment.docs);
        if (e->deletes[0])
            buf_printf(b, "deletes %s %016" PRIx64 "\n", e->deletes,
                       e->deletes_sum);
    }
}

enum morgue_status
manifest_write(const struct manifest *m, const struct dir *dir,
               struct morgue_error *err)
{
    enum morgue_status st;
    struct buf b;

    buf_init(&b, 64 << 20);
    print(&b, m);
    st = buf_status(&b, err);
    if (!st) {
        buf_printf(&b, "check %016" PRIx64 "\n", hash64(b.data, b.len));
        st = buf_status(&b, err);
    }
    if (!st)
        st = dir_replace(dir, MANIFEST_NAME, buf_view(&b), err);
    buf_free(&b);
    return st;
}
