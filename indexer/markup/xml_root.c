/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_root.c - which element XML begins with
 */
#include "xml_root.h"

static struct morgue_str
behind(struct morgue_str s, size_t n)
{
    return str_slice(s.s + n, s.len - n);
}

/* Behind what begins at the beginning of `s`, up to `end`. */
static struct morgue_str
skip(struct morgue_str s, struct morgue_str end)
{
    size_t at = str_find(s, 0, end);

    return behind(s, at + (at < s.len ? end.len : 0));
}

/* Behind the end of a DOCTYPE, perhaps with a subset in []. */
static struct morgue_str
skip_doctype(struct morgue_str s)
{
    size_t end = str_find(s, 0, STR(">")), subset = str_find(s, 0, STR("["));

    if (subset < end)
        s = skip(s, STR("]"));
    return skip(s, STR(">"));
}

struct morgue_str
xml_root(struct morgue_str head)
{
    for (;;) {
        size_t len = 1;

        head = behind(head, str_find(head, 0, STR("<")));
        if (head.len < 2)
            return STR("");
        if (str_starts(head, STR("<!--"))) {
            head = skip(head, STR("-->"));
        } else if (head.s[1] == '?') {
            head = skip(head, STR("?>"));
        } else if (head.s[1] == '!') {
            head = skip_doctype(head);
        } else if (is_alpha(head.s[1]) || head.s[1] == '_') {
            size_t from = 1;

            for (; len < head.len && !is_space(head.s[len]) &&
                   head.s[len] != '>' && head.s[len] != '/';
                 len++)
                if (head.s[len] == ':')
                    from = len + 1;
            return str_slice(head.s + from, len - from);
        } else {
            head = behind(head, 1);
        }
    }
}

bool
xml_begins_with(struct morgue_str head, const char *const *names)
{
    struct morgue_str root = xml_root(head);

    for (; *names; names++)
        if (str_eq(root, str_of(*names)))
            return true;
    return false;
}
