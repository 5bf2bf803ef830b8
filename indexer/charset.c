/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset.c - the only user of libuchardet and iconv
 */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

#include "../common/base/utf8.h"

enum { GUESS_BYTES = 1 << 16 };

/* Convert all of `text` into *out; *good tells whether every byte had a
 * meaning. */
static enum morgue_status
convert(struct buf *out, struct morgue_str text, const char *charset,
        bool *good, struct morgue_error *err)
{
    iconv_t cd = iconv_open("UTF-8", charset);
    char *in = (char *)text.s; /* iconv does not write to it */
    size_t left = text.len;

    *good = false;
    buf_reset(out);
    if (cd == (iconv_t)-1)
        return errno == ENOMEM ? error_nomem(err) : MORGUE_OK;
    while (left > 0) {
        char *at = buf_room(out, left + 16), *to = at;
        size_t room = left + 16, n;

        if (!at)
            break;
        errno = 0;
        n = iconv(cd, &in, &left, &to, &room);
        buf_cut(out, out->len + (size_t)(to - at));
        if (n == (size_t)-1 && errno != E2BIG)
            break;
    }
    iconv_close(cd);
    *good = left == 0;
    return out->nomem ? error_nomem(err) : MORGUE_OK;
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
    return good > bad * 4;
}

/* The name of the charset that the text seems to be in. */
static enum morgue_status
guess(char out[64], struct morgue_str text, struct morgue_error *err)
{
    uchardet_t u = uchardet_new();
    const char *name = "";

    if (!u)
        return error_nomem(err);
    if (uchardet_handle_data(
            u, text.s, text.len < GUESS_BYTES ? text.len : GUESS_BYTES) == 0) {
        uchardet_data_end(u);
        name = uchardet_get_charset(u);
    }
    if (strlen(name) >= 64 || name[0] == '\0' || strcmp(name, "ASCII") == 0 ||
        strcmp(name, "ISO-8859-1") == 0 || strcmp(name, "UTF-8") == 0)
        name = "WINDOWS-1252";
    memcpy(out, name, strlen(name) + 1);
    uchardet_delete(u);
    return MORGUE_OK;
}

static const char *
byte_order_mark(struct morgue_str *text)
{
    const char *charset = NULL;

    if (str_starts(*text, STR("\xFF\xFE")))
        charset = "UTF-16LE";
    else if (str_starts(*text, STR("\xFE\xFF")))
        charset = "UTF-16BE";
    if (charset)
        *text = str_slice(text->s + 2, text->len - 2);
    else if (str_starts(*text, STR("\xEF\xBB\xBF")))
        *text = str_slice(text->s + 3, text->len - 3);
    return charset;
}

enum morgue_status
charset_to_utf8(struct morgue_str *text, bool *converted, struct buf *scratch,
                struct morgue_error *err)
{
    const char *charset = byte_order_mark(text);
    char name[64];
    bool good = false;
    enum morgue_status st = MORGUE_OK;

    *converted = false;
    if (!charset && (utf8_valid(*text) || mostly_utf8(*text)))
        return MORGUE_OK;
    if (!charset) {
        st = guess(name, *text, err);
        charset = name;
    }
    if (!st)
        st = convert(scratch, *text, charset, &good, err);
    if (!st && !good)
        st = convert(scratch, *text, "WINDOWS-1252", &good, err);
    if (st || !good)
        return st;
    *text = buf_view(scratch);
    *converted = true;
    return MORGUE_OK;
}
