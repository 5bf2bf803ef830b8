/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_xapian_fault.c - the binding when memory runs out
 *
 * Each piece of work below is done in a forked child again and again, with
 * the first allocation failing, then the second, and so on to the last one
 * (see tests/fault/failmalloc.c), once that one alone and once all from it on.
 * The child must come back: with XC_NOMEM, or with success where the failure
 * did no harm, never by a signal.  What is on the disk after must be the state
 * before or after.  Some of the work is also done within a bound that the
 * system sets on memory.
 *
 * The program runs itself again under the library FAILMALLOC_SO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "help.h"

static void (*arm)(unsigned long at, int all_after);
static unsigned long (*counted)(void);

enum { CHILD_BAD_MESSAGE = 100, CHILD_DONE_MORE = 101 };

static const char *
base(void)
{
    return in_work_dir("base");
}

/* ---- pieces of work: each gives the first status that is not XC_OK ---- */

static enum xc_status
work_read(void)
{
    xc_db *db = NULL;
    xc_doc *doc = NULL;
    struct xc_db_info info;
    const char *text;
    size_t len;
    enum xc_status st = xc_db_open(&db, base(), &err);

    if (st == XC_OK)
        st = xc_db_get_info(&info, db, &err);
    if (st == XC_OK)
        st = xc_db_document(&doc, db, 1, &err);
    if (st == XC_OK)
        st = xc_doc_data(&text, &len, doc, &err);
    if (st == XC_OK)
        st = xc_doc_value(&text, &len, doc, 0, &err);
    if (st == XC_OK)
        st = xc_db_metadata(&text, &len, db, "key", 3, &err);
    if (st == XC_OK)
        st = xc_db_suggest(&text, &len, db, "cofee", 5, 2, &err);
    xc_doc_free(doc);
    xc_db_close(db);
    return st;
}

static enum xc_status
walk(xc_iter *it)
{
    bool more = true;
    enum xc_status st = XC_OK;

    while (st == XC_OK && more)
        st = xc_iter_next(&more, it, &err);
    xc_iter_free(it);
    return st;
}

static enum xc_status
work_lists(void)
{
    xc_db *db = NULL;
    xc_iter *it = NULL;
    enum xc_status st = xc_db_open(&db, base(), &err);

    for (int i = 0; st == XC_OK && i < 8; i++) {
        st = i == 0   ? xc_iter_postings(&it, db, "coffee", 6, &err)
             : i == 1 ? xc_iter_positions(&it, db, 1, "coffee", 6, &err)
             : i == 2 ? xc_iter_doc_terms(&it, db, 1, &err)
             : i == 3 ? xc_iter_terms(&it, db, "c", 1, &err)
             : i == 4 ? xc_iter_values(&it, db, 0, &err)
             : i == 5 ? xc_iter_metadata(&it, db, "", 0, &err)
             : i == 6 ? xc_iter_spellings(&it, db, &err)
                      : xc_iter_synonyms(&it, db, "coffee", 6, &err);
        if (st == XC_OK)
            st = walk(it);
    }
    xc_db_close(db);
    return st;
}

static enum xc_status
add_some(xc_db *db)
{
    enum xc_status st = add_words(db, "a word that was not there", NULL, NULL);

    if (st == XC_OK)
        st = add_words(db, "coffee and words a_rather_long_word_of_its_own",
                       NULL, NULL);
    return st;
}

static enum xc_status
write_some(xc_db *db)
{
    enum xc_status st = add_some(db);

    if (st == XC_OK)
        st = xc_db_set_metadata(db, "more", 4, "value", 5, &err);
    if (st == XC_OK)
        st = xc_db_add_spelling(db, "quota", 5, 1, &err);
    if (st == XC_OK)
        st = xc_db_add_synonym(db, "quota", 5, "limit", 5, &err);
    return st;
}

static enum xc_status
work_create(void)
{
    xc_db *db = NULL;
    enum xc_status st =
        xc_db_open_write(&db, in_work_dir("new"), XC_CREATE, 2048, &err);

    if (st == XC_OK)
        st = write_some(db);
    if (st == XC_OK)
        st = xc_db_commit(db, &err);
    xc_db_close(db);
    return st;
}

