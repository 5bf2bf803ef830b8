/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_date_find.c - dates inside a line of text
 *
 * A date begins with a number or a month's name and has a year of four digits
 * among its first few words; the longest piece that the date parser reads is
 * taken, so that the time behind the day comes with it.  Beside what the
 * parser knows, a date of three numbers is read here, where the order of day
 * and month comes from the language of the page (3/4/2019), or the year has
 * two digits (3.4.19).
 *
 * A line without a year costs one look at its bytes; each place where a date
 * may begin, up to TOKENS_MAX calls of the parser.
 */
#include "page_date_find.h"

#include <stdio.h>

#include "../../common/article/date.h"

enum {
    TOKENS_MAX = 16, /* words and numbers of a date with its time */
    WORDS_MAX = 3,   /* before the year */
    TO_TIME_MAX = 3, /* words before the time */
    DATE_LEN_MAX = 100
};

static bool
is_letter(char c)
{
    return is_alpha(c) || (unsigned char)c >= 0x80;
}

/* The end of the run of digits or of letters at `at`, or behind one sign. */
static size_t
token_end(struct morgue_str s, size_t at)
{
    size_t i = at;

    while (i < s.len && is_digit(s.s[i]))
        i++;
    if (i == at)
        while (i < s.len && is_letter(s.s[i]))
            i++;
    return i == at && i < s.len ? i + 1 : i;
}

static int
number(struct morgue_str s, size_t at, size_t end)
{
    int n = 0;

    for (; at < end && n < 100000; at++)
        n = n * 10 + (s.s[at] - '0');
    return n;
}

static bool
is_year(struct morgue_str s, size_t at, size_t end)
{
    int year = end - at == 4 && is_digit(s.s[at]) ? number(s, at, end) : 0;

    return year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX;
}

/* ---- three numbers ------------------------------------------------------ */

struct three {
    int n[3];
    size_t digits[3], end;
    char sign;
};

/* 3.4.2019, 3. 4. 2019, 3/4/2019, 3-4-19. */
static bool
three_numbers(struct morgue_str s, size_t at, struct three *t)
{
    *t = (struct three){0};
    for (int i = 0; i < 3; i++) {
        size_t end = at;

        while (end < s.len && is_digit(s.s[end]))
            end++;
        t->digits[i] = end - at;
        if (end == at || end - at > 4)
            return false;
        t->n[i] = number(s, at, end);
        t->end = at = end;
        if (i == 2)
            break;
        if (at == s.len || !strchr("./-", s.s[at]) ||
            (i == 1 && s.s[at] != t->sign))
            return false;
        t->sign = s.s[at++];
        while (t->sign != '-' && at < s.len && s.s[at] == ' ')
            at++;
    }
    /* 1.2.3.4 is an address or a version */
    return t->end + 1 >= s.len || s.s[t->end] != t->sign ||
           !is_digit(s.s[t->end + 1]);
}

/* The day of three numbers, the year last; 0 where it is none. */
static bool
numbers_day(const struct three *t, enum day_order order, struct date_found *f,
            int ymd[3])
{
    int day = t->n[0], month = t->n[1], year = t->n[2];

    f->short_year = t->digits[2] == 2;
    f->guessed = t->sign != '.' && day <= 12 && month <= 12 && day != month;
    if (t->digits[0] > 2 || t->digits[1] > 2 ||
        (t->digits[2] != 2 && t->digits[2] != 4))
        return false;
    if (f->short_year && (t->sign == '-' || t->digits[1] != 2 ||
                          (t->sign == '/' && order == ORDER_UNKNOWN)))
        return false;
    if (f->short_year)
        year += year < 70 ? 2000 : 1900;
    if (f->guessed && order == ORDER_UNKNOWN)
        return false;
    if (t->sign != '.' &&
        (month > 12 || (f->guessed && order == ORDER_MONTH_FIRST))) {
        day = t->n[1];
        month = t->n[0];
    }
    ymd[0] = year;
    ymd[1] = month;
    ymd[2] = day;
    return day >= 1 && month >= 1 && month <= 12 && year >= DATE_YEAR_MIN &&
           year <= DATE_YEAR_MAX && day <= date_month_days(year, month);
}

/* ---- the longest piece that is a date ----------------------------------- */

/* Whether `head` and the bytes at `at` to `end` are a date of a day at least.
 */
static bool
is_date(struct morgue_str s, struct morgue_str head, size_t at, size_t end,
        struct date_found *f)
{
    char text[DATE_LEN_MAX];
    struct morgue_date date;

    if (head.len + (end - at) > sizeof text)
        return false;
    if (head.len > 0)
        memcpy(text, head.s, head.len);
    memcpy(text + head.len, s.s + at, end - at);
    if (!date_parse(str_slice(text, head.len + (end - at)), &date) ||
        date.precision < MORGUE_DATE_DAY || !date_in_range(date))
        return false;
    f->date = date;
    f->to = end;
    return true;
}

/* Whether a number that may be of a time stands soon behind a date. */
static bool
time_follows(struct morgue_str s, size_t at)
{
    for (int n = 0; n < TO_TIME_MAX && at < s.len; at = token_end(s, at)) {
        if (is_digit(s.s[at]))
            return token_end(s, at) - at <= 6;
        n += is_letter(s.s[at]);
    }
    return false;
}

