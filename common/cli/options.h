/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.h - options of a command line: one table makes what getopt_long
 * reads and the text of --help
 */
#ifndef MORGUE_CLI_OPTIONS_H
#define MORGUE_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct cli_option {
    const char *name;
    const char *argument; /* what --help calls its value; NULL: takes none */
    bool may_lack;        /* the value may be left out */
    int value;            /* what cli_option_next returns; a letter where it
                             has a short form, too, else CLI_LONG or more */
    const char *help;     /* lines with "\n" between */
};

struct cli_command_line {
    const struct cli_option *option; /* up to CLI_OPTIONS_MAX */
    size_t n;
    const char *letters; /* for getopt_long, with ":" in it */
    const char *usage;   /* what --help prints before the options, */
    const char *status;  /* and behind them; in both and in the help of
                            options, "@" stands for the program's name */
};

enum {
    CLI_OPTIONS_MAX = 40,
    CLI_LONG = 256,
    CLI_VERSION = CLI_LONG, /* an option that cli_option_next answers */
    CLI_FIRST,              /* the first that is the program's */
    CLI_END = -1,           /* no more options */
    CLI_ANSWERED = -2,      /* it was --help or --version */
    CLI_UNKNOWN = -3        /* it was said what is wrong */
};

/** What is the same in each program. */
#define CLI_OPTION_HELP                                                       \
    {                                                                         \
        "help", NULL, false, 'h', "print this"                                \
    }
#define CLI_OPTION_VERSION                                                    \
    {                                                                         \
        "version", NULL, false, CLI_VERSION, "print the version"              \
    }

/** The next option, whose value is in optarg; or one of the CLI_ above. */
int cli_option_next(const struct cli_command_line *line, int argc,
                    char **argv);

#endif
