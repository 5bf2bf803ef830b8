/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_value.c - filters: whole values, addresses, dates, numbers of words
 */
#include <stdlib.h>

#include "brute.h"

static bool
one_like(const struct brute_node *n, struct morgue_str value)
{
    for (size_t i = 0; i < n->word_n && value.len > 0; i++)
        if (brute_like(n->word[i], value))
            return true;
    return false;
}

/* ---- addresses ---- */

static struct morgue_str
without(struct morgue_str s, const char *prefix)
{
    size_t n = strlen(prefix);

    return str_starts(s, str_of(prefix)) ? str_slice(s.s + n, s.len - n) : s;
}

static struct morgue_str
without_scheme(struct morgue_str url)
{
    return without(without(without(url, "http://"), "https://"), "www.");
}

static bool
is_url(const struct brute_node *n, struct morgue_str url)
{
    return url.len > 0 &&
           (brute_like(n->text, url) ||
            brute_like(without_scheme(n->text), without_scheme(url)));
}

/* The host itself, or one whose last parts it is. */
static bool
is_site(struct morgue_str site, struct morgue_str url)
{
    struct morgue_str host = without_scheme(url);
    size_t n = 0;

    while (n < host.len && host.s[n] != '/')
        n++;
    if (url.len == 0 || n < site.len ||
        memcmp(host.s + n - site.len, site.s, site.len) != 0)
        return false;
    return n == site.len || host.s[n - site.len - 1] == '.';
}

/* ---- dates ---- */

static bool
is_within(const struct brute_node *n, struct morgue_date date,
          const struct zone *zone)
{
    int64_t local = date.seconds;

    if (date.precision == MORGUE_DATE_NONE)
        return false;
    if (date.precision != MORGUE_DATE_SECOND)
        return n->from <= local && date_end(date) <= n->to;
    local += zone ? zone_offset(zone, date.seconds) : date.offset;
    return n->from <= local && local < n->to;
}

/* ---- what there is ---- */

static bool
has(const struct brute_article *a, struct morgue_str field)
{
    const struct {
        const char *name;
        struct morgue_str value;
    } row[] = {{"title", a->title},
               {"body", a->body},
               {"author", a->author},
               {"place", a->place},
               {"topic", a->topic},
               {"section", a->value[BRUTE_SECTION]},
               {"source", a->value[BRUTE_SOURCE]},
               {"url", a->url}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        if (str_eq(str_of(row[i].name), field))
            return row[i].value.len > 0;
    return a->date.precision != MORGUE_DATE_NONE;
}

bool
brute_passes(const struct brute_corpus *c, const struct brute_node *n,
             size_t article, const struct zone *zone)
{
    const struct brute_article *a = &c->article[article];

    switch (n->op) {
    case BRUTE_VALUE:
        return one_like(n, a->folded[n->value]);
    case BRUTE_ID:
        return one_like(n, a->id);
    case BRUTE_URL:
        return is_url(n, a->url);
    case BRUTE_SITE:
        return is_site(n->text, a->url);
    case BRUTE_DATE:
        return is_within(n, a->date, zone);
    case BRUTE_WC:
        return n->n <= a->words && a->words <= n->n2;
    default:
        return has(a, n->text);
    }
}
