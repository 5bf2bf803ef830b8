/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_archive.c - real articles into two archives, one of each engine
 *
 * Texts are as the source has them.  Reuters has one source, one language, no
 * sections or addresses, and dates to the second in one year; so that every
 * leaf of the language has something to find, these are dealt out by the
 * number of an article, the same in each run: sections, sources, addresses on
 * some hosts, a few other languages, clocks, and dates of other years, coarse
 * ones, recent ones, none.  Ids are rtr-00000 and on.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "brute.h"

const char *const brute_engine[BRUTE_SIDES] = {"segment", "xapian"};

bool
brute_complain(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    return false;
}

static uint64_t
rng_step(struct brute_rng *r)
{
    uint64_t x = r->state += 0x9E3779B97F4A7C15u;

    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

size_t
brute_below(struct brute_rng *r, size_t n)
{
    return (size_t)(rng_step(r) % n);
}

bool
brute_chance(struct brute_rng *r, unsigned percent)
{
    return brute_below(r, 100) < percent;
}

/* ---- what is dealt out ---- */

struct dealt {
    struct morgue_article article;
    char id[20], url[200];
};

static const char *
one_of(struct brute_rng *r, const char *const *of, size_t n)
{
    return of[brute_below(r, n)];
}

#define ONE_OF(r, list) one_of(r, list, sizeof(list) / sizeof *(list))

static void
deal_date(struct morgue_date *date, struct brute_rng *r)
{
    static const int64_t ago[] = {0, 1, 3, 20};
    char text[40];
    size_t kind = brute_below(r, 100);
    size_t year = 1600 + brute_below(r, 600);
    int64_t day = (int64_t)time(NULL) / 86400;

    if (kind < 4)
        date->precision = MORGUE_DATE_NONE;
    else if (kind < 8)
        snprintf(text, sizeof text, "%zu", year);
    else if (kind < 12)
        snprintf(text, sizeof text, "1987-%02zu", 1 + brute_below(r, 12));
    else if (kind < 17)
        snprintf(text, sizeof text, "1987-03-%02zu", 1 + brute_below(r, 31));
    else if (kind < 22)
        snprintf(text, sizeof text, "%zu-%02zu-%02zuT%02zu:30", year,
                 1 + brute_below(r, 12), 1 + brute_below(r, 28),
                 brute_below(r, 24));
    else if (kind == 22)
        *date = (struct morgue_date){
            .seconds = (day - ago[brute_below(r, 4)]) * 86400,
            .precision = MORGUE_DATE_DAY};
    if (kind >= 4 && kind < 22)
        morgue_date_parse(text, date);
    if (date->precision == MORGUE_DATE_SECOND && brute_chance(r, 30))
        date->offset = 1800 * ((int32_t)brute_below(r, 50) - 24);
}

static void
deal_url(struct dealt *d, struct brute_rng *r, unsigned number)
{
    static const char *const host[] = {
        "https://www.example.org",  "http://news.example.org",
        "https://example.org",      "http://www.daily-post.example.com",
        "https://otherexample.org", "https://archive.news.example.org"};
    static const char *const path[] = {"sport", "world", "sport/1987",
                                       "business/markets", "archive"};

    if (brute_chance(r, 25))
        return;
    snprintf(d->url, sizeof d->url, "%s/%s/%u%s", ONE_OF(r, host),
             ONE_OF(r, path), number, brute_chance(r, 50) ? ".html" : "");
    d->article.url = str_of(d->url);
}

static void
deal(struct dealt *d, unsigned number)
{
    static const char *const section[] = {"Sport",
                                          "World News",
                                          "Business",
                                          "World Business",
                                          "\xC3\x89"
                                          "conomie",
                                          "News"};
    static const char *const source[] = {"Reuters",  "BBC News", "BBC Sport",
                                         "Le Monde", "AP",       "Daily Post"};
    static const char *const lang[] = {"de", "fr", "xx", "es"};
    struct brute_rng r = {number * 2654435761u + 17};

    snprintf(d->id, sizeof d->id, "rtr-%05u", number);
    d->article.id = str_of(d->id);
    if (brute_chance(&r, 80))
        d->article.section = str_of(ONE_OF(&r, section));
    if (brute_chance(&r, 60))
        d->article.source = str_of(ONE_OF(&r, source));
    else if (brute_chance(&r, 10))
        d->article.source = STR("");
    if (brute_chance(&r, 6))
        d->article.lang = str_of(ONE_OF(&r, lang));
    if (brute_chance(&r, 3))
        d->article.author = STR("Jane Doe\nJohn van der Berg, Reuters");
    deal_date(&d->article.date, &r);
    deal_url(d, &r, number);
}

/* ---- indexing ---- */

struct building {
    morgue_update *u[BRUTE_SIDES];
    unsigned number;
    enum morgue_status st;
    struct morgue_error err;
};

static bool
add_article(const struct morgue_article *article,
            const struct morgue_origin *origin, void *payload)
{
    struct building *b = payload;
    struct dealt d = {.article = *article};

    (void)origin;
    d.article.size = sizeof d.article;
    deal(&d, b->number++);
    for (int i = 0; i < BRUTE_SIDES && !b->st; i++)
        b->st = morgue_update_add(b->u[i], &d.article, &b->err);
    return !b->st;
}

static enum morgue_status
open_updates(struct building *b, const struct brute_archives *a)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    enum morgue_status st = MORGUE_OK;

    for (int i = 0; i < BRUTE_SIDES && !st; i++) {
        o.engine = brute_engine[i];
        o.threads = 2;
        st = morgue_update_open(&b->u[i], a->dir[i], &o, &b->err);
    }
    return st;
}

bool
brute_build(struct brute_archives *a, const char *const *source, size_t n)
{
    struct morgue_source_options o = MORGUE_SOURCE_INIT;
    struct building b = {.number = 0};

    o.on_article = add_article;
    o.payload = &b;
    b.st = open_updates(&b, a);
    for (size_t i = 0; i < n && !b.st; i++) {
        enum morgue_status st = morgue_source_read(source[i], &o, &b.err);

        b.st = b.st ? b.st : st;
    }
    for (int i = 0; i < BRUTE_SIDES; i++) {
        if (!b.st)
            b.st = morgue_update_commit(b.u[i], NULL, &b.err);
        morgue_update_close(b.u[i]);
        if (!b.st)
            b.st = morgue_open(&a->m[i], a->dir[i], &b.err);
    }
    a->articles = b.number;
    return !b.st || brute_complain("cannot index: %s", b.err.message);
}

void
brute_remove(struct brute_archives *a)
{
    char command[500];

    for (int i = 0; i < BRUTE_SIDES; i++) {
        morgue_close(a->m[i]);
        a->m[i] = NULL;
        snprintf(command, sizeof command, "rm -rf '%s'", a->dir[i]);
        if (system(command) != 0)
            brute_complain("cannot remove %s", a->dir[i]);
    }
}
