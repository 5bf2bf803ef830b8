/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_query_table.c - the query language by its tables
 *
 * tests/language has an archive written for it, and tables of queries:
 * answers.tsv, what each finds; table.tsv, what each becomes and what is told
 * about it; scores.tsv, what scores as what.  Both engines are asked all of
 * them, and the examples of the manual.  What a query becomes is a query
 * itself, which becomes itself again, finds the same and gives no note.  Every
 * beginning of every query, in every dialect, is a query or an error with a
 * place and words.
 */
#include <stdlib.h>
#include <time.h>

#include "../../common/base/buf.h"
#include "../../common/morgue.h"
#include "scratch.h"

#define ROOM "tests/language/"

enum {
    LINE_MAX_BYTES = 4096,
    ARTICLES_MAX = 1000,
    ROWS_MAX = 4000,
    DAY = 86400
};

/* A line of a table: its cells, which end in a NUL each. */
struct table_row {
    unsigned line;
    char *options, *query, *want, *notes;
};

struct table {
    const char *name;
    struct table_row row[ROWS_MAX];
    size_t n;
};

static struct table answers = {.name = ROOM "answers.tsv"};
static struct table table = {.name = ROOM "table.tsv"};
static struct table scores = {.name = ROOM "scores.tsv"};
static struct table real = {.name = ROOM "real.tsv"};
static struct table manual = {.name = "searcher/cli/morgue-query.7"};

static const char *const engines[] = {"segment", "xapian"};
static const char *const dialects[] = {NULL,       "nexis",    "factiva",
                                       "proquest", "dtsearch", "lucene"};

static char dir[200];
static morgue *archive[2];
static const char *engine;
static morgue *m; /* the archive of the engine */
static int64_t now;

/* ---- tables ------------------------------------------------------------- */

/* The next cell of a line, which is cut off it; NULL at its end. */
static char *
cell(char **rest)
{
    char *s = *rest, *end;

    if (!s)
        return NULL;
    end = strchr(s, '\t');
    if (end)
        *end++ = '\0';
    *rest = end;
    return s;
}

static void
add_row(struct table *t, const struct table_row *row)
{
    if (t->n < ROWS_MAX)
        t->row[t->n++] = *row;
}

