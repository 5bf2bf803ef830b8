/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_heads.c - an article as a text file with heads
 *
 *     Title: Council votes on the bridge
 *     Date: 3 May 1934
 *     Topics: bridges; roads
 *     Summary: a line that begins with white space
 *         continues the one before
 *
 *     The council ...
 *
 * Heads are the lines up to the first blank one, all of them `Key: value`, and
 * the keys of at least two must be known (key_table.c).  ";" stands between
 * several authors, places or topics.  Subject and From are the title and the
 * author, as in mail (read_mail.c).  A head `Charset: x` or `Content-Type:
 * ...; charset=x` declares the charset.  What follows is the body, byte for
 * byte, without blank lines around it.
 */
#include "../keys/keyed.h"
#include "../reading/format.h"
#include "heads.h"
#include "whole.h"

/* What mail calls title and author. */
static struct morgue_str
known_key(struct morgue_str key)
{
    if (str_eq_nocase(key, STR("subject")))
        return STR("title");
    if (str_eq_nocase(key, STR("from")))
        return STR("author");
    return key;
}

/* The value of a head with the lines that continue it, in r->text. */
static enum morgue_status
whole_value(struct reading *r, struct morgue_str *value,
            struct morgue_str *rest, struct morgue_error *err)
{
    struct morgue_str line, after = *rest;
    enum morgue_status st;

    buf_reset(&r->text);
    buf_str(&r->text, *value);
    while (str_line(&after, &line) && line.len > 0 && is_space(line.s[0]) &&
           str_trim(line).len > 0) {
        buf_char(&r->text, ' ');
        buf_str(&r->text, str_trim(line));
        *rest = after;
    }
    st = buf_status(&r->text, err);
    *value = buf_view(&r->text);
    return st;
}

static enum morgue_status
read_heads(struct reading *r, struct morgue_error *err)
{
    struct keyed k;
    struct morgue_str text, rest, line, key, value, body;
    unsigned how;
    enum morgue_status st = whole_read(&text, &how, r, err);

    if (st || !text.s)
        return st;
    if (!heads_begin(text))
        return reading_failed(r, 1, "does not begin with `Key: value` lines",
                              err);
    keyed_begin(&k, r);
    rest = heads_trim(text);
    while (!st && str_line(&rest, &line) && str_trim(line).len > 0) {
        if (!heads_cut(line, &key, &value))
            continue;
        st = whole_value(r, &value, &rest, err);
        if (!st)
            st = keyed_add_list(&k, known_key(key), value, err);
    }
    if (st)
        return st;
    body = heads_trim(rest);
    if (body.len > 0)
        st = keyed_add(&k, STR("body"), body, false, err);
    return st ? st : keyed_end(&k, how, err);
}

const struct format format_heads = {
    .name = "heads",
    .what = "text with heads (Title: ...)",
    .plain = true,
    .tell = heads_begin,
    .read = read_heads,
};
