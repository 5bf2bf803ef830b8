/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset.c - the only user of libuchardet and iconv
 *
 * A text is taken as UTF-8 where it is valid, or where at least four in five
 * of its characters above 127 are, half where it declares UTF-8; else as the
 * charset that it declares; else as what libuchardet makes of it, with two
 * corrections, as that is misled by texts with few characters above 127,
 * mostly quotation marks and pounds:
 *
 *   - fewer than one letter above 127 in a hundred bytes, or
 *   - a charset for Latin letters was guessed, and all letters above 127 are
 *     those of the languages of western Europe,
 *
 * give windows-1252, which ISO-8859-1 and ASCII always mean as well.
 *
 * libuchardet ends the process when it finds no memory.  It needs less than
 * GUESS_MEMORY, so that much is asked for, and given back, before it is
 * called.
 */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <uchardet/uchardet.h>

#include "../../common/base/utf8.h"

enum {
    GUESS_BYTES = 64 * 1024,
    GUESS_BEFORE = 200, /* bytes before the first one above 127 */
    GUESS_MEMORY = 1024 * 1024,
    SHORT = 256 /* bytes of a text that may look like UTF-8 by chance */
};

/* ---- names -------------------------------------------------------------- */

static bool
name_starts(const char *name, const char *prefix)
{
    struct morgue_str n = str_of(name);
    size_t len = strlen(prefix);

    return n.len >= len &&
           str_eq_nocase(str_slice(name, len), str_slice(prefix, len));
}

/* Charsets whose bytes are all below 128. */
static bool
seven_bit(const char *name)
{
    return name_starts(name, "ISO-2022-") || name_starts(name, "HZ") ||
           name_starts(name, "UTF-7");
}

/* Charsets of two bytes a character, of which a few may look like UTF-8. */
static bool
two_bytes(const char *name)
{
    return name_starts(name, "GB") || name_starts(name, "CP949") ||
           name_starts(name, "BIG5") || name_starts(name, "EUC-");
}

/* Take the name away where iconv does not have that charset. */
static enum morgue_status
keep_known(char name[CHARSET_MAX], struct morgue_error *err)
{
    iconv_t cd;

    if (name[0] == '\0' || strcmp(name, CHARSET_HZ) == 0)
        return MORGUE_OK;
    cd = iconv_open("UTF-8", name);
    if (cd != (iconv_t)-1) {
        iconv_close(cd);
        return MORGUE_OK;
    }
    name[0] = '\0';
    return errno == ENOMEM ? error_nomem(err) : MORGUE_OK;
}

/* Charsets of Latin letters among those that libuchardet names. */
static bool
is_latin(const char *name)
{
    static const char *const latin[] = {
        "WINDOWS-1250", "WINDOWS-1254", "WINDOWS-1257", "WINDOWS-1258",
        "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-9",
        "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-15",  "ISO-8859-16",
        "IBM850",       "IBM852",       "VISCII"};

    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (strcmp(name, latin[i]) == 0)
            return true;
    return name_starts(name, "MAC-CENTRALEUROPE");
}

/* ---- guessing ----------------------------------------------------------- */

/* What a text's bytes above 127 are. */
struct charset_survey {
    size_t good;    /* characters in valid UTF-8 */
    size_t bad;     /* bytes that are none */
    size_t letters; /* bytes that are letters in windows-12xx or ISO-8859 */
    size_t first;   /* where they begin */
    bool western;   /* the letters are those of western Europe */
};

/* Bytes that are letters of French, German, Spanish, Italian and Dutch. */
static bool
is_western(unsigned char c)
{
    return (c >= 0xC0 && c <= 0xC4) || (c >= 0xC7 && c <= 0xCB) ||
           (c >= 0xE0 && c <= 0xE4 && c != 0xE3) ||
           (c >= 0xE7 && c <= 0xEF && c != 0xEC) || c == 0xD1 || c == 0xD3 ||
           c == 0xD4 || c == 0xD6 || c == 0xDC || c == 0xDF || c == 0xF1 ||
           c == 0xF3 || c == 0xF4 || c == 0xF6 || c == 0xF9 ||
           (c >= 0xFA && c <= 0xFC);
}

