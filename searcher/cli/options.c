/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.c - the command line of the searcher
 *
 * The man page names the same options, which a test sees to.
 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "../../common/cli/options.h"

enum {
    OPT_ALL = CLI_FIRST,
    OPT_ANY,
    OPT_OFFSET,
    OPT_SORT,
    OPT_FROM,
    OPT_TO,
    OPT_LANG,
    OPT_FORMAT,
    OPT_NO_SNIPPET,
    OPT_COUNT,
    OPT_BATCH,
    OPT_K1,
    OPT_B,
    OPT_TIME,
    OPT_COLOR,
    OPT_FIELD,
    OPT_TZ,
    OPT_TIMEOUT,
    OPT_STRICT,
    OPT_MAX_WORDS,
    OPT_DIALECT,
    OPT_EXPLAIN,
    OPT_QUERY,
    OPT_RAW,
    OPT_BOM
};

static const struct cli_option table[] = {
    {"all", NULL, false, OPT_ALL, "every word must be found (the default)"},
    {"any", NULL, false, OPT_ANY, "one of the words is enough"},
    {"dialect", "NAME", false, OPT_DIALECT,
     "read the query as nexis, factiva, proquest, ..."},
    {"strict", NULL, false, OPT_STRICT, "what would be a note is an error"},
    {"max-words", "N", false, OPT_MAX_WORDS,
     "words that a wildcard stands for (1000)"},
    {"explain-query", NULL, false, OPT_EXPLAIN,
     "say how the query is read; do not search"},
    {"limit", "N", false, 'n', "show at most N hits (10)"},
    {"offset", "N", false, OPT_OFFSET, "leave out the first N hits"},
    {"sort", "ORDER", false, OPT_SORT,
     "relevance, newest, oldest, arrival, latest or id"},
    {"from", "DATE", false, OPT_FROM,
     "nothing older: 1918, 1918-11, 1918-11-11"},
    {"to", "DATE", false, OPT_TO,
     "nothing newer; the year, month or day counts"},
    {"tz", "ZONE", false, OPT_TZ,
     "whose days these are: Europe/Warsaw, +02:00"},
    {"lang", "CODE", false, OPT_LANG,
     "look in articles of this language only"},
    {"format", "NAME", false, OPT_FORMAT, "text, json, jsonl, csv or trec"},
    {"raw", NULL, false, OPT_RAW,
     "csv: cells that look like formulas as they are"},
    {"bom", NULL, false, OPT_BOM, "csv: begin with a byte order mark"},
    {"no-snippet", NULL, false, OPT_NO_SNIPPET, "leave the passages out"},
    {"count", NULL, false, OPT_COUNT, "count all matches exactly"},
    {"batch", "FILE", false, OPT_BATCH,
     "search lines of `id TAB query`; -: stdin"},
    {"k1", "X", false, OPT_K1, "BM25: weight of repeated words (1.4)"},
    {"b", "X", false, OPT_B, "BM25: weight of length, 0 to 1 (0.7)"},
    {"timeout", "MS", false, OPT_TIMEOUT,
     "show what is found within MS milliseconds"},
    {"time", NULL, false, OPT_TIME, "say on stderr how long it took"},
    {"color", "WHEN", false, OPT_COLOR, "auto, always or never"},
    {"field", "NAME", false, OPT_FIELD,
     "show: only this field, byte for byte"},
    {"query", "QUERY", false, OPT_QUERY,
     "show: mark what of the article matched QUERY"},
    CLI_OPTION_HELP,
    CLI_OPTION_VERSION,
};

static const struct cli_command_line command_line = {
    .option = table,
    .n = sizeof table / sizeof *table,
    .letters = "+:n:h",
    .usage =
        "usage: @ [OPTION...] ARCHIVE QUERY...\n"
        "       @ [OPTION...] --batch=FILE ARCHIVE\n"
        "       @ [OPTION...] [--query=QUERY] show ARCHIVE ID\n"
        "       @ [OPTION...] values ARCHIVE FIELD\n\n"
        "A query is words, \"phrases\", AND OR NOT, ( ), -excluded, =exact, "
        "pre*,\n"
        "title:word, a w/5 b, date:1918-11 and more: man morgue-query"
        "\n\n",
    .status =
        "\nExit status: 0 hits, 1 none, 2 bad query or usage, 3 the archive "
        "cannot be\nread, 75 try again.\n",
};

static bool
wrong(const char *option, const char *value)
{
    say("--%s cannot be '%s'", option, value);
    return false;
}

static bool
read_count(size_t *out, const char *option, const char *text)
{
    char *end;
    unsigned long long n;

    errno = 0;
    n = strtoull(text, &end, 10);
    if (errno || end == text || *end || text[0] == '-' || n > 1000000000)
        return wrong(option, text);
    *out = (size_t)n;
    return true;
}

static bool
read_number(double *out, const char *option, const char *text)
{
    char *end;

    *out = strtod(text, &end);
    return (end != text && !*end) || wrong(option, text);
}

