/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c - the indexer: makes, changes and looks after archives
 *
 * A client of morgue.h and common/cli.  Answers (stats, check, show-source,
 * formats, a report to -) go to stdout, messages to stderr; progress is shown
 * on a terminal only.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "../../common/cli/cut_off.h"
#include "../../common/cli/exit_code.h"
#include "../../common/cli/options.h"
#include "report.h"
#include "show.h"

struct indexer_options {
    struct morgue_update_options update;
    const char *report;
    bool quiet, repair;
};

/* ---- errors ------------------------------------------------------------- */

static int
fail(const struct morgue_error *err)
{
    if (err->status == MORGUE_INTERRUPTED)
        say("interrupted: the archive is as it was");
    else
        say_failure(err);
    return exit_codes(err->status).indexer;
}

/* The same where an archive has to be there: what is none is no input. */
static int
fail_on_archive(const struct morgue_error *err)
{
    int code = fail(err);

    return err->status == MORGUE_NOT_ARCHIVE ? EX_NOINPUT : code;
}

static int
usage(const char *message)
{
    say_usage(message);
    return EX_USAGE;
}

/* ---- signals ------------------------------------------------------------ */

static morgue_interrupt *interrupt;

/* The first one ends the run, the second the process. */
static void
on_signal(int number)
{
    (void)number;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    morgue_interrupt_raise(interrupt);
}

/* Let SIGINT and SIGTERM end what is begun then, unless they are ignored, as
 * behind nohup. */
static bool
mind_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM};
    struct sigaction a = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    struct sigaction now;
    struct morgue_error err;

    if (morgue_interrupt_new(&interrupt, &err))
        return fail(&err), false;
    sigemptyset(&a.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &now) == 0 &&
            now.sa_handler != SIG_IGN)
            sigaction(numbers[i], &a, NULL);
    return true;
}

/* ---- update and remove -------------------------------------------------- */

/* Open the update and its report. */
static int
begin(morgue_update **u, struct report *r, struct indexer_options *o,
      char *archive)
{
    struct morgue_error err;

    *r = (struct report){0};
    if (!mind_signals())
        return EX_TEMPFAIL;
    o->update.interrupt = interrupt;
    if (o->report && report_is_in(o->report, archive))
        return usage("a report cannot be written into the archive");
    if (!report_open(r, o->report, o->quiet)) {
        say("cannot write '%s': %s", o->report, strerror(errno));
        return EX_CANTCREAT;
    }
    o->update.on_event = report_event;
    o->update.on_undated = report_undated;
    if (!o->quiet && isatty(STDERR_FILENO))
        o->update.on_progress = report_progress;
    o->update.payload = r;
    if (morgue_update_open(u, archive, &o->update, &err))
        return fail(&err);
    return EX_OK;
}

/* Commit and give the accounts. */
static int
end(morgue_update *u, struct report *r)
{
    struct morgue_report counts = MORGUE_REPORT_INIT;
    struct morgue_error err;
    enum morgue_status st = morgue_update_commit(u, &counts, &err);

    report_rest(r);
    if (st)
        return fail(&err);
    if (!report_close(r, &counts)) {
        say("cannot write '%s': %s; the archive has the update", r->path,
            strerror(errno));
        return EX_IOERR;
    }
    return counts.outcome[MORGUE_FAILED] > 0 ? INDEXER_INPUTS_FAILED : EX_OK;
}

static int
run_update(struct indexer_options *o, char **arg, int n)
{
    struct report r;
    struct morgue_error err;
    morgue_update *u = NULL;
    int missing = 0, code, failed;

    if (n < 2)
        return usage("update takes an archive and sources");
    code = begin(&u, &r, o, arg[0]);
    for (int i = 1; i < n && code == EX_OK; i++) {
        enum morgue_status st = morgue_update_add_source(u, arg[i], &err);

        if (!st)
            continue;
        report_progress_end(&r);
        failed = fail(&err);
        if (st == MORGUE_NO_INPUT)
            missing++;
        else
            code = failed;
    }
    if (code == EX_OK && missing == n - 1)
        code = EX_NOINPUT;
    else if (code == EX_OK)
        code = end(u, &r);
    report_rest(&r);
    morgue_update_close(u);
    report_drop(&r);
    return missing > 0 && (code == EX_OK || code == INDEXER_INPUTS_FAILED)
               ? EX_NOINPUT
               : code;
}

