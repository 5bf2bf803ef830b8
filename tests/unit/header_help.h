/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * header_help.h - what wrong calls are made on, and what holds after each
 */
#ifndef MORGUE_TESTS_HEADER_HELP_H
#define MORGUE_TESTS_HEADER_HELP_H

#include "../../common/morgue.h"
#include "scratch.h"

static char dir[200];
static const char *engine;

/* What wrong calls are made on. */
static struct stage {
    char path[300];
    morgue *m;
    morgue_hits *hits;
} stage;

static struct morgue_error err;

/* ---- the archive -------------------------------------------------------- */

static struct morgue_str
text(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

static struct morgue_article
article(const char *id, const char *title)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.id = text(id);
    a.title = text(title);
    a.body = text("Export quotas were agreed by all of them.");
    a.lang = text("en");
    return a;
}

static char last_reason[200];

static void
keep_reason(const struct morgue_event *event, void *payload)
{
    (void)payload;
    snprintf(last_reason, sizeof last_reason, "%s", event->reason);
}

static morgue_update *
begin(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    o.threads = 1;
    o.on_event = keep_reason;
    CHECK_INT(morgue_update_open(&u, stage.path, &o, &err), MORGUE_OK);
    return u;
}

static void
set_up(void)
{
    struct morgue_article a = article("1", "Coffee"), b = article("2", "Tea");
    morgue_update *u;

    snprintf(stage.path, sizeof stage.path, "%s/%s", dir, engine);
    u = begin();
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    CHECK_INT(morgue_update_add(u, &b, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    CHECK_INT(morgue_open(&stage.m, stage.path, &err), MORGUE_OK);
    CHECK_INT(morgue_search(&stage.hits, stage.m, "coffee", NULL, &err),
              MORGUE_OK);
}

static void
tear_down(void)
{
    morgue_hits_free(stage.hits);
    morgue_close(stage.m);
    stage = (struct stage){.m = NULL};
}

/* The archive has no damage, and its reader finds the two articles. */
static bool
is_sound(void)
{
    morgue_hits *hits = NULL;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    bool sound = morgue_check(stage.path, NULL, NULL, NULL) == MORGUE_OK &&
                 morgue_search(&hits, stage.m, "tea", NULL, NULL) == 0 &&
                 morgue_hits_n(hits) == 1 && morgue_hits_get(hits, 0, &hit) &&
                 hit.id.len == 1 && hit.id.s[0] == '2' &&
                 morgue_hits_n(stage.hits) == 1;

    morgue_hits_free(hits);
    return sound;
}

static void
was_wrong(const char *call, int line, enum morgue_status got,
          enum morgue_status want)
{
    test_that(got == want, __FILE__, line, "%s is %d, not %d (%s)", call,
              (int)got, (int)want, err.message);
    test_that(err.status == got && err.message[0] &&
                  !strchr(err.message, '\n'),
              __FILE__, line, "%s says %d: '%s'", call, (int)err.status,
              err.message);
    test_that(is_sound(), __FILE__, line, "after %s it is damaged", call);
}

/* A call that ends with that status, and changes nothing. */
#define WRONG(function, args, status)                                         \
    do {                                                                      \
        memset(&err, 0, sizeof err);                                          \
        was_wrong(#function #args, __LINE__, function args, status);          \
    } while (0)

/* One that cannot fail, with what it gives; and one that gives nothing. */
#define GIVES(function, args, result)                                         \
    do {                                                                      \
        CHECK(function args result);                                          \
        CHECK(is_sound());                                                    \
    } while (0)
#define HARMLESS(function, args)                                              \
    do {                                                                      \
        function args;                                                        \
        CHECK(is_sound());                                                    \
    } while (0)

#endif
