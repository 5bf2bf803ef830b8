/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_snippet.c - what is marked, and where passages begin: with the sentence,
 * by the rules that the index has them by, or between words where that is too
 * far back; what is marked of whole articles
 */
#include "../test.h"

#include <string.h>

#include "../../common/base/str.h"
#include "../../common/morgue.h"
#include "../../searcher/snippet.h"
#include "scratch.h"
#include "tree.h"

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

/* ---- windows ------------------------------------------------------------ */

#define FILL20 "xx xx xx xx xx xx x "
#define FILL   FILL20 FILL20 FILL20 FILL20 FILL20

/* Trees that no query may have, over a body: what the passage shows, from the
 * first mark to the last. */
static const struct {
    const char *tree, *body, *want;
} windows[] = {
    /* A proximity is whole, where that is possible, */
    {"(near 60 emu quagga)", "Emu. " FILL FILL FILL "emu " FILL "quagga.",
     "[emu] " FILL "[quagga]"},
    {"(all (near 60 emu quagga) yak)",
     "Yak yak. " FILL FILL FILL "emu " FILL "yak quagga.",
     "[emu] " FILL "[yak] [quagga]"},
    /* also where a sentence begins before it, */
    {"(near 60 emu quagga)",
     "Yes. " FILL "And " FILL20 FILL20 FILL20 "emu " FILL FILL20 FILL20
     "quagga.",
     "[emu] " FILL FILL20 FILL20 "[quagga]"},
    /* and where it is not, the marks count. */
    {"(near 400 emu quagga)",
     FILL FILL FILL "emu " FILL FILL FILL FILL "quagga.", "[emu]"},
    {"(any (near 400 emu quagga) yak)",
     FILL FILL FILL "emu " FILL FILL FILL FILL "quagga yak.",
     "[quagga] [yak]"},
    /* Two things are more than one of them often. */
    {"(any (near 2 emu yak) quagga)",
     "Quagga, quagga, quagga. " FILL FILL FILL "emu yak, quagga.",
     "[emu] [yak], [quagga]"},
};

static void
proximities_are_whole(void)
{
    struct parse_context context = {.lang_n = 0};

    CHECK_INT(tokenizer_new(&context.tokenizer, &err), MORGUE_OK);
    CHECK_INT(stemmer_new(&context.stemmer, &err), MORGUE_OK);
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;
        struct snippet_maker *maker = NULL;
        const char *at = windows[i].tree, *from, *to;
        struct morgue_snippet s;
        struct arena arena;
        char got[500];

        arena_init(&arena, 1 << 20);
        a.lang = STR("en");
        a.body = str_of(windows[i].body);
        CHECK_INT(
            snippet_maker_new(&maker, tree_read(&arena, &at), &context, &err),
            MORGUE_OK);
        CHECK_INT(snippet_make(&s, maker, &arena, &a, &err), MORGUE_OK);
        CHECK(s.text.len <= 350);
        bracket(got, &s);
        from = strchr(got, '[');
        to = strrchr(got, ']');
        test_that(
            from && to && (size_t)(to + 1 - from) == strlen(windows[i].want) &&
                strncmp(from, windows[i].want, strlen(windows[i].want)) == 0,
            __FILE__, __LINE__, "%s: %s", windows[i].tree, got);
        snippet_maker_free(maker);
        arena_free(&arena);
    }
    tokenizer_free(context.tokenizer);
    stemmer_free(context.stemmer);
}

/* ---- whole articles ----------------------------------------------------- */

static const char *engine;
static char long_id[301];