static int
run_remove(struct indexer_options *o, char **arg, int n)
{
    struct report r;
    struct morgue_error err;
    morgue_update *u = NULL;
    bool found, all = true;
    morgue *m = NULL;
    int code;

    if (n < 2)
        return usage("remove takes an archive and ids");
    /* An archive that is not there is not made to remove from it. */
    if (morgue_open(&m, arg[0], &err))
        return fail_on_archive(&err);
    morgue_close(m);
    code = begin(&u, &r, o, arg[0]);
    for (int i = 1; i < n && code == EX_OK; i++) {
        if (morgue_update_remove(u, arg[i], &found, &err))
            code = fail(&err);
        else if (!found)
            say("no article has the id '%s'", arg[i]);
        all = all && found;
    }
    if (code == EX_OK)
        code = end(u, &r);
    morgue_update_close(u);
    report_drop(&r);
    return code == EX_OK && !all ? INDEXER_INPUTS_FAILED : code;
}

/* ---- stats, check, compact, rebuild ------------------------------------- */

static int
run_stats(char *archive)
{
    struct morgue_stats s = MORGUE_STATS_INIT;
    struct morgue_error err;
    char first[MORGUE_DATE_MAX], last[MORGUE_DATE_MAX];
    morgue *m = NULL;
    int code = EX_OK;

    if (morgue_open(&m, archive, &err) || morgue_stat(m, &s, &err)) {
        code = fail_on_archive(&err);
        goto done;
    }
    morgue_date_print(first, s.first);
    morgue_date_print(last, s.last);
    printf("articles     %" PRIu64 "\n", s.articles);
    printf("undated      %" PRIu64 "\n", s.undated);
    if (first[0])
        printf("dates        %s to %s\n", first, last);
    printf("languages    %s\n", s.languages);
    printf("terms        %" PRIu64 "\n", s.terms);
    printf("mean length  %.1f\n", s.mean_length);
    printf("disk bytes   %" PRIu64 "\n", s.disk_bytes);
    printf("engine       %s\n", s.engine);
    printf("analysis     %s\n", s.analysis);
    printf("ids          %s\n", s.ids);
done:
    morgue_close(m);
    return code;
}

static void
print_finding(const char *line, void *payload)
{
    (void)payload;
    put_text(stdout, (struct morgue_str){line, strlen(line)}, false);
    putchar('\n');
}

static int
run_check(char *archive, bool quiet, bool repair)
{
    struct morgue_error err;
    bool wrote = false;

    if (repair && morgue_repair(archive, &wrote, &err))
        return fail_on_archive(&err);
    if (wrote && !quiet) {
        fputs("wrote '", stdout);
        put_text(stdout, (struct morgue_str){archive, strlen(archive)}, false);
        puts("/morgue' again");
    }
    if (morgue_check(archive, print_finding, NULL, &err))
        return fail_on_archive(&err);
    if (!quiet)
        puts("no damage found");
    return EX_OK;
}

static int
run_compact(char *archive)
{
    struct morgue_error err;

    return morgue_compact(archive, &err) ? fail_on_archive(&err) : EX_OK;
}

static int
run_rebuild(const struct indexer_options *o, char *archive)
{
    struct morgue_rebuild_options by = MORGUE_REBUILD_INIT;
    struct morgue_error err;
    struct report r;
    uint64_t articles = 0;
    enum morgue_status st;

    if (!mind_signals())
        return EX_TEMPFAIL;
    if (!report_open(&r, NULL, o->quiet))
        return EX_IOERR;
    by.engine = o->update.engine;
    by.threads = o->update.threads;
    by.memory = o->update.memory;
    by.interrupt = interrupt;
    if (!o->quiet && isatty(STDERR_FILENO))
        by.on_progress = report_progress;
    by.payload = &r;
    st = morgue_rebuild(archive, &by, &articles, &err);
    report_progress_end(&r);
    if (st)
        return fail_on_archive(&err);
    report_rebuilt(&r, articles);
    return EX_OK;
}

/* ---- sources ------------------------------------------------------------ */

struct problems {
    uint64_t failed;
    bool quiet;
};

static void
on_problem(const struct morgue_event *event, void *payload)
{
    struct problems *p = payload;
    bool failed = event->outcome == MORGUE_FAILED;

    p->failed += failed;
    if (failed || !p->quiet)
        report_name(event);
}

