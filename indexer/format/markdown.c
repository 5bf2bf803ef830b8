/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * markdown.c - headings of Markdown (CommonMark: ATX and setext)
 */
#include "markdown.h"

bool
markdown_heading(struct morgue_str line, struct morgue_str *heading)
{
    struct morgue_str s = str_trim(line);
    size_t n = 0, end;

    while (n < s.len && s.s[n] == '#')
        n++;
    if (n == 0 || n > 6 || n == s.len || !is_space(s.s[n]))
        return false;
    s = str_trim(str_slice(s.s + n, s.len - n));
    end = s.len;
    while (end > 0 && s.s[end - 1] == '#')
        end--;
    if (end > 0 && end < s.len && is_space(s.s[end - 1]))
        s = str_trim(str_slice(s.s, end));
    *heading = s;
    return end > 0;
}

bool
markdown_underline(struct morgue_str line)
{
    struct morgue_str s = str_trim(line);
    size_t n = 0;

    if (s.len < 3 || (s.s[0] != '=' && s.s[0] != '-'))
        return false;
    while (n < s.len && s.s[n] == s.s[0])
        n++;
    return n == s.len;
}
