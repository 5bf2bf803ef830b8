/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_date_mark.h - what words say of the date beside them
 */
#ifndef MORGUE_INDEXER_PAGE_DATE_MARK_H
#define MORGUE_INDEXER_PAGE_DATE_MARK_H

#include "../../common/base/str.h"

enum date_mark {
    DATE_MARK_NONE,
    DATE_MARK_DATE,      /* "Date", a class of that name */
    DATE_MARK_PUBLISHED, /* of publication */
    DATE_MARK_UPDATED,   /* of the last change */
    DATE_MARK_OTHER      /* of something else: an event, a member, a visit */
};

/** What the words before a date say of it, by the last that says something. */
enum date_mark date_mark_words(struct morgue_str before);

/** What a class or id says of a date inside. */
enum date_mark date_mark_class(struct morgue_str value);

/** Whether a line begins what is beside an article: its comments, further
 *  ones to read. */
bool date_mark_is_end(struct morgue_str line);

#endif
