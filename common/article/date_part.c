/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_part.c - a date cut into numbers, words and signs
 *
 * Digits of Arabic, Persian, Devanagari, Bengali, Thai and full width count as
 * those of ASCII, spaces of any width and marks of direction as white space,
 * the commas, colons and slashes of other scripts as theirs.
 *
 * A name of two or three words (Vietnamese, Arabic of the Levant) is one part.
 */
#include "date_part.h"

#include "../base/utf8.h"

/* A character of a date. */
struct date_glyph {
    char kind; /* '0' digit, 'W' letter, ' ' white space, '=' dash, else a
                  sign */
    int digit;
    size_t len;
};

/* What is not ASCII and yet no letter. */
static const struct {
    uint16_t first, last;
    char kind;
} signs[] = {
    {0x00A0, 0x00A0, ' '},  {0x00B7, 0x00B7, '|'}, {0x0660, 0x0669, '0'},
    {0x060C, 0x060C, ','},  {0x06F0, 0x06F9, '0'}, {0x0966, 0x096F, '0'},
    {0x09E6, 0x09EF, '0'},  {0x0E50, 0x0E59, '0'}, {0x2000, 0x200B, ' '},
    {0x200E, 0x200F, ' '},  {0x2010, 0x2011, '-'}, {0x2012, 0x2015, '='},
    {0x2018, 0x2019, '\''}, {0x201C, 0x201F, '"'}, {0x2022, 0x2022, '|'},
    {0x202A, 0x202F, ' '},  {0x2212, 0x2212, '-'}, {0x3000, 0x3000, ' '},
    {0x3001, 0x3001, ','},  {0xFEFF, 0xFEFF, ' '}, {0xFF08, 0xFF08, '('},
    {0xFF09, 0xFF09, ')'},  {0xFF0C, 0xFF0C, ','}, {0xFF0D, 0xFF0D, '-'},
    {0xFF0F, 0xFF0F, '/'},  {0xFF10, 0xFF19, '0'}, {0xFF1A, 0xFF1A, ':'},
};

static struct date_glyph
glyph_at(struct morgue_str s, size_t at)
{
    struct date_glyph g = {.kind = s.s[at], .len = 1};
    uint32_t c;

    if (is_digit(g.kind)) {
        g.digit = g.kind - '0';
        g.kind = '0';
    } else if (is_space(g.kind)) {
        g.kind = ' ';
    } else if (is_alpha(g.kind)) {
        g.kind = 'W';
    }
    if ((unsigned char)s.s[at] < 0x80)
        return g;
    g.len = utf8_decode(s.s + at, s.s + s.len, &c, NULL);
    g.kind = 'W';
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (c >= signs[i].first && c <= signs[i].last) {
            g.kind = signs[i].kind;
            g.digit = (int)(c - signs[i].first);
        }
    return g;
}

/* Whether a letter of Thai or Lao begins there. */
static bool
is_thai(const char *s)
{
    return s[0] == '\xE0' && (unsigned char)s[1] >= 0xB8 &&
           (unsigned char)s[1] <= 0xBB;
}

/* Whether the full stop at `at` stands within a word, as in these. */
static bool
is_inner_stop(struct morgue_str s, size_t at)
{
    return s.s[at] == '.' && at >= 3 && at + 3 < s.len &&
           is_thai(s.s + at - 3) && is_thai(s.s + at + 1);
}

/* Whether the apostrophe at `at` stands within a word, as in Ukrainian; after
 * a Latin letter it ends one, as in French. */
static bool
is_inner_quote(struct morgue_str s, size_t at, struct date_glyph g)
{
    return g.kind == '\'' && at > 0 && (unsigned char)s.s[at - 1] >= 0x80 &&
           at + g.len < s.len && (unsigned char)s.s[at + g.len] >= 0x80 &&
           glyph_at(s, at + g.len).kind == 'W';
}

static size_t
word_end(struct morgue_str s, size_t at)
{
    while (at < s.len) {
        struct date_glyph g = glyph_at(s, at);

        if (g.kind != 'W' && !is_inner_stop(s, at) &&
            !is_inner_quote(s, at, g))
            break;
        at += g.len;
    }
    return at;
}

