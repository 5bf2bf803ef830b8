/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * written.c - the date of a record as its source writes it
 *
 * date_source gets in brackets what a date is of what is written: "date
 * (about)", "date (first of a range)".
 *
 * Of paths the last name with a date counts, of a name the first date in it:
 * 1905-05-12, 1905_05_12, 19050512, 12-05-1905 by the order, 1905-05; else
 * the folders 1905/05/12, 1905/05 or 1905.  Each name is looked through once,
 * for records without a date alone.
 */
#include "written.h"

#include <stdio.h>

#include "../../common/article/date.h"
#include "../../common/base/utf8.h"

enum { SHOWN_MAX = 60 /* bytes of a date that cannot be read, in reasons */ };

static struct date_how
how_of(const struct reading *r)
{
    return (struct date_how){.order = r->order, .said = r->order_said};
}

bool
written_read(struct reading *r, struct morgue_str value,
             struct morgue_date *out)
{
    struct date_how how = how_of(r);

    if (date_read(value, &how, out))
        return true;
    if (how.impossible && r->impossible[0] == '\0')
        memcpy(r->impossible, how.written, sizeof r->impossible);
    if (r->unread.len == 0 && !str_is_blank(value))
        arena_str(&r->arena, str_slice(value.s, utf8_floor(value, SHOWN_MAX)),
                  &r->unread);
    return false;
}

/* ---- paths -------------------------------------------------------------- */

/* A name of a path, or names, put as a date that date_form reads. */
static bool
path_form(struct reading *r, const char *text, struct morgue_article *a)
{
    struct date_how how = how_of(r);
    struct morgue_date date;

    if (!date_form(str_of(text), &how, &date) || !date_in_range(date))
        return false;
    a->date = date;
    a->date_source = STR("path");
    return arena_str(&r->arena, str_of(text), &r->written);
}

/* Numbers of a name from `at`, with one sign between them; how many there
 * are. */
static size_t
numbers(struct morgue_str name, size_t at, struct morgue_str out[3])
{
    size_t n = 0;

    while (n < 3 && at < name.len && is_digit(name.s[at])) {
        size_t from = at;

        while (at < name.len && is_digit(name.s[at]))
            at++;
        out[n++] = str_slice(name.s + from, at - from);
        if (at + 1 < name.len && memchr("-_. ", name.s[at], 4) &&
            is_digit(name.s[at + 1]))
            at++;
    }
    return n;
}

/* A date that begins with the number at `at` of a name. */
static bool
date_at(char out[32], struct morgue_str name, size_t at)
{
    struct morgue_str x[3];
    size_t n = numbers(name, at, x);
    bool small = n == 3 && x[1].len <= 2;

    if (n > 0 && (x[0].len == 8 || x[0].len == 14))
        snprintf(out, 32, "%.8s", x[0].s);
    else if (small && x[0].len == 4 && x[2].len <= 2)
        snprintf(out, 32, "%.4s-%.*s-%.*s", x[0].s, (int)x[1].len, x[1].s,
                 (int)x[2].len, x[2].s);
    else if (small && x[0].len <= 2 && x[2].len == 4)
        snprintf(out, 32, "%.*s-%.*s-%.4s", (int)x[0].len, x[0].s,
                 (int)x[1].len, x[1].s, x[2].s);
    else if (n >= 2 && x[0].len == 4 && x[1].len == 2)
        snprintf(out, 32, "%.4s-%.2s", x[0].s, x[1].s);
    else
        return false;
    return true;
}

static bool
date_in_name(struct reading *r, struct morgue_str name,
             struct morgue_article *a)
{
    char text[32];

    for (size_t i = 0; i < name.len; i++)
        if (is_digit(name.s[i]) && (i == 0 || !is_digit(name.s[i - 1])) &&
            date_at(text, name, i) && path_form(r, text, a))
            return true;
    return false;
}

/* Whether all of it is a number of so many digits. */
static bool
is_number(struct morgue_str s, size_t digits)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.s[i]))
            return false;
    return s.len == digits;
}

/* The name before *end, which then is where it begins. */
static struct morgue_str
name_before(const char *path, size_t *end)
{
    size_t to = *end, from;

    while (to > 0 && path[to - 1] == '/')
        to--;
    for (from = to; from > 0 && path[from - 1] != '/'; from--)
        ;
    *end = from;
    return str_slice(path + from, to - from);
}

