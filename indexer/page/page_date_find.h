/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_date_find.h - dates inside a line of text
 */
#ifndef MORGUE_INDEXER_PAGE_DATE_FIND_H
#define MORGUE_INDEXER_PAGE_DATE_FIND_H

#include "../../common/base/str.h"

/* Which of two numbers is the day where both may be: 3/4/2019. */
enum day_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST };

struct date_found {
    struct morgue_date date; /* to the day or the second */
    size_t from, to;         /* bytes of the line */
    bool short_year;         /* it has two digits */
    bool guessed;            /* its order was not told by the numbers */
};

/** The first date of at least a day at or behind `from`; false where there is
 *  none.  Dates that need an order which is not known are passed over. */
bool date_find(struct morgue_str line, size_t from, enum day_order order,
               struct date_found *out);

/** The order that is usual where a language is written: of "en" alone it is
 *  not known. */
enum day_order date_order_of(struct morgue_str language);

#endif