static int
run_show_source(const struct indexer_options *o, char **arg, int n)
{
    struct problems problems = {.quiet = o->quiet};
    struct morgue_source_options source = MORGUE_SOURCE_INIT;
    int code = EX_OK;

    if (n < 1)
        return usage("show-source takes files, folders or -");
    source.format = o->update.format;
    source.follow = o->update.follow;
    source.date_order = o->update.date_order;
    source.date_from_path = o->update.date_from_path;
    source.map = o->update.map;
    source.root = o->update.root;
    source.id_scope = o->update.id_scope;
    source.on_article = show_article;
    source.on_event = on_problem;
    source.payload = &problems;
    for (int i = 0; i < n && (code == EX_OK || code == EX_NOINPUT); i++) {
        struct morgue_error err;

        if (morgue_source_read(arg[i], &source, &err))
            code = fail(&err);
    }
    return code == EX_OK && problems.failed > 0 ? INDEXER_INPUTS_FAILED : code;
}

/* ---- the command line --------------------------------------------------- */

enum {
    OPT_ENGINE = CLI_FIRST,
    OPT_FORMAT,
    OPT_FOLLOW,
    OPT_MAP,
    OPT_DATE_ORDER,
    OPT_DATE_FROM_PATH,
    OPT_THREADS,
    OPT_MEMORY,
    OPT_REPORT,
    OPT_REPAIR,
    OPT_ID_SCOPE,
    OPT_ROOT
};

static const struct cli_option table[] = {
    {"engine", "NAME", false, OPT_ENGINE,
     "of a new archive, or what rebuild gives it: segment (the\n"
     "default), xapian"},
    {"format", "NAME", false, OPT_FORMAT,
     "of the sources (@ formats lists them); else it is\n"
     "told by content"},
    {"follow", "anywhere", true, OPT_FOLLOW,
     "follow links in folders, within the source or wherever\n"
     "they lead; else they are skipped"},
    {"map", "FILE", false, OPT_MAP,
     "`field = key` lines: what keys of JSON, tables and\n"
     "heads mean where our names do not fit"},
    {"date-order", "ORDER", false, OPT_DATE_ORDER,
     "dmy, mdy or ymd: of dates in numbers, where neither they\n"
     "nor others of the source tell"},
    {"date-from-path", NULL, false, OPT_DATE_FROM_PATH,
     "take the date of what has none from the names of its file\n"
     "and folders"},
    {"id-scope", "WHAT", false, OPT_ID_SCOPE,
     "of a new archive: what keeps the same id apart, none (the\n"
     "default), source or file"},
    {"root", "FOLDER", false, OPT_ROOT,
     "of an archive that is made with one: ids that are made\n"
     "from paths begin there"},
    {"threads", "N", false, OPT_THREADS, "one for each processor"},
    {"memory", "MB", false, OPT_MEMORY,
     "about what may be used for what is underway (512)"},
    {"report", "FILE", false, OPT_REPORT,
     "write the accounts as JSON; -: to stdout"},
    {"repair", NULL, false, OPT_REPAIR,
     "write the file `morgue` again where it is lost"},
    {"quiet", NULL, false, 'q', "say nothing unless something is wrong"},
    CLI_OPTION_HELP,
    CLI_OPTION_VERSION,
};

static const struct cli_command_line command_line = {
    .option = table,
    .n = sizeof table / sizeof *table,
    .letters = ":qh",
    .usage =
        "usage: @ update  [OPTION...] ARCHIVE SOURCE...\n"
        "       @ remove  [OPTION...] ARCHIVE ID...\n"
        "       @ rebuild [OPTION...] ARCHIVE\n"
        "       @ stats|compact ARCHIVE\n"
        "       @ check   [--repair] ARCHIVE\n"
        "       @ show-source [OPTION...] SOURCE...\n"
        "       @ formats\n\n"
        "update adds the articles of files, folders or standard input (-),\n"
        "replaces those that changed, and makes the archive where there is\n"
        "none.  rebuild makes the whole index anew from the stored articles.\n"
        "show-source prints what would be indexed, an article a line, as "
        "JSON.\n\n",
    .status =
        "\nExit status: 0 done, 3 done but inputs failed, 64 usage, 65 "
        "damaged\n"
        "archive, 66 no such input, 73 cannot create, 74 input/output, 75 "
        "archive\nheld by another, disk or memory short, interrupted.\n",
};

static bool
read_number(unsigned long *out, const char *text, unsigned long max)
{
    char *end;

    errno = 0;
    *out = strtoul(text, &end, 10);
    return !errno && end != text && !*end && text[0] != '-' && *out >= 1 &&
           *out <= max;
}

