/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * whole.h - a file that is one text
 */
#ifndef MORGUE_INDEXER_FORMAT_WHOLE_H
#define MORGUE_INDEXER_FORMAT_WHOLE_H

#include "../reading/reading.h"

/** The whole file as one text in UTF-8, lent, by the charset that its heads
 *  name or it came with; *how becomes READ_ flags.  A file that is too long is
 *  reported, and *text is NULL and empty. */
enum morgue_status whole_read(struct morgue_str *text, unsigned *how,
                              struct reading *r, struct morgue_error *err);

#endif
