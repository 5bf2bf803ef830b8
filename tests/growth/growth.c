/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * growth.c - what each reader, the tokenizer and the searcher make of their
 * worst inputs, at sizes that double
 *
 *   growth PART OF [NAME]   each OFth of the shapes of shapes.h, from PART on,
 *                           or those of them that begin with NAME
 *
 * It runs under valgrind's callgrind, which counts instructions and writes a
 * file for each shape and size: "desc: Trigger: Client Request: SHAPE SIZE"
 * and "totals: N".  tests/cli/97-growth.sh compares them.  Instructions, not
 * time, so that it says the same on a busy machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <valgrind/callgrind.h>

#include "../../common/base/str.h"
#include "../../common/base/buf.h"
#include "../../common/morgue.h"
#include "../../indexer/source/source.h"
#include "shapes.h"

static char path[500]; /* where a file or an archive goes */

/* ---- making inputs ------------------------------------------------------ */

/* `unit` with {n} and {n+1} as numbers. */
static void
put_unit(struct buf *b, struct morgue_str unit, unsigned n)
{
    while (unit.len > 0) {
        if (str_starts(unit, STR("{n}"))) {
            buf_printf(b, "%u", n);
            unit = str_slice(unit.s + 3, unit.len - 3);
        } else if (str_starts(unit, STR("{n+1}"))) {
            buf_printf(b, "%u", n + 1);
            unit = str_slice(unit.s + 5, unit.len - 5);
        } else {
            buf_char(b, unit.s[0]);
            unit = str_slice(unit.s + 1, unit.len - 1);
        }
    }
}

/* The shape in about `size` bytes; where it closes again, units and what
 * closes them are the same number. */
static void
make(struct buf *b, const struct shape *s, size_t size)
{
    unsigned n = 0;

    buf_reset(b);
    buf_str(b, s->head);
    while (b->len + n * s->close.len + s->tail.len < size)
        put_unit(b, s->unit, n++);
    buf_str(b, s->turn);
    for (; s->close.len > 0 && n > 0; n--)
        put_unit(b, s->close, n - 1);
    buf_str(b, s->tail);
}

/* ---- reading ------------------------------------------------------------ */

static void
die(const char *what, const struct morgue_error *err)
{
    fprintf(stderr, "growth: %s: %s\n", what, err ? err->message : path);
    exit(1);
}

static enum morgue_status
on_record(const struct morgue_article *a, const struct morgue_origin *origin,
          void *payload, struct morgue_error *err)
{
    (void)a;
    (void)origin;
    (void)err;
    ++*(size_t *)payload;
    return MORGUE_OK;
}

static enum morgue_status
on_problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
           const char *id, const char *reason, void *payload,
           struct morgue_error *err)
{
    (void)outcome;
    (void)id;
    (void)reason;
    return on_record(NULL, origin, payload, err);
}

/* A file through its reader. */
static void
run_reader(const struct shape *s, struct morgue_str data)
{
    size_t n = 0;
    struct sink sink = {on_record, on_problem, &n, NULL, MORGUE_ID_NONE};
    struct source_how how = {.format = s->format};
    struct morgue_error err;
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(data.s, 1, data.len, f) != data.len || fclose(f) != 0)
        die("cannot write", NULL);
    CALLGRIND_ZERO_STATS;
    if (source_read(path, &how, &sink, &err))
        die(s->name, &err);
    if (n == 0)
        die("no account of it", NULL);
}

/* ---- indexing and searching --------------------------------------------- */

static void
add(const char *archive, struct morgue_str body)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_error err;
    morgue_update *u = NULL;

    o.threads = 1;
    a.id = STR("x");
    a.body = body;
    if (morgue_update_open(&u, archive, &o, &err) ||
        morgue_update_add(u, &a, &err) || morgue_update_commit(u, NULL, &err))
        die("cannot index", &err);
    morgue_update_close(u);
}

static void
search(const char *archive, const char *query)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    struct morgue_error err;
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    enum morgue_status st;

    if (morgue_open(&m, archive, &err))
        die("cannot open", &err);
    st = morgue_search(&hits, m, query, &o, &err);
    if (st && st != MORGUE_QUERY) /* that it is too long is an answer */
        die("cannot search", &err);
    if (morgue_hits_n(hits) > 0 &&
        morgue_hits_snippet(hits, 0, &snippet, &err))
        die("no snippet", &err);
    morgue_hits_free(hits);
    morgue_close(m);
}

static void
drop_archive(void)
{
    char command[sizeof path + 20];

    snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        die("cannot remove", NULL);
}

/* An article, indexed, found by the shape's query and shown with a snippet. */
static void
run_article(const struct shape *s, struct morgue_str data)
{
    drop_archive();
    CALLGRIND_ZERO_STATS;
    add(path, data);
    if (s->query)
        search(path, s->query);
}

/* The shape as a query for an article that has its words. */
static void
run_query(const struct shape *s, struct morgue_str data)
{
    drop_archive();
    add(path, STR("The coffee quota of the coast, and coffee."));
    CALLGRIND_ZERO_STATS;
    search(path, data.s);
    (void)s;
}

/* ------------------------------------------------------------------------- */

static void
run(const struct shape *s, size_t size)
{
    static struct buf data;
    char what[120];

    if (data.max == 0)
        buf_init(&data, (size_t)1 << 30);
    make(&data, s, size);
    buf_char(&data, '\0');
    if (buf_status(&data, NULL))
        die("no memory", NULL);
    if (s->kind == SHAPE_FILE)
        run_reader(s, str_slice(data.data, data.len - 1));
    else if (s->kind == SHAPE_ARTICLE)
        run_article(s, str_slice(data.data, data.len - 1));
    else
        run_query(s, str_slice(data.data, data.len - 1));
    snprintf(what, sizeof what, "%s %zu", s->name, size);
    CALLGRIND_DUMP_STATS_AT(what);
}

int
main(int argc, char **argv)
{
    static const size_t sizes[] = {SIZES};
    size_t part = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    size_t parts = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    const char *only = argc > 3 ? argv[3] : "";

    if (parts == 0) {
        fputs("usage: growth PART OF [NAME]\n", stderr);
        return 2;
    }
    snprintf(path, sizeof path, "%s/growth.%zu",
             getenv("SCRATCH") ? getenv("SCRATCH") : "/tmp", part);
    for (size_t i = part; i < sizeof shapes / sizeof *shapes; i += parts)
        if (strncmp(shapes[i].name, only, strlen(only)) == 0)
            for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
                run(&shapes[i], sizes[k]);
    drop_archive();
    return 0;
}
