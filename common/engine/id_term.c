/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * id_term.c - the term that names an article
 */
#include "id_term.h"

#include <stdio.h>
#include <string.h>

#include "../base/hash.h"

struct id_term
id_term(struct morgue_str id)
{
    enum { PLAIN_MAX = 200, HEAD = 150 };
    struct id_term t = {.s = "Q", .len = 1};
    struct hash128 h;

    if (id.len <= PLAIN_MAX) {
        memcpy(t.s + 1, id.s, id.len);
        t.len += id.len;
        return t;
    }
    h = hash128(id.s, id.len);
    memcpy(t.s + 1, id.s, HEAD);
    t.len += HEAD;
    t.len += (size_t)snprintf(t.s + t.len, sizeof t.s - t.len,
                              "#%016llx%016llx", (unsigned long long)h.high,
                              (unsigned long long)h.low);
    return t;
}
