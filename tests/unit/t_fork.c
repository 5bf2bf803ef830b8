/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_fork.c - a process that forks while it changes an archive, or reads it
 *
 * Whatever the child does with its copy of the update, and whenever: it does
 * not hang, and the parent's commit is whole, as is the archive's lock.  What
 * reads can be used on by both.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../common/segment/file/spool.h"
#include "scratch.h"

enum { BEFORE = 120, BEHIND = 80 }; /* articles, of the fork */

static char dir[200], path[300];
static const char *engine;
static struct morgue_error err;

/* ---- articles ----------------------------------------------------------- */

static void
add(morgue_update *u, int first, int n)
{
    for (int i = first; i < first + n; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;
        char id[20], body[4000] = "Export quotas were agreed.";

        for (size_t k = strlen(body); k + 20 < sizeof body; k = strlen(body))
            snprintf(body + k, 20, " word%d", (i * 31 + (int)k) % 5000);
        snprintf(id, sizeof id, "a%d", i);
        a.id = str_of(id);
        a.title = STR("Coffee");
        a.body = str_of(body);
        CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    }
}

static morgue_update *
begin(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    o.threads = 3;
    o.memory = 1 << 20; /* so that runs are written meanwhile */
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    return u;
}

static void
new_archive(const char *name)
{
    snprintf(path, sizeof path, "%s/%s-%s", dir, name, engine);
}

/* Nothing is wrong with the archive, it has so many articles, and nothing is
 * left over. */
static void
check_archive(uint64_t articles)
{
    struct file_names names = {0};
    morgue_hits *hits = NULL;
    morgue *m = NULL;

    CHECK_INT(morgue_check(path, NULL, NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_search(&hits, m, "coffee", NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_hits_total(hits, NULL), articles);
    morgue_hits_free(hits);
    morgue_close(m);
    CHECK_INT(file_list(&names, path, &err), MORGUE_OK);
    for (size_t i = 0; i < names.n; i++)
        CHECK(strncmp(names.name[i], "spool", 5) != 0 &&
              strncmp(names.name[i], "run-", 4) != 0);
    file_names_free(&names);
}

/* ---- children ----------------------------------------------------------- */

static int to_child[2];

/* Wait in the child until the parent says so. */
static void
wait_for_parent(void)
{
    char c;

    while (read(to_child[0], &c, 1) < 0)
        ;
}

static void
let_child_go(void)
{
    CHECK(write(to_child[1], "", 1) == 1);
}

/* Whether all that changes an update is refused. */
static bool
is_refused(morgue_update *u)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    morgue_update *own = NULL;

    a.id = a.title = STR("a child's");
    return morgue_update_add(u, &a, &err) == MORGUE_USAGE &&
           strstr(err.message, "process") &&
           morgue_update_add_source(u, "/etc/passwd", &err) == MORGUE_USAGE &&
           morgue_update_remove(u, "a1", NULL, &err) == MORGUE_USAGE &&
           morgue_update_commit(u, NULL, &err) == MORGUE_USAGE &&
           morgue_update_open(&own, path, NULL, &err) == MORGUE_BUSY;
}

static int
closes(morgue_update *u)
{
    bool refused = is_refused(u);

    morgue_update_close(u);
    return refused ? 0 : 1;
}

static int
closes_late(morgue_update *u)
{
    wait_for_parent();
    morgue_update_close(u);
    return 0;
}

static int
ends(morgue_update *u)
{
    (void)u;
    _exit(0);
}

/* No file of the archive is open in what is run, but for iamglass, which
 * libxapian opens for an instant without O_CLOEXEC. */
static int
runs_another(morgue_update *u)
{
    (void)u;
    setenv("ARCHIVE", path, 1);
    execl("/bin/sh", "sh", "-c",
          "for f in /proc/$$/fd/*; do case $(readlink $f) in "
          "*/iamglass) ;; "
          "\"$ARCHIVE\"*) readlink $f >&2; exit 1 ;; esac; done",
          (char *)NULL);
    return 2;
}

static pid_t
fork_for(int (*child)(morgue_update *), morgue_update *u)
{
    pid_t pid;

    CHECK(pipe(to_child) == 0);
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        alarm(100); /* which only who hangs sees */
        _exit(child(u));
    }
    CHECK(pid > 0);
    return pid;
}

static void
wait_for(pid_t pid)
{
    int status = 0;

    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK_INT(status, 0);
    close(to_child[0]);
    close(to_child[1]);
}

/* ---- updates ------------------------------------------------------------ */

/* In the child of a process with threads, malloc and free of the C library
 * work; those of the address sanitizer may wait for a thread that is not. */
#if defined(__SANITIZE_ADDRESS__)
#define NEED_MALLOC() SKIP("the sanitizer's malloc hangs in forked children")
#else
#define NEED_MALLOC() (void)0
#endif

