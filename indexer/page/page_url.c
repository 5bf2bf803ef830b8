/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_url.c - urls of pages, and the dates that they bear
 *
 * Links of http and https alone name pages; a fragment or a query by itself
 * names none.
 */
#include "page_url.h"

#include <stdio.h>

#include "../../common/article/date.h"
#include "../../common/base/uri.h"

static bool
is_web(struct morgue_str url)
{
    return (url.len > 7 &&
            str_eq_nocase(str_slice(url.s, 7), STR("http://"))) ||
           (url.len > 8 &&
            str_eq_nocase(str_slice(url.s, 8), STR("https://")));
}

/* The length of scheme and host. */
static size_t
origin_len(struct morgue_str url)
{
    size_t i;

    if (!is_web(url))
        return 0;
    for (i = url.s[4] == ':' ? 7 : 8; i < url.len; i++)
        if (strchr("/?#", url.s[i]))
            break;
    return i;
}

struct morgue_str
url_host(struct morgue_str url)
{
    size_t len = origin_len(url), from;
    struct morgue_str host;

    if (len == 0)
        return STR("");
    from = url.s[4] == ':' ? 7 : 8;
    host = str_slice(url.s + from, len - from);
    if (str_starts(host, STR("www.")))
        host = str_slice(host.s + 4, host.len - 4);
    return host;
}

struct morgue_str
url_path(struct morgue_str url)
{
    size_t from = origin_len(url), i = from;

    while (i < url.len && url.s[i] != '?' && url.s[i] != '#')
        i++;
    return str_slice(url.s + from, i - from);
}

struct morgue_str
url_resolve(struct arena *a, struct morgue_str base, struct morgue_str url)
{
    struct morgue_str out;

    url = str_trim(url);
    if (url.len == 0 || url.s[0] == '#' || url.s[0] == '?' ||
        (!is_web(base) && !is_web(url)) || !uri_resolve(a, base, url, &out))
        return STR("");
    return is_web(out) ? out : STR("");
}

/* ---- dates -------------------------------------------------------------- */

/* Take up to `max` digits off *at; how many there were, the number in *n. */
static size_t
digits(const char **at, const char *end, size_t max, int *n)
{
    size_t len = 0;

    for (*n = 0; len < max && *at < end && is_digit(**at); (*at)++, len++)
        *n = *n * 10 + (**at - '0');
    return len;
}

/* The month at *at: two digits, or its first letters in English. */
static int
month_at(const char **at, const char *end)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    int n;

    if (digits(at, end, 2, &n) > 0)
        return n >= 1 && n <= 12 ? n : 0;
    for (n = 0; n < 12; n++)
        if (end - *at >= 3 &&
            str_eq_nocase(str_slice(*at, 3), str_slice(names + 3 * n, 3))) {
            while (*at < end && is_alpha(**at))
                (*at)++;
            return n + 1;
        }
    return 0;
}

/* The date at `at`, behind a slash. */
static bool
date_at(const char *at, const char *end, struct morgue_date *out)
{
    int year, month, day;
    char sep, text[40];
    size_t len;

    if (digits(&at, end, 4, &year) < 4 || year < 1990 || year > 2100 ||
        at == end)
        return false;
    sep = *at;
    if (is_digit(sep)) {
        len = digits(&at, end, 2, &month) + digits(&at, end, 2, &day);
        if (len < 4 || (at < end && is_digit(*at)))
            return false;
    } else {
        if (sep != '/' && sep != '-' && sep != '_')
            return false;
        at++;
        month = month_at(&at, end);
        if (month == 0 || (at < end && *at != sep))
            return false;
        day = 0;
        if (at < end) {
            at++;
            len = digits(&at, end, 2, &day);
            if (len == 0 || (at < end && (is_digit(*at) || is_alpha(*at))))
                day = 0;
        }
        if (day == 0 && sep != '/')
            return false;
    }
    if (day > 0)
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    else
        snprintf(text, sizeof text, "%04d-%02d", year, month);
    return date_parse(str_of(text), out);
}

bool
url_date(struct morgue_str url, struct morgue_date *out)
{
    struct morgue_str path = url_path(url);
    const char *end = path.s + path.len;

    for (const char *at = path.s; at < end; at++)
        if ((*at == '/' || *at == '-' || *at == '_') &&
            date_at(at + 1, end, out))
            return true;
    return false;
}