static bool
read_sort(enum morgue_sort *out, const char *text)
{
    static const char *const names[] = {[MORGUE_SORT_RELEVANCE] = "relevance",
                                        [MORGUE_SORT_NEWEST] = "newest",
                                        [MORGUE_SORT_OLDEST] = "oldest",
                                        [MORGUE_SORT_ARRIVAL] = "arrival",
                                        [MORGUE_SORT_LATEST] = "latest",
                                        [MORGUE_SORT_ID] = "id"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = (enum morgue_sort)i;
            return true;
        }
    return wrong("sort", text);
}

static bool
read_color(const char **out, const char *text)
{
    *out = text;
    return strcmp(text, "auto") == 0 || strcmp(text, "always") == 0 ||
           strcmp(text, "never") == 0 || wrong("color", text);
}

static bool
apply(struct searcher_options *o, int value, const char *arg)
{
    struct morgue_search_options *s = &o->search;

    switch (value) {
    case OPT_ALL:
    case OPT_ANY:
        o->match_given = true;
        s->match = value == OPT_ANY ? MORGUE_MATCH_ANY : MORGUE_MATCH_ALL;
        return true;
    case 'n':
        o->limit_given = true;
        return read_count(&s->limit, "limit", arg);
    case OPT_OFFSET:
        return read_count(&s->offset, "offset", arg);
    case OPT_SORT:
        return read_sort(&s->sort, arg);
    case OPT_FROM:
        return morgue_date_parse(arg, &s->from) || wrong("from", arg);
    case OPT_TO:
        return morgue_date_parse(arg, &s->to) || wrong("to", arg);
    case OPT_TZ:
        s->tz = arg;
        return true;
    case OPT_LANG:
        s->lang = arg;
        return true;
    case OPT_FORMAT:
        return render_format_named(arg, &o->format) || wrong("format", arg);
    case OPT_RAW:
        o->raw = true;
        return true;
    case OPT_BOM:
        o->bom = true;
        return true;
    case OPT_NO_SNIPPET:
        s->snippets = false;
        return true;
    case OPT_COUNT:
        s->exact_total = true;
        return true;
    case OPT_BATCH:
        o->batch = arg;
        return true;
    case OPT_K1:
        return read_number(&s->k1, "k1", arg);
    case OPT_B:
        return read_number(&s->b, "b", arg);
    case OPT_TIMEOUT:
        return read_count(&s->timeout_ms, "timeout", arg);
    case OPT_STRICT:
        s->strict = 1;
        return true;
    case OPT_MAX_WORDS:
        return read_count(&s->max_words, "max-words", arg) &&
               (s->max_words > 0 || wrong("max-words", arg));
    case OPT_DIALECT:
        s->dialect = arg;
        return true;
    case OPT_EXPLAIN:
        o->explain = true;
        return true;
    case OPT_TIME:
        o->time = true;
        return true;
    case OPT_COLOR:
        return read_color(&o->color, arg);
    case OPT_FIELD:
        o->field = arg;
        return true;
    case OPT_QUERY:
        o->query = arg;
        return true;
    default:
        return false;
    }
}

static bool
is_number(const char *s)
{
    return *s && s[strspn(s, "0123456789")] == '\0';
}

/* Whether what stands behind the archive's name and begins with a dash is an
 * option, in the form that options usually have: --name, -n with a number, or
 * -h.  All else excludes a word from the query. */
static bool
is_option(const char *a, const char *next)
{
    if (a[1] == '-')
        return a[2] >= 'a' || !a[2];
    if (a[1] == 'n' && !a[2] && !(next && is_number(next)))
        say("note: -n excludes the word 'n'; as an option it takes a number");
    if (a[1] == 'n')
        return is_number(a[2] ? a + 2 : next ? next : "");
    return strcmp(a, "-h") == 0;
}

/* Move the arguments that are no options to the front of argv + 1, up to the
 * next that is one, or `all`; whether there is one. */
static bool
take_words(int *n, bool all, int argc, char **argv)
{
    while (optind < argc) {
        const char *a = argv[optind];
        bool dash = a[0] == '-' && a[1] != '\0';
        const char *next = optind + 1 < argc ? argv[optind + 1] : NULL;

        if (!all && dash && (*n == 0 || is_option(a, next)))
            break;
        argv[++*n] = argv[optind++];
    }
    return optind < argc;
}

enum options_result
options_read(struct searcher_options *out, int *words_n, int argc, char **argv)
{
    bool ended;
    int c;

    *out = (struct searcher_options){.search = MORGUE_SEARCH_INIT,
                                     .color = "auto"};
    *words_n = 0;
    for (;;) {
        /* behind the archive's name getopt sees what is an option there */
        if (*words_n > 0 && !take_words(words_n, false, argc, argv))
            break;
        c = cli_option_next(&command_line, argc, argv);
        if (c == CLI_ANSWERED)
            return OPTIONS_DONE;
        ended = optind > 1 && strcmp(argv[optind - 1], "--") == 0;
        if (c == CLI_END && !take_words(words_n, ended, argc, argv))
            break;
        if (c != CLI_END && !apply(out, c, optarg))
            return OPTIONS_WRONG;
    }
    return OPTIONS_GO;
}
