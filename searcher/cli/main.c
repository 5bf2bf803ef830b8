/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c - the searcher: searches an archive and prints hits
 *
 * A client of morgue.h and common/cli.  Answers go to stdout, all
 * else to stderr.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../common/cli/cut_off.h"
#include "../../common/cli/exit_code.h"
#include "query_notes.h"

/* Where the time went, in microseconds. */
struct times {
    long long begin, open, search;
};

static long long
now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int
fail(const struct morgue_error *err)
{
    say_failure(err);
    return exit_codes(err->status).searcher;
}

static int
usage(const char *message)
{
    say_usage(message);
    return SEARCHER_WRONG;
}

/* ---- searching ---------------------------------------------------------- */

/* Words of the command line with a space between; NULL when out of memory. */
static char *
join(char **word, int n)
{
    size_t len = 1;
    char *all, *at;

    for (int i = 0; i < n; i++)
        len += strlen(word[i]) + 1;
    all = malloc(len);
    if (!all)
        return NULL;
    at = all;
    for (int i = 0; i < n; i++) {
        size_t l = strlen(word[i]);

        if (i > 0)
            *at++ = ' ';
        memcpy(at, word[i], l);
        at += l;
    }
    *at = '\0';
    return all;
}

static void
say_none(const struct searcher_options *o, morgue_hits *hits)
{
    if (morgue_hits_total(hits, NULL) > 0) /* none is shown, which it says */
        return;
    if (o->search.match == MORGUE_MATCH_ANY || morgue_hits_words_n(hits) < 2) {
        say("nothing found");
        return;
    }
    say("nothing found with all %zu words; --any finds articles with some of "
        "them",
        morgue_hits_words_n(hits));
}

/* Whether there are hits; where none was to be shown, whether any matches. */
static bool
has_hits(const struct searcher_options *o, const morgue_hits *hits)
{
    return morgue_hits_n(hits) > 0 ||
           (o->search.limit == 0 && morgue_hits_total(hits, NULL) > 0);
}

/* Answer one query; `id` is NULL outside of a batch. */
static int
answer(struct renderer *r, const struct searcher_options *o, morgue *m,
       const char *id, const char *query, struct times *times)
{
    struct morgue_error err;
    struct answer a = {.id = id,
                       .query = query,
                       .snippets = o->search.snippets,
                       .counted = o->search.exact_total};
    long long from = now_us();
    enum morgue_status st;
    int code;

    if (o->explain)
        return explain_query(r, o, m, id, query);
    st = morgue_search(&a.hits, m, query, &o->search, &err);
    a.took_us = now_us() - from;
    times->search += a.took_us;
    if (st)
        return say_query_error(&err, m, query, &o->search);
    say_notes(id, a.hits);
    st = render_answer(r, &a, &err);
    code = has_hits(o, a.hits) ? SEARCHER_HITS : SEARCHER_NONE;
    if (st)
        code = fail(&err);
    else if (morgue_hits_timed_out(a.hits))
        say("the time was over; there may be more than was found until then");
    else if (code == SEARCHER_NONE && !id)
        say_none(o, a.hits);
    morgue_hits_free(a.hits);
    return code;
}

/* The worse of two outcomes of a batch; hits for one query are hits. */
static int
combine(int a, int b)
{
    if (a > SEARCHER_NONE || b > SEARCHER_NONE)
        return a > b ? a : b;
    return a < b ? a : b;
}

/* Answer the queries of a file, `id TAB query` on each line. */
static int
answer_batch(struct renderer *r, const struct searcher_options *o, morgue *m,
             struct times *times)
{
    bool from_stdin = strcmp(o->batch, "-") == 0;
    FILE *f = from_stdin ? stdin : fopen(o->batch, "r");
    char *line = NULL;
    size_t cap = 0, number = 0;
    int code = SEARCHER_NONE;

