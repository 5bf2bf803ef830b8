/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query.c - queries of any bytes: what they become is sound
 *
 * The target of a fuzzer (libFuzzer's interface), and of pieces.c.  The first
 * byte of an input says how the rest of it, a query, is read (struct way),
 * against a small archive of one of the engines (sample.h).
 *
 * A query is read, or refused with a place in it; notes and nodes stand in
 * its bytes; the tree is one that engines take, and the same with both.  What
 * had no notes is printed in our language so that it reads as the same again,
 * whatever dialect it was typed in.  Then it is searched for, with little
 * time, and what matches is marked.  A promise that is broken ends the
 * process, for the fuzzer to find.
 *
 * DIALECT in the environment forces a dialect, FUZZ_SAY prints each query.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../common/base/buf.h"
#include "../../searcher/handle.h"
#include "../../searcher/query/analyse.h"
#include "../../searcher/query/dialect.h"
#include "../../searcher/query/locate.h"
#include "../fault/sample.h"
#include "fuzz.h"

enum { ENGINES = 2, DIALECTS_MAX = 8, ARENA_MAX = 1 << 28, WORDS = 50 };

/* 2026-11-30. */
static const int64_t today = 1795996800;

static char folder[80];
static pid_t owner; /* of the folder */
static morgue *archive[ENGINES];
static struct session *session[ENGINES];
static char dialect_name[DIALECTS_MAX][40];
static unsigned dialects;
static const char *shown; /* the query that is tried */

/* How a query is read. */
struct way {
    const struct dialect *dialect;
    enum morgue_match match;
    unsigned engine;
    bool strict, search;
};

static void
hold(bool promise, const char *what)
{
    if (promise)
        return;
    fprintf(stderr, "broken: %s: %s\n", what, shown);
    abort();
}

/* ---- getting ready ------------------------------------------------------ */

static void
drop_folder(void)
{
    char command[120];

    if (getpid() != owner)
        return;
    for (int i = 0; i < ENGINES; i++) {
        session_end(archive[i], session[i]);
        morgue_close(archive[i]);
    }
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s is left behind\n", folder);
}

static void
need(enum morgue_status st, const struct morgue_error *err)
{
    if (st == MORGUE_OK)
        return;
    fprintf(stderr, "cannot begin: %s\n", err->message);
    exit(1);
}

static void
make_archives(void)
{
    static const char *const engine[ENGINES] = {"segment", "xapian"};
    struct morgue_error err;

    for (int i = 0; i < ENGINES; i++) {
        char path[120];

        snprintf(path, sizeof path, "%s/%s", folder, engine[i]);
        need(sample_make(SAMPLE_PARTS, path, engine[i], &err), &err);
        need(morgue_open(&archive[i], path, &err), &err);
        need(session_begin(&session[i], archive[i], 0, &err), &err);
    }
}

/* The dialects that there are, or the one that is forced. */
static void
find_dialects(void)
{
    const char *forced = getenv("DIALECT"), *s;

    for (s = forced ? forced : dialect_names(); *s; s += strspn(s, ", ")) {
        size_t n = strcspn(s, ", ");

        hold(dialects < DIALECTS_MAX && n < sizeof *dialect_name,
             "there is room for all dialects");
        memcpy(dialect_name[dialects], s, n);
        hold(dialect_find(dialect_name[dialects]) != NULL,
             "a dialect that there is");
        dialects++;
        s += n;
    }
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    snprintf(folder, sizeof folder, "%s/morgue-query.XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(folder)) {
        perror(folder);
        exit(1);
    }
    owner = getpid();
    atexit(drop_folder);
    shown = "";
    find_dialects();
    make_archives();
    return 0;
}

/* ---- reading ------------------------------------------------------------ */

static struct way
way_of(uint8_t byte)
{
    return (struct way){
        .dialect = dialect_find(dialect_name[(byte >> 4) % dialects]),
        .match = byte & 1 ? MORGUE_MATCH_ANY : MORGUE_MATCH_ALL,
        .engine = byte >> 1 & 1,
        .strict = (byte & 12) == 12,
        .search = (byte & 12) != 0};
}

static struct parse_context
context_of(const struct way *way, unsigned engine)
{
    const struct session *s = session[engine];

    return (struct parse_context){.tokenizer = s->tokenizer,
                                  .stemmer = s->stemmer,
                                  .lang = s->state->stem,
                                  .lang_n = s->state->stem_n,
                                  .match = way->match,
                                  .may_be_empty = way->search,
                                  .strict = way->strict,
                                  .max_words = WORDS,
                                  .dialect = way->dialect,
                                  .today = today,
                                  .reader = s->reader};
}

static void
hold_span(struct morgue_span span, size_t len)
{
    hold(span.start <= span.end && span.end <= len, "a span in the query");
}

static void
hold_nodes(const struct ast *node, size_t len)
{
    hold_span(node->span, len);
    for (const struct ast *c = node->child; c; c = c->next)
        hold_nodes(c, len);
}

static void
print_tree(struct buf *out, const struct parsed *p)
{
    buf_init(out, ARENA_MAX);
    query_print(out, p->query);
    hold(buf_status(out, NULL) == MORGUE_OK, "a tree that is printed");
}

/* What holds for every query that is understood. */
static void
hold_parsed(const struct parsed *p, struct morgue_str text)
{
    if (!query_valid(p->query)) {
        struct buf tree;

        print_tree(&tree, p);
        fprintf(stderr, "%s\n", buf_view(&tree).s);
        hold(false, "a valid tree");
    }
    for (const struct query_note *n = p->notes.first; n; n = n->next) {
        hold_span(n->span, text.len);
        hold(n->text.len > 0 && n->text.len < NOTE_BYTES, "a note's length");
        hold(!memchr(n->text.s, '\n', n->text.len), "a note is one line");
    }
    hold(p->notes.n <= NOTES_MAX, "no more notes than are kept");
    for (const struct ast *leaf = p->ast.leaf; leaf; leaf = leaf->next_leaf)
        hold_span(leaf->span, text.len);
    if (p->ast.root)
        hold_nodes(p->ast.root, text.len);
}

static bool
read_query(struct parsed *out, struct arena *arena, struct morgue_str text,
           const struct way *way, unsigned engine)
{
    const struct parse_context context = context_of(way, engine);
    struct morgue_error err = {.at = SIZE_MAX};
    enum morgue_status st = query_parse(out, arena, text, &context, &err);

    if (getenv("FUZZ_SAY"))
        fprintf(stderr, "%s: %s%s\n", way->dialect ? way->dialect->name : "",
                text.s, st ? err.message : "");
    if (st == MORGUE_OK) {
        hold_parsed(out, text);
        hold(!way->strict || out->notes.n == 0, "strict takes no notes");
        return true;
    }
    hold(st == MORGUE_QUERY || st == MORGUE_NOMEM, "an error of the query");
    hold(st == MORGUE_NOMEM || err.at <= text.len, "a place of the error");
    hold(err.message[0] != '\0', "a message");
    return false;
}

/* ---- printing ----------------------------------------------------------- */

static void
print_ast(struct buf *out, const struct parsed *p)
{
    buf_init(out, ARENA_MAX);
    buf_str(out, STR(""));
    if (p->ast.root)
        ast_print(out, p->ast.root);
    hold(buf_status(out, NULL) == MORGUE_OK, "a query that is printed");
}

static void
hold_same(struct buf *a, struct buf *b, const char *what)
{
    if (!str_eq(buf_view(a), buf_view(b)))
        fprintf(stderr, "%s\n%s\n", buf_view(a).s, buf_view(b).s);
    hold(str_eq(buf_view(a), buf_view(b)), what);
    buf_free(a);
    buf_free(b);
}

/* Whether a leaf is printed as it was typed, though our language may read it
 * otherwise: with a colon or a quotation mark, or where quotation marks, which
 * would make it a word, would take its weight or edits away. */
static bool
is_odd(const struct ast *leaf)
{
    bool noted;

    for (size_t i = 0; i < leaf->text.len && !leaf->quoted; i++)
        if (leaf->text.s[i] == ':' || lexer_quote_at(leaf->text, i) > 0)
            return true;
    if (leaf->kind != AST_WORDS)
        return leaf->kind == AST_VALUE && str_starts(leaf->text, STR("="));
    return !leaf->quoted &&
           (leaf->exact || leaf->edits != EDITS_NO || leaf->weight >= 0) &&
           (!lexer_is_word(leaf->text, &noted) || noted);
}

static bool
has_odd_words(const struct parsed *p)
{
    for (const struct ast *l = p->ast.leaf; l; l = l->next_leaf)
        if (is_odd(l))
            return true;
    return false;
}

static size_t
count_quoted(const struct parsed *p)
{
    size_t n = 0;

    for (const struct ast *l = p->ast.leaf; l; l = l->next_leaf)
        n += l->kind == AST_WORDS && l->quoted;
    return n;
}

/* What was understood, printed, is understood as the same. */
static void
hold_printed(const struct parsed *p, struct arena *arena,
             const struct way *typed)
{
    struct way way = *typed;
    struct parsed again;
    struct buf first, second, tree[2];
    struct morgue_str copy;

    if (p->notes.n > 0 || !p->ast.root || has_odd_words(p))
        return;
    way.dialect = NULL; /* stop words are left out only where plainly typed */
    way.strict = way.match == MORGUE_MATCH_ALL;
    print_ast(&first, p);
    hold(arena_str(arena, buf_view(&first), &copy), "memory");
    if (copy.len > QUERY_BYTES_MAX) {
        buf_free(&first);
        return;
    }
    hold(read_query(&again, arena, copy, &way, way.engine),
         "what is printed is read");
    print_ast(&second, &again);
    hold_same(&first, &second, "what is printed is printed again");
    /* a word that had to be quoted is looked for as written */
    if (way.match == MORGUE_MATCH_ANY ||
        count_quoted(p) != count_quoted(&again))
        return;
    print_tree(&tree[0], p);
    print_tree(&tree[1], &again);
    hold_same(&tree[0], &tree[1], "what is printed becomes the same tree");
}

/* ---- searching ---------------------------------------------------------- */

static void
hold_marks(struct locator *l, const struct morgue_article *a)
{
    for (int f = 0; f < FIELD_N; f++) {
        size_t n;
        const struct located *mark = locator_marks(l, (enum field)f, &n);
        struct morgue_str s = record_get(a, (enum field)f);

        hold(n <= LOCATOR_MARKS_MAX, "no more marks than are kept");
        for (size_t i = 0; i < n; i++)
            hold(mark[i].start < mark[i].end && mark[i].end <= s.len &&
                     mark[i].unit < locator_units_n(l),
                 "a mark in the field");
    }
}

static void
mark_hit(const struct parsed *p, struct arena *arena, struct session *s,
         uint64_t number)
{
    struct morgue_article article;
    struct locator *l = NULL;
    struct morgue_error err;
    enum morgue_status st =
        engine_article(&article, s->reader, arena, number, true, &err);

    if (!st)
        st = locator_new(&l, p->words, s->tokenizer, s->stemmer, LOCATE_ALL,
                         &err);
    if (!st)
        st = locator_run(l, &article, &err);
    hold(st == MORGUE_OK, "an article that is marked");
    hold_marks(l, &article);
    locator_free(l);
}

static void
search(const struct parsed *p, struct arena *arena, struct session *s)
{
    const struct engine_params params = {.k1 = 1.2, .b = 0.75};
    struct collector c[] = {{.kind = COLLECT_FIRST, .limit = 3},
                            {.kind = COLLECT_COUNT}};
    struct stop stop = stop_after(50, NULL);
    struct morgue_error err;
    enum morgue_status st =
        engine_collect(c, 2, s->reader, arena, p->query, &params, &stop, &err);

    if (st)
        fprintf(stderr, "%s\n", err.message);
    hold(st == MORGUE_OK, "a search that ends");
    hold(c[0].hits.n <= 3, "no more hits than asked for");
    hold(stop.timed_out || c[1].count >= c[0].hits.n, "hits are counted");
    for (size_t i = 0; i < c[0].hits.n; i++)
        mark_hit(p, arena, s, c[0].hits.hit[i].number);
}

/* ---- a query ------------------------------------------------------------ */

/* The other engine has the same words, so that the tree is the same. */
static void
hold_same_tree(const struct parsed *p, struct arena *arena,
               struct morgue_str text, const struct way *way)
{
    struct parsed other;
    struct buf a, b;

    hold(read_query(&other, arena, text, way, 1 - way->engine),
         "both engines read a query");
    print_tree(&a, p);
    print_tree(&b, &other);
    hold_same(&a, &b, "the same tree with both engines");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct parsed parsed;
    struct way way = way_of(size > 0 ? data[0] : 0);
    char *text = malloc(size + 1);
    struct morgue_str query;

    if (!text)
        return 0;
    if (size > 1)
        memcpy(text, data + 1, size - 1);
    text[size > 1 ? size - 1 : 0] = '\0';
    query = str_of(text); /* of which callers give no more */
    shown = text;
    arena_init(&arena, ARENA_MAX);
    if (read_query(&parsed, &arena, query, &way, way.engine)) {
        hold_same_tree(&parsed, &arena, query, &way);
        hold_printed(&parsed, &arena, &way);
        if (way.search)
            search(&parsed, &arena, session[way.engine]);
    }
    arena_free(&arena);
    free(text);
    return 0;
}
