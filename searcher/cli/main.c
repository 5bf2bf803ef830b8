/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c - the searcher: searches an archive and prints hits
 *
 * A client of morgue.h and common/cli.  Answers go to stdout, all
 * else to stderr.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../common/cli/cut_off.h"
#include "../../common/cli/exit_code.h"
#include "answer.h"
#include "query_notes.h"

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
        return failure(&err);
    times->open = now_us() - times->begin;
    if (o->batch) {
        code = answer_batch(r, o, m, times);
    } else {
        query = join(arg + 1, n - 1);
        if (query) {
            code = answer_query(r, o, m, query, times);
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
    if (o->query)
        say_query_notes(m, o->query, &o->search);
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
        code = failure(&err);
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
        return failure(&err);
    times->open = now_us() - times->begin;
    if (morgue_values_read(&values, m, arg[1], &err))
        code = failure(&err);
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
    r.snippets = o.search.snippets;
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
