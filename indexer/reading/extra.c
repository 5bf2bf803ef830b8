/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * extra.c - the lines of a record's extra field
 */
#include "extra.h"

static void
add_on_one_line(struct buf *to, struct morgue_str s, char gap)
{
    for (size_t i = 0; i < s.len; i++)
        buf_char(to, (unsigned char)s.s[i] < ' ' ? gap : s.s[i]);
}

void
extra_add(struct buf *extra, struct morgue_str key, struct morgue_str value)
{
    size_t len = extra->len;

    value = str_trim(value);
    if (value.len == 0 || value.len > EXTRA_VALUE_MAX || key.len == 0 ||
        key.len > EXTRA_KEY_MAX)
        return;
    if (len > 0)
        buf_char(extra, '\n');
    add_on_one_line(extra, key, '_');
    buf_str(extra, STR(": "));
    add_on_one_line(extra, value, ' ');
    if (extra->full) { /* there is no room for this line */
        extra->full = false;
        buf_cut(extra, len);
    }
}
