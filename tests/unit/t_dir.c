/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_dir.c - the directory of an archive: its files, what is not one, locks
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../common/base/dir.h"
#include "scratch.h"

static char path[200];
static struct dir d;

static char *
path_of(const char *name)
{
    static char whole[300];

    snprintf(whole, sizeof whole, "%s/%s", path, name);
    return whole;
}

/* What file `name` has, or "" where it cannot be read. */
static const char *
content(const char *name)
{
    static char bytes[100];
    FILE *f = fopen(path_of(name), "r");
    size_t n = f ? fread(bytes, 1, sizeof bytes - 1, f) : 0;

    bytes[n] = '\0';
    if (f)
        fclose(f);
    return bytes;
}

static size_t
count_names(void)
{
    struct file_names names;
    size_t n;

    CHECK_INT(dir_list(&names, &d, NULL), MORGUE_OK);
    n = names.n;
    file_names_free(&names);
    return n;
}

static void
directories_are_opened(void)
{
    struct dir other;
    struct morgue_error err;
    bool made;

    CHECK_INT(dir_open(&other, path_of("none"), &err), MORGUE_NO_ARCHIVE);
    CHECK_INT(err.status, MORGUE_NO_ARCHIVE);
    CHECK_INT(dir_make(&other, path_of("new"), &made, &err), MORGUE_OK);
    CHECK(made && other.path[0] == '/');
    dir_close(&other);
    CHECK_INT(dir_make(&other, path_of("new"), &made, &err), MORGUE_OK);
    CHECK(!made);
    dir_close(&other);
    dir_close(&other);
    CHECK_INT(symlink("new", path_of("link")), 0);
    CHECK_INT(dir_open(&other, path_of("link"), &err), MORGUE_OK);
    dir_close(&other);
    CHECK_INT(dir_open_in(&other, &d, "link", &err), MORGUE_DAMAGED);
    CHECK_INT(dir_open_in(&other, &d, "new", &err), MORGUE_OK);
    dir_close(&other);
    CHECK_INT(dir_make(&other, path_of("no/where"), &made, &err),
              MORGUE_CREATE);
    CHECK_INT(dir_write_new(&d, "file", STR("x"), NULL), MORGUE_OK);
    CHECK_INT(dir_open(&other, path_of("file"), &err), MORGUE_NOT_ARCHIVE);
    CHECK_INT(dir_remove(&d, "new", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "link", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "file", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "file", NULL), MORGUE_OK);
    CHECK_INT(count_names(), 0);
}

static void
files_are_replaced(void)
{
    struct buf b;

    buf_init(&b, 100);
    CHECK_INT(dir_read(&b, &d, "f", NULL), MORGUE_NO_INPUT);
    CHECK_INT(dir_replace(&d, "f", STR("one"), NULL), MORGUE_OK);
    CHECK_INT(dir_replace(&d, "f", STR("two"), NULL), MORGUE_OK);
    CHECK_INT(dir_read(&b, &d, "f", NULL), MORGUE_OK);
    CHECK_BYTES(b.data, b.len, "two");
    CHECK_INT(count_names(), 1);
    CHECK_INT(dir_write_new(&d, "f", STR("three"), NULL), MORGUE_CREATE);
    CHECK_STR(content("f"), "two");
    CHECK_INT(dir_rename(&d, "f", "g", NULL), MORGUE_OK);
    CHECK_STR(content("g"), "two");
    CHECK_INT(dir_remove(&d, "g", NULL), MORGUE_OK);
    buf_free(&b);
}

/* Once the directory is open, it does not matter what its path leads to. */
static void
another_may_take_its_place(void)
{
    struct dir moved;
    struct buf b;

    buf_init(&b, 100);
    CHECK_INT(mkdir(path_of("a"), 0777), 0);
    CHECK_INT(mkdir(path_of("b"), 0777), 0);
    CHECK_INT(dir_open(&moved, path_of("a"), NULL), MORGUE_OK);
    CHECK_INT(dir_replace(&moved, "f", STR("first"), NULL), MORGUE_OK);
    CHECK_INT(dir_rename(&d, "a", "c", NULL), MORGUE_OK);
    CHECK_INT(dir_rename(&d, "b", "a", NULL), MORGUE_OK);
    CHECK_INT(dir_read(&b, &moved, "f", NULL), MORGUE_OK);
    CHECK_BYTES(b.data, b.len, "first");
    CHECK_INT(dir_replace(&moved, "f", STR("second"), NULL), MORGUE_OK);
    CHECK_STR(content("c/f"), "second");
    dir_close(&moved);
    CHECK_INT(dir_remove(&d, "a", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "c", NULL), MORGUE_OK);
    buf_free(&b);
}

/* Nothing is read or written through what is not a plain file, and nothing
 * waits for its other end. */
