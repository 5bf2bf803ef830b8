/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.c - options of a command line
 */
#include "options.h"

#include <assert.h>
#include <getopt.h>

#include "cli.h"

/* Where the help of an option stands. */
enum { HELP_COLUMN = 22 };

/* Print a text of --help, lines after the first with spaces before. */
static void
print_text(const char *text, int column)
{
    for (const char *s = text; *s; s++) {
        if (*s == '@')
            fputs(say_name(), stdout);
        else
            putchar(*s);
        if (*s == '\n')
            printf("%*s", column, "");
    }
}

static void
print_option(const struct cli_option *o)
{
    int at = printf("  --%s", o->name);

    if (o->argument)
        at += printf(o->may_lack ? "[=%s]" : "=%s", o->argument);
    if (o->value < CLI_LONG)
        at += printf(", -%c", o->value);
    printf("%*s", at < HELP_COLUMN ? HELP_COLUMN - at : 1, "");
    print_text(o->help, HELP_COLUMN);
    putchar('\n');
}

static void
print_help(const struct cli_command_line *line)
{
    print_text(line->usage, 0);
    for (size_t i = 0; i < line->n; i++)
        print_option(&line->option[i]);
    print_text(line->status, 0);
}

static void
fill(struct option *longs, const struct cli_command_line *line)
{
    assert(line->n <= CLI_OPTIONS_MAX);
    for (size_t i = 0; i < line->n; i++) {
        const struct cli_option *o = &line->option[i];

        longs[i] =
            (struct option){.name = o->name,
                            .has_arg = !o->argument  ? no_argument
                                       : o->may_lack ? optional_argument
                                                     : required_argument,
                            .val = o->value};
    }
    longs[line->n] = (struct option){0};
}

int
cli_option_next(const struct cli_command_line *line, int argc, char **argv)
{
    struct option longs[CLI_OPTIONS_MAX + 1];
    int c;

    fill(longs, line);
    opterr = 0; /* what is wrong with them we say */
    c = getopt_long(argc, argv, line->letters, longs, NULL);
    if (c == '?' || c == ':') {
        say_option(c, argv);
        return CLI_UNKNOWN;
    }
    if (c == 'h')
        print_help(line);
    if (c == CLI_VERSION)
        printf("%s (morgue) %s\n", say_name(), morgue_version());
    return c == 'h' || c == CLI_VERSION ? CLI_ANSWERED : c;
}