/* Where America/New_York ends that begins with the word up to `at`; `at` where
 * it is none. */
static size_t
zone_end(struct morgue_str s, size_t at)
{
    size_t end = at;

    while (end < s.len && (is_alpha(s.s[end]) || is_digit(s.s[end]) ||
                           (s.s[end] && strchr("/_+-", s.s[end]))))
        end++;
    return at + 1 < end && (s.s[at] == '/' || s.s[at] == '_') &&
                   is_alpha(s.s[at + 1]) && memchr(s.s + at, '/', end - at)
               ? end
               : at;
}

/* What a word means, also with the "in" that Hebrew writes before it. */
static struct date_name
name_of(struct morgue_str word)
{
    struct date_name name = date_name_of(word);

    if (name.month == 0 && str_starts(word, STR("ב")))
        name = date_name_of(str_slice(word.s + 2, word.len - 2));
    return name;
}

static bool
is_ascii(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.s[i] >= 0x80)
            return false;
    return true;
}

/* Whether the word goes on a name that the part before it began. */
static bool
goes_on(struct date_part *before, struct morgue_str word)
{
    struct morgue_str both;
    struct date_name name;

    if (before->kind != 'W' && before->kind != 'M')
        return false;
    both = str_slice(before->word.s,
                     (size_t)(word.s + word.len - before->word.s));
    if (is_ascii(both))
        return false;
    name = date_name_of(both);
    if (name.month == 0)
        return false;
    before->kind = 'M';
    before->name = name;
    before->word = both;
    return true;
}

/* A word, from `at` on; returns where it ends.  T and Z, in most dates there
 * are, are looked for nowhere. */
static size_t
take_letters(struct date_parts *p, struct morgue_str s, size_t at)
{
    struct date_part *part = &p->part[p->n];
    size_t end = word_end(s, at), zone;

    part->word = str_slice(s.s + at, end - at);
    part->kind = 'W';
    if (part->word.len > 1)
        part->name = name_of(part->word);
    if (part->name.month > 0 && part->word.len > 2)
        part->kind = 'M';
    zone = part->kind == 'W' ? zone_end(s, end) : end;
    if (zone > end) {
        part->kind = 'Z';
        part->word.len = zone - at;
    } else if (p->n > 0 && part->spaced && goes_on(part - 1, part->word)) {
        return end;
    }
    p->n++;
    return zone;
}

bool
date_split(struct date_parts *p, struct morgue_str s)
{
    size_t i = 0;

    *p = (struct date_parts){.n = 0};
    while (i < s.len) {
        struct date_part *part = &p->part[p->n];
        struct date_glyph g = {0};
        size_t from;

        if (p->n == DATE_PARTS_MAX)
            return false;
        *part = (struct date_part){0};
        for (; i < s.len && (g = glyph_at(s, i)).kind == ' '; i += g.len)
            part->spaced = true;
        if (i == s.len)
            break;
        from = i;
        if (g.kind == 'W') {
            i = take_letters(p, s, i);
            continue;
        }
        part->kind = g.kind;
        i += g.len;
        for (; g.kind == '0'; i += g.len) {
            part->value = part->value * 10 + g.digit;
            part->digits++;
            if (i == s.len || part->digits == 15)
                break;
            g = glyph_at(s, i);
            if (g.kind != '0')
                break;
        }
        part->word = str_slice(s.s + from, i - from);
        p->n++;
    }
    return p->n > 0;
}

const struct date_part *
date_take(struct date_parts *p, const char *kinds)
{
    const struct date_part *first = &p->part[p->at];
    int i = 0;

    for (; kinds[i]; i++)
        if (p->at + i >= p->n || first[i].kind != kinds[i])
            return NULL;
    p->at += i;
    return first;
}

bool
date_take_word(struct date_parts *p, const char *words)
{
    if (p->at == p->n || p->part[p->at].kind != 'W' ||
        !date_word_in(p->part[p->at].word, words))
        return false;
    p->at++;
    return true;
}
