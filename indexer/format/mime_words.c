/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mime_words.c - encoded words in heads: =?charset?Q?text?= (RFC 2047)
 *
 * Words that follow one another with nothing but white space between and are
 * in one charset, by whichever name, are decoded one after the other and
 * converted together, as many programs cut characters in two, and base64
 * between the digits of a byte.  Words are found wherever they stand, also
 * inside other text and in quotes, and may have blanks and "?" inside.  Cost
 * is linear.
 */
#include "../../common/base/base64.h"
#include "mime.h"

#include "../reading/charset.h"

enum { NAME_MOST = 80 };

struct encoded_word {
    struct morgue_str charset, text;
    bool base64;
    size_t len;
};

/* Words of one charset so far. */
struct word_run {
    struct buf *out;
    struct buf bytes, scratch;
    char charset[CHARSET_MAX];
    struct base64 base64;
    bool open;
};

/* The word that `s` begins with; false where it is none. */
static bool
cut_word(struct encoded_word *w, struct morgue_str s)
{
    size_t at = 2, end;

    if (!str_starts(s, STR("=?")))
        return false;
    while (at < s.len && at < NAME_MOST && s.s[at] != '?' &&
           !is_space(s.s[at]))
        at++;
    if (at + 3 > s.len || s.s[at] != '?' || at == 2 || s.s[at + 2] != '?' ||
        !strchr("bBqQ", s.s[at + 1]))
        return false;
    w->charset = str_slice(s.s + 2, at - 2);
    w->base64 = to_lower(s.s[at + 1]) == 'b';
    at += 3;
    end = str_find(s, at, STR("?="));
    if (end == s.len)
        return false;
    w->text = str_slice(s.s + at, end - at);
    w->len = end + 2;
    return true;
}

size_t
mime_word_len(struct morgue_str s)
{
    struct encoded_word w;

    return cut_word(&w, s) ? w.len : 0;
}

/* Convert the words so far. */
static enum morgue_status
end_words(struct word_run *w, struct morgue_error *err)
{
    struct morgue_str text = buf_view(&w->bytes);
    bool converted;
    enum morgue_status st = buf_status(&w->bytes, err);

    if (!st && text.len > 0)
        st = charset_to_utf8(&text, &converted, str_of(w->charset),
                             &w->scratch, err);
    for (size_t i = 0; !st && i < text.len; i++) {
        unsigned char c = (unsigned char)text.s[i];

        buf_char(w->out, c < ' ' ? ' ' : text.s[i]);
    }
    buf_reset(&w->bytes);
    w->open = false;
    return st;
}

static enum morgue_status
add_word(struct word_run *w, const struct encoded_word *word,
         struct morgue_error *err)
{
    char charset[CHARSET_MAX];
    enum morgue_status st = MORGUE_OK;

    charset_name(charset, word->charset);
    if (w->open && strcmp(w->charset, charset) != 0)
        st = end_words(w, err);
    /* Digits left over that are more than padding belong to the next. */
    if (!w->open || !word->base64 ||
        (w->base64.digits != 1 &&
         (w->base64.bits & (w->base64.digits == 2 ? 0xFu : 0x3u)) == 0))
        w->base64 = (struct base64){0};
    w->open = true;
    memcpy(w->charset, charset, sizeof charset);
    if (word->base64)
        base64_decode(&w->bytes, &w->base64, word->text);
    else
        mime_quoted(&w->bytes, word->text, true);
    return st;
}

enum morgue_status
mime_words(struct buf *out, struct morgue_str value, struct morgue_error *err)
{
    struct word_run w = {.out = out};
    enum morgue_status st = MORGUE_OK;
    size_t next = 0; /* where a word may end */
    bool gap = false;

    buf_init(&w.bytes, 64 * 1024);
    buf_init(&w.scratch, 256 * 1024);
    for (size_t i = 0; i < value.len && !st;) {
        struct morgue_str rest = str_slice(value.s + i, value.len - i);
        struct encoded_word word;

        if (is_space(value.s[i])) {
            gap = true;
            i++;
            continue;
        }
        if (next < i + 2 && str_starts(rest, STR("=?")))
            next = str_find(value, i + 2, STR("?="));
        if (next < value.len && cut_word(&word, rest)) {
            /* White space between two words is none of the text. */
            if (gap && !w.open)
                buf_char(out, ' ');
            gap = false;
            st = add_word(&w, &word, err);
            i += word.len;
            continue;
        }
        if (w.open)
            st = end_words(&w, err);
        if (gap)
            buf_char(out, ' ');
        gap = false;
        buf_char(out, value.s[i++]);
    }
    if (!st && w.open)
        st = end_words(&w, err);
    buf_free(&w.bytes);
    buf_free(&w.scratch);
    return st ? st : buf_status(out, err);
}
