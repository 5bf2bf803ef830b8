/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_written.c - dates as archives and catalogues write them
 *
 * What is read is what is said, and no more: of "about" and of seasons the
 * year, of a range its first day, month or year, of 190-? the first of ten
 * years.  In this order:
 *
 *     [1905?]                   brackets around all, a question mark behind
 *     ca. 1905, c1905           words for "about" before it
 *     1905-05-12 (Evening ed.)  what stands in brackets, or behind a comma as
 *                               an edition, behind a date
 *     Spring 1905               a season, a feast, a quarter
 *     190-?, 19--, 1900s        tens and hundreds of years
 *     May-June 1905             two dates, of which the first may lack what
 * the second has
 *
 * Each try is a few times the cost of a date, some microseconds, and only text
 * that is no plain date is tried.
 *
 * Not handled: "before 1905" and "after 1905", which give no year; Roman
 * numerals; "19th century".
 */
#include "date.h"

#include "date_name.h"

enum { TEXT_MAX = 100 };

static const char about[] = "about", range[] = "first of a range",
                  season[] = "a season";

static const char about_words[] =
    "ca circa c cca about approx approximately around probably prob um vers "
    "hacia około ok env environ около ок noin omkr";

static const char season_words[] =
    "spring summer autumn fall winter easter christmas whitsun michaelmas "
    "lent trinity hilary early late mid beginning end frühling frühjahr "
    "sommer herbst printemps été automne hiver primavera verano otoño "
    "invierno estate autunno inverno весна лето осень зима wiosna lato jesień "
    "zima q1 q2 q3 q4 quarter";

static bool written(struct morgue_str s, struct date_how *how,
                    struct morgue_date *out, int depth);

static struct morgue_str
rest_from(struct morgue_str s, size_t at)
{
    return str_trim(str_slice(s.s + at, s.len - at));
}

static bool
is_year(struct morgue_str s)
{
    return s.len == 4 && is_digit(s.s[0]) && is_digit(s.s[1]) &&
           is_digit(s.s[2]) && is_digit(s.s[3]);
}

/* Read what is left of the text, which says so much. */
static bool
read_as(struct morgue_str s, struct date_how *how, struct morgue_date *out,
        int depth, const char *note)
{
    if (!written(s, how, out, depth + 1))
        return false;
    if (note && !how->note)
        how->note = note;
    return true;
}

/* ---- around a date ------------------------------------------------------ */

/* Whether the first character opens what the last one closes. */
static bool
is_wrapped(struct morgue_str s)
{
    return s.len > 2 &&
           ((s.s[0] == '[' && s.s[s.len - 1] == ']') ||
            (s.s[0] == '(' && s.s[s.len - 1] == ')')) &&
           !memchr(s.s + 1, s.s[0], s.len - 2);
}

/* The bytes of a word for "about" at the beginning, with what is behind it. */
static size_t
about_len(struct morgue_str s)
{
    size_t n = 0, end;

    if (str_starts(s, STR("\xC2\xA9")))
        return 2; /* a copyright's sign */
    while (n < s.len && (is_alpha(s.s[n]) || (unsigned char)s.s[n] >= 0x80))
        n++;
    end = n + (n < s.len && s.s[n] == '.');
    if (n == 0 || end == s.len ||
        !date_word_in(str_slice(s.s, n), about_words))
        return 0;
    return is_digit(s.s[end]) || is_space(s.s[end]) || s.s[end] == '[' ? end
                                                                       : 0;
}

static const char *
last_comma(struct morgue_str s)
{
    for (size_t at = s.len; at > 0; at--)
        if (s.s[at - 1] == ',')
            return s.s + at - 1;
    return NULL;
}

/* Where what is not of the date begins behind it: an edition. */
static size_t
tail_at(struct morgue_str s)
{
    const char *comma = last_comma(s);
    struct morgue_str tail = STR("");
    size_t at = s.len;

    if (s.len > 0 && (s.s[s.len - 1] == ')' || s.s[s.len - 1] == ']')) {
        char open = s.s[s.len - 1] == ')' ? '(' : '[';

        while (at > 0 && s.s[at - 1] != open)
            at--;
        return at > 1 ? at - 1 : s.len;
    }
    if (comma)
        tail = rest_from(s, (size_t)(comma - s.s) + 1);
    if (str_has_nocase(tail, STR("edition")) ||
        str_has_nocase(tail, STR(" ed.")) ||
        str_starts_nocase(tail, STR("page ")) ||
        str_starts_nocase(tail, STR("p. ")))
        return (size_t)(comma - s.s);
    return s.len;
}

