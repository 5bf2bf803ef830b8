/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_values.c - what articles have in a field, counted by both engines and by
 * plain code
 *
 * Articles with values drawn by chance come in several updates, some are
 * replaced and taken out; the archive is compacted.
 */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../common/article/field.h"
#include "../../common/base/buf.h"
#include "scratch.h"

enum { ARTICLES = 300, UPDATES = 4, WORDS = 40 };

static const char *dir;
static const char *engine;
static struct morgue_error err;

/* The articles as they should be; a body of -1 words: it was taken out, or has
 * not come yet. */
static struct {
    char value[FIELD_VALUES_N][200];
    int words;
    bool embargo;
} want[ARTICLES];

static uint64_t seed = 7;

static uint32_t
below(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

/* Some values on lines, also with letters that sort behind ASCII, white space
 * and one that begins another; mostly few different ones. */
static void
draw_value(char out[200], enum field f)
{
    static const char *const some[] = {"Politics", "Pol",      "Økonomi",
                                       "Le Phare", "politics", "a: b"};
    static const char *const langs[] = {"en", "de", "fr", "pl", "cs", "sr"};
    size_t len = 0;
    uint32_t n = field_info[f].many ? below(4) : below(2);

    out[0] = '\0';
    for (uint32_t i = 0; i < n; i++) {
        char one[64];

        if (f == FIELD_LANG)
            snprintf(one, sizeof one, "%s", langs[below(6)]);
        else if (below(3))
            snprintf(one, sizeof one, "%s", some[below(6)]);
        else
            snprintf(one, sizeof one, "v %u", below(900));
        len += (size_t)snprintf(out + len, 200 - len, "%s%s",
                                len > 0 ? "\n" : "", one);
    }
}

static void
put(morgue_update *u, unsigned i)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[16], body[WORDS * 8 + 1] = "";
    uint32_t n = below(WORDS);
    size_t len = 0;

    snprintf(id, sizeof id, "a%u", i);
    want[i].words = 0;
    for (uint32_t k = 0; k < n; k++) {
        bool two = below(9) == 0; /* it is two words */

        len += (size_t)snprintf(body + len, sizeof body - len, "%s",
                                two ? "e-boat. " : "ferry ");
        want[i].words += 1 + two;
    }
    for (int k = 0; k < FIELD_VALUES_N; k++) {
        enum field f = (enum field)(FIELD_VALUES + k);

        draw_value(want[i].value[k], f);
        *record_field(&a, f) = str_of(want[i].value[k]);
    }
    if (!want[i].value[FIELD_LANG - FIELD_VALUES][0]) {
        snprintf(want[i].value[FIELD_LANG - FIELD_VALUES], 3, "en");
        a.lang = STR("en");
    }
    want[i].embargo = below(10) == 0;
    a.embargo = want[i].embargo ? STR("2199-01-01T00:00:00Z") : STR("");
    a.id = str_of(id);
    a.title = STR("Ferry");
    a.body = str_of(body);
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
}

static void
update(unsigned from, unsigned to)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    CHECK_INT(morgue_update_open(&u, dir, &o, &err), MORGUE_OK);
    for (unsigned i = from; u && i < to; i++)
        put(u, i);
    for (unsigned i = 0; u && i < from / 8; i++)
        put(u, below(from));
    for (unsigned i = 0; u && i < from / 16; i++) {
        unsigned gone = below(from);
        char id[16];

        snprintf(id, sizeof id, "a%u", gone);
        CHECK_INT(morgue_update_remove(u, id, NULL, &err), MORGUE_OK);
        want[gone].words = -1;
    }
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

/* How many articles have the value in a field, by plain code. */
static uint64_t
count(int field, struct morgue_str value)
{
    uint64_t n = 0;

    for (unsigned i = 0; i < ARTICLES; i++) {
        struct morgue_str rest = str_of(want[i].value[field]), line;
        bool has = false;

        while (str_line(&rest, &line))
            has |= str_eq(line, value);
        n += has && want[i].words >= 0 && !want[i].embargo;
    }
    return n;
}

/* Whether each value that an article has is among those that were read. */
static bool
all_are_there(int field, const morgue_values *values)
{
    struct morgue_value v = MORGUE_VALUE_INIT;
    bool all = true;

    for (unsigned i = 0; i < ARTICLES; i++) {
        struct morgue_str rest = str_of(want[i].value[field]), line;

        while (want[i].words >= 0 && !want[i].embargo &&
               str_line(&rest, &line)) {
            bool there = false;

            for (size_t k = 0; morgue_values_get(values, k, &v); k++)
                there |= str_eq(v.value, line);
            all &= there;
        }
    }
    return all;
}

