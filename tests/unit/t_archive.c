/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_archive.c - archives that another version made: what can be done with
 * them, and what is said
 */
#include <stdlib.h>

#include "../../common/archive/archive.h"
#include "../../common/base/hash.h"
#include "../../common/segment/engine_segment.h"
#include "../../common/xapian/engine_xapian.h"
#include "analysis_help.h"
#include "scratch.h"

static char dir[200], path[300];
static const char *engine;

static void
make_archive(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    morgue_update *u = NULL;
    static int made;

    snprintf(path, sizeof path, "%s/%s-%d", dir, engine, made++);
    o.engine = engine;
    a.id = STR("one");
    a.title = STR("Coffee");
    a.body = STR("Export quotas.");
    CHECK_INT(morgue_update_open(&u, path, &o, NULL), MORGUE_OK);
    CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

/* A marker with these lines and a right sum. */
static void
write_marker(const char *lines)
{
    struct dir d;
    struct buf b;

    buf_init(&b, 1000);
    buf_str(&b, str_of(lines));
    buf_printf(&b, "check %016llx\n",
               (unsigned long long)hash64(lines, strlen(lines)));
    CHECK_INT(dir_open(&d, path, NULL), MORGUE_OK);
    CHECK_INT(dir_replace(&d, "morgue", buf_view(&b), NULL), MORGUE_OK);
    dir_close(&d);
    buf_free(&b);
}

static void
write_own(const char *layout, const char *more)
{
    char lines[500];

    snprintf(lines, sizeof lines,
             "morgue archive %s\nby morgue 7.5.3\nengine %s\n%s", layout,
             engine, more);
    write_marker(lines);
}

/* Archives that say nothing of ids have them as before there were rules; what
 * a later version says is read, and not changed. */
static void
rules_for_ids(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_stats stats = MORGUE_STATS_INIT;
    struct morgue_error err;
    morgue *m = NULL;
    morgue_update *u = NULL;

    make_archive();
    write_own("4", "");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_stat(m, &stats, &err), MORGUE_OK);
    CHECK_STR(stats.ids, "paths as they were named; scope: none");
    CHECK_INT(morgue_update_open(&u, path, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    o.id_scope = MORGUE_ID_SOURCE;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_USAGE);
    CHECK(strstr(err.message, "paths as they were named") != NULL);
    o.id_scope = MORGUE_ID_NONE;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    morgue_update_close(u);
    write_own("4", "ids inode source\n");
    CHECK_INT(morgue_stat(m, &stats, &err), MORGUE_OK);
    CHECK(strstr(stats.ids, "this version does not have") != NULL);
    CHECK_INT(morgue_update_open(&u, path, NULL, &err),
              MORGUE_VERSION_DIFFERS);
    CHECK(strstr(err.message, "morgue 7.5.3") != NULL);
    morgue_close(m);
}

/* What another analysis made is shown, and not searched or changed. */
static void
another_analysis(void)
{
    struct morgue_stats stats = MORGUE_STATS_INIT;
    struct morgue_error err;
    morgue *m = NULL;
    morgue_text *t = NULL;
    morgue_hits *hits = NULL;
    morgue_update *u = NULL;

    make_archive();
    write_own("4", "");
    analysis_write(path, engine, "another");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_get(&t, m, "one", &err), MORGUE_OK);
    CHECK_STR(morgue_text_article(t)->title.s, "Coffee");
    CHECK_INT(morgue_stat(m, &stats, &err), MORGUE_OK);
    CHECK_INT(stats.articles, 1);
    CHECK_STR(stats.analysis, "another");
    CHECK_INT(morgue_check(path, NULL, NULL, &err), MORGUE_OK);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(morgue_search(&hits, m, "coffee", NULL, &err),
                  MORGUE_VERSION_DIFFERS);
        CHECK_INT(err.status, MORGUE_VERSION_DIFFERS);
        CHECK(strstr(err.message, "morgue 7.5.3") != NULL);
        CHECK(strstr(err.message, "indexer rebuild") != NULL);
    }
    CHECK_INT(morgue_update_open(&u, path, NULL, &err),
              MORGUE_VERSION_DIFFERS);
    CHECK_INT(morgue_compact(path, &err), MORGUE_VERSION_DIFFERS);
    morgue_text_free(t);
    morgue_close(m);
}

/* Lines that are not known are passed over, a layout that is not is told. */
static void
another_layout(void)
{
    struct morgue_error err;
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    morgue_update *u = NULL;

    make_archive();
    /* Markers once had the analysis too; what the engine says is true. */
    write_own("4", "color blue\nanalysis another\n");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_search(&hits, m, "coffee", NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_hits_n(hits), 1);
    morgue_hits_free(hits);
    morgue_close(m);
    write_own("5", "");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_VERSION_DIFFERS);
    CHECK(strstr(err.message, "morgue 7.5.3") != NULL);
    CHECK_INT(morgue_update_open(&u, path, NULL, &err),
              MORGUE_VERSION_DIFFERS);
    make_archive();
    write_own("2", ""); /* documents without values in their slots */
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_VERSION_DIFFERS);
    make_archive();
    write_own("3", ""); /* without what tells which fields are empty */
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_VERSION_DIFFERS);
    write_marker("morgue archive 1\nengine segment\nanalysis x\n");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_VERSION_DIFFERS);
    CHECK(strstr(err.message, "early version") != NULL);
}

static void
run_for(const char *name)
{
    engine = name;
    RUN_ON(name, rules_for_ids);
    RUN_ON(name, another_analysis);
    RUN_ON(name, another_layout);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "archive"))
        return 1;
    run_for("segment");
    run_for("xapian");
    return scratch_drop(dir) ? test_end() : 1;
}