/* Bytes below C0 that are letters in one charset or another. */
static bool
is_low_letter(unsigned char c)
{
    return memchr("\x8A\x8C\x8D\x8E\x8F\x9A\x9C\x9D\x9E\x9F\xA1\xA3\xA5\xA6"
                  "\xA9\xAA\xAC\xAE\xAF\xB1\xB3\xB6\xB9\xBA\xBC\xBE\xBF",
                  c, 27) != NULL;
}

static struct charset_survey
survey(struct morgue_str s)
{
    struct charset_survey v = {.western = true, .first = s.len};
    const char *at = s.s, *end = s.s + s.len;

    while (at < end) {
        unsigned char c = (unsigned char)*at;
        bool valid = true, before, after;
        uint32_t cp;
        size_t n = utf8_decode(at, end, &cp, &valid);

        v.good += valid && n > 1;
        /* The rest of a sequence that was cut short is not worse. */
        v.bad += !valid && !((c & 0xC0) == 0x80 && at > s.s &&
                             (unsigned char)at[-1] >= 0xE0);
        if (n > 1 || !valid)
            v.first = v.first < s.len ? v.first : (size_t)(at - s.s);
        /* Signs stand alone, letters beside letters. */
        before = at > s.s && (is_alpha(at[-1]) || (at[-1] & 0x80));
        after = at + 1 < end && (is_alpha(at[1]) || (at[1] & 0x80));
        if (c >= 0xC0 || (c >= 0x80 && is_low_letter(c) && before && after)) {
            v.letters++;
            v.western = v.western && is_western(c);
        }
        /* Bytes of other charsets may look like UTF-8 here and there. */
        for (size_t i = 1; i < n; i++)
            v.letters++;
        at += n;
    }
    return v;
}

/* What libuchardet makes of it. */
static enum morgue_status
detect(char out[CHARSET_MAX], struct morgue_str text, size_t from,
       struct morgue_error *err)
{
    uchardet_t u;
    void *enough = malloc(GUESS_MEMORY);

    out[0] = '\0';
    if (!enough)
        return error_nomem(err);
    free(enough);
    from = from > GUESS_BEFORE ? from - GUESS_BEFORE : 0;
    text = str_slice(text.s + from, text.len - from);
    if (text.len > GUESS_BYTES)
        text.len = GUESS_BYTES;
    u = uchardet_new();
    if (!u)
        return error_nomem(err);
    if (uchardet_handle_data(u, text.s, text.len) == 0) {
        uchardet_data_end(u);
        charset_name(out, str_of(uchardet_get_charset(u)));
    }
    uchardet_delete(u);
    return MORGUE_OK;
}

/* What a text is in that is not UTF-8 and declares nothing known. */
static enum morgue_status
guess(char out[CHARSET_MAX], struct morgue_str text,
      const struct charset_survey *v, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    if (v->letters * 100 >= text.len)
        st = detect(out, text, v->first, err);
    if (!st)
        st = keep_known(out, err);
    if (!st && (out[0] == '\0' || (v->western && is_latin(out))))
        charset_name(out, STR(CHARSET_WESTERN));
    return st;
}

/* Whether a short text that is valid UTF-8 is so by chance: in UTF-8 such a
 * language has three bytes a character, and none of these is there. */
static bool
by_chance(struct morgue_str text)
{
    size_t high = 0;

    for (size_t i = 0; i < text.len && text.len <= SHORT; i++) {
        if ((unsigned char)text.s[i] >= 0xE0)
            return false;
        high += (unsigned char)text.s[i] >= 0x80;
    }
    return high > 0 && high * 3 >= text.len;
}

enum morgue_status
charset_guess(char out[CHARSET_MAX], struct morgue_str text,
              struct morgue_str declared, struct morgue_error *err)
{
    enum morgue_status st;
    struct charset_survey v;

    charset_name(out, declared);
    if (utf8_valid(text)) {
        if (memchr(text.s, 0x1b, text.len) && out[0] == '\0') {
            st = detect(out, text, 0, err);
            if (st)
                return st;
        }
        if (!seven_bit(out) && !(two_bytes(out) && by_chance(text)))
            out[0] = '\0';
        return keep_known(out, err);
    }
    v = survey(text);
    if (v.bad == 0 || v.good > v.bad * 4 ||
        (v.good >= v.bad && out[0] == '\0' &&
         str_has_nocase(declared, STR("utf")))) {
        out[0] = '\0';
        return MORGUE_OK;
    }
    st = keep_known(out, err);
    return st || out[0] ? st : guess(out, text, &v, err);
}