    if (!f) {
        say("cannot open '%s': %s", o->batch, strerror(errno));
        return SEARCHER_WRONG;
    }
    for (;;) {
        ssize_t len = getline(&line, &cap, f);
        char *tab;

        if (len < 0)
            break;
        number++;
        for (char *p = line; (p = memchr(p, '\0', (size_t)(line + len - p)));)
            *p = ' '; /* else what is behind it would be dropped */
        line[strcspn(line, "\r\n")] = '\0';
        if (!line[0])
            continue;
        tab = strchr(line, '\t');
        if (!tab) {
            say("%s:%zu: no tab between id and query", o->batch, number);
            code = combine(code, SEARCHER_WRONG);
            continue;
        }
        *tab = '\0';
        code = combine(code, answer(r, o, m, line, tab + 1, times));
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

static bool
use_color(const char *when)
{
    const char *no = getenv("NO_COLOR");

    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return isatty(STDOUT_FILENO) && !(no && *no);
}

/* Whether there are options by which articles can be found without words. */
static bool
has_filter(const struct searcher_options *o)
{
    return o->search.from.precision != MORGUE_DATE_NONE ||
           o->search.to.precision != MORGUE_DATE_NONE || o->search.lang;
}

static int
run_search(struct renderer *r, const struct searcher_options *o, char **arg,
           int n, struct times *times)
{
    struct morgue_error err;
    morgue *m = NULL;
    char *query = NULL;
    int code;

    if (n < 1)
        return usage("no archive is named");
    if (n < 2 && !o->batch && !has_filter(o))
        return usage("no query is given");
    if (o->explain && (r->format == FORMAT_CSV || r->format == FORMAT_TREC))
        return usage("a query is explained as text, json or jsonl");
    if (o->batch && n > 1)
        return usage("with --batch, queries come from the file alone");
    if (morgue_open(&m, arg[0], &err))
        return fail(&err);
    times->open = now_us() - times->begin;
    if (o->batch) {
        code = answer_batch(r, o, m, times);
    } else {
        query = join(arg + 1, n - 1);
        if (query) {
            code = answer(r, o, m, NULL, query, times);
        } else {
            say("out of memory");
            code = SEARCHER_AGAIN;
        }
    }
    free(query);
    morgue_close(m);
    return code;
}

/* ---- showing ------------------------------------------------------------ */

static int
no_such_field(const char *name)
{
    struct morgue_field f = MORGUE_FIELD_INIT;
    char all[300] = "date, date_local";

    for (size_t i = 0; morgue_field_get(i, &f); i++) {
        size_t len = strlen(all);

        snprintf(all + len, sizeof all - len, ", %s", f.name);
    }
    say("there is no field '%.40s'; there are %s", name, all);
    return SEARCHER_WRONG;
}

/* One field, byte for byte; dates as they are printed. */
static int
show_field(struct renderer *r, const char *name,
           const struct morgue_article *a)
{
    char date[MORGUE_DATE_LOCAL_MAX] = "";
    struct morgue_str s;

    if (strcmp(name, "date") == 0)
        morgue_date_print(date, a->date);
    else if (strcmp(name, "date_local") == 0)
        morgue_date_print_local(date, a->date);
    else if (!morgue_article_get(a, name, &s))
        return no_such_field(name);
    else
        fwrite(s.s, 1, s.len, r->to);
    fputs(date, r->to);
    return SEARCHER_HITS;
}

static int
show(struct renderer *r, const struct searcher_options *o,
     const morgue_text *text, bool marked)
{
    if (o->field)
        return show_field(r, o->field, morgue_text_article(text));
    if (r->format == FORMAT_TEXT)
        render_article_text(r, text);
    else
        render_article_json(r, text, marked);
    return SEARCHER_HITS;
}

/* Mark what of the article matched the query, and show it. */
static int
show_marked(struct renderer *r, const struct searcher_options *o, morgue *m,
            morgue_text *text)
{
    struct morgue_error err;
    bool matches = false;

    if (o->query &&
        morgue_text_mark(text, m, o->query, &o->search, &matches, &err))
        return say_query_error(&err, m, o->query, &o->search);
    if (o->query && !matches)
        say("the article does not match the query");
    return show(r, o, text, matches);
}

static int
run_show(struct renderer *r, const struct searcher_options *o, char **arg,
         int n)
{
    struct morgue_error err;
    morgue *m = NULL;
    morgue_text *text = NULL;
    int code;

    if (n != 2)
        return usage("show takes an archive and an id");
    if (o->field && o->query)
        return usage("a field is shown byte for byte, without what --query "
                     "marks");
    if (!o->field && (r->format == FORMAT_CSV || r->format == FORMAT_TREC))
        return usage("an article is shown as text, json or jsonl");
    if (morgue_open(&m, arg[0], &err) || morgue_get(&text, m, arg[1], &err))
        code = fail(&err);
    else
        code = show_marked(r, o, m, text);
    morgue_text_free(text);
    morgue_close(m);
    return code;
}

/* What an archive has in a field; all of it, unless a limit is given. */
static int
run_values(struct renderer *r, const struct searcher_options *o, char **arg,
           int n, struct times *times)
{
    size_t from = o->search.offset, end = SIZE_MAX;
    struct morgue_error err;
    morgue *m = NULL;
    morgue_values *values = NULL;
    int code = SEARCHER_HITS;

    if (n != 2)
        return usage("values takes an archive and a field");
    if (has_filter(o) || o->search.tz)
        return usage("values are of the whole archive; --from, --to, --tz and "
                     "--lang do not go with them");
    if (r->format == FORMAT_TREC)
        return usage("values are shown as text, json, jsonl or csv");
    if (o->limit_given && o->search.limit < SIZE_MAX - from)
        end = from + o->search.limit;
    if (morgue_open(&m, arg[0], &err))
        return fail(&err);
    times->open = now_us() - times->begin;
    if (morgue_values_read(&values, m, arg[1], &err))
        code = fail(&err);
    else if (morgue_values_n(values) == 0)
        code = SEARCHER_NONE;
    times->search = now_us() - times->begin - times->open;
    if (values)
        render_values(r, values, from, end);
    morgue_values_free(values);
    morgue_close(m);
    return code;
}

int
main(int argc, char **argv)
{
    struct times times = {.begin = now_us()};
    struct searcher_options o;
    struct renderer r = {.to = stdout, .json = {.to = stdout}};
    enum options_result result;
    int n = 0, code = SEARCHER_HITS;

    if (!cli_begin(argc > 0 ? argv[0] : NULL, "searcher"))
        return SEARCHER_UNREADABLE;
    cut_off_ends(SEARCHER_UNREADABLE);
    result = options_read(&o, &n, argc, argv);
    if (result == OPTIONS_WRONG)
        return SEARCHER_WRONG;
    r.format = o.format;
    r.color = use_color(o.color);
    r.raw = o.raw;
    r.bom = o.bom;
    if (result == OPTIONS_GO && (o.raw || o.bom) && o.format != FORMAT_CSV)
        code = usage("--raw and --bom go with --format=csv");
    else if (result == OPTIONS_GO && o.query &&
             (n == 0 || strcmp(argv[1], "show") != 0))
        code = usage("--query goes with show; a search has its query behind "
                     "the archive");
    else if (result == OPTIONS_GO && n > 0 && strcmp(argv[1], "show") == 0)
        code = run_show(&r, &o, argv + 2, n - 1);
    else if (result == OPTIONS_GO && n > 0 && strcmp(argv[1], "values") == 0)
        code = run_values(&r, &o, argv + 2, n - 1, &times);
    else if (result == OPTIONS_GO)
        code = run_search(&r, &o, argv + 1, n, &times);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        say("cannot write the answer");
        code = SEARCHER_UNREADABLE;
    }
    if (o.time && result == OPTIONS_GO)
        fprintf(stderr, "open_us=%lld search_us=%lld total_us=%lld\n",
                times.open, times.search, now_us() - times.begin);
    return code;
}
