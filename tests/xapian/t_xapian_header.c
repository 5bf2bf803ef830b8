/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_xapian_header.c - the binding's header by itself, as C99, C11, C++11 and
 * C++17, with all warnings
 *
 * It asks the compilers $CC and $CXX, else cc and c++, and skips what is not
 * installed.
 */
#include "help.h"

static bool
runs(const char *compiler)
{
    char command[300];

    snprintf(command, sizeof command, "%.200s --version > /dev/null 2>&1",
             compiler);
    return system(command) == 0;
}

static const char *
compiler(const char *name, const char *otherwise)
{
    const char *said = getenv(name);

    return said && *said ? said : otherwise;
}

/* Where the header is, from where this file was when it was compiled. */
static const char *
header(void)
{
    static const char to[] = "../../common/xapian/xapian_c.h";
    static char path[600];
    const char *last = strrchr(__FILE__, '/');

    snprintf(path, sizeof path, "%.*s%s",
             last ? (int)(last + 1 - __FILE__) : 0, __FILE__, to);
    return path;
}

static int
compile(const char *with, const char *standard, const char *language)
{
    char command[1400];

    snprintf(command, sizeof command,
             "%.200s -std=%s -pedantic -Wall -Wextra -Wshadow -Werror "
             "-fsyntax-only -x %s '%s'",
             with, standard, language, header());
    return system(command);
}

#define HEADER_CASE(name, variable, otherwise, standard, language)            \
    static void name(void)                                                    \
    {                                                                         \
        const char *with = compiler(variable, otherwise);                     \
                                                                              \
        if (!runs(with))                                                      \
            SKIP("no compiler");                                              \
        if (access(header(), R_OK) != 0)                                      \
            SKIP("not run from where it was built");                          \
        CHECK_INT(compile(with, standard, language), 0);                      \
    }

HEADER_CASE(header_is_c99, "CC", "cc", "c99", "c")
HEADER_CASE(header_is_c11, "CC", "cc", "c11", "c")
HEADER_CASE(header_is_cxx11, "CXX", "c++", "c++11", "c++")
HEADER_CASE(header_is_cxx17, "CXX", "c++", "c++17", "c++")

int
main(void)
{
    RUN(header_is_c99);
    RUN(header_is_c11);
    RUN(header_is_cxx11);
    RUN(header_is_cxx17);
    return test_end();
}