static bool
apply_order(struct indexer_options *o, const char *arg)
{
    static const char *const names[] = {"", "dmy", "mdy", "ymd"};

    for (unsigned i = 1; i < sizeof names / sizeof *names; i++)
        if (strcmp(arg, names[i]) == 0) {
            o->update.date_order = (enum morgue_order)i;
            return true;
        }
    return usage("--date-order takes dmy, mdy or ymd"), false;
}

static bool
read_scope(size_t *out, const char *text)
{
    static const char *const names[] = {[MORGUE_ID_NONE] = "none",
                                        [MORGUE_ID_SOURCE] = "source",
                                        [MORGUE_ID_FILE] = "file"};

    for (size_t i = MORGUE_ID_NONE; i <= MORGUE_ID_FILE; i++)
        if (strcmp(text, names[i]) == 0)
            *out = i;
    return *out != MORGUE_ID_AS_ARCHIVE ||
           (usage("--id-scope takes none, source or file"), false);
}

static bool
apply(struct indexer_options *o, int c, const char *arg)
{
    unsigned long n = 0;

    switch (c) {
    case OPT_ENGINE:
        o->update.engine = arg;
        return true;
    case OPT_FORMAT:
        o->update.format = arg;
        return true;
    case OPT_FOLLOW:
        if (arg && strcmp(arg, "anywhere") != 0)
            return usage("--follow takes nothing or =anywhere"), false;
        o->update.follow = arg ? MORGUE_FOLLOW_ANYWHERE : MORGUE_FOLLOW_INSIDE;
        return true;
    case OPT_DATE_ORDER:
        return apply_order(o, arg);
    case OPT_DATE_FROM_PATH:
        o->update.date_from_path = 1;
        return true;
    case OPT_MAP:
        o->update.map = arg;
        return true;
    case OPT_THREADS:
        if (!read_number(&n, arg, 256))
            return usage("--threads takes a number from 1 to 256"), false;
        o->update.threads = (unsigned)n;
        return true;
    case OPT_MEMORY:
        if (!read_number(&n, arg, 1 << 20))
            return usage("--memory takes a number of megabytes"), false;
        o->update.memory = (size_t)n << 20;
        return true;
    case OPT_REPORT:
        if (!*arg)
            return usage("--report takes the name of a file, or -"), false;
        o->report = arg;
        return true;
    case OPT_ID_SCOPE:
        o->update.id_scope = MORGUE_ID_AS_ARCHIVE;
        return read_scope(&o->update.id_scope, arg);
    case OPT_ROOT:
        o->update.root = arg;
        return true;
    case OPT_REPAIR:
        o->repair = true;
        return true;
    case 'q':
        o->quiet = true;
        return true;
    default:
        return false;
    }
}

static int
run(struct indexer_options *o, char **arg, int n)
{
    if (n < 1)
        return usage("no command is given");
    if (o->repair && strcmp(arg[0], "check") != 0)
        return usage("--repair is an option of check");
    if (strcmp(arg[0], "update") == 0)
        return run_update(o, arg + 1, n - 1);
    if (strcmp(arg[0], "remove") == 0)
        return run_remove(o, arg + 1, n - 1);
    if (strcmp(arg[0], "show-source") == 0)
        return run_show_source(o, arg + 1, n - 1);
    if (strcmp(arg[0], "formats") == 0 && n == 1)
        return show_formats(), EX_OK;
    if (strcmp(arg[0], "stats") != 0 && strcmp(arg[0], "check") != 0 &&
        strcmp(arg[0], "compact") != 0 && strcmp(arg[0], "rebuild") != 0)
        return usage("there is no such command");
    if (n != 2)
        return usage("this command takes an archive");
    if (strcmp(arg[0], "stats") == 0)
        return run_stats(arg[1]);
    if (strcmp(arg[0], "check") == 0)
        return run_check(arg[1], o->quiet, o->repair);
    if (strcmp(arg[0], "rebuild") == 0)
        return run_rebuild(o, arg[1]);
    return run_compact(arg[1]);
}

int
main(int argc, char **argv)
{
    struct indexer_options o = {.update = MORGUE_UPDATE_INIT};
    int c, code = EX_OK;
    bool go = true;

    if (!cli_begin(argc > 0 ? argv[0] : NULL, "indexer"))
        return EX_IOERR;
    cut_off_ends(EX_DATAERR);
    while ((c = cli_option_next(&command_line, argc, argv)) != CLI_END) {
        if (c == CLI_ANSWERED)
            go = false;
        else if (!apply(&o, c, optarg))
            return EX_USAGE;
    }
    if (go)
        code = run(&o, argv + optind, argc - optind);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        say("cannot write to stdout");
        code = EX_IOERR;
    }
    return code;
}
