/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help.h - what the tests of the binding share: a directory to work in, and
 * small databases
 */
#ifndef XAPIAN_HELP_H
#define XAPIAN_HELP_H

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../common/xapian/xapian_c.h"
#include "../test.h"

#define UNUSED __attribute__((unused))

/* Both statuses in words when they differ. */
#define CHECK_STATUS(got, want)                                               \
    do {                                                                      \
        enum xc_status got_ = (got), want_ = (want);                          \
        test_that(got_ == want_, __FILE__, __LINE__, "%s is %d, not %d: %s",  \
                  #got, (int)got_, (int)want_,                                \
                  got_ != XC_OK ? err.message : "");                          \
    } while (0)

#define CHECK_OK(got) CHECK_STATUS(got, XC_OK)

/* Xapian's own check of a database deletes a table as one of its base class;
 * the sanitizer would end the program for that. */
#if defined(__SANITIZE_ADDRESS__)
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}
#endif

/* The error of the call that failed last. */
static struct xc_error err;

static char work_dir[600];

UNUSED static void
make_work_dir(void)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(work_dir, sizeof work_dir, "%.500s/t_xapian.XXXXXX",
             tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(work_dir)) {
        perror(work_dir);
        exit(1);
    }
}

/* `name` in the work directory; the last four asked for stay good. */
UNUSED static const char *
in_work_dir(const char *name)
{
    static char path[4][1024];
    static unsigned next;
    char *p = path[next++ % 4];

    snprintf(p, sizeof path[0], "%s/%s", work_dir, name);
    return p;
}

UNUSED static void
remove_tree(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *e;

    while (dir && (e = readdir(dir))) {
        char below[2048];

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(below, sizeof below, "%s/%s", path, e->d_name);
        remove_tree(below);
    }
    if (dir) {
        closedir(dir);
        rmdir(path);
    } else {
        unlink(path);
    }
}

UNUSED static void
remove_work_dir(void)
{
    remove_tree(work_dir);
}

/* Adds a document with the words of `text`, parted by spaces, at positions 1
 * and on, the text as data, and values in slots 0 and 1 (NULL: none). */
UNUSED static enum xc_status
add_words(xc_db *db, const char *text, const char *v0, const char *v1)
{
    xc_doc *doc = NULL;
    uint32_t pos = 1;
    enum xc_status st = xc_doc_new(&doc, &err);

    for (const char *w = text; st == XC_OK && *w; pos++) {
        size_t len = strcspn(w, " ");

        st = xc_doc_add_positions(doc, w, len, &pos, 1, 1, &err);
        w += len + (w[len] == ' ');
    }
    if (st == XC_OK)
        st = xc_doc_set_data(doc, text, strlen(text), &err);
    if (st == XC_OK && v0)
        st = xc_doc_set_value(doc, 0, v0, strlen(v0), &err);
    if (st == XC_OK && v1)
        st = xc_doc_set_value(doc, 1, v1, strlen(v1), &err);
    if (st == XC_OK)
        st = xc_db_add(NULL, db, doc, &err);
    xc_doc_free(doc);
    return st;
}

/* The number of documents of the database at `path` as a new reader sees it;
 * UINT32_MAX where it cannot be opened. */
UNUSED static uint32_t
documents_at(const char *path)
{
    xc_db *db = NULL;
    struct xc_db_info info = {0};
    enum xc_status st = xc_db_open(&db, path, &err);

    if (st == XC_OK)
        st = xc_db_get_info(&info, db, &err);
    xc_db_close(db);
    return st == XC_OK ? info.documents : UINT32_MAX;
}

/* The faults that a check of the database finds; SIZE_MAX where it fails. */
UNUSED static size_t
faults_at(const char *path)
{
    size_t n = 0;

    return xc_check(&n, path, 0, NULL, NULL, &err) == XC_OK ? n : SIZE_MAX;
}

#endif
