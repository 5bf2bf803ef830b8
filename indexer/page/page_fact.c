/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_fact.c - a fact that a page tells: which of several to believe
 *
 * Values are cleaned of references and white space; a date counts only where
 * it can be read.
 */
#include "page_fact.h"

#include "../../common/article/date.h"
#include "../markup/html_token.h"

enum {
    VALUES_MAX = 40, /* of one fact */
    VALUE_MAX = 1000 /* bytes of one value */
};

struct morgue_str
fact_clean(struct facts *f, struct morgue_str s)
{
    char *to, *at, *end;
    bool gap = false;

    to = at = arena_alloc(f->arena, s.len + 1);
    if (!to) {
        f->nomem = true;
        return STR("");
    }
    memcpy(at, s.s, s.len);
    end = at + html_unescape(at, s.len, false);
    s.s = at;
    for (; at < end; at++) {
        bool nbsp = *at == '\xC2' && end - at > 1 && at[1] == '\xA0';

        if (nbsp || (unsigned char)*at <= ' ') {
            gap = to > s.s;
            at += nbsp;
            continue;
        }
        if (gap)
            *to++ = ' ';
        gap = false;
        *to++ = *at;
    }
    return str_slice(s.s, (size_t)(to - s.s));
}

static struct morgue_str
joined(struct facts *f, struct morgue_str a, char by, struct morgue_str b)
{
    char *s = arena_alloc(f->arena, a.len + b.len + 2);

    if (!s) {
        f->nomem = true;
        return a;
    }
    memcpy(s, a.s, a.len);
    s[a.len] = by;
    memcpy(s + a.len + 1, b.s, b.len);
    s[a.len + 1 + b.len] = '\0';
    return str_slice(s, a.len + 1 + b.len);
}

static bool
has_line(struct morgue_str lines, struct morgue_str value)
{
    struct morgue_str line;

    while (str_line(&lines, &line))
        if (str_eq_nocase(line, value))
            return true;
    return false;
}

static void
set_date(struct facts *f, struct morgue_date date, const char *where,
         struct morgue_str name)
{
    f->date = date;
    f->date_source =
        name.len > 0 ? joined(f, str_of(where), ' ', name) : str_of(where);
}

/* Whether the text of an instant has its zone, so that it is none of a local
 * clock. */
static bool
says_zone(struct morgue_str value, struct morgue_date date)
{
    return date.precision == MORGUE_DATE_SECOND &&
           (date.offset != 0 || value.s[value.len - 1] == 'Z' ||
            str_has_nocase(value, STR("+00")) ||
            str_has_nocase(value, STR("UTC")) ||
            str_has_nocase(value, STR("GMT")));
}

bool
fact_is_utc(const struct facts *f)
{
    return f->date.precision == MORGUE_DATE_SECOND && f->date.offset == 0 &&
           f->date_zoned;
}

/* Keep the day, or the offset where the shown one tells the time of day. */
void
fact_local_day(struct facts *f, struct morgue_date shown)
{
    enum {
        MINUTE = 60,
        DAY = 24 * 60 * 60,
        AHEAD = 14 * 60 * 60,
        BEHIND = 12 * 60 * 60
    };
    int64_t day = date_local(shown), at = f->date.seconds, offset;

    if (!fact_is_utc(f))
        return;
    if (shown.precision == MORGUE_DATE_SECOND) {
        offset = (day - day % MINUTE) - (at - at % MINUTE);
        if (offset % (30 * MINUTE) == 0 && offset >= -BEHIND &&
            offset <= AHEAD)
            f->date.offset = (int32_t)offset;
        return;
    }
    if (at >= day && at < day + DAY)
        return;
    if (at >= day - AHEAD && at < day + DAY + BEHIND) {
        f->date.seconds = day;
        f->date.precision = MORGUE_DATE_DAY;
    }
}

void
fact_offer_date(struct facts *f, enum trust trust, unsigned rank,
                struct morgue_date date, const char *where,
                struct morgue_str name)
{
    int r = (int)trust * 100 + (int)rank, known = f->fact[FACT_DATE].rank;
    bool better = f->date.precision < MORGUE_DATE_DAY;

    if (known > 0 && known <= r && !better)
        return;
    set_date(f, date, where, name);
    f->date_zoned = date.offset != 0;
    f->fact[FACT_DATE].rank = r;
}

/* A date that is trusted less may be the same instant, by the page's clock. */
static void
see_again(struct facts *f, struct morgue_str value)
{
    struct morgue_date date;

    if (fact_is_utc(f) && date_parse(value, &date) &&
        date.precision == MORGUE_DATE_SECOND && date_in_range(date) &&
        (date.offset == 0 || date.seconds == f->date.seconds))
        fact_local_day(f, date);
}

void
fact_offer(struct facts *f, enum fact which, enum trust trust, unsigned rank,
           struct morgue_str value, const char *where, struct morgue_str name)
{
    bool many =
        which == FACT_AUTHOR || which == FACT_PLACE || which == FACT_TOPICS;
    int r = (int)trust * 100 + (int)rank, known = f->fact[which].rank;
    struct morgue_date date;

    if (which == FACT_DATE && known > 0 && known < r)
        see_again(f, value);
    if (str_trim(value).len == 0 ||
        (known > 0 && (known < r || (known == r && !many))))
        return;
    if (which == FACT_BODY) {
        f->fact[which].value = value;
        f->fact[which].rank = r;
        return;
    }
    value = fact_clean(f, value);
    if (value.len == 0 || value.len > VALUE_MAX)
        return;
    if (which == FACT_DATE) {
        if (!date_parse(value, &date) || !date_in_range(date))
            return;
        set_date(f, date, where, name);
        f->date_zoned = says_zone(value, date);
    }
    if (known != r) {
        f->fact[which].n = 0;
        f->fact[which].value = value;
    } else if (f->fact[which].n < VALUES_MAX &&
               !has_line(f->fact[which].value, value)) {
        f->fact[which].value = joined(f, f->fact[which].value, '\n', value);
    }
    f->fact[which].n++;
    f->fact[which].rank = r;
}