/* A line without its line end; false at the end of the file. */
static bool
read_line(FILE *f, char *line)
{
    if (!fgets(line, LINE_MAX_BYTES, f))
        return false;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static void
read_table(struct table *t)
{
    char line[LINE_MAX_BYTES], *rest;
    FILE *f = fopen(t->name, "r");

    if (!f) {
        perror(t->name);
        exit(1);
    }
    for (unsigned i = 1; read_line(f, line); i++) {
        struct table_row row = {.line = i};

        if (line[0] == '#' || line[0] == '\0')
            continue;
        rest = strdup(line);
        row.options = cell(&rest);
        row.query = cell(&rest);
        row.want = cell(&rest);
        row.notes = cell(&rest);
        add_row(t, &row);
    }
    fclose(f);
}

/* Text of a manual as it is shown, for the signs that the examples have. */
static void
plain_text(char *text)
{
    static const struct {
        const char *written, *shown;
    } signs[] = {{"\\(dq", "\""}, {"\\(ti", "~"}, {"\\(ha", "^"},
                 {"\\(lq", "“"},  {"\\(rq", "”"}, {"\\(Bq", "„"},
                 {"\\(Fo", "«"},  {"\\(Fc", "»"}, {"\\(en", "–"},
                 {"\\(aq", "'"},  {"\\e", "\\"},  {"\\-", "-"},
                 {"\\&", ""}};
    char *to = text;

    while (*text) {
        size_t i = 0;

        while (i < sizeof signs / sizeof *signs &&
               strncmp(text, signs[i].written, strlen(signs[i].written)) != 0)
            i++;
        if (i == sizeof signs / sizeof *signs) {
            *to++ = *text++;
            continue;
        }
        text += strlen(signs[i].written);
        memmove(to, signs[i].shown, strlen(signs[i].shown));
        to += strlen(signs[i].shown);
    }
    *to = '\0';
}

/* The examples of the manual: a line `.\" example: OPTIONS|IDS`, and the next
 * one that is bold. */
static void
read_manual(struct table *t)
{
    static const char mark[] = ".\\\" example: ";
    char line[LINE_MAX_BYTES], *bar;
    struct table_row row = {0};
    FILE *f = fopen(t->name, "r");

    if (!f) {
        perror(t->name);
        exit(1);
    }
    for (unsigned i = 1; read_line(f, line); i++) {
        if (strncmp(line, mark, sizeof mark - 1) == 0) {
            row.line = i;
            row.options = strdup(line + sizeof mark - 1);
            bar = strchr(row.options, '|');
            if (!bar)
                exit(1);
            *bar = '\0';
            row.want = bar + 1;
        } else if (row.options && strncmp(line, ".B ", 3) == 0) {
            row.query = strdup(line + 3);
            plain_text(row.query);
            add_row(t, &row);
            row = (struct table_row){0};
        }
    }
    fclose(f);
}

/* ---- archives ----------------------------------------------------------- */

static struct morgue_str
text(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

/* An article of so many days ago. */
static void
add_of_day(morgue_update *u, const char *id, int days_ago)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_error err;

    a.id = text(id);
    a.title = text("Dailies");
    a.body = text("The dailies of that day are out.");
    a.lang = text("en");
    a.date.seconds = (now / DAY - days_ago) * DAY;
    a.date.precision = MORGUE_DATE_DAY;
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
}

static void
make_archive(size_t i)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_error err;
    morgue_update *u = NULL;
    char path[sizeof dir + 20];

    snprintf(path, sizeof path, "%s/%s", dir, engines[i]);
    o.engine = engines[i];
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    CHECK_INT(morgue_update_add_source(u, ROOM "articles.jsonl", &err),
              MORGUE_OK);
    add_of_day(u, "today", 0);
    add_of_day(u, "yesterday", 1);
    add_of_day(u, "days6", 6);
    add_of_day(u, "days8", 8);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    CHECK_INT(morgue_open(&archive[i], path, &err), MORGUE_OK);
}

static void
archives(void)
{
    for (size_t i = 0; i < 2; i++)
        make_archive(i);
}

/* ---- asking ------------------------------------------------------------- */

/* A copy of a string, cut to what fits. */
static const char *
copied(char *to, size_t size, const char *s)
{
    snprintf(to, size, "%s", s);
    return to;
}

/* The options of a row, with room for their strings. */
struct asked {
    struct morgue_search_options o;
    char dialect[40], tz[40];
};

/* What stands behind `name=` in an option; NULL for another one. */
static const char *
option_value(const char *option, const char *name)
{
    size_t n = strlen(name);

    return strncmp(option, name, n) == 0 ? option + n : NULL;
}

static void
read_option(struct asked *a, const char *option)
{
    const char *value;

    if (strcmp(option, "--any") == 0)
        a->o.match = MORGUE_MATCH_ANY;
    else if (strcmp(option, "--strict") == 0)
        a->o.strict = 1;
    else if ((value = option_value(option, "--dialect=")) != NULL)
        a->o.dialect = copied(a->dialect, sizeof a->dialect, value);
    else if ((value = option_value(option, "--tz=")) != NULL)
        a->o.tz = copied(a->tz, sizeof a->tz, value);
    else if ((value = option_value(option, "--max-words=")) != NULL)
        a->o.max_words = strtoul(value, NULL, 10);
    else
        test_that(strcmp(option, "-") == 0 || strcmp(option, "--all") == 0,
                  __FILE__, __LINE__, "no option: %s", option);
}

