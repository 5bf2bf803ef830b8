/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_snapshot.c - states of an archive share what they have in common
 *
 * A refresh opens the segments that are new and no others, and what was
 * checked of the others stays so; deletions that did not change are shared,
 * those that did are each state's own.
 */
#include "../test.h"

#include <stdio.h>
#include <string.h>

#include "../../common/segment/engine_segment.h"
#include "scratch.h"

static char dir[200];
static struct morgue_error err;

/* Add articles FROM to TO - 1, in an update of their own, and take one out. */
static void
update(unsigned from, unsigned to, const char *gone)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;
    char id[16], body[64];

    o.engine = "segment";
    o.threads = 1;
    CHECK_INT(morgue_update_open(&u, dir, &o, &err), MORGUE_OK);
    for (unsigned i = from; u && i < to; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;

        snprintf(id, sizeof id, "a%u", i);
        snprintf(body, sizeof body, "ferry number%u", i);
        a.id = str_of(id);
        a.lang = STR("en");
        a.body = str_of(body);
        CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    }
    if (u && gone)
        CHECK_INT(morgue_update_remove(u, gone, NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

static uint64_t
matches(struct sg_reader *r, const char *term)
{
    struct query q = {.op = QUERY_TERM, .term = str_of(term), .wqf = 1};
    struct engine_params params = {.k1 = 1, .exact_total = true, .limit = 3};
    struct engine_hits hits;
    struct arena arena;

    arena_init(&arena, 1 << 20);
    CHECK_INT(engine_search(&hits, &r->base, &arena, &q, &params, &err),
              MORGUE_OK);
    arena_free(&arena);
    return hits.total;
}

static const struct segment *
first_of(const struct sg_reader *r)
{
    return r->snapshot.segment[0];
}

static unsigned
pages_checked(const struct segment *s)
{
    unsigned n = 0;

    for (uint64_t p = 0; p << PAGE_SHIFT < s->body; p++)
        n += page_is_checked(s, p);
    return n;
}

static void
states_share_segments(void)
{
    struct sg_reader *r[2] = {NULL, NULL};
    struct engine_reader *out;
    struct dir d;

    update(0, 3000, NULL);
    CHECK_INT(dir_open(&d, dir, &err), MORGUE_OK);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(engine_reader_open(&out, &engine_segment, &d, &err),
                  MORGUE_OK);
        r[i] = sg_reader(out);
    }
    CHECK_INT(matches(r[0], "ferry"), 3000);

    /* an article more: a segment more, and nothing is read again */
    const struct segment_map *before = first_of(r[0])->shared;
    unsigned checked = pages_checked(first_of(r[0]));

    update(3000, 3001, NULL);
    CHECK_INT(engine_reader_refresh(&r[0]->base, &err), MORGUE_OK);
    CHECK_INT(r[0]->snapshot.n, 2);
    CHECK(first_of(r[0])->shared == before);
    CHECK_INT(pages_checked(first_of(r[0])), checked);
    CHECK(checked > 0);
    CHECK(first_of(r[0])->deletes == NULL);
    CHECK_INT(matches(r[0], "ferry"), 3001);
    CHECK_INT(matches(r[0], "number3000"), 1);

    /* deletions belong to a state */
    update(3001, 3002, "a17");
    CHECK_INT(engine_reader_refresh(&r[0]->base, &err), MORGUE_OK);
    const struct deletes *deletes = first_of(r[0])->deletes;

    CHECK(deletes != NULL && first_of(r[0])->shared == before);
    CHECK_INT(matches(r[0], "number17"), 0);
    CHECK_INT(matches(r[1], "number17"), 1);
    CHECK_INT(matches(r[1], "ferry"), 3000);
    update(3002, 3003, NULL);
    CHECK_INT(engine_reader_refresh(&r[0]->base, &err), MORGUE_OK);
    CHECK(first_of(r[0])->deletes == deletes);
    update(3003, 3004, "a18");
    CHECK_INT(engine_reader_refresh(&r[0]->base, &err), MORGUE_OK);
    CHECK_INT(first_of(r[0])->deletes->n, 2);
    CHECK_INT(matches(r[0], "ferry"), 3002);

    /* merged, the segment is another; the old state stays readable */
    CHECK_INT(morgue_compact(dir, &err), MORGUE_OK);
    CHECK_INT(engine_reader_refresh(&r[0]->base, &err), MORGUE_OK);
    CHECK(first_of(r[0])->shared != before);
    CHECK_INT(matches(r[0], "ferry"), 3002);
    CHECK_INT(matches(r[1], "ferry"), 3000);
    engine_reader_close(&r[0]->base);
    CHECK_INT(matches(r[1], "number18"), 1);
    engine_reader_close(&r[1]->base);
    dir_close(&d);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "snapshot"))
        return 1;
    RUN(states_share_segments);
    return scratch_drop(dir) ? test_end() : 1;
}
