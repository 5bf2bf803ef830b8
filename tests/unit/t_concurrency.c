/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_concurrency.c - readers while a writer commits and compacts
 *
 * Commit k, from 1, adds one article and writes all others anew, so that the
 * archive then has START + k articles, each with the title "state k" and the
 * word `common`.  What a reader finds is a state of a single commit if there
 * are START + k hits and all of them say k.
 *
 *   - A reader that was opened before 20 commits gives the same hits, scores,
 *     snippets and articles after each of them, until it is refreshed.
 *   - A check beside a writer finds no damage.
 *   - Readers in other processes search all the time while 50 commits and
 *     compactions are made: no call fails, each answer is of one commit, and
 *     none is older than one before.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../common/base/buf.h"
#include "../../searcher/handle.h"
#include "scratch.h"

enum { START = 12, READERS = 2 };

static char dir[200];
static const char *engine;

static struct morgue_str
text(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

static enum morgue_status
write_state(const char *path, unsigned k, struct morgue_error *err)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    enum morgue_status st;

    o.engine = engine;
    o.threads = 1 + k % 2;
    st = morgue_update_open(&u, path, &o, err);
    for (unsigned i = 0; i < START + k && !st; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;
        char id[20], title[40], body[200];

        snprintf(id, sizeof id, "a%u", i);
        snprintf(title, sizeof title, "state %u", k);
        snprintf(body, sizeof body,
                 "A common text, number %u, in its version of state%u. "
                 "Every article has words in common%s.",
                 i, k, i % 2 ? ", this one more" : "");
        a.id = text(id);
        a.title = text(title);
        a.body = text(body);
        a.lang = text("en");
        if (i % 3)
            a.date = (struct morgue_date){.seconds = 86400 * (int64_t)(i % 5),
                                          .precision = MORGUE_DATE_DAY};
        st = morgue_update_add(u, &a, err);
    }
    if (!st)
        st = morgue_update_commit(u, NULL, err);
    morgue_update_close(u);
    return st;
}

/* ---- a reader that stays ---- */

static const char *const queries[] = {"common", "\"common text\"",
                                      "this -number", "lang:en", "state"};
enum { QUERIES = sizeof queries / sizeof *queries };

static enum morgue_status
print_article(struct buf *out, const struct session *m, struct arena *arena,
              uint64_t number, struct morgue_error *err)
{
    struct morgue_article a;
    enum morgue_status st =
        engine_article(&a, m->reader, arena, number, true, err);

    if (!st)
        buf_printf(out, "%s: %s\n", a.id.s, a.body.s);
    return st;
}

/* All that the reader itself says, below what refreshes it unasked. */
static enum morgue_status
print_session(struct buf *out, const struct session *m,
              struct morgue_error *err)
{
    static const char *const terms[] = {"common", "text", "this", "Zstate"};
    struct engine_params p = {
        .k1 = 1.2, .b = 0.75, .limit = 100, .exact_total = true};
    struct engine_hits hits;
    struct engine_counts counts;
    struct arena arena;
    enum morgue_status st = engine_counts(&counts, m->reader, err);

    buf_reset(out);
    arena_init(&arena, SIZE_MAX / 2);
    buf_printf(out, "%llu %llu %.17g\n", (unsigned long long)counts.articles,
               (unsigned long long)counts.terms, counts.mean_length);
    for (size_t i = 0; i < sizeof terms / sizeof *terms && !st; i++) {
        st = engine_search(&hits, m->reader, &arena,
                           query_term(&arena, text(terms[i]), 1), &p, err);
        for (size_t k = 0; !st && k < hits.n; k++) {
            buf_printf(out, "%.17g ", hits.hit[k].score);
            st = print_article(out, m, &arena, hits.hit[k].number, err);
        }
    }
    arena_free(&arena);
    return st;
}

static enum morgue_status
print_reader(struct buf *out, morgue *m, struct morgue_error *err)
{
    struct session *s;
    enum morgue_status st = session_begin(&s, m, 0, err);

    if (!st)
        st = print_session(out, s, err);
    session_end(m, s);
    return st;
}

