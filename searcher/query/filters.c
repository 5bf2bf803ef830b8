/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filters.c - what stands behind date:, wc: and has:
 */
#include "filters.h"

#include "../../common/article/date.h"

enum { DAY = 86400 };

/* ---- dates -------------------------------------------------------------- */

static struct morgue_date
day_at(int64_t seconds)
{
    return (struct morgue_date){.seconds = seconds,
                                .precision = MORGUE_DATE_DAY};
}

/* The same day of the month so many months before, or that month's last. */
static int64_t
months_before(int64_t today, uint32_t n)
{
    int year, month, day;
    int64_t all;

    date_calendar(today, &year, &month, &day);
    all = (int64_t)year * 12 + month - 1 - n;
    if (all < (int64_t)DATE_YEAR_MIN * 12)
        all = (int64_t)DATE_YEAR_MIN * 12;
    year = (int)(all / 12);
    month = (int)(all % 12) + 1;
    if (day > date_month_days(year, month))
        day = date_month_days(year, month);
    return date_seconds(year, month, day, 0, 0, 0);
}

/* The first day of the last `n` units, that of today among them. */
static bool
last_units(struct morgue_str unit, uint32_t n, int64_t today, int64_t *from)
{
    enum { MOST = 1000000 };
    size_t len = unit.len > 1 && to_lower(unit.s[unit.len - 1]) == 's'
                     ? unit.len - 1
                     : unit.len;
    struct morgue_str one = str_slice(unit.s, len);

    n = n > MOST ? MOST : n;
    if (str_eq_nocase(one, STR("day")))
        *from = today - (int64_t)(n - 1) * DAY;
    else if (str_eq_nocase(one, STR("week")))
        *from = today - ((int64_t)n * 7 - 1) * DAY;
    else if (str_eq_nocase(one, STR("month")))
        *from = months_before(today, n) + DAY;
    else if (str_eq_nocase(one, STR("year")))
        *from = months_before(today, n * 12) + DAY;
    else
        return false;
    return true;
}

/* Where the week, month or year of today begins; weeks on Monday. */
static bool
this_unit(struct morgue_str unit, int64_t today, int64_t *from)
{
    int year, month, day;

    date_calendar(today, &year, &month, &day);
    if (str_eq_nocase(unit, STR("week"))) /* 1970 began on a Thursday */
        *from = today - (today / DAY + 3) % 7 * DAY;
    else if (str_eq_nocase(unit, STR("month")))
        *from = date_seconds(year, month, 1, 0, 0, 0);
    else if (str_eq_nocase(unit, STR("year")))
        *from = date_seconds(year, 1, 1, 0, 0, 0);
    else
        return false;
    return true;
}

/* today, yesterday, last 7 days, this month. */
static bool
read_by_today(struct ast *leaf, struct morgue_str s, int64_t today)
{
    struct morgue_str first = str_word(&s), second = str_word(&s), unit;
    int64_t from = today;
    uint32_t n = 1;
    size_t at = 0;

    leaf->to = day_at(today);
    if (str_eq_nocase(first, STR("yesterday")) && second.len == 0) {
        leaf->from = leaf->to = day_at(today - DAY);
        return true;
    }
    if (str_eq_nocase(first, STR("today")) && second.len == 0) {
        leaf->from = leaf->to;
        return true;
    }
    if (str_eq_nocase(first, STR("this")) && this_unit(second, today, &from) &&
        s.len == 0) {
        leaf->from = day_at(from);
        return true;
    }
    unit = lexer_number(second, &at, UINT32_MAX, &n) ? str_word(&s) : second;
    if (!(str_eq_nocase(first, STR("last")) ||
          str_eq_nocase(first, STR("past"))) ||
        (at > 0 && at < second.len) || n == 0 || str_trim(s).len > 0 ||
        !last_units(unit, n, today, &from))
        return false;
    leaf->from = day_at(from);
    return date_in_range(leaf->from);
}

static bool
read_bound(struct morgue_date *out, struct morgue_str s)
{
    return date_parse(s, out) && date_in_range(*out);
}

static bool
read_period(struct ast *leaf, int64_t today)
{
    struct morgue_str s = str_trim(leaf->text);
    size_t dots = str_find(s, 0, STR("..")), len = s.len - dots;

    if (read_by_today(leaf, s, today))
        return true;
    leaf->from = leaf->to = (struct morgue_date){0};
    if (dots == s.len) {
        if (!read_bound(&leaf->from, s))
            return false;
        leaf->to = leaf->from;
        return true;
    }
    if (len == 2 && dots == 0)
        return false;
    return (dots == 0 || read_bound(&leaf->from, str_slice(s.s, dots))) &&
           (len == 2 ||
            read_bound(&leaf->to, str_slice(s.s + dots + 2, len - 2)));
}