static enum xc_status
work_update(void)
{
    xc_db *db = NULL;
    xc_doc *doc = NULL;
    enum xc_status st =
        xc_db_open_write(&db, in_work_dir("copy"), XC_OPEN, 0, &err);

    if (st == XC_OK)
        st = xc_db_begin(db, true, &err);
    if (st == XC_OK)
        st = write_some(db);
    if (st == XC_OK)
        st = xc_doc_new(&doc, &err);
    if (st == XC_OK)
        st = xc_doc_add_term(doc, "Qone", 4, 0, &err);
    if (st == XC_OK)
        st = xc_db_replace_term(NULL, db, "coffee", 6, doc, &err);
    if (st == XC_OK)
        st = xc_db_delete(db, 2, &err);
    if (st == XC_OK)
        st = xc_db_commit_transaction(db, &err);
    xc_doc_free(doc);
    xc_db_close(db);
    return st;
}

/* Nothing is committed, so nothing may be there after, however it fails. */
static enum xc_status
work_drop(void)
{
    xc_db *db = NULL;
    enum xc_status st =
        xc_db_open_write(&db, in_work_dir("copy"), XC_OPEN, 0, &err);

    if (st == XC_OK)
        st = write_some(db);
    xc_db_close(db);
    return st;
}

static enum xc_status
work_values(void)
{
    xc_db *db = NULL;
    enum xc_status st =
        xc_db_open_write(&db, in_work_dir("copy"), XC_OPEN, 0, &err);

    if (st == XC_OK)
        st = add_words(db, "coffee", "a value of some length", "another");
    if (st == XC_OK)
        st = xc_db_commit(db, &err);
    xc_db_close(db);
    return st;
}

/* A caller that tries a failed commit again must not be told that it worked,
 * for Xapian has dropped what was pending. */
static enum xc_status
work_retry(void)
{
    xc_db *db = NULL;
    enum xc_status st =
        xc_db_open_write(&db, in_work_dir("copy"), XC_OPEN, 0, &err);

    if (st == XC_OK)
        st = write_some(db);
    if (st == XC_OK) {
        st = xc_db_commit(db, &err);
        if (st != XC_OK) {
            struct xc_error later;

            arm(0, 0);
            if (xc_db_commit(db, &later) == XC_OK)
                st = XC_OTHER;
        }
    }
    xc_db_close(db);
    return st;
}

static enum xc_status
term_queries(xc_query **q)
{
    enum xc_status st = xc_query_term(&q[0], "coffee", 6, 1, 1, &err);

    if (st == XC_OK)
        st = xc_query_term(&q[1], "quota_of_a_length_beyond_the_small", 34, 2,
                           2, &err);
    if (st == XC_OK)
        st = xc_query_wildcard(&q[2], "wo", 2, 0, XC_WILDCARD_FIRST, XC_OP_MAX,
                               &err);
    if (st == XC_OK)
        st = xc_query_value_range(&q[3], 0, "a", 1, "zz", 2, &err);
    return st;
}

/* Every operator over q[0] and q[1]; the result in q[4] or NULL. */
static enum xc_status
combine_all(xc_query **q)
{
    static const enum xc_op op[] = {
        XC_OP_AND,    XC_OP_OR,   XC_OP_AND_NOT, XC_OP_XOR,
        XC_OP_FILTER, XC_OP_NEAR, XC_OP_PHRASE,  XC_OP_AND_MAYBE,
        XC_OP_MAX,    XC_OP_OR,   XC_OP_SYNONYM, XC_OP_ELITE_SET};
    enum xc_status st = XC_OK;

    for (size_t i = 0; st == XC_OK && i < sizeof op / sizeof *op; i++) {
        const xc_query *part[] = {q[0], q[1]};

        xc_query_free(q[4]);
        st = xc_query_combine(&q[4], op[i], part, 2, 0, &err);
    }
    return st;
}