static void
read_options(struct asked *a, const char *options)
{
    char room[200], *rest = NULL, *option;

    *a = (struct asked){.o = MORGUE_SEARCH_INIT};
    a->o.limit = ARTICLES_MAX;
    a->o.snippets = false;
    snprintf(room, sizeof room, "%s", options);
    for (option = strtok_r(room, " ", &rest); option;
         option = strtok_r(NULL, " ", &rest))
        read_option(a, option);
}

static int
compare_ids(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Ids in order, with a space between; what is joined is freed. */
static void
join_ids(struct buf *out, char **id, size_t n)
{
    qsort(id, n, sizeof *id, compare_ids);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(out, ' ');
        buf_str(out, text(id[i]));
        free(id[i]);
    }
    if (n == 0)
        buf_char(out, '-');
    buf_char(out, '\0');
}

/* The ids that a query finds; "error" where it is one, of the query. */
static void
find(struct buf *out, const char *query, const struct asked *a)
{
    struct morgue_hit hit = MORGUE_HIT_INIT;
    struct morgue_error err;
    morgue_hits *hits = NULL;
    char *id[ARTICLES_MAX];
    enum morgue_status st = morgue_search(&hits, m, query, &a->o, &err);
    size_t n;

    buf_reset(out);
    if (st) {
        buf_str(out, st == MORGUE_QUERY ? STR("error") : text(err.message));
        buf_char(out, '\0');
        return;
    }
    n = morgue_hits_n(hits);
    for (size_t i = 0; i < n && morgue_hits_get(hits, i, &hit); i++)
        id[i] = strndup(hit.id.s, hit.id.len);
    join_ids(out, id, n);
    morgue_hits_free(hits);
}

