/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_snippet.c - what is marked, and where passages begin: with the sentence,
 * by the rules that the index has them by, or between words where that is too
 * far back
 */
#include "../test.h"

#include <string.h>

#include "../../common/base/str.h"
#include "../../common/morgue.h"
#include "scratch.h"

static const struct {
    const char *lang, *body, *query, *begin;
} row[] = {
    {"en",
     "The council met on Friday. Yesterday Mr. Smith and Dr. J. F. Kennedy "
     "spoke about herring at No. 10. All went home.",
     "herring", "Yesterday Mr. Smith and"},
    {"en", "He said: \"It is late.\" Then the walrus came, e.g. by boat.",
     "walrus", "Then the walrus"},
    {"en", "Prices rose 3.5 percent in the U.S. Navy yards, said the badger.",
     "badger", "Prices rose 3.5"},
    {"de",
     "Der Rat tagte lange. Am 3. Oktober sprach z. B. Herr Meier über den "
     "Dachs. Ende.",
     "Dachs", "Am 3. Oktober"},
    {"ru", "Совет собрался. В 1999 г. мэр говорил о барсуке. Все ушли.",
     "барсук", "В 1999 г."},
    {"zh", "委员会星期五开会。昨天他谈到渡轮的问题。大家回家。", "渡轮",
     "昨天他"},
    {"en", "First line of trade\nSecond line of otters\nThird line of peace",
     "otters", "Second line"},
    {"en", "\n\n   A lynx was seen. It left.", "lynx", "A lynx"},
    {"en",
     "Because the river had risen in the night and the bridges were closed to "
     "all who came from the hills with their carts and their cattle and their "
     "children, the beaver slept.",
     "beaver", "with their carts and"},
};
enum { ROWS = sizeof row / sizeof *row };

/* What is marked, between brackets. */
static const struct {
    const char *body, *query, *want;
} marks[] = {
    {"The quagga quota was set.", "quagga \"quagga quota\"",
     "The [quagga quota] was set."},
    {"The quagga quota was set.", "\"quagga quota\" quota",
     "The [quagga quota] was set."},
    {"Old quagga quota rules.", "\"old quagga\" \"quagga quota rules\"",
     "[Old quagga quota rules]."},
    {"A quagga-mussel came.", "quagga-mussel", "A [quagga-mussel] came."},
    {"One quagga, two quaggas.", "quagga", "One [quagga], two [quaggas]."},
    {"Blue blue blue quagga sky.", "\"blue blue quagga\"",
     "Blue [blue blue quagga] sky."},
    {"The quagga and the emu.", "quagga -ostrich title:one",
     "The [quagga] and the emu."},
};

static char dir[200];
static struct morgue_error err;

static void
make_archive(void)
{
    morgue_update *u = NULL;

    CHECK_INT(morgue_update_open(&u, dir, NULL, &err), MORGUE_OK);
    for (size_t i = 0; i < ROWS && u; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;

        a.title = STR("One");
        a.lang = str_of(row[i].lang);
        a.body = str_of(row[i].body);
        CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

static void
passages_begin_with_sentences(void)
{
    morgue *m = NULL;

    make_archive();
    CHECK_INT(morgue_open(&m, dir, &err), MORGUE_OK);
    for (size_t i = 0; i < ROWS && m; i++) {
        struct morgue_snippet s = MORGUE_SNIPPET_INIT;
        morgue_hits *hits = NULL;
        size_t len = strlen(row[i].begin);

        CHECK_INT(morgue_search(&hits, m, row[i].query, NULL, &err),
                  MORGUE_OK);
        CHECK_INT(morgue_hits_n(hits), 1);
        CHECK_INT(morgue_hits_snippet(hits, 0, &s, &err), MORGUE_OK);
        test_that(
            s.text.len >= len && memcmp(s.text.s, row[i].begin, len) == 0,
            __FILE__, __LINE__, "'%s' begins '%s'", row[i].query, s.text.s);
        CHECK_INT(s.mark_n, 1);
        morgue_hits_free(hits);
    }
    morgue_close(m);
}

/* An archive of one article with this body, in the place of another. */
static void
make_archive_of(const char *body)
{
    morgue_update *u = NULL;
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    CHECK(scratch_drop(dir));
    CHECK_INT(morgue_update_open(&u, dir, NULL, &err), MORGUE_OK);
    a.title = STR("One");
    a.lang = STR("en");
    a.body = str_of(body);
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

static void
bracket(char out[500], const struct morgue_snippet *s)
{
    size_t len = 0, at = 0;

    for (size_t i = 0; i <= s->mark_n; i++) {
        bool last = i == s->mark_n;
        size_t start = last ? s->text.len : s->mark[i].start;

        CHECK(start >= at && start <= s->text.len);
        memcpy(out + len, s->text.s + at, start - at);
        len += start - at;
        if (last)
            break;
        len +=
            (size_t)snprintf(out + len, 200, "[%.*s]",
                             (int)(s->mark[i].end - start), s->text.s + start);
        at = s->mark[i].end;
    }
    out[len] = '\0';
}

/* Places that overlap are one mark, whatever order the query has them in. */
static void
marks_are_whole(void)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        for (int any = 0; any < 2; any++) {
            struct morgue_search_options o = MORGUE_SEARCH_INIT;
            struct morgue_snippet s = MORGUE_SNIPPET_INIT;
            morgue_hits *hits = NULL;
            morgue *m = NULL;
            char got[500];

            make_archive_of(marks[i].body);
            o.match = any ? MORGUE_MATCH_ANY : MORGUE_MATCH_ALL;
            CHECK_INT(morgue_open(&m, dir, &err), MORGUE_OK);
            CHECK_INT(morgue_search(&hits, m, marks[i].query, &o, &err),
                      MORGUE_OK);
            CHECK_INT(morgue_hits_snippet(hits, 0, &s, &err), MORGUE_OK);
            bracket(got, &s);
            CHECK_STR(got, marks[i].want);
            morgue_hits_free(hits);
            morgue_close(m);
        }
    }
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "snippet"))
        return 1;
    RUN(passages_begin_with_sentences);
    RUN(marks_are_whole);
    return scratch_drop(dir) ? test_end() : 1;
}
