/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_time.c - the time of day and the zone in a date
 */
#include "date_part.h"
#include "zone_name.h"

/* ---- zones -------------------------------------------------------------- */

/* +0100, +01:00, +01, +5; false where none follows, *good where it can be. */
static bool
offset(struct date_parts *p, struct date_civil *c, bool *good)
{
    const struct date_part *a = date_take(p, "+0");
    int64_t hours, minutes;

    *good = true;
    if (!a)
        a = date_take(p, "-0");
    if (!a)
        return false;
    hours = a[1].digits >= 3 ? a[1].value / 100 : a[1].value;
    minutes = a[1].digits >= 3 ? a[1].value % 100 : 0;
    if (a[1].digits <= 2 && date_take(p, ":0"))
        minutes = a[3].value;
    c->offset = (hours * 60 + minutes) * (a->kind == '-' ? -60 : 60);
    *good = a[1].digits <= 4 && hours <= 24 && minutes <= 59;
    return true;
}

/* The longest row of words at hand that names a zone, else the next one: it is
 * taken.  `n` words at most. */
static bool
zone_words(struct date_parts *p, struct morgue_str *out, bool *known, int n)
{
    const struct date_part *first = &p->part[p->at];
    int there = 0;

    while (there < n && p->at + there < p->n && first[there].kind == 'W')
        there++;
    *known = false;
    for (int i = there; i > 0; i--) {
        const struct date_part *last = &first[i - 1];
        struct morgue_str all =
            str_slice(first->word.s,
                      (size_t)(last->word.s + last->word.len - first->word.s));

        *out = all;
        *known = zone_name_is(all);
        if (!*known && i > 1)
            continue;
        p->at += i;
        return true;
    }
    return false;
}

/* What is read of a zone: the number goes before all names, and a name that is
 * known before others. */
struct zone_read {
    bool number, name, any;
    struct morgue_str first;
};

static bool
name(struct date_parts *p, struct date_civil *c, struct zone_read *z)
{
    enum { WORDS_MAX = 5 };
    const struct date_part *region = date_take(p, "Z");
    struct morgue_str word;
    bool known = true;

    if (region)
        word = region->word;
    else if (!zone_words(p, &word, &known, WORDS_MAX))
        return false;
    z->any = true;
    if (known && !z->name) {
        z->name = true;
        c->zone = word;
    }
    return true;
}

/* The name of the zone in brackets or quotes, as mail and browsers write, or
 * the zone itself: (CEST), (GMT+7), [Europe/Berlin].  False where something is
 * not closed. */
static bool
in_brackets(struct date_parts *p, struct date_civil *c, struct zone_read *z)
{
    char open = p->part[p->at].kind, mark[2] = {0};
    struct date_civil own = {0};
    bool good, number = false;

    mark[0] = (char)(open == '(' ? ')' : open == '[' ? ']' : open);
    p->at++;
    while (!date_take(p, mark)) {
        if (p->at == p->n)
            return false;
        if (offset(p, &own, &good))
            number = good;
        else if (!name(p, c, z))
            p->at++;
    }
    if (number && !z->number) {
        z->number = z->any = true;
        c->offset = own.offset;
    }
    return true;
}

bool
date_zone(struct date_parts *p, struct date_civil *c)
{
    struct zone_read z = {0};
    bool good = true;

    for (int pieces = 0; good && pieces < 4 && p->at < p->n; pieces++) {
        char kind = p->part[p->at].kind;
        int64_t before = c->offset;

        if (kind == '(' || kind == '[' || kind == '"' || kind == '\'') {
            good = in_brackets(p, c, &z);
        } else if (offset(p, c, &good)) {
            c->offset = z.number ? before : c->offset;
            z.number = true;
        } else if (!name(p, c, &z)) {
            break;
        }
    }
    if (z.number)
        c->zone = STR("");
    c->unknown_zone = z.any && !z.number && !z.name;
    return good;
}

/* ---- clocks ------------------------------------------------------------- */

static int
which_half(struct morgue_str w)
{
    if (date_word_in(w, "am ص पूर्वाह्न sa πμ öö de 午前 上午 오전 早上 凌晨"))
        return 0;
    if (date_word_in(w, "pm م अपराह्न ch μμ ös du 午後 下午 오후 晚上"))
        return 1;
    return -1;
}

/* a.m., p. m., π.μ.: its half; -1. */
static int
dotted_half(struct date_parts *p)
{
    int at = p->at, half = -1;
    const struct date_part *w = date_take(p, "W.W");

    if (w && date_word_in(w[2].word, "m μ"))
        half = date_word_in(w[0].word, "a π")   ? 0
               : date_word_in(w[0].word, "p μ") ? 1
                                                : -1;
    if (half < 0)
        p->at = at;
    return half;
}

static void
put_half(struct date_civil *c, int half)
{
    c->hour = c->hour % 12 + (half == 1 ? 12 : 0);
}

bool
date_half_of_day(struct date_parts *p, struct date_civil *c)
{
    int half = dotted_half(p);

    if (half < 0 && p->at < p->n && p->part[p->at].kind == 'W') {
        half = which_half(p->part[p->at].word);
        p->at += half >= 0;
    }
    if (half < 0)
        return true;
    date_take(p, ".");
    if (c->hour < 1 || c->hour > 12)
        return false;
    put_half(c, half);
    return true;
}