static void
make_marked(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    morgue_update *u = NULL;

    CHECK(scratch_drop(dir));
    o.engine = engine;
    CHECK_INT(morgue_update_open(&u, dir, &o, &err), MORGUE_OK);
    for (int i = 0; i < 3; i++) {
        memset(long_id, 'a', 300);
        a.id = i == 0   ? STR("1")
               : i == 1 ? str_of(long_id)
                        : (struct morgue_str){long_id, 299};
        a.title = STR("The quagga quota");
        a.author = STR("Ann Lee\nBob Quagga");
        a.lang = i == 2 ? STR("de") : STR("en");
        a.date = (struct morgue_date){.seconds = 86400 * i,
                                      .precision = MORGUE_DATE_DAY};
        a.body = STR("Quaggas have a quota. A quagga quota, no quotas.");
        CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

/* The field with its marks between brackets. */
static void
bracket_field(char out[500], const morgue_text *t, const char *field)
{
    struct morgue_snippet s = MORGUE_SNIPPET_INIT;

    CHECK(morgue_article_get(morgue_text_article(t), field, &s.text));
    s.mark = morgue_text_marks(t, field, &s.mark_n);
    bracket(out, &s);
}

/* `title`, `author`, `body`: NULL where nothing is marked. */
static const struct {
    const char *query, *title, *author, *body;
    bool any, matches;
} texts[] = {
    {"quagga", "The [quagga] quota", NULL,
     "[Quaggas] have a quota. A [quagga] quota, no quotas.", false, true},
    {"\"quagga quota\"", "The [quagga quota]", NULL,
     "Quaggas have a quota. A [quagga quota], no quotas.", false, true},
    {"\"quagga quota\" \"the quagga\"", "[The quagga quota]", NULL,
     "Quaggas have a quota. A [quagga quota], no quotas.", false, true},
    {"author:quagga title:quota", "The quagga [quota]",
     "Ann Lee\nBob [Quagga]", NULL, false, true},
    {"author:\"bob quagga\" -emu", NULL, "Ann Lee\n[Bob Quagga]", NULL, false,
     true},
    {"author:\"lee bob\" quota", NULL, NULL, NULL, false, false},
    {"author:\"lee bob\" have", NULL, NULL,
     "Quaggas [have] a quota. A quagga quota, no quotas.", true, true},
    {"quagga emu", NULL, NULL, NULL, false, false},
    {"have -quota", NULL, NULL, NULL, false, false},
};

static void
check_text(morgue_text *t, morgue *m, size_t i)
{
    static const char *const field[] = {"title", "author", "body"};
    const char *want[] = {texts[i].title, texts[i].author, texts[i].body};
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    bool matches = !texts[i].matches;
    char got[500];

    o.match = texts[i].any ? MORGUE_MATCH_ANY : MORGUE_MATCH_ALL;
    CHECK_INT(morgue_text_mark(t, m, texts[i].query, &o, &matches, &err),
              MORGUE_OK);
    test_that(matches == texts[i].matches, __FILE__, __LINE__, "%s: %s",
              texts[i].query, matches ? "matches" : "does not match");
    for (int k = 0; k < 3; k++) {
        size_t n;

        if (!want[k]) {
            CHECK(!morgue_text_marks(t, field[k], &n));
            CHECK_INT(n, 0);
            continue;
        }
        bracket_field(got, t, field[k]);
        CHECK_STR(got, want[k]);
    }
}

static void
whole_articles_are_marked(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    morgue *m = NULL;
    morgue_text *t[2] = {NULL, NULL};
    bool matches;
    size_t n;

    make_marked();
    CHECK_INT(morgue_open(&m, dir, &err), MORGUE_OK);
    CHECK_INT(morgue_get(&t[0], m, "1", &err), MORGUE_OK);
    CHECK_INT(morgue_get(&t[1], m, long_id, &err), MORGUE_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int k = 0; k < 2; k++)
            check_text(t[k], m, i);
    /* The options ask for more: what they do not find is not marked. */
    o.lang = "en";
    o.from = (struct morgue_date){86400, MORGUE_DATE_DAY, 0};
    for (int k = 0; k < 2; k++) {
        CHECK_INT(morgue_text_mark(t[k], m, "quota", &o, &matches, &err),
                  MORGUE_OK);
        CHECK_INT(matches, k == 1);
        CHECK_INT(morgue_text_marks(t[k], "body", &n) != NULL, k == 1);
        CHECK_INT(n, k == 1 ? 3 : 0);
    }
    /* Without words there is nothing to mark. */
    CHECK_INT(morgue_text_mark(t[1], m, "", &o, &matches, &err), MORGUE_OK);
    CHECK(matches && !morgue_text_marks(t[1], "body", &n));
    morgue_text_free(t[0]);
    morgue_text_free(t[1]);
    morgue_close(m);
}

/* What is marked stays through a wrong call, and goes with a failure. */
static void
wrong_calls_mark_nothing(void)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    morgue *m = NULL;
    morgue_text *t = NULL;
    bool matches = true;
    size_t n = 7;

    make_marked();
    CHECK_INT(morgue_open(&m, dir, &err), MORGUE_OK);
    CHECK_INT(morgue_get(&t, m, "1", &err), MORGUE_OK);
    CHECK_INT(morgue_text_mark(t, m, "have", NULL, NULL, NULL), MORGUE_OK);
    CHECK_INT(morgue_text_mark(NULL, m, "a", NULL, &matches, &err),
              MORGUE_USAGE);
    CHECK(!matches);
    CHECK_INT(morgue_text_mark(t, NULL, "a", NULL, NULL, &err), MORGUE_USAGE);
    CHECK_INT(morgue_text_mark(t, m, NULL, NULL, NULL, &err), MORGUE_USAGE);
    o.size = 5000;
    CHECK_INT(morgue_text_mark(t, m, "a", &o, NULL, &err), MORGUE_USAGE);
    o = (struct morgue_search_options)MORGUE_SEARCH_INIT;
    o.match = (enum morgue_match)7;
    CHECK_INT(morgue_text_mark(t, m, "a", &o, NULL, &err), MORGUE_USAGE);
    CHECK(morgue_text_marks(t, "body", NULL) != NULL);
    CHECK(!morgue_text_marks(t, NULL, &n));
    CHECK_INT(n, 0);
    CHECK(!morgue_text_marks(t, "nothing", &n));
    CHECK(!morgue_text_marks(NULL, "body", &n));
    CHECK_INT(morgue_text_mark(t, m, "?", NULL, NULL, &err), MORGUE_QUERY);
    CHECK(!morgue_text_marks(t, "body", &n));
    morgue_text_free(t);
    morgue_close(m);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "snippet"))
        return 1;
    RUN(passages_begin_with_sentences);
    RUN(marks_are_whole);
    RUN(proximities_are_whole);
    for (int i = 0; i < 2; i++) {
        engine = i == 0 ? "segment" : "xapian";
        RUN_ON(engine, whole_articles_are_marked);
    }
    RUN(wrong_calls_mark_nothing);
    return scratch_drop(dir) ? test_end() : 1;
}