static enum morgue_status
print_hits(struct buf *out, morgue *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;

    buf_reset(out);
    for (size_t i = 0; i < QUERIES && !st; i++) {
        morgue_hits *hits = NULL;

        st = morgue_search(&hits, m, queries[i], NULL, err);
        for (size_t k = 0; !st && morgue_hits_get(hits, k, &hit); k++) {
            st = morgue_hits_snippet(hits, k, &snippet, err);
            buf_printf(out, "%s %.17g %s %s\n", hit.id.s, hit.score,
                       hit.title.s, snippet.text.s);
        }
        morgue_hits_free(hits);
    }
    return st;
}

static void
an_old_reader_keeps_its_state(void)
{
    struct morgue_error err = {.message = ""};
    struct buf reader, hits, now;
    morgue *m = NULL;
    char path[300];

    buf_init(&reader, 1 << 20);
    buf_init(&hits, 1 << 20);
    buf_init(&now, 1 << 20);
    snprintf(path, sizeof path, "%s/old-%s", dir, engine);
    CHECK_INT(write_state(path, 1, &err), MORGUE_OK);
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(print_reader(&reader, m, &err), MORGUE_OK);
    CHECK_INT(print_hits(&hits, m, &err), MORGUE_OK);
    CHECK(hits.len > 500 && reader.len > 500);
    for (unsigned k = 2; k <= 21; k++) {
        CHECK_INT(write_state(path, k, &err), MORGUE_OK);
        if (k % 7 == 0)
            CHECK_INT(morgue_compact(path, &err), MORGUE_OK);
        CHECK_INT(print_reader(&now, m, &err), MORGUE_OK);
        CHECK_STR(buf_view(&now).s, buf_view(&reader).s);
        CHECK_INT(print_hits(&now, m, &err), MORGUE_OK);
        CHECK_STR(buf_view(&now).s, buf_view(&hits).s);
    }
    CHECK_INT(morgue_refresh(m, &err), MORGUE_OK);
    CHECK_INT(print_hits(&now, m, &err), MORGUE_OK);
    CHECK(strstr(buf_view(&now).s, "state 21") != NULL);
    CHECK(strstr(buf_view(&now).s, "state 1 ") == NULL);
    morgue_close(m);
    buf_free(&reader);
    buf_free(&hits);
    buf_free(&now);
}

/* ---- readers in other processes ---- */

static void
complain(const char *what)
{
    fprintf(stderr, "reader %d of %s: %s\n", (int)getpid(), engine, what);
}

/* The number of the state that all hits are of; 0, and says why, where they
 * are of none. */
static unsigned
state_seen(morgue *m, const char *query)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_error err;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue_hits *hits = NULL;
    unsigned k = 0, n = 0, said = 0;
    bool exact;

    o.limit = 1000;
    o.exact_total = true;
    if (morgue_search(&hits, m, query, &o, &err)) {
        complain(err.message);
        return 0;
    }
    for (; morgue_hits_get(hits, n, &hit); n++) {
        if (sscanf(hit.title.s, "state %u", &k) != 1 || (n > 0 && k != said)) {
            complain(hit.title.s);
            k = 0;
            break;
        }
        said = k;
    }
    if (k > 0 && (n != START + k || morgue_hits_total(hits, &exact) != n)) {
        fprintf(stderr, "%u hits in state %u\n", n, k);
        k = 0;
    }
    morgue_hits_free(hits);
    return k;
}

/* One article of the state; false where that fails. */
static bool
article_is_there(morgue *m, unsigned k)
{
    struct morgue_error err;
    morgue_text *t = NULL;
    unsigned said = 0;
    char id[20];

    snprintf(id, sizeof id, "a%u", k % (START + k));
    if (morgue_get(&t, m, id, &err)) {
        complain(err.message);
        return false;
    }
    if (sscanf(morgue_text_article(t)->title.s, "state %u", &said) != 1 ||
        said != k) {
        complain(morgue_text_article(t)->title.s);
        said = 0;
    }
    morgue_text_free(t);
    return said > 0;
}

