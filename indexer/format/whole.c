/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * whole.c - a file that is one text
 */
#include "whole.h"

#include "heads.h"

enum morgue_status
whole_read(struct morgue_str *text, unsigned *how, struct reading *r,
           struct morgue_error *err)
{
    enum morgue_status st = input_need(&r->in, (size_t)RECORD_MAX + 1, err);
    struct morgue_str charset;
    bool converted = false;

    *text = (struct morgue_str){0};
    *how = 0;
    if (st)
        return st;
    if (input_view(&r->in).len > RECORD_MAX)
        return reading_failed(r, 0, "longer than 256 MB", err);
    *text = input_view(&r->in);
    input_take(&r->in, text->len);
    charset = heads_charset(*text);
    if (charset.len == 0)
        charset = r->charset;
    st = reading_utf8(r, text, charset, &converted, err);
    if (converted)
        *how = READ_CONVERTED;
    return st;
}
