/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_name.c - what months and days are called
 *
 * Some 85 languages of news have their names in one table in the order of
 * bytes (date_names.txt says where they are from), so that a look-up is a
 * binary search of about twelve comparisons, below a microsecond.  A date may
 * mix languages, as feeds do whose days are written by another program than
 * their months.
 *
 * A beginning of three letters is enough where all names of the table that
 * begin so are of one month or day: octob, sierp.
 *
 * Not handled: names whose accents stand as characters of their own (NFD), but
 * for those that may go without; calendars other than the Gregorian.
 */
#include "date_name.h"

#include "../base/utf8.h"
#include "date_name_table.h"

enum { NAMES = sizeof name_entry / sizeof *name_entry };

/* ---- small letters ------------------------------------------------------ */

/* Capitals, and where their small ones are: the next in blocks of pairs. */
static const struct {
    uint16_t first, last, to; /* to 0: small letters are the odd ones; 1: the
                                 even ones */
} capitals[] = {
    {0x00C0, 0x00DE, 0x00E0}, {0x0100, 0x012F, 0},
    {0x0130, 0x0130, 'i'},    {0x0132, 0x0137, 0},
    {0x0139, 0x0148, 1},      {0x014A, 0x0177, 0},
    {0x0178, 0x0178, 0x00FF}, {0x0179, 0x017E, 1},
    {0x018F, 0x018F, 0x0259}, {0x0218, 0x021B, 0},
    {0x0386, 0x0386, 0x03AC}, {0x0388, 0x038A, 0x03AD},
    {0x038C, 0x038C, 0x03CC}, {0x038E, 0x038F, 0x03CD},
    {0x0391, 0x03AB, 0x03B1}, {0x0400, 0x040F, 0x0450},
    {0x0410, 0x042F, 0x0430}, {0x0460, 0x0481, 0},
    {0x048A, 0x04BF, 0},      {0x04D0, 0x04FF, 0},
    {0x0531, 0x0556, 0x0561}, {0x1E00, 0x1E95, 0},
    {0x1EA0, 0x1EFF, 0},
};

static uint32_t
small(uint32_t c)
{
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++) {
        if (c < capitals[i].first)
            break;
        if (c > capitals[i].last)
            continue;
        if (capitals[i].to == 0)
            return c | 1;
        if (capitals[i].to == 1)
            return c + (c & 1);
        return capitals[i].to + (c - capitals[i].first);
    }
    return c;
}

struct morgue_str
date_lower(char out[DATE_WORD_MAX], struct morgue_str word)
{
    const char *at = word.s, *end = word.s + word.len;
    size_t len = 0;

    while (at < end) {
        uint32_t c;

        if (len > DATE_WORD_MAX - 4) /* bytes that are no UTF-8 get longer */
            return STR("");
        if ((unsigned char)*at < 0x80) {
            out[len++] = to_lower(*at++);
            continue;
        }
        at += utf8_decode(at, end, &c, NULL);
        len += utf8_encode(small(c), out + len);
    }
    return str_slice(out, len);
}

bool
date_word_in(struct morgue_str word, const char *words)
{
    char room[DATE_WORD_MAX];
    struct morgue_str name = date_lower(room, word);

    while (name.len > 0 && words) {
        if (strncmp(words, name.s, name.len) == 0 &&
            (words[name.len] == ' ' || !words[name.len]))
            return true;
        words = strchr(words, ' ');
        words += words != NULL;
    }
    return false;
}

/* ---- the table ---------------------------------------------------------- */

static struct morgue_str
name_at(size_t i)
{
    return str_of(name_text + name_entry[i].at);
}

static struct date_name
meaning(size_t i)
{
    return (struct date_name){.month = name_entry[i].month,
                              .other = name_entry[i].other,
                              .days = name_entry[i].days,
                              .thai = name_entry[i].thai};
}

/* The first name that is not before `name`. */
static size_t
first_from(struct morgue_str name)
{
    size_t low = 0, high = NAMES;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(name_at(middle), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What all names mean that begin so, from the i-th on. */
static struct date_name
common_meaning(size_t i, struct morgue_str name)
{
    const struct date_name none = {0};
    struct date_name all = meaning(i);

    for (; i < NAMES && str_starts(name_at(i), name); i++)
        if (name_entry[i].month != all.month || name_entry[i].other != 0 ||
            name_entry[i].days != all.days)
            return none;
    return all;
}

struct date_name
date_name_of(struct morgue_str word)
{
    const struct date_name none = {0};
    char room[DATE_WORD_MAX];
    struct morgue_str name = date_lower(room, word);
    size_t i;

    if (name.len < 2)
        return none;
    i = first_from(name);
    if (i == NAMES || !str_starts(name_at(i), name))
        return none;
    if (name_at(i).len == name.len)
        return meaning(i);
    return utf8_count(name) >= 3 ? common_meaning(i, name) : none;
}