static void
hold_values_against(morgue *m)
{
    struct morgue_value v = MORGUE_VALUE_INIT;
    morgue_values *values = NULL;

    for (int f = 0; f < FIELD_VALUES_N; f++) {
        const char *name = field_info[FIELD_VALUES + f].name;
        uint64_t last = UINT64_MAX;

        CHECK_INT(morgue_values_read(&values, m, name, &err), MORGUE_OK);
        CHECK(morgue_values_n(values) > 3);
        for (size_t i = 0; morgue_values_get(values, i, &v); i++) {
            uint64_t n = count(f, v.value);

            test_that(n == v.articles, __FILE__, __LINE__,
                      "%s: '%.*s' is in %llu, not %llu", name,
                      (int)v.value.len, v.value.s, (unsigned long long)n,
                      (unsigned long long)v.articles);
            CHECK(v.articles <= last);
            CHECK(v.value.s[v.value.len] == '\0');
            last = v.articles;
        }
        CHECK(all_are_there(f, values));
        morgue_values_free(values);
    }
}

static void
hold_words_against(morgue *m)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue_hits *hits = NULL;
    size_t n = 0;

    o.limit = 2 * ARTICLES;
    CHECK_INT(morgue_search(&hits, m, "title:ferry", &o, &err), MORGUE_OK);
    for (; morgue_hits_get(hits, n, &hit); n++)
        CHECK_INT(hit.words, want[strtoul(hit.id.s + 1, NULL, 10)].words);
    CHECK(n > ARTICLES / UPDATES / 2);
    morgue_hits_free(hits);
}

static void
hold_against(void)
{
    morgue *m = NULL;

    CHECK_INT(morgue_open(&m, dir, &err), MORGUE_OK);
    CHECK_INT(morgue_check(dir, NULL, NULL, &err), MORGUE_OK);
    if (m) {
        hold_values_against(m);
        hold_words_against(m);
    }
    morgue_close(m);
}

static void
values_are_counted(void)
{
    for (unsigned u = 0; u < UPDATES; u++) {
        update(u * ARTICLES / UPDATES, (u + 1) * ARTICLES / UPDATES);
        hold_against();
    }
    CHECK_INT(morgue_compact(dir, &err), MORGUE_OK);
    hold_against();
}

/* As long as a field gets, and of bytes that mean something elsewhere. */
static void
values_of_any_kind(void)
{
    static char longest[64 * 1024 + 1];
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_value v = MORGUE_VALUE_INIT;
    morgue_values *values = NULL;
    morgue_update *u = NULL;
    morgue *m = NULL;

    memset(longest, 't', sizeof longest - 1);
    o.engine = engine;
    a.title = STR("One");
    a.body = STR("Text.");
    a.topics = str_of(longest);
    a.source = STR("\xc3\xa9 \"%s\" \\ ;,\t|");
    CHECK_INT(morgue_update_open(&u, dir, &o, &err), MORGUE_OK);
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    CHECK_INT(morgue_check(dir, NULL, NULL, &err), MORGUE_OK);
    CHECK_INT(morgue_open(&m, dir, &err), MORGUE_OK);
    CHECK_INT(morgue_values_read(&values, m, "topics", &err), MORGUE_OK);
    CHECK(morgue_values_get(values, 0, &v));
    CHECK_INT(v.value.len, sizeof longest - 1);
    morgue_values_free(values);
    CHECK_INT(morgue_values_read(&values, m, "source", &err), MORGUE_OK);
    CHECK(morgue_values_get(values, 0, &v));
    CHECK_STR(v.value.s, "\xc3\xa9 \"%s\" \\ ;, |"); /* a tab is a space */
    morgue_values_free(values);
    CHECK_INT(morgue_values_read(&values, m, "author", &err), MORGUE_OK);
    CHECK_INT(morgue_values_n(values), 0);
    morgue_values_free(values);
    morgue_close(m);
}

static void
run_on(const char *name)
{
    char path[200];

    memset(want, 0, sizeof want);
    for (int i = 0; i < ARTICLES; i++)
        want[i].words = -1;
    engine = name;
    dir = path;
    CHECK(scratch_make(path, sizeof path, "t_values"));
    RUN_ON(name, values_are_counted);
    scratch_drop(path);
    CHECK(scratch_make(path, sizeof path, "t_values"));
    RUN_ON(name, values_of_any_kind);
    scratch_drop(path);
}

int
main(void)
{
    run_on("segment");
    run_on("xapian");
    return test_end();
}