/* Names that are a year, a month and a day, the last before `end`. */
static bool
date_of_folders(struct reading *r, size_t end, struct morgue_article *a)
{
    struct morgue_str last = name_before(r->path, &end);
    struct morgue_str before = name_before(r->path, &end);
    struct morgue_str first = name_before(r->path, &end);
    char text[32];

    if (is_number(last, 4))
        snprintf(text, sizeof text, "%.4s", last.s);
    else if (is_number(last, 2) && is_number(before, 4))
        snprintf(text, sizeof text, "%.4s-%.2s", before.s, last.s);
    else if (is_number(last, 2) && is_number(before, 2) && is_number(first, 4))
        snprintf(text, sizeof text, "%.4s-%.2s-%.2s", first.s, before.s,
                 last.s);
    else
        return false;
    return path_form(r, text, a);
}

/* Without the ending of a file's name, which has a letter in front. */
static struct morgue_str
without_ending(struct morgue_str name)
{
    for (size_t i = 1; i + 1 < name.len; i++)
        if (name.s[i] == '.' && is_alpha(name.s[i + 1]))
            return str_slice(name.s, i);
    return name;
}

static void
date_from_path(struct reading *r, struct morgue_article *a)
{
    size_t end = strlen(r->path);

    while (end > 0) {
        size_t begin = end;
        struct morgue_str name = name_before(r->path, &begin);
        struct morgue_str stem = without_ending(name);

        if (date_in_name(r, stem, a) ||
            date_of_folders(r, begin + stem.len, a))
            return;
        end = begin;
    }
}

/* ---- settling ----------------------------------------------------------- */

static enum morgue_status
add_note(struct reading *r, struct morgue_article *a, const char *note,
         struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    buf_init(&b, field_info[FIELD_DATE_SOURCE].max + 100);
    buf_str(&b, a->date_source);
    buf_printf(&b, " (%s)", note);
    st = buf_status(&b, err);
    if (!st && !arena_str(&r->arena, buf_view(&b), &a->date_source))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

enum morgue_status
written_settle(struct reading *r, struct morgue_article *a,
               struct morgue_error *err)
{
    struct date_how how = how_of(r);
    struct morgue_date date;

    if (a->date.precision == MORGUE_DATE_NONE && r->impossible[0] &&
        a->date_suspect.len == 0 &&
        !arena_str(&r->arena, str_of(r->impossible), &a->date_suspect))
        return error_nomem(err);
    if (a->date.precision == MORGUE_DATE_NONE && r->date_from_path)
        date_from_path(r, a);
    if (r->written.len == 0 || !date_read(r->written, &how, &date))
        return MORGUE_OK;
    if (date.precision != MORGUE_DATE_SECOND || a->date.offset == date.offset)
        a->date = date;
    if (how.ambiguous)
        how.note = WRITTEN_OPEN;
    return how.note ? add_note(r, a, how.note, err) : MORGUE_OK;
}

enum morgue_status
written_doubt(const char **out, struct reading *r,
              const struct morgue_article *a, struct morgue_error *err)
{
    struct date_how how = how_of(r);
    struct morgue_date date;
    struct morgue_str reason;
    char text[200] = "no date is given";

    *out = NULL;
    if (r->written.len > 0 && a->date.precision == MORGUE_DATE_YEAR &&
        date_read(r->written, &how, &date) && how.ambiguous)
        snprintf(text, sizeof text, "nothing tells day from month in '%.*s'",
                 (int)utf8_floor(r->written, SHOWN_MAX), r->written.s);
    else if (a->date.precision != MORGUE_DATE_NONE)
        return MORGUE_OK;
    else if (a->date_suspect.len > 0)
        snprintf(text, sizeof text, "the date cannot be right: %.*s",
                 (int)utf8_floor(a->date_suspect, SHOWN_MAX),
                 a->date_suspect.s);
    else if (r->unread.len > 0)
        snprintf(text, sizeof text, "the date cannot be read: '%.*s'",
                 (int)r->unread.len, r->unread.s);
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    if (!arena_str(&r->arena, str_of(text), &reason))
        return error_nomem(err);
    *out = reason.s;
    return MORGUE_OK;
}
