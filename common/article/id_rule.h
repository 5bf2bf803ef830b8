/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * id_rule.h - how articles of sources get ids
 *
 * An article that brings no id, and no address, has one made from where it was
 * read: the path of its file, and its number in it.  One that brings an id may
 * share it with an article of another source.  An archive has one rule for
 * both, which says what its ids are for as long as it lives (archive.c).
 */
#ifndef MORGUE_ARTICLE_ID_RULE_H
#define MORGUE_ARTICLE_ID_RULE_H

#include "../morgue.h"

/* What the path of a file is for ids. */
enum id_paths {
    ID_PATHS_NAMED, /* as it was named, from the root of all on: archives that
                       were made before there were others */
    ID_PATHS_REAL,  /* that below the real path of the folder that the source
                       is in, whatever links and dots lead there */
    ID_PATHS_BELOW, /* the same from a root on that each update names */
    ID_PATHS_OTHER  /* one of a later version */
};

struct id_rule {
    enum id_paths paths;
    enum morgue_id_scope scope; /* MORGUE_ID_NONE or later */
};

#endif
