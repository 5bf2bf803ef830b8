/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date.c - dates as news writes them
 *
 * The text is cut into numbers, words and signs (struct date_part) and the row
 * of their kinds is held against the forms that dates have.
 */
#include "date.h"

#include <stdio.h>

#include "date_part.h"
#include "zone_name.h"

/* ---- forms -------------------------------------------------------------- */

static void
set_day(struct date_civil *c, int64_t year, int64_t month, int64_t day)
{
    c->year = year;
    c->month = month;
    c->day = day;
    c->precision = MORGUE_DATE_DAY;
}

/* 20050304 and 20050304T0405[06]; the T part is a word stuck to digits. */
static bool
basic_date(struct date_parts *p, struct date_civil *c)
{
    const struct date_part *a = &p->part[p->at];

    if (a->digits == 14) {
        set_day(c, a->value / 10000000000, a->value / 100000000 % 100,
                a->value / 1000000 % 100);
        c->hour = a->value / 10000 % 100;
        c->minute = a->value / 100 % 100;
        c->second = a->value % 100;
        c->precision = MORGUE_DATE_SECOND;
    } else {
        set_day(c, a->value / 10000, a->value / 100 % 100, a->value % 100);
    }
    p->at++;
    return true;
}

/* Which of two numbers is the day, where only one reading is a date or the
 * order is known; else it is told that nothing tells. */
static void
day_and_month(struct date_civil *c, struct date_how *how, int64_t x, int64_t y)
{
    enum morgue_order order = how->order;

    if (x > 12 || y > 12) {
        order = x > 12 ? MORGUE_ORDER_DMY : MORGUE_ORDER_MDY;
        how->shows = x <= 12 || y <= 12 ? order : MORGUE_ORDER_NONE;
    } else if (x != y) {
        how->open = true;
        if (order != MORGUE_ORDER_DMY && order != MORGUE_ORDER_MDY) {
            how->ambiguous = true;
            c->precision = MORGUE_DATE_YEAR;
            return;
        }
    }
    set_day(c, c->year, order == MORGUE_ORDER_MDY ? x : y,
            order == MORGUE_ORDER_MDY ? y : x);
}

/* RFC 2822, 4.3: years of two digits are of 1950 to 2049. */
static int64_t
full_year(const struct date_part *year)
{
    if (year->digits > 2)
        return year->value;
    return year->value + (year->value < 50 ? 2000 : 1900);
}

/* Numbers alone, the year last: 11.11.1918, 25/11/1918, 11/25/1918; with two
 * digits where the user says the order, then it may be first, too. */
static bool
digits_first(struct date_parts *p, struct date_civil *c, struct date_how *how)
{
    const struct date_part *a = date_take(p, "0.0.0");
    bool dots = a != NULL, said = how->said && how->order != MORGUE_ORDER_NONE;

    if (!a)
        a = date_take(p, "0/0/0");
    if (!a)
        a = date_take(p, "0-0-0");
    if (!a || a[0].digits > 2 || a[2].digits > 2 ||
        (a[4].digits != 4 && !(a[4].digits == 2 && said)))
        return false;
    c->year = full_year(&a[4]);
    if (a[4].digits == 2 && how->order == MORGUE_ORDER_YMD)
        set_day(c, full_year(&a[0]), a[2].value, a[4].value);
    else if (dots && !said)
        set_day(c, c->year, a[2].value, a[0].value);
    else
        day_and_month(c, how, a[0].value, a[2].value);
    return true;
}

/* The end of "11th", if it follows: "1er", "11.", "3-án". */
static void
ordinal(struct date_parts *p)
{
    int at = p->at;

    if (date_take(p, "-")) {
        if (date_take_word(p, "án én jén jei го е"))
            return;
        p->at = at;
    }
    if (!date_take_word(p, "st nd rd th er º ª ° ère e ème a ste d"))
        date_take(p, ".");
}

/* What several languages put between day, month and year: "of", "de". */
static void
of(struct date_parts *p)
{
    if (date_take_word(p, "of de del d di do da des ta tháng năm من ב"))
        date_take(p, "'");
    else
        date_take(p, "'");
}

/* What follows a year: "г.", "року", a full stop. */
static void
year_word(struct date_parts *p)
{
    date_take_word(p, "г года год р року рік god godine g y");
    date_take(p, ".");
}

