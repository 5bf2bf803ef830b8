/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_letters.c - letters and ends of sentences of a text, in all scripts
 *
 * A letter or digit counts one, one of Chinese, Japanese and Korean three;
 * signs nothing.  Cost: one look at each byte.
 */
#include "page_letters.h"

#include "page_text.h"

/* ---- letters ------------------------------------------------------------ */

/* The letters at `s`, three bytes; ends of sentences are counted. */
static size_t
wide_letter(const unsigned char *s, size_t *stops)
{
    unsigned cp = (s[0] & 15u) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);

    switch (cp) {
    case 0x964:  /* Devanagari */
    case 0x1362: /* Ethiopic */
    case 0x2026: /* ... */
    case 0x3002: /* Chinese, Japanese */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
        ++*stops;
        return 0;
    case 0x3001: /* commas */
    case 0xFF0C:
        return 0;
    }
    if (cp >= 0x2000 && cp < 0x3040)
        return 0; /* signs */
    return cp >= 0x3040 && cp < 0xD7B0 ? 3 : 1;
}

/* The same of two bytes. */
static size_t
middle_letter(const unsigned char *s, size_t *stops)
{
    unsigned cp = (s[0] & 31u) << 6 | (s[1] & 63u);

    if (cp < 0xC0 || cp == 0x60C)
        return 0;
    if (cp == 0x61F || cp == 0x6D4 || cp == 0x589) { /* Arabic, Armenian */
        ++*stops;
        return 0;
    }
    return 1;
}

size_t
letters_count(struct morgue_str text, size_t *stops)
{
    const unsigned char *s = (const unsigned char *)text.s;
    size_t mass = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];

        if (s[i] >= 0x80) {
            if (s[i] >= 0xE0 && s[i] < 0xF0 && i + 2 < text.len)
                mass += wide_letter(s + i, stops);
            else if (s[i] >= 0xC2 && s[i] < 0xE0 && i + 1 < text.len)
                mass += middle_letter(s + i, stops);
        } else if (is_alpha(c) || is_digit(c)) {
            mass++;
        } else if (c == '.' || c == '!' || c == '?') {
            *stops += i + 1 == text.len ||
                      !(is_alpha(text.s[i + 1]) || is_digit(text.s[i + 1]));
        }
    }
    return mass;
}

size_t
page_text_mass(struct morgue_str s)
{
    size_t stops = 0;

    return letters_count(s, &stops);
}

static bool
ends_with(struct morgue_str s, struct morgue_str end)
{
    return s.len >= end.len &&
           str_eq(str_slice(s.s + s.len - end.len, end.len), end);
}

/* Whether a text ends as a sentence does, perhaps in quotes. */
bool
letters_end_sentence(struct morgue_str s)
{
    static const char *const quotes[] = {
        "\"", "'", ")", "]", "\u201D", "\u201C", "\u2019", "\u00BB"};
    size_t stops = 0;

    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        while (ends_with(s, str_of(quotes[i])))
            s = str_trim(str_slice(s.s, s.len - strlen(quotes[i])));
    if (s.len > 0 && strchr(".!?", s.s[s.len - 1]))
        return true;
    if (s.len >= 3 && (unsigned char)s.s[s.len - 3] >= 0xE0)
        wide_letter((const unsigned char *)s.s + s.len - 3, &stops);
    else if (s.len >= 2 && (s.s[s.len - 2] & 0xE0) == 0xC0)
        middle_letter((const unsigned char *)s.s + s.len - 2, &stops);
    return stops > 0;
}
