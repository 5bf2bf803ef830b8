/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_xapian_remote.c - databases of a server, through the binding
 *
 * The server is Xapian's own xapian-tcpsrv, on the loopback interface; where
 * there is none the cases are skipped.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "help.h"

enum { WAIT_MS = 5000 };

static pid_t server;
static unsigned port;

/* A port that was free just now; 0 for none. */
static unsigned
free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t len = sizeof at;
    unsigned found = 0;
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (s >= 0 && bind(s, (struct sockaddr *)&at, sizeof at) == 0 &&
        getsockname(s, (struct sockaddr *)&at, &len) == 0)
        found = ntohs(at.sin_port);
    if (s >= 0)
        close(s);
    return found;
}

static void
pause_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};

    nanosleep(&t, NULL);
}

static void
stop_server(void)
{
    if (server > 0) {
        kill(server, SIGTERM);
        waitpid(server, NULL, 0);
    }
    server = 0;
}

/* Serves the database `name`; false where that cannot be done. */
static bool
start_server(const char *name, bool writable)
{
    char number[20];

    port = free_port();
    snprintf(number, sizeof number, "%u", port);
    fflush(stdout);
    server = fork();
    if (server == 0) {
        /* told to end, it ends all of its process group */
        if (setpgid(0, 0) != 0)
            _exit(127);
        if (!freopen("/dev/null", "w", stdout) ||
            !freopen("/dev/null", "w", stderr))
            _exit(127);
        if (writable)
            execlp("xapian-tcpsrv", "xapian-tcpsrv", "--interface",
                   "127.0.0.1", "--port", number, "--writable",
                   in_work_dir(name), (char *)NULL);
        else
            execlp("xapian-tcpsrv", "xapian-tcpsrv", "--interface",
                   "127.0.0.1", "--port", number, in_work_dir(name),
                   (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 50 && server > 0; i++) {
        xc_db *db = NULL;

        if (xc_db_open_remote(&db, "127.0.0.1", port, WAIT_MS, WAIT_MS,
                              NULL) == XC_OK) {
            xc_db_close(db);
            return true;
        }
        if (waitpid(server, NULL, WNOHANG) == server) {
            server = 0;
            return false;
        }
        pause_ms(100);
    }
    stop_server();
    return false;
}

static void
make_db(void)
{
    xc_db *db = NULL;

    CHECK_OK(xc_db_open_write(&db, in_work_dir("served"), XC_CREATE, 0, &err));
    CHECK_OK(add_words(db, "coffee and tea", "a", "one"));
    CHECK_OK(add_words(db, "tea and more tea", "b", "one"));
    CHECK_OK(xc_db_add_spelling(db, "coffee", 6, 1, &err));
    CHECK_OK(xc_db_add_synonym(db, "tea", 3, "cha", 3, &err));
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
}

static void
reads_over_the_wire(void)
{
    xc_db *db = NULL;
    xc_query *q = NULL;
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    xc_doc *doc = NULL;
    xc_iter *it = NULL;
    struct xc_db_info info;
    struct xc_hit hit;
    const char *data;
    size_t len;
    bool more;

    if (!start_server("served", false))
        SKIP("no xapian-tcpsrv");
    CHECK_OK(
        xc_db_open_remote(&db, "127.0.0.1", port, WAIT_MS, WAIT_MS, &err));
    CHECK_OK(xc_db_keep_alive(db, &err));
    CHECK_OK(xc_db_get_info(&info, db, &err));
    CHECK_INT(info.documents, 2);
    CHECK_OK(xc_query_term(&q, "tea", 3, 1, 0, &err));
    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    CHECK_OK(xc_enquire_set_bm25(e, 1.2, 0, 1, 0.75, 0, &err));
    CHECK_OK(xc_enquire_add_facet(e, 1, &err));
    CHECK_OK(xc_enquire_mset(&m, e, 0, 9, 100, &err));
    CHECK_OK(xc_mset_hit(&hit, m, 0, &err));
    CHECK_INT(hit.id, 2);
    CHECK_OK(xc_mset_document(&doc, m, 0, &err));
    CHECK_OK(xc_doc_data(&data, &len, doc, &err));
    CHECK_BYTES(data, len, "tea and more tea");
    CHECK_OK(xc_mset_facet(&it, m, 0, 9, &err));
    CHECK_OK(xc_iter_next(&more, it, &err));
    CHECK(more);
    CHECK_INT(xc_iter_freq(it), 2);
    xc_iter_free(it);
    xc_doc_free(doc);
    xc_mset_free(m);
    xc_enquire_free(e);
    xc_query_free(q);
    xc_db_close(db);
    stop_server();
}

/* The list ends at once. */
static void
check_empty(enum xc_status st, xc_iter *it)
{
    bool more = true;

    CHECK_OK(st);
    if (st)
        return;
    CHECK_OK(xc_iter_next(&more, it, &err));
    CHECK(!more);
    xc_iter_free(it);
}

static void
what_a_server_does_not_do_is_told(void)
{
    static const uint32_t slot[] = {0, 1};
    static const bool descending[] = {false, true};
    xc_db *db = NULL;
    xc_query *q = NULL;
    xc_enquire *e = NULL;
    xc_mset *m = NULL;
    xc_iter *it = NULL;
    uint64_t revision;
    const char *word;
    size_t len;
    enum xc_status st;

    if (!start_server("served", false))
        SKIP("no xapian-tcpsrv");
    CHECK_OK(
        xc_db_open_remote(&db, "127.0.0.1", port, WAIT_MS, WAIT_MS, &err));
    CHECK_STATUS(xc_db_revision(&revision, db, &err), XC_UNIMPLEMENTED);
    CHECK_OK(xc_db_suggest(&word, &len, db, "coffe", 5, 2, &err));
    CHECK_INT(len, 0);
    st = xc_iter_spellings(&it, db, &err);
    check_empty(st, it);
    st = xc_iter_synonyms(&it, db, "tea", 3, &err);
    check_empty(st, it);
    CHECK_OK(xc_query_term(&q, "tea", 3, 1, 0, &err));
    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    CHECK_OK(
        xc_enquire_set_sort_key(e, XC_SORT_VALUE, slot, descending, 2, &err));
    CHECK_STATUS(xc_enquire_mset(&m, e, 0, 9, 0, &err), XC_UNIMPLEMENTED);
    CHECK(m == NULL);
    xc_enquire_free(e);
    xc_query_free(q);
    xc_db_close(db);
    stop_server();
}

static enum xc_status
start_nothing(void **state, struct xc_source_bounds *bounds, xc_db *db,
              void *payload, xc_error *e)
{
    (void)state, (void)bounds, (void)db, (void)payload, (void)e;
    return XC_OK;
}

static enum xc_status
seek_nothing(uint32_t *id, uint32_t at, void *state, xc_error *e)
{
    (void)id, (void)at, (void)state, (void)e;
    return XC_OK;
}

static enum xc_status
look_away(uint32_t id, double weight, xc_doc *doc, void *payload, xc_error *e)
{
    (void)id, (void)weight, (void)doc, (void)payload, (void)e;
    return XC_OK;
}

static void
nothing_is_called_back_from_a_server(void)
{
    static const struct xc_source nothing = {.start = start_nothing,
                                             .seek = seek_nothing};
    xc_db *db = NULL;
    xc_query *q = NULL;
    xc_enquire *e = NULL;
    xc_mset *m = NULL;

    if (!start_server("served", false))
        SKIP("no xapian-tcpsrv");
    CHECK_OK(
        xc_db_open_remote(&db, "127.0.0.1", port, WAIT_MS, WAIT_MS, &err));
    CHECK_OK(xc_enquire_new(&e, db, &err));
    CHECK_OK(xc_query_source(&q, &nothing, NULL, &err));
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    CHECK_STATUS(xc_enquire_mset(&m, e, 0, 9, 0, &err), XC_UNIMPLEMENTED);
    CHECK_STR(err.message,
              "a source of the application cannot be sent to a server");
    xc_query_free(q);
    CHECK_OK(xc_query_term(&q, "tea", 3, 1, 0, &err));
    CHECK_OK(xc_enquire_set_query(e, q, 0, &err));
    CHECK_OK(xc_enquire_set_spy(e, look_away, NULL, &err));
    CHECK_STATUS(xc_enquire_mset(&m, e, 0, 9, 0, &err), XC_UNIMPLEMENTED);
    CHECK_STR(err.message,
              "a spy of the application cannot be sent to a server");
    CHECK(!m);
    xc_enquire_free(e);
    xc_query_free(q);
    xc_db_close(db);
    stop_server();
}

/* Both halves are one database to search, with weights of the whole. */
static void
local_and_remote_are_searched_as_one(void)
{
    xc_db *all = NULL, *other = NULL;
    uint32_t n = 0;

    if (!start_server("served", false))
        SKIP("no xapian-tcpsrv");
    CHECK_OK(xc_db_open(&all, in_work_dir("served"), &err));
    CHECK_OK(
        xc_db_open_remote(&other, "127.0.0.1", port, WAIT_MS, WAIT_MS, &err));
    CHECK_OK(xc_db_add_database(all, other, &err));
    xc_db_close(other);
    CHECK_OK(xc_db_freq(&n, NULL, all, "tea", 3, &err));
    CHECK_INT(n, 4);
    xc_db_close(all);
    stop_server();
}

/* How many documents there are once the server's child has let go. */
static uint32_t
settled_documents(void)
{
    xc_db *db = NULL;
    enum xc_status st = XC_LOCKED;

    for (int i = 0; i < 50 && st == XC_LOCKED; i++) {
        st = xc_db_open_write(&db, in_work_dir("served"), XC_OPEN, 0, &err);
        if (st == XC_LOCKED)
            pause_ms(100);
    }
    CHECK_OK(st);
    xc_db_close(db);
    return documents_at(in_work_dir("served"));
}

static void
writes_over_the_wire(void)
{
    xc_db *db = NULL;

    if (!start_server("served", true))
        SKIP("no xapian-tcpsrv");
    CHECK_OK(xc_db_open_remote_write(&db, "127.0.0.1", port, WAIT_MS, WAIT_MS,
                                     &err));
    CHECK_OK(add_words(db, "a third", NULL, NULL));
    CHECK_STATUS(xc_db_delete(db, 99, &err), XC_NOT_FOUND);
    CHECK_STATUS(xc_db_add_synonym(db, "tea", 3, "te", 2, &err),
                 XC_UNIMPLEMENTED);
    CHECK_OK(xc_db_commit(db, &err));
    CHECK_INT(documents_at(in_work_dir("served")), 3);
    CHECK_OK(add_words(db, "a fourth, to be dropped", NULL, NULL));
    xc_db_close(db);
    CHECK_INT(settled_documents(), 3);
    CHECK_OK(xc_db_open_remote_write(&db, "127.0.0.1", port, WAIT_MS, WAIT_MS,
                                     &err));
    CHECK_OK(xc_db_begin(db, true, &err));
    CHECK_OK(add_words(db, "a fourth, to be dropped", NULL, NULL));
    xc_db_close(db);
    CHECK_INT(settled_documents(), 3);
    stop_server();
}

static void
no_server_is_told(void)
{
    xc_db *db = NULL;

    CHECK_STATUS(
        xc_db_open_remote(&db, "127.0.0.1", free_port(), 1000, 1000, &err),
        XC_NETWORK);
    CHECK(db == NULL);
}

static void
a_server_that_goes_is_told(void)
{
    xc_db *db = NULL;
    xc_iter *it = NULL;
    bool more = true;
    enum xc_status st;

    if (!start_server("served", false))
        SKIP("no xapian-tcpsrv");
    CHECK_OK(
        xc_db_open_remote(&db, "127.0.0.1", port, WAIT_MS, WAIT_MS, &err));
    stop_server();
    /* the child that serves this connection may outlive it: both are fine */
    st = xc_iter_terms(&it, db, "", 0, &err);
    if (st == XC_OK)
        st = xc_iter_next(&more, it, &err);
    CHECK(st == XC_OK || st == XC_NETWORK);
    xc_iter_free(it);
    xc_db_close(db);
}

/* Something listens, and never says a word. */
static void
silence_is_told(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t len = sizeof at;
    xc_db *db = NULL;
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(s, (struct sockaddr *)&at, sizeof at) == 0 &&
          listen(s, 1) == 0 &&
          getsockname(s, (struct sockaddr *)&at, &len) == 0);
    CHECK_STATUS(xc_db_open_remote(&db, "127.0.0.1", ntohs(at.sin_port), 300,
                                   300, &err),
                 XC_TIMEOUT);
    close(s);
}

int
main(void)
{
    make_work_dir();
    make_db();
    RUN(reads_over_the_wire);
    RUN(what_a_server_does_not_do_is_told);
    RUN(nothing_is_called_back_from_a_server);
    RUN(local_and_remote_are_searched_as_one);
    RUN(writes_over_the_wire);
    RUN(no_server_is_told);
    RUN(a_server_that_goes_is_told);
    RUN(silence_is_told);
    stop_server();
    remove_work_dir();
    return test_end();
}