/* ---- less than a month -------------------------------------------------- */

static bool
set_year(int64_t year, struct morgue_date *out)
{
    if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX)
        return false;
    *out =
        (struct morgue_date){.seconds = date_seconds((int)year, 1, 1, 0, 0, 0),
                             .precision = MORGUE_DATE_YEAR};
    return true;
}

/* 190-, 190?, 190X, 19--, 1900s: the first of its years. */
static bool
tens(struct morgue_str s, struct morgue_date *out)
{
    size_t digits = 0;
    int64_t year = 0;

    if (str_starts_nocase(s, STR("the ")))
        s = rest_from(s, 4);
    for (; digits < s.len && digits < 4 && is_digit(s.s[digits]); digits++)
        year = year * 10 + (s.s[digits] - '0');
    if (digits == 4 && s.s[3] == '0' &&
        (str_eq(rest_from(s, 4), STR("s")) ||
         str_eq(rest_from(s, 4), STR("'s"))))
        return set_year(year, out);
    if (digits < 2 || digits > 3 || s.len != 4)
        return false;
    for (size_t i = digits; i < 4; i++, year *= 10)
        if (!memchr("-?XxuU_", s.s[i], 7))
            return false;
    return set_year(year, out);
}

/* Words of which one is a season, and a year: Spring 1905, Winter 1905-06,
 * Christmas Number, 1905. */
static bool
seasons(struct morgue_str s, struct date_how *how, struct morgue_date *out)
{
    struct morgue_str year = STR("");
    bool any = false;
    size_t at = 0;

    while (at < s.len) {
        size_t from = at;

        while (at < s.len && (is_alpha(s.s[at]) || is_digit(s.s[at]) ||
                              (unsigned char)s.s[at] >= 0x80))
            at++;
        if (at == from) {
            at++;
            continue;
        }
        if (is_year(str_slice(s.s + from, at - from)) && year.len == 0)
            year = str_slice(s.s + from, at - from);
        else if (date_word_in(str_slice(s.s + from, at - from), season_words))
            any = true;
        else if (is_alpha(s.s[from]) &&
                 date_name_of(str_slice(s.s + from, at - from)).month)
            return false; /* late May 1905 */
    }
    if (!any || year.len == 0 || !date_form(year, how, out))
        return false;
    how->note = season;
    return true;
}

/* early, late, mid- and the like before a month: they say less than it does.
 */
static size_t
part_len(struct morgue_str s)
{
    static const struct morgue_str words[] = {
        {"early ", 6},         {"late ", 5},       {"mid-", 4},
        {"mid ", 4},           {"middle of ", 10}, {"end of ", 7},
        {"beginning of ", 13}, {"week of ", 8},    {"week ending ", 12}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts_nocase(s, words[i]))
            return words[i].len;
    return 0;
}

/* ---- ranges ------------------------------------------------------------- */

/* Bytes of what stands between the two dates of a range, at `at`. */
static size_t
range_sign(struct morgue_str s, size_t at)
{
    static const struct morgue_str signs[] = {
        {"\xE2\x80\x93", 3}, {"\xE2\x80\x94", 3}, {"-", 1},     {"/", 1},
        {" to ", 4},         {" or ", 4},         {" and ", 5}, {" & ", 3},
        {" bis ", 5},        {" au ", 4},         {" al ", 4},  {"..", 2}};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(str_slice(s.s + at, s.len - at), signs[i]))
            return signs[i].len;
    return 0;
}

/* Where the first word or number ends, with the sign behind it. */
static size_t
first_end(struct morgue_str s)
{
    size_t n = 0;

    while (n < s.len && !is_space(s.s[n]) && s.s[n] != ',')
        n++;
    return n;
}

static bool
read_joined(struct morgue_str left, const char *between,
            struct morgue_str right, struct date_how *how,
            struct morgue_date *out)
{
    char text[TEXT_MAX + 8];
    size_t gap = strlen(between);

    if (left.len + gap + right.len > TEXT_MAX)
        return false;
    memcpy(text, left.s, left.len);
    memcpy(text + left.len, between, gap);
    memcpy(text + left.len + gap, right.s, right.len);
    return date_form(str_slice(text, left.len + gap + right.len), how, out);
}

