/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_dialect.c - other systems' queries, as ours
 *
 * A row has a query as the other system reads it, what it becomes in ours, how
 * many notes there are and a piece of one of them.  Of each row every prefix
 * is read, too: there is no text that is not understood as something.  The
 * real queries are those of ../shared/corpora/queries, and what they become is
 * in tests/language/real.tsv.
 */
#include <stdlib.h>

#include "../../common/base/buf.h"
#include "../../searcher/query/analyse.h"
#include "../../searcher/query/dialect.h"
#include "../test.h"
#include "dialect_rows.h"
#include "dialect_rows_proquest.h"

static struct tokenizer *tokenizer;
static struct stemmer *stemmer;

/* 2026-11-30, a Monday. */
static const int64_t monday = 1795996800;

static enum morgue_status
parse(struct parsed *out, struct arena *arena, const char *dialect,
      struct morgue_str query, struct morgue_error *err)
{
    static const char *const lang[] = {"en"};
    const struct parse_context context = {.tokenizer = tokenizer,
                                          .stemmer = stemmer,
                                          .lang = lang,
                                          .lang_n = 1,
                                          .match = MORGUE_MATCH_ALL,
                                          .may_be_empty = true,
                                          .max_words = EXPANSION_MAX,
                                          .dialect = dialect_find(dialect),
                                          .today = monday};

    return query_parse(out, arena, query, &context, err);
}

/* The query in ours; notes are checked to have places in it. */
static void
understand(struct buf *out, size_t *notes, struct buf *told,
           const char *dialect, struct morgue_str query)
{
    struct morgue_error err = {0};
    struct parsed parsed;
    struct arena arena;
    enum morgue_status st;

    arena_init(&arena, 1 << 22);
    buf_reset(out);
    buf_reset(told);
    buf_str(out, STR(""));
    st = parse(&parsed, &arena, dialect, query, &err);
    test_that(st == MORGUE_OK, __FILE__, __LINE__, "%s '%.*s': %s", dialect,
              (int)query.len, query.s, err.message);
    if (st == MORGUE_OK && parsed.ast.root)
        ast_print(out, parsed.ast.root);
    *notes = st == MORGUE_OK ? parsed.notes.n : 0;
    for (const struct query_note *n = st == MORGUE_OK ? parsed.notes.first
                                                      : NULL;
         n; n = n->next) {
        test_that(n->span.start < n->span.end && n->span.end <= query.len,
                  __FILE__, __LINE__, "%s '%.*s': place of '%s'", dialect,
                  (int)query.len, query.s, n->text.s);
        buf_str(told, n->text);
        buf_str(told, STR("; "));
    }
    buf_str(told, STR(""));
    arena_free(&arena);
}

static void
is_understood(const char *dialect, const char *query, const char *want,
              size_t notes, const char *note)
{
    struct buf got, told;
    size_t n = 0;

    buf_init(&got, 1 << 20);
    buf_init(&told, 1 << 20);
    understand(&got, &n, &told, dialect, str_of(query));
    test_that(str_eq(buf_view(&got), str_of(want)), __FILE__, __LINE__,
              "%s '%s' is\n    %s, not\n    %s", dialect, query,
              buf_view(&got).s, want);
    test_that(n == notes, __FILE__, __LINE__, "%s '%s' has %zu notes: %s",
              dialect, query, n, buf_view(&told).s);
    test_that(!note || strstr(buf_view(&told).s, note), __FILE__, __LINE__,
              "%s '%s': no '%s' in: %s", dialect, query, note,
              buf_view(&told).s);
    buf_free(&got);
    buf_free(&told);
}

/* What is printed is in our language, and the same when it is read there. */
static void
is_ours(const char *dialect, struct morgue_str query)
{
    struct buf first, again, told;
    size_t n = 0;

    buf_init(&first, 1 << 20);
    buf_init(&again, 1 << 20);
    buf_init(&told, 1 << 20);
    understand(&first, &n, &told, dialect, query);
    understand(&again, &n, &told, "morgue", buf_view(&first));
    test_that(str_eq(buf_view(&first), buf_view(&again)), __FILE__, __LINE__,
              "%s '%.*s' is\n    %s, and that is\n    %s", dialect,
              (int)query.len, query.s, buf_view(&first).s, buf_view(&again).s);
    buf_free(&first);
    buf_free(&again);
    buf_free(&told);
}

/* The rows, which are in several files. */
static const struct {
    const struct dialect_row *row;
    size_t n;
} tables[] = {
    {rows, sizeof rows / sizeof *rows},
    {rows_proquest, sizeof rows_proquest / sizeof *rows_proquest},
};

static void
rows_are_understood(void)
{
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            const struct dialect_row *row = &tables[t].row[i];

            is_understood(row->dialect, row->query, row->want, row->notes,
                          row->note);
        }
}

static void
prefixes_are_understood(void)
{
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            struct morgue_str s = str_of(tables[t].row[i].query);

            for (; s.len > 0; s.len--)
                is_ours(tables[t].row[i].dialect, s);
        }
}

int
main(void)
{
    if (tokenizer_new(&tokenizer, NULL) || stemmer_new(&stemmer, NULL))
        return 1;
    RUN(rows_are_understood);
    RUN(prefixes_are_understood);
    stemmer_free(stemmer);
    tokenizer_free(tokenizer);
    return test_end();
}