static enum xc_status
work_queries(void)
{
    xc_query *q[7] = {NULL};
    const char *text;
    size_t len;
    enum xc_status st = term_queries(q);

    if (st == XC_OK)
        st = combine_all(q);
    if (st == XC_OK)
        st = xc_query_scale(&q[5], q[4], 2.5, &err);
    if (st == XC_OK)
        st = xc_query_description(&text, &len, q[5], &err);
    if (st == XC_OK)
        st = xc_query_serialise(&text, &len, q[5], &err);
    if (st == XC_OK)
        st = xc_query_unserialise(&q[6], text, len, &err);
    for (int i = 0; i < 7; i++)
        xc_query_free(q[i]);
    return st;
}

/* What fails anyway must fail cleanly also without memory. */
static enum xc_status
work_errors(void)
{
    xc_db *db = NULL;
    xc_query *q[4] = {NULL}, *near = NULL;
    enum xc_status st = xc_db_open(&db, in_work_dir("missing"), &err);

    xc_db_close(db);
    if (st == XC_NO_DATABASE)
        st = term_queries(q);
    if (st == XC_OK) {
        const xc_query *part[] = {q[0], q[2]};

        st = xc_query_combine(&near, XC_OP_NEAR, part, 2, 5, &err);
    }
    xc_query_free(near);
    for (int i = 0; i < 4; i++)
        xc_query_free(q[i]);
    return st == XC_UNIMPLEMENTED ? XC_OK : st;
}

static enum xc_status
set_all(xc_enquire *e, const xc_query *q)
{
    static const uint32_t slot[] = {0, 1};
    static const bool down[] = {true, false};
    enum xc_status st = xc_enquire_set_query(e, q, 0, &err);

    if (st == XC_OK)
        st = xc_enquire_set_bm25(e, 1.2, 0, 1, 0.75, 0, &err);
    if (st == XC_OK)
        st = xc_enquire_set_sort_key(e, XC_SORT_RELEVANCE_THEN_VALUE, slot,
                                     down, 2, &err);
    if (st == XC_OK)
        st = xc_enquire_add_facet(e, 0, &err);
    if (st == XC_OK)
        st = xc_enquire_set_collapse(e, 1, 2, &err);
    return st;
}

static enum xc_status
use_mset(xc_mset *m)
{
    static const char text[] = "Much of the coffee is sold. The quota is low.";
    struct xc_hit hit;
    xc_iter *it = NULL;
    xc_doc *doc = NULL;
    const char *snippet;
    size_t len;
    enum xc_status st = xc_mset_hit(&hit, m, 0, &err);

    if (st == XC_OK)
        st = xc_mset_document(&doc, m, 0, &err);
    if (st == XC_OK)
        st = xc_mset_matching_terms(&it, m, 0, &err);
    if (st == XC_OK)
        st = walk(it);
    if (st == XC_OK)
        st = xc_mset_facet(&it, m, 0, 5, &err);
    if (st == XC_OK)
        st = walk(it);
    if (st == XC_OK)
        st = xc_mset_snippet(&snippet, &len, m, text, sizeof text - 1, 30,
                             "english", "[", "]", &err);
    xc_doc_free(doc);
    return st;
}

/* The terms of the first document that tell it from others, over a group. */
static enum xc_status
work_expand(void)
{
    static const uint32_t known[] = {1};
    xc_db *db = NULL, *other = NULL;
    xc_enquire *e = NULL;
    xc_iter *it = NULL;
    bool more = true;
    enum xc_status st = xc_db_open(&db, base(), &err);

    if (st == XC_OK)
        st = xc_db_open(&other, base(), &err);
    if (st == XC_OK)
        st = xc_db_add_database(db, other, &err);
    if (st == XC_OK)
        st = xc_enquire_new(&e, db, &err);
    if (st == XC_OK)
        st = xc_enquire_set_relevant(e, known, 1, &err);
    if (st == XC_OK)
        st = xc_enquire_expand(&it, e, 20, XC_EXPAND_EXACT_FREQ, "", 0, &err);
    while (st == XC_OK && more)
        st = xc_iter_next(&more, it, &err);
    xc_iter_free(it);
    xc_enquire_free(e);
    xc_db_close(other);
    xc_db_close(db);
    return st;
}

