/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * manifest.c - which segments make up the archive
 *
 * Text, a line each, numbers in decimal and sums in hexadecimal:
 *
 *     morgue segments 1
 *     next FILE ARRIVAL
 *     segment NAME BYTES SUM ARTICLES     for each segment,
 *     deletes NAME SUM                    and behind it where it has them
 *     check SUM                           XXH3 of the bytes before
 */
#include "manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/file.h"
#include "../base/hash.h"

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

/* Take in one line, which has a NUL behind it. */
static enum morgue_status
read_line(struct manifest *m, const char *line, struct morgue_error *err)
{
    struct manifest_entry e = {.deletes = ""};

    if (sscanf(line, "segment %23s %" SCNu64 " %" SCNx64 " %" SCNu32,
               e.segment.name, &e.segment.size, &e.segment.sum,
               &e.segment.docs) == 4)
        return manifest_add(m, &e, err);
    if (m->n > 0 &&
        sscanf(line, "deletes %23s %" SCNx64, m->entry[m->n - 1].deletes,
               &m->entry[m->n - 1].deletes_sum) == 2)
        return MORGUE_OK;
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

enum morgue_status
manifest_read(struct manifest *out, const char *dir, struct morgue_error *err)
{
    enum morgue_status st;
    struct buf text;
    char *path = path_join(dir, MANIFEST_NAME);

    *out = (struct manifest){.n = 0};
    if (!path)
        return error_nomem(err);
    buf_init(&text, 64 << 20);
    st = file_read(&text, path, err);
    if (st == MORGUE_NO_INPUT)
        st = error_set(err, MORGUE_DAMAGED, "'%s' is missing", path);
    if (!st)
        st = parse(out, text.data ? text.data : (char[]){""}, text.len, err);
    if (st == MORGUE_DAMAGED || st == MORGUE_FORMAT)
        st = error_set(err, MORGUE_DAMAGED, "'%s' is damaged", path);
    if (st)
        manifest_free(out);
    buf_free(&text);
    free(path);
    return st;
}

/* ---- writing ------------------------------------------------------------ */

static void
print(struct buf *b, const struct manifest *m)
{
    buf_printf(b, "morgue segments 1\nnext %" PRIu64 " %" PRIu64 "\n",
               m->next_file, m->arrival);
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
manifest_write(const struct manifest *m, const char *dir,
               struct morgue_error *err)
{
    enum morgue_status st;
    struct buf b;
    char *path = path_join(dir, MANIFEST_NAME);

    if (!path)
        return error_nomem(err);
    buf_init(&b, 64 << 20);
    print(&b, m);
    st = buf_status(&b, err);
    if (!st) {
        buf_printf(&b, "check %016" PRIx64 "\n", hash64(b.data, b.len));
        st = buf_status(&b, err);
    }
    if (!st)
        st = file_replace(path, buf_view(&b), err);
    buf_free(&b);
    free(path);
    return st;
}
