/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_fields.c - the fields of articles as data, and as the documents have them
 */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../common/base/buf.h"
#include "../../indexer/keys/key_table.h"

/* All of a file of the tree. */
static void
read_all(struct buf *out, const char *path)
{
    FILE *f = fopen(path, "r");
    char bytes[4096];
    size_t n;

    CHECK(f != NULL);
    while (f && (n = fread(bytes, 1, sizeof bytes, f)) > 0)
        buf_add(out, bytes, n);
    buf_char(out, '\0');
    if (f)
        fclose(f);
}

/* Whether `word` stands in a text, not as a part of another. */
static bool
has_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = text; (at = strstr(at, word)) != NULL; at++) {
        char before = at > text ? at[-1] : ' ', after = at[len];

        if (!strchr("abcdefghijklmnopqrstuvwxyz_", before) &&
            !strchr("abcdefghijklmnopqrstuvwxyz_", after))
            return true;
    }
    return false;
}

static void
each_is_documented(void)
{
    static const char *const all[] = {"searcher/cli/morgue-searcher.1",
                                      "indexer/cli/morgue-indexer.1"};
    struct morgue_field f = MORGUE_FIELD_INIT;
    char colon[40];
    struct buf text;

    buf_init(&text, 1 << 20);
    for (size_t d = 0; d < sizeof all / sizeof *all; d++) {
        buf_reset(&text);
        read_all(&text, all[d]);
        for (size_t i = 0; morgue_field_get(i, &f); i++) {
            test_that(has_word(text.data, f.name), __FILE__, __LINE__,
                      "%s does not have the field %s", all[d], f.name);
            snprintf(colon, sizeof colon, "%s:", f.query);
            test_that(d == 1 || !f.query[0] || strstr(text.data, colon),
                      __FILE__, __LINE__, "%s does not have %s", all[d],
                      colon);
        }
    }
    buf_free(&text);
}

static void
articles_have_them(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_field f = MORGUE_FIELD_INIT;
    struct morgue_str s = {0};
    size_t n = 0, many = 0;

    a.place = (struct morgue_str){"Lurne\nBrask", 11};
    a.body = (struct morgue_str){"text", 4};
    for (; morgue_field_get(n, &f); n++) {
        CHECK(f.name[0] && f.what[0] && f.max >= 64);
        CHECK(morgue_article_get(&a, f.name, &s));
        CHECK(s.s != NULL);
        many += f.many;
    }
    CHECK(n >= 17 && many >= 4);
    CHECK(morgue_article_get(&a, "places", &s) && s.s == a.place.s);
    CHECK(morgue_article_get(&a, "body", &s) && s.len == 4);
    CHECK(!morgue_article_get(&a, "place", &s)); /* is what queries say */
    /* of a library that knows fewer */
    a.size = offsetof(struct morgue_article, embargo);
    CHECK(!morgue_article_get(&a, "embargo", &s));
}

/* What show-source prints can be indexed, a field that was added too. */
static void
each_is_a_key(void)
{
    for (int f = 0; f < FIELD_N; f++) {
        enum field found = FIELD_N;
        int rank = 0;

        CHECK(key_find(str_of(field_info[f].name), &found, &rank));
        CHECK_INT(found, f);
        CHECK(rank > 0);
    }
}

int
main(void)
{
    RUN(each_is_documented);
    RUN(each_is_a_key);
    RUN(articles_have_them);
    return test_end();
}