/* Whether a year of two digits is one of RFC 822: a time follows. */
static bool
short_year(const struct date_parts *p, const struct date_part *year)
{
    return year->digits == 2 && p->at + 1 < p->n &&
           p->part[p->at].kind == '0' && p->part[p->at + 1].kind == ':';
}

static void
set_named(struct date_civil *c, int64_t year, const struct date_name *month,
          const struct date_part *day)
{
    enum { THAI = 543 };

    if (month->thai && year > DATE_YEAR_MAX)
        year -= THAI;
    set_day(c, year, month->month, day ? day->value : 1);
    c->other = month->other;
    if (!day)
        c->precision = MORGUE_DATE_MONTH;
}

/* The month: its name, or in Vietnamese its number behind a word. */
static bool
take_month(struct date_parts *p, struct date_name *out)
{
    const struct date_part *month = date_take(p, "M");

    if (month) {
        *out = month->name;
        return true;
    }
    if (!date_take_word(p, "tháng thg th") || !(month = date_take(p, "0")))
        return false;
    *out = (struct date_name){.month = (int)(month->value % 100)};
    return month->value <= 12;
}

/* With a month's name: 11 November 1918, 26-FEB-1987, November 11, 1918,
 * November 1918, 11. November 1918, 11 de noviembre de 1918; "11th", "Nov."
 * and commas are allowed. */
static bool
named_month(struct date_parts *p, struct date_civil *c)
{
    const struct date_part *day, *year;
    struct date_name month;

    day = date_take(p, "0");
    if (day) {
        ordinal(p);
        if (!(p->at < p->n && date_word_in(p->part[p->at].word, "tháng")))
            of(p);
    }
    if (!date_take(p, "-"))
        date_take(p, "/");
    if (!take_month(p, &month))
        return false;
    while (date_take(p, ".") || date_take(p, "-") || date_take(p, ",") ||
           date_take(p, "/"))
        ;
    of(p);
    year = date_take(p, "0");
    if (!day && year && year->digits <= 2) {
        day = year;
        ordinal(p);
        date_take(p, ",");
        of(p);
        year = date_take(p, "0");
    }
    if (!year || (year->digits != 4 && !(day && short_year(p, year))))
        return false;
    set_named(c, full_year(year), &month, day);
    year_word(p);
    return true;
}

/* The year first, and the month by its name: 1918 November 11, 1918. gada 11.
 * novembris, 1918. november 11., 1918(e)ko azaroaren 11; else nothing is
 * taken. */
static bool
year_and_name(struct date_parts *p, struct date_civil *c)
{
    const struct date_part *year = date_take(p, "0"), *day;
    struct date_name month;
    int at = p->at - 1;

    date_take(p, "(W)");
    while (date_take(p, ".") || date_take(p, ",") || date_take(p, "-") ||
           date_take_word(p, "m gada ko eko metų г"))
        ;
    day = date_take(p, "0");
    if (day) {
        ordinal(p);
        of(p);
    }
    if (!take_month(p, &month)) {
        p->at = at;
        return false;
    }
    while (date_take(p, ".") || date_take(p, ",") || date_take(p, "-"))
        ;
    if (!day && p->at < p->n && p->part[p->at].digits <= 2 &&
        !(p->at + 1 < p->n && p->part[p->at + 1].kind == ':'))
        day = date_take(p, "0");
    if (day && p->at < p->n)
        ordinal(p);
    date_take(p, ".");
    set_named(c, year->value, &month, day);
    return true;
}

/* Whether the words behind three numbers are those for year, month and day in
 * Chinese and Japanese, or in Korean; the last may go on in what follows. */
static bool
is_eastern(const struct date_part *a, struct morgue_str *rest)
{
    static const struct morgue_str names[2][3] = {
        {{"年", 3}, {"月", 3}, {"日", 3}}, {{"년", 3}, {"월", 3}, {"일", 3}}};
    struct morgue_str last = a[5].word;

    for (int i = 0; i < 2; i++)
        if (str_eq(a[1].word, names[i][0]) && str_eq(a[3].word, names[i][1]) &&
            str_starts(last, names[i][2])) {
            *rest = str_slice(last.s + 3, last.len - 3);
            return true;
        }
    return false;
}

