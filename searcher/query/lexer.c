/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexer.c - the text of a query into tokens
 */
#include "lexer.h"

/* The length of the quotation mark at `at`; 0: none is there. */
static size_t
quote_at(struct morgue_str s, size_t at)
{
    static const char *const quote[] = {"\"",           "\xE2\x80\x9C",
                                        "\xE2\x80\x9D", "\xE2\x80\x9E",
                                        "\xC2\xAB",     "\xC2\xBB"};
    struct morgue_str rest = str_slice(s.s + at, s.len - at);

    if (rest.len == 0 || (rest.s[0] != '"' && (rest.s[0] & 0x80) == 0))
        return 0;
    for (size_t i = 0; i < sizeof quote / sizeof *quote; i++)
        if (str_starts(rest, str_of(quote[i])))
            return strlen(quote[i]);
    return 0;
}

/* The length of the white space at `at`; 0: none is there. */
static size_t
space_at(struct morgue_str s, size_t at)
{
    static const char ideographic[] = "\xE3\x80\x80", hard[] = "\xC2\xA0";
    struct morgue_str rest = str_slice(s.s + at, s.len - at);

    if (is_space(rest.s[0]))
        return 1;
    if ((rest.s[0] & 0x80) == 0)
        return 0;
    if (str_starts(rest, STR(ideographic)))
        return sizeof ideographic - 1;
    return str_starts(rest, STR(hard)) ? sizeof hard - 1 : 0;
}

/* Whether something that is no space stands at `at`. */
static bool
more_at(const struct lexer *l, size_t at)
{
    return at < l->text.len && space_at(l->text, at) == 0;
}

static void
skip_space(struct lexer *l)
{
    size_t len = 1;

    while (l->at < l->text.len && len > 0) {
        len = space_at(l->text, l->at);
        l->at += len;
    }
}

/* Take the one byte `c`, a mark before something. */
static bool
take_mark(struct lexer *l, struct query_token *out, char c,
          enum query_token_kind kind)
{
    if (l->from > kind || l->text.s[l->at] != c || !more_at(l, l->at + 1))
        return false;
    out->kind = kind;
    l->at++;
    return true;
}

static bool
take_field(struct lexer *l, struct query_token *out)
{
    size_t end = l->at;
    char name[16];

    if (l->from > QUERY_TOKEN_FIELD)
        return false;
    while (end < l->text.len && is_alpha(l->text.s[end]))
        end++;
    if (end == l->at || end - l->at > sizeof name || !more_at(l, end + 1) ||
        l->text.s[end] != ':')
        return false;
    for (size_t i = l->at; i < end; i++)
        name[i - l->at] = to_lower(l->text.s[i]);
    out->field = field_of_query(str_slice(name, end - l->at));
    if (!out->field)
        return false;
    out->kind = QUERY_TOKEN_FIELD;
    l->at = end + 1;
    return true;
}

/* Take what is between the quotation mark here and the next one, if there is
 * one. */
static bool
take_quoted(struct lexer *l, struct query_token *out)
{
    size_t open = quote_at(l->text, l->at), from = l->at + open, close;

    if (open == 0)
        return false;
    for (size_t i = from; i < l->text.len; i++) {
        close = quote_at(l->text, i);
        if (close == 0)
            continue;
        out->kind = QUERY_TOKEN_QUOTED;
        out->text = str_slice(l->text.s + from, i - from);
        l->at = i + close;
        return true;
    }
    return false;
}

static void
take_word(struct lexer *l, struct query_token *out)
{
    size_t from = l->at;

    while (more_at(l, l->at))
        l->at++;
    out->kind = QUERY_TOKEN_WORD;
    out->text = str_slice(l->text.s + from, l->at - from);
}

void
lexer_start(struct lexer *l, struct morgue_str text)
{
    *l = (struct lexer){.text = text, .from = QUERY_TOKEN_MINUS};
}

void
lexer_next(struct lexer *l, struct query_token *out)
{
    if (l->from == QUERY_TOKEN_MINUS)
        skip_space(l);
    *out =
        (struct query_token){.kind = QUERY_TOKEN_END, .span = {l->at, l->at}};
    if (l->at == l->text.len)
        return;
    if (!take_mark(l, out, '-', QUERY_TOKEN_MINUS) && !take_field(l, out) &&
        !take_mark(l, out, '=', QUERY_TOKEN_EQUALS) && !take_quoted(l, out))
        take_word(l, out);
    out->span.end = l->at;
    l->from = out->kind < QUERY_TOKEN_QUOTED
                  ? (enum query_token_kind)(out->kind + 1)
                  : QUERY_TOKEN_MINUS;
}