static enum xc_status
work_search(void)
{
    xc_db *db = NULL;
    xc_query *q[5] = {NULL}, *all = NULL;
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    enum xc_status st = xc_db_open(&db, base(), &err);

    if (st == XC_OK)
        st = term_queries(q);
    if (st == XC_OK) {
        const xc_query *part[] = {q[0], q[1], q[2]};

        st = xc_query_combine(&all, XC_OP_OR, part, 3, 0, &err);
    }
    if (st == XC_OK)
        st = xc_enquire_new(&e, db, &err);
    if (st == XC_OK)
        st = set_all(e, all);
    if (st == XC_OK)
        st = xc_enquire_mset(&m, e, 0, 10, 100, &err);
    if (st == XC_OK)
        st = use_mset(m);
    xc_mset_free(m);
    xc_enquire_free(e);
    xc_query_free(all);
    for (int i = 0; i < 5; i++)
        xc_query_free(q[i]);
    xc_db_close(db);
    return st;
}

/* Searches for an operator over terms, with the rest of the parts as what may
 * be there besides. */
static enum xc_status
search_by(xc_db *db, enum xc_op op, xc_query **part)
{
    const xc_query *leaf[] = {part[0], part[1], part[5]};
    const xc_query *above[] = {NULL, part[2], part[3], part[4]};
    xc_query *low = NULL, *high = NULL;
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    enum xc_status st = xc_query_combine(&low, op, leaf, 3, 0, &err);

    above[0] = low;
    if (st == XC_OK)
        st = xc_query_combine(&high, XC_OP_AND_MAYBE, above, 4, 0, &err);
    if (st == XC_OK)
        st = xc_enquire_new(&e, db, &err);
    if (st == XC_OK)
        st = xc_enquire_set_query(e, high, 0, &err);
    if (st == XC_OK)
        st = xc_enquire_mset(&m, e, 0, 10, 100, &err);
    xc_mset_free(m);
    xc_enquire_free(e);
    xc_query_free(high);
    xc_query_free(low);
    return st;
}

static enum xc_status
search_by_all(xc_db *db)
{
    static const enum xc_op op[] = {
        XC_OP_AND,  XC_OP_OR,      XC_OP_AND_NOT,  XC_OP_XOR,
        XC_OP_NEAR, XC_OP_PHRASE,  XC_OP_FILTER,   XC_OP_ELITE_SET,
        XC_OP_MAX,  XC_OP_SYNONYM, XC_OP_AND_MAYBE};
    xc_query *q[6] = {NULL};
    enum xc_status st = term_queries(q);

    if (st == XC_OK)
        st = xc_query_scale(&q[4], q[0], 2.5, &err);
    if (st == XC_OK)
        st = xc_query_term(&q[5], "world", 5, 1, 3, &err);
    for (size_t i = 0; st == XC_OK && i < sizeof op / sizeof *op; i++)
        st = search_by(db, op[i], q);
    for (int i = 0; i < 6; i++)
        xc_query_free(q[i]);
    return st;
}

static enum xc_status
work_operators(void)
{
    xc_db *db = NULL;
    enum xc_status st = xc_db_open(&db, base(), &err);

    if (st == XC_OK)
        st = search_by_all(db);
    xc_db_close(db);
    return st;
}

static enum xc_status
work_group(void)
{
    xc_db *db = NULL, *other = NULL;
    enum xc_status st = xc_db_open(&db, base(), &err);

    if (st == XC_OK)
        st = xc_db_open(&other, base(), &err);
    if (st == XC_OK)
        st = xc_db_add_database(db, other, &err);
    if (st == XC_OK)
        st = search_by_all(db);
    xc_db_close(other);
    xc_db_close(db);
    return st;
}