bool
date_clock(struct date_parts *p, struct date_civil *c, bool dots)
{
    const struct date_part *a = date_take(p, "0:0");

    if (!a)
        a = date_take(p, "0W0");
    if (!a && dots)
        a = date_take(p, "0.0");
    if (!a || a[0].digits > 2 || a[2].digits != 2)
        return false;
    c->hour = a[0].value;
    c->minute = a[2].value;
    c->precision = MORGUE_DATE_SECOND;
    a = date_take(p, a[1].kind == '.' ? ".0" : ":0");
    if (!a)
        return true;
    c->second = a[1].value;
    if (!date_take(p, ".0"))
        date_take(p, ",0");
    return a[1].digits == 2;
}

/* What stands behind a T without colons: 1100, 110005. */
static bool
basic_clock(struct date_civil *c, const struct date_part *a)
{
    bool seconds = a->digits == 6;

    c->hour = seconds ? a->value / 10000 : a->value / 100;
    c->minute = seconds ? a->value / 100 % 100 : a->value % 100;
    c->second = seconds ? a->value % 100 : 0;
    c->precision = MORGUE_DATE_SECOND;
    return seconds || a->digits == 4;
}

/* 11 a.m., 18h, 18 Uhr. */
static bool
hour_alone(struct date_parts *p, struct date_civil *c,
           const struct date_part *a)
{
    int at = p->at;

    c->hour = a->value;
    c->precision = MORGUE_DATE_SECOND;
    if (a->digits > 2)
        return false;
    return date_take_word(p, "h uhr uur") ||
           (date_half_of_day(p, c) && p->at > at);
}

/* Whether 11h00 follows, or 11.00 that is no date. */
static bool
is_clock(const struct date_parts *p)
{
    const struct date_part *h = &p->part[p->at + 1];

    if (p->at + 1 >= p->n)
        return false;
    if (h->kind == ':')
        return true;
    if (p->at + 2 >= p->n || h[1].kind != '0' || h->spaced || h[1].spaced)
        return false;
    return (h->kind == '.' && h[-1].digits <= 2 && h[1].digits == 2) ||
           (h->kind == 'W' && str_eq_nocase(h->word, STR("h")));
}

/* What stands between the day and the time: "at", "o godz.". */
static bool
time_words(struct date_parts *p)
{
    static const char words[] =
        "at um à às ás om kl klo ore ora alle в о об ob v u o "
        "godz godzina lúc saat στις ที่ เวลา น ساعت الساعة kell på τις";
    bool any = false;

    for (int i = 0; i < 3 && date_take_word(p, words); i++) {
        any = true;
        date_take(p, ".");
    }
    return any;
}

bool
date_time_of_day(struct date_parts *p, struct date_civil *c)
{
    const struct date_part *a, *w;
    bool is_t, known;
    int half = -1;

    date_take(p, ",");
    if (p->at == p->n)
        return true;
    w = date_take(p, "W");
    is_t = w && str_eq_nocase(w->word, STR("T"));
    if (w && !is_t) {
        p->at--;
        half = which_half(w->word);
        p->at += half >= 0;
        if (half < 0 && !time_words(p))
            return false;
    } else if (!w && !date_take(p, "-") && !date_take(p, "=")) {
        date_take(p, "|");
    }
    if (p->at == p->n || (!w && !p->part[p->at].spaced))
        return false;
    if (!is_t && is_clock(p)) {
        known =
            date_clock(p, c, true) && (half >= 0 || date_half_of_day(p, c));
        date_take_word(p, "uhr h hrs hs uur น ч hod ure");
    } else if (is_t && p->at + 1 < p->n && p->part[p->at + 1].kind == ':') {
        known = date_clock(p, c, false);
    } else {
        a = date_take(p, "0");
        known = a && (is_t ? basic_clock(c, a) : hour_alone(p, c, a));
    }
    if (known && half >= 0)
        put_half(c, half);
    date_take(p, ".");
    return known && date_zone(p, c) && p->at == p->n;
}

/* ---- Chinese, Japanese and Korean --------------------------------------- */

/* The number before one of the words, which "about" may follow; -1 where there
 * is none. */
static int64_t
counted(struct date_parts *p, const char *words)
{
    int at = p->at;
    const struct date_part *a = date_take(p, "0W");
    struct morgue_str unit = a ? a[1].word : STR("");

    if (unit.len > 3 &&
        date_word_in(str_slice(unit.s + 3, unit.len - 3), "ごろ 頃 左右"))
        unit.len = 3;
    if (a && date_word_in(unit, words))
        return a->value;
    p->at = at;
    return -1;
}

bool
date_eastern_time(struct date_parts *p, struct date_civil *c,
                  struct morgue_str half)
{
    const struct date_part *w;
    int64_t second;
    int which = -1;

    date_take(p, "(W)");
    if (half.len == 0 && (w = date_take(p, "W")))
        half = w->word;
    while (half.len > 0) {
        if (is_alpha(half.s[0]))
            return false;
        if (which_half(half) >= 0)
            which = which_half(half);
        w = date_take(p, "W");
        half = w ? w->word : STR("");
    }
    if (p->at == p->n)
        return which < 0;
    c->hour = counted(p, "時 时 点 點 시");
    if (c->hour >= 0) {
        c->minute = counted(p, "分 분");
        second = c->minute >= 0 ? counted(p, "秒 초") : -1;
        c->minute = c->minute >= 0 ? c->minute : 0;
        c->second = second >= 0 ? second : 0;
        c->precision = MORGUE_DATE_SECOND;
    } else {
        c->hour = 0;
        if (!date_clock(p, c, false))
            return false;
    }
    if (which >= 0 && c->hour <= 12)
        put_half(c, which);
    return date_zone(p, c) && p->at == p->n;
}