/* Whether an id stands in a list of them. */
static bool
listed(const char *list, const char *id)
{
    size_t n = strlen(id);

    for (const char *at = strstr(list, id); at; at = strstr(at + 1, id))
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

/* The ids that are wanted, in order; `all` are those of the archive. */
static void
wanted(struct buf *out, const char *want, const char *all)
{
    bool but = want[0] == '!';
    char room[LINE_MAX_BYTES], *rest = NULL, *id[ARTICLES_MAX], *s;
    size_t n = 0;

    buf_reset(out);
    if (strcmp(want, "error") == 0) {
        buf_str(out, STR("error"));
        buf_char(out, '\0');
        return;
    }
    snprintf(room, sizeof room, "%s",
             but || strcmp(want, "ALL") == 0 ? all
             : strcmp(want, "-") == 0        ? ""
                                             : want);
    for (s = strtok_r(room, " ", &rest); s; s = strtok_r(NULL, " ", &rest))
        if (!but || !listed(want + 1, s))
            id[n++] = strdup(s);
    join_ids(out, id, n);
}

static struct buf all_ids, found, expected;

/* What each row of a table finds. */
static void
check_answers(const struct table *t)
{
    struct asked a;

    read_options(&a, "-");
    find(&all_ids, "*", &a);
    for (size_t i = 0; i < t->n; i++) {
        const struct table_row *row = &t->row[i];

        read_options(&a, row->options);
        wanted(&expected, row->want, all_ids.data);
        find(&found, row->query, &a);
        test_that(strcmp(found.data, expected.data) == 0, t->name,
                  (int)row->line, "%s %s: %s, not %s", row->options,
                  row->query, found.data, expected.data);
    }
}

static void
what_queries_find(void)
{
    CHECK(answers.n >= 250);
    check_answers(&answers);
}

static void
examples_of_the_manual(void)
{
    CHECK(manual.n >= 60);
    check_answers(&manual);
}

/* ---- what queries become ------------------------------------------------ */

/* The notes of an answer as the table has them: `START-END`, each followed by
 * its text. */
static bool
note_is(const struct morgue_note *note, const char *want)
{
    size_t start, end;
    int n = 0;

    return sscanf(want, "%zu-%zu %n", &start, &end, &n) == 2 && n > 0 &&
           note->span.start == start && note->span.end == end &&
           strstr(note->text.s, want + n) != NULL;
}

/* Whether the notes are those of a cell, `; ` between them. */
static bool
notes_are(const morgue_explained *e, const char *notes)
{
    struct morgue_note note = MORGUE_NOTE_INIT;
    char room[LINE_MAX_BYTES], *s = room, *end;
    size_t n = 0;

    if (strcmp(notes, "-") == 0)
        return !morgue_explained_note(e, 0, &note);
    snprintf(room, sizeof room, "%s", notes);
    for (; s; s = end, n++) {
        end = strstr(s, "; ");
        if (end) {
            *end = '\0';
            end += 2;
        }
        if (!morgue_explained_note(e, n, &note) || !note_is(&note, s))
            return false;
    }
    return !morgue_explained_note(e, n, &note);
}

/* All notes, for a message. */
static void
say_notes(struct buf *out, const morgue_explained *e)
{
    struct morgue_note note = MORGUE_NOTE_INIT;

    buf_reset(out);
    for (size_t i = 0; morgue_explained_note(e, i, &note); i++)
        buf_printf(out, "%s%zu-%zu %s", i ? "; " : "", note.span.start,
                   note.span.end, note.text.s);
    if (out->len == 0)
        buf_char(out, '-');
    buf_char(out, '\0');
}

static void
check_row(const struct table *t, const struct table_row *row)
{
    morgue_explained *e = NULL;
    struct morgue_error err;
    struct asked a;
    enum morgue_status st;

    read_options(&a, row->options);
    st = morgue_query_explain(&e, m, row->query, &a.o, &err);
    if (strcmp(row->want, "error") == 0) {
        test_that(st == MORGUE_QUERY, t->name, (int)row->line,
                  "%s %s is no error", row->options, row->query);
        morgue_explained_free(e);
        return;
    }
    if (test_that(st == MORGUE_OK, t->name, (int)row->line, "%s %s: %s",
                  row->options, row->query, st ? err.message : "")) {
        say_notes(&found, e);
        test_that(strcmp(morgue_explained_text(e).s, row->want) == 0, t->name,
                  (int)row->line, "%s %s: becomes %s, not %s", row->options,
                  row->query, morgue_explained_text(e).s, row->want);
        test_that(notes_are(e, row->notes), t->name, (int)row->line,
                  "%s %s: notes %s, not %s", row->options, row->query,
                  found.data, row->notes);
    }
    morgue_explained_free(e);
}

static void
what_queries_become(void)
{
    CHECK(table.n >= 400);
    for (size_t i = 0; i < table.n; i++)
        check_row(&table, &table.row[i]);
}

/* What a query becomes, into `out`; false where it is an error. */
static bool
explain(struct buf *out, bool *noted, const char *query, const struct asked *a)
{
    struct morgue_note note = MORGUE_NOTE_INIT;
    morgue_explained *e = NULL;
    struct morgue_error err;

    if (morgue_query_explain(&e, m, query, &a->o, &err))
        return false;
    buf_reset(out);
    buf_str(out, morgue_explained_text(e));
    buf_char(out, '\0');
    *noted = morgue_explained_note(e, 0, &note);
    morgue_explained_free(e);
    return true;
}

/* What a query became becomes itself, and finds the same. */
static void
check_again(const struct table *t, const struct table_row *row)
{
    static struct buf first, second;
    struct asked a, again;
    bool same, noted, noted_again = false;

    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    read_options(&a, row->options);
    again = a;
    again.o.dialect = NULL;
    if (explain(&first, &noted, row->query, &a)) {
        same = explain(&second, &noted_again, first.data, &again) &&
               strcmp(first.data, second.data) == 0;
        test_that(same, t->name, (int)row->line, "%s %s: %s becomes %s",
                  row->options, row->query, first.data,
                  second.data ? second.data : "an error");
        test_that(noted || !noted_again, t->name, (int)row->line,
                  "%s %s: %s gives a note", row->options, row->query,
                  first.data);
        find(&expected, row->query, &a);
        find(&found, first.data, &again);
        test_that(strcmp(found.data, expected.data) == 0, t->name,
                  (int)row->line, "%s %s: %s finds %s, not %s", row->options,
                  row->query, first.data, found.data, expected.data);
    }
    buf_free(&first);
    buf_free(&second);
}

static void
what_they_become_is_a_query(void)
{
    for (size_t i = 0; i < answers.n; i++)
        check_again(&answers, &answers.row[i]);
    for (size_t i = 0; i < table.n; i++)
        check_again(&table, &table.row[i]);
}

/* ---- queries as people have written them -------------------------------- */

/* The dialect of a system; NULL: it is read as ours. */
static const char *
dialect_of(const char *system)
{
    for (size_t i = 1; i < sizeof dialects / sizeof *dialects; i++)
        if (strcmp(dialects[i], system) == 0)
            return dialects[i];
    return NULL;
}

/* The real queries, of which the table has the numbers alone, put into its
 * rows; false where they are not there. */
static bool
read_real(struct table *t)
{
    const char *shared = getenv("MORGUE_SHARED");
    char path[400], line[LINE_MAX_BYTES], options[60], *rest, *system;
    FILE *f;

    snprintf(path, sizeof path, "%s/queries/professional-boolean.tsv",
             shared ? shared : "../shared/corpora");
    f = fopen(path, "r");
    if (!f)
        return false;
    for (unsigned i = 1; read_line(f, line); i++) {
        rest = line;
        system = cell(&rest);
        for (size_t k = 0; k < t->n; k++) {
            struct table_row *row = &t->row[k];

            if ((unsigned)strtoul(row->options, NULL, 10) != i || row->query)
                continue;
            snprintf(options, sizeof options, "%s%s",
                     dialect_of(system) ? "--dialect=" : "-",
                     dialect_of(system) ? dialect_of(system) : "");
            row->options = strdup(options);
            row->query = strdup(cell(&rest));
            break;
        }
    }
    fclose(f);
    return true;
}

/* Its rows have the number, what the query becomes, and notes. */
static bool
prepare_real(void)
{
    read_table(&real);
    CHECK_INT(real.n, 50);
    for (size_t i = 0; i < real.n; i++) {
        struct table_row *row = &real.row[i];

        row->notes = row->want;
        row->want = row->query;
        row->query = NULL;
    }
    return read_real(&real);
}

static void
real_queries(void)
{
    static bool there;

    if (real.n == 0)
        there = prepare_real();
    if (!there)
        SKIP("no ../shared/corpora/queries");
    for (size_t i = 0; i < real.n; i++) {
        if (!CHECK(real.row[i].query))
            continue;
        check_row(&real, &real.row[i]);
        check_again(&real, &real.row[i]);
    }
}

/* ---- scores ------------------------------------------------------------- */

/* What an article scores in an answer; less than 0: it is not in it. */
static double
score_of(const morgue_hits *hits, struct morgue_str id)
{
    struct morgue_hit hit = MORGUE_HIT_INIT;

    for (size_t i = 0; morgue_hits_get(hits, i, &hit); i++)
        if (hit.id.len == id.len && memcmp(hit.id.s, id.s, id.len) == 0)
            return hit.score;
    return -1;
}

static void
compare_scores(const struct table_row *row, const morgue_hits *hits,
               const morgue_hits *like)
{
    struct morgue_hit hit = MORGUE_HIT_INIT;
    double factor = strtod(row->notes, NULL), score, off;

    test_that(morgue_hits_n(hits) > 0, scores.name, (int)row->line,
              "%s finds nothing", row->query);
    for (size_t i = 0; morgue_hits_get(hits, i, &hit); i++) {
        score = factor * score_of(like, hit.id);
        off = hit.score - score;
        test_that(off < 1e-9 && off > -1e-9, scores.name, (int)row->line,
                  "%s: %s scores %g, not %g", row->query, hit.id.s, hit.score,
                  score);
    }
}

/* One that is misspelled, once, does not score more than the word. */
static void
misspelled(void)
{
    morgue_hits *hits = NULL;
    struct morgue_error err;
    struct asked a;
    double word;

    read_options(&a, "-");
    CHECK_INT(morgue_search(&hits, m, "comet~", &a.o, &err), MORGUE_OK);
    word = score_of(hits, STR("r3"));
    CHECK(word > 0);
    CHECK(score_of(hits, STR("rc")) > 0 && score_of(hits, STR("rc")) <= word);
    morgue_hits_free(hits);
}

static void
what_scores_as_what(void)
{
    morgue_hits *hits = NULL, *like = NULL;
    struct morgue_error err;
    struct asked a;

    for (size_t i = 0; i < scores.n; i++) {
        const struct table_row *row = &scores.row[i];

        read_options(&a, row->options);
        if (CHECK(!morgue_search(&hits, m, row->query, &a.o, &err)) &&
            CHECK(!morgue_search(&like, m, row->want, &a.o, &err)))
            compare_scores(row, hits, like);
        morgue_hits_free(hits);
        morgue_hits_free(like);
        hits = like = NULL;
    }
    misspelled();
}

/* ---- beginnings --------------------------------------------------------- */

static void
check_beginning(const char *query, const char *dialect)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    morgue_explained *e = NULL;
    struct morgue_error err = {.message = ""};
    enum morgue_status st;

    o.dialect = dialect;
    st = morgue_query_explain(&e, m, query, &o, &err);
    test_that(st == MORGUE_OK || st == MORGUE_QUERY, __FILE__, __LINE__,
              "%s: %s: %s", dialect ? dialect : "", query, err.message);
    if (st)
        test_that(err.at <= strlen(query) && err.message[0], __FILE__,
                  __LINE__, "%s: %s: at %zu: %s", dialect ? dialect : "",
                  query, err.at, err.message);
    morgue_explained_free(e);
}