static enum xc_status
work_memory(void)
{
    xc_db *db = NULL;
    enum xc_status st = xc_db_open_memory(&db, &err);

    if (st == XC_OK)
        st = add_words(db, "coffee world and more", "a", "b");
    if (st == XC_OK)
        st = add_some(db);
    if (st == XC_OK)
        st = xc_db_commit(db, &err);
    if (st == XC_OK)
        st = search_by_all(db);
    xc_db_close(db);
    return st;
}

static enum xc_status
work_compact(void)
{
    const char *source[] = {base()};

    return xc_compact(in_work_dir("new"), source, 1, XC_COMPACT_FULLER, &err);
}

static void
drop_line(const char *text, void *payload)
{
    (void)text;
    (void)payload;
}

static enum xc_status
work_check(void)
{
    size_t faults = 0;

    return xc_check(&faults, base(), 0, drop_line, NULL, &err);
}

/* ---- failing each allocation of a piece of work ---- */

struct job {
    const char *name;
    enum xc_status (*work)(void);
    bool copy;              /* it writes to a copy of the base, */
    uint32_t before, after; /* which then has so many documents */
    bool may_end;           /* a signal is only counted */
};

struct tally {
    unsigned long tried, ok, nomem, other, bad, ended;
};

enum { CHILD_SECONDS = 60 };

/* In the child: does the work and ends with its status. */
static void
child(const struct job *job, unsigned long at, int all_after)
{
    if (job->may_end && !freopen("/dev/null", "w", stderr))
        _exit(CHILD_BAD_MESSAGE);
    alarm(CHILD_SECONDS);
    memset(&err, 0, sizeof err);
    arm(at, all_after);

    enum xc_status st = job->work();
    unsigned long n = counted();

    arm(0, 0);
    if (st != XC_OK && (err.status != st || !err.message[0]))
        _exit(CHILD_BAD_MESSAGE);
    _exit(st == XC_OK && n < at ? CHILD_DONE_MORE : (int)st);
}

static void
copy_tree(const char *from, const char *to)
{
    char command[2200];

    remove_tree(to);
    snprintf(command, sizeof command, "cp -r '%s' '%s'", from, to);
    CHECK_INT(system(command), 0);
}

static bool
ended_by_xapian(int status)
{
    return WIFSIGNALED(status) &&
           (WTERMSIG(status) == SIGABRT || WTERMSIG(status) == SIGSEGV);
}