/* ---- lengths ------------------------------------------------------------ */

static bool
read_count(struct morgue_str s, uint64_t *out)
{
    uint32_t n;
    size_t at = 0;

    if (!lexer_number(s, &at, UINT32_MAX, &n) || at < s.len)
        return false;
    *out = n;
    return true;
}

/* >500, <=100, =100. */
static bool
read_compared(struct ast *leaf, struct morgue_str s)
{
    bool more = s.s[0] == '>', less = s.s[0] == '<', equal;
    uint64_t n;

    equal = !(more || less) || (s.len > 1 && s.s[1] == '=');
    s = str_slice(s.s + 1 + ((more || less) && equal),
                  s.len - 1 - ((more || less) && equal));
    if (!read_count(s, &n) || (less && !equal && n == 0))
        return false;
    leaf->least = less ? 0 : more && !equal && n < UINT32_MAX ? n + 1 : n;
    leaf->most = more ? UINT64_MAX : less && !equal ? n - 1 : n;
    return true;
}

static bool
read_length(struct ast *leaf)
{
    struct morgue_str s = str_trim(leaf->text);
    size_t dots = str_find(s, 0, STR("..")), len = s.len - dots;

    leaf->least = 0;
    leaf->most = UINT64_MAX;
    if (s.len == 0)
        return false;
    if (strchr("<>=", s.s[0]))
        return read_compared(leaf, s);
    if (dots == s.len) {
        if (!read_count(s, &leaf->least))
            return false;
        leaf->most = leaf->least;
        return true;
    }
    if (len == 2 && dots == 0)
        return false;
    return (dots == 0 || read_count(str_slice(s.s, dots), &leaf->least)) &&
           (len == 2 ||
            read_count(str_slice(s.s + dots + 2, len - 2), &leaf->most));
}

/* ---- presence ----------------------------------------------------------- */

static bool
read_has(struct ast *leaf)
{
    leaf->field = NULL;
    if (str_eq_nocase(leaf->text, STR("date")))
        return true;
    leaf->field = name_of_field(leaf->text);
    return leaf->field != NULL;
}

/* ---- all ---------------------------------------------------------------- */

/* What it says cannot be read: it is words then. */
static void
make_words(struct ast *leaf, struct morgue_str text, const char *what,
           struct query_notes *notes)
{
    struct morgue_str shown = note_shown(text, leaf->span);

    note_add(notes, leaf->span, "'%.*s' is no %s and is read as words",
             (int)shown.len, shown.s, what);
    leaf->kind = AST_WORDS;
    leaf->name = NULL;
    if (!leaf->quoted)
        leaf->text = str_slice(text.s + leaf->span.start,
                               leaf->span.end - leaf->span.start);
}

/* Whether nothing can be in the period, or of the length. */
static void
note_empty(const struct ast *leaf, struct query_notes *notes)
{
    if (leaf->kind == AST_LENGTH && leaf->least > leaf->most)
        note_add(notes, leaf->span, "the greater number stands first");
    if (leaf->kind == AST_DATE && leaf->from.precision != MORGUE_DATE_NONE &&
        leaf->to.precision != MORGUE_DATE_NONE &&
        date_floor(leaf->from).seconds >= date_end(leaf->to))
        note_add(notes, leaf->span, "the period ends before it begins");
}

void
filters_read(struct ast_tree *tree, struct morgue_str text, int64_t today,
             struct query_notes *notes)
{
    for (struct ast *leaf = tree->leaf; leaf; leaf = leaf->next_leaf) {
        if (leaf->kind == AST_DATE && !read_period(leaf, today))
            make_words(leaf, text,
                       "period, as 1918, 1918-11, 1999-06..2001 or "
                       "\"last 7 days\", from 1600 to 2200",
                       notes);
        else if (leaf->kind == AST_LENGTH && !read_length(leaf))
            make_words(leaf, text, "number of words, as 100..500", notes);
        else if (leaf->kind == AST_HAS && !read_has(leaf))
            make_words(leaf, text, "field", notes);
        else
            note_empty(leaf, notes);
    }
}
