/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_filter.c - the filter of a segment: what is there passes, and
 * nearly nothing else; and looking terms up with it finds just what is there
 */
#include <stdlib.h>
#include <unistd.h>

#include "../../common/segment/engine_segment.h"
#include "../../common/segment/file/filter.h"
#include "scratch.h"

enum { ARTICLES = 3000, OTHERS = 100000 };

static char path[200];

static void
make_archive(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.threads = 1;
    CHECK_INT(morgue_update_open(&u, path, &o, NULL), MORGUE_OK);
    for (int i = 0; i < ARTICLES; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;
        char id[20], body[200];

        snprintf(id, sizeof id, "id%d", i);
        snprintf(body, sizeof body, "word%d common%d abc%dx rain%s", i, i % 7,
                 i * 31, i % 2 ? "ing" : "s");
        a.id = str_of(id);
        a.title = STR("Titles");
        a.body = str_of(body);
        a.lang = i % 3 ? STR("en") : STR("pl");
        CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

/* Every term is found by itself, with what the walk over all says of it. */
static uint64_t
check_terms(struct segment *s)
{
    struct term_walk w;
    uint64_t covered = 0;

    term_walk_start(&w, s, STR(""));
    while (term_walk_next(&w)) {
        struct morgue_str term = str_slice(w.term, w.len);
        struct term_info info;

        CHECK(segment_term(&info, s, term));
        CHECK(info.df == w.info.df && info.live == w.info.live &&
              info.flags == w.info.flags && info.post == w.info.post &&
              info.doc == w.info.doc);
        if (filter_covers(term)) {
            CHECK(filter_passes(s, term));
            covered++;
        }
    }
    CHECK(!s->damaged);
    return covered;
}

/* Terms that are not there, between, before and behind those that are. */
static void
check_others(struct segment *s)
{
    static const char *const prefix[] = {"Zen:", "Z:", "Q", "", "ZSen:", "S"};
    unsigned covered = 0, passed = 0;

    for (int i = 0; i < OTHERS; i++) {
        struct term_info info;
        char term[40];
        int n = snprintf(term, sizeof term, "%sw%dord%d", prefix[i % 6],
                         i % 977, i);
        struct morgue_str t = str_slice(term, (size_t)n);

        CHECK(!segment_term(&info, s, t));
        covered += filter_covers(t);
        passed += filter_covers(t) && filter_passes(s, t);
    }
    CHECK(!s->damaged);
    test_that(passed < covered / 25, __FILE__, __LINE__,
              "%u of %u that are not there pass", passed, covered);
}

static void
terms_are_told_apart(void)
{
    struct dir dir;
    struct engine_reader *reader = NULL;
    const struct snapshot *snap;
    uint64_t covered = 0;

    make_archive();
    CHECK_INT(dir_open(&dir, path, NULL), MORGUE_OK);
    CHECK_INT(engine_reader_open(&reader, &engine_segment, &dir, NULL),
              MORGUE_OK);
    snap = &((struct sg_reader *)reader)->snapshot;
    for (uint32_t i = 0; i < snap->n; i++) {
        covered += check_terms(snap->segment[i]);
        check_others(snap->segment[i]);
    }
    CHECK(covered > ARTICLES * 2);
    engine_reader_close(reader);
    dir_close(&dir);
}

int
main(void)
{
    if (!scratch_make(path, sizeof path, "filter"))
        return 1;
    RUN(terms_are_told_apart);
    return scratch_drop(path) ? test_end() : 1;
}