/* Counts how a child came back. */
static void
count_end(struct tally *t, const struct job *job, int status, const char *how,
          unsigned long at)
{
    t->tried++;
    if (job->may_end && ended_by_xapian(status)) {
        t->ended++;
    } else if (!WIFEXITED(status) ||
               WEXITSTATUS(status) == CHILD_BAD_MESSAGE) {
        t->bad++;
        test_that(0, __FILE__, __LINE__, "%s: %s %lu: %s %d", job->name, how,
                  at, WIFEXITED(status) ? "exit" : "signal",
                  WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    } else if (WEXITSTATUS(status) == XC_NOMEM) {
        t->nomem++;
    } else if (WEXITSTATUS(status) == XC_OK) {
        t->ok++;
    } else {
        t->other++;
    }
}

/* Whether the copy is as before or as after, and sound. */
static void
check_state(struct tally *t, const struct job *job, const char *how,
            unsigned long at)
{
    uint32_t n = documents_at(in_work_dir("copy"));
    size_t faults = faults_at(in_work_dir("copy"));

    if ((n == job->before || n == job->after) && faults == 0)
        return;
    t->bad++;
    test_that(0, __FILE__, __LINE__, "%s: %s %lu: %u documents, %zu faults",
              job->name, how, at, (unsigned)n, faults);
}

/* Fails each allocation in turn, or with `all_after` also those behind it. */
static void
fail_each(struct tally *t, const struct job *job, int all_after)
{
    const char *how = all_after ? "all from" : "allocation";

    for (unsigned long at = 1; at < 50000 && t->bad < 10; at++) {
        int status = 0;

        remove_tree(in_work_dir("new"));
        if (job->copy)
            copy_tree(base(), in_work_dir("copy"));

        pid_t pid = fork();

        if (pid == 0)
            child(job, at, all_after);
        if (!CHECK(pid > 0 && waitpid(pid, &status, 0) == pid) ||
            (WIFEXITED(status) && WEXITSTATUS(status) == CHILD_DONE_MORE))
            break;
        count_end(t, job, status, how, at);
        if (job->copy)
            check_state(t, job, how, at);
    }
    CHECK_INT(t->bad, 0);
    CHECK_INT(t->other, 0);
    CHECK(t->nomem > 10);
}

#define NEED_FAILMALLOC()                                                     \
    do {                                                                      \
        if (!arm)                                                             \
            SKIP("FAILMALLOC_SO is not set, or cannot be loaded");            \
    } while (0)

static const struct job values_job = {"values", work_values, true,
                                      3,        4,           false};
static const struct job operators_job = {"operators", work_operators, false, 0,
                                         0,           false};
static const struct job group_job = {"group", work_group, false, 0, 0, false};
static const struct job memory_job = {"memory", work_memory, false,
                                      0,        0,           false};

/* What Xapian survives by itself, or that the reserve gets it through. */
#define ONCE_CASE(case_name, job)                                             \
    static void case_name(void)                                               \
    {                                                                         \
        struct tally t = {0};                                                 \
                                                                              \
        NEED_FAILMALLOC();                                                    \
        fail_each(&t, &(job), 0);                                             \
    }

/* What Xapian survives, no matter how long. */
#define ALWAYS_CASE(case_name, work, copy, before, after)                     \
    static void case_name(void)                                               \
    {                                                                         \
        const struct job job = {#work, work, copy, before, after, false};     \
        struct tally t = {0};                                                 \
                                                                              \
        NEED_FAILMALLOC();                                                    \
        fail_each(&t, &job, 0);                                               \
        fail_each(&t, &job, 1);                                               \
    }

ALWAYS_CASE(reading_without_memory, work_read, false, 0, 0)
ALWAYS_CASE(lists_without_memory, work_lists, false, 0, 0)
ALWAYS_CASE(creating_without_memory, work_create, false, 0, 0)
ALWAYS_CASE(updating_without_memory, work_update, true, 3, 2)
ALWAYS_CASE(dropping_without_memory, work_drop, true, 3, 3)
ALWAYS_CASE(retrying_without_memory, work_retry, true, 3, 5)
ALWAYS_CASE(queries_without_memory, work_queries, false, 0, 0)
ALWAYS_CASE(errors_without_memory, work_errors, false, 0, 0)
ALWAYS_CASE(searching_without_memory, work_search, false, 0, 0)
ALWAYS_CASE(expanding_without_memory, work_expand, false, 0, 0)
ALWAYS_CASE(compacting_without_memory, work_compact, false, 0, 0)
ALWAYS_CASE(checking_without_memory, work_check, false, 0, 0)
ONCE_CASE(values_without_memory, values_job)
ONCE_CASE(operators_without_memory, operators_job)
ONCE_CASE(groups_without_memory, group_job)
ONCE_CASE(in_memory_without_memory, memory_job)

/* Where no allocation ever works again the reserve is of no use: what can be
 * held then is that the database is sound after. */
static void
memory_that_stays_gone(void)
{
    static const struct job *const all[] = {&values_job, &operators_job,
                                            &group_job, &memory_job};
    static char why[120];
    struct tally t = {0};

    NEED_FAILMALLOC();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct job job = *all[i];

        job.may_end = true;
        fail_each(&t, &job, 1);
    }
    if (t.ended == 0)
        return;
    snprintf(why, sizeof why,
             "Xapian ends the process: %lu of %lu, nothing lost", t.ended,
             t.tried);
    SKIP(why);
}

/* ---- a bound on memory, as the system sets one ---- */

#if defined(__SANITIZE_ADDRESS__)
static const bool sanitized = true;
#else
static const bool sanitized = false;
#endif

static size_t
address_space(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");

    if (f) {
        if (fscanf(f, "%lu", &pages) != 1)
            pages = 0;
        fclose(f);
    }
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* The stack grows within the bound, too: so let it grow before. */
__attribute__((noinline)) static void
grow_stack(void)
{
    volatile char stack[512 * 1024];

    for (size_t i = 0; i < sizeof stack; i += 1024)
        stack[i] = 0;
}

/* In the child: does the work with so many bytes more than it has now. */
static void
bounded_child(const struct job *job, size_t bytes)
{
    grow_stack();
    malloc_trim(0);

    size_t limit = address_space() + bytes;

    alarm(CHILD_SECONDS);
    if (setrlimit(RLIMIT_AS, &(struct rlimit){limit, limit}) != 0)
        _exit(CHILD_BAD_MESSAGE);
    memset(&err, 0, sizeof err);
    _exit((int)job->work());
}

/* From none to plenty; the last try is the first that has enough. */
static void
bound_each(const struct job *job)
{
    struct tally t = {0};

    for (size_t kb = 0; kb < 64 * 1024 && t.ok == 0 && t.bad < 10; kb += 16) {
        int status = 0;
        pid_t pid;

        if (job->copy)
            copy_tree(base(), in_work_dir("copy"));
        pid = fork();
        if (pid == 0)
            bounded_child(job, kb * 1024);
        if (!CHECK(pid > 0 && waitpid(pid, &status, 0) == pid))
            return;
        count_end(&t, job, status, "KB", kb);
        if (job->copy)
            check_state(&t, job, "KB", kb);
    }
    CHECK_INT(t.bad, 0);
    CHECK_INT(t.other, 0);
    CHECK_INT(t.ok, 1);
    CHECK(t.nomem > 0);
}

static void
bounded_memory(void)
{
    if (sanitized)
        SKIP("a sanitizer needs more address space than any bound");
    bound_each(&values_job);
    bound_each(&operators_job);
    bound_each(&group_job);
    bound_each(&memory_job);
}

/* ---- setting up ---- */

static void
make_base(void)
{
    xc_db *db = NULL;

    CHECK_OK(xc_db_open_write(&db, base(), XC_CREATE, 2048, &err));
    CHECK_OK(add_words(db, "coffee and coffee and a word", "b", "one"));
    CHECK_OK(add_words(db, "a quota of words", "c", "one"));
    CHECK_OK(add_words(db, "world coffee quota", "d", "two"));
    CHECK_OK(xc_db_set_metadata(db, "key", 3, "value", 5, &err));
    CHECK_OK(xc_db_add_spelling(db, "coffee", 6, 3, &err));
    CHECK_OK(xc_db_add_synonym(db, "coffee", 6, "bean", 4, &err));
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
}

/* Runs this program anew under the library; comes back where it cannot. */
static void
preload(char **argv)
{
    const char *library = getenv("FAILMALLOC_SO");

    if (!library || !*library || getenv("T_XAPIAN_PRELOADED"))
        return;
    setenv("LD_PRELOAD", library, 1);
    setenv("T_XAPIAN_PRELOADED", "1", 1);
    execv("/proc/self/exe", argv);
}

int
main(int argc, char **argv)
{
    (void)argc;
    preload(argv);
    unsetenv("LD_PRELOAD");
    *(void **)&arm = dlsym(RTLD_DEFAULT, "failmalloc_arm");
    *(void **)&counted = dlsym(RTLD_DEFAULT, "failmalloc_count");
    /* a bound means less while much is kept that was given back */
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    make_work_dir();
    make_base();
    RUN(reading_without_memory);
    RUN(lists_without_memory);
    RUN(creating_without_memory);
    RUN(updating_without_memory);
    RUN(dropping_without_memory);
    RUN(retrying_without_memory);
    RUN(queries_without_memory);
    RUN(errors_without_memory);
    RUN(searching_without_memory);
    RUN(expanding_without_memory);
    RUN(compacting_without_memory);
    RUN(checking_without_memory);
    RUN(values_without_memory);
    RUN(operators_without_memory);
    RUN(groups_without_memory);
    RUN(in_memory_without_memory);
    RUN(memory_that_stays_gone);
    RUN(bounded_memory);
    remove_work_dir();
    return test_end();
}