static void
only_plain_files(void)
{
    struct morgue_error err;
    struct dir_lock lock;
    struct buf b;
    int fd;

    buf_init(&b, 100);
    CHECK_INT(dir_write_new(&d, "victim", STR("mine"), NULL), MORGUE_OK);
    CHECK_INT(symlink("victim", path_of("link")), 0);
    CHECK_INT(mkfifo(path_of("fifo"), 0666), 0);
    CHECK_INT(mkdir(path_of("folder"), 0777), 0);
    for (int i = 0; i < 3; i++) {
        const char *name = i == 0 ? "link" : i == 1 ? "fifo" : "folder";

        CHECK_INT(dir_read(&b, &d, name, &err), MORGUE_DAMAGED);
        CHECK(strstr(err.message, "not a plain file") != NULL);
        CHECK_INT(dir_lock(&lock, &d, name, &err), MORGUE_DAMAGED);
        CHECK_INT(lock.fd, -1);
        CHECK_INT(dir_create_file(&fd, &d, name, &err), MORGUE_CREATE);
        CHECK_INT(dir_sync_file(&d, name, &err), MORGUE_DAMAGED);
    }
    CHECK_INT(dir_check_plain(&d, &err), MORGUE_DAMAGED);
    CHECK_INT(dir_replace(&d, "link", STR("new"), NULL), MORGUE_OK);
    CHECK_STR(content("link"), "new");
    CHECK_STR(content("victim"), "mine");
    CHECK_INT(dir_kind(&d, "link"), FILE_REGULAR);
    CHECK_INT(dir_remove(&d, "folder", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "fifo", NULL), MORGUE_OK);
    CHECK_INT(dir_check_plain(&d, &err), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "link", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "victim", NULL), MORGUE_OK);
    CHECK_INT(b.len, 0);
    buf_free(&b);
}

/* What a folder has of other people's is not removed through a link to it. */
static void
links_are_removed_not_followed(void)
{
    CHECK_INT(mkdir(path_of("theirs"), 0777), 0);
    CHECK_INT(dir_write_new(&d, "kept", STR("x"), NULL), MORGUE_OK);
    CHECK_INT(renameat(d.fd, "kept", d.fd, "theirs/kept"), 0);
    CHECK_INT(symlink("theirs", path_of("seg-00000001")), 0);
    CHECK_INT(dir_remove(&d, "seg-00000001", NULL), MORGUE_OK);
    CHECK_STR(content("theirs/kept"), "x");
    CHECK_INT(dir_remove(&d, "theirs", NULL), MORGUE_OK);
}

static void
names_are_told(void)
{
    char name[DIR_NAME_MAX];
    uint64_t n = 0;
    int fd;

    CHECK(name_is_numbered("seg-0000002a", "seg-", 16, &n) && n == 42);
    CHECK(name_is_numbered("gen-000012", "gen-", 10, &n) && n == 12);
    CHECK(name_is_numbered("gen-12345678901", "gen-", 10, &n));
    CHECK(!name_is_numbered("gen-00001", "gen-", 10, NULL));
    CHECK(!name_is_numbered("gen-00000a", "gen-", 10, NULL));
    CHECK(!name_is_numbered("seg-0000002A", "seg-", 16, NULL));
    CHECK(!name_is_numbered("seg-0000002a.bak", "seg-", 16, NULL));
    CHECK(!name_is_numbered("seg-notes", "seg-", 16, NULL));
    CHECK(!name_is_numbered("seg-", "seg-", 16, NULL));
    CHECK(!name_is_numbered("seg-00000000000000001", "seg-", 16, NULL));
    CHECK(dir_is_temp("segments.new-abcd2345", "segments"));
    CHECK(!dir_is_temp("segments.new", "segments"));
    CHECK(!dir_is_temp("segments.new-abc", "segments"));
    CHECK(!dir_is_temp("segments.new-20240101", "segments"));
    CHECK(!dir_is_temp("morgue.new-abcd2345", "segments"));
    CHECK_INT(dir_create_random(&fd, name, &d, "segments.new-", NULL),
              MORGUE_OK);
    CHECK(dir_is_temp(name, "segments"));
    close(fd);
    CHECK_INT(dir_remove(&d, name, NULL), MORGUE_OK);
}

/* ---- locks -------------------------------------------------------------- */

static void
locks_exclude(void)
{
    struct dir_lock a, b;
    struct morgue_error err;
    char pid[32];

    snprintf(pid, sizeof pid, "process %ld", (long)getpid());
    CHECK_INT(dir_lock(&a, &d, "lock", &err), MORGUE_OK);
    CHECK_INT(dir_lock(&b, &d, "lock", &err), MORGUE_BUSY);
    CHECK(strstr(err.message, pid) != NULL);
    dir_unlock(&b);
    dir_unlock(&a);
    CHECK_INT(dir_lock(&b, &d, "lock", &err), MORGUE_OK);
    dir_unlock(&b);
    dir_unlock(&b);
    CHECK_INT(dir_remove(&d, "lock", NULL), MORGUE_OK);
}