/* Of ISO 8601 a day by its number in the year, 1918-315, or in a week,
 * 1918-W46-1, weeks of which begin on Monday; the first has 4 January. */
static bool
numbered_day(struct date_parts *p, struct date_civil *c)
{
    enum { DAY = 86400 };
    const struct date_part *a = &p->part[p->at];
    int64_t first = date_seconds((int)a->value, 1, 4, 0, 0, 0) / DAY;
    int64_t monday = first - ((first + 3) % 7 + 7) % 7, day;
    int at = p->at, y, m, d;

    if (date_take(p, "0-0") && a[2].digits == 3) {
        day = first - 4 + a[2].value;
    } else {
        p->at = at;
        if (!date_take(p, "0-W0-0") || !str_eq_nocase(a[2].word, STR("w")) ||
            a[3].digits != 2 || a[3].value < 1 || a[3].value > 53 ||
            a[5].value < 1 || a[5].value > 7 || a[5].digits != 1) {
            p->at = at;
            return false;
        }
        day = monday + (a[3].value - 1) * 7 + a[5].value - 1;
    }
    date_calendar(day * DAY, &y, &m, &d);
    set_day(c, y, m, d);
    if (a[2].digits != 3 || (y == a->value && a[2].value > 0))
        return true;
    p->at = at;
    return false;
}

/* Year first: 1918, 1918-11, 1918-11-11, 1918/11/11, 1918年11月11日. */
static bool
year_first(struct date_parts *p, struct date_civil *c)
{
    const struct date_part *a = &p->part[p->at];
    int at = p->at;

    if (date_take(p, "0W0W0W")) {
        struct morgue_str half;

        set_day(c, a[0].value, a[2].value, a[4].value);
        if (is_eastern(a, &half))
            return date_eastern_time(p, c, half);
        p->at = at;
    }
    if (year_and_name(p, c) || numbered_day(p, c))
        return true;
    if (date_take(p, "0-0-0") || date_take(p, "0/0/0") ||
        date_take(p, "0.0.0")) {
        set_day(c, a[0].value, a[2].value, a[4].value);
    } else if (date_take(p, "0-0") || date_take(p, "0/0")) {
        c->year = a[0].value;
        c->month = a[2].value;
        c->precision = MORGUE_DATE_MONTH;
    } else {
        p->at++;
        c->year = a[0].value;
        c->precision = MORGUE_DATE_YEAR;
    }
    return true;
}

/* Nov 11 11:00:00 GMT 1918, Nov 11 11:00:00 +0100 1918, as date, ctime
 * and Twitter write; else nothing is taken. */
static bool
time_before_year(struct date_parts *p, struct date_civil *c)
{
    const struct date_civil before = *c;
    int at = p->at;
    const struct date_part *a = date_take(p, "M0"), *year;

    if (a && date_clock(p, c, false) && date_zone(p, c)) {
        year = date_take(p, "0");
        if (year && year->digits == 4 && p->at == p->n) {
            set_named(c, year->value, &a[0].name, &a[1]);
            c->precision = MORGUE_DATE_SECOND;
            return true;
        }
    }
    p->at = at;
    *c = before;
    return false;
}

/* Whether a month, or numbers alone, come behind the part at hand, so that it
 * is a day where it may be a month as well: mar, 6 giu 2023. */
static bool
month_follows(const struct date_parts *p)
{
    struct date_parts rest = *p;

    for (int i = p->at + 1; i < p->n; i++)
        if (p->part[i].kind == 'M')
            return true;
    rest.at++;
    while (date_take(&rest, ".") || date_take(&rest, ","))
        ;
    return date_take(&rest, "0/0/0") || date_take(&rest, "0.0.0") ||
           date_take(&rest, "0-0-0");
}

/* Take the name of a day, if one follows, and what stands before the date
 * itself. */
