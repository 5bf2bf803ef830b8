/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_shared.c - tests of sources with the shared corpora, where they
 * are: $MORGUE_SHARED or ../shared/corpora
 */
#include "source_help.h"

#define NEED(path, name)                                                      \
    const char *path = shared(name);                                          \
    do {                                                                      \
        if (!path)                                                            \
            SKIP("the shared corpora are not here");                          \
    } while (0)

static void
count(const char *path, size_t records, size_t skipped, size_t failed)
{
    seen.quiet = true;
    read_source(path, NULL);
    seen.quiet = false;
    CHECK_INT(seen.records, records);
    CHECK_INT(seen.skipped, skipped);
    CHECK_INT(seen.failed, failed);
}

static void
news_as_json_lines(void)
{
    NEED(path, "news");
    count(path, 29705, 0, 0);
    CHECK_INT(seen.converted + seen.repaired, 0);
}

static void
news_counts(void)
{
    static const struct {
        const char *name;
        size_t n;
    } rows[] = {{"news/bbc.jsonl.gz", 2225},
                {"news/time1963.jsonl.gz", 423},
                {"news/digitalgov_news.jsonl.gz", 2077},
                {"news/fnc1_bodies.jsonl.gz", 2587},
                {"news/agnews_test.jsonl.gz", 7600}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        NEED(path, rows[i].name);
        count(path, rows[i].n, 0, 0);
    }
}

static void
an_article_copied_from_a_site(void)
{
    const char *got;
    NEED(path, "raw/site-text");

    got = read_source(path, NULL);
    CHECK_INT(seen.records, 1);
    CHECK(strstr(got, "\ntitle: Putin shores up ") != NULL);
    CHECK(strstr(got, "\nsection: Politics\n") != NULL);
    CHECK(strstr(got, "\nsource: TVP World\n") != NULL);
    CHECK(strstr(got, "\nbody: Following trips by ") != NULL);
    CHECK(strstr(got, "More In") == NULL);
    CHECK(strstr(got, "Source:") == NULL);
}

static void
retrieval_collections(void)
{
    NEED(path, "ir/time");
    seen.quiet = true;
    read_source(path, NULL);
    seen.quiet = false;
    CHECK(seen.records >= 423);
}

/* Every format, and broken files: nothing but accounts. */
static void
every_format(void)
{
    NEED(path, "raw");
    seen.quiet = true;
    read_source(path, NULL);
    seen.quiet = false;
    CHECK(seen.records > 4000);
    CHECK(seen.failed > 0 && seen.failed < 20);
    CHECK_INT(seen.wrong, 0);
}

int
main(void)
{
    begin_folder();
    RUN(news_as_json_lines);
    RUN(news_counts);
    RUN(an_article_copied_from_a_site);
    RUN(retrieval_collections);
    RUN(every_format);
    return end_folder();
}