/* Fork in a new archive and in one that is there: the child does what it does
 * in the midst of it. */
static void
fork_in_an_update(int (*child)(morgue_update *))
{
    for (int round = 0; round < 2; round++) {
        morgue_update *u = begin();

        add(u, round * 1000, BEFORE);
        wait_for(fork_for(child, u));
        add(u, round * 1000 + BEFORE, BEHIND);
        CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
        morgue_update_close(u);
        check_archive((uint64_t)(round + 1) * (BEFORE + BEHIND));
    }
}

static void
a_child_closes_it(void)
{
    NEED_MALLOC();
    new_archive("close");
    fork_in_an_update(closes);
}

static void
a_child_ends(void)
{
    new_archive("end");
    fork_in_an_update(ends);
}

static void
a_child_runs_another_program(void)
{
    new_archive("exec");
    fork_in_an_update(runs_another);
}

/* The child has a copy of the lock, which does not hold up the parent, and
 * closing it late takes nothing from the parent's next update. */
static void
a_child_lives_on(void)
{
    morgue_update *u, *third = NULL;
    pid_t pid;

    NEED_MALLOC();
    new_archive("late");
    u = begin();
    add(u, 0, BEFORE);
    pid = fork_for(closes_late, u);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    u = begin();
    if (u)
        add(u, 1000, BEFORE);
    let_child_go();
    wait_for(pid);
    CHECK_INT(morgue_update_open(&third, path, NULL, &err), MORGUE_BUSY);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    check_archive(2 * BEFORE);
}

/* What the parent drops is dropped, with the directory that it made. */
static void
the_parent_drops_it(void)
{
    morgue_update *u;
    pid_t pid;

    NEED_MALLOC();
    new_archive("drop");
    u = begin();
    add(u, 0, BEFORE);
    pid = fork_for(closes_late, u);
    morgue_update_close(u);
    CHECK(file_kind(path) == FILE_NONE);
    let_child_go();
    wait_for(pid);
    CHECK(file_kind(path) == FILE_NONE);
}

/* ---- readers ------------------------------------------------------------ */

static morgue *reader;
static morgue_hits *found;

static bool
reads(void)
{
    struct morgue_stats stats = MORGUE_STATS_INIT;
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue_hits *hits = NULL;
    morgue_text *t = NULL;
    bool good = morgue_hits_get(found, 3, &hit) &&
                !morgue_hits_snippet(found, 3, &snippet, NULL) &&
                snippet.mark_n > 0 &&
                !morgue_search(&hits, reader, "quotas", NULL, NULL) &&
                morgue_hits_total(hits, NULL) == BEFORE &&
                !morgue_get(&t, reader, "a7", NULL) &&
                morgue_text_article(t)->body.len > 3000 &&
                !morgue_refresh(reader, NULL) &&
                !morgue_stat(reader, &stats, NULL) && stats.articles == BEFORE;

    morgue_hits_free(hits);
    morgue_text_free(t);
    return good;
}

static int
reads_and_closes(morgue_update *u)
{
    bool good = reads();

    (void)u;
    morgue_hits_free(found);
    morgue_close(reader);
    return good ? 0 : 1;
}

static void
both_read_on(void)
{
    morgue_update *u;
    pid_t pid;

    new_archive("read");
    u = begin();
    add(u, 0, BEFORE);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    CHECK_INT(morgue_open(&reader, path, &err), MORGUE_OK);
    CHECK_INT(morgue_search(&found, reader, "export", NULL, &err), MORGUE_OK);
    pid = fork_for(reads_and_closes, NULL);
    CHECK(reads());
    wait_for(pid);
    CHECK(reads());
    morgue_hits_free(found);
    morgue_close(reader);
}

/* ---- what is open for a while ------------------------------------------- */

static void
spools_end_with_exec(void)
{
    struct spool s;
    struct dir d;
    bool made;
    int flags;

    new_archive("spool");
    CHECK_INT(dir_make(&d, path, &made, &err), MORGUE_OK);
    spool_init(&s, &d, 3);
    buf_str(&s.buf, STR("four"));
    CHECK_INT(spool_status(&s, &err), MORGUE_OK);
    flags = fcntl(s.fd, F_GETFD);
    CHECK(flags >= 0 && (flags & FD_CLOEXEC));
    spool_free(&s);
    dir_close(&d);
}

/* ---- for each engine ---------------------------------------------------- */

static void
run_for(const char *name)
{
    engine = name;
    RUN_ON(name, a_child_closes_it);
    RUN_ON(name, a_child_ends);
    RUN_ON(name, a_child_runs_another_program);
    RUN_ON(name, a_child_lives_on);
    RUN_ON(name, the_parent_drops_it);
    RUN_ON(name, both_read_on);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "fork"))
        return 1;
    run_for("segment");
    run_for("xapian");
    RUN(spools_end_with_exec);
    return scratch_drop(dir) ? test_end() : 1;
}
