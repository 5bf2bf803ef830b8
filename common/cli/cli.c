/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cli.c - what the programs share
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "../base/printable.h"

enum { NAME_SIZE = 40 };

static char program_name[NAME_SIZE] = "morgue";
static char indexer_name[NAME_SIZE] = "morgue-indexer";

/* ---- names -------------------------------------------------------------- */

/* The last part of a path, of what a terminal may show; else `usual`. */
static void
name_program(const char *called, const char *usual)
{
    const char *slash = called ? strrchr(called, '/') : NULL;
    const char *last = slash ? slash + 1 : called;

    if (!last || !last[0] || strlen(last) >= NAME_SIZE)
        last = usual;
    snprintf(program_name, sizeof program_name, "%s", last);
    program_name[printable_line(program_name, strlen(program_name))] = '\0';
}

static void
name_indexer(const char *usual)
{
    static const char other[] = "searcher";
    const char *at = strstr(program_name, other);

    if (strcmp(usual, "indexer") == 0)
        memcpy(indexer_name, program_name, sizeof indexer_name);
    else if (at)
        snprintf(indexer_name, sizeof indexer_name, "%.*sindexer%s",
                 (int)(at - program_name), program_name,
                 at + sizeof other - 1);
}

const char *
say_name(void)
{
    return program_name;
}

const char *
say_indexer(void)
{
    return indexer_name;
}

/* ---- standard files ----------------------------------------------------- */

bool
cli_begin(const char *called, const char *usual)
{
    /* Each opened the wrong way round, but for messages. */
    static const int flags[] = {[STDIN_FILENO] = O_WRONLY,
                                [STDOUT_FILENO] = O_RDONLY,
                                [STDERR_FILENO] = O_WRONLY};

    name_program(called, usual);
    name_indexer(usual);
    signal(SIGXFSZ, SIG_IGN);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", flags[fd]) != fd)
            return false; /* the lowest number that is free is given */
    return true;
}

/* ---- messages ----------------------------------------------------------- */

void
say(const char *fmt, ...)
{
    char line[8 * 1024];
    size_t len = (size_t)snprintf(line, sizeof line, "%s: ", program_name);
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(line + len, sizeof line - len - 1, fmt, ap);
    va_end(ap);
    if (n > 0)
        len = strlen(line);
    len = printable_line(line, len);
    line[len++] = '\n';
    fwrite(line, 1, len, stderr);
}

void
say_failure(const struct morgue_error *err)
{
    static const char installed[] = "`morgue-indexer ";
    const char *from = err->message, *at;
    char text[2 * sizeof err->message + NAME_SIZE];
    size_t len = 0;

    while ((at = strstr(from, installed)) != NULL) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%.*s`%s ",
                                (int)(at - from), from, indexer_name);
        from = at + sizeof installed - 1;
    }
    snprintf(text + len, sizeof text - len, "%s", from);
    say("%s", text);
}

void
say_usage(const char *message)
{
    say("%s; see %s --help", message, program_name);
}

void
say_option(int c, char *const *argv)
{
    const char *word = argv[optind - 1];

    if (c == ':')
        say("option '%s' needs a value; see %s --help", word, program_name);
    else if (optopt > 0 && optopt < 0x80 && word[1] != '-')
        say("there is no option '-%c'; see %s --help", optopt, program_name);
    else
        say("option '%s' is not known, or takes no value; see %s --help", word,
            program_name);
}

/* ---- texts of others ---------------------------------------------------- */

/* The length of the printable text that `s` begins with. */
static size_t
text_len(struct morgue_str s)
{
    size_t at = 0, n;

    while (at < s.len &&
           printable_next(s.s + at, s.len - at, &n) == PRINTABLE_TEXT)
        at += n;
    return at;
}

void
put_text(FILE *to, struct morgue_str s, bool lines)
{
    while (s.len > 0) {
        size_t n = text_len(s);
        enum printable what;

        fwrite(s.s, 1, n, to);
        s = (struct morgue_str){s.s + n, s.len - n};
        if (s.len == 0)
            break;
        what = printable_next(s.s, s.len, &n);
        if (what == PRINTABLE_SPACE)
            putc(lines && (s.s[0] == '\n' || s.s[0] == '\t') ? s.s[0] : ' ',
                 to);
        else if (what != PRINTABLE_BIDI)
            putc('?', to);
        s = (struct morgue_str){s.s + n, s.len - n};
    }
}
