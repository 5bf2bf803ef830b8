/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset.c - the only user of libuchardet and iconv
 *
 * windows-1252, the last resort, has a table here, so that it is there
 * whatever iconv has.  libuchardet is C++ inside and ends the process where
 * it gets no memory; so it is only asked while there is plenty.
 */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <uchardet/uchardet.h>

#include "../common/base/utf8.h"

enum {
    GUESS_BYTES = 1 << 16,     /* of the text that are looked at */
    GUESS_HIGH_MIN = 6,        /* bytes above 127 that a guess needs */
    GUESS_MEMORY = 120 * 1024, /* more than libuchardet takes for one */
    NAME_MAX_LEN = 64,
    WORST = 20 /* one byte without meaning in so many above 127 is borne */
};

static const char last_resort[] = "WINDOWS-1252";

static bool
is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

static size_t
count_high(struct morgue_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += is_high(s.s[i]);
    return n;
}

/* The characters of windows-1252 from 0x80 to 0x9F; 0 for none. */
static const uint16_t latin[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* Convert from windows-1252; a byte without meaning becomes FF. */
static enum morgue_status
convert_latin(struct buf *out, struct morgue_str text,
              struct morgue_error *err)
{
    buf_reset(out);
    for (size_t i = 0; i < text.len;) {
        size_t from = i;
        unsigned char c;
        uint32_t cp;
        char utf8[4];

        while (i < text.len && !is_high(text.s[i]))
            i++;
        buf_add(out, text.s + from, i - from);
        if (i == text.len)
            break;
        c = (unsigned char)text.s[i++];
        cp = c < 0xA0 ? latin[c - 0x80] : c;
        if (cp == 0)
            buf_char(out, '\xFF');
        else
            buf_add(out, utf8, utf8_encode(cp, utf8));
    }
    return buf_status(out, err);
}

/* Convert all of `text` into *out.  A byte without meaning becomes FF, which
 * no UTF-8 has, and is counted in *bad.  *known becomes false where iconv
 * does not have the charset. */
static enum morgue_status
convert(struct buf *out, struct morgue_str text, const char *charset,
        size_t *bad, bool *known, struct morgue_error *err)
{
    iconv_t cd = (iconv_t)-1;
    char *in = (char *)text.s; /* iconv does not write to it */
    size_t left = text.len;

    *bad = 0;
    *known = true;
    if (charset == last_resort)
        return convert_latin(out, text, err);
    cd = iconv_open("UTF-8", charset);
    *known = cd != (iconv_t)-1;
    buf_reset(out);
    if (!*known)
        return errno == ENOMEM ? error_nomem(err) : MORGUE_OK;
    while (left > 0) {
        char *at = buf_room(out, left + 16), *to = at;
        size_t room = left + 16, n;

        if (!at)
            break;
        errno = 0;
        n = iconv(cd, &in, &left, &to, &room);
        buf_cut(out, out->len + (size_t)(to - at));
        if (n != (size_t)-1 || errno == E2BIG)
            continue;
        buf_char(out, '\xFF');
        in++;
        left--;
        ++*bad;
    }
    iconv_close(cd);
    return buf_status(out, err);
}

/* Whether most bytes above 127 belong to valid UTF-8. */
static bool
mostly_utf8(struct morgue_str s)
{
    const char *at = s.s, *end = s.s + s.len;
    size_t good = 0, bad = 0;

    while (at < end) {
        uint32_t cp;
        bool valid = true;
        size_t n = utf8_decode(at, end, &cp, &valid);

        if (!valid)
            bad++;
        else if (n > 1)
            good++;
        at += n;
    }
    return bad == 0 || good > bad * 4;
}

/* The name of the charset that the text seems to be in. */
static enum morgue_status
guess(char out[NAME_MAX_LEN], struct morgue_str text, struct morgue_error *err)
{
    uchardet_t u;
    size_t high = 0;
    void *memory;
    const char *name = "";

    memcpy(out, last_resort, sizeof last_resort);
    if (count_high(text) < GUESS_HIGH_MIN)
        return MORGUE_OK;
    while (!is_high(text.s[high]))
        high++;
    if (high > GUESS_BYTES / 2)
        text = str_slice(text.s + high - GUESS_BYTES / 2,
                         text.len - high + GUESS_BYTES / 2);
    memory = malloc(GUESS_MEMORY);
    if (!memory)
        return error_nomem(err);
    free(memory);
    u = uchardet_new();
    if (!u)
        return error_nomem(err);
    if (uchardet_handle_data(
            u, text.s, text.len < GUESS_BYTES ? text.len : GUESS_BYTES) == 0) {
        uchardet_data_end(u);
        name = uchardet_get_charset(u);
    }
    if (strlen(name) < NAME_MAX_LEN && name[0] != '\0')
        memcpy(out, name, strlen(name) + 1);
    uchardet_delete(u);
    return MORGUE_OK;
}

/* The charset that is meant by a name. */
static const char *
meant(const char *name)
{
    static const char *const names[] = {
        "WINDOWS-1252", "CP1252", "ISO-8859-1", "ISO8859-1",
        "ISO_8859-1",   "LATIN1", "LATIN-1",    "ASCII",
        "US-ASCII",     "UTF-8",  "UTF8"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(str_of(name), str_of(names[i])))
            return last_resort;
    return name;
}

/* ISO-2022-JP is all below 128. */
static bool
is_iso_2022_jp(struct morgue_str s)
{
    const char *at = memchr(s.s, 0x1b, s.len);
    size_t left = at ? s.len - (size_t)(at - s.s) : 0;

    return left >= 3 && at[1] == '$' && (at[2] == 'B' || at[2] == '@') &&
           count_high(s) == 0;
}

/* The text in the first of these charsets (NULL: none) that fits. */
static enum morgue_status
try_all(struct morgue_str *text, const char *const charset[], int n,
        struct buf *scratch, struct morgue_error *err)
{
    size_t high = count_high(*text), bad;
    enum morgue_status st = MORGUE_OK;
    bool known;

    for (int i = 0; i < n; i++) {
        if (!charset[i])
            continue;
        st = convert(scratch, *text, meant(charset[i]), &bad, &known, err);
        if (st || (known && (bad * WORST <= high || i == n - 1)))
            break;
    }
    if (!st)
        *text = buf_view(scratch);
    return st;
}

enum morgue_status
charset_to_utf8(struct morgue_str *text, const char *declared, bool *converted,
                struct buf *scratch, struct morgue_error *err)
{
    char guessed[NAME_MAX_LEN];
    const char *charset[] = {declared, guessed, last_resort};
    enum morgue_status st;

    *converted = false;
    if (str_starts(*text, STR("\xEF\xBB\xBF")))
        *text = str_slice(text->s + 3, text->len - 3);
    if (text->len == 0)
        return MORGUE_OK;
    if (is_iso_2022_jp(*text))
        memcpy(guessed, "ISO-2022-JP", sizeof "ISO-2022-JP");
    else if (utf8_valid(*text) || mostly_utf8(*text))
        return MORGUE_OK;
    else {
        st = guess(guessed, *text, err);
        if (st)
            return st;
    }
    *converted = true;
    return try_all(text, charset, 3, scratch, err);
}