/* ---- converting --------------------------------------------------------- */

/* Append all of `text`; *bad counts the bytes without a meaning. */
static enum morgue_status
convert_by_iconv(struct buf *out, size_t *bad, struct morgue_str text,
                 const char *charset, struct morgue_error *err)
{
    iconv_t cd = iconv_open("UTF-8", charset);
    char *in = (char *)text.s; /* iconv does not write to it */
    size_t left = text.len;
    bool ended = false;

    *bad = 0;
    if (cd == (iconv_t)-1)
        return errno == ENOMEM ? error_nomem(err)
                               : error_set(err, MORGUE_UNSUPPORTED,
                                           "no charset '%s'", charset);
    while (!ended) {
        size_t room = left + 16, n;
        char *at = buf_room(out, room + 1), *to = at;

        if (!at)
            break;
        /* Some charsets keep the last character, for what may follow. */
        ended = left == 0;
        n = iconv(cd, ended ? NULL : &in, ended ? NULL : &left, &to, &room);
        if (n == (size_t)-1 && errno != E2BIG && !ended) {
            *to++ = '\xFF'; /* the one byte more that was asked for */
            in++;
            left--;
            ++*bad;
        }
        buf_cut(out, out->len + (size_t)(to - at));
    }
    iconv_close(cd);
    return buf_status(out, err);
}

/* HZ (RFC 1843) as the GB2312 that it is: ~{ and ~} begin and end it. */
static void
put_hz(struct buf *out, struct morgue_str text)
{
    bool chinese = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i], next = i + 1 < text.len ? text.s[i + 1] : '\0';

        if (c == '~' &&
            (next == '{' || next == '}' || next == '~' || next == '\n')) {
            if (next == '~')
                buf_char(out, '~');
            else if (next != '\n')
                chinese = next == '{';
            i++;
        } else if (chinese && c >= '!' && c <= '}') {
            buf_char(out, (char)(c | 0x80));
        } else {
            chinese = chinese && c != '\n' && c != '\r';
            buf_char(out, c);
        }
    }
}

static enum morgue_status
convert(struct buf *out, size_t *bad, struct morgue_str text,
        const char *charset, struct morgue_error *err)
{
    struct buf gb;
    enum morgue_status st;

    if (strcmp(charset, CHARSET_HZ) != 0)
        return convert_by_iconv(out, bad, text, charset, err);
    buf_init(&gb, text.len);
    put_hz(&gb, text);
    st = buf_status(&gb, err);
    if (!st)
        st = convert_by_iconv(out, bad, buf_view(&gb), "GB18030", err);
    buf_free(&gb);
    return st;
}

static size_t
high_bytes(struct morgue_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += (unsigned char)text.s[i] >= 0x80;
    return n;
}

enum morgue_status
charset_convert(struct buf *out, struct morgue_str text, const char *charset,
                struct morgue_error *err)
{
    size_t from = out->len, bad, western_bad;
    enum morgue_status st = convert(out, &bad, text, charset, err);

    if (st == MORGUE_UNSUPPORTED)
        return convert(out, &bad, text, CHARSET_WESTERN, err);
    if (st || bad * 50 <= text.len || bad * 8 <= high_bytes(text))
        return st;
    buf_cut(out, from);
    st = convert(out, &western_bad, text, CHARSET_WESTERN, err);
    if (st || western_bad <= bad)
        return st;
    buf_cut(out, from);
    return convert(out, &bad, text, charset, err);
}

enum morgue_status
charset_to_utf8(struct morgue_str *text, bool *converted,
                struct morgue_str declared, struct buf *scratch,
                struct morgue_error *err)
{
    char name[CHARSET_MAX];
    enum morgue_status st;

    *converted = false;
    if (text->len == 0)
        return MORGUE_OK;
    st = charset_guess(name, *text, declared, err);
    if (st || name[0] == '\0')
        return st;
    buf_reset(scratch);
    st = charset_convert(scratch, *text, name, err);
    if (st)
        return st;
    *text = buf_view(scratch);
    *converted = true;
    return MORGUE_OK;
}
