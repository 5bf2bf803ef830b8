/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * answer.c - queries answered: one, or each line of a file
 *
 * Standard input, or what is no plain file, may be somebody who waits for each
 * answer before asking on: what is known of a line is written out before the
 * next is asked for.  getline asks for no more than there is.
 */
#include "answer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "../../common/cli/exit_code.h"
#include "query_notes.h"

long long
now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int
failure(const struct morgue_error *err)
{
    say_failure(err);
    return exit_codes(err->status).searcher;
}

enum { LIMIT_MAX = 1000000 /* of a search, as the library has it */ };

/* A query, and where it comes from. */
struct question {
    const char *query;
    const char *id;   /* NULL outside of a batch, and on a line without */
    const char *file; /* NULL outside of a batch */
    size_t line;
};

/* ---- one ---------------------------------------------------------------- */

/* Whether the archive has any article that may be seen. */
static bool
is_empty(morgue *m)
{
    struct morgue_stats s = MORGUE_STATS_INIT;

    return morgue_stat(m, &s, NULL) == MORGUE_OK && s.articles == 0;
}

static void
say_none(const struct searcher_options *o, morgue *m, morgue_hits *hits)
{
    if (is_empty(m))
        say("nothing found: the archive has no articles; those of a first "
            "update are seen when it is done");
    else if (o->search.match == MORGUE_MATCH_ANY ||
             morgue_hits_words_n(hits) < 2)
        say("nothing found");
    else
        say("nothing found with all %zu words; --any finds articles with some "
            "of them",
            morgue_hits_words_n(hits));
}

/* What forms of output without a total do not tell. */
static void
say_total(const struct searcher_options *o, const struct answer *a)
{
    uint64_t total = morgue_hits_total(a->hits, NULL);
    bool behind = total > 0 && a->shown > 0 && morgue_hits_n(a->hits) == 0;

    if (o->format == FORMAT_TEXT || o->format == FORMAT_JSON)
        return;
    if (a->counted || behind)
        say("%s%s%" PRIu64 " article%s%s", a->id ? a->id : "",
            a->id ? ": " : "", total, total == 1 ? "" : "s",
            behind ? ", all of them before --offset" : "");
}

/* The options of a search; text tells whether there are more hits than are
 * shown, which one more hit says. */
static struct morgue_search_options
search_options(const struct searcher_options *o)
{
    struct morgue_search_options s = o->search;

    if (s.limit == 0) /* there is nothing else to be told */
        s.exact_total = true;
    else if (!s.exact_total && o->format == FORMAT_TEXT && s.limit < LIMIT_MAX)
        s.limit++;
    return s;
}

/* A query that could not be answered; in a batch it has an answer, too. */
static int
refuse(struct renderer *r, const struct searcher_options *o, morgue *m,
       const struct question *q, const struct morgue_error *err)
{
    if (q->file) {
        say("%s:%zu: %s", q->file, q->line, err->message);
        render_refusal(r, q->id, q->line, q->query, err->message);
        return exit_codes(err->status).searcher;
    }
    return say_query_error(err, m, q->query, &o->search);
}

static int
answer(struct renderer *r, const struct searcher_options *o, morgue *m,
       const struct question *q, struct times *times)
{
    struct morgue_search_options search = search_options(o);
    struct morgue_error err;
    struct answer a = {.id = q->id,
                       .query = q->query,
                       .shown = o->search.limit,
                       .offset = o->search.offset,
                       .snippets = o->search.snippets,
                       .counted = o->search.exact_total};
    long long from = now_us();
    enum morgue_status st;
    int code;

    if (o->explain) {
        st = explain_query(r, o, m, q->id, q->query, &err);
        return st ? refuse(r, o, m, q, &err) : SEARCHER_HITS;
    }
    st = morgue_search(&a.hits, m, q->query, &search, &err);
    a.took_us = now_us() - from;
    times->search += a.took_us;
    if (st)
        return refuse(r, o, m, q, &err);
    say_notes(q->id, a.hits);
    st = render_answer(r, &a, &err);
    code = morgue_hits_total(a.hits, NULL) > 0 ? SEARCHER_HITS : SEARCHER_NONE;
    if (st)
        code = failure(&err);
    else if (morgue_hits_timed_out(a.hits))
        say("the time was over; there may be more than was found until then");
    else if (code == SEARCHER_NONE && !q->id)
        say_none(o, m, a.hits);
    if (!st)
        say_total(o, &a);
    morgue_hits_free(a.hits);
    return code;
}

int
answer_query(struct renderer *r, const struct searcher_options *o, morgue *m,
             const char *query, struct times *times)
{
    return answer(r, o, m, &(struct question){.query = query}, times);
}

/* ---- many --------------------------------------------------------------- */

/* The worse of two outcomes; hits for one query are hits. */
static int
combine(int a, int b)
{
    if (a > SEARCHER_NONE || b > SEARCHER_NONE)
        return a > b ? a : b;
    return a < b ? a : b;
}

/* Answer a line of `len` bytes, NUL behind. */
static int
answer_line(struct renderer *r, const struct searcher_options *o, morgue *m,
            struct question *q, char *line, size_t len, struct times *times)
{
    static const char wrong[] = "no tab between id and query";
    char *tab;

    for (char *p = line; (p = memchr(p, '\0', (size_t)(line + len - p)));)
        *p = ' '; /* else what is behind it would be dropped */
    line[strcspn(line, "\r\n")] = '\0';
    if (!line[0])
        return SEARCHER_NONE;
    tab = strchr(line, '\t');
    if (!tab) {
        say("%s:%zu: %s", q->file, q->line, wrong);
        render_refusal(r, NULL, q->line, line, wrong);
        return SEARCHER_WRONG;
    }
    *tab = '\0';
    q->id = line;
    q->query = tab + 1;
    return answer(r, o, m, q, times);
}

static bool
is_plain_file(FILE *f)
{
    struct stat s;

    return fstat(fileno(f), &s) == 0 && S_ISREG(s.st_mode);
}

int
answer_batch(struct renderer *r, const struct searcher_options *o, morgue *m,
             struct times *times)
{
    bool from_stdin = strcmp(o->batch, "-") == 0, waits;
    FILE *f = from_stdin ? stdin : fopen(o->batch, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    int code = SEARCHER_NONE;

    if (!f) {
        say("cannot open '%s': %s", o->batch, strerror(errno));
        return SEARCHER_WRONG;
    }
    waits = !is_plain_file(f);
    for (struct question q = {.file = o->batch};
         (len = getline(&line, &cap, f)) >= 0 && !ferror(r->to);) {
        q.line++;
        q.id = NULL;
        code =
            combine(code, answer_line(r, o, m, &q, line, (size_t)len, times));
        if (waits)
            fflush(r->to);
    }
    if (ferror(f)) {
        say("cannot read '%s': %s", o->batch, strerror(errno));
        code = SEARCHER_WRONG;
    }
    free(line);
    if (!from_stdin)
        fclose(f);
    return code;
}
