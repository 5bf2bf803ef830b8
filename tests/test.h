/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test.h - what every C test of the project is written with
 *
 * A test program is a list of cases.  Each case prints one line on stdout,
 *
 *     ok NAME
 *     not ok NAME
 *     skip NAME - REASON
 *
 * which tests/run counts over all programs.  A failed CHECK prints where and
 * what on stderr and fails its case, which goes on.
 *
 *     static void
 *     adds_up(void)
 *     {
 *         CHECK_INT(1 + 1, 2);
 *     }
 *
 *     int
 *     main(void)
 *     {
 *         RUN(adds_up);
 *         return test_end();
 *     }
 */
#ifndef MORGUE_TEST_H
#define MORGUE_TEST_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int test_case_failed;
static int test_failed_n;
static const char *test_skipped; /* the reason, or NULL */

#define RUN(f) test_run(#f, f)

/* Leaves the case, which counts as skipped for the reason given. */
#define SKIP(reason)                                                          \
    do {                                                                      \
        test_skipped = (reason);                                              \
        return;                                                               \
    } while (0)

#define CHECK(cond) test_that((cond) ? 1 : 0, __FILE__, __LINE__, "%s", #cond)

#define CHECK_INT(got, want)                                                  \
    do {                                                                      \
        intmax_t got_ = (intmax_t)(got), want_ = (intmax_t)(want);            \
        test_that(got_ == want_, __FILE__, __LINE__, "%s is %jd, not %jd",    \
                  #got, got_, want_);                                         \
    } while (0)

/* Strings; a NULL equals only NULL. */
#define CHECK_STR(got, want)                                                  \
    do {                                                                      \
        const char *got_ = (got), *want_ = (want);                            \
        test_that(got_ &&want_ ? strcmp(got_, want_) == 0 : got_ == want_,    \
                  __FILE__, __LINE__, "%s is '%s', not '%s'", #got,           \
                  got_ ? got_ : "(null)", want_ ? want_ : "(null)");          \
    } while (0)

/* Counted bytes against a C string. */
#define CHECK_BYTES(got, got_len, want)                                       \
    do {                                                                      \
        const char *b_ = (got), *w_ = (want);                                 \
        size_t n_ = (got_len);                                                \
        test_that(n_ == strlen(w_) && memcmp(b_ ? b_ : "", w_, n_) == 0,      \
                  __FILE__, __LINE__, "%s is '%.*s', not '%s'", #got,         \
                  (int)n_, b_ ? b_ : "", w_);                                 \
    } while (0)

#if defined(__GNUC__)
__attribute__((format(printf, 4, 5), unused))
#endif
static int
test_that(int cond, const char *file, int line, const char *fmt, ...);

#include <stdarg.h>

static int
test_that(int cond, const char *file, int line, const char *fmt, ...)
{
    if (cond)
        return 1;
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    test_case_failed = 1;
    return 0;
}

static void
test_run(const char *name, void (*f)(void))
{
    test_case_failed = 0;
    test_skipped = NULL;
    f();
    if (test_case_failed) {
        printf("not ok %s\n", name);
        test_failed_n++;
    } else if (test_skipped) {
        printf("skip %s - %s\n", name, test_skipped);
    } else {
        printf("ok %s\n", name);
    }
    fflush(stdout);
}

static int
test_end(void)
{
    return test_failed_n ? 1 : 0;
}

#endif