/* Read `head` and as much of the tokens at `at` as makes a date with it; what
 * ends at `need` must be one, or (0) nothing is known of its end. */
static bool
longest(struct morgue_str s, struct morgue_str head, size_t at, size_t need,
        struct date_found *f)
{
    size_t end[TOKENS_MAX], n = 0, i = need > 0 ? need : at;

    if (need > 0 && !is_date(s, head, at, need, f))
        return false;
    if (need > 0 && !time_follows(s, need))
        return true;
    while (n < TOKENS_MAX && i < s.len) {
        i = token_end(s, i);
        if (!is_space(s.s[i - 1]))
            end[n++] = i;
    }
    while (n-- > 0)
        if (is_date(s, head, at, end[n], f))
            return true;
    return need > 0;
}

/* Where the year of a date with a month's name that begins at `at` ends; 0
 * where it has none: "11 de noviembre de 1918", "Nov. 11th, 1918". */
static size_t
year_end(struct morgue_str s, size_t at)
{
    size_t end = at;
    int words = 0, numbers = 0;

    for (; words <= WORDS_MAX && at < s.len; at = end) {
        end = token_end(s, at);
        if (is_year(s, at, end))
            return words > 0 && numbers == 1 ? end : 0;
        if (is_digit(s.s[at])) {
            if (numbers++ > 0 || end - at > 2)
                return 0;
        } else if (is_letter(s.s[at])) {
            words++;
        } else if (!strchr(" .,'-/", s.s[at])) {
            return 0;
        }
    }
    return 0;
}

/* Whether what stands behind a year may be its month: "-11", " Nov 11",
 * ". november 11", "年11". */
static bool
month_follows(struct morgue_str s, size_t at)
{
    if (at + 3 < s.len && (unsigned char)s.s[at] >= 0xE0)
        return is_digit(s.s[at + 3]) || s.s[at + 3] == ' ';
    if (at < s.len && strchr("-/.", s.s[at]))
        at++;
    if (at < s.len && s.s[at] == ' ')
        at++;
    if (at < s.len && is_letter(s.s[at])) {
        at = token_end(s, at);
        while (at < s.len && (s.s[at] == '.' || s.s[at] == ' '))
            at++;
    }
    return at < s.len && is_digit(s.s[at]);
}

static bool
date_at(struct morgue_str s, size_t at, enum day_order order,
        struct date_found *f)
{
    struct three t;
    char head[32];
    int ymd[3], len;
    size_t need, end = token_end(s, at);

    f->short_year = f->guessed = false;
    f->from = at;
    if (is_year(s, at, end))
        return month_follows(s, end) && longest(s, STR(""), at, 0, f);
    if (is_digit(s.s[at]) && end - at == 8)
        return (end == s.len || !is_letter(s.s[end])) &&
               longest(s, STR(""), at, end, f);
    if (is_digit(s.s[at]) && end - at > 2)
        return false;
    if (is_digit(s.s[at]) && three_numbers(s, at, &t)) {
        if (!numbers_day(&t, order, f, ymd))
            return false;
        len = snprintf(head, sizeof head, "%04d-%02d-%02d", ymd[0], ymd[1],
                       ymd[2]);
        return longest(s, str_slice(head, (size_t)len), t.end, t.end, f);
    }
    need = year_end(s, at);
    return need > 0 && longest(s, STR(""), at, need, f);
}

/* Whether a date may begin here: not inside a word or a number. */
static bool
may_begin(struct morgue_str s, size_t at)
{
    char c = s.s[at], before = at > 0 ? s.s[at - 1] : ' ';

    if (is_digit(c))
        return !is_digit(before) && !is_alpha(before) &&
               !(at > 1 && strchr(".,/-:", before) && is_digit(s.s[at - 2]));
    return is_letter(c) && !is_letter(before) && !is_digit(before);
}

bool
date_find(struct morgue_str line, size_t from, enum day_order order,
          struct date_found *out)
{
    size_t end;

    for (size_t at = from; at < line.len; at = end) {
        end = token_end(line, at);
        if (!may_begin(line, at))
            continue;
        /* of a word only one that a number follows: May 3, Sept. 3 */
        if (!is_digit(line.s[at])) {
            size_t next = end;

            while (next < line.len && next < end + 3 &&
                   (line.s[next] == '.' || line.s[next] == ' '))
                next++;
            if (next == line.len || !is_digit(line.s[next]))
                continue;
        }
        if (date_at(line, at, order, out))
            return true;
    }
    return false;
}

enum day_order
date_order_of(struct morgue_str language)
{
    static const char *const month_first[] = {"us", "ph", "pr"};
    struct morgue_str region = STR("");

    if (language.len < 2)
        return ORDER_UNKNOWN;
    if (language.len >= 5 && strchr("-_", language.s[2]))
        region = str_slice(language.s + 3, 2);
    for (size_t i = 0; i < sizeof month_first / sizeof *month_first; i++)
        if (str_eq_nocase(region, str_of(month_first[i])))
            return ORDER_MONTH_FIRST;
    if (region.len == 0 && str_starts_nocase(language, STR("en")))
        return ORDER_UNKNOWN;
    return str_eq_nocase(region, STR("ca")) ? ORDER_UNKNOWN : ORDER_DAY_FIRST;
}