/* A lock file that is removed, or replaced, lets nobody in. */
static void
locks_outlive_their_file(void)
{
    struct dir_lock a, b;
    struct morgue_error err;

    for (int replace = 0; replace < 2; replace++) {
        CHECK_INT(dir_lock(&a, &d, "lock", &err), MORGUE_OK);
        CHECK_INT(dir_remove(&d, "lock", NULL), MORGUE_OK);
        if (replace)
            CHECK_INT(dir_write_new(&d, "lock", STR("7\n"), NULL), MORGUE_OK);
        CHECK_INT(dir_lock(&b, &d, "lock", &err), MORGUE_BUSY);
        CHECK(strstr(err.message, "was removed") != NULL);
        dir_unlock(&a);
        CHECK_INT(dir_lock(&b, &d, "lock", &err), MORGUE_OK);
        dir_unlock(&b);
    }
    CHECK_INT(dir_remove(&d, "lock", NULL), MORGUE_OK);
}

/* A file that has a name elsewhere is locked and not written to. */
static void
linked_files_are_not_written(void)
{
    struct dir_lock a;

    CHECK_INT(dir_write_new(&d, "victim", STR("mine"), NULL), MORGUE_OK);
    CHECK_INT(linkat(d.fd, "victim", d.fd, "lock", 0), 0);
    CHECK_INT(dir_lock(&a, &d, "lock", NULL), MORGUE_OK);
    dir_unlock(&a);
    CHECK_STR(content("victim"), "mine");
    CHECK_INT(dir_remove(&d, "lock", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "victim", NULL), MORGUE_OK);
}

static void
locks_die_with_their_process(void)
{
    struct dir_lock lock;
    int status;
    pid_t child = fork();

    if (child == 0) {
        if (dir_lock(&lock, &d, "lock", NULL))
            _exit(1);
        _exit(0);
    }
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK_INT(dir_lock(&lock, &d, "lock", NULL), MORGUE_OK);
    dir_unlock(&lock);
}

/* ---- directories that are held ------------------------------------------ */

static void
what_is_held_is_not_removed(void)
{
    struct dir first, second;
    bool made;

    CHECK_INT(dir_make(&first, path_of("held"), &made, NULL), MORGUE_OK);
    CHECK_INT(dir_open_in(&second, &d, "held", NULL), MORGUE_OK);
    CHECK(dir_hold(&first) && dir_hold(&second));
    CHECK_INT(dir_remove_unheld(&d, "held", NULL), MORGUE_OK);
    CHECK_INT(dir_kind(&d, "held"), FILE_DIR);
    dir_close(&first);
    CHECK_INT(dir_remove_unheld(&d, "held", NULL), MORGUE_OK);
    CHECK_INT(dir_kind(&d, "held"), FILE_DIR);
    dir_close(&second);
    CHECK_INT(dir_remove_unheld(&d, "held", NULL), MORGUE_OK);
    CHECK_INT(dir_kind(&d, "held"), FILE_NONE);
    CHECK_INT(dir_remove_unheld(&d, "held", NULL), MORGUE_OK);
}

/* Sharing is the file system's to allow; copying always does the same. */
static void
files_are_copied(void)
{
    struct dir to;
    bool made, shared = false;
    struct morgue_error err;

    CHECK_INT(dir_make(&to, path_of("copy"), &made, NULL), MORGUE_OK);
    CHECK_INT(dir_write_new(&d, "one", STR("what is in it"), NULL), MORGUE_OK);
    CHECK_INT(dir_share_file(&shared, &to, &d, "one", NULL), MORGUE_OK);
    CHECK_INT(dir_kind(&to, "one"), shared ? FILE_REGULAR : FILE_NONE);
    if (!shared)
        CHECK_INT(dir_copy_file(&to, &d, "one", NULL), MORGUE_OK);
    CHECK_STR(content("copy/one"), "what is in it");
    CHECK_INT(dir_copy_file(&to, &d, "one", &err), MORGUE_CREATE);
    CHECK_INT(dir_copy_file(&to, &d, "none", &err), MORGUE_NO_INPUT);
    CHECK_INT(dir_share_file(&shared, &to, &d, "none", &err), MORGUE_NO_INPUT);
    CHECK_INT(dir_kind(&to, "none"), FILE_NONE);
    dir_close(&to);
    CHECK_INT(dir_remove(&d, "copy", NULL), MORGUE_OK);
    CHECK_INT(dir_remove(&d, "one", NULL), MORGUE_OK);
}

int
main(void)
{
    if (!scratch_make(path, sizeof path, "dir") || dir_open(&d, path, NULL))
        return 1;
    RUN(directories_are_opened);
    RUN(files_are_replaced);
    RUN(another_may_take_its_place);
    RUN(only_plain_files);
    RUN(links_are_removed_not_followed);
    RUN(names_are_told);
    RUN(locks_exclude);
    RUN(locks_outlive_their_file);
    RUN(linked_files_are_not_written);
    RUN(locks_die_with_their_process);
    RUN(what_is_held_is_not_removed);
    RUN(files_are_copied);
    dir_close(&d);
    return scratch_drop(path) ? test_end() : 1;
}