static void
day_of_week(struct date_parts *p, struct date_civil *c)
{
    static const char before[] = "le den el am il la der thứ chủ יום يوم ngày";
    const struct date_part *a;

    if (date_take_word(p, before) && p->at < p->n &&
        p->part[p->at].name.days == 0 && p->part[p->at - 1].name.days != 0)
        p->at--; /* it is a day itself */
    a = &p->part[p->at];
    if (p->at == p->n || a->name.days == 0 ||
        (a->kind == 'M' && !month_follows(p)))
        return;
    c->days = a->name.days;
    p->at++;
    date_take(p, "-W");
    while (date_take(p, ".") || date_take(p, ","))
        ;
    date_take_word(p, "den the le el il ngày");
}

/* The time first, as news sites write it: 20:10 BST, 4 March 2019;
 * 10:20 AM ET, Mon March 4, 2019. */
static bool
time_first(struct date_parts *p, struct date_civil *c)
{
    struct date_civil day = {0};

    if (!date_clock(p, c, false) || !date_half_of_day(p, c) ||
        !date_zone(p, c))
        return false;
    date_take(p, ",");
    date_take_word(p, "on");
    day_of_week(p, c);
    if (!named_month(p, &day) || day.precision != MORGUE_DATE_DAY)
        return false;
    c->year = day.year;
    c->month = day.month;
    c->day = day.day;
    c->other = day.other;
    return true;
}

/* Of a month's name that means another one elsewhere, the one of which the day
 * of the week is right. */
static void
settle_month(struct date_civil *c)
{
    int64_t days =
        date_seconds((int)c->year, (int)c->month, (int)c->day, 0, 0, 0) /
        86400;

    if (c->other && c->days && c->precision >= MORGUE_DATE_DAY &&
        !(c->days >> ((days + 3) % 7 + 7) % 7 & 1))
        c->month = c->other;
}

/* The zone that is given by its name; where it means nothing to us, the day is
 * all that is known. */
static void
settle_zone(struct date_civil *c, int64_t local)
{
    int32_t offset = 0;

    if (c->zone.len > 0 && !c->unknown_zone)
        c->unknown_zone = !zone_name_offset(c->zone, local, &offset);
    if (c->zone.len > 0)
        c->offset = offset;
    if (!c->unknown_zone || c->precision != MORGUE_DATE_SECOND)
        return;
    c->precision = MORGUE_DATE_DAY;
    c->offset = 0;
}

/* Whether a calendar has the day. */
static bool
is_day(int64_t year, int64_t month, int64_t day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
           day >= 1 && day <= date_month_days((int)year, (int)month);
}

static bool
is_time(const struct date_civil *c)
{
    if (c->hour > 24 || c->minute > 59 || c->second > 60 ||
        c->offset > DATE_OFFSET_MAX || c->offset < -DATE_OFFSET_MAX)
        return false;
    return c->hour < 24 || (c->minute == 0 && c->second == 0);
}

static bool
to_date(struct date_civil *c, struct morgue_date *out)
{
    int64_t local;

    /* Four digits alone are a year only where they are likely to be one. */
    if (c->precision < MORGUE_DATE_DAY &&
        (c->year < DATE_YEAR_MIN || c->year > DATE_YEAR_MAX))
        return false;
    if (c->precision == MORGUE_DATE_YEAR)
        c->month = 1;
    if (c->precision < MORGUE_DATE_DAY)
        c->day = 1;
    if (!is_day(c->year, c->month, c->day) || !is_time(c))
        return false;
    settle_month(c);
    if (!is_day(c->year, c->month, c->day))
        return false;
    local = date_seconds((int)c->year, (int)c->month, (int)c->day,
                         (int)c->hour, (int)c->minute, (int)c->second);
    settle_zone(c, local);
    if (c->precision < MORGUE_DATE_SECOND)
        local -= (local % 86400 + 86400) % 86400;
    out->seconds = local - c->offset;
    out->precision = c->precision;
    out->offset = (int32_t)c->offset;
    return date_is_valid(*out); /* a zone may lead out of the years */
}

/* Seconds or milliseconds since 1970, alone. */
static bool
epoch(const struct date_parts *p, struct morgue_date *out)
{
    const struct date_part *a = &p->part[0];

    if (p->n != 1 || a->kind != '0')
        return false;
    if (a->digits != 9 && a->digits != 10 && a->digits != 12 &&
        a->digits != 13)
        return false;
    out->seconds = a->digits > 10 ? a->value / 1000 : a->value;
    out->precision = MORGUE_DATE_SECOND;
    return out->seconds < date_seconds(DATE_YEAR_MAX, 1, 1, 0, 0, 0);
}