static int
compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every beginning of every query of a table, of those not to be seen again. */
static size_t
beginnings(char **out, size_t max, const struct table *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n; i++)
        for (size_t len = 0;
             t->row[i].query && len <= strlen(t->row[i].query) && n < max;
             len++)
            out[n++] = strndup(t->row[i].query, len);
    return n;
}

/* By bytes, so that some end within a letter. */
static void
every_beginning_is_read(void)
{
    enum { MAX = 200000 };
    static char *s[MAX];
    size_t n = beginnings(s, MAX, &answers);

    n += beginnings(s + n, MAX - n, &table);
    n += beginnings(s + n, MAX - n, &real);
    CHECK(n < MAX);
    qsort(s, n, sizeof *s, compare_strings);
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < sizeof dialects / sizeof *dialects; d++)
            if (i == 0 || strcmp(s[i], s[i - 1]) != 0)
                check_beginning(s[i], dialects[d]);
    for (size_t i = 0; i < n; i++)
        free(s[i]);
}

int
main(void)
{
    now = time(NULL);
    buf_init(&all_ids, 1 << 20);
    buf_init(&found, 1 << 20);
    buf_init(&expected, 1 << 20);
    read_table(&answers);
    read_table(&table);
    read_table(&scores);
    read_manual(&manual);
    if (!scratch_make(dir, sizeof dir, "t_query_table"))
        return 1;
    RUN(archives);
    for (size_t i = 0; i < 2; i++) {
        engine = engines[i];
        m = archive[i];
        RUN_ON(engine, what_queries_find);
        RUN_ON(engine, examples_of_the_manual);
        RUN_ON(engine, what_queries_become);
        RUN_ON(engine, what_they_become_is_a_query);
        RUN_ON(engine, real_queries);
        RUN_ON(engine, what_scores_as_what);
    }
    m = archive[0];
    RUN(every_beginning_is_read);
    for (size_t i = 0; i < 2; i++)
        morgue_close(archive[i]);
    buf_free(&all_ids);
    buf_free(&found);
    buf_free(&expected);
    scratch_drop(dir);
    return test_end();
}