static bool
look_again(morgue **m, const char *path, unsigned round)
{
    struct morgue_error err;
    enum morgue_status st;

    if (round % 3 == 0) {
        morgue_close(*m);
        st = morgue_open(m, path, &err);
    } else {
        st = morgue_refresh(*m, &err);
    }
    if (st)
        complain(err.message);
    return st == MORGUE_OK;
}

/* Reads until state `last` is seen; how often it looked, or -1. */
static int
read_until(const char *path, unsigned last)
{
    unsigned k = 1, before = 1, rounds = 0;
    bool good = true;
    morgue *m = NULL;

    alarm(300);
    for (; good && before < last; rounds++) {
        good = look_again(&m, path, rounds);
        for (unsigned i = 0; good && i < 4; i++) {
            k = state_seen(m, i % 2 ? "\"common text\"" : "common");
            if (k > 0 && (k < before || (i > 0 && k != before)))
                complain("a state that is over, or not asked for");
            good = k >= before && (i == 0 || k == before);
            before = k;
        }
        good = good && article_is_there(m, before);
    }
    morgue_close(m);
    return good ? (int)rounds : -1;
}

static void
readers_see_single_commits(void)
{
    enum { COMMITS = 50 };
    struct morgue_error err = {.message = ""};
    pid_t pid[READERS];
    char path[300];
    int status;

    snprintf(path, sizeof path, "%s/many-%s", dir, engine);
    CHECK_INT(write_state(path, 1, &err), MORGUE_OK);
    for (int i = 0; i < READERS; i++) {
        fflush(NULL);
        pid[i] = fork();
        if (pid[i] == 0)
            _exit(read_until(path, COMMITS) > 0 ? 0 : 1);
        CHECK(pid[i] > 0);
    }
    for (unsigned k = 2; k <= COMMITS; k++) {
        CHECK_INT(write_state(path, k, &err), MORGUE_OK);
        if (k % 5 == 0)
            CHECK_INT(morgue_compact(path, &err), MORGUE_OK);
    }
    for (int i = 0; i < READERS; i++) {
        CHECK(waitpid(pid[i], &status, 0) == pid[i]);
        CHECK_INT(status, 0);
    }
    CHECK_INT(morgue_check(path, NULL, NULL, &err), MORGUE_OK);
}

/* ---- checking ---- */

/* Check until `last` states were written; whether no check found anything. */
static bool
check_until(const char *path, unsigned last)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_error err = {.message = ""};
    unsigned k = 0;
    morgue *m = NULL;

    alarm(300);
    while (st == MORGUE_OK && k < last) {
        for (int i = 0; i < 20 && st == MORGUE_OK; i++)
            st = morgue_check(path, NULL, NULL, &err);
        if (!st)
            st = morgue_open(&m, path, &err);
        if (!st)
            k = state_seen(m, "common");
        morgue_close(m);
        m = NULL;
    }
    if (st)
        complain(err.message);
    return st == MORGUE_OK;
}

static void
checks_find_nothing_beside_a_writer(void)
{
    enum { COMMITS = 60 };
    struct morgue_error err = {.message = ""};
    char path[300];
    int status;
    pid_t pid;

    snprintf(path, sizeof path, "%s/checked-%s", dir, engine);
    CHECK_INT(write_state(path, 1, &err), MORGUE_OK);
    fflush(NULL);
    pid = fork();
    if (pid == 0)
        _exit(check_until(path, COMMITS) ? 0 : 1);
    for (unsigned k = 2; k <= COMMITS; k++) {
        CHECK_INT(write_state(path, k, &err), MORGUE_OK);
        if (k % 3 == 0)
            CHECK_INT(morgue_compact(path, &err), MORGUE_OK);
    }
    CHECK_INT(waitpid(pid, &status, 0), pid);
    CHECK_INT(status, 0);
}

/* ---- for each engine ---- */

static void
run_for(const char *name)
{
    engine = name;
    RUN_ON(name, an_old_reader_keeps_its_state);
    RUN_ON(name, readers_see_single_commits);
    RUN_ON(name, checks_find_nothing_beside_a_writer);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "concurrency"))
        return 1;
    run_for("xapian");
    run_for("segment");
    return scratch_drop(dir) ? test_end() : 1;
}