/* Without what RFC 9557 puts behind a time that is no zone: [u-ca=gregory]. */
static struct morgue_str
without_suffix(struct morgue_str s)
{
    while (s.len > 0 && s.s[s.len - 1] == ']') {
        size_t n = s.len;

        while (n > 0 && s.s[n - 1] != '[')
            n--;
        if (n < 2 || !memchr(s.s + n, '=', s.len - n))
            break;
        s = str_trim(str_slice(s.s, n - 1));
    }
    return s;
}

/* The day, in whatever form; what stands behind it is left. */
static bool
any_form(struct date_parts *p, struct date_civil *c, struct date_how *how)
{
    const struct date_part *a;

    day_of_week(p, c);
    a = &p->part[p->at];
    if (p->at == p->n || (a->kind == 'W' && a->name.days == 0 &&
                          !date_word_in(a->word, "tháng thg")))
        return false;
    if (a->kind == '0' && (a->digits == 8 || a->digits == 14))
        return basic_date(p, c);
    if (a->kind == '0' && a->digits == 4)
        return year_first(p, c);
    if (a->kind == '0' && p->at + 1 < p->n && a[1].kind == ':')
        return time_first(p, c);
    return digits_first(p, c, how) || time_before_year(p, c) ||
           named_month(p, c);
}

/* A day that no calendar has, and of those that databases write the ones whose
 * day, or month too, is 0: not known. */
static bool
impossible(struct date_civil *c, struct date_how *how, bool basic,
           struct morgue_date *out)
{
    if (c->precision < MORGUE_DATE_DAY || c->year < DATE_YEAR_MIN ||
        c->year > DATE_YEAR_MAX || c->month > 99 || c->day > 99 ||
        is_day(c->year, c->month, c->day))
        return false;
    if (c->day == 0 && c->month <= 12) {
        c->precision = c->month > 0 ? MORGUE_DATE_MONTH : MORGUE_DATE_YEAR;
        c->hour = c->minute = c->second = c->offset = 0;
        c->zone = STR("");
        how->partial = to_date(c, out);
        return how->partial;
    }
    how->impossible = !basic || (c->month <= 12 && c->day <= 31);
    if (how->impossible)
        snprintf(how->written, sizeof how->written, "%04d-%02d-%02d",
                 (int)c->year, (int)c->month, (int)c->day);
    return false;
}

bool
date_form(struct morgue_str s, struct date_how *how, struct morgue_date *out)
{
    const struct morgue_date none = {.precision = MORGUE_DATE_NONE};
    struct date_parts p;
    struct date_civil c = {0};
    bool known;

    *out = none;
    s = str_trim(s);
    if (s.len > 100 || !date_split(&p, without_suffix(s)))
        return false;
    if (epoch(&p, out))
        return true;
    *out = none;
    known = any_form(&p, &c, how) &&
            (c.days == 0 || c.precision >= MORGUE_DATE_DAY || how->ambiguous);
    if (known && p.at < p.n) {
        if (how->ambiguous)
            c.precision = MORGUE_DATE_DAY;
        known = c.precision >= MORGUE_DATE_DAY && date_time_of_day(&p, &c);
        if (how->ambiguous) {
            c.precision = MORGUE_DATE_YEAR;
            c.hour = c.minute = c.second = c.offset = 0;
        }
    }
    if (known &&
        (to_date(&c, out) || impossible(&c, how, p.part[0].digits == 8, out)))
        return true;
    *out = none;
    how->ambiguous = how->open = false;
    how->shows = MORGUE_ORDER_NONE;
    return false;
}

bool
date_parse(struct morgue_str s, struct morgue_date *out)
{
    struct date_how how = {.order = MORGUE_ORDER_NONE};

    if (date_form(s, &how, out) && !how.ambiguous && !how.partial)
        return true;
    *out = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    return false;
}

bool
morgue_date_parse(const char *text, struct morgue_date *out)
{
    struct morgue_date date = {.precision = MORGUE_DATE_NONE};
    bool known = text && date_parse(str_of(text), &date);

    known = known && date_in_range(date);
    if (!known)
        date = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    if (out)
        *out = date;
    return known;
}
