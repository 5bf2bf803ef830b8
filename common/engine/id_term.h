/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * id_term.h - the term that names an article, in every engine
 */
#ifndef MORGUE_ENGINE_ID_TERM_H
#define MORGUE_ENGINE_ID_TERM_H

#include <stddef.h>

#include "../morgue.h"

enum { ID_TERM_MAX = 220 };

struct id_term {
    char s[ID_TERM_MAX];
    size_t len;
};

/** "Q" and the id; of an id that would be too long for a term, its beginning
 *  and its hash. */
struct id_term id_term(struct morgue_str id);

#endif
