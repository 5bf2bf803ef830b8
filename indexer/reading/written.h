/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * written.h - the date of a record as its source writes it
 */
#ifndef MORGUE_INDEXER_READING_WRITTEN_H
#define MORGUE_INDEXER_READING_WRITTEN_H

#include "reading.h"

/* What date_source has of a date that nothing tells day from month in. */
#define WRITTEN_OPEN "day and month not told apart"

/** Read a value of a date, in any form that date_read has; false where it is
 *  none, which is remembered for the reason why the record has no date.  The
 *  reader sets r->written to the value that it takes, as it stands. */
bool written_read(struct reading *r, struct morgue_str value,
                  struct morgue_date *out);

/** Give the record the date of r->written by the order of the source, else one
 *  from its path where the user wants that, and let date_source and
 *  date_suspect tell what it is. */
enum morgue_status written_settle(struct reading *r, struct morgue_article *a,
                                  struct morgue_error *err);

/** Why a record that is settled has no date to trust, or its year alone; NULL
 *  where it has one.  In the arena of the record. */
enum morgue_status written_doubt(const char **out, struct reading *r,
                                 const struct morgue_article *a,
                                 struct morgue_error *err);

#endif