/* 3 de julio de 2014 a las 5:40 p. m.: words that running text, which
 * date_parse is asked about, has everywhere. */
static bool
spanish_time(struct morgue_str s, struct date_how *how,
             struct morgue_date *out)
{
    static const struct morgue_str words[] = {
        {" a las ", 7}, {" a les ", 7}, {" a la ", 6}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = str_find_nocase(s, 0, words[i]);

        if (at < s.len &&
            read_joined(str_trim(str_slice(s.s, at)), ", ",
                        rest_from(s, at + words[i].len), how, out))
            return true;
    }
    return false;
}

static struct morgue_str
last_year(struct morgue_str s)
{
    for (size_t at = s.len; at >= 4; at--)
        if (is_year(str_slice(s.s + at - 4, 4)) &&
            (at == 4 || !is_digit(s.s[at - 5])))
            return str_slice(s.s + at - 4, 4);
    return STR("");
}

/* Whether the end of a range may be that: a date, or the beginning of what the
 * first one is to be completed by. */
static bool
is_end(struct morgue_str right)
{
    struct date_how how = {.order = MORGUE_ORDER_NONE};
    struct morgue_date date;
    struct morgue_str first = str_slice(right.s, first_end(right));

    if (date_form(right, &how, &date))
        return true;
    return first.len > 0 &&
           (is_digit(first.s[0]) ? first.len <= 4 : date_name_of(first).month);
}

static bool
range_at(struct morgue_str left, struct morgue_str right, struct date_how *how,
         struct morgue_date *out)
{
    struct morgue_str year = last_year(right);
    size_t first = first_end(right);

    if (left.len == 0 || !is_end(right))
        return false;
    if (date_form(left, how, out))
        return true;
    return (first < right.len &&
            read_joined(left, "",
                        str_slice(right.s + first, right.len - first), how,
                        out)) ||
           (year.len > 0 && read_joined(left, " ", year, how, out));
}

/* 1905-1906, May-June 1905, 12-14 May 1905, May 30 to June 2, 1905, 1905- */
static bool
ranges(struct morgue_str s, struct date_how *how, struct morgue_date *out)
{
    if (str_starts_nocase(s, STR("between ")))
        s = rest_from(s, 8);
    else if (str_starts_nocase(s, STR("from ")))
        s = rest_from(s, 5);
    if (s.len == 5 && s.s[4] == '-' && is_year(str_slice(s.s, 4)))
        return date_form(str_slice(s.s, 4), how, out);
    for (size_t at = 1; at + 1 < s.len; at++) {
        size_t n = range_sign(s, at);

        if (n > 0 && range_at(str_trim(str_slice(s.s, at)),
                              rest_from(s, at + n), how, out))
            return true;
    }
    return false;
}

/* ---- all of it ---------------------------------------------------------- */

static bool
written(struct morgue_str s, struct date_how *how, struct morgue_date *out,
        int depth)
{
    size_t n;

    s = str_trim(s);
    if (s.len == 0 || s.len > TEXT_MAX || depth > 4)
        return false;
    if (date_form(s, how, out) || spanish_time(s, how, out))
        return true;
    if (how->impossible)
        return false;
    if (tens(s, out)) {
        how->note = range;
        return true;
    }
    if (is_wrapped(s))
        return read_as(str_slice(s.s + 1, s.len - 2), how, out, depth,
                       s.s[0] == '[' ? about : NULL);
    if (s.s[s.len - 1] == '?' || s.s[s.len - 1] == '~')
        return read_as(str_slice(s.s, s.len - 1), how, out, depth, about);
    n = about_len(s);
    if (n > 0)
        return read_as(rest_from(s, n), how, out, depth, about);
    n = part_len(s);
    if (n > 0 && read_as(rest_from(s, n), how, out, depth,
                         s.s[0] == 'w' || s.s[0] == 'W' ? range : about))
        return true;
    n = tail_at(s);
    if (n < s.len && read_as(str_slice(s.s, n), how, out, depth,
                             str_eq(rest_from(s, n), STR("[?]")) ||
                                     str_eq(rest_from(s, n), STR("(?)"))
                                 ? about
                                 : NULL))
        return true;
    if (seasons(s, how, out))
        return true;
    if (!ranges(s, how, out))
        return false;
    how->note = range;
    return true;
}

bool
date_read(struct morgue_str s, struct date_how *how, struct morgue_date *out)
{
    if (written(s, how, out, 0))
        return true;
    *out = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    return false;
}
